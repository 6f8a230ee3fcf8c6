"""On the plan at the door what is newer goes before what is older, and nothing that was asked of
the coach is cut (R142)."""

from __future__ import annotations

import re

import pytest
from msgspec import convert

from coaching import Coach, told_once
from trajplan.pages.door_facts import facts_at_the_door
from trajplan.planning.asked_of_coach import asks_of_coach
from trajplan.planning.plan import Plan

ROB = """\
kind: intake
name: Rob
destination: A workshop of my own by the spring after next, and Sundays free.
stuck_point: I can't leave the firm while the loan runs.
priorities: [Settle the pension question, Sundays at home]
paths: [Restoring furniture, Teaching at the college, Staying where I am]
assumptions: [Nobody buys handmade any more., I am too old to borrow.]
fears: [That I lose the house]
must_haves: [Sundays free, "£1,900 a month"]
accountability: "Text me on Thursdays. Nothing by post."
start_time: "14:00"
"""
FIRST = """\
kind: wrap
focus: The loan
notes: |-
  He came late and out of breath.

  No breathing exercises please.

  Wife is expecting; nobody at work knows.
parked: ["Whether to tell Martin about the loan", "The interview"]
commitments:
  - {what: Ask the college about evening classes, when: 2027-01-20, how_will_i_know: I know}
  - {what: Draw the plan of the workshop, when: 2027-01-20, how_will_i_know: Drawn}
"""
SECOND = """\
kind: wrap
focus: Evenings
notes: |-
  Please don't bring up my brother.

  Told Martin about the loan on Sunday.

  Not the landline.
commitments:
  - {what: Draw the plan of the workshop, when: 2027-02-03, how_will_i_know: Drawn}
"""
THIRD = """\
kind: wrap
focus: The pension
notes: |-
  The pension question is settled, they pay from 60.

  He wants to begin with the chairs.
commitments:
  - {what: draw the plan of the workshop., when: 2027-02-22, how_will_i_know: Drawn}
  - {what: Show Martin the sums, when: 2027-02-22, how_will_i_know: Shown}
ratings: {clarity: 6, options: 3, decision: 6, momentum: 4, confidence: 3}
"""
MESSAGE = (
    "The week was awful, Dad fell twice and the boiler broke, and the loan people wrote again with "
    "a date. I did not draw anything. Please don't bring up my brother tomorrow."
)
ASKED = (
    "No breathing exercises please. (session 1)",
    "Wife is expecting; nobody at work knows. (session 1)",
    "Please don't bring up my brother. (session 2)",
    "Not the landline. (session 2)",
    "Please don't bring up my brother tomorrow",
    "Text me on Thursdays. Nothing by post.",
)


@pytest.fixture
@told_once
def rob(coach: Coach) -> Coach:
    """A coach before session 4 with a client of whom much has changed since the intake."""
    coach.today = "2027-01-12"
    coach.do("new-client", "--from", "-", stdin=ROB)
    coach.do("wrap", "1", "--from", "-", stdin=FIRST)
    coach.today = "2027-01-19"
    coach.do("commitments", "update", "2", "--status", "partly", "--learned", "I hate drawing.")
    coach.do("commitments", "update", "2", "--contact", "message", "--note", "-", stdin=MESSAGE)
    coach.today = "2027-01-26"
    coach.do("wrap", "2", "--from", "-", stdin=SECOND)
    coach.today = "2027-02-02"
    coach.do("commitments", "update", "1", "--status", "dropped")
    coach.today = "2027-02-09"
    coach.do("wrap", "3", "--from", "-", stdin=THIRD)
    coach.do("log-tci", "--session", "3", "--clarity", "2", "--note", "He would not look up.")
    coach.do("log-tci", "--session", "3", "--clarity", "5")
    coach.today = "2027-02-16"
    coach.do("commitments", "update", "5", "--status", "partly", "--learned", "He went pale.")
    coach.today = "2027-02-18"
    coach.do("commitments", "update", "5", "--status", "done")
    coach.do("parked", "close", "2", "--outcome", "They took somebody else.")
    coach.do("sessions", "move", "4", "2027-03-01", "--reason", "His shift changed")
    coach.today = "2027-03-01"
    return coach


def door(coach: Coach, *words: str) -> str:
    page = coach.do("prep", "4", *words, "--format", "terminal").out
    assert len(page.splitlines()) <= 70
    return " ".join(page.split())


