"""`trajplan blueprints`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.browse import BLUEPRINT_KINDS, check, entries, find_entries, thing
from trajplan.actions.context import load_context
from trajplan.cli import complete, printer
from trajplan.cli.options import FormatOption, OutputOption
from trajplan.pages.content import entry_list, thing_page

KindOption = Annotated[
    Literal["session-blueprint", "journey", "activity", "prompt", "worksheet", "recommendation"]
    | None,
    typer.Option("--kind", help="Only this kind."),
]


def list_blueprints(
    kind: KindOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print blueprints with where each comes from."""
    context = load_context()
    kinds = (kind,) if kind else ("session-blueprint", "journey")
    printer.notes(context.left_out)
    printer.show(entry_list("Blueprints", entries(context.library, kinds)), form, output)


def show_blueprint(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Of a blueprint, journey, activity or prompt.",
            autocompletion=complete.blueprints,
        ),
    ],
    kind: KindOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Print one in full."""
    found, entry = thing(load_context().library, name, (kind,) if kind else BLUEPRINT_KINDS)
    printer.show(thing_page(found, entry), form, output)


def search_blueprints(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Each must occur.")],
    kind: KindOption = None,
    form: FormatOption = None,
) -> None:
    """Print those in which every word occurs."""
    found = find_entries(load_context().library, words, (kind,) if kind else BLUEPRINT_KINDS)
    printer.show(entry_list(f"Blueprints with “{' '.join(words)}”", found), form)


def check_blueprints(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="Only these files.")
    ] = None,
) -> None:
    """Report every fault, one a line, and exit with 10 on any."""
    printer.note(check(load_context(), files or [], BLUEPRINT_KINDS))
