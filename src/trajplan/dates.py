"""Days as a coach types and reads them, and the injected clock.

`TRAJPLAN_TODAY` (ISO date or date-time) stands in for the machine's clock, so that the same inputs
give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from trajplan.errors import UsageFault

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = tuple(name.lower() for name in DAYS)
POSSIBLE = "2027-01-12, `today`, `tomorrow`, `+14d`, `+2w` or a weekday"
_AHEAD = re.compile(r"\+(\d{1,4})([dw])")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def today(environ: Mapping[str, str]) -> dt.date:
    """The injected day, else the machine's. Raises UsageFault when TRAJPLAN_TODAY is not a day."""
    injected = environ.get("TRAJPLAN_TODAY", "").strip()
    if not injected:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.datetime.fromisoformat(injected).date()
    except ValueError:
        raise UsageFault(f"TRAJPLAN_TODAY is `{injected}`, not an ISO date or date-time") from None


def parse_day(text: str, base: dt.date) -> dt.date:
    """Read a day, counted from `base` where it is relative; a weekday is the next one after it.

    Raises UsageFault saying what is possible.
    """
    try:
        return _day(text, base)
    except OverflowError:
        raise UsageFault(f"`{text}` goes past the year 9999; possible are {POSSIBLE}") from None


def _day(text: str, base: dt.date) -> dt.date:
    word = text.strip().lower()
    if word in ("today", "tomorrow"):
        return base + dt.timedelta(days=word == "tomorrow")
    ahead = _AHEAD.fullmatch(word)
    if ahead:
        return base + dt.timedelta(days=int(ahead[1]) * (7 if ahead[2] == "w" else 1))
    if word in WEEKDAYS:
        days = (WEEKDAYS.index(word) - base.weekday() - 1) % 7 + 1
        return base + dt.timedelta(days=days)
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        raise UsageFault(f"`{text}` is not a day; possible are {POSSIBLE}") from None


def parse_clock(text: str) -> str:
    """Read a time of day and return it as `HH:MM`. Raises UsageFault."""
    clock = _CLOCK.fullmatch(text.strip())
    if not clock:
        raise UsageFault(f"`{text}` is not a time of day; write it like 14:00")
    return f"{int(clock[1]):02d}:{clock[2]}"


def long_date(day: dt.date | str) -> str:
    """`Tuesday 23 February 2027`, whatever the machine's language. `day`: a date, or ISO text."""
    date = _as_date(day)
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def short_date(day: dt.date | str) -> str:
    """`Tue 23 Feb 2027`. `day`: a date, or ISO text."""
    date = _as_date(day)
    return f"{DAYS[date.weekday()][:3]} {date.day} {MONTHS[date.month - 1][:3]} {date.year}"


def _as_date(day: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day
