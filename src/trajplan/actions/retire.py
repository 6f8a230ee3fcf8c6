"""`questions update`: questions no plan shall hold any more, for one client or for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from trajplan.actions.client_records import ClientEngagement
from trajplan.actions.context import Context
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.records.dossier import next_session
from trajplan.records.model import Client, RetiredQuestion, Session
from trajplan.records.store import Store, reading


class Retirement(Struct, frozen=True, kw_only=True):
    """A question that plans leave out, and for whom."""

    question_id: str
    client: str | None
    """The client's slug; None: every client."""
    client_name: str | None
    since: dt.date


class RetirementChange(Struct, frozen=True, kw_only=True):
    """What a change of a question's retirement came to."""

    question: str
    text: str
    """Empty when the library holds it no more."""
    client: Client | None
    """None: every client."""
    next: int | None
    """Number of the client's next session; None: no session is left, or every client."""
    again: bool
    changed: bool
    standing: tuple[Retirement, ...]
    """For whom it is retired now."""


def retire(
    context: Context, name: str, never: bool, again: bool, *, client: str | None
) -> RetirementChange:
    """Retire a question, or with `again` take that back; without a client, for every client.

    Raises UsageFault when neither is said, NotFound, CannotDo when there is nothing to take back.
    """
    if not (never or again):
        raise UsageFault("nothing to change; --never retires the question, --again brings it back")
    if client is not None:
        with context.write(client) as records:
            return _change(context, records, name, again, records.case)
    with context.write_own() as store:
        change = _change(context, store, name, again, None)
        if change.changed:
            for every_client in store.select(Client):
                store.update(every_client, revision=every_client.revision + 1)
        return change


def _change(
    context: Context, store: Store, name: str, again: bool, case: ClientEngagement | None
) -> RetirementChange:
    before = _retirements(store, name)
    # One that is retired may have left the library since; taking it back needs no text.
    if name not in context.library.questions and not (again and before):
        raise NotFound.among("question", name, context.library.questions)
    client_id = case.client.id if case else None
    changed = True
    if again:
        if not store.delete(RetiredQuestion, question_id=name, client_id=client_id):
            raise CannotDo(_nothing_to_take_back(name, case, before))
    elif store.find(RetiredQuestion, question_id=name, client_id=client_id):
        changed = False
    else:
        store.insert(RetiredQuestion(question_id=name, client_id=client_id, since=context.today))
    question = context.library.questions.get(name)
    return RetirementChange(
        question=name,
        text=question[0].text if question else "",
        client=case.client if case else None,
        next=_next(store, case) if case else None,
        again=again,
        changed=changed,
        standing=_retirements(store, name),
    )


def _next(store: Store, case: ClientEngagement) -> int | None:
    following = next_session(store.select(Session, engagement_id=case.engagement.id))
    return following.number if following else None


def _nothing_to_take_back(
    name: str, case: ClientEngagement | None, before: Sequence[Retirement]
) -> str:
    whom = f" for `{case.client.slug}`" if case else " for good"
    if not before:
        return f"question `{name}` is not retired"
    slugs = [f"`--client {retirement.client}`" for retirement in before if retirement.client]
    others = [] if before[0].client else ["every client: leave --client out"]
    others += [f"one client: {' or '.join(slugs)}"] if slugs else []
    return f"question `{name}` is not retired{whom}, but for {'; for '.join(others)}"


def retirements_of(context: Context, name: str) -> tuple[Retirement, ...]:
    """For whom a question is retired; nothing where no practice has been begun."""
    return tuple(
        retirement for retirement in all_retirements(context) if retirement.question_id == name
    )


def all_retirements(context: Context) -> tuple[Retirement, ...]:
    """Every retirement; nothing where no practice has been begun."""
    if not context.practice.exists():
        return ()
    with reading(context.practice) as store:
        return _retirements(store)


def _retirements(store: Store, name: str = "") -> tuple[Retirement, ...]:
    """Retirements by question, the one for good before those for clients; of `name` alone."""
    clients = {client.id: client for client in store.select(Client)}
    named = {"question_id": name} if name else {}
    retirements = [
        _retirement(question, clients.get(question.client_id or 0))
        for question in store.select(RetiredQuestion, **named)
    ]
    return tuple(
        sorted(
            retirements,
            key=lambda retirement: (retirement.question_id, retirement.client or ""),
        )
    )


def _retirement(question: RetiredQuestion, client: Client | None) -> Retirement:
    return Retirement(
        question_id=question.question_id,
        client=client.slug if client else None,
        client_name=client.name if client else None,
        since=question.since,
    )
