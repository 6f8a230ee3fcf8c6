"""`practice`: where the file is, that it is sound, and all that is kept about one client."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coaching import COMMITMENT, INTAKE, WRAP, Coach, rows, told_once
from trajplan.actions.context import Context
from trajplan.records.drafts import DraftKey, Drafts
from trajplan.records.store import writing
from trajplan.settings import read as read_settings

NOTE = "Eyes down at the word roster."
WORKING = "Zebra finch: my own unease in the second half."
OLD_WORDS = "Heliotrope, as it was first put."
BOTH = WRAP.replace(
    f"notes: {NOTE}", f"notes:\n  - text: {NOTE}\n  - {{text: '{WORKING}', kind: working}}"
)
WORDS = ("Sample Client", "sample-client", NOTE, WORKING, OLD_WORDS, COMMITMENT, "teach people")
OWN = {"meta", "days_off"}
"""Tables of the coach's own, and no client's."""
NO_RECORDS = {"undo_commands", "undo_steps", "plan_pages"}
"""What an undo needs is in no export, nor is a page that its plan is printed as."""


@pytest.fixture
@told_once
def two(held: Coach) -> Coach:
    """Sample Client, with words of many kinds, and Ada Bell, who stays."""
    held.do("wrap", "session", "4", "--from", "-", "--replace", stdin=BOTH)
    held.do("log-tci", "--session", "4", "--clarity", "3", "--date", "2027-02-22")
    held.do("refer", "legal", "--from", "-", stdin="Sample Client asks about the pension.")
    held.do("goals", "add", "Teach people a trade")
    held.do("questions", "update", "grow-goal-stays", "--never", "--client", "sample-client")
    held.do("questions", "update", "grow-goal-further-along", "--never")
    held.do("sessions", "days-off", "2027-03-22", "--for", "Fair")
    intake = INTAKE.replace("Sample Client", "Ada Bell").replace("teach people", "build boats")
    held.do("new-client", "--from", "-", "--start", "2027-03-02", stdin=intake)
    held.do("use", "sample-client")
    return held


def schema(coach: Coach) -> set[str]:
    found = rows(coach.practice, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {str(name) for (name,) in found if not str(name).startswith("sqlite_")}


def traces(coach: Coach, *words: str) -> list[tuple[str, str]]:
    """Which words stand in the bytes of which file of the practice's folder, or in its name."""
    return [
        (file.name, word)
        for file in sorted(coach.practice.parent.rglob("*"))
        if file.is_file()
        for word in words
        if word.encode() in file.read_bytes() or word in file.name
    ]


def exported(coach: Coach, *more: str) -> Any:
    return coach.do("practice", "export", *more).data


def test_where_names_the_file_its_clients_and_copies(two: Coach) -> None:
    copy = two.practice.with_name("practice (conflicted copy 2027-02-01).sqlite3")
    shutil.copy(two.practice, copy)
    found = two.json("practice", "where")
    assert found["path"] == str(two.practice)
    assert found["size"] == two.practice.stat().st_size
    assert rows(two.practice, "PRAGMA user_version") == [(found["version"],)]
    assert rows(two.practice, "SELECT practice_id FROM meta") == [(found["practice_id"],)]
    assert found["clients"] == [
        {"slug": "ada-bell", "name": "Ada Bell"},
        {"slug": "sample-client", "name": "Sample Client"},
    ]
    assert found["conflicted_copies"] == [copy.name]
    page = two.do("practice", "where", "--format", "markdown").out
    assert f"- **Conflicted copies:** {copy.name}" in page
    assert "| ada-bell | Ada Bell |" in page


def test_where_there_is_no_practice_its_place_is_named_and_nothing_made(coach: Coach) -> None:
    assert str(coach.practice) in coach.do("practice", "where").out
    assert coach.json("practice", "where")["version"] is None
    for words in (["check"], ["export"], ["erase", "--client", "ada-bell", "--yes", "ada-bell"]):
        assert "no practice yet" in coach.refused(20, "practice", *words)
    assert not coach.practice.parent.exists()


