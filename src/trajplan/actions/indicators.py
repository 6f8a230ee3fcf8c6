"""`indicators`: what can be counted on the way to a goal, and how it reads over time (R89, R90)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.goal_paths import meant_goal
from trajplan.actions.goals import place_of
from trajplan.actions.numbers import parse_number
from trajplan.actions.resolve import ClientEngagement, case_of
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.measures.goals import missing_parts
from trajplan.records import clients, indicators
from trajplan.records.goal_records import Indicator
from trajplan.records.model import Client, Goal, IndicatorKind
from trajplan.records.store import Store, reading, writing


class IndicatorList(Struct, frozen=True, kw_only=True):
    """A client's indicators, and the goals they belong to by the goal's row."""

    client: Client
    indicators: tuple[Indicator, ...]
    goals: Mapping[int, Goal]


class IndicatorPage(Struct, frozen=True, kw_only=True):
    """One indicator; `place`: where in the journey it is looked at."""

    client: Client
    place: str
    indicator: Indicator
    goal: Goal | None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorWishes:
    """What was said of an indicator; None or empty: not said. Numbers and days as typed."""

    name: str = ""
    kind: IndicatorKind | None = None
    goal: str = ""
    """By number or words."""
    unit: str = ""
    start: str = ""
    target: str = ""
    when: str = ""
    value: str = ""
    """A reading."""
    date: str = ""
    """The day of the reading; empty: today."""


def all_indicators(context: Context, *, client: str | None) -> IndicatorList:
    """Read every indicator of the client's engagement."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        return IndicatorList(
            client=case.client,
            indicators=indicators.of_engagement(store, case.engagement.id),
            goals={one.id: one for one in store.select(Goal, engagement_id=case.engagement.id)},
        )


def one_indicator(context: Context, number: int, *, client: str | None) -> IndicatorPage:
    """Read one indicator with all its readings."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        return _page(store, case, _own(store, case, number))


def new_indicator(
    context: Context, wanted: IndicatorWishes, *, client: str | None
) -> IndicatorPage:
    """Add an indicator, with a first reading where one is given. Raises UsageFault, CannotDo."""
    if not wanted.name.strip():
        raise UsageFault("what is counted? Give its name")
    if wanted.kind is None:
        raise UsageFault(
            "does it show early, or only at the end? Give --kind leading or --kind lagging"
        )
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        changes = _changes(store, context.today, case, wanted)
        _check_way(changes.get("start"), changes.get("target"))
        made = indicators.add(store, engagement_id=case.engagement.id, **changes)
        made = _read(store, context.today, made, wanted)
        clients.touch(store, case.client.id)
        return _page(store, case, made)


def change_indicator(
    context: Context, number: int, wanted: IndicatorWishes, *, client: str | None
) -> IndicatorPage:
    """Add a reading, or change what is counted. Raises UsageFault, NotFound, CannotDo."""
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        one = _own(store, case, number)
        changes = _changes(store, context.today, case, wanted)
        if not changes and not wanted.value and not wanted.date:
            raise UsageFault(
                "nothing to change; give --value with what was read, or another option"
            )
        _check_way(changes.get("start", one.start), changes.get("target", one.target))
        changed = _read(store, context.today, indicators.update(store, one.id, **changes), wanted)
        clients.touch(store, case.client.id)
        return _page(store, case, changed)


def _read(store: Store, today: dt.date, one: Indicator, wanted: IndicatorWishes) -> Indicator:
    if not wanted.value:
        if wanted.date:
            raise UsageFault("--date is the day of a reading; give it with --value")
        return one
    day = parse_day(wanted.date, today) if wanted.date else today
    if day > today:
        raise CannotDo(f"a reading of {day} is still to come; today is {today}")
    return indicators.read(store, one.id, date=day, value=parse_number(wanted.value, "--value"))


def _changes(
    store: Store, today: dt.date, case: ClientEngagement, wanted: IndicatorWishes
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if wanted.name.strip():
        changes["name"] = wanted.name.strip()
    if wanted.kind:
        changes["kind"] = wanted.kind
    if wanted.unit:
        changes["unit"] = wanted.unit
    for name in ("start", "target"):
        if said := getattr(wanted, name):
            changes[name] = parse_number(said, f"--{name}")
    if wanted.when:
        changes["due"] = parse_day(wanted.when, today)
    if wanted.goal:
        every = store.select(Goal, engagement_id=case.engagement.id)
        goal, why = meant_goal(every, wanted.goal)
        if goal is None:
            near = why.partition("; the nearest is ")[2]
            hint = f"; the nearest is {near}" if near else "; there is none yet"
            raise CannotDo(f"no goal says “{wanted.goal}”{hint}")
        changes["goal_id"] = goal.id
    return changes


def _check_way(start: float | None, target: float | None) -> None:
    if start is not None and start == target:
        raise CannotDo("start and target are the same number, so there is no way to go")


def _own(store: Store, case: ClientEngagement, number: int) -> Indicator:
    own = {one.number: one for one in indicators.of_engagement(store, case.engagement.id)}
    if number not in own:
        there = f"there are {', '.join(map(str, own))}" if own else "there is none yet"
        raise NotFound(f"`{case.client.slug}` has no indicator {number}; {there}")
    return own[number]


def _page(store: Store, case: ClientEngagement, one: Indicator) -> IndicatorPage:
    lacking = missing_parts(one)
    return IndicatorPage(
        client=case.client,
        place=place_of(store, case.engagement),
        indicator=one,
        goal=store.get(Goal, one.goal_id) if one.goal_id else None,
        hints=(f"still without {', '.join(lacking)}",) if lacking else (),
    )
