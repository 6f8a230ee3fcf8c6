"""Clients: who is coached, and whose records a command means when it does not say."""

from __future__ import annotations

import datetime as dt

from trajplan.errors import CannotDo
from trajplan.records import rows
from trajplan.records.records import Client
from trajplan.records.store import Store


def add(store: Store, *, slug: str, name: str, initials: str, today: dt.date) -> Client:
    """Add a client at revision 0. Raises CannotDo when the slug is taken."""
    taken = by_slug(store, slug)
    if taken is not None:
        raise CannotDo(f"there is already a client `{slug}` ({taken.name}); choose another slug")
    number = rows.insert(
        store, "clients", slug=slug, name=name, initials=initials, revision=0, created=today
    )
    return by_id(store, number)


def everyone(store: Store) -> tuple[Client, ...]:
    """Return all clients, by slug."""
    found = store.run("SELECT * FROM clients ORDER BY slug")
    return tuple(rows.record(Client, row) for row in found)


def by_id(store: Store, client_id: int) -> Client:
    """Return one client. Raises NotFound."""
    row = store.run("SELECT * FROM clients WHERE id = ?", (client_id,)).fetchone()
    if row is None:
        raise rows.missing("clients", client_id)
    return rows.record(Client, row)


def by_slug(store: Store, slug: str) -> Client | None:
    """Return the client with exactly this slug."""
    row = store.run("SELECT * FROM clients WHERE slug = ?", (slug,)).fetchone()
    return None if row is None else rows.record(Client, row)


def touch(store: Store, client_id: int) -> None:
    """Count a change to this client's records, so that plans made before it are made anew.

    To be called once by every command that changes what a plan is made from. Raises NotFound.
    """
    changed = store.run("UPDATE clients SET revision = revision + 1 WHERE id = ?", (client_id,))
    if not changed.rowcount:
        raise rows.missing("clients", client_id)


def current(store: Store) -> Client | None:
    """Return the client that commands without `--client` mean, if one was chosen."""
    row = store.run(
        "SELECT clients.* FROM clients JOIN meta ON clients.id = meta.current_client"
    ).fetchone()
    return None if row is None else rows.record(Client, row)


def set_current(store: Store, client_id: int) -> None:
    """Choose the client that commands without `--client` mean. Raises NotFound."""
    by_id(store, client_id)
    store.run("UPDATE meta SET current_client = ?", (client_id,))
