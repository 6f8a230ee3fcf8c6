"""Command groups that import a command's module only when that command is run.

Importing every command would cost more than running one. A group holds a table of names; help and
completion read the table, and only `get_command` imports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

NEGATIVE = re.compile(r"-\d+(\.\d+)?")
CONTEXT = {"help_option_names": ["-h", "--help"]}


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: the function to run, found in a module when needed, and its help line."""

    module: str
    function: str
    help: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of commands. `bare`: the command that the bare noun means, or empty."""

    help: str
    entries: Mapping[str, Entry] = field(default_factory=dict)
    bare: str = ""


Table = Mapping[str, Entry | Branch]


class Command(TyperCommand):
    """A command whose arguments may be negative numbers: `-1` is a wrong session, no option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let a negative number through to where the program can say what is possible."""
        if any(NEGATIVE.fullmatch(one) for one in args):
            ctx.ignore_unknown_options = True
        return super().parse_args(ctx, args)


class LazyGroup(TyperGroup):
    """A group over a table. Subclasses made by `grouped` carry the table and the bare command."""

    table: ClassVar[Table] = {}
    bare: ClassVar[str] = ""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is Typer's
        """Names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the signature is Typer's
        """Import and build one command; None for a name that is not in the table."""
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        return branch(cmd_name, entry) if isinstance(entry, Branch) else leaf(cmd_name, entry)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let the bare noun, with or without options, mean its listing command."""
        helps = ("-h", "--help")
        if self.bare and (not args or (args[0].startswith("-") and args[0] not in helps)):
            args = [self.bare, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Say which command was probably meant."""
        name = args[0]
        if name not in self.table and not name.startswith("-"):
            near = get_close_matches(name, self.table, n=1)
            instead = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(self.table)}"
            ctx.fail(f"no command `{name}`; {instead}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Typer's signature
        """List the commands from the table, importing none of them."""
        rows = [(name, entry.help) for name, entry in self.table.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def leaf(name: str, entry: Entry) -> Any:
    """Build the command of one entry."""
    function = getattr(import_module(entry.module), entry.function)
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, help=entry.help, cls=Command, context_settings=CONTEXT)(function)
    return typer.main.get_command(app)


def branch(name: str, entry: Branch) -> Any:
    """Build the group of one branch, still without importing its commands."""
    app = typer.Typer(
        name=name,
        cls=grouped(entry.entries, entry.bare),
        help=entry.help,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=not entry.bare,
        context_settings=CONTEXT,
    )
    app.callback()(_nothing)
    return typer.main.get_command(app)


def grouped(table: Table, bare: str = "", base: type[LazyGroup] = LazyGroup) -> type[LazyGroup]:
    """A group class over a table."""
    return type("Group", (base,), {"table": table, "bare": bare})


def _nothing() -> None:
    """Stand where Typer wants a function for a group that only holds commands."""
