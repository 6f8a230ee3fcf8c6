"""Which blueprint a session follows, and the reason (R18, R20, R28)."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.errors import CannotDo, NotFound
from trajplan.library.model import SessionBlueprint
from trajplan.planning.arc import Position
from trajplan.planning.request import Facts, PlanOptions

HOLDING = "distress"
"""The scenario of blueprints that hold and work toward no goal (R22). No intake asks for them:
only the check-in, or the coach by name."""


def is_holding(blueprint: SessionBlueprint) -> bool:
    """Whether a blueprint is written for holding."""
    return HOLDING in blueprint.scenarios


def choose_blueprint(
    blueprints: Sequence[SessionBlueprint], facts: Facts, options: PlanOptions, position: Position
) -> tuple[SessionBlueprint, str]:
    """Return the blueprint and one sentence saying why this one.

    What the coach names goes first, then distress, then what the journey names, then phase, method
    and situation.

    `blueprints` come in order of preference between equals. Those for meeting and closing stand
    back: a first session is not held twice while anything else fits. A phase the coach keeps goes
    before what the journey names for the number. Raises NotFound for an unknown `--blueprint`,
    CannotDo when none fits.
    """
    by_id = {one.id: one for one in blueprints}
    if options.blueprint:
        if options.blueprint not in by_id:
            raise NotFound.among("session blueprint", options.blueprint, by_id)
        return by_id[options.blueprint], "you asked for it"
    method = options.method or facts.method
    phase = facts.phase or position.phase.id
    if facts.holding:
        return _to_hold(blueprints, method, phase)
    preferred = by_id.get(position.blueprint) if phase == position.phase.id else None
    if preferred and preferred.method == method and _asks(preferred, options.decision):
        return preferred, f"the journey names it for session {facts.number}"
    decision = bool(options.decision)
    fitting = [
        one
        for one in blueprints
        if one.method == method
        and one.decision == decision
        and not is_holding(one)
        and (not one.phases or phase in one.phases)
        and (not one.scenarios or facts.scenario in one.scenarios)
    ]
    if not fitting:
        raise CannotDo(_nothing_fits(blueprints, method, phase, decision))
    # The more narrowly a blueprint says when it is meant, the better it fits.
    best = min(
        fitting,
        key=lambda one: (
            one.id in position.reserved,
            not one.scenarios,
            not one.phases,
            len(one.phases),
        ),
    )
    return best, _because(best, method, phase, decision)


def _to_hold(
    blueprints: Sequence[SessionBlueprint], method: str, phase: str
) -> tuple[SessionBlueprint, str]:
    """The blueprint for holding that is nearest to phase and method; neither has to fit."""
    found = [one for one in blueprints if is_holding(one)]
    if not found:
        raise CannotDo(
            f"the check-in asks to hold, and no blueprint has the scenario `{HOLDING}`; "
            "name one with --blueprint, or take it back with check-in --no-holding"
        )
    best = min(
        found, key=lambda one: (bool(one.phases) != (phase in one.phases), one.method != method)
    )
    return best, f"the check-in asks to hold, which goes before the {phase} phase and its step"


def _asks(blueprint: SessionBlueprint, decision: bool | None) -> bool:
    """Whether a blueprint is what was asked for; without a word, a decision or none will do."""
    return decision is None or blueprint.decision == decision


def _because(best: SessionBlueprint, method: str, phase: str, decision: bool) -> str:
    reason = f"{method} method"
    if best.phases:
        reason += f", {phase} phase"
    if best.scenarios:
        reason += ", the client's situation"
    return reason + (", a decision is on the table" if decision else "")


def _nothing_fits(
    blueprints: Sequence[SessionBlueprint], method: str, phase: str, decision: bool
) -> str:
    sort = "decision blueprint" if decision else "session blueprint"
    possible = sorted(one.id for one in blueprints if one.decision == decision)
    listed = ", ".join(f"`{one}`" for one in possible)
    instead = f"name one with --blueprint (there is {listed})" if listed else "there is none at all"
    return f"no {sort} for the {method} method in the {phase} phase; {instead}"
