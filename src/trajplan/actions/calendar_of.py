"""The coach's calendar as the records know it: days off, and who else comes on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from trajplan.actions.resolve import references
from trajplan.dates import short_date
from trajplan.errors import CannotDo
from trajplan.planning.calendar import CADENCE_DAYS, DayTest, spaced_dates
from trajplan.records import sessions
from trajplan.records.model import DaysOff, Engagement, Session
from trajplan.records.store import Store


def off_test(store: Store) -> DayTest:
    """A test whether the coach is off on a day."""
    stretches = store.select(DaysOff)
    return lambda day: any(day in one for one in stretches)


def free_days(
    store: Store,
    wanted: Iterable[dt.date],
    after: dt.date | None = None,
    *,
    weekdays: bool = False,
) -> tuple[dt.date, ...]:
    """Lay days of a journey around the days off, with `weekdays` around weekends too.

    Raises CannotDo past the calendar's end.
    """
    is_off = off_test(store)
    try:
        return spaced_dates(
            tuple(wanted),
            lambda day: is_off(day) or (weekdays and day.weekday() >= 5),
            after,
        )
    except OverflowError:
        raise CannotDo("these dates run past the calendar") from None


def ahead(day: dt.date, days: int) -> dt.date:
    """A day some days later, or earlier. Raises CannotDo past the calendar's end."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        raise CannotDo("these dates run past the calendar") from None


def name_of(session: Session, every: tuple[Session, ...]) -> str:
    """`session 4`, or `check-in meeting m1`."""
    if session.number:
        return f"session {session.number}"
    ref = next(name for name, one in references(every).items() if one.id == session.id)
    return f"{session.kind.replace('_', '-')} meeting {ref}"


def day_notes(store: Store, day: dt.date, today: dt.date) -> list[str]:
    """What to say of a day a coach chose: that it is off, or has passed."""
    said = [
        f"{short_date(day)} is one of your days off" + (f" ({one.name})" if one.name else "")
        for one in store.select(DaysOff)
        if day in one
    ]
    if day < today:
        said.append(f"{short_date(day)} has passed")
    return said


def rhythm_notes(days: Sequence[tuple[str, dt.date]]) -> list[str]:
    """Say where the days between two sessions leave the rhythm of 10 to 21 (R4).

    Several gaps of the same length are told once.
    """
    found: dict[int, list[str]] = {}
    for (before, first), (after, second) in pairwise(days):
        gap = (second - first).days
        if gap not in CADENCE_DAYS:
            found.setdefault(gap, []).append(f"{before} to {after}")
    return [
        f"{gap} day{'' if gap == 1 else 's'} from {pairs[0]}"
        + (f" and in {len(pairs) - 1} more place{'s' if len(pairs) > 2 else ''}" * (len(pairs) > 1))
        + "; 10 to 21 keep the rhythm"
        for gap, pairs in found.items()
    ]


def same_day(store: Store, mine: Iterable[Session]) -> tuple[str, ...]:
    """Say who else comes on the days of these sessions, and whether the times overlap."""
    said: list[str] = []
    for one in mine:
        for client, other in sessions.on_date(store, one.date):
            if other.id == one.id:
                continue
            every = store.select(Session, engagement_id=other.engagement_id)
            what = f"{client.name}, {name_of(other, every)}"
            said.append(f"{short_date(one.date)}: {what}{_clash(store, one, other)}")
    return tuple(dict.fromkeys(said))


def _clash(store: Store, mine: Session, other: Session) -> str:
    (first, first_length), (second, second_length) = (_times(store, one) for one in (mine, other))
    if second is None:
        return " (no time agreed)"
    clock = f" at {second // 60:02d}:{second % 60:02d}"
    if first is None:
        return clock
    overlaps = first < second + second_length and second < first + first_length
    return f"{clock}, at the same time" if overlaps else clock


def _times(store: Store, session: Session) -> tuple[int | None, int]:
    """Minutes after midnight at which a session starts, and how long it takes."""
    engagement = store.get(Engagement, session.engagement_id)
    start = session.start_time or (engagement.start_time if session.number else "")
    if not start:
        return None, engagement.minutes
    hours, minutes = map(int, start.split(":"))
    return hours * 60 + minutes, engagement.minutes
