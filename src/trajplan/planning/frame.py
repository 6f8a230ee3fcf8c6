"""A blueprint's segments fitted to a length: who gets how many minutes (R40, R41, R52)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.errors import CannotDo
from trajplan.library.model import Segment
from trajplan.library.rules import EXPLORE_FLOOR, context_bounds, context_group, explore_group
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
    kept = list(segments)
    dropped: list[Segment] = []
    while True:
        shares = allot(_parts(kept), groups(kept, minutes, floor), minutes)
        if shares is not None:
            return Frame(tuple(zip(kept, shares, strict=True)), tuple(dropped))
        optional = [one for one in kept if one.optional and _spare(one, kept)]
        if not optional:
            return None
        kept.remove(optional[-1])
        dropped.insert(0, optional[-1])


def without_options(segments: Sequence[Segment]) -> tuple[Segment, ...] | None:
    """The segments without those that weigh options, or None when a component would be lost."""
    kept = [one for one in segments if one.stance != "options"]
    same = {one.component for one in kept} == {one.component for one in segments}
    return tuple(kept) if same and len(kept) < len(segments) else None


def _spare(segment: Segment, kept: Sequence[Segment]) -> bool:
    """Whether its component is still there without it (R40)."""
    return segment.component == "break" or any(
        one is not segment and one.component == segment.component for one in kept
    )


def nearest(segments: Sequence[Segment], minutes: int, *, floor: bool) -> int | None:
    """The length nearest to `minutes` that works, the longer one on ties; None when none does."""
    for distance in range(1, LONGEST):
        for length in (minutes + distance, minutes - distance):
            if 1 <= length <= LONGEST and fit(segments, length, floor=floor):
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
    end = "shortest" if works > minutes else "longest"
    raise CannotDo(
        f"{minutes} minutes cannot hold `{title}`: {_binding(segments, minutes, floor)}; "
        f"the {end} that works is {works} minutes"
    )


def _parts(segments: Sequence[Segment]) -> list[Part]:
    return [Part(one.minutes.min, one.minutes.ideal, one.minutes.max) for one in segments]


def _binding(segments: Sequence[Segment], minutes: int, floor: bool) -> str:
    """Say in words what the least (or most) of each part comes to."""
    needed = [one for one in segments if not one.optional]
    reach = span(_parts(needed), groups(needed, minutes, floor))
    if reach.clash:
        return f"its segments cannot meet the bounds of {reach.clash} at this length"
    if minutes > reach.longest:
        return f"its segments take at most {reach.longest}"
    members = {index for group in groups(needed, minutes, floor) for index in group.members}
    rest = sum(one.minutes.min for index, one in enumerate(needed) if index not in members)
    shown = [
        f"{max(group.low, sum(needed[index].minutes.min for index in group.members))} "
        f"for {group.name}"
        for group in groups(needed, minutes, floor)
    ]
    return f"it needs {reach.shortest} ({', '.join(shown)}, {rest} for the rest)"
