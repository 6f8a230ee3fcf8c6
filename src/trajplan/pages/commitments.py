"""Commitments: the list, and one with what was said of it."""

from __future__ import annotations

import datetime as dt

from msgspec import to_builtins

from trajplan.actions.commitments import CommitmentList, CommitmentView
from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.pages.numbered import plain_commitment
from trajplan.pages.words import STATUSES, path_text
from trajplan.records.model import Commitment, Session


def commitment_list(found: CommitmentList) -> Document:
    """Every commitment with its status; one past its day and still open is marked as due."""
    return listing(
        Listing(
            title=f"Commitments · {found.client.name}",
            columns=("id", "session", "what", "by", "status"),
            rows=tuple(
                (
                    str(one.number),
                    _number(found.sessions.get(one.session_id or 0)),
                    one.what,
                    short_date(one.due),
                    _status(one, found.today),
                )
                for one in found.commitments
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "commitments": [
                    {
                        **plain_commitment(one, found.paths),
                        "session": session.number
                        if (session := found.sessions.get(one.session_id or 0))
                        else None,
                    }
                    for one in found.commitments
                ],
            },
            empty="No commitment yet; `trajplan wrap session` keeps them.",
        )
    )


def _number(session: Session | None) -> str:
    return str(session.number or "") if session else ""


def _status(one: Commitment, today: dt.date) -> str:
    text = STATUSES[one.status]
    if one.misses:
        text += f", waited {one.misses}×"
    if one.status == "open" and one.due < today:
        text += ", its day has passed"
    return text


def commitment_page(found: CommitmentView) -> Document:
    """One commitment in full."""
    one = found.commitment
    number = found.session.number if found.session else None
    made = f"session {number}" if number else "between sessions"
    return card(
        Card(
            title=f"{found.client.name} · {made} · commitment {one.number}",
            pairs=(
                ("What", one.what),
                ("By when", short_date(one.due)),
                ("How will I know", one.how_will_i_know),
                ("Obstacle", one.obstacle),
                ("If … then …", one.if_then),
                ("Kind", (one.kind or "").replace("_", " ")),
                ("Proposed by", one.proposed_by),
                ("Goal", path_text(found.path) or one.goal),
                ("Status", STATUSES[one.status]),
                ("Minutes spent", str(one.minutes or "")),
                ("Value, 1–10", str(one.value or "")),
                ("Learned", one.learned),
                *(
                    (
                        f"Review of {short_date(review.date)}",
                        STATUSES[review.status] + (f": {review.learned}" if review.learned else ""),
                    )
                    for review in found.reviews
                ),
                *(
                    (f"{one.kind.capitalize()} of {short_date(one.date)}", one.note or "kept")
                    for one in found.contacts
                ),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "session": found.session.number if found.session else None,
                **plain_commitment(one, {one.goal_id or 0: found.path}),
                "reviews": to_builtins(found.reviews),
                "contacts": to_builtins(found.contacts),
            },
        )
    )
