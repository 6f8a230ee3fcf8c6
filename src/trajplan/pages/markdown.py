"""A page as CommonMark with tables and task lists.

Text is escaped here and nowhere else, so that it shows as typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trajplan.pages import drawings
from trajplan.pages.page import (
    Arc,
    Ask,
    Bar,
    Bars,
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
    bold,
    pieces,
)
from trajplan.text import pattern

EMPHASIS = {"bold": "**", "clock": "**", "warning": "**", "italic": "*"}
LISTS = (Bullets, Pairs, Ask, Tick)
# Each way begins with its sign, so that the rest of a text is passed over quickly.
_ACTIVE = pattern(r"[\\`*\[\]<|~]|&(?=#?\w+;)|_(?:(?<![^\W_]_)|(?![^\W_]))")
_BLOCK_START = pattern(r"^(?:[>=]|#{1,6}(?= |$)|[+-](?= |$)|-{2,}|\d{1,9}(?=[.)](?: |$)))")
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_CLOSING_HASHES = pattern(r"(?:^|(?<= ))#(?=#*$)")


def markdown(page: Page) -> str:
    """The page, ending with one line break."""
    text = f"# {_heading(page.title)}"
    before: Block | None = None
    for block in page.blocks:
        lines = _lines(block)
        if lines:
            text += ("\n" if _tight(before, block) else "\n\n") + "\n".join(lines)
            before = block
    return text + "\n"


def _tight(before: Block | None, block: Block) -> bool:
    """Whether two blocks stand without an empty line between them.

    Lists that touch would be one list anyway; and a printed plan has no room for empty lines.
    """
    if isinstance(before, LISTS) and isinstance(block, LISTS):
        return True
    match before, block:
        case (Heading(level=3), Line()) | (Line(), Ask()):
            return True
    return False


def escape(text: str) -> str:
    """Words in the middle of a line, so that none of them is Markdown."""
    return _ACTIVE.sub(lambda match: "\\" + match[0], text)


def escape_start(line: str) -> str:
    """An escaped line that begins no block."""
    start = _BLOCK_START.match(line)
    if not start:
        return line
    # A digit cannot be escaped; the full stop or bracket behind it can.
    if start[0].isdigit():
        return f"{start[0]}\\{line[start.end() :]}"
    return "\\" + line


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [f"{'#' * block.level} {_heading(block.text)}"]
        case Line():
            return [escape_start(_inline(block.text))]
        case Bullets():
            return [line for item in block.items for line in _item(item)]
        case Pairs():
            return [
                line
                for pair in block.rows
                for line in _item(Item(_labelled(pair.label, pair.text), below=pair.below))
            ]
        case Table():
            return _table(block.columns, block.rows)
        case Ask():
            clock: list[Inline] = [Span(block.clock, "clock"), " "] if block.clock else []
            minutes = f"{block.minutes}′ " if block.minutes else ""
            text = (*clock, f"{minutes}{block.mark} ", *pieces(block.text))
            return _item(Item(text, below=block.beside))
        case Tick():
            return [f"- [{'x' if block.done else ' '}] {_inline(block.text)}"]
        case Blank():
            label = [_inline(_labelled(block.label, "")), ""] if block.label else []
            return [*label, *[_gap(drawings.LINE_LETTERS), ""] * block.lines][:-1]
        case Scale():
            return [escape_start(_inline(drawings.scale_line(block)))]
        case _:
            return [*_drawing(block)]


def _heading(text: Text) -> str:
    """A heading is bold already; numbers signs at its end would be taken for its frame."""
    plain = tuple(
        Span(part.text, "plain") if isinstance(part, Span) and part.style != "code" else part
        for part in pieces(text)
    )
    return _CLOSING_HASHES.sub(r"\\#", escape_start(_inline(plain)))


def _item(item: Text | Item, depth: int = 0) -> list[str]:
    """A point and what hangs from it, two spaces further in.

    One without words gets a dash: a bare sign would make a heading of the line above.
    """
    if not isinstance(item, Item):
        item = Item(item)
    text = _inline(item.text)
    shown = f"{item.mark} {text}" if item.mark else escape_start(text)
    lines = [f"{'  ' * depth}- {shown.rstrip() or '–'}"]
    for below in item.below:
        lines += _item(below, depth + 1)
    return lines


def _labelled(label: str | Span, text: Text) -> Text:
    words = label if isinstance(label, str) else label.text
    return (bold(f"{words}:"), " ", *pieces(text)) if words else text


def _table(columns: Sequence[str | Column], rows: Sequence[Sequence[Text]]) -> list[str]:
    titles = [column.title if isinstance(column, Column) else column for column in columns]
    rule = "".join(
        "---:|" if isinstance(column, Column) and column.right else "---|" for column in columns
    )
    return [_row(titles), f"|{rule}", *map(_row, rows)]


def _row(cells: Sequence[Text]) -> str:
    return "|" + "|".join(f" {_inline(cell, in_table=True)} " for cell in cells) + "|"


def _drawing(block: Block) -> list[str]:
    """A drawing in letters, then what it says in words."""
    match block:
        case Timeline():
            # Bars need lines under each other, which a printed plan has no room for.
            line = drawings.in_words(block)
            return [escape_start(_inline((f"{line}. ", *pieces(block.summary))))]
        case Bars():
            drawn = [
                line
                for label, bar, text in block.rows
                for line in _item(_labelled(label, (*bar, " ", *pieces(text))))
            ]
        case Trend():
            drawn = _table(
                (block.title, drawings.steps(block), ""),
                block.rows,
            )
        case Wheel():
            drawn = _table(
                ("", f"{block.low} to {block.high}", ""),
                [
                    (
                        spoke.label,
                        drawings.rating_text(spoke),
                        drawings.spoke(block, spoke.value, drawings.BAR_LETTERS),
                    )
                    for spoke in block.spokes
                ],
            )
        case Arc():
            drawn = _arc(block)
        case _:
            raise TypeError(f"cannot draw {type(block).__name__}")
    return [*drawn, "", escape_start(_inline(block.summary))]


def _arc(arc: Arc) -> list[str]:
    """Phases side by side: their sessions as marks, with numbers and days below."""
    stops = [phase.stops for phase in arc.phases]
    return [
        *_table(
            [phase.title for phase in arc.phases],
            [
                tuple("─".join(stop.mark for stop in row) for row in stops),
                tuple(" ".join(str(stop.number) for stop in row) for row in stops),
                tuple(" · ".join(stop.day for stop in row if stop.day) for row in stops),
            ],
        ),
        "",
        drawings.legend(arc),
    ]


def _inline(text: Text, *, in_table: bool = False) -> str:
    """One line of text with its marks, all words escaped."""
    parts = pieces(text)
    line = ""
    for index, part in enumerate(parts):
        after = parts[index + 1] if index + 1 < len(parts) else None
        match part:
            case Span(style="code"):
                line += _code(part.text, in_table)
            case Span():
                line += _emphasis(part, line[-1:], after)
            case Bar():
                line += drawings.bar(part)
            case Spark():
                line += drawings.spark(part)
            case Gap():
                line += _gap(part.letters)
    return line


def _gap(letters: int) -> str:
    return r"\_" * letters


def _emphasis(span: Span, before: str, after: Span | Bar | Spark | Gap | None) -> str:
    """Words in emphasis where CommonMark will read it as such; else the words alone.

    Between a letter and a sign no emphasis begins or ends, nor where two of them touch.
    """
    mark = EMPHASIS.get(span.style, "")
    words = span.text.strip()
    lead, tail = (" " if span.text[:1] == " " else ""), (" " if span.text[-1:] == " " else "")
    if not mark or not words:
        return escape(span.text)
    plain = after.text[0] if isinstance(after, Span) and after.style not in EMPHASIS else "*"
    behind = tail or ("" if after is None else plain)
    readable = all(
        outside != "*" and (inside.isalnum() or outside in ("", " ", *_PUNCTUATION))
        for outside, inside in ((lead or before, words[0]), (behind, words[-1]))
    )
    return f"{lead}{mark}{escape(words)}{mark}{tail}" if readable else escape(span.text)


def _code(text: str, in_table: bool) -> str:
    """What is typed, between as many backticks as it takes."""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    words = text.replace("|", "\\|") if in_table else text
    return f"{fence}{pad}{words}{pad}{fence}"
