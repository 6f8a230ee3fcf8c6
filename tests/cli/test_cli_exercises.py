"""What happens between sessions and beside the plan: exercises, notes, cues, minutes."""

from __future__ import annotations

from typing import Any

import pytest

from coaching import COMMITMENT, NO_COMMITMENT, WRAP, Coach, prompts_of, questions_of, rows
from few import few

DEBRIEF = "How it went when they tried it"
NOTES = """\
kind: wrap
commitments: none
notes:
  - text: "Said: “Nobody at home would understand it.” Looked away."
  - {text: Tired of my own questions today., kind: working}
  - {text: Ask about the sister., kind: working, purge_on: 2027-03-20}
"""


def debriefed(plan: Any) -> list[tuple[str, str]]:
    """What is asked about exercises: the case and the words of each prompt."""
    prompts = prompts_of(plan)
    return [
        (prompt["case"], prompt["text"]) for prompt in prompts if prompt["id"] == "debrief-exercise"
    ]


@pytest.mark.req("R83")
def test_an_experiment_that_took_place_is_debriefed(held: Coach) -> None:
    held.today = "2027-03-09"
    prep = ("prep", "session", "5", "--blueprint", "possibility-prototyping")
    plan = held.json(*prep)
    assert DEBRIEF not in held.do(*prep).out
    # Nobody is asked about a test that nobody knows to have taken place.
    about_a_test = {question["id"] for question in held.json("questions", "list", "--tag", "tried")}
    assert about_a_test
    assert not about_a_test & {question["id"] for question in questions_of(plan)}
    held.do("commitments", "update", "1", "--status", "done")
    page = held.do(*prep).out
    assert DEBRIEF in page
    ((case, said),) = debriefed(held.json(*prep))
    assert case == "done"
    assert said.startswith("You asked the training officer for one morning")
    assert said in page
    assert f"In full:* {COMMITMENT}" in page
    assert f"“{COMMITMENT}” was tried since last time: you debrief it." in page
    parts = held.json(*prep)["segments"]
    with_it = [
        part for part in parts if "debrief_exercise" in [a["id"] for a in part["activities"]]
    ]
    assert [segment["component"] for segment in with_it] == ["strategic_inquiry"]
    assert [part["minutes"] for part in parts] == [
        segment["minutes"] for segment in plan["segments"]
    ]
    held.do("commitments", "update", "1", "--status", "partly")
    ((case, said),) = debriefed(held.json(*prep))
    assert case == "partly"
    assert said.startswith("You were going to ask the training officer for one morning")
    # One promise is spoken of once: the debrief is its review (R45).
    spoken = [prompt["id"] for prompt in prompts_of(held.json(*prep))]
    assert "review-commitment" not in spoken
    assert said in held.do(*prep).out


@pytest.mark.req("R82")
@pytest.mark.parametrize(
    "name", few(["role-play", "feedback-request", "picture-a-day", "week-of-noticing"], 2)
)
def test_an_exercise_handed_out_is_debriefed(begun: Coach, name: str) -> None:
    begun.do("prep", "session", "4")
    wrap = f"kind: wrap\ncommitments: none\nhanded_out: [{name}]\n"
    sheet = begun.do("wrap", "session", "4", "--from", "-", stdin=wrap).out
    worksheet = begun.json("worksheets", "show", name)
    title = worksheet["title"]
    assert f"**To fill in at home:** {title}" in sheet
    (taken_home,) = begun.json("sessions", "show", "4")["handed_out"]
    assert set(taken_home) == {"worksheet", "title"}
    begun.today = "2027-03-09"
    page = begun.do("prep", "session", "5").out
    assert f"**Took home to fill in:** {title} (not yet back)" in page
    ((case, said),) = debriefed(begun.json("prep", "session", "5"))
    assert case == "waiting"
    assert f"“{title}”" in said
    assert said in page
    assert DEBRIEF not in page
    field = next(field["id"] for field in worksheet["fields"] if field["type"] == "text")
    answers = f"kind: answers\nanswers: {{{field}: Written on the train}}\n"
    begun.do("worksheets", "fill", name, "--from", "-", stdin=answers)
    page = begun.do("prep", "session", "5").out
    assert f"{title} (filled in Tue 9 Mar 2027)" in page
    assert DEBRIEF in page
    assert worksheet["debrief"]
    assert f"You filled in “{title}”. {worksheet['debrief']}" in page


