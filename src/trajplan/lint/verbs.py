"""Verbs in what somebody writes down to do, and whether it is English at all.

Apart from the rules of `steps.py`, whose patterns cost more than a plan wants to pay. The lists
stand in `phrases/steps.txt`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from trajplan.lint.phrases import any_of, words_in
from trajplan.text import cue_words, pattern

listed = partial(words_in, file="steps")
"""The words of a section of `steps.txt`."""
_VOWELS = pattern("[aeiouy]+")
_DOUBLED = pattern(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")
_DOUBLED_LONG = frozenset(cue_words("begin cancel enrol label submit travel quit unplug"))
WORD = pattern(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")


def words(text: str) -> list[str]:
    """The words and figures of a text, without capitals."""
    return [word.casefold() for word in WORD.findall(text)]


def has_verb(text: str) -> bool:
    """Whether a word says what is done. True also for a text that is not in English."""
    if foreign(text):
        return True
    spoken = words(text)
    verbs, things = listed("verbs"), listed("no-verb-behind")
    return any(
        _stem(word, verbs)
        and not (index and (spoken[index - 1] in things or spoken[index - 1].isdigit()))
        for index, word in enumerate(spoken)
    )


def is_verb(word: str) -> bool:
    """Whether a word is an English verb in the form a step is said in: `call`, `write`."""
    return word.casefold() in listed("verbs")


def foreign(text: str) -> bool:
    """Whether a text is in another language, as far as its words tell, or in words of home
    that turn into something else when they are said back: `our kid` is a brother."""
    other = listed("other-languages") & set(words(text))
    return (
        bool(other) or not _plain(text) or bool(any_of("steps", "at-home").search(text.casefold()))
    )


def _plain(text: str) -> bool:
    """Whether typographic signs are all that is not ASCII."""
    return all(letter.isascii() or not letter.isalpha() for letter in text)


def _stem(word: str, verbs: frozenset[str]) -> bool:
    if word in verbs:
        return True
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
            if {stem, f"{stem}e", doubled} & verbs:
                return True
    return False


def gerund(verb: str) -> str:
    """`call` → `calling`, `write` → `writing`, `run` → `running`."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return f"{verb[:-1]}ing"
    if verb in _DOUBLED_LONG or (_DOUBLED.search(verb) and len(_VOWELS.findall(verb)) == 1):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"


def past_tense(verb: str) -> str:
    """`call` → `called`, `write` → `wrote`, `try` → `tried`, `plan` → `planned`."""
    if verb in _irregular():
        return _irregular()[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{gerund(verb).removesuffix('ing')}ed"


def is_past(word: str) -> bool:
    """Whether a word says what was done and is not the verb itself: `rang`, `left`."""
    return word in _pasts()


@cache
def _irregular() -> Mapping[str, str]:
    pairs = (pair.partition(":") for pair in words_in("past", "steps"))
    return {verb: past for verb, _, past in pairs}


@cache
def _pasts() -> frozenset[str]:
    known = (past for verb, past in _irregular().items() if verb != past)
    return frozenset((*known, *words_in("more-pasts", "tellings")))
