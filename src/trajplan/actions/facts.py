"""From records to the planner's facts: everything a plan may know, read in one place."""

from __future__ import annotations

from trajplan.actions.brief_sources import brief_gaps
from trajplan.actions.criteria import criteria_of
from trajplan.actions.earlier import earlier_journey
from trajplan.actions.echo import echo_of
from trajplan.actions.exercises import exercises_of, taken_home
from trajplan.actions.goal_paths import path_of, planned_goals, planned_indicators
from trajplan.actions.hand_outs import at_home
from trajplan.actions.journey_of import journey_of
from trajplan.actions.methods import method_by
from trajplan.actions.resolve import ClientEngagement, last_held
from trajplan.actions.scaled import last_answers
from trajplan.actions.signs import held_before, signs_of
from trajplan.actions.synthesis import synthesis
from trajplan.worksheets.fillings import notes_for_plan
from trajplan.content.library import Library
from trajplan.measures.tci import FACTORS, readings
from trajplan.planning.plan import (
    FactorChange,
    FromLastTime,
    PlannedCommitment,
    PlannedContact,
    StandingReferral,
)
from trajplan.planning.request import Content, Facts, OpenAssumption, QuestionHistory
from trajplan.records import (
    answers,
    assumptions,
    checkins,
    method_changes,
    question_uses,
    ratings,
    referrals,
    retired,
)
from trajplan.records.model import (
    WAITING,
    Commitment,
    Contact,
    Engagement,
    KeptPlan,
    Note,
    PhaseExit,
    Session,
    WrapRecord,
)
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store

DATED = ("planned", "held")
"""States in which a session's day holds; a missed or cancelled one waits for another."""
LAYERS = ("workspace", "user", "built-in")


def facts_of(store: Store, case: ClientEngagement, session: Session) -> Facts:
    """Read what the planner may know about one numbered session."""
    engagement, client = case.engagement, case.client
    number = session.number or 0
    every = store.select(Session, engagement_id=engagement.id)
    following = next(
        (one for one in every if (one.number or 0) > number and one.state != "skipped"), None
    )
    check_in = checkins.of_session(store, session.id)
    last = last_held(every, before=number)
    lines = criteria_of(store, engagement)
    left = from_last_time(store, engagement, last) if last else None
    return Facts(
        client=client.slug,
        client_name=client.name,
        number=number,
        total=engagement.sessions,
        date=session.date,
        next_date=following.date if following and following.state in DATED else None,
        start_time=session.start_time or engagement.start_time,
        time_zone=engagement.time_zone,
        minutes=engagement.minutes,
        method=session.method
        or method_by(session, engagement, method_changes.of_engagement(store, engagement.id)),
        phase=session.phase,
        destination=engagement.destination,
        scenario=engagement.intake.scenario,
        priorities=engagement.intake.priorities,
        energy=(check_in.energy or "") if check_in else "",
        matters_most=check_in.matters if check_in else "",
        mood=check_in.mood if check_in else "",
        progress=dict(check_in.progress) if check_in else {},
        stuck_point=engagement.intake.stuck_point,
        last=left,
        unheld_before=tuple(
            one.number
            for one in every
            if one.number and one.number < number and one.state not in ("held", "skipped")
        ),
        assumptions=tuple(
            OpenAssumption(
                id=one.number,
                text=one.text,
                heard_in=one.session_number or 0,
                challenged=len(one.challenged),
            )
            for one in assumptions.of_engagement(store, engagement.id)
            if one.status == "open"
        ),
        history=_history(store, case, session),
        worksheets=notes_for_plan(store, engagement.id, session, last),
        brief_gaps=brief_gaps(store, case, number),
        holding=check_in.holding if check_in else False,
        change=engagement.intake.change or "",
        referrals=tuple(
            StandingReferral(kind=one.kind, since=one.date.isoformat())
            for one in referrals.standing(store, client.id)
        ),
        signs=signs_of(store, engagement.id, left),
        serves=check_in.serves if check_in else "",
        criteria=lines,
        gathered=synthesis(store, engagement, every, number, lines),
        filled=frozenset(one.worksheet for one in answers.of_engagement(store, engagement.id)),
        at_home=at_home(store, engagement.id, every, number),
        held=held_before(store, every, number),
        goals=planned_goals(store, engagement.id),
        indicators=planned_indicators(store, engagement.id),
        accountability=engagement.accountability,
        exercises=exercises_of(store, engagement.id, session, last) if last else (),
        echo=echo_of(store, engagement),
        ending=_ending(store, case, session),
        next_number=following.number if following else None,
        phase_exits=store.select(PhaseExit, engagement_id=engagement.id),
        earlier_journey=earlier_journey(store, case) if number == 1 else None,
    )


