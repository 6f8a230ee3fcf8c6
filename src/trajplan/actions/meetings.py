"""`sessions add` and `update`: unnumbered meetings, which do not move the arc."""

from __future__ import annotations

from trajplan.actions.calendar_of import day_notes, name_of, same_day
from trajplan.actions.context import Context
from trajplan.actions.resolve import any_session_of, open_case
from trajplan.dates import parse_clock, parse_day, short_date
from trajplan.errors import CannotDo, UsageFault
from trajplan.pages.session_changes import Changed, NewDay
from trajplan.planning.session_states import becomes
from trajplan.records import clients, notes, sessions
from trajplan.records.model import MeetingKind, Session
from trajplan.records.store import writing


def add_meeting(
    context: Context,
    kind: MeetingKind,
    day: str,
    *,
    client: str | None,
    time: str = "",
    note: str = "",
) -> Changed:
    """Put an unnumbered meeting on the calendar. Raises UsageFault."""
    clock = parse_clock(time) if time else ""
    when = parse_day(day, context.today)
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        made = sessions.add(
            store,
            engagement_id=case.engagement.id,
            number=None,
            kind=kind,
            date=when,
            start_time=clock,
        )
        if note:
            notes.add(store, session_id=made.id, kind="record", text=note, written=context.today)
        clients.touch(store, case.client.id)
        name = name_of(made, store.select(Session, engagement_id=case.engagement.id))
        return Changed(
            client=case.client,
            name=name,
            act="on the calendar",
            session=made,
            details=(("Note", note),),
            days=(NewDay(name=name, session=made, was_on=None),),
            same_day=same_day(store, [made]),
            notes=tuple(day_notes(store, when, context.today)),
            next=f"trajplan sessions update {name.split()[-1]} --held",
        )


def update_meeting(
    context: Context, reference: str, *, client: str | None, held: bool, note: str
) -> Changed:
    """Say that a meeting was held, or keep a note on it or on a numbered session.

    Raises CannotDo for holding a numbered session: its wrap says what it left.
    """
    if not held and not note:
        raise UsageFault("nothing to change; give --held or --note")
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        session = any_session_of(store, case.engagement, reference)
        every = store.select(Session, engagement_id=case.engagement.id)
        name = name_of(session, every)
        if held:
            if session.number:
                raise CannotDo(
                    f"what {name} left is kept with `trajplan wrap session {session.number}`"
                )
            state = becomes(
                session.state,
                "hold",
                name=name,
                ref=reference,
                day=short_date(session.held_on or session.date),
            )
            if session.date > context.today:
                raise CannotDo(f"{name} is on {short_date(session.date)}, which is still ahead")
            session = sessions.update(store, session.id, state=state, held_on=session.date)
        if note:
            notes.add(store, session_id=session.id, kind="record", text=note, written=context.today)
        clients.touch(store, case.client.id)
        return Changed(
            client=case.client,
            name=name,
            act="held" if held else "note kept",
            session=session,
            details=(("On", short_date(session.date)), ("Note", note)),
        )
