"""Single values as people write them: numbers, ratings, options."""

from __future__ import annotations

import math
import re

from msgspec import Struct

from trajplan.content.worksheet_model import Column, Field, scale
from trajplan.text import name_key, one_line, quote
from trajplan.worksheets.answers import Cell

_NUMBER = re.compile(
    r"(?P<sign>[-+−]?)(?P<whole>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<part>[.,]\d+)?(?P<power>[eE][-+]?\d+)?"
)
_ANOTHER = re.compile(r"(?:[-–—/.,]|or |to |and )?\s*\d")
_EMPTY = re.compile(r"[\s_.…?*–—-]*")


class ReadValue(Struct, frozen=True):
    """What was read: a value or a fault, and the words that came along with the value."""

    value: Cell | None = None
    rest: str = ""
    fault: str = ""


def is_blank(text: str) -> bool:
    """Whether a line says nothing: dots, dashes and underscores are room to write."""
    return _EMPTY.fullmatch(text) is not None


def read_value(field: Field | Column, text: str) -> ReadValue:
    """Read one number, rating, option or line of text, whatever the field asks for."""
    if field.type in ("rating", "number"):
        return read_number(field, text)
    if field.type == "choice":
        return read_option(field, text)
    return ReadValue(one_line(text) or None)


def read_number(field: Field | Column, text: str) -> ReadValue:
    """Read a number with what stands around it: `7`, `**7**`, `7/10`, `7 of 10`, `7, since …`."""
    bare = text.strip().strip("*_").strip()
    if is_blank(bare):
        return ReadValue()
    number_match = _NUMBER.match(bare)
    if number_match is None:
        return ReadValue(fault=f"expected {expectation(field)}, found {quote(text)}")
    number = _number(number_match)
    rest = bare[number_match.end() :].strip("*_ \t")
    if field.type == "rating":
        rest = re.sub(rf"^(?:/|out of|of)\s*{scale(field)[1]}(?!\d)", "", rest).strip()
    if _ANOTHER.match(rest):
        return ReadValue(fault=f"expected {expectation(field)}, found {quote(text)}")
    fault = out_of_bounds(field, number)
    if fault:
        return ReadValue(fault=fault)
    return ReadValue(number, "" if is_blank(rest.strip(".,;:")) else rest)


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
    """Read one of the options, however it is cased or marked up."""
    if is_blank(text):
        return ReadValue()
    option = {name_key(option): option for option in field.options}.get(name_key(text))
    if option is None:
        return ReadValue(fault=f"expected {expectation(field)}, found {quote(text)}")
    return ReadValue(option)


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
