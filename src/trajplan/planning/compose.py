"""From facts and options to a plan: the one place where the planning rooms meet.

position → blueprint → minutes → prompts → questions → findings → Plan
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from trajplan.content.model import Question
from trajplan.errors import CannotDo
from trajplan.planning.arc import Position, position, with_step
from trajplan.planning.arrange import arrange, strip
from trajplan.planning.asking import QuestionPicker
from trajplan.planning.basis import PlanBasis, settle
from trajplan.planning.beliefs import closing_proposals
from trajplan.planning.blueprint_triggers import MISSES
from trajplan.planning.calendar import clock
from trajplan.planning.filling import FillContext, fill_segments
from trajplan.planning.findings import plan_findings, plan_gaps, retired_questions_asked
from trajplan.planning.first_session import FROM_INTAKE, intake_prompts
from trajplan.planning.influences import explain
from trajplan.planning.mix import achieved_shares, minutes_by_level, pleasant_not_moving
from trajplan.planning.plan import (
    HandOut,
    MixShares,
    OutstandingHandOut,
    Plan,
    PlanFinding,
    PlannedPrompt,
    PlannedSegment,
    PreparesFor,
    Proposal,
    SessionAgreement,
    SynthesisLine,
    WaitingStep,
    Weighing,
)
from trajplan.planning.prompts import debrief
from trajplan.planning.questions import AskingConditions, rank_questions
from trajplan.planning.request import Content, Facts, OpenAssumption, PlanOptions
from trajplan.planning.session_agreement import agreement_prompt
from trajplan.planning.session_close import BRINGS_TOGETHER, client_leads
from trajplan.planning.standing import SessionSteps
from trajplan.planning.synthesis import LINES
from trajplan.planning.weighing import weigh
from trajplan.text import plural

AT_HOME = 2
"""For so many sessions a plan asks after a worksheet that went home."""


def make_plan(content: Content, facts: Facts, options: PlanOptions) -> Plan:
    """Make the plan of one session.

    The same content, facts and options give the same plan. Raises CannotDo and NotFound with a
    sentence that says what is possible instead.
    """
    both = sorted(set(options.include) & set(options.exclude))
    if both:
        raise CannotDo(f"question `{both[0]}` cannot be asked for and left out at once")
    basis = settle(content, facts, options)
    place, blueprint, conditions = basis.position, basis.blueprint, basis.conditions
    arrangement = arrange(blueprint, conditions)
    exercises = facts.exercises[: basis.care.debriefs]
    debriefs = debrief(content.prompts, exercises, facts.number)
    picker = question_picker(basis)
    start = clock(basis.booked_start, conditions.late)
    prompt, agreement = _agreement(basis)
    debriefed = frozenset(exercise.commitment for exercise in exercises)
    context = _fill_context(basis, debriefs, debriefed, prompt)
    segments, unfit = fill_segments(arrangement, context, picker, options.include, start)
    raised = _raised(basis, segments)
    weighing = weigh(facts.criteria, segments) if conditions.decision else None
    mix_minutes = minutes_by_level((question.level, question.minutes) for question in picker.picks)
    return Plan(
        client=facts.client,
        client_name=facts.client_name,
        session=facts.number,
        of=facts.total,
        phase=basis.phase,
        method=basis.method,
        blueprint=blueprint.id,
        blueprint_title=blueprint.title,
        blueprint_reason=basis.choice.reason,
        blueprint_note=basis.choice.note,
        considered=basis.choice.considered,
        serves=facts.serves,
        weighing=weighing,
        gathered=_synthesis(facts, place, weighing),
        at_home=_at_home(facts),
        hands_out=_hand_outs(basis),
        date=facts.date.isoformat(),
        start=start,
        end=clock(basis.booked_start, conditions.minutes),
        clock="wall" if basis.agreed_start else "elapsed",
        time_zone=facts.time_zone,
        minutes=conditions.minutes - conditions.late,
        energy=conditions.energy,
        decision=conditions.decision,
        destination=facts.destination,
        step=basis.objectives[0] if _takes_no_step(basis) else place.step,
        objectives=basis.objectives,
        priorities=facts.priorities,
        matters_most=facts.matters_most,
        mood=facts.mood,
        progress=dict(facts.progress),
        stuck_point=facts.stuck_point if place.phase_index == 0 else "",
        from_last_time=facts.last,
        prepares_for=_prepares_for(basis),
        gaps=() if basis.care.holding else plan_gaps(facts, place),
        findings=(
            *arrangement.findings,
            *plan_findings(
                blueprint, facts, place, decision=conditions.decision, energy=conditions.energy
            ),
            *_postponements(basis),
            *retired_questions_asked(options, facts),
            *picker.findings,
            *unfit,
        ),
        influences=explain(
            basis.adjustment,
            facts,
            _picked_questions(picker),
            raised,
            exercises,
            picker.held_back,
            spoken={prompt.id for segment in segments for prompt in segment.prompts},
        ),
        mix=MixShares(target=dict(basis.adjustment.target), achieved=achieved_shares(mix_minutes)),
        segments=segments,
        dropped=tuple(segment.title for segment in arrangement.dropped),
        strip=strip(blueprint, conditions, basis.booked_start),
        went_elsewhere=tuple(
            content.prompts["went-elsewhere"].texts[case] for case in ("first", "second", "third")
        ),
        assumption=raised.id if raised else None,
        override=arrangement.override,
        worksheets=facts.worksheets,
        holding=basis.care.holding,
        change=facts.change,
        referrals=facts.referrals,
        precedence=basis.adjustment.precedence,
        goals=facts.goals,
        indicators=facts.indicators,
        accountability=facts.accountability,
        echo=basis.echo,
        ending=facts.ending if place.last else (),
        milestone=_milestone(basis),
        still_open=basis.weak.unmet if basis.weak else (),
        earlier_journey=facts.earlier_journey,
        topics=basis.today.topics,
        ratings=_ratings(basis, segments),
        satisfaction_home=facts.satisfaction_home,
        client_leads=not basis.care.holding and client_leads(content.journey, basis.phase),
        agreement=agreement,
        open=options.open,
        proposals=_proposals(basis),
        intake=basis.intake,
        parked=facts.parked,
        pinned=facts.pinned,
        step_of=0 if _takes_no_step(basis) else place.step_of,
        step_because="" if _takes_no_step(basis) or place.last else facts.step_because,
        steps_waiting=tuple(
            WaitingStep(session=number, step=position(content.journey, facts.total, number).step)
            for number in _steps_left(basis)
        ),
    )


def _agreement(basis: PlanBasis) -> tuple[PlannedPrompt | None, SessionAgreement | None]:
    """How today's topic is agreed on; a session that holds agrees on nothing."""
    if basis.care.holding:
        return None, None
    ends = clock(basis.booked_start, basis.conditions.minutes)
    place = basis.position
    return agreement_prompt(
        basis.content.prompts,
        basis.facts,
        basis.today,
        basis.care,
        ends,
        topics=basis.content.topics,
        parting=place.parting,
    )


