"""Days and times as people write them: what is taken comes out the same, what is two is refused."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from few import few
from trajplan.dates import (
    DAYS,
    JUST_PASSED,
    MONTHS,
    YEARS_AWAY,
    Toward,
    deadline_in,
    due_words,
    is_counted,
    long_date,
    months_later,
    parse_clock,
    parse_day,
    parse_day_and_time,
    short_date,
)
from trajplan.errors import UsageFault
from trajplan.translated_days import ordinal

TUESDAY = dt.date(2027, 1, 5)
BASES = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
TOWARD: st.SearchStrategy[Toward] = st.sampled_from(["ahead", "behind"])


def refused(text: str, base: dt.date = TUESDAY, toward: Toward = "ahead") -> str:
    with pytest.raises(UsageFault) as fault:
        parse_day(text, base, toward)
    return str(fault.value)


THURSDAY = dt.date(2025, 3, 13)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by Friday", "2025-03-14"),
        ("before Friday", "2025-03-14"),
        ("by the end of March", "2025-03-31"),
        ("this coming Friday", "2025-03-14"),
        ("a week on Thursday", "2025-03-27"),
        ("a week on Friday", "2025-03-21"),
        ("Thursday fortnight", "2025-04-03"),
        ("a fortnight on Friday", "2025-03-28"),
        ("a week today", "2025-03-20"),
        ("a week tomorrow", "2025-03-21"),
        ("end of the year", "2025-12-31"),
        ("the end of next year", "2026-12-31"),
        ("first of April", "2025-04-01"),
        ("the first of January 2026", "2026-01-01"),
        ("18-Mar-25", "2025-03-18"),
    ],
)
def test_a_day_is_read_as_people_say_it(text: str, day: str) -> None:
    assert parse_day(text, THURSDAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tax by end of March", "2025-03-31"),
        ("before Friday ask HR", "2025-03-14"),
        ("Ask HR by Good Friday.", None),
        ("the week before he left", None),
        ("by and large fine", None),
        ("by the end of the week", None),
        ("by 1 January 2500", None),
    ],
)
def test_a_deadline_is_read_where_it_is_sure(text: str, day: str | None) -> None:
    found = deadline_in(text, THURSDAY)
    assert (found.isoformat() if found else None) == day


def test_a_day_that_could_be_two_or_none_is_refused() -> None:
    said = refused("end of the week", THURSDAY)
    assert said == (
        "`end of the week` could be `Fri 14 Mar 2025` or `Sun 16 Mar 2025`; write the one you mean"
    )
    assert refused("29 February", THURSDAY) == (
        "there is no 29 February 2026; the next is `Tue 29 Feb 2028`"
    )
    assert parse_day("29 February", dt.date(2027, 6, 1)) == dt.date(2028, 2, 29)
    assert "there is no day 0 in a month" in refused("0th", THURSDAY)
    assert "by Friday" in refused("by Friday", THURSDAY, "behind")


WHOLE = (
    dt.date.isoformat,
    short_date,
    long_date,
    "{0.year}/{0.month}/{0.day}".format,
    "{0.day}.{0.month}.{0.year}".format,
    "{0.day:02}.{0.month:02}.{0.year}".format,
    "{0.day}. {0.month}. {0.year}".format,
    "{0:%Y%m%d}".format,
    lambda day: f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    lambda day: f"{ordinal(day.day)} of {MONTHS[day.month - 1]}, {day.year}",
    lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}".upper(),
    lambda day: f"{day.day}-{MONTHS[day.month - 1][:3]}-{day.year}",
    lambda day: f" on {DAYS[day.weekday()].lower()} {day.day}.{day.month}.{day.year} ",
)


@given(st.dates(dt.date(1000, 1, 1)), st.integers(-YEARS_AWAY, YEARS_AWAY), TOWARD)
def test_a_day_with_its_year_is_that_day_whenever_it_is_read(
    day: dt.date, away: int, toward: Toward
) -> None:
    base = dt.date(min(max(day.year + away, dt.MINYEAR), dt.MAXYEAR), 1, 15)
    for written in WHOLE:
        assert parse_day(written(day), base, toward) == day


@given(BASES, BASES, TOWARD)
def test_a_day_without_its_year_lies_where_the_option_looks(
    day: dt.date, base: dt.date, toward: Toward
) -> None:
    month = MONTHS[day.month - 1]
    for text in (f"{day.day}.{day.month}.", f"{day.day} {month}", f"{month[:3]} {day.day}"):
        if (day.month, day.day) == (2, 29):
            continue  # not in every year, and then it is refused; see below
        try:
            result = parse_day(text, base, toward)
        except UsageFault as fault:
            # One that has just passed could be either: both can be typed back.
            days = [parse_day(written, base) for written in str(fault).split("`")[3:6:2]]
            assert {(either.month, either.day) for either in days} == {(day.month, day.day)}
            assert min(abs(either - base).days for either in days) <= JUST_PASSED
            continue
        assert (result.month, result.day) == (day.month, day.day)
        distance = (result - base).days if toward == "ahead" else (base - result).days
        assert 0 <= distance <= 366 - JUST_PASSED


@given(BASES, st.sampled_from(range(7)), TOWARD)
def test_a_weekday_is_within_a_week_and_never_the_day_itself(
    base: dt.date, weekday: int, toward: Toward
) -> None:
    name = DAYS[weekday]
    for text in (name, name[:3].upper(), f"{name[:3].lower()}.", f"on {name}"):
        result = parse_day(text, base, toward)
        assert result.weekday() == weekday
        assert 1 <= ((result - base).days if toward == "ahead" else (base - result).days) <= 7
    assert parse_day(f"{name} week", base) == parse_day(name, base) + dt.timedelta(days=7)


@given(BASES, st.sampled_from(range(7)))
def test_next_and_last_are_taken_only_where_everybody_means_the_same_day(
    base: dt.date, weekday: int
) -> None:
    monday = base - dt.timedelta(days=base.weekday())
    sunday = base - dt.timedelta(days=(base.weekday() + 1) % 7)
    words: tuple[tuple[str, Toward, int], ...] = (("next", "ahead", 1), ("last", "behind", -1))
    for word, toward, weeks in words:
        meant = {
            parse_day(DAYS[weekday], base, toward),
            monday + dt.timedelta(days=weekday + 7 * weeks),
        }
        if word == "next":  # weeks begin on Sunday for some
            meant.add(sunday + dt.timedelta(days=(weekday + 1) % 7 + 7))
        text = f"{word} {DAYS[weekday]}"
        if len(meant) == 1:
            assert parse_day(text, base) in meant
        else:
            message = refused(text, base)
            assert all(short_date(day) in message for day in meant)


@given(st.integers(0, 40), st.integers(0, 40), st.sampled_from("/-"), st.booleans(), BASES)
def test_slashes_are_refused_unless_one_part_is_over_twelve(
    first: int, second: int, mark: str, with_year: bool, base: dt.date
) -> None:
    text = f"{first}{mark}{second}" + (f"{mark}2028" if with_year else "")
    try:
        day = parse_day(text, base)
    except UsageFault:
        return
    assert sorted((day.day, day.month)) == sorted((first, second))
    assert max(first, second) > 12
    assert day.day > 12


@given(BASES, st.integers(1, 400))
def test_a_day_may_be_counted(base: dt.date, count: int) -> None:
    days, weeks = dt.timedelta(days=count), dt.timedelta(weeks=count)
    for text in (f"+{count}d", f"in {count} days", f"{count} days from now"):
        assert parse_day(text, base) == base + days
    for text in (f"-{count}w", f"{count} weeks ago"):
        assert parse_day(text, base) == base - weeks
    for text in (f"+{count}m", f"in {count} months", f"in {count} months' time"):
        assert parse_day(text, base) == months_later(base, count)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2027-01-05"),
        ("Tomorrow", "2027-01-06"),
        ("yesterday", "2027-01-04"),
        ("the day after tomorrow", "2027-01-07"),
        ("the day before yesterday", "2027-01-03"),
        ("in a fortnight", "2027-01-19"),
        ("in two weeks", "2027-01-19"),
        ("a year ago", "2026-01-05"),
        ("next tuesday", "2027-01-12"),
        ("this friday", "2027-01-08"),
        ("coming fri", "2027-01-08"),
        ("18.2.27", "2027-02-18"),
        ("18/2/27", "2027-02-18"),
        ("2/18/27", "2027-02-18"),
        ("18-2-27", "2027-02-18"),
        ("2 weeks", "2027-01-19"),
        ("two weeks", "2027-01-19"),
        ("2w", "2027-01-19"),
        ("10 d", "2027-01-15"),
        ("the 18th", "2027-01-18"),
        ("the 3rd", "2027-02-03"),
        ("12. märz", "2027-03-12"),
        ("3 de enero de 2028", "2028-01-03"),
        ("2027-W07-2", "2027-02-16"),
        ("13/4", "2027-04-13"),
        ("tomorrow week", "2027-01-13"),
        ("today week", "2027-01-12"),
        ("4/13/2027", "2027-04-13"),
        ("end of the month", "2027-01-31"),
        ("the end of next month", "2027-02-28"),
        ("End of March", "2027-03-31"),
        ("end of February 2028", "2028-02-29"),
        ("2077-12-31", "2077-12-31"),
    ],
)
def test_days_as_people_write_them(text: str, day: str) -> None:
    assert parse_day(text, TUESDAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "says"),
    few(
        [
            ("3/4", "write `3 April` or `4 March`"),
            ("3/4/2027", "write `3 April 2027` or `4 March 2027`"),
            ("2/2", "write `2 February`"),
            ("3/4/27", "write `3 April 2027` or `4 March 2027`"),
            ("27/2/18", "`Tue 27 Feb 2018` or `Thu 18 Feb 2027`"),
            ("26-12-27", "`Sun 26 Dec 2027` or `Sun 27 Dec 2026`"),
            ("2m", "is not a day"),
            ("18st", "`18st` is no number; is it `18th`?"),
            ("11st of March", "is it `11th`?"),
            ("nächsten Freitag", "`Fri 8 Jan 2027` or `Fri 15 Jan 2027`"),
            ("el viernes que viene", "`Fri 8 Jan 2027` or `Fri 15 Jan 2027`"),
            ("Ende der Woche", "`Fri 8 Jan 2027` or `Sun 10 Jan 2027`"),
            ("Donnerstag, den 8. Januar", "8 January 2027 is a Friday"),
            ("in acht Tagen", "is not a day"),
            ("en quince días", "is not a day"),
            ("18.", "is not a day"),
            ("Mitte April", "is not a day"),
            ("next friday", "`Fri 8 Jan 2027` or `Fri 15 Jan 2027`"),
            ("this monday", "`Mon 4 Jan 2027` or `Mon 11 Jan 2027`"),
            ("fri 18 feb 2027", "18 February 2027 is a Thursday"),
            ("26 december", "`Sat 26 Dec 2026` or `Sun 26 Dec 2027`"),
            ("+1d ago", "is not a day"),
            ("from 12 January 2027", "is not a day"),
            ("12 January 2027?", "is not a day"),
            ("next week", "does not say which day"),
            ("March", "does not say which day"),
            ("12", "does not say which day"),
            ("31.4.", "there is no 31 April 2027"),
            ("29.2.", "there is no 29 February 2027"),
            ("1.13.", "there is no month 13"),
            ("+9999y", "goes past the year 9999"),
            ("9999-12-31", "lies 7,972 years away; write a day of the years 1977 to 2077"),
            ("0001-01-01", "lies 2,026 years away; write a day of the years 1977 to 2077"),
            ("+9999w", "`+9999w` is 2218-08-25, and lies 191 years away"),
            ("easter", "is not a day"),
            ("Good Friday", "is not a day"),
            ("Christmas Eve", "is not a day"),
            ("new year 2028", "is not a day"),
            ("end of december", "`Thu 31 Dec 2026` or `Fri 31 Dec 2027`"),
            ("", "is not a day"),
            ("soon", "is not a day"),
            ("frday", "is not a day"),
        ],
        10,
    ),
)
def test_what_is_no_day_or_two_is_refused(text: str, says: str) -> None:
    assert says in refused(text)


@pytest.mark.parametrize("text", ["2 weeks", "two weeks", "2w", "14 days"])
@pytest.mark.req("R141")
def test_what_is_counted_alone_lies_where_a_day_is_looked_for(text: str) -> None:
    assert parse_day(text, TUESDAY).isoformat() == "2027-01-19"
    assert parse_day(text, TUESDAY, "behind").isoformat() == "2026-12-22"
    assert is_counted(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("viernes", "2027-01-08"),
        ("übermorgen", "2027-01-07"),
        ("hier", "2027-01-04"),
        ("le 18 février", "2027-02-18"),
        ("lundi 18 janvier 2027", "2027-01-18"),
        ("vrijdag", "2027-01-08"),
        ("am Freitag", "2027-01-08"),
        ("bis zum 18.", "2027-01-18"),
        ("spätestens am 18. März", "2027-03-18"),
        ("Freitag, den 15. Januar", "2027-01-15"),
        ("kommenden Montag", "2027-01-11"),
        ("nächsten Dienstag", "2027-01-12"),
        ("in zwei Wochen", "2027-01-19"),
        ("in vierzehn Tagen", "2027-01-19"),
        ("Freitag in einer Woche", "2027-01-15"),
        ("vor einem Monat", "2026-12-05"),
        ("Ende März", "2027-03-31"),
        ("bis Monatsende", "2027-01-31"),
        ("Ende nächsten Monats", "2027-02-28"),
        ("el viernes", "2027-01-08"),
        ("antes del viernes", "2027-01-08"),
        ("este miércoles", "2027-01-06"),
        ("el 3", "2027-02-03"),
        ("para el 18 de marzo de 2028", "2028-03-18"),
        ("lunes, el 18 de enero", "2027-01-18"),
        ("dentro de un mes", "2027-02-05"),
        ("hace dos semanas", "2026-12-22"),
        ("el martes pasado", "2026-12-29"),
        ("pasado mañana", "2027-01-07"),
        ("finales de marzo de 2028", "2028-03-31"),
        ("a fin de mes", "2027-01-31"),
    ],
)
def test_other_languages_are_read_where_they_mean_one_day(text: str, day: str) -> None:
    assert parse_day(text, TUESDAY).isoformat() == day


def test_a_day_that_was_lies_behind_in_other_languages_too() -> None:
    assert parse_day("am Freitag", TUESDAY, "behind").isoformat() == "2027-01-01"
    assert parse_day("el 18", TUESDAY, "behind").isoformat() == "2026-12-18"
    with pytest.raises(UsageFault):
        parse_day("bis Freitag", TUESDAY, "behind")
    assert is_counted("in zwei Wochen")
    assert is_counted("dentro de dos semanas")
    assert not is_counted("el 18")


def test_next_said_on_a_sunday_is_two_days() -> None:
    sunday = dt.date(2026, 11, 29)
    assert "`Tue 1 Dec 2026` or `Tue 8 Dec 2026`" in refused("next tuesday", sunday)


def test_the_library_is_loaded_for_nothing_that_is_read_without_it() -> None:
    program = (
        "import datetime as dt, sys\n"
        "from trajplan.dates import parse_clock, parse_day\n"
        "for text in ('fri', '18 Feb', 'in two weeks', 'Tue 23 Feb 2027', 'am Freitag', 'el 18'):\n"
        "    parse_day(text, dt.date(2027, 1, 5))\n"
        "parse_clock('9am')\n"
        "print({'dateparser', 'zoneinfo', 'calendar'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "set()\n"


@pytest.mark.parametrize(
    "text",
    [
        "lundi 5 janvier 2027",  # a Tuesday
        "nächste Woche",
        "mars",
        "mar.",  # Tuesday in French, March in most others
        "mardi ou jeudi",
        "in 2 hours",
        "noon",
        "mon 3",
        "18 feb 18",
        "me",
    ],
)
def test_a_library_that_guesses_does_not_decide(text: str) -> None:
    refused(text)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("9 March 14:00", "2027-03-09", "14:00"),
        ("fri at 2 pm", "2027-01-08", "14:00"),
        ("19.2. 9am", "2027-02-19", "09:00"),
        ("2027-01-12", "2027-01-12", ""),
        ("19.2", "2027-02-19", ""),
        ("fri 29.01", "2027-01-29", ""),
    ],
)
def test_a_day_may_have_a_time_behind_it(text: str, day: str, clock: str) -> None:
    date, time = parse_day_and_time(text, TUESDAY)
    assert (date.isoformat(), time) == (day, clock)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fri 15.01", "write `Fri 15 Jan 2027` or `Fri 8 Jan 2027 15:01`"),
        ("9 March 9", "`9 March 9` is not a day"),
        ("soon 14:00", "is not a day"),
    ],
)
def test_a_day_and_a_time_are_not_guessed_either(text: str, says: str) -> None:
    with pytest.raises(UsageFault) as fault:
        parse_day_and_time(text, TUESDAY)
    assert says in str(fault.value)


@given(st.times())
def test_every_time_of_the_day_is_read_as_written(time: dt.time) -> None:
    clock = f"{time:%H:%M}"
    half = "am" if time.hour < 12 else "pm"
    hour = time.hour % 12 or 12
    for text in (clock, f"{time.hour}.{time.minute:02}", f"{time.hour}h{time.minute:02}"):
        assert parse_clock(text) == clock
    if time.minute or hour != 12:
        assert parse_clock(f"{hour}:{time.minute:02} {half}") == clock
        assert parse_clock(f"{hour}:{time.minute:02}{half[0]}.m.".upper()) == clock


@pytest.mark.parametrize(
    ("text", "clock"),
    [("9am", "09:00"), ("2 PM", "14:00"), ("14", "14:00"), ("09", "09:00"), ("14h", "14:00"),
     ("noon", "12:00"), ("midnight", "00:00"), ("14 Uhr", "14:00")],
)  # fmt: skip
def test_times_as_people_write_them(text: str, clock: str) -> None:
    assert parse_clock(text) == clock


@pytest.mark.parametrize(
    ("text", "says"),
    [("9", "09:00 or 21:00"), ("12am", "00:00 or 12:00"), ("12 pm", "00:00 or 12:00"),
     ("8 o'clock", "08:00 or 20:00"), ("8:30 o'clock", "08:30 or 20:30"), ("12", "00:00 or 12:00"),
     ("25:00", "is not a time of day"), ("9:75", "is not"), ("24", "is not"), ("13pm", "is not"),
     ("half past", "is not"), ("0", "is not")],
)  # fmt: skip
def test_times_that_could_be_two_are_refused_with_both(text: str, says: str) -> None:
    with pytest.raises(UsageFault, match=says):
        parse_clock(text)


@pytest.mark.parametrize(
    ("days", "words"),
    [(9, "in 9 days"), (2, "in 2 days"), (1, "tomorrow"), (0, "today"), (-1, "yesterday"),
     (-2, "2 days ago")],
)  # fmt: skip
def test_how_far_a_day_is_as_people_say_it(days: int, words: str) -> None:
    day = dt.date(2027, 2, 23)
    assert due_words(day + dt.timedelta(days), day) == words
