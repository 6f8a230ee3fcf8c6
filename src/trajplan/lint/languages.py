"""Which language a text seems to be in: the lint and the suggestions know English alone.

Guessed from small words and letters. Unsure is `und`: a wrong guess is worse than none.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from trajplan.lint.phrases import sections
from trajplan.text import pattern

ENGLISH = "en"
UNKNOWN = "und"
"""What BCP 47 says for a language that is not known."""
_CYRILLIC = "CYRILLIC"
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "ARABIC": "ar",
    "HEBREW": "he", _CYRILLIC: "ru", "GREEK": "el", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
_WORD = pattern(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTERS = {
    "en": "éèêëïöç", "de": "äöüßé", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü", "it": "àèéìíîòóùú",
    "nl": "áéíóúèëïöü", "pt": "áâãàçéêíóôõúü", "sv": "åäöéà", "da": "æøåé", "nb": "æøåéòô",
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "ro": "ăâîșțşţ",
}  # fmt: skip
"""Letters of each language beside a to z; a text with others is in none of these."""


def language_of(texts: Sequence[str]) -> str:
    """The language most of the texts seem to be in, as a code of two letters, or `und`."""
    languages = Counter(map(_language, texts))
    if not languages:
        return UNKNOWN
    # One that says nothing of itself follows the others; ties go to the one met first.
    known = Counter({name: count for name, count in languages.items() if name != UNKNOWN})
    return known.most_common(1)[0][0] if known else UNKNOWN


def is_english(text: str, around: str) -> bool:
    """Whether a text seems to be English; `around`: the language of those beside it."""
    own = _language(text)
    return own == ENGLISH or (own == UNKNOWN and around == ENGLISH)


def may_be_english(text: str, around: str) -> bool:
    """The same, but a text in plain letters that nothing places elsewhere counts as English."""
    plain = around == UNKNOWN and _language(text) == UNKNOWN and _is_plain(text)
    return plain or is_english(text, around)


def _is_plain(text: str) -> bool:
    return all(letter.isascii() for letter in text if letter.isalpha())


def _language(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold()
    script = _script(text)
    if script:
        return script
    words = Counter(_WORD.findall(text.replace("’", "'")))
    scores = {name: sum(words[word] for word in small) for name, small in _small_words().items()}
    highest = max(scores.values())
    best = [name for name, score in scores.items() if score == highest]
    if not highest or len(best) > 1:
        return UNKNOWN
    strange = {letter for letter in text if letter.isalpha() and not letter.isascii()}
    return best[0] if strange <= set(_LETTERS[best[0]]) else UNKNOWN


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    return {
        name: frozenset(" ".join(lines).split()) for name, lines in sections("languages").items()
    }


def _script(text: str) -> str:
    """The language of the script most letters are in; empty for the Latin one."""
    letters = [letter for letter in text if letter.isalpha()]
    names = Counter(
        next((word for word in _SCRIPTS if unicodedata.name(letter, "").startswith(word)), "")
        for letter in letters
        if not letter.isascii()
    )
    foreign = sum(count for name, count in names.items() if name)
    if not foreign or 2 * foreign < len(letters):
        return ""
    if names["HIRAGANA"] or names["KATAKANA"]:
        return "ja"
    del names[""]
    script = names.most_common(1)[0][0]
    return _cyrillic(text) if script == _CYRILLIC else _SCRIPTS[script]


def _cyrillic(text: str) -> str:
    """Russian or Ukrainian by letters the other does not have; others are not told apart."""
    russian, ukrainian = (bool(set(text) & set(letters)) for letters in ("ыэё", "іїєґ"))
    if russian == ukrainian:
        return UNKNOWN
    return "ru" if russian else "uk"
