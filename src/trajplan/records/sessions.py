"""Sessions: who meets on a day, the ratings of a numbered one (R103), an ending's follow-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from trajplan.errors import CannotDo
from trajplan.records.model import (
    Client,
    Ending,
    Engagement,
    ScaledAnswer,
    Session,
    TciEntry,
    Withdrawal,
)
from trajplan.records.plan_pages import AROUND, days_around

if TYPE_CHECKING:
    from trajplan.records.store import Store


def sessions_around(store: Store, date: dt.date) -> tuple[tuple[Client, Session], ...]:
    """Return the planned sessions of any client on a date, by time, those without a time last, and
    those of the days beside it, which on the coach's clock may be of that date."""
    pairs = store.run(
        f"SELECT s.id, e.client_id {AROUND} ORDER BY s.start_time = '', s.start_time, c.slug, s.id",
        days_around(date),
    ).fetchall()
    return tuple(
        (store.get(Client, client_id), store.get(Session, session_id))
        for session_id, client_id in pairs
    )


def standing_ratings(
    store: Store, session_ids: Collection[int]
) -> tuple[tuple[TciEntry, ...], tuple[ScaledAnswer, ...]]:
    """Ratings and scaled answers of these sessions that no undo has withdrawn, as they were given.

    Whatever reads ratings reads them here: of those withdrawn, an export alone knows.
    """
    withdrawals = store.select(Withdrawal)
    ratings = {withdrawal.tci_entry_id for withdrawal in withdrawals}
    answers = {withdrawal.scaled_answer_id for withdrawal in withdrawals}
    return (
        tuple(
            entry
            for entry in store.select(TciEntry, session_id=session_ids)
            if entry.id not in ratings
        ),
        tuple(
            answer
            for answer in store.select(ScaledAnswer, session_id=session_ids)
            if answer.id not in answers
        ),
    )


def append_rating(store: Store, entry: TciEntry) -> TciEntry:
    """Append one set of ratings.

    `corrects` is the id of an earlier entry of the same session. Raises CannotDo for another
    session's entry and for a session without a number, NotFound.
    """
    if store.get(Session, entry.session_id).number is None:
        raise CannotDo("ratings belong to a numbered session of the journey")
    if entry.corrects is not None:
        corrected = store.get(TciEntry, entry.corrects)
        if corrected.session_id != entry.session_id:
            raise CannotDo(
                f"entry {entry.corrects} belongs to another session and is not corrected here"
            )
    return store.insert(entry)


def close_engagement(store: Store, ending: Ending) -> None:
    """Close an engagement; an ending from before it was reopened gives way.

    The follow-up becomes a meeting beside the journey.
    """
    _delete_ending(store, ending.engagement_id)
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


def reopen_engagement(store: Store, engagement_id: int) -> None:
    """Take a closing back: the ending and its follow-up go."""
    _delete_ending(store, engagement_id)
    store.update(store.get(Engagement, engagement_id), closed=None)


def _delete_ending(store: Store, engagement_id: int) -> None:
    """Delete an ending with the follow-up it put on the calendar, unless that was held."""
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
