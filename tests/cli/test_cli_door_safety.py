"""What would hurt most if it were missed or read wrongly at the door (R142): pinned notes, what is
not to be said, whom to turn to, and newer words that calm.
"""

from __future__ import annotations

import pytest

from coaching import Coach, told_once
from page_words import squeezed

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


@pytest.mark.req("R128", "R142")
def test_of_a_long_pinned_note_the_number_and_the_danger_stay(marek: Coach) -> None:
    for number in range(5):
        pin = f"{FILLER * 12}If acute, ring Piotr{number} on 0170 555 014{number}. {FILLER * 12}"
        noted(marek, "2026-09-21", 2, pin, pin=True)
    page = door(marek)
    for number in range(5):
        assert squeezed(f"ring Piotr{number} on 0170 555 014{number}.") in page
    assert squeezed("5 pinned notes") in page


@pytest.mark.req("R142")
def test_a_pinned_note_that_corrects_another_stands_behind_it(marek: Coach) -> None:
    noted(marek, "2026-09-07", 1, SAFETY, "Pays by card, twelve hours.", pin=True)
    noted(marek, "2026-09-21", 2, OTHER_ONE, pin=True)
    page = door(marek)
    corrected = squeezed(
        "or Jurgen. (session 1; newer, session 2: Not Jurgen any more as the one he rings"
    )
    assert corrected in page
    assert page.index(corrected) < page.index(squeezed(OTHER_ONE)) < page.index("Paysbycard")


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "In a crisis he rings Jurgen.",
            "He is no longer to ring Jurgen, but Piotr, 0170 555 0142.",
        ),
        ("At night he calls Jurgen first.", "Ring Piotr on 0170 555 0142 instead of Jurgen."),
        ("If it gets bad he goes to Jurgen.", "Don't send him to Jurgen any more, ring Piotr."),
        ("In a crisis ring her sister Ruth.", "Ruth doesn't want to be rung any more."),
        ("Emergency number 0170 111 222.", "New emergency number 0170 333 444."),
        ("Emergency contact is Jurgen.", "It's Piotr now, 0170 555 0142. No longer Jurgen."),
    ],
)
def test_whom_they_turn_to_now_stands_beside_whom_they_did(
    marek: Coach, old: str, new: str
) -> None:
    noted(marek, "2026-09-07", 1, old, pin=True)
    noted(marek, "2026-09-21", 2, new)
    page = door(marek)
    assert squeezed(f"{old} (session 1; newer, session 2:") in page


@pytest.mark.req("R142")
def test_what_calms_is_not_put_beside_danger_unless_it_is_the_newest_word(marek: Coach) -> None:
    noted(marek, "2026-09-07", 1, SAFETY, pin=True)
    calm = "Asked about dying: thoughts at night on the 12th, none since. No plan."
    noted(marek, "2026-09-21", 2, calm)
    assert squeezed(f"newer, session 2: {calm}") in door(marek)
    noted(marek, "2026-10-05", 3, BRIDGE, pin=True)
    for options in ((), ("--full",)):
        page = door(marek, *options)
        assert squeezed("newer, session 2: No plan") not in page
        assert squeezed("newer, session 2: Asked") not in page


@pytest.mark.req("R142")
def test_that_nothing_was_told_gives_no_secret_away(marek: Coach) -> None:
    secret = (
        "3 December is the day Tomek died. He was in the betting shop when the hospital rang and"
        " let it ring. Has told nobody, only me."
    )
    noted(marek, "2026-09-21", 2, secret)
    call = (
        "Ania rang me today, wants to know if he's betting again. I told her nothing, and said I"
        " will tell Marek that she rang."
    )
    noted(marek, "2026-10-12", 3, call)
    assert "newer,Mon12Oct" not in door(marek)
    noted(marek, "2026-10-13", 3, "He told Ania of Tomek and the betting shop.")
    assert squeezed("13 Oct: He told Ania of Tomek") in door(marek)


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("old", "new", "quoted"),
    [
        (
            ADDICT,
            "He says it himself now: I'm an addict. The word is all right.",
            "He says it himself now: I'm an addict. The word is all right.",
        ),
        (
            "Don't ring the landline.",
            "The landline is ok again, Gary has moved out.",
            "The landline is ok again, Gary has moved out.",
        ),
        ("It may be cancer, the doctor says.", "It's not cancer.", "It's not cancer."),
        (
            "She may be pregnant, test next week.",
            "Not pregnant. Please don't ask.",
            "Not pregnant.",
        ),
        (
            "The foundation Elbhain made an offer. Answer by 27 Oct.",
            "Mail: Elbhain gives her until Fri 30 Oct.",
            "Elbhain gives her until Fri 30 Oct.",
        ),
        (
            "City interview is on 28 Sep, 14:00.",
            "The city interview went well.",
            "The city interview went well.",
        ),
    ],
    ids=["allowed", "allowed again", "not that", "not so", "another day", "has been"],
)
def test_what_holds_no_more_has_the_newer_words_beside_it(
    marek: Coach, old: str, new: str, quoted: str
) -> None:
    noted(marek, "2026-09-21", 2, old)
    noted(marek, "2026-10-05", 3, new)
    page = door(marek, "--full")
    start = page.index(squeezed(old))
    beside = page[start : start + 300]
    assert "ewer,session3:" in beside or "ewer,session3:" in page[start - 200 : start]
    assert page.count(squeezed(quoted)) == 2


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ADDICT, "The roster is all right."),
        ("Don't mention the house.", "It is fine in the house."),
        ("Don't ask about her brother.", "Her brother may call on Sunday."),
        ("In a crisis ring Ruth, 0170 111 222.", "Not Ruth's fault any more, he says."),
        ("Don't ask about the divorce first.", "The house is fine after the divorce."),
        ("She may be pregnant.", "Not tired at all."),
        ("Elbhain made an offer. Answer by 27 Oct.", "Hofmann gives her until Fri 30 Oct."),
        ("City interview is on 28 Oct, 14:00.", "The city interview of Nils went well."),
    ],
)
def test_what_is_of_another_matter_is_not_put_beside_it(marek: Coach, old: str, new: str) -> None:
    noted(marek, "2026-09-21", 2, old)
    noted(marek, "2026-10-05", 3, new)
    assert "ewer,session3:" not in door(marek, "--full")