def _ending(store: Store, case: ClientEngagement, session: Session) -> tuple[str, ...]:
    """What the ending lacks, for the session it is prepared in."""
    if session.number != case.engagement.sessions:
        return ()
    # The other sessions need none of what an ending draws on.
    from trajplan.actions.ending import lacking

    return lacking(store, case, session.date)


def from_last_time(store: Store, engagement: Engagement, last: Session) -> FromLastTime:
    """What the last held session left: commitments, inquiry, parked topics, ratings (R2)."""
    wrap = store.find(WrapRecord, session_id=last.id)
    read = {
        one.session: one
        for one in readings(
            ratings.of_engagement(store, engagement.id), session_numbers(store, engagement.id)
        )
    }
    reading = read.get(last.number or 0)
    plan = store.find(KeptPlan, session_id=last.id)
    return FromLastTime(
        session=last.number or 0,
        date=(last.held_on or last.date).isoformat(),
        wrapped=wrap is not None,
        focus=wrap.focus if wrap else "",
        takeaways=wrap.takeaways if wrap else (),
        commitments=tuple(
            _planned(store, one) for one in store.select(Commitment, session_id=last.id)
        ),
        earlier=tuple(_planned(store, one) for one in _still_waiting(store, engagement, last)),
        inquiry=wrap.inquiry if wrap else "",
        parked=wrap.parked if wrap else (),
        ratings=tuple(
            FactorChange(
                factor=factor,
                value=reading.ratings[factor],
                change=reading.change_since_last[factor],
            )
            for factor in FACTORS
            if reading and factor in reading.ratings
        ),
        satisfaction=reading.satisfaction if reading else None,
        flags=tuple(reading.flags) if reading else (),
        # A plan is kept and printed; a working note would outlive its day in it (R58).
        notes=tuple(
            one.text for one in store.select(Note, session_id=last.id) if one.kind == "record"
        ),
        frame_change=wrap.frame_change if wrap else "",
        holding=bool(plan and plan.body.get("holding")),
        handed_out=taken_home(store, engagement.id, last),
    )


def _still_waiting(store: Store, engagement: Engagement, last: Session) -> list[Commitment]:
    """Commitments of other sessions that nobody has closed yet, the latest first."""
    every = store.select(Commitment, engagement_id=engagement.id)
    return [one for one in reversed(every) if one.session_id != last.id and one.status in WAITING]


def _planned(store: Store, one: Commitment) -> PlannedCommitment:
    return PlannedCommitment(
        id=one.number,
        what=one.what,
        when=one.due.isoformat(),
        how_will_i_know=one.how_will_i_know,
        status=one.status,
        misses=one.misses,
        learned=one.learned,
        path=path_of(store, one.goal_id),
        contacts=tuple(
            PlannedContact(date=each.date.isoformat(), kind=each.kind, note=each.note)
            for each in store.select(Contact, commitment_id=one.id)
        ),
        kind=one.kind or "",
    )


def _history(store: Store, case: ClientEngagement, session: Session) -> QuestionHistory:
    uses = [
        one
        for one in question_uses.of_client(store, case.client.id)
        if one.session_id != session.id
    ]
    return QuestionHistory(
        asked=frozenset(
            one.question_id for one in uses if one.asked and one.engagement_id == case.engagement.id
        ),
        offered=frozenset(one.question_id for one in uses),
        last_used=question_uses.last_used(store),
        answered=last_answers(store, case.engagement.id, session.number or 0),
        retired=retired.for_client(store, case.client.id),
    )


def plannable_content(library: Library, engagement: Engagement) -> Content:
    """The library as the planner sees it: the coach's own blueprints before the built-in ones."""
    blueprints = sorted(
        library.blueprints.values(),
        key=lambda one: (
            LAYERS.index(library.sources["session-blueprint", one.id].layer),
            one.id,
        ),
    )
    return Content(
        journey=journey_of(library, engagement),
        blueprints=tuple(blueprints),
        banks=tuple(library.banks[name] for name in sorted(library.banks)),
        activities=library.activities,
        prompts=library.prompts,
        worksheets=library.worksheets,
    )
