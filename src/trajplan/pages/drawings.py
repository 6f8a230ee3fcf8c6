"""Drawings made of letters, for Markdown and a terminal alike."""

from __future__ import annotations

from trajplan.pages.page import Arc, Bar, Spark, Stop, Timeline, Wheel

FULL, EMPTY, UNKNOWN = "█", "░", "·"
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
SESSION_MARKS = {
    "held": "●",
    "next": "◉",
    "planned": "○",
    "missed": "◌",
    "cancelled": "⊘",
    "skipped": "–",
}
"""States told apart without colour; `next` is the one the journey stands at."""


def bar(drawing: Bar) -> str:
    """A bar for a share; dots: not known. What has begun shows, and what is still to go."""
    letters = BAR_LETTERS // 2 if drawing.short else BAR_LETTERS
    share = drawing.share
    if share is None:
        return UNKNOWN * letters
    full = round(min(1.0, max(0.0, share)) * letters)
    if 0 < share < 1:
        full = min(letters - 1, max(1, full))
    return FULL * full + EMPTY * (letters - full)


def spark(drawing: Spark) -> str:
    """A line of bars for values on a scale; a dot where there is none."""
    steps, span = len(SPARKS) - 1, drawing.high - drawing.low
    return "".join(
        UNKNOWN if value is None else SPARKS[(value - drawing.low) * steps // span]
        for value in drawing.values
    )


def spoke(drawing: Wheel, value: float | None, letters: int) -> str:
    """A rating in proportion to its scale; the lowest has no bar, and a missing one has none."""
    if value is None:
        return ""
    full = round((value - drawing.low) / (drawing.high - drawing.low) * letters)
    return FULL * full + UNKNOWN * (letters - full)


def stretches(drawing: Timeline, letters: int) -> list[str]:
    """Each segment's bar; the longest takes all the letters."""
    longest = max(stretch.minutes for stretch in drawing.stretches)
    return [
        TONES[stretch.tone] * max(1, round(stretch.minutes * letters / longest))
        for stretch in drawing.stretches
    ]


def mark(stop: Stop) -> str:
    """The sign of a session on the arc; the one the journey stands at has its own."""
    return SESSION_MARKS["next" if stop.ahead and stop.state == "planned" else stop.state]


def legend(arc: Arc) -> str:
    """Only the marks that are drawn."""
    used = {mark(stop) for phase in arc.phases for stop in phase.stops}
    return " · ".join(f"{sign} {state}" for state, sign in SESSION_MARKS.items() if sign in used)


def number_text(value: float) -> str:
    """A number without a decimal point it does not need."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
