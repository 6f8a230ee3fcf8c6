"""The practice file among other files: who may read it, what is refused, in which words."""

from __future__ import annotations

import datetime as dt
import errno
import os
import platform
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from practices import add, slugs
from trajplan.errors import CannotDo, NotFound, StoreFault, TrajplanError
from trajplan.records.model.sessions import Note
from trajplan.records.practice_file import conflicted_copies, create
from trajplan.records.store import reading, writing

TODAY = dt.date(2025, 3, 3)
BOTH = pytest.mark.parametrize("opener", [reading, writing])
Opener = Callable[..., Any]


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal(opener: Opener, path: Path, kind: type[TrajplanError] = StoreFault) -> str:
    with pytest.raises(kind) as caught, opener(path) as store:
        add(store, "somebody")
    return str(caught.value)


@pytest.mark.req("R119")
@pytest.mark.usefixtures("open_umask")
def test_file_folder_and_journal_are_for_their_owner(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "practice.sqlite3"
    with writing(path) as store:
        add(store)
        assert mode(Path(f"{path}-journal")) == 0o600
    assert mode(path) == 0o600
    assert mode(path.parent) == mode(path.parent.parent) == 0o700
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.req("R119")
def test_an_existing_folder_keeps_its_mode_and_a_wide_file_is_narrowed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    path = tmp_path / "practice.sqlite3"
    with writing(path) as store:
        add(store)
    path.chmod(0o644)
    assert slugs(path) == ["ana"]
    assert mode(path) == 0o644, "reading changes nothing"
    with writing(path) as store:
        add(store, "ben")
    assert mode(path) == 0o600
    assert mode(tmp_path) == 0o755


def test_nothing_is_created_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "none" / "practice.sqlite3"
    said = refusal(reading, path, NotFound)
    assert said == f"there is no practice yet at {path}; `trajplan new-client` starts one"
    with pytest.raises(NotFound, match="no practice yet"), writing(path, create=False):
        pytest.fail("a practice was created")
    assert list(tmp_path.iterdir()) == []


def test_reading_writes_nothing(path: Path) -> None:
    with writing(path) as store:
        add(store)
    before, time = path.read_bytes(), path.stat().st_mtime_ns
    assert slugs(path) == ["ana"]
    assert "read-only" in refusal(reading, path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, time)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_exception_undoes_the_whole_command(path: Path, fault: type[BaseException]) -> None:
    with writing(path) as store:
        add(store)
    before = path.read_bytes()
    with pytest.raises(fault), writing(path) as store:  # noqa: PT012 - the block is the test
        add(store, "ben")
        raise fault
    assert path.read_bytes() == before
    assert slugs(path) == ["ana"]


def test_a_practice_keeps_its_id(path: Path, tmp_path: Path) -> None:
    with writing(path) as store:
        first = store.practice_id
    with reading(path) as store:
        assert store.practice_id == first
    with writing(tmp_path / "other.sqlite3") as store:
        assert store.practice_id != first


@BOTH
@pytest.mark.parametrize("content", [b"hello", b"Dear Ana,\n" * 1000, b"\0" * 4096])
def test_not_a_database(path: Path, opener: Opener, content: bytes) -> None:
    path.write_bytes(content)
    said = refusal(opener, path)
    assert "not a practice" in said
    assert path.read_bytes() == content


@BOTH
def test_a_folder(tmp_path: Path, opener: Opener) -> None:
    assert refusal(opener, tmp_path) == f"{tmp_path} is a folder, not a practice file"


@BOTH
def test_a_device(opener: Opener) -> None:
    assert "not an ordinary file" in refusal(opener, Path("/dev/null"))


@BOTH
def test_a_path_under_a_file(tmp_path: Path, opener: Opener) -> None:
    (tmp_path / "letter").write_text("Dear Ana")
    said = refusal(opener, tmp_path / "letter" / "practice.sqlite3")
    assert "is a file, not a folder" in said


@BOTH
def test_a_link_in_a_circle(path: Path, opener: Opener) -> None:
    path.symlink_to(path)
    assert "leads back to itself" in refusal(opener, path)


@BOTH
def test_a_name_too_long(tmp_path: Path, opener: Opener) -> None:
    assert "too long" in refusal(opener, tmp_path / ("x" * 300))


def test_a_link_is_followed(tmp_path: Path) -> None:
    link, real = tmp_path / "link", tmp_path / "elsewhere" / "practice.sqlite3"
    link.symlink_to(real)
    with writing(link) as store:
        add(store)
    assert link.is_symlink()
    assert slugs(real) == slugs(link) == ["ana"]


@pytest.mark.parametrize("name", ["a?mode=ro", "a#b", "100%", "a b'c\"", "é…", "x" * 240])
def test_any_file_name(tmp_path: Path, name: str) -> None:
    with writing(tmp_path / name) as store:
        add(store)
    assert slugs(tmp_path / name) == ["ana"]
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with writing(Path("practice.sqlite3")) as store:
        add(store)
    assert slugs(tmp_path / "practice.sqlite3") == ["ana"]


def test_a_damaged_file(path: Path) -> None:
    with writing(path) as store:
        for number in range(300):
            add(store, f"client-{number}")
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)  # the header page stays whole
    path.write_bytes(data)
    with pytest.raises(StoreFault, match=r"damaged.*`trajplan practice restore` puts one in"):
        slugs(path)


