"""Assumptions with the sessions they were heard and challenged in (R27). On its way out."""

from __future__ import annotations

from msgspec.structs import asdict

from trajplan.records import model
from trajplan.records.model import AssumptionChallenge, Session
from trajplan.records.records import Assumption
from trajplan.records.store import Store


def of_engagement(store: Store, engagement_id: int) -> tuple[Assumption, ...]:
    """Return every assumption of the engagement, in the order they were added."""
    sessions = {
        session.id: session for session in store.select(Session, engagement_id=engagement_id)
    }
    assumptions = store.select(model.Assumption, engagement_id=engagement_id)
    challenges = store.select(
        AssumptionChallenge, assumption_id=[assumption.id for assumption in assumptions]
    )
    result = []
    for assumption in assumptions:
        heard_in = sessions.get(assumption.session_id or 0)
        challenged = (
            sessions[challenge.session_id].number
            for challenge in challenges
            if challenge.assumption_id == assumption.id
            and sessions[challenge.session_id].state == "held"
        )
        result.append(
            Assumption(
                **asdict(assumption),
                session_number=heard_in.number if heard_in else None,
                challenged=tuple(sorted(number for number in challenged if number)),
            )
        )
    return tuple(result)
