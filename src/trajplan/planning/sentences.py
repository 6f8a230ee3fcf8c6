"""What was said or noted, sentence by sentence, and what each says has become of something: that it
is over, that somebody knows of it, that its day has moved.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import zip_longest
from typing import Literal

from trajplan.lint.phrases import heard
from trajplan.planning.asked_of_coach import is_withheld
from trajplan.planning.kept_in_mind import NewerWords
from trajplan.planning.matter import YEAR, MatterWords, compounds_in, matter, stems
from trajplan.planning.named_days import days_in
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.text import pattern, sentences_of, shortened_to_clause

SENTENCES = 50
"""Sentences of a text that are looked at."""
LETTERS = 110
"""Letters of what is quoted beside something older."""
AWAY = r"off sick|signed off|on leave|in hospital"
"""With which words somebody is said not to be at work, as part of a pattern."""
CLOSES = pattern(
    r"\b(?:settled|decided|done|(?:is|are|was|all) (?:over|off)|closed|signed|no longer"
    r"|(?:not|n.t)\b.*\bany ?more|let go|instead|dropped"
    r"|given up|gave up|gone|paid|finished|off the list|solved|resolved|sorted"
    r"|accepted|resigned|turned down|said (?:no|yes)|refused|rejected|moved|sold|left|cancelled"
    r"|ruled? (?:\w+ )?out|skip|forget|scrapped|off the table|decided against|already|taken"
    rf"|takes? over|{AWAY}|retire[sd]|away|dead|died|hired|filled"
    r"|sacked|handed over"
    r"|withdr[ae]wn?|ended|got|won|lost|stopped|came through|out of the question|need(?:s|ed)? no"
    r"|no need|erledigt|geklärt|entschieden|vorbei|abgesagt|zugesagt|unterschrieben|bezahlt"
    r"|verkauft|nicht mehr|resuelto|decidido|hecho|cerrado|firmado|pagado|terminado|ya no)\b",
    re.IGNORECASE,
)
"""Words with which something is said to be over."""
LEARNT = pattern(r"\b(?:knows|found out|found the|has heard|turned out)\b", re.IGNORECASE)
"""Words with which somebody is said to know, so that nobody has to tell or ask them."""
_TELLS = pattern(
    r"(?<!n['’]t )(?<!not )(?<!to )\bknow\b(?! (?:of )?nothing)"
    r"|(?<!n['’]t )(?<!not )(?<!never )\b(?:told|tells)\b(?! (?:\w+ )?(?:nothing|nobody|no one)\b)"
    r"|\b(?:knows|found|heard|learnt|guessed|read|opened|saw|seen|announced"
    r"|public now|is out|came out"
    r"|weiß|erfahren|gefunden|gesagt|sabe|encontró|contó)\b",
    re.IGNORECASE,
)
"""Words with which a secret is said to be out."""
_MOVES = heard("days", "moves")
_MOVED_FROM = heard("days", "moved-from")
_POINTS_BACK = pattern(r"\b(?:it|this|that|them|again)\b", re.IGNORECASE)
"""With which words a sentence may be about something that the one before it names."""


def ends_day(text: str) -> bool:
    """Whether newer words say that something with a day is over or has another day."""
    return bool(CLOSES.search(text) or _MOVES.search(text))


def tells(text: str) -> bool:
    """Whether words say that somebody knows something now."""
    return bool(_TELLS.search(text))


TextKind = Literal["topic", "line", "intake", "promise", "note", "secret", "noted"]


class Sentence(MatterWords, frozen=True):
    """A sentence that was said or noted, and when."""

    when: str
    day: dt.date
    outcome: bool = False
    """It is something that was closed, not said."""
    of: str = ""
    """The promise that it was said of."""
    client: frozenset[str] = frozenset()
    """What the client's own name begins with."""
    then: str = ""
    """The sentence that follows it on its line."""
    before: str = ""
    """The sentence before it on its line."""
    line: str = ""
    """All of its line."""
    place: int = 0
    """Of what was noted on one day, where it stands: what came later has a higher number."""

    @cached_property
    def closes(self) -> bool:
        """Whether it says that something is over: asked of the few that are about it. What is told
        of an earlier year is none of it."""
        if self.outcome:
            return True
        years = map(int, YEAR.findall(self.text))
        return bool(CLOSES.search(self.text)) and all(year >= self.day.year for year in years)

    def ends(self, kind: TextKind) -> bool:
        """Whether it may end what a text of a kind is about: a promise or a topic also where
        somebody knows or has found something out."""
        is_learnt = kind in ("topic", "promise") and bool(LEARNT.search(self.text))
        return self.closes or is_learnt

    @cached_property
    def matter(self) -> frozenset[str]:
        """What its words begin with that say which matter it is; the client's name says none."""
        return matter(self.text) - self.client

    @cached_property
    def stems(self) -> frozenset[str]:
        """What its words begin with."""
        return frozenset(stems(self.text))

    @property
    def with_before(self) -> str:
        """It, behind those before it on its line as far back as the words still point back."""
        told = [self.text]
        for before in reversed(sentences_of(self.line.partition(self.text)[0])):
            if not _POINTS_BACK.search(told[0]):
                break
            told.insert(0, before)
        return " ".join(told)

    @property
    def newer(self) -> NewerWords:
        """Its first words, to stand beside something older."""
        return NewerWords(text=shortened_to_clause(self.text, LETTERS), when=self.when)

    @cached_property
    def gives_away(self) -> bool:
        """Whether it says that somebody knows something now, and is no secret itself."""
        return tells(self.text) and not is_withheld(self.text)

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """The days it names."""
        return days_in(self.text, self.day)

    @cached_property
    def days_left(self) -> tuple[dt.date, ...]:
        """The days of which it says that others took their place."""
        if match := _MOVED_FROM.search(self.text):
            return days_in(match[1], self.day)
        return ()

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
    for place, words in enumerate(told, 1):
        if words.day is None or words.overtaken:
            continue
        for line in _lines(words.text):
            whole = " ".join(line)
            neighbours = zip_longest(("", *line), line, line[1:], fillvalue="")
            said += [
                Sentence(
                    *(text, words.when, words.day),
                    of=words.of,
                    client=client,
                    then=then,
                    before=before,
                    line=whole,
                    place=place if words.kind == "noted" else 0,
                )
                for before, text, then in neighbours
                if text
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
