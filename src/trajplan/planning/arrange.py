"""The segments of one session under given conditions: energy, lateness, a decision (R44, R52); and
what they are for on a hard day, soon after one, and while somebody may be in danger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import DaySegment, Segment, SessionBlueprint
from trajplan.content.session_rules import EXPLORE_FLOOR, explore_group, merged, missing_covers
from trajplan.errors import CannotDo
from trajplan.planning.calendar import clock
from trajplan.planning.frame import (
    Frame,
    fit,
    fit_or_refuse,
    squeeze,
    without_breaks,
    without_options,
)
from trajplan.planning.plan import PlanFinding, StripRow
from trajplan.vocabulary import ENERGIES, Component, Energy

IN_DANGER: Mapping[str, str] = {
    "context_setting": "Ask, then listen. Nothing is gone through today.",
    "strategic_inquiry": "Stay with what they tell you, at their pace. Ask whether they have a"
    " plan, and what has kept them here.",
    "insight_generation": "Ask who knows, and who can be with them today.",
    "action_design": "Agree who is with them tonight, and whom they ring.",
    "momentum_planning": "Say how they can reach you, and speak again within a day or two.",
}
"""By component: what the coach does while somebody may be in danger, in place of what the segment
would have been for."""
STILL_DONE = ("next_days", "next_date")
"""Activities that have a place beside that."""


AS_PLANNED = DaySegment()
DaySegments = Mapping[Component, tuple[DaySegment, ...]]
"""By component and in order; where it says nothing a segment stays as its blueprint has it."""
HARD_DAY_SEGMENTS: DaySegments = {
    "strategic_inquiry": (
        DaySegment(title="How you are", intents=("look-at-now",)),
        DaySegment(title="What's hard right now", intents=("name-the-problem",)),
        DaySegment(title="Where you are with it", intents=("hold",)),
    ),
    "insight_generation": (
        DaySegment(title="What would help", intents=("look-after-self", "get-support")),
    ),
    "action_design": (
        DaySegment(title="The next few days", intents=("choose-step", "make-it-small")),
    ),
    "momentum_planning": (DaySegment(title="Before you go", intents=("carry-home",)),),
}
"""For somebody who brings something hard to bear: what the segments' own titles promise is not
asked then."""
AFTER_HARD_DAY_SEGMENTS: DaySegments = {
    "strategic_inquiry": (
        DaySegment(
            title="What you've brought today",
            intents=("look-at-now", "name-the-problem", "meet-obstacle"),
            own_questions=("tm-on-mind", "ih-feel-about"),
        ),
        DaySegment(
            title="What matters most to you",
            intents=("weigh-values",),
            own_questions=("tm-matters-here",),
        ),
    ),
    "insight_generation": (
        DaySegment(
            title="What stands out",
            intents=("pull-together",),
            own_questions=("ih-stands-out",),
        ),
    ),
    "action_design": (
        DaySegment(
            title="What you'd like to do next",
            intents=("choose-step",),
            own_questions=("tm-want-to-do", "tm-good-step"),
        ),
    ),
}
"""For the two sessions after one, to which they come with more strength:
what they bring, and then a step of theirs. Nothing is tried out, ruled out or looked for."""


LONG_PART, A_TALK = 20, 15
"""Minutes from which on a part of a gentle session asks two things: on a hard day, and where it is
about what they bring, soon after one."""


class Conditions(Struct, frozen=True):
    """What the arrangement depends on. `minutes` are booked, `late` of them are lost."""

    minutes: int
    energy: Energy
    late: int
    decision: bool
    override: str


class Arrangement(Struct, frozen=True):
    """Segments with minutes, what was left out, and what is to be said about it."""

    segments: tuple[tuple[Segment, int], ...]
    dropped: tuple[Segment, ...]
    findings: tuple[PlanFinding, ...]
    override: str = ""
    """The coach's reason, where the exploration floor really gave way to it."""


