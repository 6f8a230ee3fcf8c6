"""A file that was read: its plain tree, and where in the file each value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trajplan.controls import STEERING
from trajplan.errors import Problem

KeyPath = tuple[str | int, ...]
"""The way to a value: mapping keys as text, list positions counted from 0."""
Place = tuple[int, int]
"""Line and column, both counted from 1."""

UNSAFE = STEERING
"""Characters that neither files nor messages may hold."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the strict reader made of one file."""

    file: str
    """The name used in messages."""
    tree: Any
    """Dicts with text keys, lists, text, numbers, booleans and None; None when unreadable."""
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    """False: there is no tree to look at, and `problems` says why."""
    values: Mapping[KeyPath, Place] = field(default_factory=dict)
    keys: Mapping[KeyPath, Place] = field(default_factory=dict)
    suspect: frozenset[KeyPath] = frozenset()
    """Values that already have a fault of their own; nothing more is said about them."""

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """Where a value (or its key) stands; for one that is not there, its nearest holder."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))


def key_text(path: KeyPath) -> str:
    """Write a path the way messages show it: `segments[2].minutes.max`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def shown(text: str, limit: int = 48) -> str:
    """Text from a file as a message may quote it: one line, harmless, not too long."""
    flat = " ".join(UNSAFE.sub("�", text).split())
    return f"`{flat}`" if len(flat) <= limit else f"`{flat[: limit - 1]}…`"
