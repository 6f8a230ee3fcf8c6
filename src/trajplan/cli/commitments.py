"""`trajplan commitments`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions.commitments import (
    NewContact,
    all_commitments,
    new_commitment,
    one_commitment,
    review_commitment,
)
from trajplan.actions.context import load_context
from trajplan.actions.forms import free_text
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.errors import UsageFault
from trajplan.pages.commitments import commitment_list, commitment_page
from trajplan.records.forms import NewCommitment
from trajplan.text import visible

IdArgument = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="Its number in the list.", autocompletion=complete.commitments
    ),
]

LOOKED_AT = ("done", "partly", "not_yet", "dropped")
"""What somebody may be asked to choose from; `open` is what it was before anybody looked."""


def list_commitments(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print every commitment with its status."""
    printer.show(commitment_list(all_commitments(load_context(), client=client)), form, output)


def show_commitment(
    number: IdArgument, client: ClientOption = None, form: FormatOption = None
) -> None:
    """Print one commitment in full."""
    printer.show(commitment_page(one_commitment(load_context(), number, client=client)), form)


def add_commitment(
    what: Annotated[str, typer.Argument(metavar="[WHAT]", help="What the client does.")] = "",
    when: Annotated[str, typer.Option(metavar="DAY", help="By when, e.g. +7d.")] = "",
    how_will_i_know: Annotated[str, typer.Option(help="How the client will know.")] = "",
    obstacle: Annotated[str, typer.Option(help="What may get in the way.")] = "",
    if_then: Annotated[str, typer.Option(help="What then.")] = "",
    kind: Annotated[
        Literal["experiential", "information_gathering", "reflective", "preparing"] | None,
        typer.Option(help="What kind of step it is."),
    ] = None,
    proposed_by: Annotated[
        Literal["client", "both", "coach"], typer.Option(help="Whose idea it was.")
    ] = "client",
    goal: Annotated[str, typer.Option(help="The goal it serves, by number or words.")] = "",
    estimate_minutes: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="How long it may take.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Take a day in the past or behind the next session.")
    ] = False,
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Add a commitment between sessions."""
    wanted = NewCommitment(
        what=visible(ask.required(what, "What", "what does the client take on?")),
        when=ask.required(when, "By when (a day, or +7d)", "by when? Give --when DAY"),
        how_will_i_know=visible(
            ask.required(
                how_will_i_know,
                "How will the client know",
                "how will the client know? Give --how-will-i-know",
            )
        ),
        obstacle=visible(obstacle),
        if_then=visible(if_then),
        kind=kind,
        proposed_by=proposed_by,
        goal=visible(goal),
        estimate_minutes=estimate_minutes,
    )
    made = ask.right_client(
        client, lambda whose: new_commitment(load_context(), wanted, client=whose, force=force)
    )
    printer.notes(f"hint: {one}" for one in made.hints)
    printer.show(commitment_page(made), form)


def update_commitment(
    number: IdArgument,
    status: Annotated[
        Literal["open", "done", "partly", "not_yet", "dropped"] | None,
        typer.Option(help="What came of it."),
    ] = None,
    minutes: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="How long it took.")
    ] = None,
    value: Annotated[
        int | None, typer.Option(metavar="1..10", help="What it was worth to the client.")
    ] = None,
    learned: Annotated[
        str, typer.Option(help="What was learnt; `-` reads it from standard input.")
    ] = "",
    goal: Annotated[str, typer.Option(help="The goal it serves, by number or words.")] = "",
    contact: Annotated[
        Literal["message", "call", "celebration"] | None,
        typer.Option(help="What passed about it between sessions; every contact is kept."),
    ] = None,
    note: Annotated[
        str, typer.Option(help="What was said in the contact; `-` reads it from standard input.")
    ] = "",
    date: Annotated[
        str, typer.Option(metavar="DAY", help="Day of the contact; today if not said.")
    ] = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Say what came of a commitment, or what passed about it; everything is kept."""
    if contact is None and (note or date):
        raise UsageFault("--note and --date belong to a contact; say which with --contact")
    if learned == note == "-":
        raise UsageFault("standard input can be read once; give --learned - or --note -")
    told = status or minutes or value is not None or learned or goal or contact
    if not told and ask.is_person():
        # Whose commitment it is must be settled before anything is asked.
        client, meant = ask.right_client(
            client,
            lambda whose: (
                whose,
                one_commitment(load_context(), number, client=whose, acting=True),
            ),
        )
        printer.note(f"{meant.client.name} · commitment {number}: {meant.commitment.what}")
        status = ask.for_choice("What came of it", LOOKED_AT)  # type: ignore[assignment]
        learned = ask.for_line("What was learnt")
    text = visible(free_text("-") if learned == "-" else learned)
    said = visible(free_text("-") if note == "-" else note)
    changed = ask.right_client(
        client,
        lambda whose: review_commitment(
            load_context(),
            number,
            client=whose,
            status=status,
            minutes=minutes,
            value=value,
            learned=text,
            contact=NewContact(kind=contact, note=said, date=date) if contact else None,
            goal=visible(goal),
        ),
    )
    printer.notes(f"hint: {one}" for one in changed.hints)
    printer.show(commitment_page(changed), form)
