"""Texts that must say something, and ids: their form, and that each is there once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from trajplan.content.document import KeyPath, Report, View
from trajplan.content.shape import keys_of
from trajplan.text import pattern, quote

_SLUG = pattern("[a-z0-9][a-z0-9-]*")
_NAME = pattern("[a-z0-9][a-z0-9_-]*")


class HasId(Protocol):
    """A part of a file that is known by its id."""

    @property
    def id(self) -> str:
        """Its name, once in the file."""


def check_id(name: str, path: KeyPath, report: Report, *, underscores: bool = False) -> bool:
    """Report an id that is not made of small letters, digits and hyphens; whether it was good."""
    if (_NAME if underscores else _SLUG).fullmatch(name):
        return True
    also = ", hyphens and underscores" if underscores else " and hyphens"
    words = f"an id is made of lower-case letters, digits{also}, found {quote(name)}"
    report.add(path, words)
    return False


def check_ids(
    parts: Sequence[HasId], path: KeyPath, report: Report, *, underscores: bool = False
) -> None:
    """Report malformed ids in a list of parts, and the second and later that bear one id."""
    first: dict[str, KeyPath] = {}
    for index, part in enumerate(parts):
        where = (*path, index, "id")
        if not check_id(part.id, where, report, underscores=underscores):
            continue
        if part.id in first:
            line = report.document.place(first[part.id])[0]
            report.add(where, f"there are two {path[-1]} `{part.id}`; the first is on line {line}")
        else:
            first[part.id] = where


def check_texts(value: Any, view: View, path: KeyPath = ()) -> None:
    """Report texts that are empty or blank. Ids have a check of their own.

    A text whose default is the empty text may be empty: there it means "not said".
    """
    if isinstance(value, str):
        if not value.strip():
            view.add(path, "the text is empty")
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            check_texts(inner, view, (*path, index))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            check_texts(inner, view, (*path, str(key)))
    elif isinstance(value, Struct):
        for word, field in keys_of(type(value)).items():
            if field.name != "id" and field.default != "":
                check_texts(getattr(value, field.name), view, (*path, word))
