"""The day that a note's words mean."""

import datetime as dt

import pytest

from growth import keeps_in_step
from trajplan.planning.named_days import day_ahead, days_in, names_date

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
    assert days_in(text, NOTED) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("He rang on Monday.", dt.date(2027, 2, 15)),
        ("Last Monday meeting was bad.", dt.date(2027, 2, 15)),
        ("Funeral was Friday.", dt.date(2027, 2, 12)),
        # Who did what right behind it tells which is meant, whatever stands before.
        ("I could do it asleep and I think Friday I did", dt.date(2027, 2, 12)),
        ("I should have known. Friday I see the doctor", dt.date(2027, 2, 19)),
        ("Interview on Friday at 9", dt.date(2027, 2, 19)),
    ],
)
def test_a_weekday_that_is_one_day_is_heard_as_it(text: str, day: dt.date) -> None:
    assert days_in(text, NOTED) == (day,)


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
        ("Second round at Lumen on Thursday", "2027-02-18"),
        ("Arbor want me on Monday at 9", "2027-02-22"),
        ("I'm presenting on Thursday", "2027-02-18"),
        ("Vorstellungsgespräch am Montag um 9", "2027-02-22"),
        ("Entrevista el lunes a las 9", "2027-02-22"),
        ("Biopsy on Thursday, scared", "2027-02-18"),
        ("wife's chemo starts Monday", "2027-02-22"),
        ("interview tomorrow", "2027-02-17"),
        ("Got the interview!! 18th", "2027-02-18"),
        ("Got the interview!! 18th. I feel sick", "2027-02-18"),
        ("They've offered me an interview, 20th.", "2027-02-20"),
        ("Interview on 18th", "2027-02-18"),
        ("biopsy 25th", "2027-02-25"),
        # It may be this month's or another's, a day or a count, this week's or the one after.
        ("on the 16th", ""),
        ("May: letter on the 28th", ""),
        ("Rent's due on the 1st every month", ""),
        ("we met on the 12th", ""),
        ("on the 28th floor", ""),
        ("Got the results. 28th", ""),
        ("Letter came. 18th.", ""),
        ("She came 18th, waiting for results", ""),
        ("Dad's 70th. Interview soon", ""),
        ("They've offered me an interview! 3rd", ""),
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
    # Who has withdrawn did so on a day that has been, or nobody can say which.
    assert days_in("Falk has withdrawn, on the 26th!", dt.date(2026, 11, 12)) == ()
    assert days_in("Falk withdrew on the 26th", dt.date(2026, 11, 12)) == (dt.date(2026, 10, 26),)


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
    assert days_in("Tomorrow it is", dt.date.max) == ()
    assert days_in("due the 30th", dt.date.max) == ()
    assert days_in("We met on the 31st", dt.date.min) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Must see 3 people, march 5 km",
        "Whether I may 3 times a day",
        "I may 2 days a week work from home",
        "only 3 may come",
        "Grade 1.3.",
        "Finish chapter 3.5. of the book",
        "My average was 2.3.",
    ],
)
def test_a_count_or_the_number_of_a_chapter_is_no_day(text: str) -> None:
    assert days_in(text, NOTED) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("closes 5 may", ["2027-05-05"]),
        ("I start May 3 at nine", ["2027-05-03"]),
        ("Umzug 5.3.", ["2027-03-05"]),
        ("12 or 14 March", ["2027-03-12", "2027-03-14"]),
        ("12, 13 and 14 March", ["2027-03-12", "2027-03-13", "2027-03-14"]),
        ("March 12 and 14.", ["2027-03-12", "2027-03-14"]),
        ("from 28 to 3 April", ["2027-03-28"]),
        ("El miércoles tengo la cita", ["2027-02-17"]),
    ],
)
def test_days_that_share_a_month_are_each_read(text: str, days: list[str]) -> None:
    assert [day.isoformat() for day in days_in(text, NOTED)] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dad died 5 March.", "2026-03-05"),
        ("On 5 March, Dad died.", "2026-03-05"),
        ("12 March last year she moved out", "2026-03-12"),
        ("We get married 12 March", "2027-03-12"),
        ("I left it until 12 March", "2027-03-12"),
        # What was agreed, signed or asked may be for a day ahead.
        ("I signed up for the exam on 12 March", "2027-03-12"),
        ("Since he died there's the hearing on 12 March", "2027-03-12"),
    ],
)
def test_a_death_is_never_read_as_one_to_come(text: str, day: str) -> None:
    assert [found.isoformat() for found in days_in(text, NOTED)] == [day]


def test_a_day_is_named_by_its_date_and_not_by_an_hour() -> None:
    assert names_date("Scan on the 28th", dt.date(2027, 2, 28))
    assert names_date("Scan 28 February", dt.date(2027, 2, 28))
    assert not names_date("Interview at 12 on Friday", dt.date(2027, 2, 12))


@pytest.mark.req("R161")
def test_many_bare_days_are_read_in_step() -> None:
    def read(size: int) -> None:
        days_in("18th! Interview soon. " * (size // 22), NOTED)

    assert keeps_in_step(read, 100_000)


@pytest.mark.parametrize(
    "piece", ["we met on 3 March, she was low on Friday, ", "Friday ", "the 18th of March ", "1, "]
)
def test_a_note_without_a_full_stop_is_read_in_step(piece: str) -> None:
    """As it is dictated: each day was read with all the words before it."""

    def read(length: int) -> None:
        days_in((piece * length)[:length], dt.date(2027, 3, 1))

    assert keeps_in_step(read, 40_000)
