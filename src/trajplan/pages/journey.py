"""The journey: its arc with dates, where we are, milestones, stages, and what holds it up.

What is said when a coach has looked at a phase's milestone (R10).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trajplan.actions.calendar import session_name, session_reference
from trajplan.actions.journey import JourneyPhase, JourneyView
from trajplan.actions.sessions import SessionRow
from trajplan.dates import brief_day, due_words, own_words, short_date
from trajplan.pages.calendar_file import session_calendar
from trajplan.pages.document import Document, client_data, fields_data, instant_data, own_clock_data
from trajplan.pages.page import (
    Arc,
    Block,
    Bullets,
    Column,
    Heading,
    Item,
    Line,
    Page,
    Phase,
    Stop,
    Table,
    Tick,
    bold,
    code,
    labelled,
)
from trajplan.planning.arc import Milestone
from trajplan.planning.evidence import StageEvidence
from trajplan.planning.stalls import Stall
from trajplan.records.model.journeys import Pause
from trajplan.records.model.sessions import Session
from trajplan.text import plural

STAGE_MARKS = {True: "◆", False: "◇"}
EXITS = {
    "not_looked_at": "not looked at yet",
    "open": "still open",
    "met": "met",
    "overridden": "going on all the same",
}
MOST_EVIDENCE = 3


def journey_page(journey: JourneyView) -> Document:
    """The arc with its dates, milestones and stages, and what may hold it up (R11, R15)."""
    return Document(
        page=lambda: _page(journey),
        data=lambda: _data(journey),
        calendar=lambda: session_calendar(journey.dossier, journey.today),
    )


def _page(journey: JourneyView) -> Page:
    """The arc first: where we are is seen before it is read."""
    ordinal = journey.dossier.engagement.ordinal
    which = f" · engagement {ordinal}" if ordinal > 1 else ""
    return Page.of(
        f"Journey · {journey.dossier.client.name}{which}",
        labelled(*_facts(journey)),
        _arc(journey),
        *(block for phase in journey.phases for block in _phase(journey, phase)),
        *_meetings(journey),
        Heading("Stages"),
        Bullets(tuple(map(_stage, journey.stages))),
        Heading("What holds it up"),
        Bullets(tuple(_held_up(journey.stall))),
    )


def _facts(journey: JourneyView) -> Iterator[tuple[str, str]]:
    """The lines at the head."""
    engagement, pause = journey.dossier.engagement, _pause(journey)
    rhythm = f"every {plural(engagement.every_days, 'day')}, {engagement.minutes} minutes"
    if engagement.start_time:
        rhythm += f", {engagement.start_time}"
    if engagement.time_zone:
        rhythm += f" in {engagement.time_zone}"
    following = journey.dossier.next_session()
    if clocks := following and journey.dossier.clocks_of(following):
        rhythm += f" (next time that is {own_words(clocks)})"
    last = journey.phases[-1].sessions[-1].session
    length = f"{plural(engagement.sessions, 'session')}, the last on {short_date(last.date)}"
    yield "Destination", engagement.destination or "not yet in words"
    yield "Journey", f"{engagement.journey}, {length}"
    yield "Rhythm", rhythm
    yield "Where we are", _where(journey)
    if pause:
        until = f" until {short_date(pause.until)}" if pause.until else ""
        reason = f": {pause.reason}" if pause.reason else ""
        yield "Pause", f"since {short_date(pause.since)}{until}{reason}"
    if engagement.closed:
        yield "Closed", short_date(engagement.closed)


def _pause(journey: JourneyView) -> Pause | None:
    """The pause the engagement rests in, or the next one ahead."""
    ahead = (
        pause
        for pause in journey.dossier.pauses
        if pause.until is None or (pause.since < pause.until and journey.today < pause.until)
    )
    return next(ahead, None)


def _where(journey: JourneyView) -> str:
    sessions = [row for phase in journey.phases for row in phase.sessions]
    held = sum(row.session.state == "held" for row in sessions)
    so_far = f"{held} of {plural(len(sessions), 'session')} held"
    ahead = journey.dossier.next_session()
    if ahead is None:
        return f"{so_far}; none is ahead"
    for phase in journey.phases:
        numbers = [row.session.number for row in phase.sessions]
        if ahead.number in numbers:
            place = f"{numbers.index(ahead.number) + 1} of {len(numbers)} in the {phase.id} phase"
            return f"{so_far}; session {ahead.number}, {place}, {_day_ahead(journey, ahead)}"
    return so_far


def _day_ahead(journey: JourneyView, session: Session) -> str:
    if session.state != "planned":
        return "has no day yet"
    when = due_words(journey.dossier.own_day(session), journey.today)
    return f"{short_date(session.date)} ({when})"


def _arc(journey: JourneyView) -> Arc:
    first, last = journey.phases[0].sessions[0], journey.phases[-1].sessions[-1]
    return Arc(
        tuple(
            Phase(phase.id.capitalize(), tuple(_stop(journey, row) for row in phase.sessions))
            for phase in journey.phases
        ),
        f"{plural(len(journey.phases), 'phase')} from {short_date(first.session.date)} to "
        f"{short_date(last.session.date)}.",
    )


def _stop(journey: JourneyView, row: SessionRow) -> Stop:
    session = row.session
    following = journey.dossier.next_session()
    ahead = following is not None and session.id == following.id
    return Stop(session.number or 0, session.state, brief_day(session.date), ahead)


def _phase(journey: JourneyView, phase: JourneyPhase) -> Iterator[Block]:
    yield Heading(phase.id.capitalize())
    yield Line(phase.purpose)
    yield Table(
        (Column("#", right=True), "", "date", "state", "step"),
        tuple(
            (
                str(row.session.number),
                _stop(journey, row).mark,
                short_date(row.session.date),
                _state(row),
                row.step,
            )
            for row in phase.sessions
        ),
    )
    if phase.milestone.criteria:
        state = _exit(phase.milestone)
        end = "" if state.endswith((".", "!", "?", "…")) else ":"
        yield Line((bold("Milestone"), f", {state}{end}"))
        for text, met in phase.milestone.criteria:
            yield Tick(text, met)


def _state(row: SessionRow) -> str:
    """A session's state in words: by whom it was cancelled, how often it was moved."""
    session, since = row.session, row.since
    text: str = session.state
    if session.state == "cancelled" and since and since.cancelled_by:
        hours = since.notice_hours
        notice = "" if hours is None else f", {plural(hours, 'hour')} ahead"
        text += f" by the {since.cancelled_by}{notice}"
    if session.state in ("missed", "cancelled"):
        text += ", no new day yet"
    if row.moves:
        text += f", moved {'once' if row.moves == 1 else f'{row.moves} times'}"
    if session.start_time:
        text += f", {session.start_time}"
    return text


