"""Dates of a journey and clock times of a session (R4)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.dates import months_later
from trajplan.planning.calendar import CADENCE_DAYS, clock, midpoint, session_date

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


@pytest.mark.req("R4")
@given(start=DAYS)
def test_twelve_sessions_end_154_days_after_the_first(start: dt.date) -> None:
    assert session_date(start, 14, 1) == start
    assert (session_date(start, 14, 12) - start).days == 154
    assert session_date(start, 14, 7).weekday() == start.weekday()


@pytest.mark.req("R4")
@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("2028-02-15", 2, "2028-02-29"),
        ("2027-02-15", 2, "2027-03-01"),
        ("2026-12-24", 2, "2027-01-07"),
        ("2026-03-23", 2, "2026-04-06"),
        ("2026-10-19", 2, "2026-11-02"),
        ("2027-10-04", 12, "2028-03-06"),
    ],
)
def test_leap_days_year_ends_and_clock_changes(start: str, number: int, expected: str) -> None:
    assert session_date(dt.date.fromisoformat(start), 14, number).isoformat() == expected


@pytest.mark.req("R4")
def test_the_rhythm_is_ten_to_twenty_one_days() -> None:
    assert [days in CADENCE_DAYS for days in (9, 10, 14, 21, 22)] == [
        False,
        True,
        True,
        True,
        False,
    ]


@pytest.mark.req("R111")
@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-08-15", 6, "2027-02-15"),
        ("2026-12-31", 6, "2027-06-30"),
        ("2026-06-30", 6, "2026-12-30"),
        ("2026-01-31", 0, "2026-01-31"),
        ("2028-02-29", 12, "2029-02-28"),
    ],
)
def test_months_later_ends_on_a_day_that_exists(day: str, months: int, expected: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months).isoformat() == expected


@given(day=DAYS, months=st.integers(0, 60))
def test_months_later_is_in_the_right_month(day: dt.date, months: int) -> None:
    got = months_later(day, months)
    assert (got.year * 12 + got.month) - (day.year * 12 + day.month) == months
    assert got.day == day.day or (got + dt.timedelta(1)).day == 1 < day.day


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("10:00", 90, "11:30"),
        ("23:30", 45, "00:15"),
        ("09:05", 0, "09:05"),
        ("00:00", 1440, "00:00"),
        ("7:05", 55, "08:00"),
    ],
)
def test_the_clock_runs_on_past_midnight(start: str, minutes: int, expected: str) -> None:
    assert clock(start, minutes) == expected


@pytest.mark.req("R101")
@pytest.mark.parametrize(
    ("held", "following", "off", "expected"),
    [
        ("2026-03-02", "2026-03-16", "", "2026-03-09"),
        ("2026-03-02", "2026-03-17", "", "2026-03-09"),
        # Neither on a weekend nor on a day off.
        ("2026-02-28", "2026-03-14", "", "2026-03-06"),
        ("2026-03-01", "2026-03-15", "", "2026-03-09"),
        ("2026-03-02", "2026-03-16", "2026-03-09", "2026-03-10"),
        # Three days after the session at the soonest, and before the next one.
        ("2026-03-02", "2026-03-09", "", "2026-03-05"),
        ("2026-03-02", "2026-03-07", "", "2026-03-05"),
        ("2026-03-02", "2026-03-06", "2026-03-05", None),
        ("2026-03-02", "2026-03-05", "", None),
        ("2026-03-02", "2026-03-03", "", None),
        ("2026-03-05", "2026-03-09", "", None),  # only a weekend lies between
    ],
)
def test_a_word_is_sent_halfway_on_a_working_day_and_never_the_morning_after(
    held: str, following: str, off: str, expected: str | None
) -> None:
    days_off = [dt.date.fromisoformat(day) for day in off.split()]
    day = midpoint(
        dt.date.fromisoformat(held), dt.date.fromisoformat(following), days_off.__contains__
    )
    assert (day.isoformat() if day else None) == expected
