"""No note at the door stands in half or as if another had overtaken it; what the coach owes and who
hurts the client stand there (R142)."""

from __future__ import annotations

import pytest

from coaching import Coach, told_once
from page_words import squeezed
from trajplan.pages.door_parts import NOTES

LENA = """\
kind: intake
name: Lena
destination: Get through the winter at work.
priorities: [Keep the job]
start_time: "17:30"
"""
DAYS = ("2026-09-07", "2026-09-21", "2026-10-05")
ALARM = "She said some nights she'd like not to wake up. Asked directly: no plan, no means."
CALM = "I asked: the thought has not come for ten days."
FILLER = "It took her a long while to come to it and she looked at the floor all the time. "


@pytest.fixture
@told_once
def lena(coach: Coach) -> Coach:
    """A coach before session 4 with a client of whom nothing is noted yet."""
    return led(coach, [], [], [])


def led(coach: Coach, *promises: list[str]) -> Coach:
    """A coach after sessions that left these promises."""
    coach.today = DAYS[0]
    coach.do("new-client", "--from", "-", stdin=LENA)
    for number, (day, made) in enumerate(zip(DAYS, promises, strict=True), 1):
        coach.today = day
        by = "when: +7d, how_will_i_know: Done"
        steps = "".join(f'\n  - {{what: "{what}", {by}}}' for what in made) or " none"
        wrap = f"kind: wrap\nfocus: The nights\ncommitments:{steps}\n"
        coach.do("wrap", str(number), "--from", "-", stdin=wrap)
    return coach


def noted(coach: Coach, session: int, *notes: str, day: str = "", pin: bool = False) -> None:
    coach.today = day or DAYS[session - 1]
    for text in notes:
        coach.do("notes", "add", text, "--session", str(session), *(["--pin"] if pin else []))


def door(coach: Coach) -> str:
    coach.today = "2026-10-19"
    page = coach.do("prep", "4", "--format", "terminal").out
    assert len(page.splitlines()) <= 70
    return squeezed(page)


def crowded(coach: Coach) -> None:
    """Fill the page with ordinary notes."""
    for number in range(14):
        noted(coach, 3, f"The rota, part {number}. {FILLER * 3}")


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    "other", ["She is back at work.", "They are back in one room.", "Her sister is back home again"]
)
def test_somebody_who_is_back_is_no_danger(lena: Coach, other: str) -> None:
    noted(lena, 1, ALARM)
    noted(lena, 3, other)
    page = door(lena)
    assert squeezed(ALARM) in page.partition(squeezed(NOTES))[0]
    assert squeezed(other) in page.partition(squeezed(NOTES))[2]


@pytest.mark.req("R142")
def test_a_rule_and_what_it_is_about_are_not_cut_apart(lena: Coach) -> None:
    rock = "I called Tom “your rock” and she flinched. Don't call him that."
    brno = "If he dies she texts “Brno” and I don't ring. Any day now. If she comes we don't work."
    noted(lena, 3, rock, brno)
    for number in range(9):
        noted(lena, 3, f"Nobody at work knows of matter {number}. {FILLER * 4}")
    page = door(lena)
    assert squeezed(rock) in page
    assert squeezed("If she comes we don't work.") in page


@pytest.mark.req("R142")
def test_what_the_coach_has_not_done_stands_whole_at_the_top(lena: Coach) -> None:
    debt = "The HR letter: forgot it. Still not sent, say so to her before she asks."
    noted(lena, 3, debt, day="2026-10-12")
    noted(lena, 3, "I promised to send her the text on leave by 14 October.")
    noted(lena, 1, "I promised to send her the list by 18 September.")
    crowded(lena)
    page = door(lena)
    assert squeezed(f"You owe Mon 12 Oct {debt}") in page
    assert squeezed("You owe Mon 5 Oct I promised to send her the text on leave by") in page
    assert squeezed("You owe Mon 7 Sep I promised to send her the list") not in page


