"""`sessions move`, `cadence`, `miss`, `cancel`, `skip`: what becomes of a session's day (R4)."""

from __future__ import annotations

import datetime as dt

from trajplan.actions.calendar_of import (
    day_notes,
    name_of,
    rhythm_notes,
    same_day,
)
from trajplan.actions.context import Context
from trajplan.actions.resolve import (
    ClientEngagement,
    any_session_of,
    next_session,
    open_case,
    references,
)
from trajplan.actions.session_rhythm import keep_day, shifted
from trajplan.dates import parse_clock, parse_day, short_date
from trajplan.errors import CannotDo, UsageFault
from trajplan.pages.session_changes import Changed, NewDay
from trajplan.planning.session_states import Act, becomes
from trajplan.records import clients, session_days, sessions
from trajplan.records.model import Canceller, Session
from trajplan.records.store import writing
from trajplan.text import plural


def move_session(
    context: Context,
    reference: str,
    day: str,
    *,
    client: str | None,
    time: str = "",
    shift: bool = False,
    reason: str = "",
) -> Changed:
    """Give a session another day under the same number; with `shift` later ones move along.

    Raises CannotDo for a state that forbids it and for a day that would break the order.
    """
    clock = parse_clock(time) if time else ""
    new = parse_day(day, context.today)
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        session = any_session_of(store, case.engagement, reference)
        every = store.select(Session, engagement_id=case.engagement.id)
        name = name_of(session, every)
        state = _allowed(session, every, "move")
        if shift and not session.number:
            raise UsageFault(
                "--shift moves the numbered sessions after one; a meeting stands alone"
            )
        if (new, clock or session.start_time, state) == (
            session.date,
            session.start_time,
            session.state,
        ):
            raise UsageFault(f"{name} is on {short_date(new)} already; give another day or --time")
        _check_order(session, every, new, shift)
        moved = sessions.update(
            store, session.id, state=state, date=new, start_time=clock or session.start_time
        )
        keep_day(store, context, session, "moved", moved.date, reason)
        days = [NewDay(name=name, session=moved, was_on=session.date)]
        if shift:
            days += shifted(store, context, session, moved, every)
        clients.touch(store, case.client.id)
        now = store.select(Session, engagement_id=case.engagement.id)
        return Changed(
            client=case.client,
            name=name,
            act="moved",
            session=moved,
            details=(("Reason", reason),),
            days=tuple(days),
            same_day=same_day(store, [one.session for one in days]),
            notes=(*day_notes(store, new, context.today), *rhythm_notes(_around(moved, now))),
            next=_prep(moved),
        )


def miss_session(
    context: Context, reference: str, *, client: str | None, reason: str = ""
) -> Changed:
    """Keep that nobody came; the number waits for a new day. Raises CannotDo."""
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        session = any_session_of(store, case.engagement, reference)
        every = store.select(Session, engagement_id=case.engagement.id)
        state = _allowed(session, every, "miss")
        if session.date > context.today:
            name, ref = name_of(session, every), _reference(session, every)
            raise CannotDo(
                f"{name} is on {short_date(session.date)}, which is still ahead; "
                f"`trajplan sessions cancel {ref} --by client` calls it off"
            )
        missed = sessions.update(store, session.id, state=state)
        keep_day(store, context, session, "missed", session.date, reason)
        clients.touch(store, case.client.id)
        return _closed(case, missed, every, "missed", (("Reason", reason),))


def cancel_session(
    context: Context,
    reference: str,
    *,
    client: str | None,
    by: Canceller,
    notice_hours: int | None = None,
    reason: str = "",
) -> Changed:
    """Call a session off; its number waits for a new day. Raises CannotDo."""
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        session = any_session_of(store, case.engagement, reference)
        every = store.select(Session, engagement_id=case.engagement.id)
        state = _allowed(session, every, "cancel")
        cancelled = sessions.update(store, session.id, state=state)
        session_days.add(
            store,
            session_id=session.id,
            date=context.today,
            act="cancelled",
            was_on=session.date,
            now_on=session.date,
            cancelled_by=by,
            notice_hours=notice_hours,
            reason=reason,
        )
        clients.touch(store, case.client.id)
        notice = "not said" if notice_hours is None else plural(notice_hours, "hour")
        details = (("By", by), ("Notice", notice), ("Reason", reason))
        return _closed(case, cancelled, every, "cancelled", details)


