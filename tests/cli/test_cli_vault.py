"""A notes vault: `practice export --format markdown DIR` (R151)."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coaching import Coach
from trajplan.actions.vault import folder_names
from trajplan.records.model.journeys import Client

INK = "Working paper: ask about the brother."


def vault(coach: Coach, *options: str) -> Path:
    folder = coach.home / "vault"
    coach.do("practice", "export", "--format", "markdown", str(folder), *options)
    return folder


def texts(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


@pytest.mark.req("R151")
def test_a_folder_a_client_with_links_that_lead_somewhere(held: Coach) -> None:
    answers = "kind: answers\nanswers: {strengths: [Patience]}\n"
    held.do("worksheets", "fill", "swot", "--from", "-", stdin=answers)
    held.do("new-client", "Ben Ode")
    files = texts(vault(held))
    assert {"index.md", "sample-client/index.md", "ben-ode/index.md"} <= files.keys()
    linked = {
        f"{Path(name).parent.as_posix()}/{place}".removeprefix("./")
        for name, text in files.items()
        if name.endswith("index.md")
        for place in re.findall(r"\]\(([^)]+)\)", text)
    }
    assert linked == files.keys() - {"index.md"}
    own = {name.partition("/")[2] for name in files if name.startswith("sample-client/")}
    assert {"overview.md", "journey.md", "commitments.md", "ratings.md"} <= own
    assert {f"session-04-{page}.md" for page in ("plan", "record", "sheet")} <= own
    assert any(name.startswith("worksheet-swot-") for name in own)
    sheet = files["sample-client/session-04-sheet.md"]
    assert sheet == held.do("wrap", "session", "4", "--client", "sample-client").out
    assert files["sample-client/ratings.md"] == held.do("tci", "--client", "sample").out


@pytest.mark.req("R151")
def test_working_notes_stay_out_and_the_page_says_who_may_read(held: Coach) -> None:
    notes = f"[{{text: '{INK}', kind: working}}, {{text: Eyes down at the roster.}}]"
    wrap = f"kind: wrap\ncommitments: []\nnotes: {notes}\n"
    held.do("wrap", "session", "4", "--from", "-", "--replace", stdin=wrap)
    assert INK in held.do("notes").out
    folder = held.home / "vault"
    said = held.do("practice", "export", "--format", "markdown", str(folder)).out
    assert "1 working note: it is deleted on its day" in said
    assert "A folder that syncs" in said
    files = texts(folder)
    assert not [name for name, text in files.items() if INK in text]
    assert "Eyes down at the roster." in files["sample-client/notes.md"]


@pytest.mark.req("R151")
def test_only_the_owner_can_read_it(held: Coach) -> None:
    folder = vault(held)
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*"))} == {0}


@pytest.mark.req("R151")
def test_a_second_run_updates_and_leaves_what_is_the_coachs_own(held: Coach) -> None:
    folder = vault(held)
    mine, page = folder / "sample-client" / "thoughts.md", folder / "sample-client" / "overview.md"
    mine.write_text("My own.", "utf-8")
    page.write_text(page.read_text("utf-8") + "\nAnd a line of mine.\n", "utf-8")
    before = texts(folder)
    held.do("commitments", "update", "1", "--status", "done")
    held.do("parked", "add", "The lease")
    words = ("practice", "export", "--format", "markdown", str(folder))
    said = held.do(*words).out
    assert "sample-client/overview.md; --overwrite writes over what you changed" in said
    after = texts(folder)
    assert after["sample-client/thoughts.md"] == "My own."
    assert after["sample-client/overview.md"].endswith("And a line of mine.\n")
    assert "done" in after["sample-client/commitments.md"]
    assert before["sample-client/commitments.md"] != after["sample-client/commitments.md"]
    assert "The lease" in after["sample-client/parked.md"]
    held.do(*words, "--overwrite")
    assert "line of mine" not in page.read_text("utf-8")
    assert mine.exists()
    assert "Already up to date" in held.do(*words).out


def test_nothing_of_another_program_is_written_over(held: Coach) -> None:
    folder = held.home / "vault"
    (folder / "sample-client").mkdir(parents=True)
    index = folder / "sample-client" / "index.md"
    index.write_text("# Written elsewhere\n", "utf-8")
    vault(held)
    assert index.read_text("utf-8") == "# Written elsewhere\n"
    (folder / "sample-client" / "journey.md").unlink()
    (folder / "sample-client" / "journey.md").symlink_to(held.practice)
    held.do("practice", "export", "--format", "markdown", str(folder))
    assert held.do("practice", "check").code == 0
    held.refused(1, "practice", "export", "--format", "markdown", str(folder), "--overwrite")
    assert held.do("practice", "check").code == 0


def test_one_client_alone_leaves_the_index_of_all(held: Coach) -> None:
    held.do("new-client", "Ben Ode")
    folder = vault(held)
    before = texts(folder)
    assert "Sample" in before["index.md"]
    vault(held, "--client", "ben")
    assert texts(folder) == before


def test_a_second_journey_has_files_of_its_own(held: Coach) -> None:
    first = texts(vault(held))
    held.do("close", "--force", "Moved abroad")
    held.do("new-engagement", "--start", "2027-09-01")
    second = texts(vault(held))
    assert first.keys() <= second.keys()
    assert "sample-client/journey-2-overview.md" in second
    assert "## Journey 2" in second["sample-client/index.md"]


def test_words_that_do_not_go_together(held: Coach) -> None:
    place = str(held.home / "vault")
    assert "give its name" in held.refused(2, "practice", "export", "--format", "markdown")
    said = held.refused(2, "practice", "export", "--format", "markdown", place, "-o", "x.md")
    assert "no -o" in said
    assert "--format markdown" in held.refused(2, "practice", "export", place)
    file = held.write("vault", "a file")
    said = held.refused(30, "practice", "export", "--format", "markdown", file)
    assert "cannot be written" in said


@pytest.mark.req("R151")
@pytest.mark.parametrize(
    "name", ["CON", "../../etc", "a/b\\c:d", "👩🏽‍🏭 é", "[x](y) `z`", "山田 花子"]
)
def test_a_name_nobody_expects_has_a_folder_every_system_can_make(coach: Coach, name: str) -> None:
    coach.do("new-client", name)
    folder = vault(coach)
    made = [path.name for path in folder.iterdir() if path.is_dir()]
    assert len(made) == 1
    assert re.fullmatch(r"[\w-]+", made[0])
    assert made[0].casefold() not in ("con", "nul")
    assert sorted(path.name for path in coach.home.iterdir() if path.name == "etc") == []


def test_folders_are_safe_whatever_a_slug_says() -> None:
    slugs = ["con", "con-client", "..", "a/../b", "Ann", "ann", "nul", "山田", "aux.md"]
    clients = [
        Client(id=number, slug=slug, name=slug, initials="X", created=dt.date(2027, 1, 1))
        for number, slug in enumerate(slugs, 1)
    ]
    names = [folder_names(clients)[client.id] for client in clients]
    assert names == [
        *("con-client", "con-client-2", "client", "a-b", "Ann", "ann-2", "nul-client", "山田"),
        "aux-md",
    ]
    assert folder_names(reversed(clients)) == folder_names(clients)


def test_a_damaged_record_is_said(held: Coach) -> None:
    with closing(sqlite3.connect(held.practice)) as db, db:
        db.execute("UPDATE engagements SET intake = '{\"likes\": 3}'")
    folder = held.home / "vault"
    said = held.refused(30, "practice", "export", "--format", "markdown", str(folder))
    assert "a record (engagement) in the practice is damaged" in said
    assert not folder.exists()
