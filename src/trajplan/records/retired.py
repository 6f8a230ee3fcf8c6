"""Questions a coach does not want planned any more: for one client, or for good."""

from __future__ import annotations

from trajplan.records import model
from trajplan.records.model import Client
from trajplan.records.records import RetiredQuestion
from trajplan.records.store import Store


def for_client(store: Store, client_id: int) -> frozenset[str]:
    """Return the ids no plan of this client shall hold."""
    return frozenset(
        question.question_id
        for question in store.select(model.RetiredQuestion)
        if question.client_id in (None, client_id)
    )


def everything(store: Store) -> tuple[RetiredQuestion, ...]:
    """Return every retirement, by question, the one for good before those for clients."""
    clients = {client.id: client for client in store.select(Client)}
    questions = []
    for question in store.select(model.RetiredQuestion):
        client = clients.get(question.client_id or 0)
        questions.append(
            RetiredQuestion(
                question_id=question.question_id,
                client=client.slug if client else None,
                client_name=client.name if client else None,
                since=question.since,
            )
        )
    return tuple(
        sorted(questions, key=lambda question: (question.question_id, question.client or ""))
    )
