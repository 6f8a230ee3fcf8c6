"""A page that is longer than the terminal, read in the person's own pager (R142).

A page is never lost: where a pager cannot be started or ends badly, the caller prints it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trajplan.errors import INTERRUPTED
from trajplan.system import encoding_of_console, to_start, usual_pager, words_of

LESS = "FRX"
"""What `less` does: end at once with a page that fits (F), show colours (R), leave the page on the
screen (X). Where somebody names it in `PAGER`, their own `LESS` goes before this."""


def read_in_pager(command: list[str], text: str) -> str:
    """Show a text in the pager, and wait until it has been read.

    Returns what went wrong, in words; empty when it was read. Somebody who has seen enough closes
    the pager before the end of the text, which is no fault.
    """
    data = text.encode(encoding_of_console(sys.stdout), errors="backslashreplace")
    interrupts: list[int] = []
    with _interrupts_noted(interrupts):
        try:
            process = subprocess.Popen(to_start(command), stdin=subprocess.PIPE, env=_environment())
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            return f"the pager `{command[0]}` cannot be started: {why}"
        process.communicate(data)
    if process.returncode in (0, -signal.SIGINT, INTERRUPTED) or interrupts:
        return ""
    return f"the pager `{command[0]}` ended with {process.returncode}"


def pager_command() -> list[str]:
    """The words that start the pager; none where there is none to use.

    `PAGER` names it; set to nothing, there is none. Otherwise `less`, and on Windows `more`. A
    terminal that cannot move its cursor gets none.
    """
    named = os.environ.get("PAGER")
    if named is not None:
        try:
            return words_of(named)
        except ValueError:
            return [named]
    usual = usual_pager()
    return [*usual, f"-{LESS}"] if usual == ["less"] else usual


def shows_colours(command: list[str]) -> bool:
    """Whether the pager is known to pass colours on; `more` counts them as letters."""
    return Path(command[0]).stem.lower() != "more"


def _environment() -> dict[str, str]:
    """The pager's surroundings. What is looked for in a client's page is remembered nowhere."""
    return {"LESS": LESS, "LESSHISTFILE": "-", **os.environ}


@contextmanager
def _interrupts_noted(interrupts: list[int]) -> Iterator[None]:
    """While a pager runs, Ctrl-C is the pager's own: it does not end this program before it."""

    def note(number: int, _frame: Any) -> None:
        interrupts.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
