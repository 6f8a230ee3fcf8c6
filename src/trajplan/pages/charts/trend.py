"""Values over time: a panel a series, all on the same steps and the same scale.

Whole numbers from 1 to 10 meet too often for lines in one frame to be told apart, in grey least of
all. In panels nothing covers anything, and a step without a value is seen straight across.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct

from trajplan.pages.charts.shapes import (
    SIZE,
    SMALL,
    WIDTH,
    Label,
    Mark,
    Point,
    Shape,
    Sketch,
    Stroke,
    short_number,
    text_height,
    text_width,
    wrapped,
)
from trajplan.pages.drawings import UNRATED, plain
from trajplan.pages.page import Series, Trend

NAME, OUTCOME = 104.0, 92.0
"""Columns left and right of the panels: the name of a series, and what it comes to."""
TICK = 9.0
"""Size of the numbers on the scale."""
TALL, LOW = 96.0, 34.0
"""Height of the scale of a single panel, and of one among many."""
BELOW = 13.0
"""Room under a panel's scale, where a ring says that there is no value."""


class Panel(Struct, frozen=True, kw_only=True):
    """The frame of a series: `left` and `right` of its steps, `top` and `base` of its scale."""

    left: float
    right: float
    top: float
    base: float
    low: float
    high: float
    steps: int

    def x(self, step: int) -> float:
        """Where a step is."""
        return self.left + (self.right - self.left) * (step + 0.5) / max(1, self.steps)

    def y(self, value: float) -> float:
        """Where a value is."""
        return self.base - (value - self.low) / ((self.high - self.low) or 1) * (
            self.base - self.top
        )


def trend(drawing: Trend) -> Sketch:
    """The title, a panel a series, and the steps below."""
    title = wrapped(plain(drawing.title), WIDTH, bold=True)
    shapes: list[Shape] = [Label(lines=title, x=0, y=SIZE, bold=True)]
    top = text_height(len(title), SIZE) + 8
    steps = max([len(drawing.steps), *(len(series.values) for series in drawing.series)], default=0)
    values = [value for series in drawing.series for value in series.values if value is not None]
    low, high = min([drawing.low, *values]), max([drawing.high, *values])
    ends = (short_number(low), short_number(high))
    ticks = max(text_width(end, TICK) for end in ends) + 4
    beside = (
        max((text_width(short_number(value), SMALL, bold=True) for value in values), default=0.0)
        + 8
    )
    scale = TALL if len(drawing.series) == 1 else LOW
    panel = None
    for series in drawing.series:
        panel = Panel(
            left=NAME + ticks + beside,
            right=WIDTH - OUTCOME - beside,
            top=top + 5,
            base=top + 5 + scale,
            low=low,
            high=high,
            steps=steps,
        )
        name, outcome = (
            wrapped(plain(series.name), NAME - 8),
            wrapped(plain(series.text), OUTCOME - 8, bold=True),
        )
        shapes += _frame(panel, ends)
        shapes += _values(panel, series)
        lines = max(len(name), len(outcome))
        first = top + 5 + max(SIZE, scale / 2 + SIZE * 0.4 - (lines - 1) * SIZE * 0.65)
        shapes.append(Label(lines=name, x=0, y=first))
        shapes.append(Label(lines=outcome, x=WIDTH - OUTCOME + 8, y=first, bold=True))
        lowest = max(shape.box[3] for shape in shapes[-2:])
        top = max(panel.base + BELOW, lowest + 3)
    if panel:
        shapes += _axis(panel, drawing, top)
    if any(None in series.values for series in drawing.series):
        shapes += _key(top)
    return Sketch(
        width=WIDTH,
        height=max(shape.box[3] for shape in shapes) + 2,
        shapes=tuple(shapes),
    )


def _frame(panel: Panel, ends: tuple[str, str]) -> Iterator[Shape]:
    """The lowest, the middle and the highest value, the ends with their numbers."""
    left, right = panel.left - 4, panel.right + 4
    for y, dashed in (
        (panel.base, False),
        (panel.top, False),
        (panel.base / 2 + panel.top / 2, True),
    ):
        yield Stroke(points=((left, y), (right, y)), tone="faint", dashed=dashed)
    for end, y in zip(ends, (panel.base, panel.top), strict=True):
        yield Label(lines=(end,), x=NAME, y=y + TICK * 0.36, size=TICK, tone="quiet")


def _values(panel: Panel, series: Series) -> Iterator[Shape]:
    """A line through neighbours, broken where a value is missing; first and last with a number."""
    radius = max(1.2, min(3.2, (panel.right - panel.left) / max(1, panel.steps) / 3))
    places: dict[int, Point] = {
        step: (panel.x(step), panel.y(value))
        for step, value in enumerate(series.values)
        if value is not None
    }
    for run in _runs(list(places)):
        if len(run) > 1:
            yield Stroke(points=tuple(places[step] for step in run), tone="accent", width=1.8)
    for step in range(panel.steps):
        if step in places:
            x, y = places[step]
            yield Mark(kind="disc", x=x, y=y, radius=radius, tone="accent")
        elif step < len(series.values):
            x, y = panel.x(step), panel.base + BELOW / 2
            yield Mark(kind="ring", x=x, y=y, radius=min(2.6, radius), tone="quiet")
    if not places:
        return
    first, last = min(places), max(places)
    if first != last:
        yield _number(series, first, places[first], -radius - 3, "end")
    yield _number(series, last, places[last], radius + 3, "start")


def _number(series: Series, step: int, place: Point, aside: float, anchor: str) -> Label:
    value = series.values[step]
    x, y = place
    return Label(
        lines=("" if value is None else short_number(value),),
        x=x + aside,
        y=y + SMALL * 0.36,
        anchor="end" if anchor == "end" else "start",
        size=SMALL,
        bold=anchor == "start",
    )


def _runs(steps: Sequence[int]) -> list[list[int]]:
    """Steps that follow each other."""
    runs: list[list[int]] = []
    for step in steps:
        if runs and runs[-1][-1] == step - 1:
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs


def _axis(panel: Panel, drawing: Trend, top: float) -> Iterator[Shape]:
    """What the steps are, and their names: every one, or every second, or fewer, as there is room;
    counted from the last, which is always named."""
    along = wrapped(plain(drawing.along), NAME - 8, SMALL)
    yield Label(lines=along, x=0, y=top + SMALL, size=SMALL, tone="quiet")
    names = [plain(step) for step in drawing.steps]
    room = max((text_width(name, SMALL) for name in names), default=0.0) + 6
    stride = max(1, math.ceil(room * panel.steps / (panel.right - panel.left)))
    for step in range(len(names) - 1, -1, -stride):
        x, y = panel.x(step), top + SMALL
        yield Label(lines=(names[step],), x=x, y=y, anchor="middle", size=SMALL)


def _key(top: float) -> tuple[Shape, ...]:
    x, y = WIDTH - OUTCOME + 8, top + SMALL
    return (
        Mark(kind="ring", x=x + 3, y=y - SMALL * 0.35, radius=2.6, tone="quiet"),
        Label(lines=(UNRATED,), x=x + 10, y=y, size=SMALL, tone="quiet"),
    )
