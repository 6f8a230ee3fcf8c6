"""How the client arrives (`trajplan check-in`), and the client's ratings.

`trajplan log-tci` records ratings, `trajplan tci` shows them over time.
"""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Run, command
from trajplan.cli.form_options import filled_by
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.options import session_option
from trajplan.errors import CannotDo, UsageFault
from trajplan.measures.tci import FACTORS, TITLES, Figure
from trajplan.pages.document import Document
from trajplan.records.command_forms import Arrival, RatingForm
from trajplan.text import one_line
from trajplan.vocabulary import Energy


@command()
def check_in(
    run: Run,
    session: Annotated[
        str | None, session_option("Which session. Without it: the next one.")
    ] = None,
    *,
    said: Annotated[Arrival, filled_by()],
) -> Document:
    """Record how the client arrives. A second one changes only what it mentions.

    Without options, on a terminal, you are asked.
    """
    from trajplan.actions.check_in import expected_arrival, save_check_in
    from trajplan.pages.ratings import saved_check_in

    client = run.right_client()
    if said == Arrival() and ask.is_person():
        expected = expected_arrival(run.context, client=client, number=session)
        printer.note(expected.title)
        energies: dict[str, Energy] = {name: name for name in get_args(Energy)}
        usual = (expected.earlier and expected.earlier.energy) or "normal"
        choices = tuple(dict.fromkeys((usual, "normal", "low", "high")))
        said = Arrival(
            energy=energies[ask.for_choice("Energy", choices)],
            mood=one_line(ask.for_line("Mood, in one word")),
            matters=one_line(ask.for_line("What matters most today (stands on their agenda)")),
        )
    return saved_check_in(save_check_in(run.context, said, client=client, number=session))


@command()
def log_tci(
    run: Run,
    session: Annotated[
        str | None, session_option("Which session. Without it: the one held last.")
    ] = None,
    *,
    form: Annotated[RatingForm, filled_by()],
) -> Document:
    """Record where the client stands after a session. A factor without a rating is left out."""
    from trajplan.actions.ratings import rate, rating_title
    from trajplan.pages.ratings import saved_rating

    ratings = {factor: getattr(form, factor) for factor in FACTORS}
    satisfaction = form.satisfaction
    client = run.right_client()
    nothing = all(rating is None for rating in (*ratings.values(), satisfaction)) and not form.note
    nothing = nothing and not form.taken_out
    if nothing and ask.is_person():
        about = rating_title(run.context, client=client, number=session)
        printer.note(f"{about}\nWhere do you stand right now?")
        ratings = {name: ask.for_rating(TITLES[name]) for name in ratings}
        satisfaction = ask.for_rating("Satisfaction with the session")
        if satisfaction is None and not any(ratings.values()):
            raise CannotDo("nothing was rated, so nothing was saved")
    reading = rate(
        run.context,
        client=client,
        number=session,
        values={name: rating for name, rating in ratings.items() if rating is not None},
        satisfaction=satisfaction,
        note=form.note,
        date=form.date,
        taken_out=form.taken_out,
    )
    if not reading.client.ratings:
        printer.note(
            f"{reading.client.name} gives no numbers; saved all the same. `trajplan undo` takes it "
            "back"
        )
    run.hints(reading.remarks)
    if reading.now_held:
        printer.note(f"session {reading.session.number} now counts as held; it is not wrapped yet")
    return saved_rating(reading)


@command(also=LIST_FORMATS)
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
        from trajplan.pages.ratings import scaled_page

        if history or (sd, reliability, of) != (None, None, None):
            raise UsageFault(
                "--history, --sd, --reliability and --of belong to the ratings; leave them out "
                "with --scaled"
            )
        return scaled_page(run.dossier())
    from trajplan.actions.ratings import noise_band, read_log
    from trajplan.pages.tci_log import tci_log

    band = noise_band(of, sd, reliability)
    return tci_log(read_log(run.context, client=run.client, history=history, band=band))
