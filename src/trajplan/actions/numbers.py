"""Numbers as a coach types them."""

from __future__ import annotations

import re

from trajplan.errors import UsageFault

_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")


def parse_number(text: str, what: str) -> float:
    """Read `12`, `-3`, `2.5` or `2,5`. Raises UsageFault naming `what`."""
    plain = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        raise UsageFault(f"{what} `{text}` is not a number; write it like 12 or 2.5")
    return float(plain.replace(",", "."))
