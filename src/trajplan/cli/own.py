"""What a coach brings along: `questions import`, `new` and `schema` of questions and blueprints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from trajplan.actions.context import load_context
from trajplan.actions.import_questions import ImportWish, import_questions
from trajplan.actions.own_files import lay_schema, refuse_existing, schema_for, schema_reference
from trajplan.actions.scaffold import new_file
from trajplan.cli import printer
from trajplan.cli.options import OutputOption
from trajplan.pages.imported import import_notes, imported_bank
from trajplan.pages.schema import schema_page

BANK = "question-bank"
Kind = Literal["session-blueprint", "journey", "activity", "prompt", "worksheet"]
NewOutput = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Where to. Default: your own folder."),
]


def import_bank(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="Markdown, plain text, CSV, JSON or YAML of any shape; `-`: standard input.",
        ),
    ],
    shape: Annotated[
        Literal["markdown", "text", "csv", "json", "yaml"] | None,
        typer.Option("--as", help="What it is, where its name does not say so."),
    ] = None,
    bank: Annotated[
        str, typer.Option("--id", help="The bank's id. Default: the file's name.")
    ] = "",
    title: Annotated[str, typer.Option(help="The bank's title. Default: the file's name.")] = "",
    language: Annotated[
        str, typer.Option(metavar="CODE", help="Its language, such as en or de; else guessed.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over a file of `-o`.")] = False,
    form: Annotated[
        Literal["markdown", "json"] | None,
        typer.Option("--format", help="`markdown`: the YAML file; `json`: a list of questions."),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Turn a list of questions into a bank to review: every text kept, every guess marked."""
    path = Path(output) if output and output != "-" else None
    if path and not force:
        refuse_existing(str(path))
    wish = ImportWish(source=source, shape=shape, id=bank, title=title, language=language)
    made = import_questions(load_context(), wish)
    # YAML also on a terminal: what is seen there is what a file would hold.
    as_json = form == "json" or (form is None and path is not None and path.suffix == ".json")
    page = imported_bank(made, schema_reference(path, BANK))
    printer.show(page, "json" if as_json else "markdown", output)
    printer.notes(import_notes(made))
    if path and not as_json:
        lay_schema(path, BANK)
        printer.note(f"next: trajplan questions check {output}")


def new_bank(
    name: Annotated[str, typer.Argument(metavar="ID", help="Of the new bank.")],
    title: Annotated[str, typer.Option(help="Its title. Default: from the id.")] = "",
    output: NewOutput = None,
) -> None:
    """Begin a bank of your own: a valid file in your folder that explains itself."""
    _begin(name, BANK, title, output)


def new_blueprint(
    name: Annotated[str, typer.Argument(metavar="ID", help="Of the new file.")],
    kind: Annotated[Kind, typer.Option("--kind", help="What it shall be.")] = "session-blueprint",
    title: Annotated[str, typer.Option(help="Its title. Default: from the id.")] = "",
    output: NewOutput = None,
) -> None:
    """Begin a file of your own: valid, in your folder, and it explains itself."""
    _begin(name, kind, title, output)


def _begin(name: str, kind: str, title: str, output: str | None) -> None:
    made = new_file(load_context(), name, kind, title=title, output=output)
    # The path alone on standard output: for an editor to open.
    printer.line(str(made.path))
    printer.notes(made.notes)


def question_schema(output: OutputOption = None) -> None:
    """Print the JSON Schema of a question bank, for editors that complete and check."""
    printer.show(schema_page(schema_for(BANK)), "json", output)


def blueprint_schema(
    kind: Annotated[
        Kind | None, typer.Option("--kind", help="Only this kind; else one for all of them.")
    ] = None,
    output: OutputOption = None,
) -> None:
    """Print the JSON Schema of session blueprints, journeys, activities, prompts, worksheets."""
    printer.show(schema_page(schema_for(kind)), "json", output)
