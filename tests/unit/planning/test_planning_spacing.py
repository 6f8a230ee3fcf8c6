"""Days of a journey around days off (R4): laws, and the cases a coach would ask about."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.errors import CannotDo
from trajplan.planning.calendar import nearest_allowed, next_free, session_date, spaced_dates
from trajplan.zones import instant

START = dt.date(2027, 3, 1)
OFF = st.frozensets(st.integers(0, 300), max_size=60)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def grid(step: int, count: int = 12) -> list[dt.date]:
    return [session_date(START, step, number) for number in range(1, count + 1)]


@pytest.mark.req("R4")
@given(off=OFF, step=st.integers(1, 30))
def test_no_day_is_off_and_no_two_are_too_near(off: frozenset[int], step: int) -> None:
    days = {START + dt.timedelta(days=one) for one in off}
    found = spaced_dates(grid(step), days.__contains__)
    assert len(found) == 12
    assert not days & set(found)
    for before, after in itertools.pairwise(found):
        assert (after - before).days >= nearest_allowed(step)
    assert all(got >= wanted for got, wanted in zip(found, grid(step), strict=True))


@pytest.mark.req("R4")
@given(step=st.integers(1, 60))
def test_without_days_off_the_rhythm_is_kept(step: int) -> None:
    assert list(spaced_dates(grid(step), lambda _: False)) == grid(step)


def test_a_single_day_off_moves_one_session_to_the_next_working_day() -> None:
    found = spaced_dates(grid(14), {day("2027-03-29")}.__contains__)
    assert found[2] == day("2027-03-30")
    assert [*found[:2], *found[3:]] == [*grid(14)[:2], *grid(14)[3:]]


def test_a_long_holiday_lets_the_rest_go_on_from_there() -> None:
    off = {day("2027-03-29") + dt.timedelta(days=one) for one in range(14)}
    found = spaced_dates(grid(14), off.__contains__)
    assert found[2] == day("2027-04-12")
    assert found[3] == day("2027-04-26")
    assert {(b - a).days for a, b in itertools.pairwise(found[2:])} == {14}


def test_the_next_free_day_is_a_working_day_unless_a_weekend_was_wanted() -> None:
    friday, saturday = day("2027-03-05"), day("2027-03-06")
    assert next_free(friday, {friday}.__contains__) == day("2027-03-08")
    assert next_free(saturday, {saturday}.__contains__) == day("2027-03-07")
    with pytest.raises(CannotDo, match="no day is free"):
        next_free(friday, lambda _: True)


@pytest.mark.parametrize(
    ("zone", "date", "clock", "utc"),
    [
        ("Europe/Berlin", "2027-03-27", "10:00", "2027-03-27T09:00"),
        ("Europe/Berlin", "2027-03-28", "10:00", "2027-03-28T08:00"),
        ("America/New_York", "2027-03-13", "10:00", "2027-03-13T15:00"),
        ("America/New_York", "2027-03-14", "10:00", "2027-03-14T14:00"),
        ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:30"),
        ("Europe/Berlin", "2027-10-31", "02:30", "2027-10-31T00:30"),
        ("Asia/Tokyo", "2027-01-01", "00:10", "2026-12-31T15:10"),
    ],
)
def test_the_moment_in_utc(zone: str, date: str, clock: str, utc: str) -> None:
    found = instant(day(date), clock, zone)
    assert found
    assert found.strftime("%Y-%m-%dT%H:%M") == utc
    assert instant(day(date), "", zone) is instant(day(date), clock, "") is None
