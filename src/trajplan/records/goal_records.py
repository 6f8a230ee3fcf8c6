"""Goals and indicators under the names they had. On its way out: `model.py` has them."""

from __future__ import annotations

from trajplan.records.model import (
    Goal,
    GoalChange,
    GoalLevel,
    GoalStatus,
    IndicatorKind,
    IndicatorReading,
)
from trajplan.records.model import IndicatorSeries as Indicator

__all__ = [
    "Goal",
    "GoalChange",
    "GoalLevel",
    "GoalStatus",
    "Indicator",
    "IndicatorKind",
    "IndicatorReading",
]
