"""What a small practice is made of, for the tests of the store."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from trajplan.records import clients, engagements, sessions
from trajplan.records.forms import Intake
from trajplan.records.model import Client, Engagement, Session
from trajplan.records.store import Store

START = dt.date(2025, 3, 3)


@dataclass(frozen=True)
class Practice:
    """An open store, its client Ana, her engagement and its first session."""

    store: Store
    client: Client
    engagement: Engagement
    session: Session

    def further(self, number: int | None = 2, **changes: object) -> Session:
        """Add another session a fortnight on."""
        session = sessions.add(
            self.store,
            engagement_id=self.engagement.id,
            number=number,
            kind="check_in" if number is None else "numbered",
            date=START + dt.timedelta(days=14 * ((number or 1) - 1)),
            start_time="",
        )
        return sessions.update(self.store, session.id, **changes) if changes else session


def begin(store: Store, slug: str = "ana", **intake: object) -> Engagement:
    """Add a client with one engagement."""
    client = clients.add(store, slug=slug, name=slug.title(), initials="A.", today=START)
    return engagements.add(
        store,
        client_id=client.id,
        journey="integrative-12",
        method="integrative",
        sessions=12,
        start=START,
        start_time="09:30",
        time_zone="Europe/Lisbon",
        minutes=90,
        every_days=14,
        destination="A role with room to build",
        intake=Intake(kind="intake", name=slug.title(), **intake),  # type: ignore[arg-type]
        today=START,
    )
