"""What a search found: when, with whom, in which session, and the words around."""

from __future__ import annotations

from typing import Any

from trajplan.actions.search import SearchResult
from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.page import Block, Bullets, Item, Line, Page, Text, bold, code, quiet
from trajplan.records.search import Hit
from trajplan.text import plural

MOST_HITS = 50
"""So many are shown on a page; JSON has all of them."""


def search_page(result: SearchResult) -> Document:
    """Everything that was found, the newest first."""
    return Document(
        page=lambda: Page.of(_title(result), *_named(result), *_hits(result)),
        data=lambda: {
            "words": result.request.words,
            "client": result.request.client.slug if result.request.client else None,
            "count": len(result.hits),
            "found": [_data(hit) for hit in result.hits],
        },
        rows=("found",),
    )


def _title(result: SearchResult) -> str:
    words = " ".join(result.request.words)
    whose = f" · {result.request.client.name}" if result.request.client else ""
    return f"Search{whose} · {words}: {plural(len(result.hits), 'place')}"


def _named(result: SearchResult) -> tuple[Block, ...]:
    """Names are no words that anybody said, so they are not among the places."""
    return tuple(
        Line((f"{client.name} is a client: ", code(f"trajplan clients show {client.slug}")))
        for client in result.named
    )


def _hits(result: SearchResult) -> tuple[Block, ...]:
    if not result.hits:
        return (Line("Nothing on record contains all of these words."),)
    shown = Bullets(tuple(_item(hit) for hit in result.hits[:MOST_HITS]))
    left = len(result.hits) - MOST_HITS
    if left <= 0:
        return (shown,)
    more = f"{left} more, all of them older. --client, --since and --kind narrow the search."
    return (shown, Line((quiet(more),)))


def _item(hit: Hit) -> Item:
    kind = f"{hit.kind} {hit.number}" if hit.number else hit.kind
    unsaved = "not wrapped yet" if hit.unsaved else ""
    where = [hit.client.name, _session(hit), kind, unsaved]
    around: Text = tuple(bold(words) if wanted else words for words, wanted in hit.around)
    return Item(
        (bold(short_date(hit.date)), f" · {' · '.join(filter(None, where))}"), below=(around,)
    )


def _session(hit: Hit) -> str:
    if hit.session is None:
        return ""
    number = hit.session.number
    return f"session {number}" if number else hit.session.kind.replace("_", "-")


def _data(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": hit.number,
        "client": hit.client.slug,
        "client_name": hit.client.name,
        "engagement": hit.engagement.ordinal,
        "session": hit.session.number if hit.session else None,
        "date": hit.date,
        "unsaved": hit.unsaved,
        "around": "".join(words for words, _ in hit.around),
        "found": [words for words, wanted in hit.around if wanted],
    }
