"""A whole engagement of twelve sessions, as the demo tells it: how each plan grew from the last.

The outline keeps what a reader would compare from plan to plan: what was brought along, what moved
the plan, what was to be said and asked, and what it prepares.
"""

from __future__ import annotations

import difflib
import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from coaching import Coach, prompts_of, questions_of

OUTLINE = Path(__file__).parent / "engagement.txt"
CLIENT = "ledger-client"
NUMBERS = range(1, 13)
BANKS = Path(__file__).parents[2] / "question_banks"


@pytest.fixture(scope="module")
def plans(demo: Coach) -> dict[int, Any]:
    demo.today = "2026-08-04"
    return {
        number: demo.json("prep", "session", str(number), "--client", CLIENT) for number in NUMBERS
    }


def said(plan: Any) -> list[str]:
    """Every prompt and question of a plan, in order."""
    return [
        one["text"]
        for segment in plan["segments"]
        for one in (*segment["prompts"], *segment["questions"])
    ]


def beside(plan: Any) -> list[str]:
    """The full words beside the prompts."""
    return [prompt["beside"] for prompt in prompts_of(plan)]


def outline(plan: Any) -> list[str]:
    head = f"{plan['session']} of {plan['of']} · {plan['date']} · {plan['phase']}"
    lines = [f"{head} · {plan['blueprint']} · energy {plan['energy']}", f"  step: {plan['step']}"]
    lines += [
        f"  because {influence['because']}: {influence['effect']}"
        for influence in plan["influences"]
    ]
    for segment in plan["segments"]:
        lines.append(f"  {segment['start']} {segment['minutes']} min {segment['title']}")
        lines += [f"    say {prompt['text']}" for prompt in segment["prompts"]]
        lines += [f"    ask {question['text']}" for question in segment["questions"]]
    ahead = plan["prepares_for"]
    return [*lines, f"  prepares for {ahead['session'] or 'the ending'}: {ahead['step']}", ""]


def test_the_engagement_reads_as_it_did(
    plans: dict[int, Any], request: pytest.FixtureRequest
) -> None:
    text = "\n".join(line for number in NUMBERS for line in outline(plans[number]))
    if request.config.getoption("--update-golden"):
        OUTLINE.write_text(text, encoding="utf-8")
    kept = OUTLINE.read_text(encoding="utf-8")
    if text != kept:
        diff = difflib.unified_diff(kept.splitlines(), text.splitlines(), "kept", "now", "")
        pytest.fail("read what changed; --update-golden keeps it\n" + "\n".join(diff))


@pytest.mark.req("R2")
@pytest.mark.parametrize("number", list(NUMBERS)[1:])
def test_each_plan_names_something_real_from_the_one_before(
    plans: dict[int, Any], number: int
) -> None:
    plan, before = plans[number], plans[number - 1]
    last = plan["from_last_time"]
    assert last["session"] == number - 1
    assert last["focus"]
    brought = [commitment["what"] for commitment in last["commitments"]] + [last["inquiry"]]
    words = " ".join([*said(plan), *beside(plan)])
    assert any(one.rstrip(".?") in words for one in brought if one)
    assert before["prepares_for"]["session"] == number
    assert before["prepares_for"]["step"] == plan["step"]


@pytest.mark.req("R2", "R12")
def test_the_last_plan_prepares_the_ending(plans: dict[int, Any]) -> None:
    assert plans[12]["prepares_for"]["session"] is None
    assert "ending" in plans[12]["prepares_for"]["step"]


@pytest.mark.req("R104")
def test_the_stall_raises_the_flag_which_moves_the_next_plan_and_goes_again(
    plans: dict[int, Any],
) -> None:
    flagged = [
        number
        for number in NUMBERS
        if plans[number]["from_last_time"]
        and "pleasant_not_moving" in plans[number]["from_last_time"]["flags"]
    ]
    assert flagged == [6]
    moved = {influence["id"] for influence in plans[6]["influences"]}
    assert "pleasant-not-moving" in moved
    assert "pleasant-not-moving" not in {influence["id"] for influence in plans[7]["influences"]}


@pytest.mark.req("R45", "R46")
def test_what_was_missed_twice_is_asked_whether_it_still_fits(plans: dict[int, Any]) -> None:
    last = plans[7]["from_last_time"]
    waiting = {
        promise["what"]: promise["misses"] for promise in last["earlier"] + last["commitments"]
    }
    twice = "Tell the director that I would like to present it myself"
    assert twice not in waiting  # dropped on the day, before the plan was made
    assert "the director" in " ".join(said(plans[6])).casefold()
    assert twice in beside(plans[6])


def test_twelve_plans_in_a_row_do_not_sound_alike(plans: dict[int, Any]) -> None:
    """Only a scaled question comes again, because its numbers are compared, and a few plain ones
    (“Tell me what's been happening.”), three sessions later at the earliest."""
    repeatable = {
        question["id"]
        for bank in BANKS.glob("*.yaml")
        for question in yaml.safe_load(bank.read_text(encoding="utf-8"))["questions"]
        if question.get("repeatable")
    }
    asked = [
        (question["text"], number, question["id"])
        for number in NUMBERS
        for question in questions_of(plans[number])
        if not question["anchors"]
    ]
    sessions: dict[str, list[int]] = {}
    for text, number, name in asked:
        if name not in repeatable:
            assert text not in sessions, text
        sessions.setdefault(text, []).append(number)
    gaps = [
        later - before
        for numbers in sessions.values()
        for before, later in itertools.pairwise(numbers)
    ]
    assert min(gaps) > 2
