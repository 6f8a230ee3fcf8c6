"""The echo: the client's first words asked again, with what they say now."""

from __future__ import annotations

from trajplan.records import rows
from trajplan.records.records import Echo
from trajplan.records.store import Store

_SELECT = (
    "SELECT e.*, s.number AS session_number FROM echoes e JOIN sessions s ON s.id = e.session_id"
)


def keep(store: Store, session_id: int, question: str, *, words: str, answer: str) -> None:
    """Keep one answer, in the place of an earlier one of the same session."""
    store.run("DELETE FROM echoes WHERE session_id = ? AND question = ?", (session_id, question))
    rows.insert(
        store, "echoes", session_id=session_id, question=question, words=words, answer=answer
    )


def of_engagement(store: Store, engagement_id: int) -> tuple[Echo, ...]:
    """Return every answer, by session."""
    found = store.run(f"{_SELECT} WHERE s.engagement_id = ? ORDER BY s.number", (engagement_id,))
    return tuple(rows.record(Echo, row) for row in found)
