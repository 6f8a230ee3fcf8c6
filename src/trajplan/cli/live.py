"""`trajplan live`: the session as it runs."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Annotated

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Run, command
from trajplan.cli.options import session_argument
from trajplan.dates import due_words, short_date
from trajplan.errors import UsageFault
from trajplan.pages.document import Document
from trajplan.text import plural

if TYPE_CHECKING:
    from trajplan.actions.live import LiveRun


@command(page=False)
def live(
    run: Run,
    number: Annotated[str | None, session_argument("today's, else the next one")] = None,
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
    from trajplan.actions.live import begin_live, kept_keys
    from trajplan.actions.live_draft import wall_clock

    client = run.right_client()
    clock = wall_clock(zone=run.context.zone)
    if source is not None:
        _replay(run, source, client, number, clock(), start_over=start_over, shared=shared)
        return None
    if not ask.is_person() or not printer.is_terminal():
        raise UsageFault("`live` needs a terminal; --replay FILE runs a session without a screen")
    kept = kept_keys(run.context, client=client, number=number) if start_over else 0
    forget = f"Forget what was kept of this session ({plural(kept, 'key')})?"
    if kept and not ask.for_yes(forget, default=False):
        raise typer.Abort
    session = begin_live(
        run.context, client=client, number=number, now=clock(), start_over=start_over
    )
    _on_its_day(session, run.context.today)
    from trajplan.live.screen import run_screen
    from trajplan.live.session import in_force

    if printer.is_plain():
        os.environ["NO_COLOR"] = "1"
    if run_screen(session, clock, shared=shared) == "leave":
        session.leave(clock())
        printer.note(_left(session))
        if session.pin_danger(in_force(session.events)):
            # What was said stays off the screen that is left.
            printer.note("words about danger are pinned; `trajplan notes` shows them")
        return None
    from trajplan.actions.wrap.draft import is_wrapped
    from trajplan.cli.wrap import edit_wrap, show_saved

    # Somebody may have wrapped it meanwhile; what was kept since is added to that.
    replace = is_wrapped(run.context, client=session.case, number=session.number)
    result = edit_wrap(run, client=session.case, number=session.number, replace=replace)
    show_saved(run, result)
    return None


def _replay(
    run: Run,
    source: str,
    client: str | None,
    number: str | None,
    now: dt.datetime,
    *,
    start_over: bool,
    shared: bool,
) -> None:
    """Press the keys in a file, and print where the session stands."""
    from trajplan.actions.live import replay, state_data

    told, state = replay(
        run.context, source, client=client, number=number, now=now, start_over=start_over
    )
    run.hints(told.danger)
    printer.show(Document(data=lambda: state_data(told, state, shared=shared)), "json")
    if told.draft is None:
        printer.note(
            "this session is kept already from when it ran, so the keys were only replayed"
        )


def _on_its_day(session: LiveRun, today: dt.date) -> None:
    """Ask about a session that begins on another day than planned. Raises Abort."""
    day = dt.date.fromisoformat(session.opening.plan.date)
    if day == today or session.events:
        return
    tense = "is" if day > today else "was"
    printer.note(
        f"session {session.number} {tense} planned for {short_date(day)}, {due_words(day, today)}; "
        f"`trajplan sessions move {session.number} today` moves it"
    )
    if not ask.for_yes("Run it now all the same?", default=False):
        raise typer.Abort


def _left(session: LiveRun) -> str:
    """What becomes of a session that was left."""
    number = session.number
    goes_on = f"`trajplan live {number}` goes on"
    if not session.events:
        return f"no key was pressed in session {number}, so nothing of it is kept; {goes_on}"
    if not session.is_kept:
        return f"nothing of session {number} was kept"
    if session.warning:
        return session.warning
    return (
        f"session {number} is kept as it stands, for its wrap; {goes_on}, `--start-over` forgets it"
    )
