"""What would hurt most if it were missed or read wrongly at the door (R142): pinned notes, what is
not to be said, whom to turn to, and newer words that calm.
"""

from __future__ import annotations

import pytest

from coaching import Coach, told_once
from page_words import squeezed
from trajplan.pages.door_notes import is_asked

MAREK = """\
kind: intake
name: Marek
destination: Keep the job and get back on my feet.
priorities: [Keep the job]
start_time: "17:30"
"""
WRAP = "kind: wrap\nfocus: {focus}\ncommitments: none\nnotes: {notes}\n"
SAFETY = (
    "SAFETY. On 3 Oct he said with the life insurance they would be better off. Asked directly: no"
    " plan, no means, no date. If acute: crisis line 0800 111 0 111, or Jurgen."
)
OTHER_ONE = (
    "Not Jurgen any more as the one he rings - Jurgen asks about the tin. Now it is Piotr from the"
    " group, 0170 555 0142."
)
BRIDGE = (
    "On 4 Oct he stood on the canal bridge for ten minutes. Asked directly: thoughts of suicide,"
    " no intent. Ask first thing next time."
)
ADDICT = "Don't use the word addict. He said if I say it he gets up and goes."
FILLER = "It took her a long while to come to it and she looked at the floor all the time. "


@pytest.fixture
@told_once
def marek(coach: Coach) -> Coach:
    coach.today = "2026-09-07"
    coach.do("new-client", "--from", "-", stdin=MAREK)
    for number, day in enumerate(("2026-09-07", "2026-09-21", "2026-10-05"), 1):
        coach.today = day
        coach.do("wrap", str(number), "--from", "-", stdin=WRAP.format(focus="Money", notes='""'))
    return coach


def noted(coach: Coach, day: str, session: int, *notes: str, pin: bool = False) -> None:
    coach.today = day
    for text in notes:
        coach.do("notes", "add", text, "--session", str(session), *(["--pin"] if pin else []))


def door(coach: Coach, *options: str) -> str:
    coach.today = "2026-10-19"
    page = coach.do("prep", "4", *options, "--format", "terminal").out
    assert options or len(page.splitlines()) <= 70
    return squeezed(page)


@pytest.mark.req("R128", "R142")
def test_no_pinned_note_gives_way_to_notes_or_promises(marek: Coach) -> None:
    noted(marek, "2026-09-07", 1, SAFETY, ADDICT, pin=True)
    noted(marek, "2026-09-21", 2, OTHER_ONE, pin=True)
    for number in range(12):
        secret = f"Nobody at work knows of matter {number}. " + FILLER * 4
        noted(marek, "2026-10-05", 3, secret)
    noted(marek, "2026-10-06", 3, BRIDGE, pin=True)
    page = door(marek)
    for pin in (SAFETY, ADDICT, OTHER_ONE, BRIDGE):
        assert squeezed(pin) in page


@pytest.mark.req("R142")
def test_a_day_that_was_left_for_another_is_not_said_to_be_near(marek: Coach) -> None:
    noted(marek, "2026-10-05", 3, "The bank has moved its deadline from 23 Oct to 30 Oct.")
    page = door(marek)
    assert squeezed("In 11 days · The bank has moved its deadline from 23 Oct to 30 Oct.") in page
    assert squeezed("in 4 days") not in page.casefold()


