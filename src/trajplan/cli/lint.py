"""`trajplan questions lint` and `trajplan blueprints lint`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.context import load_context
from trajplan.actions.lint import (
    Linted,
    coverage_of,
    lint_blueprints,
    lint_conversation,
    lint_questions,
)
from trajplan.cli import printer
from trajplan.cli.options import FormatOption, OutputOption
from trajplan.errors import InvalidContent, UsageFault
from trajplan.pages.lint import coverage_table, hint_lines, judged_lines

StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 10 when there is any hint.")
]


def lint_question_banks(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Only these: banks, other YAML, text with a question a line. `-`: standard input.",
        ),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Print where there are too few questions instead.")
    ] = False,
    strict: StrictOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Hint at questions that are closed, leading, stacked, advice in disguise and the like."""
    named = files or []
    if "-" in named and (len(named) > 1 or coverage):
        raise UsageFault("`-` stands alone: it reads one utterance a line from standard input")
    if coverage and named:
        raise UsageFault("--coverage counts the whole library; leave the files out")
    if named == ["-"]:
        lines = lint_conversation()
        printer.show(judged_lines(lines), form, output)
        _end(sum(len(one.findings) for one in lines), f"{len(lines)} lines", strict)
        return
    context = load_context()
    printer.notes(context.left_out)
    if coverage:
        rows = coverage_of(context.library)
        printer.show(coverage_table(rows), form, output)
        _end(sum(len(row.thin) for row in rows), "the library", strict, "thin cell")
        return
    _print(lint_questions(context.library, named), strict, form, output)


def lint_blueprint_files(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="Only these files.")
    ] = None,
    strict: StrictOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Hint at options before exploring, offers unasked, promises, and words that presume."""
    context = load_context()
    printer.notes(context.left_out)
    _print(lint_blueprints(context.library, files or []), strict, form, output)


def _print(found: Linted, strict: bool, form: printer.Format | None, output: str | None) -> None:
    printer.show(hint_lines(found.hints), form, output)
    printer.notes(found.notes)
    _end(len(found.hints), found.checked, strict)


def _end(count: int, checked: str, strict: bool, what: str = "hint") -> None:
    """Sum up on standard error; with `--strict` a hint is a failure."""
    printer.note(f"{checked}: {count or 'no'} {what}{'' if count == 1 else 's'}")
    if strict and count:
        raise typer.Exit(InvalidContent.exit_code)
