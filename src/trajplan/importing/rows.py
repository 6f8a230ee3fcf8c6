"""Tables: which column holds the questions, and what the others say of them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from trajplan.errors import InvalidContent, Problem
from trajplan.importing.recognise import (
    ASKING_NAMES,
    Imported,
    ImportResult,
    Skipped,
    is_asking_name,
    is_particular,
    looks_asked,
    promises_questions,
    read_particulars,
)

_DELIMITERS = (",", ";", "\t", "|")
_NONE = "\x1f"
"""A delimiter no text holds: then each record is one cell, its quotes still read."""


class Row(Struct, frozen=True):
    """One record of a table; `line` is where it begins."""

    line: int
    cells: tuple[str, ...]


def from_csv(text: str, file: str) -> ImportResult:
    """Take the questions of a table whose delimiter nobody names.

    Raises InvalidContent where its quotation marks do not fit, since its texts would not survive.
    """
    delimiter = _delimiter(text)
    rows = [row for row in _rows(text, delimiter, file) if any(map(str.strip, row.cells))]
    if not rows:
        return ImportResult(questions=())
    return from_rows(rows, header=_has_header(rows), delimiter=delimiter)


def has_question_header(text: str) -> bool:
    """Whether the first line names columns, one of them for questions."""
    first = text.lstrip("\n").split("\n", 1)[0]
    return any(
        len(cells := first.split(delimiter)) > 1
        and any(promises_questions(cell) and len(cell.split()) < 4 for cell in cells)
        and not any(looks_asked(cell) for cell in cells)
        for delimiter in _DELIMITERS
    )


def from_rows(
    rows: Sequence[Row], *, header: bool, tags: tuple[str, ...] = (), delimiter: str = ""
) -> ImportResult:
    """Take the cells of the column with questions, and what columns of known names say of them.

    `tags`: borne by all. `delimiter`: what stood between cells, to mend a text that was cut by it.
    """
    names = rows[0].cells if header else ()
    body = rows[1:] if header else rows
    column = _question_column(names, body)
    if column is None:
        why = "no column of this table holds questions"
        return ImportResult(questions=(), skipped=tuple(_skip(row, why) for row in body))
    widths = Counter(len(row.cells) for row in body)
    usual = max(widths, key=lambda cells: (widths[cells], -cells), default=0)
    # A header may leave the last columns without a name, the one with questions among them.
    width = max(len(names) or usual, column + 1)
    questions: list[Imported] = []
    skipped: list[Skipped] = []
    notes: list[str] = []
    strange: list[str] = []
    for row in body:
        cells = row.cells
        if any(cell.strip() for cell in cells[width:]):
            if not delimiter:
                skipped.append(_skip(row, f"{len(cells)} cells where the table has {width}"))
                continue
            cells = _joined(cells, column, width, delimiter)
            notes.append(
                f"line {row.line}: more cells than columns; read as one text: {cells[column]}"
            )
        text = cells[column] if column < len(cells) else ""
        if not text.strip():
            skipped.append(_skip(row, "no question in this row"))
            continue
        named = enumerate(zip(names, cells, strict=False))
        beside = [pair for index, pair in named if index != column]
        particulars, own_tags, unknown = read_particulars(beside)
        strange += [
            f"not understood, so suggested instead: line {row.line}: {words}" for words in unknown
        ]
        questions.append(
            Imported(
                text=text,
                where=f"line {row.line}",
                tags=tuple(dict.fromkeys((*tags, *own_tags))),
                particulars=particulars,
            )
        )
    return ImportResult(
        questions=tuple(questions),
        skipped=tuple(skipped),
        notes=(*notes, *strange, *_unused_columns(names, column, width)),
    )


def _joined(cells: Sequence[str], column: int, width: int, delimiter: str) -> tuple[str, ...]:
    """Cells of a row in which nobody put quotation marks around a text with the delimiter in it."""
    end = column + len(cells) - width + 1
    return (*cells[:column], delimiter.join(cells[column:end]), *cells[end:])


def _unused_columns(names: Sequence[str], column: int, width: int) -> list[str]:
    """A note on columns that say nothing of a question; none where there are no such columns."""
    unused = [
        name.strip()
        for index, name in enumerate(names)
        if index != column and name.strip() and not is_particular(name)
    ]
    if unused:
        return [f"columns not used: {', '.join(unused)}"]
    if not names and width > 1:
        return [f"column {column + 1} of {width} was read; the others are not used"]
    return []


def _skip(row: Row, why: str) -> Skipped:
    return Skipped(where=f"line {row.line}", text=" | ".join(row.cells), why=why)


def _question_column(names: Sequence[str], body: Sequence[Row]) -> int | None:
    """The column named so; else the one in which most cells end as questions do."""
    named = [index for index, name in enumerate(names) if promises_questions(name)]
    named = named or [
        index for index, name in enumerate(names) if name.strip().casefold() in ASKING_NAMES
    ]
    asked = Counter(
        index for row in body for index, cell in enumerate(row.cells) if looks_asked(cell)
    )
    if named:
        # `Question ID` beside `Question`: the one that asks.
        return max(named, key=lambda index: (asked[index], -index))
    if asked:
        return max(asked, key=lambda index: (asked[index], -index))
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
    for delimiter in _DELIMITERS:
        widths = _widths(text, delimiter)
        if widths and widths[0] > 1:
            same = sum(width == widths[0] for width in widths)
            if (same, widths[0]) > merit:
                best, merit = delimiter, (same, widths[0])
    return best


def _widths(text: str, delimiter: str) -> list[int]:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [len(row) for row in rows if row]
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
        words = "the quotation marks in this table do not match; a cell that holds some is written "
        words += f'"like ""this"" one" ({fault})'
        raise InvalidContent([Problem(file, line, 1, words)]) from None
    return rows
