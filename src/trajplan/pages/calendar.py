"""What a command changed in a journey's calendar, and the coach's days off."""

from __future__ import annotations

from typing import Any

from trajplan.actions.calendar import CalendarChange, DaysOffList, NewDay
from trajplan.dates import long_date, short_date
from trajplan.pages.document import Document, client_data
from trajplan.pages.page import Line, Page, labelled, listed, sentence
from trajplan.records.model import DaysOff
from trajplan.text import few, plural


def calendar_change(change: CalendarChange) -> Document:
    """What changed, the new days, who else comes then, and what to do next."""
    return Document(page=lambda: _change(change), data=lambda: _change_data(change))


def _change(change: CalendarChange) -> Page:
    return Page.of(
        f"{change.client.name} · {change.name}: {change.act}",
        labelled(
            *change.details,
            *((new.name.capitalize(), _day(new)) for new in change.days),
            *(("Same day", line) for line in few(change.same_day)),
            *(("Note", sentence(note)) for note in change.notes),
            ("Next", sentence(change.next)),
        ),
    )


def _day(new: NewDay) -> str:
    session = new.session
    time = f", {session.start_time}" if session.start_time else ""
    was = f" (was {short_date(new.was_on)})" if new.was_on and new.was_on != session.date else ""
    return f"{long_date(session.date)}{time}{was}"


def _change_data(change: CalendarChange) -> dict[str, Any]:
    session = change.session
    return {
        **client_data(change.client),
        "session": session.number if session else None,
        "state": session.state if session else None,
        "date": session.date if session else None,
        "act": change.act,
        "details": {
            label.lower().replace(" ", "_"): text for label, text in change.details if text
        },
        "days": [
            {
                "session": new.session.number,
                "name": new.name,
                "was_on": new.was_on,
                "date": new.session.date,
                "start_time": new.session.start_time,
            }
            for new in change.days
        ],
        "same_day": change.same_day,
        "notes": change.notes,
    }


def days_off_list(days_off: DaysOffList) -> Document:
    """The days off, with what falls on them."""
    return Document(
        page=lambda: _days_off(days_off),
        data=lambda: {
            "days_off": [
                {
                    "from": stretch.first,
                    "until": stretch.last,
                    "name": stretch.name,
                }
                for stretch in days_off.stretches
            ],
            "sessions_on_them": [
                {"client": session.slug, "session": session.reference}
                for session in days_off.sessions
            ],
        },
        rows=("days_off",),
    )


def _days_off(days_off: DaysOffList) -> Page:
    table = listed(
        ("days", "what for"),
        ((_stretch(stretch), stretch.name) for stretch in days_off.stretches),
        "None yet. `trajplan sessions days-off DAY --until DAY` adds some.",
    )
    about = _sessions_on_them(days_off)
    return Page("Days off", (Line(sentence(about)), table) if about else (table,))


def _stretch(stretch: DaysOff) -> str:
    if stretch.first == stretch.last:
        return short_date(stretch.first)
    return f"{short_date(stretch.first)} to {short_date(stretch.last)}"


def _sessions_on_them(days_off: DaysOffList) -> str:
    if not days_off.sessions:
        return ""
    sessions = "; ".join(session.text for session in days_off.sessions)
    example = days_off.sessions[0]
    return (
        f"{plural(len(days_off.sessions), 'session')} on a day off: {sessions}. "
        "New dates avoid days off; these move only when you say so, for instance "
        f"`trajplan sessions move {example.reference} DAY --client {example.slug}`."
    )
