"""The coach's plan as a document: whole, at the door for a terminal, and as JSON."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from trajplan.pages.document import Document, own_clock_data
from trajplan.pages.page import Page
from trajplan.pages.plan import page
from trajplan.planning.comparison import Comparison
from trajplan.planning.own_clock import on_own_clock, plan_clocks
from trajplan.planning.plan import Plan


def coach_plan(
    plan: Plan,
    *,
    explain: bool = False,
    comparison: Comparison | None = None,
    full: bool = False,
    own_zone: str = "",
) -> Document:
    """The plan; `explain` adds why each question was chosen, `comparison` the plan without the
    records. A terminal gets the plan at the door, unless it is to be `full`.

    `own_zone`: the coach's, by whose clock the page goes; the data keep the client's.
    """
    own = on_own_clock(plan, own_zone)
    return Document(
        page=lambda: page(own, explain, comparison),
        at_the_door=None if full or explain else lambda: _door(own),
        data=lambda: _data(plan, explain, comparison, own_zone),
    )


def _door(plan: Plan) -> Page:
    # Only a terminal shows it.
    from trajplan.pages.door import door

    return door(plan)


def _data(
    plan: Plan, explain: bool, comparison: Comparison | None, own_zone: str
) -> dict[str, Any]:
    """The documented keys of `prep session --format json`, and the plan's others beside them."""
    data: dict[str, Any] = to_builtins(plan)
    if not explain:
        del data["considered"]
        for segment in data["segments"]:
            for question in segment["questions"]:
                del question["score"], question["reasons"]
    del data["client_clock"], data["odd_start"]
    data["own_clock"] = own_clock_data(plan_clocks(plan, own_zone))
    if comparison:
        data["without_records"] = to_builtins(comparison)
    return data
