"""Words of the records that nobody may forget: on danger, illness and death, on what was agreed for
somebody's safety (R131), and on what is sore: tears, shame, and money that stops (R142).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from trajplan.content.model import Topic
from trajplan.lint.phrases import heard
from trajplan.planning.asked_of_coach import asks_of_coach
from trajplan.planning.heard_topics import (
    DYING,
    NOTE,
    PERSON,
    SAFETY,
    heard_topics,
    is_topic,
    proposing,
    spoken_topics,
)
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.text import sentences_of

WHOSE = 60
"""Letters of the line that says whom a note may speak of."""
LOOKED_AT = 50
"""Sentences of a text that are looked at for that."""
_SORE = heard("notes", "sore")
_MONEY_STOPS = heard("notes", "money-stops")
_WEIGHS = heard("notes", "weighs")


_DANGER_AGAIN = heard("notes", "danger-again")


Gravity = Literal["safety", "heavy", "noted"]
"""What words are of: danger to somebody's life; that, illness or death; or, in a note, also what
was agreed for somebody's safety."""


VIOLENCE_NOTED = "violence-noted"
"""The topic of notes that say that somebody hurts them."""
ASKED_ABOUT_DANGER = "asked-about-danger"
"""The topic of notes that say the coach asked about danger to somebody's life."""


class GraveWords:
    """What of the records speaks of danger, illness, death, or of what was agreed for somebody's
    safety (R131)."""

    def __init__(self, topics: Mapping[str, Topic], texts: Iterable[str]) -> None:
        spoken = spoken_topics(topics)
        self._people = proposing(topics, (PERSON,))
        heavy = {name: topic for name, topic in spoken.items() if not is_topic(topic)}
        told = (VIOLENCE_NOTED, DYING)
        heavy |= {name: topic for name, topic in topics.items() if name in told}
        self._cues: dict[Gravity, dict[str, Topic]] = {
            "safety": {
                name: topic
                for name, topic in topics.items()
                if topic.proposes == SAFETY or name in (ASKED_ABOUT_DANGER, VIOLENCE_NOTED)
            },
            "heavy": heavy,
            "noted": {**heavy, **proposing(topics, (NOTE,))},
        }
        # One look at all of it; most clients have told nothing of the kind.
        self._any = bool(heard_topics(self._cues["noted"], "\n".join(texts)))

    def holds(self, words: ToldBefore) -> bool:
        """Whether grave words were said or noted; an agreement counts in a note alone."""
        cues = self._cues["noted" if words.kind == "noted" else "heavy"]
        return self._any and bool(heard_topics(cues, words.text))

    def sentences(self, text: str, gravity: Gravity = "noted") -> list[str]:
        """The sentences that hold such words, in order; `noted`: or that ask something of the
        coach."""
        found = {*self._spoken_of(text, gravity)}
        return [
            words
            for words in sentences_of(text)
            if words in found or (gravity == "noted" and asks_of_coach(words))
        ]

    def _spoken_of(self, text: str, gravity: Gravity) -> list[str]:
        cues = self._cues[gravity]
        heard = heard_topics(cues, text) if self._any else ()
        # Each sentence is only asked for what the whole text is known to hold (R161).
        raised = {topic.id: cues[topic.id] for topic in heard}
        return [words for words in sentences_of(text) if raised and heard_topics(raised, words)]


def is_sore(text: str) -> bool:
    """Whether a note tells of tears, of shame, of somebody cross with themselves, or of money that
    stops: whoever doesn't know of it walks right into it."""
    return bool(_SORE.search(text) or _MONEY_STOPS.search(text))


def may_weigh(text: str) -> bool:
    """Whether a note has a word of law, harm, illness, loss or need, or of what somebody wants: it
    may weigh more than one that has none."""
    return bool(_WEIGHS.search(text))


def danger_again(grave: GraveWords, told: Sequence[ToldBefore]) -> Iterator[ToldBefore]:
    """What was told after words of danger, and says that it is back."""
    days = [words.day for words in told if words.day and grave.sentences(words.text, "safety")]
    first = min(days, default=dt.date.max)
    for words in told:
        if words.day and words.day > first and _DANGER_AGAIN.search(words.text):
            yield words


def back_again(text: str) -> list[str]:
    """The sentences of a text that say that a danger told before is back."""
    return [words for words in sentences_of(text) if _DANGER_AGAIN.search(words)]
