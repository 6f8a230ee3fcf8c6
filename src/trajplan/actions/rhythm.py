"""A journey's rhythm: how far apart its sessions are, how many (R4, R5), and when it is paused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from trajplan.actions.calendar import (
    Appointment,
    CalendarChange,
    NewDay,
    cadence_notes,
    day_notes,
    free_days,
    later_sessions,
    prepare_command,
    record_day,
    rhythm_notes,
    same_day,
    set_days,
    shift_later,
)
from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.content.model import Journey
from trajplan.dates import long_date, parse_day, short_date
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.planning.arc import check_length, journey_of, phases_of, position
from trajplan.planning.calendar import session_date
from trajplan.records.dossier import last_held, next_session
from trajplan.records.model.journeys import Engagement, Pause
from trajplan.records.model.sessions import Session
from trajplan.records.store import Store
from trajplan.text import plural

MOST_SESSIONS = 60
"""In one journey."""


def change_cadence(context: Context, every_days: int, *, client: str | None) -> CalendarChange:
    """Let the sessions after the next one follow each other in another rhythm.

    The next session keeps its day. Raises CannotDo when it has none, or when none is left.
    """
    with context.write(client, open_journey=True) as records:
        engagement = records.engagement
        following = next_session(records.own(Session))
        if following is None:
            raise CannotDo("every session of this journey is held or skipped; nothing is ahead")
        if following.state != "planned":
            raise CannotDo(
                f"session {following.number} was {following.state} and has no new day; "
                f"`trajplan sessions move {following.number} DAY` gives it one first"
            )
        later = later_sessions(records, following)
        dates = _dates_after(records, following.date, every_days, len(later))
        days = set_days(records, context.today, later, dates)
        records.update(engagement, every_days=every_days)
        return CalendarChange(
            client=records.client,
            name=f"from session {following.number} on",
            act=f"every {plural(every_days, 'day')}",
            details=(("Until now", f"every {plural(engagement.every_days, 'day')}"),),
            days=tuple(days),
            same_day=same_day(records, [new.session for new in days], records.zone),
            notes=(
                *cadence_notes(every_days),
                *rhythm_notes(_named_days(following, *(new.session for new in days)), every_days),
            ),
            next=prepare_command(following),
        )


def extend(
    context: Context, *, more: int | None, to: int | None, phase: str, client: str | None
) -> CalendarChange:
    """Add sessions at the end of the calendar; a phase grows by as many.

    Without `phase` it is the one under way, and the last one when all is held. Numbers held stay
    in their phases. Raises UsageFault, CannotDo, NotFound.
    """
    if (more is None) == (to is None):
        raise UsageFault("by how many? Give a number of sessions, or --to with the new last number")
    with context.write(client, open_journey=True) as records:
        engagement = records.engagement
        before = engagement.sessions
        total = before + more if more is not None else to or 0
        if total <= before:
            raise CannotDo(
                f"this journey has {plural(before, 'session')} already; extending needs a higher "
                "number"
            )
        if total > MOST_SESSIONS:
            raise CannotDo(f"a journey has at most {MOST_SESSIONS} sessions, not {total}")
        numbered = [session for session in records.own(Session) if session.number]
        sizes, grown = _phase_sizes(
            journey_of(context.library, engagement),
            engagement,
            next_session(numbered),
            total,
            phase,
        )
        extended = records.update(engagement, sessions=total, phase_sizes=sizes)
        latest = max(session.day for session in numbered)
        dates = _dates_after(records, latest, engagement.every_days, total - before)
        added = add_sessions(records, engagement, range(before + 1, total + 1), dates)
        phases = phases_of(journey_of(context.library, extended), total)
        return CalendarChange(
            client=records.client,
            name="journey",
            act=f"extended from {before} to {plural(total, 'session')}",
            details=(
                ("Longer now", grown),
                ("Phases", ", ".join(f"{layout.id} {size}" for layout, size in phases)),
            ),
            days=tuple(
                NewDay(name=f"session {session.number}", session=session, was_on=None)
                for session in added
            ),
            same_day=same_day(records, added, records.zone),
            notes=tuple(rhythm_notes(_named_days(numbered[-1], *added), engagement.every_days)),
            next=prepare_command(next_session(records.own(Session))),
        )


def add_sessions(
    store: Store, engagement: Engagement, numbers: range, dates: tuple[dt.date, ...]
) -> tuple[Session, ...]:
    """Plan numbered sessions on these days, at the engagement's usual time."""
    return tuple(
        store.insert(
            Session(engagement_id=engagement.id, number=number, kind="numbered", date=date)
        )
        for number, date in zip(numbers, dates, strict=True)
    )


def _dates_after(store: Store, day: dt.date, every_days: int, count: int) -> tuple[dt.date, ...]:
    """As many days after one, in a rhythm and on no day off."""
    wished = [session_date(day, every_days, number) for number in range(2, count + 2)]
    return free_days(store, wished, day)


def _named_days(*sessions: Session) -> list[tuple[str, dt.date]]:
    return [(f"session {session.number}", session.date) for session in sessions]


def _phase_sizes(
    journey: Journey, engagement: Engagement, following: Session | None, total: int, phase: str
) -> tuple[Mapping[str, int], str]:
    """Sessions by phase after the extension, and which phase grew.

    A journey that was a single session so far is laid out anew: it had no phases to keep.
    """
    names = [layout.id for layout in journey.phases]
    if phase and phase not in names:
        raise NotFound.among("phase", phase, names)
    before = engagement.sessions
    if before < len(names):
        if phase:
            raise CannotDo(
                "a single session has no phases yet; extend the journey first, then a phase"
            )
        check_length(journey, total)
        return {}, "all phases, laid out again"
    sizes = {layout.id: size for layout, size in phases_of(journey, before)}
    number = following.number if following else None
    present = position(journey, before, number).phase.id if number else names[-1]
    growing = phase or present
    if names.index(growing) < names.index(present):
        ahead = ", ".join(f"`{name}`" for name in names[names.index(present) :])
        raise CannotDo(f"the {growing} phase is over; what can grow is {ahead}")
    return {**sizes, growing: sizes[growing] + total - before}, growing


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
                    f"this journey is already paused from {short_date(standing.since)}; "
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
            same_day=same_day(records, [new.session for new in days], records.zone),
            notes=(
                *(day_notes(records, restart, context.today) if restart else ()),
                *rhythm_notes(
                    [(new.name, new.session.date) for new in days], records.engagement.every_days
                ),
                *(_overdue(records, context.today, following) if following and not days else ()),
            ),
            next=prepare_command(following),
        )


def _restart(
    records: ClientRecords, today: dt.date, following: Session, day: dt.date
) -> list[NewDay]:
    """Put the next session on a day, and the later ones as many days after it as before."""
    appointment = Appointment(following, records.own(Session))
    latest = last_held(appointment.sessions)
    if latest and day <= (held_on := latest.day):
        raise CannotDo(
            f"a session was held on {short_date(held_on)}; the journey resumes after that"
        )
    moved = records.update(following, state=appointment.state_after("move"), date=day)
    record_day(records, today, following, "moved", now_on=day)
    restarted = NewDay(name=appointment.name, session=moved, was_on=following.date)
    return [restarted, *shift_later(records, today, following, moved)]


def _overdue(records: ClientRecords, today: dt.date, following: Session) -> tuple[str, ...]:
    if records.dossier.own_day(following) >= today:
        return ()
    return (
        f"session {following.number} was due on {short_date(following.date)}; "
        f"`trajplan sessions move {following.number} DAY --shift` gives it and later ones new days",
    )
