"""What plain YAML text means: a small part of YAML 1.2, with no surprises.

Everything not listed here stays text: `1:30`, `012`, `no`, `yes`, dates, `.inf`, `0x10`.
"""

from __future__ import annotations

import re

_INTEGER = re.compile("0|-?[1-9][0-9]{0,14}")
_DECIMAL = re.compile("-?[0-9]{1,15}[.][0-9]{1,15}")
_NAMED: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}


class Decimal(float):
    """A number with a point that remembers how it was written: a form may mean it as text."""

    def __new__(cls, text: str) -> Decimal:
        """Keep the text beside the value."""
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str


def resolve(text: str) -> str | int | float | bool | None:
    """Return what unquoted text stands for. Quoted text never comes here: it is always text."""
    if text in _NAMED:
        return _NAMED[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
