"""`journey`: the arc with dates, where we are, milestones, stages, stalls (R5, R10, R11, R15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from trajplan.actions.calendar import session_name
from trajplan.actions.context import Context
from trajplan.actions.journey_of import journey_of
from trajplan.actions.resolve import ClientEngagement, case_of, next_session, open_case
from trajplan.content.model import Journey
from trajplan.dates import short_date
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.measures.tci import FACTORS, readings
from trajplan.planning.arc import Milestone, milestone_of, position
from trajplan.planning.calendar import instant
from trajplan.planning.evidence import StageEvidence, StageRecords, stage_evidence
from trajplan.planning.plan import FactorChange
from trajplan.planning.stalls import Stall, StallRecords, stall
from trajplan.records import (
    answers,
    assumptions,
    checkins,
    clients,
    pauses,
    phase_exits,
    ratings,
    referrals,
    session_days,
)
from trajplan.records.model import (
    Client,
    Commitment,
    Engagement,
    KeptPlan,
    Pause,
    PhaseExit,
    Session,
    SessionDay,
    WrapRecord,
)
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store, reading, writing


class JourneySession(Struct, frozen=True, kw_only=True):
    """One numbered session on the arc."""

    session: Session
    step: str
    since: SessionDay | None
    """What became of its day last, while it is missed or cancelled."""
    moves: int
    """How often it was moved."""
    starts_at_utc: dt.datetime | None


class JourneyPhase(Struct, frozen=True, kw_only=True):
    """One phase with its sessions and its milestone."""

    id: str
    purpose: str
    stages: tuple[str, ...]
    sessions: tuple[JourneySession, ...]
    milestone: Milestone


class JourneyView(Struct, frozen=True, kw_only=True):
    """The whole journey of one engagement."""

    client: Client
    engagement: Engagement
    phases: tuple[JourneyPhase, ...]
    meetings: tuple[tuple[str, Session], ...]
    """Unnumbered ones with what they are called."""
    stages: tuple[StageEvidence, ...]
    stall: Stall
    pause: Pause | None
    """The one it rests in, or the next one ahead."""
    next: Session | None
    today: dt.date


def journey_view(context: Context, *, client: str | None) -> JourneyView:
    """Read one engagement's journey."""
    with reading(context.practice) as store:
        return _view(store, context, case_of(store, client))


def confirm_phase(
    context: Context, phase: str, *, client: str | None, met: str, reason: str
) -> JourneyView:
    """Keep which criteria of a phase's milestone are met.

    `met`: their numbers as listed, `all` or `none`. With criteria unmet a reason lets the journey
    go on; without one the milestone stays open. Raises NotFound, UsageFault, CannotDo.
    """
    with writing(context.practice, create=False) as store:
        case = open_case(store, client, context.today)
        journey = journey_of(context.library, case.engagement)
        by_id = {one.id: one for one in journey.phases}
        if phase not in by_id:
            raise NotFound.among("phase", phase, by_id)
        criteria = by_id[phase].milestone
        if not criteria:
            raise CannotDo(f"the {phase} phase has no milestone to confirm")
        _check_begun(store, case, journey, phase)
        ticked = _ticked(met, len(criteria))
        unmet = [text for at, text in enumerate(criteria, 1) if at not in ticked]
        if reason and not unmet:
            raise UsageFault("a reason is for going on with unmet criteria; all of them are met")
        phase_exits.add(
            store,
            engagement_id=case.engagement.id,
            phase=phase,
            date=context.today,
            met=[text for at, text in enumerate(criteria, 1) if at in ticked],
            unmet=unmet,
            reason=reason,
        )
        clients.touch(store, case.client.id)
        return _view(store, context, case)


def criteria_of(context: Context, phase: str, *, client: str | None) -> tuple[str, ...]:
    """The criteria of a phase, for asking about them one by one. Raises NotFound, WhichClient."""
    with reading(context.practice) as store:
        journey = journey_of(context.library, case_of(store, client, context.today).engagement)
    by_id = {one.id: one for one in journey.phases}
    if phase not in by_id:
        raise NotFound.among("phase", phase, by_id)
    return by_id[phase].milestone


def _check_begun(store: Store, case: ClientEngagement, journey: Journey, phase: str) -> None:
    """A milestone is looked at once the phase has begun."""
    every = store.select(Session, engagement_id=case.engagement.id)
    phases = _phases(journey, case, every)
    numbers = [number for number, name in phases.items() if name == phase]
    first = min(numbers, default=None)
    held = [one.number or 0 for one in every if one.number and one.state == "held"]
    if first is not None and (not held or max(held) < first):
        raise CannotDo(f"the {phase} phase has not begun; it starts with session {first}")


def _ticked(met: str, count: int) -> set[int]:
    """Numbers of the criteria that are met. Raises UsageFault saying what is possible."""
    words = met.strip().lower()
    if words in ("all", "none"):
        return set(range(1, count + 1)) if words == "all" else set()
    found: set[int] = set()
    for part in words.split(","):
        one = part.strip()
        if not (one.isascii() and one.isdigit() and 1 <= int(one) <= count):
            raise UsageFault(
                f"`{met}` names no criteria; give their numbers such as 1,3 (there are {count}), "
                "`all` or `none`"
            )
        found.add(int(one))
    return found


