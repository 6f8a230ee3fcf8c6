"""Which questions were planned or asked, in whose session. Only what was asked counts as used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from trajplan.records.model import QuestionUse
from trajplan.records.store import Store


def plan_uses(store: Store, session_id: int, question_ids: Iterable[str], date: dt.date) -> None:
    """Put these planned questions in the place of the session's earlier planned ones.

    One that was already asked in the session stays asked.
    """
    store.delete(QuestionUse, session_id=session_id, asked=False)
    asked = {use.question_id for use in store.select(QuestionUse, session_id=session_id)}
    planned = [question_id for question_id in question_ids if question_id not in asked]
    _insert(store, session_id, planned, date, asked=False)


def mark_asked(store: Store, session_id: int, question_ids: Iterable[str], date: dt.date) -> None:
    """Let exactly these questions count as asked in the session, and none as planned."""
    store.delete(QuestionUse, session_id=session_id)
    _insert(store, session_id, question_ids, date, asked=True)


def _insert(
    store: Store, session_id: int, question_ids: Iterable[str], date: dt.date, *, asked: bool
) -> None:
    for question_id in dict.fromkeys(question_ids):  # each once, in order
        store.insert(
            QuestionUse(session_id=session_id, question_id=question_id, date=date, asked=asked)
        )
