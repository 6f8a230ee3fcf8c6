"""What undo has to be noted for, table by table."""

from __future__ import annotations

import pytest

from trajplan.records.kinds import TABLES
from trajplan.records.recorder import RUNNING_NUMBERS, Recorder, noted_columns
from trajplan.records.store import Store


def below(store: Store, table: str) -> set[str]:
    """A table, and those that SQLite itself says hang from it, however deep."""
    names = [name for (name,) in store.run("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    parents = {
        name: {row["table"] for row in store.run(f"PRAGMA foreign_key_list({name})")}
        for name in names
    }
    found: set[str] = {table}
    while more := {name for name in names if parents[name] & found} - found:
        found |= more
    return found


@pytest.mark.parametrize("table", sorted({*TABLES.values(), RUNNING_NUMBERS, "undo_commands"}))
def test_a_deletion_is_noted_in_every_table_it_reaches(store: Store, table: str) -> None:
    Recorder(store.db).watch(f"DELETE FROM {table} WHERE rowid IS ?")
    watched = {name for (name,) in store.run("SELECT tbl_name FROM temp.sqlite_schema") if name}
    reached = below(store, table)
    if any("number" in noted_columns().get(name, ()) for name in reached):
        reached.add(RUNNING_NUMBERS)
    assert watched - {"noted"} == reached & noted_columns().keys()
