"""The judge: what the lint makes of one utterance, and the level it seems to work on (R60).

The level is what a question is for: to gather facts, to understand, or to see things another way.
No word decides it alone. Each feature below speaks for one level with a weight; the heaviest level
wins, and when nothing speaks, the question word does. The lint may disagree with an author's label
by this count, and never changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from trajplan.lint.hints import Finding
from trajplan.lint.phrases import Weighted, any_of, weighted
from trajplan.lint.rules import (
    advice,
    blame,
    closed,
    jargon,
    leading,
    offer,
    presumes,
    promise,
    stacked,
    too_long,
    why_blame,
)
from trajplan.lint.turns import Sentence, Turn, turn_of
from trajplan.vocabulary import LEVELS, Level

_YES_OR_NO = 1.2
"""For a question that yes or no answers: heavier than a faint feature (1), lighter than a clear one
(from 1.5), so a clear sign of another level still wins."""
_FEATURES: Mapping[Level, tuple[Weighted, ...]] = {
    "informational": weighted("informational"),
    "analytical": weighted("analytical"),
    "transformational": weighted("transformational"),
}
_SCENE = any_of("levels", "scene")


class LevelReading(Struct, frozen=True):
    """The level an utterance seems to work on, and how much speaks for each."""

    level: Level
    weights: Mapping[Level, float]


def level_of(turn: Turn) -> LevelReading:
    """The level of what a turn asks last. What asks nothing, or asks leave, counts as facts."""
    if turn.last is None or turn.last.form in ("permission", "suggestion"):
        return LevelReading("informational", dict.fromkeys(_FEATURES, 0.0))
    head, line = _asked(turn, turn.last)
    weights = {level: _weight(head, line, level) for level in _FEATURES}
    if not turn.last.is_open:
        # Yes or no is a fact, whatever it is about.
        weights["informational"] += _YES_OR_NO
    # At equal weight the plainer reading counts.
    best = max(weights, key=lambda level: (weights[level], -LEVELS.index(level)))
    return LevelReading(best, weights)


def _weight(head: str, line: str, level: Level) -> float:
    return sum(
        feature.weight
        for feature in _FEATURES[level]
        if feature.pattern.search(head if feature.pattern.pattern.startswith("^") else line)
    )


def _asked(turn: Turn, last: Sentence) -> tuple[str, str]:
    """The clause that asks, and all that belongs to it: a scene set before it counts too."""
    scenes = [
        sentence.core.line
        for sentence in turn.sentences
        if sentence is not last and _SCENE.search(sentence.core.line)
    ]
    return last.core.part(last.ask).line, " … ".join([*scenes, last.core.line])


Rule = Callable[[Turn], Finding | None]
"""What a turn may be faulted for, once."""
SPOKEN: tuple[Rule, ...] = (
    closed,
    leading,
    stacked,
    why_blame,
    too_long,
    advice,
    offer,
    promise,
    blame,
    jargon,
)
"""What holds for anything a coach says."""
FOR_ANYBODY: tuple[Rule, ...] = (*SPOKEN, presumes)
"""What also holds for content that is meant for any client."""


class Judgement(Struct, frozen=True):
    """What the lint makes of one utterance."""

    turn: Turn
    findings: tuple[Finding, ...]
    reading: LevelReading

    @property
    def is_open(self) -> bool:
        """Whether yes or no does not answer it; false for what asks nothing."""
        return self.turn.is_open

    @property
    def hints(self) -> tuple[str, ...]:
        """The ids of what was found."""
        return tuple(finding.hint for finding in self.findings)


def judge(text: str, rules: tuple[Rule, ...] = SPOKEN) -> Judgement:
    """Judge one utterance. Never fails, whatever the text."""
    turn = turn_of(text)
    findings = tuple(finding for rule in rules if (finding := rule(turn)))
    return Judgement(turn, findings, level_of(turn))
