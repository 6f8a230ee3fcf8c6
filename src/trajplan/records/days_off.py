"""Days off the coach names: no session is planned on them. They belong to the whole practice."""

from __future__ import annotations

import datetime as dt

from trajplan.records.model import DaysOff
from trajplan.records.store import Store


def add(store: Store, *, first: dt.date, last: dt.date, name: str) -> DaysOff:
    """Save a stretch of days off, both ends included."""
    return store.insert(DaysOff(first=first, last=last, name=name))


def remove(store: Store, days_off_id: int) -> None:
    """Forget a stretch."""
    store.delete(DaysOff, id=days_off_id)
