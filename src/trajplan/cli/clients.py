"""Who is coached: `trajplan clients`, `use` and `show`, and `today` over all of them."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.cli import complete, printer
from trajplan.cli.command import Group, Run, command
from trajplan.pages.document import Document

clients = Group(bare="list")

Slug = Annotated[
    str, typer.Argument(metavar="SLUG", help="Which client.", autocompletion=complete.clients)
]


@clients.command("list", client=False)
def list_clients(run: Run) -> Document:
    """List every client with the next session."""
    from trajplan.actions.clients import caseload
    from trajplan.pages.clients import client_list

    return client_list(caseload(run.context), run.context.today)


@clients.command("show", client=False)
def show_client(run: Run, slug: Slug) -> Document:
    """Show a client on one page."""
    from trajplan.actions.clients import client_page as read_client
    from trajplan.pages.client_page import client_page

    return client_page(read_client(run.context, client=slug))


@command()
def show(
    run: Run,
    whom: Annotated[
        Literal["coach", "sponsor"],
        typer.Option(
            "--for", help="Whose page. A sponsor's holds only what the client agreed to share."
        ),
    ] = "coach",
) -> Document:
    """Show a client on one page."""
    if whom == "coach":
        from trajplan.actions.clients import client_page as read_client
        from trajplan.pages.client_page import client_page

        return client_page(read_client(run.context, client=run.client))
    from trajplan.actions.sponsor import for_sponsor
    from trajplan.pages.sponsor_page import sponsor_page

    sponsor = for_sponsor(run.context, client=run.client)
    printer.notes(sponsor.notes)
    return sponsor_page(sponsor.page)


@command(client=False)
def use(run: Run, slug: Slug) -> Document:
    """Choose the current client. Commands without --client are about this one."""
    from trajplan.actions.clients import use as choose
    from trajplan.pages.clients import chosen_client

    run.begin_writing()
    return chosen_client(choose(run.context, slug), run.context.today)


@command(client=False)
def today(run: Run) -> Document:
    """Show who comes today, and what is due with each client."""
    from trajplan.actions.today import today_of
    from trajplan.pages.today import today_page

    return today_page(today_of(run.context))
