"""What stands until it is closed: parked topics and notes, on pages of their own and on others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import to_builtins

from trajplan.actions.standing import Notes, NoteView, ParkedTopics
from trajplan.dates import due_words, short_date
from trajplan.pages.document import Document, client_data, record_data
from trajplan.pages.page import Block, Column, Heading, Line, Page, bold, listed, quiet
from trajplan.pages.page import labelled as labelled_rows
from trajplan.planning.plan import PlannedParked
from trajplan.records.model import ParkedTopic


def parked_page(parked: ParkedTopics) -> Document:
    """The parked topics of a client, and what was just done with one."""
    return Document(page=lambda: _parked_page(parked), data=lambda: _parked_data(parked))


def _parked_page(parked: ParkedTopics) -> Page:
    return Page.of(
        f"{parked.client.name}{_before(parked.next)}: parked topics",
        *_change(parked.change),
        listed(
            (Column("n", whole=True), "for another time", "by", "parked", "taken up"),
            (
                (
                    str(topic.id),
                    topic.text,
                    _by(topic, parked.today),
                    _where(topic),
                    _taken(topic, parked.next),
                )
                for topic in parked.topics
            ),
            "Nothing is parked. `trajplan parked add TEXT` keeps a topic for another time.",
        ),
        *_closed(parked.closed),
    )


def _before(session: int | None) -> str:
    return f" · before session {session}" if session else " · after the last session"


def _change(change: str) -> Iterator[Block]:
    if change:
        yield Line((bold(f"{change[:1].upper()}{change[1:]}."),))


def _by(topic: PlannedParked, today: dt.date) -> str:
    return f"{short_date(topic.due)} ({due_words(topic.due, today)})" if topic.due else ""


def _where(topic: PlannedParked) -> str:
    return f"session {topic.session}" if topic.session else short_date(topic.since)


def _taken(topic: PlannedParked, following: int | None) -> str:
    number = following if topic.taken else topic.taken_in
    return f"session {number}" if number else ""


def _closed(topics: Sequence[ParkedTopic]) -> Iterator[Block]:
    if topics:
        yield Heading("Closed")
        yield labelled_rows(
            *(
                (
                    f"{topic.number}",
                    (
                        topic.text,
                        quiet(f" (closed {short_date(topic.closed)})") if topic.closed else "",
                        f": {topic.outcome}" if topic.outcome else "",
                    ),
                )
                for topic in topics
            )
        )


def _parked_data(parked: ParkedTopics) -> dict[str, Any]:
    return {
        **client_data(parked.client),
        "session": parked.next,
        "parked": to_builtins(parked.topics),
        "closed": [
            {
                "id": topic.number,
                "text": topic.text,
                "since": topic.parked.isoformat(),
                "closed": topic.closed.isoformat() if topic.closed else "",
                "outcome": topic.outcome,
            }
            for topic in parked.closed
        ],
    }


def notes_page(notes: Notes) -> Document:
    """The notes on a client, and what was just done with one; for the coach alone."""
    return Document(
        page=lambda: _notes_page(notes),
        data=lambda: {
            **client_data(notes.client),
            "session": notes.next,
            "notes": [{**record_data(view.note), "session": view.session} for view in notes.notes],
        },
    )


def _notes_page(notes: Notes) -> Page:
    return Page.of(
        f"{notes.client.name}{_before(notes.next)}: your notes",
        *_change(notes.change),
        listed(
            (Column("id", whole=True), "note", "session", "kind"),
            (
                (
                    str(view.note.id),
                    view.note.text,
                    str(view.session or ""),
                    _kind(view),
                )
                for view in notes.notes
            ),
            "No note yet. `trajplan notes add TEXT` saves one.",
        ),
    )


def _kind(view: NoteView) -> str:
    if view.note.pinned:
        return "pinned"
    if view.note.purge_on:
        return f"working, goes on {short_date(view.note.purge_on)}"
    return view.note.kind
