"""On the plan at the door a day stands with what newer notes say of it, and at the top while it is
near (R142)."""

from __future__ import annotations

import re

import pytest

from coaching import NO_COMMITMENT, Coach, lead_through, told_once
from trajplan.pages.door_parts import NOTES
from trajplan.planning.asked_of_coach import is_withheld, says_how_to_begin

INTAKE = """\
kind: intake
name: Ines
destination: A kitchen of my own again, and evenings at home.
stuck_point: I can't plan anything while the hearing is ahead of me.
paths: [Head of a canteen in Leeds, Teaching in Leeds]
fears: [That Denise sends me to the board]
priorities: [The hearing]
start_time: "10:00"
goals:
  - {text: Get through the hearing and say it straight, when: 2027-03-04}
  - {text: Three interviews in Leeds, when: 2027-06-30}
agreement:
  records: Nothing to the insurer without her say
  limits: Don't name the child
"""
FIRST = """\
kind: wrap
focus: The hearing
notes: |-
  Her brother would be 40 on 3 March.
  Hearing 4 March, union rep is Graham.
  Not public yet that Ruth is expecting.
commitments:
  - {what: Sign up for the course at the library, when: 2027-01-24, how_will_i_know: Start date}
  - {what: Ask Pauline whether a kitchen in Leeds is possible, when: 2027-01-24,
     how_will_i_know: A yes or a no}
  - {what: Read the page aloud to Graham once, when: 2027-01-30, how_will_i_know: Read,
     obstacle: Her voice goes}
parked: [Lorry licence as plan B, The agency Brightwater that rang in December]
"""
SECOND = """\
kind: wrap
focus: The page
commitments: none
notes: |-
  Funeral was Friday, she did the food.
  Denise told the bay who works.
  Start with the week, not with the family.
reviews:
  - {commitment: 1, status: partly, learned: Waiting list until somebody drops out}
  - {commitment: 2, status: dropped}
  - {commitment: 3, status: not_yet}
"""
THIRD = """\
kind: wrap
focus: The first minute
notes: |-
  Hearing moved to Tue 9 March, 10.30.
  Graham is off sick, Sunita takes over.
  Skip the lorry licence, she has ruled it out.
  The agency Brightwater rang again. She said no.
  Wants a mock interview next.
  Interview at the council on 5 March.
reviews:
  - {commitment: 1, status: done, learned: Got a place}
commitments:
  - {what: Send the form to the council, when: 2027-02-19, how_will_i_know: Sent,
     deadline: 2027-02-28}
"""


@pytest.fixture
@told_once
def ines(coach: Coach) -> Coach:
    """A coach before session 4 with a client whose days and people have changed."""
    coach.today = "2027-01-12"
    coach.do("new-client", "--from", "-", "--start", "2027-01-19", stdin=INTAKE)
    lead_through(
        coach,
        (
            ("2027-01-19", FIRST),
            ("2027-02-02", SECOND),
            ("2027-02-16", THIRD),
        ),
    )
    coach.today = "2027-03-02"
    return coach


def lines(coach: Coach, *words: str) -> dict[str, list[str]]:
    """The rows of the page by their labels, each on one line."""
    page = coach.do("prep", "4", *words, "--format", "terminal").out
    assert len(page.splitlines()) <= 70
    rows: dict[str, list[str]] = {}
    label = ""
    for line in page.splitlines():
        if found := re.match(r"(\S(?:.*?\S)?)  +(\S.*)$", line.rstrip()):
            # The first note of a day has it.
            label = re.sub(r"^(S\d+|Pinned|You owe) .*", r"\1", found[1])
            rows.setdefault(label, []).append(found[2])
        elif line.startswith("  ") and label:
            rows[label][-1] += f" {line.strip()}"
        else:
            label = ""
            rows.setdefault(line.strip(), [])
    return rows


@pytest.mark.req("R142")
def test_a_day_that_a_newer_note_moves_is_led_by_the_newer_one(ines: Coach) -> None:
    rows = lines(ines)
    assert any(row.startswith("In 7 days · Hearing moved to Tue 9 March") for row in rows["S3"])
    assert "In 2 days" not in rows
    assert any(row.startswith("Hearing 4 March, union rep is Graham.") for row in rows["S1"])
    whole = ines.do("prep", "4", "--full").words
    assert "Hearing moved to Tue 9 March, 10.30. (Tue 9 Mar 2027, in 7 days; session 3)" in whole
    assert "Hearing moved to Tue 9 March" in ines.do("prep", "4", "--glance").out
    today = ines.do("today").out
    assert "Hearing moved to Tue 9 March" in today
    assert "4 Mar" not in today


