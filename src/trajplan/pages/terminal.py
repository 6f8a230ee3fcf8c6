"""A page in a terminal, laid out for its width.

Nothing rests on colour alone, and no style presumes a light or a dark background.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Words

from trajplan.pages import drawings
from trajplan.pages.page import (
    LEVEL_MARKS,
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
    bold,
    pieces,
    quiet,
    whole_items,
)

TITLE = "bold"
HEADING = "bold cyan"
QUIET = "dim"
STYLES = {
    "plain": "",
    "bold": "bold",
    "italic": "italic",
    "quiet": QUIET,
    "code": "cyan",
    "clock": "bold",
    "warning": "bold red",
}
MARK_STYLES = {
    "plain": "",
    LEVEL_MARKS["informational"]: "blue",
    LEVEL_MARKS["analytical"]: "green",
    LEVEL_MARKS["transformational"]: "magenta",
}
BULLET, BELOW = "•", "·"
PROSE = 16
"""Letters a table's column of sentences needs; cells that need fewer are not broken."""
COLUMN_GAP = 2
"""Letters between the columns of a table."""
HANGING = 4
"""How far in the other lines stand of what runs on behind its label."""


def terminal(page: Page, width: int) -> RenderableType:
    """The page for a terminal so many letters wide."""
    parts: list[RenderableType] = [_words(page.title, TITLE)]
    for block, apart, indent in _placed(page.blocks):
        if apart:
            parts.append(Words())
        parts.append(_drawn(block, width, indent))
    return Group(*parts)


def height(page: Page, width: int) -> int:
    """How many lines a page has in a terminal so many letters wide."""
    return _lines(_words(page.title, TITLE), width) + sum(
        apart + _height(block, width, indent) for block, apart, indent in _placed(page.blocks)
    )


@lru_cache(maxsize=500)
def _height(block: Block, width: int, indent: int) -> int:
    """The lines of a block: the door page is tried with more and less, and most of it is the same
    each time. What runs on behind a label takes as many lines as without its neighbours."""
    if isinstance(block, Pairs) and block.run_in and len(block.rows) > 1:
        rows = (Pairs((row,), run_in=True) for row in block.rows)
        return sum(_height(row, width, indent) for row in rows)
    return _lines(_drawn(block, width, indent), width)


def _lines(drawn: RenderableType, width: int) -> int:
    console = Console(file=StringIO(), width=width, markup=False, highlight=False, emoji=False)
    return len(console.render_lines(drawn, pad=False))


def _placed(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool, int]]:
    """Each block, whether an empty line stands before it, and how far it is set in."""
    before: Block | None = None
    indent = 0
    for block in blocks:
        if isinstance(block, Heading):
            indent = 0
        yield block, _apart(before, block), indent
        if isinstance(block, Heading) and block.level > 2:
            indent = 2
        before = block


def _drawn(block: Block, width: int, indent: int) -> RenderableType:
    drawn = _block(block, width - indent)
    return Padding(drawn, (0, 0, 0, indent)) if indent else drawn


def _apart(before: Block | None, block: Block) -> bool:
    """Whether an empty line stands between two blocks; None: the title."""
    match before, block:
        case None, Line() | Pairs() | Bullets():
            return False
        case _, Heading() | Line(close=True):
            return not block.close
        case (Heading(), _) | (Line(), Line() | Bullets() | Ask() | Tick() | Blank() | Scale()):
            return False
        case (Ask(), Ask()) | (Tick(), Tick()) | (Pairs(), Bullets()):
            return False
    return True


def _block(block: Block, width: int) -> RenderableType:
    match block:
        case Heading():
            return _words(block.text, HEADING if block.level == 2 else TITLE)
        case Line():
            return _words(block.text)
        case Bullets():
            return _items(block.items, BULLET)
        case Pairs():
            return _run_in(block.rows) if block.run_in else _pairs(block.rows, width)
        case Table():
            return _table(block, width)
        case Ask():
            return _ask(block)
        case Tick():
            return _beside([(Words("☑" if block.done else "☐"), _words(block.text))])
        case Blank():
            lines = [Words("_" * drawings.LINE_LETTERS) for _ in range(block.lines)]
            return Group(*([_words(f"{block.label}:", TITLE)] if block.label else []), *lines)
        case Scale():
            return _words(drawings.scale_line(block))
        case _:
            return Group(_drawing(block, width), _words(block.summary, QUIET))


