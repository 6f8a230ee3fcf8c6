"""`practice erase`: a client with everything kept about them, beyond recall (R119)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.fill_worksheet import drafts_of
from trajplan.actions.resolve import client_named
from trajplan.errors import CannotDo, NotFound, StoreFault
from trajplan.records import belongings, erase, faults
from trajplan.records.check import conflicted_copies
from trajplan.records.model import Client
from trajplan.records.store import reading, rewrite, writing


class Erasure(Struct, frozen=True, kw_only=True):
    """A client's records, about to be erased or just erased."""

    client: Client
    counts: Mapping[str, int]
    """Rows by table, none of them 0."""
    drafts: tuple[str, ...]
    """Unfinished worksheets beside the practice, by name."""
    copies: tuple[str, ...]
    """Conflicted copies beside the practice, by name; they are not touched."""
    left: tuple[str, ...] = ()
    """Slugs of the clients that stay."""
    current: str | None = None
    """The current client afterwards."""


def before_erasing(context: Context, slug: str) -> Erasure:
    """What would be erased.

    Raises NotFound where there is no such client. What an earlier erasing of that name has left,
    because it was killed before its end, is then cleared away: the same command finishes it.
    """
    try:
        with reading(context.practice) as store:
            client = client_named(store, slug)
            rows = belongings.of_client(store, client.id)
    except NotFound:
        _clear(context, slug)
        raise
    return Erasure(
        client=client,
        counts={table: len(ids) for table, ids in rows.items() if ids},
        drafts=tuple(draft.name for draft in drafts_of(context, slug)),
        copies=conflicted_copies(context.practice),
    )


def erase_client(context: Context, slug: str, *, typed: str) -> Erasure:
    """Erase a client when what was typed is the slug.

    Raises CannotDo when it is not, NotFound, StoreFault. The records go in one transaction; after
    it the file is written anew, because words that were changed long ago may still stand in it.
    """
    if typed != slug:
        raise CannotDo(f"`{typed}` is not `{slug}`, so nothing was erased")
    with writing(context.practice, create=False) as store:
        client = client_named(store, slug)
        counts = erase.erase_client(store, client)
        others = {other.id: other.slug for other in store.select(Client)}
        current = others.get(store.current_client or 0)
    try:
        drafts = _clear(context, slug)
    except StoreFault as fault:
        raise StoreFault(
            f"`{slug}` is erased, but traces may be left: {fault}. Run the same command again to "
            "remove them"
        ) from fault
    return Erasure(
        client=client,
        counts=counts,
        drafts=drafts,
        copies=conflicted_copies(context.practice),
        left=tuple(others.values()),
        current=current,
    )


def _clear(context: Context, slug: str) -> tuple[str, ...]:
    """Delete the drafts of somebody who is no client any more, and write the file anew."""
    drafts = drafts_of(context, slug)
    with faults.in_files(context.practice):
        for draft in drafts:
            draft.unlink(missing_ok=True)
    rewrite(context.practice)
    return tuple(draft.name for draft in drafts)
