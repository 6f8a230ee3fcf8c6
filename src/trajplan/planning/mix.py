"""The mix of question levels: targets, the pull toward them, and what was achieved (R61).

The pull is a concave bonus per level: minute k of a level with target p % is worth
floor(W*p / (2k - 1)), the divisors of Sainte-Laguë. Because each further minute of a level is
worth less, the best sum of bonuses shares minutes out in proportion to the targets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from trajplan.content.model import Mix
from trajplan.content.vocabulary import LEVELS

PULL = 2
"""W: how strongly the mix pulls. With 2 the mix decides the shape and relevance decides among
neighbours; with 10 no sequence was ever chosen (docs/decisions/0004)."""

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
    now = shares[level]
    moved = max(0, min(points, most - now)) if points > 0 else min(0, max(points, least - now))
    others = sorted((one for one in shares if one != level), key=lambda one: -shares[one])
    pool = sum(shares[one] for one in others)
    result = dict(shares)
    result[level] += moved
    sign = 1 if moved > 0 else -1
    # Rounded toward zero for the smaller one, whichever way the points go.
    small = sign * (abs(moved) * shares[others[1]] // pool if pool else abs(moved) // 2)
    result[others[1]] -= small
    result[others[0]] -= moved - small
    return result


def achieved_shares(minutes: Mapping[str, int]) -> dict[str, int]:
    """Percent by level of `minutes` by level, rounded by largest remainder; all 0 without any."""
    total = sum(minutes.get(level, 0) for level in LEVELS)
    if not total:
        return dict.fromkeys(LEVELS, 0)
    exact = {level: minutes.get(level, 0) * 100 for level in LEVELS}
    result = {level: exact[level] // total for level in LEVELS}
    left = 100 - sum(result.values())
    by_remainder = sorted(LEVELS, key=lambda level: -(exact[level] % total))
    for level in by_remainder[:left]:
        result[level] += 1
    return result


def minutes_by_level(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Sum (level, minutes) pairs by level."""
    total = dict.fromkeys(LEVELS, 0)
    for level, minutes in pairs:
        total[level] += minutes
    return total
