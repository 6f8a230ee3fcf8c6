"""Which questions were planned or asked, in whose session. Only what was asked counts as used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from trajplan.records import rows
from trajplan.records.records import QuestionUse
from trajplan.records.store import Store


def plan_uses(store: Store, session_id: int, question_ids: Iterable[str], date: dt.date) -> None:
    """Put these planned questions in the place of the session's earlier planned ones.

    One that was already asked in the session stays asked.
    """
    store.run("DELETE FROM question_uses WHERE session_id = ? AND asked = 0", (session_id,))
    kept = {
        row["question_id"]
        for row in store.run(
            "SELECT question_id FROM question_uses WHERE session_id = ?", (session_id,)
        )
    }
    _insert(store, session_id, [one for one in question_ids if one not in kept], date, asked=False)


def mark_asked(store: Store, session_id: int, question_ids: Iterable[str], date: dt.date) -> None:
    """Let exactly these questions count as asked in the session, and none as planned."""
    store.run("DELETE FROM question_uses WHERE session_id = ?", (session_id,))
    _insert(store, session_id, question_ids, date, asked=True)


def of_client(store: Store, client_id: int) -> tuple[QuestionUse, ...]:
    """Return every use in all the client's engagements, by date, in the order of the plan."""
    found = store.run(
        "SELECT u.question_id, u.session_id, e.client_id, s.engagement_id, u.date, u.asked"
        " FROM question_uses u JOIN sessions s ON s.id = u.session_id"
        " JOIN engagements e ON e.id = s.engagement_id"
        " WHERE e.client_id = ? ORDER BY u.date, u.id",
        (client_id,),
    )
    return tuple(rows.record(QuestionUse, row, flags=("asked",)) for row in found)


def last_used(store: Store) -> Mapping[str, dt.date]:
    """Return, over the whole caseload, the latest date each question was asked."""
    found = store.run(
        "SELECT question_id, max(date) AS date FROM question_uses WHERE asked = 1"
        " GROUP BY question_id ORDER BY question_id"
    )
    return {row["question_id"]: dt.date.fromisoformat(row["date"]) for row in found}


def _insert(
    store: Store, session_id: int, question_ids: Iterable[str], date: dt.date, *, asked: bool
) -> None:
    for one in dict.fromkeys(question_ids):  # each once, in order
        rows.insert(
            store, "question_uses", session_id=session_id, question_id=one, date=date, asked=asked
        )
