"""`trajplan indicators`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.context import load_context
from trajplan.actions.indicators import (
    IndicatorWishes,
    all_indicators,
    change_indicator,
    new_indicator,
    one_indicator,
)
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.indicators import indicator_list, indicator_page
from trajplan.text import visible

IdArgument = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="Its number in the list.", autocompletion=complete.indicators
    ),
]
KindOption = Annotated[
    Literal["leading", "lagging"] | None,
    typer.Option(help="`leading` shows early, `lagging` at the end."),
]
GoalOption = Annotated[
    str,
    typer.Option(metavar="GOAL", help="The goal it belongs to, by number or words."),
]
UnitOption = Annotated[str, typer.Option(help="What is counted, e.g. talks.")]
StartOption = Annotated[str, typer.Option(metavar="NUMBER", help="Where it begins.")]
TargetOption = Annotated[str, typer.Option(metavar="NUMBER", help="Where it should get to.")]
WhenOption = Annotated[str, typer.Option(metavar="DAY", help="By when.")]
ValueOption = Annotated[str, typer.Option(metavar="NUMBER", help="What it reads now; kept.")]
DateOption = Annotated[str, typer.Option(metavar="DAY", help="Day of the reading; today if not.")]


def list_indicators(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print every indicator with a bar; a missing reading is shown as missing."""
    printer.show(indicator_list(all_indicators(load_context(), client=client)), form, output)


def show_indicator(
    number: IdArgument,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print one indicator with every reading."""
    printer.show(indicator_page(one_indicator(load_context(), number, client=client)), form, output)


def add_indicator(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="What is counted.")] = "",
    kind: KindOption = None,
    goal: GoalOption = "",
    unit: UnitOption = "",
    start: StartOption = "",
    target: TargetOption = "",
    when: WhenOption = "",
    value: ValueOption = "",
    date: DateOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Keep something that can be counted on the way to a goal."""
    wanted = IndicatorWishes(
        name=visible(ask.required(name, "What is counted", "what is counted? Name it")),
        kind=kind,
        goal=goal,
        unit=visible(unit),
        start=start,
        target=target,
        when=when,
        value=value,
        date=date,
    )
    made = ask.right_client(
        client, lambda whose: new_indicator(load_context(), wanted, client=whose)
    )
    printer.show(indicator_page(made), form)


def update_indicator(
    number: IdArgument,
    value: ValueOption = "",
    date: DateOption = "",
    name: Annotated[str, typer.Option(help="Another name.")] = "",
    kind: KindOption = None,
    goal: GoalOption = "",
    unit: UnitOption = "",
    start: StartOption = "",
    target: TargetOption = "",
    when: WhenOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Keep a reading, or change what is counted; every reading is kept."""
    wanted = IndicatorWishes(
        name=visible(name),
        kind=kind,
        goal=goal,
        unit=visible(unit),
        start=start,
        target=target,
        when=when,
        value=value,
        date=date,
    )
    changed = ask.right_client(
        client, lambda whose: change_indicator(load_context(), number, wanted, client=whose)
    )
    printer.show(indicator_page(changed), form)
