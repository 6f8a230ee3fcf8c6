"""Minutes: an exact allotment of a session's length to its segments (R40).

For integer bounds min <= ideal <= max and a length T, find integers x within the bounds, and
within the bounds of each group, that add up to T and minimise the sum of (x - s*ideal)^2 / ideal
with s = T / sum(ideal). Going from x to x + 1 costs (2x + 1)/ideal - 2s; s is the same for every
segment, so the cheapest next minute is the one with the smallest (2x + 1)/ideal. The costs are
convex, so giving minutes one by one to the cheapest is exact. A disjoint group is itself one convex
segment: fill it to its lower bound first, skip its members once it is at its upper bound. Minutes
are only ever added, so one more minute in T never takes one away anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lcm

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
    for group in groups:
        short = group.low - sum(minutes[index] for index in group.members)
        _give(parts, minutes, group.members, short, {})
    rooms: dict[int, list[int]] = {}
    for group in groups:
        room = [group.high - sum(minutes[index] for index in group.members)]
        rooms.update(dict.fromkeys(group.members, room))
    _give(parts, minutes, range(len(parts)), total - sum(minutes), rooms)
    return tuple(minutes)


def _give(
    parts: Sequence[PartBounds],
    minutes: list[int],
    among: Sequence[int],
    count: int,
    rooms: Mapping[int, list[int]],
) -> None:
    """Give so many minutes one by one to the part that is cheapest by (2x + 1)/ideal, the earliest
    on ties, of those below their maximum. `rooms`: what is left to the group of a part."""
    # What every ideal divides, so that costs are exact.
    whole = lcm(*(part.ideal for part in parts))

    def cost(index: int) -> tuple[int, int]:
        return (2 * minutes[index] + 1) * (whole // parts[index].ideal), index

    costs = [cost(index) for index in among if minutes[index] < parts[index].max]
    while count > 0:
        if not costs:
            raise AssertionError("no part has room left, although the span said so")
        cheapest = min(costs)
        costs.remove(cheapest)
        index = cheapest[1]
        room = rooms.get(index)
        if room is not None:
            if room[0] <= 0:
                continue
            room[0] -= 1
        minutes[index] += 1
        count -= 1
        if minutes[index] < parts[index].max:
            costs.append(cost(index))
