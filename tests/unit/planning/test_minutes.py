"""Minutes: the allotment against a brute-force oracle that knows nothing of how it works."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.planning.minutes import Group, PartBounds, allot, span

Parts = list[PartBounds]
Groups = list[Group]


def every_total(
    parts: Sequence[PartBounds], groups: Sequence[Group]
) -> dict[int, list[tuple[int, ...]]]:
    """All integer vectors within the bounds and the groups, by their sum."""
    found: dict[int, list[tuple[int, ...]]] = {}
    for vector in product(*(range(part.min, part.max + 1) for part in parts)):
        sums = [sum(vector[index] for index in group.members) for group in groups]
        if all(group.low <= total <= group.high for group, total in zip(groups, sums, strict=True)):
            found.setdefault(sum(vector), []).append(vector)
    return found


def cost(parts: Sequence[PartBounds], vector: Sequence[int]) -> Fraction:
    scale = Fraction(sum(vector), sum(part.ideal for part in parts))
    return sum(
        ((x - scale * part.ideal) ** 2 / part.ideal for x, part in zip(vector, parts, strict=True)),
        start=Fraction(0),
    )


@st.composite
def part(draw: st.DrawFn) -> PartBounds:
    low = draw(st.integers(0, 6))
    ideal = draw(st.integers(max(1, low), low + 5))
    return PartBounds(low, ideal, draw(st.integers(ideal, ideal + 4)))


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Parts, Groups]:
    """A few parts and up to two disjoint groups whose bounds may bind at either end or clash."""
    parts = draw(st.lists(part(), min_size=1, max_size=4))
    owner = draw(st.lists(st.integers(0, 2), min_size=len(parts), max_size=len(parts)))
    groups = []
    for number in (1, 2):
        members = tuple(index for index, one in enumerate(owner) if one == number)
        if members:
            least = sum(parts[index].min for index in members)
            most = sum(parts[index].max for index in members)
            low = draw(st.integers(max(0, least - 2), most + 1))
            groups.append(Group(f"g{number}", members, low, draw(st.integers(low, most + 2))))
    return parts, groups


@pytest.mark.slow
@given(session=sessions())
def test_allotment_is_the_optimum_for_every_length(session: tuple[Parts, Groups]) -> None:
    parts, groups = session
    possible = every_total(parts, groups)
    shortest, longest = sum(part.min for part in parts), sum(part.max for part in parts)
    for total in range(max(0, shortest - 2), longest + 3):
        got = allot(parts, groups, total)
        vectors = possible.get(total)
        if vectors is None:
            assert got is None
            continue
        assert got is not None
        assert sum(got) == total
        assert got in vectors
        best = min(cost(parts, vector) for vector in vectors)
        assert cost(parts, got) == best
        # Ties go to the earlier part.
        assert got == max(vector for vector in vectors if cost(parts, vector) == best)


@given(session=sessions())
def test_one_more_minute_takes_none_away(session: tuple[Parts, Groups]) -> None:
    parts, groups = session
    before = None
    for total in range(sum(part.max for part in parts) + 1):
        got = allot(parts, groups, total)
        if got is not None and before is not None:
            assert all(now >= then for now, then in zip(got, before, strict=True))
        before = got or before


@given(session=sessions())
def test_span_names_exactly_the_totals_that_exist(session: tuple[Parts, Groups]) -> None:
    parts, groups = session
    possible = every_total(parts, groups)
    reach = span(parts, groups)
    for total in range(sum(part.max for part in parts) + 3):
        assert reach.holds(total) == (total in possible)
    assert bool(reach.clash) == (not possible)


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        ([PartBounds(0, 5, 9), PartBounds(0, 5, 9)], 7, (4, 3)),
        ([PartBounds(0, 5, 9), PartBounds(0, 5, 9), PartBounds(0, 5, 9)], 10, (4, 3, 3)),
        ([PartBounds(0, 5, 3), PartBounds(0, 5, 9)], 7, (3, 4)),
        # (2x + 1)/ideal ties between unequal parts: 3/2 against 9/6.
        ([PartBounds(1, 2, 4), PartBounds(4, 6, 9)], 6, (2, 4)),
        ([PartBounds(4, 6, 9), PartBounds(1, 2, 4)], 6, (5, 1)),
    ],
)
def test_ties_go_to_the_earlier(
    parts: list[PartBounds], total: int, expected: tuple[int, ...]
) -> None:
    assert allot(parts, (), total) == expected


def test_shares_follow_the_ideals_when_nothing_binds() -> None:
    parts = [
        PartBounds(5, 15, 30),
        PartBounds(10, 40, 80),
        PartBounds(5, 20, 40),
        PartBounds(5, 15, 30),
    ]
    assert allot(parts, (), 90) == (15, 40, 20, 15)
    assert allot(parts, (), 135) == (23, 60, 30, 22)


@pytest.mark.req("R52")
def test_group_that_binds_below_takes_from_the_rest() -> None:
    parts = [PartBounds(5, 10, 40), PartBounds(5, 40, 60), PartBounds(5, 10, 40)]
    free = allot(parts, (), 60)
    held = allot(parts, [Group("explore", (0, 2), 30, 480)], 60)
    assert free == (10, 40, 10)
    assert held == (15, 30, 15)


@pytest.mark.req("R41")
def test_group_that_binds_above_gives_to_the_rest() -> None:
    parts = [PartBounds(5, 30, 40), PartBounds(5, 40, 60), PartBounds(5, 20, 40)]
    held = allot(parts, [Group("context", (0,), 10, 15)], 90)
    assert held == (15, 50, 25)


def test_two_groups_at_once() -> None:
    parts = [
        PartBounds(5, 30, 40),
        PartBounds(5, 10, 60),
        PartBounds(5, 10, 40),
        PartBounds(5, 40, 80),
    ]
    groups = [Group("context", (0,), 10, 15), Group("explore", (1, 2), 30, 480)]
    assert allot(parts, groups, 90) == (15, 15, 15, 45)


def test_a_group_without_members_cannot_reach_its_bound() -> None:
    parts = [PartBounds(1, 2, 3)]
    assert span(parts, [Group("explore", (), 30, 480)]).clash == "explore"
    assert allot(parts, [Group("explore", (), 30, 480)], 2) is None