def test_a_full_disk(path: Path) -> None:
    with writing(path) as store:
        add(store)
    before = path.read_bytes()
    with pytest.raises(StoreFault, match="full"), writing(path) as store:  # noqa: PT012
        # SQLite reports its own limit as it reports a disk without room.
        store.db.execute("PRAGMA max_page_count = 1")
        for number in range(5000):
            add(store, f"client-{number}")
    assert path.read_bytes() == before


def test_a_full_disk_at_creation(path: Path) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        # Else Python would leave half a compiled file behind, for every later command.
        "sys.dont_write_bytecode = True\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "from trajplan.errors import StoreFault\n"
        "from trajplan.records.store import writing\n"
        "try:\n"
        "    with writing(Path(sys.argv[1])): pass\n"
        "except StoreFault as fault: sys.exit(str(fault))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=False
    )
    assert str(path) in done.stderr
    assert "Traceback" not in done.stderr
    assert list(path.parent.iterdir()) == []


def test_a_record_the_tables_refuse_is_a_store_fault(path: Path) -> None:
    with pytest.raises(StoreFault, match="does not take this record"), writing(path) as store:
        store.insert(Note(session_id=9, kind="record", text="x", written=TODAY))


def test_a_mistake_in_the_program_is_not_dressed_up(path: Path) -> None:
    with pytest.raises(sqlite3.ProgrammingError), writing(path) as store:
        store.run("SELECT ?", ())


def test_half_a_character_undoes_the_command(path: Path) -> None:
    with pytest.raises(CannotDo, match="half a character"), writing(path) as store:  # noqa: PT012
        add(store)
        add(store, "\udcff")
    assert slugs(path) == []


