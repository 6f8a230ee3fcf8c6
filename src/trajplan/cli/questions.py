"""`trajplan questions`: question banks, and what a coach adds to them.

`blueprints` offers much of the same for the other kinds of content; what both share is here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from trajplan.cli import printer
from trajplan.cli.command import Group, Run
from trajplan.cli.formats import LIST_FORMATS, format_of_file
from trajplan.cli.options import OutputOption, client_option, complete_questions, output_option
from trajplan.content.kinds import BANK
from trajplan.errors import InvalidContent, UsageFault
from trajplan.pages.document import Document
from trajplan.vocabulary import Level

if TYPE_CHECKING:
    from trajplan.actions.lint import LintResult

questions = Group(bare="list")

LevelOption = Annotated[Level | None, typer.Option("--level", help="Only this level.")]
QuestionId = Annotated[
    str, typer.Argument(metavar="ID", help="Of the question.", autocompletion=complete_questions)
]
SearchWords = Annotated[list[str], typer.Argument(metavar="WORDS", help="Each must occur.")]
Files = Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help="Only these files.")]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 10 when there is any hint.")
]
NewOutput = Annotated[str | None, output_option("Where to. Default: your own folder.")]


@questions.command("list", client=False, also=LIST_FORMATS)
def list_questions(
    run: Run,
    bank: Annotated[str, typer.Option(metavar="ID", help="Only this bank.")] = "",
    level: LevelOption = None,
    phase: Annotated[str, typer.Option(metavar="PHASE", help="Only for this phase.")] = "",
    target: Annotated[str, typer.Option(metavar="FACTOR", help="Only towards this factor.")] = "",
    tag: Annotated[str, typer.Option(metavar="TAG", help="Only with this tag.")] = "",
    scaled: Annotated[
        bool, typer.Option("--scaled", help="Only those answered with a number.")
    ] = False,
    banks: Annotated[bool, typer.Option("--banks", help="List the banks instead.")] = False,
    retired: Annotated[
        bool, typer.Option("--retired", help="Only retired ones, for one client or for all.")
    ] = False,
) -> Document:
    """List questions, or the banks they come from."""
    from trajplan.actions.library import QuestionFilter, all_retirements, entries, find_questions
    from trajplan.pages.library import entry_list, question_list

    printer.notes(run.context.left_out)
    if banks:
        return entry_list("Question banks", entries(run.context.library, (BANK,)))
    retirements = all_retirements(run.context) if retired else ()
    criteria = QuestionFilter(
        bank=bank,
        level=level or "",
        phase=phase,
        target=target,
        tag=tag,
        scaled=scaled,
        ids=frozenset(retirement.question_id for retirement in retirements) if retired else None,
    )
    title = "Retired questions" if retired else "Questions"
    return question_list(title, find_questions(run.context.library, criteria))


@questions.command("show", client=False)
def show_question(
    run: Run,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Of a question or a bank.", autocompletion=complete_questions
        ),
    ],
) -> Document:
    """Show a question or a bank in full."""
    from trajplan.actions.library import LibraryQuestion, question_or_bank, retirements_of
    from trajplan.pages.library import piece_page, question_page

    shown = question_or_bank(run.context.library, name)
    if isinstance(shown, LibraryQuestion):
        return question_page(shown, retirements_of(run.context, name))
    return piece_page(shown)


@questions.command("search", client=False, also=LIST_FORMATS)
def search_questions(run: Run, words: SearchWords, level: LevelOption = None) -> Document:
    """Find questions in which every word occurs."""
    from trajplan.actions.library import QuestionFilter, find_questions
    from trajplan.pages.library import question_list

    criteria = QuestionFilter(level=level or "", words=tuple(words))
    title = f"Questions with “{' '.join(words)}”"
    return question_list(title, find_questions(run.context.library, criteria))


@questions.command("check", client=False, page=False)
def check_questions(run: Run, files: Files = None) -> None:
    """Check the question banks. One line per fault; with any, exit code 10."""
    from trajplan.actions.library import check

    printer.note(check(run.context, files or [], (BANK,)))


@questions.command("lint", client=False, also=LIST_FORMATS)
def lint_question_banks(
    run: Run,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Only these: banks, other YAML, text with a question a line. `-`: standard input.",
        ),
    ] = None,
    strict: StrictOption = False,
) -> None:
    """Point out questions that are closed, leading, stacked, advice in disguise and the like."""
    from trajplan.actions.lint import lint_conversation, lint_questions
    from trajplan.pages.questions import judged_lines

    files = files or []
    if "-" in files and len(files) > 1:
        raise UsageFault("`-` stands alone: it reads one utterance a line from standard input")
    if files == ["-"]:
        judged = lint_conversation()
        run.show(judged_lines(judged))
        hints = sum(len(utterance.findings) for utterance in judged)
        conclude(hints, f"{len(judged)} lines", strict)
        return
    printer.notes(run.context.left_out)
    show_hints(run, lint_questions(run.context.library, files), strict)


def show_hints(run: Run, result: LintResult, strict: bool) -> None:
    """Print hints on content, and how many there are."""
    from trajplan.pages.questions import hint_lines

    run.show(hint_lines(result.hints))
    printer.notes(result.notes)
    conclude(len(result.hints), result.checked, strict)


def conclude(count: int, checked: str, strict: bool) -> None:
    """Sum up on standard error; with `--strict` a hint is a failure."""
    printer.note(f"{checked}: {count or 'no'} hint{'' if count == 1 else 's'}")
    if strict and count:
        raise typer.Exit(InvalidContent.exit_code)


@questions.command("schema", client=False, page=False)
def question_schema(
    run: Run,
    output: OutputOption = None,
) -> None:
    """Print the JSON Schema of a question bank. Editors complete and check with it."""
    from trajplan.actions.own_files import schema_for

    printer.show(Document(data=lambda: schema_for(BANK)), "json", output, run.written_files)


@questions.command("new", client=False, page=False)
def new_bank(
    run: Run,
    name: Annotated[str, typer.Argument(metavar="ID", help="Of the new bank.")],
    title: Annotated[
        str, typer.Option(metavar="TITLE", help="Its title. Default: from the id.")
    ] = "",
    output: NewOutput = None,
) -> None:
    """Start a bank of your own. It is valid, in your folder, and explains itself."""
    begin_file(run, name, BANK, title, output)


def begin_file(run: Run, name: str, kind: str, title: str, output: str | None) -> None:
    """Write a file to begin with, and print its path alone, for an editor to open."""
    from trajplan.actions.own_files import new_file

    scaffold = new_file(run.context, name, kind, title=title, output=output)
    printer.line(str(scaffold.path))
    printer.notes(scaffold.notes)


@questions.command("import", client=False, page=False)
def import_bank(
    run: Run,
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
        str, typer.Option("--id", metavar="ID", help="The bank's id. Default: the file's name.")
    ] = "",
    title: Annotated[
        str, typer.Option(metavar="TITLE", help="The bank's title. Default: the file's name.")
    ] = "",
    language: Annotated[
        str, typer.Option(metavar="CODE", help="Its language, such as en or de. Default: guessed.")
    ] = "",
    force: Annotated[
        bool, typer.Option("--overwrite", help="Write over the file of `-o`.")
    ] = False,
    form: Annotated[
        Literal["yaml", "json"] | None,
        typer.Option("--format", help="`yaml`: the file; `json`: a list of questions."),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Turn a list of questions into a bank to review. No text is lost; guesses are marked."""
    from trajplan.actions.import_questions import ImportRequest, import_questions
    from trajplan.actions.own_files import refuse_existing, schema_reference, write_schema
    from trajplan.pages.questions import import_notes, review_bank

    path = Path(output) if output and output != "-" else None
    # YAML also on a terminal: what is seen there is what a file would hold.
    chosen = format_of_file(output or "", form, ("yaml", "json"))
    if path and not force:
        refuse_existing(str(path))
    request = ImportRequest(source=source, shape=shape, id=bank, title=title, language=language)
    imported = import_questions(run.context, request)
    page = review_bank(imported, schema_reference(path, BANK))
    printer.show(page, chosen, output)
    printer.notes(import_notes(imported))
    if path and chosen == "yaml":
        write_schema(path, BANK)
        printer.note(f"next: trajplan questions check {output}")


@questions.command("update", client=False)
def update_question(
    run: Run,
    name: QuestionId,
    never: Annotated[
        bool, typer.Option("--never", help="Never plan it again, for one client or for all.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Take that back: plans may ask it again.")
    ] = False,
    client: Annotated[
        str | None, client_option("For this client alone. Without it: for every client.")
    ] = None,
) -> Document:
    """Retire a question for one client or for all, or take that back."""
    from trajplan.actions.library import retire
    from trajplan.pages.library import retirement_page

    printer.notes(run.context.conflicts)
    return retirement_page(retire(run.context, name, never, again, client=client))
