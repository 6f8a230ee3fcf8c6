"""Authored sequences: no jump too far, no solution before the situation, no offer unasked.

Sources: R63 (sequencing), R64 (breadth and level), R53 (solution trap), R69 (permission).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from trajplan.content.model import Question
from trajplan.content.vocabulary import LEVELS
from trajplan.lint.hints.finding import Finding, finding
from trajplan.lint.turns import turn_of

FAR = 3
"""Steps of breadth between two questions from which on one is missing in between."""
# A model's own steps: what asks for solutions, and what should come before it.
SOLVING = frozenset(("options", "will", "test", "affirm", "action", "way-forward"))
EXPLORING = frozenset(("goal", "reality", "outcome", "evidence", "scaling", "context", "situation"))
OFFER, LEAVE = "offer", "permission"
"""Tags of a question that offers the coach's own idea, and of one that asks leave to."""


def findings_in(questions: Sequence[Question]) -> Iterator[tuple[int, Finding]]:
    """What is wrong with a sequence: the position (from 0) and the finding."""
    for at, (before, after) in enumerate(pairwise(questions), 1):
        yield from ((at, one) for one in _jump(before, after))
    yield from _solution_first(questions)
    yield from _offer_unasked(questions)


def _jump(before: Question, after: Question) -> Iterator[Finding]:
    fall = before.breadth - after.breadth
    rise = LEVELS.index(after.level) - LEVELS.index(before.level)
    if fall >= FAR:
        words = f"breadth falls from {before.breadth} to {after.breadth} in one step"
    elif rise == 2 and fall >= 2:
        words = f"from {before.level} to {after.level} in one step, and to something narrower"
    else:
        return
    yield finding("sequence-jump", after.id, f"{words}; put a question in between")


def _solution_first(questions: Sequence[Question]) -> Iterator[tuple[int, Finding]]:
    for at, one in enumerate(questions):
        later = [other for other in questions[at + 1 :] if other.stage in EXPLORING]
        if one.stage in SOLVING and later:
            words = f"`{one.id}` ({one.stage}) comes before `{later[0].id}` ({later[0].stage})"
            yield at, finding("solution-trap", one.id, f"{words}; explore first")
            return


def _offer_unasked(questions: Sequence[Question]) -> Iterator[tuple[int, Finding]]:
    for at, one in enumerate(questions):
        if OFFER in one.tags and not any(_asks_leave(other) for other in questions[:at]):
            yield at, finding("offer-without-permission", one.id)


def _asks_leave(question: Question) -> bool:
    last = turn_of(question.text).last
    return LEAVE in question.tags or (last is not None and last.form == "permission")
