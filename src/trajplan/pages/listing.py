"""A titled table with a line or two around it: how every list of the program looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trajplan.pages.document import Document
from trajplan.pages.page import (
    Block,
    Column,
    Heading,
    Line,
    Page,
    Table,
    Text,
    labelled,
    quiet,
    sentence,
)

UNBROKEN = frozenset({"id", "slug"})
"""Columns whose cells are typed again at the command line: a break would spoil them."""


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
    return Document(page=lambda: _list_page(found), data=lambda: found.data)


def _list_page(found: Listing) -> Page:
    about = [Line((quiet(found.about),))] if found.about else []
    columns = tuple(Column(name, whole=name in UNBROKEN) for name in found.columns)
    table = Table(columns, found.rows) if found.rows else Line(sentence(found.empty))
    return Page(found.title, (*about, table))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing with its particulars: a title and labelled texts; empty ones are left out."""

    title: str
    pairs: tuple[tuple[str, str], ...]
    data: Any
    below: tuple[Block, ...] = ()


def card(found: Card) -> Document:
    """One thing as a document."""
    return Document(page=lambda: _card_page(found), data=lambda: found.data)


def _card_page(found: Card) -> Page:
    pairs = labelled((label, sentence(text)) for label, text in found.pairs)
    return Page(found.title, (pairs, *found.below))


def section(
    title: str, columns: tuple[str, ...], rows: tuple[tuple[Text, ...], ...]
) -> tuple[Block, ...]:
    """A titled table; nothing when it has no row."""
    return (Heading(title), Table(columns, rows)) if rows else ()
