"""`practice export --format markdown`: what a notes vault holds of each client (R151).

Working notes stay out. They are deleted on their day, and a copy in another program would not be.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import client_named
from trajplan.actions.clients import ClientPage, client_page
from trajplan.actions.context import Context
from trajplan.actions.goals import GoalView, goal_views
from trajplan.actions.journey import JourneyView, journey_view
from trajplan.actions.ratings import TciLog, read_log
from trajplan.actions.sessions import SessionRow, session_rows
from trajplan.planning.arc import journey_at_hand
from trajplan.records.dossier import Dossier
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.store import reading
from trajplan.system import is_device
from trajplan.text import pattern

UNSAFE = pattern(r"[^\w-]+")
"""What stands in no name of a file."""


class VaultJourney(Struct, frozen=True, kw_only=True):
    """All that is laid out of one engagement."""

    overview: ClientPage
    journey: JourneyView | None
    """None where the library does not have this journey today."""
    sessions: tuple[SessionRow, ...]
    goals: tuple[GoalView, ...]
    log: TciLog

    @property
    def dossier(self) -> Dossier:
        """The records, without working notes."""
        return self.overview.dossier


class VaultClient(Struct, frozen=True, kw_only=True):
    """A client with their engagements, first to last."""

    client: Client
    folder: str
    """Its name in the vault."""
    journeys: tuple[VaultJourney, ...]
    working_notes: int
    """How many of them stay out."""


def vault_clients(context: Context, name: str | None) -> tuple[VaultClient, ...]:
    """Read everything that a vault shows, of one client or of all. Raises NotFound, StoreFault."""
    with reading(context.practice) as store:
        everybody = store.select(Client)
        wanted = everybody if name is None else (client_named(store, name),)
        engagements = {
            client.id: store.select(Engagement, client_id=client.id) for client in wanted
        }
    folders = folder_names(everybody)
    return tuple(
        _client(context, client, folders[client.id], engagements[client.id]) for client in wanted
    )


def folder_names(clients: Iterable[Client]) -> dict[int, str]:
    """A folder for each client, by id, that every system can make: letters, digits and hyphens of
    the slug, no name that a system keeps for itself, no two that differ in their case alone."""
    names: dict[int, str] = {}
    for client in sorted(clients, key=lambda client: client.id):
        plain = UNSAFE.sub("-", client.slug).strip("-") or "client"
        name = plain = f"{plain}-client" if is_device(plain) else plain
        number = 1
        while name.casefold() in map(str.casefold, names.values()):
            number += 1
            name = f"{plain}-{number}"
        names[client.id] = name
    return names


def _client(
    context: Context, client: Client, folder: str, engagements: Iterable[Engagement]
) -> VaultClient:
    # An import may have brought a client alone, without a journey.
    journeys = [_journey(context, f"{client.slug}/{own.ordinal}") for own in engagements]
    return VaultClient(
        client=client,
        folder=folder,
        journeys=tuple(journey for journey, _ in journeys),
        working_notes=sum(left_out for _, left_out in journeys),
    )


def _journey(context: Context, name: str) -> tuple[VaultJourney, int]:
    overview = client_page(context, client=name)
    notes = tuple(note for note in overview.dossier.notes if note.kind == "record")
    dossier = replace(overview.dossier, notes=notes)
    at_hand = journey_at_hand(context.library, dossier.engagement)
    journey = VaultJourney(
        overview=replace(overview, dossier=dossier),
        journey=journey_view(context, client=name) if at_hand else None,
        sessions=session_rows(dossier, context.library),
        goals=goal_views(dossier, context.today),
        log=read_log(context, client=name, history=True),
    )
    return journey, len(overview.dossier.notes) - len(notes)
