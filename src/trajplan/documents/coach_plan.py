"""The coach's plan: Markdown and JSON. The terminal's view is in `coach_plan_terminal`."""

from __future__ import annotations

from typing import Any

from trajplan.codec import to_plain
from trajplan.documents.document import Document, render
from trajplan.documents.echo import NAMES, answered
from trajplan.documents.plan_lines import arrival_line, lines, numbers, ratings_line
from trajplan.documents.strip import strip_lines
from trajplan.planning.plan import Plan


def coach_plan(plan: Plan, *, explain: bool = False) -> Document:
    """The whole plan; `explain` adds why each question was chosen."""

    def terminal() -> Any:
        from trajplan.documents.coach_plan_terminal import view

        return view(plan, explain=explain)

    return Document(
        markdown=lambda: _markdown(plan, explain),
        terminal=terminal,
        data=lambda: _data(plan, explain),
    )


def _markdown(plan: Plan, explain: bool) -> str:
    return render(
        "coach_plan.md.j2",
        plan=plan,
        explain=explain,
        strip=strip_lines(plan),
        lines={one.id: lines(one, numbers(plan)) for one in plan.segments},
        ratings=ratings_line(plan.from_last_time) if plan.from_last_time else "",
        arrival=arrival_line(plan),
        echo_names=NAMES,
        echoed=answered(plan.echo),
    )


def _data(plan: Plan, explain: bool) -> dict[str, Any]:
    """The documented keys of `prep session --format json`, and the plan's others beside them."""
    data: dict[str, Any] = to_plain(plan)
    if not explain:
        for segment in data["segments"]:
            for question in segment["questions"]:
                del question["score"], question["reasons"]
    return data
