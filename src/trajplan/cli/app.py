"""The command line: which commands there are, and how a fault becomes an exit code.

This file only registers. A command is a function in a module of its own; the table names it.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated, Any, Literal

import typer

from trajplan.cli import printer
from trajplan.cli.lazy import CONTEXT, Branch, Entry, LazyGroup, Table, grouped
from trajplan.errors import StoreFault, TrajplanError
from trajplan.pages.text import visible

ABOUT = """Design whole career-coaching journeys instead of isolated conversations.

One coach, one client at a time. Groups, teams, payments, booking and portals are out of scope.
Everything stays on this machine; no network connection is ever opened.
"""

COMMANDS: Table = {
    "new-client": Entry("new_client:new_client", "Add a client with a first journey."
    ),
    "new-engagement": Entry("new_engagement:new_engagement",
        "Begin another journey with a client who returns.",
    ),
    "use": Entry("clients:use", "Choose the client that commands mean."),
    "check-in": Entry("check_in:check_in", "Keep how the client arrives."),
    "prep": Branch(
        "Prepare a session.",
        {
            "brief": Entry("prep_brief:prep_brief",
                "Read up on a client, above all before the first session.",
            ),
            "session": Entry("prep_session:prep_session", "Plan a session minute by minute."
            ),
        },
    ),
    "wrap": Branch(
        "Keep what a session leaves behind.",
        {
            "session": Entry("wrap_session:wrap_session",
                "Keep a held session and print its action-commitment sheet.",
            ),
        },
    ),
    "log-tci": Entry("log_tci:log_tci", "Keep the client's ratings of a session."),
    "recommend": Entry("recommend:recommend", "Say which method suits, and by which rule."
    ),
    "refer": Entry("refer:refer", "Keep that somebody else's help was advised."),
    "tci": Entry("tci:tci", "Show the Trajectory Change Index over time."),
    "today": Entry("today:today", "Show who comes today and what waits."),
    "close": Entry("close:close", "End a journey, or print what the client goes on with."
    ),
    "progress": Entry("progress:progress", "Show what commitments cost, gave and met."
    ),
    "show": Entry("show:show", "Show one client on one page."),
    "journey": Branch(
        "The arc of a journey, and its milestones.",
        {
            "show": Entry("journey:show_journey", "Show where the journey stands."),
            "confirm": Entry("journey:confirm", "Say which criteria of a phase are met."
            ),
        },
        bare="show",
    ),
    "clients": Branch(
        "The clients of this practice.",
        {
            "list": Entry("clients:list_clients", "List every client."),
            "show": Entry("clients:show_client", "Show one client on one page."),
        },
        bare="list",
    ),
    "sessions": Branch(
        "The sessions of a journey.",
        {
            "list": Entry("sessions:list_sessions", "List every session."),
            "show": Entry("sessions:show_session", "Show what was kept of one."),
            "add": Entry("session_changes:add", "Add an unnumbered meeting."),
            "update": Entry("session_changes:update",
                "Say that a meeting was held, or keep a note.",
            ),
            "move": Entry("session_changes:move", "Give one another day."),
            "miss": Entry("session_changes:miss", "Keep that the client did not come."
            ),
            "cancel": Entry("session_changes:cancel", "Call one off."),
            "skip": Entry("session_changes:skip", "Use a number up without meeting."
            ),
            "extend": Entry("session_changes:extend", "Add sessions to the journey."
            ),
            "cadence": Entry("session_changes:cadence", "Change the rhythm."),
            "pause": Entry("session_changes:pause", "Let the journey rest."),
            "resume": Entry("session_changes:resume", "Let it go on."),
            "days-off": Entry("session_changes:days_off", "Name days on which nobody is met."
            ),
        },
        bare="list",
    ),
    "commitments": Branch(
        "What the client took on.",
        {
            "list": Entry("commitments:list_commitments", "List every commitment."),
            "show": Entry("commitments:show_commitment", "Show one in full."),
            "add": Entry("commitments:add_commitment", "Add one between sessions."),
            "update": Entry("commitments:update_commitment", "Say what came of one."
            ),
        },
        bare="list",
    ),
    "goals": Entry("goals:goals", "Themes, and the objectives under them."),
    "indicators": Entry("goals:indicators", "What can be counted on the way to a goal."),
    "assumptions": Branch(
        "Limiting beliefs in the client's words.",
        {
            "list": Entry("assumptions:list_assumptions", "List every assumption."),
            "show": Entry("assumptions:show_assumption", "Show one in full."),
            "add": Entry("assumptions:add_assumption", "Keep one as it was heard."),
            "update": Entry("assumptions:update_assumption",
                "Add evidence, or change its status.",
            ),
        },
        bare="list",
    ),
    "blueprints": Branch(
        "Session blueprints, journeys, activities, prompts and the recommendation.",
        {
            "list": Entry("blueprints:list_blueprints", "List them by kind."),
            "show": Entry("blueprints:show_blueprint", "Show one in full."),
            "search": Entry("blueprints:search_blueprints", "Find by words."),
            "check": Entry("blueprints:check_blueprints", "Report every fault."),
            "lint": Entry("lint:lint_blueprint_files", "Hint at what could be better."
            ),
            "schema": Entry("own:blueprint_schema", "Print the schema of a kind."),
            "new": Entry("own:new_blueprint", "Begin a file of your own."),
        },
        bare="list",
    ),
    "questions": Branch(
        "Question banks.",
        {
            "list": Entry("questions:list_questions", "List questions, or banks."),
            "show": Entry("questions:show_question", "Show a question or a bank."),
            "search": Entry("questions:search_questions", "Find by words."),
            "check": Entry("questions:check_questions", "Report every fault."),
            "lint": Entry("lint:lint_question_banks", "Hint at what could be better."
            ),
            "schema": Entry("own:question_schema", "Print the schema of a bank."),
            "new": Entry("own:new_bank", "Begin a bank of your own."),
            "import": Entry("own:import_bank", "Turn a list of questions into a bank."
            ),
            "update": Entry("retire:update_question", "Retire a question."),
        },
        bare="list",
    ),
    "worksheets": Branch(
        "Forms and exercises, and what was filled in.",
        {
            "list": Entry("worksheets:list_worksheets", "List every worksheet."),
            "show": Entry("worksheets:show_worksheet", "Show what one asks for."),
            "blank": Entry("worksheets:blank_worksheet", "Print a form."),
            "fill": Entry("worksheets:fill_worksheet", "Keep a form that was filled in."
            ),
            "result": Entry("worksheets:show_result",
                "Show what was filled in and what it says.",
            ),
            "history": Entry("worksheets:show_history", "List when what was filled in."
            ),
        },
        bare="list",
    ),
    "practice": Branch(
        "The practice file, and what is kept about one client.",
        {
            "where": Entry("practice:where", "Show where the practice is."),
            "check": Entry("practice:check", "Check that the file is sound."),
            "export": Entry("practice:export_practice", "Print all that is kept, as JSON."
            ),
            "erase": Entry("practice:erase", "Erase a client with everything kept."
            ),
        },
    ),
    "demo": Entry("demo:demo", "Show a real plan from a fictional practice."),
}


class Root(LazyGroup):
    """The program itself: every fault of a command becomes its exit code here."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the program's own options; what Typer says of them steers no terminal."""
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            raise _shown(error) from None

    def invoke(self, ctx: Any) -> Any:
        """Run the command inside the one error boundary."""
        try:
            result = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except TrajplanError as error:
            printer.fault(error)
            raise typer.Exit(error.exit_code) from None
        except typer.Abort:
            raise typer.Exit(130) from None
        except BrokenPipeError:
            # Whoever was reading has seen enough; what is left must not fail at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            printer.fault(StoreFault(f"done, but the result cannot be printed: {error.strerror}"))
            raise typer.Exit(StoreFault.exit_code) from None
        except Exception as error:
            if type(error).__module__.startswith("typer"):
                raise _shown(error) from None
            if os.environ.get("TRAJPLAN_DEBUG"):
                printer.note(traceback.format_exc())
            printer.note(
                f"trajplan: this is a bug ({type(error).__name__}: {error}). A command that stops "
                "half-way keeps nothing. TRAJPLAN_DEBUG=1 shows where."
            )
            raise typer.Exit(3) from None
        return result


def _shown(error: Exception) -> Exception:
    """A usage fault whose words, which repeat what was typed, hold no control character."""
    message = getattr(error, "message", None)
    if isinstance(message, str):
        error.message = visible(message)  # type: ignore[attr-defined]
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


def _version(wanted: bool) -> None:
    if wanted:
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
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read the options that hold for every command."""
    printer.use_color(color)
    if practice:
        os.environ["TRAJPLAN_PRACTICE"] = practice


EVERYWHERE = ("--practice", "--color")


def hoisted(arguments: list[str]) -> list[str]:
    """Move options of the whole program to the front, so that they may stand anywhere."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for one in waiting:
        if one == "--":
            rest += [one, *waiting]
        elif one in EVERYWHERE:
            front += [one, *([value] if (value := next(waiting, None)) is not None else [])]
        elif one.startswith(tuple(f"{name}=" for name in EVERYWHERE)):
            front.append(one)
        else:
            rest.append(one)
    return [*front, *rest]


def main() -> None:
    """Run the program."""
    app(args=hoisted(sys.argv[1:]), prog_name="trajplan")
