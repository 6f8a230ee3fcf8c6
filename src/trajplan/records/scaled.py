"""Answers to scaled questions (R67): append-only; a session's newest counts."""

from __future__ import annotations

import datetime as dt

from trajplan.records.model import ScaledAnswer
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store


def add(
    store: Store,
    *,
    session_id: int,
    question_id: str,
    text: str,
    low: str,
    high: str,
    value: int,
    date: dt.date,
) -> ScaledAnswer:
    """Append one answer, a whole number 1-10; `low` and `high` are the words of 1 and 10."""
    return store.insert(
        ScaledAnswer(
            session_id=session_id,
            question_id=question_id,
            text=text,
            low=low,
            high=high,
            value=value,
            date=date,
        )
    )


def of_engagement(store: Store, engagement_id: int) -> tuple[ScaledAnswer, ...]:
    """Return every answer given in numbered sessions, by session and then in the order given."""
    numbers = session_numbers(store, engagement_id)
    answers = store.select(ScaledAnswer, session_id=numbers)
    return tuple(sorted(answers, key=lambda answer: numbers[answer.session_id]))
