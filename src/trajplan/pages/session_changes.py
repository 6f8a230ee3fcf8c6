"""What is said when a session's day or state has changed, and the coach's days off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.codec import to_plain
from trajplan.dates import long_date, short_date
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.records.records import Client, DaysOff, Session
from trajplan.text import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDay:
    """A session and the day it had and has."""

    name: str
    session: Session
    was_on: dt.date | None
    """None: it is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One command's effect on a journey's calendar."""

    client: Client
    name: str
    """`session 4`, or what else was changed: `rhythm`, `pause`."""
    act: str
    """`moved`, `missed`, …"""
    session: Session | None = None
    details: tuple[tuple[str, str], ...] = ()
    """Further lines: label and text."""
    days: tuple[NewDay, ...] = ()
    """Sessions whose day this command set, in order."""
    same_day: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    next: str = ""


def changed(found: Changed) -> Document:
    """A card: what changed, the new days, who else comes then, and what to do next."""
    return card(
        Card(
            title=f"{found.client.name} · {found.name}: {found.act}",
            pairs=(
                *found.details,
                *((_capital(one.name), _day(one)) for one in found.days),
                *(("Same day", one) for one in few(found.same_day)),
                *(("Note", one) for one in found.notes),
                ("Next", found.next),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "session": found.session.number if found.session else None,
                "state": found.session.state if found.session else None,
                "date": found.session.date.isoformat() if found.session else None,
                "act": found.act,
                "details": {
                    label.lower().replace(" ", "_"): text for label, text in found.details if text
                },
                "days": [
                    {
                        "session": one.session.number,
                        "name": one.name,
                        "was_on": to_plain(one.was_on),
                        "date": one.session.date.isoformat(),
                        "start_time": one.session.start_time,
                    }
                    for one in found.days
                ],
                "same_day": list(found.same_day),
                "notes": list(found.notes),
            },
        )
    )


MOST_SHOWN = 4


def few(lines: Sequence[str]) -> list[str]:
    """The first lines, and how many more there are."""
    if len(lines) <= MOST_SHOWN:
        return list(lines)
    return [*lines[: MOST_SHOWN - 1], f"and {len(lines) - MOST_SHOWN + 1} more"]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(one: NewDay) -> str:
    at = f", {one.session.start_time}" if one.session.start_time else ""
    was = (
        f" (was {short_date(one.was_on)})" if one.was_on and one.was_on != one.session.date else ""
    )
    return f"{long_date(one.session.date)}{at}{was}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OffList:
    """All days off, and the planned sessions that fall on one: client, session, day."""

    stretches: tuple[DaysOff, ...]
    touched: tuple[tuple[str, str, str], ...]
    """Client's slug, reference for the command line, and the sentence to print."""


def off_list(found: OffList) -> Document:
    """The days off, with what falls on them."""
    rows = [(_stretch(one), one.name) for one in found.stretches]
    about = " ".join(_touched(found.touched))
    return listing(
        Listing(
            title="Days off",
            columns=("days", "what for"),
            rows=tuple(rows),
            about=about,
            data={
                "days_off": [
                    {"from": one.first.isoformat(), "until": one.last.isoformat(), "name": one.name}
                    for one in found.stretches
                ],
                "sessions_on_them": [
                    {"client": slug, "session": ref} for slug, ref, _ in found.touched
                ],
            },
            empty="None named. `trajplan sessions days-off DAY --until DAY` names some.",
        )
    )


def _stretch(one: DaysOff) -> str:
    if one.first == one.last:
        return short_date(one.first)
    return f"{short_date(one.first)} to {short_date(one.last)}"


def _touched(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    if not rows:
        return []
    listed = "; ".join(text for _, _, text in rows)
    slug, ref, _ = rows[0]
    return [
        f"{plural(len(rows), 'session')} on a day off: {listed}.",
        f"New dates avoid days off; these move only when you say so, for instance "
        f"`trajplan sessions move {ref} DAY --client {slug}`.",
    ]
