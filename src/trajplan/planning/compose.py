"""From facts and options to a plan: the one place where the planning rooms meet.

position → blueprint → minutes → prompts → questions → findings → Plan
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Question
from trajplan.content.session_rules import merged
from trajplan.errors import CannotDo
from trajplan.planning.arc import Position
from trajplan.planning.arrange import (
    Arrangement,
    arrange,
    day_segments,
    for_danger,
    for_the_day,
    strip,
    with_them,
)
from trajplan.planning.asking import QuestionPicker
from trajplan.planning.basis import PlanBasis, decide_basis
from trajplan.planning.beliefs import closing_proposals, hardest_first
from trajplan.planning.calendar import clock
from trajplan.planning.filling import fill_segments
from trajplan.planning.findings import (
    plan_findings,
    plan_gaps,
    postponements,
    prepares_for,
    retired_questions_asked,
    talks_ahead,
    waiting_steps,
)
from trajplan.planning.first_session import with_money
from trajplan.planning.frame import USUAL_QUESTION
from trajplan.planning.from_records import FromRecords, OutstandingHandOut
from trajplan.planning.influences import explain
from trajplan.planning.kept_in_mind import Remembered
from trajplan.planning.mix import achieved_shares, minutes_by_level
from trajplan.planning.plan import (
    HandOut,
    InquiryReturn,
    MixShares,
    Plan,
    PlanFinding,
    PlannedQuestion,
    PlannedSegment,
    Proposal,
    RatesWhere,
    SynthesisLine,
    Weighing,
    is_asked_back,
)
from trajplan.planning.plan_inputs import Content, Facts, OpenAssumption, PlanOptions
from trajplan.planning.prompts import INQUIRY_RETURN
from trajplan.planning.questions_today import question_picker
from trajplan.planning.readiness import AGREEMENT_FORM
from trajplan.planning.remembered import with_told_before
from trajplan.planning.session_close import BRINGS_TOGETHER, client_leads
from trajplan.planning.synthesis import LINES
from trajplan.planning.weighing import weigh
from trajplan.records.fields import same_fields
from trajplan.text import in_quotes

INSIGHT = "insight_generation"
REMEMBERED = 2
"""For so many sessions a plan asks after a worksheet that went home."""


def make_plan(content: Content, facts: Facts, options: PlanOptions) -> Plan:
    """Make the plan of one session.

    The same content, facts and options give the same plan. Raises CannotDo and NotFound with a
    sentence that says what is possible instead.
    """
    both = sorted(set(options.include) & set(options.exclude))
    if both:
        raise CannotDo(f"question `{both[0]}` cannot be both asked for and left out")
    basis = decide_basis(content, facts, options)
    return _plan(basis, _fill(basis))


def _plan(basis: PlanBasis, filled: _Filled) -> Plan:
    """Everything a plan says: what the records say, and what was chosen for the session."""
    facts, place, choice, conditions = basis.facts, basis.position, basis.choice, basis.conditions
    picker, segments = filled.picker, filled.segments
    no_step = basis.takes_no_step
    raised = _raised(basis, segments)
    weighing = weigh(facts.criteria, segments) if conditions.decision else None
    mix_minutes = minutes_by_level((question.level, question.minutes) for question in picker.picks)
    achieved = achieved_shares(mix_minutes)
    elsewhere = basis.content.prompts["went-elsewhere"].texts
    # A session that holds works toward nothing, wherever it goes.
    elsewhere_cases = ("first", "second") if basis.care.holding else tuple(elsewhere)
    if basis.care.silent:
        elsewhere_cases = ()
    names_gaps = not (basis.care.holding or basis.care.silent)
    return Plan(
        **same_fields(facts, FromRecords.__struct_fields__),
        # Which session it is, the step it takes and what comes after it
        session=facts.number,
        of=facts.total,
        phase=basis.phase,
        method=basis.method,
        step=basis.objectives[0] if no_step else place.step,
        step_of=0 if no_step else place.step_of,
        step_because="" if no_step or place.last else facts.step_because,
        steps_waiting=waiting_steps(basis),
        objectives=basis.objectives,
        prepares_for=prepares_for(basis),
        ending=facts.ending if place.last else (),
        milestone=_milestone(basis),
        still_open=basis.weak.unmet if basis.weak else (),
        client_leads=not basis.care.holding and client_leads(basis.content.journey, basis.phase),
        # The blueprint it follows, and its clock
        blueprint=choice.blueprint.id,
        blueprint_title=choice.blueprint.title,
        blueprint_reason=choice.reason,
        blueprint_note=choice.note,
        considered=choice.considered,
        date=facts.date.isoformat(),
        start=filled.start,
        end=clock(basis.booked_start, conditions.minutes),
        clock="wall" if basis.agreed_start else "elapsed",
        minutes=conditions.minutes - conditions.late,
        energy=conditions.energy,
        decision=conditions.decision,
        open=basis.options.open,
        holding=basis.care.holding,
        heavy=basis.today.heavy,
        asks_nothing=basis.care.asks_nothing,
        strip=() if basis.care.silent else strip(choice.blueprint, conditions, basis.booked_start),
        dropped=tuple(segment.title for segment in filled.arrangement.dropped),
        override=filled.arrangement.override,
        # What is said, asked and done in it, and what was weighed for that
        segments=segments,
        mix=MixShares(target=dict(basis.adjustment.target), achieved=achieved),
        precedence=basis.adjustment.precedence,
        influences=explain(
            basis.adjustment,
            facts,
            _picked_questions(picker),
            raised,
            basis.exercises,
            picker.held_back,
            segments=segments,
            transformational=achieved["transformational"],
            longer_insight=_longer_insight(basis),
            repeatable={ranked.id for ranked in picker.questions if ranked.question.repeatable},
        ),
        findings=_findings(basis, filled),
        agreement=basis.agreement,
        topics=basis.today.topics,
        proposals=_proposals(basis),
        assumption=raised.number if raised else None,
        ratings=_ratings(basis, segments),
        hands_out=_hand_outs(basis),
        went_elsewhere=tuple(elsewhere[case] for case in elsewhere_cases),
        # What it looks back on, and what is to be kept in mind
        from_last_time=facts.last,
        inquiry_return=_inquiry_outcome(basis, segments),
        outstanding=_outstanding(facts),
        weighing=weighing,
        gathered=_synthesis(facts, place, weighing),
        echo=basis.echo,
        gaps=plan_gaps(facts, place) if names_gaps else (),
        agreement_gap=facts.agreement_gap if names_gaps else "",
        stuck_point=facts.stuck_point if place.phase_index == 0 else "",
        intake=basis.intake,
        remembered=_remembered(basis),
    )


class _Filled(Struct, frozen=True):
    """The session with its minutes shared out and everything in it chosen."""

    arrangement: Arrangement
    picker: QuestionPicker
    start: str
    segments: tuple[PlannedSegment, ...]
    unfit: tuple[PlanFinding, ...]
    """Notes on what found no room."""


def _fill(basis: PlanBasis) -> _Filled:
    """Share out the minutes and choose what is done, said and asked in them."""
    arrangement = arrange(basis.blueprint, basis.conditions)
    picker = question_picker(basis, [basis.opening_prompt] if basis.opening_prompt else [])
    arrangement = for_the_day(arrangement, picker.day)
    if basis.care.silent:
        arrangement = for_danger(arrangement)
    if basis.stays_with_them:
        arrangement = with_them(arrangement)
    start = clock(basis.booked_start, basis.conditions.late)
    segments, unfit = fill_segments(arrangement, basis, picker, start)
    return _Filled(arrangement, picker, start, segments, unfit)


def _inquiry_outcome(basis: PlanBasis, segments: Sequence[PlannedSegment]) -> InquiryReturn | None:
    """What the session does with the question that went home; asked on paper alone where its prompt
    found no room beside what else is said."""
    said = {prompt.id for segment in segments for prompt in segment.prompts}
    if is_asked_back(basis.meant_inquiry_return) and INQUIRY_RETURN not in said:
        return InquiryReturn(way="laid_out", because="the opening is full")
    return basis.meant_inquiry_return


def _findings(basis: PlanBasis, filled: _Filled) -> tuple[PlanFinding, ...]:
    """Everything the plan remarks on, in the order in which it comes up."""
    facts, conditions = basis.facts, basis.conditions
    return (
        *filled.arrangement.findings,
        *plan_findings(
            basis.blueprint,
            facts,
            basis.position,
            decision=conditions.decision,
            energy=conditions.energy,
            talks=talks_ahead(basis),
        ),
        *postponements(basis),
        *retired_questions_asked(basis.options, facts),
        *filled.picker.findings,
        *filled.unfit,
    )


def _remembered(basis: PlanBasis) -> Remembered:
    """What to keep in mind; the first session has what the intake brings in full already."""
    facts, topics = basis.facts, basis.content.topics
    since = dt.date.fromisoformat(facts.last.date) if facts.last else None
    shown = _told_elsewhere(facts)
    remembered = with_told_before(facts.remembered, facts.told_before, topics, shown, since)
    money = with_money(facts.intake_on_record, topics).money
    # An agreed priority is spoken of, even where it is about money, and where they are stuck stands
    # in a line of its own.
    spoken = (*facts.priorities, remembered.stuck_point)
    unsaid = tuple(line for line in money if line not in spoken)
    must_haves = tuple(line for line in remembered.must_haves if line not in money)
    kinds = {assumption.number: assumption.kind for assumption in facts.assumptions}
    beliefs = hardest_first(remembered.beliefs, kinds, basis.content.belief_cues)
    remembered = replace(remembered, beliefs=beliefs)
    if basis.intake:
        return replace(remembered, stuck_point="", paths=(), fears=(), must_haves=must_haves)
    return replace(remembered, money=unsaid, must_haves=must_haves)


def _told_elsewhere(facts: Facts) -> Iterator[str]:
    """What the plan says in a place of its own."""
    yield from (facts.matters_most, facts.mood, *(note.text for note in facts.pinned))
    yield from (*facts.remembered.notes, *(topic.text for topic in facts.parked))
    # What they asked of the coach may stand in what was agreed, too.
    yield from (facts.accountability, facts.remembered.hard_day, facts.remembered.rating_note)
    yield from (facts.remembered.shared, facts.remembered.limits, facts.remembered.sponsor)
    if last := facts.last:
        yield from (*last.notes_and_takeaways, last.agreement, last.frame_change)
        for commitment in (*last.promises, *last.over):
            yield from (commitment.learned, *(contact.note for contact in commitment.contacts))


def _longer_insight(basis: PlanBasis) -> bool:
    """Whether the blueprint gives insight more time at today's energy."""
    usual, today = (
        sum(segment.minutes.ideal for segment in segments if segment.component == INSIGHT)
        for segments in (
            basis.blueprint.segments,
            merged(basis.blueprint, basis.conditions.energy).segments,
        )
    )
    return today > usual


