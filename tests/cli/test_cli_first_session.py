"""The first session is this client's: it reads the intake, and how to work is agreed in every
journey (R126)."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from coaching import NO_COMMITMENT, Coach, prompts_of
from few import few

JOURNEYS = ("integrative-12", "directive-4", "exploratory-6", "single-session")
CARE = """\
kind: intake
name: Olga
destination: A job in the day, near home.
stuck_point: I am stuck because the nights pay well, while I hardly see my boys.
own_questions: [What else can I do after fifteen years of care work?, How do I tell my boss?]
paths: [School assistant, Day clinic]
fears: [That my colleagues drop me]
must_haves: [Enough money to pay the rent, 2.800 € a month]
priorities: [Hand in my notice by 31 March]
"""
SEARCH = """\
kind: intake
name: Piet
stuck_point: Twelve applications and not one interview.
own_questions: [Is it my age?]
need: job_search
"""
TEAM = """\
kind: intake
name: Rosa
drive: I'd like to lead a team.
dislikes: [The fights with my boss]
paths: 3
"""
AGREED = """\
agreement: {client: O., coach: A., shared: nothing, limits: danger, records: five years,
  cancellation: 24 hours, consent: 2027-01-04}
"""
LINES = ("fifteen years of care work", "How do I tell my boss?")


def first(coach: Coach, intake: str, journey: str = "exploratory-6", *options: str) -> Any:
    coach.do("new-client", "--from", "-", "--journey", journey, stdin=intake)
    return coach.json("prep", "session", "1", *options)


def said(plan: Any) -> set[str]:
    return {
        line["text"]
        for segment in plan["segments"]
        for line in (*segment["prompts"], *segment["questions"])
    }


def contracting(plan: Any) -> list[tuple[str, int]]:
    return [
        (activity["id"], activity["minutes"])
        for segment in plan["segments"]
        for activity in segment["activities"]
        if activity["id"].endswith("how_we_work")
    ]


@pytest.mark.req("R126")
@pytest.mark.parametrize("journey", few(JOURNEYS, 2))
def test_three_intakes_make_three_plans(coach: Coach, journey: str) -> None:
    plans = []
    for intake in (CARE, SEARCH, TEAM):
        plans.append(said(first(coach, intake, journey)))
        coach.practice.unlink()
    # Two of them speak of a boss, and what goes home is the same plain question for anybody.
    for one, other in itertools.permutations(plans, 2):
        assert one - other
    assert len(plans[1] - plans[0]) >= 2
    assert len(plans[1] - plans[2]) >= 2


@pytest.mark.req("R126")
@pytest.mark.parametrize("journey", few(JOURNEYS, 2))
@pytest.mark.parametrize(
    "minutes",
    few(["45", "60", "90", "120"], 1),
)
def test_how_to_work_is_agreed_first_in_every_journey(
    coach: Coach, journey: str, minutes: str
) -> None:
    first(coach, CARE, journey)
    for energy in ("low", "normal", "high"):
        for late in ("0", "10"):
            options = ("--minutes", minutes, "--energy", energy, "--late", late)
            made = coach.json("prep", "session", "1", *options)
            ((name, length),) = contracting(made)
            assert name == "agree_how_we_work"
            assert length >= (2 if late == "10" else 3)
            assert made["segments"][0]["component"] == "context_setting"
            assert name in [part["id"] for part in made["segments"][0]["activities"]]
            for segment in made["segments"]:
                parts = [*segment["activities"], *segment["prompts"], *segment["questions"]]
                assert sum(part["minutes"] for part in parts) <= segment["minutes"]
    assert "coaching-agreement" in [form["worksheet"] for form in made["hands_out"]]
    page = coach.do("prep", "session", "1").out
    assert "confidentiality" in page
    assert "notes on a computer" in page
    agenda = coach.do("prep", "session", "1", "--for", "client").out
    assert ", and how we'll work together" in agenda or "agreeing how we work" in agenda
    if journey != "single-session":
        assert contracting(coach.json("prep", "session", "2")) == []


@pytest.mark.slow
@pytest.mark.req("R126")
@pytest.mark.parametrize("journey", JOURNEYS)
def test_with_an_agreement_on_file_two_minutes_remain(coach: Coach, journey: str) -> None:
    made = first(coach, CARE + AGREED, journey)
    assert contracting(made) == [("recall_how_we_work", 2)]
    assert "coaching-agreement" not in [form["worksheet"] for form in made["hands_out"]]
    # Without a date of consent nothing has been agreed yet.
    coach.practice.unlink()
    half = CARE + AGREED.replace(", consent: 2027-01-04", "")
    assert contracting(first(coach, half, journey))[0][0] == "agree_how_we_work"


@pytest.mark.req("R126")
def test_what_the_client_came_with_stands_on_plan_and_agenda(coach: Coach) -> None:
    made = first(coach, CARE)
    agenda = coach.do("prep", "session", "1", "--for", "client").out
    page = coach.do("prep", "session", "1").out
    for line in LINES:
        assert line in agenda
        assert line in page
    assert made["intake"]["paths"] == ["School assistant", "Day clinic"]
    assert made["urgent"] == [
        {
            "text": "Hand in my notice by 31 March",
            "day": "2027-03-31",
            "alone": False,
            "promise": False,
            "newer": None,
        }
    ]
    assert "in 78 days" in page
    (urgent, question) = [prompt for prompt in prompts_of(made) if prompt["kind"] == "intake"]
    assert "31 March" in urgent["text"]
    # Of several they choose one.
    assert question["text"] == "You wrote down some questions. Which would you like to talk about?"
    assert question["beside"] == (
        "What else can I do after fifteen years of care work? · How do I tell my boss?"
    )
    assert all(len(prompt["text"].split()) <= 20 for prompt in (urgent, question))
    # Only at the start: later sessions have their own.
    assert coach.json("prep", "session", "2")["intake"] is None
    assert "Your questions" not in coach.do("prep", "session", "2", "--for", "client").out


@pytest.mark.req("R126", "R123")
@pytest.mark.parametrize(
    ("paths", "aloud"),
    [
        (
            '[Hospice volunteer coordinator, Own little bindery, "Anything, honestly"]',
            "two ways this could go",
        ),
        ("[Stay, Go, Something else??]", "ou could stay or go."),
        (
            '[school admin (sensible? boring?), "back to housing, my old trade"]',
            "two ways this could go",
        ),
        ("[Bakery, no idea yet]", ""),
        ('[Bakery, "Gardens: public ones", The shop]', "three ways this could go"),
        ("[one, two, three, four, five]", "several ways this could go"),
    ],
)
def test_several_directions_are_asked_about_behind_the_first_question(
    coach: Coach, paths: str, aloud: str
) -> None:
    made = first(coach, f"kind: intake\nname: Ada\npaths: {paths}\n")
    prompts = prompts_of(made)
    brought = [prompt["text"] for prompt in prompts if prompt["kind"] == "intake"]
    assert len(brought) == bool(aloud)
    assert all(aloud in text for text in brought)
    page = " ".join(coach.do("prep", "session", "1").out.split())
    for segment in made["segments"]:
        for prompt in segment["prompts"]:
            if prompt["case"] == "paths":
                first_question = segment["questions"][0]["text"]
                assert 0 < page.index(first_question) < page.index(prompt["text"])


@pytest.mark.req("R126", "R39", "R19")
def test_what_names_no_direction_is_none(coach: Coach) -> None:
    intake = "kind: intake\nname: Ada\npaths: [Bakery, 'Anything, honestly', Not sure]\n"
    first(coach, intake, "integrative-12")
    (option,) = coach.json("prep", "session", "8", "--decision")["weighing"]["options"]
    assert option["title"] == "Bakery"
    assert coach.json("recommend")["paths"] == 1
    assert "Anything, honestly" in coach.do("prep", "session", "1", "--full").out


@pytest.mark.req("R126")
def test_fears_and_money_are_for_the_coachs_eye_until_the_client_speaks_of_them(
    coach: Coach,
) -> None:
    made = first(coach, CARE)
    assert made["intake"]["fears"] == ["That my colleagues drop me"]
    assert made["intake"]["money"] == ["Enough money to pay the rent", "2.800 € a month"]
    assert {"money", "colleagues"}.isdisjoint(topic["id"] for topic in made["topics"])
    assert not [line for line in said(made) if "drop me" in line or "the rent" in line]
    page = coach.do("prep", "session", "1").out
    assert "for your eye" in page
    for form in ("markdown", "terminal", "json"):
        agenda = coach.do("prep", "session", "1", "--for", "client", "--format", form).out
        assert "drop me" not in agenda
        assert "the rent" not in agenda
        assert "2.800" not in agenda
    coach.do("check-in", "--matters", "The rent, and my colleagues")
    spoken = coach.json("prep", "session", "1")
    topics = {topic["id"]: topic["intake"] for topic in spoken["topics"]}
    assert topics == {"money": False, "colleagues": False}


@pytest.mark.req("R126")
def test_words_about_danger_in_an_intake_go_first(coach: Coach) -> None:
    made = first(coach, CARE.replace("That my colleagues drop me", "I don't want to live any more"))
    assert made["proposals"][0]["kind"] == "safety"
    # They stand until somebody has seen to them, whatever becomes of the first session.
    assert "don't want to live" in made["pinned"][0]["text"]
    assert not [prompt for prompt in prompts_of(made) if prompt["kind"] == "intake"]


@pytest.mark.req("R126")
def test_a_first_session_that_holds_leaves_the_agreement_to_the_next(coach: Coach) -> None:
    first(coach, CARE)
    coach.do("check-in", "--holding")
    held = coach.json("prep", "session", "1")
    assert contracting(held) == []
    agenda = coach.do("prep", "session", "1", "--for", "client").out
    assert "Your questions" not in agenda
    coach.do("wrap", "session", "1", "--from", "-", stdin=NO_COMMITMENT)
    coach.today = "2027-01-26"
    made = coach.json("prep", "session", "2")
    assert contracting(made)[0][0] == "agree_how_we_work"
    assert made["intake"]["own_questions"]


DEADLINE = """\
kind: intake
name: Tom
destination: "The offer at the Grand: yes or no by 11 February."
stuck_point: I can't decide
"""


@pytest.mark.req("R126", "R142")
def test_a_day_the_client_named_stands_on_every_plan_until_it_has_passed(coach: Coach) -> None:
    coach.do("new-client", "--from", "-", "--start", "2027-01-26", stdin=DEADLINE)
    for number, day in (("1", "2027-01-26"), ("2", "2027-02-09")):
        coach.today = day
        made = coach.json("prep", "session", number)
        assert [urgent["day"] for urgent in made["urgent"]] == ["2027-02-11"], number
        assert made["urgent"][0]["alone"] == (number == "2")
        for options in ((), ("--glance",)):
            page = coach.do("prep", "session", number, *options).out
            assert "Urgent" in page
        door = coach.do("prep", "session", number, "--format", "terminal").out
        assert re.search(r"^(In 16 days|In 2 days) ", door, re.MULTILINE)
        coach.do("wrap", "session", number, "--from", "-", stdin=NO_COMMITMENT)
    assert "no session before then" in coach.do("prep", "session", "2").out
    coach.today = "2027-02-23"
    assert coach.json("prep", "session", "3")["urgent"] == []


@pytest.mark.req("R126", "R125")
def test_today_tells_of_a_day_that_comes_within_a_week(coach: Coach) -> None:
    coach.do("new-client", "--from", "-", "--start", "2027-01-26", stdin=DEADLINE)
    told = {}
    for day in ("2027-02-03", "2027-02-04", "2027-02-10", "2027-02-11", "2027-02-12"):
        coach.today = day
        (client,) = coach.json("today")["clients"]
        told[day] = [due["command"] for due in client["waiting"] if due["kind"] == "deadline"]
    held = ["trajplan prep session 1 --client tom"]
    assert told == {
        "2027-02-03": [], "2027-02-04": held, "2027-02-10": held, "2027-02-11": held,
        "2027-02-12": [],
    }  # fmt: skip
    coach.today = "2027-02-09"
    for number in ("1", "2"):
        coach.do("wrap", "session", number, "--from", "-", stdin=NO_COMMITMENT)
    coach.do("commitments", "add", "Send the form", "--when", "2027-02-20", "--deadline",
             "2027-02-16", "--how-will-i-know", "Sent")  # fmt: skip
    page = coach.do("today").out
    assert "**Thu 11 Feb 2027, in 2 days; no session before then:** The offer at the Grand" in page
    assert "`trajplan sessions move 3 DAY --client tom`" in page
    assert "**Tue 16 Feb 2027, in 7 days; no session before then:** Send the form" in page
    coach.do("sessions", "pause")
    assert "no session before then" in coach.do("today").out
    coach.do("commitments", "update", "1", "--status", "done")
    assert "Send the form" not in coach.do("today").out


@pytest.mark.req("R126", "R142")
def test_a_day_before_the_next_session_offers_the_decision_or_another_date(coach: Coach) -> None:
    coach.do("new-client", "--from", "-", "--start", "2027-02-09", stdin=DEADLINE)
    (offer,) = [
        finding["message"]
        for finding in coach.json("prep", "session", "1")["findings"]
        if finding["rule"] == "R126"
    ]
    assert "Thu 11 Feb 2027 comes before session 2" in offer
    assert "`trajplan prep session 1 --decision`" in offer
    assert "`trajplan sessions move 2 DAY`" in offer
    decided = coach.json("prep", "session", "1", "--decision")
    assert not [finding for finding in decided["findings"] if finding["rule"] == "R126"]


@pytest.mark.req("R126")
def test_a_day_on_which_the_next_session_is_does_not_come_before_it(coach: Coach) -> None:
    coach.do("new-client", "--from", "-", "--start", "2027-02-09", stdin=DEADLINE)
    coach.do("sessions", "move", "2", "2027-02-11")
    page = coach.do("prep", "session", "1").out
    assert "(Thu 11 Feb 2027, in 2 days; the day of session 2)" in page
    assert "Thu 11 Feb 2027 is the day of session 2. `trajplan" in page
    assert "comes before session" not in page
    assert "no session before" not in page
    door = " ".join(coach.do("prep", "session", "1", "--format", "terminal").out.split())
    assert "the day of session 2" in door
    assert "no session before" not in door


@pytest.mark.req("R22", "R131")
def test_what_the_intake_said_is_grave_news_until_a_session_has_heard_it(coach: Coach) -> None:
    coach.today = "2027-01-12"
    intake = (
        "kind: intake\nname: Mara Holl\nstuck_point: I am stuck because my mother died in October\n"
    )
    coach.do("new-client", "--from", "-", stdin=intake)
    proposed = coach.json("prep", "1")["proposals"]
    assert [proposal["kind"] for proposal in proposed] == ["grave-news"]
    coach.do("check-in", "--session", "1", "--holding")
    coach.do("wrap", "1", "--from", "-", stdin="kind: wrap\ncommitments: none\n")
    for number, day in (("2", "2027-01-26"), ("3", "2027-02-09")):
        coach.today = day
        plan = coach.json("prep", number)
        assert plan["proposals"] == []
        assert "sorry to hear" not in coach.do("prep", number).out
        coach.do("check-in", "--session", number, "--holding")
        coach.do("wrap", number, "--from", "-", stdin="kind: wrap\ncommitments: none\n")
