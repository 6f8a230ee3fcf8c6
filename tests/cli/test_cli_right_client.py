"""Right client, always: a script is refused and a person asked when it is in doubt."""

from __future__ import annotations

import pytest

from coaching import NO_COMMITMENT, Coach, rows, told_once
from few import few

WRITING = [
    ["prep", "session", "1"],
    ["check-in", "--energy", "low"],
    ["wrap", "session", "1", "--from", "-"],
    ["log-tci", "--session", "1", "--clarity", "5"],
    ["commitments", "add", "Go", "--when", "+3d", "--how-will-i-know", "Gone"],
    ["commitments", "update", "1", "--status", "done"],
    ["assumptions", "add", "I must not fail"],
    ["assumptions", "update", "1", "--status", "tested"],
    ["sessions", "move", "5", "2027-03-11"],
    ["sessions", "miss", "3"],
    ["sessions", "cancel", "5", "--by", "client"],
    ["sessions", "skip", "5"],
    ["sessions", "extend", "1"],
    ["sessions", "cadence", "7"],
    ["sessions", "pause"],
    ["sessions", "add", "friday", "--kind", "check_in"],
    ["sessions", "update", "5", "--note", "Rang"],
    ["journey", "confirm", "foundation", "--met", "all"],
    ["new-engagement", "--force"],
]


@pytest.fixture
@told_once
def two(held: Coach) -> Coach:
    """Sample Client is current; today is somebody else's session day."""
    held.do("new-client", "Bo Ray", "--start", "2027-02-26")
    held.do("use", "sample-client")
    held.today = "2027-02-26"
    return held


@pytest.mark.parametrize("words", few(WRITING, 6), ids=lambda words: " ".join(words[:2]))
def test_a_script_is_refused_on_anothers_day_and_client_settles_it(
    two: Coach, words: list[str]
) -> None:
    wrap = NO_COMMITMENT
    before = two.practice.read_bytes()
    said = two.refused(1, *words, stdin=wrap)
    assert "the current client is `sample-client`" in said
    assert "today's session is with `bo-ray`" in said
    assert "--client" in said
    assert two.practice.read_bytes() == before
    found = two.do(*words, "--client", "sample-client", stdin=wrap)
    assert "Sample Client" in found.first


def test_reading_is_never_refused(two: Coach) -> None:
    for words in (["show"], ["tci"], ["sessions"], ["commitments"], ["assumptions"]):
        assert "Sample Client" in two.do(*words).first
    assert "Sample Client" in two.do("wrap", "session", "4").first


def test_a_current_client_with_a_session_today_is_right(two: Coach) -> None:
    two.do("new-client", "Ina Sol", "--start", "2027-02-26")
    assert "Ina Sol" in two.do("prep", "session", "1").first
    two.do("use", "bo-ray")
    assert "Bo Ray" in two.do("check-in", "--energy", "low").first


def test_an_earlier_session_already_held_today_raises_no_doubt(two: Coach) -> None:
    two.do(
        "wrap",
        "session",
        "1",
        "--client",
        "bo-ray",
        "--from",
        "-",
        stdin=NO_COMMITMENT,
    )
    assert "Sample Client" in two.do("prep", "session", "5").first


def test_several_clients_and_none_current_is_asked_for(two: Coach) -> None:
    assert rows(two.practice, "SELECT count(*) FROM meta WHERE current_client IS NOT NULL") == [
        (1,)
    ]
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(two.practice)) as db, db:
        db.execute("UPDATE meta SET current_client = NULL")
    said = two.refused(1, "show")
    assert "--client" in said
    assert "`bo-ray`, `sample-client`" in said
    assert "Bo Ray" in two.do("show", "--client", "bo-ray").out


def test_a_new_client_becomes_the_current_one_and_use_changes_it(two: Coach) -> None:
    assert "Sample Client" in two.do("show").first
    said = two.do("use", "bo-ray").first
    assert said.startswith("# Bo Ray")
    assert "current client" in said
    assert "Bo Ray" in two.do("show").first


def test_a_person_is_asked_whose_session_it_is(two: Coach) -> None:
    found = two.at_a_terminal(
        *("check-in", "--energy", "low"), answers=[("Whose session is it?", "bo-ray\n")]
    )
    assert found.code == 0, found.out
    assert "Bo Ray · session 1: check-in saved" in found.out
    sql = (
        "SELECT c.slug FROM check_ins k JOIN sessions s ON s.id = k.session_id"
        " JOIN engagements e ON e.id = s.engagement_id JOIN clients c ON c.id = e.client_id"
    )
    assert rows(two.practice, sql) == [("bo-ray",)]
