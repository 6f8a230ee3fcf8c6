"""What was said or noted, sentence by sentence, the days each names, and that one has moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from trajplan.lint.phrases import heard
from trajplan.planning.kept_in_mind import NewerWords
from trajplan.planning.matter import MatterWords, compounds_in, matter, stems
from trajplan.planning.named_days import days_in
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.text import sentences_of, shortened_to_clause

SENTENCES = 50
"""Sentences of a text that are looked at."""
LETTERS = 110
"""Letters of what is quoted beside something older."""
_MOVES = heard("days", "moves")
_MOVED_FROM = heard("days", "moved-from")


class Sentence(MatterWords, frozen=True):
    """A sentence that was said or noted, and when."""

    when: str
    day: dt.date
    of: str = ""
    """The promise that it was said of."""
    client: frozenset[str] = frozenset()
    """What the client's own name begins with."""
    before: str = ""
    """The sentence before it on its line."""

    @cached_property
    def matter(self) -> frozenset[str]:
        """What its words begin with that say which matter it is; the client's name says none."""
        return matter(self.text) - self.client

    @cached_property
    def stems(self) -> frozenset[str]:
        """What its words begin with."""
        return frozenset(stems(self.text))

    @property
    def newer(self) -> NewerWords:
        """Its first words, to stand beside something older."""
        return NewerWords(text=shortened_to_clause(self.text, LETTERS), when=self.when)

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """The days it names, but for those that it says are left for others."""
        text = self.text
        for left in self._left:
            text = text.replace(left, "")
        return days_in(text, self.day, beside=self.before)

    @property
    def _left(self) -> list[str]:
        """What names the days that others took the place of."""
        found = (match.groups() for match in _MOVED_FROM.finditer(self.text))
        return [left for lefts in found for left in lefts if left]

    @cached_property
    def days_left(self) -> tuple[dt.date, ...]:
        """The days of which it says that others took their place."""
        return tuple(day for left in self._left for day in days_in(left, self.day))

    @cached_property
    def compounds(self) -> frozenset[str]:
        """Its words of three parts and more."""
        return compounds_in(self.text)

    @cached_property
    def moves(self) -> bool:
        """Whether it says that a day is another now."""
        return bool(_MOVES.search(self.text))


def sentences_told(told: Iterable[ToldBefore], client_name: str) -> tuple[Sentence, ...]:
    """What was said or noted on a day that is known, sentence by sentence, in the order of `told`:
    the newest first."""
    client = matter(client_name)
    said = []
    for words in told:
        if words.day is None or words.overtaken:
            continue
        for line in _lines(words.text):
            said += [
                Sentence(
                    *(text, words.when, words.day),
                    of=words.of,
                    client=client,
                    before=before,
                )
                for before, text in pairwise(("", *line))
            ]
    return tuple(said)


def _lines(text: str) -> Iterator[list[str]]:
    """The sentences of each line of a text: what stands on another line is another matter."""
    line: list[str] = []
    for words in sentences_of(text)[:SENTENCES]:
        if line and f"{line[-1]} {words}" not in text:
            yield line
            line = []
        line.append(words)
    if line:
        yield line


def newest_first(said: Iterable[Sentence]) -> list[Sentence]:
    """What was said, the newest first."""
    return sorted(said, key=lambda sentence: sentence.day, reverse=True)
