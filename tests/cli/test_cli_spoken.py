"""What is said aloud in the room: short, one whole quotation or none, the full words beside."""

from __future__ import annotations

from typing import Any

import pytest

from coaching import DAYS, NO_COMMITMENT, Coach, begin, hold, prompts_of
from few import few
from trajplan.text import word_count

LONG = (
    "I'd like, if she lets me (and only if), to ask my boss's boss about the shifts – not before "
    "Easter, though."
)
FOREIGN = [
    "Mit der neuen Chefin (der aus Köln) über die Schichten reden, aber nicht am Montag",
    "Hablar con mi jefe sobre «los turnos» si no está de mal humor esta semana",
    "上司に、来月の夜勤のことを、金曜日までに話してみる（できれば二人だけで）",
]


def prompts(plan: Any, *ids: str) -> list[dict[str, Any]]:
    return [prompt for prompt in prompts_of(plan) if not ids or prompt["id"] in ids]


def reviews(coach: Coach, session: int) -> list[dict[str, Any]]:
    coach.today = DAYS[session]
    return prompts(coach.json("prep", "session", str(session)), "review-commitment")


def promise(what: str, **more: str) -> str:
    """A wrap with one commitment."""
    lines = "".join(f"    {key}: {value}\n" for key, value in more.items())
    return (
        f'kind: wrap\ncommitments:\n  - what: "{what}"\n    when: "2027-03-01"\n'
        f"    how_will_i_know: A date\n{lines}"
    )


@pytest.mark.req("R123")
@pytest.mark.parametrize("what", few([LONG, *FOREIGN], 2))
def test_long_foreign_and_bracketed_words_are_never_cut(coach: Coach, what: str) -> None:
    begin(coach)
    hold(coach, 4, promise(what))
    (review,) = reviews(coach, 5)
    assert "what you took on" in review["text"]
    assert "“" not in review["text"]
    assert review["beside"] == what
    page = " ".join(coach.do("prep", "session", "5").out.split())
    assert "In full:" in page


@pytest.mark.req("R123")
def test_a_commitment_is_spoken_of_by_its_label(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, promise("Ask Ada in training for one morning with the apprentices"))
    shown = coach.json("commitments", "show", "1")
    assert shown["label"] == "asking Ada in training"
    assert "Label:** asking Ada in training" in coach.do("commitments", "show", "1").out
    (review,) = reviews(coach, 5)
    # The promise itself, said back whole, is better than a label made of its words.
    assert review["text"].startswith(
        "You were going to ask Ada in training for one morning with the apprentices."
    )
    assert review["beside"] == "Ask Ada in training for one morning with the apprentices"
    coach.do("commitments", "update", "1", "--label", "call to the works council")
    (review,) = reviews(coach, 5)
    assert "the call to the works council" in review["text"].lower()
    said = coach.refused(2, "commitments", "update", "1", "--label", "one two three four five six")
    assert "6 words" in said
    said = coach.refused(
        10,
        *("wrap", "session", "4", "--replace", "--from", "-"),
        stdin=promise("Call Ada", label="the long call to the works council"),
    )
    assert "<standard input>:6:12: `the long call to the works council` has 7 words" in said
    coach.do(
        *("wrap", "session", "4", "--replace", "--from", "-"),
        stdin=promise("Call Ada", label="talk with Ada"),
    )
    assert coach.json("commitments", "list")["commitments"][-1]["label"] == "talk with Ada"


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("Ask my boss for a day off", "You were going to ask your boss for a day off."),
        ("Don't check mails after 8", "You weren't going to check mails after 8."),
        ("Tell Gary no before he hears it from Mel", "You were going to tell Gary no."),
    ],
)
def test_a_promise_is_said_back_as_it_was_made(coach: Coach, what: str, said: str) -> None:
    begin(coach)
    hold(coach, 4, promise(what))
    (review,) = reviews(coach, 5)
    assert said in review["text"]
    assert "what you took on" not in review["text"]


