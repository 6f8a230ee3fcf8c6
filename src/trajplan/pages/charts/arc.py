"""A journey from its first session to its last: marks on a line, phases above, days below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from trajplan.pages.charts.shapes import (
    ASCENT,
    LEADING,
    SIZE,
    SMALL,
    WIDTH,
    Label,
    Mark,
    MarkKind,
    Shape,
    Sketch,
    Stroke,
    Tone,
    text_height,
    text_width,
    wrapped,
)
from trajplan.pages.drawings import phases_in_rows, plain
from trajplan.pages.page import SESSION_MARKS, Arc, Phase, Stop

LEAST, MOST = 48.0, 64.0
"""Room of a session; its day needs the least."""
PHASE_GAP = 16.0
ROW_GAP = 14.0
RADIUS = 6.0
TITLE_MOST = 150.0
"""A phase of few sessions has room for its name, up to here; a longer one takes two lines."""
DAY = 10.0
STATES: dict[str, MarkKind] = {
    "held": "disc",
    "next": "target",
    "planned": "ring",
    "missed": "dashed",
    "cancelled": "slashed",
    "skipped": "dash",
}
KINDS = {SESSION_MARKS[state]: kind for state, kind in STATES.items()}


def arc(drawing: Arc) -> Sketch:
    """The journey; one longer than a line goes on in the next."""
    stops = sum(len(phase.stops) for phase in drawing.phases)
    gaps = PHASE_GAP * (len(drawing.phases) - 1)
    cell = max(LEAST, min(MOST, (WIDTH - gaps) / max(1, stops)))
    rows = phases_in_rows(
        drawing.phases, int(WIDTH // cell), WIDTH, PHASE_GAP, lambda phase: _width(phase, cell)
    )
    shapes: list[Shape] = []
    top = 2.0
    for index, row in enumerate(rows):
        top = _row(row, cell, top, shapes, last=index == len(rows) - 1) + ROW_GAP
    top = _legend(drawing, top, shapes)
    return Sketch(width=WIDTH, height=top + 2, shapes=tuple(shapes))


def _width(phase: Phase, cell: float) -> float:
    name = min(TITLE_MOST, text_width(plain(phase.title), SIZE, bold=True) + 4)
    return max(cell * len(phase.stops), name)


def _row(
    row: Sequence[Phase], cell: float, top: float, shapes: list[Shape], *, last: bool
) -> float:
    """Draw a line of phases from `top` on; returns where it ends."""
    titles = [wrapped(plain(phase.title), _width(phase, cell) - 4, bold=True) for phase in row]
    level = top + text_height(max(map(len, titles), default=1), SIZE) + 4 + RADIUS
    places: list[tuple[Stop, float]] = []
    left = 0.0
    for phase, lines in zip(row, titles, strict=True):
        y = level - RADIUS - 8 - (len(lines) - 1) * LEADING * SIZE
        shapes.append(Label(lines=lines, x=left, y=y, bold=True))
        places += [(stop, left + cell * index) for index, stop in enumerate(phase.stops)]
        left += _width(phase, cell) + PHASE_GAP
    for (_, x), (_, following) in pairwise(places):
        shapes.append(_line(x, following, level))
    if not last:
        shapes.append(_line(places[-1][1], WIDTH, level))
    for stop, x in places:
        shapes += _stop(stop, x, level)
    return level + RADIUS + 3 + text_height(1, SMALL) + text_height(1, DAY)


def _line(x: float, following: float, level: float) -> Stroke:
    """From one session to the next."""
    start = x + 2 * RADIUS + 3
    end = max(start, following - 3)
    return Stroke(points=((start, level), (end, level)), tone="faint", width=1.5)


def _stop(stop: Stop, x: float, level: float) -> Iterator[Shape]:
    tone: Tone = "accent" if stop.ahead else "ink"
    yield Mark(kind=KINDS[stop.mark], x=x + RADIUS, y=level, radius=RADIUS, tone=tone)
    y = level + RADIUS + 3 + SMALL * ASCENT
    yield Label(lines=(str(stop.number),), x=x, y=y, size=SMALL, bold=stop.ahead)
    if stop.day:
        day = y + text_height(1, SMALL) - (ASCENT * SMALL - ASCENT * DAY)
        yield Label(
            lines=(stop.day,),
            x=x,
            y=day,
            size=DAY,
            tone="ink" if stop.ahead else "quiet",
            bold=stop.ahead,
        )


def _legend(drawing: Arc, top: float, shapes: list[Shape]) -> float:
    """Only the marks that are drawn."""
    used = {stop.mark for phase in drawing.phases for stop in phase.stops}
    x = 0.0
    for state, sign in SESSION_MARKS.items():
        if sign not in used:
            continue
        shapes.append(
            Mark(kind=KINDS[sign], x=x + 5, y=top + SMALL * 0.65, radius=4.5, tone="quiet")
        )
        shapes.append(Label(lines=(state,), x=x + 14, y=top + SMALL, size=SMALL, tone="quiet"))
        x += 14 + text_width(state, SMALL) + 16
    return top + text_height(1, SMALL)
