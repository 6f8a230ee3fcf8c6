"""`trajplan tci`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.documents.scaled import scaled_log_page
from trajplan.documents.tci_log import tci_log
from trajplan.errors import UsageFault
from trajplan.usecases.desk import set_up
from trajplan.usecases.rate import log
from trajplan.usecases.scaled import scaled_log


def tci(
    history: Annotated[
        bool, typer.Option("--history", help="Also show entries that were corrected later.")
    ] = False,
    scaled: Annotated[
        bool, typer.Option("--scaled", help="Show the answers to scaled questions instead.")
    ] = False,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print ratings, changes and flags, session by session."""
    if scaled:
        if history:
            raise UsageFault("--history belongs to the ratings; leave it out with --scaled")
        printer.show(scaled_log_page(scaled_log(set_up(), client=client)), form, output)
        return
    printer.show(tci_log(log(set_up(), client=client, history=history)), form, output)
