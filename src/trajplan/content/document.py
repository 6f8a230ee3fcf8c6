"""A file that was read: its plain tree, where each value stands, and the faults found in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from msgspec import Struct

from trajplan.errors import Problem
from trajplan.text import did_you_mean

KeyPath = tuple[str | int, ...]
"""The way to a value: mapping keys as text, list positions counted from 0."""
MOST_GUESSES = 100
"""Names of a file for which near ones are looked for: more faults than anybody is shown."""
Place = tuple[int, int]
"""Line and column, both counted from 1."""


class Decimal(float):
    """A number with a point that remembers how it was written: a form may mean it as text."""

    def __new__(cls, text: str) -> Decimal:
        """Keep the text beside the value."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str


class SourceDocument(Struct, frozen=True):
    """What the strict reader made of one file."""

    file: str
    """The name used in messages."""
    tree: Any
    """Dicts with text keys, lists, text, numbers, booleans and None; None when unreadable."""
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    """False: there is no tree to look at, and `problems` says why."""
    values: Mapping[KeyPath, Place] = {}
    keys: Mapping[KeyPath, Place] = {}
    refused: frozenset[KeyPath] = frozenset()
    """Values among the problems already; nothing more is said about them."""

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """Where a value (or its key) stands; for one that is not there, its nearest holder."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def is_refused(self, path: KeyPath) -> bool:
        """Whether this value, or one that holds it, is among the problems already."""
        return any(path[:length] in self.refused for length in range(len(path) + 1))


def key_text(path: KeyPath) -> str:
    """Write a path the way messages show it: `segments[2].minutes.max`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


class View(Protocol):
    """What a check needs: a place for faults, and where in the file something is said."""

    def add(self, path: KeyPath, message: str, *, at_key: bool = False) -> None:
        """Report a fault at a value, or at the key that leads to it."""

    def has(self, path: KeyPath) -> bool:
        """Whether the file itself says something at this path."""

    def changeable(self, path: KeyPath) -> bool:
        """Whether this part of the file is the one under judgement, and so the place to mend."""


class Report:
    """The faults of one file: those of its shape, or, where the shape holds, those of its sense."""

    def __init__(self, document: SourceDocument, *, names_keys: bool = True) -> None:
        """`names_keys`: whether messages end in the key they are about, as somebody wrote it into
        a file. A form has headings."""
        self.document = document
        self._names_keys = names_keys
        self.problems: list[Problem] = list(document.problems)
        self._said = set(self.problems)
        self.hints: list[str] = []
        """What may be meant otherwise than it was read; stops nothing."""
        self._guesses = 0

    def add(self, path: KeyPath, message: str, *, at_key: bool = False) -> None:
        """Report a fault at a value, or at the key that leads to it."""
        line, column = self.document.place(path, key=at_key)
        problem = Problem(self.document.file, line, column, message, self._key(path))
        # Two rules may find the same thing; one sentence is enough.
        if problem not in self._said:
            self._said.add(problem)
            self.problems.append(problem)

    def hint(self, path: KeyPath, message: str) -> None:
        """Say with its place what may be meant otherwise."""
        line, column = self.document.place(path)
        self.hints.append(str(Problem(self.document.file, line, column, message, self._key(path))))

    def _key(self, path: KeyPath) -> str:
        return key_text(path) if self._names_keys else ""

    def has(self, path: KeyPath) -> bool:
        """Whether the file itself says something at this path."""
        return path in self.document.values

    def changeable(self, path: KeyPath) -> bool:  # noqa: ARG002 - a View
        """Whether this is the place to mend: the whole file is under judgement."""
        return True

    @property
    def is_long(self) -> bool:
        """Whether more is wrong than anybody is shown, so that what takes long can be left."""
        return len(self.problems) > MOST_GUESSES

    def may_guess(self) -> bool:
        """Whether it is worth a search to say what else a name may have meant. Each one counts."""
        self._guesses += 1
        return self._guesses <= MOST_GUESSES

    def did_you_mean(self, name: str, names: Iterable[str]) -> str:
        """The end of a sentence about a name that is none of these, or nothing after very many."""
        return did_you_mean(name, names) if self.may_guess() else ""

    def in_order(self) -> tuple[Problem, ...]:
        """Return the faults as they stand in the file."""
        return tuple(sorted(self.problems, key=lambda problem: (problem.line, problem.column)))
