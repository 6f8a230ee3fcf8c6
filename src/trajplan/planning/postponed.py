"""What waits for another session (R128): steps, a decision, what a hard day is spared.

And what the session prepares for.
"""

from __future__ import annotations

from trajplan.planning.arc import Position, SessionSteps, position, with_step
from trajplan.planning.basis import PlanBasis
from trajplan.planning.plan import PlanFinding, PreparesFor, WaitingStep
from trajplan.text import plural


def waiting_steps(basis: PlanBasis) -> tuple[WaitingStep, ...]:
    """The steps whose turn was here or before, and that come next."""
    journey, total = basis.content.journey, basis.facts.total
    return tuple(
        WaitingStep(session=number, step=position(journey, total, number).step)
        for number in _steps_left(basis)
    )


def _steps_left(basis: PlanBasis) -> tuple[int, ...]:
    """The steps whose turn was here or before and that come next, by their own session."""
    number = basis.facts.number
    queue = basis.facts.steps or (number,)
    return SessionSteps(queue=queue, last=basis.position.last).left_when(
        displaced=basis.care.takes_no_step
    )


def postponements(basis: PlanBasis) -> tuple[PlanFinding, ...]:
    """What waits for another time, and what had to wait and comes now (R22, R120, R128)."""
    facts, place = basis.facts, basis.position
    notes: list[tuple[str, str]] = []
    rule = "R22" if basis.care.respite else "R120"
    if basis.care.takes_no_step:
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
        words = ", ".join(f"“{word}”" for topic in basis.today.hard_topics for word in topic.words)
        heard = f"{words} was heard" if words else "you named what is hard today"
        notes.append(
            (
                "R131",
                f"{heard}, so nothing that waits, went home or was said at the start is brought up"
                " today; `trajplan check-in --no-holding` plans it as usual",
            )
        )
    if basis.options.decision and basis.care.respite:
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


def prepares_for(basis: PlanBasis) -> PreparesFor:
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