@pytest.mark.req("R123")
def test_what_goes_by_its_name_is_asked_about_and_all_of_it_only_where_nothing_does(
    coach: Coach,
) -> None:
    begin(coach)
    wraps = [promise(what) for what in (LONG, f"Then, {LONG}", "Call Ada")]
    commitments = [wrap.removeprefix("kind: wrap\ncommitments:\n") for wrap in wraps]
    hold(coach, 4, f"kind: wrap\ncommitments:\n{''.join(commitments)}")
    (review,) = reviews(coach, 5)
    assert "call Ada" in review["text"]
    without = f"kind: wrap\ncommitments:\n{''.join(commitments[:2])}"
    coach.do(*("wrap", "session", "4", "--replace", "--from", "-"), stdin=without)
    (review,) = reviews(coach, 5)
    assert "what you took on" in review["text"]


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("what", "label"),
    [
        ("Don't check mails after 8", "not checking mails after 8"),
        ("Never work on Sundays", "never working on Sundays"),
        ("Call Ada unless it rains", "calling Ada unless it rains"),
        ("Say yes to the extra shift only if the money is right", ""),
        ("Stop answering mails at night when I am off", ""),
    ],
)
def test_a_label_keeps_what_turns_the_sense(coach: Coach, what: str, label: str) -> None:
    begin(coach)
    coach.do("commitments", "add", what, "--when", "+7d", "--how-will-i-know", "A date")
    assert coach.json("commitments", "show", "1")["label"] == label


@pytest.mark.req("R123")
def test_only_exact_words_are_quoted(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, promise("Call Ada"))
    coach.today = "2027-03-01"
    coach.do("commitments", "update", "1", "--status", "done", "--learned", "She sees more now")
    (review,) = reviews(coach, 5)
    assert "She sees" not in review["text"]
    assert "You called Ada." in review["text"]
    assert review["beside"] == "Call Ada · She sees more now"
    coach.today = "2027-03-02"
    coach.do(
        *("commitments", "update", "1", "--learned", "“Ada likes the room”"),
        *("--contact", "message"),
    )
    (review,) = reviews(coach, 5)
    assert "You wrote Ada likes the room." in review["text"]
    # A belief is taken as the client's own words, unless it is marked as the gist.
    coach.do("assumptions", "update", "1", "--kind", "rule")
    (belief,) = prompts(coach.json("prep", "session", "5"), "challenge-assumption")
    assert "“Without a degree nobody lets me near a class”" in belief["text"]
    coach.do("assumptions", "update", "1", "--wording", "gist")
    (belief,) = prompts(coach.json("prep", "session", "5"), "challenge-assumption")
    assert "“" not in belief["text"]
    assert belief["beside"] == "Without a degree nobody lets me near a class."


@pytest.mark.req("R123")
def test_errands_are_asked_after_in_one_line(coach: Coach) -> None:
    begin(coach)
    wrap = (
        "kind: wrap\ncommitments:\n"
        "  - {what: Print the CV, when: '2027-03-01', how_will_i_know: It lies there,"
        " kind: preparing}\n"
        "  - {what: Book a room, when: '2027-03-01', how_will_i_know: A mail}\n"
    )
    hold(coach, 4, wrap)
    assert [review["case"] for review in reviews(coach, 5)] == ["open", "errand"]
    # The coach may say so later.
    coach.do("commitments", "update", "2", "--kind", "preparing")
    (line,) = reviews(coach, 5)
    assert (line["case"], line["minutes"]) == ("errands", 1)
    assert line["beside"] == "Print the CV · Book a room"
    coach.do("commitments", "update", "1", "--status", "done")
    coach.do("commitments", "update", "2", "--status", "dropped")
    assert reviews(coach, 5) == []


