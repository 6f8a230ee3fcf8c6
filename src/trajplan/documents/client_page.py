"""One client on one page, for the coach: where we are going, where we are, what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from trajplan.codec import to_plain
from trajplan.documents.document import Document
from trajplan.documents.listing import Card, card
from trajplan.documents.sessions import SessionView
from trajplan.documents.tci_log import trends
from trajplan.documents.words import STATUSES, plural, short_date
from trajplan.measures.tci import Reading
from trajplan.planning.plan import WorksheetNote
from trajplan.practice.records import Assumption, Client, Commitment, Engagement, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPage:
    """What is known of a client. `phase` and `step` are those of the next session."""

    client: Client
    engagement: Engagement
    phases: tuple[tuple[str, int], ...]
    phase: str
    step: str
    next: Session | None
    last: SessionView | None
    held: int
    open_commitments: tuple[Commitment, ...]
    readings: tuple[Reading, ...]
    assumptions: tuple[Assumption, ...]
    today: dt.date
    worksheets: tuple[WorksheetNote, ...] = ()
    others: tuple[tuple[Engagement, int], ...] = ()
    """The client's other engagements with how many sessions were held."""


def client_page(found: ClientPage) -> Document:
    """The page as a document."""
    one, intake = found.engagement, found.engagement.intake
    return card(
        Card(
            title=f"{found.client.name} ({found.client.slug})"
            + (f" · engagement {one.ordinal}" if found.others else ""),
            pairs=(
                ("Destination", one.destination or "not yet in words"),
                ("Stuck point", intake.stuck_point),
                ("Drive", intake.drive),
                ("Priorities", " · ".join(intake.priorities)),
                ("Must have", " · ".join(intake.must_haves)),
                ("Fears", " · ".join(intake.fears)),
                ("Situation", intake.scenario),
                ("Journey", _journey(found)),
                ("Next", _next(found)),
                ("Last time", _last(found.last)),
                *(("Open commitment", _commitment(promise)) for promise in found.open_commitments),
                *(("Open assumption", belief.text) for belief in found.assumptions),
                *(
                    (name, f"{line}  {change}")
                    for name, line, change in trends(found.readings)
                    if found.readings
                ),
                *(("Worksheet", _worksheet(one)) for one in found.worksheets),
                *(
                    (f"Engagement {other.ordinal}", _other(found, other, held))
                    for other, held in found.others
                ),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "initials": found.client.initials,
                "engagement": to_plain(one),
                "held": found.held,
                "phase": found.phase,
                "step": found.step,
                "next_session": found.next.number if found.next else None,
                "next_date": found.next.date.isoformat() if found.next else None,
                "open_commitments": to_plain(found.open_commitments),
                "open_assumptions": to_plain(found.assumptions),
                "readings": to_plain(found.readings),
                "worksheets": to_plain(found.worksheets),
                "other_engagements": [other.ordinal for other, _ in found.others],
            },
        )
    )


def _journey(found: ClientPage) -> str:
    parts = [
        f"[{name} {size}]" if name == found.phase and found.next else f"{name} {size}"
        for name, size in found.phases
    ]
    held = f"{found.held} of {plural(found.engagement.sessions, 'session')} held"
    return f"{held} · {' → '.join(parts)}"


def _next(found: ClientPage) -> str:
    if found.next is None:
        return "every session is held"
    if found.next.state != "planned":
        was = f"{found.next.state}, was on {short_date(found.next.date)}"
        return f"session {found.next.number} has no new day yet ({was}): {found.step}"
    days = (found.next.date - found.today).days
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days" if days > 0 else "overdue")
    return f"session {found.next.number}, {short_date(found.next.date)} ({when}): {found.step}"


def _last(last: SessionView | None) -> str:
    if last is None:
        return ""
    text = f"session {last.row.session.number}, {short_date(last.row.session.date)}"
    if last.wrap is None:
        return f"{text}, not wrapped"
    return f"{text}: {last.wrap.focus}" if last.wrap.focus else text


def _other(found: ClientPage, one: Engagement, held: int) -> str:
    whose = f"{found.client.slug}/{one.ordinal}"
    many = plural(one.sessions, "session")
    return f"from {short_date(one.start)}, {held} of {many} held; --client {whose} shows it"


def _worksheet(one: WorksheetNote) -> str:
    lines = f": {' · '.join(one.lines)}" if one.lines else ""
    return f"{one.title}, {short_date(one.date)}{lines}"


def _commitment(one: Commitment) -> str:
    waited = f", waited {one.misses}×" if one.misses else ""
    return f"{one.what}, by {short_date(one.due)} ({STATUSES[one.status]}{waited})"
