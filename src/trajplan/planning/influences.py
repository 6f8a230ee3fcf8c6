"""What moves a plan away from its blueprint and phase, each move bounded and explained.

Precedence when they meet (R44): energy goes before the flag of R104, which goes before the phase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.library.model import Mix, Question
from trajplan.planning.mix import Shares, shares_of, shifted
from trajplan.planning.phase_exit import WeakExit, leaned_back
from trajplan.planning.plan import FactorChange, Influence
from trajplan.planning.request import Facts, OpenAssumption
from trajplan.planning.scoring import LOW, Situation

LOW_ENERGY_SHIFT = -20
HIGH_ENERGY_SHIFT = 20
"""Less than this, and a short session could end with fewer transformational minutes than usual,
because longer insight takes room, and with it questions, from the inquiry."""
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


def pulled(
    mix: Mix, facts: Facts, *, energy: str, decision: bool, weak: WeakExit | None = None
) -> Pull:
    """Work out target and situation for a session from the phase's mix and the records.

    `weak`: the phase before was left with criteria unmet (R10).
    """
    moves: list[Influence] = []
    shares: Shares = shares_of(mix)
    late: list[Influence] = []
    if weak:
        shares, told_last = leaned_back(shares, weak, _first(facts, energy))
        late.append(told_last)
    target = _target(shares, facts, energy, moves)
    moves += late
    low, slipping = _factors(facts)
    situation = Situation(low, slipping, facts.scenario, energy, decision, facts.history.offered)
    cap = LOW_ENERGY_TRANSFORMATIONAL if energy == "low" else None
    return Pull(target, situation, cap, tuple(moves))


def _first(facts: Facts, energy: str) -> str:
    """What goes before the phase today, in the order of precedence; empty: nothing."""
    if energy in ("low", "high"):
        return f"{energy} energy"
    return "what felt good and moved little" if _flagged(facts) else ""


def _flagged(facts: Facts) -> bool:
    return facts.last is not None and "pleasant_not_moving" in facts.last.flags


def _target(shares: Shares, facts: Facts, energy: str, moves: list[Influence]) -> Shares:
    flagged = _flagged(facts)
    if energy == "low":
        moves.append(
            Influence(
                id="energy-low",
                because="energy is low",
                effect="fewer and lighter questions, at most one transformational, "
                "a reset break, one small commitment",
            )
        )
        shares = shifted(shares, "transformational", LOW_ENERGY_SHIFT)
    if energy == "high":
        moves.append(
            Influence(
                id="energy-high",
                because="energy is high",
                effect="more transformational questions, more time for insight",
            )
        )
        shares = shifted(shares, "transformational", HIGH_ENERGY_SHIFT)
    if flagged and energy == "low":
        moves.append(
            Influence(
                id="pleasant-not-moving",
                because="two sessions felt good and moved little",
                effect="nothing today: low energy goes first",
            )
        )
    elif flagged:
        moves.append(
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


def _factors(facts: Facts) -> tuple[dict[str, str], dict[str, str]]:
    low: dict[str, str] = {}
    slipping: dict[str, str] = {}
    for one in _ratings(facts):
        if one.value <= LOW:
            low[one.factor] = f"{one.factor} was rated {one.value}"
        if one.change is not None and one.change < 0:
            slipping[one.factor] = f"{one.factor} went down by {-one.change}"
    return low, slipping


def _ratings(facts: Facts) -> tuple[FactorChange, ...]:
    return facts.last.ratings if facts.last else ()


def told(
    pull: Pull, facts: Facts, picked: Sequence[Question], assumption: OpenAssumption | None
) -> tuple[Influence, ...]:
    """Everything that moved this plan. A rating or a situation that no question profited from
    moved nothing, and is not claimed to have."""
    return (
        *pull.influences,
        *_factor_influences(pull.situation, picked),
        *_scenario_influence(facts, picked),
        *_record_influences(facts, assumption),
    )


def _factor_influences(situation: Situation, picked: Sequence[Question]) -> tuple[Influence, ...]:
    served = {target for one in picked for target in one.targets}
    return tuple(
        Influence(
            id=f"factor-{factor}",
            because="; ".join(
                words[factor] for words in (situation.low, situation.slipping) if factor in words
            ),
            effect=f"questions toward {factor} come first",
        )
        for factor in sorted({*situation.low, *situation.slipping} & served)
    )


def _scenario_influence(facts: Facts, picked: Sequence[Question]) -> tuple[Influence, ...]:
    written = sum(facts.scenario in one.tags for one in picked) if facts.scenario else 0
    if not written:
        return ()
    return (
        Influence(
            id="scenario",
            because=f"the client's situation is {facts.scenario}",
            effect=f"{written} question{'s' if written > 1 else ''} written for it came first",
        ),
    )


def _record_influences(facts: Facts, assumption: OpenAssumption | None) -> tuple[Influence, ...]:
    found = []
    last = facts.last
    if last and (last.commitments or last.earlier):
        found.append(
            Influence(
                id="commitments",
                because=f"{len(last.commitments) + len(last.earlier)} commitments wait to be "
                "looked at"
                if len(last.commitments) + len(last.earlier) > 1
                else "a commitment waits to be looked at",
                effect="the session opens with what came of it",
            )
        )
    if last and last.inquiry:
        found.append(
            Influence(
                id="inquiry",
                because=f"a question went home after session {last.session}",
                effect="it is asked back",
            )
        )
    if assumption:
        found.append(
            Influence(
                id="assumption",
                because=f"“{assumption.text}” is an open assumption",
                effect="one prompt tests it",
            )
        )
    if facts.history.asked:
        asked = len(facts.history.asked)
        found.append(
            Influence(
                id="asked-before",
                because=f"{asked} question{'s were' if asked > 1 else ' was'} asked before",
                effect="they do not return" if asked > 1 else "it does not return",
            )
        )
    return tuple(found)
