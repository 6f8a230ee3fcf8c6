"""The words of client pages in another language: labels by their English wording (R152).

A file for each language, ours in `labels/` and the coach's own of the same name laid over it. What
has no label stays English, so that a page is never without a word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from trajplan import dates
from trajplan.errors import InvalidContent, NotFound, StoreFault
from trajplan.text import pattern

BUILT_IN = Path(__file__).with_name("labels")
ENGLISH_TAG = "en"
LANGUAGE = pattern("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language as HTML names it: `de`, `pt-BR`."""
_PLACEHOLDER = pattern(r"\{(\w+)\}")
_DAY_WORDS = ("weekday", "day", "month", "year")


class Labels(Struct, frozen=True, kw_only=True):
    """A file of labels."""

    days: tuple[str, ...] = ()
    """The days of the week from Monday on."""
    months: tuple[str, ...] = ()
    long_date: str = ""
    """How a day is written: `{weekday}, {day}. {month} {year}`."""
    short_date: str = ""
    """The same where there is little room."""
    labels: Mapping[str, str] = {}
    """By what the page says in English; what stands between braces is put in."""


class Words(Struct, frozen=True, kw_only=True):
    """How client pages speak in one language."""

    language: str = ENGLISH_TAG
    labels: Labels = Labels()

    def __call__(self, text: str, **values: object) -> str:
        """What the page says for an English text, with values in the places between braces."""
        label = self.labels.labels.get(text, text)
        return _filled(label, values) if values else label

    def long_date(self, day: dt.date | str) -> str:
        """A day in full. `day`: a date, or ISO text."""
        return self._day(day, self.labels.long_date) or dates.long_date(day)

    def day_and_month(self, day: dt.date | str) -> str:
        """A day where the year goes without saying. `day`: a date, or ISO text."""
        pattern = self.labels.long_date.partition("{month}")
        return self._day(day, "".join(pattern[:2])) or dates.day_and_month(day)

    def short_date(self, day: dt.date | str) -> str:
        """A day where there is little room. `day`: a date, or ISO text."""
        return self._day(day, self.labels.short_date) or dates.short_date(day)

    def _day(self, day: dt.date | str, pattern: str) -> str:
        if not pattern:
            return ""
        date = dt.date.fromisoformat(day) if isinstance(day, str) else day
        return _filled(
            pattern,
            {
                "weekday": self.labels.days[date.weekday()],
                "day": date.day,
                "month": self.labels.months[date.month - 1],
                "year": date.year,
            },
        )


def _filled(text: str, values: Mapping[str, object]) -> str:
    return _PLACEHOLDER.sub(lambda place: str(values[place[1]]), text)


ENGLISH = Words()


def words_in(language: str, user_library: Path) -> Words:
    """The words of a language; empty: English. Raises InvalidContent for a faulty file of labels,
    NotFound where there is none, StoreFault."""
    if language in ("", ENGLISH_TAG):
        own = _read(_own(user_library, ENGLISH_TAG))
        return Words(labels=own) if own else ENGLISH
    named = LANGUAGE.fullmatch(language)  # it becomes the name of a file
    files = (BUILT_IN / f"{language}.yaml", _own(user_library, language))
    layers = [labels for labels in map(_read, files if named else ()) if labels]
    if not layers:
        raise NotFound.among("language with labels", language, languages(user_library))
    first, *over = layers
    return Words(language=language, labels=_laid_over(first, *over))


def language_known(user_library: Path, language: str) -> str:
    """The language, where there are labels for it. Raises as `words_in` does."""
    words_in(language, user_library)
    return language


def languages(user_library: Path) -> tuple[str, ...]:
    """The languages there are labels for, English among them."""
    folders = (BUILT_IN, user_library / "labels")
    names = {file.stem for folder in folders for file in folder.glob("*.yaml")}
    return tuple(sorted({ENGLISH_TAG, *filter(LANGUAGE.fullmatch, names)}))


def _own(user_library: Path, language: str) -> Path:
    return user_library / "labels" / f"{language}.yaml"


def _laid_over(first: Labels, *over: Labels) -> Labels:
    for labels in over:
        first = Labels(
            days=labels.days or first.days,
            months=labels.months or first.months,
            long_date=labels.long_date or first.long_date,
            short_date=labels.short_date or first.short_date,
            labels={**first.labels, **labels.labels},
        )
    return first


def _read(path: Path) -> Labels | None:
    """A file of labels; None where there is none. Raises InvalidContent with every fault."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise StoreFault(f"`{path}` cannot be read: {fault.strerror}") from fault
    from trajplan.content.border import validate
    from trajplan.content.reader import read

    labels, report = validate(read(data, str(path)), Labels)
    if labels is None:
        raise InvalidContent(report.in_order())
    for text, label in labels.labels.items():
        if unknown := sorted({*_PLACEHOLDER.findall(label)} - {*_PLACEHOLDER.findall(text)}):
            report.add(("labels", text), f"nothing is put in for `{{{unknown[0]}}}` here")
    for name in ("long_date", "short_date"):
        pattern = getattr(labels, name)
        if {*_PLACEHOLDER.findall(pattern)} - {*_DAY_WORDS}:
            report.add((name,), "a day is made of {weekday}, {day}, {month} and {year}")
        elif pattern and (len(labels.days), len(labels.months)) != (7, 12):
            report.add((name,), "seven `days` and twelve `months` are needed with it")
    if report.problems:
        raise InvalidContent(report.in_order())
    return labels
