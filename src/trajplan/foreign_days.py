"""Days in other languages, read with dateparser (decision 0025). Imported only for what `dates.py`
does not read by itself.

The library guesses. So it is asked in each language by itself, with days before months and months
before days, and with what is left out taken from either end. Only an answer that is always the same
counts, and only of words in which no weekday says otherwise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from dateparser.date import DateDataParser

_BETWEEN = frozenset(
    ["am", "de", "del", "den", "der", "di", "do", "el", "il", "la", "le", "op", "the", "van", "von"]
)
"""Words that stand beside a day in these languages and change nothing."""
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
"""What a day is read in, each by itself: a word of two languages must mean the same in both."""


def foreign_day(words: str, base: dt.date, *, ahead: bool) -> dt.date | None:
    """Read a day in another language; None for what is none or could be several (R141).

    `words` are in small letters. `ahead`: a weekday is the next one, else the last one.
    """
    names = re.findall(r"[^\W\d_]+", words)
    if re.search(r"[^\w\s.,'’/-]|(?<!\w)-|-(?!\w)", words):
        return None  # the library would read past a question mark or a line through it
    numbers = [number for number in re.findall(r"\d+", words) if len(number) != 4]
    if not names or max(map(len, names)) < 3 or len(numbers) > 1 or len(words) > 40:
        return None
    days: set[dt.date] = set()
    for parse in _parsers(base, ahead=ahead):
        guess = parse(words)
        if guess is None:
            continue
        parts = [parse(name) for name in names] if len(names) > 1 else []
        contradicted = any(part and part.exact and part.weekday != guess.weekday for part in parts)
        loose = [
            name
            for name, part in zip(names, parts, strict=False)
            if part is None and name not in _BETWEEN
        ]
        if contradicted or not guess.exact or _reads_past(words, loose, guess, parse):
            return None
        days.add(guess.day)
    return days.pop() if len(days) == 1 else None


def _reads_past(
    words: str, names: Iterable[str], guess: _Guess, parse: Callable[[str], _Guess | None]
) -> bool:
    """Whether the library reads past one of the names, as past `week` in `tomorrow week`."""
    return any(parse(re.sub(rf"\b{name}\b", "", words, count=1)) == guess for name in names)


class _Guess(NamedTuple):
    day: dt.date
    exact: bool
    """Whether the words name a day: not a month, a week or an hour."""

    @property
    def weekday(self) -> int:
        return self.day.weekday()


def _parsers(base: dt.date, *, ahead: bool) -> Iterator[Callable[[str], _Guess | None]]:
    """A parser for each way of guessing."""
    moment = dt.datetime.combine(base, dt.time(12, 34, 56))
    for language in LANGUAGES:
        for order, end in (("DMY", "first"), ("MDY", "last")):
            settings = {
                "DATE_ORDER": order,
                "PREFER_LOCALE_DATE_ORDER": False,
                "PREFER_DAY_OF_MONTH": end,
                "PREFER_MONTH_OF_YEAR": end,
                "PREFER_DATES_FROM": "future" if ahead else "past",
                "RELATIVE_BASE": moment,
                "PARSERS": ["relative-time", "absolute-time"],
            }
            parser = DateDataParser(languages=[language], settings=settings)
            yield partial(_guess, parser, moment)


def _guess(parser: DateDataParser, moment: dt.datetime, words: str) -> _Guess | None:
    answer = parser.get_date_data(words)
    if answer.date_obj is None:
        return None
    whole_day = answer.date_obj.time() in (dt.time(), moment.time())
    return _Guess(answer.date_obj.date(), exact=whole_day and answer.period == "day")
