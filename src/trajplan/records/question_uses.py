"""Which questions were planned or asked, in whose session. Only what was asked counts as used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from trajplan.records import model
from trajplan.records.model import Engagement, Session
from trajplan.records.records import QuestionUse
from trajplan.records.store import Store


def plan_uses(store: Store, session_id: int, question_ids: Iterable[str], date: dt.date) -> None:
    """Put these planned questions in the place of the session's earlier planned ones.

    One that was already asked in the session stays asked.
    """
    store.delete(model.QuestionUse, session_id=session_id, asked=False)
    asked = {use.question_id for use in store.select(model.QuestionUse, session_id=session_id)}
    planned = [question_id for question_id in question_ids if question_id not in asked]
    _insert(store, session_id, planned, date, asked=False)


def mark_asked(store: Store, session_id: int, question_ids: Iterable[str], date: dt.date) -> None:
    """Let exactly these questions count as asked in the session, and none as planned."""
    store.delete(model.QuestionUse, session_id=session_id)
    _insert(store, session_id, question_ids, date, asked=True)


def of_client(store: Store, client_id: int) -> tuple[QuestionUse, ...]:
    """Return every use in all the client's engagements, by date, in the order of the plan."""
    engagements = store.select(Engagement, client_id=client_id)
    sessions = {
        session.id: session
        for session in store.select(
            Session, engagement_id=[engagement.id for engagement in engagements]
        )
    }
    return tuple(
        QuestionUse(
            question_id=use.question_id,
            session_id=use.session_id,
            client_id=client_id,
            engagement_id=sessions[use.session_id].engagement_id,
            date=use.date,
            asked=use.asked,
        )
        for use in store.select(model.QuestionUse, session_id=sessions)
    )


def last_used(store: Store) -> Mapping[str, dt.date]:
    """Return, over the whole caseload, the latest date each question was asked."""
    rows = store.run(
        "SELECT question_id, max(date) AS date FROM question_uses WHERE asked = 1"
        " GROUP BY question_id ORDER BY question_id"
    )
    return {row["question_id"]: dt.date.fromisoformat(row["date"]) for row in rows}


def _insert(
    store: Store, session_id: int, question_ids: Iterable[str], date: dt.date, *, asked: bool
) -> None:
    for question_id in dict.fromkeys(question_ids):  # each once, in order
        store.insert(
            model.QuestionUse(
                session_id=session_id, question_id=question_id, date=date, asked=asked
            )
        )
