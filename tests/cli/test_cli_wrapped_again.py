"""A wrap saved a second time: what it changes is changed, and what stays is named."""

from __future__ import annotations

import re
from typing import Any

import pytest

from coaching import COMMITMENT, WRAP, Coach, begin, hold_four, rows

REVIEWED = ("commitments", "update", "1", "--status", "partly", "--learned", "He does answer")
HOLDING = "kind: wrap\nfocus: Being there\ncommitments: none\n"


def commitments(coach: Coach) -> list[tuple[Any, ...]]:
    return rows(
        coach.practice,
        "SELECT number, what, due, how_will_i_know, status, misses, learned FROM commitments"
        " ORDER BY number",
    )


def wrapped_again(coach: Coach, *changes: tuple[str, str]) -> str:
    """Save the form of session 4 again with words changed; what was said of it."""
    text = coach.do("wrap", "4", "--form").out
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return coach.do("wrap", "4", "--from", "-", "--replace", stdin=text).err


@pytest.mark.req("R94", "R133")
def test_a_commitment_that_was_reviewed_takes_what_the_form_changes(held: Coach) -> None:
    held.do(*REVIEWED)
    said = wrapped_again(
        held, ("2027-03-05", "2027-03-06"), ("There is a date, or a clear no", "A day in my diary")
    )
    learned = ("partly", 1, "He does answer")
    assert commitments(held) == [(1, COMMITMENT, "2027-03-06", "A day in my diary", *learned)]
    assert "commitment 1" not in said


@pytest.mark.req("R94", "R133")
def test_a_reviewed_commitment_that_the_form_rewords_stays_and_is_named(held: Coach) -> None:
    held.do(*REVIEWED)
    said = wrapped_again(held, (COMMITMENT, "Ring the training officer"))
    assert [row[1] for row in commitments(held)] == [COMMITMENT, "Ring the training officer"]
    assert f"commitment 1 “{COMMITMENT}”" in said
    assert "trajplan commitments update 1" in " ".join(said.split())


@pytest.mark.req("R94")
def test_what_stays_counts_among_the_three_of_a_sheet(held: Coach) -> None:
    held.do(*REVIEWED)
    more = "".join(
        f"  - what: Ring the school {number}\n    when: '2027-03-04'\n    how_will_i_know: a name\n"
        for number in (1, 2, 3)
    )
    wrap = WRAP[: WRAP.index("commitments:")] + f"commitments:\n{more}"
    refused = held.run("wrap", "4", "--from", "-", "--replace", stdin=wrap)
    assert refused.code != 0
    assert "4 commitments" in refused.err
    assert [row[0] for row in commitments(held)] == [1]


@pytest.mark.req("R103", "R133")
def test_a_rating_emptied_in_the_form_stays_and_is_named(held: Coach) -> None:
    text = held.do("wrap", "4", "--form").out
    emptied = re.sub(r"(\| Clarity [^|]*\|) 7", r"\1", text)
    assert emptied != text
    said = held.do("wrap", "4", "--from", "-", "--replace", stdin=emptied).err
    assert "Clarity 7" in said
    assert "trajplan log-tci --session 4 --clarity" in " ".join(said.split())
    assert "Momentum" not in said
    assert rows(held.practice, "SELECT clarity FROM tci_entries") == [(7,)]


@pytest.mark.req("R100")
def test_one_commitment_is_reviewed_once_in_a_wrap(held: Coach) -> None:
    held.today = "2027-03-09"
    twice = "reviews: [{commitment: 1, status: partly}, {commitment: 1, status: not_yet}]\n"
    refused = held.run("wrap", "5", "--from", "-", stdin=f"kind: wrap\n{twice}commitments: none\n")
    assert refused.code != 0
    assert "commitment 1 stands here twice" in refused.err
    assert rows(held.practice, "SELECT * FROM commitment_reviews") == []


@pytest.mark.req("R142")
def test_a_glance_says_what_is_not_known_and_what_is_still_open(held: Coach) -> None:
    held.today = "2027-03-09"
    held.do("log-tci", "--session", "5", "--clarity", "5")
    held.today = "2027-03-23"
    glance = dict(held.json("prep", "session", "6", "--glance")["rows"])
    assert "Session 5 was not wrapped" in glance["Last time"]
    assert "Inquiry" not in glance
    assert COMMITMENT in glance["Promised"]


