"""`undo`: the last command that changed records is taken back (R138)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.context import Context
from trajplan.actions.undone_wrap import COMMANDS, delete_drafts, keep_as_drafts, wraps_then
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
    draft: bool = False
    """What a wrap held is a draft of the session's again."""


def undo_list(context: Context) -> UndoList:
    """Read what can be taken back. Raises NotFound where there is no practice."""
    with reading(context.practice) as store:
        return _list(store)


def take_back(context: Context, *, redo: bool = False) -> TakenBack:
    """Take the last command back, or with `redo` bring back the one taken back last.

    In one transaction. A wrap that is taken back is offered again by `wrap`. Raises NotFound where
    there is none, CannotDo where a rating would have to be deleted.
    """
    wrap = _wrap_of(context, redo)
    before = wraps_then(context, *wrap) if wrap else None
    with context.writing() as store:
        listed = _list(store)
        undone = undo.take_back(store, context.today.isoformat(), redo=redo)
        left = _list(store)
        client_id = left.entries[0].client_id if redo else undone.entry.client_id
        taken = TakenBack(
            entry=undone.entry,
            client=(left if redo else listed).clients.get(client_id or 0),
            redo=redo,
            withdrawn=undone.withdrawn,
            left=left,
        )
    if not (wrap and before):
        return taken
    after = wraps_then(context, *wrap)
    if redo:
        delete_drafts(after, before)
        return taken
    return replace(taken, draft=keep_as_drafts(before, after))


def _wrap_of(context: Context, redo: bool) -> tuple[str, str] | None:
    """The client and the day of a wrap that is about to be taken or brought back."""
    with reading(context.practice) as store:
        entry = next(iter(undo.entries(store, undone=redo)), None)
        if entry is None or entry.command not in COMMANDS or not entry.client_id:
            return None
        return store.get(Client, entry.client_id).slug, entry.done


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
