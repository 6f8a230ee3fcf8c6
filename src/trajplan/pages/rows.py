"""A list as rows: CSV for a spreadsheet, JSON lines for another program (R151).

Rows are taken from what `--format json` says, so there is no second description to keep in step.
One row is one object of the list, and begins with whose it is. A line of JSON lines holds it whole.
In CSV an object inside it becomes a column a key (`ratings.clarity`), a list of plain values is
joined with `; `, and of a list of objects stands how many there are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from trajplan.pages.document import Document, json_text
from trajplan.text import pattern, visible

JOINED = "; "
SEVERAL = (list, tuple)
NESTED = (dict, *SEVERAL)
WHOSE = ("client", "client_name")
"""What a page says of itself that each of its rows repeats."""
_FORMULA = pattern("\t|\\s*[=+@＝＋－＠-]")
"""How a text begins that a spreadsheet may take for a formula."""

Row = Mapping[str, Any]


def list_rows(document: Document) -> list[Row]:
    """The rows of a document that is a list, in its order."""
    data = document.plain_data()
    if isinstance(data, SEVERAL):
        return [*data]
    whose = {name: data[name] for name in WHOSE if name in data}
    paths = [path.split(".") for path in document.rows]
    return [row for name, *inner in paths for row in _rows(data[name], inner, whose)]


def _rows(objects: Iterable[Row], inner: Sequence[str], before: Row) -> Iterator[Row]:
    """The objects of a list, or of the lists inside them, behind the plain values around them."""
    for data in objects:
        if inner:
            around = {key: value for key, value in data.items() if not isinstance(value, NESTED)}
            yield from _rows(data[inner[0]], inner[1:], {**before, **around})
        else:
            yield {**before, **data}


def jsonl_text(document: Document) -> str:
    """One JSON object a line; nothing but the line breaks steers a terminal."""
    return "".join(f"{json_text(row, indent=None)}\n" for row in list_rows(document))


def csv_text(document: Document) -> str:
    """A header and one line a row. A text that looks like a formula gets an apostrophe in front.

    A list without rows has no columns either: they come from the rows.
    """
    rows = [dict(_cells(row)) for row in list_rows(document)]
    names = _columns(rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if names:
        writer.writerow([_as_text(name) for name in names])
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return text.getvalue()


def _columns(rows: Iterable[Row]) -> list[str]:
    """Every column in the order in which it first comes, those of one object side by side.

    What is an object in some rows and missing in others has the columns of the object alone.
    """
    names = dict.fromkeys(name for row in rows for name in row)
    outer = {name[:end] for name in names for end in range(len(name)) if name[end] == "."}
    places = {key: place for place, key in enumerate(dict.fromkeys(map(_key, names)))}
    inner = (name for name in names if name not in outer)
    return sorted(inner, key=lambda name: places[_key(name)])


def _key(name: str) -> str:
    """The key of a row that a column comes from."""
    return name.partition(".")[0]


def _cells(row: Row, front: str = "") -> Iterator[tuple[str, str | int | float]]:
    """The columns of a row with their values; a value that is missing is an empty cell."""
    for key, value in row.items():
        name = f"{front}{key}"
        if isinstance(value, dict) and value:
            yield from _cells(value, f"{name}.")
        else:
            yield name, _cell(value)


def _cell(value: Any) -> str | int | float:
    if isinstance(value, SEVERAL) and any(isinstance(part, NESTED) for part in value):
        return len(value)
    if isinstance(value, SEVERAL):
        return _as_text(JOINED.join(str(_cell(part)) for part in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return _as_text(str(value)) if value else ""


def _as_text(text: str) -> str:
    """Text that stays text in a spreadsheet, and steers no terminal."""
    return visible(f"'{text}" if _FORMULA.match(text) else text)
