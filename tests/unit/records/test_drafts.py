"""Drafts: what was typed survives, belongs to one client, and is nobody else's to read (R134)."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.errors import StoreFault
from trajplan.records.drafts import Draft, DraftKey, Drafts
from trajplan.records.practice_file import folder_exposures

PRACTICE = "3f" * 16
LIVE = DraftKey("live", PRACTICE, 1, 2, 3)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "practice.sqlite3")


@pytest.fixture
def draft(drafts: Drafts) -> Draft:
    return drafts.draft(LIVE)


def test_looking_creates_nothing(drafts: Drafts, draft: Draft) -> None:
    assert draft.read() is None
    assert draft.entries() == ()
    assert drafts.names() == ()
    draft.delete()
    assert not drafts.folder.exists()


def test_only_the_owner_can_read(drafts: Drafts, draft: Draft) -> None:
    umask = os.umask(0)
    try:
        draft.write(b"one")
        draft.append({"key": "c"})
    finally:
        os.umask(umask)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (draft.path, draft.log, drafts.folder)]
    assert [f"{mode:o}" for mode in modes] == ["600", "600", "700"]
    assert folder_exposures(drafts.folder) == ()
    drafts.folder.chmod(0o755)
    assert f"others may use {drafts.folder} (mode 0755)" in folder_exposures(drafts.folder)[0]
    draft.write(b"two")
    assert folder_exposures(drafts.folder) == ()


def test_text_and_log_are_two_and_go_together(drafts: Drafts, draft: Draft) -> None:
    draft.write("Ärger: #1\n".encode())
    draft.append({"key": "c", "text": "Ärger\nund mehr"})
    draft.append({"key": "t"})
    assert draft.read() == "Ärger: #1\n".encode()
    assert draft.entries() == ({"key": "c", "text": "Ärger\nund mehr"}, {"key": "t"})
    beside = [f".{draft.path.name}.swp", f"{draft.path.name}~", f"#{draft.path.name}#"]
    for name in beside:
        (drafts.folder / name).write_text("half")
    other = drafts.draft(DraftKey("live-2", PRACTICE, 1, 2, 3))
    other.write(b"stays")
    draft.delete()
    assert list(drafts.folder.iterdir()) == [other.path]


def test_a_torn_line_is_passed_over_and_no_part_of_the_next(draft: Draft) -> None:
    draft.append({"at": 1})
    with draft.log.open("ab") as file:
        file.write(b'{"at": 2, "te')
    assert draft.entries() == ({"at": 1},)
    draft.append({"at": 3})
    assert draft.entries() == ({"at": 1}, {"at": 3})


def test_lines_that_are_no_entries_are_passed_over_and_never_deleted(draft: Draft) -> None:
    draft.append({"at": 1}, {"at": 2})
    with draft.log.open("ab") as file:
        file.write(b"\n  \r\n")
    assert not draft.is_damaged
    with draft.log.open("ab") as file:
        file.write(b"what is this\n")
    draft.append({"at": 3})
    assert draft.is_damaged
    assert draft.entries() == ({"at": 1}, {"at": 2}, {"at": 3})
    for number in (1, 2):
        assert draft.delete_if(lambda: True)
        aside = draft.folder / f"{draft.key.stem}-damaged-{number}.jsonl"
        assert b"what is this" in aside.read_bytes()
        assert draft.stamp is None
        draft.append({"at": 1})
        draft.log.write_bytes(draft.log.read_bytes() + b"what is this\n")


def test_a_log_is_only_settled_where_it_may_go(draft: Draft) -> None:
    assert draft.delete_if(lambda: False)  # there is none
    draft.append({"at": 1})
    before = draft.stamp
    assert not draft.delete_if(lambda: False)
    assert draft.stamp == before
    draft.append({"at": 2})
    assert draft.stamp != before
    assert draft.delete_if(lambda: len(draft.entries()) == 2)
    assert not list(draft.folder.iterdir())


def test_what_is_added_while_a_log_is_settled_begins_another(draft: Draft) -> None:
    """An entry is either seen by whoever settles, or it is there afterwards."""
    draft.append({"at": 1})
    started = threading.Event()

    def add() -> None:
        started.set()
        draft.append({"at": 2})

    other = threading.Thread(target=add)

    def may_go() -> bool:
        other.start()
        started.wait()
        time.sleep(0.05)
        return len(draft.entries()) == 1

    assert draft.delete_if(may_go)
    other.join()
    assert draft.entries() == ({"at": 2},)


def test_a_full_disk_leaves_the_draft_as_it_was(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft.write(b"as it was")
    draft.append({"at": 1})
    write = os.write

    def full(handle: int, data: bytes) -> int:
        write(handle, data[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreFault, match="is full"):
        draft.append({"at": 2})
    monkeypatch.setattr(os, "write", write)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(StoreFault, match="is full"):
        draft.write(b"lost")
    monkeypatch.undo()
    assert draft.entries() == ({"at": 1},)
    assert draft.read() == b"as it was"
    draft.append({"at": 3})
    assert draft.entries() == ({"at": 1}, {"at": 3})


def test_a_draft_is_one_clients(drafts: Drafts) -> None:
    keys = {
        name: DraftKey("wrap", practice, client, 1, 1)
        for name, practice, client in (
            ("theirs", PRACTICE, 1),
            ("another", PRACTICE, 12),
            ("elsewhere", "a0" * 16, 1),
        )
    }
    keys["new"] = DraftKey("new-client")
    for key in keys.values():
        drafts.draft(key).write(b"words")
    named = {name: (drafts.draft(key).path.name,) for name, key in keys.items()}
    assert drafts.of_client(PRACTICE, 1) == named["theirs"]
    assert drafts.orphans(PRACTICE, {1}) == named["another"]
    assert len(drafts.names()) == 4
    theirs = drafts.draft(keys["theirs"])
    theirs.keep_spare()
    for beside in (f".{theirs.path.name}.new", f".{theirs.path.name}.swp", f"{theirs.path.name}~"):
        (drafts.folder / beside).write_bytes(b"words")
    theirs.path.unlink()  # what lies beside a draft is found without it
    assert len(drafts.of_client(PRACTICE, 1)) == 4
    drafts.delete(drafts.of_client(PRACTICE, 1))
    assert drafts.of_client(PRACTICE, 1) == ()
    assert len(drafts.names()) == 3
    assert drafts.draft(keys["another"]).read() == b"words"


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20)), max_size=5))
def test_entries_come_back_as_they_were_given(
    tmp_path_factory: pytest.TempPathFactory, entries: list[dict[str, str]]
) -> None:
    draft = Drafts(tmp_path_factory.mktemp("laws") / "practice.sqlite3").draft(LIVE)
    for entry in entries:
        draft.append(entry)
    assert draft.entries() == tuple(entries)


WRITER = """
import sys
import threading
from pathlib import Path
from trajplan.records.drafts import DraftKey, Drafts
draft = Drafts(Path(sys.argv[1])).draft(DraftKey("live", "3f" * 16, 1, 2, 3))
number = 0
while True:
    number += 1
    draft.append({"number": number})
    draft.write(b"%d" % number * 2000)
    print(number, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, draft: Draft) -> None:
    practice = tmp_path / "practice.sqlite3"
    command = [sys.executable, "-c", WRITER, str(practice)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(0.05)
        process.kill()
        acknowledged = int([first, *process.stdout][-1])
    numbers = [entry["number"] for entry in draft.entries()]
    assert numbers[:acknowledged] == list(range(1, acknowledged + 1))
    assert len(numbers) <= acknowledged + 1
    text = draft.read()
    assert text in {b"%d" % number * 2000 for number in (acknowledged, acknowledged + 1)}
