"""Words of the records that nobody may forget: on danger, illness and death, on what was agreed for
somebody's safety (R131), and on what is sore: tears, shame, and money that stops (R142).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

from msgspec.structs import replace

from trajplan.content.model import Topic
from trajplan.planning.asked_of_coach import asks_of_coach
from trajplan.planning.heard_topics import (
    NOTE,
    PERSON,
    SAFETY,
    heard_topics,
    is_topic,
    proposing,
    spoken_topics,
)
from trajplan.planning.kept_in_mind import NewerWords
from trajplan.planning.matter import bears_on
from trajplan.planning.overtaken import is_other_contact
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.text import on_one_line, pattern, sentences_of, shortened_to_clause

WHOSE = 60
"""Letters of the line that says whom a note may speak of."""
LOOKED_AT = 50
"""Sentences of a text that are looked at for that."""
_SORE = pattern(
    r"\b(?:cried|crying|cries|wept|weeping|in tears|tears (?:came|in|ran)|tearful|burst into tears"
    r"|broke down|sobb\w+|weinte|geweint|in tränen|lloró|llorando"
    r"|ashamed|shame|humiliat\w+|schämt\w*|vergüenza"
    r"|(?:cross|angry|furious|annoyed|disgusted) with (?:her|him|them)sel\w+"
    r"|hat(?:es|ed) (?:her|him|them)sel\w+|blam(?:es|ed) (?:her|him|them)sel\w+)\b",
    re.IGNORECASE,
)
_MONEY = (
    r"(?:(?:sick|maternity|redundancy|furlough|notice) pay|pay|salary|wages?|benefits?|pension"
    r"|allowance|savings|money|income|maintenance|rent|credit|krankengeld|gehalt|geld|sueldo)"
)
_MONEY_STOPS = pattern(
    rf"\b{_MONEY}\b[^.!?\n]{{0,30}}\b(?:stops?|ends?|runs? out|ran out|is gone|gone by|lasts? until"
    r"|lasts? till|finish(?:es)?|is cut|endet|reicht bis|se acaba)\b",
    re.IGNORECASE,
)


_BACK = (
    r"(?:back(?! (?:at|in|to|home|from|together|with|for)\b)|again|returned|returns|once more"
    r"|(?:got|getting|become|becoming|is|are|was|were) (?:\w+ )?(?:worse|stronger|louder))\b"
)
_VERB = r"(?:['’]s|['’]re| is| are| was| were| has| have| had| came| come| comes| crept| got)"
_DANGER_AGAIN = pattern(
    r"\b(?:thoughts?|feelings?|ideas?|urges?|pills|tablets|voices?|nights?|cutting|the dark"
    rf"|the bridge|the knife|the rope|the plan)\b[^.!?]{{0,40}}?\b{_BACK}"
    rf"|\b(?:it|that|this|they|those){_VERB}(?: \w+){{0,2}}? {_BACK}"
    rf"|(?:^|[:;,–—-]\s*)(?:it |they )?(?:came|come|crept) {_BACK}|\bback again\b",
    re.IGNORECASE,
)
"""With which words a danger that was told before is said to be back, without a word of danger: `the
thought came back once`, `the pills again`."""


_OF_THE_COACH = pattern(r"\bI(?:['’]m| am) not\b")
_ASKS_AFTER_IT = pattern(
    r"\b(?:asked|thoughts?|the (?:nights|pills|tablets|bridge))\b", re.IGNORECASE
)
"""With which words a note tells of it."""
_CALMS = pattern(
    r"\b(?:no|none|not|never|nothing|gone|safe|fine|better|ok|okay|all right|kein\w*|nicht|nada)\b",
    re.IGNORECASE,
)
"""With which words danger is said to be over, or not to be there."""


def with_newest_on_danger(
    news: Mapping[str, NewerWords], told: Sequence[ToldBefore], safety: frozenset[str]
) -> dict[str, NewerWords]:
    """What was said since, where what stands beside words of danger is the newest word on it, and
    all of it: "No plan" of a note that is older than the last alarm would only calm."""
    on_danger = [
        words
        for words in told
        if words.day and not safety.isdisjoint(sentences_of(words.text)[:LOOKED_AT])
    ]
    newest = max((words.day for words in on_danger if words.day), default=dt.date.max)
    beside = frozenset(chain.from_iterable(sentences_of(words.text) for words in on_danger))
    kept: dict[str, NewerWords] = {}
    for text, newer in news.items():
        quoted = newer.text.removesuffix("…")
        source = next(
            (words for words in told if words.when == newer.when and quoted in words.text), None
        )
        calms = text in beside and _CALMS.search(newer.text) and not is_other_contact(newer.text)
        if not calms or source is None or source.day is None:
            kept[text] = newer
        elif source.day >= newest:
            kept[text] = replace(newer, text=on_one_line(source.text))
    return kept


def no_longer_calm(
    told: Iterable[ToldBefore], again: Sequence[ToldBefore], safety: frozenset[str]
) -> Iterator[tuple[str, NewerWords]]:
    """The calming sentences on a danger, with the newest words by which it is back."""
    newest = max(again, key=lambda words: words.day or dt.date.min, default=None)
    if newest is None or newest.day is None:
        return
    back = " ".join(back_again(newest.text))
    for words in told:
        sentences = sentences_of(words.text)[:LOOKED_AT]
        is_on_danger = not safety.isdisjoint(sentences) or _ASKS_AFTER_IT.search(words.text)
        if words.day and words.day < newest.day and is_on_danger:
            for text in sentences:
                calms = _CALMS.search(text) and not _OF_THE_COACH.search(text)
                if calms and not is_other_contact(text):
                    yield text, NewerWords(text=on_one_line(back), when=newest.when)


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
        heavy |= {name: topic for name, topic in topics.items() if name == VIOLENCE_NOTED}
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

    def whose(self, words: ToldBefore, told: Iterable[ToldBefore]) -> str:
        """Where a note names nobody where it speaks of illness or death: the sentence nearest in
        time that names somebody and speaks of the same; empty: none does."""
        grave = self.sentences(words.text, "heavy") if words.kind == "noted" else []
        if not grave or heard_topics(self._people, " ".join(grave[:LOOKED_AT])):
            return ""
        lines = tuple(told)
        place = lines.index(words)
        for other in (*lines[place + 1 :], *reversed(lines[:place])):
            for line in sentences_of(other.text)[:LOOKED_AT]:
                speaks_of_it = bears_on(line, words.text[:1000]) and self.sentences(line, "heavy")
                if speaks_of_it and heard_topics(self._people, line):
                    return f"{other.when}: {shortened_to_clause(line, WHOSE)}"
        return ""


def is_sore(text: str) -> bool:
    """Whether a note tells of tears, of shame, of somebody cross with themselves, or of money that
    stops: whoever doesn't know of it walks right into it."""
    return bool(_SORE.search(text) or _MONEY_STOPS.search(text))


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
