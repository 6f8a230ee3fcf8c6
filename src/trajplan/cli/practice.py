"""`trajplan practice`: the practice as a file, and what is kept about one client."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.context import load_context
from trajplan.actions.erase import before_erasing, erase_client
from trajplan.actions.export import export
from trajplan.actions.own_files import refuse_existing
from trajplan.actions.practice_file import check_practice, whereabouts
from trajplan.actions.purge import purge_due
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import FormatOption, OutputOption
from trajplan.errors import UsageFault
from trajplan.pages.erased import erase_warning, erased_page
from trajplan.pages.exported import export_notes, export_page
from trajplan.pages.practice_file import nowhere_page, sound_page, where_page
from trajplan.records.conflicts import conflicted_copies


def where(form: FormatOption = None, output: OutputOption = None) -> None:
    """Print where the practice file is, its version and size, and whose records it holds."""
    context = load_context()
    printer.notes(context.conflicts)
    found = whereabouts(context)
    nowhere = nowhere_page(context.practice, conflicted_copies(context.practice))
    printer.show(where_page(found) if found else nowhere, form, output)


def check(form: FormatOption = None, output: OutputOption = None) -> None:
    """Check the file's pages, records and references, and that nobody else may use it."""
    context = load_context()
    printer.notes(context.conflicts)
    printer.show(sound_page(check_practice(context)), form, output)


def export_practice(
    client: Annotated[
        str | None,
        typer.Option(
            "--client",
            metavar="SLUG",
            help="Only what is kept about this client. Without it: the whole practice.",
            autocompletion=complete.clients,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file of `-o`.")] = False,
    output: OutputOption = None,
) -> None:
    """Print everything kept about one client, or about all, as JSON."""
    if output and output != "-" and not force:
        refuse_existing(output)
    context = load_context()
    printer.notes(context.conflicts)
    found = export(context, client)
    printer.show(export_page(found), "json", output)
    printer.notes(export_notes(found))


def erase(
    client: Annotated[
        str,
        typer.Option(
            "--client",
            metavar="SLUG",
            help="Whom. It is never taken for granted.",
            autocompletion=complete.clients,
        ),
    ],
    yes: Annotated[
        str | None,
        typer.Option(
            "--yes", metavar="SLUG", help="The slug once more, where nobody is there to type it."
        ),
    ] = None,
    form: FormatOption = None,
) -> None:
    """Erase a client with everything kept about them, beyond recall."""
    context = load_context()
    printer.notes(context.conflicts)
    found = before_erasing(context, client)
    if yes is None:
        printer.notes(erase_warning(found))
        if not ask.is_person():
            raise UsageFault(f"nothing was erased; `--yes {client}` says that it is meant")
        yes = ask.for_line(f"Type `{client}` to erase")
    printer.notes(purge_due(context))
    printer.show(erased_page(erase_client(context, client, typed=yes)), form)
