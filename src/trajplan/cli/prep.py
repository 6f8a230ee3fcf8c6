"""`trajplan prep`: the plan of a session, what to read before it; `trajplan pack`: all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from msgspec.structs import replace

from trajplan.cli import printer
from trajplan.cli.command import Group, Run, command
from trajplan.cli.form_options import filled_by
from trajplan.cli.options import (
    SessionArgument,
    complete_blueprints,
    complete_questions,
    text_option,
)
from trajplan.dates import parse_clock
from trajplan.errors import UsageFault
from trajplan.pages.document import Document
from trajplan.records.command_forms import PlanWishes, what_is_said

if TYPE_CHECKING:
    from trajplan.planning.plan import Plan

prep = Group(bare="session", numbered=True)


def _question_option(name: str, about: str) -> Any:
    return typer.Option(name, metavar="ID", help=about, autocompletion=complete_questions)


@prep.command("brief")
def prep_brief(run: Run) -> Document:
    """Read up on a client in two pages. It matters most before the first session."""
    from trajplan.actions.brief import prep_brief as brief_of
    from trajplan.pages.brief import brief_page

    brief = brief_of(run.context, client=run.client)
    printer.notes(run.context.left_out)
    return brief_page(brief)


@prep.command("session")
def prep_session(
    run: Run,
    number: SessionArgument = None,
    *,
    wishes: Annotated[
        PlanWishes,
        filled_by(
            include=_question_option("--with", "Ask this question."),
            exclude=_question_option("--without", "Leave this question out."),
            blueprint=typer.Option(
                metavar="ID", help="Follow this blueprint.", autocompletion=complete_blueprints
            ),
        ),
    ],
    onward: Annotated[
        bool, typer.Option("--onward", help="With --method: in this session and all later ones.")
    ] = False,
    reason: Annotated[str, text_option("Why the method changes", line=True)] = "",
    glance: Annotated[
        bool, typer.Option("--glance", help="Twenty lines to have in mind as the client comes in.")
    ] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="The whole plan on a terminal, too; a file or pipe always has it."
        ),
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Say why this blueprint and each question.",
        ),
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Drop the options given earlier for this session.")
    ] = False,
    whom: Annotated[
        Literal["coach", "client"], typer.Option("--for", help="Whose page to print.")
    ] = "coach",
) -> Document:
    """Plan a session minute by minute, or print its plan again if nothing has changed."""
    from trajplan.actions.prepare import PlanRequest
    from trajplan.cli.session_plan import coach_page, session_plan

    _check_page(whom, glance, explain, full)
    if onward and not wishes.method:
        raise UsageFault("--onward says how far --method reaches; give --method too")
    if reason and not (wishes.method or wishes.blueprint or reset):
        raise UsageFault("--reason says why the method changes; give --method too")
    if wishes.start is not None:
        wishes = replace(wishes, start=parse_clock(wishes.start))
    if wishes.override is not None and not wishes.override.strip():
        raise UsageFault("--override needs a reason; it is saved and printed")
    request = PlanRequest(wishes=what_is_said(wishes), reset=reset, onward=onward, reason=reason)

    client = run.right_client()
    prepared, drawn = session_plan(run.context, request, client=client, number=number, full=full)
    plan = prepared.plan
    if whom == "client":
        return _agenda(run, plan)
    if glance:
        from trajplan.pages.glance import glance as glance_page

        return glance_page(plan, run.context.zone)
    if explain or not drawn:
        return coach_page(run.context, plan, full=full, explain=explain)
    return drawn


@prep.command("card")
def prep_card(run: Run, number: SessionArgument = None) -> Document:
    """Print the rating card, on which the client marks where they stand."""
    from trajplan.actions.rating_card import rating_card
    from trajplan.pages.rating_card import rating_card as card_page

    return card_page(rating_card(run.context, client=run.client, number=number), run.words())


def _agenda(run: Run, plan: Plan) -> Document:
    from trajplan.pages.agenda import agenda, client_view

    words = run.words()
    return agenda(client_view(plan, words), words)


def _check_page(whom: str, glance: bool, explain: bool, full: bool) -> None:
    """Refuse pages that do not go together before a plan is made."""
    if whom == "client" and (glance or explain or full):
        raise UsageFault("--glance, --explain and --full belong to the coach's page")
    if glance and (explain or full):
        raise UsageFault("--glance is the shortest page; leave it out for --explain or --full")


@command()
def pack(
    run: Run,
    number: SessionArgument = None,
    whom: Annotated[
        Literal["coach", "client"],
        typer.Option("--for", help="Whose pack: the client's goes without the plan."),
    ] = "coach",
) -> Document:
    """Print all the pages of a session together.

    Plan, agenda, a blank sheet, the rating card and the worksheets that go home, each on a sheet of
    its own: `trajplan pack -o FILE.pdf`.
    """
    from trajplan.actions.pack import pack as gather
    from trajplan.pages.pack import pack_document

    gathered = gather(run.context, client=run.right_client(), number=number)
    printer.notes(gathered.notes)
    return pack_document(gathered, whom, run.words(), own_zone=run.context.zone)
