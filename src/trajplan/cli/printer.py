"""The only place that writes: results to standard output, diagnostics to standard error."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from trajplan.cli.outputs import Outputs
from trajplan.errors import CannotDo, InvalidContent, StoreFault
from trajplan.pages.document import Document, json_text
from trajplan.pages.page import Page
from trajplan.settings import local_path
from trajplan.text import columns, visible

Format = Literal["terminal", "markdown", "json"]
NARROW = 80
STANDARD_OUTPUT = ("-", "/dev/stdout")
ENDINGS = (".md", ".markdown", ".txt", ".json")
"""What the name of a page's file may end in; without an ending it is Markdown."""
YAML = (".yaml", ".yml")
"""Endings of a file that is shown as it is."""
_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,7}")
_STYLE = re.compile("\x1b\\[[0-9;]*m")
"""What styles text in a terminal and takes no room there."""

_color: str = "auto"
_pager: bool = True


def use_color(choice: str) -> None:
    """Remember `--color` for this run: auto, always or never."""
    global _color
    _color = choice


def use_pager(choice: bool) -> None:
    """Remember `--no-pager` for this run."""
    global _pager
    _pager = choice


def check_output(form: Format | None, output: str | None, outputs: Outputs) -> None:
    """Refuse what no page can be written as, before a command does anything (F56, R153).

    Raises CannotDo for a file that is to look like a terminal, whose ending is no form, or that is
    there and somebody's own; StoreFault where it cannot be read.
    """
    if not output or output in STANDARD_OUTPUT:
        return
    if form == "terminal":
        raise CannotDo("a file takes --format markdown or json")
    ending = Path(output).suffix.lower()
    if not form and ending not in (*ENDINGS, *YAML) and _ENDING.fullmatch(ending):
        raise CannotDo(_no_form(ending))
    path = local_path(output)
    try:
        outputs.check(path)
    except OSError as error:
        raise StoreFault(f"`{path}` cannot be written: {error.strerror}") from error


def _no_form(ending: str) -> str:
    return (
        f"this page cannot be written as `{ending}`; the file may end in "
        f"{', '.join(ENDINGS)}, or --format says what to write"
    )


def show(
    document: Document,
    form: Format | None = None,
    output: str | None = None,
    outputs: Outputs | None = None,
) -> None:
    """Print a document, or write it to a file.

    Without a format a terminal gets the rich view, a pipe Markdown, and a file what its name ends
    in; `outputs` keeps it from writing over what is somebody's own. Raises CannotDo for such a
    file and for an ending that is no form of it, StoreFault when it cannot be written.
    """
    if output and output not in STANDARD_OUTPUT:
        ending = Path(output).suffix.lower()
        if not form and ending in YAML and not document.text:
            raise CannotDo(f"nothing was written: {_no_form(ending)}")
        chosen = form or _form_of(document, ending)
        _write(local_path(output), _text(document, chosen), outputs)
        note(f"written to {output}")
        return
    plain = is_terminal() or document.markdown is not None
    chosen = form or ("terminal" if plain else "markdown")
    text = _text(document, chosen)
    command = _pager_for(text) if is_terminal() and _pager else []
    if not command:
        _out(text)
        return
    from trajplan.cli.pager import read_in_pager, shows_colours

    shown = text if shows_colours(command) else _text(document, chosen, styled=False)
    if fault := read_in_pager(command, shown):
        _out(text)
        note(fault)


def _form_of(document: Document, ending: str) -> str:
    """The form that the ending of a file's name asks for; plain text stays plain."""
    if ending == ".json":
        return "json"
    return "plain" if document.markdown and ending not in (".md", ".markdown") else "markdown"


def _pager_for(text: str) -> list[str]:
    """The pager's words, where a text has more lines than the terminal; none where it is printed
    as it is."""
    width, height = shutil.get_terminal_size()
    lines = 0
    for line in text.splitlines():
        lines += max(1, -(-columns(_STYLE.sub("", line)) // width))
    if lines < height:
        return []
    from trajplan.cli.pager import pager_command

    return pager_command()


def _text(document: Document, form: str, *, styled: bool = True) -> str:
    if form == "json":
        return json_text(document.data()) + "\n"
    if form == "markdown" and document.markdown:
        return document.markdown()
    if document.text:
        return visible(document.text()) if form == "terminal" else document.text()
    if form == "terminal":
        return _drawn(document, styled)
    from trajplan.pages.markdown import markdown

    return markdown(_page(document))


def _drawn(document: Document, styled: bool) -> str:
    """The page as a terminal shows it."""
    from trajplan.pages.terminal import terminal

    console = _console(styled)
    page = document.at_the_door() if document.at_the_door else _page(document)
    # Captured, because rich would end the program with 1 for a reader that has seen enough.
    with console.capture() as drawn:
        console.print(terminal(page, console.width), soft_wrap=False)
    text: str = drawn.get()
    return text


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


def is_plain() -> bool:
    """Whether nothing is to be shown in colour."""
    return _color == "never" or (_color == "auto" and bool(os.environ.get("NO_COLOR")))


def is_terminal() -> bool:
    """Whether results go to a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def _console(styled: bool) -> Any:
    from rich.console import Console

    plain = is_plain()
    width = None if is_terminal() or os.environ.get("COLUMNS") else NARROW
    return Console(
        file=_stream(),
        force_terminal=True if _color == "always" else None,
        no_color=plain,
        color_system="auto" if styled else None,
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
        raise StoreFault(f"done, but the result could not be printed: {error.strerror}") from error


def _abandon() -> None:
    """Let nothing that is left in the stream fail once more when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _err(text: str) -> None:
    if sys.stderr is None:
        return
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")
    sys.stderr.write(visible(text) + "\n")


def _write(path: Path, text: str, outputs: Outputs | None) -> None:
    """Write a file that only its owner can read, whole or not at all (R119), and there after a power cut."""
    from trajplan.records.practice_file import sync_folder

    data = text.encode("utf-8", errors="backslashreplace")
    try:
        # Asked of the name itself: what `/dev/fd/63` leads to has no name of its own.
        if path.exists() and not path.is_file():
            _pour(path, data)
            return
        place = path.resolve()
        if _is_database(place):
            raise CannotDo(f"`{path}` is a database, and a page does not overwrite it")
        if outputs:
            outputs.check(place)
        descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".trajplan-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(place)
            sync_folder(place.parent)
            if outputs:
                outputs.remember(data)
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
