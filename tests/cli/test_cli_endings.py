"""How a session ends, what a short one keeps, and numbers asked once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from coaching import NO_COMMITMENT, Coach, prompts_of, questions_of
from few import few

CLOSE = ["wanted", "summary", "left"]
LOW = ["--clarity", "4", "--momentum", "3", "--satisfaction", "9"]


def prep(coach: Coach, session: int, *more: str) -> Any:
    return coach.json("prep", "session", str(session), "--reset", *more)


def close_of(plan: Any) -> list[Any]:
    return [prompt for prompt in plan["segments"][-1]["prompts"] if prompt["kind"] == "close"]


def numbers(plan: Any) -> list[Any]:
    """Every moment in which the client is asked for numbers, by segment."""
    return [
        part["id"]
        for part in plan["segments"]
        if any(activity["id"] == "rate_tci" for activity in part["activities"])
        or any(question["anchors"] for question in part["questions"])
    ]


@pytest.mark.req("R164")
@pytest.mark.parametrize("energy", few(["low", "normal", "high"], 2))
@pytest.mark.parametrize(
    "name", few(["exploration-possibilities", "grow", "first-session", "pivot"], 2)
)
def test_forty_five_minutes_are_enough_even_late(begun: Coach, name: str, energy: str) -> None:
    for late in ("0", "10"):
        words = ["--minutes", "45", "--energy", energy, "--late", late, "--blueprint", name]
        plan = prep(begun, 4, *words)
        assert sum(segment["minutes"] for segment in plan["segments"]) == 45 - int(late)
        assert [prompt["case"] for prompt in close_of(plan)] == CLOSE
        # A tired client is asked nothing beside that, however long it is.
        tired = energy == "low"
        assert (close_of(plan)[1]["beside"] == "") == tired
        assert sum(prompt["minutes"] for prompt in close_of(plan)) == (2 if tired else 5)
        opening = [
            prompt["minutes"] for prompt in prompts_of(plan) if prompt["kind"] == "agreement"
        ]
        assert opening == [2]


@pytest.mark.req("R164")
def test_the_review_gives_way_first(held: Coach) -> None:
    short = prep(held, 5, "--minutes", "45", "--late", "10")
    usual = prep(held, 5)
    ids = [
        {activity["id"] for activity in plan["segments"][0]["activities"]}
        for plan in (short, usual)
    ]
    assert "review_ritual" in ids[1]
    review = [
        sum(activity["minutes"] for activity in plan["segments"][0]["activities"])
        for plan in (short, usual)
    ]
    assert review[0] < review[1]
    assert close_of(short) == close_of(usual)
    assert "agreement" in [prompt["kind"] for prompt in short["segments"][0]["prompts"]]


@pytest.mark.req("R165")
def test_the_client_closes_before_numbers_and_dates(begun: Coach) -> None:
    plan = prep(begun, 4)
    assert [prompt["case"] for prompt in close_of(plan)] == CLOSE
    page = begun.do("prep", "session", "4").out
    # Three are asked; what they learnt, are pleased with and will do stands beside, unless said.
    wanted, summary, left = close_of(plan)
    unless_said = summary["beside"].split(" · ")
    assert len(unless_said) == 3
    at = [
        page.index(text) for text in (wanted["text"], summary["text"], *unless_said, left["text"])
    ]
    assert at == sorted(at)
    assert at[-1] < page.index("– Ratings:") < page.index("– Next date:")
    for one in close_of(plan):
        assert len(one["text"].split()) <= 12
    # Heard twelve times, the words take turns.
    texts = [
        tuple(prompt["text"] for prompt in close_of(prep(begun, number))) for number in (4, 5, 6)
    ]
    assert len(set(texts)) == 3


@pytest.mark.req("R165")
def test_a_session_that_holds_closes_gently(begun: Coach) -> None:
    begun.do("check-in", "--session", "4", "--holding")
    assert close_of(begun.json("prep", "session", "4")) == []


@pytest.mark.req("R22")
def test_nobody_asks_for_focus_or_rating_after_a_session_that_held(begun: Coach) -> None:
    def wrapped(number: str) -> str:
        told = "kind: wrap\nasked: []\ncommitments: none\n"
        return begun.do("wrap", "session", number, "--from", "-", stdin=told).err

    assert "no focus yet" in wrapped("4")
    assert "session 4: no rating yet" in begun.do("today").out
    begun.today = "2027-03-09"
    begun.do("check-in", "--session", "5", "--holding")
    assert "no focus yet" not in wrapped("5")
    assert "no rating yet" not in begun.do("today").out


@pytest.mark.req("R165")
@pytest.mark.parametrize(("session", "leads"), [(4, False), (6, False), (7, True), (12, True)])
def test_from_integration_on_the_client_leads(begun: Coach, session: int, leads: bool) -> None:
    plan = prep(begun, session)
    assert plan["client_leads"] is leads
    page = begun.do("prep", "session", str(session)).out
    assert ("Who leads" in page) is leads
    assert page.count("The client leads.") == (2 if leads else 0)
    agenda = begun.do("prep", "session", str(session), "--for", "client").out
    assert ("You lead from here on" in agenda) is leads


@pytest.mark.req("R166")
@pytest.mark.parametrize("session", range(2, 13))
def test_numbers_are_asked_in_one_moment(begun: Coach, session: int) -> None:
    plan = prep(begun, session)
    assert numbers(plan) == ["momentum"]
    assert plan["ratings"] == "session"
    part = plan["segments"][-1]
    taken = sum(
        activity["minutes"] for activity in part["activities"] if activity["id"] == "rate_tci"
    )
    taken += sum(question["minutes"] for question in part["questions"] if question["anchors"])
    assert 0 < taken <= 3


@pytest.mark.req("R166")
def test_where_a_session_has_a_scale_of_its_own_the_ratings_go_home(begun: Coach) -> None:
    plan = prep(begun, 4, "--with", "sc-water")
    assert numbers(plan) == ["inquiry"]
    assert plan["ratings"] == "home"
    page = begun.do("prep", "session", "4").out
    assert "Where do you stand right now?" not in page
    assert "go home on the card" in page
    assert "Where do you stand right now?" in begun.do("prep", "session", "4", "--reset").out


@pytest.mark.req("R166")
def test_what_you_came_for_is_asked_once_and_first_where_the_client_closes(begun: Coach) -> None:
    begun.do("log-tci", "--session", "3", *LOW)
    begun.do("log-tci", "--session", "4", *LOW)
    plan = prep(begun, 5)
    closes = [prompt for prompt in plan["segments"][-1]["prompts"] if prompt["kind"] == "close"]
    assert closes[0]["text"] == "Are these sessions giving you what you came for?"
    # In the place of what is asked about this session.
    assert "wanted" not in [prompt["case"] for prompt in closes]
    page = begun.do("prep", "session", "5").out
    assert page.count("what you came for") == 1
    assert page.index("what you came for") < page.index(closes[1]["text"])
    again = prep(begun, 5, "--no-shift")
    assert closes[0]["text"] in [prompt["text"] for prompt in again["segments"][-1]["prompts"]]


def pages(coach: Coach) -> dict[str, str]:
    """Everything a coach or client may read around session 5, after session 4 was held."""
    commands = {
        "plan": ("prep", "session", "5"),
        "agenda": ("prep", "session", "5", "--for", "client"),
        "glance": ("prep", "session", "5", "--glance"),
        "brief": ("prep", "brief"),
        "today": ("today",),
        "journey": ("journey",),
        "progress": ("progress",),
        "sheet": ("wrap", "session", "4"),
        "blank sheet": ("wrap", "session", "5", "--blank"),
        "checklist": ("close", "--print", "checklist"),
        "follow-up": ("close", "--print", "follow-up"),
    }
    return {name: coach.do(*words).out for name, words in commands.items()}


@pytest.mark.req("R166")
def test_ratings_off_leaves_no_gap_hint_or_reminder(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    begun.today = "2027-02-25"
    asked = pages(begun)
    for name in ("plan", "today", "follow-up"):
        assert "rating" in asked[name].casefold() or "Clarity today" in asked[name], name
    assert "a rating above the first" in asked["journey"]

    changed = begun.do("clients", "update", "--ratings", "off").out
    assert "off (was: on)" in changed
    for name, page in pages(begun).items():
        for words in ("rating", "log-tci", "Satisfaction", "1–10", "from 1 to 10", "Clarity today"):
            assert words.casefold() not in page.casefold(), (name, words)
    plan = begun.json("prep", "session", "5")
    assert plan["ratings"] == "off"
    assert numbers(plan) == []
    # The minutes go to the rest of the segment; the client's close stays as it was.
    assert sum(prompt["minutes"] for prompt in close_of(plan)) == 5
    begun.do("check-in", "--session", "5", "--holding")
    assert "ratings" not in begun.do("prep", "session", "5").out.casefold()

    begun.do("clients", "update", "--ratings", "on")
    assert "a rating above the first" in begun.do("journey").out


@pytest.mark.req("R166")
@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_no_plan_of_a_client_without_ratings_speaks_of_them(begun: Coach, every: int) -> None:
    begun.do("clients", "update", "--ratings", "off")
    blueprints = [
        blueprint["id"] for blueprint in begun.json("blueprints", "--kind", "session-blueprint")
    ]
    for name in blueprints[::every]:
        page = begun.do("prep", "session", "4", "--reset", "--blueprint", name).out.casefold()
        assert re.search(r"\brating", page) is None, name
        assert "log-tci" not in page, name


@pytest.mark.req("R166")
def test_how_the_session_was_may_be_asked_on_the_card(begun: Coach) -> None:
    question = "How satisfied are you with today, from 1 to 10?"
    assert "| Satisfaction |" in begun.do("prep", "session", "4").out
    assert question not in begun.do("wrap", "session", "4", "--blank").out
    begun.do("clients", "update", "--satisfaction", "home")
    page = begun.do("prep", "session", "4").out
    assert "| Confidence |" in page
    assert "Satisfaction" not in page
    assert question in begun.do("wrap", "session", "4", "--blank").out
    sheet = begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    assert question in sheet.out
    # Where a session had its numbers elsewhere, the rest goes home with it.
    begun.do("prep", "session", "5", "--with", "sc-water")
    card = begun.do("wrap", "session", "5", "--blank").out
    assert "Where do you stand right now?" in card
    assert question in card


@pytest.mark.req("R166")
def test_for_a_week_only_whether_it_was_held_is_asked(begun: Coach) -> None:
    for number in ("1", "2", "3"):
        begun.do("sessions", "skip", number, "--reason", "before this journey")
    begun.do("sessions", "move", "4", "2027-02-24")
    for day, asks in (("2027-02-25", True), ("2027-03-03", True), ("2027-03-04", False)):
        begun.today = day
        (row,) = begun.json("today")["clients"]
        texts = [due["text"] for due in row["waiting"] if due["session"] == 4]
        assert any("was it held?" in text for text in texts) is asks
        if asks:
            assert [due["kind"] for due in row["waiting"]] == ["session_passed"]
            assert row["off_track"] == []


def test_what_is_known_of_a_client_can_be_changed(begun: Coach) -> None:
    words = ["--name", "Anna Sample", "--start-time", "9.30", "--minutes", "45"]
    done = begun.json("clients", "update", "sample-client", *words, "--time-zone", "Europe/Madrid")
    assert [change["field"] for change in done["changes"]] == [
        "name",
        "start_time",
        "time_zone",
        "minutes",
    ]
    plan = prep(begun, 4)
    assert (plan["client_name"], plan["start"], plan["minutes"]) == ("Anna Sample", "09:30", 45)
    assert "nothing to change" in begun.do("clients", "update", *words).out
    for wrong in (["--minutes", "0"], ["--time-zone", "Mars"], ["--start-time", "soon"], []):
        assert begun.run("clients", "update", *wrong).code == 2


@pytest.mark.req("R22")
def test_the_session_after_a_hard_one_goes_gently(held: Coach) -> None:
    before = prep(held, 5)
    assert [prompt["case"] for prompt in close_of(before)] == CLOSE
    held.do("check-in", "--session", "5", "--holding")
    prep(held, 5)
    held.do("wrap", "session", "5", "--from", "-", stdin=NO_COMMITMENT)
    after = prep(held, 6, "--energy", "high")
    kinds = [prompt["kind"] for prompt in prompts_of(after)]
    assert "belief" not in kinds
    assert not [
        prompt for prompt in prompts_of(after) if prompt["id"] in ("return-inquiry", "first-words")
    ]
    assert [prompt["case"] for prompt in close_of(after)] == ["wanted", "summary", "left"]
    assert "deep" not in [question["effort"] for question in questions_of(after)]
