"""The border: a tree that was read becomes a value, or faults with their places.

Most trees describe a value exactly, and msgspec says so at once. Where it does not, pydantic finds
all the faults; to import it and to make its models takes longer than all else, so it is imported
only then, here and in `schemas`. Its models are made from the very classes the values are built
from, so that each shape stands once.
"""

from __future__ import annotations

import datetime as dt
import json
import types
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import FieldInfo

from trajplan.content.document import KeyPath, Report, SourceDocument
from trajplan.content.shape import (
    COLON,
    ShapeFault,
    child,
    faults_of,
    is_struct,
    item_of,
    keys_of,
    members,
    struct_of,
)
from trajplan.dates import parse_day
from trajplan.errors import UsageFault
from trajplan.text import did_you_mean, nearest, quote

if TYPE_CHECKING:
    from pydantic import BaseModel

T = TypeVar("T")


def validate(
    document: SourceDocument, kind: type[T], *, form: bool = False, base: dt.date | None = None
) -> tuple[T | None, Report]:
    """Check a document against a Struct: the value it describes, or None and all its faults.

    Faults of reading and of shape. Checks of what the value means add theirs to the same report.
    `form`: be as generous as paper is: `key:` with nothing after it counts as left out, and a
    number where text is expected (`from: 2015`) is text. `base`: the day from which days are
    counted that are written as people write them; without it a day is an ISO date.
    """
    shape: Any = kind
    report = Report(document)
    if not document.readable:
        return None, report
    tree = _from_paper(document.tree, shape) if form else document.tree
    no_days: set[KeyPath] = set()
    if base:
        tree = _read_days(tree, shape, base, report, no_days)
    if not report.problems and (value := _exactly(tree, kind)) is not None:
        return value, report
    from pydantic import ValidationError

    try:
        # Strict Python validation refuses dicts for classes; strict JSON is what is meant.
        checked = model_of(shape).model_validate_json(json.dumps(tree), strict=True)
    except ValidationError as fault:
        errors: list[Any] = fault.errors(include_url=False, include_input=False)
        faults = (fault for fault in faults_of(errors, tree, shape) if fault.path not in no_days)
        _report(faults, report)
        return None, report
    if report.problems:
        return None, report
    return msgspec.convert(checked.model_dump(exclude_unset=True), shape), report