def skip_session(
    context: Context, reference: str, *, client: str | None, back: bool = False, reason: str = ""
) -> Changed:
    """Use a number up without a meeting; with `back`, return it to the calendar. Raises
    CannotDo."""
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        session = any_session_of(store, case.engagement, reference)
        every = store.select(Session, engagement_id=case.engagement.id)
        if not session.number:
            ref = _reference(session, every)
            raise CannotDo(
                f"a meeting has no number to use up; `trajplan sessions cancel {ref} --by coach` "
                "calls it off"
            )
        state = _allowed(session, every, "take_back" if back else "skip")
        skipped = sessions.update(store, session.id, state=state)
        keep_day(store, context, session, "taken_back" if back else "skipped", session.date, reason)
        clients.touch(store, case.client.id)
        now = store.select(Session, engagement_id=case.engagement.id)
        following = next_session(now)
        return Changed(
            client=case.client,
            name=name_of(skipped, every),
            act="back on the calendar" if back else "skipped; its number is used up",
            session=skipped,
            details=(("Reason", reason),),
            days=(NewDay(name=f"session {skipped.number}", session=skipped, was_on=None),) * back,
            next=_prep(following) if following else "",
        )


def _check_order(session: Session, every: tuple[Session, ...], new: dt.date, shift: bool) -> None:
    """Refuse a day before an earlier number's or, unless later days move along, after a later's.

    A missed or cancelled session without a new day is in nobody's way.
    """
    if not session.number:
        return
    dated = [one for one in every if one.number and one.state in ("planned", "held")]
    before = [one for one in dated if (one.number or 0) < session.number]
    earlier = max(before, key=lambda one: one.number or 0, default=None)
    if earlier and (earlier.held_on or earlier.date) >= new:
        was = "was held" if earlier.state == "held" else "is"
        raise CannotDo(
            f"session {earlier.number} {was} on {short_date(earlier.held_on or earlier.date)}; "
            f"session {session.number} comes after it"
        )
    after = [one for one in dated if (one.number or 0) > session.number]
    later = min(after, key=lambda one: one.number or 0, default=None)
    if later and later.date <= new and not (shift and later.state == "planned"):
        instead = "; --shift moves it and all later ones along" if later.state == "planned" else ""
        raise CannotDo(
            f"session {later.number} {'was held' if later.state == 'held' else 'is'} on "
            f"{short_date(later.date)}{instead}"
        )


def _around(session: Session, every: tuple[Session, ...]) -> list[tuple[str, dt.date]]:
    """A session with the dated ones right before and after it."""
    if not session.number:
        return []
    dated = [one for one in every if one.number and one.state in ("planned", "held")]
    at = next((at for at, one in enumerate(dated) if one.id == session.id), None)
    near = dated[max(0, at - 1) : at + 2] if at is not None else []
    return [(f"session {one.number}", one.date) for one in near]


def _allowed(session: Session, every: tuple[Session, ...], act: Act) -> str:
    return becomes(
        session.state,
        act,
        name=name_of(session, every),
        ref=_reference(session, every),
        day=short_date(session.held_on or session.date),
    )


def _reference(session: Session, every: tuple[Session, ...]) -> str:
    return next(name for name, one in references(every).items() if one.id == session.id)


def _closed(
    case: ClientEngagement,
    session: Session,
    every: tuple[Session, ...],
    act: str,
    details: tuple[tuple[str, str], ...],
) -> Changed:
    ref = _reference(session, every)
    return Changed(
        client=case.client,
        name=name_of(session, every),
        act=act,
        session=session,
        details=(("Was on", short_date(session.date)), *details),
        next=f"trajplan sessions move {ref} DAY gives it a new day",
    )


def _prep(session: Session) -> str:
    return f"trajplan prep session {session.number}" if session.number else ""
