"""What becomes of a fault that ends a command: words on standard error, and an exit code."""

from __future__ import annotations

import os
import sys

from trajplan.cli import printer
from trajplan.errors import CannotDo, StoreFault, TrajplanError
from trajplan.system import abandon


def exit_code_after(error: Exception) -> int:
    """Say what went wrong, and return the exit code that says it to a script."""
    if isinstance(error, TrajplanError):
        printer.fault(error)
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        # Whoever was reading has seen enough; what is left must not fail at exit either.
        abandon(sys.stdout)
        return 0
    if isinstance(error, OSError):
        printer.fault(StoreFault(f"done, but the result could not be printed: {error.strerror}"))
        return StoreFault.exit_code
    if isinstance(error, OverflowError) and _is_no_day(error):
        printer.fault(CannotDo("a day counted here goes past the year 9999, or before the year 1"))
        return CannotDo.exit_code
    return report(error)


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
    from trajplan.cli.bug import bug_report, practice_is_faulty

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
    return StoreFault.exit_code if faulty else 3
