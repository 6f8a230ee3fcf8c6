"""Which blueprint a session follows, and the reason (R18, R20, R28).

The rules are heard in a fixed order; the first that names a blueprint is followed:

1. what the coach asked for with `--blueprint`;
2. distress: the check-in asks to hold (R22);
3. a decision on the table;
4. what the records call for (`called_for`), held to the bounds in `calls`;
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
    SessionSlot,
    TriggeredBlueprint,
    triggered_blueprints,
)
from trajplan.planning.plan import BlueprintOption
from trajplan.planning.request import Facts, PlanOptions

HOLDING = "distress"
"""The scenario of blueprints that hold and work toward no goal (R22). No intake asks for them:
only the check-in, or the coach by name."""


def is_holding(blueprint: SessionBlueprint) -> bool:
    """Whether a blueprint is written for holding."""
    return HOLDING in blueprint.scenarios


class BlueprintChoice(Struct, frozen=True, kw_only=True):
    """The blueprint, one sentence saying why this one, and what else was looked at."""

    blueprint: SessionBlueprint
    reason: str
    note: str = ""
    """One line for the head of the plan, where the records moved it off the journey's own."""
    considered: tuple[BlueprintOption, ...] = ()


class _Table(Struct):
    """What the rules look at, and what they have set aside so far."""

    blueprints: Sequence[SessionBlueprint]
    facts: Facts
    options: PlanOptions
    position: Position
    aside: list[tuple[SessionBlueprint, str]] = []

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
        return next((one for one in self.blueprints if one.id == self.position.blueprint), None)


Found = tuple[SessionBlueprint, str]
Rule = Callable[[_Table], Found | None]


def choose_blueprint(
    blueprints: Sequence[SessionBlueprint], facts: Facts, options: PlanOptions, position: Position
) -> BlueprintChoice:
    """Choose by the rules above.

    `blueprints` come in order of preference between equals. Those for meeting and closing stand
    back: a first session is not held twice while anything else fits. Raises NotFound for an
    unknown `--blueprint`, CannotDo when none fits.
    """
    table = _Table(blueprints, facts, options, position)
    for rule in RULES:
        found = rule(table)
        if found is not None:
            return _choice(table, *found)
    raise AssertionError("the last rule finds a blueprint or says why there is none")


def _asked_for(table: _Table) -> Found | None:
    name = table.options.blueprint
    if not name:
        return None
    by_id = {one.id: one for one in table.blueprints}
    if name not in by_id:
        raise NotFound.among("session blueprint", name, by_id)
    return by_id[name], "you asked for it"


def _holding(table: _Table) -> Found | None:
    """The blueprint for holding that is nearest to phase and method; neither has to fit."""
    if not table.facts.holding:
        return None
    found = [one for one in table.blueprints if is_holding(one)]
    if not found:
        raise CannotDo(
            f"the check-in asks to hold, and no blueprint has the scenario `{HOLDING}`; "
            "name one with --blueprint, or take it back with check-in --no-holding"
        )
    best = min(
        found,
        key=lambda one: (
            bool(one.phases) != (table.phase in one.phases),
            one.method != table.method,
        ),
    )
    return (
        best,
        f"the check-in asks to hold, which goes before the {table.phase} phase and its step",
    )


def _decision(table: _Table) -> Found | None:
    if not table.options.decision:
        return None
    own = table.own
    if own and own.decision and own.method == table.method:
        return own, _named(table)
    return _narrowest(table, decision=True)


def _called_for(table: _Table) -> Found | None:
    place = SessionSlot(
        method=table.method,
        phase=table.phase,
        opening=table.phase == table.position.phase.id
        and table.position.in_phase == 1 < table.position.phase_sessions,
        ends="the first" if table.position.first else "the last" if table.position.last else "",
    )
    chosen: Found | None = None
    for one in triggered_blueprints(table.blueprints, table.facts, place):
        if one.refused:
            table.aside.append((one.blueprint, one.refused))
        elif not _asks(one.blueprint, table.options.decision):
            table.aside.append((one.blueprint, "it is for a decision, and there is none today"))
        elif chosen is None:
            chosen = one.blueprint, _called(one)
        else:
            table.aside.append((one.blueprint, f"{one.because}; one session at a time"))
    return chosen


def _journeys_own(table: _Table) -> Found | None:
    own = table.own
    if own and own.method == table.method and _asks(own, table.options.decision):
        return own, _named(table)
    return None


def _best_fit(table: _Table) -> Found | None:
    return _narrowest(table, decision=False)


RULES: tuple[Rule, ...] = (
    _asked_for,
    _holding,
    _decision,
    _called_for,
    _journeys_own,
    _best_fit,
)


def _asks(blueprint: SessionBlueprint, decision: bool | None) -> bool:
    """Whether a blueprint is what was asked for; without a word, a decision or none will do."""
    return decision is None or blueprint.decision == decision


def _narrowest(table: _Table, *, decision: bool) -> Found:
    """Of all that fit, the one that says most narrowly when it is meant. Raises CannotDo."""
    fitting = [
        one
        for one in table.blueprints
        if one.method == table.method
        and one.decision == decision
        and not is_holding(one)
        and (not one.phases or table.phase in one.phases)
        and (not one.scenarios or table.facts.scenario in one.scenarios)
    ]
    if not fitting:
        raise CannotDo(_nothing_fits(table, decision))
    best, *others = sorted(
        fitting,
        key=lambda one: (
            one.id in table.position.reserved,
            bool(one.called_for),
            not one.scenarios,
            not one.phases,
            len(one.phases),
        ),
    )
    said = {one.id for one, _ in table.aside}
    table.aside += [
        (one, "fits too, and is less narrowly meant for this")
        for one in others
        if one.id not in said
    ]
    return best, _because(best, table, decision)


def _named(table: _Table) -> str:
    return f"the journey names it for session {table.facts.number}"


def _called(call: TriggeredBlueprint) -> str:
    return f"the records call for it: {call.because}"


def _because(best: SessionBlueprint, table: _Table, decision: bool) -> str:
    reason = f"{table.method} method"
    if best.phases:
        reason += f", {table.phase} phase"
    if best.scenarios:
        reason += ", the client's situation"
    return reason + (", a decision is on the table" if decision else "")


def _choice(table: _Table, chosen: SessionBlueprint, reason: str) -> BlueprintChoice:
    own = table.own
    aside = [one for one in table.aside if one[0] is not chosen]
    note = ""
    if own and own is not chosen:
        aside.append((own, "the journey names it; it gives way today"))
        # What the coach asked for needs no telling.
        if not (table.options.blueprint or table.options.decision):
            note = f"“{chosen.title}” in place of “{own.title}”: {reason}"
    return BlueprintChoice(
        blueprint=chosen,
        reason=reason,
        note=note,
        considered=(
            BlueprintOption(blueprint=chosen.id, title=chosen.title, chosen=True, because=reason),
            *(
                BlueprintOption(blueprint=one.id, title=one.title, chosen=False, because=why)
                for one, why in aside
            ),
        ),
    )


def _nothing_fits(table: _Table, decision: bool) -> str:
    sort = "decision blueprint" if decision else "session blueprint"
    possible = sorted(one.id for one in table.blueprints if one.decision == decision)
    listed = ", ".join(f"`{one}`" for one in possible)
    instead = f"name one with --blueprint (there is {listed})" if listed else "there is none at all"
    return f"no {sort} for the {table.method} method in the {table.phase} phase; {instead}"
