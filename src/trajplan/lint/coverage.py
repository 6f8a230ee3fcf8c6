"""How many questions a plan may choose from: phase, target and level, and how many are light.

Where a cell is thin, plans repeat themselves. Counted is what may be asked in a phase: questions
of that phase and questions of any phase.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trajplan.content.model import Question
from trajplan.content.vocabulary import LEVELS, TARGETS

ENOUGH = 6
"""Questions each phase, target and level should have."""
ENOUGH_LIGHT = 4
"""Light questions each phase and target should have, for a client who arrives with low energy."""


@dataclass(frozen=True, slots=True)
class Row:
    """The questions of one phase toward one target."""

    phase: str
    target: str
    levels: Mapping[str, int]
    """Count by level."""
    light: int

    @property
    def thin(self) -> tuple[str, ...]:
        """What there is too little of: levels, or `light`."""
        levels = tuple(level for level, count in self.levels.items() if count < ENOUGH)
        return (*levels, "light") if self.light < ENOUGH_LIGHT else levels


def coverage(questions: Iterable[Question], phases: Sequence[str]) -> tuple[Row, ...]:
    """One row for each phase and target, in the order of the journey."""
    every = list(questions)
    return tuple(_row(every, phase, target) for phase in phases for target in TARGETS)


def _row(questions: Sequence[Question], phase: str, target: str) -> Row:
    fitting = [
        one
        for one in questions
        if target in one.targets and (not one.phases or phase in one.phases)
    ]
    levels = {level: sum(one.level == level for one in fitting) for level in LEVELS}
    return Row(phase, target, levels, sum(one.effort == "light" for one in fitting))