def _exactly(tree: Any, kind: type[T]) -> T | None:
    """The value, where a tree says nothing else; None where only pydantic can tell.

    msgspec passes over keys it does not know and takes 1.0 for a whole number: so what it made is
    held against the tree again.
    """
    try:
        value = msgspec.json.decode(json.dumps(tree), type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return value if _says(tree, msgspec.to_builtins(value, str_keys=True)) else None


def _says(tree: Any, plain: Any) -> bool:
    """Whether everything in a tree stands in a value that was made of it, as plain data."""
    if isinstance(tree, dict):
        return isinstance(plain, dict) and all(
            word in plain and not word.startswith("_") and _says(inner, plain[word])
            for word, inner in tree.items()
        )
    if isinstance(tree, list):
        return (
            isinstance(plain, list | tuple)
            and len(tree) == len(plain)
            and all(map(_says, tree, plain))
        )
    if isinstance(tree, str) or tree is None:
        return bool(tree == plain)
    # A whole number may stand for any number, and nothing else for anything else.
    same = isinstance(tree, bool) == isinstance(plain, bool) and tree == plain
    return same and (isinstance(tree, int) or isinstance(plain, float))


@cache
def model_of(shape: Any) -> type[BaseModel]:
    """Make the pydantic model of a Struct: the same keys, types, bounds and defaults."""
    from pydantic import ConfigDict, create_model

    fields: dict[str, Any] = {
        word: (_annotation(field.type), _default(field)) for word, field in keys_of(shape).items()
    }
    return create_model(
        shape.__name__,
        # A typing mistake in a key is a fault, never a silent default.
        __config__=ConfigDict(extra="forbid"),
        __doc__=shape.__doc__,
        __module__=shape.__module__,
        **fields,
    )


def _annotation(kind: Any) -> Any:
    """A type in pydantic's words: models for Structs, `Field` for bounds."""
    from pydantic import Field

    if is_struct(kind):
        return model_of(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        bounds = [
            Field(ge=mark.ge, le=mark.le) if isinstance(mark, msgspec.Meta) else mark
            for mark in inner[1:]
        ]
        return Annotated[(_annotation(inner[0]), *bounds)]
    parts = tuple(_annotation(part) for part in inner)
    if origin in (Union, types.UnionType):
        return Union[parts]  # noqa: UP007 - made at run time
    if origin is tuple or origin is Mapping:
        generic: Any = origin
        return generic[parts]
    return kind


def _default(field: FieldInfo) -> Any:
    """A field's default as an editor is told of it. The Struct itself fills in what is left out."""
    from pydantic import Field

    if field.required:
        return ...
    if field.default is NODEFAULT or is_struct(type(field.default)):
        return Field(default_factory=dict)
    return field.default


def _from_paper(node: Any, kind: Any) -> Any:
    """Copy a tree, with text for numbers and without empty keys where the shape allows it."""
    if isinstance(node, list):
        return [_from_paper(inner, item_of(kind)) for inner in node]
    if isinstance(node, dict):
        shape = struct_of(kind)
        keys = keys_of(shape) if shape is not None else {}
        return {
            word: _from_paper(value, child(kind, word))
            for word, value in node.items()
            if not (value is None and word in keys and not keys[word].required)
        }
    if isinstance(node, int | float) and not isinstance(node, bool):
        kinds = members(kind)
        if str in kinds and int not in kinds:
            return getattr(node, "text", str(node))
    return node


def _read_days(
    node: Any,
    kind: Any,
    base: dt.date,
    report: Report,
    no_days: set[KeyPath],
    path: KeyPath = (),
) -> Any:
    """Copy a tree, with ISO dates for days. What is none is reported, and its path noted."""
    if isinstance(node, list):
        item = item_of(kind)
        return [
            _read_days(inner, item, base, report, no_days, (*path, index))
            for index, inner in enumerate(node)
        ]
    if isinstance(node, dict):
        return {
            word: _read_days(value, child(kind, word), base, report, no_days, (*path, word))
            for word, value in node.items()
        }
    # `19.2` without quotation marks is a number to YAML.
    text = node if isinstance(node, str) else getattr(node, "text", None)
    if text is None or dt.date not in members(kind):
        return node
    if report.is_long:
        # The file is refused, and to find out that a word is no day in any language takes long.
        no_days.add(path)
        return node
    try:
        return parse_day(text, base).isoformat()
    except UsageFault as fault:
        report.add(path, str(fault))
        no_days.add(path)
        return node


def _report(faults: Iterable[ShapeFault], report: Report) -> None:
    """Say what is wrong, once per mistake: a misspelt key is not missing as well."""
    faults = list(faults)
    misspelt: set[KeyPath] = set()
    for fault in faults:
        if fault.what == "unknown":
            name = str(fault.path[-1])
            meant, hint = _likely_key(name, fault) if report.may_guess() else ("", "")
            if len(fault.present) == 1 and " " in name:
                # A sentence with a colon in it: nothing is missing from it.
                hint = f"; {COLON}"
                misspelt |= {(*fault.path[:-1], key) for key in _keys_of(fault)}
            report.add(fault.path, f"unknown key {quote(name)}{hint}", at_key=True)
            misspelt.add((*fault.path[:-1], meant))
    for fault in faults:
        # What the reader has already refused needs no second sentence.
        if fault.what == "unknown" or report.document.is_refused(fault.path):
            continue
        if fault.what != "missing":
            report.add(fault.path, fault.message, at_key=fault.what == "key")
        elif fault.path not in misspelt:
            report.add(fault.path, f"missing key `{fault.path[-1]}`")


def _keys_of(fault: ShapeFault) -> Mapping[str, FieldInfo]:
    return keys_of(fault.owner) if fault.owner is not None else {}


def _likely_key(name: str, fault: ShapeFault) -> tuple[str, str]:
    """The key an unknown one was probably meant to be (or nothing), and the end of a sentence."""
    keys = _keys_of(fault)
    # `from` cannot name a field in Python, so a reader of the code may write the field's name.
    own = next((word for word, field in keys.items() if field.name == name), "")
    own = own or getattr(fault.owner, "also_called", {}).get(name.casefold(), "")
    # A key the mapping already has is rarely what a misspelt one was meant to be.
    meant = own or nearest(name, [word for word in keys if word not in fault.present])
    hint = f"; did you mean `{meant}`?" if meant else did_you_mean(name, keys, limit=20)
    return meant, hint
