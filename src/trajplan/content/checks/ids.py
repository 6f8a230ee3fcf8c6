"""Ids: their form, and that each is there once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trajplan.content.document import KeyPath, shown
from trajplan.content.report import Report

_SLUG = re.compile("[a-z0-9][a-z0-9-]*")
_NAME = re.compile("[a-z0-9][a-z0-9_-]*")


def check_id(name: str, path: KeyPath, report: Report, *, underscores: bool = False) -> None:
    """Report an id that is not made of small letters, digits and hyphens."""
    if not report.sure(path):
        return
    if not (_NAME if underscores else _SLUG).fullmatch(name):
        also = ", hyphens and underscores" if underscores else " and hyphens"
        words = f"an id is made of small letters, digits{also}, found {shown(name)}"
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
