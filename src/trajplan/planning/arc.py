"""Where a numbered session stands in its journey (R1, R5).

A journey is written for a length of its own; an engagement may be shorter or longer. Phases then
scale by largest remainder, each keeping at least one session; the first session stays the first
and the last stays the last.
A phase ends with its milestone; one left early is seen in the plans of the next (R10).

A step waits where its session held what had happened, was left to the client, or was given to a
decision that the journey does not name there. The next session takes it up, and those after it move
on by one; only the last session keeps its own step, because it ends the journey (R128).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Journey, JourneySession, Mix, Phase
from trajplan.errors import CannotDo
from trajplan.records.dossier import Dossier
from trajplan.records.model.journeys import Engagement, PhaseExit
from trajplan.records.model.sessions import Session

if TYPE_CHECKING:
    from trajplan.content.library import Library

_WAS_HOLDING = {True: "held what had happened", False: "holds what has happened"}
_LEFT_OPEN = {
    True: "was left to what the client brought",
    False: "is left to what the client brings",
}
_DECIDED = {True: "was given to a decision", False: "is given to a decision"}
"""Why a session took no step of the journey, by whether it was held."""


class Position(Struct, frozen=True):
    """One session's place: its phase, where it stands in it, and the step it takes."""

    number: int
    total: int
    phase: Phase
    phase_index: int
    """0 for the journey's first phase."""
    in_phase: int
    """1 for the first session of the phase."""
    phase_sessions: int
    step: str
    blueprint: str
    """The journey's preferred blueprint for this step, or empty."""
    mix: Mix
    reserved: frozenset[str]
    """Blueprints for meeting and closing; other sessions take them only for want of any."""
    step_of: int
    """The session whose step it takes: its own, or an earlier one's that had to wait (R128)."""
    step_phase: str
    """The phase that step belongs to: a session that takes an earlier one's asks what serves it."""
    opens: bool
    """The step is the first of several in its phase."""

    @property
    def first(self) -> bool:
        """Whether the engagement begins here: its first session, or the one that takes its step."""
        return self.step_of == 1

    @property
    def last(self) -> bool:
        """Whether the engagement ends here. A single session is both first and last."""
        return self.number == self.total

    @property
    def phase_exit(self) -> bool:
        """Whether the phase's milestone is due in this session (R10)."""
        return self.in_phase == self.phase_sessions

    @property
    def parting(self) -> bool:
        """Whether this is the last of several sessions."""
        return self.last and not self.first


