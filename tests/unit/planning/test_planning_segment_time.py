"""A segment's own minutes: never overbooked, at most a question in six minutes (R57, R62)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planners import EXACT

from trajplan.library.model import Activity, ActivityMinutes
from trajplan.planning.plan import PlannedPrompt
from trajplan.planning.segment_time import share


def activity(name: str, low: int, ideal: int) -> Activity:
    return Activity(
        kind="activity",
        id=name,
        title=name.title(),
        minutes=ActivityMinutes(min=low, ideal=ideal),
        coach="Do it.",
    )


def prompt(name: str, minutes: int) -> PlannedPrompt:
    return PlannedPrompt(id=name, case="c", text=f"Say {name}", minutes=minutes)


@st.composite
def segments(draw: st.DrawFn) -> tuple[int, list[Activity], list[PlannedPrompt], int]:
    """What the checks admit: the activities fit at their least."""
    activities = []
    for number in range(draw(st.integers(0, 4))):
        low = draw(st.integers(1, 8))
        activities.append(activity(f"a{number}", low, draw(st.integers(low, low + 8))))
    least = sum(one.minutes.min for one in activities)
    minutes = draw(st.integers(max(1, least), max(1, least) + 60))
    sizes = draw(st.lists(st.integers(0, 15), max_size=4))
    prompts = [prompt(f"p{number}", size) for number, size in enumerate(sizes)]
    return minutes, activities, prompts, draw(st.integers(0, 12))


@pytest.mark.req("R57", "R62")
@given(segment=segments())
@EXACT
def test_a_segment_is_never_overbooked(
    segment: tuple[int, list[Activity], list[PlannedPrompt], int],
) -> None:
    minutes, activities, prompts, wished = segment
    got = share(minutes, activities, prompts, wished)
    booked = sum(one.minutes for one in got.activities) + sum(one.minutes for one in got.prompts)
    assert booked + got.budget <= minutes
    assert [one.id for one in got.activities] == [one.id for one in activities]
    for one, planned in zip(activities, got.activities, strict=True):
        assert one.minutes.min <= planned.minutes <= one.minutes.ideal
    assert sorted((*got.prompts, *got.unfit), key=prompts.index) == prompts
    assert 0 <= got.most <= wished
    if got.most:
        # Questions and prompts together keep the pace, and nothing is left idle beside them.
        assert len(got.prompts) + got.most <= max(1, minutes // 6)
        assert booked + got.budget == minutes
    else:
        assert got.budget == 0
    left = minutes - sum(one.minutes.min for one in activities)
    for one in prompts:
        assert (one in got.prompts) == (one.minutes <= left)
        left -= one.minutes if one in got.prompts else 0


@pytest.mark.req("R57")
@pytest.mark.parametrize(
    ("minutes", "prompts", "most"), [(30, 0, 5), (35, 0, 5), (36, 0, 6), (36, 2, 4), (5, 0, 1)]
)
def test_one_question_or_prompt_for_six_minutes(minutes: int, prompts: int, most: int) -> None:
    said = [prompt(f"p{number}", 1) for number in range(prompts)]
    assert share(minutes, (), said, 12).most == most


def test_activities_take_their_ideal_when_there_is_room() -> None:
    got = share(40, [activity("a", 2, 6), activity("b", 1, 3)], (), 0)
    assert [one.minutes for one in got.activities] == [6, 3]
    tight = share(5, [activity("a", 2, 6), activity("b", 1, 3)], (), 0)
    assert [one.minutes for one in tight.activities] == [3, 2]


def test_a_prompt_without_room_is_named() -> None:
    got = share(8, [activity("a", 4, 6)], [prompt("long", 5), prompt("short", 4)], 0)
    assert [one.id for one in got.prompts] == ["short"]
    assert [one.id for one in got.unfit] == ["long"]


def test_activities_that_do_not_fit_are_a_fault_of_the_checks() -> None:
    with pytest.raises(AssertionError, match="more minutes than its minimum"):
        share(3, [activity("a", 4, 6)], (), 0)
