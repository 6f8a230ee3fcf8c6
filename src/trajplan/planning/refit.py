"""The minutes of a session that is under way: the past as it was, the rest by the law (R135).

The segments that are over keep the minutes they took. Those to come share what is left as the plan
shared the whole (`minutes`); the bounds of Context Setting and the floor of exploration count both
(R41, R52). Where that fits no longer, the rest gives way as a session that begins late does
(`arrange`), and what falls away is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from msgspec import Struct

from trajplan.content.model import Bounds, Segment
from trajplan.content.session_rules import (
    EXPLORE_FLOOR,
    explore_group,
    missing_covers,
    shorter_choices,
)
from trajplan.planning.frame import LONGEST, minute_groups, minute_parts, squeeze, without_breaks
from trajplan.planning.minutes import Group, allot, span
from trajplan.planning.plan import Plan, PlannedSegment
from trajplan.vocabulary import Block, Cover, Stance

CLOSING = "momentum_planning"


class Refit(Struct, frozen=True, kw_only=True):
    """Minutes of every segment of the plan, in its order."""

    minutes: tuple[int, ...]
    left_out: tuple[int, ...] = ()
    """Positions of the segments to come for which there is no time; they have 0 minutes."""
    parked: bool = False
    """Exploration fell short of its floor, so the decision waits for another time (R52)."""
    short: bool = False
    """Segments have less than they need at the least."""
    free: int = 0
    """Minutes at the end that no segment may take."""
    over: int = 0
    """Minutes beyond the end, which even the close alone would need."""


class _Way(Struct, frozen=True):
    """A way to hold the rest of the session: the segments, and what it gives up."""

    rest: tuple[Segment, ...]
    floor: bool = False
    parked: bool = False
    short: bool = False


def keeps_floor(plan: Plan) -> bool:
    """Whether this plan holds the exploration floor, so that its session has to (R52).

    One that gave way to the coach's reason, or parked its decision, does not.
    """
    segments = [_segment(planned) for planned in plan.segments]
    explore = explore_group(segments)
    explored = sum(plan.segments[index].minutes for index in explore)
    return (
        plan.decision
        and not plan.override
        and explored >= EXPLORE_FLOOR
        and not missing_covers(segments, explore)
    )


def refit(
    segments: Sequence[PlannedSegment],
    past: Sequence[int],
    total: int,
    *,
    length: int,
    floor: bool,
) -> Refit:
    """Allot what is left of `total` minutes to the segments that follow the past ones.

    `past`: minutes of the first segments, one each; the one that runs stands last among them when
    its minutes are settled. `length`: minutes of the session as planned, which set the bounds of
    Context Setting. `floor`: exploration has to come to its 30 minutes before any option.
    """
    over = tuple(_past(planned, minutes) for planned, minutes in zip(segments, past, strict=False))
    rest = tuple(_segment(planned) for planned in segments[len(past) :])
    left = total - sum(past)
    if not rest:
        return Refit(minutes=tuple(past), free=max(0, left), over=max(0, -left))
    floor = floor and not any(segment.stance == "options" for segment in over)
    explored = sum(past[index] for index in explore_group(over))
    unexplored = floor and explored < EXPLORE_FLOOR
    for way in _ways(rest, floor, unexplored):
        for kept, _ in shorter_choices((*over, *way.rest), decision=way.floor):
            ahead = kept[len(over) :]
            parts = minute_parts(ahead)
            groups = _groups(over, ahead, length, way)
            reach = span(parts, groups)
            if not reach.clash and reach.shortest <= left:
                shares = allot(parts, groups, min(left, reach.longest)) or ()
                free = left - sum(shares)
                return _result(rest, past, ahead, shares, way, free=free)
    return _squeeze_end(rest, past, left, unexplored)


def _ways(rest: tuple[Segment, ...], floor: bool, unexplored: bool) -> Iterator[_Way]:
    """How the rest may be held, the nearest to the plan first: without its break, without the
    decision, at last with less than its segments need."""
    yield _Way(rest, floor)
    yield _Way(without_breaks(rest), floor)
    if unexplored:
        rest = _without_options(rest)
        yield _Way(rest, parked=True)
        yield _Way(without_breaks(rest), parked=True)
    if any(segment.component == CLOSING for segment in rest):
        yield _Way(squeeze(rest), parked=unexplored, short=True)


def _without_options(rest: tuple[Segment, ...]) -> tuple[Segment, ...]:
    return tuple(segment for segment in rest if segment.stance != "options")


def _squeeze_end(
    rest: tuple[Segment, ...], past: Sequence[int], left: int, unexplored: bool
) -> Refit:
    """So little time that whole segments fall away: those that come next give way, the end never
    does. It takes the minutes it needs even beyond the end of the session."""
    ahead = without_breaks(_without_options(rest) if unexplored else rest) or rest[-1:]
    if any(segment.component == CLOSING for segment in ahead):
        ahead = squeeze(ahead)
    while len(ahead) > 1 and sum(segment.minutes.min for segment in ahead) > left:
        ahead = ahead[1:]
    reach = span(minute_parts(ahead), ())
    shares = allot(minute_parts(ahead), (), max(reach.shortest, min(left, reach.longest))) or ()
    way = _Way(ahead, parked=unexplored, short=True)
    return _result(rest, past, ahead, shares, way, over=max(0, reach.shortest - left))


def _groups(
    over: Sequence[Segment], ahead: Sequence[Segment], length: int, way: _Way
) -> list[Group]:
    """Bounds on the sum of segments to come: what the past took of them is taken off.

    Context Setting that ran over, or can no longer be as long as it should, holds nothing up; the
    floor of exploration stands.
    """
    context, *floors = minute_groups((*over, *ahead), length, way.floor)
    spent, members = _members(context, over)
    least = sum(ahead[index].minutes.min for index in members)
    most = sum(ahead[index].minutes.max for index in members)
    low = 0 if way.short else max(0, min(context.low - spent, most))
    high = max(context.high - spent, least)
    groups = [Group(context.name, members, low, high)] if members else []
    for group in floors:
        spent, members = _members(group, over)
        if members or spent < group.low:
            groups.append(Group(group.name, members, max(0, group.low - spent), group.high))
    return groups


def _members(group: Group, over: Sequence[Segment]) -> tuple[int, tuple[int, ...]]:
    """What the past took of a group, and its members to come, counted from the first of these."""
    spent = sum(over[index].minutes.min for index in group.members if index < len(over))
    return spent, tuple(index - len(over) for index in group.members if index >= len(over))


def _result(
    rest: Sequence[Segment],
    past: Sequence[int],
    ahead: Sequence[Segment],
    shares: Sequence[int],
    way: _Way,
    *,
    free: int = 0,
    over: int = 0,
) -> Refit:
    minutes = {segment.id: share for segment, share in zip(ahead, shares, strict=True)}
    return Refit(
        minutes=(*past, *(minutes.get(segment.id, 0) for segment in rest)),
        left_out=tuple(
            index for index, segment in enumerate(rest, len(past)) if segment.id not in minutes
        ),
        parked=way.parked,
        short=way.short,
        free=free,
        over=over,
    )


def _segment(planned: PlannedSegment) -> Segment:
    bounds = planned.bounds or Bounds(min=1, ideal=max(1, planned.minutes), max=LONGEST)
    return _with_bounds(planned, bounds, optional=planned.optional)


def _past(planned: PlannedSegment, minutes: int) -> Segment:
    """A segment that took these minutes and takes no other."""
    bounds = Bounds(min=minutes, ideal=max(1, minutes), max=minutes)
    return _with_bounds(planned, bounds, optional=False)


def _with_bounds(planned: PlannedSegment, bounds: Bounds, *, optional: bool) -> Segment:
    return Segment(
        id=planned.id,
        component=cast("Block", planned.component),
        title=planned.title,
        minutes=bounds,
        stance=cast("Stance", planned.stance),
        covers=cast("tuple[Cover, ...]", planned.covers),
        optional=optional,
    )
