"""What `prep session` can be told, and what it then prints."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from coaching import Coach, prompts_of, questions_of

CONTENT = Path(__file__).parents[2] / "blueprints"
ENERGIES = ["low", "normal", "high"]


def prep(coach: Coach, *more: str, session: int = 4) -> Any:
    return coach.json("prep", "session", str(session), "--reset", *more)


def minutes(plan: Any, *components: str) -> int:
    return sum(
        segment["minutes"] for segment in plan["segments"] if segment["component"] in components
    )


def explored(plan: Any) -> int:
    """Minutes of exploration outside Context Setting and before the first options segment."""
    total = 0
    for one in plan["segments"]:
        if one["stance"] == "options":
            return total
        if one["component"] != "context_setting" and one["stance"] == "explore":
            total += one["minutes"]
    return total


def check_clock(plan: Any) -> None:
    """Clock times chain from start to end without a gap."""
    now = plan["start"]
    for one in plan["segments"]:
        assert one["start"] == now
        begin = dt.datetime.strptime(now, "%H:%M")
        now = (begin + dt.timedelta(minutes=one["minutes"])).strftime("%H:%M")
        assert one["end"] == now
    assert plan["end"] == now


def test_start_and_minutes_set_the_clock(begun: Coach) -> None:
    plan = prep(begun, "--start", "9.15", "--minutes", "75")
    assert (plan["start"], plan["end"], plan["minutes"]) == ("09:15", "10:30", 75)
    check_clock(plan)
    late_night = prep(begun, "--start", "23:30")
    assert late_night["end"] == "01:00"


def test_without_a_time_the_clock_counts_from_nought_and_says_so(coach: Coach) -> None:
    coach.do("new-client", "Ada", "--start", "2027-01-12")
    page = coach.do("prep", "session", "1").out
    assert "0–90 min" in page
    assert "(no time agreed)" in page
    assert "; until minute 90\n" in page
    assert "until 01:30" not in page
    agenda = coach.do("prep", "session", "1", "--for", "client").out
    assert "| minutes | what we do |" in agenda
    assert "| 0 |" in agenda
    assert "| 90 | End |" in agenda


@pytest.mark.req("R52")
def test_a_decision_too_short_names_the_shortest_that_works_and_that_works(begun: Coach) -> None:
    said = begun.refused(1, "prep", "session", "4", "--minutes", "45", "--decision")
    shortest = int(said.split("the shortest that works is ")[1].split()[0])
    refused = begun.refused(1, "prep", "session", "4", "--minutes", str(shortest - 1), "--decision")
    assert f"the shortest that works is {shortest} minutes" in refused
    plan = prep(begun, "--minutes", str(shortest), "--decision")
    assert plan["decision"]
    assert plan["minutes"] == shortest == sum(segment["minutes"] for segment in plan["segments"])
    assert explored(plan) == 30
    check_clock(plan)


@pytest.mark.req("R52")
@pytest.mark.parametrize("energy", ENERGIES)
@pytest.mark.parametrize("length", [60, 75, 90, 120])
def test_decision_sessions_explore_for_thirty_minutes_as_allotted(
    begun: Coach, length: int, energy: str
) -> None:
    plan = prep(begun, "--minutes", str(length), "--energy", energy, "--decision", session=5)
    assert explored(plan) >= 30
    covered = {
        name for part in plan["segments"] if part["stance"] == "explore" for name in part["covers"]
    }
    assert covered == {"context", "values", "implications"}


@pytest.mark.req("R52")
def test_the_floor_gives_way_only_to_a_reason_which_is_kept_and_printed(begun: Coach) -> None:
    begun.refused(1, "prep", "session", "4", "--minutes", "50", "--decision")
    words = ("--minutes", "50", "--decision", "--override", "the notice ends on Friday")
    plan = prep(begun, *words)
    assert plan["override"] == "the notice ends on Friday"
    assert explored(plan) < 30
    (warning,) = [finding for finding in plan["findings"] if finding["rule"] == "R52"]
    assert f"{explored(plan)} of 30 minutes" in warning["message"]
    for form in ("markdown", "terminal"):
        page = " ".join(begun.do("prep", "session", "4", "--format", form).out.split())
        assert "the notice ends on Friday" in page
    begun.refused(1, "prep", "session", "4", "--override", "a reason", "--minutes", "20")


@pytest.mark.parametrize("energy", ENERGIES)
def test_energy_is_printed_and_changes_the_session(begun: Coach, energy: str) -> None:
    plan = prep(begun, "--energy", energy)
    levels = [question["level"] for question in questions_of(plan)]
    assert plan["energy"] == energy
    assert ("break" in [segment["component"] for segment in plan["segments"]]) == (energy == "low")
    if energy == "low":
        assert levels.count("transformational") <= 1
        assert all(question["effort"] != "deep" for question in questions_of(plan))
    plain = prep(begun)
    if energy == "high":
        assert minutes(plan, "insight_generation") > minutes(plain, "insight_generation")
        assert (
            plan["mix"]["target"]["transformational"] > plain["mix"]["target"]["transformational"]
        )


@pytest.mark.parametrize("late", [0, 10, 20])
def test_lateness_keeps_the_booked_end(begun: Coach, late: int) -> None:
    plan = prep(begun, "--late", str(late))
    assert (plan["end"], plan["minutes"]) == ("15:30", 90 - late)
    assert plan["start"] == f"14:{late:02}"
    check_clock(plan)


@pytest.mark.req("R52")
@pytest.mark.parametrize(
    ("session", "options", "aim"),
    [
        ("1", ["--decision"], "Understand what's being asked, and by when"),
        ("4", ["--decision"], "See what each direction would really take and give"),
        ("7", ["--decision"], "Understand the choice before weighing it up"),
        ("10", ["--decision"], "See how the new choice fits the earlier one"),
        ("4", ["--open"], "What you bring today."),
    ],
)
def test_the_client_reads_an_aim_that_fits_the_agenda(
    begun: Coach, session: str, options: list[str], aim: str
) -> None:
    words = ("prep", "session", session, "--reset", *options, "--for", "client")
    assert f"- **Today:** {aim}\n" in begun.do(*words).out


def test_lateness_parks_the_decision_where_thirty_minutes_cannot_be(begun: Coach) -> None:
    plan = prep(begun, "--decision", "--minutes", "60", "--late", "20")
    assert "options" not in [segment["stance"] for segment in plan["segments"]]
    page = begun.do("prep", "session", "4").out
    assert "parked" in page.split("## Why this plan")[1]
    assert plan["dropped"]
    assert all(title in page for title in plan["dropped"])


@pytest.mark.slow
def test_a_question_can_be_asked_for_and_left_out(begun: Coach) -> None:
    plain = [question["id"] for question in questions_of(prep(begun))]
    without = [
        question["id"]
        for question in questions_of(prep(begun, "--without", plain[0], "--without", plain[1]))
    ]
    assert not set(plain[:2]) & set(without)
    assert len(without) >= len(plain) - 2
    other = next(
        question["id"]
        for question in begun.json("questions", "--phase", "exploration")
        if question["id"] not in plain and "strategic_inquiry" in question["components"]
    )
    assert other in [question["id"] for question in questions_of(prep(begun, "--with", other))]
    said = begun.refused(1, "prep", "session", "4", "--with", other, "--without", other)
    assert f"`{other}` cannot be both asked for and left out" in said


@pytest.mark.req("R72")
def test_grow_is_goal_reality_options_will_on_the_five_components(begun: Coach) -> None:
    plan = prep(begun, "--blueprint", "grow")
    assert plan["blueprint"] == "grow"
    assert [(segment["title"], segment["component"]) for segment in plan["segments"]] == [
        ("Goal", "context_setting"),
        ("Reality", "strategic_inquiry"),
        ("Options", "insight_generation"),
        ("Will", "action_design"),
        ("Until we meet again", "momentum_planning"),
    ]
    stages = {
        question["id"]: question["stage"] for question in begun.json("questions", "--bank", "grow")
    }
    for title in ("Goal", "Reality", "Options", "Will"):
        part = next(segment for segment in plan["segments"] if segment["title"] == title)
        asked = {
            stages[question["id"]] for question in part["questions"] if question["id"] in stages
        }
        assert asked == {title.lower()}
    assert {
        stages[question["id"]] for question in questions_of(plan) if question["id"] in stages
    } >= {*("reality", "options", "will")}
    page = begun.do("prep", "session", "4").out
    told = {segment["id"]: segment["coach"] for segment in plan["segments"]}
    assert all(told[name] in page for name in ("goal", "reality", "options", "will"))
    will = next(segment for segment in plan["segments"] if segment["id"] == "will")
    assert [activity["id"] for activity in will["activities"]] == [
        "choose_commitments",
        "foresee_obstacles",
    ]


@pytest.mark.req("R16")
def test_directive_goes_from_status_to_tasks_and_prints_its_limits(begun: Coach) -> None:
    plan = prep(begun, "--method", "directive")
    assert plan["method"] == "directive"
    titles = [segment["title"] for segment in plan["segments"]]
    assert titles[0] == "Where things are"
    assert "What you'll do" in titles
    activities = [activity["id"] for part in plan["segments"] for activity in part["activities"]]
    assert "next_tasks" in activities
    page = begun.do("prep", "session", "4").out
    (limits,) = [finding["message"] for finding in plan["findings"] if finding["rule"] == "R16"]
    assert limits in page
    assert limits not in begun.do("prep", "session", "4", "--method", "integrative").out


@pytest.mark.req("R17")
def test_exploratory_asks_openly_and_still_ends_in_one_action_with_accountability(
    begun: Coach,
) -> None:
    plan = prep(begun, "--method", "exploratory")
    assert plan["method"] == "exploratory"
    assert "options" not in [segment["stance"] for segment in plan["segments"]]
    action = next(
        segment for segment in plan["segments"] if segment["component"] == "action_design"
    )
    assert "One step" in action["title"]
    assert "choose_commitments" in [activity["id"] for activity in action["activities"]]
    agenda = begun.do("prep", "session", "4", "--for", "client").out
    assert "One step, and how you'll let me know" in agenda


@pytest.mark.req("R18")
def test_integrative_is_the_default_and_follows_the_phases(begun: Coach) -> None:
    seen = {}
    for session in (2, 5, 8, 11):
        plan = prep(begun, session=session)
        assert plan["method"] == "integrative"
        seen[plan["phase"]] = plan["blueprint"]
    assert list(seen) == ["foundation", "exploration", "integration", "activation"]
    assert len(set(seen.values())) == 4


@pytest.mark.req("R21")
def test_the_agenda_tells_the_client_how_the_session_works(begun: Coach) -> None:
    lines = {}
    for method in ("directive", "exploratory", "integrative"):
        page = begun.do("prep", "session", "4", "--method", method, "--for", "client").out
        (lines[method],) = [
            line for line in page.splitlines() if line.startswith("How we work today")
        ]
    assert len(set(lines.values())) == 3


@pytest.mark.req("R9")
def test_activation_turns_to_commitments_and_obstacles_and_the_last_session_closes(
    begun: Coach,
) -> None:
    for session in (10, 11):
        plan = prep(begun, session=session)
        assert plan["phase"] == "activation"
        activities = [
            activity["id"] for part in plan["segments"] for activity in part["activities"]
        ]
        assert {"choose_commitments", "foresee_obstacles"} <= set(activities)
    last = prep(begun, session=12)
    assert last["blueprint"] == "closing-session"
    assert "take_leave" in [
        activity["id"] for part in last["segments"] for activity in part["activities"]
    ]
    assert last["prepares_for"]["session"] is None
    page = begun.do("prep", "session", "12").out
    assert "**Prepares for:** the ending" in page


@pytest.mark.req("R121", "R165")
@pytest.mark.parametrize(("journey", "last"), [("directive-4", 4), ("exploratory-6", 6)])
def test_a_shorter_journey_ends_with_a_session_that_knows_it(
    coach: Coach, journey: str, last: int
) -> None:
    coach.do("new-client", "Ann", "--journey", journey, "--start", "2027-01-12")
    before, plan = (prep(coach, session=number) for number in (last - 1, last))
    assert before["blueprint"] != plan["blueprint"]
    opening, ending = plan["segments"][0], plan["segments"][-1]
    assert opening["title"] == "Settle in for the last time"
    assert opening["prompts"][0]["text"].startswith("This is our last session.")
    assert not before["segments"][0]["prompts"][0]["text"].startswith("This is our last")
    assert "take_leave" in [activity["id"] for activity in ending["activities"]]
    assert "Saying goodbye" in coach.do("prep", "session", str(last), "--for", "client").out


@pytest.mark.req("R1")
def test_every_plan_prints_the_destination_and_the_step_toward_it(begun: Coach) -> None:
    listed = {session["session"]: session["step"] for session in begun.json("sessions")["sessions"]}
    assert len(set(listed.values())) == 12
    for session, step in listed.items():
        page = begun.do("prep", "session", str(session)).out
        assert "- **Destination:** Work in which I teach people a trade." in page
        assert f"- **Today's step:** {step}" in page


@pytest.mark.req("R1")
def test_a_missing_destination_is_a_gap_after_the_first_phase_and_never_a_refusal(
    coach: Coach,
) -> None:
    coach.do("new-client", "Ada", "--start", "2027-01-12")
    for session, gap in ((3, False), (4, True), (12, True)):
        plan = coach.json("prep", "session", str(session))
        assert any("destination" in gap for gap in plan["gaps"]) == gap
        assert "**Destination:** not yet in words" in coach.do("prep", "session", str(session)).out


@pytest.mark.req("R1", "R61")
def test_the_coach_rewords_a_step_and_sets_a_mix_in_a_journey_of_their_own(begun: Coach) -> None:
    text = (CONTENT / "journeys" / "integrative-12.yaml").read_text(encoding="utf-8")
    step = begun.json("sessions")["sessions"][3]["step"]
    assert f"step: {step}\n" in text
    text = text.replace(f"step: {step}\n", "step: Walk around the yard.\n")
    text = text.replace(
        "mix: {informational: 10, analytical: 35, transformational: 55}",
        "mix: {informational: 40, analytical: 40, transformational: 20}",
    )
    begun.write("own/blueprints/journeys/integrative-12.yaml", text)
    begun.more["TRAJPLAN_LIBRARY"] = str(begun.home / "own")
    plan = prep(begun)
    assert plan["step"] == "Walk around the yard."
    assert plan["mix"]["target"] == {"informational": 40, "analytical": 40, "transformational": 20}
    page = begun.do("prep", "session", "4").out
    assert re.search(r"○ informational:\*\* \S+ \d+ %, target 40 %", page)


@pytest.mark.req("R61")
def test_target_and_achieved_mix_are_printed_for_each_phase(begun: Coach) -> None:
    targets = {
        2: (25, 40, 35),
        5: (10, 35, 55),
        8: (15, 45, 40),
        11: (25, 45, 30),
        12: (10, 40, 50),
    }
    for session, (low, middle, high) in targets.items():
        plan = prep(begun, session=session)
        got = plan["mix"]["achieved"]
        page = begun.do("prep", "session", str(session)).out
        for level, target in zip(got, (low, middle, high), strict=True):
            assert re.search(rf"{level}:\*\* \S+ {got[level]} %, target {target} %", page)
        spent = dict.fromkeys(got, 0)
        for one in questions_of(plan):
            spent[one["level"]] += one["minutes"]
        for level, share in got.items():
            assert abs(100 * spent[level] / sum(spent.values()) - share) < 1


@pytest.mark.req("R27", "R65")
def test_one_assumption_is_challenged_a_plan_but_none_in_session_one(begun: Coach) -> None:
    def challenges(session: int) -> list[str]:
        plan = prep(begun, session=session)
        return [
            prompt["text"] for prompt in prompts_of(plan) if prompt["id"] == "challenge-assumption"
        ]

    begun.do("assumptions", "add", "Everybody needs a degree")
    assert challenges(1) == []
    (text,) = challenges(4)
    assert "Without a degree nobody lets me near a class" in text
    begun.do("assumptions", "update", "1", "--status", "let_go")
    begun.do("assumptions", "update", "2", "--status", "tested")
    assert challenges(6) == []


@pytest.mark.req("R28", "R62")
def test_a_blueprint_holds_activities_questions_and_minutes_and_an_optional_part_may_go(
    begun: Coach,
) -> None:
    begun.write("own/blueprints/sessions/mine.yaml", OPTIONAL)
    begun.more["TRAJPLAN_LIBRARY"] = str(begun.home / "own")
    whole = prep(begun, "--blueprint", "mine", "--minutes", "90")
    assert "walk" in [segment["id"] for segment in whole["segments"]]
    short = prep(begun, "--blueprint", "mine", "--minutes", "60")
    assert "walk" not in [segment["id"] for segment in short["segments"]]
    assert "A walk" in begun.do("prep", "session", "4").out
    for plan in (whole, short):
        assert sum(segment["minutes"] for segment in plan["segments"]) == plan["minutes"]
        for part in plan["segments"]:
            booked = [*part["activities"], *part["prompts"], *part["questions"]]
            # The last words of the client's close are said in passing.
            assert all(part["minutes"] > 0 or part.get("case") == "left" for part in booked)
            assert sum(part["minutes"] for part in booked) <= part["minutes"]


OPTIONAL = """\
kind: session-blueprint
id: mine
title: Mine
method: integrative
minutes: 90
objectives: [See]
segments:
  - id: arrive
    component: context_setting
    title: Arrive
    minutes: {min: 10, ideal: 12, max: 15}
    activities: [energy_assessment]
  - id: look
    component: strategic_inquiry
    title: Look
    stance: explore
    minutes: {min: 15, ideal: 25, max: 40}
    questions: {banks: [inquiry-hierarchy], max: 3}
  - id: walk
    component: strategic_inquiry
    title: A walk
    stance: explore
    optional: true
    minutes: {min: 15, ideal: 15, max: 20}
  - id: see
    component: insight_generation
    title: See
    stance: explore
    minutes: {min: 10, ideal: 15, max: 25}
  - id: act
    component: action_design
    title: Act
    stance: commit
    minutes: {min: 10, ideal: 15, max: 25}
    activities: [choose_commitments]
  - id: leave
    component: momentum_planning
    title: Leave
    stance: close
    minutes: {min: 5, ideal: 8, max: 15}
