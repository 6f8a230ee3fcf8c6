"""Days that somebody's words name in passing, such as `the deadline is 12 March`.

What a coach types where a day is asked for is read in `dates.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress

from trajplan.dates import ANY_MONTH, MONTH_WORDS
from trajplan.lint.phrases import heard, words_in
from trajplan.text import pattern

_NAMED_DAY = pattern(
    r"(?<![\w.])(?<!week of )(?<!week of the )(?<!beginning )(?<!commencing )(?<!w/c )(?:"
    r"(?P<isoy>\d{4})-(?P<isom>\d{2})-(?P<isod>\d{2})"
    r"|(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?P<y>\d{4})?"
    r"|(?:(?P<begins>\d{1,2})(?:st|nd|rd|th|\.)?\s?(?:to|until|till|bis|al?|-|–)\s?"
    r"|(?P<others>(?:\d{1,2}(?:st|nd|rd|th|\.)?, ?){0,9}\d{1,2}(?:st|nd|rd|th|\.)?"
    r"(?: ?[/&] ?| (?:or|and|und|oder|o|y) ))(?:the )?)?"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?P<month>{ANY_MONTH})\b\.?"
    r"(?:,?\s+(?:de\s+)?(?P<year>\d{4}))?"
    rf"|(?P<first>{ANY_MONTH})\.?\s+(?P<second>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?: (?:or|and) (?P<then>\d{1,2})(?:st|nd|rd|th)?(?=\s*(?:$|[^\w\s:])))?"
    r"(?:,?\s+(?P<year2>\d{4}))?"
    r")(?!\d)",
    re.IGNORECASE,
)
_COUNTED = heard("days", "counted")
_DOER = heard("days", "doer")
_NUMBERS = heard("days", "numbers")
_HAS_BEEN = heard("days", "has-been")
_LAST_YEAR = heard("days", "last-year")

FIRST_DAY_READ, LAST_DAY_READ = dt.date(1, 12, 31), dt.date(9998, 12, 31)
"""Between these a day may be counted from."""
_DAY_WORDS = {"yesterday": -1, "last night": -1, "tomorrow": 1, "gestern": -1, "ayer": -1}
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday montag lunes",
            "tuesday dienstag martes",
            "wednesday mittwoch miércoles miercoles",
            "thursday donnerstag jueves",
            "friday freitag viernes",
            "saturday samstag sábado sabado",
            "sunday sonntag domingo",
        )
    )
    for word in words.split()
}
_NEAR_DAY = pattern(
    r"(?<!day after )(?<!day before )(?<!week )(?<!week on )(?<!every )(?<!each )(?<!good )"
    r"(?<!\ba )(?<!\bone )(?<!some )(?<!most )(?<!alternate )"
    r"(?<!other )(?<!any )(?<!jeden )(?<!cada )\b"
    r"(?:(?P<which>last|next|this) )?"
    rf"(?P<day>{'|'.join((*_DAY_WORDS, *_WEEKDAYS))})\b(?!,? (?:the )?\d)(?! \()"
    r"(?! (?:mornings|afternoons|evenings|nights|brings|holds)\b)",
    re.IGNORECASE,
    [*_DAY_WORDS, *_WEEKDAYS],
)
"""A day that is told by where it lies from the day of the note; one with its date is none."""
_MOVED_TO = heard("days", "moved-to")
_AWAITED = heard("days", "awaited")
_BARE_DAY = pattern(
    r"\b(?P<leads>(?:on|by|until|till|before|from|to|for|due|is|are|comes?|date)|\w+['’]s)? ?"
    r"(?P<the>\bthe )?(?<![\w-])(?P<number>[12]?\d|3[01])(?:st|nd|rd|th)\b"
    rf"(?! (?:of )?(?:{ANY_MONTH})\b)"
    r"(?=\s*(?:$|[^\w\s%’'-])|\s+(?:at|and|to|until|till|in the"
    r"|if|so|but|then|or|when|with|because|i|he|she|we|they)\b)",
    re.IGNORECASE,
)
"""A day of the month without its month, where no floor, birthday or century follows."""
_DAY_LEADS = frozenset(("on", "by", "until", "till", "before", "from", "due"))
"""Behind these a number is a day without `the`: `on 18th`."""
_GOT = heard("days", "got")
_MARKS = ".!?;:,(\n–—"
_SENTENCE_END = pattern(r"[.!?;\n]")
MOST_BEFORE = 300
"""Letters of the sentence before, at most."""
_A_COUNT = 10
"""Below this, `the 4th` may count something: it is a day behind `on` or `by` alone."""
_COUNTS = frozenset(("", "is", "are", "come", "comes", "date"))
_OTHER_MONTH = pattern(
    r"\b(?:every|each|last|next|this|that|other) months?\b|\bmonthly\b"
    rf"|\b(?!may\b|march\b)(?i:{ANY_MONTH})\b"
)
"""Words that leave open which month is meant."""
_BOOKED = heard("days", "booked")
LONGEST_BOOKED = 80
"""Letters that what is booked takes at most, with the words between it and its day."""
_REPORTS = heard("days", "reports")
_TIME_FOLLOWS = heard("days", "time-follows")
_AT_A_TIME = heard("days", "at-a-time")
_PAST = heard("days", "past")
_AHEAD = heard("days", "ahead")
_SOMEBODY_BEHIND = pattern(r" (?:i|he|she|we|they) \w+", re.IGNORECASE)
"""Who did what on a day, right behind it."""


def day_in(text: str, said: dt.date) -> dt.date | None:
    """The earliest day ahead of `said` that a text names, such as `the deadline is 12 March`.

    A day without a year is the one nearest to `said`; one that has passed is no day to keep in
    mind. What could be read in two ways, such as `3/4`, is not read at all, nor is a weekday:
    `day_ahead` reads what hangs on the day it was said.
    """
    if not any(map(str.isdigit, text)):
        return None  # every day has a figure, and to make the pattern takes longer than a look
    return min((day for _, day in _named_days(text, said) if day >= said), default=None)


def day_ahead(text: str, said: dt.date) -> dt.date | None:
    """The first day ahead of the day a text was said, with its month, as `the 28th`, or as a
    weekday where that is surely ahead."""
    return min((day for day in days_in(text, said) if day >= said), default=None)


def days_in(text: str, noted: dt.date, beside: str = "") -> tuple[dt.date, ...]:
    """Every day that a note names, in its order: with its month, as `the 28th`, or as `tomorrow` or
    a weekday of which the sentence says whether it lies ahead of the day it was noted or behind.
    `beside`: the sentence before it."""
    named: list[tuple[int, dt.date]] = []
    if any(map(str.isdigit, text)):
        named += _named_days(text, noted)
        named += [
            (match.start(), day)
            for match in _bare_days(text)
            if (day := _bare_day(match, text, noted, beside))
        ]
    if _NEAR_DAY.search(text):  # most texts have none, and the pattern need not be made
        named += [
            (match.start(), day)
            for match in _NEAR_DAY.finditer(text)
            if (day := _near_day(match, text, noted))
        ]
    return tuple(day for _, day in sorted(named))


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """Whether a day is one in time, as in `on Monday` or at a clause's end, and not what is
    spoken of, as in `Wednesday pick-up`."""
    follows = text[match.end() :].lstrip()[:1]
    leads = text[: match.start()].rpartition(" ")[0].rpartition(" ")[2].casefold()
    return not follows.isalpha() or leads in ("on", "by", "until", "since", "from", "am", "el")


def _near_day(match: re.Match[str], text: str, noted: dt.date) -> dt.date | None:
    """The day that a word such as `Friday` or `tomorrow` means; None: it may be ahead or behind."""
    word = match["day"].casefold()
    start, sentence, near = _around(match, text)
    # A message is of its own day, whenever it was noted.
    before = _named_days(text[start : match.start()], noted)
    noted = before[-1][1] if before else noted
    near = _without_moves(near)
    is_past = bool(_PAST.search(near)) or match["which"] == "last"
    is_fixed = _is_booked(match, text, start) or bool(_AT_A_TIME.match(text, match.end()))
    is_booked = is_fixed and not _PAST.search(sentence)
    is_awaited = bool(_AWAITED.search(near)) and not is_past
    is_ahead = bool(_AHEAD.search(near)) or is_booked or is_awaited
    if not LAST_DAY_READ > noted > FIRST_DAY_READ:
        return None
    if word in _DAY_WORDS:
        return noted + dt.timedelta(_DAY_WORDS[word])
    if not (match["which"] or _stands_alone(match, text) or _TIME_FOLLOWS.match(text, match.end())):
        return None
    ahead = (_WEEKDAYS[word] - noted.weekday()) % 7
    if ahead == 0 or is_past == is_ahead or match["which"] == "next":
        return None
    return noted + dt.timedelta(ahead - 7 if is_past else ahead)


def _is_booked(match: re.Match[str], text: str, start: int = 0) -> bool:
    """Whether something is booked for the day, as the words right before it say."""
    begins = max(start, match.start() - LONGEST_BOOKED)
    return bool(_BOOKED.search(text, begins, match.start()))


def _without_moves(near: str) -> str:
    """The words on a day, with what was moved to it as what will be: `was moved to the 20th`."""
    return _MOVED_TO.sub("will be ", near)


MOST_AROUND = 400
"""Letters before and after a day that are read for what it is: a dictated note has no full stop,
and each day in it would be read with the whole of it."""


def _bounds(match: re.Match[str], text: str, before: str, after: str) -> tuple[int, int]:
    """Where the words around a day begin and end, which the signs `before` and `after` part."""
    first, last = max(0, match.start() - MOST_AROUND), match.end() + MOST_AROUND
    begins = max(text.rfind(sign, first, match.start()) for sign in before) + 1
    ends = [end for sign in after if (end := text.find(sign, match.end(), last)) >= 0]
    return max(begins, first), min(ends, default=min(last, len(text)))


def _around(match: re.Match[str], text: str) -> tuple[int, str, str]:
    """Where the sentence around a day begins, the sentence, and which words tell its tense: those
    of its own clause before those of the whole sentence."""
    start, end = _bounds(match, text, ".!?;\n", ".!?;\n")
    sentence = text[start:end]
    begins = max(start, text.rfind(",", start, match.start()) + 1)
    # What somebody rang or wrote to say has a time of its own.
    said = text.rfind(":", start, match.start()) + 1
    clause = text[max(begins, said) : match.end()]
    behind = _SOMEBODY_BEHIND.match(text, match.end())
    if behind and _PAST.search(behind[0]):
        return start, sentence, behind[0]  # `i could do it asleep and i think tuesday i did`
    if said > begins or _PAST.search(clause) or _AHEAD.search(clause):
        return start, sentence, clause
    return start, sentence, sentence


def _bare_days(text: str) -> Iterator[re.Match[str]]:
    """Each place where a text has a day without its month. Without `the` it stands behind `on`,
    behind what is booked, or between two marks: `came 18th` is none."""
    for match in _BARE_DAY.finditer(text):
        start = match.start("number")
        before = text[max(0, start - _BEFORE) : start]
        is_between_marks = not before.strip() or before.rstrip()[-1] in _MARKS
        is_led = (match["leads"] or "").casefold() in _DAY_LEADS or _BOOKED.search(before)
        follows = text[match.end() :].lstrip()[:1]
        if match["the"] or is_led or (is_between_marks and not follows.isalpha()):
            yield match


def _bare_day(match: re.Match[str], text: str, noted: dt.date, beside: str = "") -> dt.date | None:
    """The day that `the 28th` means: of the month of the date beside it, in its sentence or the one
    before; else the next one after the day of the note, or the last one where the words speak of
    what has been; None: nobody can say."""
    number, leads = int(match["number"]), (match["leads"] or "").casefold()
    may_count = leads in _COUNTS or leads.endswith(("'s", "’s"))
    if (may_count and number < _A_COUNT) or number == noted.day:
        return None
    start, sentence, near = _around(match, text)
    before = f"{beside} {_sentence_before(text, start)} {text[start : match.start()]}"
    if match["the"] and (dates := _named_days(before, noted)):
        month = dates[-1][1]
        in_month = month.day < number <= monthrange(month.year, month.month)[1]
        return month.replace(day=number) if in_month else None
    if not match["the"] and not leads:
        # What it is the day of was told just before.
        is_all = sentence.strip() == match[0].strip()
        near = _GOT.sub("", _sentence_before(text, start) if is_all else sentence)
        if not _AWAITED.search(near):
            return None
    if _OTHER_MONTH.search(sentence) or not LAST_DAY_READ > noted > FIRST_DAY_READ:
        return None
    near = _without_moves(near)
    is_ahead = bool(_AHEAD.search(near))
    is_past = bool(_PAST.search(_REPORTS.sub("", near) if is_ahead else near))
    # "In on the 8th" may be either: a day that is wrong is worse than none.
    if is_past and is_ahead:
        return None
    if not (is_past or is_ahead or _AWAITED.search(near)):
        return None
    month = noted.replace(day=1)
    while True:
        if number <= monthrange(month.year, month.month)[1]:
            day = month.replace(day=number)
            if day < noted if is_past else day > noted:
                return day
        month = (month - dt.timedelta(1)).replace(day=1) if is_past else _next_month(month)


def _sentence_before(text: str, start: int) -> str:
    """The sentence that ends where another one begins."""
    before = text[max(0, start - MOST_BEFORE) : start]
    return _SENTENCE_END.split(before.rstrip(".!?;\n "))[-1]


def _next_month(month: dt.date) -> dt.date:
    return (month + dt.timedelta(31)).replace(day=1)


_BESIDE_DAYS = words_in("beside-days", "days")


def says_only_days(text: str) -> bool:
    """Whether a text says on which days and not what: `tomorrow and Thursday`."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    return words <= {*_BESIDE_DAYS, *_DAY_WORDS, *_WEEKDAYS, *MONTH_WORDS}


