"""`undo` takes back the last command that changed records, whichever it was (R138)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_cli_same_words import FIRST, GIVEN, READ, WRITTEN, told

from coaching import COMMITMENT, NO_COMMITMENT, Coach, begin, hold_four, ratings, rows
from trajplan.cli.app import COMMANDS
from trajplan.cli.command import Group
from trajplan.cli.lazy import Lazy
from trajplan.records.kinds import TABLES

__all__ = ["told"]

NOT_COUNTED = {
    "use", "practice import", "practice erase", "undo", "undo, brought back", "undo, forgotten",
    "practice backup", "practice restore", "practice check, repaired",
}  # fmt: skip
"""They change no records, or are beyond recall."""
MORE = {
    "wrap session": ["wrap", "session", "5", "--from", "-"],
    "wrap session, again": ["wrap", "session", "4", "--replace", "--from", "-"],
    "prep session, another method": [
        *("prep", "session", "5", "--method", "directive", "--reason", "She asked for it")
    ],
    "prep session, its options": ["prep", "session", "5", "--late", "10", "--decision"],
    "prep session, without them": ["prep", "session", "7", "--reset"],
    "prep session, from here on": ["prep", "session", "6", "--method", "directive", "--onward"],
    "clients update, new times": ["clients", "update", "--start-time", "09:00", "--minutes", "60"],
    "clients update, what is known": [
        *("clients", "update", "--slug", "anna", "--destination", "A school", "--priority", "Sleep")
    ],
    "close, open again": ["close", "--reopen"],
    "commitments remove, what was learned": ["commitments", "remove", "1", "--learned"],
    "questions update, for one": [
        *("questions", "update", "ci-do-you-good", "--never", "--client", "sample-client")
    ],
    "sessions days-off, removed": ["sessions", "days-off", "2027-03-09", "--remove"],
    "refer, ended": ["refer", "therapy", "--end"],
    "commitments update, a contact": [
        *("commitments", "update", "1", "--contact", "call", "--note", "Friday at nine")
    ],
    "commitments update, what was taken on": [
        *("commitments", "update", "1", "--what", "Write to him", "--when", "+9d"),
    ],
    "assumptions add, from a note": ["assumptions", "add", "It's too late", "--from-note", "1"],
}
COUNTED = {name: words for name, words in (WRITTEN | MORE).items() if name not in NOT_COUNTED}
WRAP = f"""\
kind: wrap
focus: "What it's for"
takeaways: [I ask first.]
parked: ["The flat: answer by 12 March"]
notes: [{{text: She laughed, pin: true}}]
commitments:
  - {{what: {COMMITMENT}, when: +5d, how_will_i_know: A date, goal: 2}}
  - {{what: Ring the guild, when: +6d, how_will_i_know: Done}}