def _exit(milestone: Milestone) -> str:
    """A milestone's state with its day and reason."""
    when = f", {short_date(milestone.date)}" if milestone.date else ""
    reason = f": {milestone.reason}" if milestone.reason else ""
    return f"{EXITS[milestone.state]}{when}{reason}"


def _meetings(journey: JourneyView) -> Iterator[Block]:
    """What takes place beside the numbered sessions."""
    sessions = journey.dossier.sessions
    if meetings := _unnumbered(sessions):
        yield Heading("Beside the arc")
        yield Bullets(
            tuple(
                f"{short_date(meeting.date)}: {session_name(meeting, sessions)}, {meeting.state}"
                + (f", {meeting.start_time}" if meeting.start_time else "")
                for meeting in meetings
            )
        )


def _unnumbered(sessions: Sequence[Session]) -> list[Session]:
    return [session for session in sessions if not session.number]


def _stage(stage: StageEvidence) -> Item:
    """A stage with what shows it, or what would."""
    evidence = stage.evidence[:MOST_EVIDENCE]
    more = len(stage.evidence) - len(evidence)
    below = [*evidence, *([f"and {more} more"] if more else [])]
    if not evidence and stage.would_show:
        *others, last = stage.would_show
        would = f"{', '.join(others)} or {last}" if others else last
        below = [f"nothing on record shows it yet; {would} would"]
    name = stage.stage.id.capitalize()
    return Item(
        (bold(name), f" ({', '.join(stage.phases)}): {stage.stage.about}"),
        STAGE_MARKS[bool(evidence)],
        tuple(below),
    )


