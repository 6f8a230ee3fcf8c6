"""`trajplan recap`: the text for the client's mail after a session."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import printer
from trajplan.cli.command import Run, command
from trajplan.cli.options import complete_sessions
from trajplan.errors import UsageFault
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
    copy_template: Annotated[
        bool,
        typer.Option(
            "--copy-template", help="Copy the built-in template into your own folder instead."
        ),
    ] = False,
) -> Document | None:
    """Write the mail that follows a session. It is printed ready to paste; nothing is sent.

    It says what the client took on and when you meet again. A template of your own may take the
    place of the built-in one.
    """
    from trajplan.actions import recap as recaps
    from trajplan.pages.recap import recap_page

    if copy_template:
        if number is not None:
            raise UsageFault("--copy-template writes no recap; leave the session out")
        printer.line(str(recaps.copy_template(run.context)))
        return None
    client = run.meant_client()
    session = recaps.session_recap(run.context, client=client, number=number)
    page = recap_page(session)
    recap = session.recap
    printer.note(f"{recap.client_name} · session {recap.session}")
    printer.note("Before you send it: is this a private address? Others may read mail at work.")
    return page
