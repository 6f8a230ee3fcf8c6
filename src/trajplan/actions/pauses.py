"""`sessions pause` and `resume`: when an engagement rests."""

from __future__ import annotations

import datetime as dt

from trajplan.actions.calendar import (
    Appointment,
    CalendarChange,
    NewDay,
    day_notes,
    prepare_command,
    record_day,
    rhythm_notes,
    same_day,
    shift_later,
)
from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientRecords
from trajplan.dates import long_date, parse_day, short_date
from trajplan.errors import CannotDo, UsageFault
from trajplan.records.dossier import last_held, next_session
from trajplan.records.model import Pause, Session


def pause(
    context: Context, *, client: str | None, since: str = "", until: str = "", reason: str = ""
) -> CalendarChange:
    """Pause an engagement. Dates stay as they are until it resumes. Raises CannotDo."""
    first = parse_day(since, context.today) if since else context.today
    end = parse_day(until, first) if until else None
    if end is not None and end <= first:
        raise UsageFault(f"--until {end} is not after {first}, the day the pause begins")
    with context.write(client, open_journey=True) as records:
        for standing in records.own(Pause):
            if (standing.until is None or first < standing.until) and (
                end is None or standing.since < end
            ):
                raise CannotDo(
                    f"this journey is paused from {short_date(standing.since)} already; "
                    "`trajplan sessions resume DAY` resumes it"
                )
        records.insert(
            Pause(engagement_id=records.engagement.id, since=first, until=end, reason=reason)
        )
        return CalendarChange(
            client=records.client,
            name="journey",
            act=f"paused from {long_date(first)}",
            details=(
                ("Until", long_date(end) if end else "not said"),
                ("Reason", reason),
                ("In the pause", _sessions_between(records, first, end) if end else ""),
            ),
            notes=("nothing counts as overdue or stalled during the pause",),
            next="`trajplan sessions resume DAY` moves the next session there and later ones along",
        )


def _sessions_between(records: ClientRecords, first: dt.date, end: dt.date) -> str:
    return ", ".join(
        f"session {session.number} on {short_date(session.date)}"
        for session in records.own(Session, state="planned")
        if session.number and first <= session.date < end
    )


def resume(context: Context, day: str, *, client: str | None) -> CalendarChange:
    """Resume an engagement; with a day, its next session is then and later ones move along.

    Raises CannotDo when it is not paused.
    """
    restart = parse_day(day, context.today) if day else None
    with context.write(client, open_journey=True) as records:
        standing = [
            pause
            for pause in records.own(Pause)
            if pause.until is None or context.today < pause.until
        ]
        if not standing:
            raise CannotDo("this journey is not paused; `trajplan sessions pause` pauses it")
        since = standing[0].since
        records.update(standing[0], until=max(since, restart or context.today))
        following = next_session(records.own(Session))
        days = []
        if restart and following:
            days = _restart(records, context.today, following, restart)
        return CalendarChange(
            client=records.client,
            name="journey",
            act=f"resumes {long_date(restart)}"
            if restart and restart > context.today
            else "resumed",
            details=(("Paused since", short_date(since)),),
            days=tuple(days),
            same_day=same_day(records, [new.session for new in days]),
            notes=(
                *(day_notes(records, restart, context.today) if restart else ()),
                *rhythm_notes([(new.name, new.session.date) for new in days]),
                *(_overdue(following, context.today) if following and not days else ()),
            ),
            next=prepare_command(following),
        )


def _restart(
    records: ClientRecords, today: dt.date, following: Session, day: dt.date
) -> list[NewDay]:
    """Put the next session on a day, and the later ones as many days after it as before."""
    appointment = Appointment(following, records.own(Session))
    latest = last_held(appointment.sessions)
    if latest and day <= (held_on := latest.held_on or latest.date):
        raise CannotDo(
            f"a session was held on {short_date(held_on)}; the journey resumes after that"
        )
    moved = records.update(following, state=appointment.state_after("move"), date=day)
    record_day(records, today, following, "moved", now_on=day)
    restarted = NewDay(name=appointment.name, session=moved, was_on=following.date)
    return [restarted, *shift_later(records, today, following, moved)]


def _overdue(following: Session, today: dt.date) -> tuple[str, ...]:
    if following.date >= today:
        return ()
    return (
        f"session {following.number} was due on {short_date(following.date)}; "
        f"`trajplan sessions move {following.number} DAY --shift` gives it and later ones new days",
    )
