"""Days and times as a coach types and reads them, and the injected clock.

`TRAJPLAN_TODAY` (ISO date or date-time) stands in for the machine's clock, so that the same inputs
give the same bytes.

A day is never guessed. What people write in one way only is read here; what could be two days is
refused with both; what is in another language goes to a library (decision 0025).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Literal

from trajplan.errors import UsageFault
from trajplan.text import ordinal, quote
from trajplan.translated_days import in_english
from trajplan.zones import TwoClocks, in_zone

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
POSSIBLE = "2027-01-12, `12 Jan`, `12.1.`, `fri`, `tomorrow`, `in 2 weeks` or `+14d`"
Toward = Literal["ahead", "behind"]
"""Where a day lies that could lie on either side: a due day ahead, one that is looked back to
behind. Today is on both sides."""

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
MONTH_WORDS = {
    word: number for number, words in enumerate(_MONTH_NAMES, 1) for word in words.split()
}
ANY_MONTH = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))
"""A pattern of all of them."""
_DAY_NAMES = (
    "monday mon",
    "tuesday tues tue",
    "wednesday weds wed",
    "thursday thurs thur thu",
    "friday fri",
    "saturday sat",
    "sunday sun",
)
_DAY_WORDS = {word: index for index, words in enumerate(_DAY_NAMES) for word in words.split()}
_ANY_DAY = "(?:" + "|".join(_DAY_WORDS) + ")"
_NEAR = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}
_COUNTS = {
    word: count
    for count, words in enumerate(
        "a/an/one two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905
        1,
    )
    for word in words.split("/")
}
_COUNT = r"\d{1,4}|" + "|".join(_COUNTS)
_UNIT = "days?|weeks?|fortnights?|months?|years?"
_VAGUE = f"week|weekend|month|year|{ANY_MONTH}"
JUST_PASSED = 60
"""Days in which a day without its year may as well be the one that was."""
YEARS_AWAY = 50
"""How far ahead or back a day may lie: longer than anybody coaches or is coached."""
_SPANS = {"d": 1, "w": 7, "f": 14}
"""Days of a unit, by its first letter; months and years have no fixed length."""


def today(environ: Mapping[str, str], zone: str = "") -> dt.date:
    """The injected day, else the machine's; in the coach's zone, where that is known.

    Raises UsageFault when TRAJPLAN_TODAY is not a day.
    """
    injected = environ.get("TRAJPLAN_TODAY", "").strip()
    if not injected:
        return in_zone(dt.datetime.now(dt.UTC), zone).date()
    try:
        moment = dt.datetime.fromisoformat(injected)
    except ValueError:
        raise UsageFault(f"TRAJPLAN_TODAY is `{injected}`, not an ISO date or date-time") from None
    # Without an offset it is the coach's own clock already.
    return in_zone(moment, zone).date() if zone and moment.tzinfo else moment.date()


class NoDay(UsageFault):
    """The words name no day at all."""


NO_SUCH_DAY = "date value out of range"
"""What Python says, too, where a day would lie past the year 9999 or before the year 1."""


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month later on, or the last one of a shorter month (R111).

    Raises OverflowError as adding days does.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(NO_SUCH_DAY)
    from calendar import monthrange  # loads `locale`, which few commands need

    last = monthrange(year, month0 + 1)[1]
    return dt.date(year, month0 + 1, min(day.day, last))


_LONGEST_DAY = 200
"""Characters of a day, however it is put; no more are searched."""


def parse_day(text: str, base: dt.date, toward: Toward = "ahead") -> dt.date:
    """Read a day as people write it, counted from `base` where it is relative (R141).

    A weekday is the next one after `base`, or with `behind` the last one before it; a day without
    its year is the first from `base` on, or the last until then. Raises UsageFault saying what is
    possible, for what could be two days saying which two, and for a day nobody alive plans for.
    """
    if len(text) > _LONGEST_DAY:
        raise NoDay(f"{quote(text)} is not a day; possible are {POSSIBLE}")
    words = " ".join(text.casefold().replace(",", " ").split()).removeprefix("on ")
    if toward == "ahead":
        # What is due by Friday, or before it, is looked for on Friday.
        words = words.removeprefix("by ").removeprefix("before ")
    try:
        day = (
            _english_day(words, base, toward)
            or _english_day(in_english(words, ahead=toward == "ahead"), base, toward)
            or _foreign_day(words, base, toward)
        )
    except OverflowError:
        raise UsageFault(
            f"{quote(text)} goes past the year 9999; possible are {POSSIBLE}"
        ) from None
    if day is None:
        raise NoDay(f"{quote(text)} is not a day; possible are {POSSIBLE}")
    _refuse_far_off(text, day, base)
    return day


_DEADLINE = r"(?:by|before) (?P<begins>.+)|.* by (?P<ends>.+)"
_MOST_WORDS = 6
"""Words of a day, in any form."""


def deadline_in(text: str, base: dt.date) -> dt.date | None:
    """The day by which a text says that it matters: `tax by end of March`, `before Friday ask HR`.

    Only where it begins or ends so; None where that could be several days, or lies far off.
    """
    words = " ".join(text.casefold().replace(",", " ").split()).rstrip(".!")
    match = re.fullmatch(_DEADLINE, words)
    if match is None:
        return None
    ends, begins = match["ends"], (match["begins"] or "").split()
    lengths = range(min(len(begins), _MOST_WORDS), 0, -1)
    for day in [ends] if ends else [" ".join(begins[:length]) for length in lengths]:
        try:
            found = _english_day(day, base, "ahead")
        except NoDay:
            continue
        except (UsageFault, OverflowError):
            return None
        if found:
            return found if is_near(found, base) else None
    return None


def is_near(day: dt.date, base: dt.date) -> bool:
    """Whether a day lies where anybody plans for it."""
    return abs(day.year - base.year) <= YEARS_AWAY


def parse_past_day(text: str, today: dt.date) -> dt.date:
    """Read the day of something that has been, today where none is given. Raises UsageFault."""
    day = parse_day(text, today, "behind") if text else today
    if day > today:
        raise UsageFault(f"--date {day} is in the future; today is {today}")
    return day


def _refuse_far_off(text: str, day: dt.date, base: dt.date) -> None:
    """Refuse a day that only a slip of the pen gives: `9999-12-31`, or 2207 for 2027."""
    if not is_near(day, base):
        years = abs(day.year - base.year)
        first = max(base.year - YEARS_AWAY, dt.MINYEAR)
        last = min(base.year + YEARS_AWAY, dt.MAXYEAR)
        written = quote(text) if text.strip() == f"{day}" else f"{quote(text)} is {day}, and"
        raise UsageFault(
            f"{written} lies {years:,} years away; write a day of the years {first} to {last}"
        )


def _foreign_day(words: str, base: dt.date, toward: Toward) -> dt.date | None:
    # Loads a library, so only for what nothing else reads.
    from trajplan.foreign_days import foreign_day

    return foreign_day(words, base, ahead=toward == "ahead")


def _english_day(words: str, base: dt.date, toward: Toward) -> dt.date | None:
    """Read what this program knows by itself: ISO days, numbers with dots, English words."""
    for number, ending in re.findall(r"\b(\d{1,2})(st|nd|rd|th)\b", words):
        if ordinal(int(number)) != f"{number}{ending}":
            # Either may be the slip: `21th` is the 21st or the 20th.
            raise UsageFault(f"`{number}{ending}` is no number; is it `{ordinal(int(number))}`?")
    for pattern, read in _FORMS:
        match = re.fullmatch(pattern, words)
        if match:
            return read(match, base, toward)
    return None


def is_counted(text: str) -> bool:
    """Whether a day is told by how far it is, such as `+6m` or `in two weeks`, so that nobody chose
    the very day."""
    words = " ".join(text.casefold().split())

    def counts(said: str) -> bool:
        return any(re.fullmatch(pattern, said) for pattern, read in _FORMS if read is _counted)

    # What is English isn't looked for in other languages.
    return counts(words) or counts(in_english(words, ahead=True))


def _near(match: re.Match[str], base: dt.date, _toward: Toward) -> dt.date:
    return base + dt.timedelta(days=_NEAR[match[1]])


def _counted(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date:
    """`+2w`, `in two weeks`, `3 days ago`; `2 weeks` alone lies where the day is looked for."""
    sign, count, unit, ago = match["sign"], match["count"], match["unit"], match["ago"]
    number = _COUNTS.get(count) or int(count)
    back = sign == "-" or ago == "ago" or (sign is None and toward == "behind")
    return _later(base, -number if back else number, unit[0])


def _later(base: dt.date, number: int, unit: str) -> dt.date:
    if unit in _SPANS:
        return base + dt.timedelta(days=number * _SPANS[unit])
    return months_later(base, number * (12 if unit == "y" else 1))


def _weekday(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date:
    """`fri` is the next Friday, or behind the last; `next fri` only where that is one day."""
    which, name = match["which"] or "", match["day"]
    index = _DAY_WORDS[name]
    coming = base + dt.timedelta(days=(index - base.weekday() - 1) % 7 + 1)
    past = base - dt.timedelta(days=(base.weekday() - index - 1) % 7 + 1)
    of_this_week = base + dt.timedelta(days=index - base.weekday())
    if which == "this":
        if of_this_week < base and toward == "ahead":
            raise _two_days(match[0], of_this_week, coming)
        return of_this_week
    week = dt.timedelta(days=7)
    if which == "next":
        # Weeks begin on Sunday for some.
        sunday = base - dt.timedelta(days=(base.weekday() + 1) % 7)
        of_sunday_week = sunday + dt.timedelta(days=(index + 1) % 7)
        return _one_day(match[0], coming, of_this_week + week, of_sunday_week + week)
    if which == "last":
        return _one_day(match[0], past, of_this_week - week)
    return coming if which.endswith("coming") or toward == "ahead" else past


def _week_after(match: re.Match[str], base: dt.date, _toward: Toward) -> dt.date:
    """`Friday week` and `a week on Friday`: seven days after the coming one; `tomorrow week`: eight
    days from today; `Friday fortnight`: fourteen after the coming one."""
    day = match["day"]
    later = 14 if "fortnight" in match[0] else 7
    if day in _NEAR:
        return base + dt.timedelta(days=_NEAR[day] + later)
    return base + dt.timedelta(days=(_DAY_WORDS[day] - base.weekday() - 1) % 7 + 1 + later)


def _with_weekday(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date | None:
    """`Fri 18 Feb 2028`: the name must be that of the day."""
    day = _english_day(match["rest"], base, toward)
    if day is not None and day.weekday() != _DAY_WORDS[match["day"]]:
        raise UsageFault(
            f"`{match[0]}` does not fit: {day.day} {MONTHS[day.month - 1]} {day.year} is a "
            f"{DAYS[day.weekday()]}"
        )
    return day


def _full(match: re.Match[str], _base: dt.date, _toward: Toward) -> dt.date:
    return _existing(int(match["year"]), int(match["month"]), int(match["d"]))


def _iso_week(match: re.Match[str], _base: dt.date, _toward: Toward) -> dt.date | None:
    """`2027-W07-2`."""
    try:
        return dt.date.fromisoformat(match[0].upper())
    except ValueError:
        return None


def _dotted(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date:
    """Dots mean day and month, in this order."""
    year = match["year"]
    if year and len(year) == 2:
        year = f"20{year}"
    return _day_of(match["d"], int(match["month"]), year, base, toward)


def _slashed(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date:
    """Slashes mean day and month in some countries, month and day in others."""
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    if year and len(year) == 2:
        _refuse_year_first(match, base)
        year = f"20{year}"
    if first > 12:
        return _day_of(str(first), second, year, base, toward)
    if second > 12:
        return _day_of(str(second), first, year, base, toward)
    if not first or not second:
        raise UsageFault(f"`{match[0]}` is not a day; possible are {POSSIBLE}")
    ways = dict.fromkeys((f"{first} {MONTHS[second - 1]}", f"{second} {MONTHS[first - 1]}"))
    after = f" {year}" if year else ""
    written = " or ".join(f"`{way}{after}`" for way in ways)
    raise UsageFault(
        f"`{match[0]}` is read as day and month in some places, as month and day in others; "
        f"write {written}"
    )


def _refuse_year_first(match: re.Match[str], base: dt.date) -> None:
    """Refuse `27/2/18` in 2027, and `26-12-27`, where the year may well stand in front; `18/2/27`
    is one day."""
    first, second, last = int(match["first"]), int(match["second"]), int(match["year"])
    with suppress(ValueError):
        year_in_front = dt.date(2000 + first, second, last)
        day_in_front = dt.date(2000 + last, second, first)
        distance = abs(first - base.year % 100)
        if distance < abs(last - base.year % 100) or (match[2] == "-" and distance < 2):
            raise _two_days(match[0], day_in_front, year_in_front)


def _first_of(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date:
    """`first of April`."""
    return _day_of("1", MONTH_WORDS[match["month"]], match["year"], base, toward)


def _short_year(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date:
    """`18-Mar-25`, as spreadsheets write it."""
    month = MONTH_WORDS[match["month"]]
    return _day_of(match["d"], month, f"20{match['year']}", base, toward)


def _week_end(match: re.Match[str], base: dt.date, _toward: Toward) -> dt.date:
    """`End of the week` is Friday to some and Sunday to others."""
    monday = base - dt.timedelta(days=base.weekday())
    if match["which"] == "next":
        monday += dt.timedelta(days=7)
    raise _two_days(match[0], *(monday + dt.timedelta(days=days) for days in (4, 6)))


def _year_end(match: re.Match[str], base: dt.date, _toward: Toward) -> dt.date:
    years = {"next": 1, "last": -1}.get(match["which"] or "", 0)
    return _existing(base.year + years, 12, 31)


def _named(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date:
    return _day_of(match["d"], MONTH_WORDS[match["month"]], match["year"], base, toward)


def _ordinal(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date:
    """`the 18th`: of this month, or of the next one or the last."""
    number = int(match["d"])
    month = base.replace(day=1)
    if toward == "ahead" and number < base.day:
        month = _later(month, 1, "m")
    elif toward == "behind" and number > base.day:
        month = _later(month, -1, "m")
    return _existing(month.year, month.month, number)


def _month_end(match: re.Match[str], base: dt.date, toward: Toward) -> dt.date:
    """`end of the month`, `end of next month`, `end of March`: the last day of it."""
    if name := match["month"]:
        month = MONTH_WORDS[name]
        if match["year"]:
            return _last_of(int(match["year"]), month)
        past, other, coming = (_last_of(base.year + years, month) for years in (-1, 0, 1))
        before, after = (past, other) if other > base else (other, coming)
        meant, missed = (after, before) if toward == "ahead" and before != base else (before, after)
        if abs(meant - base).days > 366 - JUST_PASSED:
            raise _two_days(match[0], missed, meant)
        return meant
    months = {"next": 1, "last": -1}.get(match["which"] or "", 0)
    near = months_later(base.replace(day=1), months)
    return _last_of(near.year, near.month)


def _last_of(year: int, month: int) -> dt.date:
    return months_later(_existing(year, month, 1), 1) - dt.timedelta(days=1)


def _no_day(match: re.Match[str], _base: dt.date, _toward: Toward) -> dt.date:
    raise NoDay(f"`{match[0]}` does not say which day; possible are {POSSIBLE}")


def _day_of(day: str, month: int, year: str | None, base: dt.date, toward: Toward) -> dt.date:
    """A day of a month; without a year, in the one that is meant.

    One that has just passed, where a day ahead is wanted, could be either, and the reverse.
    """
    if year:
        return _existing(int(year), month, int(day))
    in_year = base.year
    if toward == "ahead" and (month, int(day)) < (base.month, base.day):
        in_year += 1
    elif toward == "behind" and (month, int(day)) > (base.month, base.day):
        in_year -= 1
    if (month, int(day)) == (2, 29):
        return _leap_day(in_year, toward)
    meant = _existing(in_year, month, int(day))
    if abs(meant - base).days > 366 - JUST_PASSED:
        other = meant.replace(year=meant.year + (-1 if toward == "ahead" else 1))
        raise _two_days(f"{day} {MONTHS[month - 1]}", other, meant)
    return meant


def _leap_day(year: int, toward: Toward) -> dt.date:
    """29 February of a year. Raises UsageFault naming the nearest one where it has none: that it
    was meant, years away, is not sure."""
    step = 1 if toward == "ahead" else -1
    for other in range(year, year + 9 * step, step):
        with suppress(ValueError):
            day = dt.date(other, 2, 29)
            if other == year:
                return day
            nearest = f"the {'next' if step > 0 else 'last'} is `{short_date(day)}`"
            raise UsageFault(f"there is no 29 February {year}; {nearest}")
    return _existing(year, 2, 29)


def _existing(year: int, month: int, day: int) -> dt.date:
    """A day of the calendar. Raises UsageFault for 30 February."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        if year > 9999:
            raise OverflowError from None
        missing = f"{day} {MONTHS[month - 1]} {year}" if 1 <= month <= 12 else f"month {month}"
        if not day:
            missing = "day 0 in a month"
        raise UsageFault(f"there is no {missing}; possible are {POSSIBLE}") from None


