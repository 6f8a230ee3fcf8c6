"""`practice`: the file with all records and its drafts, exported, rid of a client; and what is due
to go, by what was agreed with each client (R156)."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, to_builtins

from trajplan.actions.client_records import client_named, client_with_slug
from trajplan.actions.context import Context
from trajplan.errors import CannotDo, StoreFault
from trajplan.records import backups, belongings, migrations, practice_file
from trajplan.records.belongings import DueNote, delete_notes, due_notes
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.model.sessions import WorksheetAnswers
from trajplan.records.store import Store, reading, rewrite

FORMAT = "trajplan-practice"
FORMAT_VERSION = 1
"""Counts changes to the frame of an export; `version` says which tables there are."""


class PracticeFile(Struct, frozen=True, kw_only=True):
    """A practice as a file."""

    path: Path
    version: int
    """Of its tables."""
    size: int
    """In bytes."""
    practice_id: str
    clients: tuple[Client, ...]
    copies: tuple[str, ...]
    """Conflicted copies beside it, by name."""
    drafts: tuple[str, ...] = ()
    """Unfinished forms beside it, by name."""
    backups: tuple[str, ...] = ()
    """Copies of it in the folder beside it, by name, the newest first."""


def whereabouts(context: Context) -> PracticeFile | None:
    """The practice as a file; None as long as there is none. Raises StoreFault."""
    with practice_file.in_files(context.practice):
        if not context.practice.exists():
            return None
    with reading(context.practice) as store:
        return _file(context, store)


def _file(context: Context, store: Store) -> PracticeFile:
    with practice_file.in_files(context.practice):
        size = context.practice.stat().st_size
    return PracticeFile(
        path=context.practice,
        # Opening it has brought an older one up to date.
        version=migrations.newest(),
        size=size,
        practice_id=store.practice_id,
        clients=store.select(Client),
        copies=practice_file.conflicted_copies(context.practice),
        drafts=context.drafts.names(),
        backups=tuple(copy.name for copy in reversed(backups.copies_of(context.practice))),
    )


class Export(Struct, frozen=True, kw_only=True):
    """What was read for an export, and what a coach should know of it."""

    frame: Mapping[str, Any]
    """All of it but the clients, for whom it has an empty list."""
    clients: tuple[bytes, ...]
    """Each with all records, packed: there may be hundreds, and JSON in memory is ten times its
    text."""
    whose: str
    """Name and slug, or `every client`."""
    records: int
    drafts: tuple[str, ...]
    """Files beside the practice that are not in it, by name."""
    unreadable: tuple[str, ...] = ()
    """Records that are in it as far as they can be read, each with what is wrong."""


def export(context: Context, slug: str | None) -> Export:
    """Read one client's records, or with None the whole practice, in one view of the file (R119).

    The coach's own (days off, questions retired for good) is part of a whole practice alone. A
    damaged record stops nothing: it is in it as far as it can be read. Raises NotFound, StoreFault.
    """
    with reading(context.practice) as store:
        clients = _client_names(store) if slug is None else (_name(client_named(store, slug)),)
        unreadable: list[belongings.Unreadable] = []
        records = 0
        packed = []
        frame: dict[str, Any] = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "practice_id": _id_of(store, unreadable),
            "version": migrations.newest(),
            "exported": context.today.isoformat(),
            "of": "practice" if slug is None else "client",
            "clients": [],
        }
        for client in clients:
            tables, damaged = belongings.contents(store, belongings.of_client(store, client.id))
            unreadable += damaged
            records += _count(tables)
            data = {"slug": client.slug, "name": client.name, "tables": tables}
            packed.append(json.dumps(data).encode())
        if slug is None:
            frame["own"], damaged = belongings.contents(store, belongings.of_nobody(store))
            unreadable += damaged
            records += _count(frame["own"])
        if unreadable:
            frame["unreadable"] = to_builtins(unreadable)
    return Export(
        frame=frame,
        clients=tuple(packed),
        whose=f"{clients[0].name} ({clients[0].slug})" if slug is not None else "every client",
        records=records,
        drafts=tuple(
            draft
            for client in clients
            for draft in context.drafts.of_client(frame["practice_id"], client.id)
        ),
        unreadable=tuple(map(str, unreadable)),
    )


def _id_of(store: Store, unreadable: list[belongings.Unreadable]) -> str:
    """The practice's id; empty, and named as unreadable, where it is lost."""
    try:
        return store.practice_id
    except StoreFault:
        unreadable.append(belongings.Unreadable(table="meta", row=1, why="the id is lost"))
        return ""


