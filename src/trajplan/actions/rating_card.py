"""Where the client rates, and the card on which they do (R166)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.ratings import SATISFACTION
from trajplan.errors import CannotDo
from trajplan.measures.tci import ANCHORS, FACTORS, TITLES
from trajplan.records.dossier import Dossier
from trajplan.records.model.sessions import Session


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
    return "later" if dossier.was_holding(session_id) else "session"


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
        name = records.client.name
        if not records.client.ratings:
            raise CannotDo(
                f"{name} gives no numbers; `trajplan clients update --ratings on` would change that"
            )
        card = card_of(records.dossier, session)
        if card is None:
            raise CannotDo(f"session {session.number} with {name} asks for no numbers")
        return card
