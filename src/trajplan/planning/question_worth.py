"""What a question that may be asked is worth for this client today (R57-R67).

The points are few and small on purpose: the mix decides the shape of a segment, these decide among
neighbours. Each comes with its reason (`--explain`).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from trajplan.content.model import DAY, MATTER, PERSON, THEIR_MATTER, Question, Segment
from trajplan.planning.questions import (
    AGAIN_AFTER,
    ANSWER_DUE,
    FOR_ANYONE,
    HARD_DAY_TAG,
    LATELY,
    REQUEST,
    WELL,
    WHO_IS_NEAR,
    AskingConditions,
    RankedQuestion,
    Situation,
    begins_scale,
    is_of_one_mind,
    last_answer,
    speaks_of_topic,
)

POINTS = {
    "low": 5,
    "slipping": 4,
    "scenario": 33,
    "decision": 3,
    "light": 3,
    "deep": 2,
    "recovery": 4,
    "assumption": 6,
    "due": 20,
    "again": 8,
    "begin": 4,
    "topic": 5,
    "heard": 10,
    "anyone": 25,
    "own": 40,
    "named": 2,
    "stays": 10,
    "told": 10,
    "ahead": 10,
    "near": 10,
    "segment": 3,
    "astray": -30,
    "fresh": 1,
}
SERVES_SEGMENT, SERVES_TOPIC = 1, 2
"""Services of a question in a segment, as bits: its own and not asked before; of today's topic.
A set has the services of all its questions, and the greater number is the better set."""
AS_THEY_TELL = frozenset({WELL, REQUEST})
"""Tags of what is eligible only where they have told how they come or what they'll ask for."""
Reason = tuple[int, str]
"""Points, and the words for them."""


def valued(
    candidate: RankedQuestion, situation: Situation, own_banks: frozenset[str] = frozenset()
) -> RankedQuestion:
    """The question with its score today. `own_banks`: ids of the coach's own."""
    points, reasons = score(candidate.question, situation, own=candidate.bank in own_banks)
    return replace(candidate, score=points, reasons=reasons)


def valued_in(
    candidate: RankedQuestion, segment: Segment, conditions: AskingConditions
) -> RankedQuestion:
    """The question as it counts in this segment: how it serves it, and the points for being its
    own and for bringing in a topic of today. What was asked before serves like any other, unless it
    opens the talk about what they bring, which is new each time."""
    question, topics = candidate.question, conditions.topics
    opens_talk = question.repeatable and THEIR_MATTER in question.topics
    counts = bool(segment.intent) and (opens_talk or question.id not in conditions.asked)
    is_own = _is_at_home(question, segment, conditions) or _stands_in(question, segment, conditions)
    answers = ANSWER_DUE in question.tags  # eligible only where an answer is due
    serves = counts and is_own
    speaks_of_it = speaks_of_topic(question, topics)
    fits = not segment.intent or is_of_one_mind(question, segment)
    brings_topic = speaks_of_it and fits and is_wanted(question, conditions)
    # What fits any matter stands back where something more is known of it.
    stands_back = (
        THEIR_MATTER in question.topics
        and len(topics) > 1
        and not (candidate.names_matter or speaks_of_topic(question, conditions.stays_with))
    )
    reasons = []
    if serves:
        reasons.append((POINTS["segment"], "one of this segment's own questions"))
    if answers:
        reasons.append((POINTS["due"], "asks for the answer that is due within the week"))
    if not AS_THEY_TELL.isdisjoint(question.tags):
        reasons.append((POINTS["told"], "fits what they tell"))
    names_day = DAY in question.text and not question.topics
    if names_day:
        reasons.append((POINTS["ahead"], "asks about the day that is coming"))
    if (
        conditions.hard_day
        and LATELY not in conditions.occasions
        and WHO_IS_NEAR & {*question.tags}
    ):
        reasons.append((POINTS["near"], "asks who is near, on the first hard day"))
    if brings_topic:
        heard = next(topics[topic] for topic in question.topics if topic in topics)
        reasons.append((POINTS["topic"], f"speaks of today's topic: {heard}"))
        name = next((place for place in (MATTER, DAY, PERSON) if place in question.text), "")
        if name:
            reasons.append((POINTS["named"], f"calls {conditions.names[name]} by its name"))
        if THEIR_MATTER not in question.topics:
            reasons.append((POINTS["heard"], "they have spoken of it themselves"))
        if speaks_of_topic(question, conditions.stays_with):
            reasons.append((POINTS["stays"], "the session stays with it"))
    elif speaks_of_it and not fits and not serves:
        reasons.append((POINTS["astray"], "speaks of today's topic, but not of what this is for"))
    return replace(
        candidate,
        service=SERVES_SEGMENT * (serves or answers)
        | SERVES_TOPIC * (answers or names_day or (counts and brings_topic and not stands_back)),
        score=candidate.score + sum(points for points, _ in reasons),
        reasons=(*candidate.reasons, *(f"{points:+d} {why}" for points, why in reasons)),
    )


