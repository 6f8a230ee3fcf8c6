"""How a journey begins: `trajplan new-client` and `trajplan new-engagement`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.intake import read_intake
from trajplan.actions.new_client import NewClient, start_client
from trajplan.actions.new_engagement import return_client
from trajplan.cli import ask
from trajplan.cli.command import Run, command
from trajplan.cli.options import file_option, text_argument
from trajplan.dates import parse_day
from trajplan.pages.clients import engagement_page
from trajplan.pages.document import Document

IntakeOption = Annotated[str | None, file_option("An intake in YAML")]
StartOption = Annotated[
    str, typer.Option(metavar="DAY", help="Day of the first session, e.g. 12 January.")
]
SessionsOption = Annotated[
    int | None,
    typer.Option(min=1, max=60, help="How many sessions. Default: as the journey says."),
]
MinutesOption = Annotated[int | None, typer.Option(min=15, max=480, help="Length of a session.")]
EveryDaysOption = Annotated[
    int | None, typer.Option(min=1, max=365, help="Days from one session to the next.")
]


@command(client=False)
def new_client(
    run: Run,
    name: Annotated[str, text_argument("The client's name", line=True)] = "",
    source: IntakeOption = None,
    slug: Annotated[
        str, typer.Option(metavar="SLUG", help="Short name for the command line.")
    ] = "",
    start: StartOption = "",
    start_time: Annotated[str, typer.Option(metavar="TIME", help="Usual time, e.g. 14:00.")] = "",
    time_zone: Annotated[str, typer.Option(metavar="ZONE", help="E.g. Europe/Berlin.")] = "",
    journey: Annotated[
        str, typer.Option(metavar="ID", help="Which journey. Default: integrative-12.")
    ] = "",
    sessions: SessionsOption = None,
    minutes: MinutesOption = None,
    every_days: EveryDaysOption = None,
) -> Document:
    """Add a client with a first journey. Its sessions get their dates at once."""
    if not name and source is None:
        missing = 'whose journey? Give a name: trajplan new-client "NAME"'
        name = ask.required(name, "Name of the client", missing)
        today = run.context.today
        start = start or ask.for_checked(
            "Day of the first session", lambda day: parse_day(day, today), today.isoformat()
        )
    new = NewClient(
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
    run.begin_writing()
    begun = start_client(run.context, new)
    run.hints(begun.hints)
    return engagement_page(begun)


@command()
def new_engagement(
    run: Run,
    source: IntakeOption = None,
    start: StartOption = "",
    start_time: Annotated[
        str, typer.Option(metavar="TIME", help="Usual time. Default: as before.")
    ] = "",
    time_zone: Annotated[str, typer.Option(metavar="ZONE", help="Default: as before.")] = "",
    journey: Annotated[
        str, typer.Option(metavar="ID", help="Which journey. Default: as before.")
    ] = "",
    sessions: SessionsOption = None,
    minutes: MinutesOption = None,
    every_days: EveryDaysOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Skip what is left of the current journey.")
    ] = False,
) -> Document:
    """Begin another journey with a client. The earlier one stays readable."""
    new = NewClient(
        source=source,
        start=start,
        start_time=start_time,
        time_zone=time_zone,
        journey=journey,
        sessions=sessions,
        minutes=minutes,
        every_days=every_days,
    )
    intake = read_intake(source, run.context.today)
    begun = return_client(run.context, new, intake, client=run.right_client(), force=force)
    run.hints(begun.hints)
    return engagement_page(begun)
