"""What a client takes home of a session: the action-commitment sheet, filled in from the records or
blank (R94, R96), and the rating card.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.ratings import SATISFACTION
from trajplan.errors import CannotDo
from trajplan.measures.tci import ANCHORS, FACTORS, TITLES
from trajplan.planning.calendar import midpoint_after
from trajplan.records.columns import same_fields
from trajplan.records.dossier import Dossier
from trajplan.records.model import Session, WrapRecord

MOST_COMMITMENTS = 3
"""That a session ends with, and a sheet has room for (R94)."""


class SheetCommitment(Struct, frozen=True, kw_only=True):
    """A commitment as the client reads it."""

    number: int
    """As the list, the plan and the wrap form give it (F17)."""
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
    """The question that goes home; empty: none, or one to write on a blank sheet."""
    midpoint: dt.date | None
    next_date: dt.date | None
    next_time: str
    accountability: str = ""
    """How the client wants to be held to it (R101)."""
    to_fill_in: tuple[str, ...] = ()
    """Titles of the worksheets that go home with it."""
    holding: bool = False
    """The session held what had happened: nothing on it asks for something."""
    blank: bool = False
    card: tuple[str, ...] = ()
    """What the client rates at home from 1 to 10: factors, `satisfaction` (R166)."""
    follow_up: dt.date | None = None
    """After the last session: the day agreed on for looking back."""


def sheet_of(dossier: Dossier, session_id: int) -> ClientSheet:
    """The sheet as the records fill it; what they do not hold stays empty."""
    session = dossier.session_by_id[session_id]
    engagement = dossier.engagement
    wrap = dossier.said_in(session_id)
    following = following_session(session, dossier.sessions)
    return ClientSheet(
        client_name=dossier.client.name,
        session=session.number or 0,
        of=engagement.sessions,
        date=session.day,
        focus=wrap.focus,
        serves=_priority_served(dossier, session_id, wrap),
        takeaways=wrap.takeaways,
        commitments=tuple(
            SheetCommitment(
                **same_fields(commitment, SheetCommitment),
                path=dossier.path_to(commitment.goal_id),
            )
            for commitment in dossier.commitments_of(session_id)
        ),
        inquiry=wrap.inquiry,
        midpoint=midpoint_after(dossier, session, following) if following else None,
        next_date=following.date if following else None,
        next_time=(following.start_time or engagement.start_time) if following else "",
        accountability=engagement.accountability,
        to_fill_in=tuple(hand_out.title for hand_out in dossier.handed_out_in(session_id)),
        card=rated_at_home(dossier, session_id),
        holding=dossier.held_distress(session_id),
        follow_up=dossier.ending.follow_up
        if dossier.ending and session.number == engagement.sessions
        else None,
    )


def rated_in_session(dossier: Dossier, session_id: int) -> bool:
    """Whether the client says in the session where they stand, and not at home or never (R166)."""
    return dossier.client.ratings and _where_rated(dossier, session_id) == "session"


def rated_at_home(dossier: Dossier, session_id: int) -> tuple[str, ...]:
    """Numbers that go home: how the session was, where the client says that at home, and the rest
    where the session had its one moment of numbers elsewhere (R166)."""
    client, where = dossier.client, _where_rated(dossier, session_id)
    if not client.ratings or where in ("off", "later"):
        return ()
    if where == "home":
        return (*FACTORS, SATISFACTION)
    return (SATISFACTION,) if client.satisfaction == "home" else ()


def _where_rated(dossier: Dossier, session_id: int) -> str:
    """Where the plan lets the client rate. Without a plan that was followed it is in the session,
    and on a day that held it can wait."""
    plan = dossier.followed_plan(session_id)
    if plan:
        return plan.ratings
    return "later" if dossier.held_distress(session_id) else "session"


def _priority_served(dossier: Dossier, session_id: int, wrap: WrapRecord) -> str:
    """The priority the wrap names, or else the one named at the check-in."""
    if wrap.serves:
        return wrap.serves
    check_in = dossier.check_in_of(session_id)
    return check_in.serves if check_in else ""


def following_session(session: Session, sessions: Sequence[Session]) -> Session | None:
    """The next session that has a day, or None after the last. Raises CannotDo for an unnumbered
    one. A skipped one is passed over; so is a missed or cancelled one that waits for a day."""
    if session.number is None:
        raise CannotDo("only a numbered session has a sheet")
    later = [
        other
        for other in sessions
        if (other.number or 0) > session.number and other.state in ("planned", "held")
    ]
    return min(later, key=lambda other: other.number or 0, default=None)


def wrapped_sheet(context: Context, *, client: str | None, number: str | None) -> ClientSheet:
    """Read a saved sheet back, for printing it again. Raises CannotDo while there is none."""
    with context.read(client) as records:
        session = session_of(records, number)
        if records.find(WrapRecord, session_id=session.id) is None:
            raise CannotDo(
                f"session {session.number} with {records.client.name} is not wrapped yet; "
                "give what happened with --from FILE"
            )
        return sheet_of(records.dossier, session.id)


def is_wrapped(context: Context, *, client: str | None, number: str | None) -> bool:
    """Whether a session has a wrap already."""
    with context.read(client) as records:
        session = session_of(records, number)
        return records.find(WrapRecord, session_id=session.id) is not None


def blank_sheet(context: Context, *, client: str | None, number: str | None) -> ClientSheet:
    """Make an empty sheet for handwriting, with what is known of the session printed on it."""
    with context.read(client, acting=True) as records:
        return sheet_to_write_on(records.dossier, session_of(records, number))


def sheet_to_write_on(dossier: Dossier, session: Session) -> ClientSheet:
    """The sheet of a session with nothing in it but what is known of the session."""
    return replace(
        sheet_of(dossier, session.id),
        focus="",
        takeaways=(),
        commitments=(),
        inquiry="",
        to_fill_in=(),
        blank=True,
    )


class CardScale(Struct, frozen=True, kw_only=True):
    """One scale from 1 to 10, and what its ends stand for."""

    name: str
    """A factor."""
    title: str
    low: str
    high: str


class RatingCard(Struct, frozen=True, kw_only=True):
    """What the client marks. There is no coach-only field, and no number of an earlier session."""

    client_name: str
    session: int
    of: int
    date: dt.date
    scales: tuple[CardScale, ...]
    satisfaction: bool
    """Whether it also asks how the session was: where the client says that at home."""


def card_of(dossier: Dossier, session: Session) -> RatingCard | None:
    """The card of a session; None where the client gives no numbers, or not in this one."""
    plan = dossier.plan_of(session.id)
    if not dossier.client.ratings or (plan and plan.ratings == "off"):
        return None
    return RatingCard(
        client_name=dossier.client.name,
        session=session.number or 0,
        of=dossier.engagement.sessions,
        date=session.day,
        scales=tuple(
            CardScale(
                name=factor,
                title=TITLES[factor],
                low=ANCHORS[factor][0],
                high=ANCHORS[factor][1],
            )
            for factor in FACTORS
        ),
        satisfaction=dossier.client.satisfaction == "home"
        or SATISFACTION in rated_at_home(dossier, session.id),
    )


def rating_card(context: Context, *, client: str | None, number: str | None) -> RatingCard:
    """The card of a session. Raises CannotDo where the client gives no numbers."""
    with context.read(client, acting=True) as records:
        session = session_of(records, number)
        card = card_of(records.dossier, session)
        name = records.client.name
        gives_none = not records.client.ratings
    if card is None and gives_none:
        raise CannotDo(
            f"{name} gives no numbers; `trajplan clients update --ratings on` would change that"
        )
    if card is None:
        raise CannotDo(f"session {session.number} with {name} asks for no numbers")
    return card
