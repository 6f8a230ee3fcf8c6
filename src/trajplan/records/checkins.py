"""Check-ins: how the client arrives (R42, R44)."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping

from trajplan.errors import CannotDo
from trajplan.records import rows
from trajplan.records.forms import Energy
from trajplan.records.records import CheckIn
from trajplan.records.store import Store


def add(
    store: Store,
    *,
    session_id: int,
    date: dt.date,
    energy: Energy | None = None,
    mood: str = "",
    matters: str = "",
    progress: Mapping[str, int] | None = None,
    holding: bool = False,
    serves: str = "",
) -> CheckIn:
    """Add a check-in; an earlier one of the session stays beside it.

    `progress` holds whole numbers 1–10 by factor; others raise CannotDo.
    """
    for factor, moved in (progress or {}).items():
        if isinstance(moved, bool) or not isinstance(moved, int) or not 1 <= moved <= 10:
            raise CannotDo(f"progress on {factor} is a whole number from 1 to 10, not {moved!r}")
    number = rows.insert(
        store,
        "check_ins",
        session_id=session_id,
        date=date,
        energy=energy,
        mood=mood,
        matters=matters,
        progress=progress or {},
        holding=holding,
        serves=serves,
    )
    return _record(store.run("SELECT * FROM check_ins WHERE id = ?", (number,)).fetchone())


def of_session(store: Store, session_id: int) -> CheckIn | None:
    """Return the session's latest check-in."""
    row = store.run(
        "SELECT * FROM check_ins WHERE session_id = ? ORDER BY id DESC LIMIT 1", (session_id,)
    ).fetchone()
    return None if row is None else _record(row)


def of_engagement(store: Store, engagement_id: int) -> tuple[CheckIn, ...]:
    """Return every check-in of the engagement, by date, then in the order given."""
    found = store.run(
        "SELECT c.* FROM check_ins c JOIN sessions s ON s.id = c.session_id"
        " WHERE s.engagement_id = ? ORDER BY c.date, c.id",
        (engagement_id,),
    )
    return tuple(_record(row) for row in found)


def _record(row: sqlite3.Row) -> CheckIn:
    return rows.record(CheckIn, row, lists=("progress",), flags=("holding",))
