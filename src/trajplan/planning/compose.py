"""From facts and options to a plan: the one place where the planning rooms meet.

position → blueprint → minutes → prompts → questions → findings → Plan
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from trajplan.errors import CannotDo
from trajplan.library.model import Activity, EnergyLevel, Mix, Segment
from trajplan.planning.arc import Position, position
from trajplan.planning.arrange import Arrangement, Conditions, arranged, strip
from trajplan.planning.asking import Asking, Place, placed, shelved
from trajplan.planning.calendar import clock
from trajplan.planning.choice import choose_blueprint
from trajplan.planning.eligible import Today
from trajplan.planning.influences import pulled
from trajplan.planning.mix import achieved, minutes_by_level
from trajplan.planning.plan import (
    Finding,
    Influence,
    MixShares,
    Plan,
    PlannedPrompt,
    PlannedSegment,
    PreparesFor,
)
from trajplan.planning.prompts import challenge, filled, looking_back, most_alive, review_case
from trajplan.planning.request import Facts, OpenAssumption, PlanOptions, Shelf
from trajplan.planning.rules import findings, gaps
from trajplan.planning.segment_time import share

NO_START = "00:00"
CHALLENGES = "assumption-challenging"


def make_plan(shelf: Shelf, facts: Facts, options: PlanOptions) -> Plan:
    """Make the plan of one session.

    The same shelf, facts and options give the same plan. Raises CannotDo and NotFound with a
    sentence that says what is possible instead.
    """
    both = sorted(set(options.include) & set(options.exclude))
    if both:
        raise CannotDo(f"question `{both[0]}` cannot be asked for and left out at once")
    place = position(shelf.journey, facts.total, facts.number)
    blueprint, reason = choose_blueprint(shelf.blueprints, facts, options, place)
    wanted = Conditions(
        minutes=options.minutes or facts.minutes,
        energy=cast("EnergyLevel", options.energy or facts.energy or "normal"),
        late=options.late,
        decision=options.decision or blueprint.decision,
        override=options.override,
    )
    arrangement = arranged(blueprint, wanted)
    mix = _mix(shelf, facts, place)
    pull = pulled(mix, facts, energy=wanted.energy, decision=wanted.decision)
    assumption = None if facts.number == 1 else most_alive(facts.assumptions)
    asking = Asking(
        shelf,
        shelved(shelf, dict(facts.history.last_used)),
        Today(
            phase=facts.phase or place.phase.id,
            energy=wanted.energy,
            occasions=_occasions(facts, place),
            # What the coach asked for has its own place; no segment may pick it on its own.
            excluded=frozenset((*options.exclude, *options.include)),
            asked=facts.history.asked,
        ),
        pull,
    )
    booked = options.start or facts.start_time or NO_START
    start = clock(booked, wanted.late)
    segments, unfit = _segments(
        arrangement, shelf, facts, assumption, asking, options.include, start, blueprint.objectives
    )
    achieved_minutes = minutes_by_level((one.level, one.minutes) for one in asking.picked)
    return Plan(
        client=facts.client,
        client_name=facts.client_name,
        session=facts.number,
        of=facts.total,
        phase=facts.phase or place.phase.id,
        method=options.method or blueprint.method,
        blueprint=blueprint.id,
        blueprint_title=blueprint.title,
        blueprint_reason=reason,
        date=facts.date.isoformat(),
        start=start,
        end=clock(booked, wanted.minutes),
        clock="wall" if options.start or facts.start_time else "elapsed",
        time_zone=facts.time_zone,
        minutes=wanted.minutes - wanted.late,
        energy=wanted.energy,
        decision=wanted.decision,
        destination=facts.destination,
        step=place.step,
        objectives=blueprint.objectives,
        priorities=facts.priorities,
        matters_most=facts.matters_most,
        from_last_time=facts.last,
        prepares_for=_prepares_for(shelf, facts, place),
        gaps=gaps(facts, place),
        findings=(
            *arrangement.findings,
            *findings(blueprint, facts, place, decision=wanted.decision),
            *asking.findings,
            *unfit,
        ),
        influences=(*pull.influences, *_record_influences(facts, assumption)),
        mix=MixShares(target=dict(pull.target), achieved=achieved(achieved_minutes)),
        segments=segments,
        dropped=tuple(one.title for one in arrangement.dropped),
        strip=strip(blueprint, wanted, booked),
        went_elsewhere=tuple(
            shelf.prompts["went-elsewhere"].texts[case] for case in ("first", "second", "third")
        ),
        assumption=assumption.id if assumption else None,
        override=options.override,
    )


def _mix(shelf: Shelf, facts: Facts, place: Position) -> Mix:
    """The mix of the phase the coach keeps this session in; by default of the one it falls in."""
    if facts.phase and facts.phase != place.phase.id:
        for phase in shelf.journey.phases:
            if phase.id == facts.phase:
                return phase.mix
    return place.mix


def _segments(
    arrangement: Arrangement,
    shelf: Shelf,
    facts: Facts,
    assumption: OpenAssumption | None,
    asking: Asking,
    include: Sequence[str],
    start: str,
    objectives: Sequence[str],
) -> tuple[tuple[PlannedSegment, ...], tuple[Finding, ...]]:
    """Fill the arranged segments one after another; also return notes on prompts without room."""
    activities = {
        one.id: tuple(shelf.activities[name] for name in one.activities)
        for one, _ in arrangement.segments
    }
    prompts = _prompts_by_segment(arrangement, shelf, facts, assumption)
    places = _places(arrangement, activities, prompts)
    wanted = placed(tuple(dict.fromkeys(include)), asking.questions, places)
    asking.promised = tuple(one for forced in wanted.values() for one in forced)
    checkpoint_after = _last_inquiry(arrangement)
    result: list[PlannedSegment] = []
    unfit: list[Finding] = []
    now = start
    for segment, minutes in arrangement.segments:
        forced = wanted.get(segment.id, ())
        wished = segment.questions.max if segment.questions else 0
        got = share(
            minutes, activities[segment.id], prompts.get(segment.id, ()), max(wished, len(forced))
        )
        needed = sum(one.question.minutes for one in forced)
        booked = sum(one.minutes for one in got.activities) + sum(
            one.minutes for one in got.prompts
        )
        free = minutes - booked
        questions = asking.fill(
            segment,
            max(got.budget, min(needed, free)),
            got.most,
            forced,
            holds=frozenset({"assumption"}) if _holds_belief(got.prompts) else frozenset(),
        )
        unfit.extend(_unfit(segment, one) for one in got.unfit)
        end = clock(now, minutes)
        result.append(
            PlannedSegment(
                id=segment.id,
                component=segment.component,
                title=segment.title,
                stance=segment.stance,
                covers=segment.covers,
                objective=segment.objective,
                start=now,
                end=end,
                minutes=minutes,
                coach=segment.coach,
                client=segment.client,
                activities=got.activities,
                prompts=got.prompts,
                questions=questions,
                checkpoint=_checkpoint(shelf, objectives) if segment is checkpoint_after else "",
            )
        )
        now = end
    return tuple(result), tuple(unfit)


def _places(
    arrangement: Arrangement,
    activities: Mapping[str, Sequence[Activity]],
    prompts: Mapping[str, Sequence[PlannedPrompt]],
) -> tuple[Place, ...]:
    return tuple(
        Place(
            segment,
            minutes
            - sum(one.minutes.ideal for one in activities[segment.id])
            - sum(one.minutes for one in prompts.get(segment.id, ())),
        )
        for segment, minutes in arrangement.segments
    )


def _prompts_by_segment(
    arrangement: Arrangement, shelf: Shelf, facts: Facts, assumption: OpenAssumption | None
) -> dict[str, tuple[PlannedPrompt, ...]]:
    """Looking back belongs to where the review is held, the assumption to the first inquiry."""
    found: dict[str, tuple[PlannedPrompt, ...]] = {}
    segments = [one for one, _ in arrangement.segments]
    back = looking_back(shelf.prompts, facts.last)
    context = [one for one in segments if one.component == "context_setting"]
    review = next((one for one in context if "review_ritual" in one.activities), context[0])
    if back:
        found[review.id] = back
    if assumption:
        found[_challenging(segments).id] = (challenge(shelf.prompts, assumption),)
    return found


def _challenging(segments: Sequence[Segment]) -> Segment:
    """The inquiry that holds an assumption up: the first that wishes for such questions."""
    inquiries = [one for one in segments if one.component == "strategic_inquiry"]
    wishing = [one for one in inquiries if one.questions and CHALLENGES in one.questions.banks]
    return (wishing or inquiries)[0]


def _holds_belief(prompts: Sequence[PlannedPrompt]) -> bool:
    """Whether a client's assumption is held up here, so that questions may speak of it."""
    return any(one.id == "challenge-assumption" for one in prompts)


