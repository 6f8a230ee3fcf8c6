"""Commitments and their reviews (R94–R100): the history, and how each stands now."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any

from trajplan.records import rows
from trajplan.records.forms import NewCommitment
from trajplan.records.goal_records import Goal
from trajplan.records.records import MISSED, Commitment, CommitmentReview, CommitmentStatus
from trajplan.records.store import Store

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
        "goal_id",
        "estimate_minutes",
    ]
)


def add(
    store: Store,
    taken: NewCommitment,
    *,
    engagement_id: int,
    session_id: int | None,
    due: dt.date,
    goal: Goal | None = None,
    number: int | None = None,
) -> Commitment:
    """Add an open commitment; `due` is the day that its `when` means.

    With `goal` it is linked to that goal and keeps its words. `number` gives back one that the
    client already has; without it the next one is taken.
    """
    made = rows.insert(
        store,
        "commitments",
        engagement_id=engagement_id,
        session_id=session_id,
        number=number,
        what=taken.what,
        due=due,
        how_will_i_know=taken.how_will_i_know,
        obstacle=taken.obstacle,
        if_then=taken.if_then,
        kind=taken.kind,
        proposed_by=taken.proposed_by,
        goal=goal.text if goal else taken.goal,
        goal_id=goal.id if goal else None,
        estimate_minutes=taken.estimate_minutes,
        status="open",
        misses=0,
        learned="",
    )
    return by_id(store, made)


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


def reword_goal(store: Store, goal: Goal) -> None:
    """Bring the words of a goal into the commitments that are linked to it."""
    store.run("UPDATE commitments SET goal = ? WHERE goal_id = ?", (goal.text, goal.id))


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


def clear_unreviewed(store: Store, session_id: int) -> dict[str, int]:
    """Delete the session's commitments that nothing was said of; return their numbers by `what`.

    For wrapping a session a second time: what was reviewed, or written and called about, has a
    history and stays.
    """
    gone = store.run(
        "DELETE FROM commitments WHERE session_id = ? AND id NOT IN"
        " (SELECT commitment_id FROM commitment_reviews UNION SELECT commitment_id FROM contacts)"
        " RETURNING what, number",
        (session_id,),
    ).fetchall()
    return {row["what"]: row["number"] for row in gone}


def _where(store: Store, column: str, value: int) -> tuple[Commitment, ...]:
    found = store.run(f"SELECT * FROM commitments WHERE {column} = ? ORDER BY id", (value,))
    return tuple(_record(row) for row in found)


def _record(row: sqlite3.Row) -> Commitment:
    return rows.record(Commitment, row)
