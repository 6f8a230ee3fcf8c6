"""The pre-coaching audit looked through: what lacks a number, is long ago, or stands alone (R32).

Hints only. The audit looks back 18 to 24 months; a date counts where one is given, and the kindest
reading of it is taken: of a year its last day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from trajplan.dates import months_later
from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.readiness import AUDIT
from trajplan.text import name_key, pattern

WHEN = ("when", "year", "date")
NUMBERS = ("numbers", "number", "result")
NO_DEED = (*WHEN, *NUMBERS, "noticed")
MONTHS_BACK = 24
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NAMES = "|".join(rf"{month[:3]}(?:{month[3:]})?" for month in _MONTHS)
_DATE = pattern(
    rf"(?<![\w.,])(?:(?P<name>{_NAMES})\.?\s+)?(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2])"
    r"(?:-\d\d)?)?(?![\w%])",
    re.IGNORECASE,
)
_DATED = pattern(
    r"(?:\b(?:in|since|from|to|until|till|during|of|by|late|early|mid|spring|summer|autumn|fall|winter)"
    r"|[(–—-])\s*$",
    re.IGNORECASE,
)
"""What stands before a year; otherwise four digits are a number like any other."""
_COUNTED = pattern(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|dozens?|half|halved|doubled?|tripled?|twice|thrice|quarter"
    r"|third|none|zero|first|every)\b",
    re.IGNORECASE,
)


class Accomplishment(Struct, frozen=True, kw_only=True):
    """Something the client got done; `when` as the client wrote it, or empty."""

    what: str
    numbers: str = ""
    when: str = ""

    @property
    def whole(self) -> str:
        """All of it on one line."""
        parts = [self.what, self.numbers, f"({self.when})" if self.when else ""]
        return " ".join(
            f"{part}:" if index == 0 and self.numbers else part
            for index, part in enumerate(parts)
            if part
        )


def accomplishments(sources: BriefSources) -> tuple[Accomplishment, ...]:
    """What the client got done, from intake and audit, each once."""
    listed = sources.intake.audit.accomplishments if sources.intake.audit else ()
    deeds = [
        _accomplishment({str(key): str(cell) for key, cell in deed.items() if cell is not None})
        if isinstance(deed, Mapping)
        else Accomplishment(what=deed)
        for deed in listed
    ]
    deeds += [_accomplishment(row) for row in sources.rows(AUDIT, "accomplishments", "what")]
    by_key = {name_key(deed.what) or deed.what: deed for deed in deeds if deed.what}
    return tuple(by_key.values())


def _accomplishment(row: Mapping[str, str]) -> Accomplishment:
    """Of a row with keys of the coach's own, the first that is neither number nor date is it."""
    when = next((row[key] for key in WHEN if row.get(key)), "")
    numbers = next((row[key] for key in NUMBERS if row.get(key)), "")
    what = row.get("what") or next((row[key] for key in row if key not in NO_DEED), "")
    if not what:
        return Accomplishment(what=numbers, when=when)
    return Accomplishment(what=what, numbers=numbers, when=when)


def is_counted(accomplishment: Accomplishment) -> bool:
    """Whether it says how many, how much or how often. A year is a date, no number."""
    text = f"{accomplishment.what} {accomplishment.numbers}"
    undated = _DATE.sub(lambda match: "" if _is_date(text, match) else match[0], text)
    return _COUNTED.search(undated) is not None


def last_day(accomplishment: Accomplishment) -> dt.date | None:
    """The last day it can have been, by the latest date it names; None where it names none."""
    text = f"{accomplishment.what} {accomplishment.numbers}"
    days = [_last(match) for match in _DATE.finditer(text) if _is_date(text, match)]
    days += [_last(match) for match in _DATE.finditer(accomplishment.when)]
    return max(days, default=None)


def is_old(accomplishment: Accomplishment, today: dt.date) -> bool:
    """Whether it lies more than 24 months back, however its date is read."""
    day = last_day(accomplishment)
    return day is not None and day < months_later(today, -MONTHS_BACK)


def audit_hints(
    accomplishments: Sequence[Accomplishment],
    pain_points: Sequence[str],
    evidence: Sequence[str],
    today: dt.date,
) -> tuple[str, ...]:
    """What the audit could still gain; nothing on an audit that was not begun."""
    hints = [
        f"“{accomplishment.what}” has no number yet: how many, how often, how long, how much less?"
        for accomplishment in accomplishments
        if not is_counted(accomplishment)
    ]
    hints += [
        f"“{accomplishment.what}” lies more than {MONTHS_BACK} months back; what was there since?"
        for accomplishment in accomplishments
        if is_old(accomplishment, today)
    ]
    if (accomplishments or pain_points) and not evidence:
        hints.append("the audit has no outside evidence yet: what have others said or written?")
    return tuple(hints)


def _is_date(text: str, match: re.Match[str]) -> bool:
    named = match["name"] or match["month"]
    return bool(named) or _DATED.search(text[: match.start()]) is not None


def _last(match: re.Match[str]) -> dt.date:
    year = int(match["year"])
    month = 12
    if match["month"]:
        month = int(match["month"])
    elif match["name"]:
        month = [month[:3] for month in _MONTHS].index(match["name"][:3].casefold()) + 1
    return months_later(dt.date(year, month, 1), 1) - dt.timedelta(days=1)
