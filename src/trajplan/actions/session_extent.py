"""`sessions extend`: a journey, or one of its phases, gets more sessions (R5)."""

from __future__ import annotations

from collections.abc import Mapping

from trajplan.actions.calendar_of import free_days, rhythm_notes, same_day
from trajplan.actions.context import Context
from trajplan.actions.journey_of import journey_of
from trajplan.actions.resolve import next_session, open_case
from trajplan.actions.start_client import MOST_SESSIONS
from trajplan.content.model import Journey
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.pages.session_changes import Changed, NewDay
from trajplan.planning.arc import check_length, phases_of
from trajplan.planning.calendar import session_date
from trajplan.records import clients, engagements, sessions
from trajplan.records.model import Engagement, Session
from trajplan.records.store import Store, writing
from trajplan.text import plural


def extend(
    context: Context, *, more: int | None, to: int | None, phase: str, client: str | None
) -> Changed:
    """Add sessions at the end of the calendar; a phase grows by as many.

    Without `phase` it is the one under way, and the last one when all is held. Numbers held stay
    in their phases. Raises UsageFault, CannotDo, NotFound.
    """
    if (more is None) == (to is None):
        raise UsageFault("how far? Give a number of sessions, or --to and the new last number")
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        engagement = case.engagement
        old = engagement.sessions
        total = old + more if more is not None else to or 0
        if total <= old:
            raise CannotDo(
                f"this journey has {plural(old, 'session')} already; extending adds some"
            )
        if total > MOST_SESSIONS:
            raise CannotDo(f"a journey has at most {MOST_SESSIONS} sessions, not {total}")
        every = store.select(Session, engagement_id=engagement.id)
        journey = journey_of(context.library, engagement)
        sizes, grown = _sizes(journey, engagement, next_session(every), total, phase)
        engagements.update(store, engagement.id, sessions=total, phase_sizes=sizes)
        made = _added(store, engagement, every, total)
        clients.touch(store, case.client.id)
        last = max((one for one in every if one.number), key=lambda one: one.number or 0)
        dated = [(f"session {one.number}", one.date) for one in (last, *made)]
        layout = journey_of(context.library, store.get(Engagement, engagement.id))
        phases = ", ".join(f"{one.id} {size}" for one, size in phases_of(layout, total))
        return Changed(
            client=case.client,
            name="journey",
            act=f"extended from {old} to {plural(total, 'session')}",
            details=(("Longer now", grown), ("Phases", phases)),
            days=tuple(
                NewDay(name=f"session {one.number}", session=one, was_on=None) for one in made
            ),
            same_day=same_day(store, made),
            notes=tuple(rhythm_notes(dated)),
            next=f"trajplan prep session {following.number}"
            if (following := next_session(store.select(Session, engagement_id=engagement.id)))
            else "",
        )


def _sizes(
    journey: Journey, engagement: Engagement, following: Session | None, total: int, phase: str
) -> tuple[Mapping[str, int], str]:
    """Sessions by phase after the extension, and which phase grew.

    A journey that was a single session so far is laid out anew: it had no phases to keep.
    """
    names = [one.id for one in journey.phases]
    if phase and phase not in names:
        raise NotFound.among("phase", phase, names)
    old = engagement.sessions
    if old < len(names):
        if phase:
            raise CannotDo(
                "a single session has no phases yet; extend the journey first, then a phase"
            )
        check_length(journey, total)
        return {}, "all phases, laid out anew"
    now = {one.id: size for one, size in phases_of(journey, old)}
    present = _phase_at(now, following.number or old) if following else names[-1]
    chosen = phase or present
    if names.index(chosen) < names.index(present):
        ahead = ", ".join(f"`{one}`" for one in names[names.index(present) :])
        raise CannotDo(f"the {chosen} phase is over; what can grow is {ahead}")
    return {**now, chosen: now[chosen] + total - old}, chosen


def _phase_at(sizes: Mapping[str, int], number: int) -> str:
    for name, size in sizes.items():
        if number <= size:
            return name
        number -= size
    raise AssertionError("the phases do not add up to the journey")


def _added(
    store: Store, engagement: Engagement, every: tuple[Session, ...], total: int
) -> tuple[Session, ...]:
    """Plan the further sessions in the rhythm, from the latest day on the calendar."""
    latest = max(one.held_on or one.date for one in every if one.number)
    numbers = range(engagement.sessions + 1, total + 1)
    try:
        wanted = [
            session_date(latest, engagement.every_days, at) for at in range(2, len(numbers) + 2)
        ]
    except OverflowError:
        raise CannotDo("these dates run past the calendar") from None
    days = zip(numbers, free_days(store, wanted, latest), strict=True)
    return sessions.add_numbered(store, engagement.id, days)
