"""`trajplan show`."""

from __future__ import annotations

from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.documents.client_page import client_page as page
from trajplan.usecases.desk import set_up
from trajplan.usecases.overview import client_page


def show(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print one client on one page."""
    printer.show(page(client_page(set_up(), client=client)), form, output)
