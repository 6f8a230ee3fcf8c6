"""A wrap saved a second time: what it changes is changed, and what stays is named."""

from __future__ import annotations

import re
from typing import Any

import pytest

from coaching import COMMITMENT, NO_COMMITMENT, WRAP, Coach, begin, hold_four, rows, told_once

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
    wrap = NO_COMMITMENT
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


FIFTH = """\
kind: wrap
focus: Which door to try
takeaways: [I ask first.]
asked: [ci-do-you-good, grow-goal-stays]
parked: [The flat]
notes: She laughed.
handed_out: [wheel-of-life]
accountability: A message on Sunday
scaled: {}
ratings: {clarity: 6, options: 5}
reviews:
  - commitment: 1
    status: partly
    minutes: 20
    value: 7
    learned: "He does\\n- Minutes: 40 answer \\\\ at noon"
commitments:
  - what: Ring the guild
    when: 2027-03-12
    how_will_i_know: One name
    obstacle: Nobody is in
    if_then: If nobody is in, then I write
    kind: experiential
    goal: Work in which I teach
  - what: Walk over
    when: 2027-03-14
    how_will_i_know: I was there
    obstacle: It rains
    if_then: If it rains, then I take the bus
    goal: Work in which I teach
    keep_asking: true
"""
"""A wrap of session 5 with something in all that a form holds."""
OUTCOME = ("status", "misses", "minutes", "value", "learned")


def outcome(coach: Coach) -> tuple[Any, ...]:
    """What came of the commitment of session 4."""
    ((*found,),) = rows(
        coach.practice, f"SELECT {', '.join(OUTCOME)} FROM commitments WHERE number = 1"
    )
    return tuple(found)


@pytest.fixture
@told_once
def fifth(held: Coach) -> Coach:
    """A coach whose wrap of session 5 says what came of the commitment of session 4."""
    held.today = "2027-03-09"
    held.do("prep", "session", "5")
    held.do("wrap", "5", "--from", "-", stdin=FIFTH)
    assert outcome(held)[:4] == ("partly", 1, 20, 7)
    return held


@pytest.mark.req("R133")
def test_a_wrap_saved_again_unchanged_changes_nothing(fifth: Coach) -> None:
    before = fifth.export()
    form = fifth.do("wrap", "5", "--form").out
    assert (
        "- Came of it: partly\n- Learned: He does - Minutes: 40 answer \\ at noon\n- Worth: 7\n"
        in form
    )
    for text in (form, FIFTH):
        fifth.do("wrap", "5", "--from", "-", "--replace", stdin=text)
        assert fifth.export() == before
    fifth.do("undo")
    assert fifth.export() == before


@pytest.mark.req("R94", "R133")
def test_a_review_goes_with_the_wrap_that_gave_it(fifth: Coach) -> None:
    before = fifth.export()
    form = fifth.do("wrap", "5", "--form").out
    emptied = re.sub(r"(- (?:Came of it|Learned|Worth|Minutes):) .+", r"\1", form)
    without = re.sub(r"(?s)reviews:.*commitments:", "commitments:", FIFTH)
    assert emptied != form
    assert without != FIFTH
    for text in (emptied, without):
        fifth.do("wrap", "5", "--from", "-", "--replace", stdin=text)
        assert outcome(fifth) == ("open", 0, None, None, "")
        assert fifth.json("commitments", "show", "1")["reviews"] == []
        fifth.do("undo")
        assert fifth.export() == before
        fifth.do("undo", "--redo")
        assert outcome(fifth) == ("open", 0, None, None, "")
        fifth.do("undo")
        assert fifth.export() == before


@pytest.mark.req("R94", "R133")
def test_a_review_of_the_wrong_promise_moves_to_the_right_one(fifth: Coach) -> None:
    fifth.today = "2027-03-23"
    fifth.do("prep", "session", "6")
    wrong = "kind: wrap\ncommitments: none\nreviews: [{commitment: 1, status: not_yet}]\n"
    fifth.do("wrap", "6", "--from", "-", stdin=wrong)
    assert outcome(fifth)[:2] == ("not_yet", 2)
    right = wrong.replace("commitment: 1", "commitment: 2")
    fifth.do("wrap", "6", "--from", "-", "--replace", stdin=right)
    assert outcome(fifth)[:4] == ("partly", 1, 20, 7)
    assert [row[4:6] for row in commitments(fifth)] == [("partly", 1), ("not_yet", 1), ("open", 0)]


