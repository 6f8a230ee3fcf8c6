"""Plans are saved, one for each session, with the questions they use.

When a saved plan still holds, how it is read back, and how it is frozen when its session was held.
A question that was only planned does not count as used; one that was asked does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import convert, to_builtins
from msgspec.structs import fields, replace

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.errors import CannotDo
from trajplan.planning.arc import journey_at_hand, position
from trajplan.planning.plan import FORMAT, Plan
from trajplan.planning.plan_inputs import PlanOptions
from trajplan.records.dossier import Dossier, PlanSummary
from trajplan.records.model.commitments import Assumption, AssumptionChallenge
from trajplan.records.model.journeys import Engagement
from trajplan.records.model.sessions import KeptPlan, QuestionUse, Session
from trajplan.records.plan_pages import MadeFrom
from trajplan.records.store import Store


def save_plan(
    records: ClientRecords, context: Context, session: Session, options: PlanOptions, plan: Plan
) -> None:
    """Save a plan with its options and what it was made from.

    Other options than before are the coach's own: a change, which `undo` takes back.
    """
    plain = to_builtins(options)
    if convert(session.options, PlanOptions) != options:
        records.update(session, options=plain)
    with records.uncounted():
        replace_plan(
            records,
            KeptPlan(
                session_id=session.id,
                client_revision=records.revision,
                library_digest=context.library.digest,
                options=plain,
                body={"format": FORMAT, **to_builtins(plan)},
            ),
        )
        day = dt.date.fromisoformat(plan.date)
        mark_planned(records, session.id, planned_ids(plan), day)


def is_current(
    summary: PlanSummary,
    context: Context,
    dossier: Dossier,
    session: Session,
    options: PlanOptions,
) -> bool:
    """Whether nothing this client's plan was made from has changed since.

    What other clients were asked meanwhile orders equal questions, but does not unmake a plan that
    may already be printed.
    """
    if summary.body.get("format") != FORMAT:
        return False
    made_from: MadeFrom = (
        summary.client_revision,
        summary.library_digest,
        summary.body.get("date"),
        convert(summary.options, PlanOptions),
    )
    now = (dossier.client.revision, context.library.digest, session.date.isoformat(), options)
    return made_from == now


def read(body: Mapping[str, Any]) -> Plan:
    """The plan as it was saved. Raises CannotDo for one that another version of trajplan made."""
    if body.get("format") != FORMAT:
        raise CannotDo("this plan was made by another version of trajplan and cannot be shown")
    names = {field.encode_name for field in fields(Plan)}
    return convert(
        {name: value for name, value in body.items() if name in names}, Plan, str_keys=True
    )


def plan_in(dossier: Dossier, session: Session) -> Plan | None:
    """The plan saved for a session, if it was ever prepared in a form this version reads."""
    summary = dossier.plan_of(session.id)
    return read(summary.body) if summary and summary.body.get("format") == FORMAT else None


def plan_to_wrap(dossier: Dossier, session: Session) -> Plan | None:
    """The plan kept for a session as far as the session could follow it: of one that was set aside
    to hold what has happened, only the times are left. None without a plan that this version
    reads."""
    plan = plan_in(dossier, session)
    if plan is None or not dossier.is_set_aside(session.id):
        return plan
    segments = tuple(replace(segment, questions=()) for segment in plan.segments)
    return replace(plan, holding=True, segments=segments, assumption=None, hands_out=())


def planned_ids(plan: Plan | None) -> tuple[str, ...]:
    """Ids of a plan's questions in the order they are asked; none without a plan."""
    return tuple(question.id for question in plan.questions) if plan else ()


def mark_held(
    records: ClientRecords, context: Context, session: Session, plan: Plan | None
) -> None:
    """Mark a session as held and freeze its plan. A session already held stays as it was."""
    if session.state == "held":
        return
    records.update(
        session,
        state="held",
        held_on=session.date,
        phase=plan.phase if plan else session.phase or _phase(context, records.engagement, session),
        method=plan.method if plan else records.dossier.method_of(session),
    )
    if plan is None:
        return
    freeze_plan(records, session.id)
    mark_asked(records, session.id, planned_ids(plan), session.date)
    for assumption in records.own(Assumption, number=plan.assumption):
        challenge = {"assumption_id": assumption.id, "session_id": session.id}
        if not records.find(AssumptionChallenge, **challenge):
            records.insert(AssumptionChallenge(**challenge))


def _phase(context: Context, engagement: Engagement, session: Session) -> str:
    journey = journey_at_hand(context.library, engagement)
    # What happened is saved also when the journey's file is not at hand today.
    if journey is None:
        return ""
    return position(journey, engagement.sessions, session.number or 1).phase.id


def replace_plan(store: Store, plan: KeptPlan) -> None:
    """Keep a plan in place of the session's earlier one. Raises CannotDo when that is frozen."""
    store.delete(KeptPlan, session_id=plan.session_id, frozen=False)
    if store.find(KeptPlan, session_id=plan.session_id):
        raise CannotDo("the session was held: its plan is kept as it was and cannot be replaced")
    store.insert(plan)


def freeze_plan(store: Store, session_id: int) -> bool:
    """Make the session's plan final; False when the session was never prepared."""
    plan = store.find(KeptPlan, session_id=session_id)
    if plan is None:
        return False
    store.update(plan, frozen=True)
    return True


def mark_planned(store: Store, session_id: int, question_ids: Iterable[str], date: dt.date) -> None:
    """Put these planned questions in the place of the session's earlier planned ones.

    One that was already asked in the session stays asked.
    """
    store.delete(QuestionUse, session_id=session_id, asked=False)
    asked = {use.question_id for use in store.select(QuestionUse, session_id=session_id)}
    planned = [question_id for question_id in question_ids if question_id not in asked]
    _insert(store, session_id, planned, date, asked=False)


def mark_asked(store: Store, session_id: int, question_ids: Sequence[str], date: dt.date) -> None:
    """Let exactly these questions count as asked in the session, and none as planned. Where they do
    already, their rows stay."""
    stand = [
        (use.question_id, use.date, use.asked)
        for use in store.select(QuestionUse, session_id=session_id)
    ]
    if stand != [(question_id, date, True) for question_id in dict.fromkeys(question_ids)]:
        store.delete(QuestionUse, session_id=session_id)
        _insert(store, session_id, question_ids, date, asked=True)


def _insert(
    store: Store, session_id: int, question_ids: Iterable[str], date: dt.date, *, asked: bool
) -> None:
    for question_id in dict.fromkeys(question_ids):  # each once, in order
        store.insert(
            QuestionUse(session_id=session_id, question_id=question_id, date=date, asked=asked)
        )
