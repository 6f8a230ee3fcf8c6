"""`sessions`: the engagement's meetings, in order and one by one, read only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.goal_paths import paths_of
from trajplan.actions.kept_plans import kept_plan
from trajplan.actions.resolve import ClientEngagement, any_session_of, case_of, references
from trajplan.actions.scaled import answers_of
from trajplan.content.library import Library
from trajplan.measures.tci import Reading, readings
from trajplan.measures.timing import Timing, timing
from trajplan.planning.arc import journey_at_hand, position
from trajplan.planning.calendar import instant
from trajplan.planning.methods import method_of
from trajplan.records import (
    checkins,
    method_changes,
    model,
    ratings,
)
from trajplan.records.model import (
    CheckIn,
    Client,
    Commitment,
    Engagement,
    Goal,
    HandedOut,
    KeptPlan,
    Note,
    ScaledAnswer,
    Session,
    SessionDay,
    WrapRecord,
)
from trajplan.records.records import MethodChange
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store, reading


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


class SessionList(Struct, frozen=True, kw_only=True):
    """The sessions of an engagement."""

    client: Client
    engagement: Engagement
    rows: tuple[SessionRow, ...]


class SessionView(Struct, frozen=True, kw_only=True):
    """One session with everything kept about it."""

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
    with reading(context.practice) as store:
        case = case_of(store, client)
        every = store.select(Session, engagement_id=case.engagement.id)
        return SessionList(
            client=case.client,
            engagement=case.engagement,
            rows=tuple(
                row_of(store, context.library, case, one, name)
                for name, one in references(every).items()
            ),
        )


def row_of(
    store: Store, library: Library, case: ClientEngagement, session: Session, reference: str = ""
) -> SessionRow:
    """One session's place in the journey, and what is there of it already.

    `reference`: what an unnumbered meeting is called.
    """
    phase, step = session.phase, ""
    if session.number:
        journey = journey_at_hand(library, case.engagement)
        # A journey that is not at hand today must not hide what was kept.
        if journey:
            place = position(journey, case.engagement.sessions, session.number)
            phase, step = phase or place.phase.id, place.step
    start = session.start_time or (case.engagement.start_time if session.number else "")
    return SessionRow(
        session=session,
        phase=phase,
        step=step,
        wrapped=store.find(WrapRecord, session_id=session.id) is not None,
        prepared=store.find(KeptPlan, session_id=session.id) is not None,
        method=method_of(
            session,
            case.engagement,
            store.select(model.MethodChange, engagement_id=case.engagement.id),
            session_numbers(store, case.engagement.id),
        ),
        reference=str(session.number) if session.number else reference,
        start_time=start,
        days=store.select(SessionDay, session_id=session.id),
        starts_at_utc=instant(session.date, start, case.engagement.time_zone),
    )


def one_session(context: Context, number: str, *, client: str | None) -> SessionView:
    """Everything kept about one session."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        session = any_session_of(store, case.engagement, number)
        return session_view(store, context.library, case, session, number.strip())


def session_view(
    store: Store, library: Library, case: ClientEngagement, session: Session, reference: str = ""
) -> SessionView:
    """Everything kept about one session, read from an open store."""
    found = readings(
        ratings.of_engagement(store, case.engagement.id), session_numbers(store, case.engagement.id)
    )
    return SessionView(
        client=case.client,
        row=row_of(store, library, case, session, reference),
        check_in=checkins.of_session(store, session.id),
        wrap=store.find(WrapRecord, session_id=session.id),
        commitments=store.select(Commitment, session_id=session.id),
        reading=next((one for one in found if one.session == session.number), None),
        notes=store.select(Note, session_id=session.id),
        method_changes=tuple(
            one
            for one in method_changes.of_engagement(store, case.engagement.id)
            if one.session_id == session.id
        ),
        paths=paths_of(store.select(Goal, engagement_id=case.engagement.id)),
        timing=_timing(store, session),
        scaled=answers_of(store, session.id),
        handed_out=store.select(HandedOut, session_id=session.id),
    )


def _timing(store: Store, session: Session) -> Timing | None:
    """Planned against actual minutes; None while nothing was recorded (R54)."""
    wrap, plan = store.find(WrapRecord, session_id=session.id), kept_plan(store, session)
    if wrap is None or plan is None or not wrap.actual:
        return None
    planned = [(one.id, one.title, one.minutes) for one in plan.segments]
    return timing(planned, wrap.actual, wrap.frame_change)
