"""What a newer sentence makes of an older one, quoted beside it (R142)."""

from __future__ import annotations

import datetime as dt

import pytest

from trajplan.planning.plan_inputs import ToldBefore
from trajplan.planning.since import OpenText, moved_day, overtaken, sentences_told, spoken_since


def told(text: str, session: int) -> ToldBefore:
    day = dt.date(2027, 1, 5) + dt.timedelta(14 * session)
    return ToldBefore(text=text, when=f"session {session}", kind="noted", day=day)


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "Her husband owes £17,600 on two cards. Told nobody else.",
            "A third card has turned up: it's £21,300, not £17,600.",
            "Her husband owes £17,600 on two cards.",
        ),
        (
            "Her dad, Hector, is in the hospice. They say weeks.",
            "Hector died on Sunday 14 Feb.",
            "Her dad, Hector, is in the hospice.",
        ),
        (
            "Dad's in the hospice. Her dad, Hector, was a fitter.",
            "Hector died on Sunday 14 Feb.",
            "Dad's in the hospice.",
        ),
        (
            "He has a son, Neil, in Greenock. Mum and Morag don't know.",
            "Neil came on the 12th. Morag saw him, so Morag knows now.",
            "Mum and Morag don't know.",
        ),
        (
            "Biopsy on the 28th. Nobody knows, not even Rob.",
            "Biopsy done. Rob knows since Saturday.",
            "Nobody knows, not even Rob.",
        ),
        (
            "£4,100 on a card Rob doesn't know about.",
            "Rob opened the card statement.",
            "£4,100 on a card Rob doesn't know about.",
        ),
    ],
)
def test_what_newer_words_put_right_is_told_with_them(old: str, new: str, sentence: str) -> None:
    assert list(overtaken(sentences_told([told(new, 2), told(old, 1)], "Jo"))) == [sentence]
    # What was said first puts nothing right that was said later.
    assert not overtaken(sentences_told([told(new, 1), told(old, 2)], "Jo"))


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He owes £17,600.", "The car was £17,600."),
        ("Dad is in the hospice.", "Dad's dog died on Sunday."),
        ("Dad is in the hospice.", "Mum died on Sunday."),
        ("Hector told her in November that he has a son.", "Hector died on Sunday."),
        # Of another matter.
        ("Biopsy on the 28th. Rob doesn't know.", "Pension pays out. Rob knows."),
    ],
)
def test_what_is_of_somebody_or_something_else_puts_nothing_right(old: str, new: str) -> None:
    assert not overtaken(sentences_told([told(new, 2), told(old, 1)], "Jo"))


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
    ("said", "is_spoken_of"),
    [
        ("She said she could not do it under £32,000.", True),
        ("They pay 32 people.", False),
        ("It opens in 2027.", False),
    ],
)
def test_a_sum_they_named_themselves_is_spoken_of(said: str, *, is_spoken_of: bool) -> None:
    floor = "At least £32k by 2027"
    sentences = sentences_told([told(said, 2)], "Jo")
    assert bool(spoken_since({floor: dt.date.min}, sentences)) == is_spoken_of
