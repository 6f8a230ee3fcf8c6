"""Several processes at one practice, some of them killed at the worst moment."""

from __future__ import annotations

import datetime as dt
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from practices import add, slugs
from trajplan.errors import StoreFault
from trajplan.records.model.journeys import Client
from trajplan.records.store import reading, writing

TODAY = dt.date(2025, 3, 3)
START = """
import datetime as dt, os, signal, sys, time
from pathlib import Path
from trajplan.records import practice_file, schema
from trajplan.records.model.journeys import Client
from trajplan.records.store import reading, writing
path = Path(sys.argv[1])
def add(store, slug):
    store.insert(Client(slug=slug, name=slug, initials="X", created=dt.date(2025, 3, 3)))
def say(word):
    print(word, flush=True)
"""
# Few pages in memory: SQLite must write into the file itself, in the middle of the transaction.
HALF_WRITTEN = """
with writing(path) as store:
    store.db.execute("PRAGMA cache_size = 2")
    store.db.execute("UPDATE clients SET name = 'overwritten'")
    for number in range(3000):
        add(store, f"half-{number}")
    say("ready")
    time.sleep(60)
"""


def start(script: str, path: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START + script, str(path), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def finish(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


@pytest.mark.parametrize("first", ["reading", "writing"])
def test_a_killed_command_leaves_the_old_state(path: Path, first: str) -> None:
    with writing(path) as store:
        for number in range(500):
            add(store, f"old-{number:03}")
    before = path.read_bytes()
    process = start(HALF_WRITTEN, path)
    ready(process)
    kill(process)
    journal = Path(f"{path}-journal")
    assert path.read_bytes() != before, "the file itself must be half written for this test"
    assert journal.stat().st_size > 0
    if first == "writing":
        with writing(path) as store:
            assert len(store.select(Client)) == 500
    with reading(path) as store:
        everyone = store.select(Client)
    assert [client.name for client in everyone] == [f"old-{number:03}" for number in range(500)]
    assert path.read_bytes()[100:] == before[100:]  # the header counts the openings
    assert whole(path)
    with writing(path) as store:
        add(store, "after")
    assert not journal.exists()


@pytest.mark.parametrize(
    "moment",
    [
        "practice_file.put_in_place = lambda draft, path: (say('ready'), time.sleep(60))",
        "build = schema.build\nschema.build = lambda db: (build(db), say('ready'), time.sleep(60))",
        "practice_file.sync_folder = lambda folder: (say('ready'), time.sleep(60))",
    ],
    ids=["before-it-has-its-name", "while-it-is-built", "after-it-has-its-name"],
)
def test_a_killed_first_creation_does_no_harm(path: Path, moment: str) -> None:
    process = start(f"{moment}\nwith writing(path) as store: add(store, 'ana')", path)
    ready(process)
    kill(process)
    with writing(path) as store:
        assert store.select(Client) == ()
        add(store)
    assert slugs(path) == ["ana"]
    # What may be left is hidden, ours alone, and has nobody's records in it.
    for one in set(path.parent.iterdir()) - {path}:
        assert one.name.startswith(".trajplan-")
        assert one.stat().st_mode & 0o777 == 0o600
        assert b"ana" not in one.read_bytes()


def test_many_first_commands_at_once(path: Path) -> None:
    script = """
sys.stdin.readline()
with writing(path) as store:
    add(store, sys.argv[2])
"""
    names = [f"client-{number}" for number in range(8)]
    processes = [start(script, path, name) for name in names]
    time.sleep(0.3)
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        finish(process)
    assert slugs(path) == names
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_two_writers_both_land(path: Path) -> None:
    with writing(path) as store:
        add(store)
    script = """
for number in range(40):
    with writing(path) as store:
        add(store, f"{sys.argv[2]}-{number:02}")
"""
    processes = [start(script, path, name) for name in ("left", "right")]
    for process in processes:
        finish(process)
    expected = [f"{name}-{number:02}" for name in ("left", "right") for number in range(40)]
    assert slugs(path) == ["ana", *expected]
    assert whole(path)


def test_reading_while_another_writes(path: Path) -> None:
    with writing(path) as store:
        add(store)
    script = """
with writing(path) as store:
    add(store, "ben")
    say("ready")
    sys.stdin.readline()
"""
    process = start(script, path)
    ready(process)
    assert slugs(path) == ["ana"]
    process.communicate("go\n", timeout=60)
    assert process.returncode == 0
    assert slugs(path) == ["ana", "ben"]


def test_a_reader_sees_one_state_throughout(path: Path) -> None:
    with writing(path) as store:
        add(store)
    with reading(path) as store:
        assert len(store.select(Client)) == 1
        process = start("with writing(path) as store: add(store, 'ben')", path)
        time.sleep(0.5)
        assert len(store.select(Client)) == 1
    finish(process)
    assert slugs(path) == ["ana", "ben"]


def test_a_second_writer_waits_then_says_why(path: Path) -> None:
    with writing(path) as store:
        add(store)
        begun = time.monotonic()
        with (
            pytest.raises(StoreFault, match="another trajplan command is writing"),
            writing(path, wait=0.3),
        ):
            pytest.fail("two writers at once")
        assert 0.25 < time.monotonic() - begun < 3
    assert slugs(path) == ["ana"]


def test_an_interrupted_command_leaves_the_old_state(path: Path) -> None:
    with writing(path) as store:
        add(store)
    process = start(HALF_WRITTEN, path)
    ready(process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    assert slugs(path) == ["ana"]
    assert not Path(f"{path}-journal").exists()
