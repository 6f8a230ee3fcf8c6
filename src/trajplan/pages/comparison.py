"""What `--explain` shows last: this plan beside the one without the records, in words."""

from __future__ import annotations

from trajplan.pages.page import LEVEL_MARKS, Block, Bullets, Heading, Item, bold
from trajplan.planning.comparison import Comparison, SegmentComparison
from trajplan.planning.plan import Plan


def comparison_blocks(plan: Plan, comparison: Comparison) -> tuple[Block, ...]:
    """What is different as a whole, then segment by segment."""
    segments = (
        Item(
            (bold(_minutes(segment)),),
            below=(
                *(f"here: {text}" for text in segment.only_with),
                *(f"without: {text}" for text in segment.only_without),
            ),
        )
        for segment in comparison.segments
    )
    return (
        Heading("Without the records"),
        Bullets((*_as_a_whole(plan, comparison), *segments)),
    )


def _as_a_whole(plan: Plan, comparison: Comparison) -> list[str]:
    """One sentence each; none when only segments differ."""
    sentences = []
    if comparison.blueprint:
        sentences.append(f"It would follow another blueprint: {comparison.blueprint}.")
    shares = [
        f"{mark} {level} {plan.mix.target[level]} % (without: {comparison.mix.target[level]} %)"
        for level, mark in LEVEL_MARKS.items()
        if plan.mix.target[level] != comparison.mix.target[level]
    ]
    if shares:
        sentences.append(f"Target mix: {', '.join(shares)}.")
    if not comparison.segments and not sentences:
        sentences.append("The records have changed nothing in this plan.")
    return sentences


def _minutes(segment: SegmentComparison) -> str:
    """A segment's title with its minutes in both plans."""
    if not segment.minutes_without:
        return f"{segment.title}: {segment.minutes} min, only because of the records"
    if not segment.minutes:
        without = f"{segment.minutes_without} min without the records"
        return f"{segment.title}: {without}, gone with them"
    if segment.minutes == segment.minutes_without:
        return f"{segment.title}: {segment.minutes} min in both"
    return f"{segment.title}: {segment.minutes} min, without the records {segment.minutes_without}"
