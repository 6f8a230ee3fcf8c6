"""What is settled about a session before its segments are filled.

position → blueprint → energy, decision, length → the mix and what moves it
"""

from __future__ import annotations

from functools import cached_property
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Mix, SessionBlueprint
from trajplan.planning.arc import Position, WeakExit, place_for, weak_exit
from trajplan.planning.arrange import Conditions
from trajplan.planning.beliefs import open_to_return
from trajplan.planning.calendar import clock
from trajplan.planning.care import Care, care_for
from trajplan.planning.choice import BlueprintChoice, choose_blueprint, is_holding
from trajplan.planning.first_session import (
    FROM_INTAKE,
    agrees_by_itself,
    intake_prompts,
    with_contracting,
    with_money,
)
from trajplan.planning.first_words import words_to_ask
from trajplan.planning.from_records import FirstWords
from trajplan.planning.kept_in_mind import FromIntake
from trajplan.planning.matter import bears_on
from trajplan.planning.mix import Adjustment, adjust_mix, pleasant_not_moving
from trajplan.planning.plan import InquiryReturn, PlannedPrompt, SessionAgreement
from trajplan.planning.plan_inputs import Content, Exercise, Facts, OpenAssumption, PlanOptions
from trajplan.planning.prompts import debrief, decide_inquiry_return, most_alive
from trajplan.planning.session_agreement import NOTHING_BROUGHT, OPENS, agreement_prompt
from trajplan.planning.topics_today import TopicsToday, topics_today
from trajplan.vocabulary import Energy

NO_START = "00:00"
OPEN = "what the client brings"
"""Step and objective of a session in which the client brings everything."""
BE_SAFE = "Know how safe they are, and who can help now"
"""Step and objective of a session in which somebody may be in danger."""
BE_HEARD = "Be heard, and find what helps a little"
"""Objective of a session that stays with what the client brings."""


class PlanBasis(Struct, frozen=True, kw_only=True, dict=True):
    """What is settled before the segments are filled, and what is said in them whatever is asked
    beside it."""

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
    stays_with_them: bool
    """The session stays with what the client brings in all that it says. A coach's own blueprint
    stays as it is, and one for a decision that they asked for all the same."""
    adjustment: Adjustment
    assumption: OpenAssumption | None
    """The one this plan tests."""
    echo: tuple[FirstWords, ...]
    intake: FromIntake | None
    """In the session that begins the journey."""
    agrees_beside: bool = False
    """Whether how to work together is agreed in a blueprint that has no place of its own for it."""

    @property
    def blueprint(self) -> SessionBlueprint:
        """The one it follows."""
        return self.choice.blueprint

    @property
    def objectives(self) -> tuple[str, ...]:
        """The blueprint's, unless the client brings everything (R120)."""
        if self.options.open and not self.care.holding:
            return (OPEN,)
        if self.care.silent:
            return (BE_SAFE,)
        if self.stays_with_them:
            return (BE_HEARD,)
        return self.blueprint.objectives

    @property
    def takes_no_step(self) -> bool:
        """Whether the journey's step waits: for what is held or brought, or for a decision. Who
        meets for the first time or the last still meets or parts in a session that decides."""
        place = self.position
        decides = self.choice.for_decision and not (place.first or place.last)
        return self.care.takes_no_step or decides

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

    @property
    def number(self) -> int:
        """The session's; wordings are taken in turn by it."""
        return self.facts.number

    @cached_property
    def _agreed(self) -> tuple[PlannedPrompt | None, SessionAgreement | None]:
        if self.care.holding:
            return None, None
        return agreement_prompt(
            self.content.prompts,
            self.facts,
            self.today,
            self.care,
            clock(self.booked_start, self.conditions.minutes),
            topics=self.content.topics,
            parting=self.position.parting,
        )

    @property
    def opening_prompt(self) -> PlannedPrompt | None:
        """What today is for, offered before anything else (R120); nothing in a session that
        holds."""
        return self._agreed[0]

    @property
    def agreement(self) -> SessionAgreement | None:
        """How today's topic is agreed on."""
        return self._agreed[1]

    @property
    def opens_with_theirs(self) -> bool:
        """Whether what they bring opens the talk, so that nobody is led away from it (R120)."""
        opening = self.opening_prompt
        return opening is not None and opening.case in OPENS

    @cached_property
    def meant_inquiry_return(self) -> InquiryReturn | None:
        """What is meant to be done with the question that went home (R66)."""
        opening = self.opening_prompt
        brought = opening is not None and opening.case not in NOTHING_BROUGHT
        return decide_inquiry_return(self.facts.last, self.care, brought=brought)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """What was tried between sessions and is debriefed (R83)."""
        return tuple(exercise for exercise, _ in self._debriefed)

    @cached_property
    def debriefs(self) -> tuple[PlannedPrompt, ...]:
        """What to ask about the exercises."""
        return tuple(prompt for _, prompt in self._debriefed)

    @cached_property
    def _debriefed(self) -> tuple[tuple[Exercise, PlannedPrompt], ...]:
        return debrief(
            self.content.prompts,
            self.facts.exercises,
            self.number,
            care=self.care,
            opened=self.opens_with_theirs,
        )

    @cached_property
    def intake_prompts(self) -> tuple[PlannedPrompt, ...]:
        """What of the intake is brought up in the first session (R126); nothing where it is left to
        the client, or while the coach is asked something first."""
        intake = self.intake
        if intake is None or self.care.takes_no_step or self.care.bears_today:
            return ()
        if self.care.spares_words:
            intake = replace(intake, own_questions=(), stuck_point="", paths=())
        return intake_prompts(
            self.content.prompts[FROM_INTAKE],
            intake,
            self.facts.urgent,
            self.number,
            minutes=self.conditions.minutes - self.conditions.late,
            energy=self.conditions.energy,
            brings=bool(self.facts.matters_most),
        )

    @property
    def rates(self) -> bool:
        """Whether the client gives numbers today (R166)."""
        return self.facts.ratings and self.care.rates

    @property
    def asks_worth(self) -> bool:
        """Whether two sessions felt good and moved little, so that the client is asked about the
        sessions (R166)."""
        return pleasant_not_moving(self.facts) and self.care.asks_worth

    @property
    def on_the_table(self) -> frozenset[str]:
        """What open records put on the table before anything is asked: a belief, options, something
        that was tried (R122)."""
        if self.care.holding:
            return frozenset()
        there = {
            "belief": bool(self.facts.assumptions),
            "option": bool(self.facts.criteria.options),
            "test": any(commitment.kind == "experiential" for commitment in self.facts.promises),
        }
        return frozenset(name for name, is_there in there.items() if is_there)


