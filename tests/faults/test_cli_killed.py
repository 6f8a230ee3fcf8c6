"""A command killed at any moment leaves a practice that is whole: with all of it, or none."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from coaching import COMMITMENT, WRAP, Coach, rows
from few import few

# Slows SQLite down, so that a kill lands inside the transaction, in the command as installed.
SLOWED = """
import sqlite3, time
from trajplan.records.store import Store
run = Store.run
def slow(self, sql, values=()):
    done = run(self, sql, values)
    if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
        print("writes", flush=True)
        time.sleep(60)
    return done
Store.run = slow
"""


def whole(coach: Coach) -> None:
    with closing(sqlite3.connect(coach.practice)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def kept(coach: Coach) -> tuple[int, ...]:
    """How much of the wrap is there, table by table."""
    return tuple(
        rows(coach.practice, sql)[0][0]
        for sql in (
            "SELECT count(*) FROM wraps",
            "SELECT count(*) FROM commitments",
            "SELECT count(*) FROM notes",
            "SELECT count(*) FROM sessions WHERE state = 'held'",
            "SELECT count(*) FROM plans WHERE frozen = 1",
        )
    )


@pytest.mark.slow
def test_a_wrap_killed_while_it_writes_leaves_the_practice_as_it_was(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    begun.write("slow/sitecustomize.py", SLOWED)
    wrap = begun.write("wrap.yaml", WRAP)
    path = begun.spawn_environ.get("PYTHONPATH", "")
    environ = {**begun.spawn_environ, "PYTHONPATH": f"{begun.home / 'slow'}:{path}"}
    with begun.spawn("wrap", "session", "4", "--from", wrap, env=environ) as process:
        assert process.stdout
        assert process.stdout.readline() == "writes\n"
        process.kill()
    assert process.returncode == -9
    whole(begun)
    assert kept(begun) == (0, 0, 0, 0, 0)
    sheet = begun.do("wrap", "session", "4", "--from", wrap).out
    assert "Action-commitment sheet" in sheet
    assert kept(begun) == (1, 1, 1, 1, 1)


@pytest.mark.parametrize("share", few([0.8, 0.5, 1.0], 1))
def test_a_wrap_killed_at_any_moment_is_kept_whole_or_not_at_all(
    begun: Coach, share: float
) -> None:
    begun.do("prep", "session", "4")
    wrap = begun.write("wrap.yaml", WRAP)
    started = time.monotonic()
    begun.process("sessions")
    usual = time.monotonic() - started
    with begun.spawn("wrap", "session", "4", "--from", wrap) as process:
        time.sleep(usual * share)
        process.kill()
    whole(begun)
    assert kept(begun) in {(0, 0, 0, 0, 0), (1, 1, 1, 1, 1)}
    begun.do("wrap", "session", "4", "--from", wrap, "--replace")
    assert kept(begun) == (1, 1, 1, 1, 1)


# Stops between the transaction that erases and the writing anew of the file. Some builds of SQLite
# overwrite what they delete without being asked; here none does.
BEFORE_REWRITING = """
import time
from trajplan.records import practice_file, store
def slow(path):
    print("writes", flush=True)
    time.sleep(60)
store.rewrite = slow
connect = practice_file.connect
def careless(path, **more):
    db = connect(path, **more)
    db.execute("PRAGMA secure_delete = OFF")
    return db
practice_file.connect = careless
"""
ERASE = ("practice", "erase", "--client", "sample-client", "--yes", "sample-client")


def killed(coach: Coach, code: str) -> None:
    """Erase the client in a process of its own and kill it where `code` makes it wait."""
    coach.write("slow/sitecustomize.py", code)
    path = os.pathsep.join(
        filter(None, [str(coach.home / "slow"), os.environ.get("PYTHONPATH", "")])
    )
    environ = {**coach.spawn_environ, "PYTHONPATH": path}
    with coach.spawn(*ERASE, env=environ) as process:
        assert process.stdout
        assert process.stdout.readline() == "writes\n"
        process.kill()
    assert process.returncode == -9


@pytest.mark.req("R119")
def test_an_erasing_killed_in_its_transaction_leaves_the_client_whole(held: Coach) -> None:
    before = held.do("practice", "export").out
    killed(held, SLOWED)
    whole(held)
    assert held.do("practice", "export").out == before
    held.do(*ERASE)
    assert rows(held.practice, "SELECT count(*) FROM sessions") == [(0,)]


@pytest.mark.req("R119")
def test_an_erasing_killed_before_the_file_is_written_anew_is_ended_by_the_same_command(
    held: Coach,
) -> None:
    killed(held, BEFORE_REWRITING)
    whole(held)
    for table in ("clients", "sessions", "tci_entries", "notes"):
        assert rows(held.practice, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert rows(held.practice, "PRAGMA freelist_count") != [(0,)]
    assert COMMITMENT.encode() not in held.practice.read_bytes()
    held.refused(20, *ERASE)
    assert rows(held.practice, "PRAGMA freelist_count") == [(0,)]
    files = [path for path in held.practice.parent.rglob("*") if path.is_file()]
    assert held.practice in files
    for path in files:
        for words in ("Sample Client", "sample-client", COMMITMENT):
            assert words.encode() not in path.read_bytes(), path


@pytest.mark.slow
@pytest.mark.req("R154")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a disk that is full")
def test_a_full_disk_stops_copies_and_restores_and_no_command(held: Coach) -> None:
    copy = held.json("practice", "backup", str(held.home / "copy.sqlite3"))["path"]
    disk = held.home / "disk"
    disk.mkdir()
    size = held.practice.stat().st_size * 7 // 4 // 1024
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        practice = disk / "practice.sqlite3"
        shutil.copy(held.practice, practice)
        before = held.do("practice", "export", "--practice", str(practice)).out
        said = held.do("use", "sample-client", "--practice", str(practice)).err
        assert said.count("no copy of the practice is made today: the disk") == 1
        assert "nothing was changed" not in said
        for words in (["backup"], ["restore", copy, "--yes"]):
            refused = held.refused(30, "practice", *words, "--practice", str(practice))
            assert f"{disk}" in refused
            assert "is full" in refused
        assert held.do("practice", "export", "--practice", str(practice)).out == before
        assert {path.name for path in disk.rglob("*") if path.is_file()} == {practice.name}
    finally:
        # Lazily, as a connection that is kept for the next test may still hold a file of it.
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
