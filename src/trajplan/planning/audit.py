"""The pre-coaching audit looked through: what lacks a number, is long ago, or stands alone (R32).

Hints only. The audit looks back 18 to 24 months; a date counts where one is given, and the kindest
reading of it is taken: of a year its last day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.planning.calendar import months_later

MONTHS_BACK = 24
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NAMES = "|".join(rf"{one[:3]}(?:{one[3:]})?" for one in _MONTHS)
_DATE = re.compile(
    rf"(?<![\w.,])(?:(?P<name>{_NAMES})\.?\s+)?(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2])"
    r"(?:-\d\d)?)?(?![\w%])",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:\b(?:in|since|from|to|until|till|during|of|by|late|early|mid|spring|summer|autumn|fall|winter)"
    r"|[(–—-])\s*$",
    re.IGNORECASE,
)
"""What stands before a year; otherwise four digits are a number like any other."""
_COUNTED = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|dozens?|half|halved|doubled?|tripled?|twice|thrice|quarter"
    r"|third|none|zero|first|every)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accomplishment:
    """Something the client got done; `when` as the client wrote it, or empty."""

    what: str
    numbers: str = ""
    when: str = ""

    @property
    def whole(self) -> str:
        """All of it on one line."""
        parts = [self.what, self.numbers, f"({self.when})" if self.when else ""]
        return " ".join(
            f"{one}:" if at == 0 and self.numbers else one for at, one in enumerate(parts) if one
        )


def is_counted(one: Accomplishment) -> bool:
    """Whether it says how many, how much or how often. A year is a date, no number."""
    text = f"{one.what} {one.numbers}"
    kept = _DATE.sub(lambda match: "" if _is_date(text, match) else match[0], text)
    return _COUNTED.search(kept) is not None


def last_day(one: Accomplishment) -> dt.date | None:
    """The last day it can have been, by the latest date it names; None where it names none."""
    text = f"{one.what} {one.numbers}"
    days = [_last(match) for match in _DATE.finditer(text) if _is_date(text, match)]
    days += [_last(match) for match in _DATE.finditer(one.when)]
    return max(days, default=None)


def is_old(one: Accomplishment, today: dt.date) -> bool:
    """Whether it lies more than 24 months back, however its date is read."""
    day = last_day(one)
    return day is not None and day < months_later(today, -MONTHS_BACK)


def hints(
    accomplishments: Sequence[Accomplishment],
    pain_points: Sequence[str],
    evidence: Sequence[str],
    today: dt.date,
) -> tuple[str, ...]:
    """What the audit could still gain; nothing on an audit that was not begun."""
    found = [
        f"“{one.what}” has no number yet: how many, how often, how long, how much less?"
        for one in accomplishments
        if not is_counted(one)
    ]
    found += [
        f"“{one.what}” lies more than {MONTHS_BACK} months back; what was there since?"
        for one in accomplishments
        if is_old(one, today)
    ]
    if (accomplishments or pain_points) and not evidence:
        found.append("the audit has no outside evidence yet: what have others said or written?")
    return tuple(found)


def _is_date(text: str, match: re.Match[str]) -> bool:
    named = match["name"] or match["month"]
    return bool(named) or _DATED.search(text[: match.start()]) is not None


def _last(match: re.Match[str]) -> dt.date:
    year = int(match["year"])
    month = 12
    if match["month"]:
        month = int(match["month"])
    elif match["name"]:
        month = [one[:3] for one in _MONTHS].index(match["name"][:3].casefold()) + 1
    return months_later(dt.date(year, month, 1), 1) - dt.timedelta(days=1)