@pytest.mark.req("R94", "R133")
def test_a_review_that_is_corrected_stands_where_it_stood(fifth: Coach) -> None:
    """What was said since is still said since, on its own day."""
    fifth.today = "2027-03-12"
    fifth.do("commitments", "update", "1", "--status", "done", "--learned", "It was easy")
    fifth.today = "2027-03-13"
    text = fifth.do("wrap", "5", "--form").out
    assert "- Came of it: partly\n" in text
    corrected = text.replace("- Came of it: partly\n", "- Came of it: not yet\n").replace(
        "- Minutes: 20\n", "- Minutes: 25\n"
    )
    fifth.do("wrap", "5", "--from", "-", "--replace", stdin=corrected)
    assert outcome(fifth) == ("done", 1, 25, 7, "It was easy")
    reviews = fifth.json("commitments", "show", "1")["reviews"]
    assert [(review["session"], review["date"], review["status"]) for review in reviews] == [
        (5, "2027-03-09", "not_yet"),
        (None, "2027-03-12", "done"),
    ]
    emptied = re.sub(r"(- (?:Came of it|Learned|Worth|Minutes):) .+", r"\1", text)
    fifth.do("wrap", "5", "--from", "-", "--replace", stdin=emptied)
    assert outcome(fifth) == ("done", 0, None, None, "It was easy")


@pytest.mark.req("R94", "R133")
def test_a_review_without_a_status_means_as_the_wrap_found_it(held: Coach) -> None:
    held.today = "2027-03-09"
    learned = f"{HOLDING}reviews: [{{commitment: 1, learned: He nods}}]\n"
    held.do("wrap", "5", "--from", "-", stdin=learned)
    held.do("commitments", "update", "1", "--status", "done")
    before = held.export()
    held.do("wrap", "5", "--from", "-", "--replace", stdin=learned)
    assert held.export() == before
    held.do("wrap", "5", "--from", "-", "--replace", stdin=learned.replace("nods", "waves"))
    assert outcome(held) == ("done", 0, None, None, "He waves")
    reviews = held.json("commitments", "show", "1")["reviews"]
    assert [review["status"] for review in reviews] == ["open", "done"]
    nothing = learned.replace("He nods", "none")
    held.do("wrap", "5", "--from", "-", "--replace", stdin=nothing)
    assert outcome(held) == ("done", 0, None, None, "")


@pytest.mark.req("R94", "R133")
def test_commitments_keep_their_numbers_and_stand_as_the_newer_wrap_has_them(fifth: Coach) -> None:
    def taken_on() -> list[tuple[Any, ...]]:
        return rows(
            fifth.practice,
            "SELECT c.number, what FROM commitments c JOIN sessions s ON s.id = session_id"
            " WHERE s.number = 5 ORDER BY c.id",
        )

    assert taken_on() == [(2, "Ring the guild"), (3, "Walk over")]
    head, first, last = re.split(r"(?m)^(?=  - what:)", FIFTH)
    new = first.replace("Ring the guild", "Ring the school")
    fifth.do("wrap", "5", "--from", "-", "--replace", stdin=head + last + new + first)
    assert taken_on() == [(3, "Walk over"), (4, "Ring the school"), (2, "Ring the guild")]
    fifth.do("commitments", "update", "4", "--status", "partly")
    fifth.do("wrap", "5", "--from", "-", "--replace", stdin=head + last)
    assert taken_on() == [(3, "Walk over"), (4, "Ring the school")]


@pytest.mark.req("R138")
def test_a_wrap_that_is_taken_back_offers_its_reviews_again(fifth: Coach) -> None:
    fifth.do("undo")
    assert outcome(fifth) == ("open", 0, None, None, "")
    fifth.more["VISUAL"] = "true"
    done = fifth.at_a_terminal("wrap", "5", answers=[("Go on with it?", "y\n"), ("Save it", "y\n")])
    assert done.code == 0, done.out
    assert outcome(fifth)[:4] == ("partly", 1, 20, 7)


BELIEFS = """\
kind: wrap
commitments: none
beliefs: ["“Only zebras are happy”", "“I must not rest”"]
notes: Talked of zebras at length.
"""


