"""The strip under a plan: its minutes and clock if the client comes late, tired or lively."""

from __future__ import annotations

from dataclasses import dataclass

from trajplan.pages.text import shortened
from trajplan.planning.plan import Plan, StripRow


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
