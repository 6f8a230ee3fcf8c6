"""What a small practice is made of, for the tests of the store."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from typing import Any

from trajplan.records.forms import Intake
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.model.sessions import Session
from trajplan.records.store import Store

START = dt.date(2025, 3, 3)
LATER = START + dt.timedelta(days=14)


@dataclass(frozen=True)
class Practice:
    """An open store, its client Ana, her engagement and its first session."""

    store: Store
    client: Client
    engagement: Engagement
    session: Session

    def further(self, number: int | None = 2, **fields: Any) -> Session:
        """Add another session a fortnight on."""
        return self.store.insert(
            Session(
                **{
                    "engagement_id": self.engagement.id,
                    "number": number,
                    "kind": "check_in" if number is None else "numbered",
                    "date": START + dt.timedelta(days=14 * ((number or 1) - 1)),
                    **fields,
                }
            )
        )


def client(slug: str, **fields: Any) -> Client:
    """A client not yet in the store."""
    return Client(**{"slug": slug, "name": slug.title(), "initials": "A.", **fields}, created=START)


def journey(client_id: int, **fields: Any) -> Engagement:
    """An engagement not yet in the store."""
    return Engagement(
        **{
            "client_id": client_id,
            "ordinal": 1,
            "journey": "integrative-12",
            "method": "integrative",
            "sessions": 12,
            "start": START,
            "start_time": "09:30",
            "time_zone": "Europe/Lisbon",
            "minutes": 90,
            "every_days": 14,
            "destination": "A role with room to build",
            "intake": Intake(kind="intake", name="Ana"),
            "created": START,
            **fields,
        }
    )


def begin(store: Store, slug: str = "ana", **intake: Any) -> Engagement:
    """Add a client with one engagement."""
    added = store.insert(client(slug))
    return store.insert(
        journey(added.id, intake=Intake(kind="intake", name=slug.title(), **intake))
    )


def add_colour(db: sqlite3.Connection) -> None:
    """What a step of a later release may do to the tables."""
    db.execute("ALTER TABLE clients ADD COLUMN colour TEXT NOT NULL DEFAULT 'green'")
