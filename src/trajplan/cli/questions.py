"""`trajplan questions`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.browse import Filter, check, entries, find_questions, question_or_bank
from trajplan.actions.context import load_context
from trajplan.actions.retire import all_retired, standing
from trajplan.cli import complete, printer
from trajplan.cli.options import FormatOption, OutputOption
from trajplan.pages.content import entry_list, question_list, question_page, thing_page

BANK = ("question-bank",)
LevelOption = Annotated[
    Literal["informational", "analytical", "transformational"] | None,
    typer.Option("--level", help="Only this level."),
]


def list_questions(
    bank: Annotated[str, typer.Option(help="Only this bank.")] = "",
    level: LevelOption = None,
    phase: Annotated[str, typer.Option(help="Only for this phase.")] = "",
    target: Annotated[str, typer.Option(help="Only toward this factor.")] = "",
    tag: Annotated[str, typer.Option(help="Only with this tag.")] = "",
    scaled: Annotated[
        bool, typer.Option("--scaled", help="Only those answered with a number.")
    ] = False,
    banks: Annotated[bool, typer.Option("--banks", help="List the banks instead.")] = False,
    retired: Annotated[
        bool, typer.Option("--retired", help="Only those retired, for anybody or for good.")
    ] = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print questions, or the banks they come from."""
    context = load_context()
    printer.notes(context.left_out)
    if banks:
        printer.show(entry_list("Question banks", entries(context.library, BANK)), form, output)
        return
    wanted = Filter(
        bank=bank,
        level=level or "",
        phase=phase,
        target=target,
        tag=tag,
        scaled=scaled,
        ids=frozenset(one.question_id for one in all_retired(context)) if retired else None,
    )
    title = "Retired questions" if retired else "Questions"
    printer.show(question_list(title, find_questions(context.library, wanted)), form, output)


def show_question(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Of a question or a bank.",
            autocompletion=complete.questions,
        ),
    ],
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print one question, or one bank, in full."""
    context = load_context()
    question, bank = question_or_bank(context.library, name)
    if question:
        printer.show(question_page(question, standing(context, name)), form, output)
    elif bank:
        printer.show(thing_page(*bank), form, output)


def search_questions(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Each must occur.")],
    level: LevelOption = None,
    form: FormatOption = None,
) -> None:
    """Print questions in which every word occurs."""
    found = find_questions(load_context().library, Filter(level=level or "", words=tuple(words)))
    printer.show(question_list(f"Questions with “{' '.join(words)}”", found), form)


def check_questions(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="Only these files.")
    ] = None,
) -> None:
    """Report every fault, one a line, and exit with 10 on any."""
    printer.note(check(load_context(), files or [], BANK))
