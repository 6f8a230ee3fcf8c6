"""The only place that writes: results to standard output, diagnostics to standard error."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from trajplan.errors import CannotDo, InvalidContent, StoreFault
from trajplan.pages.document import Document, json_text
from trajplan.pages.page import Page
from trajplan.settings import local_path
from trajplan.text import visible

Format = Literal["terminal", "markdown", "json"]
NARROW = 80

_color: str = "auto"


def use_color(choice: str) -> None:
    """Remember `--color` for this run: auto, always or never."""
    global _color
    _color = choice


def show(document: Document, form: Format | None = None, output: str | None = None) -> None:
    """Print a document, or write it to a file.

    Without a format a terminal gets the rich view and a pipe or file Markdown; a file named
    `.json` gets JSON. Raises StoreFault when it cannot be written.
    """
    if output and output != "-":
        chosen = form or _form_of(document, output)
        if chosen == "terminal":
            raise CannotDo("a file takes --format markdown or json")
        _write(local_path(output), _text(document, chosen))
        note(f"written to {output}")
        return
    plain = _is_terminal() or document.markdown is not None
    chosen = form or ("terminal" if plain else "markdown")
    if chosen == "terminal" and document.text:
        _out(visible(document.text()))
    elif chosen == "terminal":
        console = _console()
        # Captured, because rich would end the program with 1 for a reader that has seen enough.
        with console.capture() as page:
            console.print(_view(document, console.width), soft_wrap=False)
        _out(page.get())
    else:
        _out(_text(document, chosen))


def _form_of(document: Document, output: str) -> str:
    """The form that a file's name asks for; plain text stays plain."""
    if output.endswith(".json"):
        return "json"
    return "markdown" if document.markdown is None or output.endswith(".md") else "plain"


def _text(document: Document, form: str) -> str:
    if form == "json":
        return json_text(document.data()) + "\n"
    if form == "markdown" and document.markdown:
        return document.markdown()
    if document.text:
        return document.text()
    from trajplan.pages.markdown import markdown

    return markdown(_page(document))


def _view(document: Document, width: int) -> Any:
    from trajplan.pages.terminal import terminal

    return terminal(_page(document), width)


def _page(document: Document) -> Page:
    if document.page is None:
        raise TypeError("a document has a page, or is a text")
    return document.page()


def line(text: str) -> None:
    """Print one line as the result: a path, for another program to take."""
    _out(visible(text) + "\n")


def note(text: str) -> None:
    """Say something on standard error that is not the result."""
    _err(text)


def notes(texts: Iterable[str]) -> None:
    """Say several things on standard error, one a line."""
    for text in texts:
        note(text)


def fault(error: BaseException) -> None:
    """Say what went wrong: one line, or one line a problem."""
    if isinstance(error, InvalidContent):
        notes(str(problem) for problem in error.problems)
    else:
        _err(f"trajplan: {error}")


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _console() -> Any:
    from rich.console import Console

    plain = _color == "never" or (_color == "auto" and bool(os.environ.get("NO_COLOR")))
    width = None if _is_terminal() or os.environ.get("COLUMNS") else NARROW
    return Console(
        file=_stream(),
        force_terminal=True if _color == "always" else None,
        no_color=plain,
        width=width,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _stream() -> Any:
    if sys.stdout is None:
        raise StoreFault("done, but standard output is closed: there is nowhere to print to")
    # What a terminal's encoding cannot show is spelt out rather than lost in a crash.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    return sys.stdout


def _out(text: str) -> None:
    """Write a result. What the command did is done by now, and the message says so."""
    try:
        stream = _stream()
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _abandon()
        raise StoreFault(f"done, but the result cannot be printed: {error.strerror}") from error


def _abandon() -> None:
    """Let nothing that is left in the stream fail once more when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _err(text: str) -> None:
    if sys.stderr is None:
        return
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")
    sys.stderr.write(visible(text) + "\n")


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all (R119)."""
    data = text.encode("utf-8", errors="backslashreplace")
    try:
        place = path.resolve()
        if place.exists() and not place.is_file():
            _pour(place, data)
            return
        if _is_database(place):
            raise CannotDo(f"`{path}` is a database; a document is not written over it")
        descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".trajplan-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it leads back to itself"
        raise StoreFault(f"`{path}` cannot be written: {why}") from error


def _pour(place: Path, data: bytes) -> None:
    """Write into what is no file, such as `/dev/null`; a pipe nobody reads is not waited for."""
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_NONBLOCK), "wb") as stream:
        os.set_blocking(stream.fileno(), True)
        stream.write(data)


def _is_database(place: Path) -> bool:
    if not place.exists():
        return False
    with place.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"
