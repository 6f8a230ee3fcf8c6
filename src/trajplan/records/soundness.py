"""Whether a practice is sound, record by record: what is wrong, and what can be mended (R157).

SQLite says whether pages and references hold. The records' declaration says the rest: every row is
read, and what no record can hold is named by client, record and column, without its words.
`repair.py` does what a `Fault` says can be done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.errors import StoreFault, TrajplanError
from trajplan.records import belongings, table
from trajplan.records.belongings import UNDO_TABLES, NoText, forgiving_text
from trajplan.records.contents import page_faults
from trajplan.records.fields import Record
from trajplan.records.kinds import KINDS, TABLES
from trajplan.records.model.sessions import KeptPlan
from trajplan.records.schema import BETWEEN_RECORDS, differences, journey_of
from trajplan.records.store import Store
from trajplan.text import plural

Readers = Mapping[tuple[type[Record], str], Callable[[Any], object]]
"""What makes sense of a column's mapping, by record and column; any exception is a fault."""
Mend = Literal["", "text", "unlink", "plan", "orphan", "undo", "numbers", "index", "meta", "schema"]
"""What `repair.py` can do about a fault; empty: nothing."""
_MOST_PAGE_FAULTS = 20
_ID = "only = 1 AND length(practice_id) = 32 AND practice_id NOT GLOB '*[^0-9a-f]*'"
NO_NUMBER = "thing = '' OR last < 1"
_OF_ROWS = ("CHECK constraint failed", "NULL value in")
"""What SQLite says of rows without saying which; the records say it better."""


class Fault(Struct, frozen=True, kw_only=True):
    """Something wrong, and where."""

    what: str
    """In words that hold none of the client's."""
    where: str = ""
    """`Sample Client, commitment 3`; empty: the file as a whole."""
    mend: Mend = ""
    table: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


def _of_row(table: str, row: int, column: str, what: str, mend: Mend) -> Fault:
    """A fault of a row, before it is known whose the row is."""
    return Fault(what=what, mend=mend, table=table, row=row, column=column)


def faults_of(store: Store, readers: Readers) -> tuple[Fault, ...]:
    """Read everything; return what is wrong, the file as a whole first. Raises sqlite3.Error."""
    with forgiving_text(store):
        rows = [*_rows(store, readers)]
        whole = [*_whole(store, {"meta", "last_numbers", *(fault.table for fault in rows)})]
        if not rows:
            return tuple(whole)
        names = _Names(store)
        return (
            *whole,
            *(replace(fault, where=names.of(fault.table, fault.row)) for fault in rows),
        )


def _whole(store: Store, explained: set[str]) -> Iterator[Fault]:
    """What is wrong with the file as a whole; of the tables `explained` the rows say more."""
    for line in page_faults(store.db, _MOST_PAGE_FAULTS):
        if line.startswith(_OF_ROWS) and any(name in line.split() for name in explained):
            continue
        of_index = "from index" in line or "in index" in line
        yield Fault(what=f"damaged: {line}", mend="index" if of_index else "")
    for difference in differences(store.db):
        yield Fault(what=str(difference), mend="schema")
    orphans = Counter(
        (row["table"], row["parent"]) for row in store.run("PRAGMA foreign_key_check")
    )
    for (child, parent), count in orphans.items():
        names = "name" if count > 1 else "names"
        yield Fault(
            what=f"{count} of the records in {child} {names} one in {parent} that is not there",
            mend="orphan",
        )
    if store.run(f"SELECT 1 FROM meta WHERE {_ID}").fetchone() is None:
        yield Fault(what="the practice has lost its id", mend="meta")
    if _undo_is_damaged(store):
        yield Fault(what="the list of commands to take back is damaged", mend="undo")
    wrong = [
        *store.run(NUMBERS_BEHIND),
        *store.run(f"SELECT 1 FROM last_numbers WHERE {NO_NUMBER}"),
    ]
    if wrong:
        yield Fault(what=f"{plural(len(wrong), 'running number')} cannot go on", mend="numbers")


NUMBERS_BEHIND = " UNION ALL ".join(
    f"SELECT e.client_id AS client_id, '{name}' AS thing, max(r.number) AS last FROM {name} r"
    f" JOIN engagements e ON e.id = {journey_of(name, 'r')} GROUP BY e.client_id"
    f" HAVING max(r.number) > ifnull((SELECT l.last FROM last_numbers l WHERE l.thing = '{name}'"
    " AND l.client_id = e.client_id), 0)"
    for kind, name in TABLES.items()
    if "number" in kind.__struct_fields__ and name != "sessions"
)
"""Running numbers that are behind the records that have them, as they should be."""


def let_numbers_go_on(store: Store) -> None:
    """Let running numbers go on after the highest that was given."""
    store.run(f"DELETE FROM last_numbers WHERE {NO_NUMBER}")
    for behind in store.run(NUMBERS_BEHIND).fetchall():
        store.run("REPLACE INTO last_numbers VALUES (?, ?, ?)", tuple(behind))


