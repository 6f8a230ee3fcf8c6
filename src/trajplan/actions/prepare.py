"""`prep session`: make a plan, keep it, and leave it alone until something it read has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import fields, replace

from trajplan.actions import kept_plans
from trajplan.actions.context import Context
from trajplan.actions.facts import facts_of, plannable_content
from trajplan.actions.methods import go_onward, keep_change, worked
from trajplan.actions.resolve import ClientEngagement, case_of, refuse_closed, session_of
from trajplan.codec import from_plain
from trajplan.content.library import Library
from trajplan.content.loader import load
from trajplan.content.model import PROMPT_SHAPES, SessionBlueprint
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.arc import position
from trajplan.planning.choice import choose_blueprint
from trajplan.planning.comparison import Comparison, compare, without_records
from trajplan.planning.compose import make_plan
from trajplan.planning.filling import DEBRIEF
from trajplan.planning.plan import Plan
from trajplan.planning.request import Content, Facts, PlanOptions
from trajplan.records.model import KeptPlan, Session
from trajplan.records.store import Store, reading, writing

NOWHERE = Path("/nonexistent")
"""A content folder that is not there."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, whether this run made it anew, and what to say beside it: content left out of it."""

    plan: Plan
    made: bool
    case: str
    """What `--client` calls client and engagement."""
    notes: tuple[str, ...] = ()


def prepare(
    context: Context,
    *,
    client: str | None,
    number: str | None,
    wishes: Mapping[str, Any],
    reset: bool = False,
    onward: bool = False,
    reason: str = "",
) -> Prepared:
    """Return the plan of a session.

    `wishes` are the options given this time, by field of PlanOptions; they are laid over those the
    session already keeps. `onward`: the method given holds for the engagement from here on;
    `reason`: why the method changes. A held session's plan is frozen: it is returned, never remade.
    Raises CannotDo and NotFound with a sentence that says what is possible instead.
    """
    for name in wishes.get("exclude", ()):
        # A mistyped id would leave the question in without a word.
        if name not in context.library.questions:
            raise NotFound.among("question", name, context.library.questions)
    # Most runs only print what is kept: they read, and leave the file untouched.
    with reading(context.practice) as store:
        case = case_of(store, client, context.today)
        session = session_of(store, case.engagement, number)
        refuse_closed(case, session)
        kept = _kept(store, context, case, session, wishes, reset)
    state = _state_notes(session)
    if kept and not onward and not reason:
        return Prepared(kept, made=False, case=case.name, notes=(*state, *context.left_out))
    with writing(context.practice, create=False) as store:
        case = case_of(store, case.name)
        session = session_of(store, case.engagement, str(session.number))
        # Another command may have prepared or held the session in between.
        kept = _kept(store, context, case, session, wishes, reset)
        if kept and not onward and not reason:
            return Prepared(kept, made=False, case=case.name, notes=(*state, *context.left_out))
        options = _options(session, wishes, reset)
        was = worked(store, case.engagement, session)
        turned = False
        if onward:
            case, turned = go_onward(store, context, case, session, wishes["method"], reason)
            # The engagement's own method needs no wish of the session's, unless a blueprint of
            # another method was asked for.
            options = options if options.blueprint else replace(options, method="")
        try:
            plan = _made(store, context, case, session, options)
        except NotFound as missing:
            old = None if wishes or reset else kept_plans.kept_plan(store, session)
            if old is None:
                raise
            note = f"this is the plan as it was kept; it cannot be made anew: {missing}"
            return Prepared(
                old, made=False, case=case.name, notes=(*state, *context.left_out, note)
            )
        if not turned:
            keep_change(store, context, case, session, (was, plan.method), reason)
        kept_plans.keep(store, context, case, session, options, plan)
    return Prepared(plan, made=True, case=case.name, notes=(*state, *context.left_out))


def _state_notes(session: Session) -> tuple[str, ...]:
    """Say that a plan's day is none, before somebody relies on it."""
    number = session.number
    if session.state in ("missed", "cancelled"):
        return (
            f"session {number} was {session.state} and has no new day; "
            f"`trajplan sessions move {number} DAY` gives it one",
        )
    if session.state == "skipped":
        return (
            f"session {number} was skipped; `trajplan sessions skip {number} --back` "
            "takes that back",
        )
    return ()


