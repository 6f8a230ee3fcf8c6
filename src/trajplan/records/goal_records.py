"""Goals and their indicators, as frozen values (R85-R90)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

GoalLevel = Literal["theme", "objective"]
GoalStatus = Literal["open", "reached", "let_go"]
IndicatorKind = Literal["leading", "lagging"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A theme, or an objective under one; commitments serve either (R86)."""

    id: int
    number: int
    """Counts from 1 for each client; what a coach sees and types."""
    engagement_id: int
    level: GoalLevel
    parent_id: int | None
    """The theme an objective stands under."""
    text: str
    measure: str
    """By what it will be noticed."""
    due: dt.date | None
    attainable: int | None
    """1-10, as the client rates it."""
    matters: str
    """What it matters for, in the client's words."""
    status: GoalStatus
    created: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalChange:
    """A goal as it stood from one day on; append-only (R87)."""

    id: int
    goal_id: int
    date: dt.date
    under: str
    """The theme it stood under, in the words of that day; empty for a theme."""
    level: GoalLevel
    text: str
    measure: str
    due: dt.date | None
    attainable: int | None
    matters: str
    status: GoalStatus
    because: str
    """Why it was changed, where the coach said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorReading:
    """A number read on a day; append-only. Of several on a day the last one given counts."""

    id: int
    indicator_id: int
    date: dt.date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Something that can be counted: leading shows early, lagging shows at the end (R89, R90)."""

    id: int
    number: int
    """Counts from 1 for each client."""
    engagement_id: int
    goal_id: int | None
    """None: for the journey as a whole."""
    name: str
    kind: IndicatorKind | None
    """None: the intake did not say."""
    unit: str
    start: float | None
    target: float | None
    due: dt.date | None
    readings: tuple[IndicatorReading, ...] = ()
    """By date, then in the order they were given."""
