"""`trajplan pack`: everything on paper for a session, in one file."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.cli import printer
from trajplan.cli.command import Run, command
from trajplan.cli.options import SessionArgument
from trajplan.pages.document import Document


@command()
def pack(
    run: Run,
    number: SessionArgument = None,
    whom: Annotated[
        Literal["coach", "client"],
        typer.Option("--for", help="Whose pack: the client's goes without the plan."),
    ] = "coach",
) -> Document:
    """Print all the pages of a session together.

    Plan, agenda, a blank sheet, the rating card and the worksheets that go home, each on a sheet of
    its own: `trajplan pack -o FILE.pdf`.
    """
    from trajplan.actions.pack import pack as gather
    from trajplan.pages.pack import pack_document

    gathered = gather(run.context, client=run.right_client(), number=number)
    printer.notes(gathered.notes)
    return pack_document(gathered, whom, run.words(), own_zone=run.context.zone)
