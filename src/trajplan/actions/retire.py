"""`questions update`: questions no plan shall hold any more, for one client or for good."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientEngagement, case_of, next_session
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.records import clients, retired
from trajplan.records.model import Client, Session
from trajplan.records.records import RetiredQuestion
from trajplan.records.store import Store, reading, writing


class Retirement(Struct, frozen=True, kw_only=True):
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
    standing: tuple[RetiredQuestion, ...]
    """For whom it is retired now."""


def retire(
    context: Context, name: str, never: bool, again: bool, *, client: str | None
) -> Retirement:
    """Retire a question, or with `again` take that back; without a client, for every client.

    Raises UsageFault when neither is said, NotFound, CannotDo when there is nothing to take back.
    """
    if not (never or again):
        raise UsageFault("nothing to change; --never retires the question, --again takes that back")
    with writing(context.practice, create=False) as store:
        case = case_of(store, client) if client is not None else None
        before = retired.of_question(store, name)
        # One that is retired may have left the library since; taking it back needs no text.
        if name not in context.library.questions and not (again and before):
            raise NotFound.among("question", name, context.library.questions)
        whose = case.client.id if case else None
        if again:
            if not retired.remove(store, name, whose):
                raise CannotDo(_nothing_to_take_back(name, case, before))
            changed = True
        else:
            changed = retired.add(store, name, whose, context.today)
        if changed:
            for one in [case.client] if case else store.select(Client):
                clients.touch(store, one.id)
        found = context.library.questions.get(name)
        return Retirement(
            question=name,
            text=found[0].text if found else "",
            client=case.client if case else None,
            next=_next(store, case) if case else None,
            again=again,
            changed=changed,
            standing=retired.of_question(store, name),
        )


def _next(store: Store, case: ClientEngagement) -> int | None:
    following = next_session(store.select(Session, engagement_id=case.engagement.id))
    return following.number if following else None


def _nothing_to_take_back(
    name: str, case: ClientEngagement | None, before: Sequence[RetiredQuestion]
) -> str:
    whom = f" for `{case.client.slug}`" if case else " for good"
    if not before:
        return f"question `{name}` is not retired"
    slugs = [f"`--client {one.client}`" for one in before if one.client]
    others = [] if before[0].client else ["every client: leave --client out"]
    others += [f"one client: {' or '.join(slugs)}"] if slugs else []
    return f"question `{name}` is not retired{whom}, but for {'; for '.join(others)}"


def standing(context: Context, name: str) -> tuple[RetiredQuestion, ...]:
    """For whom a question is retired; nothing where no practice has been begun."""
    return tuple(one for one in all_retired(context) if one.question_id == name)


def all_retired(context: Context) -> tuple[RetiredQuestion, ...]:
    """Every retirement; nothing where no practice has been begun."""
    if not context.practice.exists():
        return ()
    with reading(context.practice) as store:
        return retired.everything(store)
