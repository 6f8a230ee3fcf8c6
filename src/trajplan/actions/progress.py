"""`progress`: what the client's commitments cost, gave and met (R107), read only."""

from __future__ import annotations

from trajplan.actions.context import Context
from trajplan.actions.resolve import case_of
from trajplan.measures.progress import progress as figures
from trajplan.pages.progress import ProgressPage
from trajplan.records.model import Commitment
from trajplan.records.store import reading


def progress(context: Context, *, client: str | None) -> ProgressPage:
    """Every figure over the commitments of the client's engagement."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        found = store.select(Commitment, engagement_id=case.engagement.id)
    return ProgressPage(client=case.client, progress=figures(found))
