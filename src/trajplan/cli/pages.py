"""`trajplan pages`: client pages that you may word and lay out your own way."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import printer
from trajplan.cli.command import Group, Run
from trajplan.cli.formats import LIST_FORMATS
from trajplan.pages.document import Document

pages = Group(bare="list")


@pages.command("list", client=False, also=LIST_FORMATS)
def list_pages(run: Run) -> Document:
    """List the pages that you can word yourself, and which of them you have."""
    from trajplan.actions import own_pages
    from trajplan.pages.own_pages import page_list

    return page_list(own_pages.list_pages(run.context))


@pages.command("copy", client=False, page=False)
def copy_page(
    run: Run, name: Annotated[str, typer.Argument(metavar="PAGE", help="Which, by its name.")]
) -> None:
    """Copy the built-in template of a page into your own folder, to change it there."""
    from trajplan.actions.own_pages import copy_page as copy

    printer.line(str(copy(run.context, name)))