class _Named(NamedTuple):
    """A client as an export names them, whatever else of them can be read."""

    id: int
    slug: str
    name: str


def _name(client: Client) -> _Named:
    return _Named(client.id, client.slug, client.name)


def _client_names(store: Store) -> tuple[_Named, ...]:
    """Every client, by slug; a row that no record can be made of among them."""
    rows = store.run(
        "SELECT id, CAST(slug AS BLOB) AS slug, CAST(name AS BLOB) AS name FROM clients"
        " ORDER BY clients.slug"
    )
    return tuple(
        _Named(row["id"], *(row[part].decode("utf-8", "replace") for part in ("slug", "name")))
        for row in rows
    )


def _count(tables: Mapping[str, Sequence[Any]]) -> int:
    return sum(len(rows) for rows in tables.values())


class Erasure(Struct, frozen=True, kw_only=True):
    """A client's records, about to be erased or just erased."""

    client: Client
    counts: Mapping[str, int]
    """Rows by table, none of them 0."""
    drafts: tuple[str, ...]
    """Unfinished forms beside the practice, by name."""
    begun: tuple[str, ...]
    """Drafts that stay, of what was begun for somebody who was no client yet, by name."""
    copies: tuple[str, ...]
    """Conflicted copies beside the practice, by name; they are not touched."""
    rewritten: tuple[str, ...] = ()
    """Backups that held the client and do no more, by name."""
    destroyed: tuple[str, ...] = ()
    """Backups that could not be read, so that they might hold the client, by name."""
    others: tuple[str, ...] = ()
    """Backups of another practice that stood in this place; they are not touched."""
    left: tuple[str, ...] = ()
    """Slugs of the clients that stay."""
    current: str | None = None
    """The current client afterwards."""


def before_erasing(context: Context, slug: str) -> Erasure:
    """What would be erased. Raises NotFound where there is no such client."""
    with reading(context.practice) as store:
        client = client_with_slug(store, slug)
        rows = belongings.of_client(store, client.id)
        drafts = (
            *context.drafts.of_client(store.practice_id, client.id),
            *context.drafts.of_nobody_with(client.name),
        )
        others = _of_others(context, store.practice_id)
    return Erasure(
        client=client,
        counts={table: len(ids) for table, ids in rows.items() if ids},
        drafts=drafts,
        begun=tuple(name for name in context.drafts.of_nobody() if name not in drafts),
        others=others,
        copies=practice_file.conflicted_copies(context.practice),
    )


def erase_client(context: Context, slug: str, *, typed: str) -> Erasure:
    """Erase a client beyond recall, when what was typed is the slug (R119).

    Raises CannotDo when it is not, NotFound, StoreFault. Backups go first, and what was begun under
    the client's name, as long as the practice knows it. The records go in one transaction; after it
    the file is written anew, because words that were changed long ago may still stand in it.
    """
    if typed != slug:
        raise CannotDo(f"`{typed}` is not `{slug}`, so nothing was erased")
    with context.writing() as store:
        client = client_with_slug(store, slug)
        rewritten, destroyed = _erase_from_backups(context, store.practice_id, client)
        begun = context.drafts.of_nobody_with(client.name)
        context.drafts.delete(begun)
        kept = _of_others(context, store.practice_id)
        counts = belongings.erase_client(store, client.id)
        others = {other.id: other.slug for other in store.select(Client)}
        current = others.get(store.current_client or 0)
    try:
        drafts = (*begun, *clear_traces(context))
    except StoreFault as fault:
        raise StoreFault(
            f"`{slug}` is erased, but traces may be left: {practice_file.reason_of(fault)}."
            " Run the same command again to remove them"
        ) from fault
    return Erasure(
        client=client,
        counts=counts,
        drafts=drafts,
        begun=context.drafts.of_nobody(),
        copies=practice_file.conflicted_copies(context.practice),
        others=kept,
        rewritten=rewritten,
        destroyed=destroyed,
        left=tuple(others.values()),
        current=current,
    )


