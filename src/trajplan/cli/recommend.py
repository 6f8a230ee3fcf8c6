"""`trajplan recommend`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.context import load_context
from trajplan.actions.recommend import recommend_method
from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.recommendation import recommendation
from trajplan.planning.recommend import MethodCriteria


def recommend(
    need: Annotated[
        Literal["job_search", "skill_building", "values", "early_ideas", "transition", "leadership"]
        | None,
        typer.Option(help="What if this were the need?"),
    ] = None,
    goal_clarity: Annotated[
        int | None,
        typer.Option(min=1, max=10, help="What if the goal were so clear?", show_default=False),
    ] = None,
    paths: Annotated[
        int | None,
        typer.Option(min=0, max=99, help="What if there were so many different directions?"),
    ] = None,
    change: Annotated[
        Literal["incremental", "directional"] | None,
        typer.Option(help="What if the change were of this kind?"),
    ] = None,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Recommend a method and a journey, and name the rule; without a client, from options alone."""
    asked = MethodCriteria(
        need=need or "", goal_clarity=goal_clarity, paths=paths, change=change or ""
    )
    printer.show(
        recommendation(recommend_method(load_context(), client=client, asked=asked)), form, output
    )
