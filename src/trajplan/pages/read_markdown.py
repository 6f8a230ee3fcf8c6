"""Markdown back to a page: what a coach wrote in a template, as the tree that all printers share.

CommonMark with tables, and what our own Markdown has beyond it: boxes to tick, lines of underscores
to write on, and a scale as `drawings.scale_line` puts it. HTML and links are words like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from trajplan.pages.page import (
    Blank,
    Block,
    Bullets,
    Column,
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
    Style,
    Table,
    Text,
    Tick,
    code,
    italic,
    pieces,
    words_of,
)
from trajplan.text import pattern

STYLES: dict[str, Style] = {"strong": "bold", "em": "italic"}
_GAP = pattern(r"_{3,}")
_TICK = pattern(r"\[([ xX])\](?: |$)")
_SCALE = pattern(r"(\d{1,2}) (.*?) ?([○●](?: [○●])+) (\d{1,2}) ?(.*)")


def read_markdown(source: str) -> Page:
    """The page that Markdown describes. Its first heading of the first level is the title."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("text_join")
    tree = SyntaxTreeNode(reader.parse(source))
    title: Text = ""
    blocks: list[Block] = []
    for node in tree.children:
        if node.type == "heading" and node.tag == "h1" and not title:
            title = _text(node)
        else:
            blocks += _blocks(node)
    return Page(title, tuple(blocks))


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    match node.type:
        case "heading":
            yield Heading(_text(node), min(max(int(node.tag[1:]), 2), 3))
        case "paragraph":
            yield _line(_text(node))
        case "bullet_list" | "ordered_list":
            yield from _list(node)
        case "table":
            yield _table(node)
        case "hr" if node.markup.startswith("_"):
            yield Blank()
        case "hr":
            return
        case "fence" | "code_block":
            yield from (Line((code(line),)) for line in node.content.splitlines())
        case "blockquote":
            for child in node.children:
                for block in _blocks(child):
                    yield Line(_slanted(block.text)) if isinstance(block, Line) else block
        case _:
            yield Line(node.content)


def _line(text: Text) -> Block:
    """A paragraph; one that is nothing but room is a line to write on, or a scale to mark."""
    parts = pieces(text)
    if len(parts) == 1 and isinstance(parts[0], Gap):
        return Blank()
    scale = _SCALE.fullmatch(words_of(text))
    if not scale:
        return Line(text)
    points = scale[3].split()
    low, high = int(scale[1]), int(scale[4])
    if len(points) != high - low + 1:
        return Line(text)
    value = low + points.index("●") if "●" in points else None
    return Scale(low, high, (scale[2], scale[5]), value)


def _list(node: SyntaxTreeNode) -> Iterator[Block]:
    for ticked, run in groupby(_items(node), key=lambda item: _ticked(item.text) is not None):
        yield from (_boxes if ticked else _points)(tuple(run))


def _boxes(items: Sequence[Item]) -> Iterator[Block]:
    """Boxes to tick, each with what hangs from it below."""
    for item in items:
        if box := _ticked(item.text):
            yield box
        if item.below:
            yield Bullets(item.below)


def _points(items: Sequence[Item]) -> Iterator[Block]:
    """Labels in a column where each of the points begins with one; else points."""
    pairs = [pair for item in items if (pair := _pair(item))]
    yield Pairs(tuple(pairs)) if len(pairs) == len(items) else Bullets(tuple(items))


def _items(node: SyntaxTreeNode) -> list[Item]:
    """The points of a list, with their numbers where it is counted."""
    counted = node.type == "ordered_list"
    return [
        _item(child, f"{place}." if counted else "")
        for place, child in enumerate(node.children, int(node.attrs.get("start", 1)))
    ]


def _item(node: SyntaxTreeNode, mark: str) -> Item:
    text: Text = ""
    below: list[Text | Item] = []
    for child in node.children:
        if child.type in ("bullet_list", "ordered_list"):
            below += _items(child)
        elif not text:
            text = _text(child)
        else:
            below.append(_text(child))
    return Item(text, mark, tuple(below))


def _ticked(text: Text) -> Tick | None:
    """An item that begins with a box; None where it has none."""
    first, *rest = text if isinstance(text, tuple) and text else (text,)
    box = _TICK.match(first) if isinstance(first, str) else None
    if not box or not isinstance(first, str):
        return None
    return Tick((first[box.end() :], *rest), done=box[1] != " ")


def _pair(item: Item) -> Pair | None:
    """An item that begins with a bold label and a colon; None where it does not."""
    first, *rest = item.text if isinstance(item.text, tuple) and item.text else (item.text,)
    if item.mark or not isinstance(first, Span) or first.style != "bold" or first.text[-1:] != ":":
        return None
    return Pair(first.text[:-1], tuple(rest), item.below)


def _table(node: SyntaxTreeNode) -> Table:
    head, *bodies = node.children
    titles = head.children[0].children
    columns = tuple(
        Column(words_of(_text(cell)), right="right" in str(cell.attrs.get("style", "")))
        for cell in titles
    )
    rows = (row for body in bodies for row in body.children)
    return Table(columns, tuple(tuple(map(_text, row.children)) for row in rows))


def _text(node: SyntaxTreeNode) -> tuple[Inline, ...]:
    return tuple(_inline(node, "plain"))


def _inline(node: SyntaxTreeNode, style: Style) -> Iterator[Inline]:
    match node.type:
        case "text":
            yield from _words(node.content, style)
        case "text_special":
            # What was escaped is what somebody typed, and no sign of ours.
            yield Span(node.content, style)
        case "code_inline":
            yield code(node.content)
        case "softbreak" | "hardbreak":
            yield " "
        case _:
            style = STYLES.get(node.type, style)
            words = node.content if not node.children else ""
            yield from _words(words, style)
            for child in node.children:
                yield from _inline(child, style)


def _words(words: str, style: Style) -> Iterator[Inline]:
    """Words in a style; underscores in a row are room to write."""
    end = 0
    for gap in _GAP.finditer(words):
        yield from _styled(words[end : gap.start()], style)
        yield Gap(len(gap[0]))
        end = gap.end()
    yield from _styled(words[end:], style)


def _styled(words: str, style: Style) -> Iterator[Inline]:
    if words:
        yield words if style == "plain" else Span(words, style)


def _slanted(text: Text) -> Text:
    return tuple(
        italic(part.text) if isinstance(part, Span) and part.style == "plain" else part
        for part in pieces(text)
    )