def _is_at_home(question: Question, segment: Segment, conditions: AskingConditions) -> bool:
    """Whether it is one of the segment's own. Where some of these suit nearly anybody, the others
    of a built-in blueprint wait until nothing else serves."""
    if question.id not in segment.own_questions:
        return False
    suits = FOR_ANYONE in question.tags or not conditions.built_in
    return suits or conditions.for_anyone.isdisjoint(segment.own_questions)


def _stands_in(question: Question, segment: Segment, conditions: AskingConditions) -> bool:
    """Whether it does on a hard day what the segment's own questions do on others."""
    on_hard_day = conditions.hard_day and HARD_DAY_TAG in question.tags
    return on_hard_day and is_of_one_mind(question, segment)


def is_wanted(question: Question, conditions: AskingConditions) -> bool:
    """Whether what it says of today's topic fits anybody who brings that, or the coach has named
    the topic: of a boss who was heard in a sentence little more is known. What is hard to bear is
    asked about as before."""
    hard = conditions.hard_day or conditions.holding
    named = speaks_of_topic(question, conditions.named)
    return hard or named or FOR_ANYONE in question.tags


def score(
    question: Question, situation: Situation, *, own: bool = False
) -> tuple[int, tuple[str, ...]]:
    """Return the points of a question and a reason for each part of them. `own`: it stands in a
    bank of the coach's own, who knows whom it suits."""
    parts = (
        *_for_anyone(question, own=own),
        *_for_factors(question, situation),
        *_for_situation(question, situation),
        *_for_energy(question, situation),
        *_for_history(question, situation),
    )
    return sum(points for points, _ in parts), tuple(f"{points:+d} {why}" for points, why in parts)


def _for_anyone(question: Question, *, own: bool) -> Iterator[Reason]:
    if own:
        yield POINTS["own"], "one of your own"
    elif FOR_ANYONE in question.tags:
        yield POINTS["anyone"], "suits nearly anybody"


def _for_factors(question: Question, situation: Situation) -> Iterator[Reason]:
    for target in question.targets:
        if target in situation.low:
            yield POINTS["low"], situation.low[target]
        if target in situation.slipping:
            yield POINTS["slipping"], situation.slipping[target]


def _for_situation(question: Question, situation: Situation) -> Iterator[Reason]:
    if situation.scenario and situation.scenario in question.tags:
        yield POINTS["scenario"], f"written for {situation.scenario}"
    if situation.decision and "decision" in question.tags and situation.scenario != "decision":
        yield POINTS["decision"], "a decision is on the table"


def _for_energy(question: Question, situation: Situation) -> Iterator[Reason]:
    """What is gentle for whom, what is deep for whom, and what stays with a belief."""
    gentle_for = situation.gentle_for or ("low energy" if situation.energy == "low" else "")
    if gentle_for and question.effort == "light":
        yield POINTS["light"], f"light, for {gentle_for}"
    if situation.energy == "high" and not situation.any_holding and question.effort == "deep":
        yield POINTS["deep"], "deep, for high energy"
    if "assumption" in question.tags:
        # Eligible only where a belief is held up, and there it should stay the subject.
        yield POINTS["assumption"], "stays with the belief held up here"
    if "recovery" in question.tags:
        if gentle_for:
            yield POINTS["recovery"], f"gentle, for {gentle_for}"
        else:
            yield -POINTS["recovery"], "kept for a tired day"


def _for_history(question: Question, situation: Situation) -> Iterator[Reason]:
    before = last_answer(question, situation)
    if before and situation.session - before.session >= AGAIN_AFTER:
        why = f"answered {before.value} in session {before.session}; asked again to compare"
        yield POINTS["again"], why
    if begins_scale(question, situation):
        yield POINTS["begin"], "a number to compare later ones with; there is none yet"
    if question.id not in situation.offered:
        yield POINTS["fresh"], "not offered to this client before"
