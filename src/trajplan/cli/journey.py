"""The way ahead: `trajplan journey`, its arc and milestones, and `trajplan recommend`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import ask
from trajplan.cli.command import Group, Run, command
from trajplan.cli.options import text_option
from trajplan.errors import UsageFault
from trajplan.pages.document import Document
from trajplan.text import one_line
from trajplan.vocabulary import Change, Need

journey = Group(bare="show")


@journey.command("show", also=("ics",))
def show_journey(run: Run) -> Document:
    """Show where the journey stands: dates, milestones, stages, and what holds it up."""
    from trajplan.actions.journey import journey_view
    from trajplan.pages.journey import journey_page

    return journey_page(journey_view(run.context, client=run.client))


@journey.command("confirm")
def confirm(
    run: Run,
    phase: Annotated[str, typer.Argument(metavar="PHASE", help="Which phase, e.g. foundation.")],
    met: Annotated[
        str,
        typer.Option(
            "--met", metavar="1,3", help="Criteria that are met, by number; or `all`, `none`."
        ),
    ] = "",
    reason: Annotated[
        str,
        text_option("Why the journey goes on although some are not met", line=True),
    ] = "",
) -> Document:
    """Record which criteria of a phase are met, or why the journey goes on without them."""
    from trajplan.actions.journey import confirm_phase, criteria_of
    from trajplan.pages.journey import milestone_page

    if not met and not ask.is_person():
        raise UsageFault("which criteria are met? Give --met 1,3, --met all or --met none")
    client = run.right_client()
    if not met:
        met = _ask_which(criteria_of(run.context, phase, client=client))
        if met != "all" and not reason:
            reason = ask.for_line("Go on all the same? If so, why (Enter leaves it open)")
    view = confirm_phase(run.context, phase, client=client, met=met, reason=one_line(reason))
    return milestone_page(view, phase)


def _ask_which(criteria: tuple[str, ...]) -> str:
    met = [
        str(number)
        for number, criterion in enumerate(criteria, 1)
        if ask.for_choice(criterion, ("no", "yes")) == "yes"
    ]
    if len(met) == len(criteria):
        return "all"
    return ",".join(met) or "none"


@command()
def recommend(
    run: Run,
    need: Annotated[Need | None, typer.Option(help="What if this were the need?")] = None,
    goal_clarity: Annotated[
        int | None,
        typer.Option(min=1, max=10, help="What if the goal were this clear?", show_default=False),
    ] = None,
    paths: Annotated[
        int | None,
        typer.Option(min=0, max=99, help="What if there were this many directions?"),
    ] = None,
    change: Annotated[
        Change | None, typer.Option(help="What if it were this kind of change?")
    ] = None,
) -> Document:
    """Say which method suits, and by which rule. Without a client, it goes by the options alone."""
    from trajplan.actions.recommend import recommend_method
    from trajplan.pages.recommendation import recommendation_page
    from trajplan.planning.recommend import MethodCriteria

    asked = MethodCriteria(
        need=need or "", goal_clarity=goal_clarity, paths=paths, change=change or ""
    )
    return recommendation_page(recommend_method(run.context, client=run.client, asked=asked))
