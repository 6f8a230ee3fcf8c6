"""Between rows and records: dates as ISO text, lists and mappings as JSON, flags as 0 and 1."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from trajplan.errors import NotFound, StoreFault
from trajplan.records import table
from trajplan.records.store import Store, whole_characters

T = TypeVar("T")


def record(
    kind: type[T], row: sqlite3.Row, *, lists: Sequence[str] = (), flags: Sequence[str] = ()
) -> T:
    """Build a record from a row that has a column for each of its fields.

    `lists` names the columns kept as JSON, `flags` those kept as 0 and 1.
    """
    data: dict[str, Any] = dict(row)
    try:
        for name in lists:
            data[name] = msgspec.json.decode(data[name])
        for name in flags:
            data[name] = bool(data[name])
        return msgspec.convert(data, kind)
    except (msgspec.MsgspecError, TypeError) as fault:
        what = kind.__name__.lower()
        raise StoreFault(f"a record ({what}) in the practice is damaged; use a backup") from fault


def insert(store: Store, table: str, **columns: Any) -> int:
    """Add a row and return its id."""
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    with whole_characters():
        values = [cell(value) for value in columns.values()]
    cursor = store.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
    return int(cursor.lastrowid or 0)


def update(
    store: Store, table: str, row_id: int, changes: Mapping[str, Any], allowed: Collection[str]
) -> None:
    """Change columns of one row. Raises TypeError for a column not in `allowed`, NotFound."""
    strange = sorted(set(changes) - set(allowed))
    if strange:
        raise TypeError(f"{table}: {', '.join(strange)} cannot be changed")
    if not changes:
        return
    named = ", ".join(f"{name} = ?" for name in changes)
    with whole_characters():
        values = [cell(value) for value in changes.values()]
    cursor = store.run(f"UPDATE {table} SET {named} WHERE id = ?", [*values, row_id])
    if not cursor.rowcount:
        raise missing(table, row_id)


def missing(table: str, row_id: int) -> NotFound:
    """Return the fault of naming a row that is not there."""
    return NotFound(f"there is no record {row_id} among the {table.replace('_', ' ')}")


def cell(value: Any) -> str | int | float | None:
    """One value as a column keeps it.

    JSON is written with its letters as they are: escaped, half a character would slip through.
    """
    if isinstance(value, bool):
        return int(value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return table.cell(value, as_json=True)
