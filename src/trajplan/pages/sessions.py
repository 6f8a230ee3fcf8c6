"""Sessions: the list of an engagement, and one session with what was kept of it."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from trajplan.actions.sessions import SessionList, SessionRow, SessionView
from trajplan.dates import short_date
from trajplan.measures.tci import Reading
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.pages.numbered import plain_commitments
from trajplan.pages.timing import timing_blocks, timing_data
from trajplan.pages.words import scaled_line, signed
from trajplan.records.model import CheckIn, MethodChange, Note, SessionDay, WrapRecord
from trajplan.text import plural


def session_list(found: SessionList) -> Document:
    """Number, date, phase, state and step of each session."""
    return listing(
        Listing(
            title=f"Sessions · {found.client.name}",
            columns=("#", "date", "phase", "state", "step"),
            rows=tuple(
                (
                    one.reference,
                    short_date(one.session.date),
                    one.phase,
                    _state(one, closed=found.engagement.closed is not None),
                    one.step or one.session.kind.replace("_", " "),
                )
                for one in found.rows
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "sessions": [_row_data(one) for one in found.rows],
            },
            empty="No session yet.",
        )
    )


def _state(one: SessionRow, *, closed: bool = False) -> str:
    session = one.session
    if session.state == "held":
        return "held" if one.wrapped or not session.number else "held, not wrapped"
    if session.state == "planned" and closed and session.number:
        return "left out"
    if session.state == "planned":
        return "prepared" if one.prepared else "planned"
    if session.state == "cancelled" and one.days and one.days[-1].cancelled_by:
        return f"cancelled by the {one.days[-1].cancelled_by}"
    return session.state


def _name(one: SessionRow) -> str:
    if one.session.number:
        return f"Session {one.session.number}"
    return f"{one.session.kind.replace('_', '-').capitalize()} meeting {one.reference}"


def _became(one: SessionDay) -> str:
    """One thing that became of a session's day, with who, when and why."""
    if one.act == "moved":
        text = f"moved from {short_date(one.was_on)} to {short_date(one.now_on)}"
        text = text if one.was_on != one.now_on else "moved to another time"
    elif one.act == "cancelled":
        hours = one.notice_hours
        ahead = "notice not said" if hours is None else f"{plural(hours, 'hour')} ahead"
        text = f"cancelled by the {one.cancelled_by}, {ahead}"
    else:
        text = {"missed": "missed", "skipped": "skipped", "taken_back": "skip taken back"}[one.act]
    return text + (f": {one.reason}" if one.reason else "")


def _row_data(one: SessionRow) -> dict[str, Any]:
    return {
        "session": one.session.number,
        "id": one.reference,
        "kind": one.session.kind,
        "date": one.session.date.isoformat(),
        "start_time": one.start_time,
        "starts_at_utc": one.starts_at_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
        if one.starts_at_utc
        else None,
        "state": one.session.state,
        "phase": one.phase,
        "step": one.step,
        "method": one.method,
        "prepared": one.prepared,
        "wrapped": one.wrapped,
        "days": to_builtins(one.days),
    }


def session_page(found: SessionView) -> Document:
    """One session: check-in, focus, commitments, ratings, notes, and how its minutes went."""
    session = found.row.session
    return card(
        Card(
            title=f"{_name(found.row)} · {found.client.name}",
            pairs=(
                ("Date", short_date(session.date)),
                ("Starts", found.row.start_time),
                ("State", _state(found.row)),
                *((f"On {short_date(day.date)}", _became(day)) for day in found.row.days),
                ("Phase", found.row.phase),
                ("Step", found.row.step),
                ("Method", found.row.method),
                *(("Method changed", change_line(one)) for one in found.method_changes),
                *_check_in(found.check_in),
                *_wrap(found.wrap),
                *(
                    (
                        f"Commitment {one.number}",
                        f"{one.what}, by {short_date(one.due)} ({one.status.replace('_', ' ')})",
                    )
                    for one in found.commitments
                ),
                ("Ratings", _ratings(found.reading)),
                *(("Scaled", scaled_line(one)) for one in found.scaled),
                ("To fill in at home", " · ".join(one.title for one in found.handed_out)),
                *(_note(one) for one in found.notes),
            ),
            below=timing_blocks(found.timing) if found.timing else (),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                **_row_data(found.row),
                "check_in": to_builtins(found.check_in),
                "wrap": to_builtins(found.wrap),
                "commitments": plain_commitments(found.commitments, found.paths),
                "ratings": to_builtins(found.reading),
                "notes": to_builtins(found.notes),
                "method_changes": [
                    {**to_builtins(change), "session_number": session.number}
                    for change in found.method_changes
                ],
                "timing": timing_data(found.timing),
                "scaled": to_builtins(found.scaled),
                "handed_out": to_builtins(found.handed_out),
            },
        )
    )


def change_line(one: MethodChange) -> str:
    """One change of method with its date, its reach and its reason."""
    reach = ", from here on" if one.onward else ""
    text = f"{short_date(one.date)}, {one.before} → {one.after}{reach}"
    return f"{text}: {one.reason}" if one.reason else text


def _note(one: Note) -> tuple[str, str]:
    """A note and what it is: part of the record, or a working note with the day it goes."""
    if one.kind == "record" or one.purge_on is None:
        return f"{'Note' if one.kind == 'record' else 'Working note'} {one.id}", one.text
    return f"Working note {one.id}", f"{one.text} (goes on {short_date(one.purge_on)})"


def _check_in(one: CheckIn | None) -> tuple[tuple[str, str], ...]:
    if one is None:
        return ()
    progress = ", ".join(f"{factor} {value}" for factor, value in one.progress.items())
    return (
        ("Energy", one.energy or ""),
        ("Mood", one.mood),
        ("Mattered most", one.matters),
        ("Progress", progress),
        ("Holding", "yes" if one.holding else ""),
    )


def _wrap(one: WrapRecord | None) -> tuple[tuple[str, str], ...]:
    if one is None:
        return ()
    return (
        ("Minutes", str(one.minutes or "")),
        ("Focus", one.focus),
        ("Took away", " · ".join(one.takeaways)),
        ("Change of frame", one.frame_change),
        ("Inquiry", one.inquiry),
        ("Parked", " · ".join(one.parked)),
    )


def _ratings(one: Reading | None) -> str:
    if one is None:
        return ""
    shown = [
        f"{factor} {value}"
        + (f" ({signed(change)})" if (change := one.change_since_last[factor]) is not None else "")
        for factor, value in one.ratings.items()
    ]
    if one.satisfaction is not None:
        shown.append(f"satisfaction {one.satisfaction}")
    return ", ".join(shown)
