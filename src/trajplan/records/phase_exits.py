"""Phase exits: what the coach ticked of a phase's milestone, each look kept (R10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trajplan.records.model import PhaseExit
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
    """Save a look at a phase's milestone."""
    return store.insert(
        PhaseExit(
            engagement_id=engagement_id,
            phase=phase,
            date=date,
            met=tuple(met),
            unmet=tuple(unmet),
            reason=reason,
        )
    )
