"""`progress`: what the client's commitments cost, gave and met (R107), read only."""

from __future__ import annotations

from trajplan.documents.progress import ProgressPage
from trajplan.measures.progress import progress as figures
from trajplan.practice import commitments
from trajplan.practice.store import reading
from trajplan.usecases.desk import Desk
from trajplan.usecases.which import case_of


def progress(desk: Desk, *, client: str | None) -> ProgressPage:
    """Every figure over the commitments of the client's engagement."""
    with reading(desk.practice) as store:
        case = case_of(store, client)
        found = commitments.of_engagement(store, case.engagement.id)
    return ProgressPage(client=case.client, progress=figures(found))
