"""Hints: the catalogue, what one says about a text, its place in a file, and what silences it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from trajplan.content.document import KeyPath, SourceDocument
from trajplan.lint.words import NormalWords
from trajplan.text import did_you_mean

HINTS: Mapping[str, str] = {
    "closed": "yes or no would answer this; begin with what, how, which, where or who",
    "leading": "the question already holds the answer hoped for; ask without it",
    "stacked": "two questions at once, and only one gets an answer; keep the one that matters",
    "why-blame": "a why aimed at the person invites a defence; ask what led to it",
    "too-long": "more than fifteen words are too many for one breath; shorten it",
    "advice-in-disguise": "this tells the client what to do; ask what they see or have thought of",
    "offer-without-permission": "the coach offers an idea unasked; ask first whether it is wanted",
    "promise": "nobody can promise how it turns out; ask what the client would take as a good sign",
    "blame": "this finds fault with the person; ask about what happened",
    "dangling": "this points at nothing said before; name it, or say what it leans on",
    "level-in-doubt": "the words read like another level; check which one is meant",
    "near-duplicate": "there is almost the same question elsewhere; keep one",
    "sequence-jump": "too big a step between two questions; put one in between",
    "solution-trap": "options come before the situation has been explored; explore first",
    "jargon": "trade or guru jargon; say it as a neighbour would",
    "presumes": "not every client has this; ask so that it fits everyone",
    "unused-silence": "this silences a hint that is not given; remove it",
}


class Finding(Struct, frozen=True):
    """One hint about a text."""

    hint: str
    """An id of the catalogue."""
    words: str
    """The offending words as they were written; empty when it is the whole."""
    message: str
    """One plain sentence: what is wrong, and how it might be asked."""


def make_finding(hint: str, words: str, message: str = "") -> Finding:
    """A finding with the catalogue's sentence, or with another one in its place."""
    return Finding(hint, " ".join(words.split()), message or HINTS[hint])


def first_match(
    hint: str, patterns: Iterable[re.Pattern[str]], words: NormalWords
) -> Finding | None:
    """A finding for the first of several patterns that occurs."""
    line = words.line
    for pattern in patterns:
        match = pattern.search(line)
        if match:
            return make_finding(hint, words.quote(match).strip(" ,…–—-"))
    return None


class HintInFile(Struct, frozen=True):
    """One hint about a line of a file. Lines count from 1."""

    file: str
    line: int
    hint: str
    """An id of the catalogue."""
    about: str
    """Id of the question, sequence or blueprint; empty for a line of plain text."""
    words: str
    """The offending words; empty when it is the whole."""
    message: str

    def __str__(self) -> str:
        quoted = f"“{self.words}”: " if self.words else ""
        return f"{self.file}:{self.line}: {self.hint}: {quoted}{self.message}"


class FindingInFile(Struct, frozen=True):
    """A finding with where it belongs in its file."""

    path: KeyPath
    finding: Finding


def hints_in_file(
    document: SourceDocument,
    about: str,
    holder: KeyPath,
    findings: Iterable[FindingInFile],
    silence: Mapping[str, str],
) -> Iterator[HintInFile]:
    """Leave out what is silenced, and add a hint on silences that silence nothing.

    `holder` is the path of the thing that may hold the key `silence`.
    """
    ids: set[str] = set()
    for located in findings:
        ids.add(located.finding.hint)
        if located.finding.hint not in silence:
            yield _hint(document, about, located.path, located.finding)
    for name in silence:
        if name not in ids:
            yield _hint(document, about, (*holder, "silence", name), _unused(name))


def _hint(document: SourceDocument, about: str, path: KeyPath, finding: Finding) -> HintInFile:
    line = document.place(path, key=finding.hint == "unused-silence")[0]
    return HintInFile(document.file, line, finding.hint, about, finding.words, finding.message)


def _unused(name: str) -> Finding:
    if name in HINTS:
        return Finding("unused-silence", name, HINTS["unused-silence"])
    return Finding(
        "unused-silence", name, f"there is no such hint{did_you_mean(name, HINTS, limit=20)}"
    )
