"""A plan on the coach's own clock, where the client's says something else (R143).

A plan is made and kept in the client's time, in which the session was agreed and the agenda is
read. What the coach reads at the desk is told anew from it. Where no time has been agreed, it has
minutes in place of a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from msgspec.structs import replace

from trajplan.dates import short_date
from trajplan.planning.calendar import clock
from trajplan.planning.plan import Plan, PlannedPrompt
from trajplan.zones import TwoClocks, minutes_of_day, odd_hour, two_clocks


def plan_clocks(plan: Plan, own_zone: str) -> TwoClocks | None:
    """When the session begins, for the client and for the coach; None where that is the same."""
    if plan.clock != "wall":
        return None
    return two_clocks(dt.date.fromisoformat(plan.date), plan.start, plan.time_zone, own_zone)


def on_own_clock(plan: Plan, own_zone: str) -> Plan:
    """The same plan with its day and times as the coach's clock shows them, and what is to be said
    of both clocks; with minutes from the start where no time has been agreed."""
    if plan.clock != "wall":
        return _retold(plan, _minutes, lambda end: f"{_minutes(end)} min", _minute_mark)
    day = dt.date.fromisoformat(plan.date)
    plan = replace(plan, odd_start=odd_hour(day, plan.start, plan.time_zone or own_zone))
    clocks = plan_clocks(plan, own_zone)
    if clocks is None:
        return plan
    apart = clocks.minutes_apart
    on_day = f" on {short_date(day)}" if clocks.own_day != day else ""
    plan = replace(
        plan,
        client_clock=f"{plan.start}–{plan.end} in {clocks.zone}{on_day}",
        date=clocks.own_day.isoformat(),
        time_zone=own_zone,
    )

    def own(time: str) -> str:
        return clock(time, apart)

    return _retold(plan, own, own, lambda end: f"{own(end)}, for them {end}")


Tell: TypeAlias = Callable[[str], str]
"""From a time of a plan to how it is told."""


def _retold(plan: Plan, start: Tell, end: Tell, session_end: Tell) -> Plan:
    """The plan with its times told anew; the agreement says in words of its own when it ends."""

    def prompt_retold(prompt: PlannedPrompt) -> PlannedPrompt:
        return replace(prompt, ends=session_end(prompt.ends)) if prompt.ends else prompt

    return replace(
        plan,
        start=start(plan.start),
        end=end(plan.end),
        segments=tuple(
            replace(
                segment,
                start=start(segment.start),
                end=end(segment.end),
                prompts=tuple(map(prompt_retold, segment.prompts)),
            )
            for segment in plan.segments
        ),
        strip=tuple(replace(row, starts=tuple(map(start, row.starts))) for row in plan.strip),
        agreement=plan.agreement and replace(plan.agreement, ends=session_end(plan.agreement.ends)),
    )


def _minutes(time: str) -> str:
    """A clock that counts from 00:00, in minutes."""
    return str(minutes_of_day(time))


def _minute_mark(time: str) -> str:
    return f"minute {_minutes(time)}"
