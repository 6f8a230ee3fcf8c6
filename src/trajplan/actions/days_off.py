"""`sessions days-off`: days on which the coach meets nobody."""

from __future__ import annotations

from msgspec import Struct

from trajplan.actions.calendar import session_name
from trajplan.actions.client_records import references
from trajplan.actions.context import Context
from trajplan.dates import parse_day, short_date
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.records.model import Client, DaysOff, Engagement, Session
from trajplan.records.store import Store, reading, writing


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
        return _list(store)


def add_days_off(context: Context, day: str, *, until: str, name: str) -> DaysOffList:
    """Add days on which nobody is met. What is planned there stays, and is told.

    Raises UsageFault, CannotDo where they are named already.
    """
    first = parse_day(day, context.today)
    last = parse_day(until, first) if until else first
    if last < first:
        raise UsageFault(f"--until {last} is before {first}")
    with writing(context.practice) as store:
        if store.find(DaysOff, first=first, last=last):
            raise CannotDo(f"{first} to {last} is on the list already")
        store.insert(DaysOff(first=first, last=last, name=name))
        return _list(store)


def remove_days_off(context: Context, day: str) -> DaysOffList:
    """Remove the days off that a day belongs to. Raises NotFound saying which there are."""
    date = parse_day(day, context.today)
    with writing(context.practice, create=False) as store:
        stretches = store.select(DaysOff)
        removed = [stretch for stretch in stretches if date in stretch]
        if not removed:
            there = ", ".join(stretch.first.isoformat() for stretch in stretches)
            raise NotFound(f"{date} is not a day off; there is {there or 'none yet'}")
        for stretch in removed:
            store.delete(DaysOff, id=stretch.id)
        return _list(store)


def _list(store: Store) -> DaysOffList:
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
