"""Time the planning alone, in a process that makes one plan as a command does.

    python planning.py WORD…

Runs the command those words name and prints, as the last line of standard error, the milliseconds
that `make_plan` took: from the records and the content as read to the plan, no import of its own
module counted. A second number is what the same plan takes once more, when the patterns it looks
with are made.
"""

from __future__ import annotations

import atexit
import sys
import time

import trajplan.__main__
from trajplan.planning import compose

make_plan = compose.make_plan
taken: list[float] = []


def timed(*arguments: object, **options: object) -> object:
    """As `make_plan`, done twice; remember how long each took."""
    for _ in range(2):
        began = time.perf_counter()
        plan = make_plan(*arguments, **options)  # type: ignore[arg-type]
        taken.append((time.perf_counter() - began) * 1000)
    return plan


compose.make_plan = timed  # type: ignore[assignment]
# A function that waits for the end also has the interpreter end as usual, see __main__.py.
atexit.register(lambda: print(*taken, file=sys.stderr))
sys.exit(trajplan.__main__.main())
