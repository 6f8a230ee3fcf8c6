"""`trajplan blueprints`: all content but the questions, and what a coach adds to it.

`trajplan pages`: client pages that a coach words and lays out their own way.
"""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.cli import printer
from trajplan.cli.command import Group, Run
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.options import OutputOption, complete_blueprints
from trajplan.cli.questions import (
    Files,
    NewOutput,
    SearchWords,
    StrictOption,
    begin_file,
    show_hints,
)
from trajplan.pages.document import Document

blueprints = Group(bare="list")
pages = Group(bare="list")

OwnKind = Literal["session-blueprint", "journey", "activity", "prompt", "worksheet", "topic"]
Kind = Literal[OwnKind, "recommendation", "belief-cues"]
KindOption = Annotated[Kind | None, typer.Option("--kind", help="Only this kind.")]


@blueprints.command("list", client=False, also=LIST_FORMATS)
def list_blueprints(run: Run, kind: KindOption = None) -> Document:
    """List blueprints by kind, with where each comes from."""
    from trajplan.actions.library import entries
    from trajplan.pages.library import entry_list

    kinds = (kind,) if kind else ("session-blueprint", "journey")
    printer.notes(run.context.left_out)
    return entry_list("Blueprints", entries(run.context.library, kinds))


@blueprints.command("show", client=False)
def show_blueprint(
    run: Run,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Of a blueprint, journey, activity, prompt or topic.",
            autocompletion=complete_blueprints,
        ),
    ],
    kind: KindOption = None,
) -> Document:
    """Show a blueprint in full."""
    from trajplan.actions.library import find_piece
    from trajplan.content.kinds import BLUEPRINT_KINDS
    from trajplan.pages.library import piece_page

    kinds = (kind,) if kind else BLUEPRINT_KINDS
    return piece_page(find_piece(run.context.library, name, kinds))


@blueprints.command("search", client=False, also=LIST_FORMATS)
def search_blueprints(run: Run, words: SearchWords, kind: KindOption = None) -> Document:
    """Find blueprints in which every word occurs."""
    from trajplan.actions.library import find_entries
    from trajplan.content.kinds import BLUEPRINT_KINDS
    from trajplan.pages.library import entry_list

    kinds = (kind,) if kind else BLUEPRINT_KINDS
    title = f"Blueprints with “{' '.join(words)}”"
    return entry_list(title, find_entries(run.context.library, words, kinds))


@blueprints.command("check", client=False, page=False)
def check_blueprints(run: Run, files: Files = None) -> None:
    """Check all content except the questions. One line per fault; with any, exit code 10."""
    from trajplan.actions.library import check
    from trajplan.content.kinds import BLUEPRINT_KINDS

    printer.note(check(run.context, files or [], BLUEPRINT_KINDS))


@blueprints.command("lint", client=False, also=LIST_FORMATS)
def lint_blueprint_files(run: Run, files: Files = None, strict: StrictOption = False) -> None:
    """Point out what could be better: early options, unasked-for advice, promises and so on."""
    from trajplan.actions.lint import lint_blueprints

    printer.notes(run.context.left_out)
    show_hints(run, lint_blueprints(run.context.library, files or []), strict)


@blueprints.command("schema", client=False, page=False)
def blueprint_schema(
    run: Run,
    kind: Annotated[
        OwnKind | None, typer.Option("--kind", help="Only this kind; else one for all of them.")
    ] = None,
    output: OutputOption = None,
) -> None:
    """Print the JSON Schema of a kind, or of all. Editors complete and check with it."""
    from trajplan.actions.own_files import schema_for

    printer.show(Document(data=lambda: schema_for(kind)), "json", output, run.written_files)


@blueprints.command("new", client=False, page=False)
def new_blueprint(
    run: Run,
    name: Annotated[str, typer.Argument(metavar="ID", help="Of the new file.")],
    kind: Annotated[
        OwnKind, typer.Option("--kind", help="What it should be.")
    ] = "session-blueprint",
    title: Annotated[
        str, typer.Option(metavar="TITLE", help="Its title. Default: from the id.")
    ] = "",
    output: NewOutput = None,
) -> None:
    """Start a file of your own. It is valid, in your folder, and explains itself."""
    begin_file(run, name, kind, title, output)


@pages.command("list", client=False, also=LIST_FORMATS)
def list_pages(run: Run) -> Document:
    """List the pages that you can word yourself, and which of them you have."""
    from trajplan.actions import own_pages
    from trajplan.pages.own_pages import page_list

    return page_list(own_pages.list_pages(run.context))


@pages.command("copy", client=False, page=False)
def copy_page(
    run: Run, name: Annotated[str, typer.Argument(metavar="PAGE", help="Which, by its name.")]
) -> None:
    """Copy the built-in template of a page into your own folder, to change it there."""
    from trajplan.actions.own_pages import copy_page as copy

    printer.line(str(copy(run.context, name)))