@pytest.mark.req("R142")
def test_what_the_coach_owes_this_session_stands_whole(
    marek: Coach,
) -> None:
    report = (
        "Ms Holm wants an interim report by 22 Oct. I promised Marek he sees my draft before"
        " anything goes out, I bring it printed to session 4."
    )
    noted(marek, "2026-09-21", 2, report, "I promised that next time we begin with his list.")
    noted(marek, "2026-10-05", 3, "I promised that next time we start with the letter.")
    for number in range(14):
        noted(marek, "2026-10-06", 3, f"Nobody at work knows of matter {number}. {FILLER * 3}")
    page = door(marek)
    owed = squeezed("I bring it printed to session 4.")
    assert owed in page
    today = squeezed("You owe Mon 5 Oct I promised that next time we start with the letter.")
    assert today in page
    assert page.count(squeezed("next time we start with the letter")) == 1
    # What was next time then has been.
    assert squeezed("You owe Mon 21 Sep I promised that next time we begin") not in page


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    "ban",
    [
        "KUBA must not hear of it, from nobody.",
        "If the firm hears, he's out.",
        "Only Ms Brandt and I know.",
        "Don't praise him for the old number.",
        "What he can't stand is 'be strong'.",
        "HR is not to learn of it.",
        "Not in front of the boy.",
    ],
)
def test_bans_and_secrets_go_after_results_and_ordinary_notes(marek: Coach, ban: str) -> None:
    noted(marek, "2026-09-21", 2, f"He told Ania of the savings book. {ban}")
    steps = "".join(
        f"  - {{what: Count the shelf number {number} in the night, when: 2026-10-12,"
        " how_will_i_know: It is counted, obstacle: the night shift eats it}\n"
        for number in range(3)
    )
    marek.today = "2026-10-05"
    marek.do(
        *("wrap", "3", "--replace", "--from", "-"),
        stdin=f"kind: wrap\nfocus: Steps\ncommitments:\n{steps}",
    )
    for number in range(24):
        letter = (
            f"Letter {number} of 12 Oct lies with Sabine, she looks at shelf {number}. {FILLER}"
        )
        noted(marek, "2026-10-06", 3, letter)
    page = door(marek)
    assert squeezed(ban) in page


@pytest.mark.req("R142")
def test_a_weekday_of_each_week_has_no_date(marek: Coach) -> None:
    noted(marek, "2026-09-21", 2, "Never a session or a call on Thursday evening.", pin=True)
    assert squeezed("Never a session or a call on Thursday evening.") in door(marek)


@pytest.mark.req("R128", "R131", "R142")
def test_a_glance_has_the_newest_danger_first(marek: Coach) -> None:
    noted(marek, "2026-09-07", 1, ADDICT, SAFETY, "Ms Holm gets attendance alone.", pin=True)
    noted(marek, "2026-10-05", 3, BRIDGE, pin=True)
    marek.today = "2026-10-19"
    page = marek.do("prep", "4", "--glance", "--format", "terminal").out
    rows = [row for row in page.splitlines() if row.startswith("Pinned")]
    assert "suicide" in rows[0]
    assert "life insurance" in rows[1]
    assert "addict" not in page


@pytest.mark.req("R131", "R142")
def test_who_is_hurt_at_home_is_asked_whether_they_are_safe_and_not_whether_they_want_to_live(
    marek: Coach,
) -> None:
    marek.today = "2026-10-19"
    marek.do("check-in", "--session", "4", "--matters", "She hit me again last night")
    page = marek.do("prep", "4", "--format", "terminal").words
    assert "Ask directly whether they are safe at home now" in page
    assert "are you safe at home now?" in page
    marek.do("wrap", "4", "--from", "-", stdin=WRAP.format(focus="Home", notes='""'))
    marek.today = "2026-11-02"
    after = marek.do("prep", "5", "--format", "terminal").words
    assert "Have you been safe since?" in after
    marek.do("wrap", "5", "--from", "-", stdin=WRAP.format(focus="Home", notes='""'))
    marek.today = "2026-11-16"
    pinned = marek.do("prep", "6", "--format", "terminal").words
    assert "have you been safe at home since we last met?" in pinned
    assert not any("ending your life" in words for words in (page, after, pinned))


MOVED = "The hearing is on Monday 12 October at two."
OWED = "I promised to send him the letter template by the 12th."
PILLS = "He told me he was saving up tablets. His sister has all of them now."
BACK = "The tablets are back with him, his sister is away."


@pytest.mark.req("R142")
def test_whose_day_moved_and_what_was_done_since_do_not_stand_as_if_they_held(marek: Coach) -> None:
    noted(marek, "2026-09-21", 2, MOVED, OWED)
    noted(
        marek, "2026-10-06", 3, "The hearing was moved to 26 October.", "Sent the letter template."
    )
    page = door(marek)
    assert squeezed(f"{MOVED} (moved since, to Mon 26 Oct)") in page
    assert squeezed(OWED) in page
    assert squeezed("You owe") not in page
    noted(marek, "2026-10-06", 3, "I'll bring him the list of questions next time.")
    assert squeezed("You owe Tue 6 Oct I'll bring him the list") in door(marek)


