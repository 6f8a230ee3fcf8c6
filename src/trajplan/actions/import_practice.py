"""`practice import`: an export read back, into an empty practice or beside other clients (R155)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.intake import check_slug
from trajplan.actions.new_client import slug_holder
from trajplan.actions.practice import FORMAT, FORMAT_VERSION
from trajplan.actions.sources import decode, read_source
from trajplan.errors import CannotDo, InvalidContent, Problem, UsageFault
from trajplan.records import migrations
from trajplan.records.fields import Record
from trajplan.records.import_rows import ImportedRows, RowFault, Rows, is_empty, put_in
from trajplan.records.kinds import TABLES
from trajplan.records.model.journeys import Client, DaysOff, RetiredQuestion
from trajplan.records.store import Store

MOST_BYTES = 256 * 1024 * 1024
"""A whole practice may be large; what is larger is no export of one."""


class PracticeImport(Struct, frozen=True, kw_only=True):
    """An export that was read into the practice."""

    file: str
    clients: tuple[Client, ...]
    """Those that came in, as they are called now."""
    rows: ImportedRows
    records: int
    """As the export counts them, with its note of the practice itself where that was taken over."""
    unreadable: int
    """Rows that the export itself could not read in full; they are left out."""


def import_practice(context: Context, source: str, *, slug: str | None) -> PracticeImport:
    """Put what an export holds into the practice, in one transaction; `slug`: call the client so.

    Into an empty practice it comes as it was, the practice's id among it. Raises InvalidContent
    with the place of what is faulty, CannotDo for a slug that is taken or a newer version,
    UsageFault, NotFound, StoreFault.
    """
    file, data = read_source(source, MOST_BYTES)
    export = _read(file, data)
    clients = export["clients"]
    if slug is not None:
        if len(clients) != 1:
            raise UsageFault(f"--as names one client, and `{source}` holds {len(clients)}")
        check_slug(slug)
    parts = [(f"clients[{index}].tables", own["tables"]) for index, own in enumerate(clients)]
    if "own" in export:
        parts.append(("own", export["own"]))
    unreadable = _unreadable(export)
    readable = [(place, _without(tables, unreadable)) for place, tables in parts]
    try:
        with context.writing(create=True) as store:
            empty = is_empty(store)
            named = [(place, _with_slug(tables, slug)) for place, tables in readable]
            _refuse_taken(store, named, slug)
            rows = put_in(
                store,
                [
                    (place, tables if empty or place != "own" else _new_of(store, tables))
                    for place, tables in named
                ],
            )
            _outdate_plans(store, rows)
            if empty:
                _take_over(store, export)
            imported = store.select(Client, id=rows.clients)
    except RowFault as fault:
        raise InvalidContent([fault.problem(file)]) from None
    return PracticeImport(
        file=file,
        clients=imported,
        rows=rows,
        records=rows.records + (empty and "own" in export),
        unreadable=len(unreadable),
    )


def _read(file: str, data: bytes) -> dict[str, Any]:
    """The export as plain data, its frame looked at."""
    text = decode(file, data)
    try:
        export = json.loads(text)
    except json.JSONDecodeError as fault:
        words = f"this is no JSON: {fault.msg}"
        raise InvalidContent([Problem(file, fault.lineno, fault.colno, words)]) from None
    except (ValueError, RecursionError):
        words = "this is no JSON: a number has too many digits, or something is nested too deeply"
        raise InvalidContent([Problem(file, 1, 1, words)]) from None
    if not isinstance(export, dict) or export.get("format") != FORMAT:
        what = f"this is no export of a practice; its `format` is not `{FORMAT}`"
        raise InvalidContent([Problem(file, 1, 1, what)])
    for key, expected in (("format_version", FORMAT_VERSION), ("version", migrations.newest())):
        if export.get(key) != expected:
            raise CannotDo(
                f"`{file}` has {key} {export.get(key)!r}, and this trajplan reads {expected}; "
                "export it again with the trajplan that is to read it"
            )
    clients = export.get("clients")
    whole = (
        isinstance(clients, list)
        and all(isinstance(own, dict) and isinstance(own.get("tables"), dict) for own in clients)
        and isinstance(export.get("own", {}), dict)
    )
    if not whole:
        raise InvalidContent([Problem(file, 1, 1, "`clients` is no list with `tables`", "clients")])
    return export


def _unreadable(export: Mapping[str, Any]) -> set[tuple[str, int]]:
    """The rows, by table and rowid, that the export names as damaged."""
    named = export.get("unreadable", ())
    return {
        (row["table"], row["row"])
        for row in (named if isinstance(named, list) else ())
        if isinstance(row, dict)
        and isinstance(row.get("table"), str)
        and isinstance(row.get("row"), int)
    }


def _without(tables: Rows, unreadable: set[tuple[str, int]]) -> Rows:
    """Tables without the rows that are damaged; a row is known by its id, or its session's."""
    if not unreadable:
        return tables
    return {
        name: [row for row in rows if (name, _row_number(row)) not in unreadable]
        for name, rows in tables.items()
        if isinstance(rows, list)
    }


