"""Which blueprint a session follows, and the reason (R18, R20, R28)."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.errors import CannotDo, NotFound
from trajplan.library.model import SessionBlueprint
from trajplan.planning.arc import Position
from trajplan.planning.request import Facts, PlanOptions


def choose_blueprint(
    blueprints: Sequence[SessionBlueprint], facts: Facts, options: PlanOptions, position: Position
) -> tuple[SessionBlueprint, str]:
    """Return the blueprint and one sentence saying why this one.

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
    preferred = by_id.get(position.blueprint) if phase == position.phase.id else None
    if preferred and preferred.method == method and _asks(preferred, options.decision):
        return preferred, f"the journey names it for session {facts.number}"
    decision = bool(options.decision)
    fitting = [
        one
        for one in blueprints
        if one.method == method
        and one.decision == decision
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
