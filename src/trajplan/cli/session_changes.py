"""`trajplan sessions move`, `miss`, `cancel`, `skip`, `extend`, `cadence`, `pause`, `resume`,
`add`, `update` and `days-off`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from trajplan.actions import meetings, rests, session_extent, session_moves, session_rhythm
from trajplan.actions.context import load_context
from trajplan.actions.forms import free_text
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.errors import UsageFault
from trajplan.pages.session_changes import changed, off_list
from trajplan.text import one_line, visible

WhichArgument = Annotated[
    str,
    typer.Argument(
        metavar="N",
        help="The session's number, or `m1` for the first unnumbered meeting.",
        autocompletion=complete.sessions,
    ),
]
ReasonOption = Annotated[
    str, typer.Option("--reason", help="What for; `-` reads it from standard input.")
]
TimeOption = Annotated[
    str, typer.Option("--time", metavar="HH:MM", help="When it starts, if not at the usual time.")
]
NoteOption = Annotated[
    str, typer.Option("--note", help="A note for you alone; `-` reads it from standard input.")
]


def move(
    number: WhichArgument,
    day: Annotated[
        str, typer.Argument(metavar="DAY", help="The new day, e.g. 2027-03-12, friday or +7d.")
    ],
    time: TimeOption = "",
    shift: Annotated[
        bool, typer.Option("--shift", help="Move all later sessions by as many days.")
    ] = False,
    reason: ReasonOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Give a session another day under its number; later ones stay unless --shift is given."""
    why = _words(reason)
    found = ask.right_client(
        client,
        lambda whose: session_moves.move_session(
            load_context(), number, day, client=whose, time=time, shift=shift, reason=why
        ),
    )
    printer.show(changed(found), form)


def miss(
    number: WhichArgument,
    reason: ReasonOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Keep that the client did not come; the number waits for a new day."""
    why = _words(reason)
    found = ask.right_client(
        client,
        lambda whose: session_moves.miss_session(load_context(), number, client=whose, reason=why),
    )
    printer.show(changed(found), form)


def cancel(
    number: WhichArgument,
    by: Annotated[
        Literal["client", "coach"] | None, typer.Option("--by", help="Who called it off.")
    ] = None,
    notice_hours: Annotated[
        int | None,
        typer.Option(min=0, max=10_000, help="How many hours ahead; left out: not said."),
    ] = None,
    reason: ReasonOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Call a session off; the number waits for a new day."""
    if by is None:
        if not ask.is_person():
            raise UsageFault("who called it off? Give --by client or --by coach")
        by = (
            "coach"
            if ask.for_choice("Who called it off", ("client", "coach")) == "coach"
            else ("client")
        )
    who, why = by, _words(reason)
    found = ask.right_client(
        client,
        lambda whose: session_moves.cancel_session(
            load_context(), number, client=whose, by=who, notice_hours=notice_hours, reason=why
        ),
    )
    printer.show(changed(found), form)


def skip(
    number: WhichArgument,
    back: Annotated[bool, typer.Option("--back", help="Take an earlier skip back.")] = False,
    reason: ReasonOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Use a session's number up without meeting; the journey goes on with the next."""
    why = _words(reason)
    found = ask.right_client(
        client,
        lambda whose: session_moves.skip_session(
            load_context(), number, client=whose, back=back, reason=why
        ),
    )
    printer.show(changed(found), form)


def extend(
    more: Annotated[
        int | None,
        typer.Argument(metavar="[K]", min=1, max=60, help="How many sessions to add."),
    ] = None,
    to: Annotated[
        int | None, typer.Option("--to", metavar="N", min=1, help="The new last number instead.")
    ] = None,
    phase: Annotated[
        str, typer.Option("--phase", help="Which phase grows. Without it: the one under way.")
    ] = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Add sessions to the journey; a phase grows by as many."""
    found = ask.right_client(
        client,
        lambda whose: session_extent.extend(
            load_context(), more=more, to=to, phase=phase, client=whose
        ),
    )
    printer.show(changed(found), form)


def cadence(
    every_days: Annotated[
        int,
        typer.Argument(metavar="DAYS", min=1, max=365, help="Days from one session to the next."),
    ],
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Change the rhythm of the sessions after the next one."""
    found = ask.right_client(
        client,
        lambda whose: session_rhythm.change_cadence(load_context(), every_days, client=whose),
    )
    printer.show(changed(found), form)


def pause(
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="From when. Without it: today.")
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="The day it goes on, if it is known.")
    ] = "",
    reason: ReasonOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Let the journey rest; nothing is called overdue or stalled meanwhile."""
    why = _words(reason)
    found = ask.right_client(
        client,
        lambda whose: rests.pause(
            load_context(), client=whose, since=since, until=until, reason=why
        ),
    )
    printer.show(changed(found), form)


def resume(
    day: Annotated[
        str,
        typer.Argument(
            metavar="[DAY]", help="The next session's day; later ones move by as many days."
        ),
    ] = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Let a resting journey go on."""
    found = ask.right_client(client, lambda whose: rests.resume(load_context(), day, client=whose))
    printer.show(changed(found), form)


def add(
    day: Annotated[str, typer.Argument(metavar="DAY", help="When, e.g. 2027-03-12 or friday.")],
    kind: Annotated[
        Literal["chemistry", "three_way", "check_in", "follow_up"],
        typer.Option("--kind", help="What sort of meeting."),
    ],
    time: TimeOption = "",
    note: NoteOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Add a meeting without a number; it does not move the journey."""
    words = _words(note, lines=True)
    found = ask.right_client(
        client,
        lambda whose: meetings.add_meeting(
            load_context(), kind, day, client=whose, time=time, note=words
        ),
    )
    printer.show(changed(found), form)


def update(
    number: WhichArgument,
    held: Annotated[bool, typer.Option("--held", help="The meeting took place.")] = False,
    note: NoteOption = "",
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Say that an unnumbered meeting was held, or keep a note."""
    words = _words(note, lines=True)
    found = ask.right_client(
        client,
        lambda whose: meetings.update_meeting(
            load_context(), number, client=whose, held=held, note=words
        ),
    )
    printer.show(changed(found), form)


def days_off(
    day: Annotated[
        str, typer.Argument(metavar="[DAY]", help="The first day. Without it: list them.")
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="The last day, if there are several.")
    ] = "",
    name: Annotated[str, typer.Option("--for", help="What for, in a word or two.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Forget the one DAY is in.")] = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Name days on which you meet nobody; new dates avoid them, for every client."""
    context = load_context()
    if remove:
        if not day or until or name:
            raise UsageFault("--remove takes one DAY and nothing else")
        found = rests.forget_days_off(context, day)
    elif day:
        found = rests.name_days_off(context, day, until=until, name=one_line(name))
    elif until or name:
        raise UsageFault("from when? Give the first DAY")
    else:
        found = rests.all_days_off(context)
    printer.show(off_list(found), form, output)


def _words(text: str, *, lines: bool = False) -> str:
    """Words as they were given, read from standard input for `-`."""
    given = free_text("-") if text == "-" else text
    return visible(given) if lines else one_line(given)
