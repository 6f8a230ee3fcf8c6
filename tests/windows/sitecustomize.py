"""Read by Python at its start: what a test under `tests/no_unix.py` starts is on Windows."""

import sys

from tests.windows.pretend import take_away

take_away()
for stream in (sys.stdout, sys.stderr):
    if stream is not None and not stream.isatty():
        stream.reconfigure(encoding="cp1252", newline="\r\n")
