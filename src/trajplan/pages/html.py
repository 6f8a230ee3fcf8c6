"""A page as one HTML document: self-contained, without a script, nothing fetched.

The elements say what a block is, and `style.css` beside this file how it looks, on a screen and on
paper. Every word goes through `inline` or `escape`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

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
    whole_items,
    words_of,
)
from trajplan.pages.svg import Ink, svg
from trajplan.text import pattern

STYLE = Path(__file__).with_name("style.css")
WIDE = 5
"""Columns from which on a table may be wider than a small screen, and is moved sideways there."""
WHOLE, WHOLE_FOLDED = 16, 10
"""Letters up to which the cells of a column are not broken, as a date has fifteen; and those of a
column that folds."""
LONG_WORD = 40
"""Letters from which on a word in a table may be broken anywhere, so that none is cut on paper."""


def html(pages: Sequence[Page], look: Look, title: str = "") -> str:
    """Pages as a whole document, ending with one line break.

    `title`: what several are called together. On paper each of them begins a sheet.
    """
    style = _style() + _colours(look)
    brand = _brand(look)
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(look.words.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(title or words_of(pages[0].title))}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            *(_body(pages[0], brand) if len(pages) == 1 else _bodies(pages, brand)),
            "</body>",
            "</html>",
            "",
        ]
    )


def _brand(look: Look) -> str:
    """Whose page it is, above its title."""
    if not (look.name or look.logo):
        return ""
    picture = ""
    if look.logo:
        form = "svg+xml" if look.logo.form == "svg" else look.logo.form
        data = b64encode(look.logo.data).decode()
        # Beside the name it says nothing more.
        alt = "" if look.name else "Logo"
        picture = f'<img alt="{alt}" src="data:image/{form};base64,{data}">'
    return f'<p class="brand">{picture}<span>{escape(look.name)}</span></p>'


def _colours(look: Look) -> str:
    """The coach's colours, on a light screen and on paper."""
    own = {"--accent": look.accent, "--title": look.accent, "--ink": look.ink}
    rules = " ".join(f"{name}: {colour};" for name, colour in own.items() if colour)
    if not rules:
        return ""
    return f"@media (prefers-color-scheme: light), print {{ :root {{ {rules} }} }}\n"


def _body(page: Page, brand: str) -> Iterator[str]:
    yield f"<header>{brand}<h1>{inline(page.title)}</h1></header>"
    yield from ("<main>", *_sections(page.blocks), "</main>")


def _bodies(pages: Sequence[Page], brand: str) -> Iterator[str]:
    yield "<main>"
    for number, page in enumerate(pages, 1):
        yield f'<article aria-labelledby="p{number}">'
        yield f'<header>{brand}<h1 id="p{number}">{inline(page.title)}</h1></header>'
        yield from _sections(page.blocks, f"p{number}")
        yield "</article>"
    yield "</main>"


@cache
def _style() -> str:
    return "\n" + STYLE.read_text(encoding="utf-8")


