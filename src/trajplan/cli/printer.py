"""The only place that writes: results to standard output, diagnostics to standard error."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from trajplan.documents.document import Document
from trajplan.documents.text import json_text, visible
from trajplan.errors import CannotDo, InvalidContent, StoreFault

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
        chosen = form or ("json" if output.endswith(".json") else "markdown")
        if chosen == "terminal":
            raise CannotDo("a file takes --format markdown or json")
        _write(Path(output).expanduser(), _text(document, chosen))
        note(f"written to {output}")
        return
    chosen = form or ("terminal" if _is_terminal() else "markdown")
    if chosen == "terminal":
        _console().print(document.terminal(), soft_wrap=False)
    else:
        _out(_text(document, chosen))


def _text(document: Document, form: str) -> str:
    if form == "json":
        return json_text(document.data()) + "\n"
    return document.markdown()


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
        raise StoreFault("standard output is closed, so there is nowhere to print to")
    # What a terminal's encoding cannot show is spelt out rather than lost in a crash.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    return sys.stdout


def _out(text: str) -> None:
    _stream().write(text)


def _err(text: str) -> None:
    if sys.stderr is None:
        return
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")
    sys.stderr.write(visible(text) + "\n")


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner can read (R119)."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            # An older file keeps its mode on opening, whoever could read it before. What is no
            # file (`/dev/null`, a pipe) is not this program's to close off.
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.fchmod(descriptor, 0o600)
            file.write(text)
    except OSError as error:
        raise StoreFault(f"`{path}` cannot be written: {error.strerror}") from error
