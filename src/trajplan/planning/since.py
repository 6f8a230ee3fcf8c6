"""What was said since about something that was told: another day than its own (R126), or that it
was spoken of (R142).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from msgspec import Struct

from trajplan.lint.phrases import heard
from trajplan.planning.matter import (
    MatterWords,
    compounds_in,
    first_matter,
    matter,
    names_of,
    shares_small_words,
    stems,
    sums_in,
)
from trajplan.planning.sentences import Sentence
from trajplan.text import ELDERS

FAR = 60
"""Days from which on another day is another matter's."""
_AFTER = heard("notes", "after")


class OpenText(MatterWords, frozen=True):
    """A text with a day, and the day it was said."""

    said: dt.date
    due: dt.date
    kind: Literal["topic", "promise", "note"] = "topic"

    @cached_property
    def matter(self) -> frozenset[str]:
        """What its words begin with that say which matter it is."""
        return matter(self.text)

    def leads(self, text: str) -> bool:
        """Whether another text begins with a name of it, and so is about them. That of a relative
        everybody's notes have; the word with which it begins is a name where it has a capital
        letter there within a sentence."""
        begins = " ".join(text.split()[:2])
        first = {*self.text.split()[:1]} & {*names_of(begins)}
        named = {name for name in (*names_of(self.text), *first) if name.casefold() not in ELDERS}
        return any(re.search(rf"\b{re.escape(name)}\b", begins) for name in named)


class Moved(Struct, frozen=True):
    """Newer words on something with a day, and the day that is surely its day now; None: it may
    be."""

    words: Sentence
    to: dt.date | None


def moved_day(open_text: OpenText, sentences: Iterable[Sentence]) -> Moved | None:
    """The newest later words on a text that name another day than its own, or say that it has
    moved; None where the newest that name a day name the same. The new day is sure where the words
    begin with what both are about."""
    for words in sentences:
        if words.day <= open_text.said:
            return None
        if words.of == open_text.text or not _is_on_its_day(words, open_text):
            continue
        # What was moved from another day is another matter: of two interviews, one.
        if words.days_left and open_text.due not in words.days_left:
            continue
        others = [
            day
            for day in words.days
            if words.day <= day != open_text.due and _may_be(day, open_text, words)
        ]
        if not (others or words.moves) or (open_text.due in words.days and not words.moves):
            return None
        own = matter(_AFTER.split(open_text.text)[0])
        is_sure = words.moves and own.issuperset(first_matter(words.text))
        return Moved(words, others[0] if others and is_sure else None)
    return None


def _may_be(day: dt.date, open_text: OpenText, words: Sentence) -> bool:
    """Whether a day may be the new one of something: one that is far off is of something else,
    unless the words say that it moved."""
    return words.moves or abs((day - open_text.due).days) <= FAR


def _is_on_its_day(words: Sentence, open_text: OpenText) -> bool:
    """Whether a sentence that names a day, or moves one, is about a text. One word in common is
    enough for a goal or a topic; with a promise two are, or a name; a note only has another day
    where that is said."""
    shared = open_text.matter & words.matter
    match open_text.kind:
        case "note":
            # "One-to-one" has no word that is long enough to say something.
            return words.moves and bool(shared or compounds_in(open_text.text) & words.compounds)
        case "promise":
            # Somebody's name alone may be about another promise with them.
            least = 1 if open_text.leads(words.text) and words.moves else 2
            return len(shared) >= least and bool(words.days or words.moves)
    return bool(shared and (words.days or words.moves))


def is_spoken_of(text: str, sentences: Iterable[Sentence]) -> bool:
    """Whether words that were said or noted share half of the words of a text that say something,
    or a sum of money. One word of several is too little: two matters may both have the same
    father."""
    # "First" and "second" are in many a sentence; they count where a text has nothing else.
    own, sums = matter(text) or frozenset(stems(text)), sums_in(text)
    least = max(min(2, len(own)), len(own) / 2)
    later = (words for words in sentences if words.text != text)
    return bool(own) and any(
        not sums.isdisjoint(sums_in(words.text))
        or (
            len(own & (words.matter | words.stems)) >= least
            and (len(own) > 1 or shares_small_words(text, words.text))
        )
        for words in later
    )
