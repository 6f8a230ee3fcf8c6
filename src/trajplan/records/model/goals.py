"""What a client works toward, and how it is measured."""

import datetime as dt
from typing import Annotated, Literal

from trajplan.records.fields import Id, Number, Rating, Record, Text, ref

GoalLevel = Literal["theme", "objective"]
GoalStatus = Literal["open", "reached", "let_go"]
IndicatorKind = Literal["leading", "lagging"]


class Goal(Record, frozen=True, kw_only=True):
    """A theme, or an objective under one; commitments serve either (R86)."""

    noun = "goal"
    searched = (("text", "goal"), ("measure", "goal"), ("matters", "goal"))
    rules = ("CHECK ((level = 'objective') = (parent_id IS NOT NULL))",)

    id: Id = 0
    number: Number = 0
    engagement_id: Annotated[int, ref("engagements")]
    parent_id: Annotated[int, ref("goals")] | None = None
    """The theme an objective stands under."""
    level: GoalLevel
    text: Text
    measure: str = ""
    """By what it will be noticed."""
    due: dt.date | None = None
    attainable: Rating | None = None
    """1-10, as the client rates it."""
    matters: str = ""
    """What it matters for, in the client's words."""
    status: GoalStatus = "open"
    created: dt.date


class GoalChange(Record, frozen=True, kw_only=True):
    """A goal as it stood from one day on; append-only (R87)."""

    searched = (("because", "goal"),)

    id: Id = 0
    goal_id: Annotated[int, ref("goals")]
    date: dt.date
    under: str
    """The theme it stood under, in the words of that day; empty for a theme."""
    level: GoalLevel
    text: Text
    measure: str
    due: dt.date | None
    attainable: Rating | None
    matters: str
    status: GoalStatus
    because: str = ""
    """Why it was changed, where the coach said so."""


class Indicator(Record, frozen=True, kw_only=True):
    """Something that can be counted: leading shows early, lagging shows at the end (R89, R90)."""

    noun = "indicator"
    searched = (("name", "indicator"),)
    rules = ("CHECK (start <> target)",)

    id: Id = 0
    number: Number = 0
    engagement_id: Annotated[int, ref("engagements")]
    goal_id: Annotated[int, ref("goals")] | None = None
    """None: for the journey as a whole."""
    name: Text
    kind: IndicatorKind | None = None
    """None: the intake did not say."""
    unit: str = ""
    start: float | None = None
    target: float | None = None
    due: dt.date | None = None


class IndicatorReading(Record, frozen=True, kw_only=True):
    """A number read on a day; append-only. Of several on a day the last one given counts."""

    noun = "reading"
    order = "date, id"

    id: Id = 0
    indicator_id: Annotated[int, ref("indicators")]
    date: dt.date
    value: float


class IndicatorSeries(Indicator, frozen=True, kw_only=True):
    """An indicator with its readings, by date, then in the order they were given."""

    readings: tuple[IndicatorReading, ...] = ()