def beside_silence(context: Context, prepared: Prepared) -> Comparison | None:
    """Compare a plan with the one the same options would give if the records said nothing.

    None for a held session: what the records said then is no longer to be had, and its plan stays.
    """
    plan = prepared.plan
    with reading(context.practice) as store:
        case = case_of(store, prepared.case)
        session = session_of(store, case.engagement, str(plan.session))
        if session.state == "held":
            return None
        content = plannable_content(context.library, case.engagement)
        facts = facts_of(store, case, session)
        return compare(
            plan, make_plan(content, without_records(facts), _options(session, {}, reset=False))
        )


def outlined(store: Store, context: Context, case: ClientEngagement, session: Session) -> Prepared:
    """The plan a session would have now, without keeping it; `made` unless it is kept and current.

    Raises CannotDo and NotFound as `prepare` does.
    """
    kept = _kept(store, context, case, session, {}, reset=False)
    if kept:
        return Prepared(kept, made=False, case=case.name)
    options = _options(session, {}, reset=False)
    made = _made(store, context, case, session, options)
    return Prepared(made, made=True, case=case.name)


def _kept(
    store: Store,
    context: Context,
    case: ClientEngagement,
    session: Session,
    wishes: Mapping[str, Any],
    reset: bool,
) -> Plan | None:
    """The kept plan where it still holds; None where one has to be made."""
    kept = store.find(KeptPlan, session_id=session.id)
    if session.state == "held":
        if kept is None:
            raise CannotDo(f"session {session.number} was held without a plan")
        if wishes or reset:
            raise CannotDo(f"session {session.number} was held; its plan is kept as it was")
        return kept_plans.read(kept)
    if kept is None:
        return None
    options = _options(session, wishes, reset)
    current = kept_plans.is_current(kept, context, case, session, options)
    return kept_plans.read(kept) if current else None


def _options(session: Session, wishes: Mapping[str, Any], reset: bool) -> PlanOptions:
    """The kept options with this time's laid over them; questions asked for add up."""
    names = {one.name for one in fields(PlanOptions)}
    kept = {} if reset else {k: v for k, v in session.options.items() if k in names}
    merged = {**kept, **wishes}
    for name, other in (("include", "exclude"), ("exclude", "include")):
        before = [one for one in kept.get(name, ()) if one not in wishes.get(other, ())]
        merged[name] = tuple(dict.fromkeys([*before, *wishes.get(name, ())]))
    return from_plain(PlanOptions, merged)


def _made(
    store: Store, context: Context, case: ClientEngagement, session: Session, options: PlanOptions
) -> Plan:
    """Make the plan, after making sure that no file it needs had to be left out."""
    facts = facts_of(store, case, session)
    content = plannable_content(context.library, case.engagement)
    if context.library.faulty:
        _demand(context.library, _wanted_blueprint(context, content, facts, options))
    return make_plan(content, facts, options)


def _wanted_blueprint(
    context: Context, content: Content, facts: Facts, options: PlanOptions
) -> SessionBlueprint:
    """The blueprint this session would follow if no file were faulty.

    What a faulty file was meant for cannot be read, so it is judged by the shipped blueprint it
    stands in place of. Raises InvalidContent where the wanted one is faulty.
    """
    library = context.library
    if options.blueprint:
        return library.blueprint(options.blueprint)
    shipped = load(replace(context.settings, library_folders=(), user_library=NOWHERE))
    faulty = {name for kind, name in library.faulty if kind == "session-blueprint"}
    in_place = [shipped.blueprints[name] for name in faulty if name in shipped.blueprints]
    place = position(content.journey, facts.total, facts.number)
    if place.blueprint in faulty and place.blueprint not in shipped.blueprints:
        library.blueprint(place.blueprint)
    choice = choose_blueprint([*in_place, *content.blueprints], facts, options, place)
    return library.blueprint(choice.blueprint.id)


def _demand(library: Library, blueprint: SessionBlueprint) -> None:
    """Raise InvalidContent for a faulty prompt, or activity or bank that the blueprint names."""
    for name in PROMPT_SHAPES:
        library.prompt(name)
    library.activity(DEBRIEF)
    for segment in blueprint.segments:
        for name in segment.activities:
            library.activity(name)
        for name in segment.questions.banks if segment.questions else ():
            library.bank(name)
    for name in blueprint.hands_out:
        library.worksheet(name)
