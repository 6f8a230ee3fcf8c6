"""The list of clients, and what is said when one is added or chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trajplan.actions.new_client import NewEngagement
from trajplan.actions.overview import ClientRow
from trajplan.codec import to_plain
from trajplan.dates import long_date, short_date
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.records.model import Client
from trajplan.text import plural


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


def engagement_page(begun: NewEngagement) -> Document:
    """What `new-client` and `new-engagement` made."""
    engagement = begun.engagement
    first, last = begun.sessions[0], begun.sessions[-1]
    sessions = plural(engagement.sessions, "session")
    days = plural(engagement.every_days, "day")
    phases = ", ".join(f"{name} {size}" for name, size in begun.phases)
    return card(
        Card(
            title=f"{begun.client.name} · {_what(begun)}",
            pairs=(
                ("Journey", f"{engagement.journey}, {sessions} ({phases})"),
                ("Rhythm", f"every {days}, {engagement.minutes} minutes"),
                ("First session", long_date(first.date) + _at(engagement.start_time)),
                ("Last session", long_date(last.date)),
                ("Destination", engagement.destination),
                ("Goals", _goals(begun)),
                *_before(begun),
                ("Still open", "; ".join(begun.missing)),
                ("Read up", "trajplan prep brief"),
                ("Next", "trajplan prep session 1"),
            ),
            data={
                "client": begun.client.slug,
                "client_name": begun.client.name,
                "engagement": to_plain(engagement),
                "sessions": [
                    {"session": session.number, "date": session.date.isoformat()}
                    for session in begun.sessions
                ],
                "missing": list(begun.missing),
                "goals": begun.goals,
                "indicators": begun.indicators,
                "before": to_plain(begun.before),
            },
        )
    )


def _goals(begun: NewEngagement) -> str:
    counts = [plural(begun.goals, "goal")] if begun.goals else []
    if begun.indicators:
        counts.append(plural(begun.indicators, "indicator"))
    return f"{' and '.join(counts)} saved; `trajplan goals` shows them" if counts else ""


def _what(begun: NewEngagement) -> str:
    if begun.before is None:
        return f"new client {begun.client.slug}"
    return f"engagement {begun.engagement.ordinal} with {begun.client.slug}"


def _before(begun: NewEngagement) -> tuple[tuple[str, str], ...]:
    before = begun.before
    if before is None:
        return ()
    slug, ordinal = begun.client.slug, begun.engagement.ordinal - 1
    until = f" to {short_date(before.ended)}" if before.ended else ""
    return (
        (
            "Before",
            f"{short_date(before.began)}{until}, {before.held} of "
            f"{plural(before.of, 'session')} held; --client {slug}/{ordinal} shows it",
        ),
        ("Destination then", before.destination),
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
