"""Text as it is taken in from the command line."""

from __future__ import annotations

from trajplan.controls import pictured
from trajplan.errors import UsageFault


def one_line(text: str) -> str:
    """Text for a field of one line: line breaks and tabs become spaces, the ends are trimmed."""
    return " ".join(pictured(text).split())


shown_as_typed = pictured
"""An escape sequence pasted into a field must never reach a terminal, whichever way it is shown
later; the picture still tells what was typed."""


def whole(text: str, what: str) -> str:
    """Return text that can be written to a file. Raises UsageFault for half a character, which is
    what bytes that are not UTF-8 become on the command line."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageFault(
            f"the {what} holds half a character; type or paste it again as UTF-8"
        ) from None
    return text
