"""Question banks: ids and authored sequences (R63, R64)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from trajplan.content.checks.texts import check_id, check_ids
from trajplan.content.document import KeyPath, Report
from trajplan.content.model import Question, QuestionBank, Sequence
from trajplan.content.vocabulary import LEVELS
from trajplan.text import did_you_mean

SCALE_ENDS = (1, 10)
LONGEST_ANCHOR = 60
"""Both ends stand on one line of the plan, below the question."""


def check_bank(bank: QuestionBank, report: Report) -> None:
    """Report every fault of one bank that can be seen without other files."""
    check_id(bank.id, ("id",), report)
    if not bank.questions:
        report.add(("questions",), "a question bank holds at least one question")
    check_ids(bank.questions, ("questions",), report)
    for index, question in enumerate(bank.questions):
        _check_anchors(question, ("questions", index), report)
    check_ids(bank.sequences, ("sequences",), report)
    first: dict[str, Question] = {}
    for question in bank.questions:
        first.setdefault(question.id, question)
    for index, sequence in enumerate(bank.sequences):
        _check_sequence(sequence, ("sequences", index, "questions"), first, report)


def _check_anchors(question: Question, path: KeyPath, report: Report) -> None:
    """A scaled question names both ends of its scale and nothing between (R67)."""
    where = (*path, "anchors")
    if not report.has(where):
        return
    for point in question.anchors:
        if point not in SCALE_ENDS:
            here = (*where, str(point))
            report.add(here, "a scale goes from 1 to 10; name these two ends", at_key=True)
    missing = [str(end) for end in SCALE_ENDS if end not in question.anchors]
    if missing:
        report.add(where, f"both ends of the scale need words; {' and '.join(missing)} has none")
    for end, words in question.anchors.items():
        if len(words) > LONGEST_ANCHOR or "\n" in words.strip():
            report.add((*where, str(end)), f"at most {LONGEST_ANCHOR} characters on one line")


def _check_sequence(
    sequence: Sequence, path: KeyPath, questions: Mapping[str, Question], report: Report
) -> None:
    """A sequence names two or more questions of its bank, each once and in order (R63)."""
    if len(sequence.questions) < 2:
        report.add(path, f"a sequence has at least two questions, found {len(sequence.questions)}")
    earlier: set[str] = set()
    for number, name in enumerate(sequence.questions):
        here = (*path, number)
        # Empty names are reported as empty text.
        if name in earlier:
            report.add(here, f"`{name}` is in this sequence twice")
        elif name.strip() and name not in questions:
            report.add(here, f"no question `{name}` in this bank{did_you_mean(name, questions)}")
        earlier.add(name)
    for number, (name, following) in enumerate(pairwise(sequence.questions), 1):
        if name in questions and following in questions and name != following:
            _check_order(questions[name], questions[following], (*path, number), report)


def _check_order(before: Question, after: Question, path: KeyPath, report: Report) -> None:
    """Breadth never rises; at equal breadth the level never falls (R64)."""
    if after.breadth > before.breadth:
        report.add(
            path,
            f"`{after.id}` (breadth {after.breadth}) is wider than `{before.id}` before it "
            f"(breadth {before.breadth}); a sequence goes from wide to specific",
        )
    elif after.breadth == before.breadth and _rank(after.level) < _rank(before.level):
        report.add(
            path,
            f"`{after.id}` ({after.level}) comes after `{before.id}` ({before.level}); "
            f"at equal breadth the order is {', '.join(LEVELS)}",
        )


def _rank(level: str) -> int:
    return LEVELS.index(level)
