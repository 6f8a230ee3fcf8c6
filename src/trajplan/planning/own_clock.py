"""A plan on the coach's own clock, where the client's says something else (R143).

A plan is made and kept in the client's time, in which the session was agreed and the agenda is
read. What the coach reads at the desk is told anew from it.
"""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from trajplan.planning.calendar import clock
from trajplan.planning.plan import Plan
from trajplan.zones import TwoClocks, odd_hour, two_clocks


def plan_clocks(plan: Plan, own_zone: str) -> TwoClocks | None:
    """When the session begins, for the client and for the coach; None where that is the same."""
    if plan.clock != "wall":
        return None
    return two_clocks(dt.date.fromisoformat(plan.date), plan.start, plan.time_zone, own_zone)


def odd_start(plan: Plan, own_zone: str) -> str:
    """What to say of a beginning that the clock skips or shows twice; else empty."""
    if plan.clock != "wall":
        return ""
    return odd_hour(dt.date.fromisoformat(plan.date), plan.start, plan.time_zone or own_zone)


def on_own_clock(plan: Plan, own_zone: str) -> Plan:
    """The same plan with its day and times as the coach's clock shows them."""
    clocks = plan_clocks(plan, own_zone)
    if clocks is None:
        return plan
    apart = clocks.minutes_apart
    return replace(
        plan,
        date=clocks.own_day.isoformat(),
        start=clocks.own_start,
        end=clock(plan.end, apart),
        time_zone=own_zone,
        segments=tuple(
            replace(segment, start=clock(segment.start, apart), end=clock(segment.end, apart))
            for segment in plan.segments
        ),
        strip=tuple(
            replace(row, starts=tuple(clock(start, apart) for start in row.starts))
            for row in plan.strip
        ),
    )
