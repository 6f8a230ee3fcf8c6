"""A plan on the coach's own clock, where the client's says something else (R143).

A plan is made and kept in the client's time, in which the session was agreed and the agenda is
read. What the coach reads at the desk is told anew from it. Where no time has been agreed, it has
minutes in place of a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec.structs import replace

from trajplan.dates import short_date
from trajplan.planning.calendar import clock
from trajplan.planning.plan import Plan, PlannedPrompt, PlannedSegment, SessionAgreement
from trajplan.zones import TwoClocks, odd_hour, two_clocks


def plan_clocks(plan: Plan, own_zone: str) -> TwoClocks | None:
    """When the session begins, for the client and for the coach; None where that is the same."""
    if plan.clock != "wall":
        return None
    return two_clocks(dt.date.fromisoformat(plan.date), plan.start, plan.time_zone, own_zone)


def on_own_clock(plan: Plan, own_zone: str) -> Plan:
    """The same plan with its day and times as the coach's clock shows them, and what is to be said
    of both clocks; with minutes from the start where no time has been agreed."""
    if plan.clock != "wall":
        return _from_the_start(plan)
    day = dt.date.fromisoformat(plan.date)
    plan = replace(plan, odd_start=odd_hour(day, plan.start, plan.time_zone or own_zone))
    clocks = plan_clocks(plan, own_zone)
    if clocks is None:
        return plan
    apart = clocks.minutes_apart
    on_day = f" on {short_date(day)}" if clocks.own_day != day else ""
    return replace(
        plan,
        client_clock=f"{plan.start}–{plan.end} in {clocks.zone}{on_day}",
        date=clocks.own_day.isoformat(),
        start=clocks.own_start,
        end=clock(plan.end, apart),
        time_zone=own_zone,
        segments=tuple(_segment_on_clock(segment, apart) for segment in plan.segments),
        strip=tuple(
            replace(row, starts=tuple(clock(start, apart) for start in row.starts))
            for row in plan.strip
        ),
        agreement=_agreement(plan.agreement, apart),
    )


def _from_the_start(plan: Plan) -> Plan:
    """The same plan in minutes from the start, where no time has been agreed: `0–10 min`."""
    return replace(
        plan,
        start=_minutes(plan.start),
        end=f"{_minutes(plan.end)} min",
        segments=tuple(
            replace(
                segment,
                start=_minutes(segment.start),
                end=f"{_minutes(segment.end)} min",
                prompts=tuple(_told_until(prompt, _minute) for prompt in segment.prompts),
            )
            for segment in plan.segments
        ),
        strip=tuple(replace(row, starts=tuple(map(_minutes, row.starts))) for row in plan.strip),
        agreement=plan.agreement and replace(plan.agreement, ends=_minute(plan.agreement.ends)),
    )


def _minutes(time: str) -> str:
    """A clock that counts from 00:00 as minutes."""
    hours, _, minutes = time.partition(":")
    return str(int(hours) * 60 + int(minutes))


def _minute(time: str) -> str:
    return f"minute {_minutes(time)}"


def _segment_on_clock(segment: PlannedSegment, apart: int) -> PlannedSegment:
    return replace(
        segment,
        start=clock(segment.start, apart),
        end=clock(segment.end, apart),
        prompts=tuple(
            _told_until(prompt, lambda end: f"{clock(end, apart)}, for them {end}")
            for prompt in segment.prompts
        ),
    )


def _told_until(prompt: PlannedPrompt, told: Callable[[str], str]) -> PlannedPrompt:
    """The prompt with the session's end, where it says it, `told` on this clock."""
    return replace(prompt, ends=told(prompt.ends)) if prompt.ends else prompt


def _agreement(agreement: SessionAgreement | None, apart: int) -> SessionAgreement | None:
    return agreement and replace(agreement, ends=clock(agreement.ends, apart))