@pytest.mark.req("R142")
def test_what_has_a_day_soon_says_how_far_it_is_before_its_words(ines: Coach) -> None:
    rows = lines(ines)
    # What was noted two sessions ago and longer may be over: no day counts down to it.
    assert "Her brother would be 40 on 3 March." in rows["S1"]
    assert "In 3 days · Interview at the council on 5 March." in rows["S3"]
    notes = ines.do("prep", "4", "--format", "terminal").out.partition(f"\n{NOTES}\n")[2]
    assert re.findall(r"^S\d", notes, re.MULTILINE) == sorted(
        re.findall(r"^S\d", notes, re.MULTILINE), reverse=True
    )


@pytest.mark.req("R142")
def test_a_note_stands_in_its_own_words_behind_its_day(ines: Coach) -> None:
    # A weekday that is of any week would get a date by which it is one of them.
    standing = "No Saturdays till the solicitors have spoken. Don't ask how Saturday was."
    ines.do("notes", "add", "-", "--session", "2", stdin=standing)
    page = ines.do("prep", "4", "--format", "terminal").words
    assert standing in page
    assert "Funeral was Friday, she did the food." in lines(ines)["S2"]
    assert re.search(r"\bS2 Tue 2 Feb \w", page)


@pytest.mark.req("R142")
def test_only_the_newest_review_of_a_promise_is_told(ines: Coach) -> None:
    for words in ((), ("--full",)):
        page = " ".join(ines.do("prep", "4", *words, "--format", "terminal").out.split())
        assert "Got a place" in page
        assert "Waiting list" not in page


@pytest.mark.req("R142")
def test_what_is_not_to_be_said_stands_there_once(ines: Coach) -> None:
    page = ines.do("prep", "4", "--format", "terminal").out
    part = page.partition(f"\n{NOTES}\n")[2].partition("\nFrom last time")[0]
    for words in (
        "Nothing to the insurer without her say",
        "Don't name the child",
        "Not public yet that Ruth is expecting.",
    ):
        assert words in part
        assert page.count(words) == 1


@pytest.mark.req("R142")
def test_news_noted_between_sessions_stands_first_with_its_own_day(ines: Coach) -> None:
    ines.today = "2027-02-25"
    told = 'Text of Thu 25 Feb: Dad died on Tuesday night. "Keep it normal please".'
    ines.do("notes", "add", "-", "--session", "3", stdin=told)
    ines.today = "2027-03-02"
    page = " ".join(ines.do("prep", "4", "--format", "terminal").out.split())
    news = page.index("Thu 25 Feb Text of Thu 25 Feb: Dad died on Tuesday night.")
    assert news < page.index("S3 ")


@pytest.mark.parametrize(
    ("told", "does"),
    [
        ("Start with the budget.", True),
        ("She wept. Begin with the week, not with the family.", True),
        ("Mit dem Plan beginnen, bitte. Beginnen mit dem Geld.", True),
        ("Don't open with it, she'll bring it up herself.", False),
        ("If I start with him she leaves.", False),
        ("She likes the rota.", False),
    ],
)
def test_how_a_session_is_to_begin_is_heard(told: str, *, does: bool) -> None:
    assert says_how_to_begin(told) is does


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    "told",
    [
        "Pregnant, only Ben knows.",
        "She wants no more breathing exercises from me.",
        "No more homework, she said.",
        "He doesn't like role play.",
        "She'd raise it when she's ready.",
        "Never drinks. Don't offer a pint as an example.",
        "He asked me not to compare him with his dad.",
        "The landline still not: Dad picks it up.",
        "Ruth has told him in confidence that she leaves.",
        "Whether to try again, he will raise it himself or not at all.",
        "Touchy about university. Let him bring it up.",
        "How he tells Karen is his to bring up, not mine.",
        "Not mine to tell.",
        "StepChange number, spoken, nothing in writing.",
        "Doesn't want to be asked about it any more.",
        'Please no talk of "resilience".',
        "Said it once, then changed the subject.",
        "Karen and the kids know nothing.",
        "Biopsy came back clear. Doesn't want to go back over it.",
        "Dad has months. He hasn't been told how long.",
        "Cried when I asked about her mother. Go gently there.",
        "Callum wants to leave Leeds. She's keeping that from Dad.",
        "He doesn't want to chew on the reorganisation any more.",
        "Told me and nobody else: he shook the boy. Not to go in any recap.",
        "Her brother is on leave. Not a coaching topic please.",
    ],
)
def test_what_is_not_to_be_said_is_heard_however_it_is_put(told: str) -> None:
    assert is_withheld(told)


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    "told",
    [
        "Not sleeping, sees the doctor on Monday.",
        "No vacancy before August.",
        "She wants no more night shifts.",
        "He wants no more than 30 hours.",
        "She likes the rota.",
        "It is hers to decide.",
        "She wants it in writing.",
        "Let him think about it.",
    ],
)
def test_what_may_be_said_is_not_taken_for_withheld(told: str) -> None:
    assert not is_withheld(told)


