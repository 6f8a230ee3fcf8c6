"""What closes an encrypted copy and opens it again, as it is said on the command line (R160).

A passphrase is never an argument: a shell keeps those, and others on the machine can list them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trajplan.cli import ask, printer
from trajplan.errors import UsageFault
from trajplan.text import require_utf8

if TYPE_CHECKING:
    from trajplan.records.encryption import Key

PassphraseOption = Annotated[
    str | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="Its first line is the passphrase; `-`: standard input. At a terminal you are asked.",
    ),
]
KeyOption = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="In place of a passphrase: a file of keys, as `age-keygen` makes it.",
    ),
]


def closing_key(passphrase_file: str | None, key_file: str | None) -> Key:
    """What closes a new copy. Raises UsageFault, and what reading a file raises."""
    if key_file is None:
        return _passphrase(passphrase_file, new=True)
    if passphrase_file is not None:
        raise UsageFault("give --passphrase-file or --key, not both")
    return _keys(key_file)


def opening_key(
    copy: str, passphrase_file: str | None, key_file: str | None, *, by_passphrase: bool
) -> Key:
    """What opens `copy`, which wants a passphrase or a key. Raises as `closing_key`."""
    if by_passphrase:
        if key_file is not None:
            raise UsageFault(f"`{copy}` was encrypted with a passphrase, not for a key")
        return _passphrase(passphrase_file, new=False)
    if key_file is None or passphrase_file is not None:
        raise UsageFault(f"`{copy}` was encrypted for a key: --key alone names the file it is in")
    return _keys(key_file)


def _keys(file: str) -> Key:
    from trajplan.actions.sources import decode, read_source
    from trajplan.records.encryption import read_key_file

    return read_key_file(decode(*read_source(file)), file)


def _passphrase(file: str | None, *, new: bool) -> Key:
    """What stands in the file's first line, or what a person types unseen."""
    from trajplan.actions.sources import decode, read_source
    from trajplan.records.encryption import Key

    if file in (None, "-") and ask.is_person():
        if new:
            printer.note("without this passphrase nobody can open the copy, not even you")
        return Key(passphrase=require_utf8(ask.for_passphrase(twice=new), "passphrase"))
    if file is None:
        raise UsageFault(
            "nobody is there to ask for the passphrase: --passphrase-file names a file with it, or"
            " `-` for standard input"
        )
    passphrase = decode(*read_source(file)).partition("\n")[0].removesuffix("\r")
    if not passphrase.strip():
        raise UsageFault(f"the first line of `{file}` is to be the passphrase, and it is empty")
    return Key(passphrase=passphrase)
