"""`undo`: the last command that changed records is taken back (R138)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.records import undo
from trajplan.records.model import Client
from trajplan.records.store import Store, reading, rewrite
from trajplan.records.undo import UndoEntry


class UndoList(Struct, frozen=True, kw_only=True):
    """The commands that can be taken back."""

    entries: tuple[UndoEntry, ...]
    """The last one first."""
    clients: Mapping[int, Client]
    """Those they were about, by id."""


class TakenBack(Struct, frozen=True, kw_only=True):
    """A command that was taken back, or brought back, and what can be taken back next."""

    entry: UndoEntry
    client: Client | None
    """Whom it was about, as they were; None: the coach's own records."""
    redo: bool
    """It was brought back."""
    withdrawn: int
    """Ratings and scaled answers that stay in the records and count no more."""
    left: UndoList


def undo_list(context: Context) -> UndoList:
    """Read what can be taken back. Raises NotFound where there is no practice."""
    with reading(context.practice) as store:
        return _list(store)


def take_back(context: Context, *, redo: bool = False) -> TakenBack:
    """Take the last command back, or with `redo` bring back the one taken back last.

    In one transaction. Raises NotFound where there is none, CannotDo where a rating would have to
    be deleted.
    """
    with context.writing() as store:
        before = _list(store)
        undone = undo.take_back(store, context.today.isoformat(), redo=redo)
        left = _list(store)
        client_id = left.entries[0].client_id if redo else undone.entry.client_id
        return TakenBack(
            entry=undone.entry,
            client=(left if redo else before).clients.get(client_id or 0),
            redo=redo,
            withdrawn=undone.withdrawn,
            left=left,
        )


def forget(context: Context) -> int:
    """Clear the list, and what was removed or changed with it; return how many commands it held.

    The file is written anew, so that no word of it is left there.
    """
    with context.writing() as store:
        count = undo.forget(store)
    rewrite(context.practice, done="the list is cleared")
    return count


def _list(store: Store) -> UndoList:
    clients = {client.id: client for client in store.select(Client)}
    return UndoList(entries=undo.entries(store), clients=clients)
