"""Goals and indicators as modules read them that still ask for an indicator's readings in it.

On its way out: `model.py` has the records alone, the `Dossier` what belongs beside them.
"""

from __future__ import annotations

from trajplan.records import model
from trajplan.records.model import (
    Goal,
    GoalChange,
    GoalLevel,
    GoalStatus,
    IndicatorKind,
    IndicatorReading,
)

__all__ = [
    "Goal",
    "GoalChange",
    "GoalLevel",
    "GoalStatus",
    "Indicator",
    "IndicatorKind",
    "IndicatorReading",
]


class Indicator(model.Indicator, frozen=True, kw_only=True):
    """With its readings, by date, then in the order they were given."""

    readings: tuple[IndicatorReading, ...] = ()
