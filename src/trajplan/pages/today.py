"""The day on one page: who comes, and what waits with each client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from trajplan.dates import due_words, long_date, short_date
from trajplan.pages.document import Document, client_data, fields_data
from trajplan.pages.page import Block, Bullets, Heading, Item, Line, Page, Span, bold, code, quiet
from trajplan.pages.words import next_meeting

if TYPE_CHECKING:
    from trajplan.actions.today import ClientToday, Today
    from trajplan.planning.due_items import DueItem
    from trajplan.records.belongings import DueNote

UNDATED = 2
"""Parked topics without a date that `today` shows of a client; the others are counted."""
DUE_STATES = {"open": "open", "partly": "done in part", "not_yet": "not done yet"}


def today_page(today: Today) -> Document:
    """Everything that waits, client by client; clients with nothing are named in one line."""
    return Document(
        page=lambda: Page(f"Today · {long_date(today.date)}", tuple(_clients(today))),
        data=lambda: _today_data(today),
        rows=("clients.waiting",),
    )


def _clients(today: Today) -> Iterator[Block]:
    for client in today.clients:
        if client.busy:
            yield Heading(client.client.name)
            yield Line((quiet(_next_line(client)),))
            yield Bullets((*_waiting(client, today.date), *_off_track(client)))
    idle = [
        f"{client.client.name} ({_next_line(client)})"
        for client in today.clients
        if not client.busy
    ]
    if idle:
        yield Line(f"Nothing waits with {'; '.join(idle)}.")
    if today.notes:
        yield Heading("Working notes that go")
        yield Bullets(tuple(_note(due, today.date) for due in today.notes))


def _note(due: DueNote, today: dt.date) -> Item:
    """A working note that goes, by whose it is; none of its words, as on `practice retention`."""
    day = due.note.purge_on or today
    if day > today:
        when = f"on {short_date(day)}, {due_words(day, today)}"
    elif due.waits(today):
        when = f"once you say so; its day was {short_date(day)}"
    else:
        when = "with the next change"
    session = f"session {due.session}" if due.session else "a meeting"
    command = "practice retention" if due.waits(today) else f"notes --client {due.slug}"
    return Item(f"{due.slug}, {session}: goes {when}", below=((code(f"trajplan {command}"),),))


def _next_line(client: ClientToday) -> str:
    words = next_meeting(client.engagement, client.next)
    return f"next: session {words}" if client.next else words


def _waiting(client: ClientToday, today: dt.date) -> Iterator[Item]:
    """What waits; of parked topics without a date only the first few, and how many more."""
    undated = [due for due in client.waiting if due.kind == "parked" and due.state == "open"]
    shown = undated[:UNDATED]
    for due in client.waiting:
        if due not in undated or due in shown:
            yield _due(client, due, today)
    if more := len(undated) - len(shown):
        command = f"trajplan parked --client {client.client.slug}"
        yield Item(f"parked: {more} more", below=((code(command),),))


def _due(client: ClientToday, due: DueItem, today: dt.date) -> Item:
    """One thing to do, and the command that does it."""
    text = due.text
    if due.kind == "pinned":
        return Item((bold("Pinned:"), f" {text}"), below=((code(_command(client, due)),),))
    if due.kind == "deadline":
        alone = "; no session before then" if due.state == "no_session" else ""
        when = f"{short_date(due.date)}, {due_words(due.date, today)}{alone}"
        return Item((bold(f"{when}:"), f" {due.text}"), below=((code(_command(client, due)),),))
    if due.kind == "parked":
        by = f" (by {short_date(due.date)}, {due_words(due.date, today)})"
        text = f"parked: {text}{by if due.state == 'dated' else ''}"
        return Item(text, below=((code(_command(client, due)),),))
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


def _today_data(today: Today) -> dict[str, Any]:
    return {
        "date": today.date,
        "clients": [
            {
                **client_data(client.client),
                "next_session": client.next.number if client.next else None,
                "next_date": client.next.date if client.next else None,
                "closed": client.engagement.closed,
                "off_track": client.off_track,
                "likely_cause": client.stall.likely_cause if client.off_track else "",
                "silent": client.stall.silent,
                "waiting": [
                    {
                        **fields_data(due, "kind", "session", "date", "text"),
                        "command": _command(client, due),
                    }
                    for due in client.waiting
                ],
            }
            for client in today.clients
        ],
        "working_notes": [
            {"client": due.slug, "session": due.session, "purge_on": due.note.purge_on}
            for due in today.notes
        ],
    }