"""
TYPED = GIVEN | {"wrap session": WRAP, "wrap session, again": WRAP}
BEFORE = FIRST | {
    "commitments remove, what was learned": [
        *("commitments", "update", "1", "--status", "partly", "--learned", "They answer mails")
    ],
    "close, open again": ["close", "--from", "-", "--force", "Moved abroad"],
    "sessions days-off, removed": ["sessions", "days-off", "2027-03-09", "--until", "2027-03-12"],
    "refer, ended": ["refer", "therapy"],
    "prep session, without them": ["prep", "session", "7", "--without", "ci-do-you-good"],
}
NOT_OF_A_CLIENT = ("new-client", "sessions days-off", "sessions days-off, removed")
"""These belong to nobody, or name their client themselves."""
TYPED_BEFORE = {"close, open again": GIVEN["close"]}
WITHOUT_A_PAGE = {
    "live", "practice export", "blueprints check", "blueprints schema", "blueprints new",
    "questions check", "questions schema", "pages copy", "questions new", "questions import",
}  # fmt: skip
"""They write files of their own, or nothing; `live` keeps a draft, and its wrap is a wrap."""
RATINGS = ("tci_entries", "scaled_answers", "withdrawals")


@pytest.fixture
def practice(told: Coach, tmp_path: Path) -> Coach:
    """A copy of a practice in which most has been told."""
    return told.copied(tmp_path / "home")


def without_ratings(coach: Coach) -> Any:
    """An export with nothing in it of what is only ever added to."""
    data = coach.do("practice", "export").data
    for client in data["clients"]:
        for table in RATINGS:
            del client["tables"][table]
    return data


@pytest.mark.req("R138")
@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_every_writing_command_is_taken_back(practice: Coach, every: int) -> None:
    # The current client is somebody else throughout: an export tells who, and that comes back too.
    practice.do("use", "ann")
    standing = practice.export()
    for name, command in [*COUNTED.items()][::every]:
        named = name in NOT_OF_A_CLIENT or name.startswith("questions update")
        whose = () if named else ("--client", "sample-client")
        words = [*command, *whose]
        if name in BEFORE:
            practice.do(*BEFORE[name], *whose, stdin=TYPED_BEFORE.get(name, ""))
        compared = without_ratings if name == "log-tci" else Coach.export
        before = standing if name not in BEFORE and compared is Coach.export else compared(practice)
        revisions = plan_revision(practice)
        practice.do(*words, stdin=TYPED.get(name, ""))
        done = compared(practice)
        taken = practice.json("undo")
        assert taken["command"] == name.split(",")[0]
        assert taken["changes"], name
        assert taken["date"] == practice.today
        assert compared(practice) == before, name
        assert plan_revision(practice) > revisions or name == "new-client"
        practice.do("undo", "--redo")
        assert compared(practice) == done, name
        practice.do("undo")
        assert compared(practice) == before, name
        if name in BEFORE:
            practice.do("undo")
        if name in (*BEFORE, "log-tci"):
            after = practice.export()
            assert (after == standing) == (name != "log-tci"), name
            standing = after


def plan_revision(coach: Coach) -> int:
    """How many changes a plan would have seen, over all clients."""
    return int(rows(coach.practice, "SELECT sum(revision) FROM clients")[0][0])


@pytest.mark.slow
@pytest.mark.req("R138")
def test_a_command_that_only_shows_leaves_nothing_to_take_back(practice: Coach) -> None:
    known = practice.json("undo", "--list")
    for words in READ.values():
        # What is asked of a plan is kept, and can be taken back.
        if not {"--energy", "--decision"} & set(words):
            practice.do(*words)
    for words in (["prep", "session", "6"], ["use", "ann"], ["use", "sample-client"]):
        practice.do(*words)
    assert practice.json("undo", "--list") == known


@pytest.mark.req("R138")
def test_every_command_is_known_to_count_or_not() -> None:
    names = set()
    for name, lazy in COMMANDS.items():
        loaded = lazy.load() if isinstance(lazy, Lazy) else lazy
        nouns = loaded.commands if isinstance(loaded, Group) else [""]
        names |= {f"{name} {word}".strip() for word in nouns}
    looked_at = {name.split(",")[0] for name in (*WRITTEN, *MORE, *READ)}
    assert names - looked_at == WITHOUT_A_PAGE


def test_no_command_leaves_a_row_of_its_own_where_an_undo_does_not_look() -> None:
    # Every kind of record is noted; what stands beside them is either noted or not a record.
    from trajplan.records.recorder import noted_columns

    assert set(TABLES.values()) | {"last_numbers"} == set(noted_columns())
    for kind, table in TABLES.items():
        assert set(kind.__struct_fields__) == set(noted_columns()[table])


@pytest.mark.slow
@pytest.mark.req("R138")
def test_a_whole_day_is_taken_back_command_by_command(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    states = []
    for words, typed in (
        (("check-in", "--energy", "low", "--matters", "The night shift"), ""),
        (("prep", "session", "4"), None),
        (("wrap", "session", "4", "--from", "-"), WRAP.replace(", goal: 2", "")),
        (("commitments", "update", "1", "--status", "done", "--learned", 'It\'s "easy"'), ""),
        (("prep", "session", "5"), None),
        (("sessions", "move", "5", "2027-03-11", "--shift"), ""),
        (("goals", "add", "Teach a trade"), ""),
        (("goals", "update", "1", "--text", "Teach two trades"), ""),
    ):
        if typed is not None:
            states.append(without_plans(begun))
        begun.do(*words, stdin=typed or "")
    while states:
        begun.do("undo")
        assert without_plans(begun) == states.pop()
    said = begun.do("undo").out
    assert "`new-client`" in said
    assert begun.json("clients") == []
    assert "no command to take back" in begun.refused(20, "undo")


@pytest.mark.slow
@pytest.mark.req("R138")
def test_what_was_taken_back_by_mistake_is_brought_back(practice: Coach) -> None:
    states = [practice.export()]
    mine = ("--client", "sample-client")
    for words, typed in (
        (["new-client", "Ben", "--start", "2027-03-01"], ""),
        (["wrap", "session", "5", "--from", "-", *mine], WRAP),
        (["goals", "update", "2", "--text", "Run two mornings", *mine], ""),
        (["notes", "remove", "1", *mine], ""),
        (["prep", "session", "6", "--method", "directive", "--reason", "Asked for", *mine], ""),
    ):
        practice.do(*words, stdin=typed)
        states.append(practice.export())
    for state in reversed(states[:-1]):
        practice.do("undo")
        assert practice.export() == state
    for state in states[1:]:
        page = practice.do("undo", "--redo").out
        assert "brought back" in page
        # Who is the current client is no record.
        assert same(practice.export()) == same(state)
    assert "can be brought back" in practice.refused(20, "undo", "--redo")
    practice.do("undo")
    assert same(practice.export()) == same(states[-2])
    practice.do("notes", "add", "Something else", *mine)
    assert "can be brought back" in practice.refused(20, "undo", "--redo")


def same(text: str) -> Any:
    data = json.loads(text)
    del data["own"]["meta"]
    return data


@pytest.mark.slow
@pytest.mark.req("R138")
def test_the_first_numbered_record_of_a_client_is_brought_back(begun: Coach) -> None:
    begun.do("undo")
    for words, typed in (
        (["new-client", "--from", "-"], "kind: intake\nname: Ann\nassumptions: [Too late]\n"),
        (["new-client", "Ben", "--start", "2027-02-23"], ""),
        (["goals", "add", "Teach a trade"], ""),
        (["indicators", "add", "Mornings run", "--kind", "leading"], ""),
        (["assumptions", "add", "Nobody asks a welder"], ""),
        (["wrap", "session", "1", "--from", "-"], WRAP.replace(", goal: 2", "")),
    ):
        before = begun.export()
        begun.do(*words, stdin=typed)
        after = begun.export()
        for _ in range(2):
            begun.do("undo")
            assert same(begun.export()) == same(before), words
            begun.do("undo", "--redo")
            assert same(begun.export()) == same(after), words


@pytest.mark.req("R138")
def test_a_client_chosen_since_stays_the_current_client(practice: Coach) -> None:
    practice.do("new-client", "Ben", "--start", "2027-03-01")
    practice.do("new-engagement", "--force", "--start", "2027-03-01", "--client", "ann")
    practice.do("use", "sample-client")
    for _ in range(2):
        practice.do("undo")
        assert practice.json("show")["client"] == "sample-client"


@pytest.mark.req("R138")
def test_where_nobody_was_chosen_nobody_is_after_an_undo(practice: Coach) -> None:
    practice.do("new-client", "Ben", "--start", "2027-03-01")
    practice.do("practice", "erase", "--client", "ben", "--yes", "ben")
    before = practice.export()
    practice.do("new-engagement", "--force", "--start", "2027-03-01", "--client", "ann")
    practice.do("undo")
    assert practice.export() == before


@pytest.mark.req("R138")
def test_what_was_asked_of_a_plan_is_taken_back(begun: Coach) -> None:
    plain = begun.json("prep", "4")
    known = begun.json("undo", "--list")
    late = begun.json("prep", "4", "--late", "10")
    assert late["start"] != plain["start"]
    said = begun.do("undo").out
    assert "taken back: `prep session`" in said
    assert "session 4: changed what was asked of its plan" in said
    assert begun.json("prep", "4") == plain
    assert begun.json("undo", "--list") == known
    begun.do("undo", "--redo")
    assert begun.json("prep", "4") == late


@pytest.mark.req("R138")
def test_a_rating_that_is_brought_back_counts_again(held: Coach) -> None:
    first = held.json("tci")
    held.do("undo")
    assert held.json("tci") != first
    held.do("undo", "--redo")
    assert held.json("tci") == first
    assert held.do("practice", "export").data["clients"][0]["tables"]["withdrawals"] == []


def without_plans(coach: Coach) -> Any:
    """An export without what `prep` made in between: that is no command to take back."""
    data = coach.do("practice", "export").data
    for client in data["clients"]:
        for table in ("plans", "question_uses"):
            del client["tables"][table]
        for session in client["tables"]["sessions"]:
            del session["options"]
    return data


@pytest.mark.req("R138")
def test_a_wrap_on_the_wrong_client_is_gone_with_everything_in_it(practice: Coach) -> None:
    before = practice.export()
    practice.do("wrap", "session", "4", "--client", "ann", "--from", "-", stdin=wrap_of_ann())
    assert practice.json("sessions", "list", "--client", "ann")["sessions"][3]["state"] == "held"
    said = practice.do("undo").out
    assert said.startswith("# Ann · taken back: `wrap")
    assert "session 4: added 1 wrap, 2 commitments, 1 note, 1 parked topic" in said
    assert practice.export() == before
    assert practice.json("commitments", "--client", "ann")["commitments"] == []
    practice.do("sessions", "miss", "4", "--client", "ann")


def wrap_of_ann() -> str:
    return WRAP.replace(", goal: 2", "")


@pytest.mark.req("R138", "R103")
def test_a_rating_is_withdrawn_and_stays_in_the_records(held: Coach) -> None:
    first = held.json("tci")
    held.do("log-tci", "--session", "4", "--clarity", "9")
    assert held.json("tci") != first
    said = held.do("undo").out
    assert "1 entry withdrawn: kept in the records, no longer counted" in said
    assert held.json("tci") == first
    held.do("undo")
    assert held.json("tci")["entries"] == []
    kept = held.do("practice", "export").data["clients"][0]["tables"]
    assert [entry["clarity"] for entry in kept["tci_entries"]] == [7, 9]
    assert [row["tci_entry_id"] for row in kept["withdrawals"]] == [2, 1]
    # A rating given anew corrects nothing that was withdrawn.
    held.do("log-tci", "--session", "4", *ratings(clarity=3))
    assert [reading["ratings"]["clarity"] for reading in held.json("tci")["entries"]] == [3]
    assert "corrected" not in held.do("tci", "--history").out


@pytest.mark.req("R138")
def test_plans_made_meanwhile_are_made_anew(held: Coach) -> None:
    held.do("commitments", "add", "Write to the guild", "--when", "2027-03-01",
            "--how-will-i-know", "It is sent")  # fmt: skip
    assert "Write to the guild" in held.do("prep", "session", "5").out
    held.do("undo")
    assert "Write to the guild" not in held.do("prep", "session", "5").out


@pytest.mark.req("R138")
def test_the_last_twenty_are_kept_and_no_client_word_is_in_the_list(begun: Coach) -> None:
    for number in range(22):
        begun.do("notes", "add", f"Word{number} of hers", "--session", "4")
    page = begun.do("undo", "--list").out
    assert len(begun.json("undo", "--list")) == 20
    assert "Word" not in page
    assert "new-client" not in page
    for _ in range(20):
        begun.do("undo")
    notes = [note["text"] for note in begun.json("notes")["notes"]]
    assert notes == [f"Word{number} of hers" for number in range(2)]
    begun.refused(20, "undo")


def in_file(coach: Coach, word: str) -> bool:
    """Whether a word stands anywhere in the practice file's bytes."""
    return word.encode() in coach.practice.read_bytes()