@pytest.mark.req("R142")
def test_who_asks_again_for_what_is_owed_has_not_got_it(marek: Coach) -> None:
    noted(marek, "2026-10-05", 3, OWED)
    noted(marek, "2026-10-06", 3, "Asked again for the letter template.")
    assert squeezed(f"You owe Mon 5 Oct {OWED}") in door(marek)


@pytest.mark.req("R142")
def test_a_day_named_late_in_a_note_is_not_how_far_its_beginning_is(marek: Coach) -> None:
    noted(marek, "2026-10-05", 3, f"{SAFETY} The hearing is on 24 October.")
    page = door(marek)
    assert squeezed("In 5 days · SAFETY") not in page
    assert squeezed("(Sat 24 Oct: in 5 days)") in page


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    "asked",
    [
        "Mr Falk of HR hears nothing from me.",
        "Her sister gets nothing, not even that she comes.",
        "Der Chef erfährt nichts davon.",
    ],
)
def test_who_hears_nothing_stays_however_old(marek: Coach, asked: str) -> None:
    noted(marek, "2026-09-07", 1, f"{FILLER * 2}{asked} {FILLER * 8}")
    for number in range(10):
        noted(marek, "2026-10-05", 3, f"She spoke of matter {number}. " + FILLER * 4)
    assert squeezed(asked) in door(marek)


@pytest.mark.req("R128", "R131")
def test_what_one_could_harm_oneself_with_is_pinned_when_it_is_back(marek: Coach) -> None:
    marek.today = "2026-09-21"
    assert "pinned" not in marek.do("notes", "add", BACK).err
    assert "pinned" in marek.do("notes", "add", PILLS, "--session", "2").err
    done = marek.do("notes", "add", "The tablets went back to the chemist.", "--session", "2")
    assert "pinned" not in done.err
    said = marek.do("notes", "add", BACK, "--session", "3").err
    assert door(marek).count(squeezed(BACK)) == 1  # pinned, and not as a note once more
    assert f"pinned: Safety, in the client's words: “{BACK[:-1]}" in said


@pytest.mark.req("R22", "R142")
def test_a_session_that_held_is_not_said_to_have_no_note_where_it_has_one(marek: Coach) -> None:
    marek.today = "2026-10-05"
    wrap = WRAP.format(focus="x", notes="His brother is in intensive care.")
    marek.do("check-in", "--holding", "--session", "4")
    marek.today = "2026-10-19"
    marek.do("wrap", "4", "--from", "-", stdin=wrap.replace("focus: x\n", ""))
    marek.today = "2026-11-02"
    page = squeezed(marek.do("prep", "5", "--format", "terminal").out)
    assert squeezed("His brother is in intensive care.") in page
    assert squeezed("nothing was written of it") not in page


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("Blind in the left eye, sit on his right.", True),
        ("Talk slowly, English is her third language.", True),
        ("Insulin at half past three, stop for it.", True),
        ("Darren isn't to be told.", True),
        ("Work was calm.", False),
        ("Let him think about it.", False),
        ("She compared the two adverts.", False),
    ],
)
def test_what_a_coach_writes_as_an_order_is_asked_of_them(note: str, *, asked: bool) -> None:
    assert is_asked(note) is asked


@pytest.mark.req("R142")
def test_of_older_notes_those_that_may_weigh_stay_longest(marek: Coach) -> None:
    weighty = ["The bailiffs come in the spring.", "He has a stoma.", "His lawyer rang."]
    ordinary = "They looked at the three directions and drew them on a large sheet of paper. "
    for number, note in enumerate(weighty):
        noted(marek, "2026-09-07", 1, f"Number {number}. {ordinary * 9}", note)
    for number in range(5):
        noted(marek, "2026-10-05", 3, f"Matter {number}. {ordinary * 6}")
    page = door(marek)
    assert squeezed("Not shown in full") in page
    for note in weighty:
        assert squeezed(note) in page
    assert not all(squeezed(f"Number {number}.") in page for number in range(3))
