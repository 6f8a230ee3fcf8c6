"""Whether somebody owes an answer within the week."""

from __future__ import annotations

import datetime as dt

import pytest

from trajplan.planning.coming_days import YEARS_DAY, coming_days, owes_answer
from trajplan.planning.from_records import UrgentDay
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.planning.sentences import sentences_told

TODAY = dt.date(2027, 4, 29)
NOTED = dt.date(2027, 2, 16)


@pytest.mark.req("R126")
@pytest.mark.parametrize(
    "text",
    [
        "two days a week. they want to know by the 30th",
        "I have to decide by Friday",
        "Need to let Kemp's know by Friday",
        "they're waiting for my answer, Friday at the latest",
        "muss mich bis Freitag entscheiden",
    ],
)
def test_an_answer_is_due_in_the_week_before_its_day(text: str) -> None:
    def owes(days: int) -> bool:
        day = (TODAY + dt.timedelta(days)).isoformat()
        return owes_answer("the college", [UrgentDay(text=text, day=day)], (), TODAY)

    assert owes(0)
    assert owes(7)
    assert not owes(8)


@pytest.mark.req("R126")
@pytest.mark.parametrize(
    ("brought", "done", "owes"),
    [
        ("yes or no. it's half of what I made", (), True),
        ("so why did I say it", ("ring them · I said yes",), False),
        ("said yes to Hartleys. yes or no, that was it", (), False),
        ("haven't said yes. yes or no by tomorrow", (), True),
        ("the college", ("turn the offer down · took a minute",), False),
        ("the college", (), True),
    ],
)
def test_an_answer_that_is_given_is_due_no_more(
    brought: str, done: tuple[str, ...], owes: bool
) -> None:
    day = UrgentDay(text="they want to know by the 30th", day="2027-04-30")
    assert owes_answer(brought, [day], done, TODAY) == owes


@pytest.mark.req("R126")
@pytest.mark.parametrize(
    "text", ["they decide on Friday", "the exam on Friday", "I'll have their answer on Friday"]
)
def test_what_others_owe_is_no_answer_of_theirs(text: str) -> None:
    day = UrgentDay(text=text, day="2027-04-30")
    assert not owes_answer("the college", [day], (), TODAY)


def told(text: str) -> ToldBefore:
    return ToldBefore(text=text, when="session 3", kind="noted", day=NOTED)


@pytest.mark.req("R142")
def test_the_day_of_a_death_comes_round_and_is_told_as_that() -> None:
    sentences = sentences_told([told("Dad died 5 March. He moved out on 6 March last year.")], "Jo")
    (coming,) = coming_days(sentences, dt.date(2027, 3, 2), None, NOTED, ())
    assert (coming.text, coming.day) == ("Dad died 5 March.", "2027-03-05")
    assert coming.when == f"{YEARS_DAY}; session 3"


@pytest.mark.req("R142")
@pytest.mark.parametrize(("next_session", "days"), [(None, [7]), (14, [7, 14]), (30, [7, 14])])
def test_a_day_is_told_until_the_next_session_but_not_weeks_ahead(
    next_session: int | None, days: list[int]
) -> None:
    on = dt.date(2027, 3, 2)
    sentences = sentences_told(
        [told("Talk on 9 March."), told("Fair on 16 March."), told("Course on 17 March.")], "Jo"
    )
    following = on + dt.timedelta(next_session) if next_session else None
    found = [
        dt.date.fromisoformat(day.day) for day in coming_days(sentences, on, following, NOTED, ())
    ]
    assert [(day - on).days for day in found] == days


@pytest.mark.req("R142")
def test_a_hearing_is_told_a_month_ahead() -> None:
    on = dt.date(2027, 3, 2)
    noted = [told("Hearing: letter says 28 March, 9:30. Not the 14th."), told("Exam on 9 April.")]
    found = coming_days(sentences_told(noted, "Jo"), on, None, NOTED, ())
    assert [day.day for day in found] == ["2027-03-28"]


def test_the_last_day_of_the_calendar_has_none_after_it() -> None:
    assert coming_days((), dt.date.max, None, NOTED, ()) == ()


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Panel on 4 March.", ["2027-03-04"]),
        # A day of the month beside a full date is of its month.
        ("Played once more, Sat 13 Feb. She counts days from the 14th.", []),
        ("Hearing on 1 March. The letter has to be there by the 4th.", ["2027-03-04"]),
        # One that others took the place of is none.
        ("Panel moved from 3 to 5 March.", ["2027-03-05"]),
        ("The clinic is from Fri 5 March. (He had first said 3 March.)", ["2027-03-05"]),
        ("The answer is due by 6 March now, not 4 March.", ["2027-03-06"]),
    ],
)
def test_only_a_day_that_is_to_come_counts(text: str, days: list[str]) -> None:
    sentences = sentences_told([told(text)], "Jo")
    found = coming_days(sentences, dt.date(2027, 3, 2), None, NOTED, ())
    assert [coming.day for coming in found] == days


@pytest.mark.req("R142")
def test_an_old_note_has_no_day_to_come_unless_it_is_pinned() -> None:
    text = "Sign the agreement by 4 March."
    sentences = sentences_told([told(text)], "Jo")
    today, later = dt.date(2027, 3, 2), NOTED + dt.timedelta(1)
    assert coming_days(sentences, today, None, later, ()) == ()
    (coming,) = coming_days(sentences, today, None, later, (text,))
    assert coming.day == "2027-03-04"


@pytest.mark.req("R142")
def test_a_newer_note_that_says_not_that_day_ends_it() -> None:
    newer = ToldBefore(
        text="They want it by 5 March, not 4 March.",
        when="Mon 1 Mar",
        kind="noted",
        day=dt.date(2027, 3, 1),
    )
    sentences = sentences_told([newer, told("They need an answer by 4 March.")], "Jo")
    (coming,) = coming_days(sentences, dt.date(2027, 3, 2), None, NOTED, ())
    assert coming.day == "2027-03-05"
