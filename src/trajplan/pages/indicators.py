"""Indicators: the list with its bars, one with every reading, and how one is drawn (R89, R90)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trajplan.dates import brief_day, short_date
from trajplan.measures.goals import IndicatorState, indicator_state, missing_parts
from trajplan.pages import drawings
from trajplan.pages.document import Document, client_data, fields_data, record_data
from trajplan.pages.drawings import number_text
from trajplan.pages.page import (
    Bar,
    Bars,
    Gauge,
    Line,
    Page,
    Pair,
    Series,
    Trend,
    labelled,
    sentence,
)
from trajplan.pages.words import place_in_journey
from trajplan.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trajplan.actions.client_records import Detail
    from trajplan.records.dossier import Dossier
    from trajplan.records.model.goals import Indicator, IndicatorSeries

EMPTY = "No indicator yet; `trajplan indicators add` saves the first."


def indicator_bars(indicators: Sequence[IndicatorState]) -> Bars:
    """A bar for each, with the number it is called by; there is at least one."""
    read = sum(indicator.value is not None for indicator in indicators)
    return Bars(
        tuple(
            Gauge(
                f"{indicator.id} {_label(indicator)}", indicator.share, indicator_words(indicator)
            )
            for indicator in indicators
        ),
        f"Indicators with a reading: {read} of {len(indicators)}.",
    )


def indicator_pair(indicator: IndicatorState) -> Pair:
    """A bar behind the indicator's number."""
    words = (f"{_label(indicator)}: ", Bar(indicator.share), f" {indicator_words(indicator)}")
    return Pair(f"Indicator {indicator.id}", words)


def indicator_words(indicator: IndicatorState) -> str:
    """What a bar says: `2 of 3 mornings, from 0 (read Tue 9 Feb 2027)`."""
    unit = f" {indicator.unit}" if indicator.unit else ""
    if indicator.value is None:
        reading = "no reading yet"
    else:
        of = "" if indicator.target is None else f" of {number_text(indicator.target)}"
        reading = f"{number_text(indicator.value)}{of}{unit}"
    way = [f"from {number_text(indicator.start)}"] if indicator.start is not None else []
    if indicator.value is None and indicator.target is not None:
        way.append(f"to {number_text(indicator.target)}{unit}")
    parts = [reading, " ".join(way)]
    if indicator.when:
        parts.append(f"by {short_date(indicator.when)}")
    text = ", ".join(part for part in parts if part)
    return f"{text} (read {short_date(indicator.read_on)})" if indicator.read_on else text


def _label(indicator: IndicatorState) -> str:
    return f"{indicator.kind or 'leading or lagging?'} · {indicator.name}"


def indicator_list(dossier: Dossier) -> Document:
    """Every indicator with a bar; a missing reading is shown as missing."""
    return Document(
        page=lambda: _list(dossier),
        data=lambda: {
            **client_data(dossier.client),
            "indicators": [
                indicator_data(indicator, _goal_number(dossier, indicator))
                for indicator in dossier.indicators
            ],
        },
        rows=("indicators",),
    )


def _goal_number(dossier: Dossier, indicator: Indicator) -> int | None:
    goal = dossier.goal_by_id.get(indicator.goal_id or 0)
    return goal.number if goal else None


def _list(dossier: Dossier) -> Page:
    states = [indicator_state(indicator) for indicator in dossier.indicators]
    return Page.of(
        f"Indicators · {dossier.client.name}",
        indicator_bars(states) if states else Line(sentence(EMPTY)),
    )


def indicator_page(detail: Detail[Indicator]) -> Document:
    """One indicator: the numbers it goes from and to, its bar, every reading."""
    dossier = detail.dossier
    series = next(series for series in dossier.indicators if series.id == detail.record.id)
    lacking = missing_parts(series)
    hints = [f"still without {', '.join(lacking)}"] if lacking else []
    return Document(
        page=lambda: _page(dossier, series, hints),
        data=lambda: {
            **client_data(dossier.client),
            **indicator_data(series, _goal_number(dossier, series)),
            "hints": hints,
        },
        rows=("readings",),
    )


def _page(dossier: Dossier, indicator: IndicatorSeries, hints: Sequence[str]) -> Page:
    state = indicator_state(indicator)
    goal = dossier.goal_by_id.get(indicator.goal_id or 0)
    return Page.of(
        f"{dossier.client.name} · {place_in_journey(dossier)} · indicator {indicator.number}",
        labelled(
            ("Indicator", indicator.name),
            ("Kind", indicator.kind or ""),
            ("Goal", f"{goal.number} {goal.text}" if goal else "the whole journey"),
            ("Unit", indicator.unit),
            ("Start", "" if indicator.start is None else number_text(indicator.start)),
            ("Target", "" if indicator.target is None else number_text(indicator.target)),
            ("By", short_date(indicator.due) if indicator.due else ""),
            ("Now", (Bar(state.share), f" {indicator_words(state)}")),
            *(
                (f"Read {short_date(reading.date)}", number_text(reading.value))
                for reading in indicator.readings
            ),
            *(("Hint", hint) for hint in hints),
        ),
        *([_readings(indicator)] if len(indicator.readings) > 1 else []),
    )


def _readings(indicator: IndicatorSeries) -> Trend:
    """Two readings or more, on a scale that holds start and target too."""
    values = tuple(reading.value for reading in indicator.readings)
    known = [value for value in (indicator.start, indicator.target) if value is not None]
    low, high = min(*values, *known), max(*values, *known)
    if low == high:
        low, high = min(low, 0), max(high, 1)
    moved = values[-1] - values[0]
    sign = "+" if moved > 0 else "−" if moved < 0 else "±"
    read_on = [brief_day(reading.date) for reading in indicator.readings]
    return Trend(
        "Readings",
        (Series(indicator.unit or "reading", values, f"{sign}{number_text(abs(moved))}"),),
        f"{plural(len(values), 'reading')}, from {number_text(values[0])} to "
        f"{number_text(values[-1])}.",
        tuple(read_on),
        "read on",
        low,
        high,
    )


def indicator_data(indicator: IndicatorSeries, goal: int | None) -> dict[str, Any]:
    """An indicator in JSON; `goal` is a number, `share` is 0 at the start and 1 at the target."""
    state = indicator_state(indicator)
    return {
        **record_data(indicator),
        "goal": goal,
        "readings": [fields_data(reading, "date", "value") for reading in indicator.readings],
        "value": state.value,
        "read_on": state.read_on or None,
        "share": state.share,
        "bar": drawings.bar(Bar(state.share)),
    }
