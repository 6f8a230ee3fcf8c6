"""`prep session`: make a plan, save it, and leave it alone until something it read has changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, convert
from msgspec.structs import fields, replace

from trajplan.actions import kept_plans
from trajplan.actions.context import Context
from trajplan.actions.methods import change_onward, record_change
from trajplan.actions.resolve import ClientRecords, find_session, refuse_closed
from trajplan.content.library import Library
from trajplan.content.loader import load
from trajplan.content.model import PROMPT_SHAPES, SessionBlueprint
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.arc import journey_of, position
from trajplan.planning.choice import choose_blueprint
from trajplan.planning.comparison import Comparison, compare, without_records
from trajplan.planning.compose import make_plan
from trajplan.planning.facts import facts_of
from trajplan.planning.filling import DEBRIEF
from trajplan.planning.methods import session_method
from trajplan.planning.plan import Plan
from trajplan.planning.request import Content, Facts, PlanOptions
from trajplan.records.dossier import Dossier, read_dossier
from trajplan.records.model import Engagement, Session
from trajplan.records.store import Store

NOWHERE = Path("/nonexistent")
"""A content folder that is not there."""
LAYERS = ("workspace", "user", "built-in")


class Prepared(Struct, frozen=True, kw_only=True):
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
    method_changes = onward or bool(reason)
    # Most runs only print what is kept: they read, and leave the file untouched.
    with context.read(client, acting=True) as records:
        dossier = records.dossier
        session = find_session(dossier.engagement, dossier.sessions, number)
        refuse_closed(records.case, session)
        notes = (*_state_notes(session), *context.left_out)
        current = _current_plan(context, dossier, session, wishes, reset)
        if current and not method_changes:
            return Prepared(plan=current, made=False, case=dossier.name, notes=notes)
        options = _options(session, wishes, reset)
        plan = None
        if not method_changes:
            try:
                plan = _make(records, context, dossier, session, options)
            except NotFound as missing:
                old = None if wishes or reset else kept_plans.plan_in(dossier, session)
                if old is None:
                    raise
                note = f"this is the saved plan; it cannot be made again: {missing}"
                return Prepared(plan=old, made=False, case=dossier.name, notes=(*notes, note))
    with context.write(dossier.name) as records:
        if records.client.revision != dossier.client.revision or plan is None:
            # The method changes, or another command has changed something in between.
            dossier = records.dossier
            session = find_session(dossier.engagement, dossier.sessions, str(session.number))
            current = _current_plan(context, dossier, session, wishes, reset)
            if current and not method_changes:
                return Prepared(plan=current, made=False, case=dossier.name, notes=notes)
            plan = None
        before = session_method(dossier, session)
        turned = False
        if onward:
            turned = change_onward(records, context, dossier, session, wishes["method"], reason)
            dossier = records.dossier
            # The engagement's own method needs no wish of the session's, unless a blueprint of
            # another method was asked for.
            options = options if options.blueprint else replace(options, method="")
        if plan is None:
            plan = _make(records, context, dossier, session, options)
        if not turned:
            record_change(records, context, session, before, plan.method, reason)
        kept_plans.save_plan(records, context, session, options, plan)
    return Prepared(plan=plan, made=True, case=dossier.name, notes=notes)


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
            f"session {number} was skipped; `trajplan sessions skip {number} --back` undoes that",
        )
    return ()


def compare_without_records(context: Context, prepared: Prepared) -> Comparison | None:
    """Compare a plan with the one the same options would give if the records said nothing.

    None for a held session: what the records said then is no longer to be had, and its plan stays.
    """
    plan = prepared.plan
    with context.read(prepared.case) as records:
        dossier = records.dossier
        session = find_session(dossier.engagement, dossier.sessions, str(plan.session))
        if session.state == "held":
            return None
        content = plannable_content(context.library, dossier.engagement)
        facts = facts_of(dossier, session, _dossier_before(records, dossier, session))
    options = _options(session, {}, reset=False)
    return compare(plan, make_plan(content, without_records(facts), options))


def outline_plan(records: ClientRecords, context: Context, session: Session) -> Prepared:
    """The plan a session would have now, without saving it; `made` unless it is kept and current.

    Raises CannotDo and NotFound as `prepare` does.
    """
    dossier = records.dossier
    current = _current_plan(context, dossier, session, {}, reset=False)
    if current:
        return Prepared(plan=current, made=False, case=dossier.name)
    options = _options(session, {}, reset=False)
    plan = _make(records, context, dossier, session, options)
    return Prepared(plan=plan, made=True, case=dossier.name)


def _current_plan(
    context: Context, dossier: Dossier, session: Session, wishes: Mapping[str, Any], reset: bool
) -> Plan | None:
    """The kept plan where it still holds; None where one has to be made."""
    summary = dossier.plan_of(session.id)
    if session.state == "held":
        if summary is None:
            raise CannotDo(f"session {session.number} was held without a plan")
        if wishes or reset:
            raise CannotDo(f"session {session.number} was held; its plan stays as it was")
        return kept_plans.read(summary.body)
    if summary is None:
        return None
    options = _options(session, wishes, reset)
    if not kept_plans.is_current(summary, context, dossier, session, options):
        return None
    return kept_plans.read(summary.body)


def _options(session: Session, wishes: Mapping[str, Any], reset: bool) -> PlanOptions:
    """The kept options with this time's laid over them; questions asked for add up."""
    names = {field.name for field in fields(PlanOptions)}
    earlier = {name: wish for name, wish in session.options.items() if name in names and not reset}
    merged = {**earlier, **wishes}
    for name, other in (("include", "exclude"), ("exclude", "include")):
        taken_back = wishes.get(other, ())
        questions = [name_ for name_ in earlier.get(name, ()) if name_ not in taken_back]
        merged[name] = tuple(dict.fromkeys([*questions, *wishes.get(name, ())]))
    return convert(merged, PlanOptions, str_keys=True)


def _make(
    store: Store, context: Context, dossier: Dossier, session: Session, options: PlanOptions
) -> Plan:
    """Make the plan, after making sure that no file it needs had to be left out."""
    facts = facts_of(dossier, session, _dossier_before(store, dossier, session))
    content = plannable_content(context.library, dossier.engagement)
    if context.library.faulty:
        _demand(context.library, _wanted_blueprint(context, content, facts, options))
    return make_plan(content, facts, options)


def _dossier_before(store: Store, dossier: Dossier, session: Session) -> Dossier | None:
    """The engagement before this one, for the first session of a client who returns."""
    earlier = [
        engagement
        for engagement in dossier.engagements
        if engagement.ordinal < dossier.engagement.ordinal
    ]
    if session.number != 1 or not earlier:
        return None
    return read_dossier(store, dossier.client, earlier[-1], dossier.engagements)


def plannable_content(library: Library, engagement: Engagement) -> Content:
    """The content a plan may draw on: the coach's own blueprints before the built-in ones."""
    blueprints = sorted(
        library.blueprints.values(),
        key=lambda blueprint: (
            LAYERS.index(library.sources["session-blueprint", blueprint.id].layer),
            blueprint.id,
        ),
    )
    return Content(
        journey=journey_of(library, engagement),
        blueprints=tuple(blueprints),
        banks=tuple(library.banks[name] for name in sorted(library.banks)),
        activities=library.activities,
        prompts=library.prompts,
        worksheets=library.worksheets,
    )


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
