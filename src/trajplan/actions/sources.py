"""Forms handed in with `--from`: strict YAML, read into the form's class, faults located."""

from __future__ import annotations

import datetime as dt
import stat
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from typing import IO, TypeVar

from trajplan.content.checks.texts import check_texts
from trajplan.content.document import Report
from trajplan.errors import InvalidContent, NotFound, Problem, StoreFault, UsageFault
from trajplan.records.command_forms import FormFile
from trajplan.settings import local_path
from trajplan.system import STREAM_FOLDERS

T = TypeVar("T")

STANDARD_INPUT = "<standard input>"
"""Its name in messages."""

MOST_BYTES = 256 * 1024
"""Forty thousand words: no form that somebody fills in, and no note, has more (R161)."""


def read_yaml_form(file: FormFile, kind: type[T], today: dt.date | None = None) -> tuple[T, Report]:
    """Read a form. `today`: days may be written as people write them, and are counted from it.
    Raises InvalidContent with every fault of its shape.

    The report holds the texts that say nothing. Faults that only the records show are added to it,
    so that all of them are reported in one run; the caller must `refuse` it before saving anything.
    """
    from trajplan.content.border import validate
    from trajplan.content.checks.texts import check_typed_text
    from trajplan.content.reader import read
    from trajplan.content.yaml_tree import FORM_NODES

    form, report = validate(read(file.data, file.name, FORM_NODES), kind, form=True, base=today)
    if form is None:
        raise InvalidContent(report.in_order())
    check_texts(form, report)
    check_typed_text(decode(file.name, file.data), report, kind)
    return form, report


def refuse(report: Report) -> None:
    """Raise InvalidContent when the report holds any fault."""
    if report.problems:
        raise InvalidContent(report.in_order())


def read_source(
    source: str, most: int = MOST_BYTES, heard: Callable[[bytes], None] | None = None
) -> tuple[str, bytes]:
    """Read `--from`: a file, or `-` for standard input. Returns a name for messages and the bytes.

    `heard` is told each line of standard input as soon as it has come.
    Never waits on a pipe that nobody writes to, and never reads more than it may keep. Raises
    NotFound for a missing file, StoreFault for one that cannot be read, UsageFault, InvalidContent.
    """
    if source == "-":
        if sys.stdin is None:
            raise UsageFault("standard input is closed, so there is nothing to read")
        data = _within_limit(sys.stdin.buffer, source, most, heard)
        return STANDARD_INPUT, _in_utf_8(STANDARD_INPUT, data)
    path = local_path(source)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not source.startswith(STREAM_FOLDERS):
            what = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
            raise StoreFault(f"`{source}` is {what}")
        with path.open("rb") as file:
            return source, _in_utf_8(source, _within_limit(file, source, most))
    except FileNotFoundError:
        raise NotFound(f"no file `{source}`") from None
    except (OSError, ValueError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "its name contains a null character"
        raise StoreFault(f"`{source}` cannot be read: {why}") from fault


def _within_limit(
    file: IO[bytes], source: str, most: int, heard: Callable[[bytes], None] | None = None
) -> bytes:
    data = file.read(most + 1) if heard is None else _line_by_line(file, most, heard)
    if len(data) > most:
        raise UsageFault(
            f"`{source}` holds more than {most // 1024} KiB, which is too much to read"
        )
    return data


def _line_by_line(file: IO[bytes], most: int, heard: Callable[[bytes], None]) -> bytes:
    """What is read before the end, or until there is more than `most`."""
    data = bytearray()
    while len(data) <= most and (line := file.readline(most + 1)):
        heard(line)
        data += line
    return bytes(data)


def _in_utf_8(name: str, data: bytes) -> bytes:
    """The same text in UTF-8 where a mark says that it is UTF-16, as older PowerShells make it of
    all that they write into a file with `>`. Raises InvalidContent."""
    if not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeError:
        raise InvalidContent([Problem(name, 1, 1, "this is damaged UTF-16 text")]) from None


def decode(name: str, data: bytes, mend: str = "save it as UTF-8") -> str:
    """The text of a file, each line ended by a line feed, as Windows and old files do not.

    `name` is the source in messages, `mend` what helps where it is no UTF-8. Raises InvalidContent.
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        column = fault.start - data.rfind(b"\n", 0, fault.start)
        problem = Problem(name, line, column, f"this is not UTF-8 text; {mend}")
        raise InvalidContent([problem]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def free_text(source: str) -> str:
    """Read free text from a file or standard input, so that it stays out of the shell's history."""
    return decode(*read_source(source)).strip()
