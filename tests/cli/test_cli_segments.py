"""What a segment asks: its own questions, nothing about what is not on the table, not three
times the same beginning in a row."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from coaching import Coach, questions_of
from few import few

BLUEPRINT = """\
kind: session-blueprint
id: homely
title: Homely
method: integrative
minutes: 90
objectives: [Look at one thing]
segments:
  - {id: arrive, component: context_setting, title: Arrive, minutes: {min: 5, ideal: 10, max: 15}}
  - id: look
    component: strategic_inquiry
    title: Look at the shed
    stance: explore
    intent: The client has looked at the shed
    intents: [look-at-now]
    own_questions: [own-shed, own-roof]
    minutes: {min: 15, ideal: 40, max: 90}
    questions: {banks: [mine], max: 2}
  - {id: see, component: insight_generation, title: See, minutes: {min: 5, ideal: 10, max: 15}}
  - id: act
    component: action_design
    title: Act
    stance: commit
    intent: The client has a step
    intents: [choose-step]
    own_questions: [own-step]
    minutes: {min: 10, ideal: 15, max: 20}
    questions: {banks: [mine], max: 2}
  - id: end
    component: momentum_planning
    title: End
    stance: close
    intent: The client knows what helps
    intents: [stay-accountable]
    minutes: {min: 10, ideal: 10, max: 15}
    questions: {banks: [mine], max: 1}
"""
BANK = """\
kind: question-bank
id: mine
title: Mine
questions:
"""


def question(name: str, text: str, **more: Any) -> str:
    values = {
        "level": "informational",
        "breadth": 3,
        "minutes": 4,
        "components": "[strategic_inquiry]",
        **more,
    }
    said = "".join(f", {key}: {value}" for key, value in values.items())
    return f'  - {{id: {name}, text: "{text}"{said}}}\n'


QUESTIONS = [
    question("own-shed", "What is in the shed?"),
    question("own-roof", "Who mended the roof?"),
    question("own-other", "Where do you sit down?", intents="[look-at-now]", repeatable="true"),
    question("own-foreign", "When did it rain?", intents="[celebrate]"),
    question("own-lean", "How did that sound?", intents="[look-at-now]", leans_on="answer"),
    question(
        "own-step",
        "What will you do?",
        components="[action_design]",
        intents="[choose-step]",
        gives="[step]",
    ),
    question(
        "own-size",
        "How big is it?",
        components="[action_design]",
        breadth=5,
        intents="[choose-step]",
        leans_on="step",
    ),
    question(
        "own-help",
        "Who helps you with it?",
        components="[momentum_planning]",
        intents="[stay-accountable]",
        leans_on="step",
    ),
]


def library(coach: Coach, questions: list[str], blueprint: str = BLUEPRINT) -> None:
    coach.write("content/question_banks/mine.yaml", BANK + "".join(questions))
    if blueprint:
        coach.write("content/blueprints/sessions/homely.yaml", blueprint)
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "content")
    coach.do("questions", "check", str(coach.home / "content/question_banks/mine.yaml"))


def plan(coach: Coach, *options: str) -> Any:
    return coach.json("prep", "session", "4", *options)


def asked(plan: Any, segment: str = "") -> list[str]:
    return [
        question["id"]
        for part in plan["segments"]
        if segment in ("", part["id"])
        for question in part["questions"]
    ]


@pytest.mark.req("R121")
@pytest.mark.parametrize("minutes", few(["45", "60", "90", "120"], 2))
@pytest.mark.parametrize("energy", few(["low", "normal", "high"], 1))
def test_a_segment_asks_its_own_questions(begun: Coach, minutes: str, energy: str) -> None:
    # Nothing else speaks for the segment's own two: the others are worth more to this client.
    dearer = [
        question(f"own-{number}", f"Is it {number}?", intents="[look-at-now]", tags="[pivot]")
        for number in range(4)
    ]
    library(begun, [*QUESTIONS, *dearer])
    made = plan(begun, "--blueprint", "homely", "--minutes", minutes, "--energy", energy)
    assert {"own-shed", "own-roof"} & set(asked(made, "look"))
    # What serves another purpose is not asked, although it is of the right component.
    assert "own-foreign" not in asked(made)
    assert not [finding for finding in made["findings"] if finding["rule"] == "R121"]


@pytest.mark.req("R121")
def test_a_plan_says_why_none_of_its_own_is_asked(begun: Coach) -> None:
    long = [
        question("own-shed", "What is in the shed?", minutes=30),
        question("own-roof", "Who mended the roof?", minutes=30),
    ]
    library(begun, [*long, *QUESTIONS[2:]])
    short = plan(begun, "--blueprint", "homely", "--minutes", "45")
    [said] = [finding["message"] for finding in short["findings"] if finding["rule"] == "R121"]
    assert said.startswith("“Look at the shed”: none of its own questions fits into its minutes")
    away = plan(begun, "--blueprint", "homely", "--without", "own-shed", "--without", "own-roof")
    assert [finding["message"] for finding in away["findings"] if finding["rule"] == "R121"] == [
        "“Look at the shed”: none of its own questions suits this client today"
    ]


@pytest.mark.req("R122")
def test_nothing_is_asked_about_what_is_not_on_the_table(begun: Coach) -> None:
    library(begun, QUESTIONS)
    made = plan(begun, "--blueprint", "homely")
    # It is wider and would come first, but there is no step to ask about by then.
    assert asked(made, "act") == ["own-step"]
    # Once the step is chosen, a later segment may speak of it.
    assert asked(made, "end") == ["own-help"]
    without = plan(begun, "--without", "own-step")
    assert asked(without, "act") == []
    assert asked(without, "end") == []
    # What leans on an answer comes after a question or a prompt, never first.
    look = next(part for part in made["segments"] if part["id"] == "look")
    assert look["prompts"] or asked(made, "look")[0] != "own-lean"


@pytest.mark.slow
def test_what_looking_back_brings_up_stays_where_it_is_said(begun: Coach) -> None:
    review = """\
