"""A session on one clock: each segment from where it begins, in proportion to its minutes."""

from __future__ import annotations

from trajplan.pages.charts.shapes import (
    SIZE,
    SMALL,
    WIDTH,
    Label,
    Patch,
    Shape,
    Sketch,
    Stroke,
    rectangle,
    text_height,
    wrapped,
)
from trajplan.pages.drawings import plain
from trajplan.pages.page import Timeline

CLOCK, MINUTES, TITLE = 0.0, 96.0, 110.0
"""Where columns begin; minutes end there."""
TITLE_WIDTH = 240.0
LEFT = TITLE + TITLE_WIDTH + 14
ACROSS = WIDTH - LEFT - 2
ROW_GAP = 5.0
SHADES = {"open": 0.2, "explore": 0.85, "options": 0.6, "commit": 0.4, "close": 0.2, "break": 0.0}
"""How dark a stance is; a break is a dashed frame."""


def timeline(drawing: Timeline) -> Sketch:
    """Clock, minutes and title of each segment, its bar beside it."""
    whole = sum(stretch.minutes for stretch in drawing.stretches) or 1
    shapes: list[Shape] = []
    top, passed = 2.0, 0
    for stretch in drawing.stretches:
        lines = wrapped(plain(stretch.title), TITLE_WIDTH)
        y = top + SIZE
        shapes += [
            Label(lines=(stretch.clock,), x=CLOCK, y=y, bold=True),
            Label(lines=(f"{stretch.minutes} min",), x=MINUTES, y=y, anchor="end", size=SMALL),
            Label(lines=lines, x=TITLE, y=y),
            Patch(
                points=rectangle(
                    LEFT + ACROSS * passed / whole, top + 2, ACROSS * stretch.minutes / whole, 13
                ),
                shade=SHADES[stretch.tone],
                tone="quiet" if stretch.tone == "break" else "accent",
                dashed=stretch.tone == "break",
            ),
        ]
        passed += stretch.minutes
        top += text_height(len(lines), SIZE) + ROW_GAP
    edges = (LEFT, LEFT + ACROSS)
    sides = [Stroke(points=((x, 0.0), (x, top - 2)), tone="faint") for x in edges]
    shapes = [*sides, *shapes, Label(lines=(drawing.end,), x=CLOCK, y=top + SIZE, bold=True)]
    shapes.append(Label(lines=("End",), x=TITLE, y=top + SIZE, tone="quiet"))
    height = top + text_height(1, SIZE) + 2
    return Sketch(width=WIDTH, height=height, shapes=tuple(shapes))
