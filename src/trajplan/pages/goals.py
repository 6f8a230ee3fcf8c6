"""Goals: the tree from theme to commitment with its bars, and one goal in full (R85-R87, R90)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from trajplan.actions.client_records import Detail
from trajplan.actions.goals import GoalView, goal_view
from trajplan.dates import short_date
from trajplan.measures.goals import GoalCheck, indicator_state
from trajplan.pages.document import Document, client_data, record_data
from trajplan.pages.indicators import indicator_data, indicator_pair
from trajplan.pages.page import (
    Block,
    Bullets,
    Heading,
    Inline,
    Item,
    Line,
    Page,
    Pair,
    Text,
    bold,
    labelled,
    sentence,
)
from trajplan.pages.words import commitment_line, place_in_journey
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import WAITING, Commitment
from trajplan.records.model.goals import Goal, GoalChange, IndicatorSeries

GOAL_STATUSES = {"open": "open", "reached": "reached", "let_go": "let go"}
MET, UNMET = "✓", "○"
EMPTY = "No goal yet; `trajplan goals add` saves the first, and a theme comes before an objective."
CHANGED_PARTS = {
    "level": "now a",
    "under": "under",
    "text": "now says",
    "measure": "noticed by",
    "due": "by",
    "attainable": "attainable",
    "matters": "matters for",
    "status": "status",
}
"""How a change of each part of a goal begins."""


def goal_tree(dossier: Dossier, views: Sequence[GoalView]) -> Document:
    """Every goal with what serves it, and what is worth a second look."""
    unlinked = [
        commitment
        for commitment in dossier.commitments
        if commitment.goal_id is None and commitment.status in WAITING
    ]
    hints = tuple(f"{_name(view.goal)}: {hint}" for view in views for hint in view.hints)
    return Document(
        page=lambda: Page(
            f"Goals · {dossier.client.name}", tuple(_tree(dossier, views, unlinked, hints))
        ),
        data=lambda: {
            **client_data(dossier.client),
            "goals": [goal_data(view) for view in views],
            "indicators": [
                indicator_data(indicator, number) for indicator, number in _in_order(dossier, views)
            ],
            "unlinked_commitments": [commitment.number for commitment in unlinked],
            "hints": hints,
        },
        rows=("goals",),
    )


def _in_order(
    dossier: Dossier, views: Sequence[GoalView]
) -> Iterator[tuple[IndicatorSeries, int | None]]:
    """Indicators with the numbers of their goals, those of the journey as a whole last."""
    for view in views:
        for indicator in view.indicators:
            yield indicator, view.goal.number
    for indicator in _of_journey(dossier):
        yield indicator, None


def _of_journey(dossier: Dossier) -> tuple[IndicatorSeries, ...]:
    return dossier.indicators_of(None)


def _tree(
    dossier: Dossier,
    views: Sequence[GoalView],
    unlinked: Sequence[Commitment],
    hints: tuple[str, ...],
) -> Iterator[Block]:
    if not views:
        yield Line(sentence(EMPTY))
    under: dict[int, list[GoalView]] = {}
    for view in views:
        if view.under:
            under.setdefault(view.under.id, []).append(view)
    items = [_theme(view, under.get(view.goal.id, ())) for view in views if not view.under]
    if indicators := _of_journey(dossier):
        items.append(Item((bold("For the whole journey:"),), below=_indicators(indicators)))
    if unlinked:
        items.append(Item((bold("Serving no goal:"),), below=_commitments(unlinked)))
    if items:
        yield Bullets(tuple(items))
    if hints:
        yield Heading("Worth a second look")
        yield Bullets(hints)


def _theme(theme: GoalView, below: Sequence[GoalView]) -> Item:
    """A theme with the objectives under it; an objective has nothing under it."""
    objectives = tuple(_theme(view, ()) for view in below)
    checks = (f"SMART: {_checklist(theme.checks)}",) if theme.checks else ()
    goal = theme.goal
    return Item(
        (bold(f"{_name(goal)}:"), f" {goal.text}{_state(goal)}"),
        below=(
            *checks,
            *_indicators(theme.indicators),
            *_commitments(theme.commitments),
            *objectives,
        ),
    )


def _indicators(indicators: Iterable[IndicatorSeries]) -> tuple[Text, ...]:
    return tuple(_line(indicator_pair(indicator_state(indicator))) for indicator in indicators)


def _commitments(commitments: Iterable[Commitment]) -> tuple[Text, ...]:
    return tuple(_line(_commitment(commitment)) for commitment in commitments)


def _commitment(commitment: Commitment) -> Pair:
    return Pair(f"Commitment {commitment.number}", commitment_line(commitment))


def _line(pair: Pair) -> Text:
    text: tuple[Inline, ...] = (pair.text,) if isinstance(pair.text, str) else pair.text
    return (bold(f"{pair.label}:"), " ", *text)


def _name(goal: Goal) -> str:
    return f"{goal.level.capitalize()} {goal.number}"


def _state(goal: Goal) -> str:
    """A goal's day, and its status once it is no longer open; empty without either."""
    when = f", by {short_date(goal.due)}" if goal.due else ""
    return when + (f" ({GOAL_STATUSES[goal.status]})" if goal.status != "open" else "")