kind: activity
id: own-review
title: Review
minutes: {min: 2, ideal: 3}
coach: Look at what was done.
gives: [step]
"""
    begun.write("content/blueprints/activities/own-review.yaml", review)
    reviewing = BLUEPRINT.replace(
        "title: Arrive, minutes", "title: Arrive, activities: [own-review], minutes"
    )
    library(begun, QUESTIONS, reviewing)
    made = plan(begun, "--blueprint", "homely", "--without", "own-step")
    assert asked(made, "end") == []
    looking = BLUEPRINT.replace(
        "title: See, minutes", "title: See, activities: [own-review], minutes"
    )
    library(begun, QUESTIONS, looking)
    assert asked(plan(begun), "end") == ["own-help"]


@pytest.mark.slow
def test_questions_of_ones_own_are_asked_and_those_to_review_never(begun: Coach) -> None:
    levels = ("informational", "analytical", "transformational")
    own = [question(f"own-{level}", f"What {level} thing?", level=level) for level in levels]
    raw = [
        question(f"raw-{level}", f"What else {level}?", level=level, tags="[to-review]")
        for level in levels
    ]
    library(begun, [*own, *raw], blueprint="")
    names = asked(plan(begun))
    assert [name for name in names if name.startswith("own-")]
    assert not [name for name in names if name.startswith("raw-")]
    later = question("own-later", "What did the hen do?", components="[]", phases="[activation]")
    library(begun, [later], blueprint="")
    assert "own-later" not in asked(plan(begun))


def test_no_three_questions_in_a_row_begin_alike(begun: Coach) -> None:
    alike = [
        question(f"own-alike-{number}", f"What do you see in {number}?", intents="[look-at-now]")
        for number in range(6)
    ]
    three = BLUEPRINT.replace("max: 2}", "max: 4}", 1)
    library(begun, [*alike, *QUESTIONS], three)
    made = plan(begun, "--blueprint", "homely")
    texts = [question["text"] for question in questions_of(made)]
    openings = [text.split()[:2] for text in texts]
    rows = [first == second for first, second in pairwise(openings)]
    assert not any(first and second for first, second in pairwise(rows))
    assert openings.count(["What", "do"]) == 2
