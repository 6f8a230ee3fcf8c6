"""Ids: their form, and that each is there once.

Text that must say something: every text whose default is not the empty text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from trajplan.content.document import KeyPath, Report, View
from trajplan.content.shape import blank_keys
from trajplan.text import quote

_SLUG = re.compile("[a-z0-9][a-z0-9-]*")
_NAME = re.compile("[a-z0-9][a-z0-9_-]*")


def check_id(name: str, path: KeyPath, report: Report, *, underscores: bool = False) -> None:
    """Report an id that is not made of small letters, digits and hyphens."""
    if not report.sure(path):
        return
    if not (_NAME if underscores else _SLUG).fullmatch(name):
        also = ", hyphens and underscores" if underscores else " and hyphens"
        words = f"an id is made of small letters, digits{also}, found {quote(name)}"
        report.add(path, words)
        report.doubt(path)


def check_unique(named: Iterable[tuple[KeyPath, str]], what: str, report: Report) -> None:
    """Report the second and later things that bear one id."""
    first: dict[str, KeyPath] = {}
    for path, name in named:
        if not report.sure(path):
            continue
        if name in first:
            line = report.document.place(first[name])[0]
            report.add(path, f"there are two {what} `{name}`; the first is on line {line}")
        else:
            first[name] = path


def check_texts(value: Any, view: View, path: KeyPath = ()) -> None:
    """Report texts that are empty or blank. Ids have a check of their own."""
    if isinstance(value, str):
        if not value.strip() and view.sure(path):
            view.add(path, "the text is empty")
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            check_texts(one, view, (*path, at))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            check_texts(one, view, (*path, str(key)))
    elif is_dataclass(value):
        blank = blank_keys(type(value))
        for field in fields(value):
            if field.name != "id" and field.name not in blank:
                check_texts(getattr(value, field.name), view, (*path, field.name))
