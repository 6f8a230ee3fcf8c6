"""`blueprints` and `questions`: look into the library, check it, and say which questions no plan
shall hold any more, for one client or for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from trajplan.actions.client_records import ClientEngagement, plan_anew
from trajplan.actions.context import Context
from trajplan.actions.sources import read_source
from trajplan.content.files import MAX_BYTES, ContentFile, ContentFiles, Layer, display, find_files
from trajplan.content.kinds import BANK, KINDS
from trajplan.content.library import Library
from trajplan.content.loader import layers_of
from trajplan.content.model import Question
from trajplan.errors import CannotDo, InvalidContent, NotFound, Problem, UsageFault
from trajplan.records.dossier import next_session
from trajplan.records.model.journeys import Client, RetiredQuestion
from trajplan.records.model.sessions import Session
from trajplan.records.store import Store, reading
from trajplan.settings import local_path

if TYPE_CHECKING:
    from trajplan.content.library import LibraryContent


class LibraryEntry(Struct, frozen=True, kw_only=True):
    """One thing of the library with its origin."""

    kind: str
    id: str
    title: str
    about: str
    layer: str
    path: str
    shadows: bool

    @property
    def origin(self) -> str:
        """The layer it comes from: `built-in`, `your own, in place of another`."""
        return f"{self.layer}, in place of another" if self.shadows else self.layer


class LibraryQuestion(Struct, frozen=True, kw_only=True):
    """A question with its bank and origin."""

    question: Question
    bank: str
    layer: str


class LibraryPiece(NamedTuple):
    """One thing of the library in full."""

    content: LibraryContent
    entry: LibraryEntry


def entries(library: Library, kinds: Sequence[str]) -> tuple[LibraryEntry, ...]:
    """Everything of these kinds, by kind and id, each with where it comes from."""
    return find_entries(library, (), kinds)


def find_entries(
    library: Library, words: Sequence[str], kinds: Sequence[str]
) -> tuple[LibraryEntry, ...]:
    """Those in which every word occurs, in whatever case."""
    return tuple(
        _entry(library, kind, piece)
        for kind in kinds
        for _, piece in sorted(library.content[kind].items())
        if _has_all(words, str(piece))
    )


def find_piece(library: Library, name: str, kinds: Sequence[str]) -> LibraryPiece:
    """One thing by its id. Raises InvalidContent when it is faulty, NotFound."""
    for kind in kinds:
        if (kind, name) in library.faulty or name in library.content[kind]:
            content = library.get(kind, name)
            return LibraryPiece(content, _entry(library, kind, content))
    noun = KINDS[kinds[0]].noun if len(kinds) == 1 else "blueprint"
    ids = [piece_id for kind in kinds for piece_id in library.content[kind]]
    raise NotFound.among(noun, name, ids)


def _entry(library: Library, kind: str, piece: LibraryContent) -> LibraryEntry:
    source = library.sources[kind, piece.id]
    return LibraryEntry(
        kind=kind,
        id=piece.id,
        title=piece.title,
        about=str(getattr(piece, "purpose", "") or getattr(piece, "coach", "")),
        layer=source.layer,
        path=display(source.path),
        shadows=source.shadows,
    )


class QuestionFilter(Struct, frozen=True, kw_only=True):
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


def find_questions(library: Library, criteria: QuestionFilter) -> tuple[LibraryQuestion, ...]:
    """Questions that pass the filter, by bank and position. Raises NotFound for an unknown bank."""
    banks = [library.bank(criteria.bank)] if criteria.bank else library.banks.values()
    return tuple(
        LibraryQuestion(question=question, bank=bank.id, layer=library.sources[BANK, bank.id].layer)
        for bank in sorted(banks, key=lambda bank: bank.id)
        for question in bank.questions
        if _passes(question, criteria)
    )


def _passes(question: Question, criteria: QuestionFilter) -> bool:
    return (
        (criteria.ids is None or question.id in criteria.ids)
        and (not criteria.level or question.level == criteria.level)
        and (not criteria.phase or not question.phases or criteria.phase in question.phases)
        and (not criteria.target or criteria.target in question.targets)
        and (not criteria.tag or criteria.tag in question.tags)
        and (not criteria.scaled or bool(question.anchors))
        and _has_all(
            criteria.words, " ".join((question.id, question.text, question.stage, *question.tags))
        )
    )


def question_or_bank(library: Library, name: str) -> LibraryQuestion | LibraryPiece:
    """A question by its id, or else a bank by its id. Raises NotFound."""
    if name in library.questions:
        question, bank, _ = library.questions[name]
        layer = library.sources[BANK, bank].layer
        return LibraryQuestion(question=question, bank=bank, layer=layer)
    if name in library.banks or (BANK, name) in library.faulty:
        return find_piece(library, name, (BANK,))
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
    return f"{sum(len(context.library.content[kind]) for kind in kinds)} checked, no fault"


def _of_library(library: Library, kinds: Sequence[str]) -> tuple[Problem, ...]:
    """Faults of these kinds, and those of files whose kind nobody can tell."""
    elsewhere = {
        problem
        for (kind, _), problems in library.faulty.items()
        if kind not in kinds
        for problem in problems
    }
    return tuple(problem for problem in library.problems if problem not in elsewhere)


def _of_files(context: Context, files: Sequence[str]) -> tuple[Problem, ...]:
    """Check files as though each lay in a layer above all others."""
    from trajplan.content.build import build

    layers = (*layers_of(context.settings), Layer("workspace", Path.cwd()))
    own: list[ContentFile] = []
    for name in files:
        path = local_path(name)
        own.append(ContentFile(len(layers) - 1, path.name, path, read_source(name, MAX_BYTES)[1]))
    library_files = find_files(layers[:-1])
    library = build(ContentFiles((*library_files.files, *own), (), library_files.digest), layers)
    own_names = {display(file.path) for file in own}
    return tuple(problem for problem in library.problems if problem.file in own_names)


class Retirement(Struct, frozen=True, kw_only=True):
    """A question that plans leave out, and for whom."""

    question_id: str
    client: str | None
    """The client's slug; None: every client."""
    client_name: str | None
    since: dt.date


