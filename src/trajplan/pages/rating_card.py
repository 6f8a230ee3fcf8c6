"""The rating card, which may go home with the sheet (R148, R166)."""

from __future__ import annotations

from collections.abc import Iterator

from trajplan.actions.rating_card import RatingCard
from trajplan.content.labels import ENGLISH, Words
from trajplan.pages.document import Document, client_document
from trajplan.pages.page import Block, Heading, Line, Page, Scale, bold, italic
from trajplan.pages.words import DISCLAIMER, place_line

HOW_TO = (
    "Where do you stand right now? Ring one number on each line. There is no right answer, and "
    "what you cannot say stays open."
)
SATISFIED = "How satisfied are you with today?"
ENDS = ("not at all", "very much")


def rating_card(card: RatingCard, words: Words = ENGLISH) -> Document:
    """The card to mark, without a number of any earlier session."""
    return client_document("rating-card", card, words, _card_page)


def _card_page(card: RatingCard, words: Words) -> Page:
    """The card as it is marked."""
    return Page.of(
        f"{words('Rating card')} · {card.client_name} · {place_line(card, words)}",
        Line((bold(words.long_date(card.date)),)),
        Line(words(HOW_TO)),
        *_scales(card, words),
        Line((italic(words(DISCLAIMER)),)),
    )


def _scales(card: RatingCard, words: Words) -> Iterator[Block]:
    for scale in card.scales:
        yield from (
            Heading(words(scale.title)),
            Scale(1, 10, (words(scale.low), words(scale.high))),
        )
    if card.satisfaction:
        low, high = ENDS
        yield from (Heading(words(SATISFIED)), Scale(1, 10, (words(low), words(high))))
