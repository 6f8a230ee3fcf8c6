"""Clients: who is coached, and whose records a command means when it does not say."""

from __future__ import annotations

from trajplan.records.model import Client
from trajplan.records.store import Store


def touch(store: Store, client_id: int) -> None:
    """Count a change to this client's records, so that plans made before it are made anew.

    `Context.write` does it by itself. Raises NotFound.
    """
    client = store.get(Client, client_id)
    store.update(client, revision=client.revision + 1)


def current(store: Store) -> Client | None:
    """Return the client that commands without `--client` mean, if one was chosen."""
    chosen = store.current_client
    return store.get(Client, chosen) if chosen else None


def set_current(store: Store, client_id: int) -> None:
    """Choose the client that commands without `--client` mean. Raises NotFound."""
    store.choose_client(store.get(Client, client_id))
