"""`remove`: what the coach no longer wants to keep is gone, and an undo brings it back (R138)."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from test_cli_same_words import told

from coaching import COMMITMENT, NO_COMMITMENT, Coach
from few import few

__all__ = ["told"]

LIMITED = """
import resource, sys
# Else Python would leave half a compiled file behind, where every later command trips over it.
sys.dont_write_bytecode = True
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
from trajplan.cli.app import main
main()
"""
"""No file may grow past a limit, as on a full disk."""
REMOVED = {
    "commitments": (("commitments", "remove", "1"), COMMITMENT),
    "notes": (("notes", "remove", "1"), "Eyes down at the word roster."),
    "assumptions": (
        ("assumptions", "remove", "1"),
        "Without a degree nobody lets me near a class.",
    ),
    "parked": (("parked", "remove", "1"), "What the pension office said"),
    "goals": (("goals", "remove", "2"), "Run three mornings"),
    "indicators": (("indicators", "remove", "1"), "Mornings run"),
    "worksheets": (("worksheets", "remove", "coaching-agreement"), "Training explored"),
}


@pytest.fixture
def practice(told: Coach, tmp_path: Path) -> Coach:
    """A copy of a practice in which most has been told, a plan for session 5 among it."""
    shutil.copytree(told.home, tmp_path / "home")
    coach = Coach(tmp_path / "home", told.cache, told.today)
    coach.do("prep", "session", "5")
    return coach


@pytest.mark.req("R138")
@pytest.mark.parametrize("noun", few(REMOVED, 2))
def test_what_is_removed_is_in_no_export_and_an_undo_brings_it_back(
    practice: Coach, noun: str
) -> None:
    words, text = REMOVED[noun]
    before = practice.export()
    assert text in before
    page = practice.do(*words).out
    assert "is removed" in page
    assert "`trajplan undo`" in page
    assert text not in practice.export()
    assert practice.json("undo", "--list")[0]["command"] == f"{noun} remove"
    # Plans do without it, and every page still prints.
    assert text not in practice.do("prep", "session", "5").out
    assert text not in practice.do("prep", "session", "4").out
    practice.do("show")
    practice.do("sessions", "show", "4")
    practice.do("undo")
    assert export_without_plan(practice) == export_without_plan(practice, before)


def export_without_plan(coach: Coach, text: str = "") -> str:
    """An export without the plan of session 5, which was made anew meanwhile."""
    import json

    data = json.loads(text or coach.export())
    for client in data["clients"]:
        tables = client["tables"]
        tables["plans"] = [plan for plan in tables["plans"] if plan["frozen"]]
        tables["question_uses"] = [use for use in tables["question_uses"] if use["asked"]]
    return json.dumps(data)


@pytest.mark.req("R138", "R119")
@pytest.mark.parametrize("noun", few(REMOVED, 2))
def test_what_is_removed_leaves_the_file_with_the_list(practice: Coach, noun: str) -> None:
    words, text = REMOVED[noun]
    practice.do(*words)
    practice.do("undo", "--forget")
    assert text.encode() not in practice.practice.read_bytes()


@pytest.mark.req("R138")
def test_a_removal_says_what_went_with_it(practice: Coach) -> None:
    removed = practice.json("commitments", "remove", "1")
    assert removed["removed"] == "commitment 1"
    assert removed["text"] == COMMITMENT
    assert removed["with_it"] == {"commitment_reviews": 1, "contacts": 1}
    assert practice.json("commitments")["commitments"] == []
    practice.refused(20, "commitments", "remove", "1")
    # Its number is given to no other.
    practice.do("commitments", "add", "Ring the guild", "--when", "2027-03-01",
                "--how-will-i-know", "Done")  # fmt: skip
    assert [own["id"] for own in practice.json("commitments")["commitments"]] == [2]


@pytest.mark.req("R138")
def test_a_takeaway_goes_and_the_session_stays(practice: Coach) -> None:
    said = "I explain by letting them try first."
    before = practice.export()
    assert said in before
    page = practice.do("sessions", "remove", "4", "--takeaway", "1").out
    assert "takeaway 1 of session 4 is removed" in page
    assert said not in practice.export()
    assert practice.json("sessions", "show", "4")["state"] == "held"
    assert "has no takeaway 1" in practice.refused(20, "sessions", "remove", "4", "--takeaway", "1")
    assert "is not wrapped" in practice.refused(1, "sessions", "remove", "6", "--takeaway", "1")
    practice.do("undo")
    assert export_without_plan(practice) == export_without_plan(practice, before)


@pytest.mark.req("R138")
def test_what_was_learned_goes_and_the_commitment_stays(practice: Coach) -> None:
    said = "They answer mails in the evening"
    assert "nothing was learned" in practice.refused(1, "commitments", "remove", "1", "--learned")
    practice.do("commitments", "update", "1", "--status", "partly", "--learned", said)
    practice.do("prep", "session", "5")
    before = practice.export()
    assert practice.json("commitments", "remove", "1", "--learned")["text"] == said
    assert said not in practice.export()
    assert practice.json("commitments", "show", "1")["status"] == "partly"
    practice.do("undo")
    assert export_without_plan(practice) == export_without_plan(practice, before)


@pytest.mark.req("R138")
def test_what_cannot_be_removed_is_refused_and_says_why(practice: Coach) -> None:
    practice.do("goals", "add", "Three mornings by June", "--under", "1")
    assert "objectives stand under goal 1: 3" in practice.refused(1, "goals", "remove", "1")
    said = practice.refused(2, "worksheets", "remove", "wheel-of-life")
    assert "which filling of `wheel-of-life`? Give --filling; there are 1, 2" in said
    assert "no filling 9" in practice.refused(
        20, "worksheets", "remove", "wheel-of-life", "--filling", "9"
    )
    assert "has not filled in" in practice.refused(20, "worksheets", "remove", "values-wordlist")
    assert "there is 1" in practice.refused(20, "notes", "remove", "9")
    # Another client's note is not there.
    practice.refused(20, "notes", "remove", "1", "--client", "ann")
    practice.do("worksheets", "remove", "wheel-of-life", "--filling", "1")
    assert len(practice.json("worksheets", "history", "wheel-of-life")["fillings"]) == 1


@pytest.mark.req("R138")
def test_a_held_plan_that_quoted_it_stays_without_it(practice: Coach) -> None:
    practice.do("wrap", "session", "5", "--from", "-", stdin=NO_COMMITMENT)
    held = practice.do("prep", "session", "5").out
    belief = "Without a degree nobody lets me near a class."
    assert belief[:-1] in held
    removed = practice.json("assumptions", "remove", "1")
    # That of session 4 names it too.
    assert removed["plans_reworded"] == 2
    after = practice.do("prep", "session", "5").out
    assert "a degree nobody" not in after
    assert "near a class" not in after
    assert "removed" in after
    practice.do("undo")
    assert practice.do("prep", "session", "5").out == held


@pytest.mark.req("R58")
def test_an_undo_brings_no_working_note_back_after_its_day(held: Coach) -> None:
    held.do("wrap", "session", "4", "--replace", "--from", "-", stdin=(
        "kind: wrap\ncommitments: none\nnotes:\n"
        "  - {text: Zanzibar, kind: working, purge_on: 2027-03-01}\n"
    ))  # fmt: skip
    (note,) = [note for note in held.json("notes")["notes"] if note["text"] == "Zanzibar"]
    held.do("notes", "remove", str(note["id"]))
    assert b"Zanzibar" in held.practice.read_bytes()
    held.today = "2027-03-01"
    held.do("notes", "add", "Likes the window seat")
    assert b"Zanzibar" not in held.practice.read_bytes()
    assert "notes remove" not in held.do("undo", "--list").out


@pytest.mark.slow
@pytest.mark.req("R138")
def test_a_removal_on_a_full_disk_says_what_is_done_and_what_is_not(held: Coach) -> None:
    # Room inside the file, so that with some limits the removal itself fits, but no rewriting.
    for number in range(12):
        held.do("notes", "add", f"Zanzibar {number} {'and more ' * 800}")
    for number in range(12):
        held.do("notes", "remove", str(2 + number))
    with closing(sqlite3.connect(held.practice)) as db, db:
        db.execute("DELETE FROM undo_steps")
    whole = held.practice.read_bytes()
    half_done = 0
    for limit in range(len(whole) - 200_000, len(whole), 25_000):
        held.practice.write_bytes(whole)
        ended = subprocess.run(
            [sys.executable, "-c", LIMITED.format(limit=limit), "commitments", "remove", "1"],
            env=held.spawn_environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        removed = held.json("commitments")["commitments"] == []
        assert removed == (ended.returncode == 0 or "is removed, but traces" in ended.stderr)
        assert ended.returncode in (0, 30)
        if removed and ended.returncode:
            half_done += 1
            assert ended.stderr.startswith("trajplan: commitment 1 is removed, but traces may be")
            assert "nothing was changed" not in ended.stderr
    assert half_done