def _ratings(basis: PlanBasis, segments: Sequence[PlannedSegment]) -> RatesWhere:
    """Where the client rates: with the session's other numbers or, where these were asked for
    earlier in it, at home; after one that holds or goes softly whenever they like (R166)."""
    if not basis.facts.ratings or basis.care.danger_today:
        return "off"
    if not basis.care.rates:
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
    """What goes home to be filled in, first for what they bring; where the session goes softly, or
    stays with what they bring, the agreement alone, and after grave news nothing."""
    if basis.care.asks_nothing:
        return ()
    brought = (
        basis.content.topics[topic.id].hands_out
        for topic in basis.today.topics
        if not (topic.intake or topic.id in basis.today.settled or basis.care.holding)
    )
    names = dict.fromkeys((*chain.from_iterable(brought), *basis.blueprint.hands_out))
    worksheets = basis.content.worksheets
    goes_gently = basis.care.treads_softly or basis.stays_with_them
    return tuple(
        HandOut(worksheet=name, title=worksheets[name].title)
        for name in names
        if name in worksheets
        and name not in basis.facts.filled
        and (name == AGREEMENT_FORM or not goes_gently)
    )


def _proposals(basis: PlanBasis) -> tuple[Proposal, ...]:
    """What is put to the coach; nothing else while something is held or a referral stands."""
    if basis.care.any_holding or basis.care.asks_coach:
        return basis.today.proposals
    if basis.care.wants_to_stop:
        return (_stop(basis.facts.matters_most),)
    if basis.facts.referrals:
        return basis.today.proposals
    return (*basis.choice.proposals, *closing_proposals(basis.facts.assumptions))


