"""How long records are kept: what was agreed, what is due, and nothing erased by a clock (R156)."""

from __future__ import annotations

import pytest
from test_cli_same_words import EXPORT

from coaching import Coach, rows

AGREEMENT = "## Client\n{name}\n## Coach\nA. Coach\n## When the records are deleted\n{delete_on}\n"
WRAP = """\
kind: wrap
commitments: none
notes:
  - {text: Ask about the sister., kind: working, purge_on: 2027-03-20}
"""


def agree(coach: Coach, delete_on: str) -> None:
    form = AGREEMENT.format(name="Sample Client", delete_on=delete_on)
    coach.do("worksheets", "fill", "coaching-agreement", "--from", "-", stdin=form)


def due(coach: Coach) -> tuple[str | None, bool]:
    (client,) = coach.json("practice", "retention")["clients"]
    return client["day"], client["due"]


@pytest.mark.req("R156")
def test_a_plain_day_is_due_from_that_day_on(begun: Coach) -> None:
    assert due(begun) == (None, False)
    agree(begun, "12 January 2030")
    assert due(begun) == ("2030-01-12", False)
    begun.today = "2030-01-11"
    assert due(begun) == ("2030-01-12", False)
    begun.today = "2030-01-12"
    assert due(begun) == ("2030-01-12", True)
    page = begun.do("practice", "retention").out
    assert "`trajplan practice erase --client sample-client`" in page
    # Nothing went by itself.
    assert begun.json("clients")


@pytest.mark.req("R156")
def test_a_time_counts_from_the_end_of_the_coaching(begun: Coach) -> None:
    for agreed in ("24 months", "2 years after the last session"):
        agree(begun, agreed)
        assert due(begun) == (None, False), agreed
    begun.do("close", "--force", "moved away", "--outcome", "A new job")
    (row,) = begun.json("practice", "retention")["clients"]
    assert row["ended"] == begun.today
    assert row["day"] == f"{int(begun.today[:4]) + 2}{begun.today[4:]}"


@pytest.mark.req("R156")
def test_words_that_are_no_day_are_shown_and_never_counted(begun: Coach) -> None:
    for agreed in (
        "when we feel like it",
        "2030",
        "not before 12 January 2030",
        "12 January 2030?",
    ):
        agree(begun, agreed)
        assert due(begun) == (None, False), agreed
        assert agreed in begun.do("practice", "retention").out


@pytest.mark.req("R156")
def test_a_clock_years_ahead_deletes_no_note(begun: Coach) -> None:
    begun.do("wrap", "session", "1", "--from", "-", stdin=WRAP)
    begun.today = "2029-03-21"
    kept = begun.do("check-in", "--mood", "fine")
    assert "working notes long past their day: 1. Today's date, 2029-03-21, may be" in kept.err
    assert "goes once you say so; its day was Sat 20 Mar 2027" in begun.do("today").out
    assert len(rows(begun.practice, "SELECT 1 FROM notes WHERE kind = 'working'")) == 1
    (note,) = begun.json("practice", "retention")["working_notes"]
    assert note == {"client": "sample-client", "session": 1, "purge_on": "2027-03-20"}
    asked = begun.do("practice", "retention", "--purge")
    assert "working notes deleted: 1" in asked.err
    assert rows(begun.practice, "SELECT 1 FROM notes WHERE kind = 'working'") == []
    assert "sister" not in begun.do("practice", "export").out


@pytest.mark.req("R156")
def test_a_note_goes_on_its_day_when_the_clock_is_right(begun: Coach) -> None:
    begun.do("wrap", "session", "1", "--from", "-", stdin=WRAP)
    begun.today = "2027-03-20"
    assert "deleted a working note" in begun.do("check-in", "--mood", "fine").err
    assert rows(begun.practice, "SELECT 1 FROM notes WHERE kind = 'working'") == []


NOTE = """\
kind: wrap
commitments: none
notes:
  - {text: Ask about the sister., kind: working}
"""


def working_notes(coach: Coach) -> list[tuple[str, str]]:
    return rows(coach.practice, "SELECT text, purge_on FROM notes WHERE kind = 'working'")


@pytest.mark.req("R58")
def test_a_note_written_after_its_day_has_its_days_from_then(begun: Coach) -> None:
    begun.today = "2027-12-01"
    said = begun.do("wrap", "session", "1", "--from", "-", stdin=NOTE)
    assert "working notes go on Tue 29 Feb 2028, 90 days from today" in said.err
    assert working_notes(begun) == [("Ask about the sister.", "2028-02-29")]
    begun.do("notes", "add", "The next thing")
    assert working_notes(begun) == [("Ask about the sister.", "2028-02-29")]
    past = WRAP.replace("2027-03-20", "2027-12-01")
    refused = begun.refused(10, "wrap", "session", "1", "--replace", "--from", "-", stdin=past)
    assert "2027-12-01 has come, so the note would be deleted at once" in refused


@pytest.mark.req("R58")
def test_today_names_a_note_for_a_week_before_it_goes(begun: Coach) -> None:
    begun.do("wrap", "session", "1", "--from", "-", stdin=WRAP)
    begun.today = "2027-03-12"
    assert begun.json("today")["working_notes"] == []
    for begun.today, when in (
        ("2027-03-13", "goes on Sat 20 Mar 2027, in 7 days"),
        ("2027-03-20", "goes with the next change"),
    ):
        (note,) = begun.json("today")["working_notes"]
        assert note == {"client": "sample-client", "session": 1, "purge_on": "2027-03-20"}
        page = begun.do("today").out
        assert f"sample-client, session 1: {when}" in page
        assert "sister" not in page


@pytest.mark.req("R58")
def test_what_is_refused_taken_back_or_brought_back_deletes_no_note(begun: Coach) -> None:
    begun.do("wrap", "session", "1", "--from", "-", stdin=WRAP)
    begun.today = "2027-03-20"
    whole = begun.do("practice", "export").out
    assert begun.run("commitments", "update", "99", "--status", "done").code
    begun.do("undo")
    taken_back = begun.do("practice", "export").out
    assert "sister" not in taken_back
    said = begun.do("undo", "--redo").err
    assert "working notes whose day has come: 1. The next change deletes them" in said
    assert begun.do("practice", "export").out == whole
    begun.do("undo")
    assert begun.do("practice", "export").out == taken_back
    begun.do("undo", "--redo")
    assert "deleted a working note" in begun.do("check-in", "--mood", "fine").err
    assert working_notes(begun) == []


@pytest.mark.req("R58")
def test_a_wrap_that_moves_a_note_on_its_day_can_be_taken_back(begun: Coach) -> None:
    begun.do("wrap", "session", "1", "--from", "-", stdin=WRAP)
    begun.today = "2027-03-20"
    before = begun.json("notes")["notes"]
    later = WRAP.replace("2027-03-20", "2027-06-20")
    begun.do("wrap", "session", "1", "--replace", "--from", "-", stdin=later)
    assert working_notes(begun) == [("Ask about the sister.", "2027-06-20")]
    begun.do("undo")
    assert begun.json("notes")["notes"] == before


@pytest.mark.req("R156")
def test_a_client_without_a_journey_is_listed_like_any(coach: Coach) -> None:
    coach.do("practice", "import", "-", stdin=EXPORT)
    (row,) = coach.json("practice", "retention")["clients"]
    assert (row["client"], row["agreement"], row["ended"], row["due"]) == (
        "cleo",
        False,
        None,
        False,
    )
    assert "Cleo" in coach.do("practice", "retention").out
