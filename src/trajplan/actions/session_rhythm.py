"""The days of several sessions at once: `sessions cadence`, and later ones moved along (R4)."""

from __future__ import annotations

import datetime as dt

from trajplan.actions.calendar_of import ahead, free_days, rhythm_notes, same_day
from trajplan.actions.context import Context
from trajplan.actions.resolve import next_session, open_case
from trajplan.errors import CannotDo
from trajplan.pages.session_changes import Changed, NewDay
from trajplan.planning.calendar import session_date
from trajplan.records import clients, engagements, session_days, sessions
from trajplan.records.model import Session, SessionAct
from trajplan.records.store import Store, writing
from trajplan.text import plural


def change_cadence(context: Context, every_days: int, *, client: str | None) -> Changed:
    """Let the sessions after the next one follow each other in another rhythm.

    The next session keeps its day. Raises CannotDo when it has none, or when none is left.
    """
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        every = store.select(Session, engagement_id=case.engagement.id)
        following = next_session(every)
        if following is None:
            raise CannotDo("every session of this journey is held or skipped; nothing is ahead")
        if following.state != "planned":
            raise CannotDo(
                f"session {following.number} was {following.state} and has no new day; "
                f"`trajplan sessions move {following.number} DAY` gives it one first"
            )
        later = _later(following, every)
        try:
            wanted = [
                session_date(following.date, every_days, at) for at in range(2, len(later) + 2)
            ]
        except OverflowError:
            raise CannotDo("these dates run past the calendar") from None
        days = _set_days(store, context, later, free_days(store, wanted, following.date))
        engagements.update(store, case.engagement.id, every_days=every_days)
        clients.touch(store, case.client.id)
        dated = [("session " + str(following.number), following.date)]
        dated += [(one.name, one.session.date) for one in days]
        was = case.engagement.every_days
        return Changed(
            client=case.client,
            name=f"from session {following.number} on",
            act=f"every {plural(every_days, 'day')}",
            details=(("Until now", f"every {plural(was, 'day')}"),),
            days=tuple(days),
            same_day=same_day(store, [one.session for one in days]),
            notes=tuple(rhythm_notes(dated)),
            next=f"trajplan prep session {following.number}",
        )


def shifted(
    store: Store, context: Context, before: Session, moved: Session, every: tuple[Session, ...]
) -> list[NewDay]:
    """Move the planned sessions after one by as many days as it moved."""
    later = _later(moved, every)
    days = (moved.date - before.date).days
    wanted = [ahead(one.date, days) for one in later]
    # A journey on weekdays stays on weekdays, also where one of them had another than the rest.
    weekdays = all(one.date.weekday() < 5 for one in (moved, *later))
    return _set_days(store, context, later, free_days(store, wanted, moved.date, weekdays=weekdays))


def _set_days(
    store: Store, context: Context, found: list[Session], days: tuple[dt.date, ...]
) -> list[NewDay]:
    result = []
    for one, day in zip(found, days, strict=True):
        moved = sessions.update(store, one.id, date=day)
        if day != one.date:
            keep_day(store, context, one, "moved", day, "")
        result.append(NewDay(name=f"session {one.number}", session=moved, was_on=one.date))
    return result


def _later(session: Session, every: tuple[Session, ...]) -> list[Session]:
    """The planned sessions with a higher number, in order."""
    number = session.number or 0
    return [one for one in every if (one.number or 0) > number and one.state == "planned"]


def keep_day(
    store: Store, context: Context, session: Session, act: SessionAct, now_on: dt.date, reason: str
) -> None:
    """Keep what became of a session's day."""
    session_days.add(
        store,
        session_id=session.id,
        date=context.today,
        act=act,
        was_on=session.date,
        now_on=now_on,
        reason=reason,
    )
