"""A page as one HTML document: self-contained, without a script, nothing fetched.

Text is escaped here and nowhere else. The elements say what a block is, and `style.css` beside this
file how it looks, on a screen and on paper.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from trajplan.pages.look import Look
from trajplan.pages.page import (
    Arc,
    Ask,
    Bar,
    Bars,
    Blank,
    Block,
    Bullets,
    Column,
    Drawing,
    Gap,
    Heading,
    Inline,
    Item,
    Line,
    Page,
    Pair,
    Pairs,
    Scale,
    Span,
    Spark,
    Table,
    Text,
    Tick,
    Timeline,
    Trend,
    Wheel,
    pieces,
)
from trajplan.pages.svg import Ink, svg

INK = Ink(accent="var(--accent)")
STYLE = Path(__file__).with_name("style.css")
TAGS = {
    "plain": ("", ""),
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "quiet": ('<span class="quiet">', "</span>"),
    "code": ("<code>", "</code>"),
    "warning": ('<strong class="warning">', "</strong>"),
}
WIDE = 5
"""Columns from which on a table may be wider than a small screen, and is moved sideways there."""
BREAKS, NEVER = 16, 10
"""Letters up to which the cells of a column are not broken, as a date has fifteen; and those of a
column that folds."""
SHORT = 6
"""Letters up to which room to write within a line is short; more of it takes the rest of a line."""
ROOM = 'role="img" aria-label="room to write"'
_SPECIAL = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;"}
)
_TIME = re.compile(r"\d\d:\d\d")


def html(page: Page, look: Look) -> str:
    """The page as a whole document, ending with one line break."""
    style = _style()
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(look.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(_plain(page.title))}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f"<header><h1>{_inline(page.title)}</h1></header>",
            "<main>",
            *_sections(page.blocks),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def escape(text: str) -> str:
    """Words that open no element and end no attribute."""
    return text.translate(_SPECIAL)


@cache
def _style() -> str:
    return "\n" + STYLE.read_text(encoding="utf-8")


def _policy(style: str) -> str:
    """What a browser may do with the page: use this one style, and nothing else."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'"


def _sections(blocks: Sequence[Block]) -> Iterator[str]:
    """Headings open sections, those of level 3 within those of level 2."""
    depth = 0
    for _, run in groupby(enumerate(blocks), key=lambda placed: type(placed[1])):
        placed = list(run)
        headings = [(place, block) for place, block in placed if isinstance(block, Heading)]
        if not headings:
            yield from _run([block for _, block in placed])
        for place, heading in headings:
            # A part of a section that was never opened is one itself: no level is left out.
            level = min(heading.level - 1, depth + 1)
            yield "</section>\n" * (depth - level + 1)
            depth = level
            tag = f"h{level + 1}"
            yield f'<section aria-labelledby="s{place}">'
            yield f'<{tag} id="s{place}">{_inline(heading.text)}</{tag}>'
    yield "</section>\n" * depth


def _run(blocks: Sequence[Block]) -> Iterator[str]:
    """Blocks of one kind: what is asked, and boxes to tick, are a list each."""
    lists = {Ask: "asks", Tick: "ticks"}
    if kind := lists.get(type(blocks[0])):
        yield from (f'<ul class="{kind}">', *map(_block, blocks), "</ul>")
    else:
        yield from map(_block, blocks)


def _block(block: Block) -> str:
    match block:
        case Line():
            return f"<p>{_inline(block.text)}</p>"
        case Ask():
            return _ask(block)
        case Tick():
            return _tick(block)
        case Bullets():
            return _items(block.items)
        case Pairs():
            return _pairs(block.rows)
        case Table():
            return _table(block)
        case Blank():
            label = f'<p class="label">{_words(block.label)}</p>' if block.label else ""
            return f'<div class="blank">{label}{_LINE * block.lines}</div>'
        case Scale():
            return f"<p>{svg(block, INK)}</p>"
        case Timeline() | Bars() | Trend() | Wheel() | Arc():
            return _figure(block)
        case _:
            raise TypeError(f"cannot print {type(block).__name__}")


_LINE = '<div class="line"></div>'


def _ask(ask: Ask) -> str:
    """The time, the minutes and the mark in a column of their own."""
    clock = f"{_clock(ask.clock)} " if ask.clock else ""
    minutes = f'<time datetime="PT{ask.minutes}M">{ask.minutes}′</time> ' if ask.minutes else ""
    mark = f'<span class="mark">{escape(ask.mark)}</span> ' if ask.mark else ""
    lead = f'<span class="lead">{clock}{minutes}{mark}</span>'
    return f"<li>{lead}<div>{_inline(ask.text)}{_items(ask.beside)}</div></li>"


def _clock(words: str) -> str:
    """A time of day; what is more than that, as from one to another, only looks like it."""
    if _TIME.fullmatch(words):
        return f'<time class="clock" datetime="{words}">{words}</time>'
    return f'<b class="clock">{escape(words)}</b>'


def _tick(tick: Tick) -> str:
    checked = " checked" if tick.done else ""
    words = _inline(tick.text) or "–"
    return f'<li><label><input type="checkbox"{checked}> <span>{words}</span></label></li>'


