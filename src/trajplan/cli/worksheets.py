"""`trajplan worksheets`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions import worksheets
from trajplan.actions.context import Context, load_context
from trajplan.actions.drafts import draft_path
from trajplan.actions.forms import read_source
from trajplan.actions.worksheets import HandedIn
from trajplan.cli import ask, complete, editor, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.errors import UsageFault
from trajplan.pages.worksheet_result import Outcome, result_page
from trajplan.pages.worksheets import blank_form, history_list, worksheet_list, worksheet_page

IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Which.", autocompletion=complete.worksheets)
]
AgainOption = Annotated[
    bool, typer.Option("--again", help="Begin with what was written last time.")
]


def list_worksheets(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print every worksheet; with --client also when each was last filled in."""
    context = load_context()
    printer.notes(context.left_out)
    printer.show(worksheet_list(worksheets.shelf(context, client=client)), form, output)


def show_worksheet(
    name: IdArgument, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print what a worksheet asks for and what it works out."""
    printer.show(worksheet_page(*worksheets.worksheet(load_context(), name)), form, output)


def blank_worksheet(
    name: IdArgument,
    again: AgainOption = False,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print a form to fill in, in any editor or by hand; `fill --from` takes it back."""
    found = worksheets.blank(load_context(), name, client=client, again=again)
    printer.show(blank_form(found), form, output)


def fill_worksheet(
    name: IdArgument,
    source: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="FILE", help="The filled form, or YAML; `-` for standard input."
        ),
    ] = None,
    session: Annotated[
        str | None,
        typer.Option(
            "--session",
            metavar="N",
            help="The session it was filled in for.",
            autocompletion=complete.sessions,
        ),
    ] = None,
    date: Annotated[str, typer.Option(metavar="DAY", help="When it was filled in.")] = "",
    again: AgainOption = False,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Keep a filled form as a new record; without --from, an editor opens on a terminal."""
    context = load_context()
    if source is None:
        kept = _in_editor(context, name, client, session, date, again)
    else:
        if again:
            raise UsageFault("--again is for the editor; with --from the file is taken as it is")
        label, data = read_source(source)
        handed_in = HandedIn(name=label, data=data)
        kept = ask.right_client(
            client,
            lambda whose: worksheets.fill(
                context, name, handed_in, client=whose, number=session, date=date
            ),
        )
    if kept.filling.unmatched:
        printer.note("some text belonged to no field; it is kept and shown at the end")
    printer.notes(f"hint: {one}" for one in kept.hints)
    printer.show(result_page(kept), form, output)


def _in_editor(
    context: Context, name: str, client: str | None, session: str | None, date: str, again: bool
) -> Outcome:
    """Let a person fill the form in, as often as it takes."""
    if not ask.is_person():
        raise UsageFault("where is the filled form? Give it with --from FILE, or - to read it in")
    begun = ask.right_client(
        client,
        lambda whose: worksheets.blank_to_edit(
            context, name, client=whose, number=session, date=date, again=again
        ),
    )
    whose = begun.client.slug if begun.client else client

    def take(data: bytes) -> Outcome:
        handed_in = HandedIn(name="<editor>", data=data)
        return worksheets.fill(context, name, handed_in, client=whose, number=session, date=date)

    return editor.edited(begun.text, take, draft_path(context, whose or "", name))


def show_result(
    name: IdArgument,
    filling: Annotated[
        int | None,
        typer.Option(metavar="N", help="Which filling, by its number in the history."),
    ] = None,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print what was filled in last, with what it shows."""
    found = worksheets.outcome(load_context(), name, client=client, filling=filling)
    printer.show(result_page(found), form, output)


def show_history(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Only this one.", autocompletion=complete.worksheets),
    ] = None,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print every filling with its day and what it showed."""
    printer.show(
        history_list(worksheets.history(load_context(), name, client=client)), form, output
    )