def names_date(text: str, day: dt.date) -> bool:
    """Whether words name a day by its date, such as `12 March` or `the 12th`."""
    bare = any(int(match["number"]) == day.day for match in _bare_days(text))
    return bare or any(named == day for _, named in _named_days(text, day))


def _named_days(text: str, said: dt.date, start: int = 0) -> list[tuple[int, dt.date]]:
    """The days that a text names with their month from a place on, each with where it stands: of a
    stay its first one, of several that may be each."""
    return [
        (match.start(), day)
        for match in _NAMED_DAY.finditer(text, start)
        if _is_a_date(match, text)
        for day in _of_one_month(match, text, said)
    ]


_NO_LONGER = heard("days", "no-longer")
_BEFORE = 40
"""Letters before a date in which it is looked for."""


def _is_a_date(match: re.Match[str], text: str) -> bool:
    """Whether it is no number of a chapter, no count behind a word that is also a month's, and no
    day that is off: `no longer 9 March, now 20 April`."""
    if _NO_LONGER.search(text[max(0, match.start() - _BEFORE) : match.start()]):
        return False
    word = match["first"] or match["month"]
    if match["d"] and not match["y"]:
        return not _NUMBERS.search(text, 0, match.start())
    if not word or word.casefold() not in ("may", "march"):
        return True
    if match["first"] and (
        _COUNTED.match(text, match.end()) or _DOER.search(text, 0, match.start())
    ):
        return False
    # "Only 3 may come"
    follows = re.match(r"\s+[a-z]", text[match.end() :])
    return not (word.islower() and follows) or bool(_TIME_FOLLOWS.match(text, match.end()))


