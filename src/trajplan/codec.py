"""Values to plain JSON data and back, for data this program wrote itself.

Kept plans and the store's JSON columns. Foreign data goes through `content.border`.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Return dicts, lists, strings, numbers and None that say the same; dates become ISO text."""
    return msgspec.json.decode(msgspec.json.encode(value))


def from_plain(kind: type[T], data: Any) -> T:
    """Rebuild a value of `kind` from what `to_plain` made. Raises msgspec.ValidationError."""
    return msgspec.convert(data, kind, str_keys=True)
