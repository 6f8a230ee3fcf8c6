"""`trajplan close`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions import afterwards, closing
from trajplan.actions.closing import Wanted, read_closing
from trajplan.actions.context import Context, load_context
from trajplan.actions.ending import MONTHS, Given
from trajplan.cli import ask, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.errors import UsageFault
from trajplan.pages.afterwards import afterwards_page
from trajplan.pages.career_os import career_os_page
from trajplan.pages.closing import checklist_page, closed_page, reopened_page
from trajplan.pages.document import Document
from trajplan.pages.words import long_date
from trajplan.pages.worksheets import blank_form

Page = Literal["career-os", "career-os-form", "follow-up", "weekly-review", "retreat", "checklist"]


def close(
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            "--outcome",
            metavar="TEXT",
            help="What others can see now; may be given more than once.",
        ),
    ] = None,
    trigger: Annotated[
        list[str] | None,
        typer.Option(
            "--trigger",
            metavar="TEXT",
            help="A sign of the client's own that it is time to ask for help again; may be given "
            "more than once.",
        ),
    ] = None,
    follow_up: Annotated[
        str,
        typer.Option("--follow-up", metavar="DAY", help="When you look back; `+6m` is usual."),
    ] = "",
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="All three in YAML; `-` for standard input."),
    ] = None,
    force: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Close with something missing; the reason is kept."),
    ] = None,
    page: Annotated[
        Page | None,
        typer.Option(
            "--print",
            help="Print a page and change nothing: the client's Career OS, its form with what the "
            "records hold, the follow-up sheet, weekly review or quarterly retreat, or what the "
            "ending still needs.",
        ),
    ] = None,
    reopen: Annotated[bool, typer.Option("--reopen", help="Take the closing back.")] = False,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Close the engagement, or print what the client goes on with."""
    context = load_context()
    wanted = Wanted(
        source=source,
        outcomes=tuple(outcome or ()),
        triggers=tuple(trigger or ()),
        follow_up=follow_up,
        force=force,
    )
    if (page or reopen) and wanted != Wanted():
        raise UsageFault("--print and --reopen stand alone; they close nothing")
    if page and reopen:
        raise UsageFault("--print and --reopen do not go together")
    if page:
        printer.show(_page(context, page, client), form, output)
        return
    if reopen:
        printer.show(
            reopened_page(
                ask.right_client(client, lambda whose: closing.reopen(context, client=whose))
            ),
            form,
            output,
        )
        return
    given = read_closing(wanted, context.today)
    if wanted == Wanted() and ask.is_person():
        client, given = _asked(context, client)
    kept = ask.right_client(client, lambda whose: closing.close(context, client=whose, given=given))
    printer.notes(f"hint: {one}" for one in kept.hints)
    printer.show(closed_page(kept), form, output)


def _page(context: Context, page: Page, client: str | None) -> Document:
    if page == "career-os":
        return career_os_page(afterwards.career_os(context, client=client))
    if page == "career-os-form":
        return blank_form(afterwards.career_os_form(context, client=client))
    if page == "follow-up":
        return afterwards_page(afterwards.follow_up(context, client=client))
    if page == "weekly-review":
        return afterwards_page(afterwards.weekly_review(context, client=client))
    if page == "retreat":
        return afterwards_page(afterwards.retreat(context, client=client))
    return checklist_page(closing.checklist(context, client=client))


def _asked(context: Context, client: str | None) -> tuple[str | None, Given]:
    """Ask for what an ending has, and show it before anything is closed."""
    found = ask.right_client(client, lambda whose: closing.before_closing(context, client=whose))
    printer.note(
        f"{found.client.name} ({found.client.slug}) · closing on {long_date(context.today)}"
    )
    for need in (*found.needs, *found.wishes):
        printer.note(f"  {need.name}: {need.state or 'nothing yet'}")
    outcomes = _lines("What is there now that others can see?")
    triggers = _lines("A sign of their own that it is time to ask for help again?")
    while True:
        answer = ask.for_line("Follow-up on which day?", f"+{MONTHS}m")
        try:
            day = closing.follow_up_day(answer, context.today)
            break
        except UsageFault as fault:
            printer.note(f"  {fault}")
    printer.note(f"Follow-up on {long_date(day)}")
    if not ask.for_yes(f"Close the work with {found.client.name}?"):
        raise typer.Abort
    return found.client.slug, Given(outcomes=outcomes, triggers=triggers, follow_up=day)


def _lines(question: str) -> tuple[str, ...]:
    found: list[str] = []
    while answer := ask.for_line(f"{question} (Enter: no more)"):
        found.append(answer)
    return tuple(found)