def test_a_disk_without_hard_links(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    # The one fault made up here: no such disk can be mounted in a test.
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with writing(path) as store:
        add(store)
    assert slugs(path) == ["ana"]
    assert mode(path) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_creation_leaves_alone_what_another_process_made(path: Path) -> None:
    with writing(path) as store:
        add(store)
    create(path)
    assert slugs(path) == ["ana"]
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that another user may enter; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def as_somebody_else(opener: Opener, path: Path) -> str:
    """What a user without root's powers is told; forked, so that no file but `path` is opened."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        said = "nothing was refused"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            with opener(path) as store:
                if opener is writing:
                    add(store, "ben")
        except TrajplanError as fault:
            said = str(fault)
        except BaseException as fault:
            said = repr(fault)
        os.write(theirs, said.encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


needs_another_user = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can become the other user"
)


@needs_another_user
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
class TestWithoutPermission:
    """Each case is told in words; root would be let through, so another user tries."""

    @BOTH
    def test_a_file_of_somebody_else(self, public_folder: Path, opener: Opener) -> None:
        path = public_folder / "practice.sqlite3"
        with writing(path) as store:
            add(store)
        assert as_somebody_else(opener, path) == f"no permission to read {path}"

    @BOTH
    def test_a_closed_folder(self, public_folder: Path, opener: Opener) -> None:
        path = public_folder / "closed" / "practice.sqlite3"
        with writing(path) as store:
            add(store)
        assert as_somebody_else(opener, path) == f"no permission for {path}"

    def test_creating_in_a_folder_of_somebody_else(self, public_folder: Path) -> None:
        said = as_somebody_else(writing, public_folder / "practice.sqlite3")
        assert said.startswith(f"no permission for {public_folder}")
        said = as_somebody_else(writing, public_folder / "new" / "practice.sqlite3")
        assert said == f"no permission for {public_folder / 'new'}"

    def test_a_file_that_may_only_be_read(self, public_folder: Path) -> None:
        path = public_folder / "practice.sqlite3"
        with writing(path) as store:
            add(store)
        path.chmod(0o644)
        assert as_somebody_else(reading, path) == "nothing was refused"
        assert as_somebody_else(writing, path).startswith(f"no permission to write {path}")

    def test_a_folder_that_takes_no_journal(self, public_folder: Path) -> None:
        path = public_folder / "practice.sqlite3"
        with writing(path) as store:
            add(store)
        path.chmod(0o666)
        said = as_somebody_else(writing, path)
        assert said.startswith(f"no permission to write in the folder {public_folder}")
        assert slugs(path) == ["ana"]


def test_conflicted_copies_are_named(path: Path) -> None:
    copies = {
        "practice (Ana's MacBook's conflicted copy 2025-03-01).sqlite3",
        "practice (conflicted copy 2025-03-01 101112).sqlite3",
        "practice-HOSTNAME's conflicted copy.sqlite3",
        "practice.sync-conflict-20250301-101112-ABCDEFG.sqlite3",
        "practice_conflict-20250301-101112.sqlite3",
        "practice (in Konflikt stehende Kopie von Ana 2025-03-01).sqlite3",
        "practice (1).sqlite3",
        "practice 2.sqlite3",
        "practice-LAPTOP.sqlite3",
        "practice-DESKTOP-4F8K2AB.sqlite3",
        "practice-Anas-MacBook-Pro.sqlite3",
        f"practice-{platform.node().partition('.')[0]}.sqlite3",
        "practice (Copie en conflit de Ana 2025-03-01).sqlite3",
        "practice (Copia en conflicto de Ana 2025-03-01).sqlite3",
        "practice (Copia in conflitto di Ana 2025-03-01).sqlite3",
        "practice (Cópia em conflito de Ana 2025-03-01).sqlite3",
        "practice (conflicterende kopie van Ana 2025-03-01).sqlite3",
        "practice (Anas konflikterande kopia 2025-03-01).sqlite3",
        "practice (Anas motstridende kopi 2025-03-01).sqlite3",
        "practice (kopia powodująca konflikt Ana 2025-03-01).sqlite3",
        "practice (конфликтующая копия с Ana 2025-03-01).sqlite3",
        "practice (конфліктна копія Ana 2025-03-01).sqlite3",
        "practice (Ana の競合コピー 2025-03-01).sqlite3",
        "practice (Ana 的冲突副本 2025-03-01).sqlite3",
        "practice (Ana 的衝突複本 2025-03-01).sqlite3",
        "practice (Ana의 충돌 사본 2025-03-01).sqlite3",
        "practice (salinan berkonflik Ana 2025-03-01).sqlite3",
    }
    others = {
        "practice.sqlite3", "practice.sqlite3-journal", "practice-backup.sqlite3",
        "practice-old.sqlite3", "practice 2.txt", "practice (conflicted copy).pdf",
        "practice 2025.sqlite3", "conflicts.txt", "another (conflicted copy).sqlite3",
    }  # fmt: skip
    for name in copies | others:
        (path.parent / name).touch()
    assert set(conflicted_copies(path)) == copies
    assert conflicted_copies(path) == tuple(sorted(copies))
    # macOS hands out names with their accents apart.
    decomposed = unicodedata.normalize("NFD", "practice (Cópia em conflito de Bé).sqlite3")
    (path.parent / decomposed).touch()
    assert decomposed in conflicted_copies(path)


def test_no_folder_has_no_conflicted_copies(tmp_path: Path) -> None:
    assert conflicted_copies(tmp_path / "none" / "practice.sqlite3") == ()
