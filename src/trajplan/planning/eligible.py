"""Which questions may be asked in a segment at all, before any is preferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.content.model import Question, QuestionBank, Segment

CONDITIONS = frozenset({"first-session", "returning", "closing", "assumption", "holding", "tried"})
"""Tags that presuppose something: each one a question bears must hold. `returning`: there was a
last time; `assumption`: the plan holds an assumption of the client's up to the light; `holding`:
the session holds what has happened, and works toward nothing; `tried`: an experiment of last time
took place."""
REVIEWS = frozenset({"done", "partly", "not_yet", "dropped", "missed_twice"})
"""Tags that presuppose what came of a commitment: one of those a question bears must hold."""


SITUATIONS = frozenset({"redundancy", "return", "stalled"})
"""Tags of situations that a question speaks of as a fact: asked only when the client is in one."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A question with its place in the library."""

    question: Question
    bank: str
    rank: int
    """Place in the order of preference over the whole library; see `selection.Candidate`."""


@dataclass(frozen=True, slots=True)
class Today:
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


def may_ask(shelved: Shelved, segment: Segment, today: Today) -> bool:
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


def is_retired(question: Question, today: Today) -> bool:
    """Whether the coach wants it planned no more."""
    return question.id in today.retired


def is_fresh(question: Question, today: Today) -> bool:
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
