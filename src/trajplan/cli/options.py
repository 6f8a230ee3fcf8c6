"""Options that several commands share: one spelling, one help text, one completion."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import complete
from trajplan.cli.printer import Format
from trajplan.text import one_line, visible

ClientOption = Annotated[
    str | None,
    typer.Option(
        "--client",
        metavar="SLUG",
        help="Whose. Without it: the current client. SLUG/1 means the first engagement.",
        autocompletion=complete.clients,
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="How to print it. A terminal gets `terminal`, a pipe or file `markdown`.",
    ),
]
OutputOption = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help="Write it to a file instead.")
]
SessionArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[N]",
        help="The session's number. Without it: the next one.",
        autocompletion=complete.sessions,
        show_default=False,
    ),
]
WordsFrom = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Read the words; `-` for standard input."),
]


def words(text: str) -> str:
    """Words of several lines as they were typed; `-` reads them from standard input."""
    return visible(_read(text))


def line(text: str) -> str:
    """Words for one line as they were typed; `-` reads them from standard input."""
    return one_line(_read(text))


def _read(text: str) -> str:
    if text != "-":
        return text
    from trajplan.actions.forms import free_text

    return free_text("-")
