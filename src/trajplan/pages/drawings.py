"""Drawings made of letters, for Markdown and a terminal alike; and what a drawing says in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from trajplan.pages.page import (
    SESSION_MARKS,
    Arc,
    Bar,
    Bars,
    Drawing,
    Gap,
    Phase,
    Scale,
    Span,
    Spark,
    Spoke,
    Stop,
    Style,
    Text,
    Timeline,
    Trend,
    Wheel,
    pieces,
)
from trajplan.text import columns, one_line

MISSING = "–"
LINE_LETTERS = 40
"""How long a line to write on is."""
UNRATED = "not rated"
FULL, EMPTY, UNKNOWN, TARGET = "█", "░", "·", "┃"
BAR_LETTERS = 20
SPARKS = "▁▂▃▄▅▆▇█"
TONES = {
    "open": "░",
    "explore": "█",
    "options": "▓",
    "commit": "▒",
    "close": "░",
    "break": "·",
}
STOP_LEAST, STOP_MOST = 4, 8
"""Letters a session of an arc takes: at least a number of two digits and a space on each side."""
DAY_LETTERS = 7
"""Letters of a day such as `23 Feb` and the space behind it."""
PHASE_GAP = 3
"""Letters between two phases of an arc."""


def bar(drawing: Bar) -> str:
    """A bar for a share; dots: not known. What has begun shows, and what is still to go. A stroke
    stands behind the letters of the target."""
    share = drawing.share
    if share is None:
        line = UNKNOWN * BAR_LETTERS
    else:
        full = round(min(1.0, max(0.0, share)) * BAR_LETTERS)
        if 0 < share < 1:
            full = min(BAR_LETTERS - 1, max(1, full))
        line = FULL * full + EMPTY * (BAR_LETTERS - full)
    if drawing.target is None:
        return line
    end = round(min(1.0, max(0.0, drawing.target)) * BAR_LETTERS)
    return f"{line[:end]}{TARGET}{line[end:]}"


def spark(drawing: Spark) -> str:
    """A line of bars for values on a scale; a dot where there is none."""
    steps, span = len(SPARKS) - 1, drawing.high - drawing.low
    return "".join(
        UNKNOWN if value is None else SPARKS[int((value - drawing.low) * steps // span)]
        for value in drawing.values
    )


def steps(drawing: Trend) -> str:
    """Which times a trend goes through: `session 1 to 12`."""
    if not drawing.steps:
        return ""
    first, last = drawing.steps[0], drawing.steps[-1]
    return f"{drawing.along} {first}" + (f" to {last}" if len(drawing.steps) > 1 else "")


def spoke(drawing: Wheel, value: float | None, letters: int) -> str:
    """A rating in proportion to its scale; the lowest has no bar, and a missing one has none."""
    if value is None:
        return ""
    full = round((value - drawing.low) / (drawing.high - drawing.low) * letters)
    return FULL * full + UNKNOWN * (letters - full)


def scale_line(scale: Scale) -> str:
    """Both ends with what they mean, and the points between them."""
    points = " ".join(
        "●" if point == scale.value else "○" for point in range(scale.low, scale.high + 1)
    )
    low, high = scale.ends
    return f"{scale.low} {low} {points} {scale.high} {high}"


def stretches(drawing: Timeline, letters: int) -> list[str]:
    """Each segment's bar; the longest takes all the letters."""
    longest = max(stretch.minutes for stretch in drawing.stretches)
    return [
        TONES[stretch.tone] * max(1, round(stretch.minutes * letters / longest))
        for stretch in drawing.stretches
    ]


def legend(arc: Arc) -> str:
    """Only the marks that are drawn."""
    used = {stop.mark for phase in arc.phases for stop in phase.stops}
    return " · ".join(f"{sign} {state}" for state, sign in SESSION_MARKS.items() if sign in used)


