"""Text as it is taken in from the command line."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")


def one_line(text: str) -> str:
    """Text for a field of one line: line breaks and tabs become spaces, the ends are trimmed."""
    return " ".join(shown_as_typed(text).split())


def shown_as_typed(text: str) -> str:
    """Text in which control characters are replaced by pictures of themselves.

    An escape sequence pasted into a name must never reach a terminal, whichever way it is shown
    later; the picture still tells what was typed.
    """

    def picture(match: re.Match[str]) -> str:
        code = ord(match[0])
        if code < 0x20:
            return chr(0x2400 + code)
        return "␡" if code == 0x7F else "\ufffd"

    return CONTROL.sub(picture, text)
