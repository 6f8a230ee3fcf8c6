"""The plan beside the plan it would have been had the records said nothing.

What `--explain` shows: not a claim that something moved the plan, but the two plans compared.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from trajplan.planning.plan import MixShares, Plan, PlannedSegment
from trajplan.planning.plan_inputs import Facts


class SegmentComparison(Struct, frozen=True, kw_only=True):
    """One segment that differs. Minutes are 0 where a plan does not have the segment."""

    id: str
    title: str
    minutes: int
    minutes_without: int
    only_with: tuple[str, ...]
    """Prompts and questions that stand in this plan alone, as they are said."""
    only_without: tuple[str, ...]


class Comparison(Struct, frozen=True, kw_only=True):
    """What is different without the records; no segments and equal shares: nothing is."""

    blueprint: str
    """Title of the blueprint the other plan follows; empty: the same one."""
    mix: MixShares
    """The other plan's shares."""
    segments: tuple[SegmentComparison, ...]


def without_records(facts: Facts) -> Facts:
    """The same session of a client of whom nothing was told since the contract.

    Questions asked before stay asked: a comparison that brings them back would show them, and
    nothing of what the records did.
    """
    return replace(
        facts,
        scenario="",
        energy="",
        matters_most="",
        mood="",
        progress={},
        last=None,
        assumptions=(),
        worksheets=(),
        check_in_holding=False,
        signs=(),
        serves="",
        gathered=(),
        outstanding=(),
        goals=(),
        indicators=(),
        exercises=(),
        intake=None,
        parked=(),
        pinned=(),
        echo=(),
    )


def compare(plan: Plan, other: Plan) -> Comparison:
    """Compare a plan with another of the same session, segment by segment by id."""
    own = {segment.id: segment for segment in plan.segments}
    others = {segment.id: segment for segment in other.segments}
    order = [*own, *(name for name in others if name not in own)]
    rows = [_row(own.get(name), others.get(name)) for name in order]
    differing = [
        row
        for row in rows
        if row.minutes != row.minutes_without or row.only_with or row.only_without
    ]
    return Comparison(
        blueprint=other.blueprint_title if other.blueprint != plan.blueprint else "",
        mix=other.mix,
        segments=tuple(differing),
    )


def _row(own: PlannedSegment | None, other: PlannedSegment | None) -> SegmentComparison:
    present = own or other
    assert present is not None
    with_them, without = _texts(own), _texts(other)
    return SegmentComparison(
        id=present.id,
        title=present.title,
        minutes=own.minutes if own else 0,
        minutes_without=other.minutes if other else 0,
        only_with=tuple(text for text in with_them if text not in without),
        only_without=tuple(text for text in without if text not in with_them),
    )


def _texts(segment: PlannedSegment | None) -> tuple[str, ...]:
    if segment is None:
        return ()
    prompts = (prompt.text for prompt in segment.prompts)
    return (*prompts, *(question.text for question in segment.questions))
