"""A file that was read: its plain tree, and where in the file each value stands.

Where faults are gathered while one file is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from trajplan.errors import Problem

KeyPath = tuple[str | int, ...]
"""The way to a value: mapping keys as text, list positions counted from 0."""
Place = tuple[int, int]
"""Line and column, both counted from 1."""


class Decimal(float):
    """A number with a point that remembers how it was written: a form may mean it as text."""

    def __new__(cls, text: str) -> Decimal:
        """Keep the text beside the value."""
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What the strict reader made of one file."""

    file: str
    """The name used in messages."""
    tree: Any
    """Dicts with text keys, lists, text, numbers, booleans and None; None when unreadable."""
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    """False: there is no tree to look at, and `problems` says why."""
    values: Mapping[KeyPath, Place] = field(default_factory=dict)
    keys: Mapping[KeyPath, Place] = field(default_factory=dict)
    suspect: frozenset[KeyPath] = frozenset()
    """Values that already have a fault of their own; nothing more is said about them."""

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """Where a value (or its key) stands; for one that is not there, its nearest holder."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))


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
    """What a check needs: a place for faults, and what it may rely on."""

    def add(self, path: KeyPath, message: str, *, at_key: bool = False) -> None:
        """Report a fault at a value, or at the key that leads to it."""

    def doubt(self, path: KeyPath) -> None:
        """Let no later check rely on this value."""

    def sure(self, *paths: KeyPath) -> bool:
        """Whether these values were read exactly as written, with all that is in them."""

    def there(self, path: KeyPath) -> bool:
        """Whether what holds this value was read as written; parts of it may be doubtful."""

    def has(self, path: KeyPath) -> bool:
        """Whether the file itself says something at this path."""

    def changeable(self, path: KeyPath) -> bool:
        """Whether this part of the file is the one under judgement, and so the place to mend."""


class Doubts:
    """Paths of values that are not to be relied on."""

    def __init__(self, paths: Iterable[KeyPath] = ()) -> None:
        self._paths: set[KeyPath] = set()
        self._holders: set[KeyPath] = set()
        for path in paths:
            self.add(path)

    def add(self, path: KeyPath) -> None:
        """Doubt a value; whatever holds it is then no longer sure either."""
        self._paths.add(path)
        self._holders.update(path[:length] for length in range(len(path)))

    def there(self, path: KeyPath) -> bool:
        """Whether neither the value nor anything that holds it is doubted."""
        # Most files have no faults at all, and this is asked thousands of times.
        return not self._paths or not any(
            path[:length] in self._paths for length in range(len(path) + 1)
        )

    def sure(self, path: KeyPath) -> bool:
        """Whether also nothing inside the value is doubted."""
        return not self._paths or (self.there(path) and path not in self._holders)


class Report:
    """The faults of one file, and which of its values are not to be relied on.

    A check may only report what is true whatever the faulty values were meant to be: it asks
    `sure` about each value it reads, and stays silent otherwise.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = list(document.problems)
        self._doubts = Doubts(document.suspect)

    def add(self, path: KeyPath, message: str, *, at_key: bool = False) -> None:
        """Report a fault at a value, or at the key that leads to it."""
        line, column = self.document.place(path, key=at_key)
        problem = Problem(self.document.file, line, column, message, key_text(path))
        # Two rules may find the same thing; one sentence is enough.
        if problem not in self.problems:
            self.problems.append(problem)

    def doubt(self, path: KeyPath) -> None:
        """Let no later check rely on this value."""
        self._doubts.add(path)

    def there(self, path: KeyPath) -> bool:
        """Whether what holds this value was read as written; parts of it may be doubtful."""
        return self._doubts.there(path)

    def sure(self, *paths: KeyPath) -> bool:
        """Whether these values were read exactly as written, with all that is in them."""
        return all(self._doubts.sure(path) for path in paths)

    def has(self, path: KeyPath) -> bool:
        """Whether the file itself says something at this path."""
        return path in self.document.values

    def changeable(self, path: KeyPath) -> bool:
        """Whether this is the place to mend: the whole file is under judgement."""
        return self.there(path)

    def in_order(self) -> tuple[Problem, ...]:
        """Return the faults as they stand in the file."""
        return tuple(sorted(self.problems, key=lambda one: (one.line, one.column)))
