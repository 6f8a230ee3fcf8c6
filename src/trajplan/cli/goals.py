"""`trajplan goals` and `trajplan indicators`: what a client wants, and what is counted of it."""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import replace

from trajplan.cli import ask
from trajplan.cli.command import Group, Run
from trajplan.cli.form_options import filled_by
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.options import (
    complete_goals,
    complete_indicators,
    number_argument,
    text_argument,
    text_option,
)
from trajplan.pages.document import Document
from trajplan.records.command_forms import GoalForm, IndicatorForm
from trajplan.records.model.goals import Goal, Indicator
from trajplan.text import visible

goals = Group(bare="list")
indicators = Group(bare="list")

GoalNumber = Annotated[int, number_argument(complete_goals)]
IndicatorNumber = Annotated[int, number_argument(complete_indicators)]


@goals.command("list", also=LIST_FORMATS)
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
    form: Annotated[
        GoalForm,
        filled_by(
            text=text_argument("In the client's own words", from_file=True),
            under=text_option(
                "The theme it serves, by number or words; without it, this is a theme itself",
                line=True,
            ),
            without=("status", "because"),
        ),
    ],
) -> Document:
    """Add a theme, or an objective under one. Hints never stop a goal from being saved."""
    from trajplan.actions.goals import new_goal
    from trajplan.pages.goals import goal_page

    client = run.right_client()
    missing = "a goal needs words; give them, or `-` to type them in"
    asks = not form.text and ask.is_person()
    text = visible(ask.required(form.text, "In the client's words", missing))
    form = replace(form, text=text)
    if asks:
        measure = form.measure or ask.for_line(
            "How will the client notice it (Enter: not known yet)"
        )
        matters = form.matters or ask.for_line("Why does it matter (Enter: not said)")
        form = replace(form, measure=visible(measure), matters=visible(matters))
    return goal_page(new_goal(run.context, form, client=client), run.context.today)


@goals.command("update")
def update_goal(run: Run, number: GoalNumber, form: Annotated[GoalForm, filled_by()]) -> Document:
    """Change a goal. What it was before stays in its history."""
    from trajplan.actions.goals import change_goal
    from trajplan.pages.goals import goal_page

    changed = change_goal(run.context, number, form, client=run.right_client())
    return goal_page(changed, run.context.today)


@goals.command("remove")
def remove_goal(run: Run, number: GoalNumber) -> Document:
    """Remove a goal with its history, also from the intake. `trajplan undo` brings it back."""
    return run.remove(Goal, number)


@indicators.command("list", also=LIST_FORMATS)
def list_indicators(run: Run) -> Document:
    """List indicators with bars. A missing reading is shown as missing."""
    from trajplan.pages.indicators import indicator_list

    return indicator_list(run.dossier())


@indicators.command("show", also=LIST_FORMATS)
def show_indicator(run: Run, number: IndicatorNumber) -> Document:
    """Show an indicator with every reading."""
    from trajplan.pages.indicators import indicator_page

    return indicator_page(run.detail(Indicator, number))


@indicators.command("add")
def add_indicator(
    run: Run,
    form: Annotated[IndicatorForm, filled_by(name=text_argument("What is counted"))],
) -> Document:
    """Add something that can be counted on the way to a goal."""
    from trajplan.actions.goals import new_indicator
    from trajplan.pages.indicators import indicator_page

    client = run.right_client()
    name = visible(ask.required(form.name, "What is counted", "what is counted? Name it"))
    form = replace(form, name=name)
    return indicator_page(new_indicator(run.context, form, client=client))


@indicators.command("update")
def update_indicator(
    run: Run, number: IndicatorNumber, form: Annotated[IndicatorForm, filled_by()]
) -> Document:
    """Record a reading, or change what is counted. Every reading stays in its history."""
    from trajplan.actions.goals import change_indicator
    from trajplan.pages.indicators import indicator_page

    client = run.right_client()
    return indicator_page(change_indicator(run.context, number, form, client=client))


@indicators.command("remove")
def remove_indicator(run: Run, number: IndicatorNumber) -> Document:
    """Remove an indicator with its readings. `trajplan undo` brings it back."""
    return run.remove(Indicator, number)
