"""The list of clients, and what is said when one is added or chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.codec import to_plain
from trajplan.documents.document import Document
from trajplan.documents.listing import Card, Listing, card, listing
from trajplan.documents.words import long_date, plural, short_date
from trajplan.planning.plan import EarlierJourney
from trajplan.practice.records import Client, Engagement, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """One client in the list."""

    client: Client
    engagement: Engagement | None
    next: Session | None
    held: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A new client with the dates of the first engagement."""

    client: Client
    engagement: Engagement
    sessions: tuple[Session, ...]
    phases: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    """What the intake left open and the first sessions will ask for."""
    hints: tuple[str, ...] = ()
    """Said beside the result, for nothing that keeps it from being saved."""
    before: EarlierJourney | None = None
    """What the last engagement left, when the client was here before."""


def client_list(rows: Sequence[ClientRow]) -> Document:
    """Every client, the current one marked."""
    return listing(
        Listing(
            title="Clients",
            columns=("", "slug", "name", "held", "next session"),
            rows=tuple(
                (
                    "▸" if row.current else "",
                    row.client.slug,
                    row.client.name,
                    f"{row.held} of {row.engagement.sessions}" if row.engagement else "",
                    _next(row.next),
                )
                for row in rows
            ),
            data=[_data(row) for row in rows],
            empty="No client yet. `trajplan new-client NAME` adds the first.",
        )
    )


def _next(session: Session | None) -> str:
    if session is None:
        return "every session is held"
    if session.state != "planned":
        return f"{session.number}, {session.state}, no new day yet"
    return f"{session.number}, {short_date(session.date)}"


def _data(row: ClientRow) -> dict[str, object]:
    return {
        "slug": row.client.slug,
        "name": row.client.name,
        "initials": row.client.initials,
        "current": row.current,
        "held": row.held,
        "sessions": row.engagement.sessions if row.engagement else None,
        "next_session": row.next.number if row.next else None,
        "next_date": row.next.date.isoformat() if row.next else None,
    }


def started(found: Started) -> Document:
    """What `new-client` made."""
    one = found.engagement
    first, last = found.sessions[0], found.sessions[-1]
    phases = ", ".join(f"{name} {size}" for name, size in found.phases)
    return card(
        Card(
            title=f"{found.client.name} · {_what(found)}",
            pairs=(
                ("Journey", f"{one.journey}, {plural(one.sessions, 'session')} ({phases})"),
                ("Rhythm", f"every {plural(one.every_days, 'day')}, {one.minutes} minutes"),
                ("First session", long_date(first.date) + _at(one.start_time)),
                ("Last session", long_date(last.date)),
                ("Destination", one.destination),
                *_before(found),
                ("Still open", "; ".join(found.missing)),
                ("Next", "trajplan prep session 1"),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "engagement": to_plain(one),
                "sessions": [
                    {"session": session.number, "date": session.date.isoformat()}
                    for session in found.sessions
                ],
                "missing": list(found.missing),
                "before": to_plain(found.before),
            },
        )
    )


def _what(found: Started) -> str:
    if found.before is None:
        return f"new client {found.client.slug}"
    return f"engagement {found.engagement.ordinal} with {found.client.slug}"


def _before(found: Started) -> tuple[tuple[str, str], ...]:
    before = found.before
    if before is None:
        return ()
    slug, ordinal = found.client.slug, found.engagement.ordinal - 1
    until = f" to {short_date(before.ended)}" if before.ended else ""
    return (
        (
            "Before",
            f"{short_date(before.began)}{until}, {before.held} of "
            f"{plural(before.of, 'session')} held; --client {slug}/{ordinal} shows it",
        ),
        *(("Destination then", one) for one in [before.destination] if one),
    )


def _at(time: str) -> str:
    return f", {time}" if time else ""


def chosen(client: Client, today: dt.date) -> Document:
    """What `use` says."""
    return card(
        Card(
            title=f"{client.name} · now the current client ({client.slug})",
            pairs=(),
            data={"client": client.slug, "client_name": client.name, "date": today.isoformat()},
        )
    )
