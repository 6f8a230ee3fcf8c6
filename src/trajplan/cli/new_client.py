"""How a journey begins: `trajplan new-client` and `trajplan new-engagement`."""

from __future__ import annotations

from typing import Annotated

import typer
from msgspec.structs import replace

from trajplan.actions.intake import read_intake
from trajplan.actions.new_client import start_client
from trajplan.actions.new_engagement import return_client
from trajplan.cli import ask
from trajplan.cli.command import Run, command
from trajplan.cli.form_options import filled_by
from trajplan.cli.options import file_option, text_argument
from trajplan.dates import parse_day
from trajplan.pages.clients import engagement_page
from trajplan.pages.document import Document
from trajplan.records.command_forms import NewClient

INTAKE = file_option("An intake in YAML, with the keys in docs/reference/forms.md")


@command(client=False)
def new_client(
    run: Run,
    form: Annotated[
        NewClient,
        filled_by(name=text_argument("The client's name", line=True), source=INTAKE),
    ],
) -> Document:
    """Add a client with a first journey. Its sessions get their dates at once."""
    if not form.name and form.source is None:
        missing = 'whose journey? Give a name: trajplan new-client "NAME"'
        name = ask.required(form.name, "Name of the client", missing)
        today = run.context.today
        start = form.start or ask.for_checked(
            "Day of the first session", lambda day: parse_day(day, today), today.isoformat()
        )
        form = replace(form, name=name, start=start)
    run.begin_writing()
    begun = start_client(run.context, form)
    run.hints(begun.hints)
    return engagement_page(begun)


@command()
def new_engagement(
    run: Run,
    form: Annotated[
        NewClient,
        filled_by(
            source=INTAKE,
            start_time=typer.Option(metavar="TIME", help="Usual time. Default: as before."),
            time_zone=typer.Option(metavar="ZONE", help="Default: as before."),
            journey=typer.Option(metavar="ID", help="Which journey. Default: as before."),
            without=("name", "slug"),
        ),
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Skip what is left of the current journey.")
    ] = False,
) -> Document:
    """Begin another journey with a client. The earlier one stays readable."""
    intake = read_intake(form.source, run.context.today)
    begun = return_client(run.context, form, intake, client=run.right_client(), force=force)
    run.hints(begun.hints)
    return engagement_page(begun)
