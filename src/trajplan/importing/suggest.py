"""What a bank needs to know of its questions, guessed from their words and marked as a guess.

The level is the lint's reading (R60). The other guesses follow what the shipped banks do: a fact
takes three minutes and is light, everything else four; breadth and target hang on a few words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from trajplan.content.vocabulary import TARGETS, Effort, Level
from trajplan.importing.recognise import looks_asked, question_marks
from trajplan.lint.judge import FOR_ANYBODY, Judgement, judge
from trajplan.lint.phrases import each_of
from trajplan.lint.words import words_of

_MIDDLE = 3
_MINUTES = {"informational": 3, "analytical": 4, "transformational": 4}


class Suggestion(Struct, frozen=True, kw_only=True):
    """What the words seem to say."""

    level: Level
    breadth: int
    minutes: int
    effort: Effort
    targets: tuple[str, ...]
    compound: bool
    """It may be two questions in one."""
    asks: bool
    """It ends as a question does, or invites as one would."""


def suggest(text: str, *, english: bool) -> Suggestion:
    """Guess from the words. What is not English cannot be read, and gets the middle of all."""
    marks = question_marks(text)
    if not english:
        return Suggestion(
            level="analytical",
            breadth=_MIDDLE,
            minutes=_MINUTES["analytical"],
            effort="normal",
            targets=("clarity",),
            compound=marks > 1,
            asks=marks > 0,
        )
    judgement = judge(text, FOR_ANYBODY)
    line = words_of(text).line
    level = judgement.reading.level
    return Suggestion(
        level=level,
        breadth=_breadth(line),
        minutes=_MINUTES[level],
        effort=_effort(line, level),
        targets=_targets(line),
        compound="stacked" in judgement.hints or (marks > 1 and _twice(judgement)),
        asks=looks_asked(text) or judgement.turn.last is not None,
    )


def _twice(judgement: Judgement) -> bool:
    return len(judgement.turn.asking) > 1


def _breadth(line: str) -> int:
    wide, narrow = (_count(line, name) for name in ("wide", "narrow"))
    return max(1, min(5, _MIDDLE + wide - narrow))


def _effort(line: str, level: str) -> Effort:
    if _count(line, "deep") and level == "transformational":
        return "deep"
    return "light" if level == "informational" else "normal"


def _targets(line: str) -> tuple[str, ...]:
    """The factor most words speak of; the first on ties, clarity when none does."""
    # Words of clarity are in half of all questions; those of the others say more.
    others = [target for target in TARGETS if target != "clarity"]
    counts = {
        target: sum(len(pattern.findall(line)) for pattern in _patterns(target))
        for target in others
    }
    best = max(others, key=lambda target: counts[target])
    return (best,) if counts[best] else ("clarity",)


def _count(line: str, section: str) -> int:
    return sum(bool(pattern.search(line)) for pattern in _patterns(section))


@cache
def _patterns(section: str) -> Sequence[re.Pattern[str]]:
    return each_of("suggest", section)
