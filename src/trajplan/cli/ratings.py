"""The client's ratings: `trajplan log-tci` records them, `trajplan tci` shows them over time."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Run, command
from trajplan.cli.options import complete_sessions, words
from trajplan.errors import UsageFault
from trajplan.measures.reliable_change import Figure
from trajplan.pages.document import Document

Rating = Annotated[
    int | None,
    typer.Option(metavar="1..10", help="Where the client stands on it.", show_default=False),
]


@command()
def log_tci(
    run: Run,
    session: Annotated[
        str | None,
        typer.Option(
            "--session",
            metavar="N",
            help="Which session. Without it: the one held last.",
            autocompletion=complete_sessions,
        ),
    ] = None,
    clarity: Rating = None,
    options: Rating = None,
    decision: Rating = None,
    momentum: Rating = None,
    confidence: Rating = None,
    satisfaction: Annotated[
        int | None,
        typer.Option(
            metavar="1..10", help="With the session; not part of the index.", show_default=False
        ),
    ] = None,
    note: Annotated[str, typer.Option(help="A note; `-` reads it from standard input.")] = "",
    date: Annotated[str, typer.Option(metavar="DAY", help="When it was rated.")] = "",
) -> Document:
    """Record where the client stands after a session. A factor without a rating is left out."""
    from trajplan.actions.ratings import rate, rating_title
    from trajplan.pages.ratings import saved_rating
    from trajplan.pages.words import FACTORS

    ratings = {
        "clarity": clarity,
        "options": options,
        "decision": decision,
        "momentum": momentum,
        "confidence": confidence,
    }
    client = run.right_client()
    nothing = all(rating is None for rating in (*ratings.values(), satisfaction)) and not note
    if nothing and ask.is_person():
        about = rating_title(run.context, client=client, number=session)
        printer.note(f"{about}\nWhere do you stand right now?")
        ratings = {name: ask.for_rating(FACTORS[name]) for name in ratings}
        satisfaction = ask.for_rating("Satisfaction with the session")
    reading = rate(
        run.context,
        client=client,
        number=session,
        values={name: rating for name, rating in ratings.items() if rating is not None},
        satisfaction=satisfaction,
        note=words(note),
        date=date,
    )
    if reading.now_held:
        printer.note(f"session {reading.session.number} now counts as held; it is not wrapped yet")
    return saved_rating(reading)


@command()
def tci(
    run: Run,
    history: Annotated[
        bool, typer.Option("--history", help="Also show entries that were corrected later.")
    ] = False,
    scaled: Annotated[
        bool, typer.Option("--scaled", help="Show the answers to scaled questions instead.")
    ] = False,
    sd: Annotated[
        float | None,
        typer.Option(
            "--sd", help="Standard deviation of the figure: marks changes larger than its noise."
        ),
    ] = None,
    reliability: Annotated[
        float | None, typer.Option(help="Reliability of the same figure, 0 to below 1.")
    ] = None,
    of: Annotated[
        Figure | None,
        typer.Option(
            "--of",
            help="The figure both belong to: the sum of the five factors (`total`, the default), "
            "their unweighted mean, or one factor.",
        ),
    ] = None,
) -> Document:
    """Show the Trajectory Change Index over time. Changes and flags stand beside it."""
    if scaled:
        from trajplan.actions.scaled import scaled_log
        from trajplan.pages.ratings import scaled_page

        if history or (sd, reliability, of) != (None, None, None):
            raise UsageFault(
                "--history, --sd, --reliability and --of belong to the ratings; leave them out "
                "with --scaled"
            )
        return scaled_page(scaled_log(run.context, client=run.client))
    from trajplan.actions.ratings import noise_band, read_log
    from trajplan.pages.tci_log import tci_log

    band = noise_band(of, sd, reliability)
    return tci_log(read_log(run.context, client=run.client, history=history, band=band))