def _row_number(row: Any) -> Any:
    return row.get("id", row.get("session_id")) if isinstance(row, dict) else None


def _with_slug(tables: Rows, slug: str | None) -> Rows:
    """Tables in which the client goes by the slug."""
    if slug is None:
        return tables
    return {**tables, TABLES[Client]: [{**row, "slug": slug} for row in _rows(tables, Client)]}


def _rows(tables: Rows, kind: type[Record]) -> list[Mapping[str, Any]]:
    """The rows of a table; `put_in` says of anything else where it stands."""
    rows = tables.get(TABLES[kind], ())
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _refuse_taken(store: Store, parts: list[tuple[str, Rows]], slug: str | None) -> None:
    """Raise CannotDo where a client is called as one that comes in."""
    for _, tables in parts:
        for row in _rows(tables, Client):
            called = row.get("slug")
            holder = slug_holder(store, called) if isinstance(called, str) else None
            if holder:
                advice = (
                    "give another --as"
                    if slug
                    else "--as SLUG reads a client in under another name"
                    if len(parts) == 1
                    else "export and read in one client at a time, with --client and --as"
                )
                raise CannotDo(
                    f"{holder.name} goes by `{called}` in this practice already; {advice}"
                )


def _new_of(store: Store, own: Rows) -> Rows:
    """The coach's own records that the practice does not have yet."""
    days = {(str(days.first), str(days.last)) for days in store.select(DaysOff)}
    retired = {question.question_id for question in store.select(RetiredQuestion, client_id=None)}
    fresh = {
        TABLES[DaysOff]: [
            row for row in _rows(own, DaysOff) if (row.get("first"), row.get("last")) not in days
        ],
        TABLES[RetiredQuestion]: [
            row for row in _rows(own, RetiredQuestion) if row.get("question_id") not in retired
        ],
    }
    return {**own, **fresh}


def _outdate_plans(store: Store, rows: ImportedRows) -> None:
    """Let plans that came in be made anew: what they were made from may have been left out."""
    store.run(
        "UPDATE clients SET revision = 1 + (SELECT coalesce(max(p.client_revision), 0)"
        " FROM plans p JOIN sessions s ON s.id = p.session_id"
        " JOIN engagements e ON e.id = s.engagement_id WHERE e.client_id = clients.id)"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(rows.clients),),
    )


def _take_over(store: Store, export: Mapping[str, Any]) -> None:
    """Let an empty practice become the one that was exported: its id, its current client."""
    meta = export.get("own", {}).get("meta")
    row = meta[0] if isinstance(meta, list) and meta else None
    current = row.get("current_client") if isinstance(row, dict) else None
    try:
        store.run(
            "UPDATE meta SET practice_id = ifnull(nullif(?, ''), practice_id),"
            " current_client = (SELECT id FROM clients WHERE id = ?)",
            (export.get("practice_id"), current if isinstance(current, int) else None),
        )
    except sqlite3.Error as fault:
        raise RowFault("practice_id", f"this is no id of a practice: {fault}") from None
