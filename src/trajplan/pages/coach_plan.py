"""The coach's plan: Markdown and JSON. The terminal's view is in `coach_plan_terminal`."""

from __future__ import annotations

from typing import Any

from trajplan.codec import to_plain
from trajplan.pages.beside import heading_of, opening
from trajplan.pages.document import Document, render
from trajplan.pages.echo import NAMES, answered
from trajplan.pages.plan_lines import (
    arrival_line,
    gauge_lines,
    lines,
    numbers,
    precedence_line,
    ratings_line,
    scale_line,
    taken_home,
)
from trajplan.pages.referrals import standing_line
from trajplan.pages.strip import strip_lines
from trajplan.planning.comparison import Comparison
from trajplan.planning.plan import Plan


def coach_plan(plan: Plan, *, explain: bool = False, beside: Comparison | None = None) -> Document:
    """The whole plan; `explain` adds why each question was chosen, `beside` the plan without
    the records."""

    def terminal() -> Any:
        from trajplan.pages.coach_plan_terminal import view

        return view(plan, explain=explain, beside=beside)

    return Document(
        markdown=lambda: _markdown(plan, explain, beside),
        terminal=terminal,
        data=lambda: _data(plan, explain, beside),
    )


def _markdown(plan: Plan, explain: bool, beside: Comparison | None) -> str:
    return render(
        "coach_plan.md.j2",
        plan=plan,
        explain=explain,
        beside=beside,
        beside_opening=opening(plan, beside) if beside else [],
        beside_heading=heading_of,
        strip=strip_lines(plan),
        lines={one.id: lines(one, numbers(plan)) for one in plan.segments},
        ratings=ratings_line(plan.from_last_time) if plan.from_last_time else "",
        arrival=arrival_line(plan),
        referrals=standing_line(plan.referrals),
        precedence=precedence_line(plan),
        gauges=gauge_lines(plan),
        scale_line=scale_line,
        taken_home=taken_home,
        echo_names=NAMES,
        echoed=answered(plan.echo),
    )


def _data(plan: Plan, explain: bool, beside: Comparison | None) -> dict[str, Any]:
    """The documented keys of `prep session --format json`, and the plan's others beside them."""
    data: dict[str, Any] = to_plain(plan)
    if not explain:
        del data["considered"]
        for segment in data["segments"]:
            for question in segment["questions"]:
                del question["score"], question["reasons"]
    if beside:
        data["without_records"] = to_plain(beside)
    return data
