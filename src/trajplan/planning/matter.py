"""What a text is about, as far as its words tell: words that say something, names and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from trajplan.dates import DAYS, MONTH_WORDS
from trajplan.text import ELDERS, cue_words, pattern

SMALL_WORDS = frozenset(
    cue_words(
        "about after again always because been before being could does doing dont even ever every "
        "everybody everyone from going have having here into just keep know like make many more "
        "most much must need never nobody only other over people really said should some something "
        "still talk than that their them then there these they thing things think this those very "
        "want what when where which while will with would your "
        "week weeks month months year years today tomorrow yesterday monday tuesday wednesday "
        "thursday friday fridays saturday sunday sundays january february march april june july "
        "august september october november december "
        "day days hour hours minute minutes time times once twice three four five seven eight nine "
        "isnt arent wasnt werent didnt doesnt wont cant couldnt wouldnt hasnt havent hes shes "
        "thats theres youre theyre done tell told"
    )
)
"""Words that two sentences may share without speaking of the same thing."""
STEM = 5
"""Letters two words must begin with alike to count as one: `teach` and `teaching`."""


def bears_on(text: str, topic: str) -> bool:
    """Whether a belief and a topic share a word that says something."""
    return bool(stems(text) & stems(topic))


def stems(text: str) -> set[str]:
    """What the words of a text begin with that say something."""
    return {
        word[:STEM] for word in cue_words(text) if len(word) >= STEM - 1 and word not in SMALL_WORDS
    }


WORD = pattern(r"[^\W\d_]+")
_DAYS = tuple(map(str.casefold, DAYS))
NO_NAMES = frozenset(
    {*MONTH_WORDS, *_DAYS, *(f"{day}s" for day in _DAYS), "christmas", "easter", "xmas"}
)
LEAST_SMALL = 3
"""Words of any kind that are shared where only one of them says something."""
_AMOUNT = pattern(r"([£€$]?) ?(\d{1,9}(?:[.,]\d{3})*)(k?)\b(?![.,]?\d)", re.IGNORECASE)
DOING = frozenset(
    stem.removesuffix("s")
    for stem in stems(
        "tell told said asked knows known found ring rang call send write read find look speak "
        "take give list bring show start begin work through first second third twice three four "
        "days hours times getting finish once with whole"
    )
)
"""What is done with many things, and so says nothing of which."""
_COMPOUND = pattern(r"\b[^\W\d_]+(?:-[^\W\d_]+){2,}")
_NAME = pattern(r"(?<=[^.!?:“\"\s]\s)[^\W\d_a-z]\w+|\b[A-Z]{2,}\b")
"""A name: a capital letter within a sentence, or capitals alone."""


class MatterWords(Struct, frozen=True, dict=True):
    """Words, and what in them tells which matter they are about."""

    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Each word in small letters."""
        return frozenset(map(str.casefold, WORD.findall(self.text)))

    @cached_property
    def kin(self) -> frozenset[str]:
        """Which relatives they name, under whichever word."""
        return frozenset(ELDERS[word] for word in self.words if word in ELDERS)

    @cached_property
    def names(self) -> frozenset[str]:
        """What the names in them begin with, of people, places and firms alike; a short one
        whole."""
        return frozenset(
            stem for name in names_of(self.text) for stem in matter(name) or {name.casefold()}
        )

    @property
    def names_and_kin(self) -> frozenset[str]:
        """The relatives in them, and the names."""
        return self.names | self.kin


def names_of(text: str) -> Iterator[str]:
    """The names in a text; a month or a weekday is none."""
    return (name for name in _NAME.findall(text) if name.casefold() not in NO_NAMES)


def compounds_in(text: str) -> frozenset[str]:
    """The words of three parts and more in a text, such as `one-to-one`."""
    return frozenset(map(str.casefold, _COMPOUND.findall(text)))


def matter(text: str) -> frozenset[str]:
    """What the words of a text begin with that say which matter it is."""
    return frozenset(stem.removesuffix("s") for stem in stems(text)) - DOING


def first_matter(text: str) -> frozenset[str]:
    """The same of the first word, or the second."""
    return next(filter(None, map(matter, text.split()[:2])), frozenset({""}))


def sums_in(text: str) -> frozenset[int]:
    """The sums of money in a text, `£32k` as `£32,000`."""
    found = (
        (re.sub(r"\D", "", amount), thousands)
        for symbol, amount, thousands in _AMOUNT.findall(text)
        if symbol or thousands
    )
    return frozenset(int(amount) * (1000 if thousands else 1) for amount, thousands in found)


def shares_small_words(text: str, other: str) -> bool:
    """Whether a text of which one word says something shares its small words with another too:
    "killed" alone is in many a sentence. One that is that word alone has none."""
    words, others = (set(map(str.casefold, WORD.findall(said))) for said in (text, other))
    return len(words) == 1 or len(words & others) >= min(LEAST_SMALL, len(words))
