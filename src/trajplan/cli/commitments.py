"""`trajplan commitments`, and `trajplan progress`: what the client took on, and what came of it."""

from __future__ import annotations

from typing import Annotated, cast, get_args

import typer
from msgspec.structs import replace

from trajplan.cli import ask, printer
from trajplan.cli.command import Group, Run, command
from trajplan.cli.form_options import filled_by, form_option
from trajplan.cli.formats import FOR_A_CALENDAR, LIST_FORMATS
from trajplan.cli.options import complete_commitments, number_argument, text_argument
from trajplan.dates import parse_day
from trajplan.errors import UsageFault
from trajplan.pages.document import Document
from trajplan.records.command_forms import CommitmentChange
from trajplan.records.fields import FormField, form_fields
from trajplan.records.forms import STATUS_WORDS, STATUSES, CommitmentStatus, NewCommitment
from trajplan.records.model.commitments import Commitment
from trajplan.text import name_key, quote, visible

commitments = Group(bare="list")

CommitmentNumber = Annotated[int, number_argument(complete_commitments)]

Force = Annotated[
    bool, typer.Option("--force", help="Accept a day in the past or after the next session.")
]


@commitments.command("list", also=(*LIST_FORMATS, "ics"))
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
        raise UsageFault(f"--with-text {FOR_A_CALENDAR}")
    return commitment_list(run.dossier(), run.context.today, calendar_words=with_text)


@commitments.command("show")
def show_commitment(run: Run, number: CommitmentNumber) -> Document:
    """Show a commitment in full."""
    from trajplan.pages.commitments import commitment_page

    return commitment_page(run.detail(Commitment, number))


@commitments.command("add")
def add_commitment(
    run: Run,
    form: Annotated[
        NewCommitment,
        filled_by(what=text_argument("What the client will do"), without=("deadline",)),
    ],
    deadline: Annotated[str, form_option(NewCommitment, "deadline")] = "",
    force: Force = False,
) -> Document:
    """Add a commitment between sessions."""
    from trajplan.actions.commitments import new_commitment
    from trajplan.pages.commitments import commitment_page

    client = run.right_client()
    offers = not form.what and ask.is_person()
    answers = {
        field.name: visible(_answer(form, field))
        for field in form_fields(NewCommitment)
        if field.needed or (offers and field.name in OFFERED)
    }
    day = parse_day(deadline, run.context.today) if deadline else None
    form = replace(form, **answers, deadline=day)
    added = new_commitment(run.context, form, client=client, force=force)
    run.hints(added.hints)
    return commitment_page(added)


def _answer(form: NewCommitment, field: FormField) -> str:
    """What is said of a field, asking a person who left it out. Raises UsageFault where it is
    needed and nobody is there."""
    words, question = getattr(form, field.name), field.asks.about
    if not field.needed:
        return words or ask.for_line(f"{question} (Enter: nothing)")
    option = "" if field.name == "what" else f", with --{field.name.replace('_', '-')}"
    return ask.required(words, question, f"say {question[0].lower()}{question[1:]}{option}")


OFFERED = ("obstacle", "if_then")
"""What a person who is asked for a commitment is asked for besides."""


@commitments.command("update")
def update_commitment(
    run: Run,
    number: CommitmentNumber,
    *,
    status: Annotated[
        str,
        typer.Option(
            metavar="OUTCOME", help="What came of it: done, partly, 'not yet', 'let go' or open."
        ),
    ] = "",
    form: Annotated[CommitmentChange, filled_by(without=("status",))],
    force: Force = False,
) -> Document:
    """Record what came of a commitment or a contact about it, or change what was taken on.

    An obstacle of `none` takes it out. Every review and contact stays.
    """
    from trajplan.actions.commitments import change_commitment
    from trajplan.pages.commitments import commitment_page

    client = run.right_client()
    change = replace(form, status=_status(status))
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
    changed = change_commitment(run.context, number, change, client=client, force=force)
    run.hints(changed.hints)
    return commitment_page(changed)


def _status(typed: str) -> CommitmentStatus | None:
    """What came of a commitment, in the words of pages and forms or of JSON. Raises UsageFault."""
    if not typed:
        return None
    for status, words in STATUSES.items():
        if name_key(typed) in map(name_key, (status, words, *STATUS_WORDS[status])):
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
    from trajplan.pages.undo import removed_page

    client = run.right_client()
    if learned:
        return removed_page(remove_learning(run.context, number, client=client))
    return removed_page(remove(run.context, Commitment, number, client=client))


@command(also=LIST_FORMATS)
def progress(run: Run) -> Document:
    """Show the time commitments took and what they brought."""
    from trajplan.pages.commitments import progress_page

    return progress_page(run.dossier())
