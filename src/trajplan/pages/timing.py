"""Planned against actual minutes of a session, below its page (R54)."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from trajplan.measures.timing import ENOUGH, Timing
from trajplan.pages.page import Block, Column, Heading, Line, Table
from trajplan.pages.words import signed

HEADING = "Planned and actual minutes"
COLUMNS = (
    "segment",
    Column("planned", right=True),
    Column("actual", right=True),
    Column("difference", right=True),
)
MISSING = "–"


def timing_blocks(timing: Timing) -> tuple[Block, ...]:
    """A table and what it says."""
    return (Heading(HEADING), Table(COLUMNS, _rows(timing)), Line(verdict(timing)))


def timing_data(timing: Timing | None) -> dict[str, Any] | None:
    """The same for JSON; None while nothing was recorded."""
    return None if timing is None else {**to_builtins(timing), "complete": timing.complete}


def verdict(timing: Timing) -> str:
    """What the differences are: an agreed change of frame, drift, or neither."""
    if timing.frame_change:
        return (
            f"The frame was changed on purpose: “{timing.frame_change}”. "
            "What differs follows from that and is not drift."
        )
    far = [segment for segment in timing.segments if segment.id in timing.drifted]
    if not far:
        noted = "every segment" if timing.complete else "every segment that was noted"
        return f"No drift: {noted} stayed within {ENOUGH - 1} minutes of the plan."
    parts = [f"“{segment.title}” {_more_or_less(segment.difference or 0)}" for segment in far]
    return f"Drift: no change of frame was agreed, and {', '.join(parts)}."


def _more_or_less(difference: int) -> str:
    return f"took {difference} min more" if difference > 0 else f"got {-difference} min less"


def _rows(timing: Timing) -> tuple[tuple[str, ...], ...]:
    rows = [
        (
            segment.title,
            str(segment.planned),
            MISSING if segment.actual is None else str(segment.actual),
            MISSING if segment.difference is None else signed(segment.difference),
        )
        for segment in timing.segments
    ]
    if timing.complete:
        planned = sum(segment.planned for segment in timing.segments)
        actual = sum(segment.actual or 0 for segment in timing.segments)
        rows.append(("Together", str(planned), str(actual), signed(actual - planned)))
    return tuple(rows)
