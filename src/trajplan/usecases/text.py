"""Text as it is taken in from the command line."""

from __future__ import annotations

from trajplan.controls import pictured


def one_line(text: str) -> str:
    """Text for a field of one line: line breaks and tabs become spaces, the ends are trimmed."""
    return " ".join(pictured(text).split())


shown_as_typed = pictured
"""An escape sequence pasted into a field must never reach a terminal, whichever way it is shown
later; the picture still tells what was typed."""
