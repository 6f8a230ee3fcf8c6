"""Answers that come as data, from YAML: each value checked against its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from trajplan.content.document import Decimal
from trajplan.content.worksheet_model import ROW, Column, Field, Worksheet
from trajplan.text import did_you_mean, name_key
from trajplan.worksheets.answers import Answer, Cell, Row, empty_fields, in_order, one_line
from trajplan.worksheets.values import expectation, out_of_bounds, plain_number, read_option

Path = tuple[str | int, ...]
Say = Callable[[Path, str], None]


def read_data(sheet: Worksheet, data: Mapping[str, Any], say: Say) -> dict[str, Answer]:
    """Return the answers; `say` is told each fault with its place. Keys are ids or labels."""
    known = _known((one.id, one.label, one) for one in sheet.fields)
    found: dict[str, Answer] = {}
    for key, value in data.items():
        one = known.get(name_key(key))
        if one is None:
            ids = [field.id for field in sheet.fields]
            say((key,), f"this worksheet has no field `{key}`{did_you_mean(key, ids)}")
            continue
        answer = _answer(one, value, (key,), say)
        if answer is not None:
            found[one.id] = answer
    given = {
        known[name_key(key)].id
        for key, value in data.items()
        if name_key(key) in known and value not in (None, "", [])
    }
    for one in empty_fields(sheet, found, required=True):
        # What was given and is faulty has had its sentence.
        if one.id not in given:
            say((), f"“{one.label}” has to be filled in")
    return found


def read_labels(sheet: Worksheet, data: Mapping[str, str], say: Say) -> dict[str, str]:
    """Return the client's own names by field id; `say` is told of fields that keep theirs."""
    known = _known((one.id, one.label, one) for one in sheet.fields)
    found: dict[str, str] = {}
    for key, name in data.items():
        one = known.get(name_key(key))
        if one is None:
            ids = [field.id for field in sheet.fields]
            say((key,), f"this worksheet has no field `{key}`{did_you_mean(key, ids)}")
        elif not one.relabel:
            say((key,), f"“{one.label}” keeps its name in this worksheet")
        elif one_line(name):
            found[one.id] = one_line(name)
    return found


def _known(named: Iterable[tuple[str, str, Any]]) -> dict[str, Any]:
    every = list(named)
    found = {name_key(name): one for name, _, one in every}
    for _, label, one in every:
        found.setdefault(name_key(label), one)
    return found


def _answer(one: Field, value: Any, path: Path, say: Say) -> Answer | None:
    if value is None or value in ("", [], {}):
        return None
    if one.type == "list":
        return _items(value, path, say)
    if one.type == "table":
        return _rows(one, value, path, say)
    if one.type == "text":
        return _text(value, path, say)
    return _cell(one, value, path, say)


def _text(value: Any, path: Path, say: Say) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        say(path, "expected text")
        return None
    # A number that stands for text is taken as it was written: 5.50 is not 5.5.
    return (value.text if isinstance(value, Decimal) else str(value)).strip() or None


def _items(value: Any, path: Path, say: Say) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        say(path, "expected a list such as [one, two]")
        return None
    # `- ` with nothing behind it is an item nobody wrote.
    items = [_text(one, (*path, at), say) for at, one in enumerate(value) if one is not None]
    return tuple(one_line(item) for item in items if item) or None


def _cell(one: Field | Column, value: Any, path: Path, say: Say) -> Cell | None:
    if value is None or value == "":
        return None
    if one.type == "text":
        text = _text(value, path, say)
        return one_line(text) if text else None
    if one.type == "choice":
        option = read_option(one, value) if isinstance(value, str) else None
        if option is None or option.fault:
            say(path, option.fault if option else f"expected {expectation(one)}")
            return None
        return option.value
    number = float(value) if isinstance(value, Decimal) else value
    number = plain_number(number) if isinstance(number, int | float) else None
    fault = (
        f"expected {expectation(one)}" if isinstance(value, bool) else out_of_bounds(one, number)
    )
    if fault:
        say(path, fault)
        return None
    return number


def _rows(table: Field, value: Any, path: Path, say: Say) -> tuple[Row, ...] | None:
    """Read a list of rows, or rows by their names."""
    if isinstance(value, Mapping) and table.rows:
        given = [
            ({ROW: name, **row} if isinstance(row, Mapping) else row, (*path, name))
            for name, row in value.items()
        ]
    elif isinstance(value, list):
        given = [(row, (*path, at)) for at, row in enumerate(value)]
    else:
        words = "rows by their names" if table.rows else "a list of rows"
        say(path, f"expected {words}")
        return None
    rows = [row for one, where in given if (row := _row(table, one, where, say))]
    return in_order(table, rows) or None


def _row(table: Field, value: Any, path: Path, say: Say) -> Row | None:
    if not isinstance(value, Mapping):
        say(path, "expected a row: cells by column (`column: value`)")
        return None
    known = _known((one.id, one.label, one) for one in table.columns)
    found: dict[str, Cell] = {}
    for key, cell in value.items():
        if key == ROW and table.rows:
            continue
        column = known.get(name_key(key))
        if column is None:
            ids = [one.id for one in table.columns]
            say((*path, key), f"“{table.label}” has no column `{key}`{did_you_mean(key, ids)}")
            continue
        read = _cell(column, cell, (*path, key), say)
        if read is not None:
            found[column.id] = read
    if not found:
        return None
    found = {one.id: found[one.id] for one in table.columns if one.id in found}
    if not table.rows:
        return found
    name = {name_key(one): one for one in table.rows}.get(name_key(str(value.get(ROW, ""))))
    if name is None:
        say(
            path,
            f"“{table.label}” has no such row{did_you_mean(str(value.get(ROW, '')), table.rows)}",
        )
        return None
    return {ROW: name, **found}
