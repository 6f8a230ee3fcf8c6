"""What a plan remarks on: gaps in what is known, findings with the rule they rest on, and what
waits for another session: steps, a decision, what a hard day is spared (R128).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from trajplan.content.model import SessionBlueprint
from trajplan.content.session_rules import explore_group, may_explore, missing_covers
from trajplan.dates import short_date
from trajplan.lint.phrases import heard
from trajplan.planning.arc import Position, SessionSteps, place_for, position
from trajplan.planning.basis import PlanBasis
from trajplan.planning.calendar import gap_words
from trajplan.planning.choice import is_holding
from trajplan.planning.frame import CONTRACTING
from trajplan.planning.heard_topics import ROLE_PLAY, heard_topics, proposing
from trajplan.planning.plan import PlanFinding, PreparesFor, Severity, WaitingStep
from trajplan.planning.plan_inputs import Facts, PlanOptions
from trajplan.text import in_quotes, pattern, plural

_PRACTISE = pattern(
    r"\b(?:practi[sc]\w*|rehears\w*|role[- ]?play\w*|run through|mock|üben|proben|practicar"
    r"|ensayar)\b",
    re.IGNORECASE,
)
"""Words with which somebody asks to practise."""
_SLEEPLESS = heard("brought", "sleepless")
UNFINISHED_PHASES = ("foundation", "exploration")
"""Phases of the integrative journey in which a decision is early (R7)."""

AGREEMENT_MISSING = (
    "a first session, and no place in it to agree how you work; "
    "the blueprint `first-session` has one"
)
DIRECTIVE_LIMITS = (
    "directive suits a clear goal and a known way; with several directions or an unclear goal it "
    "leaves the choosing to the coach, so watch for the client waiting to be told"
)

WHO_ELSE = (
    "is somebody else's help needed? Coaching is no therapy; "
    "`trajplan refer` records what you advised"
)
NEW_ROAD = (
    "the client wants a change of direction, and this session works through tasks; "
    "make sure the steps do not just prolong the old road"
)


def plan_gaps(facts: Facts, position: Position) -> tuple[str, ...]:
    """What is missing from the records; never a reason to refuse a plan (R1, R24, R116)."""
    gaps = []
    if not facts.destination and position.phase_index > 0:
        gaps.append("a destination: every plan builds on it")
    if facts.last and not facts.last.wrapped:
        gaps.append(
            f"the wrap of session {facts.last.session}: "
            "what was promised there, and which question went home"
        )
    return (*gaps, *facts.brief_gaps)


def plan_findings(
    blueprint: SessionBlueprint,
    facts: Facts,
    position: Position,
    *,
    decision: bool,
    energy: str,
    talks: Collection[str] = (),
) -> tuple[PlanFinding, ...]:
    """Remarks that follow from blueprint and records alone. `talks`: of what they bring or have a
    day for, what a talk is that can be practised."""
    holding = is_holding(blueprint)
    # While a referral stands or a session holds, the pace of the journey is nobody's concern.
    pace = () if facts.referrals or holding else _pace(facts)
    return (
        *_on_days_off(facts),
        *_on_check_in(blueprint, facts, energy),
        *(_days_ahead(blueprint, facts, talks) if not decision and not holding else ()),
        *(_to_practise(blueprint, facts, talks) if not holding else ()),
        *([_note("R22", "", WHO_ELSE)] if holding and not facts.referrals else ()),
        *pace,
        *_on_phase(blueprint, facts, position, decision),
        *_on_method(blueprint, facts),
        *_solution_trap(blueprint, decision),
        *(_narrow(blueprint) if decision else ()),
    )


def _on_days_off(facts: Facts) -> Iterator[PlanFinding]:
    """This session or the next one is on a day on which the coach is off (R4)."""
    for number, words in facts.days_off.items():
        which = "this session" if number == facts.number else f"session {number}"
        text = f"{words}: `trajplan sessions move {number} DAY` gives {which} another day"
        yield PlanFinding(rule="R4", severity="warning", where="", message=text)


def talks_ahead(basis: PlanBasis) -> tuple[str, ...]:
    """What they bring and what has a day soon, where it is a talk that can be practised: an
    interview, a talk about pay."""
    practised = proposing(basis.content.topics, (ROLE_PLAY,))
    known = {blueprint.id for blueprint in basis.content.blueprints}
    said = (basis.facts.brought, *(urgent.text for urgent in basis.facts.urgent))
    if ROLE_PLAY not in known or basis.care.bears_something:
        return ()
    return tuple(text for text in dict.fromkeys(said) if heard_topics(practised, text))


def _to_practise(
    blueprint: SessionBlueprint, facts: Facts, talks: Collection[str]
) -> Iterator[PlanFinding]:
    """They say that they want to practise a talk, and this session does not (R131)."""
    wants = facts.brought in talks and _PRACTISE.search(facts.brought)
    if wants and blueprint.id != ROLE_PLAY:
        text = (
            "they want to practise a talk: "
            f"`trajplan prep session {facts.number} --blueprint {ROLE_PLAY}` plans that for today, "
            f"`trajplan worksheets blank {ROLE_PLAY}` is for practising at home"
        )
        yield _note("R131", "", text)


def _days_ahead(
    blueprint: SessionBlueprint, facts: Facts, talks: Collection[str]
) -> Iterator[PlanFinding]:
    """A day the client named that has no session before it but this one (R126)."""
    next_day = facts.next_date.isoformat() if facts.next_date else ""
    for urgent in facts.urgent:
        if urgent.alone and not urgent.promise and facts.next_number:
            comes = "is the day of" if urgent.day == next_day else "comes before"
            way = "--decision` plans the decision for today"
            if urgent.text in talks:
                way = f"--blueprint {ROLE_PLAY}` practises the talk today"
            here = f"`trajplan prep session {facts.number} {way}, "
            if urgent.text in talks and blueprint.id == ROLE_PLAY:
                here = ""
            text = (
                f"{in_quotes(urgent.text)}: {short_date(urgent.day)} {comes} session "
                f"{facts.next_number}. {here}"
                f"`trajplan sessions move {facts.next_number} DAY` brings the "
                "next session forward"
            )
            yield _note("R126", "", text)


def _on_check_in(blueprint: SessionBlueprint, facts: Facts, energy: str) -> Iterator[PlanFinding]:
    """Where plan and check-in do not agree (R22, R43, R44)."""
    holding = is_holding(blueprint)
    if facts.energy and facts.energy != energy:
        text = f"the check-in says energy {facts.energy}, you asked for {energy}"
        yield _note("R44", "", text)
    if facts.matters_most and facts.priorities and not facts.serves and not holding:
        listed = "; ".join(f"{number} {text}" for number, text in enumerate(facts.priorities, 1))
        text = (
            f"today's topic names no agreed priority; `trajplan check-in --serves N` does: {listed}"
        )
        yield _note("R43", "", text)
    if facts.check_in_holding and not holding:
        text = f"the check-in asks to hold, you asked for “{blueprint.title}”"
        yield _note("R22", "", text)


def _on_phase(
    blueprint: SessionBlueprint, facts: Facts, position: Position, decision: bool
) -> Iterator[PlanFinding]:
    """What comes too early, and what a first session must not go without (R6, R7, R116)."""
    phase = facts.phase or position.phase.id
    if decision and phase in UNFINISHED_PHASES:
        yield _note("R7", "", f"a decision in the {phase} phase is early")
    if phase == "foundation" and blueprint.method == "integrative":
        for segment in blueprint.segments:
            if segment.stance == "options":
                yield PlanFinding(
                    rule="R6",
                    severity="warning",
                    where=segment.id,
                    message=f"“{segment.title}” weighs options in the foundation phase, "
                    "which offers no solutions yet",
                )
    activities = {name for segment in blueprint.segments for name in segment.activities}
    if position.first and not activities.intersection(CONTRACTING):
        yield _note("R116", "", AGREEMENT_MISSING)


def _on_method(blueprint: SessionBlueprint, facts: Facts) -> Iterator[PlanFinding]:
    """What the directive method does not do well (R3, R16)."""
    if blueprint.method != "directive":
        return
    if facts.change == "directional":
        yield _note("R3", "", NEW_ROAD)
    yield _note("R16", "", DIRECTIVE_LIMITS)


def _pace(facts: Facts) -> list[PlanFinding]:
    """Stall notes: sessions left open, none chosen, a rhythm lost (R2, R4, R15)."""
    remarks = []
    if facts.unheld_before:
        remarks.append(_note("R2", "", _unheld(facts.unheld_before)))
    last = facts.last
    if last and last.wrapped and not last.commitments and not last.holding:
        remarks.append(_note("R4", "", f"session {last.session} ended without a commitment"))
    if facts.next_date:
        days = (facts.next_date - facts.date).days
        if rhythm := gap_words(days, facts.every_days):
            text = f"{plural(days, 'day')} to the next session; {rhythm}"
            remarks.append(_note("R4", "", text))
    return remarks


def retired_questions_asked(options: PlanOptions, facts: Facts) -> tuple[PlanFinding, ...]:
    """Retired questions that `--with` asked for: the wish of today wins, and the plan says so."""
    return tuple(
        _note("R60", "", f"`{name}` is retired; you asked for it, so it is planned all the same")
        for name in options.include
        if name in facts.history.retired
    )


def _narrow(blueprint: SessionBlueprint) -> list[PlanFinding]:
    """A blueprint not written for decisions may explore too little of one (R52)."""
    missing = missing_covers(blueprint.segments, explore_group(blueprint.segments))
    if not missing:
        return []
    text = f"exploration before the options leaves out: {', '.join(missing)}"
    return [PlanFinding(rule="R52", severity="warning", where="", message=text)]


def _solution_trap(blueprint: SessionBlueprint, decision: bool) -> list[PlanFinding]:
    """Options before anything was explored: the Solution Trap (R53)."""
    for segment in blueprint.segments:
        if may_explore(segment):
            return []
        if segment.stance == "options":
            text = f"“{segment.title}” comes before any exploration"
            severity: Severity = "warning" if decision else "note"
            return [PlanFinding(rule="R53", severity=severity, where=segment.id, message=text)]
    return []


def _unheld(numbers: tuple[int, ...]) -> str:
    if len(numbers) == 1:
        return f"session {numbers[0]} is neither held nor skipped"
    if numbers == tuple(range(numbers[0], numbers[-1] + 1)):
        return f"sessions {numbers[0]} to {numbers[-1]} are neither held nor skipped"
    return f"sessions {', '.join(map(str, numbers))} are neither held nor skipped"


def _note(rule: str, where: str, message: str) -> PlanFinding:
    return PlanFinding(rule=rule, severity="note", where=where, message=message)


def waiting_steps(basis: PlanBasis) -> tuple[WaitingStep, ...]:
    """The steps whose turn was here or before, and that come next."""
    journey, total = basis.content.journey, basis.facts.total
    return tuple(
        WaitingStep(session=number, step=position(journey, total, number).step)
        for number in _steps_left(basis)
    )


def _sleepless(basis: PlanBasis) -> str:
    """What they say of nights awake or mornings in bed, where the day is heavy and nothing on
    record has said it before: the coach is reminded of that once in a journey."""
    facts, care = basis.facts, basis.care
    if not (care.bears_today or care.gentle_day or care.tired) or care.danger_today:
        return ""
    before = " · ".join(told.text for told in facts.told_before)
    told = _SLEEPLESS.search(f"{facts.brought} · {facts.mood}")
    return told[0] if told and not _SLEEPLESS.search(before) else ""


def _steps_left(basis: PlanBasis) -> tuple[int, ...]:
    """The steps whose turn was here or before and that come next, by their own session."""
    number = basis.facts.number
    queue = basis.facts.steps or (number,)
    return SessionSteps(queue=queue, last=basis.position.last).left_when(
        displaced=basis.takes_no_step
    )


def postponements(basis: PlanBasis) -> tuple[PlanFinding, ...]:
    """What waits for another time, and what had to wait and comes now (R22, R120, R128)."""
    facts, place = basis.facts, basis.position
    notes: list[tuple[str, str]] = []
    rule = "R22" if basis.care.holding else "R120" if basis.care.takes_no_step else "R128"
    if basis.takes_no_step:
        decided = not basis.care.takes_no_step
        notes.append((rule, _step_comes_next(place) if decided else _step_waits(place)))
    if basis.care.silent:
        notes.append(
            (
                "R131",
                "nothing is planned to be asked until you've spoken about those words;"
                " `trajplan check-in --no-holding` plans the session's questions,"
                " `trajplan check-in --holding` a session that holds",
            )
        )
    if basis.care.hard_today and not basis.care.asks_coach:
        # Two topics may have heard the same word.
        heard_words = dict.fromkeys(
            word for topic in basis.today.hard_topics for word in topic.words
        )
        words = ", ".join(f"“{word}”" for word in heard_words)
        named = basis.care.comes_hard_for or "you named what is hard today"
        heard = f"{words} was heard" if words else named
        notes.append(
            (
                "R131",
                f"{heard}, so nothing that waits, went home or was said at the start is brought up"
                " today; `trajplan check-in --no-holding` plans it as usual",
            )
        )
    if basis.care.gentle_day:
        notes.append(
            (
                "R44",
                f"{basis.care.gentle_day_for}, so the session stays with what they bring: nothing"
                " is tried out or chased, and no number comes first;"
                " `trajplan check-in --no-holding` plans it as usual",
            )
        )
    if signs := _sleepless(basis):
        notes.append(
            (
                "R131",
                f"{in_quotes(signs)}: ask how they sleep, and whether they have seen a doctor",
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


def _step_comes_next(place: Position) -> str:
    """What is said where a decision has taken the place of the step."""
    own = place.step_of == place.number
    whose = "this session's step" if own else f"the step of session {place.step_of}"
    return f"{whose} comes next time: {place.step.rstrip('.')}"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def prepares_for(basis: PlanBasis) -> PreparesFor:
    """The next session and its step; the last session prepares the ending (R2)."""
    facts, place, journey = basis.facts, basis.position, basis.content.journey
    if place.last:
        return PreparesFor(
            session=None, date="", step="the ending: what stays when we stop meeting"
        )
    number = facts.next_number or facts.number + 1
    place_after = place_for(journey, facts.total, number, _steps_left(basis))
    date = facts.next_date.isoformat() if facts.next_date else ""
    return PreparesFor(session=place_after.number, date=date, step=place_after.step)
