"""Commands that a page or a message names, for the client it is about.

What a coach is told to type means the current client, as everything does that is typed without
`--client`. Where another was meant, the command says so: typed as it stands, it must never reach
the wrong client's records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from trajplan.cli.command import Group
from trajplan.cli.lazy import Lazy
from trajplan.pages.document import Document
from trajplan.pages.page import Page, Span
from trajplan.text import pattern

PROGRAM = "trajplan "
_NAMED = pattern(r"(?<!`)`(trajplan [^`\n]+)`(?!`)")


def for_client(text: str, client: str) -> str:
    """A message in which each command between backticks is for the client."""
    return _NAMED.sub(lambda match: f"`{command_for(match[1], client)}`", text)


def command_for(command: str, client: str) -> str:
    """A whole command for the client; one that already says whose stays.

    A slug is letters, digits and hyphens, which no shell takes apart.
    """
    words = command.removeprefix(PROGRAM).split()
    if "--client" in words or not _takes_client(words):
        return command
    return f"{command} --client {client}"


def _takes_client(words: Sequence[str]) -> bool:
    """Whether what is typed is one of the commands that take `--client` as most do."""
    from trajplan.cli.app import COMMANDS

    known = COMMANDS.get(words[0])
    command = known.load() if isinstance(known, Lazy) else known
    if isinstance(command, Group):
        verb = words[1] if len(words) > 1 else ""
        command = command.commands.get(verb) or command.commands.get(command.bare)
    return command is not None and command.takes_client


def document_for_client(document: Document, client: str) -> Document:
    """The document with every command that its page names for the client."""

    def changed(make: Callable[[], Page] | None) -> Callable[[], Page] | None:
        return None if make is None else lambda: _for_client(make(), client)

    return replace(
        document,
        page=changed(document.page),
        at_the_door=changed(document.at_the_door),
        bound=tuple(document_for_client(part, client) for part in document.bound),
    )


def _for_client(value: Any, client: str) -> Any:
    if isinstance(value, Span):
        if value.style == "code" and value.text.startswith(PROGRAM):
            return Span(command_for(value.text, client), "code")
        return value
    if isinstance(value, tuple):
        return tuple(_for_client(part, client) for part in value)
    if isinstance(value, msgspec.Struct):
        fields = {
            name: _for_client(getattr(value, name), client) for name in value.__struct_fields__
        }
        return type(value)(**fields)
    return value