def _of_others(context: Context, practice_id: str) -> tuple[str, ...]:
    """The names of the backups that are no copies of this practice."""
    own = backups.copies_of(context.practice, practice_id)
    return tuple(copy.path.name for copy in backups.copies_of(context.practice) if copy not in own)


def _erase_from_backups(
    context: Context, practice_id: str, client: Client
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the backups that hold a client anew; what nobody can read is deleted.

    Returns the names of both. Raises StoreFault: then nothing is erased from the practice.
    """

    def ids(copy: sqlite3.Connection) -> list[int]:
        return [
            own.id
            for own in _client_names(Store(copy, context.practice))
            if client.goes_by(own.slug) or (own.id, own.name) == (client.id, client.name)
        ]

    def remove(copy: sqlite3.Connection) -> None:
        for client_id in ids(copy):
            belongings.erase_client(Store(copy, context.practice), client_id)

    own = backups.copies_of(context.practice, practice_id)
    rewritten, unreadable = backups.rewrite_copies(own, lambda copy: bool(ids(copy)), remove)
    with practice_file.in_files(context.practice):
        for copy in unreadable:
            backups.delete(copy.path)
    return tuple(copy.path.name for copy in rewritten), tuple(copy.path.name for copy in unreadable)


def clear_traces(context: Context) -> tuple[str, ...]:
    """Delete the drafts of everybody who is no client any more, and write the file anew.

    What killed commands left beside it goes too.

    The end of erasing: killed before it, the same command has only this left to do.
    """
    with reading(context.practice) as store:
        clients = {client.id for client in store.select(Client)}
        drafts = context.drafts.orphans(store.practice_id, clients)
    context.drafts.delete(drafts)
    backups.sweep(context.practice, every=True)
    rewrite(context.practice)
    return drafts


class ClientRetention(Struct, frozen=True, kw_only=True):
    """What was agreed with one client about keeping their records."""

    client: Client
    agreement: bool
    """Whether there is one."""
    delete_on: str
    """When the records are deleted, as the agreement says it; empty: it does not."""
    about_records: str
    """What else the agreement says about records."""
    ended: dt.date | None
    """The day the newest engagement was closed."""
    day: dt.date | None
    """From when on they are due; None where no day follows from what was agreed."""


class Retention(Struct, frozen=True, kw_only=True):
    """Every client's records, and the working notes that are past their day."""

    today: dt.date
    clients: tuple[ClientRetention, ...]
    notes: tuple[DueNote, ...]

    @property
    def due(self) -> tuple[ClientRetention, ...]:
        """Clients whose records are due to go."""
        return tuple(row for row in self.clients if row.day and row.day <= self.today)


def retention(context: Context) -> Retention:
    """Look through the agreements; nothing is erased here. Raises NotFound without a practice,
    StoreFault."""
    with reading(context.practice) as store:
        return Retention(
            today=context.today,
            clients=tuple(_retention_of(store, client) for client in store.select(Client)),
            notes=due_notes(store, context.today),
        )


def delete_due_notes(context: Context) -> tuple[DueNote, ...]:
    """Delete every working note that is past its day, and return those that went (R58)."""
    with context.writing() as store:
        notes = due_notes(store, context.today)
        for fault in delete_notes(store, notes, context.today):
            context.say(fault)
    return notes


def _retention_of(store: Store, client: Client) -> ClientRetention:
    # What else concerns the practice file knows nothing of planning.
    from trajplan.planning.agreement import deletion_day
    from trajplan.planning.brief_sources import BriefSources
    from trajplan.planning.readiness import AGREEMENT_FORM
    from trajplan.records.forms import Intake
    from trajplan.worksheets.fillings import newest

    engagements = store.select(Engagement, client_id=client.id)
    fillings = store.select(
        WorksheetAnswers,
        engagement_id=[engagement.id for engagement in engagements],
        worksheet=AGREEMENT_FORM,
    )
    # Only the agreement is asked; the intake says nothing of how long records are kept.
    sources = BriefSources(Intake(kind="intake"), newest(fillings))
    ended = engagements[-1].closed if engagements else None
    delete_on = sources.text(AGREEMENT_FORM, "delete_on")
    return ClientRetention(
        client=client,
        agreement=bool(fillings),
        delete_on=delete_on,
        about_records=sources.text(AGREEMENT_FORM, "records"),
        ended=ended,
        day=deletion_day(delete_on, ended),
    )
