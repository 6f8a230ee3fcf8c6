"""`practice backup`, `backups`, `restore` and `check`: no way to lose a practice (R154, R157)."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import sqlite3
import stat
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coaching import COMMITMENT, Coach, rows
from few import few
from trajplan.records.practice_file import connect

GOAL = ("goals", "add", "Teach people a trade")


def folder(coach: Coach) -> Path:
    return coach.practice.with_name(f"{coach.practice.name}.backups")


def names(coach: Coach) -> list[str]:
    """The copies, the newest first, as a coach calls them."""
    return [backup["name"] for backup in coach.json("practice", "backups")["backups"]]


def change(practice: Path, *statements: str) -> None:
    """Write as another program does, without any guard."""
    with closing(sqlite3.connect(practice, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            db.execute(statement)


@pytest.mark.req("R154")
def test_the_first_change_of_a_day_is_preceded_by_a_copy(begun: Coach) -> None:
    begun.do("today")
    assert names(begun) == []
    before = begun.export()
    begun.do(*GOAL)
    assert names(begun) == ["2027-02-23-1"]
    begun.do("goals", "add", "Run three mornings", "--under", "1")
    begun.do("use", "sample-client")
    assert names(begun) == ["2027-02-23-1"], "one a day"
    (copy,) = folder(begun).iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder(begun).stat().st_mode) == 0o700
    # It is a practice as it was before the change.
    assert begun.do("practice", "export", "--practice", str(copy)).out == before
    begun.today = "2027-02-24"
    begun.do("goals", "update", "1", "--text", "Teach")
    assert names(begun) == ["2027-02-24-1", "2027-02-23-1"]


@pytest.mark.req("R154")
@pytest.mark.parametrize(
    "words",
    [
        ["questions", "update", "ci-do-you-good", "--never"],
        ["sessions", "days-off", "2027-03-09"],
        ["prep", "session", "4"],
        ["undo", "--forget"],
    ],
)
def test_whatever_writes_copies_first(begun: Coach, words: list[str]) -> None:
    begun.do(*words)
    assert names(begun) == ["2027-02-23-1"]


@pytest.mark.req("R154")
@pytest.mark.parametrize(
    "more", few([[], ["--encrypt", "--passphrase-file", "-"]], 1), ids=["", "closed"]
)
def test_a_stick_that_is_not_in_gets_no_copy(begun: Coach, more: list[str]) -> None:
    stick = begun.home / "stick"
    words = ("practice", "backup", f"{stick}/", *more)
    said = begun.refused(2, *words, stdin="Four words and a tree")
    assert f"there is no folder `{stick}/`; make it, or put in the stick it is on" in said
    assert not stick.exists()
    stick.mkdir()
    begun.do(*words, stdin="Four words and a tree\n")
    assert len(list(stick.iterdir())) == 1


def test_a_practice_is_not_named_as_a_folder(begun: Coach) -> None:
    new = begun.home / "new"
    for found in (
        begun.run("new-client", "Ada", "--practice", f"{new}/"),
        begun.run("new-client", "Ada", env={"TRAJPLAN_PRACTICE": f"{new}/"}),
        begun.run("demo", "--keep", f"{new}/"),
    ):
        assert (found.code, found.out) == (2, "")
        assert f"there is no folder `{new}/`" in found.err
    assert not new.exists()
    begun.write("CONFIG/trajplan/settings.toml", f'practice = "{new}/"')
    said = begun.run("today", env={"TRAJPLAN_PRACTICE": None})
    assert (said.code, f"there is no folder `{new}/`" in said.err) == (2, True)


@pytest.mark.req("R154")
def test_a_copy_that_cannot_be_made_is_said_once_and_stops_nothing(begun: Coach) -> None:
    folder(begun).write_text("in the way")
    said = begun.do(*GOAL)
    assert said.err.count("no copy of the practice is made today") == 1
    assert rows(begun.practice, "SELECT count(*) FROM goals") == [(1,)]
    # Of a practice with faults no copy is made either: good ones would have to make room for it.
    folder(begun).unlink()
    change(begun.practice, "UPDATE sessions SET state = 'forgotten' WHERE number = 9")
    begun.do("use", "sample-client")
    said = begun.do("use", "sample-client")
    assert "the practice has faults" in said.err
    assert "practice check --repair" in said.err
    assert names(begun) == []


@pytest.mark.req("R154")
def test_backup_writes_beside_the_practice_or_where_it_is_told(begun: Coach) -> None:
    before, undo = begun.practice.read_bytes(), begun.json("undo", "--list")
    made = begun.json("practice", "backup")
    assert made["name"] == "2027-02-23-1"
    assert made["clients"] == 1
    assert made["sessions_held"] == 0
    assert made["newest_change"] == "2027-01-12"
    page = begun.do("practice", "backup").out
    assert "`trajplan practice restore 2027-02-23-2`" in page
    assert "1 client, 0 sessions held" in page
    elsewhere = begun.home / "stick" / "copy.sqlite3"
    elsewhere.parent.mkdir()
    begun.do("practice", "backup", str(elsewhere))
    assert begun.export() == begun.do("practice", "export", "--practice", str(elsewhere)).out
    assert "already a file" in begun.refused(1, "practice", "backup", str(elsewhere))
    made = begun.json("practice", "backup", str(elsewhere.parent))
    assert Path(made["path"]) == elsewhere.parent / "practice-2027-02-23.sqlite3"
    nowhere = str(begun.home / "none" / "copy.sqlite3")
    assert "there is no folder" in begun.refused(1, "practice", "backup", nowhere)
    assert "FILE is empty" in begun.refused(2, "practice", "backup", "")
    assert [backup["name"] for backup in begun.json("practice", "backups")["backups"]] == [
        "2027-02-23-2", "2027-02-23-1",
    ]  # fmt: skip
    assert (begun.practice.read_bytes(), begun.json("undo", "--list")) == (before, undo)
    assert "no practice yet" in begun.refused(
        20, "practice", "backup", "--practice", str(begun.home / "none.sqlite3")
    )


@pytest.mark.req("R154")
def test_restore_says_what_would_change_and_keeps_the_practice_as_it_was(begun: Coach) -> None:
    earlier = begun.export()
    begun.do(*GOAL)
    now = begun.export()
    words = ("practice", "restore", "2027-02-23-1")
    said = begun.refused(2, *words)
    assert "now:  1 client, 0 sessions held" in said
    assert "then: 1 client, 0 sessions held" in said
    assert re.search(r"the copy holds \d records fewer", said)
    assert "--yes puts it in place all the same" in said
    assert begun.export() == now
    done = begun.json(*words, "--yes")
    assert begun.export() == earlier
    aside = Path(done["kept_as_it_was"])
    assert begun.do("practice", "export", "--practice", str(aside)).out == now
    assert stat.S_IMODE(begun.practice.stat().st_mode) == 0o600
    begun.do("practice", "check")
    # The way back holds more than the practice: nothing would be lost, so nothing is asked.
    page = begun.do("practice", "restore", "2027-02-23-2").out
    assert "- **Kept as it was:**" in page
    assert begun.export() == now
    said = begun.refused(2, *with_the_same_records(begun))
    assert "the copy is older: what was changed since is not in it, for Sample Client\n" in said


@pytest.mark.req("R154")
def test_restore_says_whose_records_differ_where_there_are_as_many(begun: Coach) -> None:
    begun.do("new-client", "Moira Reid")
    begun.do("new-client", "Gareth Hall")
    copy = str(begun.home / "copy.sqlite3")
    begun.do("practice", "backup", copy)
    begun.do("clients", "update", "Moira", "--name", "Moira Reid-Ross")
    begun.do("clients", "update", "Gareth", "--start-time", "09:00")
    said = begun.refused(2, "practice", "restore", copy)
    whose = "for Moira Reid-Ross (there: Moira Reid), Gareth Hall"
    if "records fewer" in said:  # what can be undone counts as records, too
        change(begun.practice, "DELETE FROM undo_steps", "DELETE FROM undo_commands")
        said = begun.refused(2, "practice", "restore", copy)
    assert whose in said
    assert "Sample Client" not in said


@pytest.mark.req("R154")
def test_a_clock_that_was_ahead_for_a_week_stops_no_command_and_no_restore(begun: Coach) -> None:
    today = begun.today
    for days in range(1, 8):
        begun.today = str(dt.date.fromisoformat(today) + dt.timedelta(days))
        begun.do("notes", "add", "Written on a wrong day")
    ahead = names(begun)[0]
    begun.today = today
    begun.do("notes", "add", "Written on the right day")
    begun.do("practice", "restore", ahead, "--yes")
    assert "Written on the right day" not in begun.do("notes", "list").out
    kept = next(name for name in names(begun) if name.startswith(today))
    begun.do("practice", "restore", kept, "--yes")
    assert "Written on the right day" in begun.do("notes", "list").out


def with_the_same_records(coach: Coach) -> tuple[str, ...]:
    """A restore of a copy that holds as many records as the practice, with older words."""
    coach.do("practice", "backup", str(coach.home / "older.sqlite3"))
    coach.do("clients", "update", "--start-time", "09:00")
    change(coach.practice, "DELETE FROM undo_steps", "DELETE FROM undo_commands")
    return ("practice", "restore", str(coach.home / "older.sqlite3"))


@pytest.mark.req("R154")
def test_a_person_is_asked_before_anything_is_restored(begun: Coach) -> None:
    begun.do(*GOAL)
    now = begun.export()
    words = ("practice", "restore", "2027-02-23-1")
    asked = "Put the copy in the practice's place?"
    found = begun.at_a_terminal(*words, answers=[(asked, "\n")])
    assert (found.code, begun.export()) == (1, now)
    assert found.out.index("records fewer") < found.out.index(asked)
    found = begun.at_a_terminal(*words, answers=[(asked, "y\n")])
    assert found.code == 0
    assert rows(begun.practice, "SELECT count(*) FROM goals") == [(0,)]


@pytest.mark.req("R154")
def test_another_practice_and_what_is_none_are_refused(begun: Coach) -> None:
    other = begun.home / "other.sqlite3"
    begun.do("new-client", "Ben", "--start", "2027-03-01", "--practice", str(other))
    begun.do("new-client", "Bo", "--start", "2027-03-01", "--practice", str(other))
    before = begun.practice.read_bytes()
    said = begun.refused(2, "practice", "restore", str(other))
    assert "it is a copy of another practice" in said
    for name, content, code, words in (
        ("letter.sqlite3", b"Dear Ana, " * 900, 30, "not a practice"),
        ("empty.sqlite3", b"", 30, "is empty"),
        ("export.json", b' {"format": "trajplan-practice"}', 1, "practice import"),
    ):
        (begun.home / name).write_bytes(content)
        refused = begun.refused(code, "practice", "restore", str(begun.home / name), "--yes")
        assert words in refused
    foreign = begun.home / "foreign.sqlite3"
    change(foreign, "CREATE TABLE songs (name TEXT)")
    assert "another program" in begun.refused(30, "practice", "restore", str(foreign), "--yes")
    assert "no copy or file `2027-01-01-1`" in begun.refused(
        20, "practice", "restore", "2027-01-01-1"
    )
    assert "is the practice itself" in begun.refused(
        1, "practice", "restore", str(begun.practice), "--yes"
    )
    assert begun.practice.read_bytes() == before
    # Nor does a restore ever write over the database of another program.
    songs = foreign.read_bytes()
    copy = begun.json("practice", "backup")["path"]
    said = begun.refused(30, "practice", "restore", copy, "--yes", "--practice", str(foreign))
    assert "another program" in said
    assert foreign.read_bytes() == songs


@pytest.mark.req("R154", "R157")
@pytest.mark.parametrize("left", few([0, 1, 50, 4096, 0.5], 2))
def test_a_truncated_practice_is_never_taken_for_a_new_one_and_comes_back(
    begun: Coach, left: float
) -> None:
    begun.do("practice", "backup")
    whole, data = begun.export(), begun.practice.read_bytes()
    cut = data[: int(len(data) * left) if isinstance(left, float) else left]
    begun.practice.write_bytes(cut)
    for words in (["today"], ["new-client", "Ben"], ["practice", "check"], ["practice", "export"]):
        said = begun.run(*words)
        assert said.code == 30, (words, said)
        assert "bug" not in said.err
    said = begun.refused(30, "practice", "check")
    assert "`trajplan practice restore 2027-02-23-1` shows what the newest holds" in said
    assert begun.practice.read_bytes() == cut
    if left:
        said = begun.refused(2, "practice", "restore", "2027-02-23-1")
        assert "now:  it cannot be read" in said
    done = begun.json("practice", "restore", "2027-02-23-1", "--yes")
    assert begun.export() == whole
    if left:
        assert Path(done["kept_as_it_was"]).read_bytes() == cut
    begun.do("practice", "check")


@pytest.mark.req("R154")
def test_a_practice_that_has_lost_its_mark_comes_back(begun: Coach) -> None:
    begun.do("practice", "backup")
    whole = begun.export()
    change(begun.practice, "PRAGMA application_id = 7")
    assert "another program" in begun.refused(30, "today")
    done = begun.json("practice", "restore", "2027-02-23-1", "--yes")
    assert begun.export() == whole
    assert "damaged" in done["kept_as_it_was"]


@pytest.mark.req("R154")
def test_a_copy_that_another_program_keeps_with_a_log_is_restored_whole(begun: Coach) -> None:
    copy = begun.home / "copy.sqlite3"
    begun.do("practice", "backup", str(copy))
    with closing(sqlite3.connect(copy)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("UPDATE clients SET name = 'Sam'")
        db.commit()
        # The log is still to be written into the file.
        begun.do("practice", "restore", str(copy), "--yes")
    assert rows(begun.practice, "SELECT name FROM clients") == [("Sam",)]
    assert begun.practice.read_bytes()[18:20] == b"\x01\x01", "it takes no log beside it"
    begun.do(*GOAL)


@pytest.mark.req("R154", "R157")
def test_a_schema_that_nobody_can_read_is_damage_and_no_bug(begun: Coach) -> None:
    begun.do("practice", "backup")
    whole, data = begun.export(), begun.practice.read_bytes()
    at = data.index(b"CREATE TABLE clients") + len("CREATE TABLE clients (\n    id ")
    begun.practice.write_bytes(data[:at] + b"\xff\xfe, " + data[at + 4 :])
    for words in (["today"], ["practice", "check"], ["practice", "check", "--repair"]):
        assert "is damaged" in begun.refused(30, *words)
    begun.do("practice", "restore", "2027-02-23-1", "--yes")
    assert begun.export() == whole


@pytest.mark.req("R154")
def test_where_and_check_say_which_copies_there_are(begun: Coach) -> None:
    assert "none yet" in begun.do("practice", "where").out
    begun.do("practice", "backup")
    for word in ("where", "check"):
        assert "- **Copies:** 1, the newest 2027-02-23-1" in begun.do("practice", word).out
        assert begun.json("practice", word)["backups"] == ["2027-02-23-1"]


@pytest.mark.req("R154")
def test_where_the_practice_is_gone_its_copies_are_named(begun: Coach) -> None:
    begun.do("practice", "backup")
    whole = begun.export()
    begun.practice.unlink()
    said = begun.refused(20, "today")
    assert "there are copies of one: `trajplan practice backups`" in said
    assert names(begun) == ["2027-02-23-1"]
    begun.do("practice", "restore", "2027-02-23-1")
    assert begun.export() == whole


@pytest.mark.req("R154")
def test_no_id_is_given_again_after_a_restore(begun: Coach) -> None:
    begun.do("practice", "backup")
    begun.do("new-client", "Ben", "--start", "2027-03-01")
    highest = rows(begun.practice, "SELECT name, seq FROM sqlite_sequence")
    begun.do("practice", "restore", "2027-02-23-1", "--yes")
    kept = dict(rows(begun.practice, "SELECT name, seq FROM sqlite_sequence"))
    assert all(kept[name] >= last for name, last in highest)
    begun.do("new-client", "Bo", "--start", "2027-03-01")
    assert rows(begun.practice, "SELECT id FROM clients WHERE slug = 'bo'") == [(3,)]


@pytest.mark.req("R154", "R119")
def test_erasing_reaches_the_copies(begun: Coach) -> None:
    begun.do("new-client", "Ada Bell", "--start", "2027-03-02")
    begun.do("clients", "update", "--slug", "sam", "--name", "Sam", "--client", "sample-client")
    begun.do("practice", "backup")
    broken = folder(begun) / "2027-02-20-1-damaged.sqlite3"
    broken.write_bytes(b"half of Sample Client")
    other = folder(begun) / "2027-02-21-1-99999999.sqlite3"
    other.write_bytes(b"of somebody else")
    begun.today = "2027-02-24"
    done = begun.json("practice", "erase", "--client", "sam", "--yes", "sam")
    assert done["out_of_reach"][0] == f"the copy of another practice {other.name}"
    assert other.read_bytes() == b"of somebody else"
    other.unlink()
    assert [name[:12] for name in done["backups_rewritten"]] == [
        "2027-02-23-1", "2027-02-23-2", "2027-02-24-1",
    ]  # fmt: skip
    assert done["backups_deleted"] == [broken.name]
    for path in begun.practice.parent.rglob("*"):
        if path.is_file():
            for word in ("Sample Client", "sample-client", "teach people", '"sam"'):
                assert word.encode() not in path.read_bytes(), (path, word)
    for name in names(begun):
        (copy,) = folder(begun).glob(f"{name}-*")
        with closing(connect(copy)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            clients = [row[0] for row in db.execute("SELECT slug FROM clients")]
        # The first copy is from before there was anybody else.
        assert clients == ([] if name == "2027-02-23-1" else ["ada-bell"])


@pytest.mark.req("R154", "R58")
def test_a_working_note_whose_day_has_come_leaves_the_copies_too(begun: Coach) -> None:
    words = "Zebra finch: my own unease."
    note = f"kind: wrap\ncommitments: none\nnotes:\n  - {{text: '{words}', kind: working}}\n"
    begun.do("wrap", "session", "4", "--from", "-", stdin=note)
    begun.do("practice", "backup")
    (purge,) = rows(begun.practice, "SELECT purge_on FROM notes")[0]
    begun.today = purge
    said = begun.do(*GOAL)
    assert "deleted a working note" in said.err
    for path in [begun.practice, *folder(begun).iterdir()]:
        assert words.encode() not in path.read_bytes(), path
    assert len(names(begun)) == 3


ORPHAN = "INSERT INTO check_ins (session_id, date) VALUES (777, '2027-02-01')"
BAD_TEXT = "UPDATE commitments SET what = CAST(X'5A616E7AFF' AS TEXT)"
BAD_PLAN = "UPDATE plans SET body = CAST(X'7B2261223A2022FF227D' AS TEXT)"


@pytest.mark.req("R157")
def test_one_orphan_stops_neither_check_nor_export_nor_restore(held: Coach) -> None:
    change(held.practice, ORPHAN)
    said = held.refused(30, "practice", "check")
    assert "1 of the records in check_ins names one in sessions that is not there" in said
    assert held.do("practice", "export").data["clients"]
    held.do("today")
    held.do("search", "trade")
    held.do("practice", "check", "--repair")
    assert rows(held.practice, "SELECT count(*) FROM check_ins WHERE session_id = 777") == [(0,)]
    held.do("practice", "check")
    assert "names one in sessions" in held.refused(
        30, "practice", "check", "--practice", str(next(iter(folder(held).iterdir())))
    ), "it was copied as it was"
    change(held.practice, ORPHAN)
    held.do("practice", "restore", "2027-02-23-1", "--yes")


REPAIRED: dict[str, tuple[str, str, str]] = {
    "bytes that are no text": (
        BAD_TEXT,
        "Sample Client, commitment 1: `what` holds bytes that are no text",
        "SELECT what = 'Zanz\ufffd' FROM commitments",
    ),
    "a plan nobody can read": (
        BAD_PLAN,
        "Sample Client, session 4, plans: the saved plan cannot be read",
        "SELECT count(*) = 0 FROM plans",
    ),
    "a plan without a middle": (
        "UPDATE plans SET body = json_remove(body, '$.segments')",
        "the saved plan cannot be read",
        "SELECT count(*) = 0 FROM plans",
    ),
    "no number left": (
        "UPDATE last_numbers SET last = 1 WHERE thing = 'commitments';"
        " UPDATE commitments SET number = 5",
        "1 running number cannot go on",
        "SELECT last = 5 FROM last_numbers WHERE thing = 'commitments'",
    ),
    "a goal of nobody": (
        "DROP TRIGGER commitments_keep_their_own_goal; UPDATE commitments SET goal_id = 99",
        "names one in goals that is not there",
        "SELECT goal_id IS NULL FROM commitments",
    ),
    "no id": (
        "DELETE FROM meta",
        "the practice has lost its id",
        "SELECT length(practice_id) = 32 FROM meta",
    ),
    "a guarded record": (
        "DROP TRIGGER tci_entries_never_change;"
        " UPDATE tci_entries SET note = CAST(X'5A61FF' AS TEXT)",
        "set of ratings",
        "SELECT note = 'Za\ufffd' FROM tci_entries",
    ),
}


@pytest.mark.slow
@pytest.mark.req("R157")
@pytest.mark.parametrize("fault", few(REPAIRED, 4))
def test_what_is_wrong_is_named_and_put_right(held: Coach, fault: str) -> None:
    statements, said, right = REPAIRED[fault]
    change(held.practice, *statements.split(";"))
    for words in (["today"], ["show"], ["practice", "export"], ["journey"]):
        assert held.run(*words).code in (0, 30), words
    found = held.refused(30, "practice", "check")
    assert said in found
    assert "Zanz" not in found
    assert "--repair" in found
    before = held.practice.read_bytes()
    done = held.json("practice", "check", "--repair")
    assert done["done"]
    assert done["left"] == []
    assert "Zanz" not in json.dumps(done)
    assert rows(held.practice, right) == [(1,)]
    copied = Path(done["backup"])
    assert copied.stat().st_size == len(before)
    held.do("practice", "check")
    held.do("prep", "session", "5")
    assert held.do("practice", "check", "--repair").first == "# Practice · nothing to repair"


@pytest.mark.req("R157")
def test_what_cannot_be_put_right_is_named_with_client_and_record(held: Coach) -> None:
    change(
        held.practice,
        "UPDATE commitments SET due = 'soon', proposed_by = 'the dog', value = 70",
        "UPDATE wraps SET focus = CAST(X'5A61FF' AS TEXT)",
        "UPDATE wraps SET takeaways = 'I explain by letting them try'",
    )
    said = held.refused(30, "practice", "check")
    stays = [
        "Sample Client, commitment 1: `due` is no date",
        "Sample Client, commitment 1: `proposed_by` is none of",
        "Sample Client, commitment 1: `value` is not 1 to 10",
        "Sample Client, session 4, wrap: `takeaways` is no list",
    ]
    for words in stays:
        assert words in said
    assert "may put right 1 of 5" in said
    repaired = held.run("practice", "check", "--repair", "--format", "json")
    assert repaired.code == 30
    assert len(repaired.data["left"]) >= len(stays)
    assert "not everything could be put right" in repaired.err
    change(held.practice, "UPDATE sessions SET held_on = '2027-03-01' WHERE number = 9")
    said = held.refused(30, "practice", "check")
    assert "session 9: `state` and `held_on` contradict each other" in said


@pytest.mark.req("R157")
def test_check_reads_what_is_between_records(held: Coach) -> None:
    held.do(*GOAL)
    held.do("new-client", "Ada Bell", "--start", "2027-03-02")
    held.do("goals", "add", "Build boats", "--client", "ada-bell")
    change(
        held.practice,
        "DROP TRIGGER commitments_keep_their_own_goal",
        "UPDATE commitments SET goal_id = 2",
    )
    said = held.refused(30, "practice", "check")
    assert "Sample Client, commitment 1: names a goal of another journey" in said
    held.do("practice", "check", "--repair")
    assert rows(held.practice, "SELECT goal_id FROM commitments") == [(None,)]


TAMPERED = (
    'CREATE TRIGGER "odd ""name" AFTER INSERT ON goals BEGIN DELETE FROM commitments; END',
    "CREATE VIEW spy AS SELECT name FROM clients",
    "DROP TRIGGER goal_changes_never_deleted",
)


@pytest.mark.req("R157")
def test_what_another_program_has_put_around_the_tables_is_found_and_goes(held: Coach) -> None:
    change(held.practice, *TAMPERED)
    said = held.refused(30, "practice", "check")
    assert 'another program has added the trigger `odd "name`' in said
    assert "another program has added the view `spy`" in said
    assert "the trigger `goal_changes_never_deleted` is missing" in said
    copy = held.home / "copy.sqlite3"
    shutil.copy(held.practice, copy)
    held.do("practice", "check", "--repair")
    held.do(*GOAL)
    assert rows(held.practice, "SELECT count(*) FROM commitments") == [(1,)]
    said = held.refused(2, "practice", "restore", str(copy))
    assert "the copy has faults itself: another program has added the trigger" in said


@pytest.mark.unix
@pytest.mark.req("R157")
def test_check_names_what_killed_commands_and_sync_programs_left(begun: Coach) -> None:
    left = begun.practice.with_name(".trajplan-0123456789abcdef.new")
    left.write_bytes(b"half of Sample Client")
    begun.do("practice", "check")
    hour = time.time() - 3600
    os.utime(left, (hour, hour))
    assert f"a command that was stopped left {left}" in begun.refused(30, "practice", "check")
    begun.do("practice", "check", "--repair")
    assert not left.exists()
    shutil.copy(begun.practice, begun.practice.with_name("practice 2.sqlite3"))
    assert "practice 2.sqlite3: it was changed in two places" in begun.do("practice", "check").err
    begun.do("practice", "backup")
    folder(begun).chmod(0o755)
    assert "others may use" in begun.refused(30, "practice", "check")
    begun.do("practice", "check", "--repair")
    assert stat.S_IMODE(folder(begun).stat().st_mode) == 0o700


@pytest.mark.req("R157")
@pytest.mark.parametrize(
    "words",
    [["today"], ["practice", "erase", "--client", "x", "--yes", "x"], ["undo"]],
)
def test_an_empty_name_of_a_practice_never_means_the_default_one(
    begun: Coach, words: list[str]
) -> None:
    assert "--practice is empty" in begun.refused(2, "--practice", "", *words)
    assert "--practice is empty" in begun.refused(2, *words, "--practice=")


@pytest.mark.req("R157")
def test_a_bug_is_reported_without_a_word_of_a_client(
    begun: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trajplan.cli import session_plan

    def broken(*_: Any, **__: Any) -> None:
        words = {COMMITMENT: 1}
        try:
            words["Sample Client"]
        except KeyError as fault:
            raise ValueError(f"cannot work with {COMMITMENT}") from fault

    monkeypatch.setattr(session_plan, "prepare", broken)
    for debug in ("", "1"):
        begun.more["TRAJPLAN_DEBUG"] = debug
        said = begun.refused(3, "prep", "session", "4")
        assert "this is a bug (ValueError in " in said
        assert "test_cli_backup.py:" in said
        for words in (COMMITMENT, "Sample Client", str(begun.home)):
            assert words not in said
    assert "KeyError, by way of" in said
    assert "trajplan 0." in said


@pytest.mark.req("R157")
def test_what_stops_on_a_faulty_practice_is_no_bug(
    begun: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trajplan.cli import session_plan

    def broken(*_: Any, **__: Any) -> None:
        raise KeyError(777)

    change(begun.practice, ORPHAN)
    monkeypatch.setattr(session_plan, "prepare", broken)
    said = begun.refused(30, "prep", "session", "4")
    assert "most likely as the practice has faults; `trajplan practice check` names them" in said
    assert "777" not in said
    assert "bug" not in said


def test_a_foreign_file_is_opened_with_care(begun: Coach) -> None:
    with closing(connect(begun.practice)) as db:
        assert db.execute("PRAGMA cell_size_check").fetchone()[0] == 1
        trusted = db.execute("PRAGMA trusted_schema").fetchone()[0]
        flags = db.execute(
            "SELECT flags & 0x200000 FROM pragma_function_list WHERE name = 'json_valid'"
        ).fetchone()[0]
    assert bool(trusted) != bool(flags)
