"""What stands until it is closed: parked topics and notes, on pages of their own and on others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from trajplan.dates import due_words, short_date
from trajplan.pages.document import Document, client_data, fields_data, record_data
from trajplan.pages.page import Block, Column, Heading, Line, Page, bold, labelled, listed, quiet
from trajplan.pages.words import before_next, next_number
from trajplan.planning.from_records import PlannedParked
from trajplan.planning.last_time import parked_for
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import ParkedTopic
from trajplan.records.model.sessions import Note


def parked_page(today: dt.date, dossier: Dossier, change: str = "") -> Document:
    """The parked topics of a client, and what was just done with one.

    What the next session takes up comes first.
    """
    topics = parked_for(dossier, dossier.next_session())
    closed = [topic for topic in dossier.parked if topic.closed is not None]
    return Document(
        page=lambda: Page.of(
            f"{dossier.client.name} · {before_next(dossier)}: parked topics",
            *_change(change),
            _parked(topics, dossier, today),
            *_closed(closed),
        ),
        data=lambda: {
            **client_data(dossier.client),
            "session": next_number(dossier),
            "parked": topics,
            "closed": [
                {
                    "id": topic.number,
                    "text": topic.text,
                    "since": topic.parked,
                    **fields_data(topic, "closed", "outcome"),
                }
                for topic in closed
            ],
        },
        rows=("parked", "closed"),
    )


def _parked(topics: Sequence[PlannedParked], dossier: Dossier, today: dt.date) -> Block:
    return listed(
        (Column("n", whole=True), "for another time", "by", "parked", "taken up"),
        (
            (
                str(topic.number),
                topic.text,
                _by(topic, today),
                _where(topic),
                _taken(topic, next_number(dossier)),
            )
            for topic in topics
        ),
        "Nothing is parked. `trajplan parked add TEXT` saves a topic for another time.",
    )


def _change(change: str) -> Iterator[Block]:
    if change:
        yield Line((bold(f"{change[:1].upper()}{change[1:]}."),))


def _note_rows(dossier: Dossier, note: Note) -> Iterator[tuple[str, str, str, str]]:
    """A note; its further lines below its first."""
    first, *others = filter(str.strip, note.text.split("\n"))
    yield str(note.number), first, str(dossier.number_of(note.session_id) or ""), _kind(note)
    yield from (("", line, "", "") for line in others)


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
        yield labelled(
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


def notes_page(dossier: Dossier, change: str = "") -> Document:
    """The notes on a client, and what was just done with one; for the coach alone.

    Those of the journey, and what is pinned from earlier ones.
    """
    by_number = dossier.notes_by_number
    notes = [by_number[number] for number in sorted(by_number)]
    return Document(
        page=lambda: Page.of(
            f"{dossier.client.name} · {before_next(dossier)}: your notes",
            *_change(change),
            listed(
                (Column("id", whole=True), "note", "session", "kind"),
                (row for note in notes for row in _note_rows(dossier, note)),
                "No note yet. `trajplan notes add TEXT` saves one.",
            ),
        ),
        data=lambda: {
            **client_data(dossier.client),
            "session": next_number(dossier),
            "notes": [
                {**record_data(note), "session": dossier.number_of(note.session_id)}
                for note in notes
            ],
        },
        rows=("notes",),
    )


def _kind(note: Note) -> str:
    if note.pinned:
        return "pinned"
    if note.purge_on:
        return f"working, goes on {short_date(note.purge_on)}"
    return note.kind
