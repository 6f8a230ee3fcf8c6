"""Characters that steer a terminal or turn the direction of text: one table for the whole program.

C0 without tab and line feed, DEL, C1, and the bidirectional embeddings, overrides and isolates.
Arabic and Hebrew need none of the latter; left open, they would turn what follows.
"""

from __future__ import annotations

import re

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def pictured(text: str) -> str:
    """Text in which each such character is replaced by a picture of itself."""
    return STEERING.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"
