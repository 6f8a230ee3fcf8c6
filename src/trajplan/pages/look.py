"""How things look in a terminal, in one place: styles, marks, bars.

Nothing rests on colour alone, and no style presumes a light or a dark background.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trajplan.text import visible

TITLE = "bold"
HEADING = "bold cyan"
QUIET = "dim"
CLOCK = "bold"
WARNING = "bold red"
LEVEL_STYLES = {"informational": "blue", "analytical": "green", "transformational": "magenta"}
STANCE_BARS = {"open": "░", "explore": "█", "options": "▓", "commit": "▒", "close": "░"}
BREAK_BAR = "·"
UNBROKEN = frozenset({"id", "slug"})
"""Columns whose cells are typed again at the command line: a break would spoil them."""


def say(text: str, style: str = "") -> Text:
    """User text as it was typed: no markup is read, no control character survives."""
    return Text(visible(text), style=style)


def heading(text: str) -> Text:
    """A section's heading."""
    return say(text, HEADING)


def labelled(pairs: Sequence[tuple[str, RenderableType | str]]) -> Table:
    """Labels and what they say, in two columns that wrap on their own."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style=QUIET, no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in pairs:
        grid.add_row(Text(label), say(value) if isinstance(value, str) else value)
    return grid


def bulleted(rows: Sequence[tuple[Text, RenderableType]], indent: int = 2) -> Padding:
    """Marks in a column of their own, so that long lines hang beside them."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for mark, text in rows:
        grid.add_row(mark, text)
    return Padding(grid, (0, 0, 0, indent))


def stacked(parts: Sequence[RenderableType]) -> Group:
    """Parts under each other."""
    return Group(*parts)


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()
) -> Table:
    """A plain table of texts; `right` names the columns aligned to the right."""
    made = Table(box=None, pad_edge=False, header_style=HEADING, padding=(0, 2, 0, 0))
    for at, name in enumerate(columns):
        made.add_column(
            name,
            justify="right" if at in right else "left",
            overflow="fold",
            no_wrap=name in UNBROKEN,
        )
    for row in rows:
        made.add_row(*(say(cell) for cell in row))
    return made
