"""What waits for the coach with one client: a table of rules over records and a day (`today`).

Nothing here is a fault. A rule says what is there to be done and which command does it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.planning.calendar import midpoint
from trajplan.planning.plan import PinnedNote, PlannedParked
from trajplan.records.model import WAITING, Commitment, Session, WrapRecord

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
    "pinned",
    "parked",
]
ASK_DAYS = 7
"""For so long after its day, only whether a session was held is asked (R166)."""
ASKED = "asked"
"""State of a session of whose day nothing else is said yet."""
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
    rates: bool = True
    """Whether the client gives numbers (R166)."""
    rated: Collection[int]
    """Numbers of sessions after which the client rated."""
    commitments: Sequence[Commitment]
    names: Mapping[int, str]
    """What the command line calls each session or meeting, by id."""
    closed: bool = False
    follow_up: Session | None = None
    """Agreed on at the closing, and not answered yet."""
    parked: Sequence[PlannedParked] = ()
    """The topics nobody has closed."""
    pinned: Sequence[PinnedNote] = ()
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
    """How a commitment stands; `dated`: a parked topic with a day by which it matters;
    `asked`: nothing else is asked of the session yet."""


def due_items(records: EngagementRecords) -> tuple[DueItem, ...]:
    """Everything that waits, in the order a coach would take it up.

    A session whose day passed within the week asks whether it was held, and nothing else does but
    what today brings and what stands until it is closed.

    After the closing only the follow-up waits; while a journey rests, only meetings agreed apart
    from it, and what stands until it is closed.
    """
    if records.closed:
        return tuple(_follow_up(records))
    if records.rests:
        return (*_pinned(records), *_meetings(records), *_parked(records))
    numbered_sessions = [session for session in records.sessions if session.number]
    held_sessions = [session for session in numbered_sessions if session.state == "held"]
    last = max(
        held_sessions,
        key=lambda session: (session.held_on or session.date, session.number or 0),
        default=None,
    )
    if _only_asked(records, numbered_sessions):
        return (
            *_pinned(records),
            *(
                item
                for item in _planned_sessions(records, numbered_sessions)
                if item.kind in ("session_passed", "session_today")
            ),
            *_meetings(records),
            *_parked(records),
        )
    return (
        *_pinned(records),
        *_planned_sessions(records, numbered_sessions),
        *_sessions_without_day(numbered_sessions),
        *_meetings(records),
        *_held_sessions(records, held_sessions, last),
        *_midpoint(records, last, numbered_sessions),
        *_due_commitments(records),
        *_closing(numbered_sessions, last),
        *_parked(records),
    )


def _only_asked(records: EngagementRecords, numbered_sessions: Sequence[Session]) -> bool:
    """Whether a session of the last days has not been said to be held or not (R166)."""
    return any(
        session.state == "planned" and 0 < (records.today - session.date).days <= ASK_DAYS
        for session in numbered_sessions
    )


def _pinned(records: EngagementRecords) -> list[DueItem]:
    """Notes that stand until they are unpinned (R128)."""
    return [
        DueItem(
            kind="pinned",
            text=note.text,
            command=f"trajplan notes unpin {note.id}",
            session=note.session,
            date=dt.date.fromisoformat(note.written),
        )
        for note in records.pinned
    ]


def _parked(records: EngagementRecords) -> list[DueItem]:
    """Topics for another time; the day of one without a date is the day it was parked on."""
    return [
        DueItem(
            kind="parked",
            text=topic.text,
            command=f"trajplan parked close {topic.id}",
            session=topic.session,
            date=dt.date.fromisoformat(topic.due or topic.since),
            state="dated" if topic.due else "open",
        )
        for topic in records.parked
    ]


def _planned_sessions(
    records: EngagementRecords, numbered_sessions: Sequence[Session]
) -> list[DueItem]:
    result = []
    planned_sessions = [session for session in numbered_sessions if session.state == "planned"]
    past_sessions = [session for session in planned_sessions if session.date < records.today]
    if past_sessions:
        more = _after(len(past_sessions) - 1)
        command = f"trajplan wrap session {past_sessions[0].number}"
        if _only_asked(records, past_sessions):
            text = f"was it held?{_and_after(len(past_sessions) - 1)}"
            item = _session_item(past_sessions[0], "session_passed", text, command)
            result.append(replace(item, state=ASKED))
        else:
            text = f"its day has passed{more}: wrap it if it was held"
            result.append(_session_item(past_sessions[0], "session_passed", text, command))
    for session in planned_sessions:
        ready = session.id in records.prepared
        prep = f"trajplan prep session {session.number}"
        if session.date == records.today:
            start = session.start_time or records.start_time
            clock = f" at {start}" if start else ""
            state = "the plan is made" if ready else "not prepared yet"
            result.append(_session_item(session, "session_today", f"today{clock}; {state}", prep))
        elif not ready and 0 < (session.date - records.today).days <= PREPARE_DAYS:
            result.append(
                _session_item(session, "prepare", "comes up and is not prepared yet", prep)
            )
    return result


def _sessions_without_day(numbered_sessions: Sequence[Session]) -> list[DueItem]:
    """Missed or cancelled, and nobody has said when instead."""
    return [
        _session_item(
            session,
            "no_day",
            f"{session.state}, and there is no new day yet",
            f"trajplan sessions move {session.number} DAY",
        )
        for session in numbered_sessions
        if session.state in ("missed", "cancelled")
    ]


def _meetings(records: EngagementRecords) -> list[DueItem]:
    """Unnumbered meetings whose day is today or has passed."""
    result = []
    for session in records.sessions:
        if session.number or session.state != "planned" or session.date > records.today:
            continue
        kind = session.kind.replace("_", "-")
        when = "is today" if session.date == records.today else "had its day: was it held?"
        text = f"the {kind} meeting {when}"
        command = f"trajplan sessions update {records.names[session.id]} --held"
        result.append(_session_item(session, "meeting", text, command))
    return result


def _follow_up(records: EngagementRecords) -> list[DueItem]:
    """The look back that was agreed on when the journey was closed (R111)."""
    meeting = records.follow_up
    if meeting is None or meeting.date > records.today:
        return []
    text = "the follow-up that was agreed on is due"
    return [_session_item(meeting, "follow_up", text, "trajplan close --print follow-up")]


def _after(count: int) -> str:
    """How many more sessions lie behind the first one whose day has passed."""
    if count < 2:
        return " (so has that of the next one)" if count else ""
    return f" (so have those of the {count} after it)"


def _and_after(count: int) -> str:
    """The same question about those behind the first one."""
    if count < 2:
        return " And the next one?" if count else ""
    return f" And the {count} after it?"


def _held_sessions(
    records: EngagementRecords, held_sessions: Sequence[Session], last: Session | None
) -> list[DueItem]:
    """Only the latest session is asked about in detail; further back, memory does not reach."""
    result = [
        _session_item(
            session,
            "not_wrapped",
            "held, and not wrapped yet",
            f"trajplan wrap session {session.number}",
        )
        for session in held_sessions
        if session.id not in records.wraps
    ]
    if last is None:
        return result
    wrap = records.wraps.get(last.id)
    if wrap:
        parts = {"focus": wrap.focus, "takeaways": wrap.takeaways, "inquiry": wrap.inquiry}
        missing = [name for name, words in parts.items() if not words]
        if missing:
            text = f"wrapped in short; still open: {', '.join(missing)}"
            command = f"trajplan wrap session {last.number} --replace --from FILE"
            result.append(_session_item(last, "wrap_open", text, command))
    if records.rates and last.number not in records.rated:
        command = f"trajplan log-tci --session {last.number}"
        result.append(
            _session_item(last, "not_rated", "no rating yet; the client may leave it out", command)
        )
    return result


def _midpoint(
    records: EngagementRecords, last: Session | None, numbered_sessions: Sequence[Session]
) -> list[DueItem]:
    """The mid-point between two sessions, while something was taken on (R101)."""
    if last is None or all(commitment.status != "open" for commitment in records.commitments):
        return []
    start = last.held_on or last.date
    coming_sessions = [
        session
        for session in numbered_sessions
        if session.state == "planned" and session.date > start
    ]
    next_session = min(coming_sessions, key=lambda session: session.date, default=None)
    if next_session is None or midpoint(start, next_session.date) != records.today:
        return []
    text = f"half-way to session {next_session.number}: ask how the commitments go"
    return [_session_item(last, "midpoint", text, "trajplan commitments")]


def _due_commitments(records: EngagementRecords) -> list[DueItem]:
    numbers = {session.id: session.number for session in records.sessions}
    return [
        DueItem(
            kind="commitment_due",
            text=commitment.what,
            state=commitment.status,
            command=f"trajplan commitments update {commitment.number}",
            session=numbers.get(commitment.session_id or 0),
            date=commitment.due,
        )
        for commitment in records.commitments
        if commitment.status in WAITING and commitment.due < records.today
    ]


def _closing(numbered_sessions: Sequence[Session], last: Session | None) -> list[DueItem]:
    """Every session is behind them, and the journey has not been closed (R12)."""
    if last is None or any(
        session.state not in ("held", "skipped") for session in numbered_sessions
    ):
        return []
    text = "the last one; the journey can be closed"
    return [_session_item(last, "close", text, "trajplan close --print checklist")]


def _session_item(session: Session, kind: DueItemKind, text: str, command: str) -> DueItem:
    return DueItem(kind=kind, text=text, command=command, session=session.number, date=session.date)
