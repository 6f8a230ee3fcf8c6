"""A restore, a copy or an erasing killed at any step leaves nothing half done (R154)."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from practices import add, slugs
from trajplan.actions.context import load_context
from trajplan.actions.practice import clear_traces, erase_client
from trajplan.errors import NotFound, StoreFault
from trajplan.records.backups import copies_of, copy_practice, folder_of, sweep
from trajplan.records.contents import Source
from trajplan.records.encryption import Key, decrypt, write_encrypted
from trajplan.records.restore import put_back
from trajplan.records.store import reading, writing

TODAY = dt.date(2027, 2, 22)
STEPS = {
    "open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.chmod", "os.truncate",
    "sqlite3.connect", "sqlite3.connect/handle", "shutil.copyfile",
}  # fmt: skip
"""What the interpreter reports before it does it."""
EIGHT = [f"client-{number}" for number in range(8)]
HALF_WRITTEN = """
import sys, time
from pathlib import Path
from trajplan.records.store import writing
with writing(Path(sys.argv[1])) as store:
    store.db.execute("PRAGMA cache_size = 2")
    store.db.execute("UPDATE clients SET name = 'overwritten', initials = 'OW'")
    for number in range(3000):
        store.db.execute(
            "INSERT INTO clients (slug, name, initials, created) VALUES (?, '', '', '2025-03-03')",
            (f"half-{number}",),
        )
    print("ready", flush=True)
    time.sleep(60)
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A practice with eight clients, and `copy.sqlite3`: with the first two of them."""
    path = tmp_path / "practice.sqlite3"
    with writing(path) as store:
        for slug in EIGHT[:2]:
            add(store, slug)
    shutil.copy(path, tmp_path / "copy.sqlite3")
    with writing(path) as store:
        for slug in EIGHT[2:]:
            add(store, slug)
    return path


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def killed_at(step: int, act: Callable[[], object]) -> bool:
    """Do something in a process of its own that is killed before its nth step; whether it was."""
    child = os.fork()
    if child == 0:
        left = step

        def count(*_: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if event in STEPS:
                count()

        sync = os.fsync
        os.fsync = lambda handle: (count(), sync(handle))[1]
        sys.addaudithook(hook)
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), "it failed without being killed"
    return code != 0


def hot_journal(path: Path) -> None:
    """Let a writer be killed when it has written into the file: its journal has to be replayed."""
    with subprocess.Popen(
        [sys.executable, "-c", HALF_WRITTEN, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.kill()
    journal = Path(f"{path}-journal")
    assert journal.stat().st_size > 0


def as_it_is(path: Path) -> None:
    assert slugs(path) == EIGHT


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[0:16] = b"\xa5" * 16
    path.write_bytes(data)


@pytest.mark.req("R154")
@pytest.mark.parametrize("spoil", [as_it_is, hot_journal, damaged, os.remove])
def test_killed_at_each_step(path: Path, spoil: Callable[[Path], None]) -> None:
    source = path.with_name("copy.sqlite3")
    spoil(path)
    before = path.parent.with_name(f"{path.parent.name}-before")
    shutil.copytree(path.parent, before)
    states: dict[str, int] = {}
    for step in range(1, 400):
        shutil.rmtree(path.parent)
        shutil.copytree(before, path.parent)
        killed = killed_at(step, lambda: put_back(path, Source(path=source), TODAY))
        states[state_of(path)] = states.get(state_of(path), 0) + 1
        assert slugs(source) == EIGHT[:2], "the copy itself stays"
        if spoil in (as_it_is, hot_journal) and state_of(path) == "copy":
            (aside,) = copies_of(path)
            assert slugs(aside.path) == EIGHT
        put_back(path, Source(path=source), TODAY)
        assert slugs(path) == EIGHT[:2]
        assert not Path(f"{path}-journal").exists()
        if not killed:
            break
    assert not killed, "it never came to its end"
    shutil.rmtree(before)
    expected = {as_it_is: "newest", hot_journal: "newest", damaged: "damaged", os.remove: "none"}
    assert set(states) == {"copy", expected[spoil]}
    assert step > 15, "it was killed at every step"


def state_of(path: Path) -> str:
    """What a coach finds who looks again: the newest state, the copy, and nothing between."""
    if not path.exists():
        return "none"
    try:
        found = slugs(path)
    except StoreFault:
        return "damaged"
    assert whole(path)
    names = {2: "copy", 8: "newest"}
    assert found == EIGHT[: len(found)]
    return names[len(found)]


def test_a_journal_of_before_is_never_replayed_over_the_copy(path: Path) -> None:
    hot_journal(path)
    aside = put_back(path, Source(path=path.with_name("copy.sqlite3")), TODAY)
    assert slugs(path) == EIGHT[:2]
    assert whole(path)
    assert aside is not None
    assert slugs(aside.path) == EIGHT, "what the killed command had half written is undone there"


def test_damage_is_kept_with_its_journal(path: Path) -> None:
    damaged(path)
    Path(f"{path}-journal").write_bytes(b"a journal that fits nothing")
    data = path.read_bytes()
    aside = put_back(path, Source(path=path.with_name("copy.sqlite3")), TODAY)
    assert slugs(path) == EIGHT[:2]
    assert aside is not None
    assert aside.practice == "damaged"
    assert aside.path.read_bytes() == data
    assert not Path(f"{path}-journal").exists()


WRITER = """
import datetime as dt, sys, time
from pathlib import Path
from trajplan.errors import StoreFault
from trajplan.records.model.journeys import Client
from trajplan.records.store import writing
path, name = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()
for number in range(40):
    slug = f"{name}-{number}"
    try:
        with writing(path, wait=20) as store:
            store.insert(Client(slug=slug, name=slug, initials="X", created=dt.date(2027, 2, 22)))
    except StoreFault:
        continue
    print(slug, flush=True)
    time.sleep(0.02)
