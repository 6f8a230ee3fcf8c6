"""What was said since about something: another day, or that it was spoken of (R142)."""

from __future__ import annotations

import datetime as dt

import pytest

from trajplan.planning.plan_inputs import ToldBefore
from trajplan.planning.sentences import sentences_told
from trajplan.planning.since import OpenText, is_spoken_of, moved_day


def told(text: str, session: int) -> ToldBefore:
    day = dt.date(2027, 1, 5) + dt.timedelta(14 * session)
    return ToldBefore(text=text, when=f"session {session}", kind="noted", day=day)


@pytest.mark.req("R142")
def test_the_day_of_what_comes_before_a_goal_is_not_the_goals() -> None:
    goal = OpenText("Keep my ticket after the hearing", dt.date(2027, 1, 5), dt.date(2027, 3, 31))
    (moved,) = sentences_told([told("Hearing moved to 11 March.", 2)], "Jo")
    found = moved_day(goal, [moved])
    assert found is None or found.to is None
    hearing = OpenText("Hearing on 25 February", dt.date(2027, 1, 5), dt.date(2027, 2, 25))
    found = moved_day(hearing, [moved])
    assert found is not None
    assert found.to == dt.date(2027, 3, 11)


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        ("She said she could not do it under £32,000.", True),
        ("They pay 32 people.", False),
        ("It opens in 2027.", False),
    ],
)
def test_a_sum_they_named_themselves_is_spoken_of(said: str, *, spoken: bool) -> None:
    floor = "At least £32k by 2027"
    sentences = sentences_told([told(said, 2)], "Jo")
    assert is_spoken_of(floor, sentences) == spoken


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        ("People first, roadmap second.", False),
        ("I was the best of them and still a loser.", True),
    ],
)
def test_words_of_order_alone_are_about_nothing(said: str, *, spoken: bool) -> None:
    sentences = sentences_told([told(said, 2)], "Jo")
    assert is_spoken_of("second best is first loser", sentences) == spoken