@pytest.mark.req("R142")
def test_a_day_that_was_left_for_another_is_not_said_to_be_near(marek: Coach) -> None:
    noted(marek, "2026-10-05", 3, "The bank has moved its deadline from 23 Oct to 30 Oct.")
    page = door(marek)
    assert squeezed("In 11 days The bank has moved its deadline from 23 Oct to 30 Oct.") in page
    assert squeezed("in 4 days") not in page.casefold()


@pytest.mark.req("R142")
def test_newer_words_say_that_something_is_not_to_be_brought_up(marek: Coach) -> None:
    marek.today = "2026-10-05"
    marek.do(
        *("wrap", "3", "--replace", "--from", "-"),
        stdin="kind: wrap\nfocus: The tin\ncommitments:\n  - {what: Put the 340 back into the tin,"
        " when: 2026-10-12, how_will_i_know: It is whole}\n",
    )
    tin = "Tin is whole since the 13th, all 340 back. Closed. He asked me not to bring it up again."
    noted(marek, "2026-10-14", 3, tin)
    assert squeezed("14 Oct: He asked me not to bring it up again.") in door(marek)


@pytest.mark.req("R142")
def test_what_the_coach_owes_this_session_stands_whole_among_the_first_lines(
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
    assert owed in page[: page.index(squeezed("Nobody at work knows"))]
    assert squeezed("You owe I promised that next time we start with the letter.") in page
    assert page.count(squeezed("next time we start with the letter")) == 1
    # What was next time then has been.
    assert squeezed("You owe I promised that next time we begin with his list.") not in page
    noted(marek, "2026-10-12", 3, "Sent him the draft of the report, Ms Holm has it too.")
    assert squeezed("newer, Mon 12 Oct: Sent him the draft of the report") in door(marek)


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
    assert squeezed(ban) in page[page.index(squeezed("Handle with care")) :]


@pytest.mark.req("R22", "R142")
@pytest.mark.parametrize(
    ("note", "newer"),
    [
        (
            "Ms Brandt is ill since 1 Oct. They don't get on with the stand-in. So at the moment"
            " nobody but me and the group.",
            "Ms Brandt is ill since 1 Oct. So at the moment nobody but me and the group.",
        ),
        ("He has stopped going to Ms Brandt.", "He has stopped going to Ms Brandt."),
        ("His counsellor left in September.", "His counsellor left in September."),
        ("No therapist has a place for him.", "No therapist has a place for him."),
        ("Ms Brandt is kind to him.", ""),
        ("He has stopped drinking since.", ""),
    ],
)
def test_a_referral_says_that_who_was_to_help_is_gone(marek: Coach, note: str, newer: str) -> None:
    marek.today = "2026-09-19"
    marek.do("refer", "therapy", "Addiction counselling at Caritas with Ms Brandt.")
    noted(marek, "2026-10-05", 3, note)
    page = door(marek)
    since = squeezed("therapy since Sat 19 Sep 2026")
    assert (f"{since}(newer,session3:{squeezed(newer)})" in page) is bool(newer)
    assert since in page
    noted(marek, "2026-10-14", 3, "Ms Brandt is back, he saw her on 13 Oct.")
    assert f"{since}(newer" not in door(marek)


@pytest.mark.req("R142")
def test_a_weekday_of_each_week_has_no_date(marek: Coach) -> None:
    noted(marek, "2026-09-21", 2, "Never a session or a call on Thursday evening.", pin=True)
    assert squeezed("Never a session or a call on Thursday evening.") in door(marek)


@pytest.mark.req("R128", "R131", "R142")
def test_a_glance_has_the_newest_danger_first_and_what_was_lifted_last(marek: Coach) -> None:
    noted(marek, "2026-09-07", 1, ADDICT, SAFETY, "Ms Holm gets attendance alone.", pin=True)
    noted(marek, "2026-09-21", 2, "He says it himself now: I'm an addict. The word is all right.")
    noted(marek, "2026-10-05", 3, BRIDGE, pin=True)
    marek.today = "2026-10-19"
    page = marek.do("prep", "4", "--glance", "--format", "terminal").out
    rows = [row for row in page.splitlines() if row.startswith("Pinned")]
    assert "suicide" in rows[0]
    assert "life insurance" in rows[1]
    assert "addict" not in page


@pytest.mark.req("R142")
def test_what_is_moved_from_another_day_is_another_matter(marek: Coach) -> None:
    first, second = "Interview at Elbhain on 26 Oct, 11:00.", "Interview at the city on 28 Oct."
    noted(marek, "2026-09-21", 2, first, second)
    noted(marek, "2026-10-05", 3, "The city interview is moved from 28 Oct to 4 Nov.")
    page = door(marek, "--full")
    moved = squeezed("newer, session 3: The city interview is moved from 28 Oct to 4 Nov.")
    assert f"{squeezed(second)}(session2;{moved}" in page
    assert f"{squeezed(first)}(session2;newer" not in page


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
