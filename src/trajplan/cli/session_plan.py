"""A session's plan with its page: as `prep.py` asks for it, and with a number alone before Typer.

To import Typer and to build the options of `prep` takes a fifth of a run that makes a plan. Where
there is no option to read (`prep 5`, `prep session 5 --format markdown`), neither is needed.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from trajplan.actions.client_records import client_to_change
from trajplan.actions.context import Context, load_context
from trajplan.actions.prepare import NOTHING_NEW, PlanRequest, PreparedPlan, prepare
from trajplan.cli import printer
from trajplan.errors import INTERRUPTED, TrajplanError
from trajplan.records.store import kept_open
from trajplan.system import hear_interrupts, take_any_letter

if TYPE_CHECKING:
    from trajplan.actions.surroundings import Surroundings
    from trajplan.pages.document import Document
    from trajplan.planning.plan import Plan


def session_plan(
    context: Context,
    request: PlanRequest,
    *,
    client: str,
    number: str | None,
    full: bool = False,
) -> tuple[PreparedPlan, Document | None]:
    """The plan of a session; one made anew has its page beside it, which is kept with it.

    Raises as `prepare` does.
    """
    drawn: Document | None = None

    def draw(plan: Plan) -> str:
        nonlocal drawn
        drawn = coach_page(context, plan, full=full)
        return drawn.pages_as_markdown

    prepared = prepare(context, request, client=client, number=number, draw=draw)
    printer.notes(prepared.notes)
    return prepared, drawn


def coach_page(
    context: Context, plan: Plan, *, full: bool = False, explain: bool = False
) -> Document:
    """The plan as the coach reads it."""
    from trajplan.pages.plan import coach_plan

    return coach_plan(plan, explain=explain, full=full, own_zone=context.zone)


def print_session_plan(
    number: str, *, as_markdown: bool, around: Surroundings | None
) -> int | None:
    """Print the plan of a session of the current client; return the exit code.

    None, with nothing done and nothing said, where it is not clear who is meant or what holds:
    whoever reads the whole command line says why, or asks. `around`: what an earlier run noted.
    """
    try:
        hear_interrupts()
        for stream in (sys.stdout, sys.stderr):
            take_any_letter(stream)
        try:
            context = load_context(command="prep session", say=printer.note, noted=around)
        except TrajplanError:
            return None
        with kept_open(context.practice):
            try:
                client = client_to_change(context.practice, None, context.today, context.zone)
            except TrajplanError:
                return None
            printer.notes(context.conflicts)
            prepared, drawn = session_plan(context, NOTHING_NEW, client=client, number=number)
            page = drawn or coach_page(context, prepared.plan)
            printer.show(page, "markdown" if as_markdown else None)
            printer.notes(context.purge_notes())
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        from trajplan.cli.faults import exit_code_after

        return exit_code_after(error)
    return 0
