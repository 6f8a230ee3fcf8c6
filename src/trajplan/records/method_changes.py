"""Changes of method, of one session or from one on: kept with date and reason, never rewritten."""

from __future__ import annotations

import datetime as dt

from trajplan.records import rows
from trajplan.records.records import Method, MethodChange
from trajplan.records.store import Store

_SELECT = (
    "SELECT m.*, s.number AS session_number FROM method_changes m"
    " JOIN sessions s ON s.id = m.session_id"
)


def add(
    store: Store,
    *,
    engagement_id: int,
    session_id: int,
    onward: bool,
    date: dt.date,
    before: Method,
    after: Method,
    reason: str,
) -> MethodChange:
    """Keep one change. `onward`: the engagement works so from this session on."""
    number = rows.insert(
        store,
        "method_changes",
        engagement_id=engagement_id,
        session_id=session_id,
        onward=onward,
        date=date,
        before=before,
        after=after,
        reason=reason,
    )
    row = store.run(f"{_SELECT} WHERE m.id = ?", (number,)).fetchone()
    return rows.record(MethodChange, row, flags=("onward",))


def of_engagement(store: Store, engagement_id: int) -> tuple[MethodChange, ...]:
    """Return every change of the engagement, in the order it was made."""
    found = store.run(f"{_SELECT} WHERE m.engagement_id = ? ORDER BY m.id", (engagement_id,))
    return tuple(rows.record(MethodChange, row, flags=("onward",)) for row in found)
