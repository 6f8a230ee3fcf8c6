"""The Trajectory Change Index: ratings, changes and flags (R103, R104, R106).

Ratings are levels: where do you stand right now, 1-10, on five factors. Increase and growth are the
changes between them. Nothing is imputed: a factor that was not rated has no value, no change and
raises no flag. A correction is a record of its own that overlays the entry it corrects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Literal, get_args

from msgspec import Struct

from trajplan.records.dossier import Dossier
from trajplan.records.model.ratings import TciEntry
from trajplan.records.model.sessions import Session
from trajplan.vocabulary import TARGETS

FACTORS = TARGETS
TITLES = {
    "clarity": "Clarity",
    "options": "Options",
    "decision": "Decision quality",
    "momentum": "Action momentum",
    "confidence": "Confidence",
}
ANCHORS = {
    "clarity": ("not clear at all", "clear to me"),
    "options": ("I see no options yet", "I see several options"),
    "decision": ("I'd rather not decide yet", "I can decide and stand by it"),
    "momentum": ("not moving yet", "moving well"),
    "confidence": ("not sure of myself yet", "I trust myself with this"),
}
"""What 1 and 10 stand for; the client answers the question "where do you stand right now?"."""
Figure = Literal["total", "mean", "clarity", "options", "decision", "momentum", "confidence"]
FIGURES: tuple[Figure, ...] = get_args(Figure)
"""What SD and reliability may belong to: the sum of the five factors (5-50), their unweighted mean,
or one factor (1-10)."""
PLEASANT = 8
"""Satisfaction from here on counts as pleasant."""
NOT_MOVING = 4
"""Clarity or momentum up to here counts as not moving."""


class Reading(Struct, frozen=True, kw_only=True):
    """One effective entry with its changes.

    `ratings` holds only the factors that were rated. A change is None when the factor, or the
    entry it is compared with, was not rated.
    """

    id: int
    session: int
    date: dt.date
    ratings: Mapping[str, int]
    satisfaction: int | None
    note: str
    unweighted_mean: float | None
    change_since_last: Mapping[str, int | None]
    change_since_first: Mapping[str, int | None]
    flags: Mapping[str, str]
    corrects: int | None
    """Id of the entry that this reading's newest record corrects."""


def readings(
    entries: Sequence[TciEntry], numbers: Mapping[int, int], holding_sessions: Collection[int] = ()
) -> tuple[Reading, ...]:
    """Effective entries in order of their sessions, each with changes and flags.

    `numbers`: the number of each session by its id. `holding_sessions`: numbers of those that held
    what had happened; they are skipped where two entries in a row raise a flag (R104).
    """
    result: list[Reading] = []
    for chain in _chains(entries, numbers):
        result.append(_reading(chain, numbers[chain[0].session_id], result, holding_sessions))
    return tuple(result)


def readings_of(dossier: Dossier) -> tuple[Reading, ...]:
    """The readings of an engagement, in order of its sessions."""
    return readings(dossier.ratings, dossier.numbers, dossier.holding_sessions)


def reading_of(dossier: Dossier, session: Session) -> Reading | None:
    """What the client rated after a session; None while nothing is rated."""
    own = (reading for reading in readings_of(dossier) if reading.session == session.number)
    return next(own, None)


def superseded_entries(
    entries: Sequence[TciEntry], numbers: Mapping[int, int]
) -> tuple[Reading, ...]:
    """Entries as they were given before a correction replaced them, in the order of their sessions.

    What is compared is what stands now, so these have no mean, no change and no flag.
    """
    return tuple(
        Reading(
            id=entry.id,
            session=numbers[entry.session_id],
            date=entry.date,
            ratings=ratings_of(entry),
            satisfaction=entry.satisfaction,
            note=entry.note,
            unweighted_mean=None,
            change_since_last=dict.fromkeys(FACTORS),
            change_since_first=dict.fromkeys(FACTORS),
            flags={},
            corrects=entry.corrects,
        )
        for chain in _chains(entries, numbers)
        for entry in chain[:-1]
    )


