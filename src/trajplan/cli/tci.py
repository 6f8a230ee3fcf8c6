"""`trajplan tci`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.documents.tci_log import tci_log
from trajplan.usecases.desk import set_up
from trajplan.usecases.rate import log, noise_band


def tci(
    history: Annotated[
        bool, typer.Option("--history", help="Also show entries that were corrected later.")
    ] = False,
    sd: Annotated[
        float | None,
        typer.Option(
            "--sd", help="Standard deviation of the figure: marks changes larger than its noise."
        ),
    ] = None,
    reliability: Annotated[
        float | None, typer.Option(help="Reliability of the same figure, 0 to below 1.")
    ] = None,
    of: Annotated[
        Literal["total", "mean", "clarity", "options", "decision", "momentum", "confidence"] | None,
        typer.Option(
            "--of",
            help="The figure both belong to: the sum of the five factors (`total`, the default), "
            "their unweighted mean, or one factor.",
        ),
    ] = None,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print ratings, changes and flags, session by session."""
    band = noise_band(of, sd, reliability)
    printer.show(tci_log(log(set_up(), client=client, history=history, band=band)), form, output)
