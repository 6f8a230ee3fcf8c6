"""`trajplan goals`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.context import load_context
from trajplan.actions.forms import free_text
from trajplan.actions.goals import GoalWishes, all_goals, change_goal, new_goal, one_goal
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.goal_page import goal_page
from trajplan.pages.goals import goal_tree
from trajplan.text import visible

IdArgument = Annotated[
    int,
    typer.Argument(metavar="ID", help="Its number in the list.", autocompletion=complete.goals),
]
MeasureOption = Annotated[str, typer.Option(help="By what it will be noticed.")]
WhenOption = Annotated[str, typer.Option(metavar="DAY", help="By when.")]
AttainableOption = Annotated[
    int | None, typer.Option(min=1, max=10, help="How attainable, as the client rates it.")
]
MattersOption = Annotated[str, typer.Option(help="What it matters for, in the client's words.")]


def list_goals(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print every goal as a tree, with bars and what is worth a second look."""
    printer.show(goal_tree(all_goals(load_context(), client=client)), form, output)


def show_goal(
    number: IdArgument,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print one goal with its checklist and its history."""
    printer.show(goal_page(one_goal(load_context(), number, client=client)), form, output)


def add_goal(
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="In the client's own words.")] = "",
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Read the words; `-` for standard input."),
    ] = None,
    under: Annotated[
        str,
        typer.Option(
            metavar="THEME",
            help="The theme it serves, by number or words; without it: a theme itself.",
        ),
    ] = "",
    measure: MeasureOption = "",
    when: WhenOption = "",
    attainable: AttainableOption = None,
    matters: MattersOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Keep a theme, or with --under an objective; hints keep nothing from being saved."""
    words = free_text(source) if source else text
    missing = "a goal needs words; give them, or --from - to type them in"
    wanted = GoalWishes(
        text=visible(ask.required(words, "In the client's words", missing)),
        under=under,
        measure=visible(measure),
        when=when,
        attainable=attainable,
        matters=visible(matters),
    )
    made = ask.right_client(client, lambda whose: new_goal(load_context(), wanted, client=whose))
    printer.show(goal_page(made), form)


def update_goal(
    number: IdArgument,
    text: Annotated[str, typer.Option(help="Other words; `-` reads them.")] = "",
    under: Annotated[
        str,
        typer.Option(metavar="THEME", help="Another theme; `none` makes a theme of it."),
    ] = "",
    measure: MeasureOption = "",
    when: WhenOption = "",
    attainable: AttainableOption = None,
    matters: MattersOption = "",
    status: Annotated[
        Literal["open", "reached", "let_go"] | None, typer.Option(help="Where it stands.")
    ] = None,
    because: Annotated[str, typer.Option(help="Why it changes; kept in its history.")] = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Change a goal; what it was stays in its history."""
    wanted = GoalWishes(
        text=visible(free_text("-") if text == "-" else text),
        under=under,
        measure=visible(measure),
        when=when,
        attainable=attainable,
        matters=visible(matters),
        status=status,
        because=visible(because),
    )
    changed = ask.right_client(
        client, lambda whose: change_goal(load_context(), number, wanted, client=whose)
    )
    printer.show(goal_page(changed), form)