def test_a_worksheet_without_its_own_question_and_an_unknown_one(begun: Coach) -> None:
    wrap = "kind: wrap\ncommitments: none\nhanded_out: [{0}]\n"
    said = begun.refused(
        10, "wrap", "session", "4", "--from", "-", stdin=wrap.format("wheel-of-lif")
    )
    assert "no worksheet `wheel-of-lif`; did you mean `wheel-of-life`?" in said
    begun.do("wrap", "session", "4", "--from", "-", stdin=wrap.format("swot"))
    answers = "kind: answers\nanswers: {strengths: [Patience]}\n"
    begun.do("worksheets", "fill", "swot", "--from", "-", stdin=answers)
    begun.today = "2027-03-09"
    ((case, said),) = debriefed(begun.json("prep", "session", "5"))
    assert case == "filled"
    assert "“SWOT”" in said
    # A form has no scene to go back to.
    page = begun.do("prep", "session", "5").out
    assert DEBRIEF not in page
    assert "“SWOT” was filled in since last time: you ask about it." in page


@pytest.mark.req("R58")
def test_a_working_note_goes_on_its_day_and_never_onto_a_plan(begun: Coach) -> None:
    begun.do("wrap", "session", "4", "--from", "-", stdin=NOTES)
    page = begun.do("sessions", "show", "4").out
    assert "**Note 1:** Said: “Nobody at home" in page
    # 90 days after 23 February, and the day that was named.
    assert "**Working note 2:** Tired of my own questions today. (goes on Mon 24 May 2027)" in page
    assert "**Working note 3:** Ask about the sister. (goes on Sat 20 Mar 2027)" in page
    assert [note["kind"] for note in begun.json("sessions", "show", "4")["notes"]] == [
        *("record", "working", "working")
    ]
    begun.today = "2027-03-09"
    plan = begun.do("prep", "session", "5", "--format", "json").out
    assert "Nobody at home" in plan
    assert "Tired of my own" not in plan
    assert "- Notes" in begun.do("prep", "session", "5").out
    begun.today = "2027-03-20"
    assert "sister" in begun.do("sessions", "show", "4").out  # looking on deletes nothing
    kept = begun.do("check-in", "--mood", "calm")
    gone = "session 4: it was due to be deleted on 2027-03-20"
    assert f"deleted a working note of `sample-client`, {gone}" in kept.err
    assert "sister" not in kept.err
    assert b"Ask about the sister" not in begun.practice.read_bytes()
    assert rows(begun.practice, "SELECT id FROM notes ORDER BY id") == [(1,), (2,)]
    assert "deleted" not in begun.do("check-in", "--mood", "calm").err


def test_notes_that_cannot_be_kept_so_are_refused(begun: Coach) -> None:
    wrap = "kind: wrap\ncommitments: none\nnotes:\n  - {text: a, purge_on: 2027-05-01}\n"
    assert "only `kind: working` has a purge date" in begun.refused(
        10, "wrap", "session", "4", "--from", "-", stdin=wrap
    )
    wrap = wrap.replace("a, purge_on: 2027-05-01", "a, kind: working, purge_on: 2027-02-23")
    assert "2027-02-23 is not after the session" in begun.refused(
        10, "wrap", "session", "4", "--from", "-", stdin=wrap
    )
    begun.do("wrap", "session", "4", "--from", "-", stdin=WRAP)
    again = WRAP.replace(
        "notes: Eyes down at the word roster.",
        "notes:\n  - {text: Eyes down at the word roster., kind: working}",
    )
    begun.do("wrap", "session", "4", "--from", "-", "--replace", stdin=again)
    assert rows(begun.practice, "SELECT kind, purge_on FROM notes") == [("working", "2027-05-24")]


