"""In which segment each prompt is said (R57, R65, R83, R120, R165).

The day's agreement where the session opens, looking back in the review, a belief where there is
room for it, the close at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Segment
from trajplan.lint.promises import is_tender
from trajplan.planning.arrange import Arrangement
from trajplan.planning.basis import PlanBasis
from trajplan.planning.beliefs import EVIDENCE, Handling, handling
from trajplan.planning.first_session import FROM_INTAKE
from trajplan.planning.first_words import echo_prompts
from trajplan.planning.frame import MINUTES_PER_QUESTION
from trajplan.planning.plan import PlanFinding, PlannedPrompt, is_asked_back
from trajplan.planning.plan_inputs import OpenAssumption
from trajplan.planning.prompts import (
    DEBRIEF_PROMPT,
    LOOKS_BACK,
    challenge,
    is_about,
    looking_back,
    say_prompt,
)
from trajplan.planning.questions import ASKING
from trajplan.planning.session_agreement import (
    AGREEMENT,
    OPEN,
    OPENS,
)
from trajplan.planning.session_close import closing_prompts, closing_segment
from trajplan.planning.spoken import SINCE

CHALLENGES, TEST_BELIEF = "assumption-challenging", "test-belief"
"""The bank whose questions speak of a belief that is held up."""
DEBRIEF = "debrief_exercise"
"""The activity that is added where an exercise is debriefed."""
SHORT_SESSION = 60
"""Minutes up to which what is looked back on takes no segment's only question."""
PULL_TOGETHER = "pull-together"
WORTH = "what-you-came-for"
"""The prompt that asks about the sessions themselves."""
LOOKS_AT_SAFETY = ("danger", "unsafe", "after_danger", "after_unsafe")
"""Cases of the agreement that ask about safety themselves."""
JOINS = ("How ", "What ", "What's ", "Where ", "Do ", "Did ", "You ", "You've ")
"""How it begins where a word or two may stand before it: `Before we get to that, you rang Phil`."""
ASKS_AFTER_THEM = (
    *LOOKS_AT_SAFETY,
    "after",
    "heard",
    "heard_event",
    "arrived",
    "arrived_telling",
    "grave",
)
"""Cases that answer what is hard, or ask how they have been; nothing else asks after it then."""


def place_prompts(
    arrangement: Arrangement, basis: PlanBasis, debrief: Segment | None
) -> tuple[dict[str, tuple[PlannedPrompt, ...]], tuple[PlanFinding, ...]]:
    """The prompts of each segment by its id, and notes on those that a short session has no place
    for. `debrief`: the segment in which exercises are debriefed."""
    places = _Places(arrangement, debrief)
    by_segment: defaultdict[str, list[PlannedPrompt]] = defaultdict(list)
    for prompts_of_a_kind in PLACED_IN_ORDER:
        for segment, prompts in prompts_of_a_kind(places, basis):
            by_segment[segment.id] += prompts
    prompts_by_segment = {name: tuple(prompts) for name, prompts in by_segment.items()}
    return _beside_questions(arrangement, prompts_by_segment, opened=basis.opens_with_theirs)


def debrief_segment(
    arrangement: Arrangement, debriefs: Sequence[PlannedPrompt], *, opened: bool
) -> Segment | None:
    """The segment in which exercises are debriefed; None when there is none to debrief (R83).

    Where their own matter opens the talk (`opened`), beside it: nobody is led away later from where
    they have begun. Else the one whose blueprint names the activity; else the first that inquires
    and has room for a question of its own besides, by preference one that does not already hold an
    assumption up. A short session, which has no such segment, looks back where it opens (R121,
    R164).
    """
    if not debriefs:
        return None
    if opened:
        return _Places(arrangement, None).review
    segments = [segment for segment, _ in arrangement.segments]
    blueprint_segments = [segment for segment in segments if DEBRIEF in segment.activities]
    roomy = _roomy(arrangement)
    free = [segment for segment in roomy if segment is not _belief_segment(segments)]
    return (blueprint_segments or free or roomy or segments)[0]


def _roomy(arrangement: Arrangement) -> list[Segment]:
    """The inquiring segments with room for a prompt and a question of their own (R57)."""
    return [
        segment
        for segment, minutes in arrangement.segments
        if segment in _inquiring([segment]) and minutes >= 2 * MINUTES_PER_QUESTION
    ]


