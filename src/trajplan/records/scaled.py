"""Answers to scaled questions (R67): append-only; a session's newest counts."""

from __future__ import annotations

from trajplan.records.model import ScaledAnswer
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store


def of_engagement(store: Store, engagement_id: int) -> tuple[ScaledAnswer, ...]:
    """Return every answer given in numbered sessions, by session and then in the order given."""
    numbers = session_numbers(store, engagement_id)
    answers = store.select(ScaledAnswer, session_id=numbers)
    return tuple(sorted(answers, key=lambda answer: numbers[answer.session_id]))