def _stop(words: str) -> Proposal:
    """Ask whether the sessions are meant; if they are, this one is their goodbye."""
    return Proposal(
        kind="ending",
        why=f"{in_quotes(words)} may be about your sessions. Ask first what they'd like to stop; if"
        " it is these, take today to part well. With --no-holding it stays as planned",
        command="trajplan close --print checklist",
    )


def _milestone(basis: PlanBasis) -> tuple[str, ...]:
    """The criteria of the phase, where this session ends it and stays in it (R10). Nobody is
    measured by them where it stays with what they bring; `journey` has them."""
    place = basis.position
    if basis.stays_with_them:
        return ()
    ends = place.phase_exit and basis.phase == place.phase.id
    return place.phase.milestone if ends else ()


def _picked_questions(picker: QuestionPicker) -> list[Question]:
    """The planned questions as the library has them, in its order."""
    planned_ids = picker.picked_ids
    return [candidate.question for candidate in picker.questions if candidate.id in planned_ids]


def _outstanding(facts: Facts) -> tuple[OutstandingHandOut, ...]:
    """What has not come back, without what stands among the things of last time already."""
    worksheets = {hand_out.worksheet for hand_out in facts.last.handed_out} if facts.last else set()
    return tuple(
        hand_out
        for hand_out in facts.outstanding
        if hand_out.session >= facts.number - REMEMBERED and hand_out.worksheet not in worksheets
    )


