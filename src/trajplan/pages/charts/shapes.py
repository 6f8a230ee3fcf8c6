"""What a chart is made of before there is any markup: places in a frame that can be checked.

Places count in units from the left and the top; a block drawing is `WIDTH` of them wide. Text is
measured as one of the widest usual fonts sets it, so that any other has room.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Literal, TypeAlias

from msgspec import Struct

from trajplan.pages.drawings import number_text
from trajplan.text import cut_between_letters

WIDTH = 640.0
"""A line of print of 16 cm makes a unit a quarter of a millimetre, and text of 13 some 9 points."""
SIZE, SMALL = 13.0, 11.0
"""Text, and text on an axis."""
LEADING = 1.3
"""From line to line, in sizes."""
ASCENT, DESCENT = 0.95, 0.3
"""How far letters may reach above and below their line, in sizes."""
BOLD = 1.12
LONGEST_NUMBER = 9
_LETTERS = {
    0.34: "'ijlIJ|,. /:;\\",
    0.42: "ft()[]-!r",
    0.56: '"*_`szc?L',
    0.66: "kFvxyPaoTYebdghnpquES0123456789${}K",
    0.8: "AVBRXZCUHNDG&OQ",
    1.0: "w#+<=>^~M%mW@",
}
"""Widths of letters in DejaVu Sans, rounded up, in sizes."""
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}

Tone: TypeAlias = Literal["ink", "quiet", "faint", "accent"]
"""How strongly something is drawn. `accent` may have a colour; nothing rests on it."""
Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Label(Struct, frozen=True, kw_only=True):
    """Lines of text. `y` is the line its first letters stand on."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Literal["start", "middle", "end"] = "start"
    size: float = SIZE
    bold: bool = False
    tone: Tone = "ink"

    @property
    def box(self) -> Box:
        """The room it takes at most."""
        width = max(text_width(line, self.size, bold=self.bold) for line in self.lines)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        top = self.y - ASCENT * self.size
        return (left, top, left + width, top + text_height(len(self.lines), self.size))


class Stroke(Struct, frozen=True, kw_only=True):
    """A line through points."""

    points: tuple[Point, ...]
    tone: Tone = "ink"
    width: float = 1.0
    dashed: bool = False

    @property
    def box(self) -> Box:
        """The room it takes."""
        return _box(self.points)


class Patch(Struct, frozen=True, kw_only=True):
    """An area with its edge. `shade`: 0 empty, 1 full; a dashed edge says: not known."""

    points: tuple[Point, ...]
    tone: Tone = "accent"
    shade: float = 1.0
    edge: bool = True
    dashed: bool = False

    @property
    def box(self) -> Box:
        """The room it takes."""
        return _box(self.points)


MarkKind: TypeAlias = Literal["disc", "ring", "target", "dashed", "slashed", "dash"]


class Mark(Struct, frozen=True, kw_only=True):
    """A small sign around a point, told from the others by its form."""

    kind: MarkKind
    x: float
    y: float
    radius: float = 4.0
    tone: Tone = "ink"

    @property
    def box(self) -> Box:
        """The room it takes."""
        reach = self.radius
        return (self.x - reach, self.y - reach, self.x + reach, self.y + reach)


Shape: TypeAlias = Label | Stroke | Patch | Mark


class Sketch(Struct, frozen=True, kw_only=True):
    """A drawing with every shape at its place."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def rectangle(left: float, top: float, width: float, height: float) -> tuple[Point, ...]:
    """Its four corners."""
    right, bottom = left + width, top + height
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is at most, in units."""
    return sum(map(_letter_width, text)) * size * (BOLD if bold else 1.0)


def text_height(lines: int, size: float) -> float:
    """How high lines of text are, from their highest to their lowest letter."""
    return (ASCENT + DESCENT + LEADING * (lines - 1)) * size


def wrapped(text: str, width: float, size: float = SIZE, *, bold: bool = False) -> tuple[str, ...]:
    """Text in lines no wider than `width`; a word that is wider goes on in the next. Nothing is
    cut, and there is at least one line."""
    lines: list[str] = []
    free = 0.0
    space = text_width(" ", size, bold=bold)
    for word in text.split(" "):
        wide = text_width(word, size, bold=bold)
        if lines and wide + space <= free:
            lines[-1] = f"{lines[-1]} {word}"
            free -= wide + space
            continue
        while wide > width:
            head = _head(word, width, size, bold)
            lines.append(head)
            word = word[len(head) :]
            wide -= text_width(head, size, bold=bold)
        if word or not lines:
            lines.append(word)
            free = width - wide
    return tuple(lines)


def _head(word: str, width: float, size: float, bold: bool) -> str:
    """The first letters of a word that fit, one letter with its marks at least."""
    most = word[: max(1, round(4 * width / size))]
    widths = list(accumulate(text_width(letter, size, bold=bold) for letter in most))
    fits = max(1, bisect_right(widths, width))
    return cut_between_letters(word, fits) or word[:fits]


def short_number(value: float) -> str:
    """A number with a place of its own in a drawing; a very long one in powers of ten."""
    text = number_text(value)
    return text if len(text) <= LONGEST_NUMBER else f"{value:.4g}"


def apart(wanted: Sequence[float], heights: Sequence[float], bottom: float) -> list[float]:
    """Tops of things in a column as near as can be to where they are wanted, none over another.

    `wanted` ascends; nothing stands above 0, nor below `bottom` where all have room.
    """
    tops: list[float] = []
    free = 0.0
    for top, height in zip(wanted, heights, strict=True):
        tops.append(max(top, free))
        free = tops[-1] + height
    limit = bottom
    for index in reversed(range(len(tops))):
        tops[index] = max(0.0, min(tops[index], limit - heights[index]))
        limit = tops[index]
    return tops


@cache
def _letter_width(letter: str) -> float:
    if width := _WIDTHS.get(letter):
        return width
    if unicodedata.combining(letter):
        return 0.0
    if letter in "█▓▒░▁▂▃▄▅▆▇":
        return 0.8
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return 1.35
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS.get(base, 1.0)


def _box(points: Sequence[Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return (min(across), min(down), max(across), max(down))
