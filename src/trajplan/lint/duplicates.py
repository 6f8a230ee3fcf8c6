"""Questions that are almost the same, found without comparing every pair.

Two questions count as near-duplicates when their words in order, or their words of substance, are
at least 80 % the same. Only those are compared that share one of the later one's rarest words, as
almost equal questions do unless it is just the rare words in which they differ.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from trajplan.lint.phrases import words_in
from trajplan.lint.words import PAUSES, words_of

SAME_ORDER = 0.8
SAME_WORDS = 0.8
_RAREST = 3
_FEWEST = 3
"""Words of substance below which nothing is compared: `Tell me more about that.` may come again."""
_SMALL = frozenset().union(
    *(
        words_in(section)
        for section in ("question-words", "auxiliaries", "pronouns", "determiners", "prepositions")
    ),
    ("and", "or", "but", "if", "n't", "not", "me", "so", "as", "than", "then", "us"),
)


class Twins(Struct, frozen=True):
    """Two texts that are almost the same, by their positions (from 0)."""

    earlier: int
    later: int


def near_duplicates(texts: Sequence[str]) -> Iterator[Twins]:
    """Yield each pair once, by the position of the later text."""
    spoken = [_spoken(text) for text in texts]
    substance = [frozenset(_stem(word) for word in words if word not in _SMALL) for words in spoken]
    common = Counter(word for words in substance for word in words)
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(substance):
        if len(words) < _FEWEST:
            continue
        rare = sorted(words, key=lambda word: (common[word], word))[:_RAREST]
        nearby = sorted({other for word in rare for other in sharing[word]})
        for other in nearby:
            if _alike(spoken[other], spoken[index], substance[other], words):
                yield Twins(other, index)
        for word in words:
            sharing[word].append(index)


def _alike(
    earlier: Sequence[str], later: Sequence[str], few: frozenset[str], words: frozenset[str]
) -> bool:
    shared = len(few & words)
    if shared >= 3 and shared / len(few | words) >= SAME_WORDS:
        return True
    # Words that one of them lacks decide most pairs before their order is looked at.
    mine, yours = set(earlier), set(later)
    if 2 * len(mine & yours) < SAME_ORDER * (len(mine) + len(yours)):
        return False
    return SequenceMatcher(None, earlier, later, autojunk=False).ratio() >= SAME_ORDER


def _spoken(text: str) -> tuple[str, ...]:
    return tuple(word for word in words_of(text).words if word not in PAUSES)


def _stem(word: str) -> str:
    """The word without an English ending, roughly: enough to see `walk` in `walking`."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word
