"""Planned against actual minutes of a session, below its page (R54)."""

from __future__ import annotations

from typing import Any

from trajplan.codec import to_plain
from trajplan.measures.timing import ENOUGH, Timing
from trajplan.pages.text import markdown
from trajplan.pages.words import signed

HEADING = "Planned and actual minutes"
COLUMNS = ("segment", "planned", "actual", "difference")
MISSING = "–"


def timing_markdown(found: Timing) -> str:
    """A table and what it says."""
    lines = ["", f"## {HEADING}", "", f"| {' | '.join(COLUMNS)} |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(map(markdown, row))} |" for row in _rows(found)]
    return "\n".join([*lines, "", markdown(verdict(found))]) + "\n"


def timing_terminal(found: Timing) -> Any:
    """The same for a terminal."""
    from rich.text import Text

    from trajplan.pages.look import heading, say, stacked, table

    shown = table(COLUMNS, _rows(found), right=(1, 2, 3))
    return stacked([Text(), heading(HEADING), shown, Text(), say(verdict(found))])


def timing_data(found: Timing | None) -> dict[str, Any] | None:
    """The same for JSON; None while nothing was recorded."""
    return None if found is None else {**to_plain(found), "complete": found.complete}


def verdict(found: Timing) -> str:
    """What the differences are: an agreed change of frame, drift, or neither."""
    if found.frame_change:
        return (
            f"The frame was changed on purpose: “{found.frame_change}”. "
            "What differs follows from that and is not drift."
        )
    far = [one for one in found.segments if one.id in found.drifted]
    if not far:
        noted = "every segment" if found.complete else "every segment that was noted"
        return f"No drift: {noted} stayed within {ENOUGH - 1} minutes of the plan."
    parts = [f"“{one.title}” {_more_or_less(one.difference or 0)}" for one in far]
    return f"Drift: no change of frame was agreed, and {', '.join(parts)}."


def _more_or_less(difference: int) -> str:
    return f"took {difference} min more" if difference > 0 else f"got {-difference} min less"


def _rows(found: Timing) -> list[tuple[str, str, str, str]]:
    rows = [
        (
            one.title,
            str(one.planned),
            MISSING if one.actual is None else str(one.actual),
            MISSING if one.difference is None else signed(one.difference),
        )
        for one in found.segments
    ]
    if found.complete:
        planned = sum(one.planned for one in found.segments)
        actual = sum(one.actual or 0 for one in found.segments)
        rows.append(("Together", str(planned), str(actual), signed(actual - planned)))
    return rows
