"""`practice import`: what was exported comes in again, to the byte (R155)."""

from __future__ import annotations

import copy
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_cli_same_words import EXPORT, told

from coaching import Coach, rows

__all__ = ["told"]


@pytest.fixture
def practice(told: Coach, tmp_path: Path) -> Coach:
    """A copy of a practice in which most has been told."""
    shutil.copytree(told.home, tmp_path / "home")
    coach = Coach(tmp_path / "home", told.cache, told.today)
    coach.do("sessions", "days-off", "2027-05-01", "--for", "Fair")
    coach.do("questions", "update", "ci-do-you-good", "--never")
    return coach


@pytest.fixture
def empty(tmp_path: Path, cache: Path) -> Coach:
    """A coach with no practice yet, on the same day."""
    (tmp_path / "other").mkdir()
    return Coach(tmp_path / "other", cache, "2027-02-23")


def export(coach: Coach, *client: str) -> str:
    return coach.do("practice", "export", *client).out


@pytest.mark.req("R155")
@pytest.mark.parametrize("client", [(), ("--client", "sample-client")])
def test_an_export_read_into_an_empty_practice_is_exported_the_same(
    practice: Coach, empty: Coach, client: tuple[str, ...]
) -> None:
    practice.do("log-tci", "--session", "4", "--clarity", "2")
    practice.do("undo")  # a rating that was withdrawn
    exported = practice.do("practice", "export", *client)
    before = exported.out
    page = empty.do("practice", "import", "-", stdin=before).out
    assert "Sample Client" in page
    (records,) = re.findall(r"(\d+) records", exported.err)
    assert f"**Records:** {records}\n" in page
    assert export(empty, *client) == before
    # Everything goes on as before.
    slug = ("--client", "sample-client")
    for words in (["show"], ["tci"], ["commitments"], ["goals"], ["sessions", "show", "4"]):
        assert empty.do(*words, *slug).out == practice.do(*words, *slug).out
    assert "**" in empty.do("prep", "session", "5", *slug).out
    empty.do("practice", "check")
    assert empty.json("undo", "--list") == []
    # Numbers go on where they were.
    added = ("assumptions", "add", "Nobody would miss me", *slug)
    assert empty.json(*added)["id"] == practice.json(*added)["id"]


@pytest.mark.req("R155")
def test_a_client_comes_in_beside_others_under_another_slug(practice: Coach) -> None:
    before = export(practice, "--client", "sample-client")
    said = practice.refused(1, "practice", "import", "-", stdin=before)
    assert "Sample Client goes by `sample-client` in this practice already; --as SLUG" in said
    imported = practice.json("practice", "import", "-", "--as", "second", stdin=before)
    assert imported["clients"] == [{"slug": "second", "name": "Sample Client"}]
    assert imported["renumbered"]
    assert export(practice, "--client", "sample-client") == before
    twin = json.loads(export(practice, "--client", "second"))
    first = json.loads(before)
    assert without_ids(twin) == without_ids(first)
    shown = practice.do("commitments", "--client", "second").out
    assert shown == practice.do("commitments", "--client", "sample-client").out
    practice.do("practice", "check")
    practice.do("practice", "erase", "--client", "second", "--yes", "second")
    assert export(practice, "--client", "sample-client") == before


def without_ids(data: Any) -> Any:
    """An export in which no row is told from another by its id."""
    (client,) = data["clients"]
    return {
        table: [
            {
                name: value
                for name, value in row.items()
                if not (name == "id" or name.endswith("_id") or name in ("slug", "taken_in"))
                and name not in ("corrects",)
            }
            for row in rows_of_table
        ]
        for table, rows_of_table in client["tables"].items()
    }


@pytest.mark.req("R155")
def test_a_whole_practice_comes_in_beside_another_client(practice: Coach, empty: Coach) -> None:
    empty.do("new-client", "Cleo", "--start", "2027-01-12")
    empty.do("sessions", "days-off", "2027-05-01", "--for", "Fair")
    own = empty.do("practice", "where").out
    imported = empty.json("practice", "import", "-", stdin=export(practice))
    assert [client["slug"] for client in imported["clients"]] == ["ann", "sample-client"]
    assert {client["slug"] for client in empty.json("clients")} == {"ann", "cleo", "sample-client"}
    assert len(empty.json("sessions", "days-off")["days_off"]) == 1
    # It stays the practice it was, with its current client.
    assert own.split("Id:")[1].split("\n")[0] in empty.do("practice", "where").out
    assert [own["slug"] for own in empty.json("clients") if own["current"]] == ["cleo"]


