"""`trajplan sessions`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.context import load_context
from trajplan.actions.sessions import all_sessions, one_session
from trajplan.cli import complete, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.sessions import session_list, session_page


def list_sessions(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print every session of the client's journey."""
    printer.show(session_list(all_sessions(load_context(), client=client)), form, output)


def show_session(
    number: Annotated[
        str,
        typer.Argument(
            metavar="N",
            help="The session's number, or `m1` for a meeting.",
            autocompletion=complete.sessions,
        ),
    ],
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print what was kept of one session."""
    printer.show(session_page(one_session(load_context(), number, client=client)), form, output)
