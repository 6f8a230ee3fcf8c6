"""The list of clients, and what is said when one is added or chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.codec import to_plain
from trajplan.dates import long_date, short_date
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.planning.plan import EarlierJourney
from trajplan.records.records import Client, Engagement, Session
from trajplan.text import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """One client in the list."""

    client: Client
    engagement: Engagement | None
    next: Session | None
    held: int
    current: bool
    follow_up: Session | None = None
    """Of a closed engagement: the meeting agreed on, while it has not been held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A new client with the dates of the first engagement."""

    client: Client
    engagement: Engagement
    sessions: tuple[Session, ...]
    phases: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    """What the intake left open and the first sessions will ask for."""
    goals: int = 0
    indicators: int = 0
    """How many of each the intake brought."""
    hints: tuple[str, ...] = ()
    """Said beside the result, for nothing that keeps it from being saved."""
    before: EarlierJourney | None = None
    """What the last engagement left, when the client was here before."""


def client_list(rows: Sequence[ClientRow], today: dt.date) -> Document:
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
                    _next(row, today),
                )
                for row in rows
            ),
            data=[_data(row) for row in rows],
            empty="No client yet. `trajplan new-client NAME` adds the first.",
        )
    )


def _next(row: ClientRow, today: dt.date) -> str:
    if row.engagement and row.engagement.closed:
        closed = f"closed {short_date(row.engagement.closed)}"
        if row.follow_up is None:
            return closed
        due = " (due)" if row.follow_up.date <= today else ""
        return f"{closed}; follow-up {short_date(row.follow_up.date)}{due}"
    if row.next is None:
        return "every session is held"
    if row.next.state != "planned":
        return f"{row.next.number}, {row.next.state}, no new day yet"
    return f"{row.next.number}, {short_date(row.next.date)}"


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
        "closed": row.engagement.closed.isoformat()
        if row.engagement and row.engagement.closed
        else None,
        "follow_up": row.follow_up.date.isoformat() if row.follow_up else None,
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
                ("Goals", _aims(found)),
                *_before(found),
                ("Still open", "; ".join(found.missing)),
                ("Read up", "trajplan prep brief"),
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
                "goals": found.goals,
                "indicators": found.indicators,
                "before": to_plain(found.before),
            },
        )
    )


def _aims(found: Started) -> str:
    kept = [plural(found.goals, "goal")] if found.goals else []
    if found.indicators:
        kept.append(plural(found.indicators, "indicator"))
    return f"{' and '.join(kept)} kept; `trajplan goals` shows them" if kept else ""


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
