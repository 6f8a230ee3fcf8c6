"""A page as a PDF, set by Typst (R147).

The tree goes to Typst as data, in JSON; `style.typ` says how each kind of block looks. So nothing
that a person typed can become markup, let alone code. What leaves here is tagged for screen readers
(PDF/UA-1), its fonts are embedded, and its only date is the one it is given.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from itertools import count, groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from trajplan.errors import CannotDo
from trajplan.pages.charts.shapes import LEADING, Label
from trajplan.pages.drawings import in_words
from trajplan.pages.look import LogoForm, Look
from trajplan.pages.page import (
    Ask,
    Bar,
    Bars,
    Blank,
    Block,
    Bullets,
    Column,
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
    pieces,
    whole_items,
    words_of,
)
from trajplan.pages.svg import Ink, sketch, svg
from trajplan.settings import Paper
from trajplan.text import pattern

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).with_name("fonts")
STYLE = Path(__file__).with_name("style.typ")
LOGO_FORMS: dict[LogoForm, str] = {"png": "png", "jpeg": "jpg", "svg": "svg"}
"""Pictures as Typst calls them."""
CHECK = "#let logo = json(bytes(sys.inputs.logo))\n#image(bytes(logo.data), format: logo.format)"
FIRST = "#let which = 0"
"""The beginning of the line of the style that says which of the pages it sets."""
LONG = 1200
"""Letters from which a row or a line may be torn apart between two pages; a shorter one is not."""
LARGE, USUAL, SMALLER = 12, 10.5, (10.1, 9.75, 9.4)
"""Sizes of the letters, in points."""
SHORT, MIDDLING = 11_000, 55_000
"""Letters of a page's data up to which large letters may find room on a single sheet, and up to
which it may have no more than a few."""
MOST_WEIGHT = 450_000
"""What the data of all pages together may weigh: as many letters, some eighty sheets of plain
lines, which Typst sets in seconds and the whole program in less than 200 MB (R161)."""
WEIGHTS = {"table": 50, "ticks": 150, "pairs": 50, "bullets": 15}
"""What a cell, a point to tick, a pair or an item weighs besides its letters."""
RUN, CODE_RUN = 30, 60
"""Letters after which a run without a space may be broken."""
FEW = 4
"""Sheets up to which it is worth while to spare one."""
OPENED_AFTER = ("pairs", "bullets", "scale")
"""Kinds of blocks behind which a line that begins with bold words stands apart."""
HIGHEST = 1.2
"""How high a drawing may be, in widths of a line; a higher one is drawn smaller."""
WIDEST: dict[type[Block], float] = {Timeline: 0.8}
"""How wide a drawing is, in widths of a line, where that is less than all of it: a timeline has few
words, and a plan's first sheet much else."""
PLAIN_INK = "#000000"
INK = Ink(color="#000000", accent="#444444")
UNNAMED = "–"
"""Where a reader needs a name and there is none."""
SHEETS: dict[Paper, str] = {"a4": "a4", "letter": "us-letter"}
"""Papers as Typst calls them."""
WORDS = {"page": "page {page} of {pages}", "continues": "continues on page {page}"}
"""What stands at the foot of a sheet."""
NOT_DRAWN = "□"
"""Stands for a character that no font can draw."""
_NOT_DRAWN = pattern(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_SPELT = pattern(r"\\u\{([0-9a-f]+)\}")

Value = dict[str, Any]


class Pdf(Struct, frozen=True):
    """A PDF, and the characters in it that no font at hand could draw, each of them once."""

    data: bytes
    missing: str = ""


def pdf(pages: Sequence[Page], created: dt.datetime, look: Look, title: str = "") -> Pdf:
    """Pages as a PDF that says it was made at `created` (with its offset).

    Each page begins a sheet, in letters of its own size and with its own count of sheets; `title`:
    what several are called together. Our own fonts are tried first; those of this machine only for
    what ours cannot draw. Raises CannotDo for pages that are too long.
    """
    trees = [_page(page, look) for page in pages]
    values = [json.dumps(tree, ensure_ascii=False) for tree in trees]
    if sum(map(len, values)) + sum(map(_weight, trees)) > MOST_WEIGHT:
        raise CannotDo(
            "this is too long for a PDF; `-o FILE.html` has no such limit; print it from a browser"
        )
    import typst  # 80 MB: only where a PDF is made

    logo = _logo(look)
    sizes = [_size(value, logo, title) for value in values]

    def printed(values: Sequence[str], title: str, *, system_fonts: bool) -> bytes:
        compiler = _compiler(values, sizes, logo, title, system_fonts=system_fonts)
        made = compiler.compile(pdf_standards="ua-1", timestamp=created)
        if not isinstance(made, bytes):
            raise TypeError("pages are a single file")
        return made

    missing = ""
    for system_fonts in (False, True):
        try:
            return Pdf(printed(values, title, system_fonts=system_fonts))
        except typst.TypstError as fault:
            missing = _not_drawn(fault)
            if not missing:
                raise
    boxes = dict.fromkeys(map(ord, missing), NOT_DRAWN)
    in_boxes = [value.translate(boxes) for value in values]
    return Pdf(printed(in_boxes, title.translate(boxes), system_fonts=True), missing)


def _compiler(
    values: Sequence[str],
    sizes: Sequence[float],
    logo: str,
    title: str,
    *,
    system_fonts: bool = False,
) -> typst.Compiler:
    """A compiler of pages: the data of each as JSON, and the size of its letters."""
    import typst

    source: Any = _bound(len(values)) if len(values) > 1 else str(STYLE)
    return typst.Compiler(
        source,
        font_paths=typst.Fonts(include_system_fonts=system_fonts, font_paths=[str(FONTS)]),
        sys_inputs={
            "title": title,
            "logo": logo,
            **{f"page-{place}": value for place, value in enumerate(values)},
            **{f"size-{place}": str(size) for place, size in enumerate(sizes)},
        },
    )


def _logo(look: Look) -> str:
    """The logo as JSON. Raises CannotDo for a picture that cannot be drawn."""
    import typst

    if look.logo is None:
        return ""
    about = {"format": LOGO_FORMS[look.logo.form], "data": [*look.logo.data]}
    logo = json.dumps(about)
    try:
        typst.Compiler(CHECK.encode(), sys_inputs={"logo": logo}).compile()
    except typst.TypstError as fault:
        raise CannotDo(f"the logo cannot be drawn: {fault.message}") from fault
    return logo


def _bound(count: int) -> bytes:
    """The style once for each page, in a block of its own: what a page sets ends with it."""
    style = STYLE.read_text(encoding="utf-8")
    parts = (style.replace(FIRST, f"#let which = {place}", 1) for place in range(count))
    return "".join(f"#[\n{part}\n]\n" for part in parts).encode()


def _size(value: str, logo: str, title: str) -> float:
    """The size of the letters: the large with which a page of so much data has room on a single
    sheet; a smaller where it spares a sheet of a few."""

    def sheets(size: float) -> int:
        compiler = _compiler([value], [size], logo, title)
        return int(compiler.query("<sheets-0>", field="value", one=True))

    if len(value) < SHORT and sheets(LARGE) == 1:
        return LARGE
    many = sheets(USUAL) if len(value) < MIDDLING else FEW + 1
    if not 1 < many <= FEW:
        return USUAL
    return next((size for size in SMALLER if sheets(size) < many), USUAL)


def _not_drawn(fault: Any) -> str:
    """The characters that Typst says it has no picture for, in their order."""
    found = (
        _SPELT.sub(lambda match: chr(int(match[1], 16)), match)
        for match in _NOT_DRAWN.findall(fault.diagnostic)
    )
    return "".join(dict.fromkeys("".join(found)))


def _page(page: Page, look: Look) -> Value:
    """The page in parts, each with its heading."""
    parts: list[list[Value]] = [[]]
    level = 1
    for kind, group in groupby(page.blocks, type):
        if kind is Tick:
            parts[-1].append({"kind": "ticks", "rows": [_tick(tick) for tick in group]})
            continue
        for block in group:
            if isinstance(block, Heading) and words_of(block.text).strip():
                # No level may be left out between a heading and the one above it.
                level = min(block.level, level + 1)
                heading = {"kind": "heading", "level": level, "text": _text(block.text)}
                parts.append([heading])
            else:
                parts[-1].append(_block(block))
    for part in parts:
        for block_data, below in pairwise(part):
            block_data["sticky"] = (
                block_data["kind"] == "line" and below["kind"] in ("ask", "blank", "scale")
            ) or (below["kind"] == "ask" and _is_room(below))
            # Bold words behind labels, points or a scale open something new.
            below["opens"] = block_data["kind"] in OPENED_AFTER and _is_bold(below)
    *_, before, last = {"kind": ""}, {"kind": ""}, *parts[-1]
    # A last word stands apart, unless it is one of several notes.
    last["apart"] = last["kind"] == "line" and not (before["kind"] == "line" and _is_note(before))
    title = page.title if words_of(page.title).strip() else UNNAMED
    return {
        "title": words_of(title),
        "heading": _text(title),
        "paper": SHEETS[look.paper],
        "language": look.words.language,
        "name": look.name,
        "accent": look.accent or PLAIN_INK,
        "ink": look.ink or PLAIN_INK,
        "words": {name: look.words(text) for name, text in WORDS.items()},
        "parts": parts,
        "form": any(map(_is_to_fill_in, page.blocks))
        and not any(isinstance(block, Ask) for block in page.blocks),
    }


def _weight(tree: Value) -> int:
    """What the blocks of a page weigh besides their letters."""
    return sum(_block_weight(block) for part in tree["parts"] for block in part)


def _block_weight(block: Value) -> int:
    match block:
        case {"kind": "table", "rows": rows, "columns": columns}:
            count = len(rows) * len(columns)
        case {"kind": "drawing", "table": table}:
            return _block_weight(table)
        case {"kind": "bullets", "items": items}:
            count = _count(items)
        case {"kind": "ticks" | "pairs", "rows": rows}:
            count = len(rows)
        case _:
            return 0
    return WEIGHTS[block["kind"]] * count


def _count(items: Sequence[Value]) -> int:
    return sum(1 + _count(item["below"]) for item in items)


def _is_to_fill_in(block: Block) -> bool:
    if isinstance(block, Pairs):
        return any(isinstance(piece, Gap) for pair in block.rows for piece in pieces(pair.text))
    return isinstance(block, Blank | Scale)


def _is_bold(block: Value) -> bool:
    """Whether it is a line that begins with bold words."""
    if block["kind"] != "line" or not block["text"]:
        return False
    first = block["text"][0]
    return not isinstance(first, str) and first.get("style") == "bold"


def _is_note(line: Value) -> bool:
    return any(
        not isinstance(piece, str) and piece.get("style") == "italic" for piece in line["text"]
    )


def _is_room(ask: Value) -> bool:
    """Whether it is nothing but room for notes, which stays with what they are about."""
    return any(not isinstance(piece, str) and piece["kind"] == "gap" for piece in ask["text"])


def _block(block: Block) -> Value:
    match block:
        case Line():
            return {"kind": "line", "text": _text(block.text)}
        case Bullets():
            return {"kind": "bullets", "items": _items(block.items)}
        case Pairs():
            return {"kind": "pairs", "rows": [_pair(pair) for pair in block.rows]}
        case Table():
            return _table(block)
        case Ask():
            return {
                "kind": "ask",
                "clock": block.clock,
                "minutes": block.minutes,
                "mark": block.mark,
                "text": _text(block.text),
                "beside": [_text(line) for line in block.beside],
                "long": sum(len(words_of(line)) for line in (block.text, *block.beside)) > LONG,
            }
        case Blank():
            return {"kind": "blank", "label": words_of(block.label), "lines": block.lines}
        case Scale():
            return {
                "kind": "scale",
                "low": block.low,
                "high": block.high,
                "value": block.value,
                "ends": [_text(end) for end in block.ends],
            }
        case Heading():
            return {"kind": "line", "text": _text(block.text)}  # no words, so no heading
        case Tick():
            raise TypeError("ticks are set together")
        case Bars():
            # In rows, as their words may be long.
            table = _table(Table(("", "", ""), block.rows))
            return {"kind": "drawing", "table": table, "summary": _text(block.summary)}
        case _:
            drawn = sketch(block)
            return {
                "kind": "drawing",
                "svg": svg(block, INK, text=False),
                "alt": in_words(block).strip() or UNNAMED,
                "width": drawn.width,
                "height": drawn.height,
                "share": min(WIDEST.get(type(block), 1), HIGHEST * drawn.width / drawn.height),
                "labels": [_label(shape) for shape in drawn.shapes if isinstance(shape, Label)],
                "summary": _text(block.summary),
            }


def _label(label: Label) -> Value:
    """Typst sets the words of a drawing: within a picture it knows one font alone."""
    lines = zip(count(label.y, LEADING * label.size), label.lines, strict=False)
    return {
        "lines": [{"y": y, "words": words} for y, words in lines],
        "x": label.x,
        "back": {"start": 0, "middle": 0.5, "end": 1}[label.anchor],
        "size": label.size,
        "bold": label.bold,
        "quiet": label.tone != "ink",
    }


def _tick(tick: Any) -> Value:
    return {"done": tick.done, "text": _text(tick.text)}


def _text(text: Text) -> list[Value | str]:
    values: list[Value | str] = []
    for piece in pieces(text):
        match piece:
            case Span(style="plain"):
                values.append(_breakable(piece.text))
            case Span():
                words = _breakable(piece.text, CODE_RUN if piece.style == "code" else RUN)
                values.append({"kind": "words", "words": words, "style": piece.style})
            case Gap():
                values.append({"kind": "gap", "letters": piece.letters})
            case Bar() | Spark():
                values.append({"kind": "picture", "svg": svg(piece, INK)})
    return values


def _breakable(text: str, run: int = RUN) -> str:
    """A text with places to break a run of letters that no line can hold, so that none of it is
    cut off. Done here, for Typst keeps what each call of a function made."""
    if len(text) < run:
        return text
    return re.sub(rf"\S{{{run}}}", "\\g<0>\u200b", text)


def _items(items: Iterable[Text | Item]) -> list[Value]:
    return [
        {"mark": item.mark, "text": _text(item.text), "below": _items(item.below)}
        for item in whole_items(items)
    ]


def _pair(pair: Pair) -> Value:
    return {
        "label": _text((pair.label,)),
        "text": _text(pair.text),
        "below": _items(pair.below),
    }


def _table(table: Table) -> Value:
    columns = table.whole_columns
    return {
        "kind": "table",
        "columns": [
            _column(column, [words_of(row[index]) for row in table.rows])
            for index, column in enumerate(columns)
        ],
        "rows": [[_text(cell) for cell in row] for row in table.rows],
        "long": any(len(words_of(cell)) > LONG for row in table.rows for cell in row),
    }


def _column(column: Column, cells: Sequence[str]) -> Value:
    """A column with its longest word, from which its least width is measured."""
    title = words_of(column.title)
    return {
        "title": title,
        "short": column.short,
        "word": max((word for cell in cells for word in cell.split()), key=len, default="")[:RUN],
        "right": column.right,
        "folds": column.folds,
        "whole": column.whole,
    }