class _Places(Struct, frozen=True):
    """The segments of a session, as prompts look for their place among them."""

    arrangement: Arrangement
    debrief: Segment | None
    """Where exercises are debriefed."""

    @property
    def segments(self) -> list[Segment]:
        """All of them, in order."""
        return [segment for segment, _ in self.arrangement.segments]

    @property
    def opening(self) -> Segment:
        """Where the session opens."""
        return next(part for part in self.segments if part.component == "context_setting")

    @property
    def review(self) -> Segment:
        """Where the review is held."""
        return next(
            (
                segment
                for segment in self.segments
                if segment.component == "context_setting" and "review_ritual" in segment.activities
            ),
            self.opening,
        )


_Placed: TypeAlias = Iterator[tuple[Segment, Sequence[PlannedPrompt]]]
"""Prompts, each with the segment in which they are said."""


def _opening_prompts(places: _Places, basis: PlanBasis) -> _Placed:
    """What is asked before anything is done: how safe they are, as long as the note on a danger is
    pinned (R131), then what today is for (R120)."""
    prompts = []
    agreed = basis.opening_prompt.case if basis.opening_prompt else ""
    if basis.care.danger_pinned and agreed not in LOOKS_AT_SAFETY:
        since = "since_unsafe" if basis.care.unsafe_pinned else "since_danger"
        safety = say_prompt(basis.content.prompts[AGREEMENT], since, basis.number)
        prompts.append(replace(safety, kind="safety", beside="until you unpin the note on it"))
    if basis.care.hard_lately and agreed not in ASKS_AFTER_THEM:
        asked = say_prompt(basis.content.prompts[AGREEMENT], "since_grave", basis.number)
        prompts.append(replace(asked, kind="remembered"))
    if basis.opening_prompt:
        prompts.append(basis.opening_prompt)
    yield places.opening, prompts


def _past_prompts(places: _Places, basis: PlanBasis) -> _Placed:
    """What was tried, where it is debriefed, and what was taken on, where the review is held. A
    short session does both as it opens: then what was tried comes first, and takes the room. Of
    what they have just brought nobody asks what they have told already where that is tender."""
    debrief, review = places.debrief, places.review
    past: list[tuple[Segment, Sequence[PlannedPrompt]]] = [(review, _looking_back(basis))]
    if debrief is review:
        room = max(0, LOOKS_BACK - len(basis.debriefs))
        past = [(review, (*basis.debriefs, *past[0][1][:room]))]
    elif debrief:
        past = [(debrief, basis.debriefs), *past]
    for segment, prompts in past:
        if is_tender(_brought(basis)):
            prompts = [
                prompt
                for prompt in prompts
                if not (prompt.retold and is_about(prompt.beside, _brought(basis)))
            ]
        if basis.opens_with_theirs:
            prompts = _led_to(prompts, basis)
        yield segment, prompts


