"""What can go wrong, as values and as exceptions that own their exit code.

Exit codes (`docs/reference/commands.md`): 0 done, 1 cannot do that, 2 usage,
3 a bug, 10 invalid content, 20 not found, 30 store, 130 interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

BUG = 3
"""The exit code after a fault of the program itself."""
INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""


class Problem(Struct, frozen=True):
    """One fault in a file, with its place. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str
    key: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: {self.message}"
        return f"{place} ({self.key})" if self.key else place


class TrajplanError(Exception):
    """Something the person at the keyboard can put right; its text is the whole message."""

    exit_code = 1


class CannotDo(TrajplanError):
    """The request is understood and cannot be done as things are."""

    exit_code = 1


class UsageFault(TrajplanError):
    """The words of the command do not fit together."""

    exit_code = 2


class InvalidContent(TrajplanError):
    """One or more files are faulty; carries every fault found in the run."""

    exit_code = 10

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class NotFound(TrajplanError):
    """A thing was named that does not exist."""

    exit_code = 20

    @classmethod
    def among(cls, what: str, name: str, names: Iterable[str], *, where: str = "") -> NotFound:
        """Build the message: the thing, the nearest match, and what is possible instead."""
        known = sorted(names)
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=1, cutoff=0.5)
        text = f"no {what} `{name}`"
        if near:
            text += f"; did you mean `{near[0]}`?"
        elif known:
            shown = ", ".join(f"`{possible}`" for possible in known[:8])
            more = f" and {len(known) - 8} more" if len(known) > 8 else ""
            text += f"; there is {shown}{more}" if len(known) == 1 else f"; there are {shown}{more}"
        else:
            text += "; there is none yet"
        return cls(f"{text} ({where})" if where else text)


class StoreFault(TrajplanError):
    """The practice file cannot be opened, read or written."""

    exit_code = 30
