"""`progress`: what the client's commitments cost, gave and met (R107), read only."""

from __future__ import annotations

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.measures.progress import Progress
from trajplan.measures.progress import progress as figures
from trajplan.records.model import Client, Commitment


class ProgressPage(Struct, frozen=True, kw_only=True):
    """A client with their figures."""

    client: Client
    progress: Progress


def progress(context: Context, *, client: str | None) -> ProgressPage:
    """Every figure over the commitments of the client's engagement."""
    with context.read(client) as records:
        commitments = records.own(Commitment)
        return ProgressPage(client=records.client, progress=figures(commitments))
