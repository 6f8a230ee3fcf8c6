"""The words in a record, as its class says which of its fields hold any (`searched`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from trajplan.records.columns import Record

_NO_WORDS = {"kind", "level", "slug", "need", "change", "scenario", "start_time", "time_zone"}
"""Keys of the intake that hold a choice, not words."""


def words_of(record: Record) -> Iterator[tuple[str, str]]:
    """Each text of a record with the field it stands in; of lists and forms, text by text."""
    for field, _ in record.searched:
        for words in _texts(getattr(record, field)):
            yield field, words


def _texts(value: Any, left_out: Collection[str] = ()) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in left_out:
                yield from _texts(part, left_out)
    elif isinstance(value, Struct):
        yield from _texts(asdict(value), _NO_WORDS)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part, left_out)
