"""`questions import`: somebody's list of questions to a bank for review, with nothing lost.

Beside it: where these questions can come up, once they are reviewed (R129).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import PurePath
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.context import Context
from trajplan.actions.sources import decode, read_source
from trajplan.content.kinds import BLUEPRINT, not_an_id
from trajplan.content.library import Library
from trajplan.content.model import Question
from trajplan.errors import CannotDo, UsageFault
from trajplan.importing import lines, rows, trees
from trajplan.importing.bank import BankHead, ReviewBank, ReviewQuestion, bank_of
from trajplan.importing.recognise import ImportResult
from trajplan.importing.write import yaml_of
from trajplan.planning.heard_topics import heard_topics, is_topic
from trajplan.planning.questions import (
    CONDITIONS,
    REVIEWS,
    SITUATIONS,
    AskingConditions,
    RankedQuestion,
    is_aimed,
    may_ask,
)
from trajplan.text import one_line, pattern, require_utf8
from trajplan.vocabulary import REVIEW

Shape = Literal["markdown", "text", "csv", "json", "yaml"]
_SHAPES: dict[str, Shape] = {
    ".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".tsv": "csv", ".json": "json",
    ".jsonl": "json", ".ndjson": "json", ".yaml": "yaml", ".yml": "yaml",
}  # fmt: skip
MAX_BYTES = 1024 * 1024
MOST_QUESTIONS = 2000
"""Of a list that is read at once; four times what all built-in banks hold."""
_MOST_LINES = 20_000
_LONGEST = 5000
"""Characters of a line, or of a question: no more are said in a breath."""
"""What the strict reader takes."""
_LANGUAGE = pattern("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_UNNAMED = "imported"
_RICH_TEXT = "rich text (RTF); save it as plain text"
_WEB_PAGE = "a web page; copy its text into a text file"
_OTHER_FILES = {
    ".docx": "a Word document; save it as plain text or Markdown",
    ".doc": "a Word document; save it as plain text or Markdown",
    ".odt": "a text document; save it as plain text or Markdown",
    ".xlsx": "a spreadsheet; save it as CSV UTF-8",
    ".xls": "a spreadsheet; save it as CSV UTF-8",
    ".ods": "a spreadsheet; save it as CSV UTF-8",
    ".pdf": "a PDF; copy its text into a text file",
    ".rtf": _RICH_TEXT,
    ".html": _WEB_PAGE,
    ".htm": _WEB_PAGE,
    ".ts": "a program's source; copy the questions into a text file",
    ".js": "a program's source; copy the questions into a text file",
}
"""What files of other programs are, by their endings, and what to do with them."""
_YAML_START = pattern(r"(?:---\n)?(?:#.*\n|[^\S\n]*\n)*+(?:- )?[\w-]+:(?: .*)?\n", re.ASCII)


class ImportRequest(Struct, frozen=True, kw_only=True):
    """What `questions import` was asked for; empty values are worked out from the file."""

    source: str
    shape: Shape | None = None
    id: str = ""
    title: str = ""
    language: str = ""


def import_questions(context: Context, request: ImportRequest) -> ReviewBank:
    """Read a file and make a bank of it; nothing is written.

    Raises NotFound, StoreFault, UsageFault, InvalidContent for a file that cannot be read as what
    it is, CannotDo when there is no question in it.
    """
    if request.id and (letters := not_an_id(request.id)):
        raise UsageFault(f"`{request.id}` is not an id; use {letters}")
    if request.language and not _LANGUAGE.fullmatch(request.language):
        raise UsageFault(
            f"`{request.language}` is not a language code; write it like en, de or pt-BR"
        )
    name, data = read_source(request.source, MAX_BYTES)
    _refuse_other_files(name, data)
    text = decode(name, data, "save it as UTF-8 (a spreadsheet calls it `CSV UTF-8`)")
    shape = request.shape or _shape(request.source, text)
    result = _read_as(shape, text, name, request.language)
    if not result.questions:
        rest = f"; {len(result.skipped)} lines were left out" if result.skipped else ""
        raise CannotDo(
            f"no question found in {name}{rest}. --as says how to read it: markdown, text, csv, "
            "json or yaml; `--as text` takes every line"
        )
    library = context.library
    # A file's name may be bytes that are no text; the bank it becomes is UTF-8.
    file = PurePath(request.source.encode("utf-8", "replace").decode("utf-8"))
    stem = "" if request.source == "-" else file.stem
    bank = request.id or _free_id(stem, library)
    others = [
        (question.id, question.text)
        for question, home, _ in library.questions.values()
        if home != bank
    ]
    head = BankHead(
        id=bank,
        title=require_utf8(one_line(request.title), "title") or _title(stem),
        source=name if request.source == "-" else file.name,
        language=request.language,
    )
    imported = bank_of(result, head, others, {question_id for question_id, _ in others})
    imported = with_topics(library, imported)
    imported = replace(imported, places=places_note(library, imported))
    size = len(yaml_of(imported).encode())
    if size > MAX_BYTES:
        raise CannotDo(
            f"{len(imported.questions)} questions make a bank of {size // 1024} KiB, and the "
            f"limit is {MAX_BYTES // 1024}; split the file and import its parts one by one"
        )
    if bank in library.banks:
        note = f"bank `{bank}` already exists; this one would replace it"
        imported = replace(imported, notes=(*imported.notes, note))
    return imported


def _refuse_other_files(name: str, data: bytes) -> None:
    """Say what a file is that no list of questions can be read from (F42). Raises CannotDo."""
    suffix = PurePath(name).suffix.lower()
    start = data[:512].lstrip().lower()
    what = _OTHER_FILES.get(suffix, "")
    if not what and data.startswith(b"PK\x03\x04"):
        what = "a document of an office program or an archive; save it as text or CSV"
    elif not what and start.startswith(b"{\\rtf"):
        what = _RICH_TEXT
    elif not what and start.startswith((b"<!doctype html", b"<html")):
        what = _WEB_PAGE
    if what:
        raise CannotDo(f"{name} is {what}, then import that")


def _title(stem: str) -> str:
    words = one_line(re.sub("[-_]", " ", stem))
    return words[:1].upper() + words[1:] or "Imported questions"


def _shape(source: str, text: str) -> Shape:
    """By the file's ending; else by what the text looks like."""
    shape = _SHAPES.get(PurePath(source).suffix.lower()) if source != "-" else None
    if shape:
        return shape
    if trees.is_json(text):
        return "json"
    if _is_yaml(text):
        return "yaml"
    if rows.has_question_header(text):
        return "csv"
    return "text"


