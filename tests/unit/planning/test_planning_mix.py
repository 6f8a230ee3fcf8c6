"""The mix of levels: the pull, shifts and what was achieved (R61)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.planning.mix import PULL, achieved_shares, bonus, minutes_by_level, shift, worth
from trajplan.vocabulary import LEVELS


@st.composite
def mixes(draw: st.DrawFn) -> dict[str, int]:
    first = draw(st.integers(0, 100))
    second = draw(st.integers(0, 100 - first))
    return dict(
        zip(LEVELS, draw(st.permutations([first, second, 100 - first - second])), strict=True)
    )


@given(target=st.integers(0, 100), minutes=st.integers(0, 200))
def test_each_minute_of_a_level_is_worth_no_more_than_the_last(target: int, minutes: int) -> None:
    now, following = (worth(target, n + 1) - worth(target, n) for n in (minutes, minutes + 1))
    assert now >= following >= 0
    assert now == PULL * target // (2 * minutes + 1)


@given(target=st.integers(0, 100), already=st.integers(0, 60), added=st.integers(0, 30))
def test_the_bonus_is_what_the_added_minutes_are_worth(
    target: int, already: int, added: int
) -> None:
    assert bonus(target, already, added) == worth(target, already + added) - worth(target, already)


@pytest.mark.req("R61")
@given(mix=mixes(), level=st.sampled_from(LEVELS), points=st.integers(-120, 120))
def test_a_shift_is_bounded_and_keeps_the_whole(
    mix: dict[str, int], level: str, points: int
) -> None:
    got = shift(mix, level, points)
    assert sum(got.values()) == 100
    assert all(0 <= share <= 100 for share in got.values())
    others = [one for one in LEVELS if one != level]
    if points >= 0:
        # Toward a level never leads away from it, and no further than 80.
        assert mix[level] <= got[level] <= max(80, mix[level])
        assert got[level] == max(mix[level], min(80, mix[level] + points))
        assert all(got[one] <= mix[one] for one in others)
    else:
        assert min(5, mix[level]) <= got[level] <= mix[level]
        assert got[level] == min(mix[level], max(5, mix[level] + points))
        assert all(got[one] >= mix[one] for one in others)


@given(mix=mixes(), level=st.sampled_from(LEVELS), points=st.integers(-60, 60))
def test_the_others_share_a_shift_by_their_size(
    mix: dict[str, int], level: str, points: int
) -> None:
    got = shift(mix, level, points)
    moved = got[level] - mix[level]
    larger, smaller = sorted((one for one in LEVELS if one != level), key=lambda one: -mix[one])
    pool = mix[larger] + mix[smaller]
    assert pool or moved <= 0
    exact = moved * mix[smaller] / pool if pool else moved / 2
    # The remainder goes to the larger of the two.
    assert abs(mix[smaller] - got[smaller]) == int(abs(exact))


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (15, (20, 30, 50)),
        (-20, (32, 53, 15)),
        (0, (25, 40, 35)),
        (60, (8, 12, 80)),
        (-60, (36, 59, 5)),
    ],
)
def test_a_shift_by_hand(points: int, expected: tuple[int, ...]) -> None:
    mix = dict(zip(LEVELS, (25, 40, 35), strict=True))
    assert tuple(shift(mix, "transformational", points).values()) == expected


@pytest.mark.req("R61")
@given(minutes=st.dictionaries(st.sampled_from(LEVELS), st.integers(0, 90)))
def test_achieved_shares_add_up(minutes: dict[str, int]) -> None:
    got = achieved_shares(minutes)
    total = sum(minutes.values())
    assert list(got) == list(LEVELS)
    assert sum(got.values()) == (100 if total else 0)
    for level in LEVELS:
        exact = 100 * minutes.get(level, 0) / total if total else 0
        assert abs(got[level] - exact) < 1


def test_achieved_breaks_ties_by_level() -> None:
    got = achieved_shares({"informational": 1, "analytical": 1, "transformational": 4})
    assert list(got.values()) == [17, 17, 66]
    assert achieved_shares({"analytical": 7}) == dict(zip(LEVELS, (0, 100, 0), strict=True))


def test_minutes_by_level_sums_and_keeps_every_level() -> None:
    pairs = [("analytical", 4), ("transformational", 3), ("analytical", 5)]
    assert minutes_by_level(pairs) == dict(zip(LEVELS, (0, 9, 3), strict=True))