def _synthesis(
    facts: Facts, place: Position, weighing: Weighing | None
) -> tuple[SynthesisLine, ...]:
    """What earlier sessions left, where the phase brings it together; no line stands twice."""
    if BRINGS_TOGETHER not in place.phase.stages:
        return ()
    elsewhere = LINES if weighing else ()
    return tuple(line for line in facts.gathered if line.label not in elsewhere)


def next_question(
    content: Content,
    facts: Facts,
    options: PlanOptions,
    *,
    plan: Plan,
    segment: str,
    added: Sequence[PlannedQuestion],
    minutes: int,
) -> PlannedQuestion | None:
    """The question that the segment would ask beside those of the plan and those `added` since.

    `minutes`: what is left of the segment; a question of usual length may always be asked. None
    where nothing of the library fits, or nothing is planned to be asked today (R131).
    """
    basis = decide_basis(content, facts, options)
    segments = merged(basis.blueprint, basis.conditions.energy).segments
    ids = [planned.id for planned in plan.segments]
    if segment not in {own.id for own in segments} or basis.care.silent:
        return None
    said = [prompt for planned in plan.segments for prompt in planned.prompts]
    picker = question_picker(basis, said)
    kept = day_segments([own for own in segments if own.id in ids], picker.day)
    place = next(own for own in kept if own.id == segment)
    known = {candidate.id: candidate for candidate in picker.questions}
    picks = [*plan.questions, *added]
    picker.remember(picks, [known[pick.id] for pick in picks if pick.id in known])
    until_now = plan.segments[: ids.index(segment) + 1]
    spoken = [question for planned in until_now for question in planned.questions]
    supplied = (
        _supplied(content, until_now) | basis.on_the_table | picker.given_by([*spoken, *added])
    )
    questions = picker.fill(place, max(minutes, USUAL_QUESTION), 1, (), supplied=supplied)
    return questions[0] if questions else None


def _supplied(content: Content, until_now: Sequence[PlannedSegment]) -> frozenset[str]:
    """What these segments put on the table beside their questions; in the last of them anything
    that was said counts as answered (R122)."""
    supplied: set[str] = set()
    for planned in until_now:
        for activity in planned.activities:
            supplied.update(content.activities[activity.id].gives)
        for prompt in planned.prompts:
            supplied.update(content.prompts[prompt.id].gives)
    here = until_now[-1]
    return frozenset(supplied | ({"answer"} if here.prompts or here.questions else set()))
