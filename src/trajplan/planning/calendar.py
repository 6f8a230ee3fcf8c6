"""Dates of a journey and clock times of a session (R4). Whole days and wall-clock minutes only."""

from __future__ import annotations

import calendar
import datetime as dt

CADENCE_DAYS = range(10, 22)
"""The rhythm in which two weeks between sessions may vary before the plan remarks on it."""


def session_date(start: dt.date, every_days: int, number: int) -> dt.date:
    """Date of session `number` (from 1): 14 days apart, session 12 is 154 days after the first."""
    return start + dt.timedelta(days=every_days * (number - 1))


def midpoint(held: dt.date, following: dt.date) -> dt.date:
    """The day half-way to the next session, where a short message is due (R101)."""
    return held + (following - held) // 2


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month later on, or the last one of a shorter month (R111)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return dt.date(year, month0 + 1, min(day.day, last))


def clock(start: str, minutes: int) -> str:
    """Wall-clock time `minutes` after `start`; both `HH:MM`. Runs past midnight."""
    hours, mins = start.split(":")
    total = (int(hours) * 60 + int(mins) + minutes) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"


def instant(day: dt.date, start: str, zone: str) -> dt.datetime | None:
    """The moment a session begins, in UTC; None while its time or its zone is not agreed.

    The wall clock is kept all year, so the moment moves with daylight saving. A time the clock
    skips is read as if it had not been put forward yet, one it shows twice as the first.
    """
    if not start or not zone:
        return None
    import zoneinfo

    hours, minutes = map(int, start.split(":"))
    wall = dt.datetime.combine(day, dt.time(hours, minutes), zoneinfo.ZoneInfo(zone))
    return wall.astimezone(dt.UTC)
