"""Filled worksheets with the number of their session. On its way out."""

from __future__ import annotations

from msgspec.structs import asdict

from trajplan.records import model
from trajplan.records.records import WorksheetAnswers
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store


def of_engagement(
    store: Store, engagement_id: int, worksheet: str = ""
) -> tuple[WorksheetAnswers, ...]:
    """Return the fillings of an engagement, by date, then in the order they were saved.

    `worksheet` leaves only those of one worksheet.
    """
    numbers = session_numbers(store, engagement_id)
    where = {"worksheet": worksheet} if worksheet else {}
    return tuple(
        WorksheetAnswers(**asdict(filling), session_number=numbers.get(filling.session_id or 0))
        for filling in store.select(model.WorksheetAnswers, engagement_id=engagement_id, **where)
    )
