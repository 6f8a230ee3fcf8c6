"""`trajplan tci`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.documents.tci_log import tci_log
from trajplan.usecases.desk import set_up
from trajplan.usecases.rate import log


def tci(
    history: Annotated[
        bool, typer.Option("--history", help="Also show entries that were corrected later.")
    ] = False,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print ratings, changes and flags, session by session."""
    printer.show(tci_log(log(set_up(), client=client, history=history)), form, output)
