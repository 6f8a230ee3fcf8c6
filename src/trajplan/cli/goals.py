"""`trajplan goals` and `trajplan indicators`: what a client wants, and what is counted of it."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import ask
from trajplan.cli.command import Group, Run
from trajplan.cli.forms import LIST_FORMS
from trajplan.cli.options import complete_goals, complete_indicators, text_argument, text_option
from trajplan.pages.document import Document
from trajplan.records.model import Goal, GoalStatus, Indicator, IndicatorKind
from trajplan.text import visible

goals = Group(bare="list")
indicators = Group(bare="list")

GoalNumber = Annotated[
    int,
    typer.Argument(metavar="ID", help="Its number in the list.", autocompletion=complete_goals),
]
IndicatorNumber = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="Its number in the list.", autocompletion=complete_indicators
    ),
]
DueOption = Annotated[str, typer.Option(metavar="DAY", help="By when.")]
MeasureOption = Annotated[str, text_option("How the client will notice it")]
AttainableOption = Annotated[
    int | None, typer.Option(min=1, max=10, help="How attainable, as the client rates it.")
]
MattersOption = Annotated[str, text_option("Why it matters, in the client's words")]
KindOption = Annotated[
    IndicatorKind | None,
    typer.Option(help="`leading` shows early, `lagging` only at the end."),
]
GoalOption = Annotated[str, text_option("The goal it belongs to, by number or words", line=True)]
UnitOption = Annotated[str, text_option("What is counted, e.g. talks", line=True)]
StartOption = Annotated[str, typer.Option(metavar="NUMBER", help="Where it begins.")]
TargetOption = Annotated[str, typer.Option(metavar="NUMBER", help="Where it should get to.")]
ReadingOption = Annotated[
    str, typer.Option("--value", metavar="NUMBER", help="What it reads now; every reading stays.")
]
ReadOnOption = Annotated[
    str, typer.Option("--date", metavar="DAY", help="Day of the reading. Default: today.")
]


@goals.command("list", also=LIST_FORMS)
def list_goals(run: Run) -> Document:
    """List goals as a tree with bars, objectives under their themes."""
    from trajplan.actions.goals import goal_views
    from trajplan.pages.goals import goal_tree

    dossier = run.dossier()
    return goal_tree(dossier, goal_views(dossier, run.context.today))


@goals.command("show")
def show_goal(run: Run, number: GoalNumber) -> Document:
    """Show a goal with its checklist and its history."""
    from trajplan.pages.goals import goal_page

    return goal_page(run.detail(Goal, number), run.context.today)


@goals.command("add")
def add_goal(
    run: Run,
    text: Annotated[str, text_argument("In the client's own words", from_file=True)] = "",
    under: Annotated[
        str,
        text_option(
            "The theme it serves, by number or words; without it, this is a theme itself", line=True
        ),
    ] = "",
    measure: MeasureOption = "",
    when: DueOption = "",
    attainable: AttainableOption = None,
    matters: MattersOption = "",
) -> Document:
    """Add a theme, or an objective under one. Hints never stop a goal from being saved."""
    from trajplan.actions.goals import GoalForm, new_goal
    from trajplan.pages.goals import goal_page

    client = run.right_client()
    missing = "a goal needs words; give them, or `-` to type them in"
    asked = not text and ask.is_person()
    text = ask.required(text, "In the client's words", missing)
    if asked:
        measure = measure or ask.for_line("How will the client notice it (Enter: not known yet)")
        matters = matters or ask.for_line("Why does it matter (Enter: not said)")
    goal = GoalForm(
        text=visible(text),
        under=under,
        measure=visible(measure),
        when=when,
        attainable=attainable,
        matters=visible(matters),
    )
    return goal_page(new_goal(run.context, goal, client=client), run.context.today)


@goals.command("update")
def update_goal(
    run: Run,
    number: GoalNumber,
    text: Annotated[str, text_option("New words")] = "",
    under: Annotated[
        str, text_option("Another theme; `none` makes it a theme itself", line=True)
    ] = "",
    measure: MeasureOption = "",
    when: DueOption = "",
    attainable: AttainableOption = None,
    matters: MattersOption = "",
    status: Annotated[GoalStatus | None, typer.Option(help="Where it stands.")] = None,
    because: Annotated[str, text_option("Why it changes; saved in its history")] = "",
) -> Document:
    """Change a goal. What it was before stays in its history."""
    from trajplan.actions.goals import GoalForm, change_goal
    from trajplan.pages.goals import goal_page

    goal = GoalForm(
        text=text,
        under=under,
        measure=measure,
        when=when,
        attainable=attainable,
        matters=matters,
        status=status,
        because=because,
    )
    changed = change_goal(run.context, number, goal, client=run.right_client())
    return goal_page(changed, run.context.today)


@goals.command("remove")
def remove_goal(run: Run, number: GoalNumber) -> Document:
    """Remove a goal with its history, also from the intake. `trajplan undo` brings it back."""
    from trajplan.actions.remove import remove
    from trajplan.pages.remove import removed_page
    from trajplan.records.model import Goal

    return removed_page(remove(run.context, Goal, number, client=run.right_client()))


@indicators.command("list", also=LIST_FORMS)
def list_indicators(run: Run) -> Document:
    """List indicators with bars. A missing reading is shown as missing."""
    from trajplan.pages.indicators import indicator_list

    return indicator_list(run.dossier())


@indicators.command("show")
def show_indicator(run: Run, number: IndicatorNumber) -> Document:
    """Show an indicator with every reading."""
    from trajplan.pages.indicators import indicator_page

    return indicator_page(run.detail(Indicator, number))


@indicators.command("add")
def add_indicator(
    run: Run,
    name: Annotated[str, text_argument("What is counted")] = "",
    kind: KindOption = None,
    goal: GoalOption = "",
    unit: UnitOption = "",
    start: StartOption = "",
    target: TargetOption = "",
    when: DueOption = "",
    value: ReadingOption = "",
    date: ReadOnOption = "",
) -> Document:
    """Add something that can be counted on the way to a goal."""
    from trajplan.actions.indicators import IndicatorForm, new_indicator
    from trajplan.pages.indicators import indicator_page

    client = run.right_client()
    indicator = IndicatorForm(
        name=visible(ask.required(name, "What is counted", "what is counted? Name it")),
        kind=kind,
        goal=goal,
        unit=unit,
        start=start,
        target=target,
        when=when,
        value=value,
        date=date,
    )
    return indicator_page(new_indicator(run.context, indicator, client=client))


@indicators.command("update")
def update_indicator(
    run: Run,
    number: IndicatorNumber,
    value: ReadingOption = "",
    date: ReadOnOption = "",
    name: Annotated[str, text_option("Another name")] = "",
    kind: KindOption = None,
    goal: GoalOption = "",
    unit: UnitOption = "",
    start: StartOption = "",
    target: TargetOption = "",
    when: DueOption = "",
) -> Document:
    """Record a reading, or change what is counted. Every reading stays in its history."""
    from trajplan.actions.indicators import IndicatorForm, change_indicator
    from trajplan.pages.indicators import indicator_page

    indicator = IndicatorForm(
        name=name,
        kind=kind,
        goal=goal,
        unit=unit,
        start=start,
        target=target,
        when=when,
        value=value,
        date=date,
    )
    return indicator_page(
        change_indicator(run.context, number, indicator, client=run.right_client())
    )


@indicators.command("remove")
def remove_indicator(run: Run, number: IndicatorNumber) -> Document:
    """Remove an indicator with its readings. `trajplan undo` brings it back."""
    from trajplan.actions.remove import remove
    from trajplan.pages.remove import removed_page
    from trajplan.records.model import Indicator

    return removed_page(remove(run.context, Indicator, number, client=run.right_client()))
