"""Goals and indicators as a plan shows them: what is open, and where it stands (R86, R89, R90)."""

from __future__ import annotations

from trajplan.measures.goals import IndicatorState, indicator_state
from trajplan.planning.plan import PlannedGoal
from trajplan.records.dossier import Dossier


def planned_goals(dossier: Dossier) -> tuple[PlannedGoal, ...]:
    """The open objectives, and the open themes that have none."""
    open_goals = [goal for goal in dossier.goals if goal.status == "open"]
    themes_served = {goal.parent_id for goal in open_goals}
    return tuple(
        PlannedGoal(
            id=goal.number,
            level=goal.level,
            path=dossier.path_to(goal.id),
            when=goal.due.isoformat() if goal.due else "",
        )
        for goal in open_goals
        if goal.id not in themes_served
    )


def open_indicators(dossier: Dossier) -> tuple[IndicatorState, ...]:
    """Every indicator of the journey or of an open goal, as it stands."""
    closed = {goal.id for goal in dossier.goals if goal.status != "open"}
    return tuple(
        indicator_state(indicator)
        for indicator in dossier.indicators
        if indicator.goal_id not in closed
    )
