"""The action-commitment sheet of a session: filled in from the records, or blank (R94, R96)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.context import Context
from trajplan.actions.goal_paths import path_of
from trajplan.actions.resolve import ClientEngagement, case_of, session_of
from trajplan.errors import CannotDo
from trajplan.planning.calendar import midpoint
from trajplan.records import checkins
from trajplan.records.model import Commitment, Ending, HandedOut, Session, WrapRecord
from trajplan.records.store import Store, reading


class SheetCommitment(Struct, frozen=True, kw_only=True):
    """A commitment as the client reads it."""

    what: str
    due: dt.date
    how_will_i_know: str
    obstacle: str
    if_then: str
    path: tuple[str, ...] = ()
    """The goals it serves, the theme first (R86)."""


class ClientSheet(Struct, frozen=True, kw_only=True):
    """What goes home with the client. There is no coach-only field. `blank`: for handwriting."""

    client_name: str
    session: int
    of: int
    date: dt.date
    focus: str
    serves: str
    """The agreed priority the session served; empty when none was named."""
    takeaways: tuple[str, ...]
    commitments: tuple[SheetCommitment, ...]
    inquiry: str
    midpoint: dt.date | None
    next_date: dt.date | None
    next_time: str
    accountability: str = ""
    """How the client wants to be held to it (R101)."""
    to_fill_in: tuple[str, ...] = ()
    """Titles of the worksheets that go home with it."""
    blank: bool = False
    follow_up: dt.date | None = None
    """After the last session: the day agreed on for looking back."""


def sheet_of(store: Store, case: ClientEngagement, session: Session) -> ClientSheet:
    """The sheet as the records fill it; what was not kept stays empty."""
    record = store.find(WrapRecord, session_id=session.id)
    following = following_session(store, session)
    next_date = following.date if following else None
    return ClientSheet(
        client_name=case.client.name,
        session=session.number or 0,
        of=case.engagement.sessions,
        date=session.held_on or session.date,
        focus=record.focus if record else "",
        serves=record.serves if record and record.serves else _arrived_for(store, session),
        takeaways=record.takeaways if record else (),
        commitments=tuple(
            SheetCommitment(
                what=commitment.what,
                due=commitment.due,
                how_will_i_know=commitment.how_will_i_know,
                obstacle=commitment.obstacle,
                if_then=commitment.if_then,
                path=path_of(store, commitment.goal_id),
            )
            for commitment in store.select(Commitment, session_id=session.id)
        ),
        inquiry=record.inquiry if record else "",
        midpoint=midpoint(session.date, next_date) if next_date else None,
        next_date=next_date,
        to_fill_in=tuple(form.title for form in store.select(HandedOut, session_id=session.id)),
        follow_up=_follow_up(store, case, session),
        next_time=(following.start_time or case.engagement.start_time) if following else "",
        accountability=case.engagement.accountability,
    )


def _arrived_for(store: Store, session: Session) -> str:
    """The priority named at the check-in, where the wrap names none."""
    check_in = checkins.of_session(store, session.id)
    return check_in.serves if check_in else ""


def _follow_up(store: Store, case: ClientEngagement, session: Session) -> dt.date | None:
    """The follow-up's day on the last session's sheet, once the engagement is closed."""
    ending = store.find(Ending, engagement_id=case.engagement.id)
    return ending.follow_up if ending and session.number == case.engagement.sessions else None


def following_session(store: Store, session: Session) -> Session | None:
    """The next session that has a day, or None after the last. Raises CannotDo for an unnumbered
    one. A skipped one is passed over; so is a missed or cancelled one that waits for a day."""
    if session.number is None:
        raise CannotDo("only a numbered session has a sheet")
    later = [
        one
        for one in store.select(Session, engagement_id=session.engagement_id)
        if (one.number or 0) > session.number and one.state in ("planned", "held")
    ]
    return min(later, key=lambda one: one.number or 0, default=None)


def wrapped_sheet(context: Context, *, client: str | None, number: str | None) -> ClientSheet:
    """Read a kept sheet back, for printing it again. Raises CannotDo while there is none."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        session = session_of(store, case.engagement, number)
        if store.find(WrapRecord, session_id=session.id) is None:
            raise CannotDo(
                f"session {session.number} with {case.client.name} is not wrapped yet; "
                "give what happened with --from FILE"
            )
        return sheet_of(store, case, session)


def is_wrapped(context: Context, *, client: str | None, number: str | None) -> bool:
    """Whether a session has a wrap already."""
    with reading(context.practice) as store:
        session = session_of(store, case_of(store, client).engagement, number)
        return store.find(WrapRecord, session_id=session.id) is not None


def blank_sheet(context: Context, *, client: str | None, number: str | None) -> ClientSheet:
    """Make an empty sheet for handwriting, with what is known of the session printed on it."""
    with reading(context.practice) as store:
        case = case_of(store, client, context.today)
        session = session_of(store, case.engagement, number)
        return replace(
            sheet_of(store, case, session),
            focus="",
            takeaways=(),
            commitments=(),
            inquiry="",
            to_fill_in=(),
            blank=True,
        )