def _one_day(typed: str, *days: dt.date) -> dt.date:
    if len(set(days)) > 1:
        raise _two_days(typed, *sorted(set(days)))
    return days[0]


def _two_days(typed: str, *days: dt.date) -> UsageFault:
    """What could be several days, with what to type for each."""
    choices = " or ".join(f"`{short_date(day)}`" for day in days)
    return UsageFault(f"`{typed}` could be {choices}; write the one you mean")


_Reader = Callable[[re.Match[str], dt.date, Toward], dt.date | None]
_YEAR = r"(?P<year>\d{4})"
_NUMBER = r"(?P<d>\d{1,2})"
_MONTH = rf"(?P<month>{ANY_MONTH})\.?"
_COUNTED = rf"(?P<count>{_COUNT}) ?(?P<unit>{_UNIT})"
_FORMS: tuple[tuple[str, _Reader], ...] = (
    (rf"{_YEAR}([-/.])(?P<month>\d\d?)\2{_NUMBER}", _full),
    (r"(?P<year>\d{4})(?P<month>\d\d)(?P<d>\d\d)", _full),
    (r"\d{4}-?w\d\d-?\d", _iso_week),
    (f"(?:the )?({'|'.join(_NEAR)})", _near),
    (r"(?P<sign>[+-])(?P<count>\d{1,4}) ?(?P<unit>[dwmy])(?P<ago>)", _counted),
    (rf"(?P<sign>)in {_COUNTED}(?:['’]s?)?(?: time)?(?P<ago>)", _counted),
    (rf"(?P<sign>){_COUNTED} (?P<ago>ago|from now|from today)", _counted),
    (rf"(?P<sign>_)?{_COUNTED}(?P<ago>)", _counted),
    (r"(?P<sign>_)?(?P<count>\d{1,4}) ?(?P<unit>[dwy])(?P<ago>)", _counted),
    (rf"(?:(?P<which>this coming|this|next|last|coming) )?(?P<day>{_ANY_DAY})\.?", _weekday),
    (rf"(?P<day>{_ANY_DAY}|today|tomorrow) (?:week|fortnight)", _week_after),
    (rf"a (?:week|fortnight) (?:on )?(?P<day>{_ANY_DAY}|today|tomorrow)", _week_after),
    (rf"(?P<day>{_ANY_DAY})\.? (?:the )?(?P<rest>\S*\d.*)", _with_weekday),
    (rf"{_NUMBER}\. ?(?P<month>\d\d?)(?:\.? ?|\. ?(?P<year>\d{{4}}|\d\d))", _dotted),
    (r"(?P<first>\d\d?)([-/])(?P<second>\d\d?)(?:\2(?P<year>\d{4}|\d\d))?", _slashed),
    (
        rf"(?:the )?{_NUMBER}(?:st|nd|rd|th|\.)?[ -]?(?:of |de )?{_MONTH}(?:[ -](?:de )?{_YEAR})?",
        _named,
    ),
    (rf"(?:the )?first of {_MONTH}(?: {_YEAR})?", _first_of),
    (rf"{_NUMBER}-{_MONTH}-(?P<year>\d\d)", _short_year),
    (rf"{_MONTH}[ -]?(?:the )?{_NUMBER}(?:st|nd|rd|th|\.)?(?:[ -]{_YEAR})?", _named),
    (rf"(?:the )?{_NUMBER}(?:st|nd|rd|th)", _ordinal),
    (
        rf"(?:the )?end of (?:(?:(?P<which>this|the|next|last) )?month|{_MONTH}(?: {_YEAR})?)",
        _month_end,
    ),
    (r"(?:the )?end of (?P<which>this|the|next) week", _week_end),
    (r"(?:the )?end of (?P<which>this|the|next|last) year", _year_end),
    (rf"(?:(?:the|this|next|last|coming) )?(?:{_VAGUE})(?: {_YEAR})?", _no_day),
    (r"\d+", _no_day),
)
"""Each form with its reader, in this order; the first that fits a whole text reads it. They are
compiled when a day is first read."""