@pytest.mark.req("R155")
def test_one_damaged_record_stops_no_export_and_is_named(practice: Coach, empty: Coach) -> None:
    with closing(sqlite3.connect(practice.practice)) as db, db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("UPDATE notes SET text = CAST(X'5A616E7AFF626172' AS TEXT) WHERE id = 1")
        db.execute("UPDATE check_ins SET progress = '{\"clarity\": ' WHERE id = 1")
    exported = practice.run("practice", "export")
    assert exported.code == 0
    assert "2 records cannot be read in full" in exported.err
    assert "notes, record 1: `text` is not UTF-8" in exported.err
    assert "check_ins, record 1: `progress` is no JSON" in exported.err
    assert {(row["table"], row["row"]) for row in exported.data["unreadable"]} == {
        ("notes", 1), ("check_ins", 1),
    }  # fmt: skip
    # Elsewhere a sentence says where to look, and no word of the record is in it.
    said = practice.refused(30, "notes", "--client", "sample-client")
    assert "`trajplan practice check` says which" in said
    assert "Zanz" not in said
    said = practice.refused(30, "practice", "check")
    assert "note 1: `text` holds bytes that are no text" in said
    assert "check-in: `progress` is no mapping" in said
    assert "Zanz" not in said
    # The rest comes in.
    imported = empty.json("practice", "import", "-", stdin=exported.out)
    assert imported["damaged"] == 2
    assert rows(empty.practice, "SELECT count(*) FROM commitments") == [(1,)]
    assert rows(empty.practice, "SELECT count(*) FROM notes") == [(0,)]


FAULTS: dict[str, tuple[int, Callable[[Any], object], str]] = {
    "another file": (10, lambda data: data.update(format="x"), "no export of a practice"),
    "a newer version": (1, lambda data: data.update(version=999), "has version 999"),
    "no clients": (10, lambda data: data.update(clients=3), "(clients)"),
    "an unknown table": (
        10,
        lambda data: data["clients"][0]["tables"].update(spells=[]),
        "there is no table `spells` (clients[0].tables.spells)",
    ),
    "an unknown column": (
        10,
        lambda data: data["clients"][0]["tables"]["notes"][0].update({"x; DROP": 1}),
        "has no column `x; DROP` (clients[0].tables.notes[0]",
    ),
    "a bad day": (
        10,
        lambda data: data["clients"][0]["tables"]["notes"][0].update(written="soon"),
        "`written` is no date (clients[0].tables.notes[0].written)",
    ),
    "a number too big": (
        10,
        lambda data: data["clients"][0]["tables"]["notes"][0].update(id=10**30),
        "`id` is too big a number (clients[0].tables.notes[0].id)",
    ),
    "a slug that leads out of a folder": (
        10,
        lambda data: data["clients"][0]["tables"]["clients"][0].update(slug="../../../esc"),
        "`../../../esc` is not a slug: letters and digits with single hyphens between "
        "(clients[0].tables.clients[0].slug)",
    ),
    "a slug of before that is a path": (
        10,
        lambda data: data["clients"][0]["tables"]["clients"][0].update(former_slugs=["/etc/x"]),
        "`/etc/x` is not a slug",
    ),
    "a list for a text": (
        10,
        lambda data: data["clients"][0]["tables"]["notes"][0].update(text=["a"]),
        "expected a text, a number or null (clients[0].tables.notes[0].text)",
    ),
    "a row that is none": (
        10,
        lambda data: data["clients"][0]["tables"]["notes"].append(7),
        "expected a row as a mapping",
    ),
    "a table that is none": (
        10,
        lambda data: data["clients"][0]["tables"].update(notes="none"),
        "expected a list of rows",
    ),
    "an id twice": (
        10,
        lambda data: data["clients"][0]["tables"]["notes"].append(
            dict(data["clients"][0]["tables"]["notes"][0])
        ),
        "another row has this `id` (clients[0].tables.notes[1])",
    ),
    "what no record holds": (
        10,
        lambda data: data["clients"][0]["tables"]["wraps"][0].update(takeaways=[1]),
        "no record can be made of this row",
    ),
    "no id of a practice": (10, lambda data: data.update(practice_id="x"), "(practice_id)"),
}


@pytest.mark.req("R155")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_export_is_refused_with_its_place(held: Coach, empty: Coach, fault: str) -> None:
    code, change, message = FAULTS[fault]
    data = json.loads(export(held))
    change(data)
    said = empty.refused(code, "practice", "import", "-", stdin=json.dumps(data))
    assert message in said
    assert not empty.practice.exists() or rows(empty.practice, "SELECT * FROM clients") == []


