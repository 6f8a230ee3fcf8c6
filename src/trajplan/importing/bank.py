"""From what was taken to a bank for review: ids, suggestions, repeats, what is known already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct

from trajplan.importing.harvest import Harvest, Left, Taken
from trajplan.importing.language import is_english, language_of
from trajplan.importing.suggest import Suggestion, suggest
from trajplan.lint.duplicates import near_duplicates
from trajplan.text import STEERING

REVIEW = "to-review"
"""The tag every imported question bears until the coach takes it out."""
GUESSED = ("level", "breadth", "minutes", "effort", "targets")
_HALF = range(0xD800, 0xE000)


class Imported(Struct, frozen=True, kw_only=True):
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


class ImportedBank(Struct, frozen=True, kw_only=True):
    """A whole bank for review, with everything that is to be said of how it came about."""

    id: str
    title: str
    language: str
    language_suggested: bool
    source: str
    questions: tuple[Imported, ...]
    repeats: tuple[Repeat, ...] = ()
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()


class Head(Struct, frozen=True, kw_only=True):
    """What the bank is called. An empty language is guessed."""

    id: str
    title: str
    source: str
    language: str = ""


def bank_of(
    harvest: Harvest, head: Head, known: Sequence[tuple[str, str]], taken_ids: Collection[str]
) -> ImportedBank:
    """Make the bank.

    `known`: id and text of every question of the library. `taken_ids`: ids nothing here may bear.
    """
    once, repeats = _once(harvest.taken)
    kept = [(one, *_bearable(one.text)) for one in once]
    language = head.language or language_of([text for _, text, _ in kept])
    ids = _ids(head.id, len(kept), taken_ids)
    same, almost = _doubles(known, [(ids[at], text) for at, (_, text, _) in enumerate(kept)])
    questions = tuple(
        _imported(name, one, text, changed, language, same.get(name, ""), almost.get(name, ""))
        for name, (one, text, changed) in zip(ids, kept, strict=True)
    )
    return ImportedBank(
        id=head.id,
        title=head.title,
        language=language,
        language_suggested=not head.language,
        source=head.source,
        questions=questions,
        repeats=repeats,
        left=harvest.left,
        notes=harvest.notes,
    )


def _imported(
    name: str, one: Taken, text: str, changed: str, language: str, same: str, almost: str
) -> Imported:
    guess: Suggestion = suggest(text, english=is_english(text, language))
    guessed = {part: getattr(guess, part) for part in GUESSED}
    return Imported(
        id=name,
        text=text,
        where=one.where,
        values={**guessed, **one.given},
        suggested=tuple(part for part in GUESSED if part not in one.given),
        tags=(REVIEW, *(tag for tag in one.tags if tag != REVIEW)),
        compound=guess.compound,
        asks=guess.asks,
        same_as=same,
        almost=almost,
        changed=changed,
    )


def _once(taken: Sequence[Taken]) -> tuple[list[Taken], tuple[Repeat, ...]]:
    """Each text at its first place, bearing the tags of all its places."""
    places: defaultdict[str, list[Taken]] = defaultdict(list)
    for one in taken:
        places[one.text].append(one)
    once: list[Taken] = []
    repeats: list[Repeat] = []
    for text, found in places.items():
        first = found[0]
        tags = tuple(dict.fromkeys(tag for one in found for tag in one.tags))
        given: dict[str, Any] = {}
        for one in reversed(found):
            given.update(one.given)
        once.append(Taken(text=text, where=first.where, tags=tags, given=given))
        if len(found) > 1:
            again = tuple(one.where for one in found[1:])
            repeats.append(Repeat(text=text, where=first.where, again=again))
    return once, tuple(repeats)


def _bearable(text: str) -> tuple[str, str]:
    """A text without what no file of the library may hold, and what that was.

    Control characters could steer a terminal, and half a character fits into no file.
    """
    found = dict.fromkeys(one for one in text if STEERING.match(one) or ord(one) in _HALF)
    if not found:
        return text, ""
    kept = "".join(one for one in text if one not in found)
    return kept, ", ".join(f"U+{ord(one):04X}" for one in found)


def _ids(bank: str, count: int, taken: Collection[str]) -> list[str]:
    """`mine-01`, `mine-02`…: as many digits as the last one needs, without those in use."""
    digits = max(2, len(str(count)))
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        name = f"{bank}-{number:0{digits}}"
        if name not in taken:
            found.append(name)
    return found


def _doubles(
    known: Sequence[tuple[str, str]], own: Sequence[tuple[str, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """For questions of the new bank, which earlier one says the same, or almost."""
    every = [*known, *own]
    same: dict[str, str] = {}
    first: dict[str, str] = {}
    for at, (name, text) in enumerate(every):
        other = first.setdefault(" ".join(text.casefold().split()), name)
        if at >= len(known) and other != name:
            same[name] = other
    almost: dict[str, str] = {}
    for pair in near_duplicates([text for _, text in every]):
        name = every[pair.later][0]
        if pair.later >= len(known) and name not in same:
            almost.setdefault(name, every[pair.earlier][0])
    return same, almost
