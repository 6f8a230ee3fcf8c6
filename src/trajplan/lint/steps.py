"""The words of a focus, a commitment or a goal: what is there to do, to count, to hold on to.

Each rule looks at the words alone and says one thing (R47, R85, R87, R97). The lists it
knows stand in `phrases/steps.txt`. They are English; a text in another language is left alone
where a rule would take every word of it for a missing one.
"""

from __future__ import annotations

import re

from trajplan.dates import DAYS, MONTHS
from trajplan.lint.phrases import any_of
from trajplan.lint.verbs import WORD, foreign, has_verb, listed, words
from trajplan.text import pattern

FEW_WORDS = 4
"""A goal of fewer words than this leaves out what, where or with whom."""
MANY_WORDS = 25
"""A commitment longer than this is more than one step."""
LONG_MINUTES = 480
"""Eight hours: more does not fit beside a fortnight's work."""

_PARTS = pattern(r"[,;/]|\bthen\b|\band\b|&", re.IGNORECASE)
_TOPICS = pattern(r"[,;/&]|\band\b|\bplus\b", re.IGNORECASE)
_NUMBER = any_of("steps", "numbers")
_AMOUNT = any_of("steps", "amounts")
_NO_PLURAL = any_of("steps", "no-plural")
_TOO_BIG = any_of("steps", "too-big")
_SWEEPING = any_of("steps", "sweeping")
_VAGUE = any_of("steps", "vague")
_TIME = any_of("steps", "times")
# An employer is named behind `at`, `for`, `join`, or bears its legal form.
# No name has more than six words, so a long row of capitals is passed in step with its length.
_WORD = r"[A-ZÀ-ÖØ-Þ][\w&.'’-]*"
_NAME = rf"(?<![\w&.'’-]){_WORD}(?:\s+(?:&\s+)?{_WORD}){{0,5}}"
_EMPLOYER = pattern(
    rf"\b(?:at|for|join|joining|bei)\s+(?:the\s+)?(?P<at>{_NAME})"
    rf"|(?P<firm>{_NAME}\s+(?:Inc|Ltd|LLC|PLC|Corp|GmbH|AG|SE|SA|BV|AB|Oy|KG)\b)"
)
_CALENDAR = pattern(rf"(?:{'|'.join((*MONTHS, *DAYS))}|Easter|Christmas|I)\b")


def has_number(*texts: str) -> bool:
    """Whether a figure, a number word or a rhythm such as `every morning` stands in any of them.

    A year or a term says when and not how many.
    """
    return any(_NUMBER.search(_TIME.sub(" ", text.casefold())) for text in texts)


def leaves_number_open(what: str) -> bool:
    """Whether a step leaves open how many, how long or how often: it speaks of more than one, of a
    habit, or says nothing but what is done. `Call the school` is done once, and needs no number."""
    if foreign(what) or has_number(what):
        return False
    if _AMOUNT.search(what.casefold()) or (len(words(what)) == 1 and has_verb(what)):
        return True
    spoken = WORD.findall(what)
    which = listed("which-ones")
    for index, word in enumerate(spoken):
        before = {near.casefold() for near in spoken[max(0, index - 3) : index]}
        if before and _is_several(word) and not which & before:
            return True
    return False


def _is_several(word: str) -> bool:
    """Whether a word looks like the plural of a thing: `schools`. A name does not."""
    several = word[0].islower() and len(word) > 3 and word.endswith("s")
    return several and not _NO_PLURAL.search(word)


def too_big(what: str, minutes: int | None = None) -> str:
    """Why a commitment is more than one step; empty when nothing says so."""
    if minutes is not None and minutes > LONG_MINUTES:
        return f"{minutes} minutes are more than {LONG_MINUTES // 60} hours"
    match = _TOO_BIG.search(what.casefold())
    if match:
        return f"“{what[match.start() : match.end()].strip()}” is the way, not a step on it"
    verbs = listed("verbs")
    acts = [part for part in _PARTS.split(what) if any(word in verbs for word in words(part)[:1])]
    if len(acts) >= 3:
        return f"it holds {len(acts)} steps"
    if len(words(what)) > MANY_WORDS:
        return f"it takes {len(words(what))} words to say"
    return ""


def broad(focus: str) -> str:
    """Why a focus is broad; empty when it is one thing (R47)."""
    match = _SWEEPING.search(focus.casefold())
    if match:
        return f"“{focus[match.start() : match.end()].strip()}” takes in everything"
    spoken = words(focus)
    if spoken and set(spoken) <= listed("general"):
        return "a session about that could be about anything"
    topics = [part for part in _TOPICS.split(focus) if _names_more(part)]
    if len(topics) >= 3:
        return f"it names {len(topics)} things"
    return ""


def _names_more(part: str) -> bool:
    """Whether a part of a focus names a thing: `or not` and `before the 5th` say more of the one
    before them, however many commas there are."""
    spoken = [word for word in words(part) if word != "or"]
    return bool(spoken) and spoken[0] not in listed("no-thing")


def vague(goal: str) -> str:
    """The word that keeps a goal open to any reading, or empty; a number settles it."""
    match = _VAGUE.search(goal.casefold())
    return goal[match.start() : match.end()] if match and not has_number(goal) else ""


def names_a_time(goal: str) -> bool:
    """Whether the words of a goal say when."""
    return bool(_TIME.search(goal.casefold()))


def employer(goal: str) -> str:
    """The one organisation a goal names, or empty."""
    for match in _EMPLOYER.finditer(goal):
        name = str(match["at"] or match["firm"])
        if not _CALENDAR.match(name):
            return name
    return ""
