"""Prompts: which text, whose words (R45, R46, R65, R66)."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from planners import commitment, last_time, shipped

from trajplan.content.model import PROMPT_SHAPES
from trajplan.planning.beliefs import EVIDENCE, Handling, closing_proposals, open_to_return
from trajplan.planning.care import Care
from trajplan.planning.from_records import PlannedCommitment
from trajplan.planning.plan import InquiryReturn
from trajplan.planning.plan_inputs import OpenAssumption
from trajplan.planning.prompts import (
    PRIVATE,
    challenge,
    decide_inquiry_return,
    in_order_of_need,
    looking_back,
    most_alive,
    review_case,
)
from trajplan.planning.spoken import QUOTED_WORDS, SPOKEN_WORDS
from trajplan.records.forms import CommitmentStatus
from trajplan.text import word_count

# What was let go of is over, and nobody is asked to account for it.
STATUSES = tuple(status for status in get_args(CommitmentStatus) if status != "dropped")
MISSES = (0, 1, 2, 3)
CASES = {
    ("open", 0): "open",
    ("open", 1): "open",
    ("open", 2): "missed_twice",
    ("open", 3): "missed_twice",
    ("done", 0): "done",
    ("done", 1): "done",
    ("done", 2): "done",
    ("done", 3): "done",
    ("partly", 0): "partly",
    ("partly", 1): "partly",
    ("partly", 2): "partly_twice",
    ("partly", 3): "partly_twice",
    ("not_yet", 0): "not_yet",
    ("not_yet", 1): "not_yet",
    ("not_yet", 2): "missed_twice",
    ("not_yet", 3): "missed_twice",
}

RETOLD = {"done": "done_told", "partly": "partly_told", "not_yet": "waited_told"}
# What was told is read back; what has waited twice still asks whether it fits.
TOLD = {at: RETOLD.get(case, case) for at, case in CASES.items()}


def test_the_table_of_review_cases_is_complete() -> None:
    assert set(CASES) == set(product(STATUSES, MISSES))
    assert set(TOLD) == set(product(STATUSES, MISSES))
    every = {*CASES.values(), *TOLD.values(), PRIVATE, "deadline", "errand", "errands"}
    assert every == set(PROMPT_SHAPES["review-commitment"].cases)


@pytest.mark.req("R46")
@pytest.mark.parametrize(("status", "misses"), list(CASES))
def test_each_state_of_a_commitment_has_its_review(status: str, misses: int) -> None:
    one = commitment(status=status, misses=misses, what="Call Ada.")
    assert review_case(one) == CASES[status, misses]
    got = looking_back(shipped().prompts, last_time(commitments=(one,)))
    assert [(said.id, said.case) for said in got] == [("review-commitment", CASES[status, misses])]
    assert "call Ada" in got[0].text or "called Ada" in got[0].text
    assert got[0].beside == "Call Ada."


@pytest.mark.req("R46")
def test_what_was_let_go_of_is_not_asked_about() -> None:
    gone = commitment(1, "dropped", what="Call Ada.")
    assert looking_back(shipped().prompts, last_time(commitments=(gone,))) == ()


@pytest.mark.req("R45", "R46")
@pytest.mark.parametrize(("status", "misses"), list(TOLD))
def test_what_the_client_has_told_is_read_back(status: str, misses: int) -> None:
    one = replace(commitment(status=status, misses=misses), learned="“Bo says  yes.”")
    assert review_case(one) == TOLD[status, misses]
    (said,) = looking_back(shipped().prompts, last_time(commitments=(one,)))
    assert ("told me Bo says yes." in said.text) == said.case.endswith("_told")
    # What is not marked as the client's own words is the gist, and is not quoted.
    gist = replace(one, learned="Bo says yes.")
    (said,) = looking_back(shipped().prompts, last_time(commitments=(gist,)))
    assert "Bo says" not in said.text
    assert ("Bo says yes." in said.beside) == said.case.endswith("_told")


@pytest.mark.req("R46")
def test_what_waits_from_earlier_sessions_is_looked_at_too() -> None:
    rent = commitment(2, "open", 1, what="ask about the rent")
    last = last_time(commitments=(commitment(5, "done"),), earlier=(rent,))
    got = looking_back(shipped().prompts, last)
    assert [prompt.case for prompt in got] == ["done", "open"]


@pytest.mark.req("R45")
def test_two_are_talked_through_what_was_done_first_then_what_is_most_stuck() -> None:
    every = (
        commitment(1, "not_yet", 1),
        commitment(2, "done"),
        commitment(3, "not_yet", 3),
        commitment(4, "done"),
    )
    assert [promise.number for promise in in_order_of_need(every)] == [2, 4, 3, 1]
    # Of what was done one is spoken of, so that what waits has its turn.
    rent = replace(every[2], what="ask about the rent")
    got = looking_back(shipped().prompts, last_time(commitments=(*every[:2], rent, every[3])))
    assert [prompt.case for prompt in got] == ["done", "missed_twice"]
    # With whom something was done they have talked: what waits with the same person is left alone.
    got = looking_back(shipped().prompts, last_time(commitments=every))
    assert [prompt.case for prompt in got] == ["done"]
    assert [promise.number for promise in in_order_of_need(every[1::2])] == [2, 4]
    assert [promise.number for promise in in_order_of_need((every[0], every[2]))] == [3, 1]
    equal = (commitment(8, "open", 1), commitment(7, "open", 1))
    # Those of last time come first, and stay first among equals.
    assert [promise.number for promise in in_order_of_need(equal)] == [8, 7]
    assert in_order_of_need(()) == ()


@pytest.mark.req("R66")
def test_the_inquiry_is_asked_back() -> None:
    prompts = shipped().prompts
    only = looking_back(prompts, last_time(inquiry="What do I\n  protect?"))
    assert [one.id for one in only] == ["return-inquiry"]
    assert "What do I protect?" in only[0].text
    last = last_time(inquiry="Why?", commitments=(commitment(1, "done"),))
    assert [prompt.case for prompt in looking_back(prompts, last)] == ["done", "asked"]
    # Where the client brings something of their own, it waits.
    assert [prompt.case for prompt in looking_back(prompts, last, asks_inquiry=False)] == ["done"]
    # Two looks back are enough before that.
    rent = commitment(2, "open", what="ask about the rent")
    several = replace(last, commitments=(commitment(1, "done"), rent))
    assert [prompt.case for prompt in looking_back(prompts, several)] == ["done", "open"]


@pytest.mark.req("R66")
def test_a_question_that_looked_to_this_session_is_not_asked_back() -> None:
    for question in (
        "What would you like to think over until we meet again?",
        "What would you like to be a bit better when we next meet?",
        "What should we talk about next time?",
    ):
        for brought in (False, True):
            meant = decide_inquiry_return(last_time(inquiry=question), Care(), brought=brought)
            assert meant == InquiryReturn(way="shown", because="it looked ahead to this session")
    meant = decide_inquiry_return(last_time(inquiry="What do I protect?"), Care(), brought=False)
    assert meant == InquiryReturn(way="asked")


@pytest.mark.req("R46", "R123")
def test_of_a_doctor_it_is_only_asked_whether_it_was_all_right() -> None:
    prompts = shipped().prompts
    doctor = commitment(status="done", what="see Dr Rees about the hands", place=1)
    for step in (doctor, replace(doctor, learned="tuesdays from now on")):
        for turn in range(8):
            (said,) = looking_back(prompts, last_time(commitments=(step,)), turn)
            assert said.text == "You saw Dr Rees about the hands. Was that all right?"
    waits = replace(doctor, status="not_yet")
    assert looking_back(prompts, last_time(commitments=(waits,))) == ()


@pytest.mark.req("R123")
def test_what_cannot_be_named_is_asked_about_openly_where_it_was_learnt_from() -> None:
    prompts = shipped().prompts
    jotted = commitment(status="done", what="cv!! (finally) x", place=1)
    told = replace(jotted, learned="three things")

    def texts(*steps: PlannedCommitment) -> set[str]:
        last = last_time(commitments=steps)
        return {
            said.text
            for turn in range(12)
            for said in looking_back(prompts, last, turn, brought="The rent")
        }

    assert texts(told)
    assert all(said.endswith("since we last met?") for said in texts(told))
    assert texts(told, replace(told, number=2, place=2)) == texts(told)
    assert texts(jotted) == set()


@pytest.mark.req("R46", "R123")
def test_a_doctor_who_is_somebody_else_to_them_is_asked_about_as_anybody() -> None:
    boss = commitment(status="done", what="say the number to Dr Patel at the review", place=1)
    boss = replace(boss, learned="she said yes to most of it")
    for turn in range(8):
        (said,) = looking_back(shipped().prompts, last_time(commitments=(boss,)), turn)
        assert said.text.startswith("You said the number to Dr Patel at the review. ")
        assert "all right" not in said.text


@pytest.mark.req("R83", "R123")
def test_whom_something_is_debriefed_with_is_not_asked_about_again() -> None:
    round_with = commitment(1, "done", what="Visit two schools with Lorraine", place=1)
    waits = commitment(2, "not_yet", what="ask Lorraine what time she gets home", place=2)
    last = last_time(commitments=(round_with, waits))
    assert looking_back(shipped().prompts, last, debriefed={1}) == ()
    (said,) = looking_back(shipped().prompts, last)
    assert said.text.startswith("You visited two schools with Lorraine. ")


@pytest.mark.req("R45")
def test_nobody_is_chased_on_a_tired_day() -> None:
    waits = last_time(commitments=(commitment(1, "not_yet", what="Call Ada."),))
    assert looking_back(shipped().prompts, waits)[0].case == "not_yet"
    assert looking_back(shipped().prompts, waits, care=Care(tired=True)) == ()


def test_there_is_nothing_to_look_back_on_at_first() -> None:
    assert looking_back(shipped().prompts, None) == ()
    assert looking_back(shipped().prompts, last_time()) == ()


def belief(number: int, heard: int, challenged: int = 0, kind: str = "") -> OpenAssumption:
    return OpenAssumption(
        number=number, text="I am too old.", heard_in=heard, challenged=challenged, kind=kind
    )


@pytest.mark.req("R27")
@pytest.mark.parametrize(
    ("beliefs", "expected"),
    [
        ((), None),
        ((belief(1, 0),), 1),
        ((belief(1, 3), belief(2, 4)), 2),
        ((belief(1, 4, 2), belief(2, 4, 1)), 2),
        ((belief(2, 4, 1), belief(1, 4, 1)), 1),
        ((belief(1, 5, 9), belief(2, 4, 0)), 1),
    ],
)
def test_the_assumption_heard_last_is_the_most_alive(
    beliefs: tuple[OpenAssumption, ...], expected: int | None
) -> None:
    got = most_alive(beliefs)
    assert (got.number if got else None) == expected


@pytest.mark.req("R65", "R124")
@pytest.mark.parametrize("way", get_args(Handling))
@pytest.mark.parametrize("challenged", [0, 1])
def test_a_belief_is_brought_back_the_way_its_kind_bears(way: Handling, challenged: int) -> None:
    got = challenge(shipped().prompts, belief(1, 2, challenged), way, parting=False)
    case = f"{way}_again" if challenged else way
    assert (got.id, got.case, got.kind) == ("challenge-assumption", case, "belief")
    # What they think of themselves, or are afraid of, is not read back.
    assert ("“I am too old”" in got.text) == (way in ("rule", "fact"))
    assert "Can I " in got.text


@pytest.mark.req("R123", "R124")
@given(
    words=st.text(min_size=1, max_size=200).filter(str.strip),
    way=st.sampled_from(get_args(Handling)),
    challenged=st.integers(0, 1),
    turn=st.integers(0, 12),
    parting=st.booleans(),
)
def test_a_belief_prompt_is_short_with_one_whole_quotation_whatever_was_said(
    words: str, way: Handling, challenged: int, turn: int, parting: bool
) -> None:
    said = OpenAssumption(number=1, text=words, heard_in=1, challenged=challenged)
    prompt = challenge(shipped().prompts, said, way, turn, parting=parting)
    assert word_count(prompt.text) <= SPOKEN_WORDS
    assert prompt.text.count("“") == prompt.text.count("”") <= 1
    assert "Can I " in prompt.text
    assert prompt.beside == words
    if "“" in prompt.text:
        assert word_count(prompt.text.split("“")[1].split("”")[0]) <= QUOTED_WORDS
    asks = ("Where have you seen", "Where could you look")
    assert way in EVIDENCE or not any(words in prompt.text for words in asks)


@pytest.mark.req("R124")
def test_a_belief_two_sessions_came_back_to_is_left_alone() -> None:
    beliefs = (belief(1, 3, 2, kind="rule"), belief(2, 2, 1, kind="rule"))
    assert [belief.number for belief in open_to_return(beliefs, "", ())] == [2]
    assert [proposal.kind for proposal in closing_proposals(beliefs)] == ["belief"]


@pytest.mark.req("R124")
def test_nobody_is_asked_to_close_a_belief_that_was_not_tested() -> None:
    heard = belief(1, 3, 2, kind="rule")
    (ask,) = closing_proposals((heard,))
    assert ask.ask == "What was found?"
    assert ask.command.endswith("update 1 --against -")
    # A step that may test it is still to come.
    assert closing_proposals((replace(heard, untested=True),)) == ()
    assert closing_proposals((replace(heard, untested=True, found=True),)) == ()
    (ask,) = closing_proposals((replace(heard, found=True),))
    assert ask.ask == "Is it closed?"
    assert ask.command.endswith("update 1 --status tested")


@pytest.mark.req("R124")
def test_only_a_rule_or_a_fact_comes_back_before_the_coach_has_said_what_kind_it_is() -> None:
    cues = shipped().belief_cues.values()
    for text, comes_back in (
        ("You have to be loud to get on here", True),
        ("You need a degree for that", True),
        # What is said of everybody, with no word of themselves.
        ("After 45 you don't start again, you optimise", True),
        ("if youre not on the aircraft youre not an engineer", True),
        ("You're not good enough to be asked", False),
        ("if i stop i wont start again", False),
        ("At 54 nobody wants me", False),
        ("I'm not clever enough", False),
        ("What if I make a mistake and someone dies", False),
    ):
        unsaid, said = (
            OpenAssumption(number=1, text=text, heard_in=1, challenged=0, kind=kind)
            for kind in ("", "self")
        )
        assert bool(open_to_return((unsaid,), "", cues)) is comes_back, text
        assert open_to_return((said,), "", cues)


def test_a_long_question_is_not_quoted_at_all() -> None:
    inquiry = "word " * 12 + "word?"
    (said,) = looking_back(shipped().prompts, last_time(inquiry=inquiry))
    assert "“" not in said.text
    # It is asked again, where there is room for it.
    assert said.text.endswith(f". {inquiry[0].upper()}{inquiry[1:]}")
    assert said.beside == inquiry
    longer = "word " * 20 + "word?"
    (said,) = looking_back(shipped().prompts, last_time(inquiry=longer))
    assert said.text == "I left you with a question last time. What came to mind?"
    assert said.beside == longer


def test_braces_in_a_clients_words_stay_as_they_are() -> None:
    (said,) = looking_back(shipped().prompts, last_time(inquiry="{inquiry} {what} {0}"))
    assert "“{inquiry} {what} {0}”" in said.text