def parse_clock(text: str) -> str:
    """Read a time of day and return it as `HH:MM`. Raises UsageFault.

    `9:30`, `14.30`, `14h` and `09` are on the 24-hour clock; `9` and `12am` could be two times
    each, and are refused.
    """
    word = " ".join(text.casefold().split())
    if word in _CLOCK_WORDS:
        return _CLOCK_WORDS[word]
    exact = re.fullmatch(r"(\d\d?)(?: ?[:.h] ?(\d\d)| ?(?:h|uhr))|(0\d|1[3-9]|2\d)", word)
    if exact:
        hour, minute = int(exact[1] or exact[3]), int(exact[2] or 0)
        if hour < 24 and minute < 60:
            return f"{hour:02d}:{minute:02d}"
    half = re.fullmatch(
        r"(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))? ?(?:([ap])\.?m?\.?|o['’]?clock)?", word
    )
    if half is None:
        raise UsageFault(f"{quote(text)} is not a time of day; write it like 14:00 or 2pm")
    hour, minutes = int(half[1]) % 12, half[2] or "00"
    if not half[3] or (hour == 0 and not half[2]):
        choices = f"{hour:02d}:{minutes} or {hour + 12}:{minutes}"
        raise UsageFault(f"{quote(text)} could be {choices}; write the one you mean")
    return f"{hour + 12 * (half[3] == 'p'):02d}:{minutes}"


