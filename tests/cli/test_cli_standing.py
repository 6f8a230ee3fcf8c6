"""What must not be lost: parked topics, pinned notes, and steps that had to wait (R128)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from coaching import DAYS, NO_COMMITMENT, Coach, begin, hold, questions_of, rows
from few import few

PARKED = """\
kind: wrap
commitments: none
parked: ["Lawyer: deadline 12 March", What the pension office said]
notes:
  - {text: Never put her on the phone, pin: true}
  - {text: She likes the window seat}
"""
DARK = "I don't want to live any more."


def plan(coach: Coach, session: int, *options: str) -> Any:
    return coach.json("prep", "session", str(session), *options)


def hold_distress(coach: Coach, session: int) -> None:
    coach.today = DAYS[session]
    coach.do("check-in", "--session", str(session), "--holding")
    hold(coach, session)


def waiting(coach: Coach, kind: str) -> list[str]:
    (client,) = coach.json("today")["clients"]
    return [due["text"] for due in client["waiting"] if due["kind"] == kind]


@pytest.mark.req("R128")
def test_what_is_parked_or_pinned_stays_through_a_session_that_holds(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, PARKED)
    hold_distress(coach, 5)
    for session in (6, 7):
        coach.today = DAYS[session]
        made = plan(coach, session)
        assert [topic["text"] for topic in made["parked"]] == [
            "Lawyer: deadline 12 March",
            "What the pension office said",
        ]
        assert made["parked"][0]["due"] == "2027-03-12"
        assert made["parked"][0]["session"] == 4
        assert [note["text"] for note in made["pinned"]] == ["Never put her on the phone"]
        for page in (
            coach.do("prep", "session", str(session)).out,
            coach.do("prep", "session", str(session), "--glance").out,
            coach.do("today").out,
        ):
            assert "Lawyer: deadline 12 March" in page
            assert "What the pension office said" in page
            assert "Never put her on the phone" in page
            # A note that nobody pinned is at most one of those of earlier sessions.
            lines = [line for line in page.splitlines() if "**Earlier note:**" not in line]
            assert "window seat" not in "\n".join(lines)
        hold(coach, session)
    assert "11 days ago" in coach.do("parked", env={"TRAJPLAN_TODAY": "2027-03-23"}).out
    # What is the coach's own never reaches a page of the client's.
    agenda = coach.do("prep", "session", "7", "--for", "client").out
    assert "Lawyer" not in agenda
    assert "phone" not in agenda


@pytest.mark.req("R128")
def test_closing_is_what_ends_it(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, PARKED)
    coach.today = DAYS[5]
    assert "2 is closed" in coach.do("parked", "close", "2", "--outcome", "They rang").out
    (pinned,) = plan(coach, 5)["pinned"]
    coach.do("notes", "unpin", str(pinned["id"]))
    made = plan(coach, 5)
    assert [topic["id"] for topic in made["parked"]] == [1]
    assert made["pinned"] == []
    assert waiting(coach, "parked") == ["Lawyer: deadline 12 March"]
    assert waiting(coach, "pinned") == []
    listed = coach.json("parked")
    assert listed["closed"][0]["outcome"] == "They rang"
    coach.do("parked", "close", "2", "--back")
    assert [topic["id"] for topic in plan(coach, 5)["parked"]] == [1, 2]
    coach.do("notes", "pin", str(pinned["id"]))
    assert plan(coach, 5)["pinned"] == [pinned]
    coach.do("parked", "close", "2")
    assert "was closed on" in coach.refused(1, "parked", "take", "2")


@pytest.mark.req("R128")
def test_a_parked_topic_is_added_and_taken_up(coach: Coach) -> None:
    begin(coach)
    coach.today = DAYS[4]
    coach.do("parked", "add", "My boss and the Saturdays")
    coach.do("parked", "add", "Moving out of the flat, or not", "--by", "2027-05-01")
    assert "parked already" in coach.refused(1, "parked", "add", "moving out of the flat, or not")
    assert [topic["id"] for topic in plan(coach, 4)["parked"]] == [2, 1]
    before = plan(coach, 4)
    assert before["topics"] == []
    coach.do("parked", "take", "1", "--session", "4")
    made = plan(coach, 4)
    assert [topic["taken"] for topic in made["parked"]] == [True, False]
    assert [topic["id"] for topic in made["topics"]] == ["boss"]
    assert "boss" not in made["agreement"]["text"]
    assert made["agreement"]["matters"] == "My boss and the Saturdays"
    # By its own words, not as something the client told today.
    coach.do("parked", "take", "1", "--back")
    coach.do("parked", "take", "2", "--session", "4")
    assert "flat" not in plan(coach, 4)["agreement"]["text"]
    coach.do("parked", "take", "2", "--back")
    coach.do("parked", "take", "1", "--session", "4")
    # What the client brings on the day goes first.
    coach.do("check-in", "--session", "4", "--matters", "The rent")
    assert "the rent" in plan(coach, 4)["agreement"]["text"]
    hold(coach, 4)
    coach.today = DAYS[5]
    (_, topic) = plan(coach, 5)["parked"]
    assert (topic["taken"], topic["taken_in"]) == (False, 4)
    assert "there are 1, 2" in coach.refused(20, "parked", "take", "9")
    assert "is held" in coach.refused(1, "parked", "take", "1", "--session", "4")


@pytest.mark.req("R123", "R128")
@pytest.mark.parametrize(
    ("parked", "said"),
    few(
        [
            ("The contract with the agency", "the contract with the agency"),
            ("Money", "money"),
            ("Fergus (ex?) — came up twice", ""),
            ("prob drinking? ask when alone", ""),
            ("the client's drinking", ""),
            ("the prob drinking", ""),
            ("the HR mtg", ""),
            ("my brother", ""),
            ("the ex", ""),
            ("the way she talks to him", ""),
            ("Whether to tell Karin", ""),
            ("tell boss re hols", ""),
        ],
        5,
    ),
)
def test_a_coachs_shorthand_is_never_said_aloud(coach: Coach, parked: str, said: str) -> None:
    begin(coach)
    coach.today = DAYS[4]
    coach.do("parked", "add", parked)
    coach.do("parked", "take", "1", "--session", "4")
    made = plan(coach, 4)
    aloud = made["agreement"]["text"]
    assert "“" not in aloud
    if said:
        assert said in aloud
    else:
        spoken = set(re.findall(r"[a-z]{3,}", aloud.casefold()))
        kept = {"the", "when"}
        assert not (set(re.findall(r"[a-z]{3,}", parked.casefold())) - kept) & spoken
        # For the eye it stands beside the line, in full and at the door.
        assert f"*In full:* {parked}" in coach.do("prep", "session", "4").out
        assert f"In full: {parked}" in coach.do("prep", "4", "--format", "terminal").words
    assert f"**Parked:** {parked}" in coach.do("prep", "4", "--glance").out


@pytest.mark.req("R128")
@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Lawyer: deadline 12 March", "2027-03-12"),
        ("offer ends 2027-04-01", "2027-04-01"),
        ("bis 5. März antworten", "2027-03-05"),
        ("Frist 19.3.", "2027-03-19"),
        ("tribunal on the 3rd of May 2028", "2028-05-03"),
        ("May 3, 2027", "2027-05-03"),
        ("contestar antes del 7 de abril", "2027-04-07"),
        ("since 3 January nobody has rung", ""),
        ("12.5 hours a week, and 3/4 of the money", ""),
        ("I may 12 times over", ""),
        ("31 February", ""),
        ("no day at all", ""),
    ],
)
def test_a_day_in_the_words_is_shown(coach: Coach, words: str, due: str) -> None:
    begin(coach)
    coach.today = DAYS[4]
    coach.do("parked", "add", words)
    (topic,) = plan(coach, 4)["parked"]
    assert topic["due"] == due


@pytest.mark.req("R128")
def test_a_wrap_in_place_of_another_parks_nothing_twice(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, PARKED)
    again = PARKED.replace(", What the pension office said", "")
    coach.do("wrap", "session", "4", "--replace", "--from", "-", stdin=again)
    assert [topic["id"] for topic in coach.json("parked")["parked"]] == [1]
    hold(coach, 5, PARKED)
    assert [topic["id"] for topic in coach.json("parked")["parked"]] == [1, 3]


@pytest.mark.req("R128")
def test_a_pinned_note_stands_once_on_the_plan(held: Coach) -> None:
    held.do("notes", "add", "Never mention the brother", "--pin", "--session", "4")
    held.do("notes", "add", "She laughed at the door", "--session", "4")
    page = held.do("prep", "5").out
    assert page.count("Never mention the brother") == 1
    assert "- **Pinned:** Never mention the brother" in page
    assert page.count("She laughed at the door") == 1


def test_a_working_note_is_not_pinned(coach: Coach) -> None:
    begin(coach)
    coach.today = DAYS[4]
    coach.do("prep", "session", "4")
    form = "kind: wrap\ncommitments: none\nnotes:\n  - {text: A guess, kind: working, pin: true}\n"
    path = coach.write("wrap.yaml", form)
    assert "wrap.yaml:4" in coach.refused(10, "wrap", "session", "4", "--from", path)
    coach.do("wrap", "session", "4", "--from", "-", stdin=form.replace(", pin: true", ""))
    (note,) = coach.json("notes")["notes"]
    assert "goes on" in coach.refused(1, "notes", "pin", str(note["id"]))
    coach.do("notes", "add", "Ask about the stairs", "--pin", "--session", "5")
    assert [note["text"] for note in plan(coach, 5)["pinned"]] == ["Ask about the stairs"]


@pytest.mark.req("R128")
def test_words_about_danger_stand_until_they_are_unpinned(coach: Coach) -> None:
    begin(coach)
    coach.today = DAYS[4]
    page = coach.do("check-in", "--session", "4", "--matters", DARK).out
    assert "notes unpin" in page
    coach.do("check-in", "--session", "4", "--matters", DARK)
    glance = coach.do("prep", "session", "4", "--glance").out
    assert "**First:** Ask directly" in glance
    assert DARK in glance
    hold(coach, 4)
    hold_distress(coach, 5)
    coach.today = DAYS[6]
    (pinned,) = plan(coach, 6)["pinned"]
    assert DARK in pinned["text"]
    assert waiting(coach, "pinned") == [pinned["text"]]
    coach.do("notes", "unpin", str(pinned["id"]))
    assert plan(coach, 6)["pinned"] == []


@pytest.mark.req("R128")
def test_a_new_journey_and_a_pause_forget_nothing(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, PARKED)
    coach.do("sessions", "pause")
    assert waiting(coach, "parked")
    assert waiting(coach, "pinned")
    page = coach.do("show").out
    assert "Lawyer: deadline 12 March" in page
    assert "Never put her on the phone" in page
    closed = coach.do("close", "--force", "The client moved away")
    assert "2 topics are still parked (Lawyer: deadline 12 March;" in closed.err
    coach.do("new-engagement", "--start", "2027-06-01")
    made = plan(coach, 1)
    assert [topic["id"] for topic in made["parked"]] == [1, 2]
    assert [note["text"] for note in made["pinned"]] == ["Never put her on the phone"]
    pinned = str(made["pinned"][0]["id"])
    heard = coach.do("assumptions", "add", "I freeze on calls", "--from-note", pinned).out
    assert "**Heard:** an earlier journey" in heard
    coach.do("parked", "close", "1")
    assert [topic["id"] for topic in plan(coach, 1)["parked"]] == [2]


@pytest.mark.slow
@pytest.mark.req("R128")
@pytest.mark.parametrize("count", [1, 2])
def test_a_step_that_a_holding_session_displaced_is_planned_next(coach: Coach, count: int) -> None:
    begin(coach)
    coach.today = DAYS[4]
    displaced, own = plan(coach, 4), plan(coach, 5)
    for session in range(4, 4 + count):
        hold_distress(coach, session)
        held = plan(coach, session)
        assert held["step_of"] == 0
        assert held["steps_waiting"][0]["session"] == 4
        assert held["prepares_for"]["step"] == displaced["step"]
    then = 4 + count
    coach.today = DAYS[then]
    made = plan(coach, then)
    assert made["step"] == displaced["step"]
    assert made["blueprint"] == displaced["blueprint"]
    assert made["step_of"] == 4
    assert "session 4 held what had happened" in made["step_because"]
    assert made["step_because"] in coach.do("prep", "session", str(then)).out
    assert made["prepares_for"]["step"] == own["step"]
    # The one after it takes the step that had to give way, and the page of the journey agrees.
    after = plan(coach, then + 1)
    assert (after["step"], after["step_of"]) == (own["step"], 5)
    journey = coach.do("journey").out
    assert journey.index(displaced["step"]) < journey.index(own["step"])


@pytest.mark.req("R128")
def test_a_step_is_not_lost_when_holding_sessions_come_between(coach: Coach) -> None:
    begin(coach)
    coach.today = DAYS[4]
    steps = {number: plan(coach, number)["step"] for number in (4, 5)}
    hold_distress(coach, 4)
    hold(coach, 5)
    hold_distress(coach, 6)
    coach.today = DAYS[7]
    assert plan(coach, 5)["step"] == steps[4]
    assert plan(coach, 7)["step"] == steps[5]


@pytest.mark.req("R128")
def test_the_last_session_ends_the_journey_all_the_same(coach: Coach) -> None:
    begin(coach)
    last = plan(coach, 12)["step"]
    hold_distress(coach, 4)
    made = plan(coach, 12)
    assert (made["step"], made["step_of"]) == (last, 12)
    assert [step["session"] for step in made["steps_waiting"]] == [11]
    said = [finding["message"] for finding in plan(coach, 11)["findings"]]
    assert any("had to wait" in message and "sessions extend" in message for message in said)
    # A skip uses a step up, and never another one's.
    coach.do("sessions", "skip", "5")
    assert plan(coach, 6)["step_of"] == 4


@pytest.mark.req("R120")
def test_what_the_client_brings_displaces_the_step_and_the_objectives(coach: Coach) -> None:
    begin(coach)
    coach.today = DAYS[4]
    planned = plan(coach, 4)
    brought = plan(coach, 4, "--open")
    assert brought["objectives"] == [brought["step"]]
    assert {segment["objective"] for segment in brought["segments"]} == {1}
    page = coach.do("prep", "session", "4").out
    assert not [text for text in planned["objectives"] if text in page]
    assert brought["prepares_for"]["step"] == planned["step"]
    hold(coach, 4)
    coach.today = DAYS[5]
    made = plan(coach, 5)
    assert made["step"] == planned["step"]
    assert "left to what the client brought" in made["step_because"]


@pytest.mark.req("R66", "R128")
def test_the_question_that_went_home_outlives_a_session_that_holds(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, NO_COMMITMENT + "inquiry: When did somebody learn something because of you?\n")
    hold_distress(coach, 5)
    coach.today = DAYS[6]
    assert plan(coach, 6)["from_last_time"]["inquiry"].startswith("When did somebody learn")
    hold(coach, 6, NO_COMMITMENT + "not_asked: []\n")
    hold_distress(coach, 7)
    # Only the one that is still unanswered.
    assert not plan(coach, 8)["from_last_time"]["inquiry"].startswith("When did somebody learn")


@pytest.mark.req("R66", "R128")
def test_it_outlives_one_that_held_without_a_plan(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, NO_COMMITMENT + "inquiry: When did somebody learn something because of you?\n")
    coach.today = DAYS[5]
    coach.do("check-in", "--session", "5", "--holding")
    coach.do("wrap", "session", "5", "--from", "-", stdin=NO_COMMITMENT)
    coach.today = DAYS[6]
    assert plan(coach, 6)["from_last_time"]["inquiry"].startswith("When did somebody learn")


@pytest.mark.req("R128")
def test_a_step_taken_in_the_next_phase_asks_what_serves_it(coach: Coach) -> None:
    begin(coach)
    coach.today = DAYS[3]
    planned = plan(coach, 3)
    hold_distress(coach, 3)
    coach.today = DAYS[4]
    made = plan(coach, 4)
    assert (planned["phase"], made["phase"]) == ("foundation", "exploration")
    assert made["blueprint"] == planned["blueprint"]

    # Its questions are for its own phase, or for any; none is for the phase it is taken in alone.
    ids = [question["id"] for question in questions_of(made)]
    phases = [coach.json("questions", "show", name)["phases"] for name in ids]
    assert [names for names in phases if names and "foundation" not in names] == []
    # At a glance, and until it ends, stands what was advised.
    coach.do("refer", "legal")
    assert "**Referral:** to legal help" in coach.do("prep", "session", "4", "--glance").out


@pytest.mark.req("R128")
def test_notes_count_for_each_client(begun: Coach) -> None:
    begun.do("notes", "add", "Hers, the first", "--pin")
    begun.do("new-client", "Ben", "--start", "2027-02-23")
    assert "Note 1 is saved." in begun.do("notes", "add", "His, the first").out
    begun.do("notes", "add", "He said “Nobody asks me”")
    assert [note["id"] for note in begun.json("notes")["notes"]] == [1, 2]
    assert "Note 2" in begun.do("sessions", "show", "1").out
    assert begun.json("assumptions", "add", "--from-note", "2")["text"] == "Nobody asks me"
    begun.do("notes", "remove", "2")
    begun.do("notes", "add", "A number is never given twice")
    assert "there are 1, 3" in begun.refused(20, "notes", "pin", "2")
    hers = ("--client", "sample-client")
    assert "there is 1" in begun.refused(20, "notes", "unpin", "3", *hers)
    begun.do("notes", "unpin", "1", *hers)
    assert begun.json("notes", *hers)["notes"][0]["pinned"] is False


@pytest.mark.req("R136")
def test_a_destination_is_dated_by_when_it_was_said_and_stands_once(coach: Coach) -> None:
    coach.today = "2027-01-04"
    coach.do("new-client", "Moira Reid")
    coach.today = "2027-01-10"
    coach.do("clients", "update", "--destination", "Mum's house as a guest house")
    page = coach.do("show").out
    assert page.count("Mum's house as a guest house") == 1
    assert "4 Jan" not in page.partition("Mum's house")[2].partition("**Method:**")[0]
    coach.today = "2027-01-24"
    coach.do("clients", "update", "--destination", "A partner who works four days")
    direction = coach.do("show").out.partition("- **Destination:**")[2].partition("- **Method")[0]
    assert "Sun 10 Jan 2027: Mum's house as a guest house" in direction
    assert "4 Jan" not in direction.replace("24 Jan", "")


@pytest.mark.req("R128")
def test_a_decision_displaces_the_step_and_is_not_listed_as_it(coach: Coach) -> None:
    begin(coach)
    coach.today = DAYS[4]
    planned = plan(coach, 4)
    decides = plan(coach, 4, "--decision")
    assert decides["step_of"] == 0
    assert decides["step"] == decides["objectives"][0] != planned["step"]
    assert decides["prepares_for"]["step"] == planned["step"]
    hold(coach, 4)
    listed = coach.json("sessions", "list")["sessions"]
    steps = {session["session"]: session["step"] for session in listed}
    assert steps[4] == "was given to a decision; its step comes later"
    assert steps[5] == planned["step"]
    coach.today = DAYS[5]
    made = plan(coach, 5)
    assert made["step"] == planned["step"]
    assert "was given to a decision" in made["step_because"]


@pytest.mark.req("R128")
def test_a_decision_that_the_journey_names_takes_its_own_step(coach: Coach) -> None:
    begin(coach)
    coach.today = DAYS[1]
    # Who meets for the first time still agrees how to work together.
    assert plan(coach, 1, "--decision")["step_of"] == 1


@pytest.mark.req("R128")
def test_a_note_is_put_in_other_words_and_all_else_of_it_stays(held: Coach) -> None:
    held.do("notes", "add", "Her mother rang on Monday", "--pin")
    note = held.json("notes")["notes"][-1]
    number = "2"  # the wrap of session 4 has the first
    said = held.do("notes", "update", number, "Her aunt rang on Monday").out
    assert f"Note {number} is worded anew" in said
    assert held.json("notes")["notes"][-1] == {**note, "text": "Her aunt rang on Monday"}
    assert "says that already" in held.refused(
        1, "notes", "update", number, "Her aunt rang on Monday"
    )
    held.do("undo")
    assert held.json("notes")["notes"][-1] == note


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tax by 1 January 2500", None),
        ("before Friday ask HR", "2027-02-19"),
        ("Tax by end of March", "2027-03-31"),
    ],
)
def test_a_topic_takes_the_day_that_its_words_say(begun: Coach, text: str, day: str | None) -> None:
    begun.today = "2027-02-16"
    begun.do("parked", "add", text)
    (found,) = rows(begun.practice, "SELECT due FROM parked_topics")
    assert found == (day,)
