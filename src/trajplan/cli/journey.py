"""`trajplan journey`: the arc, and what the coach says about a phase's milestone."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.context import load_context
from trajplan.actions.forms import free_text
from trajplan.actions.journey import confirm_phase, criteria_of, journey_view
from trajplan.cli import ask, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.errors import UsageFault
from trajplan.pages.journey import JourneyView, journey_page
from trajplan.pages.phase_exit import confirmed
from trajplan.text import one_line


def show_journey(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print the arc with dates, where it stands, milestones, stages and what holds it up."""
    printer.show(journey_page(journey_view(load_context(), client=client)), form, output)


def confirm(
    phase: Annotated[str, typer.Argument(metavar="PHASE", help="Which phase, e.g. foundation.")],
    met: Annotated[
        str,
        typer.Option(
            "--met", metavar="1,3", help="Criteria that are met, by number; or `all`, `none`."
        ),
    ] = "",
    reason: Annotated[
        str,
        typer.Option(help="Why to go on with criteria unmet; `-` reads it from standard input."),
    ] = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Keep which criteria of a phase's milestone are met, or why to go on without."""
    if not met and not ask.is_person():
        raise UsageFault("which criteria are met? Give --met 1,3, --met all or --met none")
    why = one_line(free_text("-") if reason == "-" else reason)

    def keep(whose: str | None) -> JourneyView:
        # Which criteria there are is known only once it is clear whose journey this is.
        context = load_context()
        ticked, because = met, why
        if not ticked:
            ticked = _asked(criteria_of(context, phase, client=whose))
            if ticked != "all" and not because:
                because = ask.for_line("Go on all the same? If so, why (Enter leaves it open)")
        return confirm_phase(context, phase, client=whose, met=ticked, reason=one_line(because))

    printer.show(confirmed(ask.right_client(client, keep), phase), form)


def _asked(criteria: tuple[str, ...]) -> str:
    ticked = [
        str(at)
        for at, text in enumerate(criteria, 1)
        if ask.for_choice(text, ("no", "yes")) == "yes"
    ]
    if len(ticked) == len(criteria):
        return "all"
    return ",".join(ticked) or "none"
