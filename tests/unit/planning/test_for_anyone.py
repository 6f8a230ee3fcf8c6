"""Plain questions that suit nearly anybody go before particular ones (R120, R121)."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from planners import content, facts, heard_plan, shipped

from few import few
from trajplan.content.model import THEIR_MATTER, Question, Segment
from trajplan.planning.plan import Plan, PlannedQuestion
from trajplan.planning.questions import FOR_ANYONE

BY_ID = {question.id: question for bank in content().banks for question in bank.questions}
FITS_ANYBODY = [question for question in BY_ID.values() if FOR_ANYONE in question.tags]
TAKES_FOR_GRANTED = re.compile(
    r"^Who (?:could|can|else|would|do|helps)|\b(?:at home|family|husband|wife|friends|afford|"
    r"salary|your energy|much time)\b",
    re.IGNORECASE,
)
BOSS = "My boss wants me in on Saturdays"


def marked(planned: PlannedQuestion) -> bool:
    return FOR_ANYONE in BY_ID[planned.id].tags


def asked(made: Plan) -> list[PlannedQuestion]:
    return [question for segment in made.segments for question in segment.questions]


def of_topic(questions: list[PlannedQuestion], topic: str) -> list[str]:
    return [question.id for question in questions if topic in BY_ID[question.id].topics]


def test_there_are_enough_of_them_and_far_from_all() -> None:
    general = [question for question in FITS_ANYBODY if not set(question.topics) - {THEIR_MATTER}]
    assert 200 <= len(general) <= 330
    of_topics = Counter(topic for question in FITS_ANYBODY for topic in question.topics)
    topics = {topic for question in BY_ID.values() for topic in question.topics}
    # What is hard to bear is asked about with the words of such a day.
    topics -= {"grief"}
    assert {topic for topic in topics if of_topics[topic] < 6} == set()


def test_none_of_them_takes_people_a_home_or_money_for_granted() -> None:
    general = [question for question in FITS_ANYBODY if not set(question.topics) - {THEIR_MATTER}]
    granted = [question.text for question in general if TAKES_FOR_GRANTED.search(question.text)]
    # "If anybody" leaves it open whether there is somebody.
    assert [text for text in granted if not text.endswith(", if anybody?")] == []


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(1, 13), 6))
@pytest.mark.parametrize("matters", ["", "the form", BOSS])
def test_nearly_all_planned_questions_are_of_them(number: int, matters: str) -> None:
    planned = [
        question
        for question in asked(heard_plan(facts(number, matters_most=matters)))
        if not question.anchors
    ]
    particular = [question.id for question in planned if not marked(question)]
    assert len(particular) <= max(1, len(planned) // 4), particular
    said = [reason for question in planned if marked(question) for reason in question.reasons]
    assert said.count("+25 suits nearly anybody") == len(planned) - len(particular)


@pytest.mark.req("R120")
@pytest.mark.parametrize("number", few(range(1, 12), 6))
def test_a_topic_that_was_only_heard_is_asked_about_twice_at_most(number: int) -> None:
    made = heard_plan(facts(number, matters_most=BOSS))
    heard = of_topic(asked(made), "boss")
    assert len(heard) <= 2
    assert all(FOR_ANYONE in BY_ID[name].tags for name in heard)
    for segment in made.segments:
        assert len(of_topic(list(segment.questions), "boss")) <= 1, segment.id


@pytest.mark.req("R120")
def test_a_topic_that_the_coach_names_draws_all_that_speaks_of_it() -> None:
    named = [
        of_topic(asked(heard_plan(facts(number, about=("boss",)))), "boss") for number in (2, 5, 8)
    ]
    assert max(map(len, named)) > 2


def segments() -> list[tuple[str, Segment]]:
    return [
        (blueprint.id, segment)
        for blueprint in shipped().blueprints.values()
        for segment in blueprint.segments
        if segment.intents and segment.questions and segment.questions.max
    ]


def serves(question: Question, segment: Segment) -> bool:
    fits = not question.components or segment.component in question.components
    return fits and (
        question.id in segment.own_questions
        or not set(segment.intents).isdisjoint(question.intents)
    )


@pytest.mark.req("R121")
@pytest.mark.parametrize(
    ("name", "segment"),
    few(segments(), 40),
    ids=lambda part: part if isinstance(part, str) else part.id,
)
def test_each_segment_has_some_of_them_to_ask(name: str, segment: Segment) -> None:
    """Fresh ones for each time the blueprint comes in twelve sessions."""
    theirs = [
        question
        for question in FITS_ANYBODY
        if serves(question, segment) and not set(question.topics) - {THEIR_MATTER}
    ]
    # Of those whose title is narrow, only the own ones do what it promises.
    narrow = {"hold", "celebrate", "look-ahead", "decide", "name-the-problem", "narrow-options"}
    least = 2 if narrow & set(segment.intents) else 5
    assert len(theirs) >= least, (name, segment.id, len(theirs))


@pytest.mark.req("R121")
def test_an_action_segment_that_promises_a_step_asks_for_one_itself() -> None:
    steps = [
        (name, segment)
        for name, segment in segments()
        if segment.component == "action_design" and "choose-step" in segment.intents
    ]
    assert len(steps) > 8
    for name, segment in steps:
        own = [BY_ID[question] for question in segment.own_questions]
        first = [
            question.id
            for question in own
            if FOR_ANYONE in question.tags and "step" in question.gives
        ]
        assert len(first) > 1, (name, segment.id, first)
