"""Which blueprint a session follows when the records call for one, and what it then holds."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from coaching import INTAKE, NO_COMMITMENT, Coach, begin, prompts_of
from few import few
from twelve import TWELVE, begin_twelve, hold

CONFLICT = """\
kind: answers
worksheet: values-alignment
answers:
  pairs:
    - {should: Stay for the crew, want: Evenings at home, state: %s}
"""
PULLING, SETTLED = "still pulling both ways", "settled"
TALK = "kind: answers\nworksheet: plateau\nanswers: {with_whom: The head of training}\n"
LINES = """\
kind: answers
worksheet: fears-to-must-not-haves
answers:
  fears:
    - {fear: Nights again, line: No night shifts, firm: firm line}
    - {fear: Travelling, line: No week away from home, firm: rather not}
  must_haves: [A steady income]
"""
CARDS = """\
kind: answers
worksheet: possibility-cards
answers:
  cards:
    - {direction: Works trainer, found: The mornings flew by, state: carry on with it}
    - {direction: Night school, crosses: no night shifts, state: not tried yet}
    - {direction: A shop of my own, state: let it go}
"""
SOLUTIONS = {"options"}


def plan_of(coach: Coach, number: int, *more: str) -> Any:
    return coach.json("prep", "session", str(number), *more)


def held(coach: Coach, *numbers: int, wrap: str = NO_COMMITMENT) -> None:
    """Prepare and wrap sessions on their days."""
    for number in numbers:
        coach.do("prep", "session", str(number))
        coach.do("wrap", "session", str(number), "--from", "-", stdin=wrap)


def fill(coach: Coach, worksheet: str, text: str) -> None:
    coach.do("worksheets", "fill", worksheet, "--from", "-", stdin=text)


def without_scenario(coach: Coach) -> Coach:
    begin(coach, INTAKE.replace("scenario: pivot\n", ""))
    coach.today = "2027-02-23"
    return coach


def activities(plan: Any) -> list[str]:
    return [activity["id"] for part in plan["segments"] for activity in part["activities"]]


@pytest.mark.slow
@pytest.mark.req("R91", "R92")
@pytest.mark.parametrize(
    ("scenario", "blueprint"), few([("pivot", "pivot"), ("plateau", "plateau"), ("", "")], 2)
)
def test_a_situation_is_given_one_session_in_its_phase(
    coach: Coach, scenario: str, blueprint: str
) -> None:
    begin(coach, INTAKE.replace("scenario: pivot\n", f"scenario: {scenario}\n" if scenario else ""))
    # The session that opens the phase stays the journey's own; so does one planned far ahead.
    assert plan_of(coach, 5)["blueprint"] == "possibility-prototyping"
    held(coach, 4)
    plan = plan_of(coach, 5)
    assert plan["blueprint"] == (blueprint or "possibility-prototyping")
    assert bool(plan["blueprint_note"]) == bool(blueprint)
    page = coach.do("prep", "session", "5", "--explain").out
    if not blueprint:
        assert "Set aside: Changing fields (`pivot`): nothing in the records calls for it" in page
        return
    assert f"the records call for it: the client's situation is {scenario}" in page
    assert "**Not the journey's own session:**" in page
    assert "Set aside: Try it small (`possibility-prototyping`): the journey names it" in page
    held(coach, 5, 6, 7)
    after = plan_of(coach, 8, "--explain")
    assert after["blueprint"] == "integration-plan"
    (why,) = [
        option["because"] for option in after["considered"] if option["blueprint"] == blueprint
    ]
    assert "session 5 was given to it" in why


@pytest.mark.slow
@pytest.mark.req("R76", "R77")
def test_an_open_conflict_fills_the_next_session_and_calls_again_only_anew(coach: Coach) -> None:
    without_scenario(coach)
    fill(coach, "values-alignment", CONFLICT % PULLING)
    plan = plan_of(coach, 4)
    assert plan["blueprint"] == "values-alignment"
    assert "“Stay for the crew” is still pulling both ways" in plan["blueprint_note"]
    assert plan["blueprint_note"].startswith(f"“{plan['blueprint_title']}” in place of “")
    fill(coach, "values-alignment", CONFLICT % SETTLED)
    assert plan_of(coach, 4)["blueprint"] == "exploration-possibilities"
    fill(coach, "values-alignment", CONFLICT % PULLING)
    held(coach, 4)
    assert plan_of(coach, 5)["blueprint"] == "possibility-prototyping"
    coach.today = "2027-03-02"
    fill(coach, "values-alignment", CONFLICT % PULLING)
    # Given anew, but never two such sessions in a row.
    assert plan_of(coach, 5)["blueprint"] == "possibility-prototyping"
    coach.today = "2027-03-09"
    held(coach, 5)
    assert plan_of(coach, 6)["blueprint"] == "values-alignment"


@pytest.mark.slow
def test_a_conflict_leaves_the_ends_the_method_and_the_coachs_own_word_alone(coach: Coach) -> None:
    without_scenario(coach)
    fill(coach, "values-alignment", CONFLICT % PULLING)
    assert plan_of(coach, 1)["blueprint"] == "first-session"
    assert plan_of(coach, 12)["blueprint"] == "closing-session"
    assert plan_of(coach, 4, "--method", "exploratory")["blueprint"] == "exploratory-open-field"
    assert plan_of(coach, 5, "--blueprint", "grow")["blueprint"] == "grow"
    assert plan_of(coach, 6, "--decision")["decision"] is True
    assert plan_of(coach, 7)["blueprint"] == "values-alignment"


@pytest.mark.slow
@pytest.mark.req("R127")
@pytest.mark.parametrize("sign", few(["both", "missed", "falling", "slightly", "neither"], 3))
def test_a_standstill_is_proposed_where_two_signs_stand_and_held_when_asked_for(
    coach: Coach, sign: str
) -> None:
    without_scenario(coach)
    promise = (
        "kind: wrap\ncommitments:\n"
        "  - {what: Call the school, when: '2027-03-01', how_will_i_know: A date}\n"
    )
    held(coach, 4, wrap=promise)
    after = {"both": "4", "falling": "4", "slightly": "5"}.get(sign, "6")
    for session, value in (("3", "6"), ("4", after)):
        coach.do("log-tci", "--session", session, "--clarity", value, "--momentum", value)
    for _ in range(2 if sign in ("both", "missed", "slightly") else 1):
        coach.do("commitments", "update", "1", "--status", "not_yet")
    plan = plan_of(coach, 5)
    # Whatever the signs say: nothing is followed that the coach has not asked for.
    assert (plan["blueprint"], plan["blueprint_note"]) == ("possibility-prototyping", "")
    if sign != "both":
        assert plan["proposals"] == []
        return
    (proposal,) = plan["proposals"]
    assert proposal["kind"] == "standstill"
    assert "“Call the school” has waited twice, and clarity went down by 2" in proposal["why"]
    assert proposal["command"] == "trajplan prep session 5 --blueprint stalled-journey"
    assert proposal["command"] in coach.do("prep", "session", "5").out
    assert "it is suggested" in coach.do("prep", "session", "5", "--explain").out
    agenda = coach.do("prep", "session", "5", "--for", "client").out
    assert "waited twice" not in agenda
    assert "tands still" not in agenda
    asked = coach.json(*proposal["command"].split()[1:])
    assert (asked["blueprint"], asked["proposals"]) == ("stalled-journey", [])
    agenda = coach.do("prep", "session", "5", "--for", "client").out
    assert "waited twice" not in agenda
    assert "When it stands still" not in agenda


@pytest.mark.req("R127")
def test_one_dip_is_no_standstill(coach: Coach) -> None:
    """F3."""
    without_scenario(coach)
    held(coach, 4)
    before = {"clarity": 7, "decision": 6, "options": 4}
    for session, values in (("3", before), ("4", {"clarity": 6, "decision": 5, "options": 6})):
        rated = [word for name, value in values.items() for word in (f"--{name}", str(value))]
        coach.do("log-tci", "--session", session, *rated)
    plan = plan_of(coach, 5)
    assert (plan["blueprint"], plan["proposals"]) == ("possibility-prototyping", [])
    assert "tands still" not in coach.do("prep", "session", "5", "--for", "client").out


@pytest.mark.req("R15")
def test_a_session_overdue_has_no_cause_invented(coach: Coach) -> None:
    """F14: a client never met whose first session was due four days ago."""
    begin(coach)
    coach.today = "2027-01-16"
    page = coach.do("journey").out
    assert "session 1 was 4 days ago and has no wrap yet" in page
    assert "may" not in page.split("was 4 days ago")[1].split("##")[0]


def test_a_talk_that_lies_ahead_is_rehearsed(coach: Coach) -> None:
    without_scenario(coach)
    fill(coach, "plateau", TALK)
    assert plan_of(coach, 7)["blueprint"] == "integration-one-picture"
    held(coach, 7)
    plan = plan_of(coach, 8)
    assert plan["blueprint"] == "role-play"
    assert "The head of training" in plan["blueprint_note"]


def test_a_blueprint_of_the_coachs_own_takes_part(coach: Coach) -> None:
    shipped = Path(__file__).parents[2] / "blueprints" / "sessions" / "values-alignment.yaml"
    text = shipped.read_text(encoding="utf-8").replace("id: values-alignment", "id: my-two-voices")
    coach.write("own/blueprints/sessions/my-two-voices.yaml", text)
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "own")
    without_scenario(coach)
    assert plan_of(coach, 4)["blueprint"] == "exploration-possibilities"
    fill(coach, "values-alignment", CONFLICT % PULLING)
    plan = plan_of(coach, 4, "--explain")
    assert plan["blueprint"] == "my-two-voices"
    assert plan["considered"][0]["chosen"] is True
    assert "one session at a time" in plan["considered"][1]["because"]
    assert "considered" not in plan_of(coach, 4)


@pytest.mark.slow
def test_what_calls_for_a_blueprint_is_checked(coach: Coach) -> None:
    shipped = Path(__file__).parents[2] / "blueprints" / "sessions" / "grow.yaml"
    text = shipped.read_text(encoding="utf-8").replace("id: grow", "id: mine")
    for line, fault in (
        ("called_for: [boredom]", "called_for"),
        ("called_for: [situation]", "`situation` needs `scenarios`"),
        ("hands_out: [nothing-like-it]", "no worksheet `nothing-like-it`"),
    ):
        coach.write(
            "own/blueprints/sessions/mine.yaml",
            text.replace("minutes: 90\n", f"minutes: 90\n{line}\n", 1),
        )
        coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "own")
        assert fault in coach.run("blueprints", "check").err + coach.run("blueprints", "check").out
        assert coach.run("blueprints", "check").code == 10


@pytest.mark.req("R73")
def test_oskar_takes_its_five_steps_on_the_five_components(begun: Coach) -> None:
    plan = plan_of(begun, 4, "--blueprint", "oskar")
    assert [(segment["component"], segment["title"]) for segment in plan["segments"]] == [
        ("context_setting", "Outcome"),
        ("strategic_inquiry", "Scaling"),
        ("strategic_inquiry", "Know-how"),
        ("insight_generation", "Affirm"),
        ("action_design", "Action"),
        ("momentum_planning", "Until we meet again"),
    ]
    by_id = {segment["id"]: segment["questions"] for segment in plan["segments"]}
    for name in ("outcome", "scaling", "know-how", "action"):
        assert {question["bank"] for question in by_id[name]} & {"oskar"}
    bank = Path(__file__).parents[2] / "question_banks" / "oskar.yaml"
    stages = {
        question["id"]: question["stage"]
        for question in yaml.safe_load(bank.read_text())["questions"]
    }
    for name in ("scaling", "know-how"):
        assert {
            stages[question["id"]] for question in by_id[name] if question["bank"] == "oskar"
        } == {name}
    assert "**Blueprint:** OSKAR (`oskar`), because you asked for it." in (
        begun.do("prep", "session", "4").out
    )
    held(begun, 4)
    assert "review_ritual" in activities(plan_of(begun, 5, "--blueprint", "oskar"))


@pytest.mark.slow
@pytest.mark.req("R6")
def test_foundation_contracts_assesses_and_solves_nothing(coach: Coach) -> None:
    begin(coach)
    given = []
    for number in (1, 2, 3):
        plan = plan_of(coach, number)
        assert plan["phase"] == "foundation"
        assert not SOLUTIONS & {segment["stance"] for segment in plan["segments"]}
        given.append([worksheet["worksheet"] for worksheet in plan["hands_out"]])
    assert "agree_how_we_work" in activities(plan_of(coach, 1))
    assert given == [
        ["trajectory-mapping", "coaching-agreement"], ["career-architecture"], ["values-alignment"]
    ]  # fmt: skip
    page = coach.do("prep", "session", "2").out
    assert "**Hand out:** Career Architecture Assessment (`trajplan worksheets blank career" in page
    assert "**To take home and fill in:** Career Architecture Assessment" in (
        coach.do("prep", "session", "2", "--for", "client").out
    )
    held(coach, 2, wrap=f"{NO_COMMITMENT}handed_out: [career-architecture]\n")
    held(coach, 3)
    page = coach.do("prep", "session", "4").out
    assert "**Not back yet:** Career Architecture Assessment (session 2)" in page
    # It was planned for session 3, and nothing says that it went home.
    assert "values" not in next(line for line in page.splitlines() if "Not back yet" in line)
    coach.today = "2027-02-08"
    fill(coach, "career-architecture", "kind: answers\nanswers: {skills: [welding]}\n")
    assert "Not back yet" not in coach.do("prep", "session", "4").out


@pytest.mark.req("R7")
def test_exploration_asks_for_prototypes_and_calls_a_decision_early(coach: Coach) -> None:
    begin(coach)
    for number in (4, 5):
        plan = plan_of(coach, number)
        assert [worksheet["worksheet"] for worksheet in plan["hands_out"]] == ["possibility-cards"]
    assert "design_tests" in activities(plan_of(coach, 5))
    early = plan_of(coach, 5, "--decision")
    assert "a decision in the exploration phase is early" in [
        finding["message"] for finding in early["findings"]
    ]
    # A change of field has a session of its own, and it asks for tests as well.
    coach.do("prep", "session", "5", "--reset")
    held(coach, 4)
    pivot = plan_of(coach, 5)
    assert pivot["blueprint"] == "pivot"
    assert "design_tests" in activities(pivot)
    fill(coach, "possibility-cards", CARDS)
    assert "possibility-cards" not in [
        worksheet["worksheet"] for worksheet in plan_of(coach, 5)["hands_out"]
    ]


@pytest.mark.req("R39")
def test_an_option_that_breaks_a_line_is_marked_where_options_are_weighed(coach: Coach) -> None:
    without_scenario(coach)
    bare = plan_of(coach, 8, "--decision")
    assert bare["weighing"] is None
    fill(coach, "fears-to-must-not-haves", LINES)
    fill(coach, "possibility-cards", CARDS)
    plan = plan_of(coach, 8)
    found = plan["weighing"]
    (weigh,) = [segment["id"] for segment in plan["segments"] if segment["stance"] == "options"]
    assert found["segment"] == weigh
    assert found["must_haves"] == ["A steady income"]
    assert found["must_not_haves"] == ["No night shifts"]
    assert found["options"] == [
        {"title": "Works trainer", "breaks": ""},
        {"title": "Night school", "breaks": "No night shifts"},
    ]
    page = coach.do("prep", "session", "8").out
    block = page.split(f"segment `{weigh}`")[1].split("###")[0]
    assert "**Must have:** A steady income\n- **Must not have:** No night shifts\n" in block
    assert "**Option on record:** Works trainer\n" in block
    assert "**Option on record:** Night school **✗ breaks** “No night shifts”" in block
    assert (
        "✗ breaks “No night shifts”" in coach.do("prep", "session", "8", "--format", "terminal").out
    )
    assert plan_of(coach, 8, "--no-decision")["weighing"] is None
    assert "✗" not in coach.do("prep", "session", "8").out


@pytest.mark.req("R71")
def test_the_coachs_own_input_waits_until_the_client_has_explored(begun: Coach) -> None:
    # An ordinary session explores first, so there is room for it.
    assert "reframe_once" in activities(plan_of(begun, 4))
    begun.do("prep", "session", "4", "--reset")
    plan = plan_of(begun, 4, "--blueprint", "exploration-possibilities", "--decision")
    explored, early = 0, False
    for part in plan["segments"]:
        if "reframe_once" in [activity["id"] for activity in part["activities"]]:
            early = early or explored < 30
        if part["stance"] == "explore" and part["component"] != "context_setting":
            explored += part["minutes"]
    assert not early
    begun.do("prep", "session", "4", "--reset")
    short = plan_of(
        begun,
        4,
        "--blueprint",
        "directive-next-steps",
        "--minutes",
        "60",
        "--decision",
        "--override",
        "They must",
    )
    assert "reframe_once" not in activities(short)
    assert any(
        finding["rule"] == "R71" and "your own view would come after" in finding["message"]
        for finding in short["findings"]
    )
    assert "“Another way to see it” is left out" in begun.do("prep", "session", "4").out


@pytest.mark.slow
@pytest.mark.req("R69", "R71")
def test_content_that_brings_the_coachs_view_in_early_is_a_fault(coach: Coach) -> None:
    shipped = Path(__file__).parents[2] / "blueprints"
    text = (shipped / "sessions" / "deciding-well.yaml").read_text(encoding="utf-8")
    early = text.replace("id: deciding-well", "id: mine").replace(
        "    covers: [context]\n", "    covers: [context]\n    activities: [reframe_once]\n", 1
    )
    coach.write("own/blueprints/sessions/mine.yaml", early)
    own = (shipped / "activities" / "give_feedback.yaml").read_text(encoding="utf-8")
    bold = re.sub(r"coach: .*", "coach: Say what you noticed.", own.replace("give_fe", "tell_fe"))
    coach.write("own/blueprints/activities/tell_feedback.yaml", bold)
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "own")
    found = coach.run("blueprints", "check")
    assert found.code == 10
    assert (
        "`reframe_once` brings in the coach's own view; it belongs after" in found.err + found.out
    )
    assert "does not say to ask first" in coach.run("blueprints", "lint").out


@pytest.mark.req("R43")
def test_todays_topic_names_the_priority_it_serves_on_plan_agenda_and_sheet(coach: Coach) -> None:
    begin(coach, INTAKE.replace("[Find out", "[A steady income, Find out"))
    coach.today = "2027-02-23"
    wish = "Find out what teaching is like"
    coach.do("check-in", "--session", "4", "--matters", "The morning with the apprentices")
    page = coach.do("prep", "session", "4").out
    assert f"**Agreed priorities:** A steady income · {wish}" in page
    assert "today's topic names no agreed priority" in page
    assert f"*Aim:* {wish}" not in page
    refused = coach.refused(1, "check-in", "--session", "4", "--matters", "x", "--serves", "3")
    assert f"there is no priority 3; there are 1 “A steady income”, 2 “{wish}”" in refused
    kept = coach.do("check-in", "--session", "4", "--matters", "The morning", "--serves", "2").out
    assert wish in kept
    page = coach.do("prep", "session", "4").out
    assert f"**It serves the priority:** {wish}" in page
    assert "names no agreed priority" not in page
    # The checkpoint asks about the talk: nothing of the coach's is read aloud (R120).
    assert wish not in page.split("Checkpoint.")[1].split("\n")[0]
    assert f"*Aim:* {wish}" in page.split("**Checkpoint.**")[1]
    because = f"**Because:** today's topic serves “{wish}”: it stands beside the checkpoint."
    assert because in page
    assert wish in coach.do("prep", "session", "4", "--for", "client").out
    sheet = coach.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT).out
    assert f"**It serves:** {wish}" in sheet
    again = coach.do(
        "wrap", "session", "4", "--replace", "--from", "-", stdin=f"{NO_COMMITMENT}serves: 1\n"
    ).out
    assert "**It serves:** A steady income" in again
    bad = coach.run(
        "wrap", "session", "4", "--replace", "--from", "-", stdin=f"{NO_COMMITMENT}serves: 9\n"
    )
    assert bad.code == 10
    assert "there is no priority 9" in bad.err


@pytest.fixture(scope="module")
def twelve_plans(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> tuple[Coach, list[Any]]:
    """Twelve plans of one client, each made after the session before was wrapped."""
    coach = Coach(tmp_path_factory.mktemp("twelve"), cache)
    begin_twelve(coach)
    plans = [hold(coach, number) for number in range(1, 7)]
    fill(coach, "possibility-cards", CARDS)
    fill(coach, "fears-to-must-not-haves", LINES)
    plans += [hold(coach, number) for number in range(7, TWELVE + 1)]
    return coach, plans


def without_quotes(text: str) -> str:
    """A prompt without what the client said in it."""
    return re.sub("“.*?”", "“”", text)


def test_twelve_plans_read_in_a_row_do_not_sound_alike(
    twelve_plans: tuple[Coach, list[Any]],
) -> None:
    coach, plans = twelve_plans
    parts = [part for plan in plans for part in plan["segments"]]
    asked = Counter(question["id"] for part in parts for question in part["questions"])
    assert len(asked) > 60
    repeatable = {
        question["id"] for question in coach.json("questions", "list") if question["repeatable"]
    }
    assert {name for name, count in asked.items() if count > 1} <= repeatable
    # What opens the talk about whatever they bring comes again, since that is new each time.
    opening = {
        question["id"]
        for question in coach.json("questions", "list")
        if question["repeatable"]
        and {"look-at-now", "name-the-problem", "name-the-goal"} & set(question["intents"])
        and "for-anyone" in question["tags"]
    }
    often = {name: count for name, count in asked.items() if count > (4 if name in opening else 2)}
    assert not often
    said = Counter(without_quotes(prompt["text"]) for part in parts for prompt in part["prompts"])
    assert sum(said.values()) > 30
    assert max(said.values()) <= 4
    # No two plans in a row open with the same words, nor hold a segment in the same way.
    for before, after in pairwise(plans):
        openings = [
            {without_quotes(prompt["text"]) for prompt in plan["segments"][0]["prompts"]}
            for plan in (before, after)
        ]
        assert not openings[0] & openings[1]
        done = [
            {activity["coach"] for part in plan["segments"] for activity in part["activities"]}
            for plan in (before, after)
        ]
        assert not done[0] & done[1]
    lines = Counter(part["coach"] for part in parts)
    assert max(lines.values()) == 1
    assert len({plan["blueprint"] for plan in plans}) == TWELVE
    # The last session has no time left to find anything out.
    cases = [prompt["case"] for prompt in prompts_of(plans[-1])]
    assert not {"rule", "rule_again", "fact", "fact_again"} & set(cases)


@pytest.mark.req("R8")
def test_integration_gathers_all_that_earlier_sessions_left(
    twelve_plans: tuple[Coach, list[Any]],
) -> None:
    coach, plans = twelve_plans
    assert [bool(plan["gathered"]) for plan in plans] == [
        plan["phase"] == "integration" for plan in plans
    ]
    found = {}
    for one in plans[6]["gathered"]:
        found.setdefault(one["label"], []).append((one["text"], one["sessions"]))
    assert found["Themes that come up again"] == [("working with hands (2×)", [])]
    assert ("newcomers", [1, 5]) in found["Comes up again"]
    assert any(text == "Works trainer: The mornings flew by" for text, _ in found["Tested"])
    assert any(numbers == [5] for _, numbers in found["Tested"])
    assert found["Must have"][0][0] == "A steady income"
    assert found["Must not have"] == [("No night shifts", [])]
    assert [numbers for _, numbers in found["Took away"]] == [[1], [2], [3], [4], [5]]
    assert len(plans[8]["gathered"]) <= 20
    page = coach.do("prep", "session", "7").out
    section = page.split("## What has gathered so far")[1].split("## ")[0]
    assert "- **Took away:** I explain by letting them try first. (session 2)" in section
    assert "- **Comes up again:** newcomers (sessions 1 and 5)" in section
    assert (
        "What has gathered so far"
        in coach.do("prep", "session", "8", "--full", "--format", "terminal").out
    )
    # A concrete plan is asked for.
    assert "draft_plan" in activities(plans[7])