@pytest.mark.req("R138", "R119")
def test_erasing_clears_the_list_and_every_word_in_it(practice: Coach) -> None:
    practice.do("commitments", "update", "1", "--label", "Zanzibar", "--client", "sample-client")
    practice.do("commitments", "update", "1", "--label", "the call", "--client", "sample-client")
    practice.do("notes", "add", "Likes the sea", "--client", "ann", "--session", "1")
    assert in_file(practice, "Zanzibar")  # an undo needs it
    practice.do("practice", "erase", "--client", "sample-client", "--yes", "sample-client")
    assert practice.json("undo", "--list") == []
    assert not in_file(practice, "Zanzibar")
    assert not in_file(practice, "training officer")


@pytest.mark.req("R138")
def test_what_was_replaced_leaves_the_file_when_the_list_is_cleared(held: Coach) -> None:
    held.do("commitments", "update", "1", "--label", "Zanzibar")
    held.do("commitments", "update", "1", "--label", "the call")
    assert in_file(held, "Zanzibar")
    assert held.json("undo", "--forget")["cleared"] > 1
    assert not in_file(held, "Zanzibar")
    held.refused(20, "undo")
    held.refused(2, "undo", "--list", "--forget")


@pytest.mark.req("R138")
def test_what_was_replaced_leaves_the_file_after_twenty_commands(held: Coach) -> None:
    held.do("commitments", "update", "1", "--label", "Zanzibar")
    held.do("commitments", "update", "1", "--label", "the call")
    for number in range(20):
        assert in_file(held, "Zanzibar")
        held.do("notes", "add", f"Note {number}")
    assert not in_file(held, "Zanzibar")