@pytest.mark.req("R68")
def test_a_note_becomes_an_assumption_and_the_plan_says_what_to_listen_for(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    cues = [segment["listen"] for segment in plan["segments"] if segment["listen"]]
    assert len(cues) >= 2
    page = begun.do("prep", "session", "4").out
    assert all(f"*Listen for* {cue}." in page for cue in cues)
    agenda = begun.do("prep", "session", "4", "--for", "client").out
    assert not any(cue in agenda for cue in cues)
    begun.do("wrap", "session", "4", "--from", "-", stdin=NOTES)
    begun.today = "2027-03-09"
    begun.do("wrap", "session", "5", "--from", "-", stdin=NO_COMMITMENT)
    made = begun.do("assumptions", "add", "--from-note", "1").out
    assert "words:** Nobody at home would understand it." in made
    assert "**Heard:** session 4" in made  # where the note was taken, not in the session held last
    part = begun.json("assumptions", "add", "My sister decides", "--from-note", "3")
    assert (part["text"], part["session_number"]) == ("My sister decides", 4)
    # A coach's own sentence is nobody's belief.
    said = begun.refused(2, "assumptions", "add", "--from-note", "3")
    assert "give the client's own words" in said
    said = begun.refused(20, "assumptions", "add", "--from-note", "9")
    assert "`sample-client` has no note 9; there are 1, 2, 3" in said
    begun.do("new-client", "Other Client", "--start", "2027-03-01")
    assert "has no note 1; there is none yet" in begun.refused(
        20, "assumptions", "add", "--from-note", "1", "--client", "other-client"
    )


@pytest.mark.req("R54")
def test_minutes_as_they_were_stand_beside_the_plan(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    planned = {segment["id"]: segment["minutes"] for segment in plan["segments"]}
    assert "Planned and actual" not in begun.do("sessions", "show", "4").out
    first, second, third, *rest = planned
    noted = f"{first}: {planned[first] + 12}, {second}: {planned[second] - 5}, "
    noted += f"{third}: {planned[third] + 4}"
    wrap = f"kind: wrap\ncommitments: none\nactual: {{{noted}}}\n"
    begun.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    page = begun.do("sessions", "show", "4").out
    titles = {segment["id"]: segment["title"] for segment in plan["segments"]}
    assert f"| {titles[first]} | {planned[first]} | {planned[first] + 12} | +12 |" in page
    assert f"| {titles[rest[0]]} | {planned[rest[0]]} | – | – |" in page
    assert "Together" not in page  # a sum with minutes missing would compare nothing
    assert f"Drift: no change of frame was agreed, and “{titles[first]}” took 12 min more, " in page
    assert f"“{titles[second]}” got 5 min less." in page
    assert begun.json("sessions", "show", "4")["timing"]["drifted"] == [first, second]
    turned = wrap + "frame_change: We agreed to stay with the letter\n"
    begun.do("wrap", "session", "4", "--from", "-", "--replace", stdin=turned)
    page = begun.do("sessions", "show", "4").out
    assert "on purpose: “We agreed to stay with the letter”" in page
    assert "Drift" not in page
    even = ", ".join(f"{name}: {minutes}" for name, minutes in planned.items())
    wrap = f"kind: wrap\ncommitments: none\nactual: {{{even}}}\n"
    begun.do("wrap", "session", "4", "--from", "-", "--replace", stdin=wrap)
    page = begun.do("sessions", "show", "4").out
    assert "| Together | 90 | 90 | ±0 |" in page
    assert "No drift: every segment stayed within 4 minutes of the plan." in page
    begun.do(
        *("wrap", "session", "4", "--from", "-", "--replace"),
        stdin=NO_COMMITMENT,
    )
    assert "Planned and actual" not in begun.do("sessions", "show", "4").out


def test_an_agreement_that_went_home_is_no_exercise_to_ask_after(coach: Coach) -> None:
    coach.do("new-client", "Ann", "--start", "2027-01-12")
    wrap = "kind: wrap\ncommitments: none\nhanded_out: [coaching-agreement]\n"
    coach.do("wrap", "session", "1", "--from", "-", stdin=wrap)
    spoken = [prompt["text"] for prompt in prompts_of(coach.json("prep", "session", "2"))]
    assert spoken
    assert not [text for text in spoken if "Coaching agreement" in text]
    assert "Coaching agreement (not yet back)" in coach.do("prep", "session", "2").out


def test_a_questionnaire_that_came_back_is_shown_and_not_debriefed(begun: Coach) -> None:
    wrap = "kind: wrap\ncommitments: none\nhanded_out: [pre-session-questionnaire]\n"
    begun.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    answers = "kind: answers\nanswers: {matters: The hearing}\n"
    begun.do("worksheets", "fill", "pre-session-questionnaire", "--from", "-", stdin=answers)
    begun.today = "2027-03-09"
    assert debriefed(begun.json("prep", "session", "5")) == []
    assert "What matters most to you right now: The hearing" in begun.do("prep", "5", "--full").out


def test_a_worksheet_is_said_to_be_out_once_and_only_if_it_went(coach: Coach) -> None:
    coach.do("new-client", "Ann", "--start", "2027-01-12")
    plan = coach.json("prep", "session", "1")
    assert "coaching-agreement" in {worksheet["worksheet"] for worksheet in plan["hands_out"]}
    wrap = "kind: wrap\ncommitments: none\nhanded_out: [trajectory-mapping]\n"
    coach.do("wrap", "session", "1", "--from", "-", stdin=wrap)
    page = coach.do("prep", "session", "2").out
    assert page.count("Trajectory Mapping (not yet back)") == 1
    assert "Not back yet" not in page
    coach.do("wrap", "session", "2", "--from", "-", stdin=NO_COMMITMENT)
    page = coach.do("prep", "session", "3").out
    assert "Trajectory Mapping (session 1)" in page
    assert "Coaching agreement (session 1)" not in page
