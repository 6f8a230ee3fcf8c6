"""Endings: how an engagement was closed and what the client takes along (R12, R111-R115)."""

from __future__ import annotations

from trajplan.records.model import Ending, Engagement, Session
from trajplan.records.store import Store


def close(store: Store, ending: Ending) -> None:
    """Close an engagement; an ending from before it was reopened gives way.

    The follow-up becomes a meeting beside the journey.
    """
    _take_back(store, ending.engagement_id)
    store.insert(ending)
    store.update(store.get(Engagement, ending.engagement_id), closed=ending.closed)
    if ending.follow_up is not None:
        follow_up = Session(
            engagement_id=ending.engagement_id,
            number=None,
            kind="follow_up",
            date=ending.follow_up,
        )
        store.insert(follow_up)


def reopen(store: Store, engagement_id: int) -> None:
    """Take a closing back: the ending and its follow-up go."""
    _take_back(store, engagement_id)
    store.update(store.get(Engagement, engagement_id), closed=None)


def _take_back(store: Store, engagement_id: int) -> None:
    ending = store.find(Ending, engagement_id=engagement_id)
    if ending is None:
        return
    store.delete(Ending, engagement_id=engagement_id)
    if ending.follow_up is not None:
        store.delete(
            Session,
            engagement_id=engagement_id,
            kind="follow_up",
            state="planned",
            date=ending.follow_up,
        )
