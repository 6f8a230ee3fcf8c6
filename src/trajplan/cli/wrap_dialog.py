"""A wrap asked for at a terminal: the least it needs, each answer checked where it is given."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from trajplan.actions.context import Context
from trajplan.actions.goal_tree import open_goals
from trajplan.actions.scaled import Scale, planned_scales
from trajplan.actions.sheet import blank_sheet
from trajplan.actions.wrap_session import echo_to_ask
from trajplan.cli import ask, printer
from trajplan.cli.commitments import ask_commitments, commitment_line
from trajplan.pages.words import FIRST_WORDS
from trajplan.planning.plan import FirstWords
from trajplan.records.forms import Wrap, WrapEcho


def ask_wrap(context: Context, *, client: str, number: str | None) -> Wrap:
    """Ask for a wrap and show it before it is saved. Raises Abort when it is not to be."""
    blank = blank_sheet(context, client=client, number=number)
    goals = open_goals(context, client=client)
    title = f"{blank.client_name} · session {blank.session}"
    printer.note(f"{title}, {blank.date}")
    wrap = Wrap(
        kind="wrap",
        focus=ask.for_line("Focus of the session, in one line"),
        takeaways=ask.for_lines("What does the client take away?"),
        commitments=ask_commitments(blank, goals) or "none chosen",
        scaled=_answers(planned_scales(context, client=client, number=number)),
        inquiry=ask.for_line("The question that travels home (Enter: the planned one)"),
        echo=_echo(echo_to_ask(context, client=client, number=number)),
    )
    printer.notes([f"{title}: {wrap.focus or 'no focus'}", *_lines(wrap)])
    if not ask.for_yes("Save this?"):
        raise typer.Abort
    return wrap


def _lines(wrap: Wrap) -> list[str]:
    """What was answered, line by line."""
    commitments = wrap.commitments if isinstance(wrap.commitments, tuple) else ()
    return [
        *(f"  “{takeaway}”" for takeaway in wrap.takeaways),
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
    echo: dict[str, str] = {}
    for words in first_words:
        printer.note(f"  {FIRST_WORDS[words.question]} at the beginning: “{words.then}”")
        echo[words.question] = ask.for_line("  what does the client say today? (Enter: nothing)")
    return WrapEcho(**echo) if echo else None
