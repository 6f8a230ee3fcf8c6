"""`trajplan commitments`, and `trajplan progress`: what the client took on, and what came of it."""

from __future__ import annotations

from typing import Annotated, cast, get_args

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Group, Run, command
from trajplan.cli.forms import LIST_FORMS
from trajplan.cli.options import complete_commitments, text_argument, text_option
from trajplan.dates import parse_day
from trajplan.errors import UsageFault
from trajplan.pages.document import Document
from trajplan.records.forms import CommitmentKind, CommitmentStatus, Proposer
from trajplan.records.model import Commitment, ContactKind
from trajplan.text import name_key, quote, visible

commitments = Group(bare="list")

CommitmentNumber = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="Its number in the list.", autocompletion=complete_commitments
    ),
]
LabelOption = Annotated[
    str,
    text_option("Up to five words for it, said aloud: “call to the works council”", line=True),
]
DeadlineOption = Annotated[
    str,
    typer.Option(
        metavar="DAY", help="A deadline set by somebody else; plans ask about it again before then."
    ),
]
GoalOption = Annotated[str, text_option("The goal it serves, by number or words", line=True)]


@commitments.command("list", also=(*LIST_FORMS, "ics"))
def list_commitments(
    run: Run,
    with_text: Annotated[
        bool,
        typer.Option(
            "--with-text", help="With --format ics: say in the calendar what was promised."
        ),
    ] = False,
) -> Document:
    """List every commitment with its status."""
    from trajplan.pages.commitments import commitment_list

    if with_text and not run.asks_for("ics"):
        raise UsageFault("--with-text is for a calendar: add --format ics, or -o FILE.ics")
    return commitment_list(run.dossier(), run.context.today, calendar_words=with_text)


@commitments.command("show")
def show_commitment(run: Run, number: CommitmentNumber) -> Document:
    """Show a commitment in full."""
    from trajplan.pages.commitments import commitment_page

    return commitment_page(run.detail(Commitment, number))


@commitments.command("add")
def add_commitment(
    run: Run,
    what: Annotated[str, text_argument("What the client will do")] = "",
    when: Annotated[str, typer.Option(metavar="DAY", help="By when, e.g. +7d.")] = "",
    how_will_i_know: Annotated[str, text_option("How the client will know")] = "",
    obstacle: Annotated[str, text_option("What may get in the way")] = "",
    if_then: Annotated[str, text_option("What the client will do then")] = "",
    kind: Annotated[CommitmentKind | None, typer.Option(help="What kind of step it is.")] = None,
    proposed_by: Annotated[Proposer, typer.Option(help="Whose idea it was.")] = "client",
    goal: GoalOption = "",
    estimate_minutes: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="How long it may take.")
    ] = None,
    label: LabelOption = "",
    deadline: DeadlineOption = "",
    keep_asking: Annotated[
        bool,
        typer.Option(
            "--keep-asking", help="The client wants to be asked about it, however long it takes."
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Accept a day in the past or after the next session.")
    ] = False,
) -> Document:
    """Add a commitment between sessions."""
    from trajplan.actions.commitments import new_commitment
    from trajplan.pages.commitments import commitment_page
    from trajplan.records.forms import NewCommitment

    client = run.right_client()
    asked = not what and ask.is_person()
    what = ask.required(what, "What", "what does the client take on?")
    commitment = NewCommitment(
        what=visible(what),
        when=ask.required(
            when,
            "By when (a day, or +7d)",
            "by when? Give --when DAY",
        ),
        how_will_i_know=visible(
            ask.required(
                how_will_i_know,
                "How will the client know",
                "how will the client know? Give --how-will-i-know",
            )
        ),
        obstacle=visible(_asked(obstacle, "What may get in the way (Enter: nothing)", asked)),
        if_then=visible(_asked(if_then, "If so, then …? (Enter: left open)", asked)),
        kind=kind,
        proposed_by=proposed_by,
        goal=goal,
        estimate_minutes=estimate_minutes,
        label=label,
        deadline=parse_day(deadline, run.context.today) if deadline else None,
        keep_asking=keep_asking,
    )
    added = new_commitment(run.context, commitment, client=client, force=force)
    run.hints(added.hints)
    return commitment_page(added)


