"""What commitments and plans need of the goals: the way up, the one meant, where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from trajplan.errors import CannotDo
from trajplan.measures.goals import indicator_standing
from trajplan.planning.plan import PlannedGoal, PlannedIndicator
from trajplan.records import indicators
from trajplan.records.goal_records import Indicator
from trajplan.records.model import Goal
from trajplan.records.store import Store


def paths_of(found: Sequence[Goal]) -> dict[int, tuple[str, ...]]:
    """The words from the theme down to each goal, by the goal's row."""
    by_row = {one.id: one for one in found}
    return {
        one.id: (by_row[one.parent_id].text, one.text) if one.parent_id else (one.text,)
        for one in found
    }


def path_of(store: Store, goal_id: int | None) -> tuple[str, ...]:
    """The words from the theme down to one goal; none without a link."""
    if goal_id is None:
        return ()
    goal = store.get(Goal, goal_id)
    return (*path_of(store, goal.parent_id), goal.text)


def meant_goal(found: Sequence[Goal], said: str) -> tuple[Goal | None, str]:
    """The goal that a number or words name, and otherwise a sentence on the nearest (R86).

    Words name a goal when they are its own, or stand in just one goal that is open. Raises
    CannotDo for a number nobody has.
    """
    said = said.strip()
    if not said:
        return None, ""
    if re.fullmatch(r"#?\d{1,6}", said):
        number = int(said.removeprefix("#"))
        for one in found:
            if one.number == number:
                return one, ""
        there = ", ".join(str(one.number) for one in found)
        raise CannotDo(f"there is no goal {number}; there {_are(found, there)}")
    wanted = _folded(said)
    same = [one for one in found if _folded(one.text) == wanted]
    within = [one for one in found if one.status == "open" and wanted in _folded(one.text)]
    if same or len(within) == 1:
        return (same or within)[0], ""
    if not found:
        return None, f"“{said}” is kept in words; `trajplan goals add` makes a goal of it"
    near = max(found, key=lambda one: SequenceMatcher(None, wanted, _folded(one.text)).ratio())
    return None, (
        f"“{said}” is kept in words, for no goal says so; the nearest is "
        f"{near.number} “{near.text}”"
    )


def _are(found: Sequence[Goal], there: str) -> str:
    if not found:
        return "is none yet"
    return f"is {there}" if len(found) == 1 else f"are {there}"


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, capitals and signs apart."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def planned_goals(store: Store, engagement_id: int) -> tuple[PlannedGoal, ...]:
    """The open objectives, and the open themes that have none."""
    found = store.select(Goal, engagement_id=engagement_id)
    paths = paths_of(found)
    served = {one.parent_id for one in found if one.status == "open"}
    return tuple(
        PlannedGoal(
            id=one.number,
            level=one.level,
            path=paths[one.id],
            when=one.due.isoformat() if one.due else "",
        )
        for one in found
        if one.status == "open" and one.id not in served
    )


def planned_indicators(store: Store, engagement_id: int) -> tuple[PlannedIndicator, ...]:
    """Every indicator of the journey or of an open goal, as it stands."""
    closed = {
        one.id for one in store.select(Goal, engagement_id=engagement_id) if one.status != "open"
    }
    return tuple(
        _planned(one)
        for one in indicators.of_engagement(store, engagement_id)
        if one.goal_id not in closed
    )


def _planned(one: Indicator) -> PlannedIndicator:
    now = indicator_standing(one)
    return PlannedIndicator(
        id=one.number,
        name=one.name,
        kind=one.kind,
        unit=one.unit,
        start=one.start,
        target=one.target,
        when=one.due.isoformat() if one.due else "",
        value=now.value,
        read_on=now.read_on.isoformat() if now.read_on else "",
        share=now.share,
    )
