"""`trajplan show`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.context import load_context
from trajplan.actions.overview import client_page
from trajplan.actions.sponsor import for_sponsor
from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.client_page import client_page as page
from trajplan.pages.sponsor_page import sponsor_page


def show(
    whom: Annotated[
        Literal["coach", "sponsor"],
        typer.Option(
            "--for", help="Whose page to print. A sponsor's holds only what the client released."
        ),
    ] = "coach",
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print one client on one page."""
    if whom == "sponsor":
        found = for_sponsor(load_context(), client=client)
        printer.notes(found.notes)
        printer.show(sponsor_page(found.page), form, output)
        return
    printer.show(page(client_page(load_context(), client=client)), form, output)
