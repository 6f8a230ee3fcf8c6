"""The example files: every valid one is clean, every invalid one has exactly its own faults."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from few import few
from trajplan.content.loader import builtin_folder, load
from trajplan.settings import Settings

CONTENT = Path(__file__).parents[2] / "content"
VALID = CONTENT / "valid"
INVALID = CONTENT / "invalid"
EXPECTED = re.compile(r"# expect (\d+):(\d+) (.+)")


def settings(tmp_path: Path, *folders: Path) -> Settings:
    return Settings(tmp_path / "p.sqlite3", folders, tmp_path / "no-user-library", None)


def test_valid_examples_are_clean(tmp_path: Path) -> None:
    library = load(settings(tmp_path), builtin=VALID)
    assert [str(problem) for problem in library.problems] == []
    assert set(library.blueprints) == {"ordinary", "decide", "brief"}


@pytest.mark.parametrize(
    "file",
    few(sorted(INVALID.rglob("*.yaml")), 38),
    ids=lambda file: file.relative_to(INVALID).with_suffix("").as_posix(),
)
@pytest.mark.req("R40", "R41", "R44", "R52", "R53", "R54", "R55", "R61", "R62", "R63", "R64")
def test_invalid_example_has_exactly_its_faults(file: Path, tmp_path: Path) -> None:
    expected = []
    for line in file.read_text().splitlines():
        match = EXPECTED.fullmatch(line)
        if match is None:
            break
        expected.append((int(match[1]), int(match[2]), match[3]))
    assert expected, "the first lines say what is expected"
    copy = tmp_path / "workspace" / file.relative_to(INVALID)
    copy.parent.mkdir(parents=True)
    shutil.copy(file, copy)

    library = load(settings(tmp_path, tmp_path / "workspace"), builtin=VALID)

    found = [str(problem) for problem in library.problems]
    assert all(problem.startswith(f"{copy}:") for problem in found)
    assert len(library.problems) == len(expected), found
    for line_number, column, fragment in expected:
        assert any(
            (problem.line, problem.column) == (line_number, column) and fragment in problem.message
            for problem in library.problems
        ), (line_number, column, fragment, found)


def test_every_shipped_file_is_clean(tmp_path: Path) -> None:
    library = load(settings(tmp_path), builtin=builtin_folder())
    assert [str(problem) for problem in library.problems] == []


@pytest.mark.req("R135")
def test_what_is_read_in_the_room_names_no_command() -> None:
    """Nobody types a command while the client sits there, and `live` shows these lines too."""
    texts = {
        file.name: file.read_text("utf-8")
        for folder in ("activities", "prompts", "sessions")
        for file in (builtin_folder() / "blueprints" / folder).glob("*.yaml")
    }
    assert len(texts) > 60
    command = re.compile(r"\btrajplan \w|(?<![\w-])--[a-z]")
    assert [name for name, text in texts.items() if command.search(text)] == []
