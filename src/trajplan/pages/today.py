"""The day on one page: who comes, and what waits with whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trajplan.actions.today import ClientToday, Today
from trajplan.dates import long_date, short_date
from trajplan.pages.document import Document, client_data
from trajplan.pages.page import Block, Bullets, Heading, Item, Line, Page, Span, code, quiet
from trajplan.planning.due_items import DueItem

DUE_STATES = {"open": "open", "partly": "done in part", "not_yet": "not done yet"}


def today_page(today: Today) -> Document:
    """Everything that waits, client by client; clients with nothing are named in one line."""
    return Document(
        page=lambda: Page(f"Today · {long_date(today.date)}", tuple(_clients(today))),
        data=lambda: _data(today),
    )


def _clients(today: Today) -> Iterator[Block]:
    for client in today.clients:
        if client.busy:
            yield Heading(client.client.name)
            yield Line((quiet(_next(client)),))
            yield Bullets((*(_due(client, due) for due in client.waiting), *_off_track(client)))
    idle = [
        f"{client.client.name} ({_next(client)})" for client in today.clients if not client.busy
    ]
    if idle:
        yield Line(f"Nothing waits with {'; '.join(idle)}.")


def _next(client: ClientToday) -> str:
    if client.closed:
        return f"closed {short_date(client.closed)}"
    if client.next is None:
        return "every session is held"
    if client.next.state != "planned":
        return f"next: session {client.next.number}, {client.next.state}, no new day yet"
    return f"next: session {client.next.number}, {short_date(client.next.date)}"


def _due(client: ClientToday, due: DueItem) -> Item:
    """One thing to do, and the command that does it."""
    text = due.text
    if due.kind == "commitment_due":
        text = f"due {short_date(due.date)} and {DUE_STATES[due.state]}: {due.text}"
    if due.session:
        text = f"session {due.session}: {text}"
    return Item(text, below=((code(_command(client, due)),),))


def _command(client: ClientToday, due: DueItem) -> str:
    return f"{due.command} --client {client.client.slug}"


def _off_track(client: ClientToday) -> tuple[Item, ...]:
    """The signs that the journey stalls, and what may be behind them."""
    if not client.off_track:
        return ()
    why = code(f"trajplan journey --client {client.client.slug}")
    return (
        Item(
            (Span("Off track:", "warning"), f" {'; '.join(client.off_track)}"),
            below=(client.stall.likely_cause, (why,)),
        ),
    )


def _data(today: Today) -> dict[str, Any]:
    return {
        "date": today.date.isoformat(),
        "clients": [
            {
                **client_data(client.client),
                "next_session": client.next.number if client.next else None,
                "next_date": client.next.date.isoformat() if client.next else None,
                "closed": client.closed.isoformat() if client.closed else None,
                "off_track": list(client.off_track),
                "likely_cause": client.stall.likely_cause if client.off_track else "",
                "silent": client.stall.silent,
                "waiting": [
                    {
                        "kind": due.kind,
                        "session": due.session,
                        "date": due.date.isoformat(),
                        "text": due.text,
                        "command": _command(client, due),
                    }
                    for due in client.waiting
                ],
            }
            for client in today.clients
        ],
    }
