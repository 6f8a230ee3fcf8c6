"""The action-commitment sheet: one page the client takes home (R94, R96, R101, R117)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from trajplan.codec import to_plain
from trajplan.dates import long_date, short_date
from trajplan.pages.document import Document, Ready, render
from trajplan.pages.goal_lines import path_text
from trajplan.pages.words import DISCLAIMER

WRITING_LINE = Ready("\\_" * 40)
FOCUS = "Focus"
FOCUS_TO_NAME = "Focus, the one thing this was about"
"""On the line that is left where a session was kept without one (R47)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCommitment:
    """A commitment as the client reads it."""

    what: str
    due: dt.date
    how_will_i_know: str
    obstacle: str
    if_then: str
    path: tuple[str, ...] = ()
    """The goals it serves, the theme first (R86)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSheet:
    """What goes home with the client. There is no coach-only field. `blank`: for handwriting."""

    client_name: str
    session: int
    of: int
    date: dt.date
    focus: str
    serves: str
    """The agreed priority the session served; empty when none was named."""
    takeaways: tuple[str, ...]
    commitments: tuple[SheetCommitment, ...]
    inquiry: str
    midpoint: dt.date | None
    next_date: dt.date | None
    next_time: str
    accountability: str = ""
    """How the client wants to be held to it (R101)."""
    to_fill_in: tuple[str, ...] = ()
    """Titles of the worksheets that go home with it."""
    blank: bool = False
    follow_up: dt.date | None = None
    """After the last session: the day agreed on for looking back."""


def sheet(filled: ClientSheet) -> Document:
    """The sheet as a document."""
    return Document(
        markdown=lambda: render(
            "sheet.md.j2",
            sheet=filled,
            ready_line=WRITING_LINE,
            focus=FOCUS if filled.focus or filled.blank else FOCUS_TO_NAME,
            paths=[path_text(one.path) for one in filled.commitments],
        ),
        terminal=lambda: _terminal(filled),
        data=lambda: to_plain(filled),
    )


def _terminal(filled: ClientSheet) -> Any:
    from rich.text import Text

    from trajplan.pages.look import TITLE, heading, labelled, say, stacked

    line = "_" * 40
    parts: list[Any] = [
        say(
            f"Action-commitment sheet · {filled.client_name} · "
            f"session {filled.session} of {filled.of}",
            TITLE,
        ),
        say(long_date(filled.date)),
        Text(),
        labelled(
            [
                (FOCUS if filled.focus or filled.blank else FOCUS_TO_NAME, filled.focus or line),
                *([("It serves", filled.serves)] if filled.serves else []),
                *(("I take away", one) for one in filled.takeaways or (line,)),
            ]
        ),
        Text(),
        heading("Commitments"),
    ]
    for number, one in enumerate(filled.commitments, 1):
        rows = [
            (f"{number}  What", one.what),
            ("   By when", short_date(one.due)),
            ("   How will I know", one.how_will_i_know),
        ]
        if one.path:
            rows.append(("   It serves", path_text(one.path)))
        if one.obstacle:
            rows.append(("   If this gets in the way", one.obstacle))
        if one.if_then:
            rows.append(("   Then", one.if_then))
        parts += [labelled(rows), Text()]
    if not filled.commitments:
        empty = line if filled.blank else "none chosen this time"
        parts += [say(f"  {empty}"), Text()]
    ahead = [("The question I take home", filled.inquiry or line)]
    if filled.accountability:
        ahead.append(("How I want to be held to it", filled.accountability))
    if filled.to_fill_in:
        ahead.append(("To fill in at home", " · ".join(filled.to_fill_in)))
    if filled.midpoint:
        ahead.append(("Half-way, a short message", long_date(filled.midpoint)))
    ahead.append(("We meet again", _next(filled, line)))
    return stacked([*parts, labelled(ahead), Text(), say(DISCLAIMER, "dim")])


def _next(filled: ClientSheet, line: str) -> str:
    if filled.next_date is None and filled.follow_up:
        return f"{long_date(filled.follow_up)}, for the follow-up"
    if filled.next_date is None:
        return line if filled.blank else "our last session; follow-up as agreed"
    time = f", {filled.next_time}" if filled.next_time else ""
    return long_date(filled.next_date) + time
