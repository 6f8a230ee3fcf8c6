"""JSON Schemas of the content kinds, made from the very classes that files are checked against.

Editors complete and check with them while a coach writes. Rules that span several keys are not in
them; `check` has those. `docs/reference/generate.py` writes them into `schemas/`.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from trajplan.content.border import model_of
from trajplan.content.kinds import ACTIVITY, BANK, KINDS, PROMPT, SLUG, UNDERSCORED
from trajplan.content.model import PROMPT_SHAPES
from trajplan.content.shape import item_of, keys_of, struct_of, value_of

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ABOUT = {
    "kind": "What this file is.",
    "id": "Its name, unique among files of its kind: lower-case letters, digits, hyphens. A file "
    "of your own with the id of a built-in one takes its place.",
    "title": "What it is called where people read it.",
    "silence": "Lint hints to switch off here: the hint's id, and the reason.",
    "min": "The least.",
    "ideal": "The target.",
    "max": "The most.",
}


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind. Raises KeyError for an unknown one."""
    shape: Any = KINDS[kind].shape
    schema = model_of(shape).model_json_schema()
    parts: dict[str, Any] = schema.pop("$defs", {})
    for name, owner in _classes(shape).items():
        _describe(schema if owner is shape else parts[name], owner)
    schema["properties"]["id"].update(_id_of(kind))
    if kind == BANK:
        for part in ("Question", "Sequence"):
            parts[part]["properties"]["id"]["pattern"] = f"^{SLUG}$"
    schema["title"] = kind
    return {"$schema": DRAFT, **schema, **({"$defs": parts} if parts else {})}


def schema_text(kind: str) -> str:
    """The same as it stands in `schemas/`."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def schema_of_all(kinds: tuple[str, ...]) -> dict[str, Any]:
    """One schema for files of any of these kinds."""
    parts: dict[str, Any] = {}
    for kind in kinds:
        schema = schema_of(kind)
        schema.pop("$schema")
        parts.update(schema.pop("$defs", {}))
        parts[kind] = schema
    return {
        "$schema": DRAFT,
        "oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
        "$defs": parts,
    }


def reference_of(kind: str) -> str:
    """The first line of a file of this kind that lies in a content folder."""
    ups = "../" * len(KINDS[kind].folder.split("/"))
    return f"# yaml-language-server: $schema={ups}schemas/{kind}.json"


def _id_of(kind: str) -> dict[str, Any]:
    if kind == PROMPT:
        return {"enum": list(PROMPT_SHAPES)}
    return {"pattern": f"^{UNDERSCORED if kind == ACTIVITY else SLUG}$"}


def _classes(shape: Any) -> dict[str, type[Any]]:
    """Every class a kind is made of, by name."""
    classes: dict[str, type[Any]] = {}
    waiting = [shape]
    while waiting:
        owner = waiting.pop()
        if owner.__name__ not in classes:
            classes[owner.__name__] = owner
            for field in keys_of(owner).values():
                waiting.extend(_classes_in(field.type))
    return classes


def _classes_in(kind: Any) -> Iterator[type[Any]]:
    shape = struct_of(kind)
    if shape is not None:
        yield shape
    for inner in (item_of(kind), value_of(kind)):
        if inner is not Any:
            yield from _classes_in(inner)


def _describe(schema: dict[str, Any], owner: Any) -> None:
    """Give every key the sentence that stands below its field in the code."""
    docstrings = _docstrings(owner)
    for word, field in keys_of(owner).items():
        about = schema["properties"][word]
        about.pop("title", None)
        words = docstrings.get(field.name) or _ABOUT.get(word)
        if words:
            about["description"] = words


def _docstrings(owner: type[Any]) -> dict[str, str]:
    """The docstring of each field of a class, from its source."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner))).body[0]
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    docstrings: dict[str, str] = {}
    for statement, following in pairwise(body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
        ):
            docstrings[statement.target.id] = " ".join(str(following.value.value).split())
    return docstrings
