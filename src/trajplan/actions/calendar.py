"""The coach's calendar: days off, who else comes on a day, and what a command changes (R4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

from trajplan.actions.client_records import (
    ClientRecords,
    any_session_of,
    plan_anew,
    sessions_around,
)
from trajplan.actions.context import Context
from trajplan.dates import own_words, parse_day, short_date
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.planning.calendar import (
    CADENCE_DAYS,
    Act,
    DayTest,
    becomes,
    day_off_words,
    gap_words,
    spaced_dates,
)
from trajplan.records.dossier import clocks_of, references, start_of
from trajplan.records.model.journeys import Client, DaysOff, Engagement
from trajplan.records.model.sessions import Session, SessionAct, SessionDay, SessionState
from trajplan.records.store import Store, reading
from trajplan.text import plural, there_are
from trajplan.zones import instant, odd_hour


class NewDay(Struct, frozen=True, kw_only=True):
    """A session and the day it had and has."""

    name: str
    session: Session
    was_on: dt.date | None
    """None: it is new."""


class CalendarChange(Struct, frozen=True, kw_only=True):
    """One command's effect on a journey's calendar."""

    client: Client
    name: str
    """What was changed: `session 4`, `from session 5 on`, `journey`."""
    act: str
    """What became of it, to stand behind `name`: `moved`, `every 14 days`."""
    session: Session | None = None
    details: tuple[tuple[str, str], ...] = ()
    """Further lines: label and text."""
    days: tuple[NewDay, ...] = ()
    """Sessions whose day this command set, in order."""
    same_day: tuple[str, ...] = ()
    """Who else comes on these days."""
    notes: tuple[str, ...] = ()
    next: str = ""
    """The command to go on with."""


class Appointment(Struct, frozen=True):
    """A session among all of its engagement, as the calendar calls it."""

    session: Session
    sessions: tuple[Session, ...]

    @classmethod
    def find(cls, records: ClientRecords, reference: str) -> Appointment:
        """Find it by `4` or `m1`. Raises UsageFault, CannotDo."""
        session = any_session_of(records, reference)
        return cls(session, records.own(Session))

    @property
    def name(self) -> str:
        """`session 4`, or `check-in meeting m1`."""
        return session_name(self.session, self.sessions)

    @property
    def reference(self) -> str:
        """What the command line calls it: `4` or `m1`."""
        return session_reference(self.session, self.sessions)

    def state_after(self, act: Act) -> SessionState:
        """The state an act leads to. Raises CannotDo saying what is possible instead."""
        session = self.session
        return becomes(
            session.state,
            act,
            name=self.name,
            ref=self.reference,
            day=short_date(session.day),
        )


def off_test(store: Store) -> DayTest:
    """A test whether the coach is off on a day."""
    days_off = store.select(DaysOff)
    return lambda day: any(day in stretch for stretch in days_off)


def free_days(
    store: Store,
    wished: Iterable[dt.date],
    after: dt.date | None = None,
    *,
    weekdays: bool = False,
) -> tuple[dt.date, ...]:
    """Lay days of a journey around the days off, with `weekdays` around weekends too."""
    is_off = off_test(store)
    return spaced_dates(
        tuple(wished),
        lambda day: is_off(day) or (weekdays and day.weekday() >= 5),
        after,
    )


def session_name(session: Session, sessions: Sequence[Session]) -> str:
    """`session 4`, or `check-in meeting m1`."""
    if session.number:
        return f"session {session.number}"
    kind = session.kind.replace("_", "-")
    return f"{kind} meeting {session_reference(session, sessions)}"


def session_reference(session: Session, sessions: Sequence[Session]) -> str:
    """What the command line calls it: `4` or `m1`."""
    return next(
        reference for reference, other in references(sessions).items() if other.id == session.id
    )


def day_notes(store: Store, day: dt.date, today: dt.date) -> list[str]:
    """What to say of a day a coach chose: that it is off, or has passed."""
    off = day_off_words(store.select(DaysOff), day)
    return [*([off] if off else ()), *([f"{short_date(day)} has passed"] if day < today else ())]


def cadence_notes(every_days: int) -> tuple[str, ...]:
    """Say where a rhythm that is chosen is another than suits most journeys (R4)."""
    if every_days in CADENCE_DAYS:
        return ()
    usual = f"{CADENCE_DAYS[0]} to {CADENCE_DAYS[-1]} days suit most journeys"
    return (f"a session every {plural(every_days, 'day')}: {usual}",)


def rhythm_notes(days: Sequence[tuple[str, dt.date]], every_days: int) -> list[str]:
    """Say where the days between two sessions leave the rhythm of this journey (R4).

    Several gaps of the same length are told once.
    """
    pairs_by_gap: dict[int, list[str]] = {}
    for (before, first), (after, second) in pairwise(days):
        gap = (second - first).days
        if gap_words(gap, every_days):
            pairs_by_gap.setdefault(gap, []).append(f"{before} to {after}")
    notes = []
    for gap, (pair, *others) in pairs_by_gap.items():
        more = f" and in {plural(len(others), 'more place')}" if others else ""
        notes.append(f"{plural(gap, 'day')} from {pair}{more}; {gap_words(gap, every_days)}")
    return notes


def same_day(store: Store, sessions: Iterable[Session], zone: str) -> tuple[str, ...]:
    """Say who else comes on the days of these sessions, and whether the times overlap.

    `zone`: the coach's, whose days and clock these are.
    """
    everybody = store.everybody
    lines: list[str] = []
    for session in sessions:
        slot = _slot(everybody, session, zone)
        for client, other in sessions_around(everybody, session.date):
            theirs = _slot(everybody, other, zone)
            overlaps = slot.overlaps(theirs)
            if other.id == session.id or (theirs.day != slot.day and not overlaps):
                continue
            sessions_of_other = everybody.select(Session, engagement_id=other.engagement_id)
            clock = f" at {theirs.start}" if theirs.start else " (no time agreed)"
            lines.append(
                f"{short_date(slot.day)}: {client.name}, {session_name(other, sessions_of_other)}"
                f"{clock}{', at the same time' if overlaps else ''}"
            )
    return tuple(dict.fromkeys(lines))


class _Slot(Struct, frozen=True):
    """When a session is, by the coach's clock where that is known."""

    day: dt.date
    start: str
    minutes: int
    moment: dt.datetime | None
    """In UTC; None where a zone is not known."""

    def overlaps(self, other: _Slot) -> bool:
        """Whether both are at the same time: by instants, else by clocks of the same day."""
        if not self.start or not other.start:
            return False
        mine, theirs = self._begins(other), other._begins(self)
        return mine < theirs + dt.timedelta(minutes=other.minutes) and theirs < mine + dt.timedelta(
            minutes=self.minutes
        )

    def _begins(self, other: _Slot) -> dt.datetime:
        if self.moment and other.moment:
            return self.moment
        return dt.datetime.combine(self.day, dt.time.fromisoformat(self.start), dt.UTC)


