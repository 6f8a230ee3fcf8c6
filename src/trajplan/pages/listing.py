"""A titled table with a line or two around it: how every list of the program looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trajplan.pages.document import Document
from trajplan.pages.text import markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Texts only; `data` is what JSON says instead. `empty` is shown when there is no row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    data: Any
    empty: str
    about: str = ""
    narrow: tuple[str, ...] = ()
    """The columns a terminal shows, where all of them would leave none room to be read."""


def listing(found: Listing) -> Document:
    """The list as a document."""
    return Document(
        markdown=lambda: _markdown(found),
        terminal=lambda: _terminal(found),
        data=lambda: found.data,
    )


def _markdown(found: Listing) -> str:
    lines = [f"# {markdown(found.title)}", ""]
    if found.about:
        lines += [markdown(found.about), ""]
    if found.rows:
        lines.append(_cells(found.columns))
        lines.append("|" + "---|" * len(found.columns))
        lines += [_cells(row) for row in found.rows]
    else:
        lines.append(markdown(found.empty))
    return "\n".join(lines) + "\n"


def _cells(row: Sequence[str]) -> str:
    return "| " + " | ".join(markdown(cell) for cell in row) + " |"


def _terminal(found: Listing) -> Any:
    from rich.text import Text

    from trajplan.pages.look import QUIET, TITLE, say, stacked, table

    parts: list[Any] = [say(found.title, TITLE)]
    if found.about:
        parts.append(say(found.about, QUIET))
    parts.append(Text())
    shown = [at for at, name in enumerate(found.columns) if name in (found.narrow or found.columns)]
    columns = [found.columns[at] for at in shown]
    rows = [[row[at] for at in shown] for row in found.rows]
    parts.append(table(columns, rows) if rows else say(found.empty))
    return stacked(parts)


@dataclass(frozen=True, slots=True)
class CardTable:
    """Things side by side on a card; left out when it has no row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing with its particulars: a title and labelled texts; empty ones are left out."""

    title: str
    pairs: tuple[tuple[str, str], ...]
    data: Any
    tables: tuple[CardTable, ...] = ()


def card(found: Card) -> Document:
    """One thing as a document."""
    pairs = [(name, text) for name, text in found.pairs if text]
    tables = [one for one in found.tables if one.rows]
    return Document(
        markdown=lambda: (
            "\n".join(
                [
                    f"# {markdown(found.title)}",
                    "",
                    *(f"- **{markdown(name)}:** {markdown(text)}" for name, text in pairs),
                    *(line for one in tables for line in _card_table(one)),
                ]
            )
            + "\n"
        ),
        terminal=lambda: _card_terminal(found.title, pairs, tables),
        data=lambda: found.data,
    )


def _card_table(found: CardTable) -> list[str]:
    return [
        "",
        f"## {markdown(found.title)}",
        "",
        _cells(found.columns),
        "|" + "---|" * len(found.columns),
        *(_cells(row) for row in found.rows),
    ]


def _card_terminal(
    title: str, pairs: Sequence[tuple[str, str]], tables: Sequence[CardTable]
) -> Any:
    from rich.text import Text

    from trajplan.pages.look import TITLE, heading, labelled, say, stacked, table

    parts: list[Any] = [say(title, TITLE), labelled(pairs)]
    for one in tables:
        parts += [Text(), heading(one.title), table(one.columns, one.rows)]
    return stacked(parts)