def arc_lines(arc: Arc, width: int) -> Iterator[list[Span]]:
    """Sessions as marks on a line, phases above, numbers and days below; `width` in letters.

    A journey that is longer than a line goes on in the next.
    """
    stops = sum(len(phase.stops) for phase in arc.phases)
    gaps = PHASE_GAP * (len(arc.phases) - 1)
    cell = max(STOP_LEAST, min(STOP_MOST, (width - gaps) // max(1, stops)))
    phases = (Phase(one_line(phase.title), phase.stops) for phase in arc.phases)
    rows = phases_in_rows(
        phases, max(1, width // cell), width, PHASE_GAP, lambda phase: _phase_letters(phase, cell)
    )
    for index, row in enumerate(rows):
        if index:
            yield []
        yield from _arc_row(row, cell, last=index == len(rows) - 1)


def phases_in_rows(
    phases: Iterable[Phase],
    most: int,
    width: float,
    gap: float,
    width_of: Callable[[Phase], float],
) -> list[list[Phase]]:
    """Share the phases out over lines so wide; one with more than `most` stops goes on in the next.

    `gap`: between two phases; all in one unit, letters or that of a drawing.
    """
    rows: list[list[Phase]] = []
    used = 0.0
    for phase in phases:
        for start in range(0, len(phase.stops), most):
            part = Phase(phase.title, phase.stops[start : start + most])
            need = width_of(part)
            if rows and used + gap + need <= width:
                rows[-1].append(part)
                used += gap + need
            else:
                rows.append([part])
                used = need
    return rows


def _phase_letters(phase: Phase, cell: int) -> int:
    """Letters of a phase: room for its sessions, and for its name."""
    return max(cell * len(phase.stops), columns(phase.title))


def _arc_row(row: Sequence[Phase], cell: int, *, last: bool) -> list[list[Span]]:
    titles: list[Span] = []
    line: list[Span] = []
    numbers: list[Span] = []
    days: list[Span] = []
    for index, phase in enumerate(row):
        letters, ends = _phase_letters(phase, cell), index == len(row) - 1
        rest = letters - cell * len(phase.stops)
        gap = 0 if ends else PHASE_GAP
        titles.append(Span(phase.title + " " * (letters + gap - columns(phase.title)), "bold"))
        for stop in phase.stops:
            line += [Span(stop.mark, _style(stop)), Span("─" * (cell - 1), "quiet")]
            numbers.append(Span(str(stop.number).ljust(cell), "clock" if stop.ahead else "quiet"))
        line.append(Span("─" * (rest + gap), "quiet"))
        if last and ends:
            del line[-2:]
        numbers.append(Span(" " * (rest + gap), "plain"))
        # A day may reach into the gap behind its phase, where there is one.
        days += _days(phase.stops, cell, letters + gap)
    return [titles, line, numbers, days]


def _days(stops: Sequence[Stop], cell: int, room: int) -> list[Span]:
    """The day under the first session of a stretch and under the next one, where there is room."""
    days: list[Span] = []
    used = 0
    ahead = next((index for index, stop in enumerate(stops) if stop.ahead), 0)
    first = _day_starts(ahead * cell, room)
    for index, stop in enumerate(stops):
        start = _day_starts(index * cell, room)
        if index < ahead and first - start < DAY_LETTERS:
            continue  # the day of the next session needs the room
        shown = index == 0 or cell >= STOP_MOST - 1 or stop.ahead
        if not shown or used > start:
            continue
        day = f"{stop.day} "[: room - start]
        days += [
            Span(" " * (start - used), "plain"),
            Span(day, "clock" if stop.ahead else "quiet"),
        ]
        used = start + len(day)
    return [*days, Span(" " * (room - used), "plain")]


def _day_starts(letter: int, room: int) -> int:
    """Where a day begins: under its session, or further left where it would be cut off."""
    return max(0, min(letter, room - DAY_LETTERS + 1))


def _style(stop: Stop) -> Style:
    if stop.ahead:
        return "clock"
    return "warning" if stop.state in ("missed", "cancelled") else "bold"


def plain(text: Text) -> str:
    """A text's words on one line, small drawings in it as letters."""
    parts: list[str] = []
    for piece in pieces(text):
        match piece:
            case Span():
                parts.append(piece.text)
            case Bar():
                parts.append(bar(piece))
            case Spark():
                parts.append(spark(piece))
            case Gap():
                parts.append("_" * piece.letters)
    return "".join(parts)


def in_words(drawing: Drawing | Scale) -> str:
    """What a drawing says to a person who does not see it; its summary stands beside it."""
    match drawing:
        case Timeline():
            parts = [
                f"{stretch.clock} ({stretch.minutes} min) {stretch.title}"
                for stretch in drawing.stretches
            ]
            return plain(" · ".join([*parts, f"{drawing.end} End"]))
        case Bars():
            return "; ".join(
                f"{plain(gauge.label)}: {plain(gauge.text)}" for gauge in drawing.gauges
            )
        case Trend():
            moves = [f"{plain(series.name)} {plain(series.text)}" for series in drawing.series]
            return plain("; ".join([drawing.title, steps(drawing), *moves]))
        case Wheel():
            rated = [f"{spoke.label} {rating_text(spoke)}" for spoke in drawing.spokes]
            return plain(f"{drawing.low} to {drawing.high}: {'; '.join(rated)}")
        case Arc():
            phases = [
                f"{phase.title}: "
                + ", ".join(f"{stop.mark} {stop.number} ({stop.day})" for stop in phase.stops)
                for phase in drawing.phases
            ]
            return plain(". ".join([*phases, legend(drawing)]))
        case Scale():
            low, high = drawing.ends
            return plain(f"{drawing.low} {low}, {drawing.high} {high}")


def rating_text(spoke: Spoke) -> str:
    """An area's rating; a dash where there is none."""
    return MISSING if spoke.value is None else number_text(spoke.value)


def number_text(value: float) -> str:
    """A number without a decimal point it does not need."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