@pytest.mark.req("R123")
@pytest.mark.slow
def test_every_prompt_of_twelve_messy_sessions_can_be_said(coach: Coach) -> None:
    begin(
        coach,
        f"kind: intake\nname: Messy\ndestination: '{FOREIGN[0]}'\nstuck_point: |\n  {LONG}\n"
        f"  And then some.\nassumptions: ['{FOREIGN[1]}', 'Nobody (really nobody) wants me']\n",
    )
    seen = 0
    for number in range(1, 13):
        day = f"2027-{1 + (number + 4) // 3:02d}-{1 + 9 * ((number + 4) % 3):02d}"
        matters = [LONG, "Month-end is over", FOREIGN[2]][number % 3]
        coach.do("check-in", "--session", str(number), "--matters", matters)
        plan = coach.json("prep", "session", str(number))
        for prompt in prompts(plan):
            assert word_count(prompt["text"]) <= 20, prompt
            assert prompt["text"].count("“") <= 1, prompt
            assert "…" not in prompt["text"]
            seen += 1
        what = [LONG, *FOREIGN][number % 4].replace("'", "’")
        wrap = promise(what).replace("2027-03-01", day) + f"takeaways: ['{what}']\n"
        coach.do("wrap", "session", str(number), "--force", "--from", "-", stdin=wrap)
    assert seen > 24


@pytest.mark.req("R125")
def test_the_client_may_ask_to_be_asked(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, promise("Call Ada"))
    for session in (5, 6):
        hold(coach, session)
    assert reviews(coach, 7) == []
    coach.do("commitments", "update", "1", "--keep-asking")
    (review,) = reviews(coach, 7)
    assert review["case"] == "open"
    hold(coach, 7)
    assert len(reviews(coach, 8)) == 1
    coach.do("commitments", "update", "1", "--no-keep-asking")
    assert reviews(coach, 8) == []


@pytest.mark.req("R125")
def test_a_date_from_outside_brings_a_promise_back_before_it_falls_due(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, promise("Hand in the form", deadline="2027-04-15"))
    assert [review["case"] for review in reviews(coach, 5)] == ["open"]
    hold(coach, 5)
    assert [review["case"] for review in reviews(coach, 6)] == ["missed_twice"]
    hold(coach, 6)
    # Session 8 comes after the 15th of April: this is the last one before it.
    (review,) = reviews(coach, 7)
    assert review["case"] == "deadline"
    assert "15 April" in review["text"]
    hold(coach, 7)
    assert reviews(coach, 8) == []


@pytest.mark.req("R125")
def test_what_was_learnt_is_read_back_once(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, promise("Call Ada"))
    coach.today = DAYS[5]
    coach.do("commitments", "update", "1", "--status", "partly", "--learned", "“Ada is away”")
    # With a referral nothing is asked about what still matters, and nothing is read twice either.
    coach.do("refer", "medical")
    assert "Ada is away." in reviews(coach, 5)[0]["text"]
    hold(coach, 5)
    assert "Ada is away" not in reviews(coach, 6)[0]["text"]


def test_the_way_the_client_wants_to_be_held_to_it_is_not_overruled(coach: Coach) -> None:
    """F18."""
    begin(coach)
    wrap = promise("Call Ada") + "accountability: Ring me. I don't do apps.\n"
    hold(coach, 4, wrap)
    sheet = coach.do("wrap", "session", "4").out
    assert "Ring me. I don't do apps." in sheet
    assert "short message" not in sheet


def test_the_newest_destination_goes_on_and_the_first_words_stay(coach: Coach) -> None:
    """F8."""
    begin(coach)
    hold(coach, 4)
    coach.today = "2027-03-23"
    wrap = f"{NO_COMMITMENT}echo: {{destination: Run the training workshop}}\n"
    coach.do("wrap", "session", "6", "--from", "-", stdin=wrap)
    page = coach.do("close", "--print", "career-os").out
    assert "**Where I'm going:** Run the training workshop" in page
    assert "| Destination | Work in which I teach people a trade." in page
    for name in ("retreat", "follow-up"):
        assert "Run the training workshop" in coach.do("close", "--print", name).out