def _is_yaml(text: str) -> bool:
    """Whether it begins with a key and is YAML to the end; many a plain text is YAML by chance."""
    if not _YAML_START.match(text):
        return False
    from trajplan.content.reader import read

    document = read(text.encode("utf-8", "replace"), "")
    return document.readable and isinstance(document.tree, dict | list)


def check_lines(name: str, text: str) -> None:
    """Refuse what is no list of questions, a line each, before it takes long (R161).

    Raises CannotDo.
    """
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        raise CannotDo(
            f"{name} has {len(lines):,} lines, and a list of questions has at most "
            f"{_MOST_LINES:,}; split the file and take its parts one by one"
        )
    _check_lengths(name, enumerate(lines, 1))


def _check_lengths(name: str, texts: Iterable[tuple[int | str, str]]) -> None:
    for where, text in texts:
        if len(text) > _LONGEST:
            place = f"line {where}" if isinstance(where, int) else where
            raise CannotDo(
                f"{name}, {place}: {len(text):,} characters are more than a question has "
                f"({_LONGEST:,} are possible)"
            )


def check_number(name: str, count: int) -> None:
    """Refuse more questions than are read at once. Raises CannotDo."""
    if count > MOST_QUESTIONS:
        raise CannotDo(
            f"{name} holds {count:,} questions, and {MOST_QUESTIONS:,} are read at once; split "
            "the file and take its parts one by one"
        )


def _read_as(shape: Shape, text: str, name: str, language: str = "") -> ImportResult:
    """Read a list in its shape. Raises CannotDo where it is larger than any list."""
    if shape in ("markdown", "text", "csv"):
        check_lines(name, text)
    result = _questions_in(shape, text, name, language)
    check_number(name, len(result.questions))
    _check_lengths(name, ((question.where, question.text) for question in result.questions))
    return result


