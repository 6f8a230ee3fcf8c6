"""Topics in what a client says: which are raised, and by which words (R131).

Whole words count, of every language, since a coach may write two. Accents, case and the kind of
apostrophe do not matter, and an apostrophe may be missing. A cue inside a figure of speech (`not`
in the topic's file) does not count, unless the figure of speech is itself only a part of the cue.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct

from trajplan.content.model import Topic

FIRST = ("safety", "grave-news")
"""Heard with others, these come first."""
_BLANKS = re.compile(r"[\s\-‐‑–—/]+")


class HeardTopic(Struct, frozen=True):
    """A topic that was raised, and the cues that raised it."""

    id: str
    words: tuple[str, ...]


def heard_topics(topics: Mapping[str, Topic], text: str) -> tuple[HeardTopic, ...]:
    """Topics that the text raises: safety, then grave news, then the others by id."""
    said = _fold(text)
    if not said.strip():
        return ()
    heard = (
        HeardTopic(topic.id, words)
        for topic in topics.values()
        if (words := tuple(dict.fromkeys(_raised_by(topic, said))))
    )
    return tuple(sorted(heard, key=lambda topic: (topic.id not in FIRST, topic.id)))


def _raised_by(topic: Topic, said: str) -> Iterator[str]:
    """The cues in a folded text that mean what they say."""
    figures = [span for _, span in _places(_phrases(topic.without), said)]
    for cue, place in _places(_phrases(topic.cues), said):
        if not any(_covers(figure, place) for figure in figures):
            yield cue


def _phrases(by_language: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for phrases in by_language.values():
        yield from phrases


def _places(phrases: Iterable[str], said: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each phrase that occurs, and where."""
    for phrase in phrases:
        folded = _folded_phrase(phrase)
        # Most phrases do not occur; finding that out must be cheap.
        if folded.split(" ")[0].split("'")[0] not in said:
            continue
        pattern = re.escape(folded).replace(r"\ ", " ").replace("'", "'?")
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", said):
            yield phrase, match.span()


@cache
def _folded_phrase(phrase: str) -> str:
    return _fold(phrase)


def _covers(figure: tuple[int, int], cue: tuple[int, int]) -> bool:
    """Whether a figure of speech takes a cue with it: they overlap, and it is no mere part."""
    overlaps = figure[0] < cue[1] and cue[0] < figure[1]
    is_part = cue[0] <= figure[0] and figure[1] <= cue[1] and figure != cue
    return overlaps and not is_part


def _fold(text: str) -> str:
    """Text as it is compared: no case, no accents, one kind of apostrophe, single blanks."""
    straight = text.replace("’", "'").replace("ʼ", "'").casefold()
    letters = unicodedata.normalize("NFKD", straight)
    return _BLANKS.sub(" ", "".join(c for c in letters if not unicodedata.combining(c)))
