"""One utterance of a coach: its sentences, what each does, and which want an answer."""

from __future__ import annotations

import re

from msgspec import Struct

from trajplan.lint.phrases import any_of
from trajplan.lint.sentence_forms import OPEN_FORMS, Form, core_of, form_of
from trajplan.lint.words import PAUSES, NormalWords, words_of
from trajplan.text import pattern

_END = pattern(r"(?:[.!?]+|…|\.{3,})[\"'”’)\]]*(?=\s+|$)|\n+")
_ABBREVIATION = pattern(r"\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|vs|st|no|approx)\.$", re.IGNORECASE)
_MARKS = pattern(r"^\s*(?:[-*•–+>]\s+|\(?\d{1,3}[.)]\s+|#{1,6}\s+|\[[ x]\]\s+)+")
_SPEAKER = pattern(
    r"^\s*(?:\*\*)?(?:[A-Z][\w.' -]{0,24}?(?:\s\([^)]{1,24}\))?|coach|interviewer|helper)"
    r"(?:\*\*)?\s?:(?:\*\*)?\s+(?=\S)"
)
# A colon after one of these belongs to the question: `Suppose so: what then?`.
_NO_SPEAKER = pattern(
    r"^(?:what|which|who|how|why|when|where|suppose|imagine|picture|think|give|tell|between|from|if"
    r"|your|so|and|now|looking|sort|put|in|on|with|as|say|is|are|do|does)\b",
    re.IGNORECASE,
)
_DOUBLE_QUOTES = str.maketrans({"“": '"', "”": '"'})


class Sentence(Struct, frozen=True):
    """One sentence of a turn."""

    whole: NormalWords
    """Everything that was said in it."""
    core: NormalWords
    """The same without what only opens it: `So, well, okay,`."""
    form: Form
    ask: int = 0
    """Where in `core` the clause that asks begins."""

    @property
    def asks(self) -> bool:
        """Whether an answer is wanted."""
        return self.form != "statement"

    @property
    def is_open(self) -> bool:
        """Whether it cannot be answered with yes or no."""
        return self.form in OPEN_FORMS

    @property
    def asked(self) -> str:
        """The words that ask, as they were written."""
        return self.core.written(self.ask)


def cleaned(line: str) -> str:
    """A line of a list or transcript without bullet, number or the speaker's name."""
    text = _MARKS.sub("", line).strip()
    match = _SPEAKER.match(text)
    if match and not _NO_SPEAKER.match(text) and len(match[0].split()) <= 3:
        text = text[match.end() :]
    return text.strip().strip("*_").strip()


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a turn, each with what it does."""
    result = []
    for piece, asked in _split(text):
        whole = words_of(piece)
        if any(word not in PAUSES for word in whole.words):
            core = core_of(whole)
            result.append(Sentence(whole, core, *form_of(core, asked)))
    return tuple(result)


def _split(text: str) -> list[tuple[str, bool]]:
    """The pieces of a text, each with whether it ends in a question mark."""
    pieces: list[tuple[str, bool]] = []
    start = 0
    for match in _END.finditer(text):
        if _goes_on(text[start : match.end()], match[0], text[match.end() :]):
            continue
        pieces.append((text[start : match.end()], "?" in match[0]))
        start = match.end()
    if text[start:].strip():
        pieces.append((text[start:], False))
    return pieces


def _goes_on(piece: str, end: str, after: str) -> bool:
    """Whether the sentence continues behind what looks like its end."""
    after = after.lstrip()
    if not after:
        return False
    first = after.lstrip("\"'“‘(")[:1]
    # Inside a quotation nothing ends: `When she asked "Why? Why now?" I laughed.`
    if piece.translate(_DOUBLE_QUOTES).count('"') % 2:
        return '"' in after.translate(_DOUBLE_QUOTES)
    if "…" in end or end.startswith(".."):
        return first.islower() or len(piece.split()) < 3
    if end[0] == ".":
        return bool(_ABBREVIATION.search(piece[-8:])) or first.islower()
    return end[-1] in "\"'”’" and first.islower()


_CHECK = any_of("forms", "check")
_GREETING = any_of("forms", "greeting")

MOST_LETTERS = 4000
"""Several minutes of talk; reading more would take time that grows with its square."""


class Turn(Struct, frozen=True):
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
    for sentence in sentences:
        if not sentence.asks:
            continue
        if asking and (_is_check(sentence) or _is_guess(sentence)):
            continue
        asking.append(sentence)
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
