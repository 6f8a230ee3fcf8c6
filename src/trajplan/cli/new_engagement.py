"""`trajplan new-engagement`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.context import load_context
from trajplan.actions.return_client import return_client
from trajplan.actions.start_client import NewClient, read_intake
from trajplan.cli import ask, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.caseload import started


def new_engagement(
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="An intake in YAML; `-` for standard input."),
    ] = None,
    start: Annotated[
        str, typer.Option(metavar="DAY", help="Day of the first session, e.g. 2027-10-04.")
    ] = "",
    start_time: Annotated[
        str, typer.Option(metavar="TIME", help="Usual time. Without it: as before.")
    ] = "",
    time_zone: Annotated[str, typer.Option(metavar="ZONE", help="Without it: as before.")] = "",
    journey: Annotated[str, typer.Option(help="Which journey. Without it: as before.")] = "",
    sessions: Annotated[
        int | None, typer.Option(min=1, max=60, help="How many sessions, if not as written.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option(min=15, max=480, help="Length of a session.")
    ] = None,
    every_days: Annotated[
        int | None, typer.Option(min=1, max=365, help="Days from one session to the next.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Skip what is left of the journey under way.")
    ] = False,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Begin another journey with a client who was here before; the earlier one stays readable."""
    wanted = NewClient(
        source=source,
        start=start,
        start_time=start_time,
        time_zone=time_zone,
        journey=journey,
        sessions=sessions,
        minutes=minutes,
        every_days=every_days,
    )
    # Read once: standard input cannot be read again when a person is asked whose it is.
    context = load_context()
    told = read_intake(context.today, wanted)
    made = ask.right_client(
        client,
        lambda whose: return_client(context, wanted, told, client=whose, force=force),
    )
    printer.notes(f"hint: {one}" for one in made.hints)
    printer.show(started(made), form, output)