def _held_up(stall: Stall) -> list[str]:
    """What holds the journey up, a line each; when nothing is said, why."""
    if stall.silent:
        return [f"Nothing to report at the moment: {stall.silent}."]
    if not stall.seen:
        return ["Nothing on record."]
    return [*(sign.text for sign in stall.seen), f"Likely cause: {stall.likely_cause}"]


def _data(journey: JourneyView) -> dict[str, Any]:
    engagement, ahead = journey.dossier.engagement, journey.dossier.next_session()
    sessions = journey.dossier.sessions
    pause = _pause(journey)
    return {
        **client_data(journey.dossier.client),
        "engagement": engagement.ordinal,
        **fields_data(engagement, "journey", "destination", "sessions", "every_days", "minutes"),
        **fields_data(engagement, "start_time", "time_zone"),
        "today": journey.today,
        "next_session": ahead.number if ahead else None,
        "pause": fields_data(pause, "since", "until") if pause else None,
        "closed": engagement.closed,
        "phases": [
            {
                **fields_data(phase, "id", "purpose", "stages"),
                "milestone": {
                    "state": phase.milestone.state,
                    "date": phase.milestone.date or None,
                    "reason": phase.milestone.reason,
                    "criteria": [
                        {"text": text, "met": met} for text, met in phase.milestone.criteria
                    ],
                },
                "sessions": [_session_data(row) for row in phase.sessions],
            }
            for phase in journey.phases
        ],
        "meetings": [
            {
                "id": session_reference(meeting, sessions),
                **fields_data(meeting, "kind", "date", "start_time", "state"),
            }
            for meeting in _unnumbered(sessions)
        ],
        "stages": [
            {
                "id": stage.stage.id,
                "about": stage.stage.about,
                **fields_data(stage, "phases", "evidence", "would_show"),
            }
            for stage in journey.stages
        ],
        "stall": {
            "signs": [fields_data(sign, "sign", "text") for sign in journey.stall.seen],
            **fields_data(journey.stall, "likely_cause", "silent"),
        },
    }


def _session_data(row: SessionRow) -> dict[str, Any]:
    session, since = row.session, row.since
    return {
        "session": session.number,
        "date": session.date,
        "start_time": row.start_time,
        "starts_at_utc": instant_data(row.starts_at_utc),
        "own_clock": own_clock_data(row.clocks),
        "state": session.state,
        **fields_data(since, "cancelled_by", "notice_hours"),
        "moves": row.moves,
        "step": row.step,
    }


def milestone_page(journey: JourneyView, phase: str) -> Document:
    """What is said when a coach has looked at a phase's milestone."""
    return Document(
        page=lambda: _milestone_page(journey, _phase_of(journey, phase)),
        data=lambda: _milestone_data(journey, _phase_of(journey, phase)),
    )


def _phase_of(journey: JourneyView, name: str) -> JourneyPhase:
    return next(phase for phase in journey.phases if phase.id == name)


def _last_number(phase: JourneyPhase) -> int:
    return max(row.session.number or 0 for row in phase.sessions)


def _milestone_page(journey: JourneyView, phase: JourneyPhase) -> Page:
    """The criteria with their ticks, and what follows."""
    milestone = phase.milestone
    if milestone.state == "met":
        follows = "as the phase has it"
    else:
        follows = "names what is still open, and leans halfway back to this phase's question mix"
    ahead = journey.dossier.next_session()
    return Page.of(
        f"{journey.dossier.client.name} · {phase.id} phase, milestone after session "
        f"{_last_number(phase)}: {EXITS[milestone.state]}",
        *(
            Tick(f"{number}  {text}", met)
            for number, (text, met) in enumerate(milestone.criteria, 1)
        ),
        labelled(
            ("Reason", milestone.reason),
            ("Next plan", follows),
            ("Next", (code(f"trajplan prep session {ahead.number}"),) if ahead else ""),
        ),
    )


def _milestone_data(journey: JourneyView, phase: JourneyPhase) -> dict[str, Any]:
    milestone = phase.milestone
    return {
        **client_data(journey.dossier.client),
        "phase": phase.id,
        "session": _last_number(phase),
        "state": milestone.state,
        "reason": milestone.reason,
        "criteria": [{"text": text, "met": met} for text, met in milestone.criteria],
    }
