"""Which level of the Inquiry Hierarchy an utterance seems to work on (R60).

The level is what a question is for: to gather facts, to understand, or to see things another way.
No word decides it alone. Each feature below speaks for one level with a weight; the heaviest level
wins, and when nothing speaks, the question word does. The lint may disagree with an author's label
by this count, and never changes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trajplan.content.vocabulary import LEVELS, Level
from trajplan.lint.phrases import Weighted, any_of, weighted
from trajplan.lint.turns import Turn

_FACT = 1.2
_FEATURES: Mapping[Level, tuple[Weighted, ...]] = {
    "informational": weighted("levels", "informational"),
    "analytical": weighted("levels", "analytical"),
    "transformational": weighted("levels", "transformational"),
}
_SCENE = any_of("levels", "scene")


@dataclass(frozen=True, slots=True)
class LevelReading:
    """The level an utterance seems to work on, and how much speaks for each."""

    level: Level
    weights: Mapping[Level, float]


def level_of(turn: Turn) -> LevelReading:
    """The level of what a turn asks last. What asks nothing, or asks leave, counts as facts."""
    if turn.last is None or turn.last.form in ("permission", "suggestion"):
        return LevelReading("informational", dict.fromkeys(_FEATURES, 0.0))
    head, line = _asked(turn)
    weights = {level: _weight(head, line, level) for level in _FEATURES}
    if not turn.last.is_open:
        # Yes or no is a fact, whatever it is about.
        weights["informational"] += _FACT
    # At equal weight the plainer reading counts.
    best = max(weights, key=lambda level: (weights[level], -LEVELS.index(level)))
    return LevelReading(best, weights)


def _weight(head: str, line: str, level: Level) -> float:
    return sum(
        one.weight
        for one in _FEATURES[level]
        if one.pattern.search(head if one.pattern.pattern.startswith("^") else line)
    )


def _asked(turn: Turn) -> tuple[str, str]:
    """The clause that asks, and all that belongs to it: a scene set before it counts too."""
    last = turn.last
    if last is None:
        return "", ""
    scenes = [
        one.core.line for one in turn.sentences if one is not last and _SCENE.search(one.core.line)
    ]
    return last.core.part(last.ask).line, " … ".join([*scenes, last.core.line])
