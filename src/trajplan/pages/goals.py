"""Goals: the tree from theme to commitment, with its bars (R85, R86, R90)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trajplan.actions.goals import GoalTree, GoalView
from trajplan.dates import short_date
from trajplan.measures.goals import GoalCheck, indicator_standing
from trajplan.pages.bars import bar, gauge, gauge_label, gauge_text
from trajplan.pages.document import Document
from trajplan.pages.numbered import plain
from trajplan.pages.text import markdown
from trajplan.pages.words import STATUSES
from trajplan.records.model import Commitment, Goal, IndicatorSeries

GOAL_STATUSES = {"open": "open", "reached": "reached", "let_go": "let go"}
MET, UNMET = "✓", "○"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree. `bold` is what stands before the text."""

    depth: int
    bold: str
    text: str


def goal_tree(found: GoalTree) -> Document:
    """Every goal with what serves it, and what is worth a second look."""
    return Document(
        markdown=lambda: _markdown(found),
        terminal=lambda: _terminal(found),
        data=lambda: {
            "client": found.client.slug,
            "client_name": found.client.name,
            "goals": [goal_data(one) for one in found.views],
            "indicators": [
                *(
                    indicator_data(one, view.goal.number)
                    for view in found.views
                    for one in view.indicators
                ),
                *(indicator_data(one, None) for one in found.indicators),
            ],
            "unlinked_commitments": [one.number for one in found.commitments],
            "hints": list(found.hints),
        },
    )


EMPTY = "No goal yet; `trajplan goals add` keeps the first, and a theme comes before an objective."
SECOND_LOOK = "Worth a second look"


def _lines(found: GoalTree) -> Iterator[Line]:
    for view in found.views:
        depth = 1 if view.under else 0
        yield Line(depth, _title(view.goal), f"{view.goal.text}{state_of(view.goal)}")
        if view.checks:
            yield Line(depth + 1, "", f"SMART: {checklist(view.checks)}")
        yield from _gauges(view.indicators, depth + 1)
        yield from _promises(view.commitments, depth + 1)
    if found.indicators:
        yield Line(0, "For the whole journey", "")
        yield from _gauges(found.indicators, 1)
    if found.commitments:
        yield Line(0, "Serving no goal", "")
        yield from _promises(found.commitments, 1)


def _gauges(found: tuple[IndicatorSeries, ...], depth: int) -> Iterator[Line]:
    for one in found:
        drawn = gauge(one)
        yield Line(depth, f"Indicator {one.number}", f"{gauge_label(drawn)}: {gauge_text(drawn)}")


def _promises(found: tuple[Commitment, ...], depth: int) -> Iterator[Line]:
    for one in found:
        yield Line(depth, f"Commitment {one.number}", promise_of(one))


def promise_of(one: Commitment) -> str:
    """A commitment on one line."""
    return f"{one.what}, by {short_date(one.due)} ({STATUSES[one.status]})"


def _title(goal: Goal) -> str:
    return f"{goal.level.capitalize()} {goal.number}"


def state_of(goal: Goal) -> str:
    """A goal's day, and its status once it is no longer open; empty without either."""
    when = f", by {short_date(goal.due)}" if goal.due else ""
    return when + (f" ({GOAL_STATUSES[goal.status]})" if goal.status != "open" else "")


def checklist(checks: tuple[GoalCheck, ...]) -> str:
    """`✓ specific  ○ measurable …`, told apart without colour."""
    return "  ".join(f"{MET if one.met else UNMET} {one.name}" for one in checks)


def _markdown(found: GoalTree) -> str:
    lines = [f"# Goals · {markdown(found.client.name)}", ""]
    if not found.views:
        lines += [markdown(EMPTY), ""]
    for one in _lines(found):
        bold = f"**{markdown(one.bold)}:** " if one.bold else ""
        lines.append(f"{'  ' * one.depth}- {bold}{markdown(one.text)}".rstrip())
    if found.hints:
        lines += ["", f"## {SECOND_LOOK}", "", *(f"- {markdown(one)}" for one in found.hints)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _terminal(found: GoalTree) -> Any:
    from rich.padding import Padding
    from rich.text import Text

    from trajplan.pages.look import TITLE, bulleted, heading, say, stacked

    parts: list[Any] = [say(f"Goals · {found.client.name}", TITLE), Text()]
    if not found.views:
        parts += [say(EMPTY), Text()]
    for one in _lines(found):
        text = Text()
        if one.bold:
            text.append_text(say(one.bold, TITLE))
            text.append("  ")
        text.append_text(say(one.text))
        parts.append(Padding(text, (0, 0, 0, 2 * one.depth)))
    if found.hints:
        rows = [(Text("–"), say(one)) for one in found.hints]
        parts += [Text(), heading(SECOND_LOOK), bulleted(rows)]
    return stacked(parts)


def goal_data(view: GoalView) -> dict[str, Any]:
    """One goal in JSON; `under`, `objectives`, `indicators` and `commitments` are numbers."""
    data = plain(view.goal)
    del data["parent_id"]
    return {
        **data,
        "under": view.under.number if view.under else None,
        "path": [one.text for one in (view.under, view.goal) if one],
        "checklist": {one.name: {"met": one.met, "hint": one.hint} for one in view.checks},
        "hints": list(view.hints),
        "objectives": [one.number for one in view.below],
        "indicators": [one.number for one in view.indicators],
        "commitments": [one.number for one in view.commitments],
    }


def indicator_data(one: IndicatorSeries, goal: int | None) -> dict[str, Any]:
    """An indicator in JSON; `goal` is a number, `share` is 0 at the start and 1 at the target."""
    data = plain(one)
    del data["goal_id"]
    now = indicator_standing(one)
    return {
        **data,
        "goal": goal,
        "readings": [{"date": each.date.isoformat(), "value": each.value} for each in one.readings],
        "value": now.value,
        "read_on": now.read_on.isoformat() if now.read_on else None,
        "share": now.share,
        "bar": bar(now.share),
    }
