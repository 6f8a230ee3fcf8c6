"""`trajplan assumptions`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.assumptions import (
    all_assumptions,
    new_assumption,
    one_assumption,
    weigh_assumption,
)
from trajplan.actions.context import load_context
from trajplan.actions.forms import free_text
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.assumptions import assumption_list, assumption_page
from trajplan.text import visible

IdArgument = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="Its number in the list.", autocompletion=complete.assumptions
    ),
]


def list_assumptions(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print every assumption in the client's words."""
    printer.show(assumption_list(all_assumptions(load_context(), client=client)), form, output)


def show_assumption(
    number: IdArgument, client: ClientOption = None, form: FormatOption = None
) -> None:
    """Print one assumption with its evidence."""
    printer.show(assumption_page(one_assumption(load_context(), number, client=client)), form)


def add_assumption(
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="In the client's own words.")] = "",
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Read the words; `-` for standard input."),
    ] = None,
    note: Annotated[
        int | None,
        typer.Option(
            "--from-note",
            metavar="NOTE",
            help="Take it from this note: the whole of it, or the TEXT you give. It counts as "
            "heard in the note's session.",
        ),
    ] = None,
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Keep an assumption as it was heard in the last session, or where a note was taken."""
    words = free_text(source) if source else text
    if note is None:
        missing = "an assumption needs words; give them, or --from - to type them in"
        words = ask.required(words, "In the client's words", missing)
    words = visible(words)
    made = ask.right_client(
        client, lambda whose: new_assumption(load_context(), words, client=whose, note=note)
    )
    printer.show(assumption_page(made), form)


def update_assumption(
    number: IdArgument,
    status: Annotated[
        Literal["open", "tested", "let_go"] | None, typer.Option(help="Where it stands.")
    ] = None,
    evidence_for: Annotated[
        list[str] | None, typer.Option("--for", help="Evidence for it; may be repeated.")
    ] = None,
    evidence_against: Annotated[
        list[str] | None, typer.Option("--against", help="Evidence against it; may be repeated.")
    ] = None,
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Add evidence to an assumption, or change its status."""
    changed = ask.right_client(
        client,
        lambda whose: weigh_assumption(
            load_context(),
            number,
            client=whose,
            status=status,
            evidence_for=[visible(one) for one in evidence_for or []],
            evidence_against=[visible(one) for one in evidence_against or []],
        ),
    )
    printer.show(assumption_page(changed), form)
