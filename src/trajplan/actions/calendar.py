"""The coach's calendar as the records know it: days off, and who else comes on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from trajplan.actions.resolve import references
from trajplan.dates import short_date
from trajplan.errors import CannotDo
from trajplan.planning.calendar import CADENCE_DAYS, DayTest, spaced_dates
from trajplan.records.model import DaysOff, Engagement, Session
from trajplan.records.sessions import on_date
from trajplan.records.store import Store
from trajplan.text import plural


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
    """Lay days of a journey around the days off, with `weekdays` around weekends too.

    Raises CannotDo past the year 9999.
    """
    is_off = off_test(store)
    try:
        return spaced_dates(
            tuple(wished),
            lambda day: is_off(day) or (weekdays and day.weekday() >= 5),
            after,
        )
    except OverflowError:
        raise CannotDo("these dates go past the year 9999") from None


def ahead(day: dt.date, days: int) -> dt.date:
    """A day some days later, or earlier. Raises CannotDo past the year 9999."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        raise CannotDo("these dates go past the year 9999") from None


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
    notes = [
        f"{short_date(day)} is one of your days off"
        + (f" ({stretch.name})" if stretch.name else "")
        for stretch in store.select(DaysOff)
        if day in stretch
    ]
    if day < today:
        notes.append(f"{short_date(day)} has passed")
    return notes


def rhythm_notes(days: Sequence[tuple[str, dt.date]]) -> list[str]:
    """Say where the days between two sessions leave the rhythm of 10 to 21 (R4).

    Several gaps of the same length are told once.
    """
    pairs_by_gap: dict[int, list[str]] = {}
    for (before, first), (after, second) in pairwise(days):
        gap = (second - first).days
        if gap not in CADENCE_DAYS:
            pairs_by_gap.setdefault(gap, []).append(f"{before} to {after}")
    notes = []
    for gap, (pair, *others) in pairs_by_gap.items():
        more = f" and in {plural(len(others), 'more place')}" if others else ""
        notes.append(f"{plural(gap, 'day')} from {pair}{more}; 10 to 21 keep the rhythm")
    return notes


def same_day(store: Store, sessions: Iterable[Session]) -> tuple[str, ...]:
    """Say who else comes on the days of these sessions, and whether the times overlap."""
    lines: list[str] = []
    for session in sessions:
        for client, other in on_date(store, session.date):
            if other.id == session.id:
                continue
            theirs = store.select(Session, engagement_id=other.engagement_id)
            who = f"{client.name}, {session_name(other, theirs)}"
            lines.append(f"{short_date(session.date)}: {who}{_clash(store, session, other)}")
    return tuple(dict.fromkeys(lines))


def _clash(store: Store, session: Session, other: Session) -> str:
    """When the other one is, and whether both are at the same time."""
    (start, minutes), (other_start, other_minutes) = _times(store, session), _times(store, other)
    if other_start is None:
        return " (no time agreed)"
    clock = f" at {other_start // 60:02d}:{other_start % 60:02d}"
    if start is None:
        return clock
    overlaps = start < other_start + other_minutes and other_start < start + minutes
    return f"{clock}, at the same time" if overlaps else clock


def _times(store: Store, session: Session) -> tuple[int | None, int]:
    """Minutes after midnight at which a session starts, and how long it takes."""
    engagement = store.get(Engagement, session.engagement_id)
    start = session.start_time or (engagement.start_time if session.number else "")
    if not start:
        return None, engagement.minutes
    hours, minutes = map(int, start.split(":"))
    return hours * 60 + minutes, engagement.minutes
