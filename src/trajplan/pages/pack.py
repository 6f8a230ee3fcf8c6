"""The pack: the pages of a session, each from a sheet of its own (R148)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from trajplan.actions.pack import Pack
from trajplan.content.labels import Words
from trajplan.pages.agenda import agenda, client_view
from trajplan.pages.document import Document
from trajplan.pages.plan import coach_plan
from trajplan.pages.rating_card import rating_card
from trajplan.pages.sheet import sheet
from trajplan.pages.words import place_line
from trajplan.pages.worksheet_form import blank_form

Whom = Literal["coach", "client"]


def pack_document(pack: Pack, whom: Whom, words: Words, *, own_zone: str) -> Document:
    """The pack bound into one; for the client without the plan.

    `words`: how the client's pages speak; `own_zone`: the coach's.
    """
    plan = pack.plan
    named = tuple(_pages(pack, whom, words, own_zone))
    return Document(
        title=f"{plan.client_name} · {place_line(plan, words)}",
        words=words,
        bound=tuple(document for _, document in named),
        data=lambda: {
            "client": pack.client,
            "client_name": plan.client_name,
            "session": plan.session,
            "for": whom,
            "pages": [{"page": name, "data": document.plain_data()} for name, document in named],
        },
    )


def _pages(pack: Pack, whom: Whom, words: Words, own_zone: str) -> Iterator[tuple[str, Document]]:
    if whom == "coach":
        yield "plan", coach_plan(pack.plan, own_zone=own_zone)
    yield "agenda", agenda(client_view(pack.plan, words), words)
    if pack.sheet:
        yield "sheet", sheet(pack.sheet, words)
    if pack.card:
        yield "rating-card", rating_card(pack.card, words)
    for form in pack.forms:
        yield "worksheet", blank_form(form, words)
