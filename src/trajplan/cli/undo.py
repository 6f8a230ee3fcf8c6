"""`trajplan undo`: the last command taken back."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli.command import Run, command
from trajplan.cli.formats import LIST_FORMATS
from trajplan.errors import UsageFault
from trajplan.pages.document import Document


@command(client=False, also=LIST_FORMATS)
def undo(
    run: Run,
    listing: Annotated[
        bool, typer.Option("--list", help="Only list what can be taken back, the last first.")
    ] = False,
    redo: Annotated[
        bool,
        typer.Option("--redo", help="Bring back what was taken back last, until you change more."),
    ] = False,
    forget: Annotated[
        bool,
        typer.Option(
            "--forget", help="Clear the list. What was removed is then gone from the file for good."
        ),
    ] = False,
) -> Document:
    """Take back the last command that changed records.

    It may be about any client, and you are told what was taken back. The last 20 can be taken
    back, one after the other. Ratings are withdrawn, not deleted.
    """
    from trajplan.actions import undo as actions
    from trajplan.pages.undo import forgotten_page, undo_list_page, undone_page

    if listing + redo + forget > 1:
        raise UsageFault("--list, --redo and --forget do not go together; give one of them")
    if listing:
        return undo_list_page(actions.undo_list(run.context))
    if any(map(run.asks_for, LIST_FORMATS)):
        raise UsageFault("csv and jsonl are for --list; nothing was taken back")
    run.begin_writing()
    if forget:
        return forgotten_page(actions.forget(run.context))
    return undone_page(actions.take_back(run.context, redo=redo))
