"""The schema of the practice file: its tables, from the records, and the rules between them.

Every table hangs from `clients` by cascading foreign keys, so that deleting one client row erases
everything about that person (R119). Enums, ranges and dates are checked by SQLite itself: whatever
writes the file, a value the records cannot hold never gets in.

This is the newest schema. Until the first release it is edited in place; from then on every change
is a step in `migrations.py` as well, and both ways must lead to the same tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from trajplan.records import table
from trajplan.records.kinds import TABLES

_META = """CREATE TABLE meta (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    practice_id TEXT NOT NULL
        CHECK (length(practice_id) = 32 AND practice_id NOT GLOB '*[^0-9a-f]*'),
    current_client INTEGER REFERENCES clients (id) ON DELETE SET NULL) STRICT"""

# What a coach sees and types counts for each client: row ids count through the whole practice and
# would tell one client how many others there are. The store gives the numbers itself, whoever
# writes, and never twice: `last_numbers` only grows, also when a row is deleted.
_NUMBERED = ("commitments", "assumptions", "goals", "indicators", "parked_topics", "notes")
_OF_A_SESSION = ("notes",)
"""Those that name their session, and their journey only by it."""
_LAST_NUMBERS = """CREATE TABLE last_numbers (
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    thing TEXT NOT NULL CHECK (thing <> ''),
    last INTEGER NOT NULL CHECK (last >= 1),
    PRIMARY KEY (client_id, thing)) STRICT"""

# What `undo.py` keeps of the last commands: how each row was before. Of no export, and cleared when
# a client is erased.
_UNDO = (
    """CREATE TABLE undo_commands (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL,
    done TEXT NOT NULL CHECK (done IS date(done, '+0 days')),
    client_id INTEGER REFERENCES clients (id) ON DELETE CASCADE,
    changes TEXT NOT NULL,
    undone INTEGER NOT NULL CHECK (undone IN (0, 1)),
    current_client INTEGER) STRICT""",
    """CREATE TABLE undo_steps (
    id INTEGER PRIMARY KEY,
    command_id INTEGER NOT NULL REFERENCES undo_commands (id) ON DELETE CASCADE,
    thing TEXT NOT NULL,
    line INTEGER NOT NULL,
    old TEXT CHECK (old IS NULL OR json_valid(old)),
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1))) STRICT""",
    "CREATE INDEX undo_steps_by_command ON undo_steps (command_id)",
)

# What `plan_pages.py` keeps: a plan as it was printed. Made again whenever it is missing, and of no
# export; whatever changes the plan lets it go, so that it never says what the plan no longer says.
_PAGES = (
    """CREATE TABLE plan_pages (
    session_id INTEGER PRIMARY KEY REFERENCES plans (session_id) ON DELETE CASCADE,
    made_by TEXT NOT NULL,
    options TEXT NOT NULL,
    page TEXT NOT NULL) STRICT""",
    """CREATE TRIGGER plan_pages_go_with_changes AFTER UPDATE OF body, frozen ON plans
        BEGIN DELETE FROM plan_pages WHERE session_id = OLD.session_id; END""",
)

_INDEXES = (
    "CREATE INDEX sessions_by_date ON sessions (date) WHERE state = 'planned'",
    "CREATE INDEX question_uses_asked ON question_uses (question_id, date) WHERE asked = 1",
    # One of a kind at a time: what stands need not be said twice.
    "CREATE UNIQUE INDEX referrals_standing ON referrals (client_id, kind) WHERE ended IS NULL",
    # No client counts as one here: an index takes two NULLs for different.
    """CREATE UNIQUE INDEX retired_questions_once
        ON retired_questions (question_id, ifnull(client_id, 0))""",
)

# What was said on a day is never said otherwise; something further is added.
_NEVER_CHANGED = {
    "tci_entries": "a rating is never changed; a correction is a new one",
    "scaled_answers": "an answer is never changed; it is given again",
    "commitment_reviews": "a review is never changed; a further one is added",
    "contacts": "what happened is never changed; a further contact is added",
    "goal_changes": "what a goal was is never changed; a further change is added",
    "indicator_readings": "a reading is never changed; a further one is added",
    "method_changes": "a change of method is never changed; a further one is added",
    "intake_changes": "what was known is never changed; a further change is added",
    "session_days": "what became of a session is never changed; more is added",
    "phase_exits": "a look at a milestone is never changed; another is added",
    # All but the session, which may be deleted under it.
    "worksheet_answers OF engagement_id, worksheet, title, form, answers, unmatched, date": (
        "a filled worksheet is never changed; it is filled in again"
    ),
}
# `INSERT OR REPLACE` would change a row without an UPDATE.
_NEVER_REPLACED = ("tci_entries", "scaled_answers")

# Ratings and answers are append-only (R67, R103). Erasing a client is the one way out: a cascade
# deletes the parent row before its children, so one may go only when its session is already gone,
# and a session or engagement with ratings only when its own parent is.
_RATED = "SELECT 1 FROM tci_entries t JOIN sessions s ON s.id = t.session_id WHERE"
_NEVER_DELETED = (
    (
        "tci_entries",
        "EXISTS (SELECT 1 FROM sessions WHERE id = OLD.session_id)",
        "a rating is deleted only with its client",
    ),
    (
        "scaled_answers",
        "EXISTS (SELECT 1 FROM sessions WHERE id = OLD.session_id)",
        "an answer is deleted only with its client",
    ),
    (
        "sessions",
        "EXISTS (SELECT 1 FROM engagements WHERE id = OLD.engagement_id)"
        f" AND EXISTS ({_RATED} s.id = OLD.id)",
        "a rated session is deleted only with its client",
    ),
    (
        "engagements",
        "EXISTS (SELECT 1 FROM clients WHERE id = OLD.client_id)"
        f" AND EXISTS ({_RATED} s.engagement_id = OLD.id)",
        "a rated engagement is deleted only with its client",
    ),
    (
        "goal_changes",
        "EXISTS (SELECT 1 FROM goals WHERE id = OLD.goal_id)",
        "what a goal was is deleted only with it",
    ),
)

# The hierarchy is theme, objective, commitment (R86): an objective stands under a theme of the same
# journey, a theme under nothing, and a theme that holds objectives never becomes one. So no row can
# be an orphan, and no way leads back to where it began.
_UNDER_A_THEME = """NEW.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM goals p WHERE p.id = NEW.parent_id AND p.level = 'theme'
    AND p.id <> NEW.id AND p.engagement_id = NEW.engagement_id)"""
_OF_ANOTHER_JOURNEY = """NEW.goal_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM goals g WHERE g.id = NEW.goal_id AND g.engagement_id = NEW.engagement_id)"""
_GOAL_TREE = (
    (
        "objective_needs_a_theme",
        "INSERT ON goals",
        _UNDER_A_THEME,
        "an objective stands under a theme of its own journey",
    ),
    (
        "objective_keeps_a_theme",
        "UPDATE OF parent_id, engagement_id ON goals",
        _UNDER_A_THEME,
        "an objective stands under a theme of its own journey",
    ),
    (
        "theme_with_objectives_stays_one",
        "UPDATE OF level ON goals",
        "NEW.level <> 'theme' AND EXISTS (SELECT 1 FROM goals WHERE parent_id = OLD.id)",
        "objectives stand under this theme",
    ),
    *(
        (
            f"{name}_{act}",
            f"{when} ON {name}",
            _OF_ANOTHER_JOURNEY,
            "the goal belongs to another journey",
        )
        for name in ("commitments", "indicators")
        for act, when in (
            ("serve_their_own_goal", "INSERT"),
            ("keep_their_own_goal", "UPDATE OF goal_id, engagement_id"),
        )
    ),
)

BETWEEN_RECORDS = (
    ("goals", "parent_id", _UNDER_A_THEME, "stands under no theme of its own journey"),
    *(
        (name, "goal_id", _OF_ANOTHER_JOURNEY, "names a goal of another journey")
        for name in ("commitments", "indicators")
    ),
)
"""What the guards keep out and another program may have written: table, column, condition on the
row `NEW`, and what to say of it."""


def statements() -> Iterator[str]:
    """Everything that makes an empty file a practice, but its one row of meta."""
    statements_by_table = {name: table.create(kind) for kind, name in TABLES.items()}
    yield from statements_by_table.pop("clients")
    yield _META
    for table_statements in statements_by_table.values():
        yield from table_statements
    yield _LAST_NUMBERS
    yield from _UNDO
    yield from _PAGES
    yield from _INDEXES
    for name in _NUMBERED:
        yield from _numbered(name)
    for what, message in _NEVER_CHANGED.items():
        name, _, columns = what.partition(" ")
        yield _guard(f"{name}_never_change", f"UPDATE {columns} ON {name}", "1", message)
    for name in _NEVER_REPLACED:
        again = f"EXISTS (SELECT 1 FROM {name} WHERE id = NEW.id)"
        yield _guard(f"{name}_never_replaced", f"INSERT ON {name}", again, _NEVER_CHANGED[name])
    for name, condition, message in _NEVER_DELETED:
        yield _guard(f"{name}_never_deleted", f"DELETE ON {name}", condition, message)
    for name, when, condition, message in _GOAL_TREE:
        yield _guard(name, when, condition, message)


def build(db: sqlite3.Connection) -> None:
    """Build the schema in an empty file. One statement a call: a script would commit."""
    from uuid import uuid4  # here, because one command in a lifetime needs it

    for statement in statements():
        db.execute(statement)
    db.execute("INSERT INTO meta VALUES (1, ?, NULL)", (uuid4().hex,))


class Difference(NamedTuple):
    """A guard, an index or a view that is not as it should be."""

    name: str
    kind: str
    """`trigger`, `index` or `view`."""
    wanted: str
    """The statement that makes it; empty where there should be none."""
    there: bool

    def __str__(self) -> str:
        if not self.wanted:
            return f"another program has added the {self.kind} `{self.name}`"
        return f"the {self.kind} `{self.name}` {'was changed' if self.there else 'is missing'}"


def differences(db: sqlite3.Connection) -> tuple[Difference, ...]:
    """Compare what stands around the tables of an opened practice with what should. By name."""
    present = _around(db)
    with closing(sqlite3.connect(":memory:")) as fresh:
        build(fresh)
        wanted = _around(fresh)
    return tuple(
        Difference(name, kind, wanted.get((name, kind), ""), (name, kind) in present)
        for name, kind in sorted(present.keys() | wanted.keys())
        if present.get((name, kind)) != wanted.get((name, kind))
    )


def _around(db: sqlite3.Connection) -> dict[tuple[str, str], str]:
    rows = db.execute(
        "SELECT name, type, sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL"
    )
    return {(row[0], row[1]): row[2] for row in rows}


def put_right(db: sqlite3.Connection, difference: Difference) -> None:
    """Drop what should not stand around the tables, and make what should. Raises sqlite3.Error."""
    if difference.there:
        name = difference.name.replace('"', '""')
        db.execute(f'DROP {difference.kind.upper()} "{name}"')
    if difference.wanted:
        db.execute(difference.wanted)


def _guard(name: str, when: str, condition: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {when} WHEN {condition} BEGIN"
        f" SELECT RAISE(ABORT, '{message}'); END"
    )


def journey_of(name: str, row: str) -> str:
    """The engagement of a numbered row, as SQL."""
    if name not in _OF_A_SESSION:
        return f"{row}.engagement_id"
    return f"(SELECT engagement_id FROM sessions WHERE id = {row}.session_id)"


def _numbered(name: str) -> tuple[str, ...]:
    """What gives the rows of a table with a `number` the client's next one."""
    parent = "session_id" if name in _OF_A_SESSION else "engagement_id"
    journey = journey_of(name, "NEW")
    return (
        f"CREATE UNIQUE INDEX {name}_by_number ON {name} ({parent}, number)",
        f"""CREATE TRIGGER {name}_are_numbered AFTER INSERT ON {name} WHEN NEW.number IS NULL
        BEGIN
            INSERT INTO last_numbers (client_id, thing, last)
                SELECT client_id, '{name}', 1 FROM engagements WHERE id = {journey}
                ON CONFLICT (client_id, thing) DO UPDATE SET last = last + 1;
            UPDATE {name} SET number = (
                SELECT l.last FROM last_numbers l JOIN engagements e ON e.client_id = l.client_id
                WHERE e.id = {journey} AND l.thing = '{name}') WHERE id = NEW.id;
        END""",
    )