def _asked(typed: str, question: str, asked: bool) -> str:
    """What was typed, or, where a person is being asked, the answer."""
    return typed or (ask.for_line(question) if asked else "")


@commitments.command("update")
def update_commitment(
    run: Run,
    number: CommitmentNumber,
    status: Annotated[
        str,
        typer.Option(
            metavar="OUTCOME", help="What came of it: done, partly, 'not yet', 'let go' or open."
        ),
    ] = "",
    minutes: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="How long it took.")
    ] = None,
    value: Annotated[
        int | None, typer.Option(metavar="1..10", help="What it was worth to the client.")
    ] = None,
    learned: Annotated[str, text_option("What the client learnt")] = "",
    goal: GoalOption = "",
    kind: Annotated[
        CommitmentKind | None,
        typer.Option(help="What kind of step it is; `preparing` is asked about in one line."),
    ] = None,
    label: LabelOption = "",
    deadline: DeadlineOption = "",
    keep_asking: Annotated[
        bool | None,
        typer.Option(
            "--keep-asking/--no-keep-asking",
            help="The client wants to be asked about it, however long it takes.",
        ),
    ] = None,
    contact: Annotated[
        ContactKind | None,
        typer.Option(help="A contact about it between sessions; every contact is saved."),
    ] = None,
    note: Annotated[str, text_option("What was said in the contact")] = "",
    date: Annotated[
        str, typer.Option(metavar="DAY", help="Day of the contact. Default: today.")
    ] = "",
) -> Document:
    """Record what came of a commitment, or a contact about it. Nothing earlier is lost."""
    from trajplan.actions.commitments import CommitmentChange, NewContact, change_commitment
    from trajplan.pages.commitments import commitment_page
    from trajplan.records.forms import STATUSES

    if contact is None and (note or date):
        raise UsageFault("--note and --date belong to a contact; say which with --contact")
    client = run.right_client()
    change = CommitmentChange(
        status=_status(status),
        minutes=minutes,
        value=value,
        learned=learned,
        contact=NewContact(kind=contact, note=note, date=date) if contact else None,
        goal=goal,
        kind=kind,
        label=label,
        deadline=deadline,
        keep_asking=keep_asking,
    )
    if change == CommitmentChange() and ask.is_person():
        current = run.detail(Commitment, number, client)
        name = current.dossier.client.name
        printer.note(f"{name} · commitment {number}: {current.record.what}")
        # `open` is what it was before anybody looked.
        outcomes = {
            STATUSES[status]: status for status in get_args(CommitmentStatus) if status != "open"
        }
        outcome = ask.for_choice(
            "What came of it, or Enter to leave it", tuple(outcomes), optional=True
        )
        change = CommitmentChange(
            status=outcomes.get(outcome), learned=ask.for_line("What did the client learn")
        )
    changed = change_commitment(run.context, number, change, client=client)
    run.hints(changed.hints)
    return commitment_page(changed)


def _status(typed: str) -> CommitmentStatus | None:
    """What came of a commitment, in the words of pages and forms or of JSON. Raises UsageFault."""
    from trajplan.records.forms import STATUSES

    if not typed:
        return None
    for status, words in STATUSES.items():
        if name_key(typed) in (name_key(status), name_key(words)):
            return cast("CommitmentStatus", status)
    raise UsageFault(f"--status {quote(typed)}: one of {', '.join(STATUSES.values())}")


@commitments.command("remove")
def remove_commitment(
    run: Run,
    number: CommitmentNumber,
    learned: Annotated[
        bool,
        typer.Option("--learned", help="Only what was learned from it; the commitment stays."),
    ] = False,
) -> Document:
    """Remove a commitment, with its reviews and contacts. `trajplan undo` brings it back."""
    from trajplan.actions.remove import remove, remove_learning
    from trajplan.pages.remove import removed_page

    client = run.right_client()
    if learned:
        return removed_page(remove_learning(run.context, number, client=client))
    return removed_page(remove(run.context, Commitment, number, client=client))


@command(also=LIST_FORMS)
def progress(run: Run) -> Document:
    """Show the time commitments took, what they brought and what got in the way."""
    from trajplan.pages.commitments import progress_page

    return progress_page(run.dossier())
