"""`trajplan live`: the session as it runs."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Run, command
from trajplan.cli.options import complete_sessions
from trajplan.errors import UsageFault
from trajplan.pages.document import Document
from trajplan.text import plural


@command(page=False)
def live(
    run: Run,
    number: Annotated[
        str | None,
        typer.Argument(
            metavar="[N]",
            help="The session's number. Without it: today's, else the next one.",
            autocompletion=complete_sessions,
            show_default=False,
        ),
    ] = None,
    shared: Annotated[
        bool,
        typer.Option(
            "--shared",
            help="The client sees the screen: no beliefs, no notes, nothing to listen for.",
        ),
    ] = False,
    start_over: Annotated[
        bool, typer.Option("--start-over", help="Forget what was saved of this session so far.")
    ] = False,
    source: Annotated[
        str | None,
        typer.Option(
            "--replay",
            metavar="FILE",
            help="Without a screen: press the keys in a file (JSON lines with `at`, `key`, `text`)"
            " and print where the session stands, as JSON; `-` for standard input.",
        ),
    ] = None,
) -> Document | None:
    """Run a session: clock, script, and a key for what comes up.

    It shows only the clock until you press a key. Everything is saved as you press it, and `live`
    again carries on.
    """
    from trajplan.actions.live import begin_live, kept_keys, replay, state_data
    from trajplan.actions.live_draft import wall_clock

    client = run.right_client()
    clock = wall_clock(zone=run.context.zone)
    if source is not None:
        told, state = replay(
            run.context,
            source,
            client=client,
            number=number,
            now=clock(),
            start_over=start_over,
        )
        printer.show(Document(data=lambda: state_data(told, state, shared=shared)), "json")
        if told.draft is None:
            printer.note(
                "this session is kept already from when it ran, so the keys were only replayed"
            )
        return None
    if not ask.is_person() or not printer.is_terminal():
        raise UsageFault("`live` needs a terminal; --replay FILE runs a session without a screen")
    kept = kept_keys(run.context, client=client, number=number) if start_over else 0
    if kept and not ask.for_yes(f"Forget {plural(kept, 'key')} kept of this session?"):
        raise typer.Abort
    session = begin_live(
        run.context, client=client, number=number, now=clock(), start_over=start_over
    )
    from trajplan.live.screen import run_screen

    if printer.is_plain():
        os.environ["NO_COLOR"] = "1"
    if run_screen(session, clock, shared=shared) == "leave":
        number = str(session.opening.plan.session)
        printer.note(f"session {number} is kept as it stands; `trajplan live {number}` goes on")
        return None
    from trajplan.cli.wrap import edit_wrap
    from trajplan.pages.sheet import sheet

    number = str(session.opening.plan.session)
    result = edit_wrap(run, client=session.case, number=number)
    run.hints(result.hints)
    return sheet(result.sheet)
