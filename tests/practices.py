"""What tests of practice files put in and look up: clients by their slugs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from trajplan.records.model.journeys import Client
from trajplan.records.store import Store, reading


def add(store: Store, slug: str = "ana") -> None:
    """Save a client who is called like the slug."""
    created = dt.date(2025, 3, 3)
    store.insert(Client(slug=slug, name=slug, initials="A.", created=created))


def slugs(path: Path) -> list[str]:
    """Of the clients in a file, in the order they were saved."""
    with reading(path) as store:
        return [client.slug for client in store.select(Client)]
