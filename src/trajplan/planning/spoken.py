"""What is said aloud: short, with at most one quotation, and that one whole (R123).

A prompt's wording and the client's words share twenty words. Words that are too long to be quoted
whole are not quoted at all: another wording says it without them, and the coach reads them beside
it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SPOKEN_WORDS = 20
"""Words of a prompt at most."""
QUOTED_WORDS = 12
"""Words of its quotation at most."""
_FIELD = re.compile(r"[“\"]?\{(\w+)\}[”\"]?")
_QUOTES = re.compile(r"[“”„‟\"«»]")


def word_count(text: str) -> int:
    """The words of a text as somebody speaks them: what holds a letter or a digit."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def quotable(text: str, frame: int) -> str:
    """The client's words on one line as they may be quoted in a wording of `frame` words of its
    own, or nothing where they are too long: a part of a sentence could say something else."""
    line = " ".join(text.split())
    if len(line) > 1 and line[0] in "“\"'‘«" and line[-1] in "”\"'’»":
        line = line[1:-1].strip()
    line = _QUOTES.sub("'", line)
    line = line.rstrip(" .;,:")
    most = min(QUOTED_WORDS, SPOKEN_WORDS - frame)
    return line if line and word_count(line) <= most else ""


def fill_spoken(wordings: Sequence[str], turn: int, values: dict[str, str]) -> str:
    """The wording whose turn it is with the client's words in it; where they do not fit, the next
    that they fit, and at last one that goes without them."""
    in_turn = [wordings[(turn + step) % len(wordings)] for step in range(len(wordings))]
    for wording in sorted(in_turn, key=lambda wording: _FIELD.search(wording) is None):
        filled = _fill(wording, values)
        if filled:
            return filled
    # No wording does without the client's words: it says that there were some.
    return _FIELD.sub("what you said", wordings[turn % len(wordings)])


def _fill(wording: str, values: dict[str, str]) -> str:
    frame = word_count(_FIELD.sub(" ", wording))
    quotes = {name: quotable(values[name], frame) for name in _FIELD.findall(wording)}
    if not all(quotes.values()):
        return ""
    return re.sub(r"\{(\w+)\}", lambda field: quotes[field[1]], wording)