@pytest.mark.req("R142")
def test_a_day_without_its_note_says_why_it_matters(lena: Coach) -> None:
    party = (
        "The firm's party is on 23 October. He drinks at every one of them, and she drives him"
        " home from there in the middle of the night."
    )
    noted(lena, 2, f"{FILLER} {party} {FILLER * 30}")
    crowded(lena)
    page = door(lena).replace(squeezed(FILLER), "")
    assert squeezed("In 4 days") in page
    assert squeezed(party.partition(", and she")[0]) in page


HURT = "On Monday Colm shoved her against the fridge, bruise on the shoulder."


@pytest.mark.req("R142")
def test_who_hurts_them_stands_among_the_first(lena: Coach) -> None:
    noted(lena, 1, "Says Colm is a good man, never raised a hand, just loud.")
    noted(lena, 2, HURT.replace("On Monday ", ""))
    noted(lena, 3, "It was again, last night. They are at Bea's till Sunday.")
    crowded(lena)
    page = door(lena)
    first = page.partition(squeezed(NOTES))[0]
    assert squeezed("Colm shoved her against the fridge, bruise on the shoulder.") in first
    assert page.index(squeezed("Colm shoved her")) < page.index(squeezed("Says Colm is a good"))


@pytest.mark.req("R142")
def test_a_day_that_is_not_to_be_spoken_of_never_stands_without_that(lena: Coach) -> None:
    noted(lena, 2, "Her father's birthday is 19 October. Not to be mentioned unless she does.")
    page = door(lena)
    told = "Today · Her father's birthday is 19 October. Not to be mentioned unless she does."
    assert squeezed(told) in page
    assert page.count(squeezed("father's birthday")) == 1


@pytest.mark.req("R142")
def test_a_debt_behind_its_name_is_one(lena: Coach) -> None:
    noted(lena, 3, "School letter: not written yet.", day="2026-10-12")
    assert squeezed("You owe Mon 12 Oct School letter: not written yet.") in door(lena)


@pytest.mark.req("R142")
def test_what_is_pinned_or_of_danger_comes_before_the_script(lena: Coach) -> None:
    said = squeezed("What would you like to talk about today?")
    assert squeezed("First: ") not in door(lena)
    noted(lena, 2, "Only ring her mobile.", pin=True)
    page = door(lena)
    assert page.index(squeezed("First: what is pinned above.")) < page.index(said)
    noted(lena, 3, ALARM)
    first = "First: what is noted above about danger, and what is pinned."
    assert squeezed(first) in door(lena)


@pytest.mark.req("R142")
def test_the_newest_notes_stand_whole_and_the_page_says_of_which_sessions_others_are(
    lena: Coach,
) -> None:
    for session in (1, 2, 3):
        for number in range(5):
            noted(lena, session, f"Rota {session}{number} of it. {FILLER * 3}")
    news = "Mail: he has moved out. The boy thinks it is a work trip. The bank knows nothing."
    noted(lena, 3, news, day="2026-10-12")
    page = door(lena)
    assert squeezed(f"Mon 12 Oct {news}") in page
    shown = [
        (session, number)
        for session in (3, 2, 1)
        for number in range(5)
        if squeezed(f"Rota {session}{number} of it. {FILLER * 3}") in page
    ]
    everything = [(session, number) for session in (3, 2, 1) for number in range(5)]
    assert shown == everything[: len(shown)]
    assert len(shown) < len(everything)
    assert page.count("Rota") == len(shown)
    assert squeezed(f"Not shown in full: {15 - len(shown)} notes (S1") in page


@pytest.mark.req("R142")
def test_a_note_of_more_than_a_third_of_the_page_ends_with_a_sentence(lena: Coach) -> None:
    noted(lena, 3, "It was long. " + FILLER * 40)
    crowded(lena)
    lena.today = "2026-10-19"
    page = lena.do("prep", "4", "--format", "terminal").words
    assert "all the time. … (more: `trajplan notes list`)" in page


