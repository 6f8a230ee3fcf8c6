"""From an engagement's records to what the planner may know about one session of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from trajplan.measures.goals import IndicatorState, indicator_state
from trajplan.measures.progress import answers_in_effect
from trajplan.planning.arc import session_steps, step_because
from trajplan.planning.beliefs import found_out, waiting_tests
from trajplan.planning.blueprint_triggers import held_sessions, triggers
from trajplan.planning.brief_sources import brief_gaps, intake_lines, intake_of, sources_of
from trajplan.planning.calendar import day_off_words, next_not_skipped
from trajplan.planning.coming_days import days_gone_by, owes_answer, urgent_days
from trajplan.planning.first_words import then_and_since
from trajplan.planning.from_records import FromLastTime, PlannedGoal, StandingReferral
from trajplan.planning.last_time import (
    earlier_journey,
    exercises_to_debrief,
    from_last_time,
    inquiries,
    outstanding_hand_outs,
    parked_for,
    pinned_notes,
    with_deadlines,
)
from trajplan.planning.plan import LastAnswer
from trajplan.planning.plan_inputs import CameLately, Facts, OpenAssumption, QuestionHistory
from trajplan.planning.readiness import agreement_gap
from trajplan.planning.remembered import remembered_of
from trajplan.planning.sentences import sentences_told
from trajplan.planning.synthesis import synthesis
from trajplan.planning.told_before import said_for, told_before
from trajplan.planning.weighing import criteria_of
from trajplan.records.dossier import Dossier
from trajplan.records.model.sessions import CheckIn, Session
from trajplan.worksheets.fillings import notes_for_plan

GRAVE_NEWS_LASTS = 2
"""Held sessions in which grave news is remembered, and a question asked is not asked again."""


def facts_of(dossier: Dossier, session: Session, earlier: Dossier | None) -> Facts:
    """What the planner may know about one numbered session.

    `earlier`: the engagement before this one, which only a first session starts from.
    """
    number = session.number or 0
    engagement, client = dossier.engagement, dossier.client
    intake, sources = engagement.intake, sources_of(dossier)
    brought = intake_of(sources)
    following = next_not_skipped(dossier.numbered, number)
    next_date = _next_date(following)
    last = dossier.last_held(before=number)
    last_time = _last_time(dossier, last, session, following) if last else None
    held_lately = dossier.held_before(number)[-GRAVE_NEWS_LASTS:]
    lately = [held.id for held in held_lately]
    steps = session_steps(dossier)
    here = steps.get(number)
    # A check-in says nothing where nobody made one.
    check_in = dossier.check_in_of(session.id) or CheckIn(session_id=session.id, date=session.date)
    criteria = criteria_of(sources)
    told = told_before(dossier, session, last)
    sentences = sentences_told((*said_for(dossier, session, last), *told), client.name)
    urgent = urgent_days(dossier, intake_lines(brought), session.date, next_date, sentences)
    return Facts(
        earlier_journey=earlier_journey(earlier) if earlier and number == 1 else None,
        # Whose session it is, and where it stands in the journey
        client=client.slug,
        client_name=client.name,
        ratings=client.ratings,
        satisfaction_home=client.satisfaction == "home",
        number=number,
        total=engagement.sessions,
        date=session.date,
        next_date=next_date,
        days_off=dict(_on_days_off(dossier, session, following)),
        next_number=following.number if following else None,
        start_time=session.start_time or engagement.start_time,
        time_zone=engagement.time_zone,
        minutes=engagement.minutes,
        every_days=engagement.every_days,
        method=session.method or dossier.engagement_method(session),
        phase=session.phase,
        phase_exits=dossier.phase_exits,
        destination=engagement.destination,
        accountability=engagement.accountability,
        steps=here.queue if here else (),
        step_because=step_because(steps, number),
        unheld_before=_unheld_before(dossier, number),
        held=held_sessions(dossier, number),
        ending=_ending(dossier, session),
        # How the client arrives
        energy=check_in.energy or "",
        matters_most=check_in.matters,
        mood=check_in.mood,
        progress=dict(check_in.progress),
        check_in_holding=check_in.holding,
        serves=check_in.serves,
        about=check_in.about,
        holding_answered=check_in.answered,
        # What the intake and the agreement say, and what of it is to be kept in mind today
        scenario=intake.scenario,
        priorities=intake.priorities,
        stuck_point=intake.stuck_point,
        change=intake.change or "",
        agreed=sources.agreed,
        brief_gaps=brief_gaps(dossier, number),
        agreement_gap=agreement_gap(sources.agreement, number),
        intake=brought if here and here.step == 1 else None,
        intake_on_record=brought,
        brought_lately=_brought_lately(dossier, lately),
        came_lately=tuple(_came(dossier, held_lately)),
        holding_lately=any(dossier.was_holding(session_id) for session_id in lately),
        remembered=remembered_of(dossier, session, last, sources, brought, sentences, next_date),
        told_before=told,
        planned_as_usual=_planned_as_usual(dossier, number),
        urgent=urgent,
        been=days_gone_by(dossier, intake_lines(brought), last.day, session.date, sentences)
        if last
        else (),
        answer_due=owes_answer(check_in.matters, urgent, _done(last_time), session.date),
        # What last time left, and the worksheets that went home since the beginning
        last=last_time,
        signs=triggers(dossier, last_time),
        exercises=exercises_to_debrief(dossier, session, last) if last else (),
        worksheets=notes_for_plan(dossier, session, last),
        filled=frozenset(filling.worksheet for filling in dossier.worksheet_answers),
        outstanding=outstanding_hand_outs(dossier, number),
        # What stands in the records, whichever session it comes from
        assumptions=_open_assumptions(dossier),
        history=_history(dossier, session, lately),
        referrals=tuple(
            StandingReferral(
                kind=referral.kind,
                since=referral.date.isoformat(),
            )
            for referral in dossier.standing_referrals()
        ),
        criteria=criteria,
        gathered=synthesis(dossier, sources, number, criteria),
        goals=planned_goals(dossier),
        indicators=open_indicators(dossier),
        echo=then_and_since(dossier),
        parked=parked_for(dossier, session),
        pinned=pinned_notes(dossier),
    )


def _done(last: FromLastTime | None) -> tuple[str, ...]:
    """What they say of the promises they have kept."""
    done = (promise for promise in (last.promises if last else ()) if promise.status == "done")
    return tuple(f"{promise.what} · {promise.learned}" for promise in done)


def _brought_lately(dossier: Dossier, session_ids: Sequence[int]) -> tuple[str, ...]:
    """What the client brought to sessions, and what the coach noted of them for the record."""
    check_ins = filter(None, map(dossier.check_in_of, session_ids))
    notes = (note for session_id in session_ids for note in dossier.notes_of(session_id))
    noted = (note.text for note in notes if note.kind == "record")
    return (*(check_in.matters for check_in in check_ins if check_in.matters), *noted)


def _came(dossier: Dossier, sessions: Sequence[Session]) -> Iterator[CameLately]:
    """How they came to sessions, and what they brought."""
    for session in sessions:
        if check_in := dossier.check_in_of(session.id):
            yield CameLately(
                matters=check_in.matters,
                mood=check_in.mood,
                energy=check_in.energy or "",
                first=session.number == 1,
            )


def _planned_as_usual(dossier: Dossier, number: int) -> dt.date | None:
    """The day of the last session held before this one that was planned with `--no-holding`."""
    held = dossier.held_before(number)
    said = ((session.day, dossier.check_in_of(session.id)) for session in held)
    days = (day for day, here in said if here and here.answered and not here.holding)
    return max(days, default=None)


def _on_days_off(
    dossier: Dossier, session: Session, following: Session | None
) -> Iterator[tuple[int, str]]:
    ahead = (planned for planned in (session, following) if planned and planned.state == "planned")
    for planned in ahead:
        if words := day_off_words(dossier.days_off, planned.date):
            yield planned.number or 0, words


def _next_date(following: Session | None) -> dt.date | None:
    """The day of the next session; a missed or cancelled one waits for another."""
    return following.date if following and following.state in ("planned", "held") else None


def _last_time(
    dossier: Dossier, last: Session, session: Session, following: Session | None
) -> FromLastTime:
    """What the session held last left, with what falls due before the one that comes after."""
    ends = following.date if following else None
    return with_deadlines(from_last_time(dossier, last), session.date, ends)


def _unheld_before(dossier: Dossier, number: int) -> tuple[int, ...]:
    """Numbers of earlier sessions neither held nor skipped."""
    return tuple(
        session.number
        for session in dossier.numbered
        if session.number and session.number < number and session.state not in ("held", "skipped")
    )


def _open_assumptions(dossier: Dossier) -> tuple[OpenAssumption, ...]:
    return tuple(
        OpenAssumption(
            number=assumption.number,
            text=assumption.text,
            heard_in=dossier.number_of(assumption.session_id) or 0,
            challenged=len(dossier.challenged_in(assumption.id)),
            kind=assumption.kind or "",
            wording=assumption.wording,
            found=bool(found_out(dossier, assumption)),
            untested=bool(waiting_tests(dossier, assumption)),
        )
        for assumption in dossier.open_assumptions()
    )


def _history(dossier: Dossier, session: Session, lately: Sequence[int]) -> QuestionHistory:
    """What is known of earlier use of questions, this session's own plan left out."""
    others = {id_ for id_ in dossier.session_by_id if id_ != session.id}
    return QuestionHistory(
        asked=frozenset(
            name for name, past in dossier.questions.items() if others.intersection(past.asked_in)
        ),
        asked_lately=frozenset(
            name
            for name, past in dossier.questions.items()
            if not set(lately).isdisjoint(past.asked_in)
        ),
        inquiries=inquiries(dossier, others),
        offered=frozenset(
            name for name, past in dossier.questions.items() if {*past.planned_in} - {session.id}
        ),
        last_used={
            name: past.last_asked for name, past in dossier.questions.items() if past.last_asked
        },
        answered=_last_answers(dossier, session.number or 0),
        retired=dossier.retired,
    )


