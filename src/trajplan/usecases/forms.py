"""Forms handed in with `--from`: strict YAML, read into an intake or a wrap, faults located."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypeVar

from trajplan.errors import InvalidContent, NotFound, Problem, StoreFault
from trajplan.library.checks.texts import check_texts
from trajplan.library.report import Report

T = TypeVar("T")

CAREER_NAMES = {"from": "since", "to": "until"}
"""Words of the intake file that are no field names in Python."""


def read_form(source: str, kind: type[T]) -> tuple[T, Report]:
    """Read a form; the report takes further faults, found against the records, with their places.

    Raises InvalidContent with every fault of its shape.
    """
    from trajplan.library import contract, reader

    name, data = read_source(source)
    renames = CAREER_NAMES if kind.__name__ == "Intake" else {}
    checked = contract.validate(reader.read(data, name), kind, renames=renames, form=True)
    if checked.value is not None:
        check_texts(checked.value, checked.report)
    refuse(checked.report)
    form: T = checked.value
    return form, checked.report


def refuse(report: Report) -> None:
    """Raise InvalidContent when the report holds any fault."""
    if report.problems:
        raise InvalidContent(report.in_order())


def read_source(source: str) -> tuple[str, bytes]:
    """Read `--from`: a file, or `-` for standard input. Returns a name for messages and the bytes.

    Raises NotFound for a missing file, StoreFault for one that cannot be read.
    """
    if source == "-":
        return "<standard input>", sys.stdin.buffer.read()
    path = Path(source).expanduser()
    try:
        return source, path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"no file `{source}`") from None
    except OSError as fault:
        raise StoreFault(f"`{source}` cannot be read: {fault.strerror}") from fault


def free_text(source: str) -> str:
    """Read free text from a file or standard input, so that it stays out of the shell's history."""
    name, data = read_source(source)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidContent([Problem(name, 1, 1, "this is not UTF-8 text")]) from None
    return text.strip()
