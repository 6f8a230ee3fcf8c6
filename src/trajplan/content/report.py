"""Where faults are gathered while one file is checked."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Protocol

from trajplan.content.document import Document, KeyPath, key_text, shown
from trajplan.errors import Problem


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


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the name that was probably meant, or an empty text."""
    close = get_close_matches(name, sorted(set(names)), n=1, cutoff=0.6)
    return close[0] if close else ""


def meant(name: str, names: Iterable[str], *, limit: int = 12) -> str:
    """Return the end of a sentence: the nearest name, or what is possible."""
    known = sorted(set(names))
    near = nearest(name, known)
    if near:
        return f"; did you mean `{near}`?"
    if not known:
        return "; there is none yet"
    more = f" and {len(known) - limit} more" if len(known) > limit else ""
    return "; possible: " + ", ".join(shown(one) for one in known[:limit]) + more
