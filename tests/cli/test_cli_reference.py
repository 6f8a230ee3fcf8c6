"""Every command is documented and has help, and the page says what the program says."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import typer

from coaching import Coach
from trajplan.cli.app import COMMANDS, app
from trajplan.cli.command import Command, Group

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = DOCS / "reference"


def script(path: Path) -> ModuleType:
    """A script of the docs, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    return script(REFERENCE / "generate.py")


def test_the_picture_in_the_readme_shows_the_plan_of_today(
    monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    """Its words; how a version of rich draws them may differ."""
    monkeypatch.setenv("TRAJPLAN_CACHE", str(cache))

    def words(svg: str) -> list[str]:
        return re.findall(r">([^<>]+)</text>", svg)

    kept = (DOCS / "plan.svg").read_text(encoding="utf-8")
    assert words(kept) == words(script(DOCS / "make_picture.py").picture())


def test_the_page_of_commands_is_fresh(generator: ModuleType) -> None:
    kept = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert kept == generator.text(), "run: python docs/reference/generate.py"


def test_every_command_argument_and_option_has_help(generator: ModuleType) -> None:
    found = list(generator.commands(typer.main.get_command(app)))
    loaded = {name: entry.load() for name, entry in COMMANDS.items()}
    inside = [
        name for thing in loaded.values() if isinstance(thing, Group) for name in thing.commands
    ]
    assert len(found) == 1 + len(loaded) + len(inside)
    for name, thing in loaded.items():
        if isinstance(thing, Command):
            assert thing.summary == COMMANDS[name].summary, "one line of help, said twice"
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    for path, command in found:
        assert f"\n## {' '.join(path)}\n" in page
        assert command.help, path
        for one in generator.parameters(command):
            assert one.help, (path, one.name)


def test_the_help_of_a_noun_reads_no_action_and_no_page() -> None:
    """Completion reads the same files: what a command needs is imported when it runs."""
    nouns = [name for name, entry in COMMANDS.items() if isinstance(entry.load(), Group)]
    program = (
        "import sys\n"
        "from trajplan.cli.app import COMMANDS\n"
        "for noun in sys.argv[1:]:\n"
        "    COMMANDS[noun].load()\n"
        "print(*sys.modules)"
    )
    command = [sys.executable, "-c", program, *nouns]
    imported = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in imported if name.startswith("trajplan.actions.")] == [
        "trajplan.actions.context"
    ]
    assert not {"sqlite3", "rich", "jinja2", "pydantic", "yaml"} & set(imported)
    assert not [name for name in imported if name.startswith("trajplan.planning")]


def test_help_is_printed_for_every_command(coach: Coach, generator: ModuleType) -> None:
    for path, command in generator.commands(typer.main.get_command(app)):
        for word in ("-h", "--help"):
            found = coach.do(*path[1:], word)
            assert found.err == ""
            assert " ".join(command.help.split())[:40] in " ".join(found.out.split())
    assert "erase" in coach.run("practice").out + coach.run("practice").err
