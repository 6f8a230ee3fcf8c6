"""The way out of a phase, and how far a weak one moves the next plan (R10)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planners import content, facts, last_time, plan

from trajplan.planning.arc import fit_journey, milestone_of, phases_of, position, weak_exit
from trajplan.planning.mix import half_way
from trajplan.records.model.journeys import PhaseExit

JOURNEY = content().journey
FOUNDATION, EXPLORATION = JOURNEY.phases[:2]


def look(met: int, reason: str = "", phase: str = "foundation") -> PhaseExit:
    criteria = next(one for one in JOURNEY.phases if one.id == phase).milestone
    return PhaseExit(
        id=1,
        engagement_id=1,
        phase=phase,
        date=dt.date(2027, 2, 10),
        met=criteria[:met],
        unmet=criteria[met:],
        reason=reason,
    )


@pytest.mark.req("R10")
@pytest.mark.parametrize(
    ("looks", "state", "weak"),
    [
        ((), "not_looked_at", False),
        ((look(3),), "met", False),
        ((look(2),), "open", True),
        ((look(2, "No time"),), "overridden", True),
        ((look(0, "No time"), look(3)), "met", False),
        ((look(3), look(1)), "open", True),
        ((look(0, phase="integration"),), "not_looked_at", False),
    ],
)
def test_the_last_look_at_a_milestone_holds(
    looks: tuple[PhaseExit, ...], state: str, weak: bool
) -> None:
    assert milestone_of(FOUNDATION, looks).state == state
    found = weak_exit(JOURNEY, "exploration", looks)
    assert bool(found) == weak
    if found:
        assert found.unmet == looks[-1].unmet
    assert weak_exit(JOURNEY, "foundation", looks) is None
    assert weak_exit(JOURNEY, "nowhere", looks) is None


@given(a=st.integers(0, 100), b=st.integers(0, 100), c=st.integers(0, 100), d=st.integers(0, 100))
def test_half_way_sums_to_a_hundred_and_lies_between(a: int, b: int, c: int, d: int) -> None:
    first = {
        "informational": min(a, b),
        "analytical": abs(a - b),
        "transformational": 100 - max(a, b),
    }
    other = {
        "informational": min(c, d),
        "analytical": abs(c - d),
        "transformational": 100 - max(c, d),
    }
    found = half_way(first, other)
    assert sum(found.values()) == 100
    for level, share in found.items():
        assert min(first[level], other[level]) <= share <= max(first[level], other[level])


@pytest.mark.req("R10")
def test_a_weak_exit_moves_the_next_plan_half_way_and_says_so() -> None:
    plain = plan(facts(4))
    moved = plan(facts(4, phase_exits=(look(2),)))
    assert plain.mix.target["transformational"] == 55
    assert moved.mix.target == {"informational": 18, "analytical": 37, "transformational": 45}
    assert moved.still_open == FOUNDATION.milestone[2:]
    assert [influence.id for influence in moved.influences][:1] == ["weak-exit"]
    assert plan(facts(7, phase_exits=(look(2),))).still_open == ()


@pytest.mark.req("R10")
def test_energy_and_the_flag_go_before_a_weak_exit() -> None:
    weak = {"phase_exits": (look(2),)}
    for energy in ("low", "high"):
        moved, plain = plan(facts(4, **weak), energy=energy), plan(facts(4), energy=energy)
        assert moved.mix.target == plain.mix.target
        effects = {influence.id: influence.effect for influence in moved.influences}
        assert f"{energy} energy goes first" in effects["weak-exit"]
        assert moved.still_open
    flagged = last_time(session=3, flags=("pleasant_not_moving",))
    moved = plan(facts(4, last=flagged, **weak))
    assert moved.mix.target == plan(facts(4, last=flagged)).mix.target


@pytest.mark.req("R5")
@given(extra=st.integers(1, 20), at=st.integers(0, 3))
def test_an_extended_phase_grows_alone(extra: int, at: int) -> None:
    sizes = {phase.id: 3 for phase in JOURNEY.phases}
    grown = JOURNEY.phases[at].id
    sizes[grown] += extra
    total = 12 + extra
    found = fit_journey(JOURNEY, sizes)
    assert {one.id: size for one, size in phases_of(found, total)} == sizes
    before = 3 * at
    for number in range(1, total + 1):
        place = position(found, total, number)
        if number <= before:
            assert place.phase.id == position(JOURNEY, 12, number).phase.id
            assert place.step == position(JOURNEY, 12, number).step
        elif number <= before + 3 + extra:
            assert place.phase.id == grown
    assert position(found, total, 1).blueprint == "first-session"
    assert position(found, total, total).blueprint == "closing-session"
    closing = [
        n for n in range(1, total + 1) if position(found, total, n).blueprint == "closing-session"
    ]
    assert closing == [total]


def test_sizes_of_another_journey_change_nothing() -> None:
    assert fit_journey(JOURNEY, {}) is JOURNEY
    assert fit_journey(JOURNEY, {"foundation": 3}) is JOURNEY
