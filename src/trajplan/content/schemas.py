"""JSON Schemas of the content kinds, made from the very classes that files are checked against.

Editors complete and check with them while a coach writes. Rules that span several keys are not in
them; `check` has those. `docs/reference/generate.py` writes them into `schemas/`.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from trajplan.content.model import FOLDERS, KINDS, PROMPT_SHAPES, WORKSHEET
from trajplan.content.shape import dataclass_of, item_of, keys_of, value_of
from trajplan.content.worksheet_model import WORDS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SLUG = "^[a-z0-9][a-z0-9-]*$"
_NAME = "^[a-z0-9][a-z0-9_-]*$"
_ABOUT = {
    "kind": "What this file is.",
    "id": "Its name, once among files of its kind: small letters, digits, hyphens. A file of your "
    "own with a built-in one's id takes its place.",
    "title": "How it is called where people read it.",
    "silence": "Hints of the lint that shall not be given here: the hint's id, and the reason.",
    "min": "The least.",
    "ideal": "What is aimed for.",
    "max": "The most.",
}


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind. Raises KeyError for an unknown one."""
    from pydantic import TypeAdapter

    made = TypeAdapter(KINDS[kind]).json_schema()
    parts: dict[str, Any] = made.pop("$defs", {})
    for name, owner in _owners(KINDS[kind]).items():
        _describe(made if name == made.get("title") else parts[name], owner)
    if kind == WORKSHEET:
        _rename(made, WORDS)
    made["properties"]["id"].update(_id_of(kind))
    if kind == "question-bank":
        for part in ("Question", "Sequence"):
            parts[part]["properties"]["id"]["pattern"] = _SLUG
    made["title"] = kind
    return {"$schema": DRAFT, **made, **({"$defs": parts} if parts else {})}


def schema_text(kind: str) -> str:
    """The same as it stands in `schemas/`."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def schema_of_all(kinds: tuple[str, ...]) -> dict[str, Any]:
    """One schema for files of any of these kinds."""
    parts: dict[str, Any] = {}
    for kind in kinds:
        one = schema_of(kind)
        one.pop("$schema")
        parts.update(one.pop("$defs", {}))
        parts[kind] = one
    return {
        "$schema": DRAFT,
        "oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
        "$defs": parts,
    }


def reference_of(kind: str) -> str:
    """The first line of a file of this kind that lies in a content folder."""
    ups = "../" * len(FOLDERS[kind].split("/"))
    return f"# yaml-language-server: $schema={ups}schemas/{kind}.json"


def _id_of(kind: str) -> dict[str, Any]:
    if kind == "prompt":
        return {"enum": list(PROMPT_SHAPES)}
    return {"pattern": _NAME if kind == "activity" else _SLUG}


def _rename(made: dict[str, Any], words: Mapping[str, str]) -> None:
    """Speak the file's words where they are no field names in Python."""
    fields = {name: word for word, name in words.items()}
    made["properties"] = {
        fields.get(name, name): {**one, "title": fields[name]} if name in fields else one
        for name, one in made["properties"].items()
    }
    made["required"] = [fields.get(name, name) for name in made["required"]]


def _owners(kind: Any) -> dict[str, type[Any]]:
    """Every class a kind is made of, by name."""
    found: dict[str, type[Any]] = {}
    waiting = [kind]
    while waiting:
        one = waiting.pop()
        if one.__name__ not in found:
            found[one.__name__] = one
            for field in keys_of(one).values():
                waiting.extend(_classes(field))
    return found


def _classes(kind: Any) -> Iterator[type[Any]]:
    owner = dataclass_of(kind)
    if owner:
        yield owner
    for inner in (item_of(kind), value_of(kind)):
        if inner is not Any:
            yield from _classes(inner)


def _describe(schema: dict[str, Any], owner: type[Any]) -> None:
    """Give every key the sentence that stands below it in the code."""
    said = _docstrings(owner)
    for name, one in schema["properties"].items():
        one.pop("title", None)
        words = said.get(name) or _ABOUT.get(name)
        if words:
            one["description"] = words


def _docstrings(owner: type[Any]) -> dict[str, str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner))).body[0]
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    found: dict[str, str] = {}
    for one, following in pairwise(body):
        if (
            isinstance(one, ast.AnnAssign)
            and isinstance(one.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
        ):
            found[one.target.id] = " ".join(str(following.value.value).split())
    return found
