"""A bank for review: the YAML file, the list for programs, and what is said beside it."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from trajplan.importing.bank import ReviewBank, ReviewQuestion
from trajplan.importing.write import yaml_of
from trajplan.pages.document import Document
from trajplan.planning.questions import CONDITIONS, REVIEWS, SITUATIONS
from trajplan.text import plural, shortened

NOTE_LETTERS = 72
"""How much of a text a note repeats."""


def review_bank(bank: ReviewBank, schema: str = "") -> Document:
    """The bank, in YAML wherever a person reads it: what is seen is what a file would hold."""
    return Document(
        text=lambda: yaml_of(bank, schema),
        data=lambda: [_question_data(question) for question in bank.questions],
    )


def _question_data(question: ReviewQuestion) -> dict[str, Any]:
    """One question with its keys as a bank has them, and what the import noticed about it."""
    return {
        "id": question.id,
        "text": question.text,
        **to_builtins(question.values),
        "tags": list(question.tags),
        "suggested": list(question.suggested),
        "compound": question.compound,
        "asks": question.asks,
        "same_as": question.same_as,
        "almost": question.almost,
        "changed": question.changed,
        "where": question.where,
    }


def import_notes(bank: ReviewBank) -> list[str]:
    """What is said on standard error: first what was skipped, at the end the counts."""
    notes = [
        f"{skipped.where}: skipped ({skipped.why}): {_short(skipped.text)}"
        for skipped in bank.skipped
    ]
    notes += bank.notes
    notes += [
        f"{', '.join(repeat.again)}: repeated, imported once ({repeat.where}): "
        f"{_short(repeat.text)}"
        for repeat in bank.repeats
    ]
    for question in bank.questions:
        name, text = f"{question.where}: {question.id}", _short(question.text)
        if question.same_as:
            notes.append(f"{name} is the same as {question.same_as}: {text}")
        if question.almost:
            notes.append(f"{name} is almost the same as {question.almost}: {text}")
        if question.changed:
            notes.append(f"{name}: removed from the text: {question.changed}")
    tags = {tag for question in bank.questions for tag in question.tags}
    notes += [
        f"the tag `{tag}` has a meaning of its own: such questions come only when it holds; "
        "rename it where that is not meant"
        for tag in sorted(tags & (CONDITIONS | REVIEWS | SITUATIONS))
    ]
    notes.append(_counts(bank))
    return notes


def _counts(bank: ReviewBank) -> str:
    questions = bank.questions
    counts = [
        (sum(question.compound for question in questions), "perhaps two in one"),
        (sum(not question.asks for question in questions), "perhaps no question"),
        (sum(bool(question.same_as) for question in questions), "known already"),
        (sum(bool(question.almost) for question in questions), "almost known already"),
        (sum(bool(question.changed) for question in questions), "changed"),
        (sum(len(repeat.again) for repeat in bank.repeats), "repeated, imported once"),
        (len(bank.skipped), "skipped"),
    ]
    remarks = "".join(f"; {count} {words}" for count, words in counts if count)
    return f"{plural(len(questions), 'question')} for review in bank `{bank.id}`{remarks}"


def _short(text: str) -> str:
    return shortened(text, NOTE_LETTERS)
