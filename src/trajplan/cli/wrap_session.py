"""`trajplan wrap session`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from trajplan.actions.context import Context, load_context
from trajplan.actions.echo import to_ask
from trajplan.actions.goals import open_goals
from trajplan.actions.scaled import Scale, planned_scales
from trajplan.actions.sheets import blank_sheet, is_wrapped, wrapped_sheet
from trajplan.actions.wrap_check import MOST_COMMITMENTS
from trajplan.actions.wrap_session import Handed, read_wrap
from trajplan.actions.wrap_session import wrap_session as keep
from trajplan.cli import ask, printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption, SessionArgument
from trajplan.dates import parse_day
from trajplan.errors import UsageFault
from trajplan.pages.echo import NAMES
from trajplan.pages.sheet import ClientSheet, sheet
from trajplan.planning.plan import FirstWords
from trajplan.records.forms import NewCommitment, Wrap, WrapEcho
from trajplan.records.goal_records import Goal


def wrap_session(
    number: SessionArgument = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="A wrap in YAML; `-` for standard input."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of an earlier wrap.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Take commitment dates outside the two sessions.")
    ] = False,
    blank: Annotated[
        bool, typer.Option("--blank", help="Only print an empty sheet for handwriting.")
    ] = False,
    client: ClientOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Keep what a session left behind and print its sheet; without --from, print it again."""
    context = load_context()
    if blank:
        printer.show(sheet(blank_sheet(context, client=client, number=number)), form, output)
        return
    if source is None and number is None and not ask.is_person():
        raise UsageFault("which session? Name it, or give its wrap with --from FILE")
    if source is None and not _to_be_asked(context, client, number, replace):
        printer.show(sheet(wrapped_sheet(context, client=client, number=number)), form, output)
        return
    if source is None:
        # Whose session it is must be settled before anything is asked.
        client, blank_form = ask.right_client(
            client, lambda whose: (whose, blank_sheet(context, client=whose, number=number))
        )
        handed = Handed(
            _asked(
                blank_form,
                open_goals(context, client=client),
                planned_scales(context, client=client, number=number),
                to_ask(context, client=client, number=number),
            )
        )
    else:
        handed = read_wrap(source)
    kept = ask.right_client(
        client,
        lambda whose: keep(
            context,
            client=whose,
            number=number,
            handed=handed,
            again=replace,
            force=force,
        ),
    )
    printer.notes(f"hint: {one}" for one in kept.hints)
    printer.show(sheet(kept.sheet), form, output)


def _to_be_asked(context: Context, client: str | None, number: str | None, replace: bool) -> bool:
    """Whether a person should be asked: the session has no wrap yet, or is to get a new one."""
    if not ask.is_person():
        return False
    return replace or not is_wrapped(context, client=client, number=number)


def _asked(
    blank: ClientSheet,
    goals: Sequence[Goal],
    scales: Sequence[Scale],
    again: Sequence[FirstWords],
) -> Wrap:
    """Ask for the least a wrap needs, each answer judged where it is given, and show it all."""
    printer.note(f"{blank.client_name} · session {blank.session}, {blank.date}")
    focus = ask.for_line("Focus of the session, in one line")
    takeaways = _takeaways()
    commitments: list[NewCommitment] = []
    while len(commitments) < MOST_COMMITMENTS:
        what = ask.for_line(f"Commitment {len(commitments) + 1}: what? (Enter: no more)")
        if not what:
            break
        commitments.append(
            NewCommitment(
                what=what,
                when=_day(blank),
                how_will_i_know=ask.for_something("  how will the client know?"),
                obstacle=ask.for_line("  what may get in the way?"),
                if_then=ask.for_line("  if so, then …?"),
                goal=_goal(goals),
            )
        )
    scaled = {}
    for scale in scales:
        answer = ask.for_rating(f"{scale.text}\n  1 {scale.low}, 10 {scale.high}")
        if answer is not None:
            scaled[scale.id] = answer
    inquiry = ask.for_line("The question that travels home (Enter: the planned one)")
    echo = _echoed(again)
    printer.note(f"{blank.client_name} · session {blank.session}: {focus or 'no focus'}")
    for said in takeaways:
        printer.note(f"  “{said}”")
    for one in commitments:
        printer.note(f"  {one.what} | {one.when} | {one.how_will_i_know}")
    for name, value in scaled.items():
        printer.note(f"  {name}: {value}")
    if not ask.for_yes("Keep this?"):
        raise typer.Abort
    return Wrap(
        kind="wrap",
        focus=focus,
        takeaways=takeaways,
        commitments=tuple(commitments) or "none chosen",
        inquiry=inquiry,
        scaled=scaled,
        echo=echo,
    )


def _takeaways() -> tuple[str, ...]:
    """Ask what the client takes away, one thing at a time, until Enter."""
    said: list[str] = []
    while one := ask.for_line("What does the client take away? (Enter: no more)"):
        said.append(one)
    return tuple(said)


def _goal(goals: Sequence[Goal]) -> str:
    """Ask which goal it serves where there is any; a number nobody has is asked again."""
    if not goals:
        return ""
    there = ", ".join(f"{one.number} {one.text}" for one in goals)
    while True:
        answer = ask.for_line(f"  which goal does it serve? ({there}; Enter: none)")
        if not answer.isdigit() or int(answer) in {one.number for one in goals}:
            return answer
        printer.note(f"  there is no open goal {answer}")


def _echoed(again: Sequence[FirstWords]) -> WrapEcho | None:
    """Ask what became of the first words; Enter leaves one out."""
    said: dict[str, str] = {}
    for one in again:
        printer.note(f"  {NAMES[one.question]} at the beginning: “{one.then}”")
        said[one.question] = ask.for_line("  what does the client say today? (Enter: nothing)")
    return WrapEcho(**said) if said else None


def _day(blank: ClientSheet) -> str:
    """Ask for a day until one is given that lies between the two sessions."""
    while True:
        answer = ask.for_line("  by when? (a day, or +7d)", "+7d")
        try:
            day = parse_day(answer, blank.date)
        except UsageFault as fault:
            printer.note(f"  {fault}")
            continue
        if day > blank.date and (blank.next_date is None or day < blank.next_date):
            return day.isoformat()
        printer.note(f"  {day} is not between this session and the next")
