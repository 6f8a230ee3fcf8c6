"""Kept plans: when one still holds, and how it is read back (SPEC, "Plans are kept")."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import fields

from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientEngagement
from trajplan.codec import from_plain, to_plain
from trajplan.errors import CannotDo
from trajplan.planning.plan import FORMAT, Plan
from trajplan.planning.request import PlanOptions
from trajplan.records import plans, question_uses, sessions
from trajplan.records.model import KeptPlan, Session
from trajplan.records.store import Store


def keep(
    store: Store,
    context: Context,
    case: ClientEngagement,
    session: Session,
    options: PlanOptions,
    plan: Plan,
) -> None:
    """Keep a plan with its options and what it was made from."""
    plain = to_plain(options)
    plans.keep(
        store,
        KeptPlan(
            session_id=session.id,
            made_on=context.today,
            client_revision=case.client.revision,
            library_digest=context.library.digest,
            options=plain,
            body={"format": FORMAT, **to_plain(plan)},
            frozen=False,
        ),
    )
    sessions.update(store, session.id, options=plain)
    asked = [one.id for segment in plan.segments for one in segment.questions]
    question_uses.plan_uses(store, session.id, asked, dt.date.fromisoformat(plan.date))


def is_current(
    kept: KeptPlan, context: Context, case: ClientEngagement, session: Session, options: PlanOptions
) -> bool:
    """Whether nothing this client's plan was made from has changed since.

    What other clients were asked meanwhile orders equal questions, but does not unmake a plan that
    may already be printed.
    """
    return (
        kept.body.get("format") == FORMAT
        and kept.client_revision == case.client.revision
        and kept.library_digest == context.library.digest
        and dict(kept.options) == to_plain(options)
        and kept.body.get("date") == session.date.isoformat()
    )


def read(kept: KeptPlan) -> Plan:
    """The plan as it was kept. Raises CannotDo for one that another version of trajplan made."""
    known = {one.name for one in fields(Plan)}
    body = {name: value for name, value in kept.body.items() if name in known}
    if kept.body.get("format") != FORMAT:
        raise CannotDo("this plan was made by another version of trajplan and cannot be shown")
    return from_plain(Plan, body)


def kept_plan(store: Store, session: Session) -> Plan | None:
    """The plan kept for a session, if it was ever prepared in a form this version reads."""
    kept = store.find(KeptPlan, session_id=session.id)
    return read(kept) if kept and kept.body.get("format") == FORMAT else None