def question_picker(basis: PlanBasis) -> QuestionPicker:
    """The questions of the library, ranked and held to what today allows."""
    facts, options, place = basis.facts, basis.options, basis.position
    return QuestionPicker(
        basis.content.banks,
        rank_questions(
            basis.content.banks,
            facts.history.last_used,
            basis.adjustment.situation,
            basis.content.own_banks,
        ),
        AskingConditions(
            phase=place.step_phase if place.step_of != place.number else basis.phase,
            energy="low" if basis.care.distress else basis.conditions.energy,
            occasions=_occasions(facts, basis.position)
            | ({"holding"} if basis.care.holding else set()),
            # What the coach asked for has its own place; no segment may pick it on its own.
            excluded=frozenset((*options.exclude, *options.include, *_numbers_out(basis))),
            asked=facts.history.asked,
            retired=facts.history.retired,
            topics=basis.today.titles,
            own_banks=basis.content.own_banks,
            built_in=basis.blueprint.id not in basis.content.own_blueprints,
        ),
        basis.adjustment,
    )


def _numbers_out(basis: PlanBasis) -> tuple[str, ...]:
    """Questions for a number, which nobody is asked while somebody may be in danger (R131)."""
    if not basis.care.danger:
        return ()
    return tuple(
        question.id
        for bank in basis.content.banks
        for question in bank.questions
        if question.anchors
    )