"""


def test_the_objective_its_minutes_served_stands_beside_the_checkpoint(coach: Coach) -> None:
    coach.do("new-client", "Ann", "--start", "2027-01-12")
    plan = coach.json("prep", "session", "1")
    (inquiry,) = [segment for segment in plan["segments"] if segment["checkpoint"]]
    assert inquiry["objective"] == 2
    aim = inquiry["checkpoint_aim"]
    assert aim == plan["objectives"][1]
    # It is for the coach's eye, and is not read to the client.
    assert aim not in inquiry["checkpoint"]
    page = coach.do("prep", "session", "1").out.split("**Checkpoint.**")[1]
    line, below = page.split("\n")[:2]
    assert line.startswith(f" {inquiry['checkpoint']} *If not:* {inquiry['checkpoint_otherwise']}")
    assert below == f"  - *Aim:* {aim}"


@pytest.mark.req("R44")
def test_a_break_is_claimed_where_there_is_one(begun: Coach) -> None:
    """Too few minutes, a session that holds, a session that begins late: none of them rests."""
    begun.do("check-in", "--energy", "low", "--session", "4")
    claims = set()
    for options in ([], ["--minutes", "40"], ["--late", "50"], ["--decision"]):
        claims.add(_claims_break(prep(begun, *options)))
    begun.do("check-in", "--energy", "low", "--holding", "--session", "4")
    claims.add(_claims_break(prep(begun)))
    assert claims == {True, False}


def _claims_break(plan: Any) -> bool:
    """Whether a plan says that there is a break, and only where there is one."""
    (effect,) = [
        influence["effect"] for influence in plan["influences"] if influence["id"] == "energy-low"
    ]
    rests = any(part["component"] == "break" for part in plan["segments"])
    assert ("a reset break" in effect) == rests, (effect, plan["segments"])
    return rests
