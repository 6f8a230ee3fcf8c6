"""Where an indicator stands between its start and its target (R89, R90).

Nothing is imputed: without a reading there is no value, and without a start or a target no share.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.records.goal_records import Indicator

KINDS = ("leading", "lagging")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The latest reading, and how much of the way it stands for.

    `share` is 0 at the start and 1 at the target; below 0 it went the other way, above 1 it passed
    the target. None: start, target or reading is not there.
    """

    value: float | None
    read_on: dt.date | None
    share: float | None


def standing(one: Indicator) -> Standing:
    """Where an indicator stands by its latest reading; of several on a day the last one counts."""
    if not one.readings:
        return Standing(value=None, read_on=None, share=None)
    last = one.readings[-1]
    share = None
    if one.start is not None and one.target is not None:
        share = (last.value - one.start) / (one.target - one.start)
    return Standing(value=last.value, read_on=last.date, share=share)


def kinds_missing(found: Sequence[Indicator]) -> tuple[str, ...]:
    """Which of leading and lagging is not among these: at least one of each is wanted (R90)."""
    there = {one.kind for one in found}
    return tuple(kind for kind in KINDS if kind not in there)


def incomplete(one: Indicator) -> tuple[str, ...]:
    """What an indicator still lacks to be read as a way from a number to a number by a day."""
    lacking = {
        "leading or lagging": one.kind,
        "a start": one.start,
        "a target": one.target,
        "a date": one.due,
    }
    return tuple(name for name, value in lacking.items() if value is None)
