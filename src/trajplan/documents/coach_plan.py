"""The coach's plan: Markdown and JSON. The terminal's view is in `coach_plan_terminal`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trajplan.codec import to_plain
from trajplan.documents.document import Document, render
from trajplan.documents.plan_lines import arrival_line, lines, numbers, ratings_line
from trajplan.documents.text import shortened
from trajplan.planning.plan import Plan, StripRow


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
    )


@dataclass(frozen=True, slots=True)
class StripLine:
    """One variant laid under the plan's own segments: (minutes, clock) each, or None where the
    segment is gone; `note` says what else is different."""

    label: str
    cells: tuple[tuple[int, str] | None, ...]
    note: str


def strip_lines(plan: Plan) -> list[StripLine]:
    """The plan itself and its variants, ready to stand in a table."""
    own = tuple((one.minutes, one.start) for one in plan.segments)
    return [StripLine("as planned", own, ""), *(_strip_line(plan, row) for row in plan.strip)]


def _strip_line(plan: Plan, row: StripRow) -> StripLine:
    cells = zip(row.minutes, row.starts, strict=True)
    found = dict(zip(row.ids, cells, strict=True))
    titles = dict(zip(row.ids, row.segments, strict=True))
    own = [one.id for one in plan.segments]
    added = [
        f"with {shortened(titles[name], 24)}, {minutes} min at {start}"
        for name, (minutes, start) in found.items()
        if name not in own
    ]
    note = "; ".join([*added, *([row.note] if row.note else [])])
    return StripLine(row.label, tuple(found.get(name) for name in own), note)


def _data(plan: Plan, explain: bool) -> dict[str, Any]:
    """The documented keys of `prep session --format json`, and the plan's others beside them."""
    data: dict[str, Any] = to_plain(plan)
    if not explain:
        for segment in data["segments"]:
            for question in segment["questions"]:
                del question["score"], question["reasons"]
    return data
