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
    return tuple(at for at, one in enumerate(segments) if one.component == "context_setting")


def may_explore(segment: Segment) -> bool:
    """Whether a segment's minutes can count as exploration (R52): Context Setting's never do."""
    return segment.stance == "explore" and segment.component not in ("context_setting", "break")


def explore_group(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return the positions of the segments whose minutes make up the explore floor (R52)."""
    positions: list[int] = []
    for at, one in enumerate(segments):
        if one.stance == "options":
            break
        if may_explore(one):
            positions.append(at)
    return tuple(positions)


def first_too_early(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return the positions of `options` and `commit` before any exploration (R53)."""
    early: list[int] = []
    for at, one in enumerate(segments):
        if may_explore(one):
            return tuple(early)
        if one.stance in ("options", "commit"):
            early.append(at)
    return ()


def missing_covers(segments: Sequence[Segment], positions: Sequence[int]) -> tuple[str, ...]:
    """Return what these segments together leave out of context, values, implications (R52)."""
    covered = {cover for at in positions for cover in segments[at].covers}
    return tuple(one for one in COVERS if one not in covered)


def missing_components(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return which of the Five Components no segment belongs to (R40)."""
    present = {one.component for one in segments}
    return tuple(one for one in COMPONENTS if one not in present)


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
    rest = [one.minutes for at, one in enumerate(segments) if at not in grouped]
    low, high = sum(one.min for one in rest), sum(one.max for one in rest)
    for positions, floor, ceiling in groups:
        least = max(floor, sum(segments[at].minutes.min for at in positions))
        most = min(ceiling, sum(segments[at].minutes.max for at in positions))
        if least > most:
            return None
        low, high = low + least, high + most
    return low, high


def kept_choices(
    segments: Sequence[Segment], *, decision: bool
) -> list[tuple[tuple[Segment, ...], tuple[Segment, ...]]]:
    """Return all segments, then ever fewer optional ones, each time with those that were dropped.

    The latest optional segment goes first. One stays when a component would be lost with it (R40),
    or, in a decision session, something the exploration has to cover (R52).
    """
    kept: tuple[Segment, ...] = tuple(segments)
    dropped: tuple[Segment, ...] = ()
    choices = [(kept, dropped)]
    while optional := [one for one in kept if one.optional and _spare(one, kept, decision)]:
        kept = tuple(one for one in kept if one is not optional[-1])
        dropped = (optional[-1], *dropped)
        choices.append((kept, dropped))
    return choices


def _spare(segment: Segment, kept: Sequence[Segment], decision: bool) -> bool:
    rest = [one for one in kept if one is not segment]
    if segment.component != "break" and segment.component not in {one.component for one in rest}:
        return False
    return not decision or set(_uncovered(rest)) <= set(_uncovered(kept))


def _uncovered(segments: Sequence[Segment]) -> tuple[str, ...]:
    return missing_covers(segments, explore_group(segments))
