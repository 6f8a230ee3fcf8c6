"""`trajplan questions update`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.context import load_context
from trajplan.actions.retire import retire
from trajplan.cli import complete, printer
from trajplan.cli.options import FormatOption
from trajplan.pages.retired import retired_page


def update_question(
    name: Annotated[
        str,
        typer.Argument(metavar="ID", help="Of the question.", autocompletion=complete.questions),
    ],
    never: Annotated[
        bool, typer.Option("--never", help="Plan it no more: for good, or for one client.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Take that back: plans may hold it again.")
    ] = False,
    client: Annotated[
        str | None,
        typer.Option(
            "--client",
            metavar="SLUG",
            help="For this client alone. Without it: for every client.",
            autocompletion=complete.clients,
        ),
    ] = None,
    form: FormatOption = None,
) -> None:
    """Retire a question, for one client or for good, or take that back."""
    printer.notes(load_context().conflicts)
    printer.show(retired_page(retire(load_context(), name, never, again, client=client)), form)
