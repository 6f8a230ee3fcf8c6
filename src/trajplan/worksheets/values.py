"""Single values as people write them: numbers, ratings, options."""

from __future__ import annotations

import math
import re

from msgspec import Struct

from trajplan.content.worksheet_model import Column, Field, scale
from trajplan.text import name_key
from trajplan.worksheets.answers import Cell, one_line

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


def read_value(one: Field | Column, text: str) -> ReadValue:
    """Read one number, rating, option or line of text, whatever the field asks for."""
    if one.type in ("rating", "number"):
        return read_number(one, text)
    if one.type == "choice":
        return read_option(one, text)
    return ReadValue(one_line(text) or None)


def read_number(one: Field | Column, text: str) -> ReadValue:
    """Read a number with what stands around it: `7`, `**7**`, `7/10`, `7 of 10`, `7, since …`."""
    stripped = text.strip().strip("*_").strip()
    if is_blank(stripped):
        return ReadValue()
    found = _NUMBER.match(stripped)
    if found is None:
        return ReadValue(fault=f"expected {expectation(one)}, found {_quoted(text)}")
    number = _number(found)
    rest = stripped[found.end() :].strip("*_ \t")
    if one.type == "rating":
        rest = re.sub(rf"^(?:/|out of|of)\s*{scale(one)[1]}(?!\d)", "", rest).strip()
    if _ANOTHER.match(rest):
        return ReadValue(fault=f"expected {expectation(one)}, found {_quoted(text)}")
    fault = out_of_bounds(one, number)
    if fault:
        return ReadValue(fault=fault)
    return ReadValue(number, "" if is_blank(rest.strip(".,;:")) else rest)


def out_of_bounds(one: Field | Column, number: Cell | None) -> str:
    """Say why a number cannot be an answer here, or nothing."""
    if not isinstance(number, int | float) or not math.isfinite(number):
        return f"expected {expectation(one)}"
    if one.type == "rating":
        low, high = scale(one)
        if not isinstance(number, int) or not low <= number <= high:
            return f"expected {expectation(one)}, found {cell_text(number)}"
    elif (one.min is not None and number < one.min) or (one.max is not None and number > one.max):
        return f"expected {expectation(one)}, found {cell_text(number)}"
    return ""


def read_option(one: Field | Column, text: str) -> ReadValue:
    """Read one of the options, however it is cased or marked up."""
    if is_blank(text):
        return ReadValue()
    found = {name_key(option): option for option in one.options}.get(name_key(text))
    if found is None:
        return ReadValue(fault=f"expected {expectation(one)}, found {_quoted(text)}")
    return ReadValue(found)


def expectation(one: Field | Column) -> str:
    """What may stand here, in words."""
    if one.type == "choice":
        return "one of " + ", ".join(f"`{option}`" for option in one.options)
    if one.type == "rating":
        low, high = scale(one)
        return f"a whole number from {low} to {high}"
    if one.min is not None and one.max is not None:
        return f"a number from {one.min} to {one.max}"
    if one.min is not None:
        return f"a number of at least {one.min}"
    return "a number" if one.max is None else f"a number of at most {one.max}"


def cell_text(cell: Cell) -> str:
    """A value as it is written into a form."""
    return cell if isinstance(cell, str) else repr(cell)


def plain_number(number: float) -> int | float:
    """A whole number as such, so that 7 and 7.0 are one answer."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e15:
        return int(number)
    return number


def _number(found: re.Match[str]) -> int | float:
    sign = "-" if found["sign"] in ("-", "−") else ""
    whole = found["whole"].replace(",", "")
    part = (found["part"] or "").replace(",", ".")
    if not part and not found["power"]:
        # Nobody means a number this long, and turning it into one takes time.
        return int(sign + whole) if len(whole) <= 300 else math.inf
    return plain_number(float(f"{sign}{whole}{part}{found['power'] or ''}"))


def _quoted(text: str) -> str:
    line = one_line(text)
    return f"`{line}`" if len(line) <= 48 else f"`{line[:47]}…`"
