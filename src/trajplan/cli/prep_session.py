"""`trajplan prep session`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from trajplan.actions.context import load_context
from trajplan.actions.forms import free_text
from trajplan.actions.prepare import Prepared, beside_silence, prepare
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption, SessionArgument
from trajplan.dates import parse_clock
from trajplan.errors import UsageFault
from trajplan.pages.agenda import agenda, client_view
from trajplan.pages.document import Document
from trajplan.pages.glance import glance as glance_page
from trajplan.pages.plan import coach_plan
from trajplan.text import one_line

QuestionIds = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="ID", help="Ask this.", autocompletion=complete.questions),
]
UnwantedIds = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="ID", help="Leave this out.", autocompletion=complete.questions
    ),
]


def prep_session(
    number: SessionArgument = None,
    start: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it begins, e.g. 14:00.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option(min=15, max=480, help="How long it is, if not as usual.")
    ] = None,
    energy: Annotated[
        Literal["low", "normal", "high"] | None, typer.Option(help="How the client arrives.")
    ] = None,
    late: Annotated[
        int | None,
        typer.Option(min=0, max=480, metavar="MIN", help="Begin so late, end as booked."),
    ] = None,
    decision: Annotated[
        bool | None,
        typer.Option(
            "--decision/--no-decision",
            help="A decision is on the table: explore for 30 minutes before options.",
            show_default=False,
        ),
    ] = None,
    override: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Go below those 30 minutes; the reason is printed."),
    ] = None,
    include: QuestionIds = None,
    exclude: UnwantedIds = None,
    blueprint: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Follow this one.", autocompletion=complete.blueprints),
    ] = None,
    method: Annotated[
        Literal["directive", "exploratory", "integrative"] | None,
        typer.Option(help="Work this way in this session."),
    ] = None,
    onward: Annotated[
        bool, typer.Option("--onward", help="With --method: from this session on, in all.")
    ] = False,
    reason: Annotated[
        str, typer.Option(help="Why the method changes; `-` reads it from standard input.")
    ] = "",
    glance: Annotated[
        bool, typer.Option("--glance", help="Twenty lines: what to have in mind.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Say why this blueprint and each question, beside the plan without the records.",
        ),
    ] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Forget earlier options.")] = False,
    whom: Annotated[
        Literal["coach", "client"], typer.Option("--for", help="Whose page to print.")
    ] = "coach",
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Make the plan of a session, or print the one that is kept."""
    wishes: dict[str, Any] = {
        "start": parse_clock(start) if start is not None else None,
        "minutes": minutes,
        "energy": energy,
        "late": late,
        "decision": decision,
        "override": _reason(override),
        "include": include,
        "exclude": exclude,
        "blueprint": blueprint,
        "method": method,
    }
    given = {name: value for name, value in wishes.items() if value is not None and value != []}
    if onward and not method:
        raise UsageFault("--onward says how far --method reaches; give --method too")
    if reason and not (method or blueprint or reset):
        raise UsageFault("--reason says why the method changes; give --method too")
    why = one_line(free_text("-") if reason == "-" else reason)
    prepared = ask.right_client(
        client,
        lambda whose: prepare(
            load_context(),
            client=whose,
            number=number,
            wishes=given,
            reset=reset,
            onward=onward,
            reason=why,
        ),
    )
    printer.notes(prepared.notes)
    printer.show(_page(prepared, whom, glance, explain), form, output)


def _page(prepared: Prepared, whom: str, glance: bool, explain: bool) -> Document:
    """Pick the page; none of this changes the plan."""
    plan = prepared.plan
    if whom == "client":
        if glance or explain:
            raise UsageFault("--glance and --explain belong to the coach's page")
        return agenda(client_view(plan))
    if glance:
        return glance_page(plan)
    if not explain:
        return coach_plan(plan)
    compared = beside_silence(load_context(), prepared)
    if compared is None:
        printer.note("the plan was frozen when the session was held: nothing stands beside it")
    return coach_plan(plan, explain=True, comparison=compared)


def _reason(text: str | None) -> str | None:
    if text is not None and not text.strip():
        raise UsageFault("--override needs a reason; it is kept and printed")
    return None if text is None else one_line(text)
