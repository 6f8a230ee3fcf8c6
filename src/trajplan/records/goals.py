"""Goals: themes and the objectives under them, with what each of them was before (R86, R87)."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any

from trajplan.errors import CannotDo
from trajplan.records import rows
from trajplan.records.goal_records import Goal, GoalChange
from trajplan.records.store import Store

CHANGEABLE = frozenset(
    ["level", "parent_id", "text", "measure", "due", "attainable", "matters", "status"]
)
_KEPT = ("level", "text", "measure", "due", "attainable", "matters", "status")


def add(
    store: Store,
    *,
    engagement_id: int,
    text: str,
    today: dt.date,
    parent_id: int | None = None,
    measure: str = "",
    due: dt.date | None = None,
    attainable: int | None = None,
    matters: str = "",
) -> Goal:
    """Add a theme, or with `parent_id` an objective under that theme; its history begins.

    Raises CannotDo when the parent is no theme of the same engagement.
    """
    check_parent(store, engagement_id, None, parent_id)
    number = rows.insert(
        store,
        "goals",
        engagement_id=engagement_id,
        parent_id=parent_id,
        level="objective" if parent_id else "theme",
        text=text,
        measure=measure,
        due=due,
        attainable=attainable,
        matters=matters,
        status="open",
        created=today,
    )
    return _remembered(store, number, today, "")


def by_id(store: Store, goal_id: int) -> Goal:
    """Return one goal as it stands. Raises NotFound."""
    row = store.run("SELECT * FROM goals WHERE id = ?", (goal_id,)).fetchone()
    if row is None:
        raise rows.missing("goals", goal_id)
    return _record(row)


def of_engagement(store: Store, engagement_id: int) -> tuple[Goal, ...]:
    """Return every goal of an engagement, in the order they were named."""
    found = store.run("SELECT * FROM goals WHERE engagement_id = ? ORDER BY id", (engagement_id,))
    return tuple(_record(row) for row in found)


def update(store: Store, goal_id: int, *, today: dt.date, because: str, **changes: Any) -> Goal:
    """Change fields named in `CHANGEABLE` and remember how it stands from today.

    `parent_id` brings the level with it. Raises TypeError for other fields, NotFound, CannotDo for
    a parent that would leave an orphan or lead in a circle.
    """
    if "parent_id" in changes:
        before = by_id(store, goal_id)
        check_parent(store, before.engagement_id, before, changes["parent_id"])
        changes["level"] = "objective" if changes["parent_id"] else "theme"
    rows.update(store, "goals", goal_id, changes, CHANGEABLE)
    return _remembered(store, goal_id, today, because)


def check_parent(
    store: Store, engagement_id: int, goal: Goal | None, parent_id: int | None
) -> None:
    """Refuse what the hierarchy cannot hold, naming it. `goal` is None for a new one (R86)."""
    if parent_id is None:
        return
    parent = by_id(store, parent_id)
    if parent.engagement_id != engagement_id:
        raise CannotDo("the theme belongs to another journey")
    if goal and parent.id == goal.id:
        raise CannotDo(f"goal {goal.number} cannot stand under itself")
    if goal and parent.parent_id == goal.id:
        raise CannotDo(
            f"that would be a loop: goal {parent.number} already stands under goal {goal.number}"
        )
    every = of_engagement(store, engagement_id)
    if parent.level != "theme":
        themes = [str(one.number) for one in every if one.level == "theme" and one != goal]
        there = f"; themes are {', '.join(themes)}" if themes else ""
        raise CannotDo(
            f"goal {parent.number} is an objective, and an objective stands under a theme{there}"
        )
    below = [str(one.number) for one in every if goal and one.parent_id == goal.id]
    if goal and below:
        raise CannotDo(
            f"goal {goal.number} is a theme with objectives under it ({', '.join(below)}), which "
            "would be left without one; put them under another theme first"
        )


def history(store: Store, goal_id: int) -> tuple[GoalChange, ...]:
    """Return how a goal stood, first to last; the last one is how it stands now."""
    found = store.run("SELECT * FROM goal_changes WHERE goal_id = ? ORDER BY id", (goal_id,))
    return tuple(rows.record(GoalChange, row) for row in found)


def _remembered(store: Store, goal_id: int, today: dt.date, because: str) -> Goal:
    goal = by_id(store, goal_id)
    rows.insert(
        store,
        "goal_changes",
        goal_id=goal_id,
        date=today,
        under=by_id(store, goal.parent_id).text if goal.parent_id else "",
        because=because,
        **{name: getattr(goal, name) for name in _KEPT},
    )
    return goal


def _record(row: sqlite3.Row) -> Goal:
    return rows.record(Goal, row)
