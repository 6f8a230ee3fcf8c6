"""What is known of a client changes on the way; what was said first stays (R136, R137)."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest

from coaching import NO_COMMITMENT, Coach, rows
from few import few

FIRST = "Work in which I teach people a trade."
NEW = "Run the training workshop"
ARRIVAL: dict[str, tuple[list[str], Any]] = {
    "energy": (["--energy", "low"], "low"),
    "mood": (["--mood", "raw"], "raw"),
    "matters": (["--matters", "The rent"], "The rent"),
    "about": (["--about", "boss"], ["boss"]),
    "serves": (["--serves", "1"], "Find out what teaching is like"),
    "progress": (["--progress", "clarity=3"], {"clarity": 3}),
    "holding": (["--holding"], True),
}
EMPTY = {
    "energy": None,
    "mood": "",
    "matters": "",
    "about": [],
    "serves": "",
    "progress": {},
    "holding": False,
}
CHANGED: dict[str, tuple[list[str], Any]] = {
    "energy": (["--energy", "high"], "high"),
    "mood": (["--mood", "calm"], "calm"),
    "matters": (["--matters", "The move"], "The move"),
    "about": (["--about", "money"], ["boss", "money"]),
    "progress": (["--progress", "options=8"], {"clarity": 3, "options": 8}),
    "holding": (["--no-holding"], False),
}


def arrival(coach: Coach, *options: str) -> dict[str, Any]:
    said = coach.json("check-in", *options)
    return {name: said[name] for name in ARRIVAL}


@pytest.mark.req("R137")
def test_a_further_check_in_changes_only_what_it_names(begun: Coach) -> None:
    """F1, every pair of fields: all are said, then each of them anew, then each taken out."""
    everything = [word for options, _ in ARRIVAL.values() for word in options]
    said = {name: value for name, (_, value) in ARRIVAL.items()}
    assert arrival(begun, *everything) == said
    for name, (options, value) in CHANGED.items():
        assert arrival(begun, *options) == said | {name: value}
        begun.do("check-in", *everything, "--no-holding" if name == "holding" else "--holding")
        for cleared in ("about", "progress"):
            begun.do("check-in", f"--no-{cleared}")
        assert arrival(begun, *everything) == said
    for name in ARRIVAL:
        assert arrival(begun, f"--no-{name}") == said | {name: EMPTY[name]}
        assert arrival(begun, *everything) == said


@pytest.mark.req("R137")
@pytest.mark.parametrize("name", few(ARRIVAL, 3))
def test_one_thing_said_after_another_adds_up(begun: Coach, name: str) -> None:
    options, value = ARRIVAL[name]
    begun.do("check-in", *options)
    for other in (other for other in ARRIVAL if other != name):
        further, also = ARRIVAL[other]
        assert arrival(begun, *further) == EMPTY | {name: value, other: also}
        begun.do("check-in", f"--no-{other}")


@pytest.mark.req("R137")
def test_a_field_is_not_said_and_taken_out_at_once(begun: Coach) -> None:
    told = begun.refused(2, "check-in", "--mood", "calm", "--no-mood")
    assert "--mood and --no-mood do not go together" in told
    assert rows(begun.practice, "SELECT * FROM check_ins") == []


@pytest.mark.req("R136")
def test_a_new_destination_is_on_every_page_and_the_first_words_stay(held: Coach) -> None:
    held.today = "2027-03-01"
    changed = held.do("clients", "update", "--destination", "-", stdin=f"{NEW}\n").out
    assert f"{NEW} (was: {FIRST})" in changed
    pages = {
        "plan": ("prep", "session", "5"),
        "agenda": ("prep", "session", "5", "--for", "client"),
        "glance": ("prep", "session", "5", "--glance"),
        "brief": ("prep", "brief"),
        "journey": ("journey",),
        "retreat": ("close", "--print", "retreat"),
        "follow-up": ("close", "--print", "follow-up"),
    }
    for name, words in pages.items():
        page = held.do(*words).out
        assert NEW in page, name
        assert FIRST not in page, name
    history = held.json("show")["destinations"]
    assert [(words["date"], words["words"]) for words in history] == [
        ("2027-01-12", FIRST),
        ("2027-03-01", NEW),
    ]
    shown = held.do("show").out
    assert NEW in shown
    assert f"12 Jan 2027: {FIRST}" in shown.replace("*", "")
    # Halfway the client is asked about the words they began with.
    held.today = "2027-03-23"
    asked = held.json("prep", "session", "6")["echo"]
    assert {words["question"]: words["then"] for words in asked}["destination"] == FIRST


@pytest.mark.req("R136")
def test_the_destination_said_last_goes_on_whether_in_a_session_or_between(held: Coach) -> None:
    def goes_on() -> str:
        page = held.do("close", "--print", "career-os").out
        return page.partition("**Where I'm going:** ")[2].splitlines()[0]

    held.today = "2027-03-01"
    held.do("clients", "update", "--destination", "A bakery")
    assert goes_on() == "A bakery"
    held.today = "2027-03-23"
    wrap = f"{NO_COMMITMENT}echo: {{destination: {NEW}}}\n"
    held.do("wrap", "session", "6", "--from", "-", stdin=wrap)
    assert goes_on() == NEW
    held.today = "2027-03-24"
    held.do("clients", "update", "--destination", "A school")
    assert goes_on() == "A school"
    # The first words are the intake's, whatever was said since.
    echo = {words["question"]: words for words in held.json("show")["echo"]}
    assert echo["destination"]["then"] == FIRST


@pytest.mark.req("R136")
def test_any_key_of_the_intake_comes_in_a_file(begun: Coach) -> None:
    before = begun.json("show")["engagement"]["intake"]
    told = "kind: intake\nfears: [Starting below]\nneed: values\nstuck_point: I owe them.\n"
    changed = begun.json("clients", "update", "--from", "-", stdin=told)["changes"]
    assert [change["field"] for change in changed] == ["fears", "need", "stuck_point"]
    after = begun.json("show")["engagement"]["intake"]
    new = {"fears": ["Starting below"], "need": "values", "stuck_point": "I owe them."}
    assert after == before | new
    assert "Starting below" in begun.do("prep", "brief").out
    # A list may be emptied; a key with nothing after it counts as left out.
    emptied = "kind: intake\nfears: []\nneed:\n"
    begun.do("clients", "update", "--from", "-", stdin=emptied)
    assert begun.json("show")["engagement"]["intake"] == before | {**new, "fears": []}
    kept = rows(begun.practice, "SELECT date, was, now FROM intake_changes ORDER BY id")
    assert [row[0] for row in kept] == ["2027-02-23", "2027-02-23"]
    assert '"stuck_point":"I am stuck because I am good at the night shift' in kept[0][1]
    with sqlite3.connect(begun.practice) as store, pytest.raises(sqlite3.IntegrityError):
        store.execute("UPDATE intake_changes SET date = '2027-01-01'")


@pytest.mark.req("R136")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind: intake\ngoals: [Teach]\n", "<standard input>:2:1: `trajplan goals` changes this"),
        ("kind: intake\nstart: 2027-03-01\n", "`trajplan sessions move` changes this"),
        ("kind: intake\ndestinatoin: A school\n", "did you mean `destination`"),
        ("kind: intake\ntime_zone: Mars\n", "is not a time zone"),
        ("kind: intake\nslug: a b\n", "is not a slug"),
    ],
)
def test_what_cannot_be_changed_so_is_said_with_its_place(
    begun: Coach, text: str, says: str
) -> None:
    before = begun.do("practice", "export").out
    assert says in begun.refused(10, "clients", "update", "--from", "-", stdin=text)
    assert begun.do("practice", "export").out == before


@pytest.mark.req("R136")
def test_situation_and_priorities_are_what_they_are_now(begun: Coach) -> None:
    said = begun.do(
        *("clients", "update", "--situation", "decision"),
        *("--priority", "Settle the move", "--priority", "Sleep"),
        *("--accountability", "Ring me on Fridays"),
    )
    assert "Settle the move · Sleep (was: Find out what teaching is like)" in said.out
    plan = begun.json("prep", "session", "4")
    assert plan["priorities"] == ["Settle the move", "Sleep"]
    shown = begun.do("show").out.replace("*", "")
    assert "Situation: decision\n" in shown
    assert "12 Jan 2027: Find out what teaching is like" in shown
    assert "12 Jan 2027: pivot" in shown
    assert "Ring me on Fridays" in begun.do("wrap", "session", "4", "--blank").out
    unknown = begun.do("clients", "update", "--situation", "juggling").err
    assert "nothing is written for the situation `juggling` yet" in unknown
    assert "`clients update --situation` changes it" in " ".join(unknown.split())


@pytest.mark.req("R136")
def test_a_client_gets_another_slug_and_their_printed_forms_stay_theirs(begun: Coach) -> None:
    begun.do("new-client", "Ben", "--start", "2027-03-01")
    form = begun.do("worksheets", "blank", "wheel-of-life", "--client", "sample-client").out
    begun.do("clients", "update", "sample-client", "--slug", "anna")
    assert begun.json("show", "--client", "anna")["client"] == "anna"
    filled = form.replace("## Work\n", "## Work\n\n7\n")
    begun.do("worksheets", "fill", "wheel-of-life", "--client", "anna", "--from", "-", stdin=filled)
    taken = begun.refused(1, "clients", "update", "ben", "--slug", "sample-client")
    assert "Sample Client was `sample-client` already" in taken
    assert begun.run("new-client", "Other", "--slug", "sample-client").code == 1
    assert "is `ben` already" in begun.refused(1, "clients", "update", "anna", "--slug", "ben")
    begun.do("clients", "update", "anna", "--slug", "sample-client")
    assert begun.json("show", "--client", "sample-client")["client"] == "sample-client"
    assert "name one" in begun.refused(2, "clients", "update", "ben", "--client", "x").casefold()


@pytest.mark.req("R131")
def test_words_about_danger_that_come_later_are_pinned_too(begun: Coach) -> None:
    told = "kind: intake\nfears: [That I will kill myself]\n"
    said = begun.do("clients", "update", "--from", "-", stdin=told)
    assert "they are pinned" in said.err
    assert "kill myself" in begun.do("notes").out
    # Told again with something else, the same words are pinned once.
    again = "kind: intake\nfears: [That I will kill myself, Rain]\n"
    assert "pinned" not in begun.do("clients", "update", "--from", "-", stdin=again).err


@pytest.mark.req("R136")
def test_at_a_terminal_what_changes_on_the_way_is_asked_for(begun: Coach) -> None:
    answers = [
        (f"Where this should lead [{FIRST}]", f"{NEW}\n"),
        ("stuck on [", "\n"),
        ("leadership [pivot]", "\n"),
        ("now Find out what teaching is like", "Sleep\n"),
        ("one at a time", "\n"),
        ("held to it", "Ring me\n"),
    ]
    asked = begun.at_a_terminal("clients", "update", answers=answers)
    assert asked.code == 0
    engagement = begun.json("show")["engagement"]
    assert engagement["destination"] == NEW
    assert engagement["intake"]["priorities"] == ["Sleep"]
    assert engagement["accountability"] == "Ring me"
    kept = rows(begun.practice, "SELECT was FROM intake_changes")
    assert [sorted(json.loads(was)) for (was,) in kept] == [["destination", "priorities"]]
    assert begun.run("clients", "update").code == 2
