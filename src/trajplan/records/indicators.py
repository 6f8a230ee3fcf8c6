"""Indicators and their readings over time (R89, R90)."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any

from msgspec.structs import replace

from trajplan.records import rows
from trajplan.records.goal_records import Indicator, IndicatorKind, IndicatorReading
from trajplan.records.store import Store

CHANGEABLE = frozenset(["goal_id", "name", "kind", "unit", "start", "target", "due"])


def add(
    store: Store,
    *,
    engagement_id: int,
    name: str,
    goal_id: int | None = None,
    kind: IndicatorKind | None = None,
    unit: str = "",
    start: float | None = None,
    target: float | None = None,
    due: dt.date | None = None,
) -> Indicator:
    """Add an indicator without a reading; `start` and `target` differ where both are given."""
    number = rows.insert(
        store,
        "indicators",
        engagement_id=engagement_id,
        goal_id=goal_id,
        name=name,
        kind=kind,
        unit=unit,
        start=start,
        target=target,
        due=due,
    )
    return by_id(store, number)


def by_id(store: Store, indicator_id: int) -> Indicator:
    """Return one indicator with its readings. Raises NotFound."""
    row = store.run("SELECT * FROM indicators WHERE id = ?", (indicator_id,)).fetchone()
    if row is None:
        raise rows.missing("indicators", indicator_id)
    return _record(store, row)


def of_engagement(store: Store, engagement_id: int) -> tuple[Indicator, ...]:
    """Return every indicator of an engagement, in the order they were named."""
    found = store.run(
        "SELECT * FROM indicators WHERE engagement_id = ? ORDER BY id", (engagement_id,)
    ).fetchall()
    return tuple(_record(store, row) for row in found)


def update(store: Store, indicator_id: int, **changes: Any) -> Indicator:
    """Change fields named in `CHANGEABLE`. Raises TypeError for others, NotFound."""
    rows.update(store, "indicators", indicator_id, changes, CHANGEABLE)
    return by_id(store, indicator_id)


def read(store: Store, indicator_id: int, *, date: dt.date, value: float) -> Indicator:
    """Append a reading. Raises NotFound."""
    by_id(store, indicator_id)
    rows.insert(store, "indicator_readings", indicator_id=indicator_id, date=date, value=value)
    return by_id(store, indicator_id)


def _record(store: Store, row: sqlite3.Row) -> Indicator:
    found = store.run(
        "SELECT * FROM indicator_readings WHERE indicator_id = ? ORDER BY date, id", (row["id"],)
    )
    readings = tuple(rows.record(IndicatorReading, one) for one in found)
    return replace(rows.record(Indicator, row), readings=readings)
