"""What moves a plan away from its blueprint and phase, each move bounded and explained.

Precedence when they meet (R44): energy goes before the flag of R104, which goes before the phase.
"""

from __future__ import annotations

from dataclasses import dataclass

from trajplan.library.model import Mix
from trajplan.planning.mix import Shares, shares_of, shifted
from trajplan.planning.plan import FactorChange, Influence
from trajplan.planning.request import Facts
from trajplan.planning.scoring import LOW, Situation

LOW_ENERGY_SHIFT = -20
HIGH_ENERGY_SHIFT = 15
"""Less than this, and a short session could end with fewer transformational minutes than usual,
because longer insight takes room from the inquiry."""
NOT_MOVING_SHIFT = 15
LOW_ENERGY_TRANSFORMATIONAL = 1
"""Transformational questions in a whole plan when energy is low (R44)."""


@dataclass(frozen=True, slots=True)
class Pull:
    """The target mix, the situation the scores look at, and what to say about both."""

    target: Shares
    situation: Situation
    transformational_most: int | None
    influences: tuple[Influence, ...]


def pulled(mix: Mix, facts: Facts, *, energy: str, decision: bool) -> Pull:
    """Work out target and situation for a session from the phase's mix and the records."""
    told: list[Influence] = []
    target = _target(shares_of(mix), facts, energy, told)
    low, slipping = _factors(facts, told)
    if facts.scenario:
        told.append(
            Influence(
                id="scenario",
                because=f"the client's situation is {facts.scenario}",
                effect="questions written for it come first",
            )
        )
    situation = Situation(low, slipping, facts.scenario, energy, decision, facts.history.offered)
    cap = LOW_ENERGY_TRANSFORMATIONAL if energy == "low" else None
    return Pull(target, situation, cap, tuple(told))


def _target(shares: Shares, facts: Facts, energy: str, told: list[Influence]) -> Shares:
    flagged = facts.last is not None and "pleasant_not_moving" in facts.last.flags
    if energy == "low":
        told.append(
            Influence(
                id="energy-low",
                because="energy is low",
                effect="fewer and lighter questions, at most one transformational, "
                "a reset break, one small commitment",
            )
        )
        shares = shifted(shares, "transformational", LOW_ENERGY_SHIFT)
    if energy == "high":
        told.append(
            Influence(
                id="energy-high",
                because="energy is high",
                effect="more transformational questions, more time for insight",
            )
        )
        shares = shifted(shares, "transformational", HIGH_ENERGY_SHIFT)
    if flagged and energy == "low":
        told.append(
            Influence(
                id="pleasant-not-moving",
                because="two sessions felt good and moved little",
                effect="nothing today: low energy goes first",
            )
        )
    elif flagged:
        told.append(
            Influence(
                id="pleasant-not-moving",
                because="two sessions felt good and moved little",
                effect="a larger share of transformational questions" + _smaller_step(facts),
            )
        )
        shares = shifted(shares, "transformational", NOT_MOVING_SHIFT)
    return shares


def _smaller_step(facts: Facts) -> str:
    momentum = [one for one in _ratings(facts) if one.factor == "momentum" and one.value <= LOW]
    return ", and a smaller first step" if momentum else ""


def _factors(facts: Facts, told: list[Influence]) -> tuple[dict[str, str], dict[str, str]]:
    low: dict[str, str] = {}
    slipping: dict[str, str] = {}
    for one in _ratings(facts):
        if one.value <= LOW:
            low[one.factor] = f"{one.factor} was rated {one.value}"
        if one.change is not None and one.change < 0:
            slipping[one.factor] = f"{one.factor} went down by {-one.change}"
    for factor in sorted(low | slipping):
        told.append(
            Influence(
                id=f"factor-{factor}",
                because="; ".join(w[factor] for w in (low, slipping) if factor in w),
                effect=f"questions toward {factor} come first",
            )
        )
    return low, slipping


def _ratings(facts: Facts) -> tuple[FactorChange, ...]:
    return facts.last.ratings if facts.last else ()
