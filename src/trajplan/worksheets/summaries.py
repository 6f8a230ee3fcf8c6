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
from trajplan.worksheets.totals import lasts, totals

EarlierFilling = tuple[Worksheet, Answers]
"""An earlier filling: the worksheet as it was then, and its answers."""
SUMMARIES: Mapping[str, Callable[[Sequence[SummarySource], Answers, Summary], SummaryResult]] = {
    "recurring_themes": recurring_themes,
    "lowest": lowest,
    "highest": highest,
    "widest_gap": widest_gap,
    "overlap": overlap,
    "gaps": gaps,
    "count": count,
    "totals": totals,
    "lasts": lasts,
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
    "totals": "Totals",
    "lasts": "Months it lasts",
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
    results = []
    for summary in summaries_of(sheet):
        sources = summary_sources(sheet, summary)
        if summary.show == "change":
            lines, data = change(sheet, summary, answers, before)
        else:
            lines, data = SUMMARIES[summary.show](sources, answers, summary)
        if lines:
            title = summary.title or _title(summary, sources)
            results.append(WorksheetSummary(show=summary.show, title=title, lines=lines, data=data))
    return tuple(results)


def _title(summary: Summary, sources: Sequence[SummarySource]) -> str:
    if summary.show == "gaps":
        others = " or ".join(source.label for source in sources[1:])
        return f"In {sources[0].label}, not in {others}"
    return TITLES[summary.show]
