"""`progress`: what the client's commitments cost, gave and met (R107), read only."""

from __future__ import annotations

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.resolve import case_of
from trajplan.measures.progress import Progress
from trajplan.measures.progress import progress as figures
from trajplan.records.model import Client, Commitment
from trajplan.records.store import reading


class ProgressPage(Struct, frozen=True, kw_only=True):
    """A client with their figures."""

    client: Client
    progress: Progress


def progress(context: Context, *, client: str | None) -> ProgressPage:
    """Every figure over the commitments of the client's engagement."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        commitments = store.select(Commitment, engagement_id=case.engagement.id)
    return ProgressPage(client=case.client, progress=figures(commitments))
