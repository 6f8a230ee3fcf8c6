"""What one session asks only once, and whom it doesn't ask to change (R121, R131)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from planners import content, facts, last_time, shipped

from few import few
from trajplan.content.model import Question
from trajplan.planning.arrange import HARD_DAY_TITLES
from trajplan.planning.compose import make_plan
from trajplan.planning.plan import Plan
from trajplan.planning.questions import ALIKE, SELF_WORK
from trajplan.planning.request import Facts, PlanOptions

HARD = "They took someone else. I cried all night"
UNFAIR = "he laughed at my accent in front of everyone, it's discrimination"


def plan(known: Facts) -> Plan:
    """The plan of a client whose words are listened to."""
    return make_plan(replace(content(), topics=shipped().topics), known, PlanOptions())


def asked(made: Plan) -> list[Question]:
    """The planned questions as the library has them."""
    by_id = {question.id: question for bank in content().banks for question in bank.questions}
    return [by_id[one.id] for part in made.segments for one in part.questions]


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(1, 13), 6))
@pytest.mark.parametrize("matters", ["", "The rent", HARD])
def test_a_session_asks_for_one_thing_once(number: int, matters: str) -> None:
    made = plan(facts(number, matters_most=matters))
    alike = [tag for one in asked(made) for tag in one.tags if tag.startswith(ALIKE)]
    assert len(alike) == len(set(alike)), alike


@pytest.mark.req("R121")
def test_each_group_of_questions_alike_has_two_and_more() -> None:
    tags = [
        tag
        for bank in content().banks
        for one in bank.questions
        for tag in one.tags
        if tag.startswith(ALIKE)
    ]
    assert tags
    assert not [tag for tag in tags if tags.count(tag) < 2]


@pytest.mark.req("R121")
def test_no_sequence_asks_for_one_thing_twice() -> None:
    """It is taken whole or not at all, so two alike would keep it out of every plan."""
    twice = []
    for bank in content().banks:
        by_id = {question.id: question for question in bank.questions}
        for sequence in bank.sequences:
            members = [by_id[member] for member in sequence.questions]
            alike = [tag for one in members for tag in one.tags if tag.startswith(ALIKE)]
            twice += [(sequence.id, tag) for tag in set(alike) if alike.count(tag) > 1]
    assert twice == []


@pytest.mark.req("R131")
@pytest.mark.parametrize("number", few(range(1, 13), 6))
@pytest.mark.parametrize("matters", [UNFAIR, "I've been made redundant", HARD])
def test_nobody_is_asked_to_change_where_the_trouble_lies_elsewhere(
    number: int, matters: str
) -> None:
    assert not [
        one.id for one in asked(plan(facts(number, matters_most=matters))) if SELF_WORK in one.tags
    ]


@pytest.mark.req("R121", "R131")
def test_a_hard_day_has_titles_that_say_what_is_asked() -> None:
    made = plan(facts(5, matters_most=HARD))
    titles = {title for titles in HARD_DAY_TITLES.values() for title in titles}
    own = [part for part in made.segments if part.component in HARD_DAY_TITLES]
    assert {part.title for part in own} <= titles
    assert len({part.title for part in own}) == len(own)
    # The client reads the same on the agenda.
    assert [part.client for part in own] == [part.title for part in own]
    usual = plan(facts(5, matters_most="The rent"))
    assert not {part.title for part in usual.segments} & titles


@pytest.mark.req("R66")
def test_what_goes_home_looks_ahead() -> None:
    (bank,) = [bank for bank in content().banks if bank.id == "coaching-inquiries"]
    back = [
        one.text for one in bank.questions if "this week" in one.text or " did " in f" {one.text} "
    ]
    assert back == []


@pytest.mark.req("R66")
@pytest.mark.parametrize(("matters", "comes_back"), [("", True), ("The rent", False)])
def test_the_question_that_went_home_waits_for_what_they_bring(
    matters: str, comes_back: bool
) -> None:
    made = plan(facts(5, matters_most=matters, last=last_time(inquiry="What do I protect?")))
    said = [one.id for part in made.segments for one in part.prompts]
    assert ("return-inquiry" in said) == comes_back
    # It stays on the plan all the same.
    assert made.from_last_time
    assert made.from_last_time.inquiry == "What do I protect?"
