"""`prep session`: make a plan, keep it, and leave it alone until something it read has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from trajplan.codec import from_plain, to_plain
from trajplan.errors import CannotDo, NotFound
from trajplan.library.catalog import Library
from trajplan.library.loader import load
from trajplan.planning.arc import position
from trajplan.planning.choice import choose_blueprint
from trajplan.planning.compose import make_plan
from trajplan.planning.plan import Plan
from trajplan.planning.request import Facts, PlanOptions, Shelf
from trajplan.practice import plans, question_uses, sessions
from trajplan.practice.records import KeptPlan, Session
from trajplan.practice.store import Store, reading, writing
from trajplan.usecases.desk import Desk
from trajplan.usecases.facts import facts_of, shelf_of
from trajplan.usecases.which import Case, case_of, session_of

NOWHERE = Path("/nonexistent")
"""A content folder that is not there."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, and whether this run made it anew."""

    plan: Plan
    made: bool
    notes: tuple[str, ...] = ()
    """What to say beside the plan: content files that were left out of it."""


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
    session already keeps. A held session's plan is frozen: it is returned, never remade. Raises
    CannotDo and NotFound with a sentence that says what is possible instead.
    """
    for name in wishes.get("exclude", ()):
        # A mistyped id would leave the question in without a word.
        if name not in desk.library.questions:
            raise NotFound.among("question", name, desk.library.questions)
    # Most runs only print what is kept: they read, and leave the file untouched.
    with reading(desk.practice) as store:
        case = case_of(store, client, desk.today)
        session = session_of(store, case.engagement, number)
        options = _options(session, wishes, reset)
        kept = plans.of_session(store, session.id)
        if session.state == "held":
            return Prepared(_frozen(session, kept, wishes, reset), made=False)
        if kept and _is_current(kept, case, desk.library, options, session):
            return Prepared(_plan(kept), made=False, notes=desk.left_out)
        # All that can fail for want of content fails here, before anything is locked.
        _plan_of(store, desk, case, session, options)
    with writing(desk.practice, create=False) as store:
        case = case_of(store, case.client.slug)
        session = session_of(store, case.engagement, str(session.number))
        plan = _plan_of(store, desk, case, session, options)
        _keep(store, desk, case, session, options, plan)
    return Prepared(plan, made=True, notes=desk.left_out)


def _frozen(
    session: Session, kept: KeptPlan | None, wishes: Mapping[str, Any], reset: bool
) -> Plan:
    if kept is None:
        raise CannotDo(f"session {session.number} was held without a plan")
    if wishes or reset:
        raise CannotDo(f"session {session.number} was held; its plan is kept as it was")
    return _plan(kept)


def _options(session: Session, wishes: Mapping[str, Any], reset: bool) -> PlanOptions:
    """The kept options with this time's laid over them; questions asked for add up."""
    names = {one.name for one in fields(PlanOptions)}
    kept = {} if reset else {k: v for k, v in session.options.items() if k in names}
    merged = {**kept, **wishes}
    for name, other in (("include", "exclude"), ("exclude", "include")):
        before = [one for one in kept.get(name, ()) if one not in wishes.get(other, ())]
        merged[name] = tuple(dict.fromkeys([*before, *wishes.get(name, ())]))
    return from_plain(PlanOptions, merged)


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


def _plan_of(store: Store, desk: Desk, case: Case, session: Session, options: PlanOptions) -> Plan:
    facts = facts_of(store, case, session)
    shelf = shelf_of(desk.library, case.engagement.journey)
    if desk.library.faulty:
        _refuse_needed(desk, shelf, facts, options)
    plan = make_plan(shelf, facts, options)
    _refuse_named(desk.library, plan)
    return plan


def _refuse_needed(desk: Desk, shelf: Shelf, facts: Facts, options: PlanOptions) -> None:
    """Stop when the blueprint this session would follow is one that had to be left out.

    A faulty file is not read, so what it was meant for is judged by what it stands in place of.
    """
    if options.blueprint:
        desk.library.blueprint(options.blueprint)
    shipped = load(replace(desk.settings, library_folders=(), user_library=NOWHERE))
    faulty = {name for kind, name in desk.library.faulty if kind == "session-blueprint"}
    in_place = [shipped.blueprints[name] for name in faulty if name in shipped.blueprints]
    place = position(shelf.journey, facts.total, facts.number)
    if place.blueprint in faulty:
        desk.library.blueprint(place.blueprint)
    chosen, _ = choose_blueprint([*in_place, *shelf.blueprints], facts, options, place)
    desk.library.blueprint(chosen.id)


def _refuse_named(library: Library, plan: Plan) -> None:
    """Stop at a faulty bank or activity that the plan's blueprint names."""
    for segment in library.blueprint(plan.blueprint).segments:
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
