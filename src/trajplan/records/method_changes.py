"""Changes of method, of one session or from one on. On its way out."""

from __future__ import annotations

from msgspec.structs import asdict

from trajplan.records import model
from trajplan.records.records import MethodChange
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store


def of_engagement(store: Store, engagement_id: int) -> tuple[MethodChange, ...]:
    """Return every change of the engagement, in the order it was made."""
    numbers = session_numbers(store, engagement_id)
    return tuple(
        MethodChange(**asdict(change), session_number=numbers.get(change.session_id))
        for change in store.select(model.MethodChange, engagement_id=engagement_id)
    )
