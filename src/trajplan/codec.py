"""Structs and frozen dataclasses to plain JSON data and back, without pydantic.

Either may hold the other: values are on their way from dataclasses to Structs. For data this
program wrote itself: the content cache, kept plans, the store's JSON columns. Nothing is checked
beyond what building the objects needs; foreign data goes through `content.shape`.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

T = TypeVar("T")
Reader = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """Return dicts, lists, strings, numbers and None that say the same; dates become ISO text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | float) or value is None:
        return value
    if isinstance(value, Struct) or (is_dataclass(value) and not isinstance(value, type)):
        return {word: to_plain(getattr(value, name)) for name, word in _names(value.__class__)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(one) for one in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(f"cannot write {type(value).__name__} as plain data")


def from_plain(kind: type[T], data: Any) -> T:
    """Rebuild a value of `kind` from what `to_plain` made.

    Raises KeyError, TypeError, ValueError.
    """
    shape: Any = kind
    result: T = _reader(shape)(data)
    return result


@cache
def _reader(kind: Any) -> Reader:
    """The function that reads one type; built once a type and process."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _reader(get_args(kind)[0])
    if origin is Union or origin is types.UnionType:
        return _union(get_args(kind))
    if origin is tuple:
        item = _reader(get_args(kind)[0])
        if item is _same:
            return tuple
        return lambda data: tuple(item(one) for one in data)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*get_args(kind))
    if kind in (dt.date, dt.datetime, dt.time):
        read: Reader = kind.fromisoformat
        return read
    if _is_object(kind):
        return _object(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _same


def _is_object(kind: Any) -> bool:
    return isinstance(kind, type) and (issubclass(kind, Struct) or is_dataclass(kind))


@cache
def _names(kind: Any) -> tuple[tuple[str, str], ...]:
    """Each field's name, and what plain data calls it."""
    if issubclass(kind, Struct):
        return tuple(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
    return tuple((field.name, field.name) for field in fields(kind))


def _same(data: Any) -> Any:
    return data


def _union(members: tuple[Any, ...]) -> Reader:
    real = [one for one in members if one is not type(None)]
    if len(real) == 1:
        inner = _reader(real[0])
        return lambda data: None if data is None else inner(data)
    listed = [one for one in real if get_origin(one) is tuple]
    if len(listed) == 1:
        rows = _reader(listed[0])
        return lambda data: rows(data) if isinstance(data, list) else data
    objects: list[Any] = [one for one in real if _is_object(one)]
    if len(objects) == 1:
        # A word, or the same thing spelt out.
        spelt = _reader(objects[0])
        return lambda data: spelt(data) if isinstance(data, Mapping) else data
    return _same


def _mapping(key: Any, value: Any) -> Reader:
    inner = _reader(value)
    if key is int:
        return lambda data: {int(name): inner(one) for name, one in data.items()}
    return lambda data: {name: inner(one) for name, one in data.items()}


def _object(kind: Any) -> Reader:
    hints = get_type_hints(kind, include_extras=False)
    readers = {word: (name, _reader(hints[name])) for name, word in _names(kind)}

    def read(data: Mapping[str, Any]) -> Any:
        values = {}
        for word, value in data.items():
            name, reader = readers.get(word, (word, _same))
            values[name] = reader(value)
        return kind(**values)

    return read
