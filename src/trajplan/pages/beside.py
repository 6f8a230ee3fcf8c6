"""What `--explain` shows last: this plan beside the one without the records, in words."""

from __future__ import annotations

from trajplan.pages.words import LEVEL_MARKS
from trajplan.planning.comparison import Comparison, SegmentComparison
from trajplan.planning.plan import Plan


def opening(plan: Plan, found: Comparison) -> list[str]:
    """What is different as a whole; one sentence each."""
    said = []
    if found.blueprint:
        said.append(f"It would follow another blueprint: {found.blueprint}.")
    shares = [
        f"{LEVEL_MARKS[level]} {level} {plan.mix.target[level]} % (without: "
        f"{found.mix.target[level]} %)"
        for level in LEVEL_MARKS
        if plan.mix.target[level] != found.mix.target[level]
    ]
    if shares:
        said.append(f"Target mix: {', '.join(shares)}.")
    if not found.segments and not said:
        said.append("The records have changed nothing in this plan.")
    return said


def heading_of(row: SegmentComparison) -> str:
    """A segment's title with its minutes in both plans."""
    if not row.minutes_without:
        return f"{row.title}: {row.minutes} min, only because of the records"
    if not row.minutes:
        return f"{row.title}: {row.minutes_without} min without the records, gone with them"
    if row.minutes == row.minutes_without:
        return f"{row.title}: {row.minutes} min in both"
    return f"{row.title}: {row.minutes} min, without the records {row.minutes_without}"
