"""From older files to newer ones, and what is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from small_practice import START

from trajplan.errors import NotFound, StoreFault
from trajplan.records import (
    checkins,
    clients,
    goals,
    indicators,
    method_changes,
    migrations,
    referrals,
    schema_method,
)
from trajplan.records.store import reading, writing

INTAKE = """{"goals": ["Teach", {"text": "Earn enough"}, {"theme": "x"}, ""],
    "indicators": [{"name": "Days at the bench", "target": 3}]}"""


def settle(path: Path) -> None:
    """Create a practice with one client."""
    with writing(path) as store:
        clients.add(store, slug="ana", name="Ana", initials="A.", today=START)


def header(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def add_colour(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE clients ADD COLUMN colour TEXT NOT NULL DEFAULT 'green'")


def add_then_fail(db: sqlite3.Connection) -> None:
    add_colour(db)
    db.execute("INSERT INTO nowhere VALUES (1)")


def orphan(db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT INTO check_ins (session_id, date, mood, matters, progress)"
        " VALUES (77, '2025-03-03', '', '', '{}')"
    )


def test_an_empty_file_becomes_the_newest_version(path: Path) -> None:
    path.touch()
    with pytest.raises(NotFound, match="new-client"), reading(path):
        pytest.fail("an empty file is no practice")
    settle(path)
    assert header(path, "user_version") == migrations.newest()
    assert header(path, "application_id") == migrations.APPLICATION_ID
    with reading(path) as store:
        assert [one.slug for one in clients.everyone(store)] == ["ana"]


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


def test_a_check_in_of_an_older_file_does_not_ask_to_hold(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = migrations.STEPS
    before = every.index(schema_method.methods_and_referrals)
    monkeypatch.setattr(migrations, "STEPS", every[:before])
    with writing(path) as store:
        clients.add(store, slug="ana", name="Ana", initials="A", today=START)
        store.run(
            "INSERT INTO engagements VALUES (1, 1, 1, 'j', 'integrative', 1, '2025-03-03',"
            " '', '', 60, 7, '', ?, '2025-03-03', NULL)",
            (INTAKE,),
        )
        store.run(
            "INSERT INTO sessions VALUES (1, 1, 1, 'numbered', 'planned', '2025-03-03', '',"
            " '', '', '{}', NULL)"
        )
        store.run(
            "INSERT INTO check_ins (session_id, date, mood, matters, progress)"
            " VALUES (1, '2025-03-03', 'tired', '', '{}')"
        )
    monkeypatch.setattr(migrations, "STEPS", every)
    with writing(path) as store:
        kept = checkins.of_session(store, 1)
        assert kept is not None
        assert (kept.mood, kept.holding) == ("tired", False)
        assert referrals.of_client(store, 1) == ()
        assert method_changes.of_engagement(store, 1) == ()


def test_what_an_older_file_holds_is_numbered_for_each_client(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(migrations, "STEPS", migrations.STEPS[:2])
        with writing(path) as store:
            for at, slug in enumerate(("ana", "ben"), 1):
                clients.add(store, slug=slug, name=slug, initials="X", today=START)
                store.run(
                    "INSERT INTO engagements VALUES (?, ?, 1, 'j', 'integrative', 1, '2025-03-03',"
                    " '', '', 60, 7, '', ?, '2025-03-03', NULL)",
                    (at, at, INTAKE),
                )
                store.run(
                    "INSERT INTO sessions VALUES (?, ?, 1, 'numbered', 'planned', '2025-03-03', '',"
                    " '', '', '{}', NULL)",
                    (at, at),
                )
            for engagement in (1, 2, 1, 2):
                store.run(
                    "INSERT INTO assumptions (engagement_id, text, status, evidence_for,"
                    " evidence_against) VALUES (?, 't', 'open', '[]', '[]')",
                    (engagement,),
                )
            store.run(
                "INSERT INTO plans VALUES (2, '2025-03-03', 0, '', '{}', '{\"assumption\": 4}', 0)"
            )
    with reading(path) as store:
        found = store.run("SELECT engagement_id, number FROM assumptions ORDER BY id").fetchall()
        assert [tuple(row) for row in found] == [(1, 1), (2, 1), (1, 2), (2, 2)]
        last = store.run(
            "SELECT thing, last FROM last_numbers WHERE thing = 'assumptions' ORDER BY client_id"
        ).fetchall()
        assert [tuple(row) for row in last] == [("assumptions", 2), ("assumptions", 2)]
        (body,) = store.run("SELECT json_extract(body, '$.assumption') FROM plans").fetchone()
        assert body == 2
        for at in (1, 2):
            themes = [(one.number, one.level, one.text) for one in goals.of_engagement(store, at)]
            assert themes == [(1, "theme", "Teach"), (2, "theme", "Earn enough")]
            assert [one.text for one in goals.history(store, 2 * at)] == ["Earn enough"]
            signs = [(one.number, one.name) for one in indicators.of_engagement(store, at)]
            assert signs == [(1, "Days at the bench")]


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
        db.execute("PRAGMA user_version = 77")
    before = path.read_bytes()
    with (
        pytest.raises(
            StoreFault, match=rf"version 77.*up to {migrations.newest()}; update trajplan"
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
