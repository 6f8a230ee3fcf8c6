"""`questions lint` and `blueprints lint`: hints about wording and order, never a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from trajplan.actions.forms import read_source
from trajplan.content.document import Document
from trajplan.content.files import SUFFIXES, display
from trajplan.content.kinds import BANK, KINDS
from trajplan.content.library import Library
from trajplan.content.model import QuestionBank
from trajplan.errors import CannotDo, InvalidContent, NotFound, Problem, StoreFault
from trajplan.lint.banks import BankFile, lint_banks
from trajplan.lint.blueprints import Blueprint, lint_blueprint
from trajplan.lint.coverage import Row, coverage
from trajplan.lint.hint import Hint
from trajplan.lint.plain import (
    JudgedLine,
    count_texts,
    judge_conversation,
    lint_lines,
    lint_texts,
)

T = TypeVar("T")
MARKDOWN = (".md", ".markdown")
LINTED_KINDS = tuple(kind for kind in KINDS if kind != BANK)
"""What `blueprints lint` reads."""


@dataclass(frozen=True, slots=True)
class Linted:
    """What a run of the lint found."""

    hints: tuple[Hint, ...]
    checked: str
    """What was looked at, for a summary: `478 questions in 11 files`."""
    notes: tuple[str, ...] = ()
    """What a coach should know about how it was read."""


def lint_questions(library: Library, files: Sequence[str]) -> Linted:
    """Lint every bank of the library, or these files: banks, foreign YAML, lists in plain text.

    Near-duplicates are looked for in the library as well. Raises NotFound, StoreFault,
    InvalidContent for a file that is no text, CannotDo for a file of another kind.
    """
    shelf = {path: _bank(path) for path in _paths(library, (BANK,))}
    if not files:
        banks = list(shelf.values())
        return Linted(
            lint_banks(banks), _count(sum(len(one.bank.questions) for one in banks), len(banks))
        )
    hints: list[Hint] = []
    notes: list[str] = []
    total = 0
    given = [(name, *_given(name)) for name in files]
    banks = [one for _, _, one in given if isinstance(one, BankFile)]
    names = {one.document.file for one in banks}
    ids = {one.bank.id for one in banks}
    # A file of the library is not its own duplicate, nor that of the bank it takes the place of.
    beside = [
        one for one in shelf.values() if one.document.file not in names and one.bank.id not in ids
    ]
    hints += lint_banks(banks, beside)
    for name, data, one in given:
        if isinstance(one, BankFile):
            total += len(one.bank.questions)
        elif isinstance(one, Document):
            hints += lint_texts(one)
            total += count_texts(one)
            notes.append(f"{name}: no question bank of this program's form; its texts were judged")
        else:
            text = _decoded(name, data)
            markdown = name.lower().endswith(MARKDOWN)
            hints += lint_lines(text, display(Path(name)), headings=markdown)
            total += sum(bool(line.strip()) for line in text.splitlines())
    return Linted(tuple(hints), _count(total, len(files)), tuple(notes))


def lint_conversation(source: str = "-") -> tuple[JudgedLine, ...]:
    """Judge what a coach said, one utterance a line, from standard input."""
    _, data = read_source(source)
    return judge_conversation(_decoded("<standard input>", data))


def lint_blueprints(library: Library, files: Sequence[str]) -> Linted:
    """Lint every blueprint, journey, activity, prompt and worksheet of the library, or these files.

    Raises InvalidContent with every fault of a file whose shape is wrong, NotFound, StoreFault.
    """
    paths = [Path(one).expanduser() for one in files] or _paths(library, LINTED_KINDS)
    hints: list[Hint] = []
    for path in paths:
        document = _document(display(path), _bytes(str(path)))
        kind = _kind(document)
        if kind not in LINTED_KINDS:
            hint = "; `trajplan questions lint` reads it" if kind == BANK else ""
            raise CannotDo(f"`{display(path)}` holds no blueprint{hint}")
        found: Blueprint = _valid(document, KINDS[kind].shape)
        hints += lint_blueprint(document, found)
    return Linted(tuple(hints), f"{len(paths)} file{'' if len(paths) == 1 else 's'}")


def coverage_of(library: Library) -> tuple[Row, ...]:
    """How many questions the whole library holds for each phase and target."""
    phases = dict.fromkeys(
        phase.id for journey in library.journeys.values() for phase in journey.phases
    )
    every = [question for bank in library.banks.values() for question in bank.questions]
    return coverage(every, list(phases))


def _count(questions: int, files: int) -> str:
    return f"{questions} questions in {files} file{'' if files == 1 else 's'}"


def _paths(library: Library, kinds: Sequence[str]) -> list[Path]:
    """The files of all usable content of these kinds, each once."""
    paths = [
        library.sources[kind, name].path for kind in kinds for name in sorted(library.content[kind])
    ]
    return list(dict.fromkeys(paths))


def _bank(path: Path) -> BankFile:
    document = _document(display(path), _bytes(str(path)))
    return BankFile(document, _valid(document, QuestionBank))


def _given(name: str) -> tuple[bytes, BankFile | Document | None]:
    """A file as given: a bank, some other YAML, or None for plain text."""
    data = _bytes(name)
    if not name.lower().endswith(SUFFIXES):
        return data, None
    document = _document(display(Path(name).expanduser()), data)
    kind = _kind(document)
    if kind in LINTED_KINDS:
        raise CannotDo(f"`{name}` holds a {kind}; `trajplan blueprints lint` reads it")
    bank = _read_as(document, QuestionBank) if kind == BANK else None
    return data, document if bank is None else BankFile(document, bank)


def _bytes(name: str) -> bytes:
    path = Path(name).expanduser()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"no file `{name}`") from None
    except OSError as fault:
        raise StoreFault(f"`{name}` cannot be read: {fault.strerror}") from fault


def _document(name: str, data: bytes) -> Document:
    """Read YAML with its places. Raises InvalidContent when it is none."""
    from trajplan.content.reader import read

    document = read(data, name)
    if not document.readable:
        raise InvalidContent(document.problems)
    return document


def _kind(document: Document) -> str:
    said = document.tree.get("kind") if isinstance(document.tree, dict) else None
    return said if isinstance(said, str) else ""


def _valid(document: Document, kind: type[T]) -> T:
    """Read a file as one kind. Raises InvalidContent with every fault of its shape."""
    from trajplan.content.border import validate

    value, report = validate(document, kind)
    if value is None:
        raise InvalidContent(report.in_order())
    return value


def _read_as(document: Document, kind: type[T]) -> T | None:
    """The same, or None when the shape is another."""
    from trajplan.content.border import validate

    return validate(document, kind)[0]


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise InvalidContent([Problem(name, 1, 1, "this is not UTF-8 text")]) from None
