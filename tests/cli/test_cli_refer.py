"""Where coaching ends: referrals, and sessions that hold (R22, R44)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coaching import INQUIRY, NO_COMMITMENT, Coach, prompts_of, questions_of
from few import few

BOUNDARIES = Path(__file__).parents[2] / "docs" / "boundaries.md"
ALONE = "Wakes at three and thinks of the yard."


def prompts(plan: Any) -> list[str]:
    return [prompt["id"] for prompt in prompts_of(plan)]


def rules(plan: Any) -> list[str]:
    return [finding["rule"] for finding in plan["findings"]]


def low_twice(coach: Coach) -> None:
    """A flag, a commitment that waited twice, and no rhythm: everything a stall is made of."""
    rated = ["--clarity", "4", "--momentum", "3", "--satisfaction", "9"]
    coach.do("log-tci", "--session", "3", *rated)
    coach.do("log-tci", "--session", "4", *rated)


@pytest.mark.req("R22")
def test_a_referral_is_kept_with_its_date_and_ends(begun: Coach) -> None:
    kept = begun.do("refer", "therapy", "--from", "-", "--date", "2027-02-20", stdin=ALONE)
    assert kept.first == "# Sample Client · before session 1: referral recorded"
    assert "- **Since:** Sat 20 Feb 2027" in kept.out
    begun.do("refer", "legal")
    shown = begun.json("show")["referrals"]
    assert [(referral["kind"], referral["date"], referral["note"]) for referral in shown] == [
        ("therapy", "2027-02-20", ALONE),
        ("legal", "2027-02-23", ""),
    ]
    assert f"- **Referral:** therapy, since Sat 20 Feb 2027: {ALONE}" in begun.do("show").out
    assert "which one ends" in begun.refused(1, "refer", "--end")
    begun.do("refer", "legal", "--end")
    ended = begun.json("refer", "--end", "--date", "2027-02-22")
    assert (ended["ended"], ended["standing"]) == ("2027-02-22", [])
    assert "- **Earlier referral:** therapy, since Sat 20 Feb 2027, ended" in begun.do("show").out
    begun.do("refer", "therapy")


@pytest.mark.req("R22")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "what for? Say one of therapy, medical, legal, financial, other"),
        (["thrapy"], 20, "did you mean `therapy`?"),
        (["medical"], 1, "there is already a referral for medical, since 2027-02-23"),
        (["legal", "--date", "tomorrow"], 2, "in the future"),
        (["therapy", "--end"], 20, "no referral for therapy to end; there is medical"),
        (["--end", "--date", "2027-02-22"], 1, "it cannot end earlier"),
        (["medical", "It is over", "--end"], 2, "--end takes none"),
    ],
)
def test_what_cannot_be_referred_or_ended(
    begun: Coach, words: list[str], code: int, said: str
) -> None:
    begun.do("refer", "medical")
    before = begun.practice.read_bytes()
    assert said in begun.refused(code, "refer", *words)
    assert begun.practice.read_bytes() == before


@pytest.mark.req("R22")
def test_while_it_stands_no_assumption_is_tested_and_stall_notes_are_silent(held: Coach) -> None:
    for _ in range(2):
        held.do("commitments", "update", "1", "--status", "not_yet")
        held.wait()
    plain = held.json("prep", "session", "7")
    assert "challenge-assumption" in prompts(plain)
    assert "R2" in rules(plain)
    cases = [prompt["case"] for prompt in prompts_of(plain)]
    assert "missed_twice" in cases

    held.do("refer", "therapy")
    soft = held.json("prep", "session", "7")
    assert "challenge-assumption" not in prompts(soft)
    assert soft["assumption"] is None
    assert "R2" not in rules(soft)
    cases = [prompt["case"] for prompt in prompts_of(soft)]
    assert "not_yet" in cases
    assert "missed_twice" not in cases
    assert soft["blueprint"] == plain["blueprint"], "a referral alone does not force holding"
    assert soft["referrals"] == [{"kind": "therapy", "since": held.today}]

    held.do("refer", "--end")
    assert held.json("prep", "session", "7") == plain


@pytest.mark.req("R22")
@pytest.mark.parametrize("form", ["markdown", "terminal", "json"])
def test_the_coach_sees_a_referral_in_the_head_and_the_client_never(held: Coach, form: str) -> None:
    held.do("refer", "therapy", "--from", "-", stdin=ALONE)
    said = held.do("prep", "session", "5", "--format", form).out
    head = said.split('"segments"' if form == "json" else "From last time")[0]
    if form != "json":
        assert "Referral" in head
        assert "to therapy on Tue 23 Feb 2027" in head
    assert '"since": "2027-02-23"' in said or form != "json"
    for page in (
        ["prep", "session", "5", "--for", "client"],
        ["wrap", "session", "4"],
        ["wrap", "session", "5", "--blank"],
    ):
        text = held.do(*page, "--format", form).out.lower().replace("it is no therapy", "")
        assert "refer" not in text
        assert "therapy" not in text
        assert ALONE.lower() not in text


@pytest.mark.req("R22", "R40")
def test_a_check_in_that_asks_to_hold_gets_a_session_without_goals(held: Coach) -> None:
    plain = held.json("prep", "session", "5")
    assert not plain["holding"]
    kept = held.do("check-in", "--session", "5", "--holding")
    assert "- **Holding:** yes" in kept.out
    plan = held.json("prep", "session", "5")
    assert (plan["blueprint"], plan["holding"]) == ("holding-session", True)
    assert plan["blueprint_reason"].startswith("the check-in asks to hold, which goes before")
    assert plan["method"] == plain["method"]
    parts = [segment["component"] for segment in plan["segments"]]
    assert list(dict.fromkeys(parts)) == [
        "context_setting",
        "strategic_inquiry",
        "insight_generation",
        "action_design",
        "momentum_planning",
    ]
    assert all(segment["minutes"] > 0 for segment in plan["segments"])
    assert not {segment["stance"] for segment in plan["segments"]} & {"options"}
    assert prompts(plan) == []
    assert [segment["checkpoint"] for segment in plan["segments"]] == [""] * 5
    asked = questions_of(plan)
    assert len(asked) >= 3
    assert {question["effort"] for question in asked} == {"light"}
    assert "transformational" not in {question["level"] for question in asked}
    done = {activity["id"] for part in plan["segments"] for activity in part["activities"]}
    assert not done & {"rate_tci", "choose_commitments", "review_ritual", "weigh_options"}
    page = held.do("prep", "session", "5").out
    assert f"this session's own step waits: {plain['step']} It is planned next" in page
    assert "**Ratings:** they can wait" in page

    # A word on the mood does not take it back; only that does.
    held.do("check-in", "--session", "5", "--mood", "quiet")
    assert held.json("prep", "session", "5")["holding"]
    held.do("check-in", "--session", "5", "--no-holding")
    assert held.json("prep", "session", "5") == {**plain, "mood": "quiet"}


@pytest.mark.req("R22")
def test_the_client_of_such_a_session_is_asked_for_nothing(held: Coach) -> None:
    held.do("check-in", "--session", "5", "--holding", "--matters", "The letter")
    agenda = held.json("prep", "session", "5", "--for", "client")
    assert agenda["destination"] == ""
    assert (agenda["promises"], agenda["inquiry"], agenda["worksheets"]) == ([], "", [])
    assert agenda["method_line"].startswith("How we work today: slowly.")
    assert agenda["matters_most"] == ""
    held.do("wrap", "session", "5", "--from", "-", stdin=NO_COMMITMENT)
    assert held.json("sessions", "show", "5")["wrap"]["inquiry"] == ""
    # The next session is the journey's own again, and nobody is reproached with an empty sheet.
    following = held.json("prep", "session", "6")
    assert not following["holding"]
    assert following["from_last_time"]["holding"]
    assert "R4" not in rules(following)
    page = held.do("prep", "session", "6").out
    assert "The session held what had happened; nothing had to be chosen." in page


@pytest.mark.req("R22", "R66")
@pytest.mark.parametrize("planned", [True, False])
def test_a_session_held_without_a_plan_holds_as_well(held: Coach, planned: bool) -> None:
    """The check-in alone says so: the older question is in sight and not asked the next time."""
    held.do("check-in", "--session", "5", "--holding")
    if planned:
        held.do("prep", "session", "5")
    held.do("wrap", "session", "5", "--from", "-", stdin=NO_COMMITMENT)
    following = held.json("prep", "session", "6")
    last = following["from_last_time"]
    assert (last["session"], last["holding"], last["inquiry"]) == (5, True, INQUIRY)
    assert "return-inquiry" not in prompts(following)
    assert held.json("prep", "session", "6", "--for", "client")["inquiry"] == ""


@pytest.mark.req("R22")
def test_the_coach_may_ask_for_it_by_name_or_put_something_else_first(begun: Coach) -> None:
    named = begun.json("prep", "session", "4", "--blueprint", "holding-session")
    assert named["holding"]
    assert named["mix"]["target"]["transformational"] == 0
    begun.do("check-in", "--session", "4", "--holding")
    other = begun.json("prep", "session", "4", "--reset", "--blueprint", "grow")
    assert (other["blueprint"], other["holding"]) == ("grow", False)
    assert "transformational" not in {question["level"] for question in questions_of(other)}
    said = begun.do("prep", "session", "4").out
    assert "the check-in asks to hold, you asked for “" in said
    decided = begun.json("prep", "session", "4", "--reset", "--decision")
    assert (decided["holding"], decided["decision"]) == (True, False)
    assert "the decision waits" in begun.do("prep", "session", "4").out


@pytest.mark.slow
@pytest.mark.req("R22")
def test_redundancy_alone_does_not_hold_every_session(coach: Coach) -> None:
    text = "kind: intake\nscenario: redundancy\n"
    coach.do("new-client", "Ada", "--from", "-", "--sessions", "16", stdin=text)
    for session in range(2, 16):
        assert not coach.json("prep", "session", str(session))["holding"]


@pytest.mark.req("R44")
@pytest.mark.parametrize(
    ("distress", "energy", "flag", "standing"),
    few(
        [
            (False, "normal", False, ["absent", "absent", "absent", "acts"]),
            (False, "normal", True, ["absent", "absent", "acts", "acts"]),
            (False, "low", False, ["absent", "acts", "absent", "acts"]),
            (False, "low", True, ["absent", "acts", "gives_way", "acts"]),
            (False, "high", True, ["absent", "acts", "acts", "acts"]),
            (True, "normal", True, ["acts", "absent", "gives_way", "acts"]),
            (True, "high", True, ["acts", "gives_way", "gives_way", "acts"]),
            (True, "low", True, ["acts", "acts", "gives_way", "acts"]),
        ],
        4,
    ),
)
def test_distress_energy_flag_and_phase_go_in_this_order(
    begun: Coach, distress: bool, energy: str, flag: bool, standing: list[str]
) -> None:
    if flag:
        low_twice(begun)
    plain = begun.json("prep", "session", "5")["mix"]["target"]["transformational"]
    begun.do("check-in", "--session", "5", "--energy", energy, *(["--holding"] * distress))
    plan = begun.json("prep", "session", "5")
    assert [influence["id"] for influence in plan["precedence"]] == [
        "distress",
        "energy",
        "pleasant-not-moving",
        "phase",
    ]
    assert [influence["standing"] for influence in plan["precedence"]] == standing
    moved = plan["mix"]["target"]["transformational"] - plain
    if distress:
        assert moved == -plain
    elif energy == "low":
        assert moved < 0
    else:
        assert (moved > 0) == (energy == "high")
    page = begun.do("prep", "session", "5", "--explain").out
    assert "**What goes first:** distress (" in page
    first = "distress" if distress else f"{energy} energy"
    assert (f"nothing today: {first} goes first" in page) == ("gives_way" in standing)


@pytest.mark.req("R23")
def test_the_page_on_boundaries_names_what_the_lint_knows(begun: Coach) -> None:
    page = BOUNDARIES.read_text(encoding="utf-8")
    said = {
        "promise": "This will get you the job you want.",
        "advice-in-disguise": "Have you tried calling them?",
        "offer-without-permission": "In my experience a short letter works.",
        "why-blame": "Why did you not call them?",
    }
    found = begun.json("questions", "lint", "-", stdin="\n".join(said.values()))
    for name, one in zip(said, found, strict=True):
        assert f"`{name}`" in page
        assert name in one["hints"], one


@pytest.mark.req("R22")
def test_a_referral_takes_its_note_as_other_commands_take_a_text(begun: Coach) -> None:
    begun.do("refer", "therapy", ALONE)
    begun.do("refer", "medical", "-", stdin=ALONE)
    begun.do("refer", "legal", "--from", begun.write("note.txt", ALONE))
    kept = begun.json("show")["referrals"]
    assert [(referral["kind"], referral["note"]) for referral in kept] == [
        ("therapy", ALONE),
        ("medical", ALONE),
        ("legal", ALONE),
    ]
    two = ("refer", "other", "Words", "--from", "-")
    assert "give TEXT or --from FILE, not both" in begun.refused(2, *two, stdin=ALONE)


@pytest.mark.req("R22", "R166")
@pytest.mark.parametrize("referred", [True, False])
def test_beside_a_referral_nobody_is_reminded_of_numbers(begun: Coach, referred: bool) -> None:
    if referred:
        begun.do("refer", "therapy")
    made = begun.json("prep", "session", "4")
    assert made["ratings"] == ("later" if referred else "session")
    said = [moved["effect"] for moved in made["influences"] if moved["id"] == "softly"]
    assert bool(said) == referred
    page = begun.do("prep", "session", "4").words
    assert ("`trajplan check-in --no-holding` plans the session as usual" in page) == referred
    begun.do("wrap", "session", "4", "--from", "-", stdin="kind: wrap\ncommitments: []\n")
    assert ("no rating yet" in begun.do("today").out) != referred
    begun.today = "2027-03-09"
    begun.do("check-in", "--session", "5", "--no-holding")
    assert begun.json("prep", "session", "5")["ratings"] == "session"
