"""`prep session`: make a plan, keep it, and leave it alone until something it read has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from trajplan.codec import from_plain, to_plain
from trajplan.errors import CannotDo
from trajplan.library.catalog import Library
from trajplan.planning.compose import make_plan
from trajplan.planning.plan import Plan
from trajplan.planning.request import Facts, PlanOptions, Shelf
from trajplan.practice import plans, question_uses, sessions
from trajplan.practice.records import KeptPlan, Session
from trajplan.practice.store import Store, reading, writing
from trajplan.usecases.desk import Desk
from trajplan.usecases.facts import facts_of, shelf_of
from trajplan.usecases.which import Case, case_of, session_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, and whether this run made it anew."""

    plan: Plan
    made: bool


def prepare(
    desk: Desk,
    *,
    client: str | None,
    number: str | None,
    wishes: Mapping[str, Any],
    reset: bool = False,
) -> Prepared:
    """Return the plan of a session.

    `wishes` are the options given this time, by field of PlanOptions; they are laid over those the
    session already keeps. A held session's plan is frozen: it is returned, never remade.
    """
    # Most runs only print what is kept: they read, and leave the file untouched.
    with reading(desk.practice) as store:
        case = case_of(store, client, desk.today)
        session = session_of(store, case.engagement, number)
        options = _options(session, wishes, reset)
        kept = plans.of_session(store, session.id)
        if session.state == "held":
            return Prepared(_frozen(session, kept, wishes, reset), made=False)
        if kept and _is_current(kept, case, desk.library, options, session):
            return Prepared(_plan(kept), made=False)
        # All that can fail for want of content fails here, before anything is locked.
        _plan_of(store, desk, case, session, options)
    with writing(desk.practice, create=False) as store:
        case = case_of(store, case.client.slug)
        session = session_of(store, case.engagement, str(session.number))
        plan = _plan_of(store, desk, case, session, options)
        _keep(store, desk, case, session, options, plan)
    return Prepared(plan, made=True)


def _frozen(
    session: Session, kept: KeptPlan | None, wishes: Mapping[str, Any], reset: bool
) -> Plan:
    if kept is None:
        raise CannotDo(f"session {session.number} was held without a plan")
    if wishes or reset:
        raise CannotDo(f"session {session.number} was held; its plan is kept as it was")
    return _plan(kept)


def _options(session: Session, wishes: Mapping[str, Any], reset: bool) -> PlanOptions:
    kept = {} if reset else dict(session.options)
    merged = {**kept, **wishes}
    names = {one.name for one in fields(PlanOptions)}
    return from_plain(
        PlanOptions, {name: value for name, value in merged.items() if name in names}
    )


def _is_current(
    kept: KeptPlan, case: Case, library: Library, options: PlanOptions, session: Session
) -> bool:
    """Whether nothing the plan was made from has changed since."""
    return (
        kept.client_revision == case.client.revision
        and kept.library_digest == library.digest
        and dict(kept.options) == to_plain(options)
        and kept.body.get("date") == session.date.isoformat()
    )


def _plan_of(
    store: Store, desk: Desk, case: Case, session: Session, options: PlanOptions
) -> Plan:
    facts = facts_of(store, case, session)
    shelf = shelf_of(desk.library, case.engagement.journey)
    _refuse_faulty(desk.library, facts, options)
    plan = make_plan(shelf, facts, options)
    _refuse_faulty_parts(desk.library, shelf, plan)
    return plan


def _refuse_faulty(library: Library, facts: Facts, options: PlanOptions) -> None:
    """A blueprint asked for by name must not be quietly replaced by the one it shadows."""
    if options.blueprint:
        library.blueprint(options.blueprint)


def _refuse_faulty_parts(library: Library, shelf: Shelf, plan: Plan) -> None:
    """Stop at a faulty file the plan needs: its blueprint, or a bank the blueprint names."""
    blueprint = library.blueprint(plan.blueprint)
    for segment in blueprint.segments:
        for name in segment.activities:
            library.activity(name)
        for name in segment.questions.banks if segment.questions else ():
            library.bank(name)


def _keep(
    store: Store, desk: Desk, case: Case, session: Session, options: PlanOptions, plan: Plan
) -> None:
    kept = KeptPlan(
        session_id=session.id,
        made_on=desk.today,
        client_revision=case.client.revision,
        library_digest=desk.library.digest,
        options=to_plain(options),
        body=to_plain(plan),
        frozen=False,
    )
    plans.keep(store, kept)
    sessions.update(store, session.id, options=to_plain(options))
    asked = [one.id for segment in plan.segments for one in segment.questions]
    question_uses.plan_uses(store, session.id, asked, dt.date.fromisoformat(plan.date))


def _plan(kept: KeptPlan) -> Plan:
    return from_plain(Plan, dict(kept.body))


def kept_plan(store: Store, session: Session) -> Plan | None:
    """The plan kept for a session, if it was ever prepared."""
    kept = plans.of_session(store, session.id)
    return _plan(kept) if kept else None