"""


@pytest.mark.req("R154")
def test_what_others_write_meanwhile_is_in_the_practice_or_in_what_was_moved_aside(
    path: Path,
) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), f"writer-{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    restored = 0
    for _ in range(5):
        time.sleep(0.2)
        with suppress(StoreFault):  # others were writing all the time it waited
            put_back(path, Source(path=path.with_name("copy.sqlite3")), TODAY)
            restored += 1
    assert restored > 1
    saved = {slug for writer in writers for slug in writer.communicate()[0].split()}
    assert len(saved) > 40
    files = [path, *(copy.path for copy in copies_of(path))]
    assert saved <= {slug for file in files for slug in slugs(file)}
    assert all(whole(file) for file in files)
    assert folder_of(path).is_dir()


@pytest.mark.req("R154")
def test_a_copy_killed_at_each_step_is_whole_or_has_no_name(path: Path) -> None:
    for step in range(1, 200):
        killed = killed_at(step, lambda: copy_practice(path, TODAY))
        assert slugs(path) == EIGHT
        assert all(slugs(copy.path) == EIGHT for copy in copies_of(path))
        if not killed:
            break
    assert not killed
    assert step > 10
    sweep(path, every=True)
    assert {file.name for file in folder_of(path).iterdir()} == {
        copy.path.name for copy in copies_of(path)
    }


@pytest.mark.req("R154", "R119")
def test_an_erasing_killed_at_each_step_is_ended_by_the_same_command(path: Path) -> None:
    for day in (1, 2):
        copy_practice(path, dt.date(2027, 2, day))
    before = path.parent.with_name(f"{path.parent.name}-before")
    shutil.copytree(path.parent, before)
    gone = EIGHT[4]
    context = load_context(str(path), {"TRAJPLAN_TODAY": str(TODAY)}, command="practice erase")
    for step in range(1, 400):
        shutil.rmtree(path.parent)
        shutil.copytree(before, path.parent)
        killed = killed_at(step, lambda: erase_client(context, gone, typed=gone))
        files = [path, *(copy.path for copy in copies_of(path))]
        assert all(whole(file) for file in files)
        others = [slug for slug in EIGHT if slug != gone]
        assert all(slugs(file) in (EIGHT, others) for file in files)
        again = load_context(str(path), {"TRAJPLAN_TODAY": str(TODAY)}, command="practice erase")
        try:
            erase_client(again, gone, typed=gone)
        except NotFound:
            clear_traces(again)
        for file in path.parent.rglob("*"):
            assert not file.is_file() or gone.encode() not in file.read_bytes(), (step, file)
        if not killed:
            break
    assert not killed
    assert step > 30


@pytest.mark.req("R160")
def test_an_encrypted_copy_killed_at_each_step_leaves_nothing_that_can_be_read(
    path: Path, tmp_path: Path
) -> None:
    import pyrage

    secret = pyrage.x25519.Identity.generate()
    key = Key(secret=(str(secret),))
    stick = tmp_path / "stick"

    def copy() -> None:
        with reading(path) as store:
            write_encrypted(store.db, stick / "copy.age", key)

    for step in range(1, 60):
        shutil.rmtree(stick, ignore_errors=True)
        stick.mkdir()
        killed = killed_at(step, copy)
        left = [file for file in stick.iterdir() if file.stat().st_size]
        assert all(file.read_bytes().startswith(b"age-encryption.org/v1\n") for file in left)
        if (stick / "copy.age").exists():
            pages = decrypt((stick / "copy.age").read_bytes(), key, stick)
            assert b"client-7" in pages, "under its name it is whole"
        if not killed:
            break
    assert not killed, "it never came to its end"
    assert step > 5, "it was killed at every step"
