"""Commitments through their reviews (R94–R100): each stands as the latest review left it."""

from __future__ import annotations

import datetime as dt

from trajplan.records.columns import same_fields
from trajplan.records.forms import NewCommitment
from trajplan.records.model import (
    MISSED,
    Commitment,
    CommitmentReview,
    Contact,
    Goal,
)
from trajplan.records.store import Store


def commitment_of(
    form: NewCommitment,
    *,
    engagement_id: int,
    session_id: int | None,
    due: dt.date,
    goal: Goal | None = None,
) -> Commitment:
    """An open commitment, to be saved; `due` is the day that its `when` means.

    With `goal` it is linked to that goal and takes its words.
    """
    return Commitment(
        **{**same_fields(form, Commitment), "goal": goal.text if goal else form.goal},
        engagement_id=engagement_id,
        session_id=session_id,
        due=due,
        goal_id=goal.id if goal else None,
    )


def insert_review(store: Store, review: CommitmentReview) -> Commitment:
    """Append a review and bring its commitment up to it. Raises NotFound.

    The history keeps the review as given; in the commitment a figure or text that the review
    leaves out stays as it was. `partly` and `not_yet` count as a miss each time.
    """
    commitment = store.get(Commitment, review.commitment_id)
    store.insert(review)
    return store.update(
        commitment,
        status=review.status,
        misses=commitment.misses + (review.status in MISSED),
        minutes=commitment.minutes if review.minutes is None else review.minutes,
        value=commitment.value if review.value is None else review.value,
        learned=review.learned or commitment.learned,
    )


def link_to_goal(store: Store, commitment: Commitment, goal: Goal | None, words: str) -> Commitment:
    """Let a commitment serve a goal, or where none is meant, a goal in words alone."""
    return store.update(
        commitment, goal=goal.text if goal else words, goal_id=goal.id if goal else None
    )


def reword_goal(store: Store, goal: Goal) -> None:
    """Bring the words of a goal into the commitments that are linked to it."""
    for commitment in store.select(Commitment, goal_id=goal.id):
        store.update(commitment, goal=goal.text)


def clear_unreviewed(store: Store, session_id: int) -> dict[str, int]:
    """Delete the session's commitments that nothing was said of; return their numbers by `what`.

    For wrapping a session a second time: what was reviewed, or written and called about, has a
    history and stays.
    """
    numbers = {}
    for commitment in store.select(Commitment, session_id=session_id):
        spoken_of = store.find(CommitmentReview, commitment_id=commitment.id) or store.find(
            Contact, commitment_id=commitment.id
        )
        if not spoken_of:
            store.delete(Commitment, id=commitment.id)
            numbers[commitment.what] = commitment.number
    return numbers
