"""What is done after the last session: the follow-up sheet, the weekly review, the quarterly
retreat (R111, R114).

Client pages, made from a type that has no coach-only field (R119). What they ask is the fields of
the worksheet of the same name, so a coach may word them anew and the sheet can be filled in.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import to_builtins

from trajplan.actions.afterwards import ClientAgenda
from trajplan.dates import long_date
from trajplan.pages.document import Document
from trajplan.pages.page import (
    Blank,
    Block,
    Bullets,
    Heading,
    Line,
    Page,
    bold,
    italic,
    labelled,
)
from trajplan.pages.words import DISCLAIMER

DRAFT = "A draft; the dates are counted from the last session."


def afterwards_page(agenda: ClientAgenda) -> Document:
    """The page as a document."""
    return Document(page=lambda: page(agenda), data=lambda: to_builtins(agenda))


def page(agenda: ClientAgenda) -> Page:
    """When it is done, what to read first, what to look at."""
    every = [agenda.every] if agenda.every else []
    return Page(
        f"{agenda.title} · {agenda.client_name}",
        (
            *([Line((italic(DRAFT),))] if agenda.draft else []),
            Line(agenda.purpose),
            Heading("When"),
            Bullets((*map(long_date, agenda.dates), *every)),
            *_reminders(agenda),
            Heading("What to look at"),
            *_points(agenda),
            Line((italic(DISCLAIMER),)),
        ),
    )


def _reminders(agenda: ClientAgenda) -> Iterator[Block]:
    if agenda.reminders:
        yield Heading("To read first")
        yield labelled(agenda.reminders)


def _points(agenda: ClientAgenda) -> Iterator[Block]:
    for number, point in enumerate(agenda.points, 1):
        scale = f" ({point.scale})" if point.scale else ""
        yield Line((bold(f"{number} · {point.text}"), f" {point.help}{scale}"))
        if agenda.room:
            yield Blank()