def _fill_context(
    basis: PlanBasis,
    debriefs: tuple[PlannedPrompt, ...],
    debriefed: frozenset[int],
    agreement: PlannedPrompt | None,
) -> FillContext:
    facts, place = basis.facts, basis.position
    return FillContext(
        content=basis.content,
        last=facts.last,
        assumption=basis.assumption,
        objectives=basis.objectives,
        decision=basis.conditions.decision,
        number=facts.number,
        parting=place.parting,
        care=basis.care,
        debriefs=debriefs,
        debriefed=debriefed,
        agreement=agreement,
        intake=_intake_prompts(basis),
        echo=basis.echo,
        serves=facts.serves,
        rates=facts.ratings and basis.care.rates,
        asks_worth=pleasant_not_moving(facts) and basis.care.asks_worth,
        on_the_table=frozenset() if basis.care.holding else on_the_table(facts),
    )


def _intake_prompts(basis: PlanBasis) -> tuple[PlannedPrompt, ...]:
    """What of the intake is brought up; nothing where the session holds, or is left to the client,
    or while the coach is asked something first."""
    facts, conditions = basis.facts, basis.conditions
    if basis.intake is None or _takes_no_step(basis) or basis.care.waits:
        return ()
    return intake_prompts(
        basis.content.prompts[FROM_INTAKE],
        basis.intake,
        facts.number,
        minutes=conditions.minutes - conditions.late,
        energy=conditions.energy,
    )


def on_the_table(facts: Facts) -> frozenset[str]:
    """What open records put on the table: a belief, options, something that was tried (R122)."""
    commitments = (*facts.last.commitments, *facts.last.earlier) if facts.last else ()
    there = {
        "belief": bool(facts.assumptions),
        "option": bool(facts.criteria.options),
        "test": any(commitment.kind == "experiential" for commitment in commitments),
    }
    return frozenset(name for name, is_there in there.items() if is_there)


def _ratings(
    basis: PlanBasis, segments: Sequence[PlannedSegment]
) -> Literal["session", "home", "later", "off"]:
    """Where the client rates: with the session's other numbers or, where these were asked for
    earlier in it, at home; after a session that holds whenever they like (R166)."""
    if not basis.facts.ratings or basis.care.danger:
        return "off"
    if basis.care.holding:
        return "later"
    takes = any(
        basis.content.activities[activity.id].numbers
        for segment in segments
        for activity in segment.activities
    )
    scales = any(question.anchors for segment in segments for question in segment.questions)
    return "home" if scales and not takes else "session"


def _raised(basis: PlanBasis, segments: Sequence[PlannedSegment]) -> OpenAssumption | None:
    """The belief this plan really comes back to; in a short session it may have to wait."""
    spoken = any(prompt.kind == "belief" for segment in segments for prompt in segment.prompts)
    return basis.assumption if spoken else None


def _hand_outs(basis: PlanBasis) -> tuple[HandOut, ...]:
    worksheets = basis.content.worksheets
    return tuple(
        HandOut(worksheet=name, title=worksheets[name].title)
        for name in basis.blueprint.hands_out
        if name in worksheets and name not in basis.facts.filled
    )


def _proposals(basis: PlanBasis) -> tuple[Proposal, ...]:
    """What is put to the coach; nothing while something is held or a referral stands."""
    if basis.care.distress or basis.facts.referrals or basis.care.waits:
        return basis.today.proposals
    return (*basis.choice.proposals, *closing_proposals(basis.facts.assumptions))


def _milestone(basis: PlanBasis) -> tuple[str, ...]:
    """The criteria of the phase, where this session ends it and stays in it (R10)."""
    place = basis.position
    ends = place.phase_exit and basis.phase == place.phase.id
    return place.phase.milestone if ends else ()


def _takes_no_step(basis: PlanBasis) -> bool:
    """Whether the journey's step waits: something is held, or the client brings everything."""
    return basis.care.holding or basis.care.open


def _steps_left(basis: PlanBasis) -> tuple[int, ...]:
    """The steps whose turn was here or before and that come next, by their own session."""
    number = basis.facts.number
    queue = basis.facts.steps or (number,)
    return SessionSteps(queue=queue, last=basis.position.last).left_when(
        displaced=_takes_no_step(basis)
    )


