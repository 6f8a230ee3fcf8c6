"""`trajplan worksheets`: forms and exercises, and what was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Group, Run
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.options import complete_worksheets, form_file_option, session_option
from trajplan.errors import UsageFault
from trajplan.pages.document import Document
from trajplan.records.command_forms import FormFile

if TYPE_CHECKING:
    from trajplan.actions.worksheets import WorksheetResult

worksheets = Group(bare="list")

WorksheetId = Annotated[
    str, typer.Argument(metavar="ID", help="Which.", autocompletion=complete_worksheets)
]
FillingOption = Annotated[
    int | None, typer.Option(metavar="N", help="Which filling, by its number in the history.")
]
AgainOption = Annotated[
    bool, typer.Option("--again", help="Begin with what was written last time.")
]


@worksheets.command("list", also=LIST_FORMATS)
def list_worksheets(run: Run) -> Document:
    """List every worksheet. With --client, also when each was last filled in."""
    from trajplan.actions import worksheets
    from trajplan.pages.worksheets import worksheet_list

    printer.notes(run.context.left_out)
    return worksheet_list(worksheets.list_worksheets(run.context, client=run.client))


@worksheets.command("show", client=False)
def show_worksheet(run: Run, name: WorksheetId) -> Document:
    """Show what a worksheet asks for and what it works out."""
    from trajplan.actions import worksheets
    from trajplan.pages.worksheets import worksheet_page

    return worksheet_page(*worksheets.worksheet(run.context, name))


@worksheets.command("blank")
def blank_worksheet(run: Run, name: WorksheetId, again: AgainOption = False) -> Document:
    """Print a form to fill in, in an editor or by hand. `fill --from` reads it back."""
    from trajplan.actions import worksheets
    from trajplan.content.labels import ENGLISH
    from trajplan.pages.worksheet_form import blank_form

    form = worksheets.blank(run.context, name, client=run.client, again=again)
    return blank_form(form, run.words() if form.client else ENGLISH)


@worksheets.command("fill")
def fill_worksheet(
    run: Run,
    name: WorksheetId,
    source: Annotated[FormFile | None, form_file_option("The filled form, or YAML")] = None,
    session: Annotated[str | None, session_option("The session it was filled in for.")] = None,
    date: Annotated[str, typer.Option(metavar="DAY", help="When it was filled in.")] = "",
    again: AgainOption = False,
) -> Document:
    """Save a form that was filled in. Without --from, on a terminal, your editor opens."""
    from trajplan.actions.worksheets import fill
    from trajplan.pages.worksheet_result import result_page

    if source is None:
        result = _in_editor(run, name, session, date, again)
    elif again:
        raise UsageFault("--again is for the editor; with --from the file is read as it is")
    else:
        result = fill(
            run.context, name, source, client=run.right_client(), number=session, date=date
        )
    if result.filling.unmatched:
        printer.note("some text belonged to no field; it is saved and shown at the end")
    run.hints(result.hints)
    return result_page(result)


def _in_editor(run: Run, name: str, session: str | None, date: str, again: bool) -> WorksheetResult:
    """Let a person fill the form in, as often as it takes."""
    from trajplan.actions.worksheets import fill, form_to_edit
    from trajplan.cli import editor

    if not ask.is_person():
        raise UsageFault("where is the filled form? Give it with --from FILE, or - to read it in")
    client = run.right_client()
    form, draft = form_to_edit(
        run.context, name, client=client, number=session, date=date, again=again
    )

    def save(data: bytes) -> WorksheetResult:
        return fill(
            run.context,
            name,
            FormFile("<editor>", data),
            client=client,
            number=session,
            date=date,
        )

    def offered_by() -> str:
        run.context.dossier(client)  # nothing is offered once the client is erased
        return "the same command"

    return editor.edit(form.text, save, draft, offered_by=offered_by)


@worksheets.command("result")
def show_result(
    run: Run,
    name: WorksheetId,
    filling: FillingOption = None,
) -> Document:
    """Show what was filled in last, and what it says."""
    from trajplan.actions import worksheets
    from trajplan.pages.worksheet_result import result_page

    return result_page(worksheets.result(run.context, name, client=run.client, filling=filling))


@worksheets.command("history", also=LIST_FORMATS)
def show_history(
    run: Run,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Only this one.", autocompletion=complete_worksheets),
    ] = None,
) -> Document:
    """List when what was filled in, and what it showed."""
    from trajplan.actions import worksheets
    from trajplan.pages.worksheets import history_list

    return history_list(worksheets.history(run.context, name, client=run.client))


@worksheets.command("remove")
def remove_filling(run: Run, name: WorksheetId, filling: FillingOption = None) -> Document:
    """Remove what was filled in. `trajplan undo` brings it back."""
    from trajplan.actions.remove import remove_filling
    from trajplan.pages.undo import removed_page

    return removed_page(remove_filling(run.context, name, filling, client=run.right_client()))
