"""`trajplan wrap`: what a session leaves behind, from a file or from a person who is asked."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import ask
from trajplan.cli.command import Group, Run
from trajplan.cli.options import SessionArgument
from trajplan.errors import UsageFault
from trajplan.pages.document import Document

wrap = Group()


@wrap.command("session")
def wrap_session(
    run: Run,
    number: SessionArgument = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="A wrap in YAML; `-` for standard input."),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace an earlier wrap.")] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Accept commitments due outside the two sessions."),
    ] = False,
    blank: Annotated[
        bool, typer.Option("--blank", help="Only print an empty sheet to fill in by hand.")
    ] = False,
) -> Document:
    """Wrap up a session and print its action-commitment sheet, or print the sheet again."""
    from trajplan.actions.sheet import blank_sheet, wrapped_sheet
    from trajplan.actions.wrap_check import WrapInput
    from trajplan.actions.wrap_session import read_wrap
    from trajplan.actions.wrap_session import wrap_session as save_wrap
    from trajplan.pages.sheet import sheet

    if blank:
        return sheet(blank_sheet(run.context, client=run.client, number=number))
    if source is None and number is None and not ask.is_person():
        raise UsageFault("which session? Name it, or give its wrap with --from FILE")
    if source is None and not (ask.is_person() and _to_be_wrapped(run, number, replace)):
        return sheet(wrapped_sheet(run.context, client=run.client, number=number))
    if source is None:
        from trajplan.cli.wrap_dialog import ask_wrap

        client = run.right_client()
        answers = WrapInput(ask_wrap(run.context, client=client, number=number))
    else:
        answers = read_wrap(source)
        client = run.right_client()
    wrapped = save_wrap(
        run.context, answers, client=client, number=number, again=replace, force=force
    )
    run.hints(wrapped.hints)
    return sheet(wrapped.sheet)


def _to_be_wrapped(run: Run, number: str | None, replace: bool) -> bool:
    """Whether the session has no wrap yet, or is to get a new one."""
    from trajplan.actions.sheet import is_wrapped

    return replace or not is_wrapped(run.context, client=run.client, number=number)