def arrange(blueprint: SessionBlueprint, conditions: Conditions) -> Arrangement:
    """Arrange a session, or raise CannotDo naming what binds and the nearest length that works.

    The exploration floor of a decision session gives way only to the coach's own reason, and to
    lateness by parking the decision itself (R52). What lateness took is named.
    """
    arrangement = _arrange_once(blueprint, conditions)
    if not conditions.late:
        return arrangement
    try:
        whole = _arrange_once(blueprint, replace(conditions, late=0))
    except CannotDo:
        return arrangement
    return replace(
        arrangement, findings=(*arrangement.findings, *_losses(whole, arrangement, conditions.late))
    )


def for_the_day(arrangement: Arrangement, parts: DaySegments) -> Arrangement:
    """The segments for what is asked on such a day, under titles that say so to coach and
    client."""
    segments = tuple(segment for segment, _ in arrangement.segments)
    inquiries = [
        minutes
        for segment, minutes in arrangement.segments
        if segment.component == "strategic_inquiry"
    ]
    is_hard, is_soon_after = parts == HARD_DAY_SEGMENTS, parts == AFTER_HARD_DAY_SEGMENTS
    least = LONG_PART if is_hard else A_TALK
    if len(inquiries) == 1 and inquiries[0] >= least and (is_hard or is_soon_after):
        parts = {**parts, "strategic_inquiry": _both_in_one(*parts["strategic_inquiry"][:2])}
    segments = day_segments(segments, parts)
    minutes = (minutes for _, minutes in arrangement.segments)
    return replace(arrangement, segments=tuple(zip(segments, minutes, strict=True)))


def _both_in_one(first: DaySegment, second: DaySegment) -> tuple[DaySegment]:
    """The first part of two that ask about their matter, in which what the second is for is asked
    as well."""
    own_questions = (*first.own_questions, *second.own_questions)
    intents = (*first.intents, *second.intents)
    return (replace(first, intents=intents, own_questions=own_questions),)


def day_segments(segments: Sequence[Segment], parts: DaySegments) -> tuple[Segment, ...]:
    """The same segments, each for what it is for on such a day."""
    left: dict[str, Iterator[DaySegment]] = {
        component: iter(of_component) for component, of_component in parts.items()
    }
    changed = []
    for segment in segments:
        part = next(left.get(segment.component, iter(())), AS_PLANNED)
        if part != AS_PLANNED:
            segment = replace(
                segment,
                title=part.title,
                client=part.title,
                intents=part.intents,
                own_questions=part.own_questions,
            )
        if part.intent:
            # What the blueprint tells the coach about it is for something else.
            segment = replace(segment, intent=part.intent, coach="", listen="")
        changed.append(segment)
    return tuple(changed)


def for_danger(arrangement: Arrangement) -> Arrangement:
    """The segments of a session in which somebody may be in danger, each for that and nothing else;
    a break gives its minutes to what comes before it."""
    kept: list[tuple[Segment, int]] = []
    for segment, minutes in arrangement.segments:
        if segment.component not in IN_DANGER and kept:
            kept[-1] = (kept[-1][0], kept[-1][1] + minutes)
            continue
        opens = segment.component == "context_setting"
        still = replace(
            segment,
            title="Settling in" if opens else segment.title,
            # What the blueprint announces to the client is not done today.
            client="" if opens else segment.client,
            activities=tuple(name for name in segment.activities if name in STILL_DONE),
            coach=IN_DANGER.get(segment.component, ""),
            listen="",
            intent="",
            objective=1,
        )
        kept.append((still, minutes))
    return replace(arrangement, segments=tuple(kept))