@pytest.mark.unix
@pytest.mark.req("R119")
def test_check_says_that_all_is_well_or_who_else_may_look(begun: Coach) -> None:
    assert begun.do("practice", "check").first == "# Practice · all is well"
    begun.practice.chmod(0o640)
    said = begun.refused(30, "practice", "check")
    assert f"others may use {begun.practice} (mode 0640)" in said
    assert stat.S_IMODE(begun.practice.stat().st_mode) == 0o640, "it looks and mends nothing"
    begun.practice.chmod(0o600)
    begun.practice.parent.chmod(0o770)
    assert f"others may write in {begun.practice.parent}" in begun.refused(30, "practice", "check")
    begun.practice.parent.chmod(0o755)
    begun.do("practice", "check")


def test_check_names_a_copy_of_a_day_that_has_come(begun: Coach) -> None:
    for day in ("2031-01-01", "2027-02-24"):
        begun.today = day
        begun.do("notes", "add", f"Written on {day}", "--session", "4")
    with sqlite3.connect(begun.practice) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("UPDATE sessions SET engagement_id = 99 WHERE id = 1")
    said = begun.refused(30, "practice", "check")
    assert "2 copies of it in" in said
    assert "restore 2027-02-24-1" in said


@pytest.mark.req("R51")
def test_check_names_what_is_broken(begun: Coach) -> None:
    with closing(sqlite3.connect(begun.practice, isolation_level=None)) as db:
        db.execute("DELETE FROM engagements")  # foreign keys are off for any other program
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("UPDATE sessions SET state = 'forgotten' WHERE number = 3")
    said = begun.refused(30, "practice", "check")
    assert "12 of the records in sessions name one in engagements that is not there" in said
    assert "nobody's, session 3: `state` is none of planned, held, missed" in said
    assert "there are no copies of it in the folder beside it" in said
    data = begun.practice.read_bytes()
    begun.practice.write_bytes(data[: len(data) // 2])
    assert begun.refused(30, "practice", "check")


@pytest.mark.req("R119")
def test_an_export_holds_everything_about_one_client_and_nobody_else(two: Coach) -> None:
    found = exported(two, "--client", "sample-client")
    assert (found["format"], found["format_version"], found["of"]) == (
        "trajplan-practice", 1, "client",
    )  # fmt: skip
    assert found["practice_id"] == rows(two.practice, "SELECT practice_id FROM meta")[0][0]
    assert found["exported"] == "2027-02-23"
    assert "own" not in found
    (one,) = found["clients"]
    assert (one["slug"], one["name"]) == ("sample-client", "Sample Client")
    kept = one["tables"]
    # A table that nobody told the export about is in it, or this test names it.
    assert set(kept) == schema(two) - OWN - NO_RECORDS
    assert [(note["kind"], note["text"]) for note in kept["notes"]] == [
        ("record", NOTE), ("working", WORKING),
    ]  # fmt: skip
    first, second = kept["tci_entries"]
    assert (first["clarity"], second["clarity"], second["corrects"]) == (7, 3, first["id"])
    assert kept["plans"][0]["body"]["segments"], "JSON is read, not quoted"
    assert kept["engagements"][0]["intake"]["scenario"] == "pivot"
    assert [row["question_id"] for row in kept["retired_questions"]] == ["grow-goal-stays"]
    assert "Ada Bell" not in json.dumps(found)
    # Together with the other client and what is nobody's, every row of the file is there once.
    whole = exported(two)
    assert [who["slug"] for who in whole["clients"]] == ["ada-bell", "sample-client"]
    assert whole["clients"][1] == one
    assert [row["name"] for row in whole["own"]["days_off"]] == ["Fair"]
    assert [row["question_id"] for row in whole["own"]["retired_questions"]] == [
        "grow-goal-further-along"
    ]
    parts = [*(who["tables"] for who in whole["clients"]), whole["own"]]
    for table in schema(two) - NO_RECORDS:
        (count,) = rows(two.practice, f"SELECT count(*) FROM {table}")[0]
        assert sum(len(part.get(table, ())) for part in parts) == count, table


@pytest.mark.req("R119")
def test_a_table_made_later_is_exported_and_erased_without_being_named(two: Coach) -> None:
    with writing(two.practice) as store:
        # A key of two columns, a reference to the same table, one that names no column.
        store.run(
            "CREATE TABLE letters (a INTEGER REFERENCES clients ON DELETE CASCADE, b TEXT,"
            " at INTEGER UNIQUE, answers INTEGER REFERENCES letters (at), PRIMARY KEY (a, b))"
        )
        store.run(
            "CREATE TABLE pages (a INTEGER, b TEXT, text TEXT,"
            " FOREIGN KEY (a, b) REFERENCES letters ON DELETE CASCADE)"
        )
        store.run("INSERT INTO letters VALUES (1, 'x', 5, NULL), (1, 'y', 6, 5), (2, 'x', 7, NULL)")
        store.run("INSERT INTO pages VALUES (1, 'y', 'Dear Sample'), (2, 'x', 'Dear Ada')")
    kept = exported(two, "--client", "sample-client")["clients"][0]["tables"]
    assert [row["b"] for row in kept["letters"]] == ["x", "y"]
    assert [row["text"] for row in kept["pages"]] == ["Dear Sample"]
    two.do("practice", "erase", "--client", "sample-client", "--yes", "sample-client")
    assert rows(two.practice, "SELECT text FROM pages") == [("Dear Ada",)]


@pytest.mark.req("R119")
def test_an_export_is_for_its_owner_and_never_written_over(two: Coach) -> None:
    path = two.home / "sample.json"
    words = ("practice", "export", "--client", "sample-client", "-o", str(path))
    said = two.do(*words)
    assert said.out == ""
    assert "Sample Client (sample-client): " in said.err
    assert "as confidential as the practice" in said.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text("utf-8")) == exported(two, "--client", "sample-client")
    path.write_text("mine")
    assert "--overwrite writes over it" in two.refused(1, *words)
    assert path.read_text() == "mine"
    two.do(*words, "--overwrite")
    assert json.loads(path.read_text("utf-8"))["clients"]
    assert "is a database" in two.refused(
        1, "practice", "export", "--overwrite", "-o", str(two.practice)
    )
    assert "did you mean `sample-client`?" in two.refused(
        20, "practice", "export", "--client", "sampel-client"
    )


def draft_of(coach: Coach, slug: str, text: str) -> Path:
    """Put a draft of a worksheet there, as an editor that was killed leaves it."""
    with Context(read_settings(coach.spawn_environ), dt.date(2027, 2, 23)).read(slug) as records:
        draft = records.draft("worksheet-wheel-of-life")
    draft.write(text.encode())
    return draft.path


@pytest.mark.req("R119", "R134")
def test_erasing_takes_what_was_begun_under_the_name_before_there_was_a_client(two: Coach) -> None:
    drafts = Drafts(two.practice)
    theirs, other = (
        drafts.draft(DraftKey(f"new-client-{number}")) for number in ("0123abcd", "4567abcd")
    )
    theirs.append({"question": "Stuck point", "answer": "I am\nSample Client, and stuck"})
    other.append({"question": "Stuck point", "answer": "I am a sample"})
    said = two.do("practice", "erase", "--client", "sample-client", "--yes", "sample-client")
    assert f"- **Deleted beside it:** {theirs.log.name}" in said.out
    assert not theirs.log.exists()
    assert f"{other.log.name}, begun for somebody who was no client yet" in said.out
    assert other.entries()


@pytest.mark.req("R119", "R134")
def test_after_erasing_no_byte_of_the_client_is_left(two: Coach) -> None:
    # Words deleted long ago, between words of the other client that stay where they are.
    for session, whose, note in (
        ("1", "ada-bell", "About boats."),
        ("4", "sample-client", OLD_WORDS),
        ("1", "ada-bell", "About the sea."),
    ):
        two.do("sessions", "update", session, "--note", "-", "--client", whose, stdin=note)
    with closing(sqlite3.connect(two.practice, isolation_level=None)) as db:
        # As an SQLite leaves them that does not overwrite what it deletes.
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("DELETE FROM notes WHERE text = ?", (OLD_WORDS,))
    draft = draft_of(two, "sample-client", "Sample Client: half a wheel")
    # What an editor leaves beside it.
    left = draft.with_name(f".{draft.name}.swp")
    left.write_text("Sample Client: half")
    other = draft_of(two, "ada-bell", "half a wheel")
    assert {word for _, word in traces(two, *WORDS)} == set(WORDS), "the search finds what is there"
    before = exported(two)
    (gone,) = [client for client in before["clients"] if client["slug"] == "sample-client"]
    said = two.do("practice", "erase", "--client", "sample-client", "--yes", "sample-client")
    assert said.first == "# Sample Client (sample-client) · erased, with every session"
    assert traces(two, *WORDS) == []
    assert other.read_text() == "half a wheel"
    # What was deleted is told; the other client and the coach's own are as they were.
    counts = {table: len(found) for table, found in gone["tables"].items() if found}
    assert f"{sum(counts.values())} records; this cannot be undone" in said.out
    assert f"| sessions | {counts['sessions']} |" in said.out
    assert f"- **Deleted beside it:** {left.name}, {draft.name}" in said.out
    assert "copies of the practice elsewhere, such as on a USB stick; pages that" in said.out
    assert "- **Current client:** ada-bell" in said.out
    after = exported(two)
    assert after["clients"] == [
        client for client in before["clients"] if client["slug"] == "ada-bell"
    ]
    assert {k: v for k, v in after["own"].items() if k != "meta"} == {
        k: v for k, v in before["own"].items() if k != "meta"
    }
    assert after["own"]["meta"][0]["current_client"] is None
    two.do("practice", "check")
    assert stat.S_IMODE(two.practice.stat().st_mode) == 0o600
    assert "no client `sample-client`" in two.refused(
        20, "practice", "erase", "--client", "sample-client", "--yes", "sample-client"
    )


def test_what_is_guarded_against_change_is_guarded_after_an_erasing_too(two: Coach) -> None:
    two.do("practice", "erase", "--client", "ada-bell", "--yes", "ada-bell")
    with closing(sqlite3.connect(two.practice)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="deleted only with its client"):
            db.execute("DELETE FROM tci_entries")


@pytest.mark.req("R119")
def test_a_script_says_twice_whom_it_means(two: Coach) -> None:
    before = two.practice.read_bytes()
    words = ("practice", "erase", "--client", "sample-client")
    said = two.refused(2, *words)
    assert "Sample Client (sample-client) · everything, in every session" in said
    assert "Erasing cannot be undone." in said
    assert "`--yes sample-client` confirms it" in said
    assert "`ada-bell` is not `sample-client`" in two.refused(1, *words, "--yes", "ada-bell")
    assert "--client" in two.refused(2, "practice", "erase", "--yes", "sample-client")
    assert two.practice.read_bytes() == before


@pytest.mark.req("R119")
def test_a_person_types_the_slug(two: Coach) -> None:
    shutil.copy(two.practice, two.practice.with_name("practice (conflicted copy).sqlite3"))
    words = ("practice", "erase", "--client", "sample-client")
    asked = "Type `sample-client` to erase"
    found = two.at_a_terminal(*words, answers=[(asked, "yes\n")])
    assert (found.code, rows(two.practice, "SELECT count(*) FROM clients")) == (1, [(2,)])
    assert "nothing was erased" in found.out
    found = two.at_a_terminal(*words, answers=[(asked, "sample-client\n")])
    assert found.code == 0, found.out
    assert found.out.index("cannot be undone") < found.out.index(asked)
    assert "the conflicted copy practice (conflicted copy).sqlite3" in found.out
    assert rows(two.practice, "SELECT slug FROM clients") == [("ada-bell",)]


def test_a_reader_in_the_way_is_named_and_the_same_command_ends_it(
    two: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trajplan.actions import practice
    from trajplan.errors import StoreFault

    def busy(path: Path) -> None:
        raise StoreFault("another trajplan command is writing")

    words = ("practice", "erase", "--client", "sample-client", "--yes", "sample-client")
    with monkeypatch.context() as patch:
        patch.setattr(practice, "rewrite", busy)
        said = two.refused(30, *words)
    assert "`sample-client` is erased, but traces may be left: another" in said
    assert rows(two.practice, "SELECT slug FROM clients") == [("ada-bell",)]
    assert rows(two.practice, "PRAGMA freelist_count") != [(0,)]
    assert "no client `sample-client`" in two.refused(20, *words)
    assert rows(two.practice, "PRAGMA freelist_count") == [(0,)]
    assert traces(two, *WORDS) == []