@pytest.mark.req("R138")
def test_a_list_somebody_tampered_with_runs_nothing(held: Coach) -> None:
    import sqlite3
    from contextlib import closing

    held.do("commitments", "update", "1", "--label", "the call")
    with closing(sqlite3.connect(held.practice)) as db, db:
        db.execute("""UPDATE undo_steps SET old = '{"label": "(SELECT name FROM clients)"}'
            WHERE old IS NOT NULL""")
    before = held.export()
    assert "undo --forget" in held.refused(30, "undo")
    assert held.export() == before


@pytest.mark.req("R138")
def test_a_journey_with_withdrawn_ratings_stays(coach: Coach) -> None:
    begin(coach)
    hold_four(coach)
    coach.do("new-engagement", "--force", "--start", "2027-03-01")
    coach.today = "2027-03-01"
    coach.do("wrap", "session", "1", "--from", "-", stdin=NO_COMMITMENT)
    coach.do("log-tci", "--session", "1", *ratings())
    coach.do("undo")
    coach.do("undo")
    before = coach.export()
    said = coach.refused(1, "undo")
    assert "a rated session is deleted only with its client" in said
    assert coach.export() == before


@pytest.mark.req("R138")
def test_a_wrap_in_place_of_another_says_what_it_changed(held: Coach) -> None:
    held.do("wrap", "4", "--replace", "--from", "-", stdin=NO_COMMITMENT)
    entry = held.json("undo", "--list")[0]
    assert entry["changes"] == "session 4: removed commitment 1, parked topic 1; changed 1 wrap"
    held.do(
        "wrap",
        "4",
        "--replace",
        "--from",
        "-",
        stdin=NO_COMMITMENT.replace("wrap", "wrap\nfocus: Rest", 1),
    )
    assert held.json("undo", "--list")[0]["changes"] == "session 4: changed 1 wrap"
