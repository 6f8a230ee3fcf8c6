"""`recommend`: one table, one method, one rule, and nothing guessed (R3, R16, R19)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from coaching import Coach
from few import few

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "change-the-recommendation.md"
NEEDS = ["job_search", "skill_building", "values", "early_ideas", "transition", "leadership"]


def ask(coach: Coach, **known: Any) -> Any:
    words = [
        word
        for name, value in known.items()
        for word in (f"--{name.replace('_', '-')}", str(value))
    ]
    return coach.json("recommend", *words)


def new(coach: Coach, intake: str, *more: str) -> str:
    return coach.do("new-client", "Ada", "--from", "-", *more, stdin=f"kind: intake\n{intake}").err


@pytest.mark.req("R19")
@pytest.mark.parametrize("need", few(NEEDS, 3))
@pytest.mark.parametrize("clarity", [1, 5, 6, 10])
@pytest.mark.parametrize("paths", [0, 1, 2, 7])
def test_need_clarity_and_directions_decide(
    coach: Coach, need: str, clarity: int, paths: int
) -> None:
    expected = "integrative"
    if need in ("values", "early_ideas"):
        expected = "exploratory"
    elif need in ("job_search", "skill_building") and clarity >= 6 and paths <= 1:
        expected = "directive"
    found = ask(coach, need=need, goal_clarity=clarity, paths=paths)
    assert found["method"] == expected
    assert found["rule"]
    assert found["because"]
    assert [reading["rule"] for reading in found["possible"]] == [found["rule"]]


@pytest.mark.req("R3", "R19")
def test_a_directional_change_takes_a_clear_errand_off_the_directive_road(coach: Coach) -> None:
    clear = {"need": "job_search", "goal_clarity": 8, "paths": 1}
    assert ask(coach, **clear, change="incremental")["method"] == "directive"
    turned = ask(coach, **clear, change="directional")
    assert (turned["method"], turned["rule"]) == ("integrative", "new-direction")
    unsaid = ask(coach, **clear)
    assert (unsaid["method"], unsaid["missing"]) == ("directive", ["change"])


@pytest.mark.req("R16", "R19")
def test_it_says_the_rule_the_limits_and_the_journey(coach: Coach) -> None:
    said = coach.do(
        "recommend", "--need", "skill_building", "--goal-clarity", "9", "--paths", "1"
    ).out
    assert said.startswith("# Without a client · recommended method\n")
    assert "- **Method:** directive" in said
    chosen = ask(coach, need="skill_building", goal_clarity=9, paths=1)
    assert f"- **Rule:** known-way: {chosen['because']}" in said
    assert f"- **Limits:** {chosen['limits']}" in said
    assert "- **Journey:** directive-4, 4 sessions of 60 minutes" in said
    assert "- **Not said:** the kind of change" in said


@pytest.mark.req("R19")
def test_what_is_missing_is_named_with_every_rule_that_could_decide(coach: Coach) -> None:
    open_one = ask(coach, need="job_search", goal_clarity=8)
    assert (open_one["method"], open_one["rule"]) == (None, None)
    assert open_one["missing"] == ["paths", "change"]
    said = coach.do("recommend", "--need", "job_search", "--goal-clarity", "8").out
    assert "- **Method:** not decided yet" in said
    assert "- **Possible:** directive (known-way): " in said
    assert "- **Possible:** integrative (several-directions): " in said
    assert "Limits" not in said
    # Whatever the clarity is: with three directions it comes to the same method.
    either = ask(coach, need="job_search", paths=3)
    assert (either["method"], either["rule"]) == ("integrative", None)
    assert {one["rule"] for one in either["possible"]} == {"several-directions", "goal-not-clear"}
    nothing = coach.refused(20, "recommend")
    assert "without a client, say at least --need" in nothing


@pytest.mark.req("R19")
def test_the_intake_answers_and_what_if_changes_nothing(coach: Coach) -> None:
    new(coach, "need: job_search\ngoal_clarity: 9\npaths: [Bakery, Garden]\nchange: incremental\n")
    found = coach.json("recommend")
    assert (found["client"], found["method"], found["rule"]) == (
        "ada",
        "integrative",
        "several-directions",
    )
    assert (found["paths"], found["asked"], found["missing"]) == (2, [], [])
    before = coach.practice.read_bytes()
    asked = coach.do("recommend", "--paths", "1").out
    assert asked.startswith("# Ada · recommended method\n")
    assert "- **Method:** directive" in asked
    assert "goal clarity 9 (intake) · paths 1 (asked)" in asked
    assert "--method directive --onward" in asked
    assert coach.practice.read_bytes() == before
    assert coach.json("recommend")["method"] == "integrative"
    coach.refused(20, "recommend", "--client", "nobody", "--need", "values")


@pytest.mark.req("R19")
def test_a_new_client_is_told_when_another_method_is_recommended(coach: Coach) -> None:
    clear = "need: job_search\ngoal_clarity: 9\npaths: 1\n"
    said = new(coach, clear)
    assert "the directive method is recommended by the rule known-way" in said
    assert "with the journey directive-4; integrative-12 is integrative" in said
    either = new(coach, "need: job_search\npaths: 3\n", "--slug", "a-5", "--journey", "directive-4")
    assert "the integrative method is recommended, with the journey integrative-12" in either
    for more in (
        new(coach, clear, "--slug", "ada-2", "--journey", "directive-4"),
        new(coach, "need: transition\n", "--slug", "ada-3"),
        new(coach, "goal_clarity: 9\n", "--slug", "ada-4"),
    ):
        assert "recommended" not in more


@pytest.mark.parametrize("paths", ["-1", "100"])
def test_a_number_of_directions_that_cannot_be_is_refused(coach: Coach, paths: str) -> None:
    text = f"kind: intake\npaths: {paths}\n"
    said = coach.refused(10, "new-client", "Ada", "--from", "-", stdin=text)
    assert said.startswith("<standard input>:2:8: ")
    assert "(paths)" in said
    coach.refused(2, "recommend", "--need", "values", "--paths", paths)


@pytest.mark.req("R19")
def test_a_coach_may_put_another_table_in_its_place(coach: Coach, tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    file = tmp_path / "mine" / "blueprints" / "recommendations" / "method.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    coach.more["TRAJPLAN_LIBRARY"] = str(tmp_path / "mine")
    coach.do("blueprints", "check")
    assert coach.do("blueprints", "lint", str(file)).out == ""
    found = ask(coach, need="job_search", goal_clarity=6, paths=1)
    assert (found["method"], found["rule"]) == ("exploratory", "errand-in-fog")
    (listed,) = coach.json("blueprints", "--kind", "recommendation")
    assert (listed["layer"], listed["shadows"]) == ("workspace", True)
    assert "- **errand:** directive." in coach.do("blueprints", "show", "method").out

    promised = text.replace("it is known how.", "you will definitely get the job.")
    file.write_text(promised, encoding="utf-8")
    assert "promise" in coach.do("blueprints", "lint", str(file)).out

    # One direction more, and nobody would decide; one less, and two rules would.
    file.write_text(text.replace("paths: {min: 2}", "paths: {min: 3}"), encoding="utf-8")
    said = coach.refused(10, "recommend", "--need", "values")
    line = text.splitlines().index("rules:") + 1
    assert f":{line}:1: no rule decides job_search, goal clarity 7, paths 2" in said
    file.write_text(text.replace("paths: {min: 2}", "paths: {min: 1}"), encoding="utf-8")
    said = coach.refused(10, "blueprints", "check")
    assert "rule `several-errands` also decides what `errand` on line" in said
    # What cannot be asked does not keep a client out.
    assert "recommended" not in new(coach, "need: job_search\ngoal_clarity: 9\npaths: 1\n")
