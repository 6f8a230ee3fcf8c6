"""The shape a dataclass gives to a file: which type stands at a path, and harmless stand-ins."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge


def keys_of(kind: Any) -> Mapping[str, Any]:
    """Return the type of each field of a dataclass, in order."""
    return _fields_of(kind).types


def optional_keys(kind: Any) -> frozenset[str]:
    """Return the fields that may be left out."""
    return _fields_of(kind).optional


def blank_keys(kind: Any) -> frozenset[str]:
    """Return the text fields whose default is the empty text: there, empty means "not said"."""
    return _fields_of(kind).blank


@dataclass(frozen=True, slots=True)
class _Fields:
    types: Mapping[str, Any]
    optional: frozenset[str]
    blank: frozenset[str]


@cache
def _fields_of(kind: Any) -> _Fields:
    hints = get_type_hints(kind, include_extras=True)
    every = fields(kind)
    return _Fields(
        {one.name: hints[one.name] for one in every},
        frozenset(
            one.name
            for one in every
            if one.default is not MISSING or one.default_factory is not MISSING
        ),
        frozenset(one.name for one in every if one.default == ""),
    )


def members(kind: Any) -> tuple[Any, ...]:
    """Return the alternatives of a type, without None and without bounds."""
    if get_origin(kind) is Annotated:
        return members(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(
            inner for one in get_args(kind) if one is not type(None) for inner in members(one)
        )
    return (kind,)


def dataclass_of(kind: Any) -> type[Any] | None:
    """Return the dataclass among a type's alternatives, if there is one."""
    return next((one for one in members(kind) if isinstance(one, type) and is_dataclass(one)), None)


def item_of(kind: Any) -> Any:
    """Return the type of a list's items, or Any."""
    for one in members(kind):
        if get_origin(one) is tuple:
            return get_args(one)[0]
    return Any


def value_of(kind: Any) -> Any:
    """Return the type of a free mapping's values, or Any."""
    for one in members(kind):
        origin = get_origin(one)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return get_args(one)[1]
    return Any


def child(kind: Any, part: str | int) -> Any:
    """Return the type one step further down a path; Any where the shape says nothing."""
    if isinstance(part, int):
        return item_of(kind)
    holder = dataclass_of(kind)
    if holder is not None:
        return keys_of(holder).get(part, Any)
    return value_of(kind)


def stand_in(kind: Any) -> Any:
    """Return plain data that is valid for a type and says as little as possible.

    It takes the place of a faulty value, so that the rest of the file can still be judged.
    """
    lowest = 0
    if get_origin(kind) is Annotated:
        lowest = next((int(str(one.ge)) for one in get_args(kind)[1:] if isinstance(one, Ge)), 0)
    one = members(kind)[0]
    origin = get_origin(one)
    if is_dataclass(one):
        needed = keys_of(one).keys() - optional_keys(one)
        return {name: stand_in(keys_of(one)[name]) for name in sorted(needed)}
    if origin is Literal:
        return get_args(one)[0]
    if origin is tuple:
        return []
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    if one is dt.date:
        return "2000-01-01"
    plain: dict[Any, Any] = {str: "?", int: lowest, bool: False, float: 0.0}
    return plain.get(one)
