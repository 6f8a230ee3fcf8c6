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
_MONTH_NAMES = (
    "january jan januar jänner enero",
    "february feb februar febrero",
    "march mar märz marzo",
    "april apr abril",
    "may mai mayo",
    "june jun juni junio",
    "july jul juli julio",
    "august aug agosto",
    "september sept sep septiembre",
    "october oct oktober okt octubre",
    "november nov noviembre",
    "december dec dezember dez diciembre",
)
"""As people write them in English, German and Spanish."""
_MONTH_WORDS = {
    word: number for number, words in enumerate(_MONTH_NAMES, 1) for word in words.split()
}
_ANY_MONTH = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_NAMED_DAY = re.compile(
    r"(?<![\w.])(?:"
    r"(?P<isoy>\d{4})-(?P<isom>\d{2})-(?P<isod>\d{2})"
    r"|(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?P<y>\d{4})?"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?P<month>{_ANY_MONTH})\b\.?"
    r"(?:,?\s+(?:de\s+)?(?P<year>\d{4}))?"
    rf"|(?P<first>{_ANY_MONTH})\.?\s+(?P<second>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?:,?\s+(?P<year2>\d{4}))?"
    r")(?!\d)",
    re.IGNORECASE,
)
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


def day_in(text: str, said: dt.date) -> dt.date | None:
    """The first day ahead of `said` that a text names, such as `the deadline is 12 March`.

    A day without a year is the one nearest to `said`; one that has passed is no day to keep in
    mind. What could be read in two ways, such as `3/4`, is not read at all.
    """
    days = (_named_day(match, said) for match in _NAMED_DAY.finditer(text))
    return min((day for day in days if day and day >= said), default=None)


def _named_day(match: re.Match[str], said: dt.date) -> dt.date | None:
    word = (match["month"] or match["first"] or "").casefold()
    month = _MONTH_WORDS[word] if word else int(match["m"] or match["isom"])
    day = int(match["day"] or match["second"] or match["d"] or match["isod"])
    year = match["year"] or match["year2"] or match["y"] or match["isoy"]
    years = (int(year),) if year else (said.year - 1, said.year, said.year + 1)
    days = []
    for possible in years:
        try:
            days.append(dt.date(possible, month, day))
        except ValueError:
            continue
    return min(days, key=lambda near: abs((near - said).days), default=None)


def parse_clock(text: str) -> str:
    """Read a time of day and return it as `HH:MM`. Raises UsageFault."""
    clock = _CLOCK.fullmatch(text.strip())
    if not clock:
        raise UsageFault(f"`{text}` is not a time of day; write it like 14:00")
    return f"{int(clock[1]):02d}:{clock[2]}"


def long_date(day: dt.date | str) -> str:
    """`Tuesday 23 February 2027`, whatever the machine's language. `day`: a date, or ISO text."""
    return f"{day_and_month(day)} {_as_date(day).year}"


def day_and_month(day: dt.date | str) -> str:
    """`Tuesday 23 February`, where the year goes without saying. `day`: a date, or ISO text."""
    date = _as_date(day)
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"


def short_date(day: dt.date | str) -> str:
    """`Tue 23 Feb 2027`. `day`: a date, or ISO text."""
    date = _as_date(day)
    return f"{DAYS[date.weekday()][:3]} {date.day} {MONTHS[date.month - 1][:3]} {date.year}"


def due_words(due: dt.date | str, day: dt.date) -> str:
    """How far a day is from another: `in 9 days`, `today`, `2 days ago`."""
    days = (_as_date(due) - day).days
    if days == 0:
        return "today"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {count}" if days > 0 else f"{count} ago"


def _as_date(day: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day
