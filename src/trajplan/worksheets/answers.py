"""What a filled worksheet holds, as plain values.

A text is a `str`, a list a tuple of `str`, a number or rating an `int` or `float`, a choice the
option as the worksheet spells it, a table a tuple of rows: cell by column id, with the row's name
under `row` where the worksheet names its rows. What was left empty is not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.worksheet_model import ROW, Field, Worksheet
from trajplan.text import name_key

Cell = str | int | float
Row = Mapping[str, Cell]
Answer = str | int | float | tuple[str, ...] | tuple[Row, ...]
Answers = Mapping[str, Answer]


class FormFault(Struct, frozen=True):
    """Something in a form that cannot be taken as it stands; `line` counts from 1."""

    line: int
    message: str
    field: str = ""


class FilledForm(Struct, frozen=True, kw_only=True):
    """A form as it was understood. Every word of it is in one of these places, or was printed."""

    answers: Answers = {}
    labels: Mapping[str, str] = {}
    """The client's own names, by field id."""
    unmatched: tuple[str, ...] = ()
    """Text that belongs to no field, each piece with the heading it stood under."""
    faults: tuple[FormFault, ...] = ()
    worksheet: str = ""
    """The worksheet the form says it is; empty when it does not say."""
    client: str = ""
    """The client the form was printed for; empty when it was printed for nobody."""


def with_own_labels(sheet: Worksheet, labels: Mapping[str, str]) -> Worksheet:
    """The worksheet with the client's own names in place of the printed ones."""
    fields = tuple(
        replace(field, label=labels[field.id]) if field.relabel and labels.get(field.id) else field
        for field in sheet.fields
    )
    return replace(sheet, fields=fields)


def own_names(sheet: Worksheet, earlier: Worksheet) -> dict[str, str]:
    """The names a client gave when filling in an earlier copy of the worksheet, by field id."""
    printed = {field.id: field.label for field in sheet.fields if field.relabel}
    return {
        field.id: field.label
        for field in earlier.fields
        if field.id in printed and name_key(field.label) != name_key(printed[field.id])
    }


def row_name(table: Field, row: Row, number: int) -> str:
    """What a row is called: its given name, its first column of text, or its number."""
    if ROW in row:
        return str(row[ROW])
    words = next((column.id for column in table.columns if column.type == "text"), "")
    return str(row.get(words, "")) or f"{table.row_label or 'row'} {number}"


def rows_of(answers: Answers, table: Field) -> tuple[Row, ...]:
    """A table's rows, none when it was left empty."""
    answer = answers.get(table.id)
    rows = answer if isinstance(answer, tuple) else ()
    return in_order(table, [row for row in rows if isinstance(row, Mapping)])


def in_order(table: Field, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows as the worksheet names them; a table without named rows keeps its order."""
    if not table.rows:
        return tuple(rows)
    places = {name: position for position, name in enumerate(table.rows)}
    return tuple(sorted(rows, key=lambda row: places.get(str(row.get(ROW, "")), len(places))))


def empty_fields(sheet: Worksheet, answers: Answers, *, required: bool) -> tuple[Field, ...]:
    """Fields still empty that must be filled, or that are expected to be some day."""
    return tuple(
        field
        for field in sheet.fields
        if field.id not in answers
        and (field.required if required else field.required or field.expected)
    )
