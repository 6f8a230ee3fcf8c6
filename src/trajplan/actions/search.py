"""`search`: which client said that (R139)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from trajplan.actions.client_records import client_named
from trajplan.actions.context import Context
from trajplan.actions.live_draft import DRAFT, read_if_whole
from trajplan.dates import parse_day
from trajplan.errors import UsageFault
from trajplan.live.wrap import listed, wrap_so_far
from trajplan.records.drafts import Drafts
from trajplan.records.fields import Find
from trajplan.records.forms import Wrap, said_text
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.journeys import Client
from trajplan.records.search import Hit, SearchRequest, UnsavedWords, search
from trajplan.records.store import reading
from trajplan.text import name_key, without_accents

MOST_WORDS = 40


class SearchResult(Struct, frozen=True, kw_only=True):
    """What was found of what was looked for."""

    request: SearchRequest
    hits: tuple[Hit, ...]
    """The newest first."""
    named: tuple[Client, ...] = ()
    """Clients whose name holds every word."""


def search_practice(
    context: Context,
    words: tuple[str, ...],
    *,
    client: str | None,
    since: str,
    kind: Find | None,
) -> SearchResult:
    """Look through everything that is kept about every client, or about one.

    Raises UsageFault for no word or too many and for what is no day, NotFound, WhichClient,
    StoreFault.
    """
    count = sum(len(text.split()) for text in words)
    if count > MOST_WORDS:
        raise UsageFault(f"{count:,} words to look for; {MOST_WORDS} can be looked for at once")
    day = parse_day(since, context.today, "behind") if since else None
    with reading(context.practice) as store:
        request = SearchRequest(
            words=words,
            client=client_named(store, client) if client else None,
            since=day,
            kind=kind,
        )
        hits = search(store, request, _kept_in_live(context.drafts, store.practice_id))
        parts = [without_accents(name_key(word)) for word in words]
        named = tuple(
            client
            for client in store.select(Client)
            if all(part in without_accents(name_key(client.name)) for part in parts)
        )
        return SearchResult(request=request, hits=hits, named=named)


def _kept_in_live(drafts: Drafts, practice: str) -> Iterator[UnsavedWords]:
    """The words that `live` keeps of every client's sessions; `practice` is its id."""
    for draft in drafts.logs(practice, DRAFT):
        file = read_if_whole(draft)
        if file is None or not file.events:
            continue
        wrap = wrap_so_far(file.opening, file.events, file.events[-1].at)
        for kind, words in _words_of(wrap):
            yield UnsavedWords(kind, draft.key.session, words)


def _words_of(wrap: Wrap) -> Iterator[tuple[Find, str]]:
    """Each text that a session told, as the kind of record it will stand in."""
    for promise in listed(wrap, "commitments"):
        for name, _ in Commitment.searched:
            yield "commitment", getattr(promise, name)
    for takeaway in wrap.takeaways:
        yield "takeaway", said_text(takeaway)
    for belief in wrap.beliefs:
        yield "assumption", said_text(belief)
    for topic in wrap.parked:
        yield "parked", topic
    for note in listed(wrap, "notes"):
        yield "note", note.text
