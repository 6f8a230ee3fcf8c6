"""`trajplan wrap`: what a session leaves behind, from a file or from a person who is asked.

A person is asked for the least a wrap needs, each answer checked where it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Group, Run
from trajplan.cli.commitments import ask_commitments, commitment_line
from trajplan.cli.options import SessionArgument, file_option
from trajplan.errors import UsageFault
from trajplan.pages.document import Document
from trajplan.text import in_quotes

if TYPE_CHECKING:
    from trajplan.actions.context import Context
    from trajplan.actions.scaled import Scale
    from trajplan.planning.plan import FirstWords
    from trajplan.records.forms import Wrap, WrapEcho

wrap = Group(bare="session", numbered=True)


@wrap.command("session")
def wrap_session(
    run: Run,
    number: SessionArgument = None,
    source: Annotated[str | None, file_option("A wrap in YAML")] = None,
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


def ask_wrap(context: Context, *, client: str, number: str | None) -> Wrap:
    """Ask for a wrap and show it before it is saved. Raises Abort when it is not to be."""
    from trajplan.actions.goals import open_goals
    from trajplan.actions.scaled import planned_scales
    from trajplan.actions.sheet import blank_sheet
    from trajplan.actions.wrap_session import echo_to_ask, planned_inquiry
    from trajplan.records.forms import Wrap

    blank = blank_sheet(context, client=client, number=number)
    goals = open_goals(context, client=client)
    planned = planned_inquiry(context, client=client, number=number)
    title = f"{blank.client_name} · session {blank.session}"
    printer.note(f"{title}, {blank.date}")
    wrap = Wrap(
        kind="wrap",
        focus=ask.for_line("Focus of the session, in one line"),
        takeaways=ask.for_lines("What does the client take away? (“…” for their own words)"),
        commitments=ask_commitments(blank, goals) or "none chosen",
        scaled=_answers(planned_scales(context, client=client, number=number)),
        inquiry=ask.for_line(f"The question that travels home (Enter: {planned or 'none'})"),
        echo=_echo(echo_to_ask(context, client=client, number=number)),
    )
    printer.notes([f"{title}: {wrap.focus or 'no focus'}", *_lines(wrap)])
    if not ask.for_yes("Save this?"):
        raise typer.Abort
    return wrap


def _lines(wrap: Wrap) -> list[str]:
    """What was answered, line by line."""
    from trajplan.records.forms import said_text

    commitments = wrap.commitments if isinstance(wrap.commitments, tuple) else ()
    return [
        *(f"  {said_text(takeaway)}" for takeaway in wrap.takeaways),
        *(f"  {commitment_line(commitment)}" for commitment in commitments),
        *(f"  {question}: {answer}" for question, answer in wrap.scaled.items()),
    ]


def _answers(scales: Sequence[Scale]) -> dict[str, int]:
    """Ask for the answers to scaled questions; Enter leaves one out."""
    answers: dict[str, int] = {}
    for scale in scales:
        answer = ask.for_rating(f"{scale.text}\n  1 {scale.low}, 10 {scale.high}")
        if answer is not None:
            answers[scale.id] = answer
    return answers


def _echo(first_words: Sequence[FirstWords]) -> WrapEcho | None:
    """Ask what became of the first words; Enter leaves one out."""
    from trajplan.pages.words import FIRST_WORDS
    from trajplan.records.forms import WrapEcho

    echo: dict[str, str] = {}
    for words in first_words:
        printer.note(f"  {FIRST_WORDS[words.question]} at the beginning: {in_quotes(words.then)}")
        echo[words.question] = ask.for_line("  what does the client say today? (Enter: nothing)")
    return WrapEcho(**echo) if echo else None
