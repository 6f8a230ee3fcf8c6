"""`trajplan check-in`: how the client arrives."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from trajplan.actions.check_in import check_in_title, save_check_in
from trajplan.cli import ask, printer
from trajplan.cli.command import Run, command
from trajplan.cli.options import complete_sessions
from trajplan.errors import UsageFault
from trajplan.measures.tci import FACTORS
from trajplan.pages.document import Document
from trajplan.pages.ratings import saved_check_in
from trajplan.records.forms import Energy
from trajplan.text import one_line


@command()
def check_in(
    run: Run,
    session: Annotated[
        str | None,
        typer.Option(
            "--session",
            metavar="N",
            help="Which session. Without it: the next one.",
            autocompletion=complete_sessions,
        ),
    ] = None,
    energy: Annotated[Energy | None, typer.Option(help="How the client arrives.")] = None,
    mood: Annotated[str, typer.Option(help="One word.")] = "",
    matters: Annotated[str, typer.Option(help="What matters most today.")] = "",
    about: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TOPIC",
            help="A topic of today, by id, such as `boss`; may be given more than once.",
        ),
    ] = None,
    serves: Annotated[
        int | None,
        typer.Option(metavar="N", help="Number of the agreed priority this serves."),
    ] = None,
    progress: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FACTOR=1..10", help="Movement since last time; may be given more than once."
        ),
    ] = None,
    holding: Annotated[
        bool | None,
        typer.Option(
            "--holding/--no-holding",
            help="Something hard has happened: be there today, and work towards no goal.",
            show_default=False,
        ),
    ] = None,
    scaled: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=1..10",
            help="The answer to a scaled question, by id or by its number in the plan; may be "
            "given more than once.",
        ),
    ] = None,
) -> Document:
    """Record how the client arrives. Without options you are asked, on a terminal."""
    nothing = not (energy or mood or matters or about or progress or scaled)
    ratings, answers = _progress(progress or []), _answers(scaled or [])
    client = run.right_client()
    if nothing and serves is None and holding is None and ask.is_person():
        printer.note(check_in_title(run.context, client=client, number=session))
        energies: dict[str, Energy] = {name: name for name in get_args(Energy)}
        energy = energies[ask.for_choice("Energy", ("normal", "low", "high"))]
        mood = ask.for_line("Mood, in one word")
        matters = ask.for_line("What matters most today")
    return saved_check_in(
        save_check_in(
            run.context,
            client=client,
            number=session,
            energy=energy,
            mood=one_line(mood),
            matters=one_line(matters),
            about=tuple(about or ()),
            progress=ratings,
            holding=holding,
            serves=serves,
            scaled=answers,
        )
    )


def _progress(pairs: list[str]) -> dict[str, int]:
    """Read `clarity=7`. Raises UsageFault saying what is possible."""
    ratings: dict[str, int] = {}
    for pair in pairs:
        factor, _, value = pair.partition("=")
        if factor not in FACTORS or not (value.isascii() and value.isdigit()):
            raise UsageFault(
                f"`{pair}` is no progress; write FACTOR=1..10 with {', '.join(FACTORS)}"
            )
        ratings[factor] = int(value)
    return ratings


def _answers(pairs: list[str]) -> dict[str, int]:
    """Read `sc-water=7`. Raises UsageFault."""
    answers: dict[str, int] = {}
    for pair in pairs:
        question, _, value = pair.rpartition("=")
        if not question or not (value.isascii() and value.isdigit()):
            raise UsageFault(
                f"`{pair}` answers no scaled question; write ID=1..10, such as sc-water=7"
            )
        answers[question] = int(value)
    return answers
