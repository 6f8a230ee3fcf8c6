"""The way through the house, and the model of a command, name what is there."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from typing import get_args

from trajplan.cli import command
from trajplan.vocabulary import Intent

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_file_it_names_is_there() -> None:
    there = {path.as_posix() for path in ROOT.glob("*/**/*.py") if ".venv" not in path.parts}
    named = set(re.findall(r"`([\w/]+\.py)`", PAGE))
    assert len(named) > 50
    missing = {name for name in named if not any(path.endswith(f"/{name}") for path in there)}
    assert sorted(missing) == []


def names_defined(path: Path) -> set[str]:
    """Functions, classes and whatever else a file gives a name to."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def test_every_name_stands_in_the_file_it_is_said_to_be_in() -> None:
    said = re.findall(r"((?:`\w+`(?:, | and )?)+) in\s+`([\w/]+\.py)`", PAGE)
    pairs = [(name, file) for names, file in said for name in re.findall(r"`(\w+)`", names)]
    assert len(pairs) > 40
    there = [path for path in ROOT.glob("*/**/*.py") if ".venv" not in path.parts]
    missing = [
        (name, file)
        for name, file in pairs
        if not any(
            path.as_posix().endswith(f"/{file}") and name in names_defined(path) for path in there
        )
    ]
    assert missing == []


def test_every_test_that_the_threat_model_names_is_there() -> None:
    page = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)`", page)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_folder_it_names_is_there() -> None:
    named = set(re.findall(r"`([\w/-]+)/`", PAGE))
    places = (ROOT, ROOT / "src" / "trajplan", ROOT / "blueprints")
    missing = {name for name in named if not any((place / name).is_dir() for place in places)}
    assert sorted(missing) == []


def test_the_model_of_a_command_imports_what_is_there() -> None:
    imports = re.findall(r"from (trajplan[.\w]+) import (\w+)", command.__doc__ or "")
    assert len(imports) == 2
    assert [pair for pair in imports if not hasattr(import_module(pair[0]), pair[1])] == []


def test_every_intent_is_explained() -> None:
    page = (ROOT / "docs" / "reference" / "intents.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| ([a-z-]+) \|", page, re.MULTILINE)[1:]) == get_args(Intent)


def imported_at_once(path: Path, modules: set[str]) -> set[str]:
    """The modules of the program that a file imports as it is loaded, not inside a function and not
    for a type checker alone."""
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names & modules


def test_whichever_module_is_imported_first_no_two_wait_for_each_other() -> None:
    source = ROOT / "src"
    files = {
        ".".join(path.relative_to(source).with_suffix("").parts): path
        for path in (source / "trajplan").rglob("*.py")
        if path.name != "__init__.py"
    }
    graph = {name: imported_at_once(path, {*files}) for name, path in files.items()}
    assert sum(map(len, graph.values())) > 1000
    order = list(TopologicalSorter(graph).static_order())  # raises CycleError with the circle
    assert order.index("trajplan.errors") < order.index("trajplan.cli.app")