def _slot(store: Store, session: Session, zone: str) -> _Slot:
    engagement = store.get(Engagement, session.engagement_id)
    start, clocks = start_of(engagement, session), clocks_of(engagement, session, zone)
    moment = instant(session.date, start, engagement.time_zone or zone)
    if clocks:
        return _Slot(clocks.own_day, clocks.own_start, engagement.minutes, moment)
    return _Slot(session.date, start, engagement.minutes, moment)


def clock_notes(records: ClientRecords, sessions: Sequence[Session]) -> list[str]:
    """What to say of times on two clocks: the first on the coach's, and each that is odd (R143)."""
    engagement, notes = records.dossier.engagement, []
    for session in sessions[:1]:
        if clocks := clocks_of(engagement, session, records.zone):
            notes.append(f"{clocks.start} in {clocks.zone} is {own_words(clocks)}")
    return [*notes, *odd_hours(engagement, sessions, records.zone)]


def odd_hours(engagement: Engagement, sessions: Iterable[Session], zone: str) -> list[str]:
    """Sessions at a time that the clock skips or shows twice; `zone`: the coach's."""
    return [
        f"{short_date(session.date)}: {odd}"
        for session in sessions
        if (
            odd := odd_hour(
                session.date, start_of(engagement, session), engagement.time_zone or zone
            )
        )
    ]


def record_day(
    store: Store,
    today: dt.date,
    session: Session,
    act: SessionAct,
    *,
    now_on: dt.date | None = None,
    **details: Any,
) -> None:
    """Record what became of a session's day; `now_on` where it was moved."""
    store.insert(
        SessionDay(
            session_id=session.id,
            date=today,
            act=act,
            was_on=session.date,
            now_on=now_on or session.date,
            **details,
        )
    )