PLAN_FOR_BAD_NIGHTS = "Agreed for bad nights: she rings Karin first, then the crisis line."
CARD = "Karin is off the card, they don't speak. Maike is first on it now."


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("pin", "later"),
    [
        (PLAN_FOR_BAD_NIGHTS, CARD),
        ("Her brother Pavel doesn't know of it.", "Told Pavel on Sunday."),
        ("Only ring the phone ending 207.", "The 207 phone is her husband's now, 418 is hers."),
        ("Don't say the word addict.", "She says addict herself now. The word is all right."),
    ],
)
def test_what_may_change_a_pinned_note_comes_right_under_it(
    lena: Coach, pin: str, later: str
) -> None:
    noted(lena, 1, pin, pin=True)
    noted(lena, 1, "Karin is her aunt. Pavel has a van. Nobody says the word addict, or 207.")
    noted(lena, 2, "She likes the new rota.", later)
    noted(lena, 3, "The letter for the school lies with me.", "She slept.")
    page = door(lena)
    top, _, notes = page.partition(squeezed(NOTES))
    assert squeezed(f"Pinned Mon 7 Sep {pin} S2 Mon 21 Sep {later}") in top
    # What is older than the pin changes nothing in it.
    assert squeezed("Karin is her aunt.") in notes
    assert squeezed("She likes the new rota.") in notes


@pytest.mark.req("R142")
def test_every_pinned_note_is_there_however_many_there_are(lena: Coach) -> None:
    for number in range(16):
        noted(lena, 1, f"Never speak of matter {number}. {FILLER * 6}", pin=True)
    crowded(lena)
    page = door(lena)
    for number in range(16):
        assert squeezed(f"Pinned Mon 7 Sep Never speak of matter {number}.") in page
    assert squeezed("Read first:") in page


@pytest.mark.req("R142")
def test_what_is_not_to_be_said_goes_before_what_came_to_it_since(lena: Coach) -> None:
    old, new = "Never ring the phone ending 418, he listens.", "The phone ending 418 is hers alone."
    noted(lena, 1, old)
    noted(lena, 2, new)
    for number in range(20):
        noted(lena, 3, f"Nobody at work knows of matter {number}. {FILLER * 3}", pin=number > 4)
        page = door(lena)
        assert squeezed(new) in page or squeezed(old) not in page
    assert squeezed(old) not in page


@pytest.mark.req("R142")
def test_a_birthday_has_its_day_however_long_ago_it_was_noted(lena: Coach) -> None:
    noted(lena, 1, "Her father's birthday is 21 October. Rota is out on 21 October.")
    told = "In 2 days · Her father's birthday is 21 October."
    assert squeezed(told) in door(lena)


@pytest.mark.req("R142")
def test_the_line_with_the_time_is_one(lena: Coach) -> None:
    lena.today = "2026-10-14"
    lena.do("sessions", "move", "4", "2026-10-21")
    words = ("--blueprint", "integration-headwind", "--energy", "low")
    lines = lena.do("prep", "4", *words, "--format", "terminal").out.splitlines()
    assert lines[1].startswith("Wednesday 21 October 2026 · 17:30–19:00 · 90 min · ")
    assert lines[1].rstrip().endswith("… · energy low")
    assert len(lines[1]) <= 80


