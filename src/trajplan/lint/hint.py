"""A hint with its place in a file, and what silences it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trajplan.content.document import Document, KeyPath
from trajplan.lint.hints.catalogue import HINTS
from trajplan.lint.hints.finding import Finding
from trajplan.text import did_you_mean


@dataclass(frozen=True, slots=True)
class Hint:
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


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with where it belongs in its file."""

    path: KeyPath
    finding: Finding


def hints_of(
    document: Document,
    about: str,
    holder: KeyPath,
    found: Iterable[Located],
    silence: Mapping[str, str],
) -> Iterator[Hint]:
    """Leave out what is silenced, and hint at silences that silence nothing.

    `holder` is the path of the thing that may hold the key `silence`.
    """
    heard: set[str] = set()
    for one in found:
        heard.add(one.finding.hint)
        if one.finding.hint not in silence:
            yield _hint(document, about, one.path, one.finding)
    for name in silence:
        if name not in heard:
            yield _hint(document, about, (*holder, "silence", name), _unused(name))


def _hint(document: Document, about: str, path: KeyPath, found: Finding) -> Hint:
    line = document.place(path, key=found.hint == "unused-silence")[0]
    return Hint(document.file, line, found.hint, about, found.words, found.message)


def _unused(name: str) -> Finding:
    if name in HINTS:
        return Finding("unused-silence", name, HINTS["unused-silence"])
    return Finding(
        "unused-silence", name, f"there is no such hint{did_you_mean(name, HINTS, limit=20)}"
    )
