"""Pydantic's findings in words for a coach who writes YAML.

Pydantic's error list as findings: a path in the tree and one plain sentence each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trajplan.content.document import KeyPath
from trajplan.content.model import Bounds
from trajplan.content.shape import child, dataclass_of, members
from trajplan.text import did_you_mean, quote

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
        return f"text {quote(value)}" if value else "empty text"
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
    hint = did_you_mean(value, allowed) if len(allowed) > 1 else ""
    if "did you mean" in hint:
        return f"expected one of {wanted}, found {quote(value)}{hint}"
    return f"expected {'one of ' if len(allowed) > 1 else ''}{wanted}, found {quote(value)}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a tree."""

    path: KeyPath
    what: Literal["value", "key", "unknown", "missing"]
    message: str
    owner: type[Any] | None
    """The dataclass whose key this is."""
    present: frozenset[str]
    """The keys that stand beside it."""
    choice: KeyPath | None = None
    """The value that may be of several kinds and holds this one."""
    branch: str = ""
    """Which of these kinds was tried."""


def collect(errors: Sequence[Mapping[str, Any]], tree: Any, kind: type[Any]) -> list[Finding]:
    """Return the findings, one per mistake, in the order of pydantic's errors."""
    located = [_locate(error, tree, kind) for error in errors]
    result: list[Finding] = []
    settled: set[KeyPath] = set()
    for one in located:
        if one.choice is None:
            result.append(one)
        elif one.choice not in settled:
            settled.add(one.choice)
            same = [other for other in located if other.choice == one.choice]
            result.extend(_choose(same, _at(tree, one.choice)))
    return result


def _locate(error: Mapping[str, Any], tree: Any, kind: Any) -> Finding:
    """Walk pydantic's location through the tree; parts that name an alternative are no keys."""
    path: KeyPath = ()
    node, here, owner = tree, kind, None
    choice: KeyPath | None = None
    branch = ""
    named = False
    what: Literal["value", "key", "unknown", "missing"] = "value"
    for part in error["loc"]:
        if part == "[key]":
            what = "key"
        elif not named and len(members(here)) > 1:
            named = True
            if choice is None:
                choice, branch = path, str(part)
        else:
            owner = dataclass_of(here) if isinstance(part, str) else None
            present = frozenset(node) if isinstance(node, dict) else frozenset()
            node = _at(node, (part,))
            here, named = child(here, part), False
            path = (*path, part)
    if error["type"] == "unexpected_keyword_argument":
        what = "unknown"
    elif error["type"] == "missing":
        what = "missing"
    return Finding(
        path,
        what,
        _message(error, node, owner, what),
        owner,
        present if path else frozenset(),
        choice,
        branch,
    )


def _message(error: Mapping[str, Any], node: Any, owner: type[Any] | None, what: str) -> str:
    if what in ("unknown", "missing"):
        return ""
    if what == "key":
        return "expected a whole number as key"
    if owner is Bounds and error["type"] == "greater_than_equal":
        return f"a segment needs at least one minute, found {node}"
    return sentence(error, node)


def _choose(findings: list[Finding], value: Any) -> list[Finding]:
    """Keep the alternative the value was meant to be, or say what would have been possible."""
    deeper = [one for one in findings if one.choice is not None and len(one.path) > len(one.choice)]
    if deeper:
        return [one for one in deeper if one.branch == deeper[0].branch]
    first = findings[0]
    message = either([one.message for one in findings], value)
    return [Finding(first.path, "value", message, first.owner, first.present)]


def _at(tree: Any, path: KeyPath) -> Any:
    """Return what stands at a path, or None."""
    for part in path:
        if isinstance(tree, dict):
            tree = tree.get(part)
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
        else:
            return None
    return tree
