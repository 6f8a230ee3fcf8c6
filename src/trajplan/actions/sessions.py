"""`sessions`: the engagement's meetings, in order and one by one, read only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from trajplan.actions.client_records import any_session_of, references
from trajplan.actions.context import Context
from trajplan.actions.kept_plans import plan_in
from trajplan.content.library import Library
from trajplan.measures.scaled import answers_in_effect
from trajplan.measures.tci import Reading, readings
from trajplan.measures.timing import Timing, timing
from trajplan.planning.arc import journey_at_hand
from trajplan.planning.calendar import instant
from trajplan.planning.methods import session_method
from trajplan.planning.standing import session_steps, step_place
from trajplan.records.dossier import Dossier
from trajplan.records.model import (
    CheckIn,
    Client,
    Commitment,
    Engagement,
    HandedOut,
    MethodChange,
    Note,
    ScaledAnswer,
    Session,
    SessionDay,
    WrapRecord,
)


class SessionRow(Struct, frozen=True, kw_only=True):
    """One session with its place in the journey."""

    session: Session
    phase: str
    step: str
    wrapped: bool
    prepared: bool
    method: str = ""
    """How it is or was worked: its own method, else the engagement's."""
    reference: str = ""
    """What the command line calls it: `4`, or `m1` for an unnumbered meeting."""
    start_time: str = ""
    """Its own, else the usual one; a meeting has only its own."""
    days: tuple[SessionDay, ...] = ()
    """What became of its day, in order."""
    starts_at_utc: dt.datetime | None = None
    """None while no time or no time zone is agreed."""

    @property
    def since(self) -> SessionDay | None:
        """What became of its day last, while it is missed or cancelled."""
        same_state = [day for day in self.days if day.act == self.session.state]
        return same_state[-1] if same_state else None

    @property
    def moves(self) -> int:
        """How often it was moved to another day."""
        return sum(day.act == "moved" and day.was_on != day.now_on for day in self.days)


class SessionList(Struct, frozen=True, kw_only=True):
    """The sessions of an engagement."""

    client: Client
    engagement: Engagement
    rows: tuple[SessionRow, ...]


class SessionView(Struct, frozen=True, kw_only=True):
    """One session with everything on record about it."""

    client: Client
    row: SessionRow
    check_in: CheckIn | None
    wrap: WrapRecord | None
    commitments: tuple[Commitment, ...]
    reading: Reading | None
    notes: tuple[Note, ...]
    paths: Mapping[int, tuple[str, ...]]
    """The goals above each goal and itself, the theme first, by the goal's row."""
    method_changes: tuple[MethodChange, ...] = ()
    timing: Timing | None = None
    """Planned against actual minutes, where any were noted."""
    scaled: tuple[ScaledAnswer, ...] = ()
    handed_out: tuple[HandedOut, ...] = ()


def all_sessions(context: Context, *, client: str | None) -> SessionList:
    """The sessions of the client's engagement, in order."""
    with context.read(client) as records:
        dossier = records.dossier
    return SessionList(
        client=dossier.client,
        engagement=dossier.engagement,
        rows=tuple(
            session_row(dossier, context.library, session, reference)
            for reference, session in references(dossier.sessions).items()
        ),
    )


def session_rows(dossier: Dossier, library: Library) -> tuple[SessionRow, ...]:
    """Every session and meeting of the engagement, in order."""
    return tuple(
        session_row(dossier, library, session, reference)
        for reference, session in references(dossier.sessions).items()
    )


def one_session(context: Context, number: str, *, client: str | None) -> SessionView:
    """Everything on record about one session."""
    with context.read(client) as records:
        session = any_session_of(records, number)
        return session_view(records.dossier, context.library, session, number.strip())


def session_view(
    dossier: Dossier, library: Library, session: Session, reference: str = ""
) -> SessionView:
    """Everything a dossier holds about one session. `reference`: what a meeting is called."""
    read = readings(dossier.ratings, dossier.numbers, dossier.distress_sessions)
    answers = [answer for answer in dossier.scaled_answers if answer.session_id == session.id]
    return SessionView(
        client=dossier.client,
        row=session_row(dossier, library, session, reference),
        check_in=dossier.check_in_of(session.id),
        wrap=dossier.wrap_of(session.id),
        commitments=dossier.commitments_of(session.id),
        reading=next((reading for reading in read if reading.session == session.number), None),
        notes=dossier.notes_of(session.id),
        method_changes=tuple(
            change for change in dossier.method_changes if change.session_id == session.id
        ),
        paths={goal.id: dossier.path_to(goal.id) for goal in dossier.goals},
        timing=_timing(dossier, session),
        scaled=answers_in_effect(answers),
        handed_out=dossier.handed_out_in(session.id),
    )


def session_row(
    dossier: Dossier, library: Library, session: Session, reference: str = ""
) -> SessionRow:
    """One session's place in the journey, and what is there of it already."""
    engagement = dossier.engagement
    phase, step = session.phase, ""
    if session.number:
        journey = journey_at_hand(library, engagement)
        # A journey that is not at hand today must not hide what is on record.
        if journey:
            place = step_place(journey, dossier, session_steps(dossier), session.number)
            phase, step = phase or place.phase.id, place.step
    start = session.start_time or (engagement.start_time if session.number else "")
    return SessionRow(
        session=session,
        phase=phase,
        step=step,
        wrapped=dossier.wrap_of(session.id) is not None,
        prepared=dossier.plan_of(session.id) is not None,
        method=session_method(dossier, session),
        reference=str(session.number) if session.number else reference,
        start_time=start,
        days=dossier.days_of(session.id),
        starts_at_utc=instant(session.date, start, engagement.time_zone),
    )


def _timing(dossier: Dossier, session: Session) -> Timing | None:
    """Planned against actual minutes; None while nothing was recorded (R54)."""
    wrap, plan = dossier.wrap_of(session.id), plan_in(dossier, session)
    if wrap is None or plan is None or not wrap.actual:
        return None
    planned = [(segment.id, segment.title, segment.minutes) for segment in plan.segments]
    return timing(planned, wrap.actual, wrap.frame_change)
