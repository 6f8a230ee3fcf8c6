"""The answers a person gives to one command, each in its draft before the next question (R134).

Every command that asks gets this from `command.py`, and knows nothing of it. A run that was cut
short leaves its answers; the next run of the same command offers them one by one. `<` goes back one
question: the command begins again, and what was answered before is answered by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import typer

from trajplan.cli import printer

if TYPE_CHECKING:
    from trajplan.records.drafts import Draft

T = TypeVar("T")
BACK, EMPTY = "<", "-"


class Back(Exception):
    """The person goes back one question."""


class KeptAnswers:
    """What was answered so far. The draft is looked for when the first question comes."""

    def __init__(self, find: Callable[[], Draft]) -> None:
        self.given: list[tuple[str, str]] = []
        """Question and answer of this run, in order."""
        self._find = find
        self._draft: Draft | None = None
        self._known: dict[tuple[str, int], str] = {}
        """Answers by question, and the how manieth time it was asked: of an earlier run, or taken
        back in this one."""
        self._position = 0
        self._lines = False
        """Whether lines of an answer are kept that has not come to its end."""

    @property
    def holds_words(self) -> bool:
        """Whether anything was typed in this run that the next one can offer."""
        return self._lines or any(answer for _, answer in self.given)

    def begin(self, wants_them: Callable[[], bool]) -> bool:
        """Look for answers of an earlier run; `wants_them` asks whether to go on with those.
        Returns whether it was asked just now, and told yes."""
        if self._draft is not None:
            return False
        self._draft = self._find()
        entries = self._draft.entries()
        if not entries:
            return False
        if not wants_them():
            self._draft.delete()
            return False
        for entry in entries:
            key, answer = (str(entry["question"]), int(entry["turn"])), str(entry["answer"])
            goes_on = entry.get("goes_on") and key in self._known
            self._known[key] = f"{self._known[key]}\n{answer}" if goes_on else answer
        return True

    def restart(self) -> None:
        """Let the command ask from its first question again."""
        self._position = 0

    def repeated(self, question: str) -> str | None:
        """The answer to a question that was answered before the person went back."""
        if self._position >= len(self.given):
            return None
        asked, answer = self.given[self._position]
        if asked != question:
            # Another answer has led to other questions.
            del self.given[self._position :]
            return None
        self._position += 1
        return answer

    def known(self, question: str) -> str | None:
        """What was answered to this question in an earlier run, or before going back."""
        return self._known.get((question, self._turn(question)))

    def keep(self, question: str, answer: str) -> None:
        """Put an answer into the draft. Raises StoreFault when that is not possible."""
        assert self._draft is not None
        turn = self._turn(question)
        self._draft.append({"question": question, "turn": turn, "answer": answer})
        self.given.append((question, answer))
        self._position = len(self.given)

    def keep_line(self, question: str, line: str, *, goes_on: bool) -> None:
        """Put a line of an answer into the draft; `goes_on`: below those that are there. Raises
        StoreFault when that is not possible."""
        assert self._draft is not None
        entry = {"question": question, "turn": self._turn(question), "answer": line}
        self._draft.append({**entry, "goes_on": True} if goes_on else entry)
        self._lines = True

    def back(self) -> None:
        """Take the last answer back, so that its question comes again. Raises Back."""
        question, answer = self.given.pop()
        self._known[question, self._turn(question)] = answer
        raise Back

    def finish(self) -> None:
        """Delete the draft: all of it is saved."""
        if self._draft is not None:
            self._draft.delete()

    def _turn(self, question: str) -> int:
        return sum(asked == question for asked, _ in self.given)


_current: KeptAnswers | None = None


def current() -> KeptAnswers | None:
    """The answers of the command that runs; None where nothing is kept."""
    return _current


def with_kept_answers(find: Callable[[], Draft], act: Callable[[], T]) -> T:
    """Do what may ask a person, keeping the answers until it has succeeded."""
    with _keeping(KeptAnswers(find)) as kept:
        while True:
            try:
                result = act()
            except Back:
                kept.restart()
                continue
            kept.finish()
            return result


@contextmanager
def _keeping(kept: KeptAnswers) -> Iterator[KeptAnswers]:
    global _current
    before, _current = _current, kept
    try:
        yield kept
    except typer.Exit:
        raise
    except BaseException:
        if kept.holds_words:
            printer.note("what you typed is kept; the same command offers it again")
        raise
    finally:
        _current = before
