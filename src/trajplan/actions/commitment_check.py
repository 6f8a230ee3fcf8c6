"""What every commitment is held against, in a wrap and between sessions (R95-R99, R86)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from trajplan.records.forms import NewCommitment
from trajplan.records.model import Goal


class Bounds(Struct, frozen=True):
    """Between which days a commitment may fall; `force` lifts both."""

    after: dt.date
    before: dt.date | None
    force: bool
    since: str = ""
    """What `after` is, in words; empty: the day of the session."""


def day_fault(day: dt.date, bounds: Bounds) -> str:
    """Why a day is outside the bounds; empty when it is inside or forced (R96)."""
    if bounds.force:
        return ""
    if day <= bounds.after:
        return (
            f"{day} is not after {bounds.since or f'the session on {bounds.after}'}; or use --force"
        )
    if bounds.before and day >= bounds.before:
        return f"{day} is not before the next session on {bounds.before}; or use --force"
    return ""


def hints_on(form: NewCommitment, *, method: str, goals: Sequence[Goal]) -> tuple[str, ...]:
    """Remarks on one commitment; none of them keeps anything from being saved.

    `goals`: those it might serve.
    """
    # Its word lists are read when there is something to judge, not by every command.
    from trajplan.lint import steps

    quoted = f"“{form.what}”"
    hints = []
    if form.proposed_by == "coach" and method != "directive":
        hints.append(f"{quoted} was proposed by the coach; what would the client's own step be?")
    if not steps.has_verb(form.what):
        hints.append(f"{quoted} has no verb; what does the client do?")
    if form.estimate_minutes is None and not steps.has_number(form.what, form.how_will_i_know):
        hints.append(f"{quoted} has no number; how many, how long or how often?")
    if why := steps.too_big(form.what, form.estimate_minutes):
        hints.append(f"{quoted} may be too big: {why}; what would be the first piece of it?")
    if not (form.obstacle and form.if_then):
        hints.append(f"{quoted} has no obstacle and no “if … then …” yet")
    open_goals = [goal for goal in goals if goal.status == "open"]
    if not form.goal and open_goals:
        there = ", ".join(f"{goal.number} “{goal.text}”" for goal in open_goals[:3])
        hints.append(f"{quoted} names no goal it serves; open are {there}")
    return tuple(hints)


def blame_hints(text: str) -> tuple[str, ...]:
    """Where a review finds fault with a person (R100)."""
    if not text:
        return ()
    from trajplan.lint.tone_rules import blamed

    return tuple(f"“{blame.words}”: {blame.message}" for blame in blamed(text))
