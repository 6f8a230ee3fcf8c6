"""A journey's sessions and its commitments as a calendar file (R150, RFC 5545).

A calendar is often seen by others, so titles hold initials and numbers, and nobody's words unless
the coach asks for them. What has no day ahead is not in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from trajplan.records.dossier import Dossier, start_of
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.sessions import Session
from trajplan.text import shortened, visible
from trajplan.zones import instant

if TYPE_CHECKING:
    from icalendar import Event, Todo

PRODUCER = "-//trajplan//trajplan//EN"
NAMESPACE = "3f1f0f5e-7f3c-5c0b-9a64-6d1c6f0f9a11"
"""Of all ids in these files."""
DAY = dt.timedelta(days=1)
TITLE_LETTERS = 200
"""Of a promise, where its words are asked for; all of it stands in the description."""
TODO_STATES = {"done": "COMPLETED", "dropped": "CANCELLED"}
"""Of commitments that are closed; every other waits for its day."""


def session_calendar(dossier: Dossier, today: dt.date) -> bytes:
    """An event for each numbered session still to come: planned, on a day from today on.

    Times are moments in UTC, which every calendar shows on its reader's own clock; a time whose
    zone is not known is a time of day wherever it is read, and a session without one is all day.
    A missed or cancelled session waits for a day; nobody meets in a pause or after the close.
    """
    if dossier.engagement.closed:
        return b""
    return _file(
        _event(dossier, session, today)
        for session in dossier.numbered
        if session.state == "planned"
        and dossier.own_day(session) >= today
        and dossier.pause_on(session.date) is None
    )


def commitment_calendar(dossier: Dossier, today: dt.date, *, with_text: bool) -> bytes:
    """A task for each commitment, due on its day; those that are closed say so, which ticks them
    off when the file is read a second time.

    `with_text`: with what the client promised, in the title and in full below it.
    """
    return _file(
        _task(dossier, commitment, today, with_text=with_text) for commitment in dossier.commitments
    )


def _file(parts: Iterable[Event | Todo]) -> bytes:
    """The file; empty without any part, as a calendar has at least one."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for part in parts:
        calendar.add_component(part)
    return bytes(calendar.to_ical()) if calendar.subcomponents else b""


def _event(dossier: Dossier, session: Session, today: dt.date) -> Event:
    from icalendar import Event

    engagement = dossier.engagement
    event = Event()
    _add_head(event, dossier, today, f"session {session.number}")
    event.add("summary", f"{visible(dossier.client.initials)} · session {session.number}")
    start = start_of(engagement, session)
    begin: dt.date = session.date
    length = DAY
    if start:
        clock_time = dt.datetime.combine(session.date, dt.time.fromisoformat(start))
        begin = instant(session.date, start, engagement.time_zone) or clock_time
        length = dt.timedelta(minutes=session.options.get("minutes") or engagement.minutes)
    event.add("dtstart", begin)
    event.add("duration", length)
    return event


def _task(dossier: Dossier, commitment: Commitment, today: dt.date, *, with_text: bool) -> Todo:
    from icalendar import Todo

    task = Todo()
    _add_head(task, dossier, today, f"commitment {commitment.number}")
    title = f"{visible(dossier.client.initials)} · commitment {commitment.number}"
    if with_text:
        title += f": {shortened(commitment.what, TITLE_LETTERS)}"
        task.add("description", visible(commitment.what))
    task.add("summary", title)
    task.add("due", commitment.due)
    task.add("status", TODO_STATES.get(commitment.status, "NEEDS-ACTION"))
    return task


def _add_head(part: Event | Todo, dossier: Dossier, today: dt.date, name: str) -> None:
    """What tells a calendar that it has seen this before, and which of two is newer.

    The id stays when a session moves and when a client is renamed; it holds no name. The client's
    revision rises with every change of the records, and never falls, so it is the sequence.
    """
    from uuid import UUID, uuid5  # only where a calendar is written

    whose = f"{dossier.practice_id}/{dossier.client.id}/{dossier.engagement.ordinal}"
    part.add("uid", str(uuid5(UUID(NAMESPACE), f"{whose}/{name}")))
    part.add("dtstamp", dt.datetime.combine(today, dt.time(), dt.UTC))
    part.add("sequence", dossier.client.revision)
