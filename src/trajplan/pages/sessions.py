"""Sessions: the list of an engagement, one session with all that was saved of it, what a command
changed in the calendar, and the coach's days off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import to_builtins

from trajplan.actions.calendar import CalendarChange, DaysOffList, NewDay
from trajplan.actions.sessions import ENOUGH, SessionRow, Timing, timing_of
from trajplan.dates import long_date, own_words, short_date
from trajplan.measures.progress import answers_in_effect
from trajplan.measures.tci import Reading, reading_of
from trajplan.pages.commitments import commitment_data
from trajplan.pages.document import (
    Document,
    client_data,
    fields_data,
    instant_data,
    own_clock_data,
    record_data,
    records_data,
)
from trajplan.pages.page import (
    Block,
    Column,
    Heading,
    Line,
    Page,
    Table,
    labelled,
    listed,
    sentence,
)
from trajplan.pages.ratings import scaled_data
from trajplan.pages.words import (
    MISSING,
    commitment_line,
    inquiry_row,
    method_change_line,
    progress_words,
    scaled_line,
    signed,
    took_away,
    with_change,
)
from trajplan.planning.calendar import session_day_words
from trajplan.records.dossier import Dossier
from trajplan.records.model.journeys import DaysOff
from trajplan.records.model.ratings import ScaledAnswer
from trajplan.records.model.sessions import CheckIn, Note, Session, WrapRecord
from trajplan.text import few, plural


def session_list(dossier: Dossier, rows: Sequence[SessionRow]) -> Document:
    """Number, date, phase, state and step of each session."""
    return Document(
        page=lambda: _list(dossier, rows),
        data=lambda: {
            **client_data(dossier.client),
            "sessions": [_row_data(row) for row in rows],
        },
        rows=("sessions",),
    )


def _list(dossier: Dossier, rows: Sequence[SessionRow]) -> Page:
    closed = dossier.engagement.closed is not None
    table = listed(
        ("#", "date", "phase", "state", "step"),
        (
            (
                row.reference,
                _date(row),
                row.phase,
                _state(row, closed=closed),
                row.step or row.session.kind.replace("_", " "),
            )
            for row in rows
        ),
        "No session yet.",
    )
    return Page.of(f"Sessions · {dossier.client.name}", table)


def _date(row: SessionRow) -> str:
    """Its date, and the coach's where that is another."""
    day, clocks = row.session.date, row.clocks
    own = f" ({short_date(clocks.own_day)} for you)" if clocks and clocks.own_day != day else ""
    return short_date(day) + own


def _state(row: SessionRow, *, closed: bool = False) -> str:
    session = row.session
    if session.state == "held":
        return "held" if row.wrapped or not session.number else "held, not wrapped"
    if session.state == "planned" and closed and session.number:
        return "left out"
    if session.state == "planned":
        return "prepared" if row.prepared else "planned"
    if session.state == "cancelled" and row.since and row.since.cancelled_by:
        return f"cancelled by the {row.since.cancelled_by}"
    return session.state


def session_page(dossier: Dossier, row: SessionRow) -> Document:
    """One session: check-in, focus, commitments, ratings, notes, and how its minutes went."""
    return Document(page=lambda: _page(dossier, row), data=lambda: _data(dossier, row))


def _page(dossier: Dossier, row: SessionRow) -> Page:
    session = row.session
    check_in, wrap = dossier.check_in_of(session.id), dossier.wrap_of(session.id)
    reading, timing = reading_of(dossier, session), timing_of(dossier, session)
    return Page.of(
        f"{session_title(row)} · {dossier.client.name}",
        labelled(
            *_place(row),
            *(
                ("Method changed", method_change_line(change))
                for change in dossier.method_changes_in(session.id)
            ),
            *(_check_in(check_in) if check_in else ()),
            *(_wrap(wrap) if wrap else ()),
            *(
                (f"Commitment {commitment.number}", commitment_line(commitment))
                for commitment in dossier.commitments_of(session.id)
            ),
            ("Ratings", _ratings(reading) if reading else ""),
            *(("Scaled", scaled_line(answer)) for answer in _scaled(dossier, session)),
            (
                "To fill in at home",
                " · ".join(form.title for form in dossier.handed_out_in(session.id)),
            ),
            *map(_note, dossier.notes_of(session.id)),
        ),
        *(_timing(timing) if timing else ()),
    )


def _scaled(dossier: Dossier, session: Session) -> tuple[ScaledAnswer, ...]:
    """Answers to scaled questions that count."""
    own = [answer for answer in dossier.scaled_answers if answer.session_id == session.id]
    return answers_in_effect(own)


def session_title(row: SessionRow) -> str:
    """What a page calls a session or a meeting."""
    if row.session.number:
        return f"Session {row.session.number}"
    return f"{row.session.kind.replace('_', '-').capitalize()} meeting {row.reference}"


