"""The kept library: the same content, without yaml and pydantic, and never trusted blindly."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import msgspec
import pytest

from trajplan.content import build as building
from trajplan.content import loader
from trajplan.content.document import SourceDocument
from trajplan.content.library import Library
from trajplan.settings import Settings

EMPTY_LIST = b"\x90"
NO_KINDS = msgspec.msgpack.encode({"content": {}, "sources": []})
VALID = Path(__file__).parents[2] / "content" / "valid"


def with_checksum(body: bytes) -> bytes:
    return crc32(body).to_bytes(4, "big") + body


@pytest.fixture
def builtin(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VALID, tmp_path / "builtin"))


def load(tmp_path: Path, builtin: Path, cache: Path | None = None) -> Library:
    folder = cache or tmp_path / "cache"
    return loader.load(Settings(tmp_path / "p", (), tmp_path / "none", folder), builtin=builtin)


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").iterdir())


def test_warm_and_cold_are_equal(tmp_path: Path, builtin: Path) -> None:
    cold = load(tmp_path, builtin)
    (file,) = kept(tmp_path)
    warm = load(tmp_path, builtin)
    assert warm == cold
    assert warm.sources == cold.sources
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_warm_start_imports_no_yaml_no_pydantic_no_worksheets(
    tmp_path: Path, builtin: Path
) -> None:
    load(tmp_path, builtin)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from trajplan.settings import Settings\n"
        "from trajplan.content.loader import load\n"
        "root = Path(sys.argv[1])\n"
        "settings = Settings(root / 'p', (), root / 'none', root / 'cache')\n"
        "library = load(settings, builtin=root / 'builtin')\n"
        "assert library.question('basic-why').breadth == 3\n"
        "late = 'trajplan.content.worksheet_model'\n"
        "found = {'yaml', '_yaml', 'pydantic', 'pydantic_core', late} & set(sys.modules)\n"
        "assert library.worksheet('small').fields[0].id == 'story'\n"
        "sys.exit(f'imported {found}' if found else 0)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-10],
        lambda data: data.replace(b"An ordinary session", b"An ordinary fiction"),
        lambda data: b"\xff" + data,
        lambda data: b"[]",
        lambda data: with_checksum(EMPTY_LIST),
        lambda data: with_checksum(NO_KINDS),
    ],
    ids=["empty", "cut", "changed", "no text", "no checksum", "other data", "other shape"],
)
def test_a_broken_cache_is_built_again(tmp_path: Path, builtin: Path, damage: object) -> None:
    good = load(tmp_path, builtin)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))  # type: ignore[operator]
    assert load(tmp_path, builtin) == good
    assert file.read_bytes() == whole


def test_a_changed_file_is_seen_at_once(tmp_path: Path, builtin: Path) -> None:
    load(tmp_path, builtin)
    file = builtin / "blueprints/activities/look_back.yaml"
    file.write_text(file.read_text().replace("Look back", "Look around"))
    assert load(tmp_path, builtin).activity("look_back").title == "Look around"


def test_other_rules_make_another_cache(
    tmp_path: Path, builtin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path, builtin)
    monkeypatch.setattr(loader, "fingerprint", lambda: "other rules")
    load(tmp_path, builtin)
    assert len(kept(tmp_path)) == 2


def test_only_a_few_files_are_kept(tmp_path: Path, builtin: Path) -> None:
    file = builtin / "blueprints/activities/look_back.yaml"
    text = file.read_text()
    for number in range(6):
        file.write_text(text.replace("Look back", f"Look back {number}"))
        load(tmp_path, builtin)
    assert len(kept(tmp_path)) == 3


def test_a_library_with_faults_is_not_kept(tmp_path: Path, builtin: Path) -> None:
    (builtin / "blueprints" / "bad.yaml").write_text("kind: nothing\n")
    assert load(tmp_path, builtin).problems
    assert load(tmp_path, builtin).problems
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path, builtin: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    assert load(tmp_path, builtin, blocked).problems == ()
    assert blocked.read_text() == "a file where the folder should be"


def test_no_cache_folder_means_no_cache(tmp_path: Path, builtin: Path) -> None:
    settings = Settings(tmp_path / "p", (), tmp_path / "none", None)
    before = set(tmp_path.rglob("*"))
    assert loader.load(settings, builtin=builtin).problems == ()
    assert set(tmp_path.rglob("*")) == before


def test_nothing_half_written_stays_behind(
    tmp_path: Path, builtin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(self: Path, target: Path) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(Path, "replace", no_room)
    assert load(tmp_path, builtin).problems == ()
    assert os.listdir(tmp_path / "cache") == []  # noqa: PTH208 - hidden files count


FAULTS = {
    "nothing": ("title:", "title:"),
    "another title": ("title: ", "title: Other "),
    "another id": ("id: ", "id: other-"),
    "a key nobody knows": ("title:", "titel:"),
    "more minutes": ("min: ", "min: 5"),
    "another phase": ("foundation", "nowhere"),
    "no YAML": ("kind:", "kind: ["),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", FAULTS)
def test_one_changed_file_is_read_alone_and_the_library_is_the_same(
    tmp_path: Path, builtin: Path, change: str
) -> None:
    """Whatever is changed in whichever file: as if nothing were remembered."""
    before, after = FAULTS[change]
    for file in sorted(builtin.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        assert not load(tmp_path, builtin).problems
        file.write_text(f"{text.replace(before, after)}# changed\n", encoding="utf-8")
        remembering = load(tmp_path, builtin)
        anew = load(tmp_path, builtin, tmp_path / "empty")
        shutil.rmtree(tmp_path / "empty", ignore_errors=True)
        assert remembering.problems == anew.problems
        assert remembering == anew
        file.unlink()
        assert load(tmp_path, builtin) == load(tmp_path, builtin, tmp_path / "empty")
        shutil.rmtree(tmp_path / "empty", ignore_errors=True)
        file.write_text(text, encoding="utf-8")


def test_other_files_are_not_read_again(tmp_path: Path, builtin: Path) -> None:
    load(tmp_path, builtin)
    bank = builtin / "question_banks" / "basic.yaml"
    bank.write_text(bank.read_text().replace("title: ", "title: Other "))
    read: list[str] = []
    parse = building.read

    def watched(data: bytes, name: str) -> SourceDocument:
        read.append(name)
        return parse(data, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "read", watched)
        library = load(tmp_path, builtin)
    assert [Path(name).name for name in read] == ["basic.yaml"]
    assert library.bank("basic").title.startswith("Other ")
