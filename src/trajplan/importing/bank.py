"""A bank for review from imported questions: ids, repeats, what is known already.

What it needs to know of them is guessed from their words, and marked as a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct

from trajplan.importing.recognise import (
    Imported,
    ImportResult,
    Skipped,
    looks_asked,
    question_marks,
)
from trajplan.lint.banks import near_duplicates
from trajplan.lint.judge import FOR_ANYBODY, judge
from trajplan.lint.languages import is_english, language_of
from trajplan.lint.phrases import each_of
from trajplan.lint.words import words_of
from trajplan.text import STEERING
from trajplan.vocabulary import REVIEW, TARGETS, Effort, Level

GUESSED = ("level", "breadth", "minutes", "effort", "targets")
_HALF = range(0xD800, 0xE000)
_MIDDLE = 3
_MINUTES = {"informational": 3, "analytical": 4, "transformational": 4}


class ReviewQuestion(Struct, frozen=True, kw_only=True):
    """One question of the new bank."""

    id: str
    text: str
    where: str
    values: Mapping[str, Any]
    """Level, breadth, minutes, effort, targets."""
    suggested: tuple[str, ...]
    """Which of them were guessed."""
    tags: tuple[str, ...]
    compound: bool
    asks: bool
    topics: tuple[str, ...] = ()
    """Topics its words speak of, for the coach to consider."""
    same_as: str = ""
    """Id of a question of the library, or an earlier one here, with the same words."""
    almost: str = ""
    """Id of one with almost the same words."""
    changed: str = ""
    """What had to be taken out of the text, because no bank may hold it."""


class Repeat(Struct, frozen=True, kw_only=True):
    """A text that stood in the file more than once; the first is kept."""

    text: str
    where: str
    again: tuple[str, ...]


class ReviewBank(Struct, frozen=True, kw_only=True):
    """A whole bank for review, with questions that is to be said of how it came about."""

    id: str
    title: str
    language: str
    language_suggested: bool
    source: str
    questions: tuple[ReviewQuestion, ...]
    repeats: tuple[Repeat, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    places: str = ""
    """Where its questions can come up once they are reviewed, in a sentence."""


class BankHead(Struct, frozen=True, kw_only=True):
    """What the bank is called. An empty language is guessed."""

    id: str
    title: str
    source: str
    language: str = ""


def bank_of(
    result: ImportResult,
    head: BankHead,
    known: Sequence[tuple[str, str]],
    ids_in_use: Collection[str],
) -> ReviewBank:
    """Make the bank.

    `known`: id and text of every question of the library. `ids_in_use`: ids no question of this
    bank may bear.
    """
    unique, repeats = _without_repeats(result.questions)
    cleaned = [_clean(question.text) for question in unique]
    language = head.language or language_of([text for text, _ in cleaned])
    ids = _new_ids(head.id, len(unique), ids_in_use)
    own = [(name, text) for name, (text, _) in zip(ids, cleaned, strict=True)]
    same, almost = _doubles(known, own)
    questions = tuple(
        _review_question(question, name, text, removed, language, same, almost)
        for question, name, (text, removed) in zip(unique, ids, cleaned, strict=True)
    )
    return ReviewBank(
        id=head.id,
        title=head.title,
        language=language,
        language_suggested=not head.language,
        source=head.source,
        questions=questions,
        repeats=repeats,
        skipped=result.skipped,
        notes=result.notes,
    )


def _review_question(
    question: Imported,
    name: str,
    text: str,
    removed: str,
    language: str,
    same: Mapping[str, str],
    almost: Mapping[str, str],
) -> ReviewQuestion:
    guess = suggest(text, english=is_english(text, language))
    guesses = {key: getattr(guess, key) for key in GUESSED}
    return ReviewQuestion(
        id=name,
        text=text,
        where=question.where,
        values={**guesses, **question.particulars},
        suggested=tuple(key for key in GUESSED if key not in question.particulars),
        tags=(REVIEW, *(tag for tag in question.tags if tag != REVIEW)),
        compound=guess.compound,
        asks=guess.asks,
        same_as=same.get(name, ""),
        almost=almost.get(name, ""),
        changed=removed,
    )


def _without_repeats(
    questions: Sequence[Imported],
) -> tuple[list[Imported], tuple[Repeat, ...]]:
    """Each text at its first place, bearing the tags of all its places."""
    by_text: defaultdict[str, list[Imported]] = defaultdict(list)
    for question in questions:
        by_text[question.text].append(question)
    unique: list[Imported] = []
    repeats: list[Repeat] = []
    for text, (first, *others) in by_text.items():
        particulars: dict[str, Any] = {}
        for question in reversed([first, *others]):
            particulars.update(question.particulars)
        tags = dict.fromkeys(tag for question in (first, *others) for tag in question.tags)
        unique.append(
            Imported(text=text, where=first.where, tags=tuple(tags), particulars=particulars)
        )
        if others:
            again = tuple(question.where for question in others)
            repeats.append(Repeat(text=text, where=first.where, again=again))
    return unique, tuple(repeats)


def _clean(text: str) -> tuple[str, str]:
    """A text without what no file of the library may hold, and what that was.

    Control characters could steer a terminal, and half a character fits into no file.
    """
    removed = dict.fromkeys(
        character for character in text if STEERING.match(character) or ord(character) in _HALF
    )
    if not removed:
        return text, ""
    clean = "".join(character for character in text if character not in removed)
    return clean, ", ".join(f"U+{ord(character):04X}" for character in removed)


def _new_ids(bank: str, count: int, in_use: Collection[str]) -> list[str]:
    """`mine-01`, `mine-02`…: as many digits as the last one needs, without those in use."""
    digits = max(2, len(str(count)))
    ids: list[str] = []
    number = 0
    while len(ids) < count:
        number += 1
        name = f"{bank}-{number:0{digits}}"
        if name not in in_use:
            ids.append(name)
    return ids


def _doubles(
    known: Sequence[tuple[str, str]], own: Sequence[tuple[str, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """For questions of the new bank, which earlier one says the same, or almost."""
    questions = [*known, *own]
    same: dict[str, str] = {}
    first: dict[str, str] = {}
    for index, (name, text) in enumerate(questions):
        other = first.setdefault(" ".join(text.casefold().split()), name)
        if index >= len(known) and other != name:
            same[name] = other
    almost: dict[str, str] = {}
    for pair in near_duplicates([text for _, text in questions]):
        name = questions[pair.later][0]
        if pair.later >= len(known) and name not in same:
            almost.setdefault(name, questions[pair.earlier][0])
    return same, almost


class Suggestion(Struct, frozen=True, kw_only=True):
    """What the words of a question seem to say."""

    level: Level
    breadth: int
    minutes: int
    effort: Effort
    targets: tuple[str, ...]
    compound: bool
    """It may be two questions in one."""
    asks: bool
    """It ends as a question does, or invites as one would."""


def suggest(text: str, *, english: bool) -> Suggestion:
    """Guess from the words. What is not English cannot be read, and gets the middle of all.

    The level is the lint's reading (R60). The other guesses follow what the shipped banks do: a
    fact takes three minutes and is light, everything else four; breadth and target hang on a few
    words.
    """
    marks = question_marks(text)
    if not english:
        return Suggestion(
            level="analytical",
            breadth=_MIDDLE,
            minutes=_MINUTES["analytical"],
            effort="normal",
            targets=("clarity",),
            compound=marks > 1,
            asks=marks > 0,
        )
    judgement = judge(text, FOR_ANYBODY)
    line = words_of(text).line
    level = judgement.reading.level
    return Suggestion(
        level=level,
        breadth=_breadth(line),
        minutes=_MINUTES[level],
        effort=_effort(line, level),
        targets=_targets(line),
        compound="stacked" in judgement.hints or (marks > 1 and len(judgement.turn.asking) > 1),
        asks=looks_asked(text) or judgement.turn.last is not None,
    )


def _breadth(line: str) -> int:
    wide, narrow = (_count(line, name) for name in ("wide", "narrow"))
    return max(1, min(5, _MIDDLE + wide - narrow))


def _effort(line: str, level: str) -> Effort:
    if _count(line, "deep") and level == "transformational":
        return "deep"
    return "light" if level == "informational" else "normal"


def _targets(line: str) -> tuple[str, ...]:
    """The factor most words speak of; the first on ties, clarity when none does."""
    # Words of clarity are in half of all questions; those of the others say more.
    others = [target for target in TARGETS if target != "clarity"]
    counts = {
        target: sum(len(pattern.findall(line)) for pattern in each_of("suggest", target))
        for target in others
    }
    best = max(others, key=lambda target: counts[target])
    return (best,) if counts[best] else ("clarity",)


def _count(line: str, section: str) -> int:
    return sum(bool(pattern.search(line)) for pattern in each_of("suggest", section))
