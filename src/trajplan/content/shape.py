"""What a class asks of a file: its keys, which of them may be left out, what stands where.

And what pydantic finds wrong with that, in words for a coach who writes YAML.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from trajplan.content.document import KeyPath
from trajplan.content.model import Bounds
from trajplan.text import nearest, pattern, quote


@cache
def keys_of(shape: Any) -> Mapping[str, FieldInfo]:
    """Return the fields of a Struct, in order, by the word a file uses for them. One that begins
    with an underscore is worked out and stands in no file."""
    return {
        field.encode_name: field
        for field in msgspec.structs.fields(shape)
        if not field.encode_name.startswith("_")
    }


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


_EXPECTED: Mapping[str, str] = {
    "string_type": "expected text",
    "string_unicode": "expected text",
    "bool_type": "expected true or false",
    "tuple_type": "expected a list such as [one, two]",
    "list_type": "expected a list such as [one, two]",
    "model_type": "expected a mapping (`key: value`)",
    "dict_type": "expected a mapping (`key: value`)",
    "mapping_type": "expected a mapping (`key: value`)",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "int_parsing": "expected a whole number",
    "float_type": "expected a number",
}
_LIMITS: Mapping[str, tuple[str, str]] = {
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
    "greater_than": ("gt", "more than"),
    "less_than": ("lt", "less than"),
}
COLON = "text that holds a colon goes in quotes"
What = Literal["value", "key", "unknown", "missing"]
_WHAT: Mapping[str, What] = {"extra_forbidden": "unknown", "missing": "missing"}
_DIGITS = pattern(r"[+-]?\d{20,}")
_QUOTED = pattern("'([^']*)'")


def _name_of(value: Any) -> str:
    """Name what stands in the file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"a number ({value})"
    if isinstance(value, str):
        return f"text {quote(value)}" if value else "empty text"
    return "a list" if isinstance(value, list) else "a mapping"


def _sentence(error: Mapping[str, Any], value: Any) -> str:
    """Say what is wrong with `value`, for one entry of pydantic's `errors()`."""
    kind = str(error["type"])
    context = error.get("ctx") or {}
    if kind == "literal_error":
        return _not_allowed(_QUOTED.findall(str(context["expected"])), value)
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"expected {words} {context[name]}, found {value}"
    if kind.startswith(("date", "time")):
        return f"expected a date such as 2026-03-31, found {_name_of(value)}"
    expected = _EXPECTED.get(kind)
    if expected is None:
        # A kind of finding this contract does not produce today; better its words than none.
        return f"{error['msg']}, found {_name_of(value)}"
    if (
        expected == "expected a whole number"
        and isinstance(value, str)
        and _DIGITS.fullmatch(value)
    ):
        return f"expected a whole number, found one of {len(value):,} digits"
    text = f"{expected}, found {_name_of(value)}"
    if expected == "expected text" and isinstance(value, bool | int | float):
        text += "; put it in quotes"
    elif expected == "expected text" and is_prose(value):
        text += f"; {COLON}"
    return text


def is_prose(value: Any) -> bool:
    """Whether a mapping is a sentence with a colon in it: `She said: no` is one key to YAML."""
    return isinstance(value, Mapping) and len(value) == 1


def _either(sentences: list[str], value: Any) -> str:
    """One sentence for a value that fits none of its possible kinds."""
    # The value stands behind, and may hold the same words.
    kinds = [sentence.removeprefix("expected ").partition(", found")[0] for sentence in sentences]
    possible = list(dict.fromkeys(kind for kind in kinds if kind))
    advice = f"; {COLON}" if "text" in possible and is_prose(value) else ""
    return f"expected {' or '.join(possible)}, found {_name_of(value)}{advice}"


def _not_allowed(allowed: list[str], value: Any) -> str:
    choices = ", ".join(f"`{word}`" for word in allowed)
    if len(allowed) > 1:
        choices = f"one of {choices}"
    if not isinstance(value, str):
        return f"expected {choices}, found {_name_of(value)}"
    near = nearest(value, allowed) if len(allowed) > 1 else ""
    hint = f"; did you mean `{near}`?" if near else ""
    return f"expected {choices}, found {quote(value)}{hint}"


class ShapeFault(Struct, frozen=True):
    """One thing wrong with a tree."""

    path: KeyPath
    what: What
    message: str
    """Empty for keys that are unknown or missing."""
    owner: type[Struct] | None
    """The class whose key this is."""
    present: Mapping[str, Any]
    """What stands beside it: shared, as a copy for each of thousands would fill the memory."""
    choice: KeyPath | None = None
    """The value that may be of several kinds and holds this one."""
    branch: str = ""
    """Which of these kinds was tried."""


def faults_of(errors: Sequence[Mapping[str, Any]], tree: Any, shape: type[Any]) -> list[ShapeFault]:
    """Return pydantic's errors as faults, one per mistake, in their order."""
    located = [_locate(error, tree, shape) for error in errors]
    result: list[ShapeFault] = []
    by_choice: dict[KeyPath, list[ShapeFault]] = {}
    for fault in located:
        if fault.choice is not None:
            by_choice.setdefault(fault.choice, []).append(fault)
    for fault in located:
        if fault.choice is None:
            result.append(fault)
        elif same := by_choice.pop(fault.choice, None):
            result.extend(_choose(same, _value_at(tree, fault.choice)))
    return result


def _locate(error: Mapping[str, Any], tree: Any, kind: Any) -> ShapeFault:
    """Walk pydantic's location through the tree; parts that name an alternative are no keys."""
    path: KeyPath = ()
    node, owner = tree, None
    present: Mapping[str, Any] = {}
    choice: KeyPath | None = None
    branch = ""
    named = at_key = False
    for part in error["loc"]:
        if part == "[key]":
            at_key = True
        elif not named and len(members(kind)) > 1:
            named = True
            if choice is None:
                choice, branch = path, str(part)
        else:
            owner = struct_of(kind) if isinstance(part, str) else None
            present = node if isinstance(node, dict) else {}
            node = _value_at(node, (part,))
            kind, named = child(kind, part), False
            path = (*path, part)
    what = _WHAT.get(error["type"], "key" if at_key else "value")
    message = _message(error, node, owner, what)
    return ShapeFault(path, what, message, owner, present, choice, branch)


def _message(error: Mapping[str, Any], node: Any, owner: type[Struct] | None, what: What) -> str:
    if what in ("unknown", "missing"):
        return ""
    if what == "key":
        return "expected a whole number as key"
    if owner is Bounds and error["type"] == "greater_than_equal":
        return f"a segment needs at least one minute, found {node}"
    return _sentence(error, node)


def _choose(faults: Sequence[ShapeFault], value: Any) -> list[ShapeFault]:
    """Keep the alternative the value was meant to be, or say what would have been possible."""
    deeper = [
        fault
        for fault in faults
        if fault.choice is not None and len(fault.path) > len(fault.choice)
    ]
    if deeper:
        return [fault for fault in deeper if fault.branch == deeper[0].branch]
    first = faults[0]
    message = _either([fault.message for fault in faults], value)
    return [ShapeFault(first.path, "value", message, first.owner, first.present)]


def _value_at(tree: Any, path: KeyPath) -> Any:
    """Return what stands at a path, or None."""
    for part in path:
        if isinstance(tree, dict):
            tree = tree.get(part)
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
        else:
            return None
    return tree
