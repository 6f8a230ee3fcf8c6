"""The labels of client pages in other languages, and the templates, say what the pages say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from trajplan.content.labels import BUILT_IN
from trajplan.dates import DAYS
from trajplan.worksheets.form import HOW_TO_NAME

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "trajplan"
CONTENT = SOURCE / "content"


@cache
def said() -> frozenset[str]:
    """Every text in the program and in its content, as far as it is no pattern."""
    texts: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    for folder in (ROOT / "blueprints", CONTENT / "scaffolds"):
        for file in folder.rglob("*.yaml"):
            source = file.read_text(encoding="utf-8").replace("@", "")
            texts.update(strings_in(yaml.load(source, yaml.BaseLoader)))
    return frozenset(texts)


def strings_in(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part.strip()
    for inner in (
        part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    ):
        yield from strings_in(inner)


def made_of_parts() -> set[str]:
    """Labels of texts that are put together while the program runs."""
    phases = {
        phase["id"].capitalize()
        for file in (ROOT / "blueprints" / "journeys").glob("*.yaml")
        for phase in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)["phases"]
    }
    return phases | {HOW_TO_NAME} | {f"and on every {day} after that" for day in DAYS}


@pytest.mark.req("R152")
@pytest.mark.parametrize("language", ["de", "es"])
def test_every_label_is_of_a_text_that_is_said(language: str) -> None:
    """A label whose English was reworded translates nothing, and nobody hears of it."""
    source = (BUILT_IN / f"{language}.yaml").read_text(encoding="utf-8")
    labels = yaml.load(source, yaml.BaseLoader)["labels"]
    assert len(labels) > 1000
    assert sorted({*labels} - said() - made_of_parts()) == []


@pytest.mark.req("R152")
def test_every_label_of_a_template_is_one_of_its_page() -> None:
    """A copy of a template begins as the page that the program draws."""
    names = {
        name.casefold()
        for file in (CONTENT / "templates").glob("*.md")
        for name in re.findall(r"\*\*([^*{}\n]+?):?\*\*", file.read_text(encoding="utf-8"))
    }
    assert len(names) > 20
    assert sorted(names - set(map(str.casefold, said()))) == []
