"""Questions a coach does not want planned any more: for one client, or for good."""

from __future__ import annotations

import datetime as dt

from trajplan.records import model
from trajplan.records.model import Client
from trajplan.records.records import RetiredQuestion
from trajplan.records.store import Store


def add(store: Store, question_id: str, client_id: int | None, since: dt.date) -> bool:
    """Retire a question; without a client, for good. False when it was so already."""
    if store.find(model.RetiredQuestion, question_id=question_id, client_id=client_id):
        return False
    store.insert(model.RetiredQuestion(question_id=question_id, client_id=client_id, since=since))
    return True


def remove(store: Store, question_id: str, client_id: int | None) -> bool:
    """Take one retirement back. False when there was none."""
    return bool(store.delete(model.RetiredQuestion, question_id=question_id, client_id=client_id))


def of_question(store: Store, question_id: str) -> tuple[RetiredQuestion, ...]:
    """Return for whom a question is retired, the one for good first."""
    return tuple(question for question in everything(store) if question.question_id == question_id)


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
