"""Phase exits: what the coach ticked of a phase's milestone, each look kept (R10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trajplan.records import rows
from trajplan.records.records import PhaseExit
from trajplan.records.store import Store


def add(
    store: Store,
    *,
    engagement_id: int,
    phase: str,
    date: dt.date,
    met: Sequence[str],
    unmet: Sequence[str],
    reason: str,
) -> PhaseExit:
    """Keep a look at a phase's milestone."""
    number = rows.insert(
        store,
        "phase_exits",
        engagement_id=engagement_id,
        phase=phase,
        date=date,
        met=tuple(met),
        unmet=tuple(unmet),
        reason=reason,
    )
    row = store.run("SELECT * FROM phase_exits WHERE id = ?", (number,)).fetchone()
    return rows.record(PhaseExit, row, lists=("met", "unmet"))


def of_engagement(store: Store, engagement_id: int) -> tuple[PhaseExit, ...]:
    """Return every look at a milestone, in the order they were kept; the last of a phase holds."""
    found = store.run(
        "SELECT * FROM phase_exits WHERE engagement_id = ? ORDER BY id", (engagement_id,)
    )
    return tuple(rows.record(PhaseExit, row, lists=("met", "unmet")) for row in found)
