"""From older files to newer ones, and what is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from small_practice import add_colour, client

from trajplan.errors import NotFound, StoreFault
from trajplan.records import migrations
from trajplan.records.model.journeys import Client
from trajplan.records.store import reading, writing


def settle(path: Path) -> None:
    """Create a practice with one client."""
    with writing(path) as store:
        store.insert(client("ana"))


def header(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def paint(db: sqlite3.Connection) -> None:
    db.execute("UPDATE clients SET colour = 'blue'")


def add_then_fail(db: sqlite3.Connection) -> None:
    add_colour(db)
    db.execute("INSERT INTO nowhere VALUES (1)")


def orphan(db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT INTO check_ins (session_id, date, mood, matters, progress)"
        " VALUES (77, '2025-03-03', '', '', '{}')"
    )


@pytest.mark.req("R157")
@pytest.mark.parametrize("opener", [reading, writing])
def test_an_empty_file_is_never_taken_for_a_new_practice(path: Path, opener: type) -> None:
    path.touch()
    for empty in (b"", an_empty_database(path.with_name("other.sqlite3"))):
        path.write_bytes(empty)
        with pytest.raises(StoreFault, match=r"is empty.*practice backups.*delete"), opener(path):
            pytest.fail("it was taken for a practice")
        assert path.read_bytes() == empty


def an_empty_database(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as db:
        db.execute("VACUUM")
    return path.read_bytes()


def test_a_first_practice_has_the_newest_version(path: Path) -> None:
    with pytest.raises(NotFound, match="new-client"), reading(path):
        pytest.fail("there is no practice")
    settle(path)
    assert header(path, "user_version") == migrations.newest()
    assert header(path, "application_id") == migrations.APPLICATION_ID
    with reading(path) as store:
        assert [client.slug for client in store.select(Client)] == ["ana"]


@pytest.mark.parametrize("opener", [reading, writing])
def test_an_older_file_is_brought_up_and_keeps_its_records(
    path: Path, monkeypatch: pytest.MonkeyPatch, opener: type
) -> None:
    settle(path)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add_colour))
    with opener(path) as store:
        row = store.db.execute("SELECT slug, colour FROM clients").fetchone()
        assert tuple(row) == ("ana", "green")
    assert header(path, "user_version") == migrations.newest()


@pytest.mark.parametrize("opener", [reading, writing])
@pytest.mark.parametrize("version", [0, 12, 99])
def test_a_file_from_before_the_first_release_is_refused_with_advice(
    path: Path, opener: type, version: int
) -> None:
    settle(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with (
        pytest.raises(StoreFault, match=r"before the first release.*practice export.*--practice"),
        opener(path),
    ):
        pytest.fail("a file nobody can bring up to date was opened")
    assert path.read_bytes() == before


def test_steps_come_in_order_and_only_those_a_file_still_needs(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(path)
    monkeypatch.setattr(migrations, "STEPS", (add_colour,))
    with writing(path):
        pass
    monkeypatch.setattr(migrations, "STEPS", (add_colour, paint))
    with reading(path) as store:
        assert [row["colour"] for row in store.run("SELECT colour FROM clients")] == ["blue"]
    assert header(path, "user_version") == migrations.FIRST + 2


@pytest.mark.parametrize("step", [add_then_fail, orphan])
def test_a_migration_happens_wholly_or_not_at_all(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: object
) -> None:
    settle(path)
    before = path.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    with pytest.raises(StoreFault), writing(path):
        pytest.fail("the migration cannot succeed")
    assert path.read_bytes() == before


@pytest.mark.parametrize("opener", [reading, writing])
def test_a_newer_file_is_refused_and_not_touched(path: Path, opener: type) -> None:
    settle(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 177")
    before = path.read_bytes()
    with (
        pytest.raises(
            StoreFault, match=rf"version 177.*up to {migrations.newest()}; update trajplan"
        ),
        opener(path),
    ):
        pytest.fail("a newer file was opened")
    assert path.read_bytes() == before


@pytest.mark.parametrize("opener", [reading, writing])
@pytest.mark.parametrize(
    "mark", ["PRAGMA user_version = 1", "CREATE TABLE t (a)", "PRAGMA application_id = 5"]
)
def test_a_file_of_another_program_is_refused(path: Path, opener: type, mark: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(mark)
    before = path.read_bytes()
    with pytest.raises(StoreFault, match="another program"), opener(path):
        pytest.fail("a foreign file was opened")
    assert path.read_bytes() == before


@pytest.mark.parametrize("opener", [reading, writing])
def test_the_file_is_always_whole_and_its_references_hold(path: Path, opener: type) -> None:
    settle(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")  # as another program may have left it
    with writing(path) as store:
        assert store.practice_id
    with opener(path) as store:
        asked = ("journal_mode", "synchronous", "foreign_keys", "temp_store")
        found = [store.db.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert found == ["delete", 3, 1, 2]  # 3: EXTRA, 2: in memory
