"""What moves a plan away from its blueprint and phase, each move bounded and explained.

Where they pull against each other there is one order (R44): distress, energy, the flag of R104, the
phase. The first that pulls sets the direction; a later one that pulls the other way gives way, and
one that pulls the same way adds to it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from trajplan.content.model import Mix, Question
from trajplan.planning.mix import Shares, shares_of, shift
from trajplan.planning.phase_exit import WeakExit, lean_back
from trajplan.planning.plan import FactorChange, Influence, Precedence
from trajplan.planning.questions import LOW, Situation
from trajplan.planning.request import Exercise, Facts, OpenAssumption

ORDER = ("distress", "energy", "pleasant-not-moving", "phase")
"""Who goes first. The phase is what the others move, so it always gives the mix to start from."""
DISTRESS_SHIFT = -100
"""As far as it goes: in a session that holds, nothing is meant to turn anything over."""
LOW_ENERGY_SHIFT = -20
HIGH_ENERGY_SHIFT = 20
"""Less than this, and a short session could end with fewer transformational minutes than usual,
because longer insight takes room, and with it questions, from the inquiry."""
NOT_MOVING_SHIFT = 15
LEAST = 5
"""The share of transformational minutes that tiredness leaves, in percent."""
LOW_ENERGY_TRANSFORMATIONAL = 1
"""Transformational questions in a whole plan when energy is low (R44)."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The target mix, the situation the scores look at, and what to say about both."""

    target: Shares
    situation: Situation
    transformational_most: int | None
    influences: tuple[Influence, ...]
    precedence: tuple[Precedence, ...] = ()


@dataclass(frozen=True, slots=True)
class _MixShift:
    """One influence on the share of transformational minutes."""

    place: str
    """Its name in ORDER."""
    name: str
    points: int
    least: int
    """The share it leaves at least, in percent."""
    influence: Influence


def adjust_mix(
    mix: Mix,
    facts: Facts,
    *,
    energy: str,
    decision: bool,
    distress: bool = False,
    weak: WeakExit | None = None,
) -> Adjustment:
    """Work out target and situation for a session from the phase's mix and the records.

    `distress`: the session holds, or the check-in asks for it. No rating then draws questions.
    `weak`: the phase before was left with criteria unmet (R10).
    """
    shares: Shares = shares_of(mix)
    late: tuple[Influence, ...] = ()
    if weak:
        shares, told_last = lean_back(shares, weak, _before_the_phase(facts, energy, distress))
        late = (told_last,)
    pushes = _pushes(facts, energy, distress)
    target, moves, standing = _in_order(shares, pushes)
    low, slipping = ({}, {}) if distress else _factors(facts)
    situation = Situation(
        low,
        slipping,
        facts.scenario,
        energy,
        decision,
        facts.history.offered,
        distress,
        facts.number,
        facts.history.answered,
    )
    cap = 0 if distress else LOW_ENERGY_TRANSFORMATIONAL if energy == "low" else None
    return Adjustment(target, situation, cap, (*moves, *late), standing)


def _before_the_phase(facts: Facts, energy: str, distress: bool) -> str:
    """What goes before the phase today, in the order of precedence; empty: nothing."""
    if distress:
        return "what has happened"
    if energy in ("low", "high"):
        return f"{energy} energy"
    flagged = facts.last is not None and "pleasant_not_moving" in facts.last.flags
    return "what felt good and moved little" if flagged else ""


def _pushes(facts: Facts, energy: str, distress: bool) -> dict[str, _MixShift]:
    """The influences that are there today, by their place in the order."""
    found = []
    if distress:
        explain = Influence(
            id="distress",
            because="something hard has happened",
            effect="nothing is worked toward: gentle questions, none of them transformational, "
            "no review, no rating draws attention",
        )
        found.append(_MixShift("distress", "distress", DISTRESS_SHIFT, 0, explain))
    if energy == "low":
        explain = Influence(
            id="energy-low",
            because="energy is low",
            effect="fewer and lighter questions, a reset break"
            if distress
            else "fewer and lighter questions, at most one transformational, "
            "a reset break, one small commitment",
        )
        found.append(_MixShift("energy", "low energy", LOW_ENERGY_SHIFT, LEAST, explain))
    if energy == "high":
        explain = Influence(
            id="energy-high",
            because="energy is high",
            effect="more transformational questions, more time for insight",
        )
        found.append(_MixShift("energy", "high energy", HIGH_ENERGY_SHIFT, LEAST, explain))
    if facts.last is not None and "pleasant_not_moving" in facts.last.flags:
        explain = Influence(
            id="pleasant-not-moving",
            because="two sessions felt good and moved little",
            effect="a larger share of transformational questions" + _smaller_step(facts),
        )
        found.append(_MixShift("pleasant-not-moving", "the flag", NOT_MOVING_SHIFT, LEAST, explain))
    return {one.place: one for one in found}