def _words(text: Text, style: str = "") -> Words:
    """A line of text: no markup is read, no control character survives.

    A command within a sentence keeps its backticks: without colour they are all that sets it apart.
    """
    parts = pieces(text)
    words = Words(style=style)
    for part in parts:
        match part:
            case Span(style="code") if len(parts) > 1:
                words.append(f"`{part.text}`", STYLES["code"])
            case Span():
                words.append(part.text, STYLES[part.style])
            case Bar():
                words.append(drawings.bar(part))
            case Spark():
                words.append(drawings.spark(part))
            case Gap():
                words.append("_" * part.letters)
    return words


def _beside(rows: Sequence[tuple[Words, RenderableType]]) -> Grid:
    """Marks in a column of their own, so that long lines hang beside them."""
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for mark, text in rows:
        grid.add_row(mark, text)
    return grid


def _items(items: Sequence[Text | Item], bullet: str) -> Grid:
    rows: list[tuple[Words, RenderableType]] = []
    for item in whole_items(items):
        rows.append((Words(item.mark or bullet), _with_below(item.text, item.below)))
    return _beside(rows)


def _with_below(text: Text, below: Sequence[Text | Item]) -> RenderableType:
    return Group(_words(text), _items(below, BELOW)) if below else _words(text)


def _pairs(rows: Sequence[Pair], width: int) -> Grid:
    """Labels and what they say, in two columns that wrap on their own.

    A label takes a third of the line at most, so that what it labels keeps its room.
    """
    labels = [_words((pair.label,)) for pair in rows]
    widest = max((_wrapped_width(label.plain, width // 3) for label in labels), default=0)
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style=QUIET, overflow="fold", width=widest)
    grid.add_column(overflow="fold")
    for label, pair in zip(labels, rows, strict=True):
        grid.add_row(label, _with_below(pair.text, pair.below))
    return grid


def _run_in(rows: Sequence[Pair]) -> Grid:
    """What each label says right behind it, with its other lines a little further in.

    The label runs on from the first column into the second, where its text begins.
    """
    grid = Grid.grid()
    grid.add_column(width=HANGING, no_wrap=True)
    grid.add_column(overflow="fold")
    for pair in rows:
        label = _words((pair.label,))
        label.stylize(QUIET)
        gap = "  " if len(label) + 2 > HANGING else " " * (HANGING - len(label))
        start, rest = Words.assemble(label, gap).divide([HANGING])
        told = Words.assemble(rest, _words(pair.text))
        grid.add_row(start, Group(told, _items(pair.below, BELOW)) if pair.below else told)
    return grid


def _wrapped_width(text: str, most: int) -> int:
    """How wide a text is when its lines are broken at spaces to be `most` letters at most."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if cell_len(longer) <= most else [*lines, word]
    return min(most, max(map(cell_len, lines)))


def _ask(ask: Ask) -> Grid:
    """The time, the minutes and the mark in a column of their own."""
    lead = Words(ask.clock, STYLES["clock"])
    if ask.minutes or ask.mark or not ask.clock:
        # Behind a time of the day there are no minutes.
        no_minutes = " " if ask.clock else "    "
        lead.append(f"{ask.minutes:>2}′ " if ask.minutes else no_minutes, QUIET)
        lead.append(ask.mark or " ", MARK_STYLES.get(ask.mark, ""))
    return _beside([(lead, Group(_words(ask.text), *(_words(line, QUIET) for line in ask.beside)))])


def _table(table: Table, width: int) -> RenderableType:
    """Columns side by side where they can be read; else each row as labels and values."""
    columns = table.whole_columns
    rows = [[_words(cell) for cell in row] for row in table.rows]
    for short in (False, True):
        titles = [
            _words(column.short if short and column.short else column.title) for column in columns
        ]
        widths = _widths(columns, titles, rows, width - COLUMN_GAP * (len(columns) - 1))
        if widths:
            return _side_by_side(columns, titles, rows, widths)
    return _records(columns, rows)


def _widths(
    columns: Sequence[Column], titles: Sequence[Words], rows: Sequence[Sequence[Words]], room: int
) -> list[int]:
    """How wide each column is; empty when they have no room beside each other.

    Columns that fold do so together: all of them are broken, or none.
    """
    for folded in (False, True):
        least, most = [], []
        for index, column in enumerate(columns):
            cells, title = [row[index] for row in rows], titles[index]
            need = max((cell.cell_len for cell in cells), default=0)
            if column.folds and folded:
                need = _longest_word(cells)
            few = need if column.folds or column.whole else min(need, PROSE)
            # The short name of a column that folds may be broken anywhere.
            anywhere = folded and column.folds and title.plain == column.short
            least.append(few if anywhere else max(few, _on_two_lines(title.plain)))
            most.append(max(need, title.cell_len))
        if sum(least) <= room:
            return _shared_out(least, most, room)
    return []


def _shared_out(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Who needs least more is served first, the others share what is left."""
    widths = list(least)
    spare = room - sum(least)
    needs = sorted(range(len(widths)), key=lambda index: most[index] - least[index])
    for served, index in enumerate(needs):
        more = min(most[index] - least[index], spare // (len(needs) - served))
        widths[index] += more
        spare -= more
    return widths


def _longest_word(texts: Sequence[Words]) -> int:
    return max((cell_len(word) for text in texts for word in text.plain.split()), default=0)


def _on_two_lines(title: str) -> int:
    """How wide a column has to be for its title to stand on two lines at most."""
    words = title.split()
    return min(
        max(cell_len(" ".join(words[:index])), cell_len(" ".join(words[index:])))
        for index in range(len(words) + 1)
    )


def _side_by_side(
    columns: Sequence[Column],
    titles: Sequence[Words],
    rows: Sequence[Sequence[Words]],
    widths: Sequence[int],
) -> Grid:
    grid = Grid(box=None, pad_edge=False, header_style=HEADING, padding=(0, COLUMN_GAP, 0, 0))
    for column, title, width in zip(columns, titles, widths, strict=True):
        grid.add_column(
            title,
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=column.whole,
            width=width,
        )
    for row in rows:
        grid.add_row(*row)
    return grid


def _records(columns: Sequence[Column], rows: Sequence[Sequence[Words]]) -> RenderableType:
    """Each row as labels and values beside or under its first cell."""
    parts: list[RenderableType] = []
    widest = max(row[0].cell_len for row in rows)
    for row in rows:
        name = row[0].copy()
        name.stylize(TITLE)
        values = Grid.grid(padding=(0, 2))
        values.add_column(style=QUIET, no_wrap=True)
        values.add_column(overflow="fold")
        for column, cell in zip(columns[1:], row[1:], strict=True):
            if cell.plain:
                values.add_row(_words(column.title), cell)
        if widest <= 3:
            parts.append(_beside([(name, values)]))
        else:
            parts += [name, Padding(values, (0, 0, 0, 2))]
        parts.append(Words())
    return Group(*parts[:-1])


def _drawing(drawing: Drawing, width: int) -> RenderableType:
    match drawing:
        case Timeline():
            return _timeline(drawing, width)
        case Bars():
            return _columns(drawing.rows)
        case Trend():
            title = _words((bold(drawing.title), quiet(f" {drawings.steps(drawing)}")))
            return Group(title, _columns(drawing.rows))
        case Wheel():
            return _wheel(drawing, width)
        case Arc():
            lines = (_assembled(line) for line in drawings.arc_lines(drawing, width))
            return Group(*lines, _words(drawings.legend(drawing), QUIET))


def _columns(rows: Iterable[Sequence[Text]]) -> Grid:
    """A label, a drawing and words beside each other."""
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style=QUIET, overflow="fold")
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*map(_words, row))
    return grid


def _assembled(spans: Sequence[Span]) -> Words:
    """Letters that keep their places: nothing in them is squeezed."""
    return Words.assemble(*((span.text, STYLES[span.style]) for span in spans))


def _timeline(timeline: Timeline, width: int) -> Grid:
    # The titles keep at least half of the line.
    bars = drawings.stretches(timeline, max(8, min(60, width // 2 - 14)))
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(style=STYLES["clock"], no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for stretch, bar in zip(timeline.stretches, bars, strict=True):
        grid.add_row(stretch.clock, f"{stretch.minutes} min", bar, _words(stretch.title))
    grid.add_row(timeline.end, "", "", Words("End", QUIET))
    return grid


def _wheel(wheel: Wheel, width: int) -> Grid:
    """Labels keep a third of the line."""
    letters = max(10, min(50, width * 2 // 3 - 8))
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_row("", Words(f"{wheel.low} to {wheel.high}", QUIET), "")
    for spoke in wheel.spokes:
        rated = Words(
            drawings.rating_text(spoke), QUIET if spoke.value is None else STYLES["clock"]
        )
        grid.add_row(_words(spoke.label), rated, drawings.spoke(wheel, spoke.value, letters))
    return grid
