"""Ratings compared: the lowest and highest, the widest gap, and what moved since last time.

And added up: columns with their weights, where there are any, and how long something lasts.
Nothing is imputed: a row with a gap takes no part and is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Any

from msgspec import Struct

from trajplan.content.worksheet_model import (
    Summary,
    SummarySource,
    Worksheet,
    scale,
    summary_sources,
)
from trajplan.worksheets.answers import Answers, cell_text, plain_number, row_name, rows_of

SummaryResult = tuple[tuple[str, ...], Any]
"""Lines to print, and the same as data."""
NOTHING: SummaryResult = ((), None)


class NamedRating(Struct, frozen=True):
    """A number with the name it stands under, and the place that makes it the same next time."""

    name: str
    value: int | float
    key: tuple[str, str, str]


def named_ratings(sources: Sequence[SummarySource], answers: Answers) -> list[NamedRating]:
    """Every number the sources hold, in the order of the form."""
    several = len({source.column.id for source in sources if source.column}) > 1
    result: list[NamedRating] = []
    for source in sources:
        if source.column is None:
            value = answers.get(source.field.id)
            if isinstance(value, int | float):
                result.append(NamedRating(source.label, value, (source.field.id, "", "")))
            continue
        for number, row in enumerate(rows_of(answers, source.field), 1):
            cell = row.get(source.column.id)
            if isinstance(cell, int | float):
                name = row_name(source.field, row, number)
                key = (source.field.id, name, source.column.id)
                result.append(
                    NamedRating(f"{name}, {source.label}" if several else name, cell, key)
                )
    return result


def lowest(sources: Sequence[SummarySource], answers: Answers, _: Summary) -> SummaryResult:
    """The lowest rating with everything that has it."""
    return _extreme(named_ratings(sources, answers), min)


def highest(sources: Sequence[SummarySource], answers: Answers, _: Summary) -> SummaryResult:
    """The highest rating with everything that has it."""
    return _extreme(named_ratings(sources, answers), max)


def _extreme(values: Sequence[NamedRating], pick: Any) -> SummaryResult:
    if not values:
        return NOTHING
    value = pick(rating.value for rating in values)
    names = [rating.name for rating in values if rating.value == value]
    who = "all" if len(names) == len(values) > 1 else " / ".join(names)
    return (f"{who} {cell_text(value)}",), {"value": value, "names": names}


def widest_gap(sources: Sequence[SummarySource], answers: Answers, _: Summary) -> SummaryResult:
    """What lies furthest apart: two columns in one row, else the lowest and the highest."""
    columns = [source for source in sources if source.column]
    if len({source.column.id for source in columns if source.column}) == 2:
        return _within_rows(columns[0], columns[1], answers)
    values = named_ratings(sources, answers)
    if len(values) < 2:
        return NOTHING
    low, high = min(rating.value for rating in values), max(rating.value for rating in values)
    if low == high:
        return (f"none: all stand at {cell_text(low)}",), {"gap": 0}
    lows = [rating.name for rating in values if rating.value == low]
    highs = [rating.name for rating in values if rating.value == high]
    apart = plain_number(high - low)
    top, bottom = " / ".join(highs), " / ".join(lows)
    line = f"{top} {cell_text(high)} and {bottom} {cell_text(low)}, {cell_text(apart)} apart"
    return (line,), {"gap": apart, "highest": highs, "lowest": lows}


def _within_rows(first: SummarySource, second: SummarySource, answers: Answers) -> SummaryResult:
    if first.column is None or second.column is None:
        return NOTHING
    gaps = []
    for number, row in enumerate(rows_of(answers, first.field), 1):
        rating, other = row.get(first.column.id), row.get(second.column.id)
        if isinstance(rating, int | float) and isinstance(other, int | float):
            gaps.append((row_name(first.field, row, number), rating, other, abs(rating - other)))
    if not gaps:
        return NOTHING
    widest = max(gap[3] for gap in gaps)
    if not widest:
        return (f"none: {first.label} and {second.label} agree throughout",), {"gap": 0}
    labels = [label[:1].lower() + label[1:] for label in (first.label, second.label)]
    widest_gaps = [gap for gap in gaps if gap[3] == widest]
    lines = tuple(
        f"{name}: {labels[0]} {cell_text(rating)}, {labels[1]} {cell_text(other)}, "
        f"{cell_text(widest)} apart"
        for name, rating, other, _ in widest_gaps
    )
    return lines, {"gap": widest, "rows": [gap[0] for gap in widest_gaps]}


def change(
    sheet: Worksheet,
    summary: Summary,
    answers: Answers,
    before: tuple[Worksheet, Answers] | None,
) -> SummaryResult:
    """What moved since the filling before. A scale that has changed is not compared."""
    if before is None:
        return NOTHING
    earlier_sheet, earlier = before
    scales = {_id(source): _scale(source) for source in summary_sources(earlier_sheet, summary)}
    earlier_values = {
        rating.key: rating.value
        for rating in named_ratings(summary_sources(earlier_sheet, summary), earlier)
    }
    sources_now = summary_sources(sheet, summary)
    same = [source for source in sources_now if scales.get(_id(source)) == _scale(source)]
    moves = [
        (
            rating.name,
            earlier_values[rating.key],
            rating.value,
            plain_number(rating.value - earlier_values[rating.key]),
        )
        for rating in named_ratings(same, answers)
        if rating.key in earlier_values
    ]
    if not moves:
        return NOTHING
    changes = [move for move in moves if move[3]]
    lines = tuple(
        f"{name} {cell_text(before_value)} → {cell_text(after)} ({_signed(by)})"
        for name, before_value, after, by in changes
    )
    data = [
        {"name": name, "before": before_value, "now": after, "change": by}
        for name, before_value, after, by in moves
    ]
    return lines or ("nothing moved",), data


def _id(source: SummarySource) -> tuple[str, str]:
    return source.field.id, source.column.id if source.column else ""


def _scale(source: SummarySource) -> tuple[int, int] | None:
    return scale(source.column or source.field) if source.type == "rating" else None


def _signed(number: int | float) -> str:
    return f"+{cell_text(number)}" if number > 0 else f"−{cell_text(-number)}"


ENOUGH = "comes in at least what goes out"


def totals(sources: Sequence[SummarySource], answers: Answers, summary: Summary) -> SummaryResult:
    """The sum of each column, or of its cells times the weight of their row."""
    lines: list[str] = []
    data: list[dict[str, object]] = []
    for source in sources:
        amounts, without = _amounts(source, answers, summary.weight)
        if not amounts:
            continue
        total = _number(sum(amounts, Fraction()))
        label = f"{source.label}: " if len(sources) > 1 else ""
        gaps = f" (without {', '.join(without)})" if without else ""
        lines.append(f"{label}{cell_text(total)}{gaps}")
        data.append({"label": source.label, "total": total, "without": without})
    return (tuple(lines), data) if lines else NOTHING


def lasts(sources: Sequence[SummarySource], answers: Answers, _: Summary) -> SummaryResult:
    """For how many months what there is lasts, by what comes in and goes out each month.

    `sources` are those of three fields: what there is, what comes in, what goes out.
    """
    amounts: dict[str, list[Fraction]] = {}
    for source in sources:
        amounts.setdefault(source.field.id, []).extend(_amounts(source, answers, "")[0])
    if not all(amounts.values()):
        return NOTHING
    have, comes_in, goes_out = (sum(parts, Fraction()) for parts in amounts.values())
    if comes_in >= goes_out:
        return (ENOUGH,), {"months": None}
    months = floor(have / (goes_out - comes_in) * 10)
    value = _number(Fraction(months, 10))
    return (cell_text(value),), {"months": value}


def _amounts(
    source: SummarySource, answers: Answers, weight: str
) -> tuple[list[Fraction], list[str]]:
    """What is added up, and the names of rows left out for want of a number."""
    if source.column is None:
        answer = answers.get(source.field.id)
        return ([_exact(answer)] if isinstance(answer, int | float) else []), []
    amounts: list[Fraction] = []
    without: list[str] = []
    for number, row in enumerate(rows_of(answers, source.field), 1):
        cell, factor = row.get(source.column.id), row.get(weight) if weight else 1
        if isinstance(cell, int | float) and isinstance(factor, int | float):
            amounts.append(_exact(cell) * _exact(factor))
        else:
            without.append(row_name(source.field, row, number))
    return amounts, without


def _exact(number: float) -> Fraction:
    """A number as it was written, so that tenths add up."""
    return Fraction(repr(number))


def _number(amount: Fraction) -> int | float:
    return plain_number(float(amount))
