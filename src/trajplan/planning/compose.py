"""From facts and options to a plan: the one place where the planning rooms meet.

position → blueprint → minutes → prompts → questions → findings → Plan
"""

from __future__ import annotations

from typing import cast

from trajplan.content.model import Mix, Question
from trajplan.content.vocabulary import EnergyLevel
from trajplan.errors import CannotDo
from trajplan.planning.arc import Position, position, weak_exit
from trajplan.planning.arrange import Conditions, arrange, strip
from trajplan.planning.asking import QuestionPicker, rank_questions
from trajplan.planning.blueprint_triggers import MISSES
from trajplan.planning.calendar import clock
from trajplan.planning.choice import choose_blueprint, is_holding
from trajplan.planning.filling import FillContext, fill_segments
from trajplan.planning.findings import plan_findings, plan_gaps, retired_questions_asked
from trajplan.planning.influences import explain
from trajplan.planning.mix import achieved_shares, adjust_mix, minutes_by_level
from trajplan.planning.plan import (
    HandOut,
    MixShares,
    OutstandingHandOut,
    Plan,
    PlanFinding,
    PreparesFor,
    SynthesisLine,
    Weighing,
)
from trajplan.planning.prompts import IN_DEPTH, debrief, echo_words, most_alive
from trajplan.planning.questions import AskingConditions
from trajplan.planning.request import Content, Facts, OpenAssumption, PlanOptions
from trajplan.planning.synthesis import LINES
from trajplan.planning.weighing import weigh

NO_START = "00:00"
AT_HOME = 2
"""For so many sessions a plan asks after a worksheet that went home."""
BRINGS_TOGETHER = "integrate"
"""The journey stage in which a plan gathers what all earlier sessions left (R8, R11)."""


def make_plan(shelf: Content, facts: Facts, options: PlanOptions) -> Plan:
    """Make the plan of one session.

    The same shelf, facts and options give the same plan. Raises CannotDo and NotFound with a
    sentence that says what is possible instead.
    """
    both = sorted(set(options.include) & set(options.exclude))
    if both:
        raise CannotDo(f"question `{both[0]}` cannot be asked for and left out at once")
    place = position(shelf.journey, facts.total, facts.number)
    choice = choose_blueprint(shelf.blueprints, facts, options, place)
    blueprint = choice.blueprint
    holding = is_holding(blueprint)
    distress = holding or facts.holding
    wanted = Conditions(
        minutes=options.minutes or facts.minutes,
        energy=cast("EnergyLevel", options.energy or facts.energy or "normal"),
        late=options.late,
        # While something is held, nothing is decided.
        decision=(bool(options.decision) or blueprint.decision) and not holding,
        override=options.override,
    )
    arrangement = arrange(blueprint, wanted)
    mix = _mix(shelf, facts, place)
    phase = facts.phase or place.phase.id
    weak = weak_exit(shelf.journey, phase, facts.phase_exits)
    pull = adjust_mix(
        mix,
        facts,
        energy=wanted.energy,
        decision=wanted.decision,
        distress=distress,
        weak=weak,
    )
    assumption = _held_up(facts, wanted.energy, distress=distress)
    asking = QuestionPicker(
        shelf,
        rank_questions(shelf, dict(facts.history.last_used)),
        AskingConditions(
            phase=phase,
            energy="low" if distress else wanted.energy,
            occasions=_occasions(facts, place) | ({"holding"} if holding else set()),
            # What the coach asked for has its own place; no segment may pick it on its own.
            excluded=frozenset((*options.exclude, *options.include)),
            asked=facts.history.asked,
            retired=facts.history.retired,
        ),
        pull,
    )
    booked = options.start or facts.start_time or NO_START
    start = clock(booked, wanted.late)
    # A tired client looks at one thing closely (R44), one in distress at none of them (R22).
    depth = 0 if holding else 1 if wanted.energy == "low" else IN_DEPTH
    debriefs = debrief(shelf.prompts, facts.exercises, depth, facts.number)
    echo = () if distress else echo_words(facts, energy=wanted.energy, decision=wanted.decision)
    ground = FillContext(
        shelf,
        facts.last,
        assumption,
        blueprint.objectives,
        wanted.decision,
        facts.number,
        place.last and not place.first,
        bool(facts.referrals),
        holding,
        debriefs,
        echo,
        facts.serves,
    )
    segments, unfit = fill_segments(arrangement, ground, asking, options.include, start)
    weighed = weigh(facts.criteria, segments) if wanted.decision else None
    achieved_minutes = minutes_by_level((one.level, one.minutes) for one in asking.picked)
    return Plan(
        client=facts.client,
        client_name=facts.client_name,
        session=facts.number,
        of=facts.total,
        phase=phase,
        # Holding is no method: the journey's own goes on afterwards.
        method=options.method or (facts.method if holding else blueprint.method),
        blueprint=blueprint.id,
        blueprint_title=blueprint.title,
        blueprint_reason=choice.reason,
        blueprint_note=choice.note,
        considered=choice.considered,
        serves=facts.serves,
        weighing=weighed,
        gathered=_gathered(facts, place, weighed),
        at_home=_at_home(facts),
        hands_out=tuple(
            HandOut(worksheet=name, title=shelf.worksheets[name].title)
            for name in blueprint.hands_out
            if name in shelf.worksheets and name not in facts.filled
        ),
        date=facts.date.isoformat(),
        start=start,
        end=clock(booked, wanted.minutes),
        clock="wall" if options.start or facts.start_time else "elapsed",
        time_zone=facts.time_zone,
        minutes=wanted.minutes - wanted.late,
        energy=wanted.energy,
        decision=wanted.decision,
        destination=facts.destination,
        step=blueprint.objectives[0] if holding else place.step,
        objectives=blueprint.objectives,
        priorities=facts.priorities,
        matters_most=facts.matters_most,
        mood=facts.mood,
        progress=dict(facts.progress),
        stuck_point=facts.stuck_point if place.phase_index == 0 else "",
        from_last_time=facts.last,
        prepares_for=_prepares_for(shelf, facts, place),
        gaps=() if holding else plan_gaps(facts, place),
        findings=(
            *arrangement.findings,
            *plan_findings(blueprint, facts, place, decision=wanted.decision, energy=wanted.energy),
            *(_waits(place.step, decision=bool(options.decision)) if holding else ()),
            *retired_questions_asked(options, facts),
            *asking.findings,
            *unfit,
        ),
        influences=explain(
            pull,
            facts,
            _picked(asking),
            assumption,
            facts.exercises[: len(debriefs)],
            asking.held_back,
        ),
        mix=MixShares(target=dict(pull.target), achieved=achieved_shares(achieved_minutes)),
        segments=segments,
        dropped=tuple(one.title for one in arrangement.dropped),
        strip=strip(blueprint, wanted, booked),
        went_elsewhere=tuple(
            shelf.prompts["went-elsewhere"].texts[case] for case in ("first", "second", "third")
        ),
        assumption=assumption.id if assumption else None,
        override=arrangement.override,
        worksheets=facts.worksheets,
        holding=holding,
        change=facts.change,
        referrals=facts.referrals,
        precedence=pull.precedence,
        goals=facts.goals,
        indicators=facts.indicators,
        accountability=facts.accountability,
        echo=echo,
        ending=facts.ending if place.last else (),
        milestone=place.phase.milestone if place.phase_exit and phase == place.phase.id else (),
        still_open=weak.unmet if weak else (),
        earlier_journey=facts.earlier_journey,
    )


