"""Plans are kept: one for each session, frozen once it was held."""

from __future__ import annotations

import sqlite3

from trajplan.errors import CannotDo
from trajplan.records.model import KeptPlan
from trajplan.records.store import Store


def keep(store: Store, plan: KeptPlan) -> None:
    """Keep a plan in place of the session's earlier one. Raises CannotDo when that is frozen."""
    store.delete(KeptPlan, session_id=plan.session_id, frozen=False)
    try:
        store.insert(plan)
    except sqlite3.IntegrityError:
        raise CannotDo(
            "the session was held: its plan is kept as it was and cannot be replaced"
        ) from None


def freeze(store: Store, session_id: int) -> bool:
    """Make the session's plan final; False when the session was never prepared."""
    plan = store.find(KeptPlan, session_id=session_id)
    if plan is None:
        return False
    store.update(plan, frozen=True)
    return True
