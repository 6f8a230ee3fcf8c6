"""Pydantic's findings in words for a coach who writes YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trajplan.content.document import shown
from trajplan.content.report import meant

_EXPECTED: Mapping[str, str] = {
    "string_type": "expected text",
    "string_unicode": "expected text",
    "bool_type": "expected true or false",
    "tuple_type": "expected a list such as [one, two]",
    "list_type": "expected a list such as [one, two]",
    "dataclass_type": "expected a mapping (`key: value`)",
    "dict_type": "expected a mapping (`key: value`)",
    "mapping_type": "expected a mapping (`key: value`)",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "int_parsing": "expected a whole number",
    "float_type": "expected a number",
}
_LIMITS: Mapping[str, tuple[str, str]] = {
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
    "greater_than": ("gt", "more than"),
    "less_than": ("lt", "less than"),
}
_QUOTED = re.compile("'([^']*)'")


def found(value: Any) -> str:
    """Name what stands in the file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"a number ({value})"
    if isinstance(value, str):
        return f"text {shown(value)}" if value else "empty text"
    return "a list" if isinstance(value, list) else "a mapping"


def sentence(error: Mapping[str, Any], value: Any) -> str:
    """Say what is wrong with `value`, for one entry of pydantic's `errors()`."""
    kind = str(error["type"])
    context = error.get("ctx") or {}
    if kind == "literal_error":
        return _not_allowed(_QUOTED.findall(str(context["expected"])), value)
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"expected {words} {context[name]}, found {value}"
    if kind.startswith(("date", "time")):
        return f"expected a date such as 2026-03-31, found {found(value)}"
    expected = _EXPECTED.get(kind)
    if expected is None:
        # A kind of finding this contract does not produce today; better its words than none.
        return f"{error['msg']}, found {found(value)}"
    text = f"{expected}, found {found(value)}"
    if expected == "expected text" and isinstance(value, bool | int | float):
        text += "; put it in quotes"
    return text


def either(sentences: list[str], value: Any) -> str:
    """One sentence for a value that fits none of its possible kinds."""
    wanted = [one.removeprefix("expected ").rpartition(", found")[0] for one in sentences]
    wanted = list(dict.fromkeys(one for one in wanted if one))
    return f"expected {' or '.join(wanted)}, found {found(value)}"


def _not_allowed(allowed: list[str], value: Any) -> str:
    wanted = ", ".join(f"`{one}`" for one in allowed)
    if not isinstance(value, str):
        wanted = wanted if len(allowed) == 1 else f"one of {wanted}"
        return f"expected {wanted}, found {found(value)}"
    hint = meant(value, allowed) if len(allowed) > 1 else ""
    if "did you mean" in hint:
        return f"expected one of {wanted}, found {shown(value)}{hint}"
    return f"expected {'one of ' if len(allowed) > 1 else ''}{wanted}, found {shown(value)}"
