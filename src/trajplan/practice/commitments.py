"""Commitments and their reviews (R94–R100): the history, and how each stands now."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any

from trajplan.practice import rows
from trajplan.practice.forms import CommitmentKind, Proposer
from trajplan.practice.records import Commitment, CommitmentReview, CommitmentStatus
from trajplan.practice.store import Store

CHANGEABLE = frozenset(
    [
        "what",
        "due",
        "how_will_i_know",
        "obstacle",
        "if_then",
        "kind",
        "proposed_by",
        "goal",
        "estimate_minutes",
    ]
)
MISSED = frozenset({"partly", "not_yet"})


def add(
    store: Store,
    *,
    engagement_id: int,
    session_id: int | None,
    what: str,
    due: dt.date,
    how_will_i_know: str,
    obstacle: str = "",
    if_then: str = "",
    kind: CommitmentKind | None = None,
    proposed_by: Proposer = "client",
    goal: str = "",
    estimate_minutes: int | None = None,
) -> Commitment:
    """Add an open commitment."""
    number = rows.insert(
        store,
        "commitments",
        engagement_id=engagement_id,
        session_id=session_id,
        what=what,
        due=due,
        how_will_i_know=how_will_i_know,
        obstacle=obstacle,
        if_then=if_then,
        kind=kind,
        proposed_by=proposed_by,
        goal=goal,
        estimate_minutes=estimate_minutes,
        status="open",
        misses=0,
        learned="",
    )
    return by_id(store, number)


def by_id(store: Store, commitment_id: int) -> Commitment:
    """Return one commitment as it stands. Raises NotFound."""
    row = store.run("SELECT * FROM commitments WHERE id = ?", (commitment_id,)).fetchone()
    if row is None:
        raise rows.missing("commitments", commitment_id)
    return _record(row)


def of_engagement(store: Store, engagement_id: int) -> tuple[Commitment, ...]:
    """Return every commitment of an engagement, in the order they were made."""
    return _where(store, "engagement_id", engagement_id)


def of_session(store: Store, session_id: int) -> tuple[Commitment, ...]:
    """Return the commitments made in a session, in the order they were made."""
    return _where(store, "session_id", session_id)


def update(store: Store, commitment_id: int, **changes: Any) -> Commitment:
    """Reword: change fields named in `CHANGEABLE`. Raises TypeError for others, NotFound."""
    rows.update(store, "commitments", commitment_id, changes, CHANGEABLE)
    return by_id(store, commitment_id)


def review(
    store: Store,
    commitment_id: int,
    *,
    status: CommitmentStatus,
    date: dt.date,
    minutes: int | None = None,
    value: int | None = None,
    learned: str = "",
) -> Commitment:
    """Append a review and bring the commitment up to it. Raises NotFound.

    The history keeps the review as given; in the commitment a figure or text that the review
    leaves out stays as it was. `partly` and `not_yet` count as a miss each time.
    """
    before = by_id(store, commitment_id)
    rows.insert(
        store,
        "commitment_reviews",
        commitment_id=commitment_id,
        date=date,
        status=status,
        minutes=minutes,
        value=value,
        learned=learned,
    )
    now = {
        "status": status,
        "misses": before.misses + (status in MISSED),
        "minutes": before.minutes if minutes is None else minutes,
        "value": before.value if value is None else value,
        "learned": learned or before.learned,
    }
    rows.update(store, "commitments", commitment_id, now, now)
    return by_id(store, commitment_id)


def history(store: Store, commitment_id: int) -> tuple[CommitmentReview, ...]:
    """Return the reviews of a commitment, as they were given, first to last."""
    found = store.run(
        "SELECT * FROM commitment_reviews WHERE commitment_id = ? ORDER BY id", (commitment_id,)
    )
    return tuple(rows.record(CommitmentReview, row) for row in found)


def clear_unreviewed(store: Store, session_id: int) -> int:
    """Delete the session's commitments that nobody has reviewed; return how many.

    For wrapping a session a second time: what was reviewed has a history and stays.
    """
    return store.run(
        "DELETE FROM commitments WHERE session_id = ? AND id NOT IN"
        " (SELECT commitment_id FROM commitment_reviews)",
        (session_id,),
    ).rowcount


def _where(store: Store, column: str, value: int) -> tuple[Commitment, ...]:
    found = store.run(f"SELECT * FROM commitments WHERE {column} = ? ORDER BY id", (value,))
    return tuple(_record(row) for row in found)


def _record(row: sqlite3.Row) -> Commitment:
    return rows.record(Commitment, row)
