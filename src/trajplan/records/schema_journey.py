"""The step that lets a journey move: what became of a session's day, pauses, days off, phase exits.

A released step is never edited. A session's present day and state stand in its row; `session_days`
keeps how it came to them, so that a cancellation knows by whom and a move from where.
"""

from __future__ import annotations

import sqlite3


def _day(name: str, *, optional: bool = False) -> str:
    return f"{name} TEXT {'' if optional else 'NOT NULL '}CHECK ({name} IS date({name}, '+0 days'))"


_TABLES = (
    f"""CREATE TABLE session_days (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        {_day("date")},
        act TEXT NOT NULL CHECK (act IN ('moved', 'missed', 'cancelled', 'skipped', 'taken_back')),
        {_day("was_on")}, {_day("now_on")},
        cancelled_by TEXT CHECK (cancelled_by IN ('client', 'coach')),
        notice_hours INTEGER CHECK (notice_hours >= 0),
        reason TEXT NOT NULL,
        CHECK ((act = 'cancelled') = (cancelled_by IS NOT NULL)),
        CHECK (act = 'cancelled' OR notice_hours IS NULL)) STRICT""",
    f"""CREATE TABLE pauses (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        engagement_id INTEGER NOT NULL REFERENCES engagements (id) ON DELETE CASCADE,
        {_day("since")}, {_day("until", optional=True)}, reason TEXT NOT NULL,
        CHECK (until IS NULL OR until >= since)) STRICT""",
    f"""CREATE TABLE days_off (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        {_day("first")}, {_day("last")}, name TEXT NOT NULL,
        CHECK (last >= first)) STRICT""",
    f"""CREATE TABLE phase_exits (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        engagement_id INTEGER NOT NULL REFERENCES engagements (id) ON DELETE CASCADE,
        phase TEXT NOT NULL CHECK (phase <> ''), {_day("date")},
        met TEXT NOT NULL CHECK (CASE WHEN json_valid(met) THEN json_type(met) END IS 'array'),
        unmet TEXT NOT NULL
            CHECK (CASE WHEN json_valid(unmet) THEN json_type(unmet) END IS 'array'),
        reason TEXT NOT NULL) STRICT""",
    """ALTER TABLE engagements ADD COLUMN phase_sizes TEXT NOT NULL DEFAULT '{}'
        CHECK (CASE WHEN json_valid(phase_sizes) THEN json_type(phase_sizes) END IS 'object')""",
)
_REST = (
    "CREATE INDEX session_days_by_session ON session_days (session_id)",
    "CREATE INDEX pauses_by_engagement ON pauses (engagement_id)",
    "CREATE INDEX phase_exits_by_engagement ON phase_exits (engagement_id)",
    """CREATE TRIGGER session_day_never_changes BEFORE UPDATE ON session_days BEGIN
        SELECT RAISE(ABORT, 'what became of a session is never changed; more is added'); END""",
    """CREATE TRIGGER phase_exit_never_changes BEFORE UPDATE ON phase_exits BEGIN
        SELECT RAISE(ABORT, 'a look at a milestone is never changed; another is added'); END""",
)


def moving_journeys(db: sqlite3.Connection) -> None:
    """Add the tables of a moving journey, and room for phases the coach extends."""
    for statement in (*_TABLES, *_REST):
        db.execute(statement)
