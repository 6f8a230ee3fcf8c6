"""Bars made of letters, for a terminal and Markdown alike, and figures as a person writes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from trajplan.dates import short_date
from trajplan.measures.goals import indicator_standing
from trajplan.pages import page
from trajplan.planning.plan import PlannedIndicator
from trajplan.records.goal_records import Indicator

WIDTH = 20
FULL, EMPTY, UNKNOWN = "█", "░", "·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """An indicator as it is drawn. `share`: 0 at the start, 1 at the target; None: not known."""

    number: int
    name: str
    kind: str | None
    unit: str
    start: float | None
    target: float | None
    due: dt.date | str | None
    value: float | None
    read_on: dt.date | str | None
    share: float | None


def gauge(one: Indicator) -> Gauge:
    """An indicator of the records, by its latest reading."""
    now = indicator_standing(one)
    return Gauge(
        number=one.number,
        name=one.name,
        kind=one.kind,
        unit=one.unit,
        start=one.start,
        target=one.target,
        due=one.due,
        value=now.value,
        read_on=now.read_on,
        share=now.share,
    )


def planned_gauge(one: PlannedIndicator) -> Gauge:
    """An indicator as a plan met it."""
    return Gauge(
        number=one.id,
        name=one.name,
        kind=one.kind,
        unit=one.unit,
        start=one.start,
        target=one.target,
        due=one.when or None,
        value=one.value,
        read_on=one.read_on or None,
        share=one.share,
    )


def bar(share: float | None, width: int = WIDTH) -> str:
    """A bar for a share; dots: not known. What has begun shows, and what is still to go."""
    if share is None:
        return UNKNOWN * width
    cells = round(min(1.0, max(0.0, share)) * width)
    if 0 < share < 1:
        cells = min(width - 1, max(1, cells))
    return FULL * cells + EMPTY * (width - cells)


def figure(value: float) -> str:
    """A number without a decimal point it does not need."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def gauge_text(one: Gauge) -> str:
    """The bar and what it says: `████░░░░ 2 of 3 mornings, from 0 (Tue 9 Feb 2027)`."""
    return f"{bar(one.share)} {gauge_words(one)}"


def gauge_words(one: Gauge) -> str:
    """What a bar says: `2 of 3 mornings, from 0 (Tue 9 Feb 2027)`."""
    unit = f" {one.unit}" if one.unit else ""
    if one.value is None:
        said = "no reading yet"
    else:
        said = figure(one.value)
        if one.target is not None:
            said += f" of {figure(one.target)}"
        said += unit
    ends = []
    way = [f"from {figure(one.start)}"] if one.start is not None else []
    if one.value is None and one.target is not None:
        way.append(f"to {figure(one.target)}{unit}")
    if way:
        ends.append(" ".join(way))
    if one.due is not None:
        ends.append(f"by {short_date(one.due)}")
    text = ", ".join([said, *ends])
    return text + (f" (read {short_date(one.read_on)})" if one.read_on is not None else "")


def drawn(one: Gauge) -> page.Gauge:
    """An indicator as a page draws it."""
    return page.Gauge(gauge_label(one), one.share, gauge_words(one))


def gauge_label(one: Gauge) -> str:
    """`leading · Mornings run`."""
    return f"{one.kind or 'leading or lagging?'} · {one.name}"
