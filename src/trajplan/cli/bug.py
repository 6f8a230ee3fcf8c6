"""What is said of a bug: kinds of exceptions, places and versions, and nobody's words (R157).

What an exception says of itself may be a client's words, so it is left out, and so are all values.
"""

from __future__ import annotations

import platform
import sqlite3
import traceback
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("trajplan", "typer", "msgspec")


def practice_is_faulty() -> bool:
    """Whether the practice can be read and has faults; no where even that is not known."""
    from trajplan.actions.check_practice import has_faults
    from trajplan.actions.context import load_context

    try:
        return has_faults(load_context())
    except Exception:
        return False


def bug_report(error: BaseException, *, whole: bool) -> Iterator[str]:
    """The report, line by line; `whole`: with every place on the way to the bug."""
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
    frames = traceback.extract_tb(error.__traceback__, limit=-40)
    return [
        f"{_in_package(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames
    ] or ["no place"]


def _in_package(file: str) -> str:
    return "/".join(Path(file).parts[-3:])
