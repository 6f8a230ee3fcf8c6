"""What anybody is asked in the middle of a session: plain lines that fit whatever they bring, and
nothing that leads away from it (R120, R121)."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from planners import commitment, content, facts, heard_plan, last_time, shipped

from few import few
from trajplan.planning.plan import Plan
from trajplan.planning.questions import BACK_TO_IT, FOR_ANYONE, HOW_THINGS_ARE, WIDE

QUESTIONS = {question.id: question for bank in content().banks for question in bank.questions}
INQUIRY = [
    question
    for question in QUESTIONS.values()
    if FOR_ANYONE in question.tags and "strategic_inquiry" in question.components
]
OPENS = "same-matter-what"
DEFINITE = [
    "need to ask Priya for the Friday shifts, she never has a minute",
    "the depot or the trams, can't decide",
    "test shift on saturday, never done one",
    "row with the warehouse again, same as last week",
    "they gave me the post!! starting in may, nothing wrong really",
]
BORED = "bored, that's it. same shelf every day"


def tags_of(made: Plan) -> list[tuple[str, ...]]:
    planned = (question.id for part in made.segments for question in part.questions)
    return [QUESTIONS[name].tags for name in planned]


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(2, 12), 5))
@pytest.mark.parametrize("matters", DEFINITE)
def test_who_brings_something_definite_is_led_to_nothing_wide(number: int, matters: str) -> None:
    made = heard_plan(facts(number, matters_most=matters))
    assert [tags for tags in tags_of(made) if WIDE in tags] == []


@pytest.mark.req("R121")
def test_what_is_wide_is_asked_of_who_brings_nothing_or_is_bored() -> None:
    for matters in ("", BORED):
        plans = [heard_plan(facts(number, matters_most=matters)) for number in range(1, 12)]
        assert any(WIDE in tags for made in plans for tags in tags_of(made)), matters


@pytest.mark.req("R121")
def test_what_looks_at_the_whole_says_so_by_its_tag() -> None:
    whole = re.compile(
        r"typical day|ordinary week|outside work|nothing was in the way|want for yourself|"
        r"like to be different\?|coming up in the next few weeks"
    )
    looking = [
        question
        for question in QUESTIONS.values()
        if whole.search(question.text) and not question.topics
    ]
    assert len(looking) > 6
    assert [question.id for question in looking if WIDE not in question.tags] == []


@pytest.mark.req("R122")
def test_nothing_that_anybody_is_asked_points_at_what_nobody_has_named() -> None:
    """ "How do you feel about that?” hung on whatever had been said last."""
    hangs = re.compile(r"\b(?:about|of|from|with) (?:that|it)\?$|\bit even\b")
    loose = [q.text for q in INQUIRY if hangs.search(q.text) and not q.leans_on]
    assert loose == []


@pytest.mark.req("R121")
def test_nothing_that_opens_the_talk_takes_it_that_something_is_wrong() -> None:
    trouble = re.compile(r"going on|what happened|been happening|\bhard|\bwrong|\bproblem|\bworr")
    opening = [question for question in INQUIRY if OPENS in question.tags and not question.topics]
    opening += [
        question
        for question in INQUIRY
        if question.topics == ("their-matter",) and OPENS in question.tags
    ]
    assert len(opening) > 3
    assert [question.text for question in opening if trouble.search(question.text)] == []


@pytest.mark.req("R121")
def test_each_level_has_a_plain_line_for_whatever_is_brought() -> None:
    """Otherwise the mix draws in particular ones."""
    deep = [
        question.id
        for question in INQUIRY
        if "look-at-now" in question.intents
        and question.level == "transformational"
        and not question.topics
        and question.repeatable
        and not {"carefree", "parting", "decision", "doing-well"} & set(question.tags)
    ]
    assert deep


@pytest.mark.req("R120")
@pytest.mark.parametrize("number", few(range(2, 12), 5))
def test_where_they_start_is_asked_once(number: int) -> None:
    made = heard_plan(facts(number, matters_most="the depot or the trams, can't decide"))
    said = [prompt.text for part in made.segments for prompt in part.prompts]
    assert "the choice you have to make?" in " ".join(said)
    assert not [tags for tags in tags_of(made) if "same-on-mind" in tags]


@pytest.mark.req("R121")
def test_no_title_of_a_journey_asks_for_more_ways_or_for_a_change() -> None:
    """Who comes with two offers, or with good news, is asked for neither."""
    titles = {
        part.title for blueprint in shipped().blueprints.values() for part in blueprint.segments
    }
    asks_for_other = re.compile(r"^More |should be different|tell yourself")
    assert [title for title in titles if asks_for_other.search(title)] == []


@pytest.mark.req("R121")
def test_what_asks_how_things_are_says_so_by_its_tag() -> None:
    """“How have you been?” at the start, and the same in other words a few minutes later."""
    asks = re.compile(
        r"^How are you(?: today| in yourself| in all this|, really)?\?|"
        r"^How (?:have things been going|do you feel about things)|"
        r"^How (?:are|have) you (?:been )?feeling (?:now|about (?:work|yourself))"
    )
    asking = [question for question in QUESTIONS.values() if asks.search(question.text)]
    assert len(asking) > 6
    assert [q.text for q in asking if HOW_THINGS_ARE not in q.tags] == []


@pytest.mark.req("R120")
@pytest.mark.parametrize("number", few(range(2, 12), 3))
def test_nobody_is_led_back_to_their_matter_who_has_not_left_it(number: int) -> None:
    """`Let's go back to that`, right behind `Shall we talk about that?`."""
    brought = "Bev went funny with me on Tuesday"
    promise = commitment(1, "done", what="ring the college about the course")
    known = facts(number, matters_most=brought)
    for made, leads_back in (
        (heard_plan(known), False),
        (heard_plan(replace(known, last=last_time(commitments=(promise,)))), True),
    ):
        tags = {tag for found in tags_of(made) for tag in found}
        assert not (BACK_TO_IT in tags and not leads_back)
        assert ("same-more" in tags) is not leads_back
