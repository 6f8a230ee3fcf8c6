"""Which language a list of questions seems to be in: a guess, for somebody to look at."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from trajplan.lint.phrases import sections

ENGLISH = "en"
UNKNOWN = "und"
"""What BCP 47 says for a language that is not known."""
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "ARABIC": "ar",
    "HEBREW": "he", "CYRILLIC": "ru", "GREEK": "el", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def language_of(texts: Sequence[str]) -> str:
    """The language most of the texts seem to be in, as a code of two letters, or `und`."""
    found = Counter(map(_of_one, texts))
    if not found:
        return UNKNOWN
    # One that says nothing of itself follows the others; ties go to the one met first.
    known = Counter({name: count for name, count in found.items() if name != UNKNOWN})
    return known.most_common(1)[0][0] if known else UNKNOWN


def is_english(text: str, around: str) -> bool:
    """Whether a text seems to be English; `around`: the language of those beside it."""
    own = _of_one(text)
    return own == ENGLISH or (own == UNKNOWN and around == ENGLISH)


def _of_one(text: str) -> str:
    script = _script(text)
    if script:
        return script
    words = Counter(_WORD.findall(unicodedata.normalize("NFC", text).casefold().replace("’", "'")))
    score = {name: sum(words[one] for one in small) for name, small in _small_words().items()}
    best = max(score, key=lambda name: score[name])
    return best if score[best] else UNKNOWN


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    return {
        name: frozenset(" ".join(lines).split()) for name, lines in sections("languages").items()
    }


def _script(text: str) -> str:
    """The language of the script most letters are in; empty for the Latin one."""
    letters = [one for one in text if one.isalpha()]
    names = Counter(
        next((word for word in _SCRIPTS if unicodedata.name(one, "").startswith(word)), "")
        for one in letters
        if not one.isascii()
    )
    foreign = sum(count for name, count in names.items() if name)
    if not foreign or 2 * foreign < len(letters):
        return ""
    if names["HIRAGANA"] or names["KATAKANA"]:
        return "ja"
    del names[""]
    return _SCRIPTS[names.most_common(1)[0][0]]