def parse_day_and_time(text: str, base: dt.date) -> tuple[dt.date, str]:
    """Read a day with or without a time behind it, `9 March 14:00`; the time is empty without one.

    Raises UsageFault, also for `fri 18.02`, which is a day to some and a time to others.
    """
    words = text.replace(",", " ").split()
    readings: list[tuple[dt.date, str]] = []
    for last in (1, 2):
        day, time = " ".join(words[:-last]).removesuffix(" at"), " ".join(words[-last:])
        with suppress(UsageFault):
            readings.append((parse_day(day, base), parse_clock(time)))
            break
    try:
        day_alone = parse_day(text, base)
    except UsageFault:
        if not readings:
            raise
        return readings[0]
    if readings:
        day_named, clock = readings[0]
        raise UsageFault(
            f"{quote(text)} could be {short_date(day_alone)}, or {short_date(day_named)} at {clock}"
            f"; write `{short_date(day_alone)}` or `{short_date(day_named)} {clock}`"
        )
    return day_alone, ""


_CLOCK_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}


def long_date(day: dt.date | str) -> str:
    """`Tuesday 23 February 2027`, whatever the machine's language. `day`: a date, or ISO text."""
    return f"{day_and_month(day)} {_as_date(day).year}"


def day_and_month(day: dt.date | str) -> str:
    """`Tuesday 23 February`, where the year goes without saying. `day`: a date, or ISO text."""
    date = _as_date(day)
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"


def brief_day(day: dt.date) -> str:
    """A day below a drawing: `9 Feb`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def near_date(day: dt.date | str) -> str:
    """`Tue 23 Feb`, where the year goes without saying. `day`: a date, or ISO text."""
    date = _as_date(day)
    return f"{DAYS[date.weekday()][:3]} {date.day} {MONTHS[date.month - 1][:3]}"


def short_date(day: dt.date | str) -> str:
    """`Tue 23 Feb 2027`. `day`: a date, or ISO text."""
    return f"{near_date(day)} {_as_date(day).year}"


def own_words(clocks: TwoClocks, you: str = " for you") -> str:
    """A moment on the coach's clock: `08:00 for you`, with the day where it is another."""
    day = f" on {short_date(clocks.own_day)}" if clocks.own_day != clocks.day else ""
    return f"{clocks.own_start}{you}{day}"


def due_words(due: dt.date | str, day: dt.date) -> str:
    """How far a day is from another: `in 9 days`, `tomorrow`, `today`, `2 days ago`."""
    days = (_as_date(due) - day).days
    if abs(days) < 2:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def _as_date(day: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day
