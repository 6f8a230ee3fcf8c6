"""Tables: which column holds the questions, and what the others say of them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from trajplan.errors import InvalidContent, Problem
from trajplan.importing.harvest import (
    ASKING_NAMES,
    Harvest,
    Left,
    Taken,
    is_asking_name,
    is_particular,
    looks_asked,
    particulars,
    promises_questions,
)

_DELIMITERS = (",", ";", "\t", "|")
_NONE = "\x1f"
"""A delimiter no text holds: then each record is one cell, its quotes still read."""


class Row(Struct, frozen=True):
    """One record of a table; `line` is where it begins."""

    line: int
    cells: tuple[str, ...]


def from_csv(text: str, file: str) -> Harvest:
    """Take the questions of a table whose delimiter nobody names.

    Raises InvalidContent where its quotation marks do not fit, since its texts would not survive.
    """
    delimiter = _delimiter(text)
    rows = [one for one in _rows(text, delimiter, file) if any(map(str.strip, one.cells))]
    if not rows:
        return Harvest(taken=())
    return from_rows(rows, header=_has_header(rows), delimiter=delimiter)


def has_question_header(text: str) -> bool:
    """Whether the first line names columns, one of them for questions."""
    first = text.lstrip("\n").split("\n", 1)[0]
    return any(
        len(cells := first.split(one)) > 1
        and any(promises_questions(cell) and len(cell.split()) < 4 for cell in cells)
        and not any(looks_asked(cell) for cell in cells)
        for one in _DELIMITERS
    )


def from_rows(
    rows: Sequence[Row], *, header: bool, tags: tuple[str, ...] = (), delimiter: str = ""
) -> Harvest:
    """Take the cells of the column with questions, and what columns of known names say of them.

    `tags`: borne by all. `delimiter`: what stood between cells, to mend a text that was cut by it.
    """
    names = rows[0].cells if header else ()
    body = rows[1:] if header else rows
    column = _question_column(names, body)
    if column is None:
        left = [_left(one, "no column of this table holds questions") for one in body]
        return Harvest(taken=(), left=tuple(left))
    width = len(names) or max(Counter(len(one.cells) for one in body).items(), key=_often)[0]
    taken: list[Taken] = []
    left = []
    strange: list[str] = []
    notes: list[str] = []
    for row in body:
        cells = row.cells
        if len(cells) > width and any(one.strip() for one in cells[width:]):
            if not delimiter:
                left.append(_left(row, f"{len(cells)} cells where the table has {width}"))
                continue
            # Nobody put quotation marks around a text with the delimiter in it.
            end = column + len(cells) - width + 1
            joined = delimiter.join(cells[column:end])
            cells = (*cells[:column], joined, *cells[end:])
            notes.append(f"line {row.line}: more cells than columns; read as one text: {joined}")
        text = cells[column] if column < len(cells) else ""
        if not text.strip():
            left.append(_left(row, "no question in this row"))
            continue
        said = [pair for pair in zip(names, cells, strict=False) if pair[0] != names[column]]
        given, own, unknown = particulars(said)
        strange += [f"line {row.line}: {one}" for one in unknown]
        taken.append(
            Taken(
                text=text,
                where=f"line {row.line}",
                tags=tuple(dict.fromkeys((*tags, *own))),
                given=given,
            )
        )
    notes += [f"not understood, so suggested instead: {one}" for one in strange]
    unused = [
        one.strip()
        for at, one in enumerate(names)
        if at != column and one.strip() and not is_particular(one)
    ]
    if unused:
        notes.append(f"columns not used: {', '.join(unused)}")
    elif not names and width > 1:
        notes.append(f"column {column + 1} of {width} was read; the others are not used")
    return Harvest(taken=tuple(taken), left=tuple(left), notes=tuple(notes))


def _left(row: Row, why: str) -> Left:
    return Left(where=f"line {row.line}", text=" | ".join(row.cells), why=why)


def _often(pair: tuple[int, int]) -> tuple[int, int]:
    return pair[1], -pair[0]


def _question_column(names: Sequence[str], body: Sequence[Row]) -> int | None:
    """The column named so; else the one in which most cells end as questions do."""
    said = [at for at, name in enumerate(names) if promises_questions(name)]
    said = said or [at for at, name in enumerate(names) if name.strip().casefold() in ASKING_NAMES]
    asked = Counter(at for row in body for at, cell in enumerate(row.cells) if looks_asked(cell))
    if said:
        # `Question ID` beside `Question`: the one that asks.
        return max(said, key=lambda at: (asked[at], -at))
    if asked:
        return max(asked, key=lambda at: (asked[at], -at))
    one_column = all(len(row.cells) == 1 for row in body)
    return 0 if one_column and body else None


def _has_header(rows: Sequence[Row]) -> bool:
    """Whether the first row names columns: by a known name, or as the one without questions."""
    first, body = rows[0], rows[1:]
    if any(looks_asked(cell) for cell in first.cells):
        return False
    if any(is_asking_name(cell) or is_particular(cell) for cell in first.cells):
        return True
    return len(first.cells) > 1 and any(looks_asked(cell) for row in body for cell in row.cells)


def _delimiter(text: str) -> str:
    """What stands between cells: what cuts the first record and most others into equally many."""
    best, merit = _NONE, (0, 0)
    for one in _DELIMITERS:
        widths = _widths(text, one)
        if widths and widths[0] > 1:
            same = sum(width == widths[0] for width in widths)
            if (same, widths[0]) > merit:
                best, merit = one, (same, widths[0])
    return best


def _widths(text: str, delimiter: str) -> list[int]:
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [len(row) for row in found if row]
    except csv.Error:
        return []


def _rows(text: str, delimiter: str, file: str) -> list[Row]:
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as fault:
        words = "the quotation marks of this table do not fit; a cell that holds some is written "
        words += f'"like ""this"" one" ({fault})'
        raise InvalidContent([Problem(file, line, 1, words)]) from None
    return rows
