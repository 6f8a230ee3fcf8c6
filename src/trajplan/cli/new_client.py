"""`trajplan new-client`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.context import load_context
from trajplan.actions.purge import purge_due
from trajplan.actions.start_client import NewClient, start_client
from trajplan.cli import ask, printer
from trajplan.cli.options import FormatOption, OutputOption
from trajplan.pages.caseload import started


def new_client(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="The client's name.")] = "",
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="An intake in YAML; `-` for standard input."),
    ] = None,
    slug: Annotated[str, typer.Option(help="Short name for the command line.")] = "",
    start: Annotated[
        str, typer.Option(metavar="DAY", help="Day of the first session, e.g. 2027-01-12.")
    ] = "",
    start_time: Annotated[str, typer.Option(metavar="TIME", help="Usual time, e.g. 14:00.")] = "",
    time_zone: Annotated[str, typer.Option(metavar="ZONE", help="E.g. Europe/Berlin.")] = "",
    journey: Annotated[str, typer.Option(help="Which journey. Default: integrative-12.")] = "",
    sessions: Annotated[
        int | None, typer.Option(min=1, max=60, help="How many sessions, if not as written.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option(min=15, max=480, help="Length of a session.")
    ] = None,
    every_days: Annotated[
        int | None, typer.Option(min=1, max=365, help="Days from one session to the next.")
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Add a client, an engagement and the dates of its sessions."""
    context = load_context()
    if not name and source is None:
        missing = 'whose journey? Give a name: trajplan new-client "NAME"'
        name = ask.required(name, "Name of the client", missing)
        start = start or ask.for_line("Day of the first session", context.today.isoformat())
    wanted = NewClient(
        name=name,
        source=source,
        slug=slug,
        start=start,
        start_time=start_time,
        time_zone=time_zone,
        journey=journey,
        sessions=sessions,
        minutes=minutes,
        every_days=every_days,
    )
    printer.notes(purge_due(context))
    made = start_client(context, wanted)
    printer.notes(f"hint: {one}" for one in made.hints)
    printer.show(started(made), form, output)