def _checklist(checks: Iterable[GoalCheck]) -> str:
    """`✓ specific · ○ measurable …`, told apart without colour."""
    return " · ".join(f"{MET if check.met else UNMET} {check.name}" for check in checks)


def goal_page(detail: Detail[Goal], today: dt.date) -> Document:
    """One goal: its place, its checklist, what serves it, and what it was before."""
    view = goal_view(detail.dossier, detail.record, today)
    return Document(
        page=lambda: _page(detail.dossier, view),
        data=lambda: {
            **client_data(detail.dossier.client),
            **goal_data(view),
            "history": [_change_data(change) for change in view.history],
        },
    )


def _page(dossier: Dossier, view: GoalView) -> Page:
    goal = view.goal
    return Page.of(
        f"{dossier.client.name} · {place_in_journey(dossier)} · goal {goal.number}",
        labelled(
            (goal.level.capitalize(), goal.text),
            ("Under", f"{view.under.number} {view.under.text}" if view.under else ""),
            ("Status", GOAL_STATUSES[goal.status]),
            ("Noticed by", goal.measure),
            ("By", short_date(goal.due) if goal.due else ""),
            ("Attainable, 1–10", str(goal.attainable or "")),
            ("Matters for", goal.matters),
            *(
                (f"{MET if check.met else UNMET} {check.name.capitalize()}", check.hint)
                if check.hint
                else (f"{MET} {check.name.capitalize()}", "yes")
                for check in view.checks
            ),
            *(
                (f"Objective {objective.number}", f"{objective.text}{_state(objective)}")
                for objective in view.below
            ),
            *(indicator_pair(indicator_state(indicator)) for indicator in view.indicators),
            *map(_commitment, view.commitments),
            *(("Hint", hint) for hint in view.hints),
            *_history(view.history),
        ),
    )


def _history(changes: Sequence[GoalChange]) -> Iterator[tuple[str, str]]:
    """The first wording, then what each change changed."""
    for index, change in enumerate(changes):
        day = short_date(change.date)
        if index == 0:
            under = f", under “{change.under}”" if change.under else ""
            yield f"First, {day}", f"{change.level} “{change.text}”{under}"
            continue
        parts = "; ".join(_changed(changes[index - 1], change)) or "looked at and left as it was"
        because = f" (because: {change.because})" if change.because else ""
        yield f"Changed {day}", f"{parts}{because}"


def _changed(before: GoalChange, after: GoalChange) -> Iterator[str]:
    for name, label in CHANGED_PARTS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "due":
            old, new = (short_date(day) if day else "no date" for day in (old, new))
            yield f"{label} {new} (was {old})"
        elif name == "status":
            yield f"{label} {GOAL_STATUSES[new]} (was {GOAL_STATUSES[old]})"
        elif name in ("level", "attainable"):
            yield f"{label} {new}" + (f" (was {old})" if old else "")
        else:
            yield f"{label} “{new}”" if new else f"no longer {label} “{old}”"


def _change_data(change: GoalChange) -> dict[str, Any]:
    data = record_data(change)
    del data["id"]
    return data


def goal_data(view: GoalView) -> dict[str, Any]:
    """One goal in JSON; `under`, `objectives`, `indicators` and `commitments` are numbers."""
    return {
        **record_data(view.goal),
        "under": view.under.number if view.under else None,
        "path": [goal.text for goal in (view.under, view.goal) if goal],
        "checklist": {check.name: {"met": check.met, "hint": check.hint} for check in view.checks},
        "hints": view.hints,
        "objectives": [goal.number for goal in view.below],
        "indicators": [indicator.number for indicator in view.indicators],
        "commitments": [commitment.number for commitment in view.commitments],
    }
