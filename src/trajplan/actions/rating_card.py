"""The rating card: where the client stands, to be marked by hand (R103, R148, R166)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.ratings import SATISFACTION
from trajplan.actions.sheet import rated_at_home
from trajplan.errors import CannotDo
from trajplan.measures.tci import ANCHORS, FACTORS, TITLES
from trajplan.records.dossier import Dossier
from trajplan.records.model import Session


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
