"""What is worked out from the answers: a small fixed set, each a plain count or difference.

Nothing is imputed: what was left empty takes no part. Nothing is called significant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from trajplan.content.worksheet_model import (
    Summary,
    SummarySource,
    Worksheet,
    summaries_of,
    summary_sources,
)
from trajplan.worksheets.answers import Answers
from trajplan.worksheets.ratings import SummaryResult, change, highest, lowest, widest_gap
from trajplan.worksheets.themes import count, gaps, overlap, recurring_themes

EarlierFilling = tuple[Worksheet, Answers]
"""An earlier filling: the worksheet as it was then, and its answers."""
WORKED: Mapping[str, Callable[[Sequence[SummarySource], Answers, Summary], SummaryResult]] = {
    "recurring_themes": recurring_themes,
    "lowest": lowest,
    "highest": highest,
    "widest_gap": widest_gap,
    "overlap": overlap,
    "gaps": gaps,
    "count": count,
}
TITLES = {
    "recurring_themes": "What recurs",
    "lowest": "Lowest",
    "highest": "Highest",
    "widest_gap": "Widest gap",
    "overlap": "Where they meet",
    "gaps": "In one only",
    "change": "Since last time",
    "count": "How many",
}


class WorksheetSummary(Struct, frozen=True, kw_only=True):
    """One summary: what is printed, and the same as data."""

    show: str
    title: str
    lines: tuple[str, ...]
    data: Any


def summarise(
    sheet: Worksheet, answers: Answers, before: EarlierFilling | None = None
) -> tuple[WorksheetSummary, ...]:
    """Every summary of a worksheet that its answers have something for."""
    found = []
    for one in summaries_of(sheet):
        drawn = summary_sources(sheet, one)
        if one.show == "change":
            lines, data = change(sheet, one, answers, before)
        else:
            lines, data = WORKED[one.show](drawn, answers, one)
        if lines:
            title = one.title or _title(one, drawn)
            found.append(WorksheetSummary(show=one.show, title=title, lines=lines, data=data))
    return tuple(found)


def _title(summary: Summary, drawn: Sequence[SummarySource]) -> str:
    if summary.show == "gaps":
        others = " or ".join(one.label for one in drawn[1:])
        return f"In {drawn[0].label}, not in {others}"
    return TITLES[summary.show]
