"""`practice export`: everything kept about one client, or about all, as plain data (R119)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.fill_worksheet import drafts_of
from trajplan.actions.resolve import client_named
from trajplan.records import belongings, migrations
from trajplan.records.model import Client
from trajplan.records.store import Store, reading

FORMAT = "trajplan-practice"
FORMAT_VERSION = 1
"""Counts changes to the frame around the tables; `version` says which tables there are."""


class Export(Struct, frozen=True, kw_only=True):
    """What was read for an export, and what a coach should know of it."""

    data: Mapping[str, Any]
    whose: str
    """Name and slug, or `every client`."""
    records: int
    drafts: tuple[str, ...]
    """Files beside the practice that are not in it, by name."""


def export(context: Context, slug: str | None) -> Export:
    """Read one client's records, or with None the whole practice, in one view of the file.

    The coach's own (days off, questions retired for good) is part of a whole practice alone.
    Raises NotFound, StoreFault.
    """
    with reading(context.practice) as store:
        clients = (client_named(store, slug),) if slug is not None else store.select(Client)
        data: dict[str, Any] = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "practice_id": store.practice_id,
            "version": migrations.newest(),
            "exported": context.today.isoformat(),
            "of": "practice" if slug is None else "client",
            "clients": [_client(store, client) for client in clients],
        }
        if slug is None:
            data["own"] = belongings.contents(store, belongings.of_nobody(store))
    parts = [*(client["tables"] for client in data["clients"]), data.get("own", {})]
    return Export(
        data=data,
        whose=f"{clients[0].name} ({clients[0].slug})" if slug is not None else "every client",
        records=sum(len(rows) for tables in parts for rows in tables.values()),
        drafts=tuple(draft.name for client in clients for draft in drafts_of(context, client.slug)),
    )


def _client(store: Store, client: Client) -> dict[str, Any]:
    tables = belongings.contents(store, belongings.of_client(store, client.id))
    return {"slug": client.slug, "name": client.name, "tables": tables}