def decide_basis(content: Content, facts: Facts, options: PlanOptions) -> PlanBasis:
    """Everything that is decided before the minutes are shared out."""
    place = place_for(content.journey, facts.total, facts.number, facts.steps)
    choice = choose_blueprint(content.blueprints, facts, options, place)
    holding = is_holding(choice.blueprint)
    agrees_beside = False
    if place.first and not holding:
        agrees_beside = not agrees_by_itself(choice.blueprint)
        blueprint = with_contracting(
            choice.blueprint,
            content.activities,
            agreed=facts.agreed,
            worksheets=content.worksheets,
        )
        choice = replace(choice, blueprint=blueprint)
    told = "low" if facts.sounds_tired else "normal"
    energy = cast("Energy", options.energy or facts.energy or told)
    # While something is held, nothing is decided.
    decision = (bool(options.decision) or choice.blueprint.decision) and not holding
    today = topics_today(content.topics, facts, energy)
    care = care_for(facts, options, today, energy, holding=holding, parting=place.parting)
    own = choice.blueprint.id in content.own_blueprints
    stays_with_them = care.stays_with_them and not (own or decision or care.takes_no_step)
    weak = weak_exit(content.journey, _phase(facts, place), facts.phase_exits)
    return PlanBasis(
        content=content,
        facts=facts,
        options=options,
        position=place,
        choice=choice,
        agrees_beside=agrees_beside,
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
        stays_with_them=stays_with_them,
        intake=with_money(facts.intake, content.topics) if facts.intake else None,
        adjustment=adjust_mix(
            _mix(content, facts, place),
            facts,
            energy=energy,
            decision=decision,
            any_holding=care.any_holding,
            gentle_for=care.gentle_for,
            softly_for=care.treads_softly_for or (care.stays_for if stays_with_them else ""),
            rates=care.rates,
            weak=weak,
            shifted=options.shift is not False,
        ),
        assumption=_assumption_to_test(facts, content) if care.holds_belief_up else None,
        echo=words_to_ask(facts, energy=energy, decision=decision, danger_before=care.danger_before)
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
    topic = facts.matters_most
    return most_alive(
        [
            assumption
            for assumption in open_to_return(facts.assumptions, topic, content.belief_cues)
            if not (
                topic and any(bears_on(assumption.text, promise.what) for promise in facts.promises)
            )
        ]
    )
