"""The step that adds goals, their indicators, and the goal a commitment serves (R85-R90).

A released step is never edited. The hierarchy is theme, objective, commitment, and the tables hold
it themselves: an objective stands under a theme of the same journey, a theme under nothing, and a
theme that holds objectives never becomes one. So no row can be an orphan, and no way leads back to
where it began.
"""

from __future__ import annotations

import sqlite3

from trajplan.records.schema_numbers import NUMBER, numbered


def _date(name: str, need: str = "NOT NULL ") -> str:
    return f"{name} TEXT {need}CHECK ({name} IS date({name}, '+0 days'))"


_FACTS = f"""level TEXT NOT NULL CHECK (level IN ('theme', 'objective')),
    text TEXT NOT NULL CHECK (text <> ''), measure TEXT NOT NULL, {_date("due", "")},
    attainable INTEGER CHECK (attainable BETWEEN 1 AND 10), matters TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'reached', 'let_go'))"""
_UNDER_A_THEME = """NEW.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM goals p WHERE p.id = NEW.parent_id AND p.level = 'theme'
    AND p.id <> NEW.id AND p.engagement_id = NEW.engagement_id)"""
_OF_THE_JOURNEY = """NEW.goal_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM goals g WHERE g.id = NEW.goal_id AND g.engagement_id = NEW.engagement_id)"""


def _guard(name: str, when: str, condition: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {when} WHEN {condition} BEGIN"
        f" SELECT RAISE(ABORT, '{message}'); END"
    )


_TABLES = (
    f"""CREATE TABLE goals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement_id INTEGER NOT NULL REFERENCES engagements (id) ON DELETE CASCADE, {NUMBER},
    parent_id INTEGER REFERENCES goals (id) ON DELETE CASCADE, {_FACTS}, {_date("created")},
    CHECK ((level = 'objective') = (parent_id IS NOT NULL))) STRICT""",
    f"""CREATE TABLE goal_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    goal_id INTEGER NOT NULL REFERENCES goals (id) ON DELETE CASCADE, {_date("date")},
    under TEXT NOT NULL, {_FACTS}, because TEXT NOT NULL) STRICT""",
    f"""CREATE TABLE indicators (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    engagement_id INTEGER NOT NULL REFERENCES engagements (id) ON DELETE CASCADE, {NUMBER},
    goal_id INTEGER REFERENCES goals (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT CHECK (kind IN ('leading', 'lagging')), unit TEXT NOT NULL,
    start REAL, target REAL, {_date("due", "")}, CHECK (start <> target)) STRICT""",
    f"""CREATE TABLE indicator_readings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    indicator_id INTEGER NOT NULL REFERENCES indicators (id) ON DELETE CASCADE, {_date("date")},
    value REAL NOT NULL) STRICT""",
    # A goal is let go, never deleted, so the link needs no answer for that but the client's end.
    "ALTER TABLE commitments ADD COLUMN goal_id INTEGER REFERENCES goals (id) ON DELETE SET NULL",
)
_INDEXES = (
    "CREATE INDEX goals_by_parent ON goals (parent_id)",
    "CREATE INDEX goal_changes_by_goal ON goal_changes (goal_id)",
    "CREATE INDEX indicators_by_goal ON indicators (goal_id)",
    "CREATE INDEX indicator_readings_by_indicator ON indicator_readings (indicator_id)",
    "CREATE INDEX commitments_by_goal ON commitments (goal_id)",
)
_GUARDS = (
    *(
        _guard(name, when, _UNDER_A_THEME, "an objective stands under a theme of its own journey")
        for name, when in (
            ("objective_needs_a_theme", "INSERT ON goals"),
            ("objective_keeps_a_theme", "UPDATE OF parent_id, engagement_id ON goals"),
        )
    ),
    _guard(
        "theme_with_objectives_stays_one",
        "UPDATE OF level ON goals",
        "NEW.level <> 'theme' AND EXISTS (SELECT 1 FROM goals WHERE parent_id = OLD.id)",
        "objectives stand under this theme",
    ),
    *(
        _guard(f"{table}_{word}", when, _OF_THE_JOURNEY, "the goal belongs to another journey")
        for table in ("commitments", "indicators")
        for word, when in (
            ("serve_their_own_goal", f"INSERT ON {table}"),
            ("keep_their_own_goal", f"UPDATE OF goal_id, engagement_id ON {table}"),
        )
    ),
    """CREATE TRIGGER goal_change_stays BEFORE UPDATE ON goal_changes BEGIN
        SELECT RAISE(ABORT, 'what a goal was is never changed; a further change is added'); END""",
    _guard(
        "goal_change_never_deleted",
        "DELETE ON goal_changes",
        "EXISTS (SELECT 1 FROM goals WHERE id = OLD.goal_id)",
        "what a goal was is deleted only with it",
    ),
    """CREATE TRIGGER indicator_reading_stays BEFORE UPDATE ON indicator_readings BEGIN
        SELECT RAISE(ABORT, 'a reading is never changed; a further one is added'); END""",
)


def _said(key: str, of: str) -> str:
    """What an intake lists under `of`, each entry a text or a mapping that has it under `key`."""
    text = f"trim(CASE j.type WHEN 'object' THEN json_extract(j.value, '$.{key}') ELSE j.value END)"
    return (
        f"(SELECT e.id AS engagement_id, e.created, j.key AS at, {text} AS text"
        f" FROM engagements e, json_each(e.intake, '$.{of}') j) WHERE text <> ''"
        " ORDER BY engagement_id, at"
    )


_FROM_INTAKES = (
    "INSERT INTO goals (engagement_id, level, text, measure, matters, status, created)"
    f" SELECT engagement_id, 'theme', text, '', '', 'open', created FROM {_said('text', 'goals')}",
    "INSERT INTO goal_changes (goal_id, date, under, level, text, measure, matters, status,"
    " because) SELECT id, created, '', level, text, '', '', status, '' FROM goals",
    "INSERT INTO indicators (engagement_id, name, unit)"
    f" SELECT engagement_id, text, '' FROM {_said('name', 'indicators')}",
)


def goals(db: sqlite3.Connection) -> None:
    """Add goals with their history, indicators with their readings, and the link from below.

    What older intakes only listed becomes a theme, or an indicator without numbers.
    """
    for statement in (*_TABLES, *_INDEXES, *_GUARDS):
        db.execute(statement)
    for table in ("goals", "indicators"):
        for statement in numbered(table):
            db.execute(statement)
    for statement in _FROM_INTAKES:
        db.execute(statement)