@pytest.mark.req("R131", "R142")
def test_the_answers_to_what_is_asked_each_time_stand_with_it(lena: Coach) -> None:
    asks = "I ask about the ferry at the start of every session, she said yes to that."
    answers = (
        "Asked about the ferry: twice in the night.",
        "Asked about the ferry: no, not since.",
    )
    noted(lena, 1, asks, pin=True)
    noted(lena, 2, answers[0], "The ferry to Hull is late.")
    noted(lena, 3, answers[1], "She asked for the rota.")
    top, _, notes = door(lena).partition(squeezed(NOTES))
    places = [top.index(squeezed(told)) for told in (asks, answers[1], answers[0])]
    assert places == sorted(places)
    assert squeezed("The ferry to Hull is late.") in notes
    assert squeezed("She asked for the rota.") in notes
    noted(lena, 2, "Asked about not living: the thought is there at four.")
    assert squeezed("the thought is there at four.") in door(lena).partition(squeezed(asks))[0]


@pytest.mark.req("R142")
def test_the_newest_that_names_whom_a_pinned_note_names_keeps_its_room(lena: Coach) -> None:
    noted(lena, 1, "If it starts: out to Huda's, her door is open, then 999.", pin=True)
    changed = "He knows of it. Huda's husband told him, so not Huda any more."
    noted(lena, 2, changed)
    for number in range(24):
        noted(lena, 3, f"Nobody at work knows of matter {number}. {FILLER * 3}")
    page = door(lena)
    assert squeezed(f"then 999. S2 Mon 21 Sep {changed}") in page


@pytest.mark.req("R142")
def test_what_the_coach_owes_stands_under_the_pin_that_it_is_of(lena: Coach) -> None:
    noted(lena, 1, "Only ring the phone ending 118.", pin=True)
    owed = "I promised a text on the 24th, to the new phone: 118 is cut off, it ends 730."
    noted(lena, 3, owed)
    assert squeezed(f"ending 118. You owe Mon 5 Oct {owed}") in door(lena).replace(
        squeezed("In 5 days · "), ""
    )


@pytest.mark.req("R142")
def test_how_they_arrive_stands_in_the_first_line(lena: Coach) -> None:
    lena.do("check-in", "--session", "4", "--mood", "scared", "--matters", "the rota")
    first = lena.do("prep", "4", "--format", "terminal").out.splitlines()[0]
    assert first.rstrip().endswith(" · arrives scared")
    assert "Arrives" not in door(lena)
    mood = f"all over the place, {'and tired of it all ' * 6}"
    lena.do("check-in", "--session", "4", "--mood", mood)
    first = lena.do("prep", "4", "--format", "terminal").out.splitlines()[0]
    assert len(first.rstrip()) <= 80
    assert " · arrives all over the place" in first
    assert squeezed(f"Arrives {mood}") in door(lena)


@pytest.mark.req("R142")
def test_a_coming_day_says_what_comes(lena: Coach) -> None:
    lena.do("check-in", "--session", "4", "--matters", "tomorrow and Thursday")
    page = door(lena)
    assert squeezed("Tomorrow tomorrow and Thursday") not in page
    assert squeezed("Matters most tomorrow and Thursday") in page
    lena.do("check-in", "--session", "4", "--matters", "the ferry tomorrow")
    assert squeezed("Tomorrow the ferry tomorrow") in door(lena)


@pytest.mark.req("R142")
def test_what_was_said_between_two_sessions_stands_once_with_its_day(lena: Coach) -> None:
    lena.today = "2026-10-12"
    lena.do("commitments", "add", "Ask Ms Pohl for the papers", "--when", "2026-10-16",
            "--how-will-i-know", "I have them")  # fmt: skip
    told = "Ms Pohl ill until 20 October."
    lena.do("commitments", "update", "1", "--contact", "message", "--note", told)
    page = door(lena)
    assert page.count(squeezed(told)) == 1
    assert squeezed(f"Since then Tomorrow · message Mon 12 Oct 2026: {told}") in page


