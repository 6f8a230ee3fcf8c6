"""A page: what is to be read, as a small tree that knows nothing of how it is drawn.

Printers make Markdown and a terminal view of it. Text is kept as it was typed, plain strings
throughout: each printer escapes at its own border. The tree is plain data, so that it can be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from trajplan.text import columns, pattern, visible

Style = Literal["plain", "bold", "italic", "quiet", "code", "clock", "warning"]


class Span(Struct, frozen=True, tag=True):
    """Words in a style. `quiet` stands back, `clock` is a time, `warning` wants to be seen."""

    text: str
    style: Style


class Bar(Struct, frozen=True, tag=True, omit_defaults=True):
    """A small bar within a line. `share`: 0 to 1; None: not known. `target`: where it was to
    end."""

    share: float | None
    target: float | None = None


class Spark(Struct, frozen=True, tag=True, omit_defaults=True):
    """A small line of values over time within a line; None where there is none."""

    values: tuple[float | None, ...]
    low: float = 1
    high: float = 10


class Gap(Struct, frozen=True, tag=True):
    """Room within a line to write some `letters`."""

    letters: int = 20


Inline: TypeAlias = str | Span | Bar | Spark | Gap
Text: TypeAlias = str | tuple[Inline, ...]
"""One line of text. Line breaks and runs of white space in it count as one space."""


class Heading(Struct, frozen=True, tag=True, omit_defaults=True):
    """A section's heading; `level` 2 for a section of the page, 3 for a part of one. A `close` one
    has no empty line before it in a terminal."""

    text: Text
    level: int = 2
    close: bool = False


class Line(Struct, frozen=True, tag=True, omit_defaults=True):
    """A paragraph of its own; `close`: without an empty line before it."""

    text: Text
    close: bool = False


class Item(Struct, frozen=True, tag=True, omit_defaults=True):
    """One point of a list. `mark`: a sign in front of it; `below`: what hangs from it."""

    text: Text
    mark: str = ""
    below: tuple[Text | Item, ...] = ()


class Bullets(Struct, frozen=True, tag=True):
    """A list of points."""

    items: tuple[Text | Item, ...]


class Pair(Struct, frozen=True, tag=True, omit_defaults=True):
    """A label and what it says; `below`: what hangs from it."""

    label: str | Span
    text: Text
    below: tuple[Text | Item, ...] = ()


class Pairs(Struct, frozen=True, tag=True, omit_defaults=True):
    """Labels and what they say, under each other. With `run_in`, what a label says begins right
    behind it in a terminal, however long the other labels are."""

    rows: tuple[Pair, ...]
    run_in: bool = False


class Column(Struct, frozen=True, tag=True, omit_defaults=True):
    """A column of a table. `short`: its name where there is no room for all of it; `folds`: its
    cells may be broken at any space; `whole`: never, as with what is typed again."""

    title: str
    short: str = ""
    right: bool = False
    folds: bool = False
    whole: bool = False


class Table(Struct, frozen=True, tag=True):
    """Rows of cells. The first cell of a row names it."""

    columns: tuple[str | Column, ...]
    rows: tuple[tuple[Text, ...], ...]

    @property
    def whole_columns(self) -> list[Column]:
        """Its columns; one that is only named has no more to it than its title."""
        return [column if isinstance(column, Column) else Column(column) for column in self.columns]


class Ask(Struct, frozen=True, tag=True, omit_defaults=True):
    """Something to say or do in a session, with its minutes or the time it falls due.

    `beside`: what is looked at with it, such as its scale or where it comes from.
    """

    text: Text
    minutes: int = 0
    mark: str = ""
    clock: str = ""
    beside: tuple[Text, ...] = ()


class Tick(Struct, frozen=True, tag=True, omit_defaults=True):
    """A box to tick."""

    text: Text
    done: bool = False


class Blank(Struct, frozen=True, tag=True, omit_defaults=True):
    """Lines to write on, under a label where there is one."""

    label: str = ""
    lines: int = 1


class Scale(Struct, frozen=True, tag=True, omit_defaults=True):
    """A scale to mark a value on; `ends` say what its lowest and its highest point mean."""

    low: int
    high: int
    ends: tuple[str, str] = ("", "")
    value: int | None = None


class Stretch(Struct, frozen=True, tag=True):
    """One segment of a timeline. `tone` is its stance, or `break`."""

    clock: str
    minutes: int
    title: str
    tone: str


class Timeline(Struct, frozen=True, tag=True):
    """The segments of a session in proportion to their minutes."""

    stretches: tuple[Stretch, ...]
    end: str
    summary: Text


class Gauge(Struct, frozen=True, tag=True, omit_defaults=True):
    """One bar with its label and what it says. `share`: 0 to 1; None: not known. `target`: where
    on the bar it was to end."""

    label: str
    share: float | None
    text: Text
    target: float | None = None


class Bars(Struct, frozen=True, tag=True):
    """Bars under each other, each with its own end."""

    gauges: tuple[Gauge, ...]
    summary: Text

    @property
    def rows(self) -> tuple[tuple[str, tuple[Inline, ...], Text], ...]:
        """A label, a bar and words for each."""
        return tuple(
            (gauge.label, (Bar(gauge.share, gauge.target),), gauge.text) for gauge in self.gauges
        )


class Series(Struct, frozen=True, tag=True):
    """One line of a trend; None where there is no value. `text`: what it comes to."""

    name: str
    values: tuple[float | None, ...]
    text: Text


class Trend(Struct, frozen=True, tag=True, omit_defaults=True):
    """Values over time on one scale. `steps` names the times; `along` says what they are, such as
    sessions by number."""

    title: str
    series: tuple[Series, ...]
    summary: Text
    steps: tuple[str, ...] = ()
    along: str = "session"
    low: float = 1
    high: float = 10

    @property
    def rows(self) -> tuple[tuple[str, tuple[Inline, ...], Text], ...]:
        """A name, a small line and words for each series."""
        return tuple(
            (series.name, (Spark(series.values, self.low, self.high),), series.text)
            for series in self.series
        )


class Spoke(Struct, frozen=True, tag=True):
    """One area of a wheel; None: not rated."""

    label: str
    value: float | None


class Wheel(Struct, frozen=True, tag=True):
    """Areas rated on one scale, to be seen together."""

    spokes: tuple[Spoke, ...]
    low: int
    high: int
    summary: Text


class Stop(Struct, frozen=True, tag=True, omit_defaults=True):
    """A session on the arc of a journey. `ahead`: the journey stands at it; `day`: short, as in
    `23 Feb`."""

    number: int
    state: str
    day: str
    ahead: bool = False

    @property
    def mark(self) -> str:
        """The sign of its state; the one the journey stands at has its own."""
        return SESSION_MARKS["next" if self.ahead and self.state == "planned" else self.state]


class Phase(Struct, frozen=True, tag=True):
    """A phase of the arc with its sessions in order."""

    title: str
    stops: tuple[Stop, ...]


class Arc(Struct, frozen=True, tag=True):
    """A journey from its first session to its last."""

    phases: tuple[Phase, ...]
    summary: Text


Drawing: TypeAlias = Timeline | Bars | Trend | Wheel | Arc
"""Carries data, no letters; its summary says the gist in words, in every form."""

Block: TypeAlias = Heading | Line | Bullets | Pairs | Table | Ask | Tick | Blank | Scale | Drawing


class Page(Struct, frozen=True, tag=True):
    """A whole page."""

    title: Text
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, title: Text, *blocks: Block) -> Page:
        """A page of the blocks as they come."""
        return cls(title, blocks)


LEVEL_MARKS = {"informational": "○", "analytical": "◐", "transformational": "●"}
"""Told apart without colour: empty, half, full."""
SESSION_MARKS = {
    "held": "●",
    "next": "◉",
    "planned": "○",
    "missed": "◌",
    "cancelled": "⊘",
    "skipped": "–",
}
"""States told apart without colour; `next` is the one the journey stands at."""
_COMMAND = pattern(r"(?<!`)`((?:trajplan|check-in) [^`|\n]+)`(?!`)")


def bold(text: str) -> Span:
    """Words that carry the line."""
    return Span(text, "bold")


def italic(text: str) -> Span:
    """Words that comment on others."""
    return Span(text, "italic")


def quiet(text: str) -> Span:
    """Words that stand back."""
    return Span(text, "quiet")


def code(text: str) -> Span:
    """What is typed at the command line, an id or a command."""
    return Span(text, "code")


def sentence(text: str) -> Text:
    """A sentence of the program's own: the commands between its backticks stand as code.

    It may quote a client: whatever is no command stays as it was typed.
    """
    pieces = [
        code(piece) if index % 2 else piece for index, piece in enumerate(_COMMAND.split(text))
    ]
    return tuple(piece for piece in pieces if piece)


def labelled(*rows: tuple[str, Text] | Pair) -> Pairs:
    """Labels and what they say; a row that says nothing is left out. Of a text of several lines the
    others hang below the first."""
    pairs = (row if isinstance(row, Pair) else _pair(*row) for row in rows)
    return Pairs(tuple(pair for pair in pairs if pair.text or pair.below))


def _pair(label: str, text: Text) -> Pair:
    if not isinstance(text, str) or "\n" not in text:
        return Pair(label, text)
    first, *others = filter(str.strip, text.split("\n"))
    return Pair(label, first, tuple(others))


def listed(columns: Sequence[str | Column], rows: Iterable[Sequence[Text]], empty: str) -> Block:
    """A table; where it has no row, the sentence `empty`."""
    cells = tuple(map(tuple, rows))
    return Table(tuple(columns), cells) if cells else Line(sentence(empty))


def section(
    title: str, columns: Sequence[str | Column], rows: Iterable[Sequence[Text]]
) -> tuple[Block, ...]:
    """A titled table; nothing where it has no row."""
    cells = tuple(map(tuple, rows))
    return (Heading(title), Table(tuple(columns), cells)) if cells else ()


def printed_columns(text: Text) -> int:
    """How many columns of a terminal the words of a text take."""
    return sum(columns(getattr(piece, "text", "")) for piece in pieces(text))


def pieces(text: Text) -> list[Span | Bar | Spark | Gap]:
    """A text's pieces as printers draw them: white space squeezed, control characters pictured.

    Neighbours in one style are one piece, as their marks would otherwise touch.
    """
    drawn: list[Span | Bar | Spark | Gap] = []
    if not text:
        return drawn  # most cells of a long table
    after_space = True
    for part in [text] if isinstance(text, str) else text:
        if isinstance(part, Spark) and not part.values:
            continue
        if not isinstance(part, str | Span):
            drawn.append(part)
            after_space = False
            continue
        span = Span(part, "plain") if isinstance(part, str) else part
        words = visible(span.text)
        if "  " in words or not words.isprintable():  # a space is the only white space that is
            words = re.sub(r"\s+", " ", words)
        words = words.lstrip() if after_space else words
        if not words:
            continue
        after_space = words.endswith(" ")
        last = drawn[-1] if drawn else None
        if isinstance(last, Span) and last.style == span.style:
            words = last.text + words
            drawn.pop()
        drawn.append(Span(words, span.style))
    last = drawn[-1] if drawn else None
    if isinstance(last, Span) and after_space:
        drawn.pop()
        drawn += [Span(words, last.style)] if (words := last.text.rstrip()) else []
    return drawn


def words_of(text: Text) -> str:
    """A text's words without styles, and without what is drawn or written between them."""
    return "".join(piece.text for piece in pieces(text) if isinstance(piece, Span))


def whole_items(items: Iterable[Text | Item]) -> list[Item]:
    """The points of a list; one that is only words has no sign and nothing below."""
    return [item if isinstance(item, Item) else Item(item) for item in items]