def shift_later(
    records: ClientRecords, today: dt.date, before: Session, moved: Session, *, time: str = ""
) -> list[NewDay]:
    """Move the planned sessions after one by as many days as it moved; with `time`, to that time
    of day as well."""
    later = later_sessions(records, moved)
    moved_by = moved.date - before.date
    wished = [session.date + moved_by for session in later]
    # A journey on weekdays stays on weekdays, also where one of them had another than the rest.
    weekdays = all(session.date.weekday() < 5 for session in (moved, *later))
    new_dates = free_days(records, wished, moved.date, weekdays=weekdays)
    return set_days(records, today, later, new_dates, time=time)


def later_sessions(records: ClientRecords, before: Session) -> list[Session]:
    """The planned sessions with a higher number, in order."""
    planned = records.own(Session, state="planned")
    return [session for session in planned if (session.number or 0) > (before.number or 0)]


def set_days(
    store: Store,
    today: dt.date,
    sessions: Iterable[Session],
    dates: Iterable[dt.date],
    *,
    time: str = "",
) -> list[NewDay]:
    """Give each session its date, and record where that is another than it had. `time`: when all
    of them start, where that changes."""
    days = []
    for session, date in zip(sessions, dates, strict=True):
        moved = store.update(session, date=date, start_time=time or session.start_time)
        if date != session.date:
            record_day(store, today, session, "moved", now_on=date)
        days.append(NewDay(name=f"session {session.number}", session=moved, was_on=session.date))
    return days


def prepare_command(session: Session | None) -> str:
    """The command that prepares a session; empty for none and for a meeting."""
    return f"`trajplan prep session {session.number}`" if session and session.number else ""


class SessionOnDayOff(Struct, frozen=True, kw_only=True):
    """A planned session that falls on a day off."""

    slug: str
    """Its client's."""
    reference: str
    """What the command line calls it: `4` or `m1`."""
    text: str
    """Who meets when, to be printed."""


class DaysOffList(Struct, frozen=True, kw_only=True):
    """All days off, and the planned sessions that fall on one."""

    stretches: tuple[DaysOff, ...]
    sessions: tuple[SessionOnDayOff, ...]


def all_days_off(context: Context) -> DaysOffList:
    """Read the days off, with what is planned on them."""
    with reading(context.practice) as store:
        return _days_off(store)


def add_days_off(context: Context, day: str, *, until: str, name: str) -> DaysOffList:
    """Add days on which nobody is met. What is planned there stays, and is told.

    Raises UsageFault, CannotDo where they are named already.
    """
    first = parse_day(day, context.today)
    last = parse_day(until, first) if until else first
    if last < first:
        raise UsageFault(f"--until {last} is before {first}")
    with context.write_own(create=True) as store:
        if store.find(DaysOff, first=first, last=last):
            raise CannotDo(f"{first} to {last} is on the list already")
        store.insert(DaysOff(first=first, last=last, name=name))
        plan_anew(store)  # plans say which sessions are on a day off
        return _days_off(store)


def remove_days_off(context: Context, day: str) -> DaysOffList:
    """Remove the days off that a day belongs to. Raises NotFound saying which there are."""
    date = parse_day(day, context.today)
    with context.write_own() as store:
        stretches = store.select(DaysOff)
        removed = [stretch for stretch in stretches if date in stretch]
        if not removed:
            there = there_are(stretch.first for stretch in stretches)
            raise NotFound(f"{date} is not a day off; {there}")
        for stretch in removed:
            store.delete(DaysOff, id=stretch.id)
        plan_anew(store)
        return _days_off(store)


def _days_off(store: Store) -> DaysOffList:
    stretches = store.select(DaysOff)
    sessions = []
    for client in store.select(Client):
        engagement = store.last(Engagement, client_id=client.id)
        own = store.select(Session, engagement_id=engagement.id) if engagement else ()
        for reference, session in references(own).items():
            if session.state == "planned" and any(session.date in days for days in stretches):
                text = f"{client.name}, {session_name(session, own)} on {short_date(session.date)}"
                sessions.append(SessionOnDayOff(slug=client.slug, reference=reference, text=text))
    return DaysOffList(stretches=stretches, sessions=tuple(sessions))
