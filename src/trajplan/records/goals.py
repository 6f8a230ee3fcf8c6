"""Goals, and what tells that one is reached (R86-R90).

Themes and the objectives under them, with what each of them was before; indicators with their
readings over time.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec.structs import asdict

from trajplan.errors import CannotDo
from trajplan.records.model.goals import (
    Goal,
    GoalChange,
    Indicator,
    IndicatorReading,
    IndicatorSeries,
)
from trajplan.records.store import Store

_REMEMBERED = ("level", "text", "measure", "due", "attainable", "matters", "status")


def insert_goal(
    store: Store,
    *,
    engagement_id: int,
    today: dt.date,
    parent_id: int | None = None,
    **fields: Any,
) -> Goal:
    """Add a theme, or with `parent_id` an objective under that theme; its history begins.

    Raises TypeError for other fields, CannotDo when the parent is no theme of the same engagement.
    """
    _check_parent(store, engagement_id, None, parent_id)
    goal = store.insert(
        Goal(
            engagement_id=engagement_id,
            parent_id=parent_id,
            level="objective" if parent_id else "theme",
            created=today,
            **fields,
        )
    )
    _remember(store, goal, today, "")
    return goal


def update_goal(
    store: Store, goal_id: int, *, today: dt.date, because: str, **changes: Any
) -> Goal:
    """Change named fields and remember how the goal stands from today.

    `parent_id` brings the level with it. Raises TypeError for other fields, NotFound, CannotDo for
    a parent that would leave an orphan or lead in a circle.
    """
    goal = store.get(Goal, goal_id)
    if "parent_id" in changes:
        _check_parent(store, goal.engagement_id, goal, changes["parent_id"])
        changes["level"] = "objective" if changes["parent_id"] else "theme"
    goal = store.update(goal, **changes)
    _remember(store, goal, today, because)
    return goal


def _check_parent(
    store: Store, engagement_id: int, goal: Goal | None, parent_id: int | None
) -> None:
    """Refuse what the hierarchy cannot hold, naming it. `goal` is None for a new one (R86)."""
    if parent_id is None:
        return
    parent = store.get(Goal, parent_id)
    if parent.engagement_id != engagement_id:
        raise CannotDo("the theme belongs to another journey")
    if goal and parent.id == goal.id:
        raise CannotDo(f"goal {goal.number} cannot stand under itself")
    if goal and parent.parent_id == goal.id:
        raise CannotDo(
            f"that would be a loop: goal {parent.number} already stands under goal {goal.number}"
        )
    if parent.level != "theme":
        raise CannotDo(
            f"goal {parent.number} is an objective, and an objective stands under a theme"
            f"{_themes_there(store, engagement_id, goal)}"
        )
    below = store.select(Goal, parent_id=goal.id) if goal else ()
    if goal and below:
        numbers = ", ".join(str(objective.number) for objective in below)
        raise CannotDo(
            f"goal {goal.number} is a theme with objectives under it ({numbers}), which "
            "would be left without one; put them under another theme first"
        )


def _themes_there(store: Store, engagement_id: int, goal: Goal | None) -> str:
    themes = store.select(Goal, engagement_id=engagement_id, level="theme")
    numbers = [str(theme.number) for theme in themes if theme != goal]
    return f"; themes are {', '.join(numbers)}" if numbers else ""


def _remember(store: Store, goal: Goal, today: dt.date, because: str) -> None:
    theme = store.get(Goal, goal.parent_id) if goal.parent_id else None
    store.insert(
        GoalChange(
            goal_id=goal.id,
            date=today,
            under=theme.text if theme else "",
            because=because,
            **{name: getattr(goal, name) for name in _REMEMBERED},
        )
    )


def indicator_series(store: Store, engagement_id: int) -> tuple[IndicatorSeries, ...]:
    """Return every indicator of an engagement with its readings, in the order they were named."""
    indicators = store.select(Indicator, engagement_id=engagement_id)
    by_indicator: dict[int, list[IndicatorReading]] = {indicator.id: [] for indicator in indicators}
    for reading in store.select(IndicatorReading, indicator_id=by_indicator):
        by_indicator[reading.indicator_id].append(reading)
    return tuple(
        IndicatorSeries(**asdict(indicator), readings=tuple(by_indicator[indicator.id]))
        for indicator in indicators
    )