def _prompts_on_intake(places: _Places, basis: PlanBasis) -> _Placed:
    """What they wrote before the journey, where Strategic Inquiry begins; one question of the
    segment's own is asked all the same (R126)."""
    if basis.intake_prompts and not basis.care.silent:
        segment, minutes = next(
            (segment, minutes)
            for segment, minutes in places.arrangement.segments
            if segment in _inquiring([segment])
        )
        yield segment, basis.intake_prompts[: max(1, minutes // MINUTES_PER_QUESTION - 1)]


def _first_words(places: _Places, basis: PlanBasis) -> _Placed:
    """The first words come back where Strategic Inquiry begins, what was taken home in the
    insight."""
    outset, home = echo_prompts(basis.content.prompts, basis.echo)
    inquiring = _inquiring(places.segments)
    if basis.assumption and len(inquiring) > 1:
        # Two looks back at the client's own words would leave no room for a question.
        inquiring.remove(_belief_segment(places.segments))
    yield inquiring[0], outset
    yield next(part for part in places.segments if part.component == "insight_generation"), home


def _belief_prompt(places: _Places, basis: PlanBasis) -> _Placed:
    """The belief that is held up."""
    assumption, segment = basis.assumption, _belief_place(places.arrangement, basis)
    if assumption is None or segment is None:
        return
    if basis.care.spares_words:
        # A belief is spoken of as one of which only the gist is known.
        assumption = replace(assumption, wording="gist")
    way, parting = _way(basis, assumption), basis.position.parting
    prompt = challenge(basis.content.prompts, assumption, way, basis.number, parting=parting)
    yield segment, [prompt]


def _closing_prompts(places: _Places, basis: PlanBasis) -> _Placed:
    """What is asked at the end; about the sessions themselves, where two felt good and moved
    little, in the place of what is asked about this one (R166)."""
    if basis.care.holding or basis.care.silent:
        return
    prompts, parting = basis.content.prompts, basis.position.parting
    closes = closing_prompts(prompts, basis.number, basis.care, parting=parting)
    if basis.asks_worth:
        worth = say_prompt(prompts[WORTH], "asked", basis.number)
        closes = (replace(worth, kind="close", minutes=closes[0].minutes), *closes[1:])
    yield closing_segment(places.segments), closes


PLACED_IN_ORDER = (
    _opening_prompts,
    _past_prompts,
    _prompts_on_intake,
    _first_words,
    _belief_prompt,
    _closing_prompts,
)
"""The kinds of prompts; in a segment with several kinds they are said in this order."""


def _may_wait(agreed: PlannedPrompt) -> bool:
    """Whether what today is for can be agreed and then waited with: not where it answers what is
    hard, asks how they are, says that it is the last session, or looks back itself."""
    return agreed.case in (*OPENS, OPEN) and agreed.case not in ("been", "unsure")


def _brought(basis: PlanBasis) -> str:
    """What the client has just brought, where it has opened the talk."""
    opening = basis.opening_prompt if basis.opens_with_theirs else None
    return opening.beside if opening else ""


def _led_to(prompts: Sequence[PlannedPrompt], basis: PlanBasis) -> Sequence[PlannedPrompt]:
    """What is looked back on behind what today is for (R120), with words that lead to it: without
    them it would be heard as leading away from where they have just begun."""
    brought, opening = _brought(basis), basis.opening_prompt
    if opening and not _may_wait(opening):
        return prompts
    # What names nothing isn't worth leading them away for.
    prompts = [prompt for prompt in prompts if SINCE not in prompt.text]
    first = next((prompt for prompt in prompts if prompt.text), None)
    if first is None or first is not prompts[0] or opening is None:
        return prompts
    if basis.care.bears_something or is_tender(f"{brought} {first.beside}"):
        return prompts  # Nobody who has something to bear is led to anything.
    # How they have been was asked first, or it is the matter itself.
    if basis.care.hard_lately or is_about(first.beside, brought):
        return prompts
    joins = first.text.startswith(JOINS)
    way = {"asks": f"{first.text[:1].lower()}{first.text[1:]}" if joins else ""}
    agreement = basis.content.prompts[AGREEMENT]
    led_to = say_prompt(agreement, "last_time_first", basis.number, ways=(way,)).text
    return [replace(first, text=led_to) if led_to else first, *prompts[1:]]


def _looking_back(basis: PlanBasis) -> tuple[PlannedPrompt, ...]:
    """What of last time is asked about, as far as today allows; not all of it at once where
    something that was tried is talked about."""
    prompts = looking_back(
        basis.content.prompts,
        basis.facts.last,
        basis.number,
        care=basis.care,
        debriefed={exercise.commitment for exercise in basis.exercises},
        brought=_brought(basis),
        asks_inquiry=is_asked_back(basis.meant_inquiry_return),
    )
    return tuple(prompt for prompt in prompts if not (basis.debriefs and prompt.of_all))


def _beside_questions(
    arrangement: Arrangement,
    by_segment: Mapping[str, tuple[PlannedPrompt, ...]],
    *,
    opened: bool,
) -> tuple[dict[str, tuple[PlannedPrompt, ...]], tuple[PlanFinding, ...]]:
    """The prompts with which, in a session of an hour or less, every segment still asks a question
    of its own, and notes on the others (R121, R57)."""
    kept = dict(by_segment)
    notes: list[PlanFinding] = []
    if sum(minutes for _, minutes in arrangement.segments) > SHORT_SESSION:
        return kept, ()
    for segment, minutes in arrangement.segments:
        asks = segment.own_questions and segment.questions and segment.questions.max
        if not asks or segment.component not in ASKING:
            continue
        slots = max(1, minutes // MINUTES_PER_QUESTION)
        prompts = by_segment.get(segment.id, ())
        serving = [prompt for prompt in prompts if _serves_title(prompt, segment, opened=opened)]
        others = [prompt for prompt in prompts if prompt not in serving]
        left_out = [*serving[slots:], *others[max(0, slots - max(1, len(serving))) :]]
        notes += [no_room(segment, prompt.text) for prompt in left_out]
        kept[segment.id] = tuple(prompt for prompt in prompts if prompt not in left_out)
    return kept, tuple(notes)


def _serves_title(prompt: PlannedPrompt, segment: Segment, *, opened: bool) -> bool:
    """Whether a prompt does what the segment is for as well as a question of its own would; not
    what the intake says, where the client has brought (`opened`) something today."""
    if prompt.kind == "belief":
        return TEST_BELIEF in segment.intents
    if prompt.id == FROM_INTAKE:
        return not opened
    if prompt.id == "first-words":
        # A look back at the start serves the look back; what has become clear is asked openly.
        return segment.component == "strategic_inquiry" and PULL_TOGETHER in segment.intents
    return prompt.id == DEBRIEF_PROMPT and DEBRIEF in segment.activities


def _inquiring(segments: Sequence[Segment]) -> list[Segment]:
    """The segments of Strategic Inquiry."""
    return [segment for segment in segments if segment.component == "strategic_inquiry"]


def _belief_place(arrangement: Arrangement, basis: PlanBasis) -> Segment | None:
    """Where a belief is held up: not in the place of the only question of a segment that is for
    something else, as in a short session; then it waits (R121, R164)."""
    if basis.assumption is None:
        return None
    segment = _belief_segment([segment for segment, _ in arrangement.segments])
    roomy = _roomy(arrangement)
    own = TEST_BELIEF in segment.intents or not segment.own_questions
    return segment if own or segment in roomy else next(iter(roomy), None)


def _belief_segment(segments: Sequence[Segment]) -> Segment:
    """The segment that holds an assumption up: the first inquiring one that is for it, or that
    names the bank of such questions."""
    inquiring = _inquiring(segments)
    testing_segments = [
        segment
        for segment in inquiring
        if TEST_BELIEF in segment.intents
        or (segment.questions and CHALLENGES in segment.questions.banks)
    ]
    return (testing_segments or inquiring)[0]


def _way(basis: PlanBasis, assumption: OpenAssumption) -> Handling:
    return handling(assumption.text, assumption.kind, basis.content.belief_cues)


def belief_occasions(prompts: Sequence[PlannedPrompt], basis: PlanBasis) -> frozenset[str]:
    """Questions that challenge stand only beside a rule or a fact that is held up here (R124)."""
    if basis.assumption is None or not any(prompt.kind == "belief" for prompt in prompts):
        return frozenset()
    way = _way(basis, basis.assumption)
    return frozenset({"assumption"}) if way in EVIDENCE else frozenset()


def unspoken_belief(arrangement: Arrangement, basis: PlanBasis) -> tuple[PlanFinding, ...]:
    """A note on the belief that this session is too short to come back to."""
    if basis.assumption is None or _belief_place(arrangement, basis):
        return ()
    words = basis.assumption.text.rstrip(".")
    text = f"too short to come back to “{words}” beside today's own questions"
    return (PlanFinding(rule="R164", severity="note", where="", message=text),)


class Checkpoint(Struct, frozen=True):
    """Where the frame is decided again (R55)."""

    segment: str
    """Id of the segment after which it is."""
    aim: str
    """The priority agreed on, else the objective that the minutes just spent served."""
    text: str = ""
    """What is asked; empty where nothing is asked but what opens the talk."""
    otherwise: str = ""
    """What is asked where it is no longer what the client wants."""


def checkpoint_of(arrangement: Arrangement, basis: PlanBasis) -> Checkpoint | None:
    """The checkpoint of a session; one that holds has none."""
    if basis.care.holding:
        return None
    segment = _inquiring([segment for segment, _ in arrangement.segments])[-1]
    objective = 1 if basis.care.open else segment.objective
    aim = basis.facts.serves or basis.objectives[objective - 1]
    if basis.care.silent:
        return Checkpoint(segment.id, aim)
    prompts = basis.content.prompts
    gently = basis.care.bears_something or basis.care.hard_lately or basis.care.tired
    case = "gentle" if gently else "checkpoint"
    asked = say_prompt(prompts["re-decide"], case, basis.number, ways=({"objective": aim},))
    otherwise = say_prompt(prompts["re-agree"], "asked", basis.number)
    return Checkpoint(segment.id, aim, asked.text, otherwise.text)


def no_room(segment: Segment, text: str) -> PlanFinding:
    """A note on a prompt or an activity that a segment has no minutes for."""
    return PlanFinding(
        rule="R62",
        severity="note",
        where=segment.id,
        message=f"no room in “{segment.title}” for: {text}",
    )
