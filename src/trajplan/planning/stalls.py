"""Why a journey stalls: the signs the records show, and the likely cause to each set of them (R15).

Signs are facts. A cause is a guess, worded as one, to open a conversation and not to close it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Journey
from trajplan.dates import due_words, short_date
from trajplan.measures.tci import readings_of
from trajplan.planning.arc import session_phases
from trajplan.planning.blueprint_triggers import FALL, MISSES
from trajplan.planning.from_records import FactorChange
from trajplan.planning.last_time import factor_changes
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.sessions import Session
from trajplan.text import in_quotes

StallSignName = Literal["falling", "missed_twice", "overdue", "phase_skipped"]

OPENING = ("foundation", "exploration")
"""Phases that look for more options. In any other, fewer of them may be what the work is for."""

_CAUSES: Mapping[str, str] = {
    "": "",
    "falling": (
        "Something may have come to light that is harder than it looked. A rating can fall because "
        "somebody has begun to be honest."
    ),
    "missed_twice": "The step may be too large, or may belong to a goal that no longer fits.",
    # That a meeting is overdue says nothing about the client (F14).
    "overdue": "Nothing shows but that a wrap or a new day is missing.",
    "phase_skipped": "The work may rest on ground that was never laid.",
    "falling missed_twice": (
        "The direction may no longer be the client's own: neither the ratings nor the steps go "
        "along with it."
    ),
    "falling overdue": (
        "Something in the last session may have been left unsaid, and staying away may be how it "
        "shows."
    ),
    "missed_twice overdue": (
        "A promise that waits may make it harder to come back. The next meeting may have to start "
        "without it."
    ),
    "falling phase_skipped": (
        "The journey may have run ahead of the client: a stretch is missing, and confidence in the "
        "rest goes with it."
    ),
    "missed_twice phase_skipped": "The steps may have come before what they were to stand on.",
    "overdue phase_skipped": "The journey may be getting shorter without anybody having said so.",
    "falling missed_twice overdue": (
        "The engagement itself may be in question. What the client wants from it now may be "
        "something else than at the start."
    ),
    "falling missed_twice phase_skipped": (
        "Plan and person may have parted where a phase was left out; steps and ratings have not "
        "recovered since."
    ),
    "falling overdue phase_skipped": (
        "The client may be drawing back from a journey that became somebody else's."
    ),
    "missed_twice overdue phase_skipped": (
        "The form may not suit the client's life at present: too much, too close together, or too "
        "early."
    ),
    "falling missed_twice overdue phase_skipped": (
        "Little of the agreement seems to hold. It may have to be made anew, or ended well."
    ),
}
CAUSES = {frozenset(signs.split()): cause for signs, cause in _CAUSES.items()}
"""One likely cause to every set of signs."""


class StallRecords(Struct, frozen=True):
    """What the records say that may be a sign."""

    ratings: Sequence[FactorChange]
    """Of the latest entry."""
    commitments: Sequence[Commitment]
    sessions: Sequence[Session]
    """All of the engagement, on the coach's days."""
    phases: Mapping[int, str]
    """Phase of each numbered session, in order."""
    today: dt.date
    rated_phase: str = ""
    """Phase of the session that the latest entry belongs to."""


class StallSign(Struct, frozen=True):
    """One sign with the records it was seen in."""

    sign: StallSignName
    text: str
    session: int | None = None
    """The number of the session that is overdue."""


class Stall(Struct, frozen=True):
    """What holds a journey up; without signs nothing does.

    `silent`: why nothing is said at present, or empty. Nobody is measured then.
    """

    seen: tuple[StallSign, ...]
    likely_cause: str
    silent: str


def stall_of(dossier: Dossier, journey: Journey, today: dt.date) -> Stall:
    """What holds an engagement up, unless there is a reason to say nothing (R15)."""
    ratings = readings_of(dossier)
    latest = ratings[-1] if ratings else None
    phases = session_phases(dossier, journey)
    records = StallRecords(
        ratings=factor_changes(latest),
        commitments=dossier.commitments,
        sessions=[replace(session, date=dossier.own_day(session)) for session in dossier.sessions],
        phases=phases,
        today=today,
        rated_phase=phases.get(latest.session, "") if latest else "",
    )
    return stall(records, silences(dossier, today))


def closing(day: dt.date) -> str:
    """Why nothing is said of a journey that was closed on a day."""
    return f"the journey was closed on {short_date(day)}"


def silences(dossier: Dossier, today: dt.date) -> tuple[str, ...]:
    """Reasons to say nothing about stalls: a journey that rests or is closed, a referral (R15)."""
    pause, closed = dossier.pause_on(today), dossier.engagement.closed
    return (
        *([f"the journey has been paused since {short_date(pause.since)}"] if pause else ()),
        *([closing(closed)] if closed else ()),
        *(
            f"a referral stands since {short_date(referral.date)}"
            for referral in dossier.standing_referrals()
        ),
    )


def stall(records: StallRecords, silences: Sequence[str]) -> Stall:
    """Look for signs. `silences` are reasons to say nothing: a pause, a referral, a close."""
    if silences:
        return Stall((), "", "; ".join(silences))
    signs = (
        *_falling_ratings(records),
        *_missed_twice(records.commitments),
        *_sessions_overdue(records),
        *_phases_skipped(records),
    )
    return Stall(signs, CAUSES[frozenset(sign.sign for sign in signs)], "")


def _falling_ratings(records: StallRecords) -> list[StallSign]:
    """Factors that went down by `FALL` points or more; a single point says nothing yet. Fewer
    options alone are what choosing looks like."""
    alone = all(
        rating.factor == "options" or (rating.change or 0) >= 0 for rating in records.ratings
    )
    narrows = alone or records.rated_phase not in OPENING
    return [
        StallSign(
            "falling",
            f"{rating.factor} went down from {rating.value - rating.change} to {rating.value}",
        )
        for rating in records.ratings
        if rating.change is not None
        and rating.change <= -FALL
        and not (rating.factor == "options" and narrows)
    ]


def _missed_twice(commitments: Sequence[Commitment]) -> list[StallSign]:
    """Promises that were missed twice and wait; what is done in part is on its way."""
    return [
        StallSign(
            "missed_twice", f"{in_quotes(commitment.what)} has waited {commitment.misses} times"
        )
        for commitment in commitments
        if commitment.misses >= MISSES and commitment.status in ("open", "not_yet")
    ]


def _sessions_overdue(records: StallRecords) -> list[StallSign]:
    signs = []
    for session in records.sessions:
        if (
            not session.number
            or session.state in ("held", "skipped")
            or session.date >= records.today
        ):
            continue
        when = due_words(session.date, records.today)
        became = {
            "planned": f"was {when} and has no wrap yet",
            "missed": f"was missed {when} and has no new day",
            "cancelled": f"was cancelled {when} and has no new day",
        }
        text = f"session {session.number} {became[session.state]}"
        signs.append(StallSign("overdue", text, session.number))
    return signs


def _phases_skipped(records: StallRecords) -> list[StallSign]:
    """Phases of which every session was skipped."""
    state = {session.number: session.state for session in records.sessions if session.number}
    by_phase: dict[str, list[str]] = {}
    for number, phase in records.phases.items():
        if number in state:
            by_phase.setdefault(phase, []).append(state[number])
    return [
        StallSign("phase_skipped", f"no session of the {phase} phase was held")
        for phase, states in by_phase.items()
        if all(session_state == "skipped" for session_state in states)
    ]
