"""`trajplan check-in`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.check_in import keep_check_in, to_arrive
from trajplan.actions.context import load_context
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import ClientOption, FormatOption
from trajplan.errors import UsageFault
from trajplan.measures.tci import FACTORS
from trajplan.pages.kept import arrived
from trajplan.text import one_line


def check_in(
    session: Annotated[
        str | None,
        typer.Option(
            "--session",
            metavar="N",
            help="Which session. Without it: the next one.",
            autocompletion=complete.sessions,
        ),
    ] = None,
    energy: Annotated[
        Literal["low", "normal", "high"] | None, typer.Option(help="How the client arrives.")
    ] = None,
    mood: Annotated[str, typer.Option(help="One word.")] = "",
    matters: Annotated[str, typer.Option(help="What matters most today.")] = "",
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
            help="Something hard has happened: hold today, work toward no goal.",
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
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Keep energy, mood, what matters most, progress since last time, and scaled answers."""
    told = energy or mood or matters or progress or scaled
    if not told and holding is None and serves is None and ask.is_person():
        # Whose session it is must be settled before anything is asked.
        client, about = ask.right_client(
            client, lambda whose: (whose, to_arrive(load_context(), client=whose, number=session))
        )
        printer.note(about)
        energy = ask.for_choice("Energy", ("normal", "low", "high"))  # type: ignore[assignment]
        mood = ask.for_line("Mood, in one word")
        matters = ask.for_line("What matters most today")
    kept = ask.right_client(
        client,
        lambda whose: keep_check_in(
            load_context(),
            client=whose,
            number=session,
            energy=energy,
            mood=one_line(mood),
            matters=one_line(matters),
            progress=_progress(progress or []),
            holding=holding,
            serves=serves,
            scaled=_scaled(scaled or []),
        ),
    )
    printer.show(arrived(kept), form)


def _progress(given: list[str]) -> dict[str, int]:
    """Read `clarity=7`. Raises UsageFault saying what is possible."""
    result: dict[str, int] = {}
    for one in given:
        factor, _, value = one.partition("=")
        if factor not in FACTORS or not (value.isascii() and value.isdigit()):
            raise UsageFault(
                f"`{one}` is no progress; write FACTOR=1..10 with {', '.join(FACTORS)}"
            )
        result[factor] = int(value)
    return result


def _scaled(given: list[str]) -> dict[str, int]:
    """Read `sc-water=7`. Raises UsageFault."""
    result: dict[str, int] = {}
    for one in given:
        name, _, value = one.rpartition("=")
        if not name or not (value.isascii() and value.isdigit()):
            raise UsageFault(
                f"`{one}` answers no scaled question; write ID=1..10, such as sc-water=7"
            )
        result[name] = int(value)
    return result
