"""`questions import`: somebody's list of questions to a bank for review, with nothing lost."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Literal

from trajplan.actions.context import Context
from trajplan.actions.forms import read_source
from trajplan.content.library import Library
from trajplan.errors import CannotDo, InvalidContent, Problem, UsageFault
from trajplan.importing import lines, rows, trees
from trajplan.importing.bank import Head, ImportedBank, bank_of
from trajplan.importing.harvest import Harvest
from trajplan.importing.write import yaml_of
from trajplan.text import one_line, require_utf8

Shape = Literal["markdown", "text", "csv", "json", "yaml"]
_SHAPES: dict[str, Shape] = {
    ".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".tsv": "csv", ".json": "json",
    ".jsonl": "json", ".ndjson": "json", ".yaml": "yaml", ".yml": "yaml",
}  # fmt: skip
MAX_BYTES = 1024 * 1024
"""What the strict reader takes."""
_ID = re.compile("[a-z0-9][a-z0-9-]*")
_LANGUAGE = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_UNNAMED = "imported"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_YAML_START = re.compile(r"(?:---\n)?(?:#.*\n|\s*\n)*(?:- )?[\w-]+:(?: .*)?\n", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWish:
    """What `questions import` was asked for; empty values are found out."""

    source: str
    shape: Shape | None = None
    id: str = ""
    title: str = ""
    language: str = ""


def import_questions(context: Context, wish: ImportWish) -> ImportedBank:
    """Read a file and make a bank of it; nothing is written.

    Raises NotFound, StoreFault, UsageFault, InvalidContent for a file that cannot be read as what
    it is, CannotDo when there is no question in it.
    """
    if wish.id and not _ID.fullmatch(wish.id):
        raise UsageFault(f"`{wish.id}` is no id: small letters, digits and hyphens make one")
    if wish.language and not _LANGUAGE.fullmatch(wish.language):
        raise UsageFault(f"`{wish.language}` is no language; write it as en, de or pt-BR")
    name, data = read_source(wish.source)
    text = _decoded(name, data)
    harvest = _harvest(wish.shape or _shape(wish.source, text), text, name)
    if not harvest.taken:
        rest = f"; {len(harvest.left)} lines were not taken" if harvest.left else ""
        raise CannotDo(
            f"no question found in {name}{rest}. --as says how to read it: markdown, text, csv, "
            "json or yaml; `--as text` takes every line"
        )
    library = context.library
    # A file's name may be bytes that are no text; the bank it becomes is UTF-8.
    file = PurePath(wish.source.encode("utf-8", "replace").decode("utf-8"))
    stem = "" if wish.source == "-" else file.stem
    bank = wish.id or _free_id(stem, library)
    others = [(name, row[0].text) for name, row in library.questions.items() if row[1] != bank]
    head = Head(
        id=bank,
        title=require_utf8(one_line(wish.title), "title") or _title(stem),
        source=name if wish.source == "-" else file.name,
        language=wish.language,
    )
    made = bank_of(harvest, head, others, {name for name, _ in others})
    size = len(yaml_of(made).encode())
    if size > MAX_BYTES:
        raise CannotDo(
            f"{len(made.questions)} questions make a bank of {size // 1024} KiB, and one may have "
            f"{MAX_BYTES // 1024}; split the file and bring its parts in one by one"
        )
    if bank in library.banks:
        note = f"bank `{bank}` is there already; this one would take its place"
        made = replace(made, notes=(*made.notes, note))
    return made


def _title(stem: str) -> str:
    words = one_line(re.sub("[-_]", " ", stem))
    return words[:1].upper() + words[1:] or "Imported questions"


def _decoded(name: str, data: bytes) -> str:
    if data.startswith(_UTF_16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise InvalidContent([Problem(name, 1, 1, "this is damaged UTF-16 text")]) from None
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        column = fault.start - data.rfind(b"\n", 0, fault.start)
        words = "this is not UTF-8 text; save it as UTF-8 (a spreadsheet calls it `CSV UTF-8`)"
        raise InvalidContent([Problem(name, line, column, words)]) from None


def _shape(source: str, text: str) -> Shape:
    """By the file's ending; else by what the text looks like."""
    named = _SHAPES.get(Path(source).suffix.lower()) if source != "-" else None
    if named:
        return named
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


def _harvest(shape: Shape, text: str, name: str) -> Harvest:
    if shape == "json":
        return trees.from_json(text, name)
    if shape == "csv":
        return rows.from_csv(text, name)
    if shape == "yaml":
        # The strict reader: its faults have their lines.
        from trajplan.content.reader import read

        return trees.from_yaml(read(text.encode(), name))
    return lines.from_markdown(text) if shape == "markdown" else lines.from_plain_text(text)


def _free_id(stem: str, library: Library) -> str:
    """An id from the file's name that no bank has yet."""
    plain = unicodedata.normalize("NFKD", stem.casefold())
    words = re.findall("[a-z0-9]+", "".join(one for one in plain if not unicodedata.combining(one)))
    base = "-".join(words)[:40].strip("-") or _UNNAMED
    return _numbered(base, {*library.banks, *(name for _, name in library.faulty)})


def _numbered(base: str, taken: Collection[str]) -> str:
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name
