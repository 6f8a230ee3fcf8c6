"""Indicators: the list with its bars, and one with every reading (R89, R90)."""

from __future__ import annotations

from trajplan.actions.indicators import IndicatorDetail, IndicatorList
from trajplan.dates import short_date
from trajplan.measures.goals import indicator_standing
from trajplan.pages.bars import bar, figure, gauge, gauge_text
from trajplan.pages.document import Document
from trajplan.pages.goals import indicator_data
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.records.model import Goal, IndicatorSeries

MISSING = "–"


def indicator_list(found: IndicatorList) -> Document:
    """Every indicator with a bar; a missing reading is shown as missing."""
    return listing(
        Listing(
            title=f"Indicators · {found.client.name}",
            columns=("id", "kind", "indicator", "way", "now", "target", "by"),
            rows=tuple(_row(one) for one in found.indicators),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "indicators": [
                    indicator_data(one, _number(found.goals.get(one.goal_id or 0)))
                    for one in found.indicators
                ],
            },
            empty="No indicator yet; `trajplan indicators add` keeps the first.",
        )
    )


def _row(one: IndicatorSeries) -> tuple[str, ...]:
    now = indicator_standing(one)
    return (
        str(one.number),
        one.kind or MISSING,
        f"{one.name} ({one.unit})" if one.unit else one.name,
        bar(now.share, 10),
        MISSING if now.value is None else figure(now.value),
        MISSING if one.target is None else figure(one.target),
        short_date(one.due) if one.due else MISSING,
    )


def _number(goal: Goal | None) -> int | None:
    return goal.number if goal else None


def indicator_page(found: IndicatorDetail) -> Document:
    """One indicator: the numbers it goes from and to, its bar, every reading."""
    one = found.indicator
    goal = f"{found.goal.number} {found.goal.text}" if found.goal else "the whole journey"
    return card(
        Card(
            title=f"{found.client.name} · {found.place} · indicator {one.number}",
            pairs=(
                ("Indicator", one.name),
                ("Kind", one.kind or ""),
                ("Goal", goal),
                ("Unit", one.unit),
                ("Start", "" if one.start is None else figure(one.start)),
                ("Target", "" if one.target is None else figure(one.target)),
                ("By", short_date(one.due) if one.due else ""),
                ("Now", gauge_text(gauge(one))),
                *((f"Read {short_date(each.date)}", figure(each.value)) for each in one.readings),
                *(("Hint", text) for text in found.hints),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                **indicator_data(one, _number(found.goal)),
                "hints": list(found.hints),
            },
        )
    )
