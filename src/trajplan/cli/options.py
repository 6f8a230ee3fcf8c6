"""Options that several commands share, and shell completion of slugs, numbers and ids.

A completion that fails must stay silent: its output would land in the middle of a command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from msgspec import Struct

from trajplan.actions.context import Context, load_context
from trajplan.cli.formats import Format
from trajplan.errors import TrajplanError, UsageFault
from trajplan.settings import file_path

if TYPE_CHECKING:
    from trajplan.content.library import Library
    from trajplan.records.dossier import Dossier


class FreeText(Struct, frozen=True, kw_only=True):
    """What makes a parameter one for somebody's own words, which no shell's history should keep."""

    about: str
    line: bool
    """Line breaks in it count as spaces."""
    from_file: bool = False
    """`--from FILE` takes its place."""
    ask: bool = False
    """It is asked for at a terminal where it is left out; Enter leaves it out after all."""
    unless: str = ""
    """The flag with which there is nothing to ask."""


Completion = Callable[[str], list[tuple[str, str]]]


def _completion(rows: Callable[[Context], Iterable[Any]], typed: str, *words: str) -> Completion:
    """Offer what is typed for each row: the attribute `typed`, with `words` beside it."""
    name_of = attrgetter(typed)

    def complete(incomplete: str) -> list[tuple[str, str]]:
        try:
            named = [(str(name_of(row)), row) for row in rows(load_context())]
        except TrajplanError:
            return []
        return [
            (name, " ".join(str(attrgetter(word)(row)) for word in words))
            for name, row in named
            if name.startswith(incomplete)
        ]

    return complete


def _of_dossier(rows: Callable[[Dossier], Iterable[Any]]) -> Callable[[Context], Iterable[Any]]:
    """Rows about the current client."""
    return lambda context: rows(context.dossier(None))


def _sessions(context: Context) -> Iterable[Any]:
    from trajplan.actions.sessions import session_rows

    return session_rows(context.dossier(None), context.library)


def _caseload(context: Context) -> Iterable[Any]:
    from trajplan.actions.clients import caseload

    return caseload(context)


def _content(rows: Callable[[Library], Iterable[Any]]) -> Callable[[Context], Iterable[Any]]:
    return lambda context: rows(context.library)


complete_clients = _completion(_caseload, "client.slug", "client.name")
complete_sessions = _completion(_sessions, "reference", "session.date", "session.state")
complete_goals = _completion(_of_dossier(lambda dossier: dossier.goals), "number", "text")
complete_indicators = _completion(_of_dossier(lambda dossier: dossier.indicators), "number", "name")
complete_commitments = _completion(
    _of_dossier(lambda dossier: dossier.commitments), "number", "what"
)
complete_assumptions = _completion(
    _of_dossier(lambda dossier: dossier.assumptions), "number", "text"
)
complete_parked = _completion(
    _of_dossier(lambda dossier: dossier.parked_topics()), "number", "text"
)
complete_blueprints = _completion(
    _content(lambda library: library.blueprints.values()), "id", "title"
)
complete_worksheets = _completion(
    _content(lambda library: library.worksheets.values()), "id", "title"
)
complete_questions = _completion(
    _content(lambda library: (question for question, _, _ in library.questions.values())),
    "id",
    "text",
)


def client_option(about: str) -> Any:
    """`--client`, where it means something of its own."""
    return typer.Option("--client", metavar="NAME", help=about, autocompletion=complete_clients)


def session_option(about: str) -> Any:
    """`--session`: which one is meant."""
    return typer.Option("--session", metavar="N", help=about, autocompletion=complete_sessions)


def file_option(about: str, *, parser: Callable[[str], Any] | None = None) -> Any:
    """`--from`: what is read from a file."""
    about = f"{about}; `-` for standard input."
    return typer.Option("--from", metavar="FILE", help=about, parser=parser)


def form_file_option(about: str) -> Any:
    """`--from` for a filled form: the command gets it read, as a `FormFile`. What a person types
    for `-` is kept line by line."""
    option = file_option(about, parser=str)
    option.form_file = True
    return option


def number_argument(completion: Completion | None, metavar: str = "ID") -> Any:
    """A record by the number that its list gives it."""
    return typer.Argument(
        metavar=metavar, help="Its number in the list.", autocompletion=completion
    )


def day_argument(about: str, metavar: str = "[DAY]") -> Any:
    """A day as people write it, which may be several words: `24 November`."""
    return typer.Argument(metavar=metavar, help=about, show_default=False)


TEXT = "TEXT"
"""What help calls somebody's own words; `texts.py` lets each of them be `-`."""


def text_option(
    about: str, *names: str, line: bool = False, ask: bool = False, unless: str = ""
) -> Any:
    """An option for somebody's own words; `about` also asks for them.

    `line`: they take one line. `ask`: at a terminal they are asked for where they are left out,
    but not with the flag `unless`.
    """
    option = typer.Option(*names, metavar=TEXT, help=f"{about}.")
    option.free_text = FreeText(about=about, line=line, ask=ask, unless=unless)
    return option


def text_argument(about: str, *, line: bool = False, from_file: bool = False) -> Any:
    """An argument for somebody's own words; `from_file`: or for a file of them, with `--from`."""
    argument = typer.Argument(metavar=f"[{TEXT}]", help=f"{about}.", show_default=False)
    argument.free_text = FreeText(about=about, line=line, from_file=from_file)
    return argument


def format_option(forms: Sequence[Format]) -> Any:
    """`--format`, with the forms that a command offers."""
    return Annotated[
        Literal[tuple(forms)] | None,
        typer.Option(
            "--format",
            help="How to print it. A terminal gets `terminal`, a pipe `markdown`, a file what its "
            "name ends in.",
        ),
    ]


ClientOption = Annotated[
    str | None,
    client_option(
        "Whose, by any part of the name. Default: the current client. NAME/1: the first engagement."
    ),
]


def output_file(name: str | None) -> str | None:
    """What `-o` says. Raises UsageFault where that is nothing: a variable that was never set, as a
    rule, and what was to go into a file would be on the screen; and where that is a folder."""
    if name is not None and not name.strip():
        raise UsageFault("-o is empty; it names the file to write")
    if name is not None:
        file_path(name)
    return name


def output_option(about: str) -> Any:
    """`-o`: the file to write."""
    return typer.Option("-o", "--output", metavar="FILE", help=about, callback=output_file)


OutputOption = Annotated[str | None, output_option("Write it to a file instead.")]
OverwriteOption = Annotated[
    bool | None,
    typer.Option("--overwrite", help="Write over the file of `-o` even if you have changed it."),
]


def session_argument(without: str) -> Any:
    """A session by its number; `without` says which one is meant where none is given."""
    return typer.Argument(
        metavar="[N]",
        help=f"The session's number. Without it: {without}.",
        autocompletion=complete_sessions,
        show_default=False,
    )


SessionArgument = Annotated[str | None, session_argument("the next one")]