def _items(items: Sequence[Text | Item]) -> str:
    if not items:
        return ""
    points = (item if isinstance(item, Item) else Item(item) for item in items)
    return f"<ul>{''.join(map(_item, points))}</ul>"


def _item(item: Item) -> str:
    mark = f'<span class="mark">{escape(item.mark)}</span> ' if item.mark else ""
    return f"<li>{mark}{_inline(item.text)}{_items(item.below)}</li>"


def _pairs(rows: Sequence[Pair]) -> str:
    """A list of terms; a pair without a label stands for itself."""
    parts = []
    for labelled, run in groupby(rows, key=lambda pair: bool(_label(pair))):
        said = "".join(map(_pair, run))
        parts.append(f"<dl>{said}</dl>" if labelled else said)
    return "\n".join(parts)


def _pair(pair: Pair) -> str:
    label, text = _label(pair), f"{_inline(pair.text)}{_items(pair.below)}"
    return f"<div><dt>{label}</dt><dd>{text}</dd></div>" if label else f"<div>{text}</div>"


def _label(pair: Pair) -> str:
    return _inline((pair.label,))


def _table(table: Table) -> str:
    columns = [_column(table, index) for index in range(len(table.columns))]
    titles = "".join(
        _cell("th", replace(column, whole=False), _words(column.title), ' scope="col"')
        if column.title.strip()
        else "<td></td>"
        for column in columns
    )
    rows = "".join(_row(columns, row) for row in table.rows)
    drawn = f"<table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>"
    if len(columns) < WIDE:
        return drawn
    names = _plain(tuple(f"{column.title} " for column in columns if column.title))
    group = f'class="wide" role="group" tabindex="0" aria-label="{escape(names)}"'
    return f"<div {group}>{drawn}</div>"


def _column(table: Table, index: int) -> Column:
    """A column, whole where its cells are so short that a break would only tear dates apart."""
    column = table.columns[index]
    column = column if isinstance(column, Column) else Column(column)
    most = max((len(_plain(row[index])) for row in table.rows), default=0)
    return replace(column, whole=column.whole or most <= (NEVER if column.folds else BREAKS))


def _row(columns: Sequence[Column], cells: Sequence[Text]) -> str:
    """The first cell names the row, where it says anything; what is written in is a box."""
    tags = ["th", *["td"] * (len(cells) - 1)]
    drawn = ""
    for tag, column, cell in zip(tags, columns, cells, strict=True):
        if isinstance(cell, tuple) and len(cell) == 1 and isinstance(cell[0], Gap):
            drawn += '<td class="room"></td>'
        elif words := _inline(cell):
            drawn += _cell(tag, column, words, ' scope="row"' * (tag == "th"))
        else:
            drawn += "<td></td>"
    return f"<tr>{drawn}</tr>"


def _cell(tag: str, column: Column, words: str, scope: str = "") -> str:
    kinds = " ".join(name for name in ("right", "whole") if getattr(column, name))
    kind = f' class="{kinds}"' if kinds else ""
    return f"<{tag}{scope}{kind}>{words}</{tag}>"


def _figure(drawing: Drawing) -> str:
    """A drawing with the line that says its gist. A small screen moves it sideways, by keys too."""
    kind = type(drawing).__name__.lower()
    caption = f"<figcaption>{_inline(drawing.summary)}</figcaption>"
    return f'<figure class="{kind}" tabindex="0">{_drawing(drawing)}{caption}</figure>'


def _drawing(drawing: Drawing) -> str:
    """As a picture; bars in rows, as their words may be long."""
    if isinstance(drawing, Bars):
        return _rows(
            (gauge.label, (Bar(gauge.share, target=gauge.target),), gauge.text)
            for gauge in drawing.gauges
        )
    return svg(drawing, INK)


def _rows(rows: Iterable[Sequence[Text]]) -> str:
    """A label, a drawing and words beside each other."""
    drawn = "".join(
        f'<tr><th scope="row">{_inline(row[0])}</th><td>{_inline(row[1])}</td>'
        f"<td>{_inline(row[2])}</td></tr>"
        for row in rows
    )
    return f'<table class="drawn"><tbody>{drawn}</tbody></table>' if drawn else ""


def _inline(text: Text) -> str:
    """One line of text with its styles; room to write at its end takes what is left of the line."""
    parts = pieces(text)
    *words, last = parts or [Span("", "plain")]
    if not isinstance(last, Gap) or last.letters <= SHORT:
        return "".join(map(_piece, parts))
    if not words:
        return f'<span class="write alone" {ROOM}></span>'
    said = "".join(map(_piece, words))
    return f'<span class="fills"><span>{said}</span><span class="write" {ROOM}></span></span>'


def _words(text: str) -> str:
    """One line of words."""
    return _inline((text,))


def _plain(text: Text) -> str:
    """A line's words without styles."""
    return "".join(part.text for part in pieces(text) if isinstance(part, Span))


def _piece(part: Inline) -> str:
    match part:
        case str():
            return escape(part)
        case Span(style="clock"):
            return _clock(part.text)
        case Span():
            start, end = TAGS[part.style]
            return f"{start}{escape(part.text)}{end}"
        case Bar() | Spark():
            return svg(part, INK)
        case Gap():
            return f'<span class="write short" {ROOM}></span>'
