"""The coaching agreement: what it holds, and what it releases to a sponsor (R116).

Only what it says yes to is released. The rows are those of the worksheet `coaching-agreement`. A
row that is missing, left empty or worded otherwise releases nothing, and nothing is released
without a sponsor's name and the date of consent. Ratings, notes and assumptions have no row: they
cannot be released at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from trajplan.text import name_key

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
NEEDED = {"sponsor": "the sponsor's name", "consent": "the date of consent"}
"""Fields of the agreement without which nothing is released."""


def released_parts(
    rows: Sequence[Mapping[str, str]], answers: Mapping[str, str]
) -> frozenset[SponsorPart]:
    """The parts a sponsor may see. `said`: what stands in the fields of `NEEDED`."""
    return frozenset() if _unanswered(answers) else _agreed_parts(rows)


def lacking_for_release(
    exists: bool, rows: Sequence[Mapping[str, str]], answers: Mapping[str, str]
) -> tuple[str, ...]:
    """What keeps everything from being shown; nothing when at least one part is released."""
    if not exists:
        return ("a coaching agreement",)
    lacks = [f"{NEEDED[name]} in the coaching agreement" for name in _unanswered(answers)]
    if not _agreed_parts(rows):
        lacks.append("a yes in the coaching agreement to anything the sponsor may see")
    return tuple(lacks)


def _agreed_parts(rows: Sequence[Mapping[str, str]]) -> frozenset[SponsorPart]:
    yes = {name_key(row.get("row", "")) for row in rows if name_key(row.get("seen", "")) == YES}
    return frozenset(part for part, row in ROWS.items() if name_key(row) in yes)


def _unanswered(answers: Mapping[str, str]) -> list[str]:
    """What is missing of `NEEDED`. A date has a digit: “not yet” is no consent."""
    return [
        name
        for name in NEEDED
        if not answers.get(name, "").strip()
        or (name == "consent" and not any(map(str.isdigit, answers[name])))
    ]
