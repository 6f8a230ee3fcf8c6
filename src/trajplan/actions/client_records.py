"""A practice opened for one client: to read, or in one transaction to change."""

from __future__ import annotations

from typing import Any

from trajplan.actions.resolve import ClientEngagement
from trajplan.errors import NotFound
from trajplan.records.columns import R
from trajplan.records.dossier import Dossier, read_dossier
from trajplan.records.model import Client, Engagement
from trajplan.records.store import Store


class ClientRecords(Store):
    """The practice, opened for one client: `Context.read` and `Context.write` give it."""

    __slots__ = ("_dossier", "_read_at", "case")

    def __init__(self, store: Store, case: ClientEngagement) -> None:
        super().__init__(store.db, store.path)
        self.case = case
        self._dossier: Dossier | None = None
        self._read_at = 0

    @property
    def client(self) -> Client:
        """The client, as they were when the practice was opened."""
        return self.case.client

    @property
    def engagement(self) -> Engagement:
        """The engagement that is meant, as it was when the practice was opened."""
        return self.case.engagement

    @property
    def revision(self) -> int:
        """The client's revision, counting what was written until now."""
        return self.client.revision + (self.changes > 0)

    @property
    def dossier(self) -> Dossier:
        """Everything about the engagement as it stands, read when asked for after a change."""
        if self._dossier is None or self._read_at != self.db.total_changes:
            client, engagement = self.client, self.engagement
            engagements = self.case.engagements
            if self.changes:
                # Something was written since the practice was opened; these may have changed.
                client = self.get(Client, client.id)
                engagements = self.select(Engagement, client_id=client.id)
                engagement = next(own for own in engagements if own.id == engagement.id)
            self._dossier = read_dossier(self, client, engagement, engagements)
            self._read_at = self.db.total_changes
        return self._dossier

    def raise_revision(self) -> None:
        """Count a change, so that plans made before it are made anew; once a transaction."""
        if self.get(Client, self.client.id).revision == self.client.revision:
            self.update(self.client, revision=self.client.revision + 1)

    def own(self, kind: type[R], /, **where: Any) -> tuple[R, ...]:
        """Select from the records of this engagement, for kinds that name theirs."""
        return self.select(kind, engagement_id=self.engagement.id, **where)

    def numbered(self, kind: type[R], number: int) -> R:
        """The record of this engagement that a coach calls by a number.

        Raises NotFound, saying which there are; another client's is not there.
        """
        record = next(iter(self.own(kind, number=number)), None)
        if record is None:
            there = ", ".join(str(getattr(own, "number")) for own in self.own(kind))  # noqa: B009
            raise NotFound(
                f"`{self.client.slug}` has no {kind.__name__.lower()} {number}; "
                + (f"there are {there}" if there else "there is none yet")
            )
        return record
