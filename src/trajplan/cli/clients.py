"""`trajplan clients` and `trajplan use`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.context import load_context
from trajplan.actions.overview import caseload
from trajplan.actions.overview import use as use_client
from trajplan.actions.purge import purge_due
from trajplan.cli import complete, printer
from trajplan.cli.options import FormatOption, OutputOption
from trajplan.cli.show import show
from trajplan.pages.caseload import chosen, client_list

SlugArgument = Annotated[
    str, typer.Argument(metavar="SLUG", help="Which client.", autocompletion=complete.clients)
]


def list_clients(form: FormatOption = None, output: OutputOption = None) -> None:
    """Print every client with the next session."""
    context = load_context()
    printer.show(client_list(caseload(context), context.today), form, output)


def show_client(slug: SlugArgument, form: FormatOption = None, output: OutputOption = None) -> None:
    """Print one client on one page."""
    show(client=slug, form=form, output=output)


def use(slug: SlugArgument, form: FormatOption = None) -> None:
    """Choose the client that commands without `--client` mean."""
    context = load_context()
    printer.notes(purge_due(context))
    printer.show(chosen(use_client(context, slug), context.today), form)
