"""How the client arrives (`trajplan check-in`), and the client's ratings.

`trajplan log-tci` records ratings, `trajplan tci` shows them over time.
"""

from __future__ import annotations

import itertools
from typing import Annotated, Any, get_args

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Run, command
from trajplan.cli.forms import LIST_FORMS
from trajplan.cli.options import session_option, text_option
from trajplan.errors import CannotDo, UsageFault
from trajplan.measures.tci import FACTORS, TITLES, Figure
from trajplan.pages.document import Document
from trajplan.records.forms import Energy
from trajplan.text import one_line


def _taken_out(field: str) -> Any:
    """`--no-…`: take out what an earlier check-in of the session said."""
    return typer.Option(f"--no-{field}", help=f"Take back an earlier --{field}.")


@command()
def check_in(
    run: Run,
    session: Annotated[
        str | None, session_option("Which session. Without it: the next one.")
    ] = None,
    energy: Annotated[Energy | None, typer.Option(help="How the client arrives.")] = None,
    mood: Annotated[str, text_option("Mood, in one word", line=True)] = "",
    matters: Annotated[str, text_option("What matters most today", line=True)] = "",
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
    no_energy: Annotated[bool, _taken_out("energy")] = False,
    no_mood: Annotated[bool, _taken_out("mood")] = False,
    no_matters: Annotated[bool, _taken_out("matters")] = False,
    no_about: Annotated[bool, _taken_out("about")] = False,
    no_serves: Annotated[bool, _taken_out("serves")] = False,
    no_progress: Annotated[bool, _taken_out("progress")] = False,
) -> Document:
    """Record how the client arrives. A second one changes only what it mentions.

    Without options, on a terminal, you are asked.
    """
    from trajplan.actions.check_in import CLEARED, Arrival, expected_arrival, save_check_in
    from trajplan.pages.ratings import saved_check_in

    taken_out = (no_energy, no_mood, no_matters, no_about, no_serves, no_progress)
    said = Arrival(
        energy=energy,
        mood=mood,
        matters=matters,
        about=tuple(about or ()),
        serves=serves,
        progress=_progress(progress or []),
        holding=holding,
        scaled=_answers(scaled or []),
        cleared=frozenset(itertools.compress(CLEARED, taken_out)),
    )
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
            matters=one_line(ask.for_line("What matters most today")),
        )
    return saved_check_in(save_check_in(run.context, said, client=client, number=session))


def _progress(pairs: list[str]) -> dict[str, int]:
    """Read `clarity=7`. Raises UsageFault saying what is possible."""
    ratings: dict[str, int] = {}
    for pair in pairs:
        factor, _, value = pair.partition("=")
        if factor not in FACTORS or not (value.isascii() and value.isdigit()):
            raise UsageFault(
                f"`{pair}` is not progress; write FACTOR=1..10 with {', '.join(FACTORS)}"
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
                f"`{pair}` does not answer a scaled question; write ID=1..10, such as sc-water=7"
            )
        answers[question] = int(value)
    return answers


Rating = Annotated[
    int | None,
    typer.Option(metavar="1..10", help="Where the client stands on it.", show_default=False),
]


@command()
def log_tci(
    run: Run,
    session: Annotated[
        str | None, session_option("Which session. Without it: the one held last.")
    ] = None,
    clarity: Rating = None,
    options: Rating = None,
    decision: Rating = None,
    momentum: Rating = None,
    confidence: Rating = None,
    satisfaction: Annotated[
        int | None,
        typer.Option(
            metavar="1..10",
            help="How satisfied with the session; not part of the index.",
            show_default=False,
        ),
    ] = None,
    note: Annotated[str, text_option("A note")] = "",
    date: Annotated[str, typer.Option(metavar="DAY", help="When it was rated.")] = "",
) -> Document:
    """Record where the client stands after a session. A factor without a rating is left out."""
    from trajplan.actions.ratings import rate, rating_title
    from trajplan.pages.ratings import saved_rating

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
        note=note,
        date=date,
    )
    if not reading.client.ratings:
        printer.note(
            f"{reading.client.name} gives no numbers; saved all the same. `trajplan undo` takes it "
            "back"
        )
    if reading.now_held:
        printer.note(f"session {reading.session.number} now counts as held; it is not wrapped yet")
    return saved_rating(reading)


@command(also=LIST_FORMS)
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
