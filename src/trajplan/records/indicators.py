"""Indicators with their readings over time (R89, R90)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import asdict

from trajplan.records.model import Indicator, IndicatorReading, IndicatorSeries

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


def with_readings(store: Store, indicator: Indicator) -> IndicatorSeries:
    """An indicator with its readings."""
    readings = store.select(IndicatorReading, indicator_id=indicator.id)
    return IndicatorSeries(**asdict(indicator), readings=readings)
