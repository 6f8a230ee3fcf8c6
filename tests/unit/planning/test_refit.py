"""The rest of a running session: against an oracle that tries every allotment (R135)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planners import facts, plan

from trajplan.content.model import Bounds
from trajplan.content.session_rules import context_bounds
from trajplan.planning.plan import PlannedSegment
from trajplan.planning.refit import Refit, keeps_floor, refit

LENGTH = 30
COMPONENTS = (
    "context_setting",
    "strategic_inquiry",
    "insight_generation",
    "action_design",
    "momentum_planning",
)


def planned(name: str, component: str, low: int, ideal: int, high: int, **more: Any) -> Any:
    values: dict[str, Any] = {
        "id": name,
        "component": component,
        "title": name.title(),
        "stance": "open",
        "covers": (),
        "objective": 1,
        "start": "",
        "end": "",
        "minutes": ideal,
        "coach": "",
        "client": "",
        "activities": (),
        "prompts": (),
        "questions": (),
        "checkpoint": "",
        "bounds": Bounds(min=low, ideal=ideal, max=high),
    }
    return PlannedSegment(**{**values, **more})


@st.composite
def sessions(draw: st.DrawFn) -> tuple[PlannedSegment, ...]:
    """The five components with small bounds; none is optional and nothing is to be decided."""
    segments = []
    for component in COMPONENTS:
        low = draw(st.integers(1, 4))
        ideal = draw(st.integers(low, low + 4))
        segments.append(planned(component, component, low, ideal, draw(st.integers(ideal, 9))))
    return tuple(segments)


def possible(
    segments: Sequence[PlannedSegment], past: Sequence[int], total: int
) -> list[tuple[int, ...]]:
    """Every whole allotment with the past as it was; Context Setting counts what it still can."""
    rest = segments[len(past) :]
    low, high = context_bounds(LENGTH)
    vectors = []
    for minutes in product(*(range(part.bounds.min, part.bounds.max + 1) for part in rest)):
        vector = (*past, *minutes)
        bound = rest and rest[0].component == "context_setting"
        inside = not bound or min(low, rest[0].bounds.max) <= vector[0]
        inside = inside and (not bound or vector[0] <= max(high, rest[0].bounds.min))
        if sum(vector) == total and inside:
            vectors.append(vector)
    return vectors


def cost(segments: Sequence[PlannedSegment], vector: Sequence[int]) -> Fraction:
    ideals = [segment.bounds.ideal for segment in segments if segment.bounds]
    scale = Fraction(sum(vector), sum(ideals))
    return sum(
        (
            (minutes - scale * ideal) ** 2 / ideal
            for minutes, ideal in zip(vector, ideals, strict=True)
        ),
        start=Fraction(0),
    )


@given(
    session=sessions(),
    past=st.lists(st.integers(0, 11), max_size=4),
    total=st.integers(12, 45),
)
def test_the_rest_is_the_optimum_with_the_past_fixed(
    session: tuple[PlannedSegment, ...], past: list[int], total: int
) -> None:
    vectors = possible(session, past, total)
    result = refit(session, past, total, length=LENGTH, floor=False)
    assert result.minutes[: len(past)] == tuple(past)
    if not vectors:
        assert result.short or result.free or result.over
        return
    best = min(cost(session, vector) for vector in vectors)
    # Ties go to the earlier segment, as in the plan.
    expected = max(vector for vector in vectors if cost(session, vector) == best)
    assert result == Refit(minutes=expected)


@given(session=sessions(), past=st.lists(st.integers(0, 11), max_size=4))
def test_one_more_minute_takes_none_away(
    session: tuple[PlannedSegment, ...], past: list[int]
) -> None:
    before: Refit | None = None
    for total in range(sum(past), sum(past) + 50):
        result = refit(session, past, total, length=LENGTH, floor=False)
        if before and (before.left_out, before.short) == (result.left_out, result.short):
            pairs = zip(result.minutes, before.minutes, strict=True)
            assert all(now >= then for now, then in pairs)
        if before:
            assert len(result.left_out) <= len(before.left_out)
        before = result


@given(session=sessions(), past=st.lists(st.integers(0, 11), max_size=5), total=st.integers(0, 60))
def test_minutes_always_add_up_and_the_end_is_always_held(
    session: tuple[PlannedSegment, ...], past: list[int], total: int
) -> None:
    result = refit(session, past, total, length=LENGTH, floor=False)
    assert sum(result.minutes) == total + result.over - result.free
    assert not (result.over and result.free)
    assert len(session) - 1 not in result.left_out
    if len(past) < len(session):
        assert result.minutes[-1] >= 1


DECISION = (
    planned("arrive", "context_setting", 5, 10, 15),
    planned("explore", "strategic_inquiry", 10, 20, 40, stance="explore", covers=("context",)),
    planned(
        "deepen",
        "strategic_inquiry",
        5,
        15,
        30,
        stance="explore",
        covers=("values", "implications"),
    ),
    planned("options", "insight_generation", 5, 15, 30, stance="options"),
    planned("rest", "break", 5, 5, 5, optional=True),
    planned("act", "action_design", 5, 10, 20, stance="commit"),
    planned("close", "momentum_planning", 8, 10, 20, stance="close"),
)


def fitted(past: Sequence[int], total: int = 90, floor: bool = True) -> dict[str, int]:
    result = refit(DECISION, past, total, length=90, floor=floor)
    return dict(zip((segment.id for segment in DECISION), result.minutes, strict=True))


@pytest.mark.req("R135", "R52")
def test_exploration_cut_short_is_made_up_before_the_options() -> None:
    assert fitted([10, 12])["deepen"] >= 18
    # The floor holds where the free law would give less.
    assert fitted([10, 10], total=60)["deepen"] == 20
    assert fitted([10, 10], total=60, floor=False)["deepen"] < 20


@pytest.mark.req("R135", "R52")
def test_a_decision_that_was_not_explored_is_parked() -> None:
    result = refit(DECISION, [10, 10, 5], 90, length=90, floor=True)
    assert result.parked
    assert result.left_out == (3,)
    assert refit(DECISION, [10, 15, 15], 90, length=90, floor=True).left_out == ()


@pytest.mark.req("R135")
def test_once_options_are_on_the_table_the_floor_is_past() -> None:
    result = refit(DECISION, [10, 20, 15, 25], 90, length=90, floor=True)
    assert not result.parked
    assert sum(result.minutes) == 90


@pytest.mark.req("R135")
def test_what_falls_away_first_is_the_break_then_what_comes_next_never_the_end() -> None:
    crowded = refit(DECISION, [10, 30, 20], 80, length=90, floor=True)
    assert crowded.left_out == (4,)
    squeezed = refit(DECISION, [10, 30, 20], 72, length=90, floor=True)
    assert (squeezed.left_out, squeezed.short) == ((4,), True)
    nearly = refit(DECISION, [10, 30, 20], 68, length=90, floor=True)
    assert (nearly.left_out, nearly.minutes[-2:]) == ((3, 4), (3, 5))
    late = refit(DECISION, [10, 30, 20], 63, length=90, floor=True)
    assert (late.left_out, late.minutes[-1], late.over) == ((3, 4, 5), 5, 2)


@pytest.mark.req("R135")
def test_minutes_that_no_segment_may_take_are_free() -> None:
    result = refit(DECISION, [3, 30, 5, 5], 120, length=90, floor=True)
    assert result.free == 120 - sum(result.minutes)
    assert result.minutes[-1] == 20


@pytest.mark.req("R135")
@pytest.mark.parametrize(
    "options",
    [{}, {"energy": "low"}, {"minutes": 45}, {"late": 20}, {"decision": True}, {"late": 65}],
)
def test_nothing_moves_while_nothing_differs_from_the_plan(options: dict[str, Any]) -> None:
    made = plan(facts(), **options)
    minutes = tuple(segment.minutes for segment in made.segments)
    for count in range(len(minutes)):
        result = refit(
            made.segments,
            minutes[:count],
            made.minutes,
            length=made.minutes,
            floor=keeps_floor(made),
        )
        assert result.minutes == minutes


@pytest.mark.req("R52")
def test_only_a_plan_that_holds_the_floor_binds_its_session() -> None:
    assert keeps_floor(plan(facts(), decision=True))
    assert not keeps_floor(plan(facts()))
    assert not keeps_floor(plan(facts(), decision=True, minutes=45, override="No time today"))
    parked = plan(facts(), decision=True, late=55)
    assert any("parked" in finding.message for finding in parked.findings)
    assert not keeps_floor(parked)