@pytest.mark.req("R155")
def test_what_is_no_json_and_who_is_not_meant_are_refused(held: Coach, empty: Coach) -> None:
    assert "no JSON" in empty.refused(10, "practice", "import", "-", stdin="{")
    deep = empty.refused(10, "practice", "import", "-", stdin="[" * 100_000)
    assert "no JSON: a number has too many digits, or something is nested too deeply" in deep
    assert deep == empty.refused(10, "practice", "import", "-", stdin=f"[{'9' * 5_000}]")
    said = empty.refused(10, "practice", "import", "-", stdin=b"\xff{")
    assert "this is not UTF-8 text" in said
    empty.refused(20, "practice", "import", "nothing.json")
    whole = json.loads(export(held))
    whole["clients"] *= 2
    said = empty.refused(2, "practice", "import", "-", "--as", "x", stdin=json.dumps(whole))
    assert "--as names one client" in said
    one = export(held, "--client", "sample-client")
    assert "not a slug" in empty.refused(2, "practice", "import", "-", "--as", "A B", stdin=one)


@pytest.mark.req("R155")
def test_a_row_that_hangs_from_nothing_is_left_out_and_named(held: Coach, empty: Coach) -> None:
    data = json.loads(export(held))
    del data["clients"][0]["tables"]["commitments"][0]
    data["clients"][0]["tables"]["commitment_reviews"] = [
        {"id": 9, "commitment_id": 1, "date": "2027-02-23", "status": "done"}
    ]
    imported = empty.json("practice", "import", "-", stdin=json.dumps(data))
    assert imported["left_out"] == [
        "clients[0].tables.commitment_reviews[0]: it hangs from a row of commitments, which is "
        "not there"
    ]


@pytest.mark.req("R155", "R157")
def test_notes_added_to_an_export_by_hand_leave_a_sound_practice(held: Coach, empty: Coach) -> None:
    data = json.loads(export(held))
    notes = data["clients"][0]["tables"]["notes"]
    notes += [{**notes[0], "id": 100 + number, "number": 100 + number} for number in range(4)]
    empty.do("practice", "import", "-", stdin=json.dumps(data))
    empty.do("practice", "check")


@pytest.mark.req("R157")
def test_a_slug_that_is_a_path_is_no_sound_one(held: Coach) -> None:
    with closing(sqlite3.connect(held.practice)) as db, db:
        db.execute("UPDATE clients SET slug = '../esc'")
    assert "client: `slug` cannot be read" in held.refused(30, "practice", "check")


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_export_that_was_tampered_with_is_a_bug(
    held: Coach, empty: Coach, data: st.DataObject
) -> None:
    export_data = json.loads(export(held))
    node: Any = export_data
    path: list[Any] = []
    while isinstance(node, dict | list) and node and (len(path) < 2 or data.draw(st.booleans())):
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        path.append(data.draw(st.sampled_from(keys)))
        node = node[path[-1]]
    parent: Any = export_data
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = data.draw(
        st.one_of(
            st.none(), st.integers(), st.text(max_size=5), st.just([]), st.just({}), st.floats(),
            st.just(copy.deepcopy(export_data["clients"])),
        )
    )  # fmt: skip
    ended = empty.run("practice", "import", "-", stdin=json.dumps(export_data))
    assert ended.code in (0, 1, 2, 10), ended.err
    if ended.code == 0:
        empty.do("practice", "check")
        empty.practice.unlink()


@pytest.mark.req("R155", "R151", "R156")
def test_a_client_without_a_journey_stops_no_walk_over_all(practice: Coach) -> None:
    """An import may bring a client alone."""
    folder = practice.home.with_name("vault")
    walks = {
        "vault": ["practice", "export", str(folder), "--format", "markdown"],
        "vault of one": [
            "practice",
            "export",
            f"{folder}-2",
            "--format",
            "markdown",
            "--client",
            "cleo",
        ],
        "retention": ["practice", "retention"],
        "retention as csv": ["practice", "retention", "--format", "csv"],
        "clients": ["clients", "--format", "csv"],
        "today": ["today"],
        "search": ["search", "teach"],
        "export": ["practice", "export"],
        "backup": ["practice", "backup", str(folder.with_name("copy.sqlite3"))],
        "backups": ["practice", "backups"],
        "check": ["practice", "check"],
        "days off": ["sessions", "days-off", "2027-03-09"],
        "a question": ["questions", "update", "ci-do-you-good", "--never"],
        "another client": ["new-client", "Dora", "--start", "2027-03-01"],
        "undo": ["undo", "--list"],
    }
    practice.do("practice", "import", "-", stdin=EXPORT)
    for words in walks.values():
        practice.do(*words)
    assert (folder / "sample-client" / "index.md").is_file()
    assert "Cleo" in (folder / "index.md").read_text()
    said = practice.refused(20, "show", "--client", "cleo")
    assert "`trajplan practice erase --client cleo` removes it" in said
    practice.do("practice", "erase", "--client", "cleo", "--yes", "cleo")