@pytest.mark.req("R128", "R119")
def test_after_a_session_that_held_the_agenda_does_not_bring_the_question_back(
    held: Coach,
) -> None:
    asked = "question you took home"
    held.today = "2027-03-09"
    assert asked in held.do("prep", "session", "5", "--for", "client").out
    held.do("check-in", "--session", "5", "--holding")
    held.do("prep", "session", "5")
    held.do("wrap", "5", "--from", "-", stdin=HOLDING)
    held.today = "2027-03-23"
    plan = held.json("prep", "session", "6")
    assert plan["from_last_time"]["inquiry"]
    assert asked not in held.do("prep", "session", "6", "--for", "client").out


@pytest.mark.req("R2", "R128")
def test_the_journey_before_leaves_the_question_from_before_a_last_session_that_held(
    coach: Coach,
) -> None:
    begin(coach)
    hold_four(coach, rated=())
    coach.today = "2027-03-09"
    coach.do("check-in", "--session", "5", "--holding")
    coach.do("prep", "session", "5")
    coach.do(
        "wrap", "5", "--from", "-", stdin="kind: wrap\nfocus: Being there\ncommitments: none\n"
    )
    coach.do("close", "--force", "Moved abroad")
    coach.today = "2027-06-01"
    coach.do("new-engagement", "--start", "2027-06-01")
    earlier = coach.json("prep", "session", "1")["earlier_journey"]
    assert "learn something because you were there" in earlier["inquiry"]
    assert earlier["takeaways"] == ["I explain by letting them try first."]


@pytest.mark.req("Echo", "R133")
def test_an_answer_to_the_first_words_that_is_taken_out_of_the_form_goes(begun: Coach) -> None:
    begun.do("prep", "session", "6")
    wrap = "kind: wrap\ncommitments: none\n"
    echo = "echo: {stuck_point: I asked, destination: A workshop}\n"
    begun.do("wrap", "6", "--from", "-", stdin=wrap + echo)
    text = begun.do("wrap", "6", "--form").out
    assert "\nI asked\n" in text
    emptied = text.replace("\nI asked\n", "\n")
    begun.do("wrap", "6", "--from", "-", "--replace", stdin=emptied)
    assert rows(begun.practice, "SELECT answer FROM echoes") == [("A workshop",)]


@pytest.mark.req("R128")
def test_the_step_of_a_last_session_that_held_is_not_said_to_come_later(coach: Coach) -> None:
    begin(coach)
    for number, day in (("4", "2027-02-23"), ("12", "2027-06-15")):
        coach.today = day
        coach.do("check-in", "--session", number, "--holding")
        coach.do("prep", "session", number)
        coach.do("wrap", number, "--from", "-", stdin=HOLDING)
    steps = {
        session["session"]: session["step"]
        for session in coach.json("sessions", "list")["sessions"]
    }
    assert steps[4].endswith("its step comes later")
    assert steps[12].endswith("no session is left for its step")


@pytest.mark.req("R2")
def test_a_worksheet_handed_out_again_is_out_until_it_comes_back_anew(begun: Coach) -> None:
    begun.do("worksheets", "fill", "wheel-of-life", "--from", "-", stdin="Work: 4\n")
    begun.today = "2027-03-09"
    wrap = "kind: wrap\ncommitments: none\nhanded_out: [wheel-of-life]\n"
    begun.do("wrap", "5", "--from", "-", stdin=wrap)
    begun.today = "2027-03-23"
    begun.do("wrap", "6", "--from", "-", stdin=HOLDING)
    begun.today = "2027-04-06"

    def out() -> list[tuple[str, int]]:
        plan = begun.json("prep", "session", "7")
        return [(form["worksheet"], form["session"]) for form in plan["outstanding"]]

    assert ("wheel-of-life", 5) in out()
    begun.do("worksheets", "fill", "wheel-of-life", "--from", "-", stdin="Work: 5\n")
    assert "wheel-of-life" not in dict(out())
