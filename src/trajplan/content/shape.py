"""What a class asks of a file: its keys, which of them may be left out, what stands where."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo


@cache
def keys_of(shape: Any) -> Mapping[str, FieldInfo]:
    """Return the fields of a Struct, in order, by the word a file uses for them."""
    return {field.encode_name: field for field in msgspec.structs.fields(shape)}


def is_struct(kind: Any) -> bool:
    """Whether a type is a class of content, and not a list, a word or a number."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def members(kind: Any) -> tuple[Any, ...]:
    """Return the alternatives of a type, without None and without bounds."""
    if get_origin(kind) is Annotated:
        return members(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(
            inner
            for member in get_args(kind)
            if member is not type(None)
            for inner in members(member)
        )
    return (kind,)


def struct_of(kind: Any) -> type[msgspec.Struct] | None:
    """Return the Struct among a type's alternatives, if there is one."""
    return next((member for member in members(kind) if is_struct(member)), None)


def item_of(kind: Any) -> Any:
    """Return the type of a list's items, or Any."""
    for member in members(kind):
        if get_origin(member) is tuple:
            return get_args(member)[0]
    return Any


def value_of(kind: Any) -> Any:
    """Return the type of a free mapping's values, or Any."""
    for member in members(kind):
        origin = get_origin(member)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return get_args(member)[1]
    return Any


def child(kind: Any, part: str | int) -> Any:
    """Return the type one step further down a path; Any where the shape says nothing."""
    if isinstance(part, int):
        return item_of(kind)
    shape = struct_of(kind)
    if shape is None:
        return value_of(kind)
    field = keys_of(shape).get(part)
    return field.type if field is not None else Any
