"""What a filled worksheet holds, as plain values.

A text is a `str`, a list a tuple of `str`, a number or rating an `int` or `float`, a choice the
option as the worksheet spells it, a table a tuple of rows: cell by column id, with the row's name
under `row` where the worksheet names its rows. What was left empty is not there.

Below: single values as people write them, numbers, ratings and options.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.worksheet_model import ROW, Column, Field, Worksheet, scale
from trajplan.text import name_key, one_line, pattern, quote, says_none

Cell = str | int | float
Row = Mapping[str, Cell]
Answer = str | int | float | tuple[str, ...] | tuple[Row, ...]
Answers = Mapping[str, Answer]
Place = tuple[str | int, ...]
"""Where something stands in a form: a field's id; in a list also which item; in a table the row's
name or which row it is, and the column."""


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
    places: Mapping[Place, int] = {}
    """The lines on which fields, items and cells stand; of a form that is read exactly."""
    worksheet: str = ""
    """The worksheet the form says it is; empty when it does not say."""
    client: str = ""
    """The client the form was printed for; empty when it was printed for nobody."""
    hints: tuple[str, ...] = ()
    """What may be meant otherwise than it was read."""


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
    return str(row.get(first_words(table), "")) or f"{table.row_label or 'row'} {number}"


def first_words(table: Field) -> str:
    """The first column of a table that takes text; empty where none does."""
    return next((column.id for column in table.columns if column.type == "text"), "")


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


_NUMBER = pattern(
    r"(?P<sign>[-+−]?)(?P<whole>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<part>[.,]\d+)?(?P<power>[eE][-+]?\d+)?"
)
_ANOTHER = pattern(r"(?:[-–—/.,→]|[-=]>|or |to |and |[a-z]{1,3}(?=\d))?\s*\d")
_HOURS = pattern(
    r"(\d{1,2}) ?(?:h|hrs?|hours?)(?: ?(\d{1,2}))?(?: ?(?:m|mins?|minutes?))?\.?", re.I
)
_MINUTES = pattern(r"(\d{1,4}) ?(?:m|mins?|minutes?|['’])\.?", re.I)
_ROUGHLY = pattern(
    r"(?i)^(?:(?:about|around|roughly|approx(?:imately|\.)?|circa|ca\.?|etwa|ungefähr|unos)\s+|~\s*)(?=\d)"
)
"""What stands before a number that was not counted."""
_UNSURE = pattern(
    r"(?i)(?:i )?(?:dunno|don['’]?t know|do not know|can['’]?t say|no idea|not sure|unsure)\W*"
)
"""An answer that there is no answer."""
_EMPTY = pattern(r"[\s_.…?*–—-]*")


_PLAIN_MARKS = frozenset("*_`\\-–—.!'’‘\"“”„«»")
"""What may stand around an option that was chosen: emphasis, quotes, the end of a sentence."""


class ReadValue(Struct, frozen=True):
    """What was read: a value or a fault, and the words that came along with the value."""

    value: Cell | None = None
    rest: str = ""
    fault: str = ""


def is_blank(text: str) -> bool:
    """Whether a line says nothing: dots, dashes and underscores are room to write."""
    return _EMPTY.fullmatch(text) is not None


def read_value(field: Field | Column, text: str, *, exact: bool = False) -> ReadValue:
    """Read one number, rating, option or line of text, whatever the field asks for.

    `exact`: in a form of the coach's own, `none` leaves the place empty; so does `dunno`, which is
    kept as words, as is what stands behind an option and a comma.
    """
    if field.type not in ("rating", "number", "choice"):
        return ReadValue(one_line(text) or None)
    value = read_option(field, text) if field.type == "choice" else read_number(field, text)
    if not (exact and value.fault):
        return value
    if says_none(text) or _UNSURE.fullmatch(text.strip()):
        return ReadValue(rest="" if says_none(text) else one_line(text))
    option, comma, behind = text.partition(",")
    if field.type == "choice" and comma and not (chosen := read_option(field, option)).fault:
        return replace(chosen, rest=one_line(behind))
    return value


def read_number(field: Field | Column, text: str) -> ReadValue:
    """Read a number with what stands around it: `7`, `**7**`, `7/10`, `7 of 10`, `7, since …`."""
    bare = _ROUGHLY.sub("", text.strip().strip("*_").strip())
    if is_blank(bare):
        return ReadValue()
    if field.id.endswith("minutes") and (minutes := _span(bare)):
        bare = str(minutes)
    number_match = _NUMBER.match(bare)
    if number_match is None:
        return ReadValue(fault=f"expected {expectation(field)}, found {quote(text)}")
    number = _number(number_match)
    rest = bare[number_match.end() :].strip("*_ \t")
    if field.type == "rating":
        rest = re.sub(rf"^(?:/|out of|of)\s*{scale(field)[1]}(?!\d)", "", rest).strip()
    if _ANOTHER.match(rest):
        words = f"{quote(text)} is more than one number; write {expectation(field)}"
        return ReadValue(fault=f"{words}, or leave it empty")
    fault = out_of_bounds(field, number)
    if fault:
        return ReadValue(fault=fault)
    return ReadValue(number, "" if is_blank(rest.strip(".,;:")) else rest)


def _span(text: str) -> int:
    """The minutes of `50 min`, `1h30`, `2 hours`; 0 for anything else."""
    if match := _MINUTES.fullmatch(text):
        return int(match[1])
    hours = _HOURS.fullmatch(text)
    return int(hours[1]) * 60 + int(hours[2] or 0) if hours else 0


def out_of_bounds(field: Field | Column, number: Cell | None) -> str:
    """Say why a number cannot be an answer here, or nothing."""
    if not isinstance(number, int | float) or not math.isfinite(number):
        return f"expected {expectation(field)}"
    if field.type == "rating":
        low, high = scale(field)
        if not isinstance(number, int) or not low <= number <= high:
            return f"expected {expectation(field)}, found {cell_text(number)}"
    elif (field.min is not None and number < field.min) or (
        field.max is not None and number > field.max
    ):
        return f"expected {expectation(field)}, found {cell_text(number)}"
    return ""


def read_option(field: Field | Column, text: str) -> ReadValue:
    """Read one of the options, however it is cased or marked up.

    One with a question mark or three points behind it, with a line through it or in brackets was
    not plainly chosen (R158).
    """
    if is_blank(text):
        return ReadValue()
    options = {name_key(word): option for option, words in field.also.items() for word in words}
    options |= {name_key(option): option for option in field.options}
    option = options.get(name_key(text))
    if option is None or ".." in text or _marks_in(text) - _marks_in(option) - _PLAIN_MARKS:
        return ReadValue(fault=f"expected {expectation(field)}, found {quote(text)}")
    return ReadValue(option)


def _marks_in(text: str) -> set[str]:
    """The punctuation and the symbols in a text."""
    return {character for character in text if unicodedata.category(character)[0] in "PS"}


def expectation(field: Field | Column) -> str:
    """What may stand here, in words."""
    if field.type in ("choice", "ticks"):
        return "one of " + ", ".join(f"`{option}`" for option in field.options)
    if field.type == "rating":
        low, high = scale(field)
        return f"a whole number from {low} to {high}"
    if field.min is not None and field.max is not None:
        return f"a number from {field.min} to {field.max}"
    if field.min is not None:
        return f"a number of at least {field.min}"
    return "a number" if field.max is None else f"a number of at most {field.max}"


def cell_text(cell: Cell) -> str:
    """A value as it is written into a form."""
    return cell if isinstance(cell, str) else repr(cell)


def plain_number(number: float) -> int | float:
    """A whole number as such, so that 7 and 7.0 are one answer."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e15:
        return int(number)
    return number


def _number(number_match: re.Match[str]) -> int | float:
    sign = "-" if number_match["sign"] in ("-", "−") else ""
    whole = number_match["whole"].replace(",", "")
    part = (number_match["part"] or "").replace(",", ".")
    if not part and not number_match["power"]:
        # Nobody means a number this long, and turning it into one takes time.
        return int(sign + whole) if len(whole) <= 300 else math.inf
    return plain_number(float(f"{sign}{whole}{part}{number_match['power'] or ''}"))
