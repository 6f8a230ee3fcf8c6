"""The judge: what the lint makes of one utterance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trajplan.lint.hints import form, presumptions, steering, tone
from trajplan.lint.hints.finding import Finding
from trajplan.lint.levels import LevelReading, level_of
from trajplan.lint.turns import Turn, turn_of

Rule = Callable[[Turn], Iterator[Finding]]
SPOKEN: tuple[Rule, ...] = (
    form.closed,
    steering.leading,
    form.stacked,
    tone.why_blame,
    form.too_long,
    steering.advice,
    steering.offer,
    steering.promise,
    tone.blame,
    tone.jargon,
)
"""What holds for anything a coach says."""
FOR_ANYBODY: tuple[Rule, ...] = (*SPOKEN, presumptions.presumes)
"""What also holds for content that is meant for any client."""


@dataclass(frozen=True, slots=True)
class Judgement:
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
        return tuple(one.hint for one in self.findings)


def judge(text: str, rules: tuple[Rule, ...] = SPOKEN) -> Judgement:
    """Judge one utterance. Never fails, whatever the text."""
    turn = turn_of(text)
    findings = tuple(one for rule in rules for one in rule(turn))
    return Judgement(turn, findings, level_of(turn))