def _waits(step: str, *, decision: bool) -> tuple[PlanFinding, ...]:
    """What a session that holds leaves for another time (R22)."""
    texts = [f"this session's own step waits: {step}"]
    if decision:
        texts.append("the decision waits: while something is held, nothing is decided")
    return tuple(PlanFinding(rule="R22", severity="note", where="", message=text) for text in texts)


def _picked(asking: QuestionPicker) -> list[Question]:
    """The planned questions as the library has them, in its order."""
    planned = asking.picked_ids
    return [one.question for one in asking.questions if one.question.id in planned]


def _mix(shelf: Content, facts: Facts, place: Position) -> Mix:
    """The mix of the phase the coach keeps this session in; by default of the one it falls in."""
    if facts.phase and facts.phase != place.phase.id:
        for phase in shelf.journey.phases:
            if phase.id == facts.phase:
                return phase.mix
    return place.mix


def _at_home(facts: Facts) -> tuple[OutstandingHandOut, ...]:
    """What has not come back, without what stands among the things of last time already."""
    named = {one.worksheet for one in facts.last.handed_out} if facts.last else set()
    return tuple(
        one
        for one in facts.at_home
        if one.session >= facts.number - AT_HOME and one.worksheet not in named
    )


def _gathered(facts: Facts, place: Position, weighed: Weighing | None) -> tuple[SynthesisLine, ...]:
    """What earlier sessions left, where the phase brings it together; no line stands twice."""
    if BRINGS_TOGETHER not in place.phase.stages:
        return ()
    elsewhere = LINES if weighed else ()
    return tuple(one for one in facts.gathered if one.label not in elsewhere)


def _held_up(facts: Facts, energy: str, *, distress: bool) -> OpenAssumption | None:
    """The assumption this plan tests: none in the first session, none with a client who is tired,
    in distress, or referred to somebody else (R22)."""
    if facts.number == 1 or energy == "low" or distress or facts.referrals:
        return None
    return most_alive(facts.assumptions)


def _occasions(facts: Facts, place: Position) -> frozenset[str]:
    """What holds today, of the things some questions presuppose (see `eligible`)."""
    found = {"first-session"} if place.first else set()
    if place.last:
        found.add("closing")
    if facts.scenario:
        found.add(facts.scenario)
    if any(one.case in ("done", "partly") for one in facts.exercises):
        found.add("tried")
    if facts.last:
        found.add("returning")
        waiting = (*facts.last.commitments, *facts.last.earlier)
        found |= {one.status for one in waiting}
        # Questions on a standstill are silent while a referral stands.
        if any(one.misses >= MISSES for one in waiting) and not facts.referrals:
            found.add("missed_twice")
        if any(one.misses for one in waiting) and not facts.referrals:
            found.add("stalled")
    if any(one.sign == "stalled" for one in facts.signs):
        found.add("stalled")
    return frozenset(found)


def _prepares_for(shelf: Content, facts: Facts, place: Position) -> PreparesFor:
    """The next session and its step; the last session prepares the ending (R2)."""
    if place.last:
        return PreparesFor(
            session=None, date="", step="the ending: what stays when we stop meeting"
        )
    number = facts.next_number or facts.number + 1
    following = position(shelf.journey, facts.total, number)
    date = facts.next_date.isoformat() if facts.next_date else ""
    return PreparesFor(session=following.number, date=date, step=following.step)
