"""`sessions pause`, `resume` and `days-off`: when nobody meets."""

from __future__ import annotations

import datetime as dt

from trajplan.actions.calendar_of import day_notes, name_of, rhythm_notes, same_day
from trajplan.actions.context import Context
from trajplan.actions.resolve import next_session, open_case, references
from trajplan.actions.session_rhythm import shifted
from trajplan.dates import long_date, parse_day, short_date
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.pages.session_changes import Changed, NewDay, OffList
from trajplan.planning.session_states import becomes
from trajplan.records import clients, days_off, engagements, pauses, session_days, sessions
from trajplan.records.model import Client, DaysOff, Pause, Session
from trajplan.records.store import Store, reading, writing


def pause(
    context: Context, *, client: str | None, since: str = "", until: str = "", reason: str = ""
) -> Changed:
    """Let an engagement rest. Dates stay as they are until it resumes. Raises CannotDo."""
    first = parse_day(since, context.today) if since else context.today
    last = parse_day(until, first) if until else None
    if last is not None and last <= first:
        raise UsageFault(f"--until {last} does not lie after {first}, the day the pause begins")
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        for one in store.select(Pause, engagement_id=case.engagement.id):
            if (one.until is None or first < one.until) and (last is None or one.since < last):
                raise CannotDo(
                    f"this journey rests since {short_date(one.since)} already; "
                    "`trajplan sessions resume DAY` lets it go on"
                )
        pauses.add(store, engagement_id=case.engagement.id, since=first, until=last, reason=reason)
        clients.touch(store, case.client.id)
        inside = [
            one
            for one in store.select(Session, engagement_id=case.engagement.id)
            if one.state == "planned" and one.date >= first and (last is None or one.date < last)
        ]
        return Changed(
            client=case.client,
            name="journey",
            act=f"paused from {long_date(first)}",
            details=(
                ("Until", long_date(last) if last else "not said"),
                ("Reason", reason),
                ("In the pause", _listed(inside) if last else ""),
            ),
            notes=("nothing is called overdue or stalled while it rests",),
            next="trajplan sessions resume DAY moves the next session there and later ones along",
        )


def _listed(found: list[Session]) -> str:
    return ", ".join(
        f"session {one.number} on {short_date(one.date)}" for one in found if one.number
    )


def resume(context: Context, day: str, *, client: str | None) -> Changed:
    """Let an engagement go on; with a day, its next session is then and later ones move along.

    Raises CannotDo when it does not rest.
    """
    when = parse_day(day, context.today) if day else None
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        resting = [
            one
            for one in store.select(Pause, engagement_id=case.engagement.id)
            if one.until is None or context.today < one.until
        ]
        if not resting:
            raise CannotDo("this journey does not rest; `trajplan sessions pause` lets it")
        pauses.end(store, resting[0].id, max(resting[0].since, when or context.today))
        every = store.select(Session, engagement_id=case.engagement.id)
        following = next_session(every)
        days: list[NewDay] = []
        if when and following:
            days = _from(store, context, following, every, when)
        clients.touch(store, case.client.id)
        dated = [(one.name, one.session.date) for one in days]
        return Changed(
            client=case.client,
            name="journey",
            act=f"goes on {long_date(when)}" if when and when > context.today else "goes on",
            details=(("Paused since", short_date(resting[0].since)),),
            days=tuple(days),
            same_day=same_day(store, [one.session for one in days]),
            notes=(
                *(day_notes(store, when, context.today) if when else ()),
                *rhythm_notes(dated),
                *_waiting(following, context, days),
            ),
            next=f"trajplan prep session {following.number}" if following else "",
        )


def _from(
    store: Store, context: Context, following: Session, every: tuple[Session, ...], when: dt.date
) -> list[NewDay]:
    """Put the next session on a day, and the later ones as many days after it as before."""
    held = [one for one in every if one.number and one.state == "held"]
    last = max((one.held_on or one.date for one in held), default=None)
    if last and when <= last:
        raise CannotDo(f"a session was held on {short_date(last)}; the journey goes on after that")
    name = name_of(following, every)
    state = becomes(following.state, "move", name=name, ref=str(following.number), day="")
    moved = sessions.update(store, following.id, state=state, date=when)
    session_days.add(
        store,
        session_id=following.id,
        date=context.today,
        act="moved",
        was_on=following.date,
        now_on=when,
    )
    first = NewDay(name=name, session=moved, was_on=following.date)
    return [first, *shifted(store, context, following, moved, every)]


def _waiting(following: Session | None, context: Context, days: list[NewDay]) -> list[str]:
    if days or following is None or following.date >= context.today:
        return []
    return [
        f"session {following.number} was due on {short_date(following.date)}; "
        f"`trajplan sessions move {following.number} DAY --shift` gives it and later ones new days"
    ]


def all_days_off(context: Context) -> OffList:
    """Read the days off, with what is planned on them."""
    with reading(context.practice) as store:
        return _off_list(store)


def name_days_off(context: Context, day: str, *, until: str, name: str) -> OffList:
    """Name days on which nobody is met. What is planned there stays, and is told."""
    first = parse_day(day, context.today)
    last = parse_day(until, first) if until else first
    if last < first:
        raise UsageFault(f"--until {last} lies before {first}")
    with writing(context.practice) as store:
        known = [(one.first, one.last) for one in store.select(DaysOff)]
        if (first, last) in known:
            raise CannotDo(f"{first} to {last} is named already")
        days_off.add(store, first=first, last=last, name=name)
        return _off_list(store)


def forget_days_off(context: Context, day: str) -> OffList:
    """Forget the stretch a day belongs to. Raises NotFound saying which there are."""
    wanted = parse_day(day, context.today)
    with writing(context.practice, create=False) as store:
        found = [one for one in store.select(DaysOff) if wanted in one]
        if not found:
            there = ", ".join(one.first.isoformat() for one in store.select(DaysOff))
            raise NotFound(f"{wanted} is no day off; there is {there or 'none yet'}")
        for one in found:
            days_off.remove(store, one.id)
        return _off_list(store)


def _off_list(store: Store) -> OffList:
    stretches = store.select(DaysOff)
    touched = []
    for client in store.select(Client):
        engagement = engagements.latest(store, client.id)
        every = store.select(Session, engagement_id=engagement.id) if engagement else ()
        for ref, one in references(every).items():
            if one.state == "planned" and any(one.date in stretch for stretch in stretches):
                text = f"{client.name}, {name_of(one, every)} on {short_date(one.date)}"
                touched.append((client.slug, ref, text))
    return OffList(stretches=stretches, touched=tuple(touched))
