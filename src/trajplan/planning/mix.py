"""The mix of question levels: targets, what moves them, the pull toward them, what was achieved.

The pull is a concave bonus per level: minute k of a level with target p % is worth
floor(W*p / (2k - 1)), the divisors of Sainte-Laguë. Because each further minute of a level is
worth less, the best sum of bonuses shares minutes out in proportion to the targets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Mix
from trajplan.planning.arc import WeakExit
from trajplan.planning.from_records import FactorChange
from trajplan.planning.plan import Influence, Precedence
from trajplan.planning.plan_inputs import Facts
from trajplan.planning.questions import LOW, Situation
from trajplan.vocabulary import LEVELS

PULL = 2
"""W: how strongly the mix pulls. With 2 the mix decides the shape and relevance decides among
neighbours; with 10 no sequence was ever chosen (docs/decisions/0004)."""

ENERGY_LOW = "energy-low"
"""The influence of a client who is tired today."""
Shares = Mapping[str, int]


@cache
def worth(target: int, minutes: int) -> int:
    """V(n): the summed bonus of the first `minutes` minutes of a level with `target` percent."""
    return sum(PULL * target // (2 * minute - 1) for minute in range(1, minutes + 1))


def bonus(target: int, already: int, added: int) -> int:
    """V(u + m) - V(u) for `added` minutes on top of `already` planned ones."""
    return worth(target, already + added) - worth(target, already)


def shares_of(mix: Mix) -> dict[str, int]:
    """A mix as percent by level."""
    return {level: getattr(mix, level) for level in LEVELS}


def shift(shares: Shares, level: str, points: int, *, most: int = 80, least: int = 5) -> Shares:
    """Move `points` percent points toward `level` (away, when negative); the sum stays 100.

    The shift takes `level` no further than `least`..`most`; a share beyond them stays where it is.
    The others give or take in proportion to their size, and a remainder goes to the larger of
    them, so the shift is bounded and reproducible.
    """
    share = shares[level]
    change = max(0, min(points, most - share)) if points > 0 else min(0, max(points, least - share))
    others = sorted((name for name in shares if name != level), key=lambda name: -shares[name])
    pool = sum(shares[name] for name in others)
    result = dict(shares)
    result[level] += change
    sign = 1 if change > 0 else -1
    # Rounded toward zero for the smaller one, whichever way the points go.
    small = sign * (abs(change) * shares[others[1]] // pool if pool else abs(change) // 2)
    result[others[1]] -= small
    result[others[0]] -= change - small
    return result


def achieved_shares(minutes: Mapping[str, int]) -> dict[str, int]:
    """Percent by level of `minutes` by level, rounded by largest remainder; all 0 without any."""
    total = sum(minutes.get(level, 0) for level in LEVELS)
    if not total:
        return dict.fromkeys(LEVELS, 0)
    exact = {level: minutes.get(level, 0) * 100 for level in LEVELS}
    result = {level: exact[level] // total for level in LEVELS}
    points_left = 100 - sum(result.values())
    by_remainder = sorted(LEVELS, key=lambda level: -(exact[level] % total))
    for level in by_remainder[:points_left]:
        result[level] += 1
    return result


def minutes_by_level(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Sum (level, minutes) pairs by level."""
    total = dict.fromkeys(LEVELS, 0)
    for level, minutes in pairs:
        total[level] += minutes
    return total


