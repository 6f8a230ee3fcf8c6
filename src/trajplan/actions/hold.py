"""Holding a session: its state changes once, and its plan is frozen."""

from __future__ import annotations

from trajplan.actions.context import Context
from trajplan.actions.journey_of import journey_at_hand
from trajplan.actions.methods import worked
from trajplan.actions.resolve import ClientEngagement
from trajplan.planning.arc import position
from trajplan.planning.plan import Plan
from trajplan.records import assumptions, plans, question_uses, sessions
from trajplan.records.model import Session
from trajplan.records.store import Store


def planned_ids(plan: Plan | None) -> tuple[str, ...]:
    """Ids of a plan's questions in the order they are asked; none without a plan."""
    if plan is None:
        return ()
    return tuple(one.id for segment in plan.segments for one in segment.questions)


def hold(
    store: Store, context: Context, case: ClientEngagement, session: Session, plan: Plan | None
) -> None:
    """Mark a session as held and freeze its plan. A session already held stays as it was."""
    if session.state == "held":
        return
    sessions.update(
        store,
        session.id,
        state="held",
        held_on=session.date,
        phase=plan.phase if plan else session.phase or _phase(context, case, session),
        method=plan.method if plan else worked(store, case.engagement, session),
    )
    if plan is None:
        return
    plans.freeze(store, session.id)
    planned = planned_ids(plan)
    question_uses.mark_asked(store, session.id, planned, session.date)
    for one in assumptions.of_engagement(store, case.engagement.id):
        if one.number == plan.assumption:
            assumptions.mark_challenged(store, one.id, session.id)


def _phase(context: Context, case: ClientEngagement, session: Session) -> str:
    journey = journey_at_hand(context.library, case.engagement)
    # What happened is kept also when the journey's file is not at hand today.
    if journey is None:
        return ""
    return position(journey, case.engagement.sessions, session.number or 1).phase.id
