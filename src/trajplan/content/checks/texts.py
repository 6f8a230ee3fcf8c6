"""Text that must say something: every text whose default is not the empty text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from trajplan.content import shapes
from trajplan.content.document import KeyPath
from trajplan.content.report import View


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
        blank = shapes.blank_keys(type(value))
        for field in fields(value):
            if field.name != "id" and field.name not in blank:
                check_texts(getattr(value, field.name), view, (*path, field.name))
