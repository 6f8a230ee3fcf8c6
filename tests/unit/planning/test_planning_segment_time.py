"""A segment's own minutes: never overbooked, at most a question in six minutes (R57, R62)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.content.model import Activity, ActivityMinutes
from trajplan.planning.frame import share_segment
from trajplan.planning.plan import PlannedPrompt


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


Case = tuple[int, list[Activity], list[PlannedPrompt], int, int]


@st.composite
def segments(draw: st.DrawFn) -> Case:
    """Activities that may not even fit at their least, as when a session begins late."""
    activities = []
    for number in range(draw(st.integers(0, 4))):
        low = draw(st.integers(1, 8))
        activities.append(activity(f"a{number}", low, draw(st.integers(low, low + 8))))
    least = sum(activity.minutes.min for activity in activities)
    minutes = draw(st.integers(max(1, least // 2), max(1, least) + 60))
    sizes = draw(st.lists(st.integers(0, 15), max_size=4))
    prompts = [prompt(f"p{number}", size) for number, size in enumerate(sizes)]
    needed = draw(st.sampled_from([0, 0, min(minutes, 4), min(minutes, 11)]))
    return minutes, activities, prompts, draw(st.integers(1 if needed else 0, 12)), needed


@pytest.mark.req("R57", "R62")
@given(segment=segments())
def test_a_segment_is_never_overbooked(segment: Case) -> None:
    minutes, activities, prompts, wished, needed = segment
    got = share_segment(minutes, activities, prompts, wished, needed)
    booked = sum(activity.minutes for activity in got.activities) + sum(
        prompt.minutes for prompt in got.prompts
    )
    assert booked + got.question_minutes <= minutes
    # What the coach asked for has its minutes before anything else but what is named as unfit.
    assert got.question_minutes >= needed
    done = activities[: len(got.activities)]
    assert [activity.id for activity in got.activities] == [segment.id for segment in done]
    for one, planned in zip(done, got.activities, strict=True):
        assert one.minutes.min <= planned.minutes <= one.minutes.ideal
    gone = [activity.title for activity in activities[len(done) :]]
    gone += [prompt.text for prompt in prompts if prompt not in got.prompts]
    assert list(got.unfit) == gone
    least = sum(activity.minutes.min for activity in activities)
    assert bool(activities[len(done) :]) == (least + needed > minutes and bool(activities))
    assert 0 <= got.question_count <= wished
    if got.question_count:
        # Questions and prompts together keep the pace, and nothing is left idle beside them.
        assert len(got.prompts) + got.question_count <= max(1, minutes // 6)
        assert booked + got.question_minutes == minutes
    elif not needed:
        assert got.question_minutes == 0
    left = minutes - needed - sum(segment.minutes.min for segment in done)
    for prompt_ in prompts:
        assert (prompt_ in got.prompts) == (prompt_.minutes <= left)
        left -= prompt_.minutes if prompt_ in got.prompts else 0


@pytest.mark.req("R57")
@pytest.mark.parametrize(
    ("minutes", "prompts", "most"), [(30, 0, 5), (35, 0, 5), (36, 0, 6), (36, 2, 4), (5, 0, 1)]
)
def test_one_question_or_prompt_for_six_minutes(minutes: int, prompts: int, most: int) -> None:
    said = [prompt(f"p{number}", 1) for number in range(prompts)]
    assert share_segment(minutes, (), said, 12).question_count == most


def test_activities_take_their_ideal_when_there_is_room() -> None:
    got = share_segment(40, [activity("a", 2, 6), activity("b", 1, 3)], (), 0)
    assert [activity.minutes for activity in got.activities] == [6, 3]
    tight = share_segment(5, [activity("a", 2, 6), activity("b", 1, 3)], (), 0)
    assert [activity.minutes for activity in tight.activities] == [3, 2]


def test_what_has_no_room_is_named() -> None:
    got = share_segment(8, [activity("a", 4, 6)], [prompt("long", 5), prompt("short", 4)], 0)
    assert [prompt.id for prompt in got.prompts] == ["short"]
    assert got.unfit == ("Say long",)
    got = share_segment(7, [activity("a", 4, 6), activity("b", 2, 3), activity("c", 2, 3)], (), 0)
    assert [activity.id for activity in got.activities] == ["a", "b"]
    assert got.unfit == ("C",)


def test_one_question_has_room_before_an_activity_grows() -> None:
    got = share_segment(9, [activity("a", 4, 20)], (), 1)
    assert got.question_minutes >= 4
    assert got.activities[0].minutes + got.question_minutes == 9
