"""Writes commands.md beside this file: every command with its arguments and options.

    python docs/reference/generate.py

The tables come from the program itself, so that they cannot say anything else than it does; a test
compares them with the file. It also writes the schemas of all content kinds into `schemas/`, and
gives each built-in file the first line by which an editor finds its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from trajplan.cli.app import app
from trajplan.content.kinds import KINDS
from trajplan.content.schemas import reference_of, schema_text
from trajplan.errors import CannotDo, InvalidContent, NotFound, StoreFault, UsageFault

FILE = Path(__file__).with_name("commands.md")
PROJECT = Path(__file__).parents[2]
HEAD = """\
# Commands

Made by `python docs/reference/generate.py` from the program's own help; do not edit by hand.

Results go to standard output, everything else to standard error. A terminal gets the rich view, a
pipe Markdown, a file what its name ends in; `--format` overrides. Where it says TEXT, `-` reads it
from standard input; at a terminal you are asked for it, and no word of it stays in the shell's
history. `-h` after any command prints its help; `trajplan --install-completion` lets the shell
complete commands, clients, sessions and ids.
"""
CODES = (
    (0, "done"),
    (CannotDo.exit_code, "cannot do that"),
    (UsageFault.exit_code, "usage: the words of the command do not fit together"),
    (3, "a bug in trajplan; the records are as they were before"),
    (
        InvalidContent.exit_code,
        "invalid content, one `FILE:LINE:COLUMN: message` a line; with `lint --strict`: any hint",
    ),
    (NotFound.exit_code, "not found"),
    (StoreFault.exit_code, "the practice file cannot be opened, read or written"),
    (130, "interrupted"),
)


def text() -> str:
    """The whole page."""
    root = typer.main.get_command(app)
    parts = [HEAD, *(_section(path, command) for path, command in commands(root))]
    parts.append("## Exit codes\n\n" + _table(("code", "meaning"), [(str(a), b) for a, b in CODES]))
    return "\n".join(parts)


def commands(command: Any, path: tuple[str, ...] = ("trajplan",)) -> Iterator[tuple[Any, Any]]:
    """Every command with the words that call it, groups before what is in them."""
    yield path, command
    for name in getattr(command, "table", ()):
        yield from commands(command.get_command(None, name), (*path, name))


def parameters(command: Any) -> list[Any]:
    """Arguments and options of this program's own; Typer words `--help` and completion itself."""
    given = ("help", "install_completion", "show_completion")
    return [one for one in command.params if one.name not in given]


def _section(path: tuple[str, ...], command: Any) -> str:
    lines = [f"## {' '.join(path)}", "", " ".join((command.help or "").split()), ""]
    if getattr(command, "bare", ""):
        lines += [f"On its own: `{' '.join(path)} {command.bare}`.", ""]
    rows = [(f"`{_call(one)}`", _about(one)) for one in parameters(command)]
    if rows:
        lines.append(_table(("", "what it does"), rows))
    return "\n".join(lines)


def _call(one: Any) -> str:
    """`--minutes INTEGER`, or the name of an argument."""
    if one.param_type_name == "argument":
        return str(one.metavar or one.name.upper())
    names = ", ".join([*one.opts, *one.secondary_opts])
    return names if one.is_flag else f"{names} {_kind(one)}"


def _kind(one: Any) -> str:
    choices = getattr(one.type, "choices", None)
    if choices:
        return "|".join(str(getattr(choice, "value", choice)) for choice in choices)
    if one.metavar:
        return str(one.metavar)
    return "NUMBER" if hasattr(one.type, "min") else "TEXT"


def _about(one: Any) -> str:
    told = " ".join((getattr(one, "help", None) or "").split())
    low, high = (getattr(one.type, name, None) for name in ("min", "max"))
    if low is not None and high is not None:
        told += f" From {low} to {high}."
    if getattr(one, "multiple", False) and "repeated" not in told and "more than once" not in told:
        told += " May be given more than once."
    return told.strip()


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in which a bar inside a cell is escaped."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def write_schemas() -> None:
    """Write every schema, and the line that names it into each built-in file that lacks it."""
    for kind in KINDS:
        place = PROJECT / "schemas" / f"{kind}.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(schema_text(kind), encoding="utf-8")
        for file in sorted((PROJECT / KINDS[kind].folder).glob("*.yaml")):
            content = file.read_text(encoding="utf-8")
            first = reference_of(kind) + "\n"
            if not content.startswith(first):
                file.write_text(first + content, encoding="utf-8")


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    write_schemas()