def _last_answers(dossier: Dossier, number: int) -> dict[str, LastAnswer]:
    """The newest answer to each scaled question in sessions before this one."""
    return {
        answer.question_id: LastAnswer(
            session=dossier.numbers[answer.session_id],
            value=answer.value,
            low=answer.low,
            high=answer.high,
        )
        for answer in answers_in_effect(dossier.scaled_answers)
        if dossier.numbers[answer.session_id] < number
    }


def _ending(dossier: Dossier, session: Session) -> tuple[str, ...]:
    """What the ending lacks, for the session it is prepared in."""
    if session.number != dossier.engagement.sessions:
        return ()
    # The other sessions need none of what an ending draws on.
    from trajplan.planning.ending import ending_lacks

    return ending_lacks(dossier, session.date)


def planned_goals(dossier: Dossier) -> tuple[PlannedGoal, ...]:
    """The open objectives, and the open themes that have none."""
    themes_served = {goal.parent_id for goal in dossier.open_goals()}
    return tuple(
        PlannedGoal(
            number=goal.number,
            level=goal.level,
            path=dossier.path_to(goal.id),
            when=goal.due.isoformat() if goal.due else "",
        )
        for goal in dossier.open_goals()
        if goal.id not in themes_served
    )


def open_indicators(dossier: Dossier) -> tuple[IndicatorState, ...]:
    """Every indicator of the journey or of an open goal, as it stands."""
    closed = {goal.id for goal in dossier.goals if goal.status != "open"}
    return tuple(
        indicator_state(indicator)
        for indicator in dossier.indicators
        if indicator.goal_id not in closed
    )
