"""Goals on one line, for pages that only mention them."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.dates import short_date
from trajplan.planning.plan import PlannedContact, PlannedGoal

ARROW = " > "


def path_text(path: Sequence[str]) -> str:
    """`theme > objective`."""
    return ARROW.join(path)


def goal_line(goal: PlannedGoal) -> str:
    """An open goal with the theme it stands under, and its day where it has one."""
    return path_text(goal.path) + (f", by {short_date(goal.when)}" if goal.when else "")


def contact_line(one: PlannedContact) -> str:
    """A contact on one line: what it was, when, and what was said."""
    return f"{one.kind} {short_date(one.date)}" + (f": {one.note}" if one.note else "")
