"""Bars, a scale to mark, a session on one clock, and the small drawings within a line: their
places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trajplan.pages.charts.shapes import (
    LEADING,
    SIZE,
    SMALL,
    WIDTH,
    Label,
    Mark,
    Patch,
    Point,
    Shape,
    Sketch,
    Stroke,
    rectangle,
    text_height,
    wrapped,
)
from trajplan.pages.drawings import plain
from trajplan.pages.page import Bar, Bars, Gauge, Scale, Spark, Timeline

LABEL, BAR, GAP = 200.0, 150.0, 14.0
"""Columns of a row: what it is, its bar, and what it says in the rest."""
THICK = 12.0
MOST_LINES = 4
"""A label with more lines stands above its bar, over the whole width."""
ROW_GAP = 8.0
LINE = LEADING * SIZE
INLINE_WIDTH, INLINE_HEIGHT = 96.0, 12.0
CLOCK, MINUTES, TITLE = 0.0, 96.0, 110.0
"""Where columns of a timeline begin; minutes end there."""
TITLE_WIDTH = 240.0
TIMELINE_LEFT = TITLE + TITLE_WIDTH + 14
TIMELINE_ACROSS = WIDTH - TIMELINE_LEFT - 2
STRETCH_GAP = 5.0
SHADES = {"open": 0.2, "explore": 0.85, "options": 0.6, "commit": 0.4, "close": 0.2, "break": 0.0}
"""How dark a stance is; a break is a dashed frame."""


def bars(drawing: Bars) -> Sketch:
    """Rows under each other, each with its own end."""
    shapes: list[Shape] = []
    top = 2.0
    for gauge in drawing.gauges:
        top = _row(gauge, top, shapes) + ROW_GAP
    return Sketch(
        width=WIDTH,
        height=max(top - ROW_GAP, 0.0) + 2,
        shapes=tuple(shapes),
    )


def _row(gauge: Gauge, top: float, shapes: list[Shape]) -> float:
    """Draw a row from `top` on; returns where it ends."""
    label, text = plain(gauge.label), plain(gauge.text)
    left = LABEL + GAP
    behind = left + BAR + GAP
    beside, words = wrapped(label, LABEL), wrapped(text, WIDTH - behind)
    if len(beside) > MOST_LINES or len(words) > MOST_LINES:
        beside, words = wrapped(label, WIDTH), wrapped(text, WIDTH)
        shapes.append(Label(lines=beside, x=0, y=top + SIZE))
        top += text_height(len(beside), SIZE) + 2
        shapes += share_bar(gauge.share, 0, top, BAR, gauge.target)
        top += THICK + 4
        shapes.append(Label(lines=words, x=0, y=top + SIZE, tone="quiet"))
        return top + text_height(len(words), SIZE)
    shapes.append(Label(lines=beside, x=0, y=top + SIZE))
    shapes += share_bar(gauge.share, left, top + 2.5, BAR, gauge.target)
    shapes.append(Label(lines=words, x=behind, y=top + SIZE))
    return top + text_height(max(len(beside), len(words)), SIZE)


def share_bar(
    share: float | None,
    left: float,
    top: float,
    width: float,
    target: float | None,
    height: float = THICK,
) -> Iterator[Shape]:
    """A frame, filled as far as the share goes; not known: a dashed frame with nothing in it.

    What has begun shows, and what is still to go. `target` is a stroke across.
    """
    frame = rectangle(left, top, width, height)
    if share is None:
        yield Patch(points=frame, tone="quiet", shade=0.0, dashed=True)
    else:
        full = min(1.0, max(0.0, share)) * width
        if 0 < share < 1:
            full = min(width - 3, max(3.0, full))
        yield Patch(points=frame, tone="quiet", shade=0.0)
        if full:
            yield Patch(points=rectangle(left, top, full, height), shade=0.75)
    if target is not None:
        x = left + min(1.0, max(0.0, target)) * width
        yield Stroke(points=((x, top - 2), (x, top + height + 2)), width=2.5)


def bar(drawing: Bar) -> Sketch:
    """A bar within a line."""
    height = INLINE_HEIGHT - 5
    shapes = share_bar(drawing.share, 1.5, 2.5, INLINE_WIDTH - 3, drawing.target, height)
    return Sketch(width=INLINE_WIDTH, height=INLINE_HEIGHT, shapes=tuple(shapes))


def spark(drawing: Spark) -> Sketch:
    """A line of values within a line of text; where there is none the line has a gap, with a ring
    below."""
    step, radius = 8.0, 1.8
    low, high = drawing.low, drawing.high
    base, room = INLINE_HEIGHT - 3.5, INLINE_HEIGHT - 5.5
    shapes: list[Shape] = []
    run: list[Point] = []
    for index, value in enumerate((*drawing.values, None)):
        x = step * (index + 0.5)
        if value is not None:
            share = min(1.0, max(0.0, (value - low) / ((high - low) or 1)))
            run.append((x, base - share * room))
            continue
        if len(run) > 1:
            shapes.append(Stroke(points=tuple(run), width=1.6))
        shapes += [Mark(kind="disc", x=x, y=y, radius=radius, tone="accent") for x, y in run]
        run = []
        if index < len(drawing.values):
            y = INLINE_HEIGHT - 1.6
            shapes.append(Mark(kind="ring", x=x, y=y, radius=1.1, tone="quiet"))
    return Sketch(
        width=step * max(1, len(drawing.values)),
        height=INLINE_HEIGHT,
        shapes=tuple(shapes),
    )


def scale(drawing: Scale) -> Sketch:
    """Points to mark, each with its number in it, and what both ends mean below them."""
    low, high = plain(drawing.ends[0]), plain(drawing.ends[1])
    points = range(drawing.low, drawing.high + 1)
    step = min(44.0, (WIDTH - 28) / max(1, len(points) - 1))
    radius = min(13.0, step / 2 - 1)
    shapes: list[Shape] = []
    for index, point in enumerate(points):
        shapes += _point(point, 14 + index * step, radius, chosen=point == drawing.value)
    ends = _ends(low, high, 14 + (len(points) - 1) * step)
    last = 14 + (len(points) - 1) * step + radius
    # No wider than it has to be, so that a small screen can show it large.
    return Sketch(
        width=max(last, *(label.box[2] for label in ends)) + 2 if ends else last + 2,
        height=max((label.box[3] for label in ends), default=28.0) + 2,
        shapes=(*shapes, *ends),
    )


def _point(point: int, x: float, radius: float, *, chosen: bool) -> Sequence[Shape]:
    """A number in a ring; the chosen one has a second ring and bold letters."""
    label = Label(
        lines=(str(point),), x=x, y=14 + SMALL * 0.36, anchor="middle", size=SMALL, bold=chosen
    )
    ring = Mark(kind="ring", x=x, y=14, radius=radius, tone="quiet")
    if not chosen:
        return (ring, label)
    rings = (
        Mark(kind="ring", x=x, y=14, radius=reach, tone="accent")
        for reach in (radius, radius - 2.5)
    )
    return (*rings, label)


def _ends(low: str, high: str, right: float) -> list[Label]:
    """Side by side where both have room, else under each other."""
    half = right / 2 - 4
    if low and high and max(len(wrapped(end, half, SMALL)) for end in (low, high)) <= MOST_LINES:
        left_lines, right_lines = wrapped(low, half, SMALL), wrapped(high, half, SMALL)
        y = 32 + SMALL
        return [
            Label(lines=left_lines, x=2, y=y, size=SMALL, tone="quiet"),
            Label(lines=right_lines, x=right + 13, y=y, anchor="end", size=SMALL, tone="quiet"),
        ]
    labels: list[Label] = []
    top = 32.0
    for end in filter(None, (low, high)):
        labels.append(Label(lines=wrapped(end, WIDTH - 4, SMALL), x=2, y=top + SMALL, size=SMALL))
        top = labels[-1].box[3] + 2
    return labels


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
                    TIMELINE_LEFT + TIMELINE_ACROSS * passed / whole,
                    top + 2,
                    TIMELINE_ACROSS * stretch.minutes / whole,
                    13,
                ),
                shade=SHADES[stretch.tone],
                tone="quiet" if stretch.tone == "break" else "accent",
                dashed=stretch.tone == "break",
            ),
        ]
        passed += stretch.minutes
        top += text_height(len(lines), SIZE) + STRETCH_GAP
    edges = (TIMELINE_LEFT, TIMELINE_LEFT + TIMELINE_ACROSS)
    sides = [Stroke(points=((x, 0.0), (x, top - 2)), tone="faint") for x in edges]
    shapes = [*sides, *shapes, Label(lines=(drawing.end,), x=CLOCK, y=top + SIZE, bold=True)]
    shapes.append(Label(lines=("End",), x=TITLE, y=top + SIZE, tone="quiet"))
    height = top + text_height(1, SIZE) + 2
    return Sketch(width=WIDTH, height=height, shapes=tuple(shapes))
