"""Minutes: an exact allotment of a session's length to its segments (SPEC, "Minutes").

For integer bounds min <= ideal <= max and a length T, find integers x within the bounds, and
within the bounds of each group, that add up to T and minimise the sum of (x - s*ideal)^2 / ideal
with s = T / sum(ideal). Going from x to x + 1 costs (2x + 1)/ideal - 2s; s is the same for every
segment, so the cheapest next minute is the one with the smallest (2x + 1)/ideal. The costs are
convex, so giving minutes one by one to the cheapest is exact. A disjoint group is itself one convex
segment: fill it to its lower bound first, skip its members once it is at its upper bound. Minutes
are only ever added, so one more minute in T never takes one away anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class PartBounds(Struct, frozen=True):
    """Bounds of one segment in whole minutes, 0 <= min <= ideal <= max and ideal >= 1."""

    min: int
    ideal: int
    max: int


class Group(Struct, frozen=True):
    """Bounds on the sum of some parts, named by index. Groups do not overlap."""

    name: str
    members: tuple[int, ...]
    low: int
    high: int


class Span(Struct, frozen=True):
    """The shortest and longest total that parts and groups allow; `clash` names a group whose own
    parts cannot meet its bounds (then there is no total at all)."""

    shortest: int
    longest: int
    clash: str = ""

    def holds(self, total: int) -> bool:
        """Whether some allotment adds up to `total` minutes."""
        return not self.clash and self.shortest <= total <= self.longest


def span(parts: Sequence[PartBounds], groups: Sequence[Group]) -> Span:
    """Which totals can be reached. Every whole number between the ends can."""
    shortest = sum(part.min for part in parts)
    longest = sum(part.max for part in parts)
    clash = ""
    for group in groups:
        least = sum(parts[index].min for index in group.members)
        most = sum(parts[index].max for index in group.members)
        if max(least, group.low) > min(most, group.high):
            clash = clash or group.name
        shortest += max(0, group.low - least)
        longest -= max(0, most - group.high)
    return Span(shortest, longest, clash)


def allot(
    parts: Sequence[PartBounds], groups: Sequence[Group], total: int
) -> tuple[int, ...] | None:
    """Return the minutes of each part, or None when nothing fits."""
    if not span(parts, groups).holds(total):
        return None
    minutes = [part.min for part in parts]
    room = {index: group for group in groups for index in group.members}
    for group in groups:
        while sum(minutes[index] for index in group.members) < group.low:
            minutes[_cheapest(parts, minutes, group.members)] += 1
    while sum(minutes) < total:
        open_parts = [
            index
            for index in range(len(parts))
            if index not in room
            or sum(minutes[member_index] for member_index in room[index].members) < room[index].high
        ]
        minutes[_cheapest(parts, minutes, open_parts)] += 1
    return tuple(minutes)


def _cheapest(parts: Sequence[PartBounds], minutes: Sequence[int], among: Sequence[int]) -> int:
    """Return the part below its maximum with the smallest (2x + 1)/ideal, the earliest on ties."""
    best = -1
    for index in among:
        if minutes[index] >= parts[index].max:
            continue
        if (
            best < 0
            or (2 * minutes[index] + 1) * parts[best].ideal
            < (2 * minutes[best] + 1) * parts[index].ideal
        ):
            best = index
    if best < 0:
        raise AssertionError("no part has room left, although the span said so")
    return best
