"""What reaches the client of a session: the action-commitment sheet, one page to take home (R94,
R96, R101, R117); the rating card, which may go home with it (R148, R166); the recap, text to paste
into a mail (R140).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, repeat

from msgspec import to_builtins

from trajplan.actions.ratings import SATISFACTION
from trajplan.actions.sheet import (
    MOST_COMMITMENTS,
    ClientSheet,
    RatingCard,
    SessionRecap,
    SheetCommitment,
)
from trajplan.content.labels import ENGLISH, Words
from trajplan.measures.tci import TITLES
from trajplan.pages.document import Document, client_document
from trajplan.pages.markdown import escape, escape_start
from trajplan.pages.page import (
    Block,
    Bullets,
    Gap,
    Heading,
    Line,
    Page,
    Pairs,
    Scale,
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
TAKEN_HOME = "The question I take home"
TO_WRITE_ON = (Gap(40),)
HALF_WAY = "Halfway, a short message"
WHAT, *ABOUT = ("what", "by when", "how will I know", "what may get in the way", "my plan for that")
"""What a commitment says."""


def sheet(filled: ClientSheet, words: Words = ENGLISH) -> Document:
    """The sheet, filled in or to write on; the coach may word it their own way."""
    return client_document("sheet", filled, words, _page)


def _page(filled: ClientSheet, words: Words) -> Page:
    """The sheet as it goes home."""
    if filled.respite and not filled.blank:
        return _after_respite(filled, words)
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
        yield _line(words(TAKEN_HOME), filled.inquiry or TO_WRITE_ON)


def _after_respite(filled: ClientSheet, words: Words) -> Page:
    """What goes home from a session that held what had happened: what there is, and nothing that
    is missing."""
    return Page.of(
        f"{filled.client_name} · {place_line(filled, words)}",
        Line((bold(words.long_date(filled.date)),)),
        labelled((words(FOCUS), filled.focus), (words(TAKEN_HOME), filled.inquiry)),
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
        yield _said(ABOUT, _about(commitment, words), words)
    if filled.blank and not filled.commitments:
        for number in range(1, MOST_COMMITMENTS + 1):
            yield Line((bold(words("Commitment {number}", number=number)),))
            yield _said((WHAT, *ABOUT), repeat(TO_WRITE_ON), words)
    elif not filled.commitments:
        yield Line(words("No commitment chosen this time."))


def _about(commitment: SheetCommitment, words: Words) -> tuple[str, ...]:
    return (
        words.long_date(commitment.due),
        commitment.how_will_i_know,
        commitment.obstacle,
        commitment.if_then,
    )


def _said(labels: Iterable[str], texts: Iterable[Text], words: Words) -> Pairs:
    """Labels and what they say; one that says nothing is left out."""
    titles = (words(label) for label in labels)
    return labelled(
        *((title[0].upper() + title[1:], text) for title, text in zip(titles, texts, strict=False))
    )


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
    return label, TO_WRITE_ON if filled.blank and filled.next_date and not filled.respite else ""


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


def recap_page(session: SessionRecap) -> Document:
    """The recap as plain text, ready to paste; as Markdown, what was typed is escaped."""
    text, recap = _recap_text(session), session.recap
    return Document(
        words=session.words,
        text=lambda: text,
        page=lambda: Page.of(f"{recap.client_name} · session {recap.session}", *_paragraphs(text)),
        markdown=lambda: _recap_text(session, lambda words: escape_start(escape(words))),
        data=lambda: {"client": session.client, **to_builtins(session.recap), "text": text},
    )


def _paragraphs(text: str) -> Iterator[Block]:
    """Plain text as blocks: paragraphs stand apart by empty lines, `- ` begins a point."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        for is_list, run in groupby(paragraph.splitlines(), lambda line: line.startswith("- ")):
            lines = [line.removeprefix("- ") for line in run]
            yield Bullets(tuple(lines)) if is_list else Line(" ".join(lines))


def _recap_text(session: SessionRecap, escaped: Callable[[str], str] | None = None) -> str:
    from trajplan.pages.template import fill_in  # loads Jinja2, which the other pages do without

    template = session.template
    return fill_in(
        template.text,
        # Days stay days, so that a template may write them in its own language.
        to_builtins(session.recap, builtin_types=(dt.date,)),
        file=template.file,
        words=session.words,
        escape=escaped,
    )
