"""The echo: the client's first words asked again, with what they say now."""

from __future__ import annotations

from msgspec.structs import asdict

from trajplan.records import model
from trajplan.records.records import Echo
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store


def of_engagement(store: Store, engagement_id: int) -> tuple[Echo, ...]:
    """Return every answer, by session."""
    numbers = session_numbers(store, engagement_id)
    echoes = store.select(model.Echo, session_id=numbers)
    return tuple(
        Echo(**asdict(echo), session_number=numbers[echo.session_id])
        for echo in sorted(echoes, key=lambda echo: numbers[echo.session_id])
    )