class RetirementChange(Struct, frozen=True, kw_only=True):
    """What a change of a question's retirement came to."""

    question: str
    text: str
    """Empty when the library holds it no more."""
    client: Client | None
    """None: every client."""
    next: int | None
    """Number of the client's next session; None: no session is left, or every client."""
    again: bool
    changed: bool
    standing: tuple[Retirement, ...]
    """For whom it is retired now."""


def retire(
    context: Context, name: str, never: bool, again: bool, *, client: str | None
) -> RetirementChange:
    """Retire a question, or with `again` take that back; without a client, for every client.

    Raises UsageFault when neither is said, NotFound, CannotDo when there is nothing to take back.
    """
    if not (never or again):
        raise UsageFault("nothing to change; --never retires the question, --again brings it back")
    if client is not None:
        with context.write(client) as records:
            return _change(context, records, name, again, records.case)
    with context.write_own() as store:
        change = _change(context, store, name, again, None)
        if change.changed:
            plan_anew(store)
        return change


def _change(
    context: Context, store: Store, name: str, again: bool, case: ClientEngagement | None
) -> RetirementChange:
    before = _retirements(store, name)
    # One that is retired may have left the library since; taking it back needs no text.
    if name not in context.library.questions and not (again and before):
        raise NotFound.among("question", name, context.library.questions)
    client_id = case.client.id if case else None
    changed = True
    if again:
        if not store.delete(RetiredQuestion, question_id=name, client_id=client_id):
            whom = f"`{case.client.slug}`" if case else "every client"
            others = f"; `trajplan questions show {name}` says for whom it is" if before else ""
            raise CannotDo(f"question `{name}` is not retired for {whom}{others}")
    elif store.find(RetiredQuestion, question_id=name, client_id=client_id):
        changed = False
    else:
        store.insert(RetiredQuestion(question_id=name, client_id=client_id, since=context.today))
    question = context.library.questions.get(name)
    return RetirementChange(
        question=name,
        text=question[0].text if question else "",
        client=case.client if case else None,
        next=_next(store, case) if case else None,
        again=again,
        changed=changed,
        standing=_retirements(store, name),
    )


def _next(store: Store, case: ClientEngagement) -> int | None:
    following = next_session(store.select(Session, engagement_id=case.engagement.id))
    return following.number if following else None


def retirements_of(context: Context, name: str) -> tuple[Retirement, ...]:
    """For whom a question is retired; nothing where no practice has been begun."""
    return tuple(
        retirement for retirement in all_retirements(context) if retirement.question_id == name
    )


def all_retirements(context: Context) -> tuple[Retirement, ...]:
    """Every retirement; nothing where no practice has been begun."""
    if not context.practice.exists():
        return ()
    with reading(context.practice) as store:
        return _retirements(store)


def _retirements(store: Store, name: str = "") -> tuple[Retirement, ...]:
    """Retirements by question, the one for good before those for clients; of `name` alone."""
    clients = {client.id: client for client in store.select(Client)}
    named = {"question_id": name} if name else {}
    retirements = [
        _retirement(question, clients.get(question.client_id or 0))
        for question in store.select(RetiredQuestion, **named)
    ]
    return tuple(
        sorted(
            retirements,
            key=lambda retirement: (retirement.question_id, retirement.client or ""),
        )
    )


def _retirement(question: RetiredQuestion, client: Client | None) -> Retirement:
    return Retirement(
        question_id=question.question_id,
        client=client.slug if client else None,
        client_name=client.name if client else None,
        since=question.since,
    )