@pytest.mark.req("R142")
def test_a_long_sentence_with_a_day_stands_whole_in_its_note(ines: Coach) -> None:
    told = (
        "Her father has not been told anything of it yet by anybody at home: the family meets the "
        "consultant on Wednesday 3 March"
    )
    ines.do("notes", "add", "-", "--session", "4", stdin=told)
    rows = lines(ines)
    assert "Tomorrow" not in rows
    assert any(f"Tomorrow · {told}" in row for told_in in rows.values() for row in told_in)


@pytest.mark.req("R142")
def test_what_tells_of_the_day_of_a_promise_does_not_stand_at_the_top_too(ines: Coach) -> None:
    ines.do(
        *("commitments", "add", "Send the council the page on the interview", "--when", "4 March"),
        *("--how-will-i-know", "Sent", "--deadline", "5 March"),
    )
    told = "The council needs the page on the interview by 5 March."
    ines.do("notes", "add", "-", "--session", "4", stdin=told)
    near = lines(ines)
    # The promise has the day in its own line.
    assert "In 3 days" not in near
    assert any("Fri 5 Mar, in 3 days) Send the council" in row for row in near["Still open"])
    assert f"In 3 days · {told}" in near["For today Tue 2 Mar"]
    assert "In 3 days · Interview at the council on 5 March." in near["S3"]


@pytest.mark.req("R142")
def test_days_and_news_are_heard_in_german_too(coach: Coach) -> None:
    coach.today = "2027-01-19"
    goal = "{text: Gespräch mit dem Betriebsrat, when: 2027-03-08}"
    intake = f"kind: intake\nname: Jo\ngoals:\n  - {goal}\n"
    coach.do("new-client", "--from", "-", "--start", "2027-01-19", stdin=intake)
    coach.do("wrap", "1", "--from", "-", stdin=NO_COMMITMENT)
    coach.today = "2027-02-02"
    notes = "Am Freitag war die Operation.\n  Das Gespräch ist auf den 5. März vorgezogen.\n"
    wrap = f"kind: wrap\ncommitments: none\nnotes: |\n  {notes}  Anke weiß nichts vom Coaching.\n"
    coach.do("wrap", "2", "--from", "-", stdin=wrap)
    coach.today = "2027-03-02"
    coach.do("sessions", "move", "3", "2027-03-02", "--shift")
    page = " ".join(coach.do("prep", "3", "--format", "terminal").out.split())
    assert "In 3 days · Das Gespräch ist auf den 5. März vorgezogen." in page
    assert "In 6 days" not in page
    assert "S2 Am Freitag war die Operation." in page
    assert "Anke weiß nichts" in page


@pytest.mark.req("R142", "R131")
def test_words_about_not_wanting_to_live_never_give_way(ines: Coach) -> None:
    told = 'Said "it would be easier not to wake up". No plan. Agreed that I ask every time.'
    ines.do("notes", "add", "-", "--session", "2", stdin=told)
    for number in range(30):
        long = f"Never speak of matter {number}. {'It was a long evening and a longer night. ' * 4}"
        ines.do("notes", "add", "-", "--session", "3", stdin=long)
    page = " ".join(ines.do("prep", "4", "--format", "terminal").out.split())
    assert told in page[: page.index(NOTES)]


@pytest.mark.req("R142")
def test_a_day_whose_note_has_no_room_stands_at_the_top(ines: Coach) -> None:
    told = "Her brother Colin died ten years ago on 3 March. " + "She sat and said little. " * 60
    ines.do("notes", "add", "-", "--session", "2", stdin=told)
    for number in range(20):
        long = f"Never speak of matter {number}. {'It was a long evening and a longer night. ' * 4}"
        ines.do("notes", "add", "--pin", "-", "--session", "3", stdin=long)
    rows = lines(ines)
    assert any(row.startswith("Her brother Colin died") for row in rows["Tomorrow"])
    # Of many pinned notes each stands there, up to the end of a sentence; the top counts them.
    pinned = rows["Pinned"]
    assert len(pinned) == 20
    assert {int(re.findall(r"matter (\d+)\. ", row)[0]) for row in pinned} == {*range(20)}
    assert all(row.endswith("… (more: `trajplan notes list`)") for row in pinned)
    counted = next(label for label in rows if label.startswith("Not shown in full: "))
    assert int(counted.split()[4]) >= 20


@pytest.mark.req("R142")
def test_what_was_agreed_under_a_key_of_ones_own_stands_there(coach: Coach) -> None:
    agreed = 'agreement: {mail: "private address only, never the Trust\'s"}'
    intake = f"kind: intake\nname: Jo\nstart: 2027-01-19\n{agreed}\n"
    coach.today = "2027-01-19"
    coach.do("new-client", "--from", "-", stdin=intake)
    for words in ((), ("--full",)):
        page = " ".join(coach.do("prep", "1", *words, "--format", "terminal").out.split())
        assert "mail: private address only, never the Trust's" in page