def _of_one_month(match: re.Match[str], text: str, said: dt.date) -> Iterator[dt.date]:
    """The days that one mention of a month names."""
    day = _named_day(match, text, said)
    if day is None:
        return
    if begins := int(match["begins"] or 0):
        # A stay or a course is on from its first day, which may be in the month before.
        month = day.replace(day=1)
        day = month if begins < day.day or day.toordinal() <= 31 else month - dt.timedelta(1)
        if begins <= monthrange(day.year, day.month)[1]:
            yield day.replace(day=begins)
        return
    numbers = {day.day, *map(int, re.findall(r"\d+", f"{match['others']} {match['then']}"))}
    for number in sorted(numbers):
        if 0 < number <= monthrange(day.year, day.month)[1]:
            yield day.replace(day=number)


def _named_day(match: re.Match[str], text: str, said: dt.date) -> dt.date | None:
    """The day nearest to the one it was said; where the words say that it has been, the last one
    before that."""
    word = (match["month"] or match["first"] or "").casefold()
    month = MONTH_WORDS[word] if word else int(match["m"] or match["isom"])
    number = int(match["day"] or match["second"] or match["d"] or match["isod"])
    year = match["year"] or match["year2"] or match["y"] or match["isoy"]
    clause = _clause_of(match, text)
    if not year and _LAST_YEAR.search(clause):
        year = str(said.year - 1)
    has_been = not year and _has_been(match, clause, text)
    years = (int(year),) if year else (said.year - 1, said.year, said.year + 1)
    days = []
    for possible in years:
        with suppress(ValueError):
            days.append(dt.date(possible, month, number))
    if has_been:
        return max((day for day in days if day <= said), default=None)
    return min(days, key=lambda near: abs((near - said).days), default=None)


def _clause_of(match: re.Match[str], text: str) -> str:
    """The clause around a day; the sentence, where the day stands in one of its own."""
    begins, end = _bounds(match, text, ".!?;:,\n", ".!?;,\n")
    clause = text[begins:end]
    return clause if len(clause.split()) > len(match[0].split()) + 1 else _around(match, text)[1]


def _has_been(match: re.Match[str], clause: str, text: str) -> bool:
    """Whether a day is surely one that has been, as that of a death."""
    if not _HAS_BEEN.search(clause):  # nearly all of them; the rest of the words is long to read
        return False
    return not (_AHEAD.search(clause) or _is_booked(match, text))
