"""`trajplan log-tci`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.actions.context import load_context
from trajplan.actions.forms import free_text
from trajplan.actions.rate import rate, to_be_rated
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import ClientOption, FormatOption
from trajplan.pages.kept import rated
from trajplan.pages.words import FACTORS
from trajplan.text import visible

Rating = Annotated[
    int | None,
    typer.Option(metavar="1..10", help="Where the client stands on it.", show_default=False),
]


def log_tci(
    session: Annotated[
        str | None,
        typer.Option(
            "--session",
            metavar="N",
            help="Which session. Without it: the one held last.",
            autocompletion=complete.sessions,
        ),
    ] = None,
    clarity: Rating = None,
    options: Rating = None,
    decision: Rating = None,
    momentum: Rating = None,
    confidence: Rating = None,
    satisfaction: Annotated[
        int | None,
        typer.Option(metavar="1..10", help="With the session, apart.", show_default=False),
    ] = None,
    note: Annotated[str, typer.Option(help="A note; `-` reads it from standard input.")] = "",
    date: Annotated[str, typer.Option(metavar="DAY", help="When it was rated.")] = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Keep where the client stands right now. A factor not rated is left out."""
    values = {
        "clarity": clarity,
        "options": options,
        "decision": decision,
        "momentum": momentum,
        "confidence": confidence,
    }
    empty = satisfaction is None and not note and all(one is None for one in values.values())
    if empty and ask.is_person():
        # Whose ratings they are must be settled before anything is asked.
        client, about = ask.right_client(
            client, lambda whose: (whose, to_be_rated(load_context(), client=whose, number=session))
        )
        printer.note(f"{about}\nWhere do you stand right now?")
        values = {name: ask.for_rating(FACTORS[name]) for name in values}
        satisfaction = ask.for_rating("Satisfaction with the session")
    text = visible(free_text("-") if note == "-" else note)
    given = {name: value for name, value in values.items() if value is not None}
    kept = ask.right_client(
        client,
        lambda whose: rate(
            load_context(),
            client=whose,
            number=session,
            values=given,
            satisfaction=satisfaction,
            note=text,
            date=date,
        ),
    )
    if kept.now_held:
        printer.note(f"session {kept.session.number} now counts as held; it is not wrapped yet")
    printer.show(rated(kept), form)
