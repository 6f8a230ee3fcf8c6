"""The command line: which commands there are, and how a fault becomes an exit code.

This file only registers. A command is a function in the file of its noun; see `command.py`.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import typer

from trajplan.cli import printer
from trajplan.cli.faults import exit_code_after, report
from trajplan.cli.lazy import CONTEXT, Lazy, LazyGroup, Table, grouped
from trajplan.errors import INTERRUPTED, StoreFault, UsageFault
from trajplan.system import abandon, take_any_letter
from trajplan.text import visible

ANSWERED = frozenset({*CONTEXT["help_option_names"], "--version"})
"""Options that Typer answers itself, whatever stands beside them."""
ABOUT = """Design whole career-coaching journeys, not just single conversations.

One coach, one client at a time. Groups, teams, payments, booking and portals are out of scope.
Everything stays on this machine; the program never goes online.
"""

COMMANDS: Table = {
    "new-client": Lazy("clients:new_client", "Add a client with a first journey."),
    "new-engagement": Lazy("clients:new_engagement", "Begin another journey with a client."),
    "use": Lazy("clients:use", "Choose the current client."),
    "check-in": Lazy("ratings:check_in", "Record how the client arrives."),
    "prep": Lazy("prep:prep", "Prepare a session."),
    "pack": Lazy("prep:pack", "Print all the pages of a session together."),
    "live": Lazy("live:live", "Run a session: clock, script, and a key for what comes up."),
    "wrap": Lazy("wrap:wrap", "Wrap up a session."),
    "recap": Lazy("wrap:recap", "Write the mail that follows a session."),
    "log-tci": Lazy("ratings:log_tci", "Record where the client stands after a session."),
    "recommend": Lazy("journey:recommend", "Say which method suits, and by which rule."),
    "refer": Lazy("clients:refer", "Record a referral."),
    "tci": Lazy("ratings:tci", "Show the Trajectory Change Index over time."),
    "today": Lazy("clients:today", "Show who comes today, and what is due with each client."),
    "close": Lazy("close:close", "End a journey, or print the pages the client takes along."),
    "progress": Lazy(
        "commitments:progress",
        "Show the time commitments took and what they brought.",
    ),
    "show": Lazy("clients:show", "Show a client on one page."),
    "journey": Lazy("journey:journey", "The arc of a journey, and its milestones."),
    "clients": Lazy("clients:clients", "The clients of this practice."),
    "sessions": Lazy("sessions:sessions", "The sessions of a journey."),
    "commitments": Lazy("commitments:commitments", "What the client took on."),
    "parked": Lazy("standing:parked", "Topics for another time, until they are closed."),
    "notes": Lazy("standing:notes", "Your notes, and what is pinned to every plan."),
    "goals": Lazy("goals:goals", "Themes, and the objectives under them."),
    "indicators": Lazy("goals:indicators", "What can be counted on the way to a goal."),
    "assumptions": Lazy("assumptions:assumptions", "Limiting beliefs in the client's words."),
    "blueprints": Lazy("blueprints:blueprints", "Blueprints, journeys, activities and prompts."),
    "questions": Lazy("questions:questions", "Question banks."),
    "worksheets": Lazy("worksheets:worksheets", "Forms and exercises, and what was filled in."),
    "pages": Lazy("blueprints:pages", "Client pages, worded and laid out your own way."),
    "search": Lazy("clients:search", "Search everything you have recorded, the newest first."),
    "undo": Lazy("practice:undo", "Take back the last command that changed records."),
    "practice": Lazy("practice:practice", "The practice file, and one client's records in it."),
    "demo": Lazy("practice:demo", "Show a real plan from a fictional practice."),
}
"""Every word after `trajplan`, in the order of its help. A noun's own words stand in its file."""


class Root(LazyGroup):
    """The program itself: every fault of a command becomes its exit code here."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the program's own options; what Typer says of them steers no terminal."""
        try:
            return super().parse_args(ctx, args)
        except BrokenPipeError as error:
            # Help or the version, of which whoever was reading has seen enough.
            raise typer.Exit(exit_code_after(error)) from None
        except Exception as error:
            raise _harmless(error) from None

    def invoke(self, ctx: Any) -> Any:
        """Run the command inside the one error boundary."""
        try:
            result = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except typer.Abort:
            raise typer.Exit(INTERRUPTED) from None
        except Exception as error:
            if type(error).__module__.startswith("typer"):
                raise _harmless(error) from None
            raise typer.Exit(exit_code_after(error)) from None
        return result


_KINDS = {
    "integer range": "a whole number",
    "int range": "a whole number",
    "integer": "a whole number",
    "float range": "a number",
    "float": "a number",
}
"""What Typer calls a value, in words of everyday."""


def _harmless(error: Exception) -> Exception:
    """A usage fault whose words, which repeat what was typed, are bounded and steer no terminal."""
    message = getattr(error, "message", None)
    if isinstance(message, str):
        for kind, words in _KINDS.items():
            message = message.replace(f"is not a valid {kind}", f"is not {words}")
        error.message = visible(printer.bounded(message))  # type: ignore[attr-defined]
    return error


app = typer.Typer(
    name="trajplan",
    cls=grouped(COMMANDS, base=Root),
    help=ABOUT,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings=CONTEXT,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"trajplan {version('trajplan')}")
        raise typer.Exit


@app.callback()
def options(
    practice: Annotated[
        str | None,
        typer.Option(
            "--practice",
            metavar="FILE",
            help="The practice file. Default: TRAJPLAN_PRACTICE, else your data folder.",
        ),
    ] = None,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option("--color", help="When to use colour.")
    ] = "auto",
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Print long pages without `PAGER`.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read the options that hold for every command."""
    printer.use_color(color)
    printer.use_pager(not no_pager)
    if practice is not None:
        if not practice:
            # A variable that was never set, as a rule: anything but the practice that is meant.
            raise UsageFault("--practice is empty; it names the practice file")
        os.environ["TRAJPLAN_PRACTICE"] = practice


EVERYWHERE = ("--practice", "--color")
SWITCH = "--no-pager"
"""It takes no value, and may stand anywhere too."""


def hoisted(arguments: list[str]) -> list[str]:
    """Move options of the whole program to the front, so that they may stand anywhere."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in EVERYWHERE:
            front += [word, *itertools.islice(words, 1)]
        elif word == SWITCH or word.startswith(tuple(f"{option}=" for option in EVERYWHERE)):
            front.append(word)
        else:
            rest.append(word)
    return [*front, *rest]


def asks_for_help(words: Iterable[str]) -> bool:
    """Whether a command line asks for help or the version, which Typer leaves out without a word
    where it cannot be printed."""
    before_text = itertools.takewhile(lambda word: word != "--", words)
    return not ANSWERED.isdisjoint(before_text)


def main() -> None:
    """Run the program."""
    for stream in (sys.stdout, sys.stderr):
        take_any_letter(stream)
    words = sys.argv[1:]
    if sys.stdout is None and asks_for_help(words):
        printer.fault(StoreFault("standard output is closed: there is nowhere to print to"))
        sys.exit(StoreFault.exit_code)
    try:
        app(args=hoisted(words), prog_name="trajplan")
    except OSError as error:
        # Help, the version or a fault of usage, which Typer prints itself.
        abandon(sys.stdout)
        printer.fault(StoreFault(f"this could not be printed: {error.strerror}"))
        sys.exit(StoreFault.exit_code)
    except Exception as error:
        # Outside of any command: while options are read, or completed by the shell.
        sys.exit(report(error))
