"""`questions lint` and `blueprints lint`: hints about wording and order, never a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from trajplan.actions.import_questions import MAX_BYTES, check_lines, check_number, texts_in
from trajplan.actions.sources import decode, read_source
from trajplan.content.document import SourceDocument
from trajplan.content.files import SUFFIXES, display
from trajplan.content.kinds import BANK, BLUEPRINT_KINDS, KINDS
from trajplan.content.library import Library
from trajplan.content.model import QuestionBank
from trajplan.errors import CannotDo, InvalidContent
from trajplan.lint.banks import BankFile, lint_banks
from trajplan.lint.blueprints import Blueprint, lint_blueprint
from trajplan.lint.hints import HintInFile
from trajplan.lint.plain import (
    JudgedLine,
    NumberedText,
    judge_conversation,
    lint_texts,
    questions_in,
    spoken_lines,
)
from trajplan.settings import local_path
from trajplan.text import plural

T = TypeVar("T")
MARKDOWN = (".md", ".markdown")
TABLES = (".json", ".jsonl", ".ndjson", ".csv", ".tsv")
"""Files in which not every line is a question; they are read as `questions import` does."""


class LintResult(Struct, frozen=True):
    """What a run of the lint found."""

    hints: tuple[HintInFile, ...]
    checked: str
    """What was looked at, for a summary: `478 questions in 11 files`."""
    notes: tuple[str, ...] = ()
    """What a coach should know about how it was read."""


class LintFile(Struct, frozen=True):
    """A file as it was named: a bank, some other YAML, or plain text."""

    name: str
    data: bytes
    content: BankFile | SourceDocument | None


def lint_questions(library: Library, files: Sequence[str]) -> LintResult:
    """Lint every bank of the library, or these files: banks, foreign YAML, lists in plain text.

    Near-duplicates are looked for in the library as well. Raises NotFound, StoreFault,
    InvalidContent for a file that is no text, CannotDo for a file of another kind.
    """
    if not files:
        library_banks = _library_banks(library)
        questions = sum(len(bank_file.bank.questions) for bank_file in library_banks)
        return LintResult(lint_banks(library_banks), _count(questions, len(library_banks)))
    lint_files = [_read_file(name) for name in files]
    banks = [file.content for file in lint_files if isinstance(file.content, BankFile)]
    hints: list[HintInFile] = []
    if banks:
        hints += lint_banks(banks, _beside(banks, _library_banks(library)))
    notes: list[str] = []
    total = 0
    for file in lint_files:
        if isinstance(file.content, BankFile):
            total += len(file.content.bank.questions)
            continue
        if file.content:
            notes.append(f"{file.name}: not a trajplan question bank; its texts were checked")
        texts = _texts_in(file)
        check_number(file.name, len(texts))
        hints += lint_texts(texts, display(local_path(file.name)))
        total += len(texts)
    return LintResult(tuple(hints), _count(total, len(files)), tuple(notes))


def _texts_in(file: LintFile) -> list[NumberedText]:
    """What a file that is no bank asks, each text with its line."""
    if isinstance(file.content, SourceDocument):
        return questions_in(file.content)
    text, name = decode(file.name, file.data), file.name.lower()
    if name.endswith(TABLES):
        return texts_in(file.name, text)
    check_lines(file.name, text)
    return spoken_lines(text, headings=name.endswith(MARKDOWN))


def _library_banks(library: Library) -> list[BankFile]:
    return [_read_bank(path) for path in _paths(library, (BANK,))]


def _beside(banks: Sequence[BankFile], library_banks: Sequence[BankFile]) -> list[BankFile]:
    """Banks of the library that near-duplicates are looked for in.

    A file of the library is not its own duplicate, nor that of the bank it takes the place of.
    """
    names = {bank_file.document.file for bank_file in banks}
    ids = {bank_file.bank.id for bank_file in banks}
    return [
        bank_file
        for bank_file in library_banks
        if bank_file.document.file not in names and bank_file.bank.id not in ids
    ]


def lint_conversation() -> tuple[JudgedLine, ...]:
    """Judge what a coach said, one utterance a line, from standard input."""
    name, data = read_source("-")
    text = decode(name, data)
    check_lines(name, text)
    lines = spoken_lines(text)
    check_number(name, len(lines))
    return judge_conversation(lines)


def lint_blueprints(library: Library, files: Sequence[str]) -> LintResult:
    """Lint every blueprint, journey, activity, prompt and worksheet of the library, or these files.

    Raises InvalidContent with every fault of a file whose shape is wrong, NotFound, StoreFault.
    """
    paths = [local_path(name) for name in files] or _paths(library, BLUEPRINT_KINDS)
    hints: list[HintInFile] = []
    for path in paths:
        document = _document(display(path), read_source(str(path), MAX_BYTES)[1])
        kind = _kind(document)
        if kind not in BLUEPRINT_KINDS:
            hint = "; `trajplan questions lint` reads it" if kind == BANK else ""
            raise CannotDo(f"`{display(path)}` contains no blueprint{hint}")
        blueprint: Blueprint = _valid(document, KINDS[kind].shape)
        hints += lint_blueprint(document, blueprint)
    return LintResult(tuple(hints), f"{len(paths)} file{'' if len(paths) == 1 else 's'}")


def _count(questions: int, files: int) -> str:
    return f"{plural(questions, 'question')} in {plural(files, 'file')}"


def _paths(library: Library, kinds: Sequence[str]) -> list[Path]:
    """The files of all usable content of these kinds, each once."""
    paths = [
        library.sources[kind, name].path for kind in kinds for name in sorted(library.content[kind])
    ]
    return list(dict.fromkeys(paths))


def _read_bank(path: Path) -> BankFile:
    document = _document(display(path), read_source(str(path), MAX_BYTES)[1])
    return BankFile(document, _valid(document, QuestionBank))


def _read_file(name: str) -> LintFile:
    """Read one of the files to lint. Raises CannotDo for a blueprint."""
    from trajplan.content.border import validate

    data = read_source(name, MAX_BYTES)[1]
    if not name.lower().endswith(SUFFIXES):
        return LintFile(name, data, None)
    document = _document(display(local_path(name)), data)
    kind = _kind(document)
    if kind in BLUEPRINT_KINDS:
        raise CannotDo(f"`{name}` holds a {kind}; `trajplan blueprints lint` reads it")
    bank = validate(document, QuestionBank)[0] if kind == BANK else None
    return LintFile(name, data, document if bank is None else BankFile(document, bank))


def _document(name: str, data: bytes) -> SourceDocument:
    """Read YAML with its places. Raises InvalidContent when it is none."""
    from trajplan.content.reader import read

    document = read(data, name)
    if not document.readable:
        raise InvalidContent(document.problems)
    return document


def _kind(document: SourceDocument) -> str:
    kind = document.tree.get("kind") if isinstance(document.tree, dict) else None
    return kind if isinstance(kind, str) else ""


def _valid(document: SourceDocument, kind: type[T]) -> T:
    """Read a file as one kind. Raises InvalidContent with every fault of its shape."""
    from trajplan.content.border import validate

    value, report = validate(document, kind)
    if value is None:
        raise InvalidContent(report.in_order())
    return value
