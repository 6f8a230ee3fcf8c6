"""What commitments and plans need of the goals: the way up, the one meant, where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from trajplan.errors import CannotDo
from trajplan.records.model import Goal
from trajplan.records.store import Store
from trajplan.text import name_key


def paths_of(goals: Sequence[Goal]) -> dict[int, tuple[str, ...]]:
    """The words from the theme down to each goal, by the goal's row."""
    by_row = {goal.id: goal for goal in goals}
    return {
        goal.id: (by_row[goal.parent_id].text, goal.text) if goal.parent_id else (goal.text,)
        for goal in goals
    }


def path_of(store: Store, goal_id: int | None) -> tuple[str, ...]:
    """The words from the theme down to one goal; none without a link."""
    if goal_id is None:
        return ()
    goal = store.get(Goal, goal_id)
    return (*path_of(store, goal.parent_id), goal.text)


def meant_goal(goals: Sequence[Goal], words: str) -> tuple[Goal | None, str]:
    """The goal that a number or words name, and otherwise a sentence on the nearest (R86).

    Words name a goal when they are its own, or stand in just one goal that is open. Raises
    CannotDo for a number nobody has.
    """
    words = words.strip()
    if not words:
        return None, ""
    if re.fullmatch(r"#?\d{1,6}", words):
        return _goal_numbered(goals, int(words.removeprefix("#"))), ""
    key = name_key(words)
    same = [goal for goal in goals if name_key(goal.text) == key]
    within = [goal for goal in goals if goal.status == "open" and key in name_key(goal.text)]
    if same or len(within) == 1:
        return (same or within)[0], ""
    if not goals:
        return None, f"“{words}” is saved as words alone; `trajplan goals add` makes a goal of it"
    near = max(goals, key=lambda goal: SequenceMatcher(None, key, name_key(goal.text)).ratio())
    return None, (
        f"“{words}” is saved as words alone, as no goal says so; the nearest is "
        f"{near.number} “{near.text}”"
    )


def _goal_numbered(goals: Sequence[Goal], number: int) -> Goal:
    for goal in goals:
        if goal.number == number:
            return goal
    there = ", ".join(str(goal.number) for goal in goals) or "none yet"
    raise CannotDo(f"there is no goal {number}; there {'are' if len(goals) > 1 else 'is'} {there}")


def same_words(text: str, other: str) -> bool:
    """Whether two texts say the same, capitals and signs apart."""
    return name_key(text) == name_key(other)
