"""The formats that documents are printed in: which of them a document has, and how each is made.

A format is a line in `FORMATS` and its name in `Format`; `PAGE_FORMATS` are those of every command
that prints a page, and a command that has more says so (`also` in `command.py`). What a terminal
shows is made in `printer.py`, which knows the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.errors import CannotDo, UsageFault
from trajplan.pages.document import Document
from trajplan.text import visible

if TYPE_CHECKING:
    from trajplan.pages.look import Imprint, Look

Format = Literal["terminal", "markdown", "html", "pdf", "json", "csv", "jsonl", "ics", "yaml"]
PAGE_FORMATS: tuple[Format, ...] = ("terminal", "markdown", "html", "pdf", "json")
"""What every command with a page offers, as help lists it."""
LIST_FORMATS: tuple[Format, ...] = ("csv", "jsonl")
"""What every command that lists records or content offers beside them."""
FOR_A_CALENDAR = "is for a calendar: add --format ics, or -o FILE.ics"
"""What is said of an option that changes a calendar file alone, where none is asked for."""
Made = str | bytes
MOST_NAMED = 20
"""Characters that are named at most where no font has them."""


class FileFormat(Struct, frozen=True, kw_only=True):
    """A format that a file can have."""

    endings: tuple[str, ...]
    """What the name of such a file ends in, in small letters."""
    fits: Callable[[Document], bool]
    """Whether a document can be had in it."""
    make: Callable[[Document, Callable[[], Imprint]], Made]
    """The document in it. The imprint is only made where it is asked for."""
    binary: bool = False
    """Whether it is bytes that no terminal can show."""
    file_start: str = ""
    """What only a file of it begins with."""


def _json(document: Document, _imprint: Callable[[], Imprint]) -> Made:
    from trajplan.pages.document import json_text

    return json_text(document.plain_data()) + "\n"


def _text(document: Document, _imprint: Callable[[], Imprint]) -> Made:
    return document.text() if document.text else ""


def _markdown(document: Document, imprint: Callable[[], Imprint]) -> Made:
    if document.markdown:
        return document.markdown()
    if document.text:
        return _text(document, imprint)
    return document.pages_as_markdown


def _look(document: Document, imprint: Imprint) -> Look:
    return replace(imprint.look, words=document.words)


def _html(document: Document, imprint: Callable[[], Imprint]) -> Made:
    from trajplan.pages.html import html

    return html(document.whole_pages(), _look(document, imprint()), document.title)


def _pdf(document: Document, imprint: Callable[[], Imprint]) -> Made:
    from trajplan.pages.pdf import pdf

    about = imprint()
    look = _look(document, about)
    printed = pdf(document.whole_pages(), about.created, look, document.title)
    if printed.missing:
        shown = " ".join(printed.missing[:MOST_NAMED])
        more = len(printed.missing) - MOST_NAMED
        about.note(
            f"no font on this machine can draw {visible(shown)}{f' and {more} more' * (more > 0)}: "
            "the PDF has □ in place of each. Install a font for that script, or use --format html, "
            "which takes the fonts of whoever opens it"
        )
    return printed.data


def _csv(document: Document, _imprint: Callable[[], Imprint]) -> Made:
    from trajplan.pages.rows import csv_text

    return csv_text(document)


def _jsonl(document: Document, _imprint: Callable[[], Imprint]) -> Made:
    from trajplan.pages.rows import jsonl_text

    return jsonl_text(document)


def _ics(document: Document, _imprint: Callable[[], Imprint]) -> Made:
    made = document.calendar() if document.calendar else b""
    if not made:
        raise CannotDo("there is nothing to put into a calendar")
    return made


def _is_list(document: Document) -> bool:
    return bool(document.rows)


def _has_page(document: Document) -> bool:
    return document.has_page


def _is_text_alone(document: Document) -> bool:
    return document.text is not None and not _has_page(document)


FORMATS: Mapping[Format, FileFormat] = {
    "markdown": FileFormat(endings=(".md", ".markdown", ".txt"), fits=_has_page, make=_markdown),
    "html": FileFormat(endings=(".html", ".htm"), fits=_has_page, make=_html),
    "pdf": FileFormat(endings=(".pdf",), fits=_has_page, make=_pdf, binary=True),
    "json": FileFormat(endings=(".json",), fits=lambda _: True, make=_json),
    # Without this mark Excel takes a file that is opened with a double click for no UTF-8.
    "csv": FileFormat(endings=(".csv",), fits=_is_list, make=_csv, file_start="\ufeff"),
    "jsonl": FileFormat(endings=(".jsonl",), fits=_is_list, make=_jsonl),
    "ics": FileFormat(
        endings=(".ics",), fits=lambda document: document.calendar is not None, make=_ics
    ),
    "yaml": FileFormat(endings=(".yaml", ".yml"), fits=_is_text_alone, make=_text),
}
"""What can be written to a file, by its name; a terminal's view cannot."""


def format_of_file(name: str, file_format: Format | None, offered: Iterable[Format]) -> Format:
    """The format a file gets: the one that `--format` says, or that its ending asks for (R153).

    Without either it is the first that a file can be of `offered`, those of the command: Markdown,
    where it prints a page. Raises CannotDo for an ending that asks for none of them and for a
    terminal's view, UsageFault where the two contradict.
    """
    offered = [known for known in offered if known in FORMATS]
    if file_format == "terminal":
        raise CannotDo(f"a file takes --format {_either(offered)}")
    ending = Path(name).suffix.lower()
    asked = next((known for known, about in FORMATS.items() if ending in about.endings), None)
    if file_format and asked and file_format != asked:
        raise UsageFault(
            f"`{ending}` is for {asked}, and this is {file_format}: name the file otherwise"
        )
    chosen = file_format or asked or (None if _is_ending(ending) else offered[0])
    if chosen not in offered:
        endings = [ending for known in offered for ending in FORMATS[known].endings]
        said = "" if asked else ", or --format says what to write"
        raise CannotDo(
            f"this cannot be written as `{ending}`; the file may end in {', '.join(endings)}{said}"
        )
    return chosen


def check_fits(document: Document, file_format: Format) -> None:
    """Raise CannotDo with the formats that a document has, where this is none of them."""
    if file_format == "terminal" or FORMATS[file_format].fits(document):
        return
    file_formats = [known for known, about in FORMATS.items() if about.fits(document)]
    raise CannotDo(
        f"this cannot be printed as {file_format}; it takes --format {_either(file_formats)}"
    )


def _either(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _is_ending(ending: str) -> bool:
    """Whether the end of a name looks like that of a kind of file: `.odt`, but not `.2 March`."""
    return ending[1:].isalnum() and ending[1:2].isalpha() and len(ending) <= 9
