"""Answers that come as data, from YAML: each value checked against its field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from trajplan.content.document import Decimal
from trajplan.content.worksheet_model import ROW, Column, Field, Worksheet
from trajplan.text import did_you_mean, name_key, one_line
from trajplan.worksheets.answers import (
    Answer,
    Cell,
    Row,
    empty_fields,
    expectation,
    in_order,
    out_of_bounds,
    plain_number,
    read_option,
)

Path = tuple[str | int, ...]
Say = Callable[[Path, str], None]
T = TypeVar("T")
FieldOrColumn = TypeVar("FieldOrColumn", Field, Column)


def read_data(sheet: Worksheet, data: Mapping[str, Any], say: Say) -> dict[str, Answer]:
    """Return the answers; `say` is told each fault with its place. Keys are ids or labels."""
    answers: dict[str, Answer] = {}
    attempts: set[str] = set()
    for field, key, value in _named_fields(sheet, data, say):
        answer = _answer(field, value, (key,), say)
        if answer is not None:
            answers[field.id] = answer
        if value not in (None, "", []):
            attempts.add(field.id)
    for field in empty_fields(sheet, answers, required=True):
        # What was given and is faulty has had its sentence.
        if field.id not in attempts:
            say((), f"“{field.label}” has to be filled in")
    return answers


def read_labels(sheet: Worksheet, data: Mapping[str, str], say: Say) -> dict[str, str]:
    """Return the client's own names by field id; `say` is told of fields that keep theirs."""
    labels: dict[str, str] = {}
    for field, key, name in _named_fields(sheet, data, say):
        if not field.relabel:
            say((key,), f"“{field.label}” keeps its name in this worksheet")
        elif one_line(name):
            labels[field.id] = one_line(name)
    return labels


def _named_fields(
    sheet: Worksheet, data: Mapping[str, T], say: Say
) -> Iterator[tuple[Field, str, T]]:
    """What is said of each field, with the name it was called by; `say` is told of those that the
    worksheet does not have."""
    fields = _by_key(sheet.fields)
    for key, value in data.items():
        field = fields.get(name_key(key))
        if field is None:
            ids = [field.id for field in sheet.fields]
            say((key,), f"this worksheet has no field `{key}`{did_you_mean(key, ids)}")
        else:
            yield field, key, value


def _by_key(fields: Sequence[FieldOrColumn]) -> dict[str, FieldOrColumn]:
    """Fields or columns by their ids and labels; an id goes before another's label."""
    by_key = {name_key(field.id): field for field in fields}
    for field in fields:
        by_key.setdefault(name_key(field.label), field)
    return by_key


def _answer(field: Field, value: Any, path: Path, say: Say) -> Answer | None:
    if value is None or value in ("", [], {}):
        return None
    if field.type == "ticks":
        return _ticks(field, value, path, say)
    if field.type == "list":
        return _items(value, path, say)
    if field.type == "table":
        return _rows(field, value, path, say)
    if field.type == "text":
        return _text(value, path, say)
    return _cell(field, value, path, say)


def _text(value: Any, path: Path, say: Say) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        say(path, "expected text")
        return None
    # A number that stands for text is taken as it was written: 5.50 is not 5.5.
    return (value.text if isinstance(value, Decimal) else str(value)).strip() or None


def _ticks(field: Field, value: Any, path: Path, say: Say) -> tuple[str, ...] | None:
    """Read the options that are ticked, in the worksheet's order."""
    texts = _items(value if isinstance(value, list) else [value], path, say) or ()
    ticked = []
    for index, text in enumerate(texts):
        option = read_option(field, text)
        if option.fault:
            say((*path, index) if isinstance(value, list) else path, option.fault)
        ticked.append(option.value)
    return tuple(option for option in field.options if option in ticked) or None


def _items(value: Any, path: Path, say: Say) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        say(path, "expected a list such as [one, two]")
        return None
    # `- ` with nothing behind it is an item nobody wrote.
    texts = [
        _text(element, (*path, index), say)
        for index, element in enumerate(value)
        if element is not None
    ]
    return tuple(one_line(text) for text in texts if text) or None


def _cell(field: Field | Column, value: Any, path: Path, say: Say) -> Cell | None:
    if value is None or value == "":
        return None
    if field.type == "text":
        text = _text(value, path, say)
        return one_line(text) if text else None
    if field.type == "choice":
        option = read_option(field, value) if isinstance(value, str) else None
        if option is None or option.fault:
            say(path, option.fault if option else f"expected {expectation(field)}")
            return None
        return option.value
    number = float(value) if isinstance(value, Decimal) else value
    number = plain_number(number) if isinstance(number, int | float) else None
    fault = (
        f"expected {expectation(field)}"
        if isinstance(value, bool)
        else out_of_bounds(field, number)
    )
    if fault:
        say(path, fault)
        return None
    return number


def _rows(table: Field, value: Any, path: Path, say: Say) -> tuple[Row, ...] | None:
    """Read a list of rows, or rows by their names."""
    if isinstance(value, Mapping) and table.rows:
        row_data = [
            ({ROW: name, **row} if isinstance(row, Mapping) else row, (*path, name))
            for name, row in value.items()
        ]
    elif isinstance(value, list):
        row_data = [(row, (*path, index)) for index, row in enumerate(value)]
    else:
        words = "rows by their names" if table.rows else "a list of rows"
        say(path, f"expected {words}")
        return None
    rows = [row for cells, where in row_data if (row := _row(table, cells, where, say))]
    return in_order(table, rows) or None


def _row(table: Field, value: Any, path: Path, say: Say) -> Row | None:
    if not isinstance(value, Mapping):
        say(path, "expected a row: cells by column (`column: value`)")
        return None
    columns = _by_key(table.columns)
    cells: dict[str, Cell] = {}
    for key, cell in value.items():
        if key == ROW and table.rows:
            continue
        column = columns.get(name_key(key))
        if column is None:
            ids = [column.id for column in table.columns]
            say((*path, key), f"“{table.label}” has no column `{key}`{did_you_mean(key, ids)}")
            continue
        answer = _cell(column, cell, (*path, key), say)
        if answer is not None:
            cells[column.id] = answer
    if not cells:
        return None
    cells = {column.id: cells[column.id] for column in table.columns if column.id in cells}
    if not table.rows:
        return cells
    name = {name_key(name): name for name in table.rows}.get(name_key(str(value.get(ROW, ""))))
    if name is None:
        say(
            path,
            f"“{table.label}” has no such row{did_you_mean(str(value.get(ROW, '')), table.rows)}",
        )
        return None
    return {ROW: name, **cells}
