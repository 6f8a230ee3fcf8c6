"""What an earlier engagement left, for the first session with a returning client."""

from __future__ import annotations

from trajplan.actions.resolve import ClientEngagement, last_held
from trajplan.planning.plan import EarlierJourney
from trajplan.records import assumptions
from trajplan.records.model import WAITING, Commitment, Engagement, Session, WrapRecord
from trajplan.records.store import Store


def earlier_journey(store: Store, case: ClientEngagement) -> EarlierJourney | None:
    """Return it, or None in a client's first engagement."""
    before = [
        one
        for one in store.select(Engagement, client_id=case.client.id)
        if one.ordinal < case.engagement.ordinal
    ]
    if not before:
        return None
    one = before[-1]
    every = store.select(Session, engagement_id=one.id)
    last = last_held(every)
    wrap = store.find(WrapRecord, session_id=last.id) if last else None
    return EarlierJourney(
        began=one.start.isoformat(),
        ended=(last.held_on or last.date).isoformat() if last else "",
        held=sum(session.state == "held" for session in every if session.number),
        of=one.sessions,
        destination=one.destination,
        takeaways=wrap.takeaways if wrap else (),
        inquiry=wrap.inquiry if wrap else "",
        commitments=tuple(
            promise.what
            for promise in store.select(Commitment, engagement_id=one.id)
            if promise.status in WAITING
        ),
        assumptions=tuple(
            belief.text
            for belief in assumptions.of_engagement(store, one.id)
            if belief.status == "open"
        ),
    )
