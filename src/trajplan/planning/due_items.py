"""What waits for the coach with one client: a table of rules over records and a day (`today`).

Nothing here is a fault. A rule says what is there to be done and which command does it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from trajplan.planning.calendar import midpoint
from trajplan.records.records import WAITING, Commitment, Session, WrapRecord

DueItemKind = Literal[
    "session_today",
    "session_passed",
    "no_day",
    "meeting",
    "follow_up",
    "close",
    "not_wrapped",
    "wrap_open",
    "not_rated",
    "midpoint",
    "commitment_due",
    "prepare",
]
PREPARE_DAYS = 3
"""How long before a session its plan is asked for."""


class EngagementRecords(Struct, frozen=True, kw_only=True):
    """The records of one engagement that the rules look at."""

    today: dt.date
    start_time: str
    """`HH:MM` when sessions begin as agreed; empty: nothing agreed."""
    sessions: Sequence[Session]
    wraps: Mapping[int, WrapRecord]
    """By session id."""
    prepared: Collection[int]
    """Ids of sessions with a plan."""
    rated: Collection[int]
    """Numbers of sessions after which the client rated."""
    commitments: Sequence[Commitment]
    names: Mapping[int, str]
    """What the command line calls each session or meeting, by id."""
    closed: bool = False
    follow_up: Session | None = None
    """Agreed on at the closing, and not answered yet."""
    rests: bool = False
    """The coach has paused the journey: nothing of it presses."""


class DueItem(Struct, frozen=True, kw_only=True):
    """One thing to do. `session` is its number, `date` the day it belongs to; the text of a
    commitment is what was promised."""

    kind: DueItemKind
    text: str
    command: str
    session: int | None
    date: dt.date
    state: str = "open"
    """How a commitment stands."""


def due_items(found: EngagementRecords) -> tuple[DueItem, ...]:
    """Everything that waits, in the order a coach would take it up.

    After the closing only the follow-up waits; while a journey rests, only meetings agreed apart
    from it.
    """
    if found.closed:
        return tuple(_follow_up(found))
    if found.rests:
        return tuple(_meetings(found))
    numbered = [one for one in found.sessions if one.number]
    held = [one for one in numbered if one.state == "held"]
    last = max(held, key=lambda one: (one.held_on or one.date, one.number or 0), default=None)
    return (
        *_planned(found, numbered),
        *_without_a_day(numbered),
        *_meetings(found),
        *_held(found, held, last),
        *_between(found, last, numbered),
        *_due(found),
        *_all_over(numbered, last),
    )


def _planned(found: EngagementRecords, numbered: Sequence[Session]) -> list[DueItem]:
    result = []
    planned = [one for one in numbered if one.state == "planned"]
    passed = [one for one in planned if one.date < found.today]
    if passed:
        more = _after(len(passed) - 1)
        text = f"its day has passed{more}: wrap it if it was held"
        command = f"trajplan wrap session {passed[0].number}"
        result.append(_of(passed[0], "session_passed", text, command))
    for one in planned:
        ready = one.id in found.prepared
        prep = f"trajplan prep session {one.number}"
        if one.date == found.today:
            start = one.start_time or found.start_time
            at = f" at {start}" if start else ""
            state = "the plan is made" if ready else "not prepared yet"
            result.append(_of(one, "session_today", f"today{at}; {state}", prep))
        elif not ready and 0 < (one.date - found.today).days <= PREPARE_DAYS:
            result.append(_of(one, "prepare", "comes up and is not prepared yet", prep))
    return result


def _without_a_day(numbered: Sequence[Session]) -> list[DueItem]:
    """Missed or cancelled, and nobody has said when instead."""
    return [
        _of(
            one,
            "no_day",
            f"{one.state}, and there is no new day yet",
            f"trajplan sessions move {one.number} DAY",
        )
        for one in numbered
        if one.state in ("missed", "cancelled")
    ]


def _meetings(found: EngagementRecords) -> list[DueItem]:
    """Unnumbered meetings whose day is today or has passed."""
    result = []
    for one in found.sessions:
        if one.number or one.state != "planned" or one.date > found.today:
            continue
        kind = one.kind.replace("_", "-")
        when = "is today" if one.date == found.today else "had its day: was it held?"
        text = f"the {kind} meeting {when}"
        command = f"trajplan sessions update {found.names[one.id]} --held"
        result.append(_of(one, "meeting", text, command))
    return result


def _follow_up(found: EngagementRecords) -> list[DueItem]:
    """The look back that was agreed on when the journey was closed (R111)."""
    one = found.follow_up
    if one is None or one.date > found.today:
        return []
    text = "the follow-up that was agreed on is due"
    return [_of(one, "follow_up", text, "trajplan close --print follow-up")]


def _after(count: int) -> str:
    """How many more sessions lie behind the first one whose day has passed."""
    if count < 2:
        return " (so has that of the next one)" if count else ""
    return f" (so have those of the {count} after it)"


def _held(found: EngagementRecords, held: Sequence[Session], last: Session | None) -> list[DueItem]:
    """Only the latest session is asked about in detail; further back, memory does not reach."""
    result = [
        _of(one, "not_wrapped", "held, and not wrapped yet", f"trajplan wrap session {one.number}")
        for one in held
        if one.id not in found.wraps
    ]
    if last is None:
        return result
    wrap = found.wraps.get(last.id)
    if wrap:
        parts = {"focus": wrap.focus, "takeaways": wrap.takeaways, "inquiry": wrap.inquiry}
        missing = [name for name, said in parts.items() if not said]
        if missing:
            text = f"wrapped in short; still open: {', '.join(missing)}"
            command = f"trajplan wrap session {last.number} --replace --from FILE"
            result.append(_of(last, "wrap_open", text, command))
    if last.number not in found.rated:
        command = f"trajplan log-tci --session {last.number}"
        result.append(_of(last, "not_rated", "no rating yet; the client may leave it out", command))
    return result


def _between(
    found: EngagementRecords, last: Session | None, numbered: Sequence[Session]
) -> list[DueItem]:
    """The mid-point between two sessions, while something was taken on (R101)."""
    if last is None or all(one.status != "open" for one in found.commitments):
        return []
    start = last.held_on or last.date
    coming = [one for one in numbered if one.state == "planned" and one.date > start]
    following = min(coming, key=lambda one: one.date, default=None)
    if following is None or midpoint(start, following.date) != found.today:
        return []
    text = f"half-way to session {following.number}: ask how the commitments go"
    return [_of(last, "midpoint", text, "trajplan commitments")]


def _due(found: EngagementRecords) -> list[DueItem]:
    numbers = {one.id: one.number for one in found.sessions}
    return [
        DueItem(
            kind="commitment_due",
            text=one.what,
            state=one.status,
            command=f"trajplan commitments update {one.number}",
            session=numbers.get(one.session_id or 0),
            date=one.due,
        )
        for one in found.commitments
        if one.status in WAITING and one.due < found.today
    ]


def _all_over(numbered: Sequence[Session], last: Session | None) -> list[DueItem]:
    """Every session is behind them, and the journey has not been closed (R12)."""
    if last is None or any(one.state not in ("held", "skipped") for one in numbered):
        return []
    text = "the last one; the journey can be closed"
    return [_of(last, "close", text, "trajplan close --print checklist")]


def _of(session: Session, kind: DueItemKind, text: str, command: str) -> DueItem:
    return DueItem(kind=kind, text=text, command=command, session=session.number, date=session.date)
