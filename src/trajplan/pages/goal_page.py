"""One goal in full: its checklist, what serves it, and what it was before (R85, R87)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trajplan.actions.goals import GoalDetail
from trajplan.codec import to_plain
from trajplan.dates import short_date
from trajplan.pages.bars import gauge, gauge_label, gauge_text
from trajplan.pages.document import Document
from trajplan.pages.goals import (
    GOAL_STATUSES,
    MET,
    UNMET,
    goal_data,
    promise_of,
    state_of,
)
from trajplan.pages.listing import Card, card
from trajplan.records.model import GoalChange, IndicatorSeries


def goal_page(found: GoalDetail) -> Document:
    """One goal: its place, its checklist, what serves it, and what it was before."""
    view = found.view
    goal = view.goal
    return card(
        Card(
            title=f"{found.client.name} · {found.place} · goal {goal.number}",
            pairs=(
                (goal.level.capitalize(), goal.text),
                ("Under", f"{view.under.number} {view.under.text}" if view.under else ""),
                ("Status", GOAL_STATUSES[goal.status]),
                ("Noticed by", goal.measure),
                ("By", short_date(goal.due) if goal.due else ""),
                ("Attainable, 1–10", str(goal.attainable or "")),
                ("Matters for", goal.matters),
                *(
                    (
                        f"{MET if one.met else UNMET} {one.name.capitalize()}",
                        one.hint or "yes",
                    )
                    for one in view.checks
                ),
                *((f"Objective {one.number}", f"{one.text}{state_of(one)}") for one in view.below),
                *(
                    (f"Indicator {one.number}", f"{gauge_label(gauge(one))}: {_drawn(one)}")
                    for one in view.indicators
                ),
                *((f"Commitment {one.number}", promise_of(one)) for one in view.commitments),
                *(("Hint", one) for one in view.hints),
                *_history(view.history),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                **goal_data(view),
                "history": [_change_data(one) for one in view.history],
            },
        )
    )


def _drawn(one: IndicatorSeries) -> str:
    return gauge_text(gauge(one))


def _history(found: tuple[GoalChange, ...]) -> Iterator[tuple[str, str]]:
    """The first wording, then what each change changed."""
    for at, one in enumerate(found):
        when = short_date(one.date)
        if at == 0:
            yield f"First, {when}", _first(one)
            continue
        changed = "; ".join(_changed(found[at - 1], one)) or "looked at and left as it was"
        yield f"Changed {when}", changed + (f" (because: {one.because})" if one.because else "")


def _first(one: GoalChange) -> str:
    under = f", under “{one.under}”" if one.under else ""
    return f"{one.level} “{one.text}”{under}"


LABELS = {
    "level": "now a",
    "under": "under",
    "text": "now says",
    "measure": "noticed by",
    "due": "by",
    "attainable": "attainable",
    "matters": "matters for",
    "status": "status",
}


def _changed(before: GoalChange, after: GoalChange) -> Iterator[str]:
    for name, label in LABELS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "due":
            old, new = (short_date(one) if one else "no date" for one in (old, new))
            yield f"{label} {new} (was {old})"
        elif name == "status":
            yield f"{label} {GOAL_STATUSES[new]} (was {GOAL_STATUSES[old]})"
        elif name in ("level", "attainable"):
            yield f"{label} {new}" + (f" (was {old})" if old else "")
        else:
            yield f"{label} “{new}”" if new else f"no longer {label} “{old}”"


def _change_data(one: GoalChange) -> dict[str, Any]:
    data: dict[str, Any] = to_plain(one)
    del data["id"], data["goal_id"]
    return data