def _questions_in(shape: Shape, text: str, name: str, language: str) -> ImportResult:
    if shape == "json":
        return trees.from_json(text, name, language)
    if shape == "csv":
        return rows.from_csv(text, name)
    if shape == "yaml":
        # The strict reader: its faults have their lines.
        from trajplan.content.reader import read

        return trees.from_yaml(read(text.encode(), name), language)
    return lines.from_markdown(text) if shape == "markdown" else lines.from_plain_text(text)


def texts_in(name: str, text: str) -> list[tuple[int, str]]:
    """The questions of a file that is no bank, each with its line. Raises InvalidContent."""
    texts: list[tuple[int, str]] = []
    start = 0
    for question in _read_as(_shape(name, text), text, name).questions:
        line = re.fullmatch(r"line (\d+)", question.where)
        if line is None:
            # JSON gives no lines; its texts stand in the order of the file.
            written = [
                json.dumps(question.text, ensure_ascii=plain)[1:-1] for plain in (False, True)
            ]
            places = [place for words in written if (place := text.find(words, start)) >= 0]
            start = min(places, default=start)
        number = int(line[1]) if line else text.count("\n", 0, start) + 1
        texts.append((number, one_line(question.text)))
    return texts


def _free_id(stem: str, library: Library) -> str:
    """An id from the file's name that no bank has yet."""
    plain = unicodedata.normalize("NFKD", stem.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall("[a-z0-9]+", letters)
    base = "-".join(words)[:40].strip("-") or _UNNAMED
    return _free_name(base, {*library.banks, *(name for _, name in library.faulty)})


def _free_name(base: str, names: Collection[str]) -> str:
    """The base, or with the first number that makes it none of `names`."""
    name, number = base, 1
    while name in names:
        number += 1
        name = f"{base}-{number}"
    return name


def with_topics(library: Library, bank: ReviewBank) -> ReviewBank:
    """The bank with the topics its questions speak of, as a suggestion."""
    questions = tuple(
        replace(
            question,
            topics=tuple(
                topic.id
                for topic in heard_topics(library.topics, question.text)
                if is_topic(library.topics[topic.id])
            ),
        )
        for question in bank.questions
    )
    return replace(bank, questions=questions)


def places_note(library: Library, bank: ReviewBank) -> str:
    """In which segments of the built-in blueprints the questions fit, and which fit nowhere."""
    conditions = AskingConditions(
        phase="",
        energy="normal",
        occasions=(CONDITIONS | REVIEWS | SITUATIONS) - {"holding"},
        excluded=frozenset(),
        asked=frozenset(),
        own_banks=frozenset({bank.id}),
        built_in=True,
    )
    segments = [
        segment
        for blueprint in library.blueprints.values()
        if library.sources[BLUEPRINT, blueprint.id].layer == "built-in"
        for segment in blueprint.segments
    ]
    by_component: Counter[str] = Counter()
    fitting: set[str] = set()
    for segment in segments:
        names = {
            question.id
            for question in bank.questions
            if may_ask(ranked := _candidate(bank, question), segment, conditions)
            and is_aimed(ranked, segment, conditions)
        }
        fitting |= names
        by_component[segment.component] += bool(names)
    parts = [
        f"{component.replace('_', ' ')} {count}"
        for component, count in by_component.items()
        if count
    ]
    if not parts:
        return "once reviewed, they fit no built-in segment"
    where = f"{sum(by_component.values())} of {len(segments)} built-in segments"
    note = f"once reviewed, they can come up in {where}: {', '.join(parts)}"
    nowhere = [question.id for question in bank.questions if question.id not in fitting]
    return note + (f"; in none: {', '.join(nowhere)}" if nowhere else "")


def _candidate(bank: ReviewBank, question: ReviewQuestion) -> RankedQuestion:
    reviewed = Question(
        id=question.id,
        text=question.text,
        tags=tuple(tag for tag in question.tags if tag != REVIEW),
        **question.values,
    )
    return RankedQuestion(rank=0, question=reviewed, bank=bank.id, score=0, reasons=())