WITH_THEM: Mapping[str, tuple[str, ...]] = {
    "context_setting": ("Ask how they've been, and listen before you look back at anything.",),
    "strategic_inquiry": (
        "Stay with what they bring, at their pace.",
        "Leave the silences to them. Name nothing that they haven't named.",
    ),
    "insight_generation": ("Look for what was there before and still is: people, places, habits.",),
    "action_design": ("One small thing that would help is enough, and so is none.",),
    "momentum_planning": ("Finish on time, and say when you meet again.",),
}
"""By component and in order: what the coach keeps in mind where a session stays with what the
client brings. What a blueprint says there is for its own aim."""


def with_them(arrangement: Arrangement) -> Arrangement:
    """The segments of a session that stays with what the client brings: all serve that, and none
    hints at a test, a choice or anything else that is not asked for today."""
    left = {component: iter(hints) for component, hints in WITH_THEM.items()}
    return replace(
        arrangement,
        segments=tuple(
            (
                replace(
                    segment,
                    coach=next(left.get(segment.component, iter(())), ""),
                    listen="",
                    objective=1,
                ),
                minutes,
            )
            for segment, minutes in arrangement.segments
        ),
    )


def _losses(whole: Arrangement, shorter: Arrangement, late: int) -> tuple[PlanFinding, ...]:
    """Name the segments whose minutes lateness took."""
    minutes_left = {segment.id: minutes for segment, minutes in shorter.segments}
    dropped_ids = {segment.id for segment in shorter.dropped}
    losses = [
        f"“{segment.title}” {minutes - minutes_left.get(segment.id, 0)}"
        for segment, minutes in whole.segments
        if minutes_left.get(segment.id, 0) < minutes and segment.id not in dropped_ids
    ]
    if not losses:
        return ()
    text = f"{late} minutes late; minutes taken from {', '.join(losses)}"
    return (PlanFinding(rule="R28", severity="note", where="", message=text),)


def _arrange_once(blueprint: SessionBlueprint, conditions: Conditions) -> Arrangement:
    segments = merged(blueprint, conditions.energy).segments
    length = conditions.minutes - conditions.late
    if length < 1:
        raise CannotDo(f"{conditions.late} minutes late leaves nothing of {conditions.minutes}")
    if not conditions.decision:
        shorter = segments
        if not fit(segments, length, floor=False):
            shorter = _fit_a_short_day(segments, length, late=bool(conditions.late))
        plain = _plain(shorter, length, blueprint.title)
        if len(without_breaks(segments)) == len(shorter) < len(segments):
            return replace(plain, findings=(_no_break(), *plain.findings))
        return plain
    frame = fit(segments, length, floor=True)
    if frame:
        notes = (_override_unused(),) if conditions.override else ()
        return Arrangement(frame.segments, frame.dropped, (*_drop_notes(frame), *notes))
    # A reason given beforehand must not leave a late session without any plan.
    if conditions.override and (not conditions.late or fit(segments, length, floor=False)):
        return _override(segments, length, blueprint.title, conditions.override)
    if conditions.late:
        arrangement = _park_decision(segments, length)
        if arrangement:
            return arrangement
    fit_or_refuse(segments, length, floor=True, title=blueprint.title)
    raise AssertionError("`fit_or_refuse` must have refused what `fit` could not hold")


def _fit_a_short_day(
    segments: tuple[Segment, ...], length: int, *, late: bool
) -> tuple[Segment, ...]:
    """A session too short for all of it does without the break (R164); one that begins late may
    give its segments less than they need."""
    rest = without_breaks(segments)
    if fit(rest, length, floor=False):
        return rest
    return squeeze(rest) if late else segments


def _plain(segments: tuple[Segment, ...], length: int, title: str) -> Arrangement:
    frame = fit_or_refuse(segments, length, floor=False, title=title)
    return Arrangement(frame.segments, frame.dropped, _drop_notes(frame))


