"""Time one whole process: from its start to its last byte and its end.

    python -I -S stopwatch.py pipe|terminal PROGRAM WORD…

Prints its exit code, milliseconds by the clock on the wall, milliseconds of processor time (user
and system), and its peak memory in kilobytes. It imports next to nothing: the memory of the process
that starts another counts in the other's peak.
"""

import os
import sys
import time


def run(words: list[str], *, terminal: bool) -> tuple[int, float, float, int]:
    """Run a program to its end, its result read through a pipe or a terminal."""
    parent, child = os.openpty() if terminal else os.pipe()
    nothing = os.open(os.devnull, os.O_RDWR)
    files = [(os.POSIX_SPAWN_DUP2, handle, to) for to, handle in enumerate((nothing, child))]
    began = time.perf_counter()
    process = os.posix_spawn(words[0], words, os.environ, file_actions=files)
    os.close(child)
    try:
        while os.read(parent, 65536):
            pass
    except OSError:
        pass  # so a terminal says that its other end is closed
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - began
    cpu = usage.ru_utime + usage.ru_stime
    return os.waitstatus_to_exitcode(status), wall * 1000, cpu * 1000, usage.ru_maxrss


if __name__ == "__main__":
    print(*run(sys.argv[2:], terminal=sys.argv[1] == "terminal"))