def half_way(shares: Shares, other: Shares) -> dict[str, int]:
    """The mix halfway between two; whole percent, the sum stays 100.

    What rounding leaves goes to the levels in their own order.
    """
    result = {level: (share + other[level]) // 2 for level, share in shares.items()}
    for level in result:
        if sum(result.values()) < 100 and (shares[level] + other[level]) % 2:
            result[level] += 1
    return result


def lean_back(shares: Shares, weak: WeakExit, first: str) -> tuple[Shares, Influence]:
    """Take the target mix halfway back to the phase that was left early, never further.

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
    effect = f"named on the plan; the mix goes halfway back to that of the {name} phase"
    mix = half_way(shares, shares_of(weak.phase.mix))
    return mix, Influence(id="weak-exit", because=because, effect=effect)


ORDER = ("distress", "energy", "pleasant-not-moving", "phase")
"""Who goes first. The phase is what the others move, so it always gives the mix to start from."""
DISTRESS_SHIFT = -100
"""As far as it goes: in a session that holds, nothing is meant to turn anything over."""
LOW_ENERGY_SHIFT = -20
HIGH_ENERGY_SHIFT = 20
"""Less than this, and a short session could end with fewer transformational minutes than usual,
because longer insight takes room, and with it questions, from those before it."""
NOT_MOVING_SHIFT = 15
MORE_TRANSFORMATIONAL = "more transformational questions"
LARGER_SHARE = f"a larger share of transformational questions, by {NOT_MOVING_SHIFT} points at most"
"""What is said of the plan where it came so (`influences`)."""
LEAST = 5
"""The share of transformational minutes that tiredness leaves, in percent."""
GENTLE_TRANSFORMATIONAL = 1
"""Transformational questions in a whole plan when energy is low (R44) or the session goes
softly."""


class Adjustment(Struct, frozen=True):
    """The target mix, the situation the scores look at, and what to say about both."""

    target: Shares
    situation: Situation
    transformational_most: int | None
    usual: int
    """The share of transformational minutes without what moves it today, in percent."""
    influences: tuple[Influence, ...]
    precedence: tuple[Precedence, ...] = ()


class _MixShift(Struct, frozen=True):
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
    any_holding: bool = False,
    gentle_for: str = "",
    softly_for: str = "",
    rates: bool = True,
    weak: WeakExit | None = None,
    shifted: bool = True,
) -> Adjustment:
    """Work out target and situation for a session from the phase's mix and the records.

    Where influences pull against each other there is one order (R44): distress, energy, the flag
    of R104, the phase. The first that pulls sets the direction; a later one that pulls the other
    way gives way, and one that pulls the same way adds to it.

    `any_holding`: the session holds, or the check-in asks for it. No rating then draws questions.
    `gentle_for`: what gentle questions go first for, in words (`Care`).
    `softly_for`: why it goes softly or stays with what they bring, in words (`Care`).
    `rates`: whether the client may give numbers all the same.
    `shifted`: whether the flag of R104 may move the mix; the coach can say no.
    `weak`: the phase before was left with criteria unmet (R10).
    """
    shares: Shares = shares_of(mix)
    phase_influences: tuple[Influence, ...] = ()
    if weak:
        shares, phase_influence = lean_back(
            shares, weak, _before_the_phase(facts, energy, any_holding, softly_for, shifted)
        )
        phase_influences = (phase_influence,)
    usual = shares["transformational"]
    shifts = _mix_shifts(facts, energy, any_holding, softly_for, shifted, rates=rates)
    target, influences, standing = _in_order(shares, shifts)
    low, slipping = ({}, {}) if any_holding else _factors(facts)
    situation = Situation(
        low=low,
        slipping=slipping,
        scenario=facts.scenario,
        energy=energy,
        decision=decision,
        offered=facts.history.offered,
        any_holding=any_holding,
        session=facts.number,
        answered=facts.history.answered,
        gentle_for=gentle_for,
    )
    gently = energy == "low" or softly_for
    cap = 0 if any_holding else GENTLE_TRANSFORMATIONAL if gently else None
    return Adjustment(target, situation, cap, usual, (*influences, *phase_influences), standing)


def pleasant_not_moving(facts: Facts) -> bool:
    """Whether two sessions felt good and moved little; a standing referral goes first (R104)."""
    flagged = facts.last is not None and "pleasant_not_moving" in facts.last.flags
    return flagged and not facts.referrals


def _before_the_phase(
    facts: Facts, energy: str, any_holding: bool, softly_for: str, shifted: bool
) -> str:
    """What goes before the phase today, in the order of precedence; empty: nothing."""
    if any_holding:
        return "what has happened"
    if softly_for:
        return "care"
    if energy in ("low", "high"):
        return f"{energy} energy"
    return "what felt good and moved little" if shifted and pleasant_not_moving(facts) else ""


def _mix_shifts(
    facts: Facts, energy: str, any_holding: bool, softly_for: str, shifted: bool, *, rates: bool
) -> dict[str, _MixShift]:
    """The influences that are there today, by their place in the order."""
    shifts = []
    if any_holding:
        influence = Influence(
            id="distress",
            because="something hard has happened",
            effect="nothing is worked toward: gentle questions, none of them transformational, "
            "no review, and nothing is measured",
        )
        shifts.append(_MixShift("distress", "distress", DISTRESS_SHIFT, 0, influence))
    elif softly_for:
        influence = Influence(
            id="softly",
            because=softly_for,
            # A plan that stays with what they bring says in a note how it is planned as usual.
            effect="gentle questions, at most one transformational, nothing to fill in at home"
            if rates
            else "gentle questions, at most one transformational, no ratings and nothing to fill "
            "in at home; `trajplan check-in --no-holding` plans the session as usual",
        )
        shifts.append(_MixShift("distress", "care", DISTRESS_SHIFT, LEAST, influence))
    if energy == "low":
        influence = Influence(
            id=ENERGY_LOW,
            because="their mood sounds like low energy" if facts.sounds_tired else "energy is low",
            effect="fewer and lighter questions"
            if any_holding
            else "fewer and lighter questions, at most one transformational, one small commitment",
        )
        shifts.append(_MixShift("energy", "low energy", LOW_ENERGY_SHIFT, LEAST, influence))
    if energy == "high":
        influence = Influence(
            id="energy-high", because="energy is high", effect=MORE_TRANSFORMATIONAL
        )
        shifts.append(_MixShift("energy", "high energy", HIGH_ENERGY_SHIFT, LEAST, influence))
    if shifted and pleasant_not_moving(facts):
        influence = Influence(
            id="pleasant-not-moving",
            because="two sessions felt good and moved little",
            effect=f"{LARGER_SHARE}{_smaller_step(facts)}; `--no-shift` leaves it out",
        )
        shifts.append(
            _MixShift("pleasant-not-moving", "the flag", NOT_MOVING_SHIFT, LEAST, influence)
        )
    return {mix_shift.place: mix_shift for mix_shift in shifts}


def _in_order(
    shares: Shares, shifts: dict[str, _MixShift]
) -> tuple[Shares, tuple[Influence, ...], tuple[Precedence, ...]]:
    """Let each influence pull in turn, the first of them setting the direction."""
    first: _MixShift | None = None
    influences: list[Influence] = []
    standing: list[Precedence] = []
    for place in ORDER:
        move = shifts.get(place)
        if move is None:
            # The phase moves nothing: its mix is what was there to begin with.
            standing.append(Precedence(id=place, standing="acts" if place == "phase" else "absent"))
        elif first is not None and (move.points > 0) != (first.points > 0):
            standing.append(Precedence(id=place, standing="gives_way", to=first.place))
            effect = f"nothing today: {first.name} goes first"
            influences.append(replace(move.influence, effect=effect))
        else:
            first = first or move
            standing.append(Precedence(id=place, standing="acts"))
            influences.append(move.influence)
            shares = shift(shares, "transformational", move.points, least=move.least)
    return shares, tuple(influences), tuple(standing)


def _smaller_step(facts: Facts) -> str:
    momentum = [
        rating for rating in _ratings(facts) if rating.factor == "momentum" and rating.value <= LOW
    ]
    return ", and a smaller first step" if momentum else ""


def _factors(facts: Facts) -> tuple[dict[str, str], dict[str, str]]:
    low: dict[str, str] = {}
    slipping: dict[str, str] = {}
    for rating in _ratings(facts):
        if rating.value <= LOW:
            low[rating.factor] = f"{rating.factor} was rated {rating.value}"
        if rating.change is not None and rating.change < 0:
            slipping[rating.factor] = f"{rating.factor} went down by {-rating.change}"
    return low, slipping


def _ratings(facts: Facts) -> tuple[FactorChange, ...]:
    return facts.last.ratings if facts.last else ()
