"""`sessions`: the engagement's meetings, in order and one by one, read only; a session's minutes as
planned and as they were (R54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec import Struct

from trajplan.actions.client_records import any_session_of
from trajplan.actions.context import Context
from trajplan.actions.kept_plans import plan_in
from trajplan.content.library import Library
from trajplan.planning.arc import journey_at_hand, session_steps, step_place
from trajplan.records.dossier import Dossier, references, start_in_plan, start_of
from trajplan.records.model.sessions import Session, SessionDay
from trajplan.zones import TwoClocks, instant


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
    start_in_plan: str = ""
    """What `prep --start` asked for, where that is another time."""
    days: tuple[SessionDay, ...] = ()
    """What became of its day, in order."""
    starts_at_utc: dt.datetime | None = None
    """None while no time or no time zone is agreed."""
    clocks: TwoClocks | None = None
    """Where the coach's clock says something else."""

    @property
    def since(self) -> SessionDay | None:
        """What became of its day last, while it is missed or cancelled."""
        same_state = [day for day in self.days if day.act == self.session.state]
        return same_state[-1] if same_state else None

    @property
    def moves(self) -> int:
        """How often it was moved to another day."""
        return sum(day.act == "moved" and day.was_on != day.now_on for day in self.days)


def session_rows(dossier: Dossier, library: Library) -> tuple[SessionRow, ...]:
    """Every session and meeting of the engagement, in order."""
    return tuple(
        session_row(dossier, library, session, reference)
        for reference, session in references(dossier.sessions).items()
    )


def one_session(context: Context, number: str, *, client: str | None) -> tuple[Dossier, SessionRow]:
    """One session among everything about its engagement. Raises as `any_session_of` does."""
    with context.read(client) as records:
        session, dossier = any_session_of(records, number), records.dossier
    return dossier, session_row(dossier, context.library, session, number.strip())


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
    start = start_of(engagement, session)
    return SessionRow(
        session=session,
        phase=phase,
        step=step,
        wrapped=dossier.wrap_of(session.id) is not None,
        prepared=dossier.plan_of(session.id) is not None,
        method=dossier.method_of(session),
        reference=str(session.number) if session.number else reference,
        start_time=start,
        start_in_plan=start_in_plan(engagement, session),
        days=dossier.days_of(session.id),
        starts_at_utc=instant(session.date, start, engagement.time_zone),
        clocks=dossier.clocks_of(session),
    )


def timing_of(dossier: Dossier, session: Session) -> Timing | None:
    """Planned against actual minutes; None while nothing was recorded (R54)."""
    wrap, plan = dossier.wrap_of(session.id), plan_in(dossier, session)
    if wrap is None or plan is None or not wrap.actual:
        return None
    planned = [(segment.id, segment.title, segment.minutes) for segment in plan.segments]
    return timing(planned, wrap.actual, wrap.frame_change)


ENOUGH = 5
"""Minutes by which a segment may differ before it is called drift."""


class SegmentTiming(Struct, frozen=True, kw_only=True):
    """One segment: minutes planned, minutes as they were, and the second less the first."""

    id: str
    title: str
    planned: int
    actual: int | None
    difference: int | None


class Timing(Struct, frozen=True, kw_only=True):
    """A session's minutes as planned and as they were."""

    segments: tuple[SegmentTiming, ...]
    frame_change: str
    """The agreed change of frame in the coach's words, or empty."""
    drifted: tuple[str, ...]
    """Ids of the segments that differ by 5 minutes or more; none when the frame was changed."""

    @property
    def complete(self) -> bool:
        """Whether every segment's minutes were noted, so that sums may be compared."""
        return all(segment.actual is not None for segment in self.segments)


def timing(
    planned: Sequence[tuple[str, str, int]], actual: Mapping[str, int], frame_change: str
) -> Timing:
    """Lay actual minutes beside planned ones, given as (id, title, minutes) in plan order."""
    segments = tuple(
        SegmentTiming(
            id=name,
            title=title,
            planned=minutes,
            actual=actual.get(name),
            difference=actual[name] - minutes if name in actual else None,
        )
        for name, title, minutes in planned
    )
    far = [segment.id for segment in segments if abs(segment.difference or 0) >= ENOUGH]
    return Timing(
        segments=segments,
        frame_change=frame_change,
        drifted=() if frame_change else tuple(far),
    )
