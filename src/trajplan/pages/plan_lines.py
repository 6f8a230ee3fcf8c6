"""What a segment holds, as lines in the order a coach meets them; every page reads them here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trajplan.dates import short_date
from trajplan.pages.bars import gauge_label, gauge_text, planned_gauge
from trajplan.pages.words import scale_ends, signed
from trajplan.planning.plan import (
    FromLastTime,
    HandOutReturn,
    Plan,
    PlannedActivity,
    PlannedPrompt,
    PlannedQuestion,
    PlannedSegment,
)

QUESTIONS_FIRST = ("commit", "close")
"""Stances in which what is done follows from what was asked: the question that goes home is written
down after it was asked."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a segment. `number` is the question's number in the plan, 0 for others."""

    kind: Literal["do", "say", "ask"]
    minutes: int
    text: str
    number: int = 0
    question: PlannedQuestion | None = None


def numbers(plan: Plan) -> dict[str, int]:
    """Each planned question's number, counted through the plan from 1; the wrap may use it."""
    asked = [one.id for segment in plan.segments for one in segment.questions]
    return {name: at for at, name in enumerate(asked, 1)}


def lines(segment: PlannedSegment, number_of: Mapping[str, int]) -> list[Line]:
    """The lines of a segment in order."""
    done = [_done(one) for one in segment.activities]
    said = [_said(one) for one in segment.prompts]
    asked = [
        Line("ask", one.minutes, one.text, number_of[one.id], one) for one in segment.questions
    ]
    if segment.stance in QUESTIONS_FIRST:
        return [*said, *asked, *done]
    return [*done, *said, *asked]


def _done(one: PlannedActivity) -> Line:
    return Line("do", one.minutes, f"{one.title}: {one.coach}")


def _said(one: PlannedPrompt) -> Line:
    return Line("say", one.minutes, one.text)


def scale_line(one: PlannedQuestion) -> str:
    """Both ends of a scaled question and what was answered last time; empty for the others."""
    if not one.anchors:
        return ""
    ends = scale_ends(one.text, one.anchors[1], one.anchors[10])
    parts = [ends] if ends else []
    if one.last_answer:
        parts.append(f"last time {one.last_answer.value}, session {one.last_answer.session}")
    return " · ".join([*parts, "today: __"])


def taken_home(one: HandOutReturn) -> str:
    """A worksheet that went home, and whether it came back."""
    return (
        f"{one.title} ({f'filled in {short_date(one.filled)}' if one.filled else 'not yet back'})"
    )


def ratings_line(last: FromLastTime) -> str:
    """Ratings of last time with their changes, on one line."""
    shown = [
        f"{one.factor} {one.value}" + (f" ({signed(one.change)})" if one.change is not None else "")
        for one in last.ratings
    ]
    if last.satisfaction is not None:
        shown.append(f"satisfaction {last.satisfaction}")
    if "first_entry" in last.flags:
        shown.append("first entry")
    if "pleasant_not_moving" in last.flags:
        shown.append("pleasant, not moving")
    return ", ".join(shown)


def arrival_line(plan: Plan) -> str:
    """Energy, mood and movement since last time, from the check-in; empty without one."""
    moved = ", ".join(f"{factor} {value}" for factor, value in plan.progress.items())
    parts = [plan.mood, f"moved since last time: {moved}" if moved else ""]
    return "; ".join(part for part in parts if part)


PLACES = {
    "distress": "distress",
    "energy": "energy",
    "pleasant-not-moving": "pleasant, not moving",
    "phase": "the phase",
}


def precedence_line(plan: Plan) -> str:
    """What goes first when influences meet, and what each of them did in this plan (R44)."""
    told = {"acts": "acts", "absent": "not today"}
    return " → ".join(
        f"{PLACES[one.id]} ({told.get(one.standing) or f'gives way to {PLACES[one.to]}'})"
        for one in plan.precedence
    )


def gauge_lines(plan: Plan) -> list[tuple[str, str]]:
    """Each indicator with its bar, to be read anew at the check-in (R89, R90)."""
    return [(gauge_label(one), gauge_text(one)) for one in map(planned_gauge, plan.indicators)]