def _place(row: SessionRow) -> Iterator[tuple[str, str]]:
    """When it is or was, and its place in the journey."""
    yield ("Date", short_date(row.session.date))
    yield ("Starts", row.start_time)
    yield ("Starts in the plan", row.start_in_plan)
    yield ("For you", own_words(row.clocks, "") if row.clocks else "")
    yield ("State", _state(row))
    for day in row.days:
        yield (f"On {short_date(day.date)}", session_day_words(day))
    yield ("Phase", row.phase)
    yield ("Step", row.step)
    yield ("Method", row.method)


def _check_in(check_in: CheckIn) -> tuple[tuple[str, str], ...]:
    progress = progress_words(check_in.progress)
    return (
        ("Energy", check_in.energy or ""),
        ("Mood", check_in.mood),
        ("Mattered most", check_in.matters),
        ("Progress", progress),
        ("Holding", "yes" if check_in.holding else ""),
    )


def _wrap(wrap: WrapRecord) -> tuple[tuple[str, str], ...]:
    label, texts = took_away(wrap)
    return (
        ("Minutes", str(wrap.minutes or "")),
        ("Focus", wrap.focus),
        (label, " · ".join(texts)),
        ("Change of frame", wrap.frame_change),
        ("Agreed anew", wrap.agreement),
        inquiry_row(wrap),
        ("Parked", " · ".join(wrap.parked)),
    )


def _ratings(reading: Reading) -> str:
    ratings = [
        f"{factor} {with_change(value, reading.change_since_last[factor])}"
        for factor, value in reading.ratings.items()
    ]
    if reading.satisfaction is not None:
        ratings.append(f"satisfaction {reading.satisfaction}")
    return ", ".join(ratings)


def _note(note: Note) -> tuple[str, str]:
    """A note and what it is: part of the record, or a working note with the day it goes."""
    if note.kind == "record":
        return f"Note {note.number}", note.text
    goes = f" (goes on {short_date(note.purge_on)})" if note.purge_on else ""
    return f"Working note {note.number}", f"{note.text}{goes}"


def _timing(timing: Timing) -> tuple[Block, ...]:
    """Planned against actual minutes, and what that says (R54)."""
    columns = (
        "segment",
        Column("planned", right=True),
        Column("actual", right=True),
        Column("difference", right=True),
    )
    rows = [
        (
            segment.title,
            str(segment.planned),
            MISSING if segment.actual is None else str(segment.actual),
            MISSING if segment.difference is None else signed(segment.difference),
        )
        for segment in timing.segments
    ]
    if timing.complete:
        planned = sum(segment.planned for segment in timing.segments)
        actual = sum(segment.actual or 0 for segment in timing.segments)
        rows.append(("Together", str(planned), str(actual), signed(actual - planned)))
    return (
        Heading("Planned and actual minutes"),
        Table(columns, tuple(rows)),
        Line(_verdict(timing)),
    )


def _verdict(timing: Timing) -> str:
    """What the differences are: an agreed change of frame, drift, or neither."""
    if timing.frame_change:
        return (
            f"The frame was changed on purpose: “{timing.frame_change}”. "
            "What differs follows from that and is not drift."
        )
    far = [segment for segment in timing.segments if segment.id in timing.drifted]
    if not far:
        noted = "every segment" if timing.complete else "every segment that was noted"
        return f"No drift: {noted} stayed within {ENOUGH - 1} minutes of the plan."
    parts = [f"“{segment.title}” {_more_or_less(segment.difference or 0)}" for segment in far]
    return f"Drift: no change of frame was agreed, and {', '.join(parts)}."


def _more_or_less(difference: int) -> str:
    return f"took {difference} min more" if difference > 0 else f"got {-difference} min less"


def _data(dossier: Dossier, row: SessionRow) -> dict[str, Any]:
    """The documented keys of `sessions show --format json`."""
    session = row.session
    check_in, wrap = dossier.check_in_of(session.id), dossier.wrap_of(session.id)
    timing = timing_of(dossier, session)
    return {
        **client_data(dossier.client),
        **_row_data(row),
        "check_in": record_data(check_in) if check_in else None,
        "wrap": record_data(wrap) if wrap else None,
        "commitments": [
            commitment_data(dossier, commitment)
            for commitment in dossier.commitments_of(session.id)
        ],
        "ratings": reading_of(dossier, session),
        "notes": records_data(dossier.notes_of(session.id)),
        "method_changes": [
            {**record_data(change), "session_number": session.number}
            for change in dossier.method_changes_in(session.id)
        ],
        "timing": {**to_builtins(timing), "complete": timing.complete} if timing else None,
        "scaled": scaled_data(_scaled(dossier, session), session=session.number),
        "handed_out": [
            fields_data(form, "worksheet", "title") for form in dossier.handed_out_in(session.id)
        ],
    }


def _row_data(row: SessionRow) -> dict[str, Any]:
    return {
        "session": row.session.number,
        "id": row.reference,
        "kind": row.session.kind,
        "date": row.session.date,
        "start_time": row.start_time,
        "starts_at_utc": instant_data(row.starts_at_utc),
        "own_clock": own_clock_data(row.clocks),
        "state": row.session.state,
        **fields_data(row, "phase", "step", "method", "prepared", "wrapped"),
        "days": records_data(row.days),
    }


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