@pytest.mark.req("R142")
def test_what_the_last_session_noted_has_room_before_all_that_is_older(coach: Coach) -> None:
    what = (f"Read chapter {number} of the book on rotas" for number in range(3))
    lena = led(coach, [], [*what], [])
    for number in range(9):
        noted(lena, 1, f"Nobody at work knows of matter {number}. {FILLER}")
    for number in range(11):
        noted(lena, 2, f"Always greet aunt {number}, and mean it. {FILLER * 2}", pin=True)
    told = [f"The lawyer wants paper {number}, and only Ms Abt knows of it." for number in range(9)]
    noted(lena, 3, *told)
    page = door(lena)
    assert all(squeezed(words) in page for words in told)
    # Of the script each line is one, and of what was promised before hardly any is left.
    assert page.count("Stillopen") < 3
    assert squeezed("Ifnot:") not in page


@pytest.mark.req("R142")
def test_older_notes_that_forbid_something_have_room_before_other_older_ones(lena: Coach) -> None:
    asked = ("No talk of a new chapter.", "Dr Sand: don't suggest him again.",
             "She asked that I promise not to bring it up unless she does.")  # fmt: skip
    noted(lena, 1, *asked)
    for number in range(14):
        noted(lena, 2, f"The rota, part {number}. {FILLER * 3}")
    page = door(lena)
    assert all(squeezed(words) in page for words in asked)
    assert squeezed("The rota, part 13.") not in page


@pytest.mark.req("R142")
@pytest.mark.parametrize("day", ["2026-10-17", "2026-10-19"], ids=["before", "that day"])
def test_grave_news_stands_before_danger_days_pins_and_messages(lena: Coach, day: str) -> None:
    lena.today = DAYS[2]
    lena.do("commitments", "add", "Ask Ms Pohl for the papers", "--when", "2026-10-16",
            "--how-will-i-know", "I have them")  # fmt: skip
    lena.do("commitments", "update", "1", "--contact", "message", "--note", "Ms Pohl is away.")
    noted(lena, 1, ALARM, pin=True)
    noted(lena, 3, "Goes by Lena, never Magdalena.", pin=True)
    noted(lena, 3, "Her dad died this morning. She comes anyway.", day=day)
    lena.do("check-in", "--session", "4", "--matters", "the interview on 20 October")
    page = door(lena)
    order = ("Her dad died this morning.", ALARM, "the interview on 20 October",
             "Goes by Lena", "Ms Pohl is away.", NOTES)  # fmt: skip
    places = [page.index(squeezed(words)) for words in order[:-1]]
    assert places == sorted(places)


@pytest.mark.req("R142")
def test_how_they_want_to_be_held_to_it_stands_where_promises_are_asked_about(coach: Coach) -> None:
    lena = led(coach, [], [], ["Ask Ms Pohl for the papers"])
    lena.do("clients", "update", "--from", "-", stdin="kind: intake\naccountability: Ask once.\n")
    assert squeezed("Held to it Ask once. Promised (open") in door(lena)
    for number in range(16):
        noted(lena, 1, f"Never speak of matter {number}. {FILLER * 6}", pin=True)
    assert squeezed("Held to it Ask once. Promised (open") in door(lena)


@pytest.mark.req("R142")
def test_the_question_that_a_note_of_danger_quotes_is_the_first_that_is_asked(lena: Coach) -> None:
    noted(lena, 1, ALARM, pin=True)
    assert squeezed("First: what is noted above about danger") in door(lena)
    asks = "I ask every time, first thing: 'how are the nights, are you safe?' She nodded."
    noted(lena, 2, f"{ALARM} {asks}", pin=True)
    assert squeezed("First, as agreed: “how are the nights, are you safe?”") in door(lena)


@pytest.mark.req("R142")
def test_a_promise_that_goes_on_in_another_is_not_still_open(coach: Coach) -> None:
    lena = led(
        coach, ["Ask Petra for it in writing"], ["Ask Petra for it in writing, second go"], []
    )
    lena.do("commitments", "update", "2", "--status", "let_go", "--learned", "No need.")
    page = door(lena)
    assert "Stillopen" not in page
    assert squeezed("Let go Ask Petra for it in writing, second go: No need.") in page
