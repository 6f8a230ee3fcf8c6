"""What is done after the last session: the follow-up sheet, the weekly review, the quarterly
retreat (R111, R114).

Client pages, made from a type that has no coach-only field (R119). What they ask is the fields of
the worksheet of the same name, so a coach may word them anew and the sheet can be filled in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from trajplan.codec import to_plain
from trajplan.dates import long_date
from trajplan.pages.document import Document, Ready, render
from trajplan.pages.words import DISCLAIMER

WRITING_LINE = Ready("\\_" * 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPoint:
    """One thing to look at; `help` gives its minutes, or how it is meant; `scale` its ends."""

    text: str
    help: str = ""
    scale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAgenda:
    """A page for one of the days after the journey."""

    client_name: str
    title: str
    purpose: str
    dates: tuple[dt.date, ...]
    every: str
    """How it goes on after these dates; empty for a single day."""
    draft: bool
    """Not closed yet: the dates are counted from the last session."""
    reminders: tuple[tuple[str, str], ...]
    """Labelled lines in the client's own words, to read first."""
    points: tuple[AgendaPoint, ...]
    room: bool
    """Whether there is a line to write on under each point."""


def afterwards_page(found: ClientAgenda) -> Document:
    """The page as a document."""
    return Document(
        markdown=lambda: render(
            "afterwards.md.j2", page=found, days=_days(found), ready_line=WRITING_LINE
        ),
        terminal=lambda: _terminal(found),
        data=lambda: to_plain(found),
    )


def _days(found: ClientAgenda) -> list[str]:
    return [*map(long_date, found.dates), *([found.every] if found.every else [])]


def _terminal(found: ClientAgenda) -> Any:
    from rich.padding import Padding
    from rich.text import Text

    from trajplan.pages.look import (
        QUIET,
        TITLE,
        bulleted,
        heading,
        labelled,
        say,
        stacked,
    )

    draft = " · draft, counted from the last session" if found.draft else ""
    parts: list[Any] = [
        say(f"{found.title} · {found.client_name}{draft}", TITLE),
        say(found.purpose),
        Text(),
        heading("When"),
        bulleted([(Text("–"), say(day)) for day in _days(found)]),
    ]
    if found.reminders:
        parts += [Text(), heading("To read first"), labelled(list(found.reminders))]
    parts += [Text(), heading("What to look at")]
    for number, one in enumerate(found.points, 1):
        parts.append(bulleted([(Text(f"{number:>2}"), say(one.text, "bold"))], indent=0))
        parts += [Padding(say(line, QUIET), (0, 0, 0, 3)) for line in (one.help, one.scale) if line]
        if found.room:
            parts.append(say(f"   {'_' * 60}"))
    return stacked([*parts, Text(), say(DISCLAIMER, QUIET)])
