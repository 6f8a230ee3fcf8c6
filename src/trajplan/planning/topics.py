"""Topics in what a client says: which are raised, and by which words (R131).

Whole words count, of every language, since a coach may write two. Accents, case and the kind of
apostrophe do not matter, and an apostrophe may be missing. A cue inside a figure of speech (`not`
in the topic's file) does not count, unless the figure of speech is itself only a part of the cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from trajplan.content.model import CueWords, Topic
from trajplan.text import WordPlaces, said_words

FIRST = ("safety", "grave-news")
"""Heard with others, these come first."""


class HeardTopic(Struct, frozen=True):
    """A topic that was raised, and the cues that raised it."""

    id: str
    words: tuple[str, ...]


def heard_topics(topics: Mapping[str, Topic], text: str) -> tuple[HeardTopic, ...]:
    """Topics that the text raises: safety, then grave news, then the others by id."""
    if not text:
        return ()
    said = WordPlaces(said_words(text))
    heard = (
        HeardTopic(topic.id, words)
        for topic in topics.values()
        if (words := tuple(dict.fromkeys(_raised_by(topic, said))))
    )
    return tuple(sorted(heard, key=lambda topic: (topic.id not in FIRST, topic.id)))


def settled_topics(topics: Iterable[Topic], text: str) -> frozenset[str]:
    """Ids of the topics of which the words say that the matter is decided or over."""
    said = WordPlaces(said_words(text))
    return frozenset(topic.id for topic in topics if any(_meant(topic.settled_words, topic, said)))


def _raised_by(topic: Topic, said: WordPlaces) -> Iterator[str]:
    """The cues that raise the topic."""
    return _meant(topic.cue_words, topic, said)


def _meant(phrases: CueWords, topic: Topic, said: WordPlaces) -> Iterator[str]:
    """Those of the phrases that occur and mean what they say."""
    places = list(_places(phrases, said))
    figures = [span for _, span in _places(topic.figure_words, said)] if places else []
    for cue, place in places:
        if not any(_covers(figure, place) for figure in figures):
            yield cue


def _places(phrases: CueWords, said: WordPlaces) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each phrase that occurs, and where."""
    known = said.known
    for phrase, words in phrases.items():
        # Nearly every cue of thousands ends at its first word, sooner than `spans` is called.
        if words and (words[0] in known or words[0].endswith("*")):
            for span in said.spans(words):
                yield phrase, span


def _covers(figure: tuple[int, int], cue: tuple[int, int]) -> bool:
    """Whether a figure of speech takes a cue with it: they overlap, and it is no mere part."""
    overlaps = figure[0] < cue[1] and cue[0] < figure[1]
    is_part = cue[0] <= figure[0] and figure[1] <= cue[1] and figure != cue
    return overlaps and not is_part