def scale_phases(sizes: Sequence[int], total: int) -> tuple[int, ...]:
    """Share `total` sessions among phases in proportion to `sizes`, each getting at least one.

    Largest remainder, ties to the earlier phase. Raises CannotDo when there are fewer sessions
    than phases.
    """
    if total < len(sizes):
        raise CannotDo(
            f"{total} sessions cannot hold {len(sizes)} phases; "
            f"choose {len(sizes)} or more, or a single session"
        )
    whole = sum(sizes)
    shares = [max(1, total * size // whole) for size in sizes]
    while sum(shares) != total:
        # How far each phase is below its exact share, in whole numbers.
        below = [total * size - share * whole for size, share in zip(sizes, shares, strict=True)]
        if sum(shares) < total:
            shares[below.index(max(below))] += 1
        else:
            # Raising a phase to one session took it from those above their share. Of equals the
            # later one gives, so that the earlier keeps its session.
            able = [index for index, share in enumerate(shares) if share > 1]
            shares[min(able, key=lambda index: (below[index], -index))] -= 1
    return tuple(shares)


def phases_of(journey: Journey, total: int) -> tuple[tuple[Phase, int], ...]:
    """Each phase of the journey with its number of sessions in an engagement of `total`."""
    if total == 1:
        return ((journey.phases[0], 1),)
    sizes = scale_phases([phase.sessions for phase in journey.phases], total)
    return tuple(zip(journey.phases, sizes, strict=True))


def fit_journey(journey: Journey, sizes: Mapping[str, int]) -> Journey:
    """The journey with the phase lengths a coach gave it; without any, the journey as written.

    Its steps are those a scaled journey takes, so that `position` places each session alike. A
    journey whose phases have changed since is left as written.
    """
    if not sizes or {phase.id for phase in journey.phases} != set(sizes):
        return journey
    phases = tuple(replace(phase, sessions=sizes[phase.id]) for phase in journey.phases)
    total = sum(sizes.values())
    steps: dict[int, JourneySession] = {}
    before = 0
    for old, new in zip(journey.phases, phases, strict=True):
        for in_phase in range(1, new.sessions + 1):
            number = before + in_phase
            own = journey.sessions.get(
                _original(journey, old, new.sessions, in_phase, number, total)
            )
            if own:
                steps[number] = own
        before += new.sessions
    return replace(journey, phases=phases, sessions=steps)


def journey_of(library: Library, engagement: Engagement) -> Journey:
    """The journey an engagement follows, in the lengths the coach gave its phases.

    Raises NotFound, and InvalidContent where its file is faulty.
    """
    return fit_journey(library.journey(engagement.journey), engagement.phase_sizes)


def journey_at_hand(library: Library, engagement: Engagement) -> Journey | None:
    """As `journey_of`, or None when its file is not at hand today: records are shown all the
    same."""
    journey = library.journeys.get(engagement.journey)
    return fit_journey(journey, engagement.phase_sizes) if journey else None


def check_length(journey: Journey, total: int) -> None:
    """Raise CannotDo when the journey cannot be cut to `total` sessions."""
    if total < 1:
        raise CannotDo(f"a journey has at least 1 session, not {total}")
    phases_of(journey, total)


def position(journey: Journey, total: int, number: int) -> Position:
    """Place session `number` in an engagement of `total` sessions.

    Raises CannotDo for a number outside 1..total, saying what is possible.
    """
    if not 1 <= number <= total:
        only = "only session 1 is" if total == 1 else f"sessions 1 to {total} are"
        raise CannotDo(f"there is no session {number} in this journey; {only} possible")
    before = 0
    for index, (phase, size) in enumerate(phases_of(journey, total)):
        if number <= before + size:
            in_phase = number - before
            own = journey.sessions.get(_original(journey, phase, size, in_phase, number, total))
            return _position(number, total, phase, index, in_phase, size, own, _once(journey))
        before += size
    raise AssertionError("the phases do not add up to the journey")


def session_phases(dossier: Dossier, journey: Journey) -> dict[int, str]:
    """Phase of each numbered session: the one kept with it, else the one its number proposes."""
    names = {phase.id for phase in journey.phases}
    total = dossier.engagement.sessions
    return {
        session.number: session.phase
        if session.phase in names
        else position(journey, total, session.number).phase.id
        for session in dossier.numbered
        if session.number
    }


def _once(journey: Journey) -> frozenset[str]:
    """The blueprints the journey names for its first or last session and for no other."""
    ends = (1, sum(phase.sessions for phase in journey.phases))
    blueprints = {number: session.blueprint for number, session in journey.sessions.items()}
    between = {name for number, name in blueprints.items() if number not in ends}
    return frozenset(blueprints[number] for number in ends if blueprints.get(number)) - between


def _original(
    journey: Journey, phase: Phase, size: int, in_phase: int, number: int, total: int
) -> int:
    """The session of the journey as written whose step a scaled session takes.

    In a longer journey steps repeat, but a client meets and closes only once; 0 where that leaves
    no step, so that the phase's purpose speaks.
    """
    written_length = sum(phase.sessions for phase in journey.phases)
    if number == total and total > 1:
        return written_length
    start = 0
    for earlier in journey.phases:
        if earlier.id == phase.id:
            break
        start += earlier.sessions
    step_number = start + 1 + (in_phase - 1) * phase.sessions // size
    if step_number == 1 < number:
        step_number = 2
    if step_number == written_length and number < total:
        step_number -= 1
    own = start < step_number <= start + phase.sessions and not step_number == 1 < number
    return step_number if own else 0


def _position(
    number: int,
    total: int,
    phase: Phase,
    index: int,
    in_phase: int,
    size: int,
    own: JourneySession | None,
    reserved: frozenset[str],
) -> Position:
    return Position(
        number=number,
        total=total,
        phase=phase,
        phase_index=index,
        in_phase=in_phase,
        phase_sessions=size,
        step=own.step if own else phase.purpose,
        blueprint=own.blueprint if own else "",
        mix=own.mix if own and own.mix else phase.mix,
        reserved=reserved,
        step_of=number,
        step_phase=phase.id,
        opens=in_phase == 1 < size,
    )


def with_step(journey: Journey, place: Position, step_of: int) -> Position:
    """The place with the step of an earlier session, which had to wait (R128)."""
    if step_of == place.number:
        return place
    earlier = position(journey, place.total, step_of)
    return replace(
        place,
        step=earlier.step,
        blueprint=earlier.blueprint,
        step_of=step_of,
        step_phase=earlier.phase.id,
        opens=earlier.opens,
    )


def place_for(journey: Journey, total: int, number: int, waiting: Sequence[int]) -> Position:
    """Where session `number` stands, with the step that has waited longest.

    `waiting`: sessions whose steps it may take up, the longest first. The last session keeps its
    own step.
    """
    place = position(journey, total, number)
    if waiting and not place.last:
        return with_step(journey, place, waiting[0])
    return place


ExitState = Literal["not_looked_at", "open", "met", "overridden"]


class Milestone(Struct, frozen=True):
    """A phase's criteria, each with whether it was ticked, and what follows for the phase."""

    state: ExitState
    criteria: tuple[tuple[str, bool], ...]
    reason: str
    """Why the journey goes on all the same; given with `overridden`."""
    date: str
    """When it was looked at last, or empty."""


class WeakExit(Struct, frozen=True):
    """The phase before was left with criteria unmet."""

    phase: Phase
    unmet: tuple[str, ...]
    reason: str


def milestone_of(phase: Phase, exits: Sequence[PhaseExit]) -> Milestone:
    """Where a phase's milestone stands: the last look at it holds.

    A criterion reworded since was never ticked in its present words, and stands as open.
    """
    looks = [look_back for look_back in exits if look_back.phase == phase.id]
    if not looks:
        return Milestone("not_looked_at", tuple((text, False) for text in phase.milestone), "", "")
    last = looks[-1]
    criteria = tuple((text, text in last.met) for text in phase.milestone)
    day = last.date.isoformat()
    if all(met for _, met in criteria):
        return Milestone("met", criteria, "", day)
    return Milestone("overridden" if last.reason else "open", criteria, last.reason, day)


def weak_exit(journey: Journey, phase: str, exits: Sequence[PhaseExit]) -> WeakExit | None:
    """What the phase before `phase` still lacks, once somebody has looked.

    A milestone nobody looked at is no weak exit: nothing is presumed.
    """
    names = [phase.id for phase in journey.phases]
    if phase not in names or not names.index(phase):
        return None
    before = journey.phases[names.index(phase) - 1]
    milestone = milestone_of(before, exits)
    if milestone.state in ("not_looked_at", "met"):
        return None
    unmet = tuple(text for text, met in milestone.criteria if not met)
    return WeakExit(before, unmet, milestone.reason)


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
            displaced=_why_step_waits(dossier, session),
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


def _why_step_waits(dossier: Dossier, session: Session) -> str:
    """What a session does or did in place of its step; empty where it takes it."""
    plan, check_in = dossier.followed_plan(session.id), dossier.check_in_of(session.id)
    held = session.state == "held"
    options = plan.options if plan and held else session.options
    holding = plan.holding if plan and held else bool(check_in and check_in.holding)
    if holding:
        return _WAS_HOLDING[held]
    if options.get("open"):
        return _LEFT_OPEN[held]
    # Whether a decision took the step's place depends on the library, so its plan says it.
    decided = plan is not None and plan.decision and plan.body.get("step_of") == 0
    return _DECIDED[held] if decided else ""
