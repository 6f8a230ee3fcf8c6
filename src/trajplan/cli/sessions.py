"""`trajplan sessions`: the calendar of a journey, and what happened to its sessions."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from trajplan.cli import ask
from trajplan.cli.command import Group, Run
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.options import complete_sessions, day_argument, text_option
from trajplan.errors import UsageFault
from trajplan.pages.document import Document
from trajplan.records.model.sessions import Canceller, MeetingKind

sessions = Group(bare="list")

SessionName = Annotated[
    str,
    typer.Argument(
        metavar="N",
        help="The session's number, or `m1` for the first unnumbered meeting.",
        autocompletion=complete_sessions,
    ),
]
ReasonOption = Annotated[str, text_option("Why", "--reason", line=True, ask=True, unless="back")]
TimeOption = Annotated[
    str, typer.Option("--time", metavar="TIME", help="When it starts, if not as usual: 14:00, 2pm.")
]
NoteOption = Annotated[str, text_option("A note for you alone", "--note", ask=True)]


@sessions.command("list", also=LIST_FORMATS)
def list_sessions(run: Run) -> Document:
    """List every session of the journey."""
    from trajplan.actions.sessions import session_rows
    from trajplan.pages.sessions import session_list

    dossier = run.dossier()
    return session_list(dossier, session_rows(dossier, run.context.library))


@sessions.command("show")
def show_session(run: Run, number: SessionName) -> Document:
    """Show everything on record about a session."""
    from trajplan.actions.sessions import one_session
    from trajplan.pages.sessions import session_page

    return session_page(*one_session(run.context, number, client=run.client))


@sessions.command("add")
def add_meeting(
    run: Run,
    day: Annotated[list[str], day_argument("When, e.g. 12 March or friday.", "DAY")],
    kind: Annotated[MeetingKind, typer.Option("--kind", help="What sort of meeting.")],
    time: TimeOption = "",
    note: NoteOption = "",
) -> Document:
    """Add an unnumbered meeting. It does not move the journey."""
    from trajplan.actions import session_days
    from trajplan.pages.sessions import calendar_change

    meeting = session_days.add_meeting(
        run.context, kind, " ".join(day), client=run.right_client(), time=time, note=note
    )
    return calendar_change(meeting)


@sessions.command("update")
def update_meeting(
    run: Run,
    number: SessionName,
    held: Annotated[bool, typer.Option("--held", help="The meeting took place.")] = False,
    note: NoteOption = "",
) -> Document:
    """Mark an unnumbered meeting as held, or add a note to it."""
    from trajplan.actions import session_days
    from trajplan.pages.sessions import calendar_change

    meeting = session_days.update_meeting(
        run.context, number, client=run.right_client(), held=held, note=note
    )
    return calendar_change(meeting)


@sessions.command("remove")
def remove_from_session(
    run: Run,
    number: SessionName,
    takeaway: Annotated[
        int, typer.Option("--takeaway", metavar="K", help="Which takeaway, counted from 1.")
    ],
) -> Document:
    """Remove a takeaway of a session, also from plans. `trajplan undo` brings it back."""
    from trajplan.actions.remove import remove_takeaway
    from trajplan.pages.undo import removed_page

    client = run.right_client()
    return removed_page(remove_takeaway(run.context, number, takeaway, client=client))


@sessions.command("move")
def move_session(
    run: Run,
    number: SessionName,
    day: Annotated[list[str], day_argument("The new day, e.g. 12 March, friday or +7d.", "DAY")],
    time: TimeOption = "",
    shift: Annotated[
        bool,
        typer.Option(
            "--shift",
            help="Move all later sessions by the same number of days; --time applies to them too.",
        ),
    ] = False,
    reason: ReasonOption = "",
) -> Document:
    """Move a session to another day. Later ones stay where they are, unless you add --shift."""
    from trajplan.actions import session_days
    from trajplan.pages.sessions import calendar_change

    move = session_days.move_session(
        run.context,
        number,
        " ".join(day),
        client=run.right_client(),
        time=time,
        shift=shift,
        reason=reason,
    )
    return calendar_change(move)


@sessions.command("miss")
def miss_session(run: Run, number: SessionName, reason: ReasonOption = "") -> Document:
    """Record a no-show. The number waits for a new day."""
    from trajplan.actions import session_days
    from trajplan.pages.sessions import calendar_change

    return calendar_change(
        session_days.miss_session(run.context, number, client=run.right_client(), reason=reason)
    )


@sessions.command("cancel")
def cancel_session(
    run: Run,
    number: SessionName,
    by: Annotated[Canceller | None, typer.Option("--by", help="Who cancelled.")] = None,
    notice_hours: Annotated[
        int | None,
        typer.Option(min=0, max=10_000, help="How many hours ahead. Without it: not known."),
    ] = None,
    reason: ReasonOption = "",
) -> Document:
    """Cancel a session. The number waits for a new day."""
    from trajplan.actions import session_days
    from trajplan.pages.sessions import calendar_change

    if by is None and not ask.is_person():
        raise UsageFault("who cancelled? Give --by client or --by coach")
    client = run.right_client()
    if by is None:
        cancellers: dict[str, Canceller] = {name: name for name in get_args(Canceller)}
        by = cancellers[ask.for_choice("Who cancelled", tuple(cancellers))]
    return calendar_change(
        session_days.cancel_session(
            run.context,
            number,
            client=client,
            by=by,
            notice_hours=notice_hours,
            reason=reason,
        )
    )


@sessions.command("skip")
def skip_session(
    run: Run,
    number: SessionName,
    back: Annotated[bool, typer.Option("--back", help="Undo an earlier skip.")] = False,
    reason: ReasonOption = "",
) -> Document:
    """Skip a session. Its number is used up without a meeting."""
    from trajplan.actions import session_days
    from trajplan.pages.sessions import calendar_change

    return calendar_change(
        session_days.skip_session(
            run.context, number, client=run.right_client(), back=back, reason=reason
        )
    )


@sessions.command("extend")
def extend_journey(
    run: Run,
    more: Annotated[
        int | None, typer.Argument(metavar="[K]", min=1, max=60, help="How many sessions to add.")
    ] = None,
    to: Annotated[
        int | None, typer.Option("--to", metavar="N", min=1, help="The new last number instead.")
    ] = None,
    phase: Annotated[
        str,
        typer.Option(
            "--phase", metavar="PHASE", help="Which phase grows. Default: the current one."
        ),
    ] = "",
) -> Document:
    """Add sessions to the journey. One phase gets longer."""
    from trajplan.actions import rhythm
    from trajplan.pages.sessions import calendar_change

    return calendar_change(
        rhythm.extend(run.context, more=more, to=to, phase=phase, client=run.right_client())
    )


@sessions.command("cadence")
def change_cadence(
    run: Run,
    every_days: Annotated[
        int,
        typer.Argument(metavar="DAYS", min=1, max=365, help="Days from one session to the next."),
    ],
) -> Document:
    """Change how many days apart the sessions are. The next one keeps its day."""
    from trajplan.actions import rhythm
    from trajplan.pages.sessions import calendar_change

    return calendar_change(
        rhythm.change_cadence(run.context, every_days, client=run.right_client())
    )


@sessions.command("pause")
def pause_journey(
    run: Run,
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="From when. Default: today.")
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="When it resumes, if that is known.")
    ] = "",
    reason: ReasonOption = "",
) -> Document:
    """Pause the journey. Nothing counts as overdue or stalled meanwhile."""
    from trajplan.actions import rhythm
    from trajplan.pages.sessions import calendar_change

    return calendar_change(
        rhythm.pause(
            run.context, client=run.right_client(), since=since, until=until, reason=reason
        )
    )


@sessions.command("resume")
def resume_journey(
    run: Run,
    day: Annotated[
        list[str] | None, day_argument("The next session's day; later ones move along.")
    ] = None,
) -> Document:
    """Resume a paused journey."""
    from trajplan.actions import rhythm
    from trajplan.pages.sessions import calendar_change

    return calendar_change(
        rhythm.resume(run.context, " ".join(day or ()), client=run.right_client())
    )


@sessions.command("days-off", client=False, also=LIST_FORMATS)
def days_off(
    run: Run,
    day: Annotated[list[str] | None, day_argument("The first day. Without it: list them.")] = None,
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="The last day, if there are several.")
    ] = "",
    name: Annotated[str, text_option("What for, in a word or two", "--for", line=True)] = "",
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove the days off that DAY belongs to.")
    ] = False,
) -> Document:
    """List, add or remove days on which you meet nobody. New dates avoid them, for every client."""
    from trajplan.actions.calendar import add_days_off, all_days_off, remove_days_off
    from trajplan.pages.sessions import days_off_list

    first = " ".join(day or ())
    if remove:
        if not first or until or name:
            raise UsageFault("--remove takes one DAY and nothing else")
        return days_off_list(remove_days_off(run.context, first))
    if first:
        return days_off_list(add_days_off(run.context, first, until=until, name=name))
    if until or name:
        raise UsageFault("from when? Give the first DAY")
    return days_off_list(all_days_off(run.context))
