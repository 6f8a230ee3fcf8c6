"""Command groups that import a command's file only when it is needed.

Importing every command would cost more than running one. The program's own help reads a table of
names; a noun's help reads the file of the noun, which imports no action and no page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, ClassVar

import typer
from msgspec import Struct
from typer.core import TyperCommand, TyperGroup

from trajplan.cli.command import Command, Group

NEGATIVE = re.compile(r"-\d+(\.\d+)?")
CONTEXT = {"help_option_names": ["-h", "--help"]}


class Lazy(Struct, frozen=True):
    """A command or group that is imported when it is needed, from `module:name` in this package."""

    place: str
    summary: str
    """Its line in the list of commands."""

    def load(self) -> Command | Group:
        """Import it."""
        module, _, name = self.place.partition(":")
        loaded: Command | Group = getattr(import_module(f"trajplan.cli.{module}"), name)
        return loaded


Table = Mapping[str, Lazy | Command]


class ParsedCommand(TyperCommand):
    """A command whose arguments may be negative numbers: `-1` is a wrong session, no option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let a negative number through to where the program can say what is possible."""
        if any(NEGATIVE.fullmatch(word) for word in args):
            ctx.ignore_unknown_options = True
        return super().parse_args(ctx, args)


class LazyGroup(TyperGroup):
    """A group over a table. Subclasses made by `grouped` carry the table and the bare command."""

    table: ClassVar[Table] = {}
    bare: ClassVar[str] = ""
    numbered: ClassVar[bool] = False
    """Whether a number alone means the bare command too."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is Typer's
        """Names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the signature is Typer's
        """Import and build one command; None for a name that is not in the table."""
        command = self.table.get(cmd_name)
        return None if command is None else build(cmd_name, command)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let the bare noun, with or without options, mean its bare command."""
        if self.bare and (not args or self._is_for_bare(args[0])):
            args = [self.bare, *args]
        return super().parse_args(ctx, args)

    def _is_for_bare(self, word: str) -> bool:
        """Whether what stands behind the noun is an option or number of its bare command. What
        is no word may be meant as a number, and is refused as one there."""
        if word.startswith("-"):
            return word not in CONTEXT["help_option_names"]
        return self.numbered and not word[:1].isalpha()

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Say which command was probably meant."""
        name = args[0]
        if name not in self.table and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, self.table, n=1)
            instead = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(self.table)}"
            ctx.fail(f"no command `{name}`; {instead}")
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """List the noun's own options, then those of the command that the noun alone means."""
        super().format_options(ctx, formatter)
        if not self.bare:
            return
        bare = self.get_command(ctx, self.bare)
        with bare.make_context(self.bare, [], parent=ctx, resilient_parsing=True) as own:
            records = [parameter.get_help_record(own) for parameter in bare.params]
            noun = ctx.command_path
            title = f"Options of `{noun} {self.bare}`, which `{noun}` takes as well"
            with formatter.section(title):
                formatter.write_dl([record for record in records if record])

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Typer's signature
        """List the commands from the table, importing none of them."""
        rows = [(name, command.summary) for name, command in self.table.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@cache
def build(name: str, command: Lazy | Command) -> Any:
    """Build what Typer runs. It holds nothing of a run, so it is built once."""
    loaded = command.load() if isinstance(command, Lazy) else command
    if isinstance(loaded, Group):
        return _branch(name, loaded, command.summary)
    return _leaf(name, loaded)


def _leaf(name: str, command: Command) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    register = app.command(
        name, help=command.help, epilog=command.epilog, cls=ParsedCommand, context_settings=CONTEXT
    )
    register(command.for_typer())
    built = typer.main.get_command(app)
    for parameter in built.params:
        _describe_number(parameter)
    return built


def _describe_number(parameter: Any) -> None:
    """Say NUMBER and its bounds in words, where Typer's help would have `<int range>` and
    `[1<=x<=60]`."""
    low, high = (getattr(parameter.type, bound, None) for bound in ("min", "max"))
    if low is None or high is None:
        return
    parameter.metavar = parameter.metavar or "NUMBER"
    parameter.type._describe_range = lambda: f"from {low} to {high}"


def _branch(name: str, group: Group, summary: str) -> Any:
    app = typer.Typer(
        name=name,
        cls=grouped(group.commands, group.bare, numbered=group.numbered),
        help=summary + _short_form(name, group),
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=not group.bare,
        context_settings=CONTEXT,
    )
    app.callback()(_nothing)
    return typer.main.get_command(app)


def _short_form(name: str, group: Group) -> str:
    """What a noun with a bare command says of it in its help."""
    if not group.numbered:
        return ""
    return (
        f"\n\n`trajplan {name}` and `trajplan {name} 4` are short for `trajplan {name} "
        f"{group.bare}`, with or without a number."
    )


def grouped(
    table: Table, bare: str = "", base: type[LazyGroup] = LazyGroup, *, numbered: bool = False
) -> type[LazyGroup]:
    """A group class over a table."""
    return type("Group", (base,), {"table": table, "bare": bare, "numbered": numbered})


def _nothing() -> None:
    """Stand where Typer wants a function for a group that only holds commands."""
