"""The numbers of a session that both checking and planning hold to.

Sources: R41 (Context Setting), R52 (Problem Exploration Protocol).
"""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.content.model import Segment
from trajplan.content.vocabulary import COMPONENTS, COVERS

EXPLORE_FLOOR = 30
"""Minutes a decision session explores before the first option is on the table (R52)."""
_LONG_SESSION = 60


def context_bounds(minutes: int) -> tuple[int, int]:
    """Return the fewest and most minutes of Context Setting in a session of this length (R41)."""
    return (10, 15) if minutes >= _LONG_SESSION else (5, 10)


def context_group(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return the positions of the Context Setting segments."""
    return tuple(
        index for index, segment in enumerate(segments) if segment.component == "context_setting"
    )


def may_explore(segment: Segment) -> bool:
    """Whether a segment's minutes can count as exploration (R52): Context Setting's never do."""
    return segment.stance == "explore" and segment.component not in ("context_setting", "break")


def explore_group(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return the positions of the segments whose minutes make up the explore floor (R52)."""
    positions: list[int] = []
    for index, segment in enumerate(segments):
        if segment.stance == "options":
            break
        if may_explore(segment):
            positions.append(index)
    return tuple(positions)


def first_too_early(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return the positions of `options` and `commit` before any exploration (R53)."""
    early: list[int] = []
    for index, segment in enumerate(segments):
        if may_explore(segment):
            return tuple(early)
        if segment.stance in ("options", "commit"):
            early.append(index)
    return ()


def missing_covers(segments: Sequence[Segment], positions: Sequence[int]) -> tuple[str, ...]:
    """Return what these segments together leave out of context, values, implications (R52)."""
    covered = {cover for index in positions for cover in segments[index].covers}
    return tuple(cover for cover in COVERS if cover not in covered)


def missing_components(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return which of the Five Components no segment belongs to (R40)."""
    present = {segment.component for segment in segments}
    return tuple(component for component in COMPONENTS if component not in present)


def minutes_range(
    segments: Sequence[Segment], minutes: int, *, decision: bool
) -> tuple[int, int] | None:
    """Return the least and most minutes these segments can take together.

    Every total in between is possible, because bounds are whole numbers and the two groups are
    disjoint. `minutes`, the session's length, only sets the bounds of Context Setting. None when a
    group cannot keep its own bounds.
    """
    lower, upper = context_bounds(minutes)
    context = context_group(segments)
    explore = explore_group(segments) if decision else ()
    groups = [(context, lower, upper)] if context else []
    if decision:
        groups.append((explore, EXPLORE_FLOOR, 24 * 60))
    grouped = set(context) | set(explore)
    rest = [segment.minutes for index, segment in enumerate(segments) if index not in grouped]
    low, high = sum(bounds.min for bounds in rest), sum(bounds.max for bounds in rest)
    for positions, floor, ceiling in groups:
        least = max(floor, sum(segments[index].minutes.min for index in positions))
        most = min(ceiling, sum(segments[index].minutes.max for index in positions))
        if least > most:
            return None
        low, high = low + least, high + most
    return low, high


def shorter_choices(
    segments: Sequence[Segment], *, decision: bool
) -> list[tuple[tuple[Segment, ...], tuple[Segment, ...]]]:
    """Return all segments, then ever fewer optional ones, each time with those that were dropped.

    The latest optional segment goes first. One stays when a component would be lost with it (R40),
    or, in a decision session, something the exploration has to cover (R52).
    """
    rest: tuple[Segment, ...] = tuple(segments)
    dropped: tuple[Segment, ...] = ()
    choices = [(rest, dropped)]
    while spare := [segment for segment in rest if _is_spare(segment, rest, decision)]:
        rest = tuple(segment for segment in rest if segment is not spare[-1])
        dropped = (spare[-1], *dropped)
        choices.append((rest, dropped))
    return choices


def _is_spare(segment: Segment, segments: Sequence[Segment], decision: bool) -> bool:
    if not segment.optional:
        return False
    rest = [other for other in segments if other is not segment]
    if segment.component != "break" and segment.component not in {
        other.component for other in rest
    }:
        return False
    return not decision or set(_uncovered(rest)) <= set(_uncovered(segments))


def _uncovered(segments: Sequence[Segment]) -> tuple[str, ...]:
    return missing_covers(segments, explore_group(segments))
