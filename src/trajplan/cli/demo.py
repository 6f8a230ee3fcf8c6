"""`trajplan demo`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.demo import demo_plan
from trajplan.cli import printer
from trajplan.cli.options import FormatOption, OutputOption
from trajplan.pages.agenda import agenda, client_view
from trajplan.pages.plan import coach_plan


def demo(
    whom: Annotated[
        Literal["coach", "client"], typer.Option("--for", help="Whose page to print.")
    ] = "coach",
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each question was chosen.")
    ] = False,
    keep: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Keep the fictional practice here, to play with."),
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Make a fictional practice in a throw-away place and plan its fourth session."""
    plan = demo_plan(keep)
    printer.note(
        f"a fictional practice, kept in {keep}: add --practice {keep} to any command"
        if keep
        else "a fictional practice, made for this and thrown away again"
    )
    page = agenda(client_view(plan)) if whom == "client" else coach_plan(plan, explain=explain)
    printer.show(page, form, output)