@pytest.mark.req("R142")
@pytest.mark.parametrize("words", [(), ("--minutes", "45"), ("--full",)], ids=" ".join)
def test_what_is_newer_stands_there_in_its_own_words(rob: Coach, words: tuple[str, ...]) -> None:
    page = " ".join(rob.do("prep", "4", *words, "--format", "terminal").out.split())
    for told in (
        "The pension question is settled, they pay",
        "Told Martin about the loan on Sunday",
        "Thu 18 Feb: “The interview” is closed: They took somebody else.",
        "His shift changed",
        "again since session 1: I hate drawing.",
        "He would not look up. (with clarity 2)",
    ):
        assert told in page, told
    assert page.casefold().count(") draw the plan of the workshop") == ("--full" not in words)
    # What ends what, only the coach can say: no line is put beside another.
    assert "newer" not in page


@pytest.mark.req("R142")
def test_a_remark_older_than_what_became_of_it_has_its_day(rob: Coach) -> None:
    assert "(done) Show Martin the sums: He went pale. (Tue 16 Feb)" in door(rob)
    rob.do("commitments", "update", "5", "--status", "done", "--learned", "He pays half.")
    assert "(done) Show Martin the sums: He pays half. (" not in door(rob)


@pytest.mark.req("R142")
@pytest.mark.parametrize("minutes", ["45", "90"])
def test_nothing_asked_of_the_coach_is_cut_on_a_full_page(rob: Coach, minutes: str) -> None:
    for number in range(4):
        rob.do("notes", "add", "-", "--session", "2", stdin=f"Talked of chair {number}. " * 9)
        rob.do("parked", "add", f"Chair {number}, and what {'it may cost to mend it ' * 4}")
    page = door(rob, "--minutes", minutes)
    for words in ASKED:
        # Notes of one session stand together where there is little room.
        assert words.partition(" (")[0] in page, words
    top = page.partition("Missing")[0]
    for label, noun in (("Destination", "the destination"), ("Must have", "the must-haves")):
        assert f" {label} " in page or noun in top or "other line" in top


@pytest.mark.req("R142")
def test_each_paragraph_of_a_note_is_a_line_with_its_session(rob: Coach) -> None:
    page = rob.do("prep", "4", "--format", "terminal").out
    notes = re.findall(r"^S3(?: Tue 9 Feb)?  +(\S.*?) *$", page, re.MULTILINE)
    assert notes == [
        # How the session is to begin comes first.
        "He wants to begin with the chairs.",
        "The pension question is settled, they pay from 60.",
    ]


@pytest.mark.req("R142")
def test_a_day_that_only_moved_is_known_by_what_it_is_and_not_by_its_words(rob: Coach) -> None:
    remembered = rob.json("prep", "4")["remembered"]
    assert any("His shift changed" in words for words in remembered["moved"])
    assert not any("His shift changed" in words for words in remembered["since"])
    page = door(rob)
    assert page.count("His shift changed") == 1
    assert "This session was moved from Tue 23 Feb to Mon 1 Mar: His shift changed" in page
    rob.do("undo")
    rob.today = "2027-02-20"
    rob.do("sessions", "cancel", "4", "--by", "client", "--notice-hours", "72")
    rob.do("sessions", "move", "4", "2027-03-01")
    rob.do("notes", "add", "She said session 4 moved her.", "--session", "4")
    rob.today = "2027-03-01"
    remembered = rob.json("prep", "4")["remembered"]
    assert [words.partition(": ")[2] for words in remembered["moved"]] == [
        "session 4 moved from Tue 23 Feb to Mon 1 Mar"
    ]
    assert "She said session 4 moved her." in door(rob)


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    "text",
    [
        "No breathing exercises please",
        "please don't bring up my brother",
        "She was calm. Not the landline.",
        "nothing by post",
        "Leave Dad for now",
        "Keine Atemübungen",
        "Por favor, nada de llamadas",
        "- only text her",
    ],
)
def test_a_line_that_asks_the_coach_not_to_do_something_is_heard(text: str) -> None:
    assert asks_of_coach(text)


def test_what_a_client_tells_of_themselves_asks_nothing_of_the_coach() -> None:
    assert not asks_of_coach("She likes the rota.")
    assert not asks_of_coach("No more excuses.", noted=False)
    assert asks_of_coach("Please don't ring me at work.", noted=False)