def _undo_is_damaged(store: Store) -> bool:
    rows = (row for name in UNDO_TABLES for row in store.run(f"SELECT * FROM {name}"))
    return any(isinstance(value, NoText) for row in rows for value in tuple(row))


def _rows(store: Store, readers: Readers) -> Iterator[Fault]:
    for kind, name in TABLES.items():
        faults = [*_texts(store, kind, name), *_values(store, kind, name)]
        known = {fault.row for fault in faults}
        faults += _unreadable(store, kind, name, known, readers)
        if kind is KeptPlan:
            for row in dict.fromkeys(fault.row for fault in faults):
                what = "the saved plan cannot be read; a plan is made anew from the records"
                yield _of_row(name, row, "body", what, "plan")
        else:
            yield from faults
    for name, column, condition, message in BETWEEN_RECORDS:
        mend: Mend = "unlink" if column == "goal_id" else ""
        for row in store.run(f"SELECT NEW.rowid FROM {name} AS NEW WHERE {condition}"):
            yield _of_row(name, row[0], column, message, mend)


def _texts(store: Store, kind: type[Record], name: str) -> Iterator[Fault]:
    """Texts that hold bytes which are none; of other columns the value itself is wrong then."""
    texts = [
        column.name
        for column in table.columns_of(kind)
        if column.is_json or (column.kind is str and not column.has("time"))
    ]
    for row in store.run(f"SELECT rowid AS row_number, * FROM {name}"):
        for column in texts:
            if isinstance(row[column], NoText):
                what = f"`{column}` holds bytes that are no text"
                yield _of_row(name, row["row_number"], column, what, "text")


def _values(store: Store, kind: type[Record], name: str) -> Iterator[Fault]:
    """Values that the table would have refused."""
    for column in table.columns_of(kind):
        refused = [f"NOT ({check})" for check in table.checks_of(column)]
        if not (column.optional or column.has("number")):
            refused.append(f"{column.name} IS NULL")
        if refused:
            rows = store.run(f"SELECT rowid FROM {name} WHERE {' OR '.join(refused)}")
            for row in rows:
                yield _of_row(name, row[0], column.name, table.should_be(column), "")
    for rule in kind.rules:
        if rule.startswith("CHECK "):
            parts = [column for column in kind.__struct_fields__ if column in rule]
            what = f"{' and '.join(f'`{part}`' for part in parts)} contradict each other"
            for row in store.run(f"SELECT rowid FROM {name} WHERE NOT {rule[6:]}"):
                yield _of_row(name, row[0], parts[0], what, "")


def _unreadable(
    store: Store, kind: type[Record], name: str, known: set[int], readers: Readers
) -> Iterator[Fault]:
    """Rows that no record can be made of although the table takes them."""
    own = {column: read for (of, column), read in readers.items() if of is kind}
    for row in store.run(f"SELECT rowid AS row_number, * FROM {name}"):
        number = row["row_number"]
        if number in known:
            continue
        values = {column: row[column] for column in kind.__struct_fields__}
        try:
            read = table.record(kind, values)
        except StoreFault as fault:
            column = next((part for part in values if f"$.{part}" in str(fault.__cause__)), "")
            what = f"`{column}` cannot be read" if column else "it cannot be read"
            yield _of_row(name, number, column, what, "")
            continue
        for column, make_sense in own.items():
            try:
                make_sense(getattr(read, column))
            except (TrajplanError, ValueError, TypeError, KeyError):
                yield _of_row(name, number, column, f"`{column}` cannot be read", "")


class _Names:
    """Whose a row is and what a coach calls it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        clients = store.run("SELECT id, name FROM clients").fetchall()
        self.clients = [
            (str(row["name"]), belongings.of_client(store, row["id"])) for row in clients
        ]

    def of(self, name: str, row: int) -> str:
        whose = next(
            (client for client, rows in self.clients if row in rows.get(name, ())), "nobody's"
        )
        return f"{whose}, {self._record(name, row)}"

    def _record(self, name: str, row: int) -> str:
        own = KINDS[name].__struct_fields__
        noun = KINDS[name].noun or name.replace("_", " ")
        columns = [column for column in ("number", "session_id") if column in own]
        record = self.store.run(
            f"SELECT {', '.join([*columns, 'rowid AS row_number'])} FROM {name} WHERE rowid = ?",
            (row,),
        ).fetchone()
        if record is None:  # an index names it, and its table does not
            return f"{noun} (record {row})"
        if "number" in columns and record["number"] is not None:
            return f"{noun} {record['number']}"
        if "session_id" in columns:
            session = self.store.run(
                "SELECT number FROM sessions WHERE id = ?", (record["session_id"],)
            ).fetchone()
            if session and session[0] is not None:
                return f"session {session[0]}, {noun}"
        return noun if name == "clients" else f"{noun} (record {row})"
