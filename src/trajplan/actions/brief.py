"""`prep brief`: what is there to read before a session, and what is still to be got (R24-R39)."""

from __future__ import annotations

from collections.abc import Collection

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.actions.prepare import outline_plan
from trajplan.dates import own_words
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
from trajplan.planning.brief_parts import background, command, documents, goals
from trajplan.planning.brief_sources import BriefSources, names_held, sources_of
from trajplan.planning.own_clock import plan_clocks
from trajplan.planning.plan import Plan
from trajplan.planning.preparation_hints import accomplishments, audit_hints, stuck_point_hint
from trajplan.records.dossier import Dossier
from trajplan.records.fields import same_fields
from trajplan.records.model.sessions import Session
from trajplan.worksheets.fillings import is_for, worksheet_notes

APART = {
    readiness.QUESTIONNAIRE: ("stuck", "likes", "dislikes", "drive", "own_questions"),
    readiness.AUDIT: ("accomplishments", "pain_points", "evidence"),
    readiness.MAPPING: ("roles",),
    readiness.FEARS: ("fears", "must_haves"),
    readiness.RESULTS: ("results",),
    readiness.AGREEMENT_FORM: (),
}
"""Fields of worksheets that have a place of their own on the brief."""


def prep_brief(context: Context, *, client: str | None) -> Brief:
    """Read everything a coach wants to know beforehand. Changes nothing, saves nothing."""
    with context.read(client) as records:
        dossier = records.dossier
        session = dossier.next_session()
        outline, no_outline = _outline(records, context, session)
    first = dossier.last_held() is None
    sources = sources_of(dossier)
    names = names_held(dossier, sources) | _names_for(dossier, session, outline, sources)
    past = background(dossier, sources, context.today)
    direction = goals(dossier, sources)
    notes = worksheet_notes(dossier, "brief", apart=APART)
    return Brief(
        client=dossier.client.slug,
        client_name=dossier.client.name,
        date=context.today.isoformat(),
        session=session.number if session else None,
        of=dossier.engagement.sessions,
        first=first,
        budget=readiness.FIRST_BRIEF_MINUTES if first and session else None,
        parts=_parts(names, session, first, dossier.client.slug),
        documents=documents(context.library.worksheets, dossier, sources, context.today),
        background=past,
        goals=direction,
        outline=outline,
        no_outline=no_outline,
        worksheets=tuple(note for note in notes if note.worksheet != readiness.ARCHITECTURE),
        hints=(
            *filter(None, (stuck_point_hint(words.text) for words in direction.stuck_point[:1])),
            *audit_hints(accomplishments(sources), past.pain_points, past.evidence, context.today),
        ),
    )


def _parts(
    names: Collection[str], session: Session | None, first: bool, client: str
) -> tuple[BriefPart, ...]:
    """The three parts; after the last session there is none left to lay out."""
    rules = readiness.PARTS if session else (readiness.BACKGROUND, readiness.GOALS)
    minutes = readiness.shared_minutes(rules, names) if first and session else None
    return tuple(
        _part(rule, names, session, client, minutes[index] if minutes else None)
        for index, rule in enumerate(rules)
    )


def _part(
    rule: readiness.BriefPartRule,
    names: Collection[str],
    session: Session | None,
    client: str,
    minutes: int | None,
) -> BriefPart:
    met = readiness.needs_met(rule, names)
    number = session.number if session else ""
    return BriefPart(
        id=rule.id,
        title=rule.title,
        state=readiness.readiness_state(rule, names),
        held=len(met),
        of=len(rule.needs),
        needs=tuple(
            BriefNeed(
                id=need.id,
                title=need.title,
                held=need in met,
                get="" if need in met else command(need.get.format(session=number), client),
            )
            for need in rule.needs
        ),
        minutes=minutes,
    )


def _names_for(
    dossier: Dossier, session: Session | None, outline: Outline | None, sources: BriefSources
) -> frozenset[str]:
    """What is there for the next session alone; older answers have had theirs."""
    if session is None:
        return frozenset()
    check_in = dossier.check_in_of(session.id)
    exists = {
        "record:plan": outline is not None and outline.state == "prepared",
        "record:start": bool(outline and outline.start),
        "record:matters": bool(check_in and check_in.matters)
        or bool(
            sources.answer(readiness.QUESTIONNAIRE, "matters")
            and is_for(sources.newest[readiness.QUESTIONNAIRE], session, dossier.last_held())
        ),
    }
    return frozenset(name for name, known in exists.items() if known)


def _outline(
    records: ClientRecords, context: Context, session: Session | None
) -> tuple[Outline | None, str]:
    """The next session in short, or why there is nothing to show."""
    if session is None:
        return None, "every session of this journey is held or skipped"
    try:
        prepared = outline_plan(records, context, session)
    except (CannotDo, NotFound) as fault:
        return None, str(fault)
    summary = records.dossier.plan_of(session.id)
    state: OutlineState = "outdated" if summary else "not prepared"
    clocks = plan_clocks(prepared.plan, context.zone)
    own_clock = own_words(clocks) if clocks else ""
    return _short(prepared.plan, own_clock, state if prepared.made else "prepared"), ""


def _short(plan: Plan, own_clock: str, state: OutlineState) -> Outline:
    return Outline(
        **same_fields(plan, Outline.of_plan),
        start=plan.start if plan.clock == "wall" else "",
        segments=tuple(
            OutlineSegment(
                title=segment.title, minutes=segment.minutes, questions=len(segment.questions)
            )
            for segment in plan.segments
        ),
        own_clock=own_clock,
        reason=plan.blueprint_reason,
        opening=plan.questions[0].text if plan.questions else "",
        state=state,
    )
