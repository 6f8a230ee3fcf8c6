"""Pauses: stretches in which an engagement rests."""

from __future__ import annotations

import datetime as dt

from trajplan.records import rows
from trajplan.records.records import Pause
from trajplan.records.store import Store


def add(
    store: Store, *, engagement_id: int, since: dt.date, until: dt.date | None, reason: str
) -> Pause:
    """Keep a pause; `until`, the day it goes on, may be open."""
    number = rows.insert(
        store, "pauses", engagement_id=engagement_id, since=since, until=until, reason=reason
    )
    row = store.run("SELECT * FROM pauses WHERE id = ?", (number,)).fetchone()
    return rows.record(Pause, row)


def of_engagement(store: Store, engagement_id: int) -> tuple[Pause, ...]:
    """Return every pause of an engagement, first to last."""
    found = store.run(
        "SELECT * FROM pauses WHERE engagement_id = ? ORDER BY since, id", (engagement_id,)
    )
    return tuple(rows.record(Pause, row) for row in found)


def standing(store: Store, engagement_id: int, day: dt.date) -> Pause | None:
    """Return the pause the engagement rests in on a day."""
    return next((one for one in of_engagement(store, engagement_id) if one.stands(day)), None)


def end(store: Store, pause_id: int, until: dt.date) -> None:
    """Say on which day it goes on, not before it began. Raises NotFound."""
    rows.update(store, "pauses", pause_id, {"until": until}, ("until",))
