"""Records on their way in: the rows of an export put into a practice (R155).

Into an empty practice they come as they were, with their ids: exported again, they are the same to
the byte. Where a single id is taken, all of them get new ones. Tables stand in the order of their
references, so that whatever a row names is there before it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any

from msgspec import Struct

from trajplan.errors import Problem, StoreFault
from trajplan.records.fields import Record, Reference
from trajplan.records.kinds import TABLES
from trajplan.records.model.journeys import Client, is_slug
from trajplan.records.recorder import RUNNING_NUMBERS, noted_columns
from trajplan.records.soundness import let_numbers_go_on
from trajplan.records.store import Store
from trajplan.records.table import Column, checks_of, columns_of, record, should_be
from trajplan.text import quote

_TOO_BIG = 1 << 63
"""SQLite holds no whole number this large."""
Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
"""Rows by table, as an export has them."""


class ImportedRows(Struct, frozen=True, kw_only=True):
    """What was put into a practice."""

    clients: tuple[int, ...]
    """Their ids now."""
    records: int
    left_out: tuple[str, ...]
    """Rows that hung from something that is not there, each in words."""
    renumbered: bool
    """Their ids were taken, so they have others."""


class RowFault(Exception):
    """A row that the practice does not take, with its place in the export."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place

    def problem(self, file: str) -> Problem:
        """The fault as one in a file; JSON has no line worth naming."""
        return Problem(file, 1, 1, str(self), self.place)


class _Table(Struct, frozen=True):
    name: str
    kind: type[Record] | None
    columns: Mapping[str, Column]
    """Of a record; the running numbers have none that need be known."""
    references: Mapping[str, Reference]

    @property
    def has_id(self) -> bool:
        return "id" in self.columns


def put_in(store: Store, parts: Sequence[tuple[str, Rows]]) -> ImportedRows:
    """Put the rows of several parts of an export into a practice.

    `parts`: the place of each in the export, and its tables. Raises RowFault for what no row can
    be made of. One transaction with whatever the caller does beside it.
    """
    tables = _in_order()
    known = {"meta", *(table.name for table in tables)}
    for place, rows in parts:
        for name in rows:
            if name not in known:
                raise RowFault(f"{place}.{name}", f"there is no table `{name}`")
    keep_ids = not _taken(store, tables, parts)
    store.run("PRAGMA defer_foreign_keys = ON")
    ids: dict[tuple[str, int], int] = {}
    left_out: list[str] = []
    count = 0
    for table in tables:
        for place, row in _rows_of(table, parts):
            values = _values(table, row, place)
            missing = _point_anew(table, values, ids)
            if missing:
                left_out.append(f"{place}: it hangs from {missing}, which is not there")
                continue
            old = values.get("id")
            if table.has_id and not keep_ids:
                del values["id"]
            new = _insert(store, table, values, place)
            count += 1
            if table.has_id and isinstance(old, int):
                ids[table.name, old] = new
    # What was added to an export by hand may have a number that it never gave.
    let_numbers_go_on(store)
    return ImportedRows(
        clients=tuple(new for (table, _), new in ids.items() if table == TABLES[Client]),
        records=count,
        left_out=tuple(left_out),
        renumbered=not keep_ids,
    )


