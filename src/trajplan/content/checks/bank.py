"""Question banks: ids and authored sequences (R63, R64)."""

from __future__ import annotations

from trajplan.content.checks.texts import check_id, check_unique
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
    if not bank.questions and report.there(("questions",)):
        report.add(("questions",), "a question bank holds at least one question")
    for at, question in enumerate(bank.questions):
        check_id(question.id, ("questions", at, "id"), report)
        _check_anchors(question, ("questions", at), report)
    questions = [(("questions", at, "id"), one.id) for at, one in enumerate(bank.questions)]
    check_unique(questions, "questions", report)
    for at, sequence in enumerate(bank.sequences):
        check_id(sequence.id, ("sequences", at, "id"), report)
        _check_sequence(bank, at, sequence, report)
    sequences = [(("sequences", at, "id"), one.id) for at, one in enumerate(bank.sequences)]
    check_unique(sequences, "sequences", report)


def _check_anchors(question: Question, path: KeyPath, report: Report) -> None:
    """A scaled question names both ends of its scale and nothing between (R67)."""
    where = (*path, "anchors")
    if not report.has(where) or not report.sure(where):
        return
    for point in question.anchors:
        if point not in SCALE_ENDS:
            here = (*where, str(point))
            report.add(here, "a scale goes from 1 to 10; name these two ends", at_key=True)
    missing = [str(end) for end in SCALE_ENDS if end not in question.anchors]
    if missing:
        report.add(where, f"both ends of the scale have words; {' and '.join(missing)} has none")
    for end, words in question.anchors.items():
        if len(words) > LONGEST_ANCHOR or "\n" in words.strip():
            report.add((*where, str(end)), f"at most {LONGEST_ANCHOR} letters on one line")


def _check_sequence(bank: QuestionBank, at: int, sequence: Sequence, report: Report) -> None:
    path = ("sequences", at, "questions")
    if not report.there(path):
        return
    if len(sequence.questions) < 2:
        report.add(path, f"a sequence has at least two questions, found {len(sequence.questions)}")
    positions: dict[str, int] = {}
    for number, one in enumerate(bank.questions):
        positions.setdefault(one.id, number)
    all_known = report.there(("questions",)) and report.sure(
        *(("questions", number, "id") for number in range(len(bank.questions)))
    )
    seen: set[str] = set()
    for number, name in enumerate(sequence.questions):
        here = (*path, number)
        if not name.strip() or not report.sure(here):
            continue
        if name in seen:
            report.add(here, f"`{name}` stands twice in this sequence")
        elif name not in positions and all_known:
            report.add(here, f"no question `{name}` in this bank{did_you_mean(name, positions)}")
        seen.add(name)
    _check_order(bank, at, sequence, positions, report)


def _check_order(
    bank: QuestionBank, at: int, sequence: Sequence, positions: dict[str, int], report: Report
) -> None:
    """Breadth never rises; at equal breadth the level never falls (R64)."""
    path = ("sequences", at, "questions")
    for number in range(1, len(sequence.questions)):
        names = sequence.questions[number - 1 : number + 1]
        if any(name not in positions for name in names) or names[0] == names[1]:
            continue
        places = [positions[name] for name in names]
        parts = [("questions", one, part) for one in places for part in ("breadth", "level")]
        if not report.sure((*path, number - 1), (*path, number), *parts):
            continue
        before, after = (bank.questions[one] for one in places)
        if after.breadth > before.breadth:
            report.add(
                (*path, number),
                f"`{after.id}` (breadth {after.breadth}) is wider than `{before.id}` before it "
                f"(breadth {before.breadth}); a sequence goes from wide to specific",
            )
        elif after.breadth == before.breadth and _rank(after.level) < _rank(before.level):
            report.add(
                (*path, number),
                f"`{after.id}` ({after.level}) comes after `{before.id}` ({before.level}); "
                f"at equal breadth the order is {', '.join(LEVELS)}",
            )


def _rank(level: str) -> int:
    return LEVELS.index(level)
