"""The echo: which of the client's first words a wrap should have answers to."""

from __future__ import annotations

from trajplan.actions.context import Context
from trajplan.actions.resolve import find_session
from trajplan.planning.first_words import echo_sessions, then_and_since, words_at_start
from trajplan.planning.plan import FirstWords
from trajplan.records.model import Engagement, Session, WrapRecord
from trajplan.records.store import Store


def first_words(store: Store, engagement: Engagement) -> dict[str, str]:
    """The client's first words, by question."""
    first = store.find(Session, engagement_id=engagement.id, number=1)
    wrap = store.find(WrapRecord, session_id=first.id) if first else None
    return words_at_start(engagement, wrap)


def echo_to_ask(
    context: Context, *, client: str | None, number: str | None
) -> tuple[FirstWords, ...]:
    """The words a wrap of this session should have answers to."""
    with context.read(client) as records:
        dossier = records.dossier
    session = find_session(dossier.engagement, dossier.sessions, number)
    if session.number not in echo_sessions(dossier.engagement.sessions):
        return ()
    return tuple(words for words in then_and_since(dossier) if words.then)
