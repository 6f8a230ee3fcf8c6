"""The parts of a filled worksheet as they are laid out: charts of ratings, tables, cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trajplan.content.worksheet_model import ROW, Field, Worksheet, scale
from trajplan.text import one_line
from trajplan.worksheets.answers import Answers, Row, rows_of
from trajplan.worksheets.form import card_name
from trajplan.worksheets.values import cell_text

FULL, EMPTY = "█", "·"


@dataclass(frozen=True, slots=True)
class Bar:
    """One rating; `value` is empty where none was given."""

    label: str
    value: str
    share: float
    """Of the whole scale, 0 to 1."""

    def drawn(self, width: int) -> str:
        """The bar in proportion; a rating at the lowest end has none."""
        cells = round(self.share * width)
        return FULL * cells + EMPTY * (width - cells) if self.value else ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Ratings that stand side by side on one scale."""

    low: int
    high: int
    bars: tuple[Bar, ...]
    anchors: str
    """What points of the scale mean, where it is the same for all; else empty."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def charts_and_fields(sheet: Worksheet, answers: Answers) -> Iterator[Chart | Field]:
    """Filled fields in order, neighbouring ratings on one scale taken together."""
    waiting: list[Field] = []
    for one in sheet.fields:
        if one.type == "rating" and (not waiting or scale(waiting[0]) == scale(one)):
            waiting.append(one)
            continue
        yield from _chart(waiting, answers)
        waiting = [one] if one.type == "rating" else []
        if one.type != "rating" and one.id in answers:
            yield one
    yield from _chart(waiting, answers)


def _chart(fields: list[Field], answers: Answers) -> Iterator[Chart]:
    if not any(one.id in answers for one in fields):
        return
    low, high = scale(fields[0])
    anchors = {
        " · ".join(f"{point} = {one_line(text)}" for point, text in sorted(one.anchors.items()))
        for one in fields
    }
    bars = tuple(_bar(one, answers, low, high) for one in fields)
    yield Chart(low, high, bars, anchors.pop() if len(anchors) == 1 else "")


def _bar(one: Field, answers: Answers, low: int, high: int) -> Bar:
    value = answers.get(one.id)
    if not isinstance(value, int | float):
        return Bar(one.label, "", 0.0)
    return Bar(one.label, cell_text(value), (value - low) / (high - low))


def sheets_of(table: Field, answers: Answers, *, across: int) -> tuple[Sheet, ...]:
    """A table as it is read best: as it is, or cards side by side, `across` of them at a time."""
    rows = rows_of(answers, table)
    if table.layout == "grid":
        keys = [ROW] * bool(table.rows) + [one.id for one in table.columns]
        names = [table.row_label] * bool(table.rows) + [one.label for one in table.columns]
        body = tuple(tuple(cell_text(row.get(key, "")) for key in keys) for row in rows)
        return (Sheet(tuple(names), body),)
    numbered = list(enumerate(rows, 1))
    return tuple(
        _side_by_side(table, numbered[at : at + across]) for at in range(0, len(rows), across)
    )


def _side_by_side(table: Field, rows: list[tuple[int, Row]]) -> Sheet:
    names = [str(row.get(ROW) or card_name(table, number)) for number, row in rows]
    used = [one for one in table.columns if any(one.id in row for _, row in rows)]
    body = [(one.label, *(cell_text(row.get(one.id, "")) for _, row in rows)) for one in used]
    return Sheet(("", *names), tuple(body))
