"""Changes of method, of one session or from one on. On its way out."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import asdict

from trajplan.records import model
from trajplan.records.model import Method
from trajplan.records.records import MethodChange
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store


def add(
    store: Store,
    *,
    engagement_id: int,
    session_id: int,
    onward: bool,
    date: dt.date,
    before: Method,
    after: Method,
    reason: str,
) -> None:
    """Save one change. `onward`: the engagement works so from this session on."""
    store.insert(
        model.MethodChange(
            engagement_id=engagement_id,
            session_id=session_id,
            onward=onward,
            date=date,
            before=before,
            after=after,
            reason=reason,
        )
    )


def of_engagement(store: Store, engagement_id: int) -> tuple[MethodChange, ...]:
    """Return every change of the engagement, in the order it was made."""
    numbers = session_numbers(store, engagement_id)
    return tuple(
        MethodChange(**asdict(change), session_number=numbers.get(change.session_id))
        for change in store.select(model.MethodChange, engagement_id=engagement_id)
    )
