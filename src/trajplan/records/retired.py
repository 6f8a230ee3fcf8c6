"""Questions a coach does not want planned any more: for one client, or for good."""

from __future__ import annotations

import datetime as dt

from trajplan.records import rows
from trajplan.records.records import RetiredQuestion
from trajplan.records.store import Store

_SELECT = (
    "SELECT r.question_id, r.since, c.slug AS client, c.name AS client_name"
    " FROM retired_questions r LEFT JOIN clients c ON c.id = r.client_id"
)
_ORDER = " ORDER BY r.question_id, r.client_id IS NOT NULL, c.slug"


def add(store: Store, question_id: str, client_id: int | None, since: dt.date) -> bool:
    """Retire a question; without a client, for good. False when it was so already."""
    made = store.run(
        "INSERT INTO retired_questions (question_id, client_id, since) VALUES (?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (question_id, client_id, since.isoformat()),
    )
    return bool(made.rowcount)


def remove(store: Store, question_id: str, client_id: int | None) -> bool:
    """Take one retirement back. False when there was none."""
    gone = store.run(
        "DELETE FROM retired_questions WHERE question_id = ? AND client_id IS ?",
        (question_id, client_id),
    )
    return bool(gone.rowcount)


def of_question(store: Store, question_id: str) -> tuple[RetiredQuestion, ...]:
    """Return for whom a question is retired, the one for good first."""
    found = store.run(f"{_SELECT} WHERE r.question_id = ?{_ORDER}", (question_id,))
    return tuple(rows.record(RetiredQuestion, row) for row in found)


def for_client(store: Store, client_id: int) -> frozenset[str]:
    """Return the ids no plan of this client shall hold."""
    found = store.run(
        "SELECT question_id FROM retired_questions WHERE client_id IS NULL OR client_id = ?",
        (client_id,),
    )
    return frozenset(row["question_id"] for row in found)


def everything(store: Store) -> tuple[RetiredQuestion, ...]:
    """Return every retirement, by question."""
    return tuple(rows.record(RetiredQuestion, row) for row in store.run(f"{_SELECT}{_ORDER}"))
