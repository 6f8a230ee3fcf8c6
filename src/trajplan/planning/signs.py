"""What the records say that calls for a session of its own: a closed list of signs.

`values_conflict`: a worksheet holds two values or voices that still pull apart (R76, R77).
`stalled`: a commitment has waited twice, or two factors of the last rating went down (R15).
`conversation_ahead`: a worksheet names a talk the client wants to have (R82).
`situation`: the intake names a situation the blueprint is written for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.content.vocabulary import Sign
from trajplan.planning.plan import FromLastTime

MISSES = 2
"""Reviews that found a commitment partly done or not yet: from so many on it has been missed
twice, and says that the journey stands still."""
FALLING = 2
"""Factors of one rating that must have gone down; one alone is an ordinary week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A sign with what gives it and the day from which it stands. What it calls for is held once;
    only a sign given anew after that day calls again."""

    sign: Sign
    because: str
    since: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBefore:
    """A held session as the choice sees it. `blueprint` is empty when it had no plan."""

    number: int
    date: dt.date
    blueprint: str


def falling(last: FromLastTime | None) -> tuple[Given, ...]:
    """The sign of ratings that went down together, if they did."""
    down = [one.factor for one in last.ratings if (one.change or 0) < 0] if last else []
    if last is None or len(down) < FALLING:
        return ()
    because = f"{', '.join(down[:-1])} and {down[-1]} went down together"
    return (Given(sign="stalled", because=because, since=dt.date.fromisoformat(last.date)),)


def waiting(what: str, missed_on: Sequence[dt.date]) -> tuple[Given, ...]:
    """The sign of a commitment still open that was found waiting on these days, first to last."""
    if len(missed_on) < MISSES:
        return ()
    because = f"“{what}” has waited twice"
    return (Given(sign="stalled", because=because, since=missed_on[MISSES - 1]),)
