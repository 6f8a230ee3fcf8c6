"""The action-commitment sheet: one page for the client to take home (R94, R96, R101, R117)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from trajplan.actions.ratings import SATISFACTION
from trajplan.actions.sheet import (
    MOST_COMMITMENTS,
    ClientSheet,
    SheetCommitment,
)
from trajplan.content.labels import ENGLISH, Words
from trajplan.measures.tci import TITLES
from trajplan.pages.document import Document, client_document
from trajplan.pages.page import (
    Block,
    Bullets,
    Gap,
    Line,
    Page,
    Pairs,
    Table,
    Text,
    bold,
    italic,
    labelled,
)
from trajplan.pages.words import DISCLAIMER, path_text, place_line
from trajplan.planning.spoken import named

FOCUS = "Focus"
FOCUS_TO_NAME = "Focus, the one thing this was about"
"""On the line that is left where a session was kept without one (R47)."""
INQUIRY_LABEL = "The question I take home"
TO_WRITE_ON = (Gap(40),)
HALF_WAY = "Halfway, a short message"
WHAT = "what"
ABOUT = (
    ("by when", "due"),
    ("how will I know", "how_will_i_know"),
    ("what may get in the way", "obstacle"),
    ("my plan for that", "if_then"),
)
"""What else a commitment says, and the field of `SheetCommitment` that says it."""


def sheet(filled: ClientSheet, words: Words = ENGLISH) -> Document:
    """The sheet, filled in or to write on; the coach may word it their own way."""
    return client_document("sheet", filled, words, _page)


def _page(filled: ClientSheet, words: Words) -> Page:
    """The sheet as it goes home."""
    if filled.holding and not filled.blank:
        return _after_holding(filled, words)
    focus = FOCUS if filled.focus or filled.blank else FOCUS_TO_NAME
    serves = [_line(words("It serves"), filled.serves)] if filled.serves else []
    return Page.of(
        f"{words('Action-commitment sheet')} · {filled.client_name} · {place_line(filled, words)}",
        Line((bold(words.long_date(filled.date)),)),
        _line(words(focus), filled.focus or TO_WRITE_ON),
        *serves,
        *_took_away(filled.takeaways, words),
        *_commitments(filled, words),
        *_inquiry(filled, words),
        labelled(
            (words("How I want to be held to it"), filled.accountability),
            (words("To fill in at home"), " · ".join(map(words, filled.to_fill_in))),
            _halfway(filled, words),
            (words("We meet again"), _next(filled, words)),
        ),
        *_card(filled, words),
        Line((italic(words(DISCLAIMER)),)),
    )


def _inquiry(filled: ClientSheet, words: Words) -> Iterator[Block]:
    """The question that goes home; where none does, no line is left for it."""
    if filled.inquiry or filled.blank:
        yield _line(words(INQUIRY_LABEL), filled.inquiry or TO_WRITE_ON)


def _after_holding(filled: ClientSheet, words: Words) -> Page:
    """What goes home from a session that held what had happened: what there is, and nothing that
    is missing."""
    return Page.of(
        f"{filled.client_name} · {place_line(filled, words)}",
        Line((bold(words.long_date(filled.date)),)),
        labelled((words(FOCUS), filled.focus), (words(INQUIRY_LABEL), filled.inquiry)),
        *(_took_away(filled.takeaways, words) if filled.takeaways else ()),
        *(_commitments(filled, words) if filled.commitments else ()),
        labelled(
            (words("To fill in at home"), " · ".join(map(words, filled.to_fill_in))),
            _halfway(filled, words),
            (words("We meet again"), _next(filled, words)),
        ),
        Line((italic(words(DISCLAIMER)),)),
    )


def _took_away(takeaways: tuple[str, ...], words: Words) -> Iterator[Block]:
    yield Line((bold(f"{words('What I take away')}:"),))
    yield Bullets(takeaways) if takeaways else Line(TO_WRITE_ON)


def _line(label: str, text: Text) -> Line:
    return Line((bold(f"{label}:"), " ", *((text,) if isinstance(text, str) else text)))


def _commitments(filled: ClientSheet, words: Words) -> Iterator[Block]:
    for commitment in filled.commitments:
        serves = (italic(f" ({path_text(commitment.path)})"),) if commitment.path else ()
        # The numbers run through all sessions: here they would ask where the earlier ones are.
        what = named(commitment.name, commitment.what)
        yield _line(words("Commitment"), (what, *serves))
        yield _labelled([(label, _text(commitment, name, words)) for label, name in ABOUT], words)
    if filled.blank and not filled.commitments:
        for number in range(1, MOST_COMMITMENTS + 1):
            yield Line((bold(words("Commitment {number}", number=number)),))
            labels = (WHAT, *(label for label, _ in ABOUT))
            yield _labelled([(label, TO_WRITE_ON) for label in labels], words)
    elif not filled.commitments:
        yield Line(words("No commitment chosen this time."))


def _text(commitment: SheetCommitment, name: str, words: Words) -> str:
    value: dt.date | str = getattr(commitment, name)
    return words.long_date(value) if isinstance(value, dt.date) else value


def _labelled(said: Iterable[tuple[str, Text]], words: Words) -> Pairs:
    """Labels and what they say, each begun with a capital; one that says nothing is left out."""
    titles = ((words(label), text) for label, text in said)
    return labelled(*((title[0].upper() + title[1:], text) for title, text in titles))


def _card(filled: ClientSheet, words: Words) -> Iterator[Block]:
    """What the client rates at home; the words for the session itself are their own question."""
    names = [words(TITLES[factor]) for factor in filled.card if factor in TITLES]
    if names:
        columns = (words("Where do you stand right now? (1–10)"), *names)
        yield Table(columns, (("", *(((Gap(3),),) * len(names))),))
    if SATISFACTION in filled.card:
        yield Line((bold(words("How satisfied are you with today, from 1 to 10?")), " ", Gap(3)))


def _halfway(filled: ClientSheet, words: Words) -> tuple[str, Text]:
    """The day of a short message, where they agreed on one; on a blank sheet a line for it."""
    # Said with how they want it, it is not for us to say it again (F18).
    label = words("Halfway, in touch" if filled.accountability else HALF_WAY)
    if filled.midpoint:
        return label, words.long_date(filled.midpoint)
    return label, TO_WRITE_ON if filled.blank and filled.next_date and not filled.holding else ""


def _next(filled: ClientSheet, words: Words) -> Text:
    """When they meet again; nothing where no day is agreed on."""
    if filled.next_date:
        time = f", {filled.next_time}" if filled.next_time else ""
        return words.long_date(filled.next_date) + time
    if filled.follow_up:
        return words("{day}, for the follow-up", day=words.long_date(filled.follow_up))
    if filled.blank:
        return TO_WRITE_ON
    return words("our last session; follow-up as agreed") if filled.last else ""