@pytest.mark.req("R142")
def test_a_day_ahead_in_a_long_note_stands_at_the_door(rob: Coach) -> None:
    told = f"{'He spoke of chairs at length. ' * 20}The hearing is brought forward to 9 March. "
    rob.do("notes", "add", "-", "--session", "2", stdin=f"{told}{'Oak and elm. ' * 20}")
    for number in range(3):
        rob.do("notes", "add", "-", "--session", "1", stdin=f"Please, {number}: {'elm ' * 60}")
    page = door(rob)
    assert "in 8 days" in page.lower()
    assert "The hearing is brought forward to 9 March" in page
    assert "Not shown in full: " in page


def left_out(page: str) -> int:
    """The lines of the session that the page's last line counts."""
    return int(re.findall(r"session (\d+), clocks", page)[-1])


@pytest.mark.req("R142")
def test_what_is_asked_goes_before_a_word_of_the_last_notes(rob: Coach) -> None:
    before = door(rob)
    told = [f"{word}. {'He spoke of it at length and twice. ' * 14}" for word in ("Oak", "Elm")]
    for text in told:
        rob.do("notes", "add", "-", "--session", "3", stdin=text)
    page = door(rob)
    for text in told:
        assert " ".join(text.split()) in page
    assert left_out(page) > left_out(before)
    assert "talk about that today?" in page or "What would you like to talk about today?" in page
    assert "Checkpoint." in page


@pytest.mark.req("R133")
def test_a_heading_left_out_of_the_form_wipes_nothing(rob: Coach) -> None:
    form = rob.do("wrap", "4", "--form").out
    before, _, rest = form.partition("## How the client wants to be held to it")
    after = rest[rest.index("\n## ") :]
    rob.do("wrap", "4", "--from", "-", stdin=before + after)
    assert "Nothing by post." in rob.do("prep", "5").out
    # With its heading, and nothing below it, they want it no more.
    emptied = form.replace("Text me on Thursdays. Nothing by post.", "")
    rob.do("wrap", "4", "--replace", "--from", "-", stdin=emptied)
    assert "Nothing by post." not in rob.do("prep", "5").out


@pytest.mark.req("R142")
def test_what_was_spoken_of_since_is_not_called_unsaid(rob: Coach) -> None:
    fear, belief = "That I lose the house", "“I am too old to borrow.”"
    page = door(rob)
    assert f"{fear} (for your eye, until they speak of it)" in page
    assert f"{belief} (from the beginning)" in page
    for note in ("He will not lose the house.", "The bank says he is not too old to borrow."):
        rob.do("notes", "add", "-", "--session", "3", stdin=note)
    page = door(rob)
    assert fear in page
    assert f"{fear} (for your eye" not in page
    assert f"{belief} (from the beginning)" in page


@pytest.mark.req("R142")
def test_one_word_in_common_does_not_make_it_the_same_matter(rob: Coach) -> None:
    rob.do("notes", "add", "His daughter is old enough to drive.", "--session", "3")
    assert "“I am too old to borrow.” (from the beginning)" in door(rob)


@pytest.mark.req("R142")
def test_a_session_that_fell_through_says_so_in_its_title(rob: Coach) -> None:
    rob.do("undo")  # the move
    rob.today = "2027-02-20"
    rob.do("sessions", "cancel", "4", "--by", "client", "--notice-hours", "72")
    page = rob.do("prep", "4", "--format", "terminal").out
    assert "This session was cancelled" in " ".join(page.split())
    assert "it has no new day" in " ".join(page.split())


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("His daughter is in hospital with a fever.", "since again"),
        ("His sister has a fever.", "since"),
        ("She drives: a van to the farm.", "since"),
    ],
)
def test_a_reason_with_a_colon_is_compared_as_a_whole(rob: Coach, note: str, kind: str) -> None:
    rob.do("undo")  # the move
    rob.today = "2027-02-20"
    reason = "Daughter in hospital: fever"
    rob.do("sessions", "cancel", "4", "--by", "client", "--notice-hours", "72", "--reason", reason)
    rob.do("sessions", "move", "4", "2027-03-01")
    rob.do("notes", "add", note, "--session", "4")
    plan = convert(rob.json("prep", "4", "--explain"), Plan, str_keys=True)
    assert reason in plan.remembered.since_because.values()
    [fact] = [fact for fact in facts_at_the_door(plan) if reason in "".join(fact.words)]
    assert fact.kind == kind


