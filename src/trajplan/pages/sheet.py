"""The action-commitment sheet: one page the client takes home (R94, R96, R101, R117)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import to_builtins

from trajplan.actions.ratings import SATISFACTION
from trajplan.actions.sheet import ClientSheet, SheetCommitment
from trajplan.dates import long_date, short_date
from trajplan.measures.tci import TITLES
from trajplan.pages.document import Document
from trajplan.pages.page import Block, Bullets, Gap, Line, Page, Table, Text, bold, italic, labelled
from trajplan.pages.words import DISCLAIMER, path_text

FOCUS = "Focus"
FOCUS_TO_NAME = "Focus, the one thing this was about"
"""On the line that is left where a session was kept without one (R47)."""
TO_WRITE_ON = (Gap(40),)
HALF_WAY = "Halfway, a short message"
COLUMNS = ("", "what", "by when", "how will I know", "what may get in the way", "my plan for that")
MOST = 3
"""Commitments there is room for on a blank sheet (R94)."""


def sheet(filled: ClientSheet) -> Document:
    """The sheet as a document."""
    return Document(name="sheet", page=lambda: page(filled), data=lambda: to_builtins(filled))


def page(filled: ClientSheet) -> Page:
    """The sheet as it goes home."""
    if filled.holding and not filled.blank:
        return _after_holding(filled)
    focus = FOCUS if filled.focus or filled.blank else FOCUS_TO_NAME
    serves = [_line("It serves", filled.serves)] if filled.serves else []
    return Page.of(
        f"Action-commitment sheet · {filled.client_name} · session {filled.session} of {filled.of}",
        Line((bold(long_date(filled.date)),)),
        _line(focus, filled.focus or TO_WRITE_ON),
        *serves,
        *_took_away(filled.takeaways),
        *_commitments(filled),
        *_inquiry(filled),
        labelled(
            ("How I want to be held to it", filled.accountability),
            ("To fill in at home", " · ".join(filled.to_fill_in)),
            (
                # Said with how they want it, it is not for us to say it again (F18).
                "Halfway, in touch" if filled.accountability else HALF_WAY,
                long_date(filled.midpoint) if filled.midpoint else "",
            ),
            ("We meet again", _next(filled)),
        ),
        *_card(filled),
        Line((italic(DISCLAIMER),)),
    )


def _inquiry(filled: ClientSheet) -> Iterator[Block]:
    """The question that goes home; where none does, no line is left for it."""
    if filled.inquiry or filled.blank:
        yield _line("The question I take home", filled.inquiry or TO_WRITE_ON)


def _after_holding(filled: ClientSheet) -> Page:
    """What goes home from a session that held what had happened: what there is, and nothing that
    is missing."""
    return Page.of(
        f"{filled.client_name} · session {filled.session} of {filled.of}",
        Line((bold(long_date(filled.date)),)),
        labelled(("Focus", filled.focus), ("The question I take home", filled.inquiry)),
        *(_took_away(filled.takeaways) if filled.takeaways else ()),
        *(_commitments(filled) if filled.commitments else ()),
        labelled(
            ("To fill in at home", " · ".join(filled.to_fill_in)), ("We meet again", _next(filled))
        ),
        Line((italic(DISCLAIMER),)),
    )


def _took_away(takeaways: tuple[str, ...]) -> Iterator[Block]:
    yield Line((bold("What I take away:"),))
    yield Bullets(takeaways) if takeaways else Line(TO_WRITE_ON)


def _line(label: str, text: Text) -> Line:
    return Line((bold(f"{label}:"), " ", *((text,) if isinstance(text, str) else text)))


def _commitments(filled: ClientSheet) -> Iterator[Block]:
    if filled.commitments:
        yield Table(COLUMNS, tuple(map(_row, filled.commitments)))
    elif filled.blank:
        # A table's empty cells leave no room to write.
        for number in range(1, MOST + 1):
            yield Line((bold(f"Commitment {number}"),))
            yield labelled(*[(title[0].upper() + title[1:], TO_WRITE_ON) for title in COLUMNS[1:]])
    else:
        yield Line("No commitment chosen this time.")


def _row(commitment: SheetCommitment) -> tuple[Text, ...]:
    serves = (italic(f" ({path_text(commitment.path)})"),) if commitment.path else ()
    return (
        str(commitment.number),
        (commitment.what, *serves),
        short_date(commitment.due),
        commitment.how_will_i_know,
        commitment.obstacle,
        commitment.if_then,
    )


def _card(filled: ClientSheet) -> Iterator[Block]:
    """What the client rates at home; the words for the session itself are their own question."""
    names = [TITLES[factor] for factor in filled.card if factor in TITLES]
    if names:
        columns = ("Where do you stand right now? (1–10)", *names)
        yield Table(columns, (("", *(((Gap(3),),) * len(names))),))
    if SATISFACTION in filled.card:
        yield Line((bold("How satisfied are you with today, from 1 to 10?"), " ", Gap(3)))


def _next(filled: ClientSheet) -> Text:
    if filled.next_date:
        time = f", {filled.next_time}" if filled.next_time else ""
        return long_date(filled.next_date) + time
    if filled.follow_up:
        return f"{long_date(filled.follow_up)}, for the follow-up"
    return TO_WRITE_ON if filled.blank else "our last session; follow-up as agreed"
