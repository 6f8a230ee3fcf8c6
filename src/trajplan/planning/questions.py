"""Which questions may be asked in a segment at all, before any is preferred.

What a question earns for this client today, each point with its reason (`--explain`).

Few and small on purpose: the mix decides the shape of a segment, these decide among neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from trajplan.content.model import Question, QuestionBank, Segment
from trajplan.planning.plan import LastAnswer

CONDITIONS = frozenset({"first-session", "returning", "closing", "assumption", "holding", "tried"})
"""Tags that presuppose something: each one a question bears must hold. `returning`: there was a
last time; `assumption`: the plan holds an assumption of the client's up to the light; `holding`:
the session holds what has happened, and works toward nothing; `tried`: an experiment of last time
took place."""
REVIEWS = frozenset({"done", "partly", "not_yet", "dropped", "missed_twice"})
"""Tags that presuppose what came of a commitment: one of those a question bears must hold."""


SITUATIONS = frozenset({"redundancy", "return", "stalled"})
"""Tags of situations that a question speaks of as a fact: asked only when the client is in one."""


class RankedQuestion(Struct, frozen=True):
    """A question with its place in the library."""

    question: Question
    bank: str
    rank: int
    """Place in the order of preference over the whole library; see `selection.Candidate`."""


class AskingConditions(Struct, frozen=True):
    """What decides eligibility besides the segment: phase, energy, the occasions that hold, and
    what is excluded because it was asked, planned already or unwanted."""

    phase: str
    energy: str
    occasions: frozenset[str]
    excluded: frozenset[str]
    asked: frozenset[str]
    retired: frozenset[str] = frozenset()
    """What the coach wants planned no more; asking for one by name still works."""


def is_aimed(question: Question, segment: Segment) -> bool:
    """Whether the question serves one of the targets the segment wishes for, if it names any."""
    slot = segment.questions
    return not (slot and slot.targets) or bool(set(slot.targets) & set(question.targets))


def may_ask(shelved: RankedQuestion, segment: Segment, today: AskingConditions) -> bool:
    """Whether the segment may ask this question, leaving aside its target (`is_aimed`), that it
    was asked before (`is_fresh`), and that it is retired (`is_retired`)."""
    question, slot = shelved.question, segment.questions
    if slot is None or question.id in today.excluded:
        return False
    if slot.banks and shelved.bank not in slot.banks:
        return False
    if slot.levels and question.level not in slot.levels:
        return False
    if slot.stages and question.stage and question.stage not in slot.stages:
        return False
    if slot.tags and not set(slot.tags) & set(question.tags):
        return False
    if question.components and segment.component not in question.components:
        return False
    if question.phases and today.phase not in question.phases:
        return False
    tags = set(question.tags)
    if not CONDITIONS & tags <= today.occasions:
        return False
    if SITUATIONS & tags and not SITUATIONS & tags & today.occasions:
        return False
    if REVIEWS & tags and not REVIEWS & tags & today.occasions:
        return False
    # Neither a tired client (R44) nor one met for the first time is taken into the deep end.
    careful = today.energy == "low" or "first-session" in today.occasions
    return not (careful and question.effort == "deep")


def is_retired(question: Question, today: AskingConditions) -> bool:
    """Whether the coach wants it planned no more."""
    return question.id in today.retired


def is_fresh(question: Question, today: AskingConditions) -> bool:
    """Whether it was not asked in a held session, or may be asked again."""
    return question.repeatable or question.id not in today.asked


def sequences_of(
    banks: Sequence[QuestionBank], phase: str, eligible: frozenset[str], aimed: frozenset[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Authored sequences whose every question is eligible, as (id, question ids).

    A sequence is one thought: it is enough that one of its questions is aimed at the target.
    """
    return tuple(
        (sequence.id, sequence.questions)
        for bank in banks
        for sequence in bank.sequences
        if (not sequence.phases or phase in sequence.phases)
        and eligible.issuperset(sequence.questions)
        and not aimed.isdisjoint(sequence.questions)
    )


LOW = 4
"""A TCI rating this low or lower counts as low."""
AGAIN_AFTER = 2
"""Sessions after which a scaled question is worth asking again: each time would be a form."""
POINTS = {
    "low": 3,
    "slipping": 2,
    "scenario": 3,
    "decision": 3,
    "light": 3,
    "deep": 2,
    "recovery": 4,
    "assumption": 6,
    "again": 8,
    "begin": 4,
    "fresh": 1,
}


class Situation(Struct, frozen=True):
    """What the scores look at: factors low or slipping with their words, the client's scenario,
    today's energy, whether a decision is on the table, and what was offered before."""

    low: Mapping[str, str]
    slipping: Mapping[str, str]
    scenario: str
    energy: str
    decision: bool
    offered: frozenset[str]
    holding: bool = False
    """A session that holds: what is gentle comes first, whatever the energy."""
    session: int = 0
    """The number of the session that is planned."""
    answered: Mapping[str, LastAnswer] = {}
    """Scaled questions answered before, with the answer."""


def last_answer(question: Question, situation: Situation) -> LastAnswer | None:
    """What was answered to a scaled question before; None where its scale means something else
    by now, because then the numbers cannot be compared (R67)."""
    found = situation.answered.get(question.id)
    if found is None or not question.anchors:
        return None
    same = (found.low, found.high) == (question.anchors[1], question.anchors[10])
    return found if same else None


def _begins(question: Question, situation: Situation) -> bool:
    """Whether a first number may be asked for: by a question that asks for the number alone, after
    the first session, which has enough of its own to find out."""
    return (
        bool(question.anchors)
        and question.level == "informational"
        and situation.session > 1
        and not situation.answered
        and question.id not in situation.offered
    )


def score(question: Question, situation: Situation) -> tuple[int, tuple[str, ...]]:
    """Return the points of a question and a reason for each part of them."""
    parts: list[tuple[int, str]] = []
    for target in question.targets:
        if target in situation.low:
            parts.append((POINTS["low"], situation.low[target]))
        if target in situation.slipping:
            parts.append((POINTS["slipping"], situation.slipping[target]))
    if situation.scenario and situation.scenario in question.tags:
        parts.append((POINTS["scenario"], f"written for {situation.scenario}"))
    if situation.decision and "decision" in question.tags and situation.scenario != "decision":
        parts.append((POINTS["decision"], "a decision is on the table"))
    gentle = "a holding session" if situation.holding else "low energy"
    is_gentle = situation.holding or situation.energy == "low"
    if is_gentle and question.effort == "light":
        parts.append((POINTS["light"], f"light, for {gentle}"))
    if situation.energy == "high" and not situation.holding and question.effort == "deep":
        parts.append((POINTS["deep"], "deep, for high energy"))
    if "assumption" in question.tags:
        # Eligible only where a belief is held up, and there it should stay the subject.
        parts.append((POINTS["assumption"], "stays with the belief held up here"))
    if "recovery" in question.tags:
        sign = 1 if is_gentle else -1
        why = f"gentle, for {gentle}" if sign > 0 else "kept for a tired day"
        parts.append((sign * POINTS["recovery"], why))
    before = last_answer(question, situation)
    if before and situation.session - before.session >= AGAIN_AFTER:
        why = f"answered {before.value} in session {before.session}; asked again to compare"
        parts.append((POINTS["again"], why))
    if _begins(question, situation):
        parts.append((POINTS["begin"], "a number to compare later ones with; there is none yet"))
    if question.id not in situation.offered:
        parts.append((POINTS["fresh"], "not offered to this client before"))
    return sum(points for points, _ in parts), tuple(f"{p:+d} {why}" for p, why in parts)