def ratings_of(entry: TciEntry) -> dict[str, int]:
    """The factors an entry rates, by name."""
    values = {factor: getattr(entry, factor) for factor in FACTORS}
    return {factor: value for factor, value in values.items() if value is not None}


def is_pleasant_not_moving(satisfaction: int | None, ratings: Mapping[str, int]) -> bool:
    """One entry's half of the flag of R104; a missing value raises nothing."""
    if satisfaction is None or satisfaction < PLEASANT:
        return False
    low = [factor for factor in ("clarity", "momentum") if ratings.get(factor, 10) <= NOT_MOVING]
    return bool(low)


def _chains(entries: Iterable[TciEntry], numbers: Mapping[int, int]) -> list[list[TciEntry]]:
    """Entries of the same session in the order they were given: the first and its corrections."""
    given = sorted(entries, key=lambda entry: (numbers[entry.session_id], entry.id))
    return [list(chain) for _, chain in groupby(given, key=lambda entry: entry.session_id)]


def _reading(
    chain: Sequence[TciEntry],
    session: int,
    before: Sequence[Reading],
    holding_sessions: Collection[int],
) -> Reading:
    newest = chain[-1]
    ratings: dict[str, int] = {}
    satisfaction: int | None = None
    for entry in chain:
        ratings |= ratings_of(entry)
        satisfaction = entry.satisfaction if entry.satisfaction is not None else satisfaction
    since_last = _changes(ratings, reversed(before))
    complete = len(ratings) == len(FACTORS)
    return Reading(
        id=newest.id,
        session=session,
        date=newest.date,
        ratings={factor: ratings[factor] for factor in FACTORS if factor in ratings},
        satisfaction=satisfaction,
        note="\n".join(entry.note for entry in chain if entry.note),
        unweighted_mean=sum(ratings.values()) / len(FACTORS) if complete else None,
        change_since_last=since_last,
        change_since_first=_changes(ratings, before),
        flags={
            **_flags(since_last, before),
            **_pleasant_flag(session, ratings, satisfaction, before, holding_sessions),
        },
        corrects=newest.corrects,
    )


def _changes(ratings: Mapping[str, int], others: Iterable[Reading]) -> dict[str, int | None]:
    """Per factor, the change against the first of `others` in which it was rated."""
    rows = list(others)
    result: dict[str, int | None] = {}
    for factor in FACTORS:
        against = next((row.ratings[factor] for row in rows if factor in row.ratings), None)
        rating = ratings.get(factor)
        result[factor] = None if against is None or rating is None else rating - against
    return result


def _flags(
    since_last: Mapping[str, int | None],
    before: Sequence[Reading],
) -> dict[str, str]:
    flags: dict[str, str] = {}
    if not before:
        flags["first_entry"] = "the first entry; changes begin with the next"
    for factor, change in since_last.items():
        if change is not None:
            flags[factor] = "rising" if change > 0 else "slipping" if change < 0 else "steady"
    return flags


def _pleasant_flag(
    session: int,
    ratings: Mapping[str, int],
    satisfaction: int | None,
    before: Sequence[Reading],
    holding_sessions: Collection[int],
) -> dict[str, str]:
    """Pleasant and not moving, twice in a row, and nothing has begun to move in between (R104)."""
    worked = [reading for reading in before if reading.session not in holding_sessions]
    if session in holding_sessions or not worked:
        return {}
    other = worked[-1]
    risen = any(
        ratings.get(factor, 0) > other.ratings[factor]
        for factor in ("clarity", "momentum")
        if factor in other.ratings
    )
    if (
        risen
        or not is_pleasant_not_moving(satisfaction, ratings)
        or not is_pleasant_not_moving(other.satisfaction, other.ratings)
    ):
        return {}
    return {
        "pleasant_not_moving": (
            "two entries in a row: satisfaction 8 or more, clarity or momentum 4 or less, and "
            "neither of them higher than before"
        )
    }
