"""A wheel of areas, each a sector as long as its rating; names in two columns beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct

from trajplan.pages.charts.bars import bars
from trajplan.pages.charts.shapes import (
    ASCENT,
    SIZE,
    SMALL,
    WIDTH,
    Label,
    Patch,
    Point,
    Shape,
    Sketch,
    Stroke,
    apart,
    short_number,
    text_height,
    text_width,
    wrapped,
)
from trajplan.pages.drawings import UNRATED, number_text, plain
from trajplan.pages.page import Bars, Gauge, Spoke, Wheel

HUB, RIM = 12.0, 104.0
"""The lowest and the highest rating from the middle; the hub shows that the lowest was given."""
LEAST = 3
"""Sectors that make a wheel."""


class Sector(Struct, frozen=True, kw_only=True):
    """An area of the wheel around `angle`. Its number stands outside the rim, as far from the
    middle as `number`; what is beyond `reach` is free for its name."""

    spoke: Spoke
    angle: float
    number: float
    reach: float
    name: tuple[str, ...]

    @property
    def room(self) -> float:
        """The height of its name."""
        return text_height(len(self.name), SIZE) + 3

    @property
    def on_the_right(self) -> bool:
        """On which side its name stands."""
        return math.cos(self.angle) > -1e-9


def wheel(drawing: Wheel) -> Sketch:
    """The wheel with its rim, its ratings around it and the names beside it; bars where two areas
    would make no wheel, or so many that there is no room for their ratings."""
    widths = [text_width(_number(spoke), SMALL, bold=True) for spoke in drawing.spokes]
    widest = max(widths, default=0.0)
    count = len(drawing.spokes)
    room = 2 * (RIM + 5) * math.sin(math.pi / count) if count >= LEAST else 0.0
    if room < math.hypot(widest, text_height(1, SMALL)):
        return bars(_rows(drawing))
    names = RIM + widest + 28
    sectors = list(_sectors(drawing, WIDTH / 2 - names))
    sides = [
        sorted(
            (sector for sector in sectors if sector.on_the_right == right),
            key=lambda sector: math.sin(sector.angle),
        )
        for right in (False, True)
    ]
    height = max(2 * RIM + 56, *(sum(sector.room for sector in side) for side in sides))
    middle = (WIDTH / 2, height / 2)
    shapes: list[Shape] = [
        Stroke(points=_circle(middle, radius), tone="faint")
        for radius in (HUB, (HUB + RIM) / 2, RIM)
    ]
    for sector in sectors:
        shapes += _sector(drawing, sector, middle)
    for side in sides:
        shapes += _names(side, middle, names, height)
    ends = f"{drawing.low} to {drawing.high}"
    shapes.append(Label(lines=(ends,), x=0, y=height + SMALL, size=SMALL, tone="quiet"))
    return Sketch(
        width=WIDTH,
        height=height + SMALL + 6,
        shapes=tuple(shapes),
    )


def _rows(drawing: Wheel) -> Bars:
    span = (drawing.high - drawing.low) or 1
    return Bars(
        tuple(
            Gauge(
                spoke.label,
                None if spoke.value is None else (spoke.value - drawing.low) / span,
                UNRATED
                if spoke.value is None
                else f"{number_text(spoke.value)} ({drawing.low} to {drawing.high})",
            )
            for spoke in drawing.spokes
        ),
        drawing.summary,
    )


def _sectors(drawing: Wheel, column: float) -> Iterator[Sector]:
    """From the top on clockwise."""
    for index, spoke in enumerate(drawing.spokes):
        angle = math.tau * (index + 0.5) / len(drawing.spokes) - math.tau / 4
        width = text_width(_number(spoke), SMALL, bold=True)
        half = abs(math.cos(angle)) * width / 2 + abs(math.sin(angle)) * SMALL * 0.6
        label = plain(spoke.label)
        yield Sector(
            spoke=spoke,
            angle=angle,
            number=RIM + 5 + half,
            reach=RIM + 9 + 2 * half,
            name=wrapped(label if spoke.value is not None else f"{label}, {UNRATED}", column),
        )


def _number(spoke: Spoke) -> str:
    return "–" if spoke.value is None else short_number(spoke.value)


def _around(middle: Point, radius: float, angle: float) -> Point:
    return (middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle))


def _circle(middle: Point, radius: float) -> tuple[Point, ...]:
    return tuple(_around(middle, radius, math.radians(degree)) for degree in range(0, 361, 5))


def _sector(drawing: Wheel, sector: Sector, middle: Point) -> Iterator[Shape]:
    """As long as its rating, its number at the rim; not rated: a dashed frame and –."""
    value, half = sector.spoke.value, math.pi / len(drawing.spokes)
    radius = RIM
    if value is not None:
        share = (value - drawing.low) / ((drawing.high - drawing.low) or 1)
        radius = HUB + min(1.0, max(0.0, share)) * (RIM - HUB)
    steps = max(2, math.ceil(math.degrees(2 * half) / 5))
    turns = [sector.angle - half + 2 * half * step / steps for step in range(steps + 1)]
    outer = [_around(middle, radius, turn) for turn in turns]
    inner = [_around(middle, HUB, turn) for turn in reversed(turns)]
    if value is None:
        yield Patch(points=(*outer, *inner), tone="quiet", shade=0.0, dashed=True)
    elif radius > HUB:
        yield Patch(points=(*outer, *inner), shade=0.45)
    else:
        yield Stroke(points=tuple(outer), tone="accent", width=3.0)
    x, y = _around(middle, sector.number, sector.angle)
    number = _number(sector.spoke)
    yield Label(lines=(number,), x=x, y=y + SMALL * 0.36, anchor="middle", size=SMALL, bold=True)


def _names(side: list[Sector], middle: Point, names: float, height: float) -> Iterator[Shape]:
    """Names as near to their sectors as there is room, each with a line to its number."""
    rooms = [sector.room for sector in side]
    wanted = [_around(middle, sector.reach, sector.angle)[1] - sector.room / 2 for sector in side]
    for sector, top in zip(side, apart(wanted, rooms, height), strict=True):
        right = sector.on_the_right
        x = middle[0] + (names if right else -names)
        start = _around(middle, sector.reach, sector.angle)
        level = top + SIZE * (ASCENT - 0.36)
        corner, end = (x - 12, x - 4) if right else (x + 12, x + 4)
        yield Stroke(points=(start, (corner, level), (end, level)), tone="faint")
        yield Label(
            lines=sector.name,
            x=x,
            y=top + SIZE * ASCENT,
            anchor="start" if right else "end",
            tone="quiet" if sector.spoke.value is None else "ink",
        )
