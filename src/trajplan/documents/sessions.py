"""Sessions: the list of an engagement, and one session with what was kept of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from trajplan.codec import to_plain
from trajplan.documents.document import Document
from trajplan.documents.listing import Card, Listing, card, listing
from trajplan.documents.words import plural, short_date, signed
from trajplan.measures.tci import Reading
from trajplan.practice.records import (
    CheckIn,
    Client,
    Commitment,
    Engagement,
    Note,
    Session,
    SessionDay,
    WrapRecord,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session with its place in the journey."""

    session: Session
    phase: str
    step: str
    wrapped: bool
    prepared: bool
    reference: str = ""
    """What the command line calls it: `4`, or `m1` for an unnumbered meeting."""
    start_time: str = ""
    """Its own, else the usual one; a meeting has only its own."""
    days: tuple[SessionDay, ...] = ()
    """What became of its day, in order."""
    starts_at_utc: dt.datetime | None = None
    """None while no time or no time zone is agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionList:
    """The sessions of an engagement."""

    client: Client
    engagement: Engagement
    rows: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One session with everything kept about it."""

    client: Client
    row: SessionRow
    check_in: CheckIn | None
    wrap: WrapRecord | None
    commitments: tuple[Commitment, ...]
    reading: Reading | None
    notes: tuple[Note, ...]


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
                    _state(one),
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


def _state(one: SessionRow) -> str:
    session = one.session
    if session.state == "held":
        return "held" if one.wrapped or not session.number else "held, not wrapped"
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
        "prepared": one.prepared,
        "wrapped": one.wrapped,
        "days": to_plain(one.days),
    }


def session_page(found: SessionView) -> Document:
    """One session: check-in, focus, commitments, ratings, notes."""
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
                *_check_in(found.check_in),
                *_wrap(found.wrap),
                *(
                    (
                        f"Commitment {one.id}",
                        f"{one.what}, by {short_date(one.due)} ({one.status.replace('_', ' ')})",
                    )
                    for one in found.commitments
                ),
                ("Ratings", _ratings(found.reading)),
                *(("Note", one.text) for one in found.notes),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                **_row_data(found.row),
                "check_in": to_plain(found.check_in),
                "wrap": to_plain(found.wrap),
                "commitments": to_plain(found.commitments),
                "ratings": to_plain(found.reading),
                "notes": to_plain(found.notes),
            },
        )
    )


def _check_in(one: CheckIn | None) -> tuple[tuple[str, str], ...]:
    if one is None:
        return ()
    progress = ", ".join(f"{factor} {value}" for factor, value in one.progress.items())
    return (
        ("Energy", one.energy or ""),
        ("Mood", one.mood),
        ("Mattered most", one.matters),
        ("Progress", progress),
    )


def _wrap(one: WrapRecord | None) -> tuple[tuple[str, str], ...]:
    if one is None:
        return ()
    actual = ", ".join(f"{name} {minutes}" for name, minutes in one.actual.items())
    return (
        ("Minutes", str(one.minutes or "")),
        ("Minutes by segment", actual),
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
