"""`clients`, `use` and `show`: one client, or the whole caseload.

And `refer`: help that coaching is not, advised and standing until it ends (R22).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from trajplan.actions.client_records import ClientRecords, Detail, client_named
from trajplan.actions.context import Context
from trajplan.dates import parse_past_day
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.ending import FOLLOW_UP, open_follow_up
from trajplan.records.dossier import Dossier, held_of, next_session
from trajplan.records.model.journeys import Client, Engagement, Referral, ReferralKind
from trajplan.records.model.sessions import Session, WorksheetAnswers
from trajplan.records.store import Store, reading

if TYPE_CHECKING:
    from trajplan.content.model import BeliefCues

J = TypeVar("J", Session, WorksheetAnswers)


class ClientRow(Struct, frozen=True, kw_only=True):
    """One client in the list."""

    client: Client
    engagement: Engagement | None
    next: Session | None
    held: int
    current: bool
    follow_up: Session | None = None
    """Of a closed engagement: the meeting agreed on, while it has not been held."""


class ClientPage(Struct, frozen=True, kw_only=True):
    """What is known of a client: the records, and where in the journey they are."""

    dossier: Dossier
    today: dt.date
    phases: tuple[tuple[str, int], ...]
    """Each with how many sessions it has."""
    phase: str
    """That of the next session, as `step` is."""
    step: str
    next: Session | None
    """None when none is left, or the engagement is closed."""
    cues: tuple[BeliefCues, ...]
    """The words that say what a belief is about."""
    others: tuple[tuple[Engagement, int], ...]
    """The client's other engagements with how many sessions were held."""


def caseload(context: Context) -> tuple[ClientRow, ...]:
    """Every client with the next session. However many there are, the tables are read once."""
    with reading(context.practice) as store:
        current = store.current_client
        newest = newest_journeys(store)
        going = [journey.id for journey in newest.values() if not journey.closed]
        over = [journey.id for journey in newest.values() if journey.closed]
        sessions = _by_journey(store.select(Session, engagement_id=going))
        follow_ups = _by_journey(
            store.select(Session, engagement_id=over, kind="follow_up", state="planned")
        )
        fillings = _by_journey(
            store.select(WorksheetAnswers, engagement_id=[*follow_ups], worksheet=FOLLOW_UP)
        )
        held = store.run(
            "SELECT engagement_id, count(*) FROM sessions"
            " WHERE state = 'held' AND number IS NOT NULL GROUP BY engagement_id"
        )
        held_in: dict[int, int] = dict(held)
        rows = []
        for client in store.select(Client):
            journey = newest.get(client.id)
            number = journey.id if journey else 0
            follow_up = None
            if journey and number in follow_ups:
                follow_up = open_follow_up(journey, follow_ups[number], fillings.get(number, []))
            rows.append(
                ClientRow(
                    client=client,
                    engagement=journey,
                    next=next_session(sessions.get(number, [])),
                    follow_up=follow_up,
                    held=held_in.get(number, 0),
                    current=client.id == current,
                )
            )
        return tuple(rows)


def newest_journeys(store: Store) -> dict[int, Engagement]:
    """The latest engagement of each client, by the client's id."""
    return {engagement.client_id: engagement for engagement in store.select(Engagement)}


def _by_journey(records: Sequence[J]) -> dict[int, list[J]]:
    """Records that name their engagement, by its id, in their order."""
    found: dict[int, list[J]] = {}
    for record in records:
        found.setdefault(record.engagement_id, []).append(record)
    return found


def use(context: Context, slug: str) -> Client:
    """Choose the client that commands without `--client` mean. Raises NotFound,
    WhichClient."""
    with context.writing() as store:
        client = client_named(store, slug)
        store.choose_client(client)
    return client


def client_page(context: Context, *, client: str | None) -> ClientPage:
    """One client at a glance."""
    from trajplan.actions.assumptions import belief_cues
    from trajplan.actions.sessions import session_row
    from trajplan.planning.arc import journey_at_hand, phases_of

    with context.read(client) as records:
        dossier = records.dossier
        others = tuple(
            (engagement, held_of(records.select(Session, engagement_id=engagement.id)))
            for engagement in dossier.engagements
            if engagement.id != dossier.engagement.id
        )
    engagement = dossier.engagement
    following = None if engagement.closed else dossier.next_session()
    row = session_row(dossier, context.library, following) if following else None
    journey = journey_at_hand(context.library, engagement)
    phases = phases_of(journey, engagement.sessions) if journey else ()
    return ClientPage(
        dossier=dossier,
        today=context.today,
        phases=tuple((phase.id, size) for phase, size in phases),
        phase=row.phase if row else "",
        step=row.step if row else "",
        next=following,
        cues=belief_cues(context),
        others=others,
    )


def refer_client(
    context: Context, *, client: str | None, kind: ReferralKind, note: str, date: str
) -> Detail[Referral]:
    """Save a referral. Raises CannotDo where one of the kind stands, UsageFault."""
    day = parse_past_day(date, context.today)
    with context.write(client) as records:
        for referral in _standing(records):
            if referral.kind == kind:
                raise CannotDo(
                    f"there is already a referral for {kind}, since {referral.date.isoformat()}; "
                    f"`trajplan refer {kind} --end` ends it"
                )
        referral = records.insert(
            Referral(client_id=records.client.id, kind=kind, date=day, note=note)
        )
        return records.detail(referral)


def end_referral(
    context: Context, *, client: str | None, kind: ReferralKind | None, date: str
) -> Detail[Referral]:
    """End a referral; without a kind, the only one that stands. Raises CannotDo, NotFound."""
    day = parse_past_day(date, context.today)
    with context.write(client) as records:
        referral = _referral_to_end(records, kind)
        if day < referral.date:
            raise CannotDo(
                f"the referral for {referral.kind} began on {referral.date.isoformat()}; it "
                "cannot end earlier"
            )
        return records.detail(records.update(referral, ended=day))


def _standing(records: ClientRecords) -> tuple[Referral, ...]:
    return records.select(Referral, client_id=records.client.id, ended=None)


def _referral_to_end(records: ClientRecords, kind: ReferralKind | None) -> Referral:
    standing = _standing(records)
    names = ", ".join(referral.kind for referral in standing)
    possible = [referral for referral in standing if kind in (None, referral.kind)]
    if not possible:
        there = f"there is {names}" if names else "none stands"
        what = f"no referral for {kind}" if kind else "no referral"
        raise NotFound(f"`{records.client.slug}` has {what} to end; {there}")
    if len(possible) > 1:
        raise CannotDo(f"which one ends? Give it: trajplan refer KIND --end, with {names}")
    return possible[0]
