"""`trajplan tci`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.context import load_context
from trajplan.actions.rate import log, noise_band
from trajplan.actions.scaled import scaled_log
from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.errors import UsageFault
from trajplan.pages.scaled import scaled_log_page
from trajplan.pages.tci_log import tci_log


def tci(
    history: Annotated[
        bool, typer.Option("--history", help="Also show entries that were corrected later.")
    ] = False,
    scaled: Annotated[
        bool, typer.Option("--scaled", help="Show the answers to scaled questions instead.")
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
    if scaled:
        if history or (sd, reliability, of) != (None, None, None):
            raise UsageFault(
                "--history, --sd, --reliability and --of belong to the ratings; leave them out "
                "with --scaled"
            )
        printer.show(scaled_log_page(scaled_log(load_context(), client=client)), form, output)
        return
    band = noise_band(of, sd, reliability)
    printer.show(
        tci_log(log(load_context(), client=client, history=history, band=band)), form, output
    )
