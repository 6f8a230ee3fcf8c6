"""Indicators with their readings over time (R89, R90)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from trajplan.records.model import Indicator, IndicatorKind, IndicatorReading, IndicatorSeries

if TYPE_CHECKING:
    from trajplan.records.store import Store


def indicator_series(store: Store, engagement_id: int) -> tuple[IndicatorSeries, ...]:
    """Return every indicator of an engagement with its readings, in the order they were named."""
    indicators = store.select(Indicator, engagement_id=engagement_id)
    by_indicator: dict[int, list[IndicatorReading]] = {indicator.id: [] for indicator in indicators}
    for reading in store.select(IndicatorReading, indicator_id=by_indicator):
        by_indicator[reading.indicator_id].append(reading)
    return tuple(
        IndicatorSeries(**asdict(indicator), readings=tuple(by_indicator[indicator.id]))
        for indicator in indicators
    )


def of_engagement(store: Store, engagement_id: int) -> tuple[IndicatorSeries, ...]:
    """As `indicator_series`."""
    return indicator_series(store, engagement_id)


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
) -> IndicatorSeries:
    """Add an indicator without a reading; `start` and `target` differ where both are given."""
    indicator = Indicator(
        engagement_id=engagement_id,
        name=name,
        goal_id=goal_id,
        kind=kind,
        unit=unit,
        start=start,
        target=target,
        due=due,
    )
    return _series(store, store.insert(indicator))


def update(store: Store, indicator_id: int, **changes: Any) -> IndicatorSeries:
    """Change named fields. Raises TypeError for others, NotFound."""
    return _series(store, store.update(store.get(Indicator, indicator_id), **changes))


def read(store: Store, indicator_id: int, *, date: dt.date, value: float) -> IndicatorSeries:
    """Append a reading. Raises NotFound."""
    indicator = store.get(Indicator, indicator_id)
    store.insert(IndicatorReading(indicator_id=indicator_id, date=date, value=value))
    return _series(store, indicator)


def _series(store: Store, indicator: Indicator) -> IndicatorSeries:
    readings = store.select(IndicatorReading, indicator_id=indicator.id)
    return IndicatorSeries(**asdict(indicator), readings=readings)
