"""`prep brief`: what is there to read before a session, and what is still to be got (R24-R39)."""

from __future__ import annotations

from collections.abc import Collection

from trajplan.actions import brief_background, brief_documents, brief_goals
from trajplan.actions.brief_sources import Sources, held_by, sources_of
from trajplan.actions.context import Context
from trajplan.actions.goal_paths import planned_goals
from trajplan.actions.prepare import outlined
from trajplan.actions.resolve import ClientEngagement, case_of, last_held, next_session
from trajplan.worksheets.fillings import is_for
from trajplan.worksheets.fillings import worksheet_notes
from trajplan.errors import CannotDo, NotFound
from trajplan.planning import readiness
from trajplan.planning.brief import (
    Brief,
    BriefNeed,
    BriefPart,
    Outline,
    OutlineSegment,
    OutlineState,
)
from trajplan.planning.plan import Plan
from trajplan.planning.preparation_hints import audit_hints, stuck_point_hint
from trajplan.records import checkins
from trajplan.records.model import KeptPlan, Session
from trajplan.records.store import Store, reading

APART = {
    readiness.QUESTIONNAIRE: ("stuck", "likes", "dislikes", "drive", "own_questions"),
    readiness.AUDIT: ("accomplishments", "pain_points", "evidence"),
    readiness.MAPPING: ("roles",),
    readiness.FEARS: ("fears", "must_haves"),
    readiness.RESULTS: ("results",),
    readiness.AGREEMENT: (),
}
"""Fields of worksheets that have a place of their own on the brief."""


def prep_brief(context: Context, *, client: str | None) -> Brief:
    """Read everything a coach wants to know beforehand. Changes nothing, keeps nothing."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        every = store.select(Session, engagement_id=case.engagement.id)
        session = next_session(every)
        last = last_held(every)
        first = last is None
        sources = sources_of(store, case)
        outline, no_outline = _outline(store, context, case, session)
        held = held_by(store, case, sources) | _held_for(store, session, last, outline, sources)
        background = brief_background.background(store, case, sources, context.today)
        goals = brief_goals.goals(case, sources, planned_goals(store, case.engagement.id))
        lines = worksheet_notes(store, case.engagement.id, "brief", apart=APART)
        return Brief(
            client=case.client.slug,
            client_name=case.client.name,
            date=context.today.isoformat(),
            session=session.number if session else None,
            of=case.engagement.sessions,
            first=first,
            budget=readiness.FIRST_BRIEF_MINUTES if first and session else None,
            parts=_parts(held, session, first, case.client.slug),
            documents=brief_documents.documents(
                context.library.worksheets, case, sources, context.today
            ),
            background=background,
            goals=goals,
            outline=outline,
            no_outline=no_outline,
            worksheets=tuple(one for one in lines if one.worksheet != readiness.ARCHITECTURE),
            hints=(
                *filter(None, (stuck_point_hint(one.text) for one in goals.stuck_point[:1])),
                *audit_hints(
                    brief_background.accomplishments(sources),
                    background.pain_points,
                    background.evidence,
                    context.today,
                ),
            ),
        )


def _parts(
    held: Collection[str], session: Session | None, first: bool, client: str
) -> tuple[BriefPart, ...]:
    """The three parts; after the last session there is none left to lay out."""
    wanted = readiness.PARTS if session else (readiness.BACKGROUND, readiness.GOALS)
    minutes = readiness.shared_minutes(wanted, held) if first and session else None
    return tuple(
        BriefPart(
            id=one.id,
            title=one.title,
            state=readiness.readiness_state(one, held),
            held=len(readiness.needs_met(one, held)),
            of=len(one.needs),
            needs=tuple(
                BriefNeed(
                    id=need.id,
                    title=need.title,
                    held=need in readiness.needs_met(one, held),
                    get=""
                    if need in readiness.needs_met(one, held)
                    else brief_documents.command(
                        need.get.format(session=session.number if session else ""), client
                    ),
                )
                for need in one.needs
            ),
            minutes=minutes[at] if minutes else None,
        )
        for at, one in enumerate(wanted)
    )


def _held_for(
    store: Store,
    session: Session | None,
    last: Session | None,
    outline: Outline | None,
    sources: Sources,
) -> frozenset[str]:
    """What is held for the next session alone; older answers have had theirs."""
    if session is None:
        return frozenset()
    check_in = checkins.of_session(store, session.id)
    there = {
        "record:plan": outline is not None and outline.state == "prepared",
        "record:start": bool(outline and outline.start),
        "record:matters": bool(check_in and check_in.matters)
        or bool(
            sources.answer(readiness.QUESTIONNAIRE, "matters")
            and is_for(sources.newest[readiness.QUESTIONNAIRE], session, last)
        ),
    }
    return frozenset(name for name, held in there.items() if held)


def _outline(
    store: Store, context: Context, case: ClientEngagement, session: Session | None
) -> tuple[Outline | None, str]:
    """The next session in short, or why there is nothing to show."""
    if session is None:
        return None, "every session of this journey is held or skipped"
    try:
        prepared = outlined(store, context, case, session)
    except (CannotDo, NotFound) as fault:
        return None, str(fault)
    before = store.find(KeptPlan, session_id=session.id)
    state: OutlineState = "outdated" if before else "not prepared"
    return _short(prepared.plan, state if prepared.made else "prepared"), ""


def _short(plan: Plan, state: OutlineState) -> Outline:
    questions = [one for segment in plan.segments for one in segment.questions]
    return Outline(
        session=plan.session,
        date=plan.date,
        start=plan.start if plan.clock == "wall" else "",
        minutes=plan.minutes,
        blueprint=plan.blueprint,
        blueprint_title=plan.blueprint_title,
        reason=plan.blueprint_reason,
        step=plan.step,
        segments=tuple(
            OutlineSegment(title=one.title, minutes=one.minutes, questions=len(one.questions))
            for one in plan.segments
        ),
        opening=questions[0].text if questions else "",
        state=state,
    )
