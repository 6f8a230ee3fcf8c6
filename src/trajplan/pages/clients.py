"""Clients: the list, the day on one page, and what is said when one is added or referred."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from trajplan.actions.client_records import Detail
from trajplan.actions.clients import ClientRow, ClientToday, Today
from trajplan.actions.new_client import NewEngagement
from trajplan.actions.update_client import ClientUpdate, FieldChange
from trajplan.dates import due_words, long_date, own_words, short_date
from trajplan.pages.document import (
    ITSELF,
    Document,
    client_data,
    fields_data,
    record_data,
    records_data,
)
from trajplan.pages.page import (
    Block,
    Bullets,
    Column,
    Heading,
    Item,
    Line,
    Page,
    Span,
    Text,
    bold,
    code,
    labelled,
    listed,
    quiet,
    sentence,
)
from trajplan.pages.words import REFERRAL_RULE
from trajplan.planning.due_items import DueItem
from trajplan.planning.plan import EarlierJourney
from trajplan.records.dossier import Dossier
from trajplan.records.model import Client, Referral
from trajplan.text import plural

UNDATED = 2
"""Parked topics without a date that `today` shows of a client; the others are counted."""
DUE_STATES = {"open": "open", "partly": "done in part", "not_yet": "not done yet"}


def client_list(rows: Sequence[ClientRow], today: dt.date) -> Document:
    """Every client, the current one marked."""
    return Document(
        page=lambda: Page.of("Clients", _table(rows, today)),
        data=lambda: [_row_data(row) for row in rows],
        rows=ITSELF,
    )


def _table(rows: Sequence[ClientRow], today: dt.date) -> Block:
    return listed(
        ("", Column("slug", whole=True), "name", "held", "next session"),
        (
            (
                "▸" if row.current else "",
                row.client.slug,
                row.client.name,
                f"{row.held} of {row.engagement.sessions}" if row.engagement else "",
                _next(row, today),
            )
            for row in rows
        ),
        "No client yet. `trajplan new-client NAME` adds the first.",
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


def _row_data(row: ClientRow) -> dict[str, Any]:
    closed = row.engagement.closed if row.engagement else None
    return {
        **fields_data(row.client, "slug", "name", "initials"),
        **fields_data(row, "current", "held"),
        "sessions": row.engagement.sessions if row.engagement else None,
        "next_session": row.next.number if row.next else None,
        "next_date": row.next.date if row.next else None,
        "closed": closed,
        "follow_up": row.follow_up.date if row.follow_up else None,
    }


def engagement_page(new: NewEngagement) -> Document:
    """What `new-client` and `new-engagement` made."""
    return Document(
        page=lambda: _engagement_page(new),
        data=lambda: {
            **client_data(new.client),
            "engagement": record_data(new.engagement),
            "sessions": [
                {"session": session.number, "date": session.date} for session in new.sessions
            ],
            **fields_data(new, "missing", "goals", "indicators", "before"),
        },
    )


def _engagement_page(new: NewEngagement) -> Page:
    engagement, before = new.engagement, new.before
    what = f"new client {new.client.slug}"
    if before:
        what = f"engagement {engagement.ordinal} with {new.client.slug}"
    phases = ", ".join(f"{phase} {size}" for phase, size in new.phases)
    rhythm = f"every {plural(engagement.every_days, 'day')}, {engagement.minutes} minutes"
    at = f", {engagement.start_time}" if engagement.start_time else ""
    own = f" ({own_words(new.clocks)})" if new.clocks else ""
    return Page.of(
        f"{new.client.name} · {what}",
        labelled(
            (
                "Journey",
                f"{engagement.journey}, {plural(engagement.sessions, 'session')} ({phases})",
            ),
            ("Rhythm", rhythm),
            ("First session", f"{long_date(new.sessions[0].date)}{at}{own}"),
            ("Last session", long_date(new.sessions[-1].date)),
            ("Destination", engagement.destination),
            ("Goals", _goals(new)),
            ("Before", _before(new, before) if before else ""),
            ("Destination then", before.destination if before else ""),
            ("Still open", "; ".join(new.missing)),
            ("Read up", (code("trajplan prep brief"),)),
            ("Next", (code("trajplan prep session 1"),)),
        ),
    )


def _goals(new: NewEngagement) -> Text:
    """How many the intake brought."""
    counts = [plural(new.goals, "goal")] if new.goals else []
    if new.indicators:
        counts.append(plural(new.indicators, "indicator"))
    return sentence(f"{' and '.join(counts)}; `trajplan goals` shows them") if counts else ""


def _before(new: NewEngagement, before: EarlierJourney) -> Text:
    until = f" to {short_date(before.ended)}" if before.ended else ""
    held = f"{before.held} of {plural(before.of, 'session')} held"
    whose = f"--client {new.client.slug}/{new.engagement.ordinal - 1}"
    return (f"{short_date(before.began)}{until}, {held}; ", code(whose), " shows it")


def chosen_client(client: Client, today: dt.date) -> Document:
    """What `use` says."""
    return Document(
        page=lambda: Page.of(f"{client.name} · now the current client ({client.slug})"),
        data=lambda: {**client_data(client), "date": today},
    )


def referral_change(detail: Detail[Referral]) -> Document:
    """What `refer` says; for the coach alone."""
    dossier, following = detail.dossier, detail.dossier.next_session()
    return Document(
        page=lambda: _referral_change(dossier, detail.record),
        data=lambda: {
            **client_data(dossier.client),
            "session": following.number if following else None,
            **record_data(detail.record),
            "standing": records_data(dossier.standing_referrals()),
        },
    )


def _referral_change(dossier: Dossier, referral: Referral) -> Page:
    standing, following = dossier.standing_referrals(), dossier.next_session()
    act = "ended" if referral.ended else "recorded"
    before = f"before session {following.number}" if following else "after the last session"
    return Page.of(
        f"{dossier.client.name} · {before}: referral {act}",
        labelled(
            ("For", referral.kind),
            ("Since", short_date(referral.date)),
            ("Ended", short_date(referral.ended) if referral.ended else ""),
            ("Note", referral.note),
            ("Stands", ", ".join(other.kind for other in standing) or "none"),
            ("While it stands", REFERRAL_RULE if standing else ""),
        ),
    )


FIELD_NAMES = {
    "name": "Name",
    "slug": "Slug",
    "scenario": "Situation",
    "ratings": "Ratings",
    "satisfaction": "How the session was",
    "start_time": "Usual time",
    "time_zone": "Time zone",
    "minutes": "Minutes",
}
FIELD_WORDS = {"session": "asked in the session", "home": "asked on the card that goes home"}


def client_update(update: ClientUpdate) -> Document:
    """What `clients update` changed."""
    return Document(
        page=lambda: _client_update(update),
        data=lambda: {**client_data(update.client), "changes": update.changes},
    )


def _client_update(update: ClientUpdate) -> Page:
    rows = [(_field_name(change.field), _change_words(change)) for change in update.changes]
    return Page.of(
        f"{update.client.name}: {'changed' if rows else 'nothing to change'}", labelled(*rows)
    )


def _field_name(field: str) -> str:
    """What a page calls a field; the keys of an intake speak for themselves."""
    return FIELD_NAMES.get(field, field.replace("_", " ").capitalize())


def _change_words(change: FieldChange) -> str:
    before, after = (FIELD_WORDS.get(words, words) for words in (change.before, change.after))
    return f"{after or 'taken out'} (was: {before or 'not said'})"


def today_page(today: Today) -> Document:
    """Everything that waits, client by client; clients with nothing are named in one line."""
    return Document(
        page=lambda: Page(f"Today · {long_date(today.date)}", tuple(_clients(today))),
        data=lambda: _today_data(today),
        rows=("clients.waiting",),
    )


def _clients(today: Today) -> Iterator[Block]:
    for client in today.clients:
        if client.busy:
            yield Heading(client.client.name)
            yield Line((quiet(_next_line(client)),))
            yield Bullets((*_waiting(client, today.date), *_off_track(client)))
    idle = [
        f"{client.client.name} ({_next_line(client)})"
        for client in today.clients
        if not client.busy
    ]
    if idle:
        yield Line(f"Nothing waits with {'; '.join(idle)}.")


def _next_line(client: ClientToday) -> str:
    if client.engagement.closed:
        return f"closed {short_date(client.engagement.closed)}"
    if client.next is None:
        return "every session is held"
    if client.next.state != "planned":
        return f"next: session {client.next.number}, {client.next.state}, no new day yet"
    return f"next: session {client.next.number}, {short_date(client.next.date)}"


def _waiting(client: ClientToday, today: dt.date) -> Iterator[Item]:
    """What waits; of parked topics without a date only the first few, and how many more."""
    undated = [due for due in client.waiting if due.kind == "parked" and due.state == "open"]
    shown = undated[:UNDATED]
    for due in client.waiting:
        if due not in undated or due in shown:
            yield _due(client, due, today)
    if more := len(undated) - len(shown):
        command = f"trajplan parked --client {client.client.slug}"
        yield Item(f"parked: {more} more", below=((code(command),),))


def _due(client: ClientToday, due: DueItem, today: dt.date) -> Item:
    """One thing to do, and the command that does it."""
    text = due.text
    if due.kind == "pinned":
        return Item((bold("Pinned:"), f" {text}"), below=((code(_command(client, due)),),))
    if due.kind == "deadline":
        alone = "; no session before then" if due.state == "no_session" else ""
        when = f"{short_date(due.date)}, {due_words(due.date, today)}{alone}"
        return Item((bold(f"{when}:"), f" {due.text}"), below=((code(_command(client, due)),),))
    if due.kind == "parked":
        by = f" (by {short_date(due.date)}, {due_words(due.date, today)})"
        text = f"parked: {text}{by if due.state == 'dated' else ''}"
        return Item(text, below=((code(_command(client, due)),),))
    if due.kind == "commitment_due":
        text = f"due {short_date(due.date)} and {DUE_STATES[due.state]}: {due.text}"
    if due.session:
        text = f"session {due.session}: {text}"
    return Item(text, below=((code(_command(client, due)),),))


def _command(client: ClientToday, due: DueItem) -> str:
    return f"{due.command} --client {client.client.slug}"


def _off_track(client: ClientToday) -> tuple[Item, ...]:
    """The signs that the journey stalls, and what may be behind them."""
    if not client.off_track:
        return ()
    why = code(f"trajplan journey --client {client.client.slug}")
    return (
        Item(
            (Span("Off track:", "warning"), f" {'; '.join(client.off_track)}"),
            below=(client.stall.likely_cause, (why,)),
        ),
    )


def _today_data(today: Today) -> dict[str, Any]:
    return {
        "date": today.date,
        "clients": [
            {
                **client_data(client.client),
                "next_session": client.next.number if client.next else None,
                "next_date": client.next.date if client.next else None,
                "closed": client.engagement.closed,
                "off_track": client.off_track,
                "likely_cause": client.stall.likely_cause if client.off_track else "",
                "silent": client.stall.silent,
                "waiting": [
                    {
                        **fields_data(due, "kind", "session", "date", "text"),
                        "command": _command(client, due),
                    }
                    for due in client.waiting
                ],
            }
            for client in today.clients
        ],
    }