@pytest.mark.req("R142")
def test_what_may_get_in_the_way_stands_behind_a_promise_that_waits(rob: Coach) -> None:
    rob.do("commitments", "update", "4", "--obstacle", "The chairs come first")
    assert "in the way: The chairs come first" in door(rob)


@pytest.mark.req("R142")
def test_a_deadline_that_has_passed_stays_with_its_promise(rob: Coach) -> None:
    rob.do("commitments", "update", "4", "--deadline", "2027-02-27")
    assert "deadline passed Sat 27 Feb" in door(rob)
    page = " ".join(rob.do("prep", "4", "--full", "--format", "terminal").out.split())
    assert "deadline Sat 27 Feb 2027" in page


@pytest.mark.req("R142")
def test_what_was_agreed_on_records_is_on_the_page(coach: Coach) -> None:
    coach.today = "2027-01-12"
    agreed = "agreement: {records: Nothing to occupational health without her say}\n"
    coach.do("new-client", "--from", "-", stdin=f"{ROB}\n{agreed}")
    for words in ((), ("--full",)):
        page = coach.do("prep", "1", *words, "--format", "terminal").out
        assert "Nothing to occupational health without her say" in " ".join(page.split())


@pytest.mark.req("R142")
def test_a_reason_to_move_stands_there_whenever_it_was_given(rob: Coach) -> None:
    rob.do("undo")  # the move
    rob.today = "2027-02-09"  # the day of session 3
    rob.do("sessions", "move", "4", "2027-02-26", "--reason", "His mother is in hospital")
    rob.today = "2027-02-26"
    assert "His mother is in hospital" in door(rob)
    rob.today = "2027-02-20"
    rob.do("sessions", "move", "4", "2027-03-01", "--reason", "His shift changed")
    rob.today = "2027-03-01"
    page = door(rob)
    assert page.count("His shift changed") == 1
    assert "His mother is in hospital" in page


@pytest.mark.req("R142", "R123")
def test_a_promise_goes_by_the_name_it_was_given(rob: Coach) -> None:
    rob.do(
        *("commitments", "add", "Go to one meeting at St Mark's", "--when", "4 March"),
        *("--how-will-i-know", "Been", "--label", "the Wednesday thing"),
    )
    named = "the Wednesday thing: Go to one meeting at St Mark's"
    assert named in door(rob)
    assert named in " ".join(rob.do("prep", "4", "--full").out.split())
    # One that has no name of its own has its words alone.
    assert ") Ask the college" not in door(rob)
    assert "the plan of the workshop: " not in door(rob).casefold()


@pytest.mark.req("R142")
def test_after_a_death_the_page_names_a_session_that_only_holds(rob: Coach) -> None:
    holding = "Today's step may wait: `trajplan check-in --holding`"
    assert holding not in door(rob)
    rob.do("notes", "add", "Dad went into the hospice on Friday.", "--session", "3")
    assert holding in door(rob)
    # Where the clock of all segments is all there is room for, the step's have no name.
    full = ". ".join(f"Point {number}, Dad had a bad night again" for number in range(99))
    for _ in range(2):
        rob.do("notes", "add", "-", "--session", "3", stdin=f"{full[:1500]}.")
    page = door(rob)
    assert holding in page
    assert "What they bring" in page
    assert "A small test" not in page
    assert page.index("How have you been") < page.index("What would you like to talk about")
    rob.do("undo")
    rob.do("undo")
    rob.do("check-in", "--holding")
    assert holding not in door(rob)


@pytest.mark.req("R142")
def test_where_a_decision_came_the_pages_say_what_the_agenda_says(rob: Coach) -> None:
    step = "Look at more options than so far"
    assert f"Today's step:** {step}" in rob.do("prep", "4").out
    agenda = rob.do("prep", "4", "--decision", "--for", "client").out
    plan = rob.do("prep", "4", "--decision").out
    (aim,) = re.findall(r"Today's step:\*\* (.*)", plan)
    assert step not in aim
    assert aim.rstrip(".") in agenda
    glanced = " ".join(rob.do("prep", "4", "--decision", "--glance").out.split())
    assert step not in glanced
    assert aim[:40] in glanced
