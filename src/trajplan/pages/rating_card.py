"""The rating card, one sheet with a scale to mark for each thing that is rated (R148)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import to_builtins

from trajplan.actions.rating_card import RatingCard
from trajplan.dates import long_date
from trajplan.pages.document import Document
from trajplan.pages.page import Block, Heading, Line, Page, Scale, bold, italic
from trajplan.pages.words import DISCLAIMER

HOW_TO = (
    "Where do you stand right now? Ring one number on each line. There is no right answer, and "
    "what you cannot say stays open."
)
SATISFIED = "How satisfied are you with today?"
ENDS = ("not at all", "very much")


def rating_card(card: RatingCard) -> Document:
    """The card as a document."""
    return Document(name="rating-card", page=lambda: page(card), data=lambda: to_builtins(card))


def page(card: RatingCard) -> Page:
    """The card as it is marked."""
    return Page.of(
        f"Rating card · {card.client_name} · session {card.session} of {card.of}",
        Line((bold(long_date(card.date)),)),
        Line(HOW_TO),
        *_scales(card),
        Line((italic(DISCLAIMER),)),
    )


def _scales(card: RatingCard) -> Iterator[Block]:
    for scale in card.scales:
        yield from (Heading(scale.title), Scale(1, 10, (scale.low, scale.high)))
    if card.satisfaction:
        yield from (Heading(SATISFIED), Scale(1, 10, ENDS))
