"""`indicators`: what can be counted on the way to a goal, and how it reads over time (R89, R90)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from trajplan.actions.client_records import Detail
from trajplan.actions.context import Context
from trajplan.actions.goals import goal_named
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, UsageFault
from trajplan.records.command_forms import IndicatorForm
from trajplan.records.model import Goal, Indicator, IndicatorReading
from trajplan.records.store import Store
from trajplan.text import pattern

_NUMBER = pattern(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")


def new_indicator(
    context: Context, form: IndicatorForm, *, client: str | None
) -> Detail[Indicator]:
    """Add an indicator, with a first reading where one is given. Raises UsageFault, CannotDo."""
    if not form.name.strip():
        raise UsageFault("what is counted? Give its name")
    if form.kind is None:
        raise UsageFault(
            "does it show early, or only at the end? Give --kind leading or --kind lagging"
        )
    with context.write(client) as records:
        goal = goal_named(records.own(Goal), form.goal) if form.goal else None
        indicator = add_indicator(records, records.engagement.id, form, context.today, goal)
        return records.detail(indicator)


def add_indicator(
    store: Store, engagement_id: int, form: IndicatorForm, today: dt.date, goal: Goal | None
) -> Indicator:
    """Save a new indicator, with a first reading where the form has one.

    Raises UsageFault, CannotDo where start and target are the same.
    """
    fields = _fields(form, today)
    _refuse_standstill(fields.get("start"), fields.get("target"))
    indicator = store.insert(
        Indicator(engagement_id=engagement_id, goal_id=goal.id if goal else None, **fields)
    )
    _add_reading(store, indicator, form, today)
    return indicator


def change_indicator(
    context: Context, number: int, form: IndicatorForm, *, client: str | None
) -> Detail[Indicator]:
    """Add a reading, or change what is counted. Raises UsageFault, NotFound, CannotDo."""
    with context.write(client) as records:
        indicator = records.numbered(Indicator, number)
        changes = _fields(form, context.today)
        if form.goal:
            changes["goal_id"] = goal_named(records.own(Goal), form.goal).id
        if not changes and not form.value and not form.date:
            raise UsageFault(
                "nothing to change; give --value with what was read, or another option"
            )
        _refuse_standstill(
            changes.get("start", indicator.start), changes.get("target", indicator.target)
        )
        indicator = records.update(indicator, **changes)
        _add_reading(records, indicator, form, context.today)
        return records.detail(indicator)


def _fields(form: IndicatorForm, today: dt.date) -> dict[str, Any]:
    """The fields of the record that the form names, but for its goal."""
    fields: dict[str, Any] = {
        "name": form.name.strip(),
        "kind": form.kind,
        "unit": form.unit,
        "start": parse_number(form.start, "--start") if form.start else None,
        "target": parse_number(form.target, "--target") if form.target else None,
        "due": parse_day(form.when, today) if form.when else None,
    }
    return {name: value for name, value in fields.items() if value not in (None, "")}


def parse_number(text: str, what: str) -> float:
    """Read `12`, `-3`, `2.5` or `2,5`. Raises UsageFault naming `what`."""
    plain = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        raise UsageFault(f"{what} `{text}` is not a number; write it like 12 or 2.5")
    return float(plain.replace(",", "."))


def _add_reading(store: Store, indicator: Indicator, form: IndicatorForm, today: dt.date) -> None:
    if not form.value:
        if form.date:
            raise UsageFault("--date is the day of a reading; give it with --value")
        return
    day = parse_day(form.date, today, "behind") if form.date else today
    if day > today:
        raise CannotDo(f"a reading of {day} is in the future; today is {today}")
    value = parse_number(form.value, "--value")
    store.insert(IndicatorReading(indicator_id=indicator.id, date=day, value=value))


def _refuse_standstill(start: float | None, target: float | None) -> None:
    if start is not None and start == target:
        raise CannotDo("start and target are the same number, so there is nothing to reach")
