"""The schemas are fresh, fit every shipped file, and refuse what the contract refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from few import few
from trajplan.content.kinds import KINDS
from trajplan.content.loader import builtin_folder
from trajplan.content.reader import read
from trajplan.content.schemas import reference_of, schema_of, schema_of_all, schema_text

SHIPPED = [
    (kind, path)
    for kind in KINDS
    for path in sorted((builtin_folder() / KINDS[kind].folder).glob("*.yaml"))
]


def tree(path: Path) -> Any:
    return read(path.read_bytes(), path.name).tree


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_fresh(kind: str) -> None:
    kept = (builtin_folder() / "schemas" / f"{kind}.json").read_text(encoding="utf-8")
    assert kept == schema_text(kind), "run `python docs/reference/generate.py`"
    Draft202012Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("kind", few(KINDS, 2))
def test_every_shipped_file_fits_and_names_its_schema(kind: str) -> None:
    schema = Draft202012Validator(schema_of(kind))
    every = Draft202012Validator(schema_of_all(tuple(KINDS)))
    for own, path in SHIPPED:
        if own == kind:
            assert [error.message for error in schema.iter_errors(tree(path))] == [], path.name
            assert every.is_valid(tree(path)), path.name
            first = path.read_text(encoding="utf-8").split("\n", 1)[0]
            assert first == reference_of(kind), f"{path.name}: run docs/reference/generate.py"
            said = first.partition("$schema=")[2]
            assert (path.parent / said).resolve() == builtin_folder() / "schemas" / f"{kind}.json"


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("question-bank", lambda one: one["questions"][0].update(levle="analytical")),
        ("question-bank", lambda one: one["questions"][0].update(breadth=6)),
        ("question-bank", lambda one: one["questions"][0].update(level="deep")),
        ("question-bank", lambda one: one["questions"][0].pop("text")),
        ("session-blueprint", lambda one: one["segments"][0]["minutes"].update(min="ten")),
        ("worksheet", lambda one: one.update(filled_by=one.pop("for"))),
        ("activity", lambda one: one.update(id="Not An Id")),
        ("prompt", lambda one: one.update(id="nobody-fills-this")),
        ("journey", lambda one: one["phases"][0]["mix"].update(analytical=101)),
    ],
)
def test_a_mistake_is_refused(kind: str, change: Any) -> None:
    path = next(path for own, path in SHIPPED if own == kind)
    faulty = tree(path)
    change(faulty)
    assert not Draft202012Validator(schema_of(kind)).is_valid(faulty)


def test_what_keys_mean_is_in_it() -> None:
    question = schema_of("question-bank")["$defs"]["Question"]["properties"]
    assert [name for name, one in question.items() if not one.get("description")] == []
    sheet = schema_of("worksheet")
    assert "for" in sheet["required"]
    assert "Who fills it in" in sheet["properties"]["for"]["description"]