def _override(segments: tuple[Segment, ...], length: int, title: str, reason: str) -> Arrangement:
    frame = fit_or_refuse(segments, length, floor=False, title=title)
    kept_segments = [segment for segment, _ in frame.segments]
    explore = explore_group(kept_segments)
    explore_minutes = sum(frame.segments[index][1] for index in explore)
    short = f"only {explore_minutes} of {EXPLORE_FLOOR} minutes of exploration come before options"
    narrow = (
        f"exploration before options leaves out {', '.join(missing_covers(kept_segments, explore))}"
    )
    place = next((segment.id for segment in kept_segments if segment.stance == "options"), "")
    finding = PlanFinding(
        rule="R52",
        severity="warning",
        where=place,
        message=f"{short if explore_minutes < EXPLORE_FLOOR else narrow}; your reason: {reason}",
    )
    notes = (*_drop_notes(frame), finding)
    return Arrangement(frame.segments, frame.dropped, notes, reason)


def _park_decision(segments: tuple[Segment, ...], length: int) -> Arrangement | None:
    """The late session without its options: exploration stays, the decision waits. One that weighs
    none anyway keeps its segments and only decides nothing."""
    options = tuple(segment for segment in segments if segment.stance == "options")
    rest = without_options(segments) if options else segments
    if not rest:
        return None
    frame = fit(rest, length, floor=False) or fit(squeeze(rest), length, floor=False)
    if not frame:
        return None
    left_out = f"{_titles(options)} is left out and the" if options else "the"
    what = "weigh options after enough exploration" if options else "explore enough"
    finding = PlanFinding(
        rule="R52",
        severity="warning",
        where=options[0].id if options else "",
        message=f"too late to {what}: {left_out} decision is parked for next time",
    )
    return Arrangement(frame.segments, (*options, *frame.dropped), (*_drop_notes(frame), finding))


def _no_break() -> PlanFinding:
    return PlanFinding(
        rule="R44",
        severity="note",
        where="",
        message="too short for the break; stop for a breath where it is needed",
    )


def _override_unused() -> PlanFinding:
    return PlanFinding(
        rule="R52",
        severity="note",
        where="",
        message=f"{EXPLORE_FLOOR} minutes of exploration fit, so the override was not needed",
    )


def _drop_notes(frame: Frame) -> tuple[PlanFinding, ...]:
    if not frame.dropped:
        return ()
    text = f"left out so that the rest fits: {_titles(frame.dropped)}"
    return (PlanFinding(rule="R28", severity="note", where=frame.dropped[0].id, message=text),)


def _titles(segments: tuple[Segment, ...]) -> str:
    return ", ".join(f"“{segment.title}”" for segment in segments)


LATENESS = (10, 20)


def strip(blueprint: SessionBlueprint, conditions: Conditions, start: str) -> tuple[StripRow, ...]:
    """This session's minutes and clock under the conditions a coach may meet at the door."""
    rows = []
    for energy in ENERGIES:
        if energy != conditions.energy:
            other = replace(conditions, energy=energy)
            rows.append(_row(f"{energy} energy", blueprint, other, start))
    for late in LATENESS:
        if late > conditions.late:
            other = replace(conditions, late=late)
            rows.append(_row(f"{late} minutes late", blueprint, other, start))
    return tuple(rows)


def _row(label: str, blueprint: SessionBlueprint, conditions: Conditions, start: str) -> StripRow:
    try:
        # The row shows the minutes themselves; saying again what they lost would be noise.
        arrangement = _arrange_once(blueprint, conditions)
    except CannotDo as fault:
        return StripRow(label=label, ids=(), segments=(), minutes=(), starts=(), note=str(fault))
    minute = conditions.late
    starts = []
    for _, minutes in arrangement.segments:
        starts.append(clock(start, minute))
        minute += minutes
    return StripRow(
        label=label,
        ids=tuple(segment.id for segment, _ in arrangement.segments),
        segments=tuple(segment.title for segment, _ in arrangement.segments),
        minutes=tuple(minutes for _, minutes in arrangement.segments),
        starts=tuple(starts),
        note="; ".join(finding.message for finding in arrangement.findings),
    )
