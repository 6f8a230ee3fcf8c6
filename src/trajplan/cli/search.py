"""`trajplan search`: which client said that."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import ask
from trajplan.cli.command import Run, command
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.options import client_option, text_argument
from trajplan.pages.document import Document
from trajplan.records.model import Find


@command(client=False, also=LIST_FORMATS)
def search(
    run: Run,
    words: Annotated[
        list[str] | None,
        text_argument("Words that must all be there, in any order", line=True),
    ] = None,
    client: Annotated[
        str | None, client_option("Only this client. Without it: all of them.")
    ] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="Only what was said from this day on.")
    ] = "",
    kind: Annotated[Find | None, typer.Option("--kind", help="Only what is of this kind.")] = None,
) -> Document:
    """Search everything you have recorded, the newest first.

    Notes, commitments, takeaways, answers, what is parked and more, of every client. Each word may
    be the beginning of one; case and accents make no difference.
    """
    from trajplan.actions.search import search_practice
    from trajplan.pages.search import search_page

    wanted = words or [
        ask.required("", "What to look for", "search for what? Give at least one word")
    ]
    return search_page(
        search_practice(run.context, tuple(wanted), client=client, since=since, kind=kind)
    )
