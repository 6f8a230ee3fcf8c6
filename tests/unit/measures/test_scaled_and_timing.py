"""Scaled answers over time and minutes beside the plan: nothing invented, nothing lost."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from trajplan.actions.sessions import timing
from trajplan.measures.progress import series
from trajplan.records.model.ratings import ScaledAnswer

DAY = dt.date(2027, 1, 12)
NUMBERS = {number: number for number in range(1, 13)}
given_answers = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from("ab"), st.integers(1, 10)), max_size=30
)


def answer(at: int, session: int, question: str, value: int, low: str = "l") -> ScaledAnswer:
    return ScaledAnswer(
        id=at,
        session_id=session,
        question_id=question,
        text=question,
        low=low,
        high="h",
        value=value,
        date=DAY,
    )


@given(given_answers)
def test_each_session_shows_its_newest_answer_or_nothing(found: list[tuple[int, str, int]]) -> None:
    answers = [answer(at, *one) for at, one in enumerate(found)]
    sessions = list(range(1, 13))
    for one in series(answers, NUMBERS, sessions):
        newest = {number: value for number, name, value in found if name == one.question}
        assert list(one.values) == [newest.get(number) for number in sessions]
        rated = [value for value in one.values if value is not None]
        changes = (one.change_since_last, one.change_since_first)
        if len(rated) == 1:
            assert changes == (None, None)
        else:
            assert changes == (rated[-1] - rated[-2], rated[-1] - rated[0])
    assert {one.question for one in series(answers, NUMBERS, sessions)} == {
        name for _, name, _ in found
    }


def test_another_scale_is_another_series() -> None:
    found = series([answer(1, 1, "a", 3), answer(2, 4, "a", 8, low="other")], NUMBERS, [1, 4])
    assert [(one.low, one.values) for one in found] == [("l", (3, None)), ("other", (None, 8))]


@given(
    st.lists(st.tuples(st.integers(1, 60), st.none() | st.integers(0, 120)), min_size=1),
    st.sampled_from(["", "turned to the letter"]),
)
def test_minutes_that_were_not_noted_stay_missing(
    segments: list[tuple[int, int | None]], frame_change: str
) -> None:
    planned = [(f"s{at}", f"Segment {at}", minutes) for at, (minutes, _) in enumerate(segments)]
    actual = {f"s{at}": one for at, (_, one) in enumerate(segments) if one is not None}
    found = timing(planned, actual, frame_change)
    for one, (minutes, noted) in zip(found.segments, segments, strict=True):
        assert (one.planned, one.actual) == (minutes, noted)
        assert one.difference == (None if noted is None else noted - minutes)
        far = noted is not None and abs(noted - minutes) >= 5
        assert (one.id in found.drifted) == (far and not frame_change)
    assert found.complete == all(noted is not None for _, noted in segments)
