"""`prep session`: make a plan, save it, and leave it alone until something it read has changed.

What makes a plan is imported where one is made: to print one that holds takes a third of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from msgspec import Struct, convert
from msgspec.structs import fields, replace

from trajplan.actions import kept_plans
from trajplan.actions.client_records import ClientRecords, find_session, refuse_closed
from trajplan.actions.context import Context
from trajplan.errors import CannotDo, NotFound, StoreFault
from trajplan.planning.plan import Plan, PlannedQuestion
from trajplan.planning.plan_inputs import PlanOptions
from trajplan.records import plan_pages
from trajplan.records.dossier import Dossier
from trajplan.records.model.journeys import MethodChange
from trajplan.records.model.sessions import Session
from trajplan.records.read_dossier import read_dossier
from trajplan.records.store import Store
from trajplan.vocabulary import Method


class PreparedPlan(Struct, frozen=True, kw_only=True):
    """A plan, whether this run made it anew, and what to say beside it: content left out of it."""

    plan: Plan
    made: bool
    case: str
    """What `--client` calls client and engagement."""
    notes: tuple[str, ...] = ()


class PlanRequest(Struct, frozen=True, kw_only=True):
    """What `prep session` was asked for this time."""

    wishes: Mapping[str, Any] = {}
    """Options by field of PlanOptions; they are laid over those the session already has."""
    reset: bool = False
    """Earlier options are forgotten."""
    onward: bool = False
    """The method given holds for the engagement from here on."""
    reason: str = ""
    """Why the method changes."""

    @property
    def changes_method(self) -> bool:
        """Whether a change of method is to be recorded, plan or no plan."""
        return self.onward or bool(self.reason)


NOTHING_NEW = PlanRequest()


def prepare(
    context: Context,
    request: PlanRequest,
    *,
    client: str | None,
    number: str | None,
    even_unsaved: bool = False,
    draw: Callable[[Plan], str] | None = None,
) -> PreparedPlan:
    """Return the plan of a session: the saved one where it still holds, else a new one, saved.

    A held session's plan is frozen: it is returned, never remade; so is that of a session that was
    begun with `live` and is not wrapped yet. `even_unsaved`: a plan that cannot be saved is
    returned all the same, with a note. `draw`: makes the page that is kept with a new plan, in
    Markdown, in the transaction that saves it. Raises CannotDo and NotFound with a sentence that
    says what is possible instead, StoreFault.
    """
    for name in request.wishes.get("exclude", ()):
        # A mistyped id would leave the question in without a word.
        if name not in context.library.questions:
            raise NotFound.among("question", name, context.library.questions)
    # Most runs only print what is saved: they read, and leave the file untouched.
    with context.read(client, acting=True) as records:
        looked = _look(context, records, request, number)
    if isinstance(looked, PreparedPlan):
        return looked
    dossier, session, plan, notes = looked.dossier, looked.session, looked.plan, looked.notes
    try:
        with context.write(dossier.name) as records:
            if records.client.revision != dossier.client.revision:
                # Another command has changed something in between.
                dossier, plan = records.dossier, None
                session = find_session(dossier.engagement, dossier.sessions, str(session.number))
                saved = _current_plan(context, dossier, session, request)
                if saved and not request.changes_method:
                    return PreparedPlan(plan=saved, made=False, case=dossier.name, notes=notes)
            plan = _save(records, context, dossier, session, request, plan)
            if draw:
                plan_pages.keep_page(records, session.id, context.around.made_by, draw(plan))
    except StoreFault as fault:
        if plan is None or not even_unsaved:
            raise
        notes = (*notes, f"this plan could not be saved: {fault}")
    return PreparedPlan(plan=plan, made=True, case=dossier.name, notes=notes)


class _Unsaved(Struct, frozen=True, kw_only=True):
    """A session whose plan is to be made anew, as it was read."""

    dossier: Dossier
    session: Session
    plan: Plan | None
    """What was made already; None where a change of method comes first."""
    notes: tuple[str, ...]


def _look(
    context: Context, records: ClientRecords, request: PlanRequest, number: str | None
) -> PreparedPlan | _Unsaved:
    """The plan of a session that stands, or one that is still to be saved."""
    dossier = records.dossier
    session = find_session(dossier.engagement, dossier.sessions, number)
    refuse_closed(records.case, session)
    notes = (*_state_notes(session), *context.left_out)

    def standing(plan: Plan, *more: str) -> PreparedPlan:
        return PreparedPlan(plan=plan, made=False, case=dossier.name, notes=(*notes, *more))

    saved = _current_plan(context, dossier, session, request)
    if saved and not request.changes_method:
        return standing(saved)
    if _is_under_way(context, records, session):
        note = f"session {session.number} is under way, so its plan stays as it began"
        return standing(_plan_under_way(dossier, session, request), note)
    plan = None
    if not request.changes_method:
        try:
            plan = _make(records, context, dossier, session, _options(session, request))
        except NotFound as missing:
            old = None if request != NOTHING_NEW else kept_plans.plan_in(dossier, session)
            if old is None:
                raise
            return standing(old, f"this is the saved plan; it cannot be made again: {missing}")
    return _Unsaved(dossier=dossier, session=session, plan=plan, notes=notes)


def _is_under_way(context: Context, records: ClientRecords, session: Session) -> bool:
    if not context.drafts.of_client(records.practice_id, records.client.id):
        return False
    from trajplan.actions.live_draft import under_way  # most clients do without

    return under_way(records, session)


def _plan_under_way(dossier: Dossier, session: Session, request: PlanRequest) -> Plan:
    """The plan of a session that runs. Raises CannotDo where another is asked for."""
    plan = kept_plans.plan_in(dossier, session)
    if plan is None or request != NOTHING_NEW:
        raise CannotDo(
            f"session {session.number} is under way, so its plan stays as it began; "
            f"`trajplan live {session.number} --start-over` forgets what was kept of it so far"
        )
    return plan


def _save(
    records: ClientRecords,
    context: Context,
    dossier: Dossier,
    session: Session,
    request: PlanRequest,
    plan: Plan | None,
) -> Plan:
    """Save a plan, made here unless it was made before, and what it changes in the method."""
    options = _options(session, request)
    before = dossier.method_of(session)
    recorded = False
    if request.onward:
        method = request.wishes["method"]
        recorded = _change_onward(records, context, dossier, session, method, request.reason)
        dossier = records.dossier
        # The engagement's own method needs no wish of the session's, unless a blueprint of
        # another method was asked for.
        options = options if options.blueprint else replace(options, method="")
    plan = plan or _make(records, context, dossier, session, options)
    if not recorded:
        _record_change(records, context, session, before, plan.method, request.reason)
    kept_plans.save_plan(records, context, session, options, plan)
    return plan


def _change_onward(
    records: ClientRecords,
    context: Context,
    dossier: Dossier,
    session: Session,
    method: Method,
    reason: str,
) -> bool:
    """Let the engagement work another way from a session on, and record that (R20).

    Plans made before are made anew. Returns whether anything changed.
    """
    engagement = dossier.engagement
    before = dossier.engagement_method(session)
    if before == method:
        return False
    _insert_change(records, context, session, (before, method), reason, onward=True)
    records.update(engagement, method=method)
    return True


def _record_change(
    records: ClientRecords,
    context: Context,
    session: Session,
    before: Method,
    after: str,
    reason: str,
) -> None:
    """Record what a new plan changes in a session's method: how it was worked, how it is now.

    Raises CannotDo for a reason without any change.
    """
    if before != after:
        methods = (before, cast("Method", after))
        _insert_change(records, context, session, methods, reason, onward=False)
    elif reason:
        raise CannotDo(
            f"session {session.number} is already worked in the {before} way; nothing changes, so "
            "there is no reason to record"
        )


def _insert_change(
    records: ClientRecords,
    context: Context,
    session: Session,
    methods: tuple[Method, Method],
    reason: str,
    *,
    onward: bool,
) -> None:
    records.insert(
        MethodChange(
            engagement_id=session.engagement_id,
            session_id=session.id,
            onward=onward,
            date=context.today,
            before=methods[0],
            after=methods[1],
            reason=reason,
        )
    )


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


def outline_plan(records: ClientRecords, context: Context, session: Session) -> PreparedPlan:
    """The plan a session would have now, without saving it; `made` unless it is saved and current.

    Raises CannotDo and NotFound as `prepare` does.
    """
    dossier = records.dossier
    plan = _current_plan(context, dossier, session, NOTHING_NEW)
    if plan:
        return PreparedPlan(plan=plan, made=False, case=dossier.name)
    options = _options(session, NOTHING_NEW)
    plan = _make(records, context, dossier, session, options)
    return PreparedPlan(plan=plan, made=True, case=dossier.name)


def another_question(
    context: Context,
    plan: Plan,
    *,
    client: str,
    segment: str,
    added: Sequence[PlannedQuestion],
    minutes: int,
) -> PlannedQuestion | None:
    """The next best question for a segment of a session that runs, by what the records say now.

    None where none fits, or where the records call for another session than the one that runs.
    """
    from trajplan.actions.plan_content import plan_content
    from trajplan.planning.compose import next_question
    from trajplan.planning.facts import facts_of

    with context.read(client) as records:
        dossier = records.dossier
        session = find_session(dossier.engagement, dossier.sessions, str(plan.session))
        facts = facts_of(dossier, session, _earlier_dossier(records, dossier, session))
        content = plan_content(context.library, dossier.engagement)
        options = _options(session, NOTHING_NEW)
    return next_question(
        content, facts, options, plan=plan, segment=segment, added=added, minutes=minutes
    )


def _current_plan(
    context: Context, dossier: Dossier, session: Session, request: PlanRequest
) -> Plan | None:
    """The saved plan where it still holds; None where one has to be made."""
    summary = dossier.plan_of(session.id)
    if session.state == "held":
        if summary is None:
            raise CannotDo(f"session {session.number} was held without a plan")
        if request.wishes or request.reset:
            raise CannotDo(f"session {session.number} was held; its plan stays as it was")
        return kept_plans.read(summary.body)
    if summary is None:
        return None
    options = _options(session, request)
    if not kept_plans.is_current(summary, context, dossier, session, options):
        return None
    return kept_plans.read(summary.body)


def _options(session: Session, request: PlanRequest) -> PlanOptions:
    """The saved options with this time's laid over them; questions asked for add up."""
    names = {field.name for field in fields(PlanOptions)}
    saved = {} if request.reset else session.options
    before = {name: wish for name, wish in saved.items() if name in names}
    merged = {**before, **request.wishes}
    for name, opposite in (("include", "exclude"), ("exclude", "include")):
        taken_back = request.wishes.get(opposite, ())
        questions = [question for question in before.get(name, ()) if question not in taken_back]
        merged[name] = tuple(dict.fromkeys([*questions, *request.wishes.get(name, ())]))
    return convert(merged, PlanOptions, str_keys=True)


def _make(
    store: Store, context: Context, dossier: Dossier, session: Session, options: PlanOptions
) -> Plan:
    """Make the plan, after making sure that no file it needs had to be left out."""
    from trajplan.actions.plan_content import plan_content, refuse_faulty
    from trajplan.planning.compose import make_plan
    from trajplan.planning.facts import facts_of

    facts = facts_of(dossier, session, _earlier_dossier(store, dossier, session))
    content = plan_content(context.library, dossier.engagement)
    refuse_faulty(context, content, facts, options)
    return make_plan(content, facts, options)


def _earlier_dossier(store: Store, dossier: Dossier, session: Session) -> Dossier | None:
    """The engagement before this one, for the first session of a client who returns."""
    earlier = [
        engagement
        for engagement in dossier.engagements
        if engagement.ordinal < dossier.engagement.ordinal
    ]
    if session.number != 1 or not earlier:
        return None
    return read_dossier(store, dossier.client, earlier[-1], dossier.engagements)