def _last_inquiry(arrangement: Arrangement) -> Segment:
    """The segment after which the frame is decided again (R55)."""
    return [one for one, _ in arrangement.segments if one.component == "strategic_inquiry"][-1]


def _checkpoint(shelf: Shelf, objectives: Sequence[str]) -> str:
    return filled(shelf.prompts["re-decide"], "checkpoint", objective=objectives[0]).text


def _unfit(segment: Segment, prompt: PlannedPrompt) -> Finding:
    return Finding(
        rule="R62",
        severity="note",
        where=segment.id,
        message=f"no room in “{segment.title}” for: {prompt.text}",
    )


def _occasions(facts: Facts, place: Position) -> frozenset[str]:
    """What holds today, of the things some questions presuppose (see `eligible`)."""
    found = {"first-session"} if place.first else set()
    if place.last:
        found.add("closing")
    if facts.last:
        found.add("returning")
        found |= {review_case(one) for one in facts.last.commitments}
    return frozenset(found)


def _prepares_for(shelf: Shelf, facts: Facts, place: Position) -> PreparesFor:
    """The next session and its step; the last session prepares the ending (R2)."""
    if place.last:
        return PreparesFor(
            session=None, date="", step="the ending: what stays when we stop meeting"
        )
    following = position(shelf.journey, facts.total, facts.number + 1)
    date = facts.next_date.isoformat() if facts.next_date else ""
    return PreparesFor(session=following.number, date=date, step=following.step)


def _record_influences(facts: Facts, assumption: OpenAssumption | None) -> tuple[Influence, ...]:
    told = []
    if facts.last and facts.last.commitments:
        told.append(
            Influence(
                id="commitments",
                because=f"session {facts.last.session} left commitments",
                effect="the session opens with what came of them",
            )
        )
    if facts.last and facts.last.inquiry:
        told.append(
            Influence(
                id="inquiry",
                because=f"an inquiry went home after session {facts.last.session}",
                effect="it is asked back",
            )
        )
    if assumption:
        told.append(
            Influence(
                id="assumption",
                because=f"“{assumption.text}” is an open assumption",
                effect="one prompt tests it",
            )
        )
    if facts.history.asked:
        told.append(
            Influence(
                id="asked-before",
                because=f"{len(facts.history.asked)} questions were asked in earlier sessions",
                effect="they do not return",
            )
        )
    return tuple(told)
