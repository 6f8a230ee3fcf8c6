"""`trajplan wrap session`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import ask, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption, SessionArgument
from trajplan.documents.sheet import sheet
from trajplan.errors import UsageFault
from trajplan.practice.forms import Wrap, WrapCommitment
from trajplan.usecases.desk import Desk, set_up
from trajplan.usecases.sheets import blank_sheet, is_wrapped, wrapped_sheet
from trajplan.usecases.wrap_session import Handed, read_wrap
from trajplan.usecases.wrap_session import wrap_session as keep


def wrap_session(
    number: SessionArgument = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="A wrap in YAML; `-` for standard input."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of an earlier wrap.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Take commitment dates outside the two sessions.")
    ] = False,
    blank: Annotated[
        bool, typer.Option("--blank", help="Only print an empty sheet for handwriting.")
    ] = False,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Keep what a session left behind and print its sheet; without --from, print it again."""
    desk = set_up()
    if blank:
        printer.show(sheet(blank_sheet(desk, client=client, number=number)), form, output)
        return
    if source is None and number is None and not ask.is_person():
        raise UsageFault("which session? Name it, or give its wrap with --from FILE")
    if source is None and not _to_be_asked(desk, client, number, replace):
        printer.show(sheet(wrapped_sheet(desk, client=client, number=number)), form, output)
        return
    handed = Handed(_asked()) if source is None else read_wrap(source)
    kept = ask.right_client(
        client,
        lambda whose: keep(
            desk,
            client=whose,
            number=number,
            handed=handed,
            again=replace,
            force=force,
        ),
    )
    printer.notes(f"hint: {one}" for one in kept.hints)
    printer.show(sheet(kept.sheet), form, output)


def _to_be_asked(desk: Desk, client: str | None, number: str | None, replace: bool) -> bool:
    """Whether a person should be asked: the session has no wrap yet, or is to get a new one."""
    if not ask.is_person():
        return False
    return replace or not is_wrapped(desk, client=client, number=number)


def _asked() -> Wrap:
    """Ask for the least a wrap needs, and show it before it is kept."""
    focus = ask.for_line("Focus of the session, in one line")
    commitments: list[WrapCommitment] = []
    while len(commitments) < 3:
        what = ask.for_line(f"Commitment {len(commitments) + 1}: what? (Enter: no more)")
        if not what:
            break
        commitments.append(
            WrapCommitment(
                what=what,
                when=ask.for_line("  by when? (a day, or +7d)", "+7d"),
                how_will_i_know=ask.for_line("  how will the client know?"),
                obstacle=ask.for_line("  what may get in the way?"),
                if_then=ask.for_line("  if so, then …?"),
            )
        )
    inquiry = ask.for_line("The question that travels home (Enter: the planned one)")
    for one in commitments:
        printer.note(f"  {one.what} | {one.when} | {one.how_will_i_know}")
    if not ask.for_yes("Keep this?"):
        raise typer.Abort
    return Wrap(
        kind="wrap", focus=focus, commitments=tuple(commitments) or "none chosen", inquiry=inquiry
    )
