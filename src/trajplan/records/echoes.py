"""The echo: the client's first words asked again, with what they say now."""

from __future__ import annotations

from msgspec.structs import asdict

from trajplan.records import model
from trajplan.records.model import EchoQuestion
from trajplan.records.records import Echo
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store


def keep(store: Store, session_id: int, question: EchoQuestion, *, words: str, answer: str) -> None:
    """Save one answer, in the place of an earlier one of the same session."""
    store.delete(model.Echo, session_id=session_id, question=question)
    store.insert(model.Echo(session_id=session_id, question=question, words=words, answer=answer))


def of_engagement(store: Store, engagement_id: int) -> tuple[Echo, ...]:
    """Return every answer, by session."""
    numbers = session_numbers(store, engagement_id)
    echoes = store.select(model.Echo, session_id=numbers)
    return tuple(
        Echo(**asdict(echo), session_number=numbers[echo.session_id])
        for echo in sorted(echoes, key=lambda echo: numbers[echo.session_id])
    )
