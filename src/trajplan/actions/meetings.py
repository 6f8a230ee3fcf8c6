"""`sessions add` and `update`: unnumbered meetings, which do not move the journey."""

from __future__ import annotations

from trajplan.actions.calendar import (
    Appointment,
    CalendarChange,
    NewDay,
    day_notes,
    same_day,
    session_name,
)
from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientRecords
from trajplan.dates import parse_clock, parse_day, short_date
from trajplan.errors import CannotDo, UsageFault
from trajplan.records.model import MeetingKind, Note, Session


def add_meeting(
    context: Context,
    kind: MeetingKind,
    day: str,
    *,
    client: str | None,
    time: str = "",
    note: str = "",
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
        name = session_name(meeting, records.own(Session))
        return CalendarChange(
            client=records.client,
            name=name,
            act="on the calendar",
            session=meeting,
            details=(("Note", note),),
            days=(NewDay(name=name, session=meeting, was_on=None),),
            same_day=same_day(records, [meeting]),
            notes=tuple(day_notes(records, date, context.today)),
            next=f"`trajplan sessions update {name.split()[-1]} --held`",
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
    if meeting.date > context.today:
        raise CannotDo(f"{appointment.name} is on {short_date(meeting.date)}, which is still ahead")
    return records.update(meeting, state=state, held_on=meeting.date)


def _add_note(records: ClientRecords, session: Session, text: str, context: Context) -> None:
    if text:
        records.insert(Note(session_id=session.id, kind="record", text=text, written=context.today))
