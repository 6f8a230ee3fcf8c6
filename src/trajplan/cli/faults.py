"""What becomes of a fault that ends a command: words on standard error, and an exit code.

Of a bug it says kinds of exceptions, places and versions, and nobody's words (R157). What an
exception says of itself may be a client's words, so it is left out, and so are all values.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from trajplan.cli import printer
from trajplan.errors import BUG, INTERRUPTED, CannotDo, StoreFault, TrajplanError
from trajplan.system import abandon

PACKAGES = ("trajplan", "typer", "msgspec")


def exit_code_after(error: Exception) -> int:
    """Say what went wrong, and return the exit code that says it to a script."""
    if _was_interrupted(error):
        return INTERRUPTED
    if isinstance(error, TrajplanError):
        printer.fault(error)
        return error.exit_code
    if isinstance(error, OSError):
        # What is left to print must not fail at exit either.
        abandon(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return 0  # whoever was reading has seen enough
        printer.fault(StoreFault(f"done, but the result could not be printed: {error.strerror}"))
        return StoreFault.exit_code
    if isinstance(error, OverflowError) and _is_no_day(error):
        printer.fault(CannotDo("a day counted here goes past the year 9999, or before the year 1"))
        return CannotDo.exit_code
    return report(error)


def _was_interrupted(error: BaseException) -> bool:
    """Whether Ctrl-C is behind an exception: Python makes it another one where it comes while a
    class is made."""
    return any(isinstance(cause, KeyboardInterrupt) for cause in _chain(error))


def _is_no_day(error: OverflowError) -> bool:
    """Whether a day is not in the calendar: on a clock that is far off, any counted from it may
    be."""
    from trajplan.dates import NO_SUCH_DAY

    return str(error) == NO_SUCH_DAY


def report(error: BaseException) -> int:
    """Say that this is a bug, and where, in words that anybody may be sent; return the exit code.

    Where the practice has faults, as after another program has written to it, they are the likelier
    reason.
    """
    faulty = practice_is_faulty()
    if faulty:
        printer.fault(
            StoreFault(
                "this stopped, most likely as the practice has faults; `trajplan practice check`"
                " names them"
            )
        )
    whole = bool(os.environ.get("TRAJPLAN_DEBUG"))
    if whole or not faulty:
        printer.notes(bug_report(error, whole=whole))
    return StoreFault.exit_code if faulty else BUG


def practice_is_faulty() -> bool:
    """Whether the practice can be read and has faults. False if that cannot be told."""
    from trajplan.actions.check_practice import has_faults
    from trajplan.actions.context import load_context

    try:
        return has_faults(load_context())
    except Exception:
        return False


def bug_report(error: BaseException, *, whole: bool) -> Iterator[str]:
    """The report, line by line; `whole`: with every place on the way to the bug."""
    import platform
    import sqlite3
    from importlib.metadata import version

    chain = [*_chain(error)]
    yield (
        f"trajplan: this is a bug ({type(error).__name__} in {_places(error)[-1]}). A command that"
        " stops halfway saves nothing."
    )
    if not whole:
        yield "TRAJPLAN_DEBUG=1 shows how it came to it, without a word of your records."
        return
    for exception in reversed(chain):
        yield f"{type(exception).__name__}, by way of"
        yield from (f"  {place}" for place in _places(exception))
    yield ", ".join(
        (
            *(f"{package} {version(package)}" for package in PACKAGES),
            f"Python {platform.python_version()}",
            f"SQLite {sqlite3.sqlite_version}",
            platform.platform(terse=True),
        )
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception with those that led to it, the last first."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _places(error: BaseException) -> list[str]:
    """`trajplan/cli/wrap.py:83 in wrap_session`, from the outermost to where it was raised.

    A file goes by its place in its package: where a package lies may hold a name.
    """
    import traceback

    frames = traceback.extract_tb(error.__traceback__, limit=-40)
    return [
        f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} in {frame.name}"
        for frame in frames
    ] or ["no place"]
