"""The way out of a phase: its milestone, and what a plan makes of one left early (R10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trajplan.content.model import Journey, Phase
from trajplan.planning.mix import Shares, shares_of
from trajplan.planning.plan import Influence
from trajplan.records.records import PhaseExit

ExitState = Literal["not_looked_at", "open", "met", "overridden"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A phase's criteria, each with whether it was ticked, and what follows for the phase."""

    state: ExitState
    criteria: tuple[tuple[str, bool], ...]
    reason: str
    """Why the journey goes on all the same; given with `overridden`."""
    date: str
    """When it was looked at last, or empty."""


@dataclass(frozen=True, slots=True)
class WeakExit:
    """The phase before was left with criteria unmet."""

    phase: Phase
    unmet: tuple[str, ...]
    reason: str


def milestone_of(phase: Phase, exits: Sequence[PhaseExit]) -> Milestone:
    """Where a phase's milestone stands: the last look at it holds.

    A criterion reworded since was never ticked in its present words, and stands as open.
    """
    looks = [one for one in exits if one.phase == phase.id]
    if not looks:
        return Milestone("not_looked_at", tuple((text, False) for text in phase.milestone), "", "")
    last = looks[-1]
    criteria = tuple((text, text in last.met) for text in phase.milestone)
    day = last.date.isoformat()
    if all(met for _, met in criteria):
        return Milestone("met", criteria, "", day)
    return Milestone("overridden" if last.reason else "open", criteria, last.reason, day)


def weak_exit(journey: Journey, phase: str, exits: Sequence[PhaseExit]) -> WeakExit | None:
    """What the phase before `phase` still lacks, once somebody has looked.

    A milestone nobody looked at is no weak exit: nothing is presumed.
    """
    names = [one.id for one in journey.phases]
    if phase not in names or not names.index(phase):
        return None
    before = journey.phases[names.index(phase) - 1]
    found = milestone_of(before, exits)
    if found.state in ("not_looked_at", "met"):
        return None
    unmet = tuple(text for text, met in found.criteria if not met)
    return WeakExit(before, unmet, found.reason)


def half_way(shares: Shares, other: Shares) -> dict[str, int]:
    """The mix half-way between two; whole percent, the sum stays 100.

    What rounding leaves goes to the levels in their own order.
    """
    result = {level: (share + other[level]) // 2 for level, share in shares.items()}
    for level in result:
        if sum(result.values()) < 100 and (shares[level] + other[level]) % 2:
            result[level] += 1
    return result


def lean_back(shares: Shares, weak: WeakExit, first: str) -> tuple[Shares, Influence]:
    """Take the target mix half-way back to the phase that was left early, never further.

    `first`: what goes before the phase today and leaves the mix alone, or empty (R44).
    """
    name = weak.phase.id
    count = len(weak.unmet)
    because = (
        f"{count} {'criterion' if count == 1 else 'criteria'} of the {name} phase "
        f"{'is' if count == 1 else 'are'} still open"
    )
    if first:
        effect = f"named on the plan; the mix stays as it is, {first} goes first"
        return shares, Influence(id="weak-exit", because=because, effect=effect)
    effect = f"named on the plan; the mix goes half-way back to that of the {name} phase"
    moved = half_way(shares, shares_of(weak.phase.mix))
    return moved, Influence(id="weak-exit", because=because, effect=effect)
