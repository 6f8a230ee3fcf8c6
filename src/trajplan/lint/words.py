"""Speech as words that patterns can be matched on, each still knowing where it was written.

Contractions are written out (`what's` is `what is`, `don't` is `do n't`), hesitations dropped, and
words in quotation marks become one word, because what somebody else said asks nothing here. Every
normal word keeps its place in the text, so that a hint can quote the text and not the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from trajplan.lint.phrases import words_in
from trajplan.text import pattern

QUOTE = "quoted-words"
"""Stands for a stretch in quotation marks."""
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)
_TOKEN = pattern(
    r"\d+(?:[.,:/]\d+)*%?"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*(?:-[^\W_]+(?:'[^\W\d_]+)*)*"
    r"|\.{2,}|…|[,;:()]|(?<!\w)--?(?!\w)|[–—]"
)
_DOUBLE = pattern(r'"[^"\n]*[^\W_][^"\n]*"')
_SINGLE = pattern(r"(?<!\w)'[^'\n]{1,400}(?:'\w[^'\n]{0,400}){0,8}'(?!\w)")
_SUFFIXES = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would"}
_VERB_S = words_in("verb-s")
_WHOLE = {
    "can't": ("can", "n't"),
    "won't": ("will", "n't"),
    "shan't": ("shall", "n't"),
    "cannot": ("can", "not"),
    "let's": ("let", "us"),
    "what'd": ("what", "did"),
    "how'd": ("how", "did"),
    "where'd": ("where", "did"),
    "why'd": ("why", "did"),
    "who'd": ("who", "would"),
    "d'you": ("do", "you"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("have", "to"),
    "lemme": ("let", "me"),
    "gimme": ("give", "me"),
    "ok": ("okay",),
    "alright": ("all", "right"),
    "cos": ("because",),
    "whats": ("what", "is"),
    "hows": ("how", "is"),
    "dont": ("do", "n't"),
    "didnt": ("did", "n't"),
}
_HESITATIONS = words_in("hesitations")
PAUSES = words_in("pauses")
WH = words_in("question-words")
_BREATHS = frozenset((",", "…", "..", "...", "-", "–", "—"))


class NormalWords(Struct, frozen=True):
    """The normal words of a stretch of text, with their places in it."""

    text: str
    """The text as it was written."""
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def line(self) -> str:
        """The normal words with one space between them, for patterns."""
        return " ".join(self.words)

    def part(self, start: int, end: int | None = None) -> NormalWords:
        """The same for some of the words, counted from 0."""
        return NormalWords(self.text, self.words[start:end], self.spans[start:end])

    def quote(self, match: re.Match[str]) -> str:
        """What was really written where a pattern matched `line`."""
        first = match.string.count(" ", 0, match.start())
        first += match.string[match.start() : match.start() + 1] == " "
        last = max(first, match.string.count(" ", 0, match.end()) - match[0].endswith(" "))
        return self.text[self.spans[first][0] : self.spans[last][1]]

    def written(self, start: int = 0) -> str:
        """The text from one of the words on, as it was written."""
        return self.text[self.spans[start][0] : self.spans[-1][1]] if self.spans else ""

    @property
    def spoken(self) -> int:
        """How many words it takes to say it: words as they are written, without pauses."""
        return len(
            {span for word, span in zip(self.words, self.spans, strict=True) if word not in PAUSES}
        )


def words_of(text: str) -> NormalWords:
    """Read a text as normal words."""
    plain = _masked(text.translate(_PLAIN))
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    held: tuple[int, int] | None = None
    hesitated = False
    for match in _TOKEN.finditer(plain):
        token = match[0].casefold()
        if token in _HESITATIONS:
            # The commas around it are no pauses, unless a question begins behind them.
            if words and words[-1] in _BREATHS:
                words.pop()
                held = spans.pop()
            hesitated = True
            continue
        if hesitated and token in _BREATHS:
            held = held or match.span()
            continue
        if held and token in WH:
            words.append(",")
            spans.append(held)
        held, hesitated = None, False
        for word in _written_out(token):
            words.append(word)
            spans.append(match.span())
    return NormalWords(text, *_without_asides(words, spans))


def _masked(plain: str) -> str:
    """Put one word of the same length in place of each quotation of more than one word."""

    def mask(match: re.Match[str]) -> str:
        inside = match[0][1:-1].strip()
        return match[0] if " " not in inside else "Ω" * len(match[0])

    if _whole_quotation(plain):
        return plain
    return _SINGLE.sub(mask, _DOUBLE.sub(mask, plain))


def _whole_quotation(plain: str) -> bool:
    """Whether the text as such stands in quotation marks: a list of quoted questions."""
    bare = plain.strip()
    return len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" and bare[0] not in bare[1:-1]


def _written_out(token: str) -> Iterator[str]:
    if token.startswith("ω"):
        yield QUOTE
        return
    if token in _WHOLE:
        yield from _WHOLE[token]
        return
    if token.endswith("n't"):
        yield from (token[:-3], "n't")
        return
    stem, mark, suffix = token.rpartition("'")
    if mark and suffix in _SUFFIXES:
        yield from (stem, _SUFFIXES[suffix])
    elif mark and suffix == "s" and stem in _VERB_S:
        yield from (stem, "is")
    elif token.startswith(".."):
        yield "…"
    else:
        yield token


def _without_asides(
    words: list[str], spans: list[tuple[int, int]]
) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Drop `you know` and the like where pauses set them apart, and pauses beside each other."""
    positions: list[int] = []
    position = 0
    while position < len(words):
        pair = tuple(words[position : position + 2])
        before = words[positions[-1]] if positions else ","
        after = words[position + 2] if position + 2 < len(words) else ","
        if pair in (("you", "know"), ("i", "mean")) and before in PAUSES and after in PAUSES:
            position += 2
            continue
        if not (words[position] in PAUSES and positions and words[positions[-1]] in PAUSES):
            positions.append(position)
        position += 1
    return tuple(words[position] for position in positions), tuple(
        spans[position] for position in positions
    )