def _policy(style: str) -> str:
    """What a browser may do with the page: use this one style, and nothing else."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'"


def _sections(blocks: Sequence[Block], within: str = "") -> Iterator[str]:
    """Headings open sections, those of level 3 within those of level 2. `within`: the id of the
    page, where there are several."""
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
            name = f"{within}s{place}"
            yield f'<section aria-labelledby="{name}">'
            yield f'<{tag} id="{name}">{inline(heading.text)}</{tag}>'
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
            return f"<p>{inline(block.text)}</p>"
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
            label = f'<p class="label">{inline(block.label)}</p>' if block.label else ""
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
    time = f"{clock(ask.clock)} " if ask.clock else ""
    minutes = f'<time datetime="PT{ask.minutes}M">{ask.minutes}′</time> ' if ask.minutes else ""
    mark = f'<span class="mark">{escape(ask.mark)}</span> ' if ask.mark else ""
    lead = f'<span class="lead">{time}{minutes}{mark}</span>'
    return f"<li>{lead}<div>{inline(ask.text)}{_items(ask.beside)}</div></li>"


def _tick(tick: Tick) -> str:
    checked = " checked" if tick.done else ""
    words = inline(tick.text) or "–"
    return f'<li><label><input type="checkbox"{checked}> <span>{words}</span></label></li>'


def _items(items: Sequence[Text | Item]) -> str:
    if not items:
        return ""
    return f"<ul>{''.join(map(_item, whole_items(items)))}</ul>"


def _item(item: Item) -> str:
    mark = f'<span class="mark">{escape(item.mark)}</span> ' if item.mark else ""
    return f"<li>{mark}{inline(item.text)}{_items(item.below)}</li>"


def _pairs(rows: Sequence[Pair]) -> str:
    """A list of terms; a pair without a label stands for itself."""
    parts = []
    for labelled, run in groupby(rows, key=lambda pair: bool(_label(pair))):
        said = "".join(map(_pair, run))
        parts.append(f"<dl>{said}</dl>" if labelled else said)
    return "\n".join(parts)


def _pair(pair: Pair) -> str:
    label, text = _label(pair), f"{inline(pair.text)}{_items(pair.below)}"
    return f"<div><dt>{label}</dt><dd>{text}</dd></div>" if label else f"<div>{text}</div>"


def _label(pair: Pair) -> str:
    return inline((pair.label,))


def _table(table: Table) -> str:
    columns = table.whole_columns
    titles = "".join(
        _cell("th", "right" if column.right else "", words, ' scope="col"')
        if (words := inline(column.title))
        else "<td></td>"
        for column in columns
    )
    kinds = [
        _kind(column, [words_of(row[index]) for row in table.rows])
        for index, column in enumerate(columns)
    ]
    rows = "".join(_row(kinds, row) for row in table.rows)
    drawn = f"<table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>"
    if len(columns) < WIDE:
        return drawn
    names = words_of(tuple(f"{column.title} " for column in columns if column.title))
    group = f'class="wide" role="group" tabindex="0" aria-label="{escape(names)}"'
    return f"<div {group}>{drawn}</div>"


def _kind(column: Column, cells: Sequence[str]) -> str:
    """How the cells of a column are set: which way, and whether they are broken."""
    most = WHOLE_FOLDED if column.folds else WHOLE
    breaks = ""
    if any(len(word) > LONG_WORD for cell in cells for word in cell.split()):
        breaks = "long"
    elif column.whole or all(len(cell) <= most for cell in cells):
        breaks = "whole"
    return " ".join(name for name in ("right" if column.right else "", breaks) if name)


def _row(kinds: Sequence[str], cells: Sequence[Text]) -> str:
    """The first cell names the row, where it says anything; what is written in is a box."""
    tags = ["th", *["td"] * (len(cells) - 1)]
    drawn = ""
    for tag, kind, cell in zip(tags, kinds, cells, strict=True):
        if isinstance(cell, tuple) and len(cell) == 1 and isinstance(cell[0], Gap):
            drawn += '<td class="room"></td>'
        elif words := inline(cell):
            drawn += _cell(tag, kind, words, ' scope="row"' * (tag == "th"))
        else:
            drawn += "<td></td>"
    return f"<tr>{drawn}</tr>"


def _cell(tag: str, kind: str, words: str, scope: str) -> str:
    shown = f' class="{kind}"' if kind else ""
    return f"<{tag}{scope}{shown}>{words}</{tag}>"


def _figure(drawing: Drawing) -> str:
    """A drawing with the line that says its gist. A small screen moves it sideways, by keys too."""
    kind = type(drawing).__name__.lower()
    caption = f"<figcaption>{inline(drawing.summary)}</figcaption>"
    return f'<figure class="{kind}" tabindex="0">{_drawing(drawing)}{caption}</figure>'


def _drawing(drawing: Drawing) -> str:
    """As a picture; bars in rows, as their words may be long."""
    if isinstance(drawing, Bars):
        return _rows(drawing.rows)
    return svg(drawing, INK)


def _rows(rows: Iterable[Sequence[Text]]) -> str:
    """A label, a drawing and words beside each other."""
    drawn = "".join(
        f'<tr><th scope="row">{inline(row[0])}</th><td>{inline(row[1])}</td>'
        f"<td>{inline(row[2])}</td></tr>"
        for row in rows
    )
    return f'<table class="drawn"><tbody>{drawn}</tbody></table>' if drawn else ""


INK = Ink(accent="var(--accent)")
TAGS = {
    "plain": ("", ""),
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "quiet": ('<span class="quiet">', "</span>"),
    "code": ("<code>", "</code>"),
    "warning": ('<strong class="warning">', "</strong>"),
}
SHORT = 6
"""Letters up to which room to write within a line is short; more of it takes the rest of a line."""
ROOM = 'role="img" aria-label="room to write"'
_SPECIAL = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;"}
)
_TIME = pattern(r"\d\d:\d\d")


def escape(text: str) -> str:
    """Words that open no element and end no attribute."""
    return text.translate(_SPECIAL)


def inline(text: Text) -> str:
    """One line of text with its styles; room to write at its end takes what is left of the line."""
    parts = pieces(text)
    *before, last = parts or [Span("", "plain")]
    if not isinstance(last, Gap) or last.letters <= SHORT:
        return "".join(map(_piece, parts))
    if not before:
        return f'<span class="write alone" {ROOM}></span>'
    said = "".join(map(_piece, before))
    return f'<span class="fills"><span>{said}</span><span class="write" {ROOM}></span></span>'


def _piece(part: Span | Bar | Spark | Gap) -> str:
    match part:
        case Span(style="clock"):
            return clock(part.text)
        case Span():
            start, end = TAGS[part.style]
            return f"{start}{escape(part.text)}{end}"
        case Bar() | Spark():
            return svg(part, INK)
        case Gap():
            return f'<span class="write short" {ROOM}></span>'


def clock(time: str) -> str:
    """A time of day, marked up as one; a range is only styled alike."""
    if _TIME.fullmatch(time):
        return f'<time class="clock" datetime="{time}">{time}</time>'
    return f'<b class="clock">{escape(time)}</b>'
