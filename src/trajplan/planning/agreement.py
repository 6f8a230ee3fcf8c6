"""The coaching agreement: what it holds, and what it releases to a sponsor (R116).

Only what it says a plain yes to is released (R158). The rows are those of the worksheet
`coaching-agreement`. A row that is missing, left empty or worded otherwise releases nothing, and so
does one that stands there twice with two answers. Nothing at all is released without a sponsor's
name and a day of consent that has come, or while words stand in the agreement that belong to no
field: they may be the ones that take consent back. Ratings, notes and assumptions have no row: they
cannot be released at all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from trajplan.dates import Toward, is_counted, parse_day, short_date
from trajplan.errors import UsageFault
from trajplan.text import name_key, pattern, words_in

AGREED = {
    "client": "the client",
    "coach": "the coach",
    "shared": "what is shared with whom",
    "limits": "limits of confidentiality",
    "records": "records and how long they are kept",
    "cancellation": "cancelling and moving",
    "consent": "the date of consent",
}
"""What a coaching agreement holds, by the field or the intake's key that says it (R116)."""

SponsorPart = Literal["attendance", "dates", "goals", "phases", "commitments"]

ROWS: Mapping[SponsorPart, str] = {
    "attendance": "How often we met",
    "dates": "The dates",
    "goals": "The goals agreed with the sponsor",
    "phases": "Phases completed",
    "commitments": "Commitments",
}
YES = "yes"
_DAY_WITH_YEAR = pattern(r"(?=.*\d{4})[\w\s.,/-]+")
"""What a day of consent may be made of: a question mark or a line through it is no consent."""


class Agreement(Struct, frozen=True, kw_only=True):
    """What a filled-in agreement says about a sponsor."""

    rows: Sequence[Mapping[str, str]]
    """What the sponsor may see: `row` names the part, `seen` says yes or no."""
    sponsor: str
    consent: str
    """The day of consent, with or without the names of those who agreed."""
    parties: tuple[str, ...] = ()
    """Names that may stand beside that day."""
    stray: str = ""
    """Words that belong to no field."""


def released_parts(agreement: Agreement | None, today: dt.date) -> frozenset[SponsorPart]:
    """The parts a sponsor may see; none while anything stands in the way (R158)."""
    if agreement is None or any(_obstacles(agreement, today)):
        return frozenset()
    return _agreed_parts(agreement.rows)


def lacking_for_release(agreement: Agreement | None, today: dt.date) -> tuple[str, ...]:
    """What keeps everything from being shown; nothing when at least one part is released."""
    if agreement is None:
        return ("a coaching agreement",)
    lacks = list(_obstacles(agreement, today))
    if not _agreed_parts(agreement.rows):
        lacks.append("a yes in the coaching agreement to anything the sponsor may see")
    return tuple(lacks)


def _agreed_parts(rows: Iterable[Mapping[str, str]]) -> frozenset[SponsorPart]:
    """Parts with nothing but yes; a row that says both yes and no says no."""
    answers: dict[str, set[str]] = {}
    for row in rows:
        answer = row.get("seen", "").strip().casefold()
        answers.setdefault(name_key(row.get("row", "")), set()).add(answer)
    return frozenset(part for part, row in ROWS.items() if answers.get(name_key(row)) == {YES})


def _obstacles(agreement: Agreement, today: dt.date) -> Iterator[str]:
    """What has to be mended before any yes counts, in words that stand behind “Missing”."""
    if not agreement.sponsor.strip():
        yield "the sponsor's name in the coaching agreement"
    day = _consent_day(agreement, today)
    if day is None and agreement.consent.strip():
        yield (
            "a plain date of consent in the coaching agreement, such as 12 January 2027: "
            "what stands there says something else"
        )
    elif day is None:
        yield "the date of consent in the coaching agreement"
    elif day > today:
        yield f"consent: it only counts from {short_date(day)}"
    if agreement.stray.strip():
        yield (
            "a clear coaching agreement: it holds words that belong to none of its fields, and "
            "they could change what was agreed"
        )


def _consent_day(agreement: Agreement, today: dt.date) -> dt.date | None:
    """The day that stands there, alone or beside names; None where anything else does."""
    text = agreement.consent.strip()
    if not _DAY_WITH_YEAR.fullmatch(text) or is_counted(text):
        return None
    names = {word for name in agreement.parties for word in words_in(name.casefold())}
    without_names = [word for word in text.split() if word.casefold().strip(".,") not in names]
    # With names beside it, a day is looked for in seven languages before it is found to be none.
    # It is looked back to: `by 1 March 2027` may be the end of a consent, and is no day of one.
    return _day_in(without_names, today, "behind") or _day_in(text.split(), today, "behind")


def _day_in(words: Sequence[str], base: dt.date, toward: Toward = "ahead") -> dt.date | None:
    try:
        return parse_day(" ".join(words).strip(" ,"), base, toward)
    except UsageFault:
        return None


def deletion_day(agreed: str, ended: dt.date | None) -> dt.date | None:
    """The day from which on records are due to go (R156): a plain day with its year, or a time such
    as `24 months` counted from the day the coaching ended. None for anything else."""
    words = re.sub(r"\s+after\s.*", "", " ".join(agreed.casefold().split())).strip(" .")
    for counted in (words, f"in {words}"):
        if is_counted(counted):
            return _day_in([counted], ended) if ended else None
    if not _DAY_WITH_YEAR.fullmatch(words):
        return None
    # It says its year itself; what it is read from only has to lie near.
    year = next(int(number) for number in re.findall(r"\d+", words) if len(number) == 4)
    return _day_in([words], ended or dt.date(max(year, dt.MINYEAR), 1, 1))
