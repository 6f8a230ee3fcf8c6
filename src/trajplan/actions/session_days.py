"""What becomes of a session's day: moved, missed, cancelled, skipped (R4); meetings added and held.

A meeting has no number and does not move the journey.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from trajplan.actions.calendar import (
    Appointment,
    CalendarChange,
    NewDay,
    clock_notes,
    day_notes,
    prepare_command,
    record_day,
    rhythm_notes,
    same_day,
    session_name,
    session_reference,
    shift_later,
)
from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.actions.sessions import session_row
from trajplan.dates import DAYS, parse_clock, parse_day, short_date
from trajplan.errors import CannotDo, UsageFault
from trajplan.planning.calendar import following_session
from trajplan.records.dossier import next_session
from trajplan.records.model.journeys import Client
from trajplan.records.model.sessions import Canceller, MeetingKind, Note, Session, SessionAct
from trajplan.text import plural


def move_session(
    context: Context,
    reference: str,
    day: str,
    *,
    client: str | None,
    time: str,
    shift: bool,
    reason: str,
) -> CalendarChange:
    """Give a session another day under the same number; with `shift` later ones move along.

    Raises CannotDo for a state that forbids it and for a day that would break the order.
    """
    clock = parse_clock(time) if time else ""
    new_day = parse_day(day, context.today)
    with context.write(client, open_journey=True) as records:
        return reschedule(records, context, reference, new_day, clock, shift=shift, reason=reason)


def reschedule(
    records: ClientRecords,
    context: Context,
    reference: str,
    new_day: dt.date,
    clock: str,
    *,
    shift: bool = False,
    reason: str = "",
) -> CalendarChange:
    """Give a session another day in the transaction that is open; `clock` empty: the same time.

    Raises CannotDo, UsageFault as `move_session` does.
    """
    appointment = Appointment.find(records, reference)
    session, name = appointment.session, appointment.name
    state = appointment.state_after("move")
    start_time = clock or session.start_time
    if shift and not session.number:
        raise UsageFault("--shift is for numbered sessions; a meeting stands alone")
    before = records.dossier.last_held(before=session.number) if session.number else None
    follows = before and following_session(before, records.own(Session)) == session
    wrap = records.dossier.wrap_of(before.id) if before and follows else None
    same = (new_day, start_time, state) == (session.date, session.start_time, session.state)
    if same and not (wrap and wrap.no_next):
        raise UsageFault(f"{name} is on {short_date(new_day)} already; give another day or --time")
    _check_order(session, appointment.sessions, new_day, shift)
    if wrap and wrap.no_next:
        # The day that was left open is agreed on now, so sheet and mail may name it.
        records.update(wrap, no_next=False)
    moved = records.update(session, state=state, date=new_day, start_time=start_time)
    record_day(records, context.today, session, "moved", now_on=new_day, reason=reason)
    days = [NewDay(name=name, session=moved, was_on=session.date)]
    if shift:
        days += shift_later(records, context.today, session, moved, time=clock)
    around = _around(moved, records.own(Session))
    later = plural(len(days) - 1, "later session")
    return CalendarChange(
        client=records.client,
        name=name,
        act="moved",
        session=moved,
        details=(("Reason", reason),),
        days=tuple(days),
        same_day=same_day(records, [new.session for new in days], records.zone),
        notes=(
            *clock_notes(records, [new.session for new in days]),
            *([f"{later} at {clock} too"] if clock and len(days) > 1 else ()),
            *_on_other_weekday(days),
            *day_notes(records, new_day, context.today),
            *rhythm_notes(around, records.engagement.every_days),
        ),
        next=prepare_command(moved),
    )


def _on_other_weekday(days: Sequence[NewDay]) -> Iterator[str]:
    """Say where the later sessions have left the weekday they were all on for another than that of
    the one that was moved: they move by as many days, and it may have stood apart from them."""
    first, *later = days
    before = {new.was_on.weekday() for new in later if new.was_on}
    now = {new.session.date.weekday() for new in later}
    if (
        len(later) > 1
        and len(before) == len(now) == 1
        and not now & {*before, first.session.date.weekday()}
    ):
        was_on, is_on = DAYS[before.pop()], DAYS[now.pop()]
        yield (
            f"the later sessions were on {was_on}s and are on {is_on}s now, since they moved by as"
            f" many days as {first.name}; `trajplan sessions move {later[0].session.number} DAY"
            " --shift` gives them another day"
        )


def miss_session(
    context: Context, reference: str, *, client: str | None, reason: str
) -> CalendarChange:
    """Record that nobody came; the number waits for a new day. Raises CannotDo."""
    with context.write(client, open_journey=True) as records:
        appointment = Appointment.find(records, reference)
        session = appointment.session
        state = appointment.state_after("miss")
        if records.dossier.own_day(session) > context.today:
            raise CannotDo(
                f"{appointment.name} is on {short_date(session.date)}, which is still ahead; "
                f"`trajplan sessions cancel {appointment.reference} --by client` cancels it"
            )
        missed = records.update(session, state=state)
        record_day(records, context.today, session, "missed", reason=reason)
        return _without_day(records.client, appointment, missed, (("Reason", reason),))


def cancel_session(
    context: Context,
    reference: str,
    *,
    client: str | None,
    by: Canceller,
    notice_hours: int | None,
    reason: str,
) -> CalendarChange:
    """Cancel a session; its number waits for a new day. Raises CannotDo."""
    with context.write(client, open_journey=True) as records:
        appointment = Appointment.find(records, reference)
        session = appointment.session
        cancelled = records.update(session, state=appointment.state_after("cancel"))
        record_day(
            records,
            context.today,
            session,
            "cancelled",
            cancelled_by=by,
            notice_hours=notice_hours,
            reason=reason,
        )
        notice = "not said" if notice_hours is None else plural(notice_hours, "hour")
        details = (("By", by), ("Notice", notice), ("Reason", reason))
        return _without_day(records.client, appointment, cancelled, details)


def skip_session(
    context: Context, reference: str, *, client: str | None, back: bool, reason: str
) -> CalendarChange:
    """Use a number up without a meeting; with `back`, return it to the calendar. Raises
    CannotDo."""
    with context.write(client, open_journey=True) as records:
        appointment = Appointment.find(records, reference)
        session = appointment.session
        if not session.number:
            raise CannotDo(
                "a meeting has no number to use up; "
                f"`trajplan sessions cancel {appointment.reference} --by coach` cancels it"
            )
        changed = records.update(
            session, state=appointment.state_after("take_back" if back else "skip")
        )
        act: SessionAct = "taken_back" if back else "skipped"
        record_day(records, context.today, session, act, reason=reason)
        following = next_session(records.own(Session))
        row = session_row(records.dossier, context.library, session)
        return CalendarChange(
            client=records.client,
            name=appointment.name,
            act="back on the calendar" if back else "skipped; its number is used up",
            session=changed,
            details=(("Reason", reason), ("Its step", "" if back else row.step)),
            days=(NewDay(name=appointment.name, session=changed, was_on=None),) if back else (),
            next=prepare_command(following),
        )


def _check_order(
    session: Session, sessions: tuple[Session, ...], new_day: dt.date, shift: bool
) -> None:
    """Refuse a day before an earlier number's or, unless later days move along, after a later's.

    A missed or cancelled session without a new day is in nobody's way.
    """
    if not session.number:
        return
    dated = _sessions_with_day(sessions)
    earlier = [other for other in dated if (other.number or 0) < session.number]
    if earlier and (last := earlier[-1]).day >= new_day:
        was = "was held" if last.state == "held" else "is"
        raise CannotDo(
            f"session {last.number} {was} on {short_date(last.day)}; "
            f"session {session.number} comes after it"
        )
    later = [other for other in dated if (other.number or 0) > session.number]
    if not later or later[0].date > new_day or (shift and later[0].state == "planned"):
        return
    planned = later[0].state == "planned"
    raise CannotDo(
        f"session {later[0].number} {'is' if planned else 'was held'} on "
        f"{short_date(later[0].date)}"
        + (
            f"; `trajplan sessions move {session.number} DAY --shift` moves all later ones along"
            if planned
            else ""
        )
    )


def _around(session: Session, sessions: tuple[Session, ...]) -> list[tuple[str, dt.date]]:
    """A session with the dated ones right before and after it."""
    dated = _sessions_with_day(sessions)
    if session not in dated:
        return []
    index = dated.index(session)
    return [(f"session {near.number}", near.date) for near in dated[max(0, index - 1) : index + 2]]


def _sessions_with_day(sessions: tuple[Session, ...]) -> list[Session]:
    """The numbered sessions that have a day, in order."""
    return [
        session for session in sessions if session.number and session.state in ("planned", "held")
    ]


def _without_day(
    client: Client,
    appointment: Appointment,
    session: Session,
    details: tuple[tuple[str, str], ...],
) -> CalendarChange:
    """What is said of a session that was missed or cancelled and waits for a new day."""
    return CalendarChange(
        client=client,
        name=appointment.name,
        act=session.state,
        session=session,
        details=(("Was on", short_date(session.date)), *details),
        next=f"`trajplan sessions move {appointment.reference} DAY` gives it a new day",
    )


def add_meeting(
    context: Context,
    kind: MeetingKind,
    day: str,
    *,
    client: str | None,
    time: str,
    note: str,
) -> CalendarChange:
    """Put an unnumbered meeting on the calendar. Raises UsageFault."""
    start_time = parse_clock(time) if time else ""
    date = parse_day(day, context.today)
    with context.write(client, open_journey=True) as records:
        meeting = records.insert(
            Session(
                engagement_id=records.engagement.id,
                number=None,
                kind=kind,
                date=date,
                start_time=start_time,
            )
        )
        _add_note(records, meeting, note, context)
        sessions = records.own(Session)
        name = session_name(meeting, sessions)
        return CalendarChange(
            client=records.client,
            name=name,
            act="on the calendar",
            session=meeting,
            details=(("Note", note),),
            days=(NewDay(name=name, session=meeting, was_on=None),),
            same_day=same_day(records, [meeting], records.zone),
            notes=(
                *clock_notes(records, [meeting]),
                *day_notes(records, date, context.today),
            ),
            next=f"`trajplan sessions update {session_reference(meeting, sessions)} --held`",
        )


def update_meeting(
    context: Context, reference: str, *, client: str | None, held: bool, note: str
) -> CalendarChange:
    """Mark a meeting as held, or save a note on it or on a numbered session.

    Raises CannotDo for marking a numbered session: its wrap says what it left.
    """
    if not held and not note:
        raise UsageFault("nothing to change; give --held or --note")
    with context.write(client, open_journey=True) as records:
        appointment = Appointment.find(records, reference)
        session = appointment.session
        if held:
            session = _mark_held(records, appointment, context)
        _add_note(records, session, note, context)
        return CalendarChange(
            client=records.client,
            name=appointment.name,
            act="held" if held else "note saved",
            session=session,
            details=(("On", short_date(session.date)), ("Note", note)),
        )


def _mark_held(records: ClientRecords, appointment: Appointment, context: Context) -> Session:
    meeting = appointment.session
    if meeting.number:
        raise CannotDo(
            f"`trajplan wrap session {meeting.number}` records what {appointment.name} left"
        )
    state = appointment.state_after("hold")
    if records.dossier.own_day(meeting) > context.today:
        raise CannotDo(f"{appointment.name} is on {short_date(meeting.date)}, which is still ahead")
    return records.update(meeting, state=state, held_on=meeting.date)


def _add_note(records: ClientRecords, session: Session, text: str, context: Context) -> None:
    if text:
        records.insert(Note(session_id=session.id, kind="record", text=text, written=context.today))
