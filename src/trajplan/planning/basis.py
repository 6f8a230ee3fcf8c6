"""What is settled about a session before its segments are filled.

position → blueprint → energy, decision, length → the mix and what moves it
"""

from __future__ import annotations

from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Mix, SessionBlueprint
from trajplan.content.vocabulary import EnergyLevel
from trajplan.planning.arc import Position, WeakExit, position, weak_exit, with_step
from trajplan.planning.arrange import Conditions
from trajplan.planning.beliefs import bears_on, open_to_return
from trajplan.planning.care import Care, care_for
from trajplan.planning.choice import BlueprintChoice, choose_blueprint, is_holding
from trajplan.planning.first_session import with_contracting, with_money
from trajplan.planning.first_words import words_to_ask
from trajplan.planning.mix import Adjustment, adjust_mix
from trajplan.planning.plan import FirstWords, FromIntake
from trajplan.planning.plan_inputs import Content, Facts, OpenAssumption, PlanOptions
from trajplan.planning.prompts import most_alive
from trajplan.planning.topics_today import TopicsToday, topics_today

NO_START = "00:00"
OPEN = "what the client brings"
"""Step and objective of a session in which the client brings everything."""


class PlanBasis(Struct, frozen=True, kw_only=True):
    """What is settled before the segments are filled."""

    content: Content
    facts: Facts
    options: PlanOptions
    position: Position
    choice: BlueprintChoice
    conditions: Conditions
    weak: WeakExit | None
    """The phase before, where it was left with criteria unmet."""
    today: TopicsToday
    """Today's topics, and what is put to the coach first."""
    care: Care
    """How gently today goes."""
    adjustment: Adjustment
    assumption: OpenAssumption | None
    """The one this plan tests."""
    echo: tuple[FirstWords, ...]
    intake: FromIntake | None
    """In the session that begins the journey."""

    @property
    def blueprint(self) -> SessionBlueprint:
        """The one it follows."""
        return self.choice.blueprint

    @property
    def objectives(self) -> tuple[str, ...]:
        """The blueprint's, unless the client brings everything (R120)."""
        if self.options.open and not self.care.holding:
            return (OPEN,)
        return self.blueprint.objectives

    @property
    def phase(self) -> str:
        """The phase the session is held in."""
        return _phase(self.facts, self.position)

    @property
    def method(self) -> str:
        """Holding is no method: the journey's own goes on afterwards."""
        own = self.facts.method if self.care.holding else self.blueprint.method
        return self.options.method or own

    @property
    def agreed_start(self) -> str:
        """`HH:MM`, or empty while no time is agreed."""
        return self.options.start or self.facts.start_time

    @property
    def booked_start(self) -> str:
        """`HH:MM`; from midnight on while no time is agreed."""
        return self.agreed_start or NO_START


def decide_basis(content: Content, facts: Facts, options: PlanOptions) -> PlanBasis:
    """Everything that is decided before the minutes are shared out."""
    place = position(content.journey, facts.total, facts.number)
    if facts.steps and not place.last:
        place = with_step(content.journey, place, facts.steps[0])
    choice = choose_blueprint(content.blueprints, facts, options, place)
    holding = is_holding(choice.blueprint)
    if place.first and not holding:
        blueprint = with_contracting(
            choice.blueprint,
            content.activities,
            agreed=facts.agreed,
            worksheets=content.worksheets,
        )
        choice = replace(choice, blueprint=blueprint)
    energy = cast("EnergyLevel", options.energy or facts.energy or "normal")
    # While something is held, nothing is decided.
    decision = (bool(options.decision) or choice.blueprint.decision) and not holding
    today = topics_today(content.topics, facts)
    care = care_for(facts, options, today, energy, holding=holding, parting=place.parting)
    weak = weak_exit(content.journey, _phase(facts, place), facts.phase_exits)
    return PlanBasis(
        content=content,
        facts=facts,
        options=options,
        position=place,
        choice=choice,
        conditions=Conditions(
            minutes=options.minutes or facts.minutes,
            energy=energy,
            late=options.late,
            decision=decision,
            override=options.override,
        ),
        weak=weak,
        today=today,
        care=care,
        intake=with_money(facts.intake, content.topics) if facts.intake else None,
        adjustment=adjust_mix(
            _mix(content, facts, place),
            facts,
            energy=energy,
            decision=decision,
            distress=care.distress,
            gentle_for=care.gentle_for,
            weak=weak,
            shifted=options.shift is not False,
        ),
        assumption=_assumption_to_test(facts, content) if care.holds_belief_up else None,
        echo=words_to_ask(facts, energy=energy, decision=decision, shaken=care.shaken)
        if care.asks_first_words and not care.spares_words
        else (),
    )


def _phase(facts: Facts, place: Position) -> str:
    """The phase the coach keeps this session in; by default the one its number falls in."""
    return facts.phase or place.phase.id


def _mix(content: Content, facts: Facts, place: Position) -> Mix:
    """The mix of the phase the coach keeps this session in; by default of the one it falls in."""
    if facts.phase and facts.phase != place.phase.id:
        for phase in content.journey.phases:
            if phase.id == facts.phase:
                return phase.mix
    return place.mix


def _assumption_to_test(facts: Facts, content: Content) -> OpenAssumption | None:
    """The assumption this plan tests; none in the first session (R27), and with a topic of the day
    none that a promise speaks of too: nobody wants to talk of one matter three times over."""
    if facts.number == 1:
        return None
    last, topic = facts.last, facts.matters_most
    promises = [promise.what for promise in (*last.commitments, *last.earlier)] if last else []
    return most_alive(
        [
            assumption
            for assumption in open_to_return(facts.assumptions, topic, content.belief_cues)
            if not (topic and any(bears_on(assumption.text, what) for what in promises))
        ]
    )