def is_empty(store: Store) -> bool:
    """Whether a practice holds no record at all."""
    return not any(
        store.run(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in TABLES.values()
    )


def _known_tables() -> Iterator[_Table]:
    for kind, name in TABLES.items():
        columns = {column.name: column for column in columns_of(kind)}
        references = {
            column.name: mark
            for column in columns.values()
            for mark in column.marks
            if isinstance(mark, Reference)
        }
        yield _Table(name, kind, columns, references)
    client = Reference(TABLES[Client], "CASCADE")
    yield _Table(RUNNING_NUMBERS, None, {}, {"client_id": client})


def _in_order() -> list[_Table]:
    """The tables, each after those it names."""
    tables = {table.name: table for table in _known_tables()}
    named = {
        name: [of.table for of in table.references.values() if of.table != name]
        for name, table in tables.items()
    }
    return [tables[name] for name in TopologicalSorter(named).static_order()]


def _taken(store: Store, tables: Iterable[_Table], parts: Sequence[tuple[str, Rows]]) -> bool:
    """Whether the practice has a record under one of the ids."""
    for table in tables:
        if not table.has_id:
            continue
        ids = [row.get("id") for _, row in _rows_of(table, parts)]
        rows = store.run(
            f"SELECT 1 FROM {table.name} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        if rows.fetchone():
            return True
    return False


def _rows_of(table: _Table, parts: Sequence[tuple[str, Rows]]) -> Iterator[tuple[str, Row]]:
    """The rows of a table with their places; those that name a row of the same table after it."""
    placed: list[tuple[str, Row]] = []
    for place, rows in parts:
        own = rows.get(table.name, [])
        if not isinstance(own, list):
            raise RowFault(f"{place}.{table.name}", "expected a list of rows")
        for index, row in enumerate(own):
            where = f"{place}.{table.name}[{index}]"
            if not isinstance(row, dict):
                raise RowFault(where, "expected a row as a mapping")
            placed.append((where, row))
    to_itself = [
        column for column, reference in table.references.items() if reference.table == table.name
    ]
    placed.sort(key=lambda pair: any(pair[1].get(column) is not None for column in to_itself))
    return iter(placed)


def _values(table: _Table, row: Row, place: str) -> dict[str, Any]:
    """A row's columns as they are kept. Raises RowFault for one that the table does not have."""
    columns = table.columns or dict.fromkeys(noted_columns()[table.name])
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name not in columns:
            raise RowFault(f"{place}.{name}", f"`{table.name}` has no column `{name}`")
        column = columns[name]
        if column is not None and column.is_json:
            values[name] = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        elif value is None or isinstance(value, str | int | float):
            values[name] = value
        else:
            raise RowFault(f"{place}.{name}", "expected a text, a number or null")
    return values


def _point_anew(table: _Table, values: dict[str, Any], ids: Mapping[tuple[str, int], int]) -> str:
    """Let a row name its others by the ids they have now.

    Returns the table of one it cannot do without and that is not there, else an empty text.
    """
    for column, reference in table.references.items():
        old = values.get(column)
        if old is None:
            continue
        new = ids.get((reference.table, old)) if isinstance(old, int) else None
        if new is None and reference.on_delete != "SET NULL":
            return f"a row of {reference.table}"
        values[column] = new
    return ""


def _insert(store: Store, table: _Table, values: Mapping[str, Any], place: str) -> int:
    """Insert a row and read it back as a record. Returns its rowid."""
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    try:
        cursor = store.run(
            f"INSERT INTO {table.name} ({names}) VALUES ({marks})", tuple(values.values())
        )
        if table.kind is not None:
            (row,) = store.run(f"SELECT * FROM {table.name} WHERE rowid = ?", (cursor.lastrowid,))
            saved = record(table.kind, row)  # refuses what no record can be made of
            if isinstance(saved, Client):
                _refuse_slugs(saved, place)
    except (sqlite3.IntegrityError, OverflowError) as fault:
        raise _refusal(store, table, values, place, fault) from None
    except StoreFault as fault:
        raise RowFault(place, f"no record can be made of this row: {fault.__cause__}") from None
    return int(cursor.lastrowid or 0)


def _refusal(
    store: Store, table: _Table, values: Mapping[str, Any], place: str, fault: Exception
) -> RowFault:
    """Why the practice does not take a row, and which value it is where it is a single one."""
    for name, value in values.items():
        if isinstance(value, int) and not -_TOO_BIG <= value < _TOO_BIG:
            return RowFault(f"{place}.{name}", f"`{name}` is too big a number")
    for name, column in table.columns.items():
        for check in checks_of(column) if name in values else ():
            (row,) = store.run(f"SELECT NOT ({check}) FROM (SELECT ? AS {name})", (values[name],))
            if row[0]:
                return RowFault(f"{place}.{name}", should_be(column))
    what, _, names = str(fault).partition(" constraint failed: ")
    columns = " and ".join(f"`{name.rpartition('.')[2]}`" for name in names.split(", "))
    if what == "UNIQUE":
        return RowFault(place, f"another row has this {columns}")
    if what == "NOT NULL":
        return RowFault(place, f"it has no {columns}")
    return RowFault(place, "what stands in this row contradicts itself")


def _refuse_slugs(client: Client, place: str) -> None:
    """Refuse a client under a name that could not be typed, and that might lead out of a folder."""
    for slug in (client.slug, *client.former_slugs):
        if not is_slug(slug):
            column = "slug" if slug == client.slug else "former_slugs"
            words = f"{quote(slug)} is not a slug: letters and digits with single hyphens between"
            raise RowFault(f"{place}.{column}", words)
