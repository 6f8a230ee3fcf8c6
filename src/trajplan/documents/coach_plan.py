"""The coach's plan: Markdown and JSON. The terminal's view is in `coach_plan_terminal`."""

from __future__ import annotations

from typing import Any

from trajplan.codec import to_plain
from trajplan.documents.document import Document, render
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
        strip=[
            {"label": row.label, "cells": strip_cells(plan, row), "note": row.note}
            for row in plan.strip
        ],
    )


def strip_cells(plan: Plan, row: StripRow) -> list[str]:
    """Minutes and clock of a variant, under the plan's own segments; a dash where one is gone."""
    by_title = dict(zip(row.segments, zip(row.minutes, row.starts, strict=True), strict=True))
    cells = []
    for segment in plan.segments:
        found = by_title.get(segment.title)
        cells.append(f"{found[0]} ({found[1]})" if found else "–")
    extra = [title for title in by_title if title not in {one.title for one in plan.segments}]
    if extra and cells:
        added = ", ".join(
            f"{shortened(title, 24)} {by_title[title][0]} ({by_title[title][1]})" for title in extra
        )
        cells[-1] += f"; with {added}"
    return cells


def _data(plan: Plan, explain: bool) -> dict[str, Any]:
    """The documented keys of `prep session --format json`, and the plan's others beside them."""
    data: dict[str, Any] = to_plain(plan)
    if not explain:
        for segment in data["segments"]:
            for question in segment["questions"]:
                del question["score"], question["reasons"]
    return data
