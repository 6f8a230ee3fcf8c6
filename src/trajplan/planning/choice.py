"""Which blueprint a session follows, and the reason (R18, R20, R28).

The rules are heard in a fixed order; the first that names a blueprint is followed:

1. what the coach asked for with `--blueprint`;
2. distress: the check-in asks to hold (R22);
3. a decision on the table;
4. what the records call for (`called_for`), within the bounds of `blueprint_triggers`; a
   standstill is only put to the coach (R127);
5. what the journey names for this session;
6. whatever fits method and phase most narrowly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from trajplan.content.model import SessionBlueprint
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.arc import Position
from trajplan.planning.blueprint_triggers import (
    PROPOSED,
    SessionSlot,
    TriggeredBlueprint,
    triggered_blueprints,
)
from trajplan.planning.plan import BlueprintOption, Proposal
from trajplan.planning.plan_inputs import Facts, PlanOptions

HOLDING = "distress"
"""The scenario of blueprints that hold and work toward no goal (R22). No intake asks for them:
only the check-in, or the coach by name."""


def is_holding(blueprint: SessionBlueprint) -> bool:
    """Whether a blueprint is written for a holding session: it holds what has happened (R22)."""
    return HOLDING in blueprint.scenarios


class BlueprintChoice(Struct, frozen=True, kw_only=True):
    """The blueprint, one sentence saying why this one, and what else was looked at."""

    blueprint: SessionBlueprint
    reason: str
    note: str = ""
    """One line for the head of the plan, where the records moved it off the journey's own."""
    for_decision: bool = False
    """A decision has taken the place of what the journey names for this session."""
    considered: tuple[BlueprintOption, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    """Blueprints that are put to the coach (R127)."""


class _ChoiceContext(Struct):
    """What the rules look at, and what they have set aside so far."""

    blueprints: Sequence[SessionBlueprint]
    facts: Facts
    options: PlanOptions
    position: Position
    aside: list[tuple[SessionBlueprint, str]] = []
    proposed: list[TriggeredBlueprint] = []
    """Called for, and followed only when the coach asks."""

    @property
    def method(self) -> str:
        return self.options.method or self.facts.method

    @property
    def phase(self) -> str:
        """A phase the coach keeps goes before the one of the number."""
        return self.facts.phase or self.position.phase.id

    @property
    def own(self) -> SessionBlueprint | None:
        """What the journey names for this session, while the session stays in its phase."""
        if self.phase != self.position.phase.id:
            return None
        return next(
            (blueprint for blueprint in self.blueprints if blueprint.id == self.position.blueprint),
            None,
        )


Choice = tuple[SessionBlueprint, str]
"""A blueprint, and why this one."""
Rule = Callable[[_ChoiceContext], Choice | None]


def choose_blueprint(
    blueprints: Sequence[SessionBlueprint], facts: Facts, options: PlanOptions, position: Position
) -> BlueprintChoice:
    """Choose by the rules above.

    `blueprints` come in order of preference between equals. Those for meeting and closing stand
    back: a first session is not held twice while anything else fits. Raises NotFound for an
    unknown `--blueprint`, CannotDo when none fits.
    """
    context = _ChoiceContext(blueprints, facts, options, position)
    for rule in RULES:
        result = rule(context)
        if result is not None:
            return _choice(context, *result)
    raise AssertionError("the last rule finds a blueprint or says why there is none")


def _coach_request(context: _ChoiceContext) -> Choice | None:
    name = context.options.blueprint
    if not name:
        return None
    by_id = {blueprint.id: blueprint for blueprint in context.blueprints}
    if name not in by_id:
        raise NotFound.among("session blueprint", name, by_id)
    return by_id[name], "you asked for it"


def _for_holding(context: _ChoiceContext) -> Choice | None:
    """The blueprint for a holding session nearest to phase and method; neither has to fit."""
    if not context.facts.check_in_holding:
        return None
    fitting = [blueprint for blueprint in context.blueprints if is_holding(blueprint)]
    if not fitting:
        raise CannotDo(
            f"the check-in asks to hold, and no blueprint has the scenario `{HOLDING}`; "
            "name one with --blueprint, or take it back with check-in --no-holding"
        )
    best = min(
        fitting,
        key=lambda blueprint: (
            bool(blueprint.phases) != (context.phase in blueprint.phases),
            blueprint.method != context.method,
        ),
    )
    return (
        best,
        f"the check-in asks to hold, which goes before the {context.phase} phase and its step",
    )


def _for_decision(context: _ChoiceContext) -> Choice | None:
    if not context.options.decision:
        return None
    own = context.own
    fits = own and own.decision and own.method == context.method
    if own and fits and (_decides(own) or not context.facts.answer_due):
        return own, _journey_reason(context)
    return _narrowest(context, decision=True)


def _record_call(context: _ChoiceContext) -> Choice | None:
    slot = SessionSlot(
        method=context.method,
        phase=context.phase,
        opening=context.phase == context.position.phase.id and context.position.opens,
        waited=context.position.step_of != context.position.number,
        ends="the first" if context.position.first else "the last" if context.position.last else "",
    )
    choice: Choice | None = None
    for call in triggered_blueprints(context.blueprints, context.facts, slot):
        if call.refusal:
            context.aside.append((call.blueprint, call.refusal))
        elif not _suits_decision(call.blueprint, context.options.decision):
            context.aside.append((call.blueprint, "it is for a decision, and there is none today"))
        elif call.proposed:
            why = f"{call.because}; it is suggested, and followed only when you ask for it"
            context.aside.append((call.blueprint, why))
            context.proposed.append(call)
        elif choice is None:
            choice = call.blueprint, _call_reason(call)
        else:
            context.aside.append((call.blueprint, f"{call.because}; one session at a time"))
    return choice


def _journeys_own(context: _ChoiceContext) -> Choice | None:
    own = context.own
    if own and own.method == context.method and _suits_decision(own, context.options.decision):
        return own, _journey_reason(context)
    return None


def _narrowest(context: _ChoiceContext, *, decision: bool = False) -> Choice:
    """Of all that fit, the one that says most narrowly when it is meant. Raises CannotDo."""
    fitting = [
        blueprint
        for blueprint in context.blueprints
        if blueprint.method == context.method
        and blueprint.decision == decision
        and not is_holding(blueprint)
        and PROPOSED not in blueprint.called_for
        and (not blueprint.phases or context.phase in blueprint.phases)
        and (not blueprint.scenarios or context.facts.scenario in blueprint.scenarios)
    ]
    if not fitting:
        raise CannotDo(_nothing_fits(context, decision))
    best, *others = sorted(
        fitting,
        key=lambda blueprint: (
            # Who owes an answer this week has nothing left to try: what leads to one goes first.
            decision and context.facts.answer_due and not _decides(blueprint),
            blueprint.id in context.position.reserved,
            bool(blueprint.called_for),
            not blueprint.scenarios,
            not blueprint.phases,
            len(blueprint.phases),
        ),
    )
    ids_aside = {blueprint.id for blueprint, _ in context.aside}
    context.aside += [
        (blueprint, "fits too, but is less specific")
        for blueprint in others
        if blueprint.id not in ids_aside
    ]
    return best, _because(best, context, decision)


RULES: tuple[Rule, ...] = (
    _coach_request,
    _for_holding,
    _for_decision,
    _record_call,
    _journeys_own,
    _narrowest,
)


def _suits_decision(blueprint: SessionBlueprint, decision: bool | None) -> bool:
    """Whether a blueprint is what was asked for; without a word, a decision or none will do."""
    return decision is None or blueprint.decision == decision


def _decides(blueprint: SessionBlueprint) -> bool:
    """Whether a segment of it is for deciding."""
    return any("decide" in segment.intents for segment in blueprint.segments)


def _journey_reason(context: _ChoiceContext) -> str:
    return f"the journey names it for session {context.position.step_of}"


def _call_reason(call: TriggeredBlueprint) -> str:
    return f"the records call for it: {call.because}"


def _because(best: SessionBlueprint, context: _ChoiceContext, decision: bool) -> str:
    reason = f"{context.method} method"
    if best.phases:
        reason += f", {context.phase} phase"
    if best.scenarios:
        reason += ", the client's situation"
    return reason + (", a decision is on the table" if decision else "")


def _choice(context: _ChoiceContext, chosen: SessionBlueprint, reason: str) -> BlueprintChoice:
    own = context.own
    aside = [pair for pair in context.aside if pair[0] is not chosen]
    note = ""
    if own and own is not chosen:
        aside.append((own, "the journey names it; it gives way today"))
        # What the coach asked for needs no telling.
        if not (context.options.blueprint or context.options.decision):
            note = f"“{chosen.title}” in place of “{own.title}”: {reason}"
    return BlueprintChoice(
        blueprint=chosen,
        reason=reason,
        note=note,
        for_decision=bool(
            context.options.decision and own and own is not chosen and not own.decision
        ),
        proposals=_proposals(context),
        considered=(
            BlueprintOption(blueprint=chosen.id, title=chosen.title, chosen=True, because=reason),
            *(
                BlueprintOption(
                    blueprint=blueprint.id, title=blueprint.title, chosen=False, because=why
                )
                for blueprint, why in aside
            ),
        ),
    )


def _proposals(context: _ChoiceContext) -> tuple[Proposal, ...]:
    """The first blueprint that waits for the coach's word, with the command that takes it."""
    return tuple(
        Proposal(
            kind="standstill",
            why=f"{call.because}.",
            ask=f"Would “{call.blueprint.title}” serve today?",
            command=f"trajplan prep session {context.facts.number} --blueprint {call.blueprint.id}",
        )
        for call in context.proposed[:1]
    )


def _nothing_fits(context: _ChoiceContext, decision: bool) -> str:
    sort = "decision blueprint" if decision else "session blueprint"
    possible = sorted(
        blueprint.id for blueprint in context.blueprints if blueprint.decision == decision
    )
    names = ", ".join(f"`{name}`" for name in possible)
    instead = f"name one with --blueprint (there is {names})" if names else "there is none at all"
    return f"no {sort} for the {context.method} method in the {context.phase} phase; {instead}"
