"""Questions judged and imported: hints, judged lines, and a bank for review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import to_builtins

from trajplan.importing.bank import ReviewBank, ReviewQuestion
from trajplan.importing.write import yaml_of
from trajplan.lint.hints import HintInFile
from trajplan.lint.plain import JudgedLine, hints_about
from trajplan.pages.document import ITSELF, Document, fields_data
from trajplan.pages.page import Bullets, Line, Page
from trajplan.planning.questions import CONDITIONS, REVIEWS, SITUATIONS
from trajplan.text import plural, shortened, visible

NOTE_LETTERS = 72
"""How much of a text a note repeats."""


def hint_lines(hints: Sequence[HintInFile]) -> Document:
    """Hints as `FILE:LINE: id: message`, so that editors and pipes can follow them."""
    return _hints(hints, lambda: hints)


def _hints(hints: Sequence[HintInFile], data: Callable[[], Any]) -> Document:
    lines = tuple(visible(str(hint)) for hint in hints)
    shown = Bullets(lines) if lines else Line("No hints.")
    return Document(
        text=lambda: "".join(f"{line}\n" for line in lines),
        page=lambda: Page.of("Hints", shown),
        data=data,
        rows=ITSELF,
    )


def judged_lines(lines: Sequence[JudgedLine]) -> Document:
    """What a coach said, line by line: hints for people, every line for programs."""
    hints = hints_about(lines, "<standard input>")
    return _hints(hints, lambda: [_judged(line) for line in lines])


def _judged(line: JudgedLine) -> dict[str, Any]:
    return {
        **fields_data(line, "line", "text"),
        "hints": list(dict.fromkeys(finding.hint for finding in line.findings)),
        **fields_data(line, "level", "open", "findings"),
    }


def review_bank(bank: ReviewBank, schema: str) -> Document:
    """The bank, in YAML wherever a person reads it: what is seen is what a file would hold."""
    return Document(
        text=lambda: yaml_of(bank, schema),
        data=lambda: [_question_data(question) for question in bank.questions],
    )


def _question_data(question: ReviewQuestion) -> dict[str, Any]:
    """One question with its keys as a bank has them, and what the import noticed about it."""
    return {
        **fields_data(question, "id", "text"),
        **to_builtins(question.values),
        **fields_data(question, "tags", "suggested", "compound", "asks"),
        **fields_data(question, "same_as", "almost", "changed", "where"),
    }


def import_notes(bank: ReviewBank) -> list[str]:
    """What is said on standard error: first what was skipped, at the end the counts and
    where the questions can come up."""
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
    if bank.places:
        notes.append(bank.places)
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
