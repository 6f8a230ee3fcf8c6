"""A blueprint's segments fitted to a length: who gets how many minutes (R40, R41, R52)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trajplan.content.model import Segment
from trajplan.content.session_rules import (
    EXPLORE_FLOOR,
    context_bounds,
    context_group,
    explore_group,
    shorter_choices,
)
from trajplan.errors import CannotDo
from trajplan.planning.minutes import Group, Part, allot, span

LONGEST = 480


@dataclass(frozen=True, slots=True)
class Frame:
    """Segments with their minutes, in order, and the optional segments that were left out."""

    segments: tuple[tuple[Segment, int], ...]
    dropped: tuple[Segment, ...]


def groups(segments: Sequence[Segment], minutes: int, floor: bool) -> tuple[Group, ...]:
    """The group bounds in force for a session of `minutes`, with or without the floor."""
    low, high = context_bounds(minutes)
    result = [Group("Context Setting", context_group(segments), low, high)]
    if floor:
        explore = explore_group(segments)
        result.append(Group("exploration before options", explore, EXPLORE_FLOOR, LONGEST))
    return tuple(result)


def fit(segments: Sequence[Segment], minutes: int, *, floor: bool) -> Frame | None:
    """Allot `minutes` exactly, dropping optional segments, latest first, only when nothing fits.

    Returns None when no way of dropping them makes it fit.
    """
    for kept, dropped in shorter_choices(segments, decision=floor):
        shares = allot(_parts(kept), groups(kept, minutes, floor), minutes)
        if shares is not None:
            return Frame(tuple(zip(kept, shares, strict=True)), dropped)
    return None


def without_options(segments: Sequence[Segment]) -> tuple[Segment, ...] | None:
    """The segments without those that weigh options, or None when a component would be lost."""
    kept = [one for one in segments if one.stance != "options"]
    same = {one.component for one in kept} == {one.component for one in segments}
    return tuple(kept) if same and len(kept) < len(segments) else None


def squeezed(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments for a session that begins so late that their minima no longer fit.

    Breaks fall away and every minimum is halved; the five components stay (R40).
    """
    return tuple(
        replace(one, minutes=replace(one.minutes, min=max(1, one.minutes.min // 2)))
        for one in segments
        if one.component != "break"
    )


def nearest(segments: Sequence[Segment], minutes: int, *, floor: bool) -> int | None:
    """The length nearest to `minutes` that works, the longer one on ties; None when none does."""
    for distance in range(1, LONGEST):
        for length in (minutes + distance, minutes - distance):
            if 1 <= length <= LONGEST and _holds(segments, length, floor):
                return length
    return None


def fitted(segments: Sequence[Segment], minutes: int, *, floor: bool, title: str) -> Frame:
    """Like `fit`, but raises CannotDo naming what binds and the nearest length that works."""
    frame = fit(segments, minutes, floor=floor)
    if frame:
        return frame
    works = nearest(segments, minutes, floor=floor)
    if works is None:
        raise CannotDo(f"no length fits `{title}`: {_binding(segments, minutes, floor)}")
    raise CannotDo(
        f"{minutes} minutes cannot hold `{title}`: {_binding(segments, minutes, floor)}; "
        f"the {_end(segments, minutes, works, floor)} that works is {works} minutes"
    )


def _end(segments: Sequence[Segment], minutes: int, works: int, floor: bool) -> str:
    """Which end of the lengths that work this one is; with some on both sides, only the nearest."""
    other = range(1, minutes) if works > minutes else range(minutes + 1, LONGEST + 1)
    if any(_holds(segments, length, floor) for length in other):
        return "nearest"
    return "shortest" if works > minutes else "longest"


def _holds(segments: Sequence[Segment], minutes: int, floor: bool) -> bool:
    """Whether `fit` would find something, without working it out."""
    return any(
        span(_parts(kept), groups(kept, minutes, floor)).holds(minutes)
        for kept, _ in shorter_choices(segments, decision=floor)
    )


def _parts(segments: Sequence[Segment]) -> list[Part]:
    return [Part(one.minutes.min, one.minutes.ideal, one.minutes.max) for one in segments]


def _binding(segments: Sequence[Segment], minutes: int, floor: bool) -> str:
    """Say in words what the least (or most) of each part comes to."""
    reaches = [
        (kept, span(_parts(kept), groups(kept, minutes, floor)))
        for kept, _ in shorter_choices(segments, decision=floor)
    ]
    able = [(kept, reach) for kept, reach in reaches if not reach.clash]
    if not able:
        return f"its segments cannot meet the bounds of {reaches[-1][1].clash} at this length"
    longest = max(reach.longest for _, reach in able)
    if minutes > longest:
        return f"its segments take at most {longest}"
    needed, reach = min(able, key=lambda one: one[1].shortest)
    if minutes >= reach.shortest:
        return "its segments add up to less or to more, with and without the optional ones"
    members = {index for group in groups(needed, minutes, floor) for index in group.members}
    rest = sum(one.minutes.min for index, one in enumerate(needed) if index not in members)
    shown = [
        f"{max(group.low, sum(needed[index].minutes.min for index in group.members))} "
        f"for {group.name}"
        for group in groups(needed, minutes, floor)
    ]
    return f"it needs {reach.shortest} ({', '.join(shown)}, {rest} for the rest)"