@pytest.mark.req("R27", "R133")
def test_beliefs_go_with_the_wrap_that_named_them(begun: Coach) -> None:
    def heard() -> list[str]:
        return [belief["text"] for belief in begun.json("assumptions")["assumptions"]]

    known = heard()
    begun.do("wrap", "4", "--from", "-", stdin=BELIEFS)
    assert heard() == [*known, "Only zebras are happy", "I must not rest"]
    # The form in its place has them still.
    text = begun.do("wrap", "4", "--form", "--replace").out
    assert "- “Only zebras are happy”\n" in text
    begun.do(
        *("wrap", "4", "--from", "-", "--replace"),
        stdin=text.replace("- “Only zebras are happy”\n", ""),
    )
    assert heard() == [*known, "I must not rest"]
    assert "0 places" in begun.do("search", "zebras are happy").out
    assert "zebras are happy" not in begun.export()
    begun.do("undo")
    assert heard() == [*known, "Only zebras are happy", "I must not rest"]


@pytest.mark.req("R27", "R133")
def test_a_belief_that_was_heard_elsewhere_or_has_a_history_stays(begun: Coach) -> None:
    begun.do("wrap", "4", "--from", "-", stdin=BELIEFS)
    begun.do("wrap", "5", "--from", "-", stdin=BELIEFS.replace("I must not rest", "I am slow"))
    begun.do("wrap", "5", "--from", "-", "--replace", stdin=NO_COMMITMENT)
    beliefs = begun.json("assumptions")["assumptions"]
    texts = {belief["text"]: belief for belief in beliefs}
    assert "I am slow" not in texts
    assert texts["Only zebras are happy"]["session_number"] == 4
    number = str(texts["Only zebras are happy"]["id"])
    begun.do("assumptions", "update", number, "--against", "The lion laughed")
    begun.do("wrap", "4", "--from", "-", "--replace", stdin=NO_COMMITMENT)
    left = [belief["text"] for belief in begun.json("assumptions")["assumptions"]]
    assert "Only zebras are happy" in left
    assert "I must not rest" not in left


@pytest.mark.req("R27", "R138")
def test_a_belief_that_is_removed_stands_in_no_wrap(begun: Coach) -> None:
    begun.do("wrap", "4", "--from", "-", stdin=BELIEFS)
    beliefs = begun.json("assumptions")["assumptions"]
    (number,) = [belief["id"] for belief in beliefs if "zebras" in belief["text"]]
    begun.do("assumptions", "remove", str(number))
    assert "zebras are happy" not in begun.export()
    assert "I must not rest" in begun.do("wrap", "4", "--form", "--replace").out


@pytest.mark.req("R58", "R133")
def test_notes_that_stay_beside_new_ones_are_named(begun: Coach) -> None:
    begun.do("wrap", "4", "--from", "-", stdin=BELIEFS)
    new = BELIEFS.replace("zebras at", "lions at")
    said = begun.do("wrap", "4", "--from", "-", "--replace", stdin=new).err
    assert "note 1 “Talked of zebras at length.” stays beside the new ones;" in said
    assert "`trajplan notes remove 1` removes it" in said
    # Without new ones the record stands, and nothing is said.
    assert "stays" not in begun.do("wrap", "4", "--from", "-", "--replace", stdin=NO_COMMITMENT).err


@pytest.mark.req("R94", "R133")
def test_a_parked_topic_and_a_belief_that_stay_are_named(coach: Coach) -> None:
    begin(coach)
    first = f'{HOLDING}parked: [Salary, The move]\nbeliefs: ["I am too old.", "Nobody asks."]\n'
    coach.do("wrap", "1", "--from", "-", stdin=first)
    coach.do("parked", "take", "2")
    listed = coach.json("assumptions", "list")["assumptions"]
    number = next(belief["id"] for belief in listed if belief["text"] == "I am too old.")
    coach.do("assumptions", "update", str(number), "--against", "Ada was older")
    said = coach.do("wrap", "1", "--from", "-", "--replace", stdin=HOLDING).err
    assert "parked topic 2 “The move” stays, though the wrap no longer names it" in said
    assert f"belief {number} “I am too old.” stays, though the wrap no longer names it" in said
    assert "Salary" not in said
    assert "Nobody asks" not in said
