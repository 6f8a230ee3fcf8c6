"""`trajplan recap`: the text for the client's mail after a session."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import printer
from trajplan.cli.command import Run, command
from trajplan.cli.options import complete_sessions
from trajplan.pages.document import Document


@command()
def recap(
    run: Run,
    number: Annotated[
        str | None,
        typer.Argument(
            metavar="[N]",
            help="The session's number. Without it: the one held last.",
            autocompletion=complete_sessions,
            show_default=False,
        ),
    ] = None,
) -> Document:
    """Write the mail that follows a session. It is printed ready to paste; nothing is sent.

    It says what the client took on and when you meet again. `trajplan pages copy recap` lets you
    word it your own way.
    """
    from trajplan.actions import recap as recaps
    from trajplan.pages.recap import recap_page

    client = run.meant_client()
    session = recaps.session_recap(run.context, client=client, number=number)
    page = recap_page(session)
    recap = session.recap
    printer.note(f"{recap.client_name} · session {recap.session}")
    printer.note("Before you send it: is this a private address? Others may read mail at work.")
    return page
