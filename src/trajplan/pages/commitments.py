"""Commitments: the list, and one with what was said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import to_builtins

from trajplan.actions.commitments import CommitmentList, CommitmentView
from trajplan.dates import short_date
from trajplan.pages.document import Document, client_data, numbered_data
from trajplan.pages.page import Column, Page, Text, labelled, listed
from trajplan.pages.words import STATUSES, path_text
from trajplan.records.model import Commitment


def commitment_list(commitments: CommitmentList) -> Document:
    """Every commitment with its status; one past its day and still open is marked as due."""
    return Document(
        page=lambda: _list(commitments),
        data=lambda: {
            **client_data(commitments.client),
            "commitments": [
                {
                    **commitment_data(commitment, commitments.paths),
                    "session": _session(commitments, commitment),
                }
                for commitment in commitments.commitments
            ],
        },
    )


def _list(commitments: CommitmentList) -> Page:
    table = listed(
        (Column("id", whole=True), "session", "what", "by", "status"),
        (
            (
                str(commitment.number),
                str(_session(commitments, commitment) or ""),
                commitment.what,
                short_date(commitment.due),
                _status(commitment, commitments.today),
            )
            for commitment in commitments.commitments
        ),
        "No commitment yet; `trajplan wrap session` saves them.",
    )
    return Page(f"Commitments · {commitments.client.name}", (table,))


def _session(commitments: CommitmentList, commitment: Commitment) -> int | None:
    """The number of the session it was made in."""
    session = commitments.sessions.get(commitment.session_id or 0)
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
    return Document(page=lambda: _page(view), data=lambda: _data(view))


def _page(view: CommitmentView) -> Page:
    number = view.session.number if view.session else None
    place = f"session {number}" if number else "between sessions"
    return Page(
        f"{view.client.name} · {place} · commitment {view.commitment.number}",
        (labelled([*_promise(view), *_outcome(view)]),),
    )


def _promise(view: CommitmentView) -> Iterator[tuple[str, Text]]:
    commitment = view.commitment
    yield ("What", commitment.what)
    yield ("By when", short_date(commitment.due))
    yield ("How will I know", commitment.how_will_i_know)
    yield ("Obstacle", commitment.obstacle)
    yield ("If … then …", commitment.if_then)
    yield ("Kind", (commitment.kind or "").replace("_", " "))
    yield ("Proposed by", commitment.proposed_by)
    yield ("Goal", path_text(view.path) or commitment.goal)


def _outcome(view: CommitmentView) -> Iterator[tuple[str, Text]]:
    commitment = view.commitment
    yield ("Status", STATUSES[commitment.status])
    yield ("Minutes spent", str(commitment.minutes or ""))
    yield ("Value, 1–10", str(commitment.value or ""))
    yield ("Learned", commitment.learned)
    for review in view.reviews:
        lesson = f": {review.learned}" if review.learned else ""
        yield (f"Review of {short_date(review.date)}", f"{STATUSES[review.status]}{lesson}")
    for contact in view.contacts:
        yield (
            f"{contact.kind.capitalize()} of {short_date(contact.date)}",
            contact.note or "recorded",
        )


def _data(view: CommitmentView) -> dict[str, Any]:
    """The documented keys of `commitments show --format json`."""
    return {
        **client_data(view.client),
        "session": view.session.number if view.session else None,
        **commitment_data(view.commitment, {view.commitment.goal_id or 0: view.path}),
        "reviews": to_builtins(view.reviews),
        "contacts": to_builtins(view.contacts),
    }


def commitment_data(commitment: Commitment, paths: Mapping[int, tuple[str, ...]]) -> dict[str, Any]:
    """A commitment; in place of the link stands `path`: the goals it serves, the widest first."""
    data = numbered_data(commitment)
    goal = data.pop("goal_id")
    data["path"] = list(paths.get(goal, ()))
    return data
