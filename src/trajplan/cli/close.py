"""`trajplan close`: the end of a journey, and what the client goes on with."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions import closing
from trajplan.actions.closing import read_closing
from trajplan.actions.context import Context
from trajplan.cli import ask, printer
from trajplan.cli.command import Run, command
from trajplan.cli.form_options import filled_by
from trajplan.cli.options import form_file_option
from trajplan.dates import long_date
from trajplan.errors import UsageFault
from trajplan.pages.closing import (
    afterwards_page,
    career_os_page,
    checklist_page,
    closed_page,
    reopened_page,
)
from trajplan.pages.document import Document
from trajplan.planning.ending import MONTHS, ClosingWords
from trajplan.records.command_forms import ClosingInput

Page = Literal["career-os", "career-os-form", "follow-up", "weekly-review", "retreat", "checklist"]


@command()
def close(
    run: Run,
    typed: Annotated[ClosingInput, filled_by(source=form_file_option("All three in YAML"))],
    page: Annotated[
        Page | None,
        typer.Option(
            "--print",
            help="Print a page and change nothing: the client's Career OS, its form filled in "
            "from the records, the follow-up sheet, weekly review or quarterly retreat, or what "
            "the ending still needs.",
        ),
    ] = None,
    reopen: Annotated[bool, typer.Option("--reopen", help="Reopen a closed journey.")] = False,
) -> Document:
    """End a journey, or print the pages the client takes along."""
    if (page or reopen) and typed != ClosingInput():
        raise UsageFault("--print and --reopen stand alone; they close nothing")
    if page and reopen:
        raise UsageFault("--print and --reopen do not go together")
    if page:
        return _page(run, page)
    if reopen:
        return reopened_page(closing.reopen(run.context, client=run.right_client()))
    ending = read_closing(run.context, typed)
    client = run.right_client()
    if typed == ClosingInput() and ask.is_person():
        ending = _ask_ending(run.context, client)
    closed = closing.close(run.context, ending, client=client)
    run.hints(closed.hints)
    return closed_page(closed)


def _page(run: Run, page: Page) -> Document:
    if page == "checklist":
        return checklist_page(closing.checklist(run.context, client=run.client))
    words = run.words()
    if page == "career-os":
        career_os = closing.career_os(run.context, client=run.client, words=words)
        return career_os_page(career_os, words)
    if page == "career-os-form":
        from trajplan.pages.worksheet_form import blank_form

        form = closing.career_os_form(run.context, client=run.client, words=words)
        return blank_form(form, words)
    agendas = {
        "follow-up": closing.follow_up,
        "weekly-review": closing.weekly_review,
        "retreat": closing.retreat,
    }
    agenda = agendas[page](run.context, client=run.client)
    return afterwards_page(agenda, page, words)


def _ask_ending(context: Context, client: str) -> ClosingWords:
    """Ask for what an ending has, and show it before anything is closed."""
    checklist = closing.before_closing(context, client=client)
    name = checklist.client.name
    printer.note(f"{name} ({checklist.client.slug}) · closing on {long_date(context.today)}")
    for need in (*checklist.needs, *checklist.wishes):
        printer.note(f"  {need.name}: {need.state or 'nothing yet'}")
    outcomes = ask.for_lines("What is there now that others can see?")
    triggers = ask.for_lines("A sign of their own that it is time to ask for help again?")
    follow_up = _ask_follow_up(context)
    printer.note(f"Follow-up on {long_date(follow_up.day)}")
    printer.notes([follow_up.remark] if follow_up.remark else [])
    if not ask.for_yes(f"Close the work with {name}?"):
        raise typer.Abort
    return ClosingWords(outcomes=outcomes, triggers=triggers, follow_up=follow_up.day)


def _ask_follow_up(context: Context) -> closing.FollowUp:
    return ask.for_answer(
        "Follow-up on which day?",
        f"+{MONTHS}m",
        lambda answer: closing.follow_up_day(context, answer),
    )
