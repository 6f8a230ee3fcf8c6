"""Question banks: every question judged, sequences looked at, near-duplicates found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trajplan.content.document import Document, KeyPath
from trajplan.content.model import Question, QuestionBank
from trajplan.lint import sequences
from trajplan.lint.duplicates import near_duplicates
from trajplan.lint.hint import Hint, Located, hints_of
from trajplan.lint.hints.finding import Finding, finding
from trajplan.lint.judge import FOR_ANYBODY, Judgement, judge

_STRONG = 4.5
_NOTHING = 1.0
"""A level is in doubt when this much speaks for another, and less than one pattern for it."""


@dataclass(frozen=True, slots=True)
class BankFile:
    """A bank with the file it was read from."""

    document: Document
    bank: QuestionBank


def lint_banks(banks: Sequence[BankFile], beside: Sequence[BankFile] = ()) -> tuple[Hint, ...]:
    """All hints about some banks, in the order of their lines.

    `beside`: banks that near-duplicates are looked for in as well, and nothing else.
    """
    twins = _twins(banks, beside)
    hints: list[Hint] = []
    for one in banks:
        found = [*_questions(one, twins), *_sequences(one)]
        hints += sorted(found, key=lambda hint: hint.line)
    return tuple(hints)


def _questions(one: BankFile, twins: Mapping[int, Sequence[Question]]) -> Iterator[Hint]:
    for at, question in enumerate(one.bank.questions):
        path: KeyPath = ("questions", at)
        found = list(_findings(question, path))
        found += [
            Located((*path, "text"), _twin(other)) for other in twins.get(id(question), ())[:1]
        ]
        yield from hints_of(one.document, question.id, path, found, question.silence)


def _findings(question: Question, path: KeyPath) -> Iterator[Located]:
    judgement = judge(question.text, FOR_ANYBODY)
    for found in judgement.findings:
        # The tag says that it offers, and sequences see to the asking.
        if not (found.hint == "offer-without-permission" and sequences.OFFER in question.tags):
            yield Located((*path, "text"), found)
    doubt = level_doubt(question.level, judgement)
    if doubt:
        yield Located((*path, "level"), doubt)


def level_doubt(label: str, judgement: Judgement) -> Finding | None:
    """A finding when much speaks for another level than the label, and nothing for the label."""
    reading = judgement.reading
    weights = {str(level): weight for level, weight in reading.weights.items()}
    if reading.level == label or weights[reading.level] < _STRONG or weights[label] >= _NOTHING:
        return None
    words = f"labelled {label}, the words read as {reading.level}; check what it is for"
    return finding("level-in-doubt", "", words)


def _twins(
    banks: Sequence[BankFile], beside: Sequence[BankFile]
) -> Mapping[int, Sequence[Question]]:
    """For each question, by identity, those before it that are almost the same.

    A silence at either of the two is enough.
    """
    every = [question for one in (*beside, *banks) for question in one.bank.questions]
    found: defaultdict[int, list[Question]] = defaultdict(list)
    for pair in near_duplicates([question.text for question in every]):
        earlier, later = every[pair.earlier], every[pair.later]
        silent = [one for one in (earlier, later) if "near-duplicate" in one.silence]
        for one in silent or [later]:
            found[id(one)].append(earlier if one is later else later)
    return found


def _twin(other: Question) -> Finding:
    return finding("near-duplicate", "", f"almost the same as `{other.id}`: {other.text}")


def _sequences(one: BankFile) -> Iterator[Hint]:
    questions = {question.id: question for question in one.bank.questions}
    for at, sequence in enumerate(one.bank.sequences):
        path: KeyPath = ("sequences", at)
        found = [
            Located((*path, "questions", number), what)
            for number, what in sequences.findings_in(
                [questions[name] for name in sequence.questions]
            )
        ]
        yield from hints_of(one.document, sequence.id, path, found, sequence.silence)
