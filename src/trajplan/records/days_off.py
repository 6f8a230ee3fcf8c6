"""Days off the coach names: no session is planned on them. They belong to the whole practice."""

from __future__ import annotations

import datetime as dt

from trajplan.records import rows
from trajplan.records.records import DaysOff
from trajplan.records.store import Store


def add(store: Store, *, first: dt.date, last: dt.date, name: str) -> DaysOff:
    """Keep a stretch of days off, both ends included."""
    number = rows.insert(store, "days_off", first=first, last=last, name=name)
    row = store.run("SELECT * FROM days_off WHERE id = ?", (number,)).fetchone()
    return rows.record(DaysOff, row)


def every(store: Store) -> tuple[DaysOff, ...]:
    """Return all of them by date."""
    found = store.run("SELECT * FROM days_off ORDER BY first, last, id")
    return tuple(rows.record(DaysOff, row) for row in found)


def remove(store: Store, days_off_id: int) -> None:
    """Forget a stretch."""
    store.run("DELETE FROM days_off WHERE id = ?", (days_off_id,))
