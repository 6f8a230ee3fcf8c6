"""Pydantic's error list as findings: a path in the tree and one plain sentence each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trajplan.content import shapes
from trajplan.content.document import KeyPath
from trajplan.content.model import Bounds
from trajplan.content.wording import either, sentence


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
        elif not named and len(shapes.members(here)) > 1:
            named = True
            if choice is None:
                choice, branch = path, str(part)
        else:
            owner = shapes.dataclass_of(here) if isinstance(part, str) else None
            present = frozenset(node) if isinstance(node, dict) else frozenset()
            node = _at(node, (part,))
            here, named = shapes.child(here, part), False
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
