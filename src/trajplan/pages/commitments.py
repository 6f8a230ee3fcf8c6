"""Commitments: the list, and one with what was said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from trajplan.actions.commitments import CommitmentList, CommitmentView
from trajplan.codec import to_plain
from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.numbered import plain_commitment
from trajplan.pages.page import Column, Line, Page, Table, labelled, sentence
from trajplan.pages.words import STATUSES, path_text
from trajplan.records.model import Commitment

COLUMNS = (Column("id", whole=True), "session", "what", "by", "status")
EMPTY = "No commitment yet; `trajplan wrap session` saves them."


def commitment_list(own: CommitmentList) -> Document:
    """Every commitment with its status; one past its day and still open is marked as due."""
    rows = tuple(_row(own, commitment) for commitment in own.commitments)
    return Document(
        page=lambda: Page(
            f"Commitments · {own.client.name}",
            (Table(COLUMNS, rows) if rows else Line(sentence(EMPTY)),),
        ),
        data=lambda: {
            "client": own.client.slug,
            "client_name": own.client.name,
            "commitments": [
                {
                    **plain_commitment(commitment, own.paths),
                    "session": _session_number(own, commitment),
                }
                for commitment in own.commitments
            ],
        },
    )


def _row(own: CommitmentList, commitment: Commitment) -> tuple[str, ...]:
    return (
        str(commitment.number),
        str(_session_number(own, commitment) or ""),
        commitment.what,
        short_date(commitment.due),
        _status(commitment, own.today),
    )


def _session_number(own: CommitmentList, commitment: Commitment) -> int | None:
    session = own.sessions.get(commitment.session_id or 0)
    return session.number if session else None


def _status(commitment: Commitment, today: dt.date) -> str:
    text = STATUSES[commitment.status]
    if commitment.misses:
        text += f", waited {commitment.misses}×"
    if commitment.status == "open" and commitment.due < today:
        text += ", its day has passed"
    return text


def commitment_page(view: CommitmentView) -> Document:
    """One commitment in full."""
    return Document(page=lambda: page(view), data=lambda: _data(view))


def page(view: CommitmentView) -> Page:
    """What was promised, then what was said of it since."""
    commitment, number = view.commitment, view.session.number if view.session else None
    made = f"session {number}" if number else "between sessions"
    return Page(
        f"{view.client.name} · {made} · commitment {commitment.number}",
        (
            labelled(
                [
                    ("What", commitment.what),
                    ("By when", short_date(commitment.due)),
                    ("How will I know", commitment.how_will_i_know),
                    ("Obstacle", commitment.obstacle),
                    ("If … then …", commitment.if_then),
                    ("Kind", (commitment.kind or "").replace("_", " ")),
                    ("Proposed by", commitment.proposed_by),
                    ("Goal", path_text(view.path) or commitment.goal),
                    ("Status", STATUSES[commitment.status]),
                    ("Minutes spent", str(commitment.minutes or "")),
                    ("Value, 1–10", str(commitment.value or "")),
                    ("Learned", commitment.learned),
                    *_since(view),
                ]
            ),
        ),
    )


def _since(view: CommitmentView) -> Iterator[tuple[str, str]]:
    for review in view.reviews:
        learned = f": {review.learned}" if review.learned else ""
        yield f"Review of {short_date(review.date)}", f"{STATUSES[review.status]}{learned}"
    for contact in view.contacts:
        yield f"{contact.kind.capitalize()} of {short_date(contact.date)}", contact.note or "kept"


def _data(view: CommitmentView) -> dict[str, Any]:
    return {
        "client": view.client.slug,
        "client_name": view.client.name,
        "session": view.session.number if view.session else None,
        **plain_commitment(view.commitment, {view.commitment.goal_id or 0: view.path}),
        "reviews": to_plain(view.reviews),
        "contacts": to_plain(view.contacts),
    }
