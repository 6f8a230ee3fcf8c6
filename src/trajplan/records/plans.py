"""Plans are kept: one for each session, frozen once it was held."""

from __future__ import annotations

from trajplan.errors import CannotDo
from trajplan.records import rows
from trajplan.records.records import KeptPlan
from trajplan.records.store import Store


def keep(store: Store, plan: KeptPlan) -> None:
    """Keep a plan in place of the session's earlier one. Raises CannotDo when that is frozen."""
    earlier = of_session(store, plan.session_id)
    if earlier is not None and earlier.frozen:
        raise CannotDo("the session was held: its plan is kept as it was and cannot be replaced")
    store.run("DELETE FROM plans WHERE session_id = ?", (plan.session_id,))
    rows.insert(
        store,
        "plans",
        session_id=plan.session_id,
        made_on=plan.made_on,
        client_revision=plan.client_revision,
        library_digest=plan.library_digest,
        options=plan.options,
        body=plan.body,
        frozen=plan.frozen,
    )


def of_session(store: Store, session_id: int) -> KeptPlan | None:
    """Return the kept plan, as it was made."""
    row = store.run("SELECT * FROM plans WHERE session_id = ?", (session_id,)).fetchone()
    if row is None:
        return None
    return rows.record(KeptPlan, row, lists=("options", "body"), flags=("frozen",))


def freeze(store: Store, session_id: int) -> bool:
    """Make the session's plan final; False when the session was never prepared."""
    frozen = store.run("UPDATE plans SET frozen = 1 WHERE session_id = ?", (session_id,))
    return frozen.rowcount == 1
