"""What must not be lost (R128): parked topics, pinned notes, and steps that had to wait.

A step waits where its session held what had happened, or was left to the client. The next session
takes it up, and those after it move on by one; only the last session keeps its own step, because it
ends the journey.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Journey
from trajplan.planning.arc import Position, position, with_step
from trajplan.planning.plan import PinnedNote, PlannedParked
from trajplan.records.dossier import Dossier
from trajplan.records.model import ParkedTopic, Session

HOLDS = {True: "held what had happened", False: "holds what has happened"}
LEFT_OPEN = {
    True: "was left to what the client brought",
    False: "is left to what the client brings",
}
"""Why a session took no step of the journey, by whether it was held."""


def parked_for(dossier: Dossier, session: Session | None) -> tuple[PlannedParked, ...]:
    """The open parked topics as a plan meets them: what is taken up for `session` first."""
    topics = (_parked(dossier, topic, session) for topic in dossier.parked_topics())
    return tuple(sorted(topics, key=lambda topic: not topic.taken))


def _parked(dossier: Dossier, topic: ParkedTopic, session: Session | None) -> PlannedParked:
    taken = session is not None and topic.taken_in == session.id
    return PlannedParked(
        id=topic.number,
        text=topic.text,
        session=dossier.number_of(topic.session_id),
        since=topic.parked.isoformat(),
        due=topic.due.isoformat() if topic.due else "",
        taken=taken,
        taken_in=None if taken else dossier.number_of(topic.taken_in),
    )


def pinned_notes(dossier: Dossier) -> tuple[PinnedNote, ...]:
    """The notes that stand until they are unpinned, in the order they were written."""
    return tuple(
        PinnedNote(
            id=note.number,
            text=note.text,
            session=dossier.number_of(note.session_id),
            written=note.written.isoformat(),
        )
        for note in dossier.pinned
    )


class SessionSteps(Struct, frozen=True, kw_only=True):
    """Which steps stand before a session, each by the number of the session it belongs to."""

    queue: tuple[int, ...]
    """What waits, the longest first, and the session's own step last."""
    last: bool = False
    """The session ends the journey, and keeps its own step."""
    displaced: str = ""
    """Why it takes no step, or will take none; empty: it does."""

    @property
    def step(self) -> int:
        """The step the session takes when nothing holds it up."""
        return self.queue[-1] if self.last else self.queue[0]

    @property
    def waiting(self) -> tuple[int, ...]:
        """What is still to come after it."""
        return self.left_when(displaced=bool(self.displaced))

    def left_when(self, *, displaced: bool) -> tuple[int, ...]:
        """What is still to come after it, where it takes its step or does not."""
        if displaced:
            return self.queue
        return self.queue[:-1] if self.last else self.queue[1:]


def session_steps(dossier: Dossier) -> dict[int, SessionSteps]:
    """The steps of every session by its number, held or still to come; a skipped one has none,
    since a skip uses its step up."""
    waiting: tuple[int, ...] = ()
    steps: dict[int, SessionSteps] = {}
    for session in dossier.numbered:
        number = session.number or 0
        if session.state == "skipped":
            continue
        here = SessionSteps(
            queue=(*waiting, number),
            last=number == dossier.engagement.sessions,
            displaced=_displaced(dossier, session),
        )
        steps[number] = here
        waiting = here.waiting
    return steps


def step_because(steps: Mapping[int, SessionSteps], number: int) -> str:
    """Why a session takes another one's step; empty where it takes its own."""
    here = steps.get(number)
    if here is None or here.step == number:
        return ""
    its_session = steps[here.step]
    if its_session.displaced:
        return f"session {here.step} {its_session.displaced}, so its step comes now"
    return f"session {here.step} took up the step of session {its_session.step}"


def step_place(
    journey: Journey, dossier: Dossier, steps: Mapping[int, SessionSteps], number: int
) -> Position:
    """Where a session stands, with the step it takes or took; one that took none says why."""
    place = position(journey, dossier.engagement.sessions, number)
    here = steps.get(number)
    if here is None:
        return place
    if here.displaced:
        comes = any(
            other.step == number and not other.displaced
            for later, other in steps.items()
            if later > number
        )
        when = "its step comes later" if comes else "no session is left for its step"
        return replace(place, step=f"{here.displaced}; {when}")
    return with_step(journey, place, here.step)


def _displaced(dossier: Dossier, session: Session) -> str:
    plan, check_in = dossier.plan_of(session.id), dossier.check_in_of(session.id)
    held = session.state == "held"
    options = plan.options if plan and held else session.options
    holds = plan.holding if plan and held else bool(check_in and check_in.holding)
    if holds:
        return HOLDS[held]
    return LEFT_OPEN[held] if options.get("open") else ""