def _postponements(basis: PlanBasis) -> tuple[PlanFinding, ...]:
    """What waits for another time, and what had to wait and comes now (R22, R120, R128)."""
    facts, place = basis.facts, basis.position
    notes: list[tuple[str, str]] = []
    rule = "R22" if basis.care.holding else "R120"
    if _takes_no_step(basis):
        notes.append((rule, _step_waits(place)))
    if basis.care.silent:
        notes.append(
            (
                "R131",
                "nothing is planned to be asked until you've spoken about those words;"
                " `trajplan check-in --no-holding` plans the session's questions,"
                " `trajplan check-in --holding` a session that holds",
            )
        )
    if basis.care.hard and not basis.care.waits:
        words = ", ".join(f"“{word}”" for topic in basis.today.hard for word in topic.words)
        heard = f"{words} was heard" if words else "you named what is hard today"
        notes.append(
            (
                "R131",
                f"{heard}, so nothing that waits, went home or was said at the start is brought up"
                " today; `trajplan check-in --no-holding` plans it as usual",
            )
        )
    if basis.options.decision and basis.care.holding:
        notes.append((rule, "the decision waits: while something is held, nothing is decided"))
    left = _steps_left(basis)
    # The last session keeps its own step, so the ones between now and then are what is free.
    room = max(0, facts.total - 1 - facts.number)
    if len(left) > room:
        journey = basis.content.journey
        steps = "; ".join(position(journey, facts.total, number).step for number in left)
        notes.append(
            (
                "R128",
                f"{plural(len(left), 'step')} of the journey {_have(len(left))} had to wait, with"
                f" {plural(room, 'session')} before the last one: {steps}."
                " `trajplan sessions extend` makes room",
            )
        )
    return tuple(
        PlanFinding(rule=rule, severity="note", where="", message=text) for rule, text in notes
    )


def _step_waits(place: Position) -> str:
    whose = "this session's own step"
    if place.step_of != place.number:
        whose = f"the step of session {place.step_of}"
    if place.last:
        return f"{whose} waits: {place.step}"
    step = place.step.rstrip(".")
    return (
        f"{whose} waits: {step}. It is planned next, and those after it move on by one;"
        " `trajplan sessions extend` makes room for it"
    )


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _picked_questions(picker: QuestionPicker) -> list[Question]:
    """The planned questions as the library has them, in its order."""
    planned_ids = picker.picked_ids
    return [candidate.question for candidate in picker.questions if candidate.id in planned_ids]


def _at_home(facts: Facts) -> tuple[OutstandingHandOut, ...]:
    """What has not come back, without what stands among the things of last time already."""
    worksheets = {hand_out.worksheet for hand_out in facts.last.handed_out} if facts.last else set()
    return tuple(
        hand_out
        for hand_out in facts.at_home
        if hand_out.session >= facts.number - AT_HOME and hand_out.worksheet not in worksheets
    )


def _synthesis(
    facts: Facts, place: Position, weighing: Weighing | None
) -> tuple[SynthesisLine, ...]:
    """What earlier sessions left, where the phase brings it together; no line stands twice."""
    if BRINGS_TOGETHER not in place.phase.stages:
        return ()
    elsewhere = LINES if weighing else ()
    return tuple(line for line in facts.gathered if line.label not in elsewhere)


def _occasions(facts: Facts, place: Position) -> frozenset[str]:
    """What holds today, of the things some questions presuppose (see `questions`)."""
    occasions = {"first-session"} if place.first else set()
    if place.last:
        occasions.add("closing")
    if facts.scenario:
        occasions.add(facts.scenario)
    if any(exercise.case in ("done", "partly") for exercise in facts.exercises):
        occasions.add("tried")
    if facts.last:
        occasions.add("returning")
        if facts.tender:
            occasions.add("tender")
        commitments = (*facts.last.commitments, *facts.last.earlier)
        occasions |= {commitment.status for commitment in commitments}
        # Questions on a standstill are silent while a referral stands.
        if any(commitment.misses >= MISSES for commitment in commitments) and not facts.referrals:
            occasions.add("missed_twice")
    if any(trigger.sign == "stalled" for trigger in facts.signs):
        occasions.add("stalled")
    return frozenset(occasions)


def _prepares_for(basis: PlanBasis) -> PreparesFor:
    """The next session and its step; the last session prepares the ending (R2)."""
    facts, place, journey = basis.facts, basis.position, basis.content.journey
    if place.last:
        return PreparesFor(
            session=None, date="", step="the ending: what stays when we stop meeting"
        )
    number = facts.next_number or facts.number + 1
    place_after = position(journey, facts.total, number)
    left = _steps_left(basis)
    if left and not place_after.last:
        place_after = with_step(journey, place_after, left[0])
    date = facts.next_date.isoformat() if facts.next_date else ""
    return PreparesFor(session=place_after.number, date=date, step=place_after.step)
