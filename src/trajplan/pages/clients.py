"""Clients: the list, and what is said when one is added or referred."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from trajplan.dates import long_date, own_words, short_date
from trajplan.pages.document import (
    ITSELF,
    Document,
    client_data,
    fields_data,
    record_data,
    records_data,
)
from trajplan.pages.page import Block, Column, Page, Text, code, labelled, listed, sentence
from trajplan.pages.words import REFERRAL_RULE, before_next, next_meeting, next_number
from trajplan.text import plural

if TYPE_CHECKING:
    from trajplan.actions.client_records import Detail
    from trajplan.actions.clients import ClientRow
    from trajplan.actions.new_client import NewEngagement
    from trajplan.actions.update_client import ClientUpdate, FieldChange
    from trajplan.planning.from_records import EarlierJourney
    from trajplan.records.dossier import Dossier
    from trajplan.records.model.journeys import Client, Referral


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
    words = next_meeting(row.engagement, row.next)
    if row.follow_up is None:
        return words
    due = " (due)" if row.follow_up.date <= today else ""
    return f"{words}; follow-up {short_date(row.follow_up.date)}{due}"


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
    dossier = detail.dossier
    return Document(
        page=lambda: _referral_change(dossier, detail.record),
        data=lambda: {
            **client_data(dossier.client),
            "session": next_number(dossier),
            **record_data(detail.record),
            "standing": records_data(dossier.standing_referrals()),
        },
    )


def _referral_change(dossier: Dossier, referral: Referral) -> Page:
    standing = dossier.standing_referrals()
    act = "ended" if referral.ended else "recorded"
    return Page.of(
        f"{dossier.client.name} · {before_next(dossier)}: referral {act}",
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
