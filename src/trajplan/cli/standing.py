"""`trajplan parked` and `trajplan notes`: what stands until it is closed (R128)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trajplan.cli import ask
from trajplan.cli.command import Group, Run
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.options import (
    complete_parked,
    number_argument,
    session_option,
    text_argument,
    text_option,
)
from trajplan.pages.document import Document
from trajplan.records.model.commitments import ParkedTopic
from trajplan.records.model.sessions import Note
from trajplan.text import one_line, visible

if TYPE_CHECKING:
    from trajplan.actions.standing import Change
    from trajplan.records.dossier import Dossier

parked = Group(bare="list")
notes = Group(bare="list")

TopicNumber = Annotated[int, number_argument(complete_parked, "N")]
NoteNumber = Annotated[int, typer.Argument(metavar="ID", help="Its number in `trajplan notes`.")]


@parked.command("list", also=LIST_FORMATS)
def list_parked(run: Run) -> Document:
    """List the topics that are parked, those with a date first."""
    from trajplan.pages.standing import parked_page

    return parked_page(run.context.today, run.dossier())


@parked.command("add")
def add_parked(
    run: Run,
    text: Annotated[str, text_argument("What is for another time", line=True, from_file=True)] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="DAY",
            help="By when it matters. Without it: the date its words name, if any.",
        ),
    ] = "",
) -> Document:
    """Park a topic between two sessions. In a session, the wrap does it."""
    from trajplan.actions.standing import park_topic
    from trajplan.pages.standing import parked_page

    client = run.right_client()
    words = ask.required(text, "What is for another time", "a topic needs words; give them, or `-`")
    parked = park_topic(run.context, one_line(words), client=client, day=by)
    return parked_page(run.context.today, *_told(run, parked))


@parked.command("take")
def take_parked(
    run: Run,
    number: TopicNumber,
    session: Annotated[
        str | None, session_option("For which session. Without it: the next one.")
    ] = None,
    back: Annotated[bool, typer.Option("--back", help="Leave it parked after all.")] = False,
) -> Document:
    """Take a parked topic up in the next session. It stays on the list until you close it."""
    from trajplan.actions.standing import take_up
    from trajplan.pages.standing import parked_page

    taken = take_up(run.context, number, client=run.right_client(), session=session, back=back)
    return parked_page(run.context.today, *_told(run, taken))


@parked.command("close")
def close_parked(
    run: Run,
    number: TopicNumber,
    outcome: Annotated[
        str, text_option("What came of it", "--outcome", line=True, ask=True, unless="back")
    ] = "",
    back: Annotated[bool, typer.Option("--back", help="Open it again.")] = False,
) -> Document:
    """Close a parked topic: it is settled, or no longer needed."""
    from trajplan.actions.standing import close_topic
    from trajplan.pages.standing import parked_page

    closed = close_topic(
        run.context, number, client=run.right_client(), outcome=outcome, again=back
    )
    return parked_page(run.context.today, *_told(run, closed))


@parked.command("remove")
def remove_parked(run: Run, number: TopicNumber) -> Document:
    """Remove a parked topic, also from the wrap that parked it. `trajplan undo` brings it back."""
    return run.remove(ParkedTopic, number)


@notes.command("list", also=LIST_FORMATS)
def list_notes(run: Run) -> Document:
    """List your notes on a client, session by session."""
    from trajplan.pages.standing import notes_page

    return notes_page(run.dossier())


@notes.command("add")
def add_note(
    run: Run,
    text: Annotated[str, text_argument("Your note", from_file=True)] = "",
    session: Annotated[
        str | None, session_option("Which session it belongs to. Without it: the one held last.")
    ] = None,
    pin: Annotated[
        bool, typer.Option("--pin", help="Show it on every plan until you unpin it.")
    ] = False,
) -> Document:
    """Save a note for yourself. No client's page ever shows it."""
    from trajplan.actions.standing import add_note as save_note
    from trajplan.pages.standing import notes_page

    client = run.right_client()
    words = ask.required(text, "Your note", "a note needs words; give them, or `-`")
    saved = save_note(run.context, visible(words), client=client, session=session, pin=pin)
    return notes_page(*_told(run, saved))


@notes.command("update")
def update_note(
    run: Run,
    number: NoteNumber,
    text: Annotated[str, text_argument("The note in other words", from_file=True)] = "",
) -> Document:
    """Put a note in other words. All else about it stays."""
    from trajplan.actions.standing import word_note
    from trajplan.pages.standing import notes_page

    client = run.right_client()
    words = ask.required(text, "The note in other words", "a note needs words; give them, or `-`")
    return notes_page(*_told(run, word_note(run.context, number, visible(words), client=client)))


@notes.command("pin")
def pin_note(run: Run, number: NoteNumber) -> Document:
    """Pin a note: until you unpin it every plan shows it whole, a glance and `today` in short."""
    from trajplan.actions.standing import pin_note as pin
    from trajplan.pages.standing import notes_page

    return notes_page(*_told(run, pin(run.context, number, client=run.right_client(), pin=True)))


@notes.command("unpin")
def unpin_note(run: Run, number: NoteNumber) -> Document:
    """Unpin a note. It stays among the notes of its session."""
    from trajplan.actions.standing import pin_note as pin
    from trajplan.pages.standing import notes_page

    return notes_page(*_told(run, pin(run.context, number, client=run.right_client(), pin=False)))


@notes.command("remove")
def remove_note(run: Run, number: NoteNumber) -> Document:
    """Remove a note. `trajplan undo` brings it back."""
    return run.remove(Note, number)


def _told(run: Run, change: Change) -> tuple[Dossier, str]:
    """Say what there is to know of a change; how all stands now, for its page."""
    run.hints(change.remarks)
    return change.dossier, change.words
