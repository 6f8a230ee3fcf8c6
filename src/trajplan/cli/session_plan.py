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
from trajplan.actions.surroundings import Surroundings, look
from trajplan.cli import printer
from trajplan.errors import INTERRUPTED, TrajplanError
from trajplan.records import plan_pages
from trajplan.records.store import kept_open
from trajplan.system import hear_interrupts, take_any_letter

if TYPE_CHECKING:
    from trajplan.pages.document import Document
    from trajplan.planning.plan import Plan
    from trajplan.records.model import Session
    from trajplan.records.store import Store


def session_plan(
    context: Context,
    request: PlanRequest,
    *,
    client: str,
    number: str | None,
    full: bool = False,
) -> tuple[PreparedPlan, Document | None]:
    """The plan of a session, and its page where it was made anew: then the page is kept with it.

    Raises as `prepare` does.
    """
    made: list[Document] = []

    def keep_page(records: Store, session: Session, plan: Plan) -> None:
        made.append(coach_page(context, plan, full=full))
        page = made[-1].pages_as_markdown
        plan_pages.keep_page(records, session.id, context.around.made_by, page)

    prepared = prepare(context, request, client=client, number=number, on_saved=keep_page)
    printer.notes(prepared.notes)
    return prepared, made[-1] if made else None


def coach_page(context: Context, plan: Plan, *, full: bool = False) -> Document:
    """The plan as the coach reads it."""
    from trajplan.pages.plan import coach_plan

    return coach_plan(plan, full=full, own_zone=context.zone)


def print_session_plan(
    number: str, *, as_markdown: bool, around: Surroundings | None
) -> int | None:
    """Print the plan of a session of the current client; return the exit code.

    None, with nothing done and nothing said, where it is not clear who is meant or what holds:
    whoever reads the whole command line says why, or asks. `around`: what was `noted` before.
    """
    try:
        hear_interrupts()
        for stream in (sys.stdout, sys.stderr):
            take_any_letter(stream)
        try:
            context = load_context(command="prep session", say=printer.note)
        except TrajplanError:
            return None
        with kept_open(context.practice):
            try:
                client = client_to_change(context.practice, None, context.today, context.zone)
            except TrajplanError:
                return None
            context.__dict__["around"] = look(context, around)
            printer.notes(context.conflicts)
            printer.notes(context.purge_notes())
            prepared, page = session_plan(context, NOTHING_NEW, client=client, number=number)
        page = page or coach_page(context, prepared.plan)
        printer.show(page, "markdown" if as_markdown else None)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        from trajplan.cli.faults import exit_code_after

        return exit_code_after(error)
    return 0
