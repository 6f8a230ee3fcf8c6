"""The day that a note's words mean, as it is written behind them."""

import datetime as dt

import pytest

from trajplan.planning.named_days import day_ahead, days_in, with_days

NOTED = dt.date(2027, 2, 16)


@pytest.mark.parametrize(
    "text",
    [
        "Monday meeting he's stopped doing on purpose.",
        "The Monday meeting was hard.",
        "She dropped her Thursday choir.",
    ],
)
def test_what_comes_back_each_week_is_no_one_day(text: str) -> None:
    assert with_days(text, NOTED) == text
    assert days_in(text, NOTED) == ()


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("He rang on Monday.", "He rang on Monday (15 Feb)."),
        ("Last Monday meeting was bad.", "Last Monday (15 Feb) meeting was bad."),
        ("Funeral was Friday.", "Funeral was Friday (12 Feb)."),
    ],
)
def test_a_weekday_that_is_one_day_is_told_with_its_date(text: str, dated: str) -> None:
    assert with_days(text, NOTED) == dated


@pytest.mark.req("R126", "R142")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("results come on the 28th", "2027-02-28"),
        ("They said the results are due on the 28th", "2027-02-28"),
        ("Interview's the 12th", "2027-03-12"),
        ("Telling Martin, or not, before the 5th", "2027-03-05"),
        ("from the 25th to the 27th", "2027-02-25"),
        ("He may ring on the 31st", "2027-03-31"),
        ("on the 28th of April", "2027-04-28"),
        ("Jan's biopsy is Thursday. Can't think past it", "2027-02-18"),
        ("biopsy Thursday", "2027-02-18"),
        ("Biopsy on Thursday, scared", "2027-02-18"),
        ("wife's chemo starts Monday", "2027-02-22"),
        ("interview tomorrow", "2027-02-17"),
        # It may be this month's or another's, a day or a count, this week's or the one after.
        ("on the 16th", ""),
        ("May: letter on the 28th", ""),
        ("Rent's due on the 1st every month", ""),
        ("we met on the 12th", ""),
        ("on the 28th floor", ""),
        ("She's the 4th to leave", ""),
        ("it's the 21st century", ""),
        ("biopsy next Thursday", ""),
        ("biopsy was Thursday", ""),
        ("had a biopsy Thursday", ""),
        ("Interview Thursday went badly", ""),
        ("Friday", ""),
        ("I don't know what tomorrow brings", ""),
    ],
)
def test_a_day_is_heard_without_its_month_where_it_is_sure(text: str, day: str) -> None:
    found = day_ahead(text, NOTED)
    assert (found.isoformat() if found else "") == day


def test_what_has_been_was_on_the_day_before_the_note() -> None:
    assert days_in("On the 5th he shouted.", NOTED) == (dt.date(2027, 2, 5),)
    assert days_in("We met on the 31st.", NOTED) == (dt.date(2027, 1, 31),)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("The deadline was moved to the 20th.", "2027-03-20"),
        ("Brought forward to Thursday", "2027-03-04"),
        ("It was pushed back to the 28th", "2027-03-28"),
        ("He rang: interview Thursday at 9.", "2027-03-04"),
        ("He rang on Friday", "2027-02-26"),
        ("Fred rings me on Friday", ""),
        ("A hundred people come on Friday", ""),
        ("The day after tomorrow", ""),
        ("Interview a week tomorrow", ""),
        ("A week on Friday we meet", ""),
    ],
)
def test_a_day_that_something_is_moved_to_lies_ahead(told: str, day: str) -> None:
    found = days_in(told, dt.date(2027, 3, 2))
    assert [named.isoformat() for named in found] == ([day] if day else [])


def test_the_ends_of_the_calendar_are_no_fault() -> None:
    assert with_days("Tomorrow it is", dt.date.max) == "Tomorrow it is"
    assert days_in("Tomorrow it is", dt.date.max) == ()
