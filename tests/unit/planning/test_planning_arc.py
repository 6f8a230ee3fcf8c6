"""Where a session stands in its journey (R1, R5)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from planners import content

from trajplan.content.model import Journey, JourneySession, Mix, Phase
from trajplan.errors import CannotDo
from trajplan.planning.arc import check_length, phases_of, place_for, position, scale_phases

EVEN = Mix(informational=30, analytical=40, transformational=30)


def journey(*sizes: int, steps: bool = True) -> Journey:
    total = sum(sizes)
    return Journey(
        kind="journey",
        id="own",
        title="Own",
        method="integrative",
        every_days=14,
        minutes=90,
        phases=tuple(
            Phase(id=f"p{at}", sessions=size, purpose=f"purpose {at}", mix=EVEN)
            for at, size in enumerate(sizes)
        ),
        sessions={
            number: JourneySession(step=f"step {number}", blueprint=f"b{number}")
            for number in range(1, total + 1)
        }
        if steps
        else {},
    )


def distance(shares: Sequence[int], sizes: Sequence[int], total: int) -> int:
    whole = sum(sizes)
    return sum(
        (share * whole - total * size) ** 2 for share, size in zip(shares, sizes, strict=True)
    )


@pytest.mark.req("R5")
@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=4), more=st.integers(0, 6))
def test_scaled_phases_are_nearest_to_their_share(sizes: list[int], more: int) -> None:
    total = len(sizes) + more
    got = scale_phases(sizes, total)
    assert sum(got) == total
    assert min(got) >= 1
    possible = [one for one in product(range(1, total + 1), repeat=len(sizes)) if sum(one) == total]
    best = min(distance(shares, sizes, total) for shares in possible)
    assert distance(got, sizes, total) == best
    # Of equally near ones the earlier phase has the session.
    assert got == max(shares for shares in possible if distance(shares, sizes, total) == best)


@given(sizes=st.lists(st.integers(1, 60), min_size=1, max_size=8), more=st.integers(0, 40))
def test_every_phase_keeps_a_session(sizes: list[int], more: int) -> None:
    got = scale_phases(sizes, len(sizes) + more)
    assert min(got) >= 1
    assert sum(got) == len(sizes) + more


def test_largest_remainder_by_hand() -> None:
    assert scale_phases([3, 3, 3, 3], 12) == (3, 3, 3, 3)
    assert scale_phases([3, 3, 3, 3], 10) == (3, 3, 2, 2)
    assert scale_phases([1, 10, 1], 6) == (1, 4, 1)
    # The second phase stands above its share; the first one has but one session to give.
    assert scale_phases([15, 25, 3, 3, 4], 5) == (1, 1, 1, 1, 1)


def test_fewer_sessions_than_phases_are_refused() -> None:
    with pytest.raises(CannotDo, match="choose 4 or more, or a single session"):
        scale_phases([3, 3, 3, 3], 3)
    with pytest.raises(CannotDo, match="at least 1 session"):
        check_length(content().journey, 0)
    with pytest.raises(CannotDo, match="3 sessions cannot hold 4 phases"):
        check_length(content().journey, 3)
    for total in (1, 4, 12, 40):
        check_length(content().journey, total)
        assert sum(size for _, size in phases_of(content().journey, total)) == total


@pytest.mark.req("R5")
@pytest.mark.parametrize("number", range(1, 13))
def test_each_of_twelve_sessions_is_in_its_phase(number: int) -> None:
    names = ("foundation", "exploration", "integration", "activation")
    got = position(content().journey, 12, number)
    assert got.phase.id == names[(number - 1) // 3]
    assert got.phase_index == (number - 1) // 3
    assert got.in_phase == (number - 1) % 3 + 1
    assert got.step == content().journey.sessions[number].step
    assert (got.first, got.last) == (number == 1, number == 12)
    assert got.phase_exit == (number in (3, 6, 9, 12))


@pytest.mark.req("R61")
def test_the_closing_session_has_its_own_mix() -> None:
    eleventh, last = (position(content().journey, 12, number).mix for number in (11, 12))
    assert (eleventh.informational, eleventh.transformational) == (25, 30)
    assert (last.informational, last.transformational) == (10, 50)


@pytest.mark.req("R5")
@pytest.mark.parametrize("number", [0, -1, 13])
def test_a_number_outside_the_journey_is_refused(number: int) -> None:
    with pytest.raises(CannotDo, match=f"no session {number} .* sessions 1 to 12 are possible"):
        position(content().journey, 12, number)


@pytest.mark.req("R5")
def test_session_thirteen_exists_when_the_journey_is_extended() -> None:
    got = position(content().journey, 13, 13)
    assert got.last
    assert got.step == content().journey.sessions[12].step
    assert not position(content().journey, 13, 12).last


@pytest.mark.req("R14")
def test_a_single_session_is_first_and_last() -> None:
    got = position(content().journey, 1, 1)
    assert got.first
    assert got.last
    assert got.phase_sessions == 1
    assert got.blueprint == "first-session"
    with pytest.raises(CannotDo, match="only session 1 is possible"):
        position(content().journey, 1, 2)


@given(
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=4),
    more=st.integers(0, 30),
)
def test_first_and_last_steps_are_taken_once(sizes: list[int], more: int) -> None:
    own = journey(*sizes)
    total = len(sizes) + more
    places = [position(own, total, number) for number in range(1, total + 1)]
    steps = [place.step for place in places]
    written = sum(sizes)
    if total > 1 and written > 1:
        assert (steps[0], steps[-1]) == ("step 1", f"step {written}")
        assert steps.count("step 1") == steps.count(f"step {written}") == 1
    order = [place.phase_index for place in places]
    assert order == sorted(order)
    # Within its phase the steps a session takes are the phase's own.
    for one in places:
        inside = range(sum(sizes[: one.phase_index]) + 1, sum(sizes[: one.phase_index + 1]) + 1)
        own_steps = {f"step {number}" for number in inside} | {one.phase.purpose}
        assert one.step in own_steps
        assert bool(one.blueprint) == one.step.startswith("step")


def test_without_steps_the_purpose_of_the_phase_speaks() -> None:
    got = position(journey(2, 2, steps=False), 4, 3)
    assert (got.step, got.blueprint, got.mix) == ("purpose 1", "", EVEN)


@pytest.mark.req("R5")
def test_a_longer_journey_repeats_steps_but_neither_the_first_nor_the_last() -> None:
    steps = content().journey.sessions
    taken = [position(content().journey, 24, number).step for number in range(1, 25)]
    first, last = (1, 2, 2, 2, 3, 3), (10, 10, 11, 11, 11, 12)
    between = (4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9)
    assert taken == [steps[number].step for number in (*first, *between, *last)]
    blueprints = [position(content().journey, 24, number).blueprint for number in range(1, 25)]
    assert blueprints.count("first-session") == blueprints.count("closing-session") == 1


@pytest.mark.parametrize("number", [1, 5, 12])
def test_meeting_and_closing_are_kept_for_the_ends(number: int) -> None:
    assert position(content().journey, 12, number).reserved == {"first-session", "closing-session"}
    own = journey(2, 2)
    assert position(own, 4, 2).reserved == {"b1", "b4"}
    # A blueprint that serves in between as well is nobody's alone.
    often = replace(own, sessions={**own.sessions, 3: JourneySession(step="three", blueprint="b4")})
    assert position(often, 4, 2).reserved == {"b1"}
    assert position(journey(2, 2, steps=False), 4, 2).reserved == frozenset()


def test_a_step_that_waits_is_taken_up_anywhere_but_in_the_last_session() -> None:
    own = content().journey
    fifth = position(own, 12, 5)
    assert place_for(own, 12, 5, ()) == fifth
    taken_up = place_for(own, 12, 5, (4, 5))
    assert taken_up.step == position(own, 12, 4).step != fifth.step
    assert (taken_up.number, taken_up.phase) == (5, fifth.phase)
    assert place_for(own, 12, 12, (11, 12)) == position(own, 12, 12)