def _in_order(
    shares: Shares, pushes: dict[str, _MixShift]
) -> tuple[Shares, tuple[Influence, ...], tuple[Precedence, ...]]:
    """Let each influence pull in turn, the first of them setting the direction."""
    first: _MixShift | None = None
    moves: list[Influence] = []
    standing: list[Precedence] = []
    for place in ORDER:
        push = pushes.get(place)
        if push is None:
            # The phase does not push: its mix is what was there to begin with.
            standing.append(Precedence(id=place, standing="acts" if place == "phase" else "absent"))
        elif first is not None and (push.points > 0) != (first.points > 0):
            standing.append(Precedence(id=place, standing="gives_way", to=first.place))
            effect = f"nothing today: {first.name} goes first"
            moves.append(
                Influence(id=push.influence.id, because=push.influence.because, effect=effect)
            )
        else:
            first = first or push
            standing.append(Precedence(id=place, standing="acts"))
            moves.append(push.influence)
            shares = shift(shares, "transformational", push.points, least=push.least)
    return shares, tuple(moves), tuple(standing)


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


def explain(
    pull: Adjustment,
    facts: Facts,
    picked: Sequence[Question],
    assumption: OpenAssumption | None,
    exercises: Sequence[Exercise] = (),
    held_back: Collection[str] = (),
) -> tuple[Influence, ...]:
    """Everything that moved this plan. A rating or a situation that no question profited from
    moved nothing, and is not claimed to have."""
    return (
        *pull.influences,
        *_referral_influence(facts),
        *_factor_influences(pull.situation, picked),
        *_scenario_influence(facts, picked),
        *(() if pull.situation.holding else _priority_influence(facts)),
        *_exercise_influences(exercises),
        *(() if pull.situation.holding else _last_time_influences(facts)),
        *_record_influences(facts, assumption),
        *_retired_influence(held_back),
    )


def _priority_influence(facts: Facts) -> tuple[Influence, ...]:
    if not facts.serves:
        return ()
    return (
        Influence(
            id="priority",
            because=f"today's topic serves “{facts.serves}”",
            effect="the checkpoint asks after it",
        ),
    )


def _retired_influence(held_back: Collection[str]) -> tuple[Influence, ...]:
    """Questions that would have been among those to choose from, had the coach not retired them."""
    if not held_back:
        return ()
    names = ", ".join(f"`{name}`" for name in sorted(held_back))
    several = len(held_back) > 1
    return (
        Influence(
            id="retired",
            because=f"you retired {names}",
            effect="they were not considered" if several else "it was not considered",
        ),
    )


def _referral_influence(facts: Facts) -> tuple[Influence, ...]:
    if not facts.referrals:
        return ()
    kinds = ", ".join(one.kind for one in facts.referrals)
    return (
        Influence(
            id="referral",
            because=f"a referral stands ({kinds})",
            effect="no assumption is put to the test, and notes on a stall are silent",
        ),
    )


def _exercise_influences(exercises: Sequence[Exercise]) -> tuple[Influence, ...]:
    words = {"filled": "was filled in", "waiting": "went home", "partly": "was tried in part"}
    return tuple(
        Influence(
            id="exercise",
            because=f"“{one.what}” {words.get(one.case, 'was tried')} since last time",
            effect="it is debriefed",
        )
        for one in exercises
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


def _last_time_influences(facts: Facts) -> tuple[Influence, ...]:
    found = []
    last = facts.last
    if last and (last.commitments or last.earlier):
        count = len(last.commitments) + len(last.earlier)
        found.append(
            Influence(
                id="commitments",
                because=f"{count} commitments wait to be looked at"
                if count > 1
                else "a commitment waits to be looked at",
                effect=f"the session opens with what came of {'them' if count > 1 else 'it'}",
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
    return tuple(found)


def _record_influences(facts: Facts, assumption: OpenAssumption | None) -> tuple[Influence, ...]:
    found = []
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
