"""One utterance of a coach: its sentences, and which of them want an answer."""

from __future__ import annotations

from dataclasses import dataclass

from trajplan.lint.phrases import any_of
from trajplan.lint.sentences import Sentence, cleaned, sentences_of
from trajplan.lint.words import PAUSES

_CHECK = any_of("forms", "check")
_GREETING = any_of("forms", "greeting")

MOST_LETTERS = 4000
"""Several minutes of talk; reading more would take time that grows with its square."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says before the other answers."""

    text: str
    sentences: tuple[Sentence, ...]
    asking: tuple[Sentence, ...]
    """The sentences that want an answer, without checks such as `Does that make sense?` behind a
    question and without words that only guess at its answer (`The money?`)."""

    @property
    def last(self) -> Sentence | None:
        """The sentence the other will answer: the last that asks."""
        return self.asking[-1] if self.asking else None

    @property
    def is_open(self) -> bool:
        """Whether what is asked last cannot be answered with yes or no.

        A turn that asks nothing is not open.
        """
        return self.last is not None and self.last.is_open


def turn_of(text: str) -> Turn:
    """Read an utterance."""
    bare = cleaned(_end_of(text))
    sentences = sentences_of(bare)
    asking: list[Sentence] = []
    for one in sentences:
        if not one.asks:
            continue
        if asking and (_is_check(one) or _is_guess(one)):
            continue
        asking.append(one)
    return Turn(bare, sentences, tuple(asking))


def _end_of(text: str) -> str:
    """Of a text no turn is as long as, what was said last: that is what will be answered."""
    if len(text) <= MOST_LETTERS:
        return text
    end = text[-MOST_LETTERS:]
    return end.partition(" ")[2] or end


def is_greeting(sentence: Sentence) -> bool:
    """Whether it only opens a conversation."""
    return bool(_GREETING.match(sentence.core.line))


def _is_check(sentence: Sentence) -> bool:
    brief = sentence.core.spoken < 8 and sentence.form != "question-word"
    return brief and bool(_CHECK.match(sentence.core.line))


def _is_guess(sentence: Sentence) -> bool:
    """A few words without a verb, offered as an answer to the question before."""
    words = [word for word in sentence.core.words if word not in PAUSES]
    return (
        sentence.form == "said-as-question"
        and len(words) <= 4
        and not ({"you", "anything"} & set(words))
    )
