"""`blueprints` and `questions`: look into the library, and check it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.forms import read_source
from trajplan.content.files import Found, FoundFile, Layer, display, find
from trajplan.content.library import Library
from trajplan.content.loader import layers_of
from trajplan.content.model import (
    Activity,
    Journey,
    Prompt,
    Question,
    QuestionBank,
    SessionBlueprint,
)
from trajplan.errors import InvalidContent, NotFound, Problem
from trajplan.settings import local_path

if TYPE_CHECKING:
    from trajplan.content.recommendation_model import Recommendation
    from trajplan.content.worksheet_model import Worksheet

BLUEPRINT_KINDS = (
    "session-blueprint",
    "journey",
    "activity",
    "prompt",
    "worksheet",
    "recommendation",
)


class LibraryEntry(Struct, frozen=True, kw_only=True):
    """One thing of the library with its origin."""

    kind: str
    id: str
    title: str
    about: str
    layer: str
    path: str
    shadows: bool


class LibraryQuestion(Struct, frozen=True, kw_only=True):
    """A question with its bank and origin."""

    question: Question
    bank: str
    layer: str


LibraryPiece: TypeAlias = (
    "SessionBlueprint | Journey | Activity | Prompt | QuestionBank | Worksheet | Recommendation"
)


def entries(library: Library, kinds: Sequence[str]) -> tuple[LibraryEntry, ...]:
    """Everything of these kinds, by kind and id, each with where it comes from."""
    return tuple(
        _entry(library, kind, found)
        for kind in kinds
        for _, found in sorted(_of_kind(library, kind).items())
    )


def find_entries(
    library: Library, words: Sequence[str], kinds: Sequence[str]
) -> tuple[LibraryEntry, ...]:
    """Those in which every word occurs, in whatever case."""
    return tuple(
        entry
        for kind in kinds
        for name, found in sorted(_of_kind(library, kind).items())
        if _has_all(words, str(found))
        for entry in [_entry(library, kind, found)]
        if name
    )


def thing(library: Library, name: str, kinds: Sequence[str]) -> tuple[LibraryPiece, LibraryEntry]:
    """One thing by its id. Raises InvalidContent when it is faulty, NotFound."""
    for kind in kinds:
        if (kind, name) in library.faulty:
            raise InvalidContent(library.faulty[kind, name])
        if name in _of_kind(library, kind):
            found = _of_kind(library, kind)[name]
            return found, _entry(library, kind, found)
    every = [one for kind in kinds for one in _of_kind(library, kind)]
    raise NotFound.among("blueprint" if len(kinds) > 1 else kinds[0], name, every)


def _of_kind(library: Library, kind: str) -> Mapping[str, LibraryPiece]:
    found: Mapping[str, Mapping[str, LibraryPiece]] = {
        "session-blueprint": library.blueprints,
        "journey": library.journeys,
        "activity": library.activities,
        "prompt": library.prompts,
        "question-bank": library.banks,
        "worksheet": library.worksheets,
        "recommendation": library.recommendations,
    }
    return found[kind]


def _entry(library: Library, kind: str, found: LibraryPiece) -> LibraryEntry:
    source = library.sources[kind, found.id]
    return LibraryEntry(
        kind=kind,
        id=found.id,
        title=found.title,
        about=str(getattr(found, "purpose", "") or getattr(found, "coach", "")),
        layer=source.layer,
        path=display(source.path),
        shadows=source.shadows,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which questions to show; empty values leave everything in."""

    bank: str = ""
    level: str = ""
    phase: str = ""
    target: str = ""
    tag: str = ""
    scaled: bool = False
    """Only questions that are answered with a number."""
    words: tuple[str, ...] = ()
    ids: frozenset[str] | None = None
    """Only these; None: all."""


def find_questions(library: Library, wanted: Filter) -> tuple[LibraryQuestion, ...]:
    """Questions that pass the filter, by bank and position. Raises NotFound for an unknown bank."""
    banks = [library.bank(wanted.bank)] if wanted.bank else list(library.banks.values())
    return tuple(
        LibraryQuestion(
            question=one, bank=bank.id, layer=library.sources["question-bank", bank.id].layer
        )
        for bank in sorted(banks, key=lambda bank: bank.id)
        for one in bank.questions
        if (wanted.ids is None or one.id in wanted.ids)
        and (not wanted.level or one.level == wanted.level)
        and (not wanted.phase or not one.phases or wanted.phase in one.phases)
        and (not wanted.target or wanted.target in one.targets)
        and (not wanted.tag or wanted.tag in one.tags)
        and (not wanted.scaled or one.anchors)
        and _has_all(wanted.words, " ".join((one.id, one.text, one.stage, *one.tags)))
    )


def question_or_bank(
    library: Library, name: str
) -> tuple[LibraryQuestion | None, tuple[LibraryPiece, LibraryEntry] | None]:
    """A question by its id, or else a bank by its id. Raises NotFound."""
    if name in library.questions:
        question, bank, _ = library.questions[name]
        layer = library.sources["question-bank", bank].layer
        return LibraryQuestion(question=question, bank=bank, layer=layer), None
    if name in library.banks or ("question-bank", name) in library.faulty:
        return None, thing(library, name, ("question-bank",))
    raise NotFound.among("question or bank", name, [*library.questions, *library.banks])


def _has_all(words: Iterable[str], text: str) -> bool:
    folded = text.casefold()
    return all(word.casefold() in folded for word in words)


def check(context: Context, files: Sequence[str], kinds: Sequence[str]) -> str:
    """Check the whole library, or single files beside it. Returns a sentence when all is well.

    Raises InvalidContent with every fault found in one run.
    """
    problems = _of_files(context, files) if files else _of_library(context.library, kinds)
    if problems:
        raise InvalidContent(problems)
    if files:
        return f"{len(files)} checked, no fault"
    return f"{sum(len(_of_kind(context.library, kind)) for kind in kinds)} checked, no fault"


def _of_library(library: Library, kinds: Sequence[str]) -> tuple[Problem, ...]:
    """Faults of these kinds, and those of files whose kind nobody can tell."""
    elsewhere = {
        problem
        for (kind, _), problems in library.faulty.items()
        if kind not in kinds
        for problem in problems
    }
    return tuple(one for one in library.problems if one not in elsewhere)


def _of_files(context: Context, files: Sequence[str]) -> tuple[Problem, ...]:
    """Check files as though each lay in a layer above all others."""
    from trajplan.content.build import build

    layers = (*layers_of(context.settings), Layer("workspace", Path.cwd()))
    own: list[FoundFile] = []
    for name in files:
        path = local_path(name)
        own.append(FoundFile(len(layers) - 1, path.name, path, read_source(name)[1]))
    found = find(layers[:-1])
    library = build(Found((*found.files, *own), (), found.digest), layers)
    shown = {display(one.path) for one in own}
    return tuple(one for one in library.problems if one.file in shown)