def wrap_two(coach: Coach, *wraps: tuple[str, str]) -> None:
    """Wrap the first two sessions, each with its commitments and notes; the third is today."""
    days = ("2027-02-02", "2027-02-16")
    for number, ((commitments, notes), following) in enumerate(zip(wraps, days, strict=True), 1):
        wrap = f"kind: wrap\ncommitments: {commitments}\nnotes: |\n  {notes}"
        coach.do("wrap", str(number), "--from", "-", stdin=wrap)
        coach.today = following


@pytest.mark.req("R142")
def test_a_pinned_confidence_with_a_day_stands_there(ines: Coach) -> None:
    ines.do("notes", "add", "--pin", "-", "--session", "3", stdin="Not a word till Friday, please.")
    page = " ".join(ines.do("prep", "4", "--format", "terminal").out.split())
    assert "Pinned Tue 2 Mar In 3 days · Not a word till Friday" in page


@pytest.mark.req("R142")
def test_what_was_let_go_is_always_there(ines: Coach) -> None:
    for number in range(30):
        long = f"Never speak of matter {number}. {'It was a long evening and a longer night. ' * 4}"
        ines.do("notes", "add", "-", "--session", "3", stdin=long)
    page = " ".join(ines.do("prep", "4", "--format", "terminal").out.split())
    assert "Let go Ask Pauline whether a kitchen in Leeds is possible" in page


QUESTIONNAIRE = """\
# Before we meet

*Worksheet pre-session-questionnaire*

## What matters most to you right now

There is a secondment. Closing 5 March

## What's changed since last time

The results come on the 28th.
"""


@pytest.mark.req("R126", "R142")
def test_a_day_written_in_a_returned_form_is_one_they_named(begun: Coach) -> None:
    begun.today = "2027-02-20"
    begun.do("worksheets", "fill", "pre-session-questionnaire", "--from", "-", stdin=QUESTIONNAIRE)
    urgent = begun.json("prep", "session", "4")["urgent"]
    assert [(day["text"], day["day"]) for day in urgent] == [
        ("The results come on the 28th.", "2027-02-28"),
        ("There is a secondment. Closing 5 March", "2027-03-05"),
    ]
    page = begun.do("prep", "session", "4").words
    assert "“There is a secondment. Closing 5 March”: Fri 5 Mar 2027 comes before session" in page
    assert "5 Mar" not in begun.do("today").out
    begun.today = "2027-02-27"
    today = begun.do("today").words
    assert "The results come on the 28th." in today
    assert "in 6 days:** There is a secondment. Closing 5 March" in today


@pytest.mark.req("R126", "R131")
def test_an_interview_that_is_soon_is_practised_and_asked_after(begun: Coach) -> None:
    begun.today = "2027-02-23"
    words = "I've got an interview 3 March, and I want to practise"
    begun.do("check-in", "--session", "4", "--matters", words)
    made = begun.json("prep", "session", "4")
    assert made["hands_out"][0]["worksheet"] == "interview-stories"
    notes = [finding["message"] for finding in made["findings"]]
    practise = "trajplan prep session 4 --blueprint role-play"
    assert [note for note in notes if note.startswith(f"“{words}”") and practise in note]
    assert [note for note in notes if "they want to practise a talk" in note and practise in note]
    assert not [note for note in notes if "--decision" in note]
    practised = begun.json("prep", "session", "4", "--blueprint", "role-play", "--reset")
    assert practised["blueprint"] == "role-play"
    assert not [finding for finding in practised["findings"] if "--blueprint" in finding["message"]]
    begun.do("wrap", "session", "4", "--from", "-", stdin="kind: wrap\ncommitments: []\n")
    begun.today = "2027-03-09"
    then = begun.json("prep", "session", "5")
    assert then["agreement"]["text"] in ("How did the interview go?", "How was the interview?")
    # What they bring on the day goes first.
    begun.do("check-in", "--session", "5", "--matters", "The rent")
    assert "interview" not in begun.json("prep", "session", "5")["agreement"]["text"]


@pytest.mark.req("R126")
def test_an_interview_of_somebody_else_or_one_that_is_to_come_is_not_asked_after(
    begun: Coach,
) -> None:
    begun.today = "2027-02-23"
    begun.do("check-in", "--session", "4", "--matters", "My sister's interview is on 3 March")
    begun.do("wrap", "session", "4", "--from", "-", stdin="kind: wrap\ncommitments: []\n")
    begun.do("check-in", "--session", "6", "--matters", "My own interview is on 20 March")
    begun.today = "2027-03-09"
    assert "interview" not in begun.json("prep", "session", "5")["agreement"]["text"]