def _view(store: Store, context: Context, case: ClientEngagement) -> JourneyView:
    engagement = case.engagement
    journey = journey_of(context.library, engagement)
    every = store.select(Session, engagement_id=engagement.id)
    exits = store.select(PhaseExit, engagement_id=engagement.id)
    days = session_days.of_engagement(store, engagement.id)
    places = {one.number: _place(journey, case, one, days) for one in every if one.number}
    phases = _phases(journey, case, every)
    rests = store.select(Pause, engagement_id=engagement.id)
    return JourneyView(
        client=case.client,
        engagement=engagement,
        phases=tuple(
            JourneyPhase(
                id=phase.id,
                purpose=phase.purpose,
                stages=phase.stages,
                sessions=tuple(
                    place for number, place in places.items() if phases[number or 0] == phase.id
                ),
                milestone=milestone_of(phase, exits),
            )
            for phase in journey.phases
            if phase.id in phases.values()
        ),
        meetings=tuple((session_name(one, every), one) for one in every if not one.number),
        stages=stage_evidence(journey, _kept(store, case, every)),
        stall=stall_of(store, context, case, journey),
        pause=_present_pause(rests, context),
        next=next_session(every),
        today=context.today,
    )


def _present_pause(rests: Sequence[Pause], context: Context) -> Pause | None:
    """The pause the engagement rests in, or the next one ahead."""
    return next(
        (
            one
            for one in rests
            if one.until is None or (one.since < one.until and context.today < one.until)
        ),
        None,
    )


def _phases(journey: Journey, case: ClientEngagement, every: Sequence[Session]) -> dict[int, str]:
    """Phase of each numbered session: the one kept with it, else the one its number proposes."""
    known = {one.id for one in journey.phases}
    total = case.engagement.sessions
    return {
        one.number: one.phase
        if one.phase in known
        else position(journey, total, one.number).phase.id
        for one in every
        if one.number
    }


def _place(
    journey: Journey, case: ClientEngagement, session: Session, days: Sequence[SessionDay]
) -> JourneySession:
    own = [one for one in days if one.session_id == session.id]
    last = [one for one in own if one.act == session.state]
    engagement = case.engagement
    return JourneySession(
        session=session,
        step=position(journey, engagement.sessions, session.number or 1).step,
        since=last[-1] if last else None,
        moves=sum(one.act == "moved" and one.was_on != one.now_on for one in own),
        starts_at_utc=instant(
            session.date, session.start_time or engagement.start_time, engagement.time_zone
        ),
    )


def stall_of(
    store: Store, context: Context, case: ClientEngagement, journey: Journey | None = None
) -> Stall:
    """What holds an engagement up, unless there is a reason to say nothing (R15)."""
    engagement = case.engagement
    every = store.select(Session, engagement_id=engagement.id)
    found = readings(
        ratings.of_engagement(store, engagement.id), session_numbers(store, engagement.id)
    )
    newest = found[-1] if found else None
    trouble = StallRecords(
        ratings=tuple(
            FactorChange(
                factor=factor,
                value=newest.ratings[factor],
                change=newest.change_since_last[factor],
            )
            for factor in FACTORS
            if newest and factor in newest.ratings
        ),
        commitments=store.select(Commitment, engagement_id=engagement.id),
        sessions=every,
        phases=_phases(journey or journey_of(context.library, engagement), case, every),
        today=context.today,
    )
    return stall(trouble, silences(store, context, case))


def silences(store: Store, context: Context, case: ClientEngagement) -> tuple[str, ...]:
    """Reasons to say nothing about stalls: a journey that rests or is closed, a referral (R15)."""
    said = []
    rest = pauses.standing(store, case.engagement.id, context.today)
    if rest:
        said.append(f"the journey has been paused since {short_date(rest.since)}")
    if case.engagement.closed:
        said.append(f"the journey was closed on {short_date(case.engagement.closed)}")
    said += [
        f"a referral stands since {short_date(one.date)}"
        for one in referrals.standing(store, case.client.id)
    ]
    return tuple(said)


def _kept(store: Store, case: ClientEngagement, every: Sequence[Session]) -> StageRecords:
    """What may be evidence for a stage."""
    engagement = case.engagement
    held = [one for one in every if one.number and one.state == "held"]
    wrapped = [(one.number or 0, store.find(WrapRecord, session_id=one.id)) for one in held]
    found = readings(
        ratings.of_engagement(store, engagement.id), session_numbers(store, engagement.id)
    )
    rises = []
    for factor in FACTORS:
        rated = [one.ratings[factor] for one in found if factor in one.ratings]
        if rated and rated[-1] > rated[0]:
            rises.append((factor, rated[0], rated[-1]))
    filled = answers.of_engagement(store, engagement.id)
    return StageRecords(
        engagement=engagement,
        takeaways=[(number, text) for number, wrap in wrapped if wrap for text in wrap.takeaways],
        commitments=store.select(Commitment, engagement_id=engagement.id),
        assumptions=assumptions.of_engagement(store, engagement.id),
        rises=rises,
        energies=sum(bool(one.energy) for one in checkins.of_engagement(store, engagement.id)),
        decided=[one.number or 0 for one in held if _was_decision(store, one)],
        worksheets=[(one.worksheet, one.title) for one in filled],
    )


def _was_decision(store: Store, session: Session) -> bool:
    kept = store.find(KeptPlan, session_id=session.id)
    return bool(kept and kept.body.get("decision"))
