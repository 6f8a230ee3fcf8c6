"""Sums: columns added up, with weights where there are any, and how long something lasts.

Nothing is imputed: a row with a gap takes no part and is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from trajplan.content.worksheet_model import Summary, SummarySource
from trajplan.worksheets.answers import Answers, row_name, rows_of
from trajplan.worksheets.ratings import NOTHING, SummaryResult
from trajplan.worksheets.values import cell_text, plain_number

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
