"""Whether work grows in step with its input: a ratio, as one time says how busy a machine is."""

import time
from collections.abc import Callable


def keeps_in_step(work: Callable[[int], object], size: int) -> bool:
    """Whether four times the input costs at most about four times as much, not sixteen times.

    `work` is called with a quarter of `size` and with all of it, and the better of two tries
    counts, as the machine may be busy with something else.
    """
    return any(_cost(work, size) <= 9 * max(_cost(work, size // 4), 0.02) for _ in range(2))


def _cost(work: Callable[[int], object], size: int) -> float:
    begun = time.process_time()
    work(size)
    return time.process_time() - begun
