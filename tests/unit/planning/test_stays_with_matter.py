"""A session stays in all its parts with what somebody came for (R120, R121)."""

from __future__ import annotations

import pytest
from planners import content, facts, heard_plan, shipped

from trajplan.content.model import Question
from trajplan.planning.compose import make_plan
from trajplan.planning.heard_forms import (
    day_to_come,
    goes_back,
    is_from_diary,
    names_choice,
    talk_partner,
)
from trajplan.planning.plan import Plan, PlannedSegment
from trajplan.planning.plan_inputs import PlanOptions

ASKING = ("strategic_inquiry", "insight_generation", "action_design")
CHOICE = "do I take the depot job or hold out for the trams"
EVENT = "assessment day Friday, a group task and a test"
TALK = "need to tell Margaret I'd like to do four days"
BACK = "back monday. don't know if I walk in with my head up or down"
BY_ID = {q.id: q for bank in shipped().banks.values() for q in bank.questions}


def parts(made: Plan) -> list[PlannedSegment]:
    """The parts that ask."""
    return [part for part in made.segments if part.component in ASKING]


def asked(made: Plan) -> list[Question]:
    """The questions of those parts as the library has them, and without checkpoints."""
    planned = [question.id for part in parts(made) for question in part.questions]
    return [BY_ID[name] for name in planned if name in BY_ID]


@pytest.mark.req("R120")
@pytest.mark.parametrize(
    ("words", "is_choice"),
    [
        (CHOICE, True),
        ("Council job came up. versus staying put and hoping", True),
        ("two things now, the college rang as well", True),
        ("so now I've got two", True),
        ("don't know if I go back or go for the training", True),
        ("wasn't expecting to have to choose", True),
        ("they want me for team lead, more money. or theres fraud, same pay", True),
        ("it's mine if I want it. or hold out for buying", True),
        ("it's mine, he says. or so he says", False),
        ("two things to talk about, my boss and the rota", False),
        ("they have to choose between us", False),
        ("Monday or Tuesday I'll hear", False),
        ("don't know if it's worth it or not", False),
        ("my boss shouted at me for an hour or so", False),
        ("now I've got two weeks off", False),
    ],
)
def test_a_choice_is_heard_by_its_form(words: str, is_choice: bool) -> None:
    assert names_choice(words) == is_choice


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("so back on the bench on tuesday", "Tuesday"),
        ("they want me back in monday", "Monday"),
        ("the review's in a week on thursday", ""),
        # A day they may blame themselves for.
        ("I signed that guard back on the tuesday", ""),
    ],
)
def test_a_day_to_come_is_none_that_is_over(words: str, day: str) -> None:
    assert day_to_come(words) == day


@pytest.mark.req("R120")
@pytest.mark.parametrize(
    ("words", "is_diary"),
    [
        ("graham tomorrow at 10", True),
        ("Review with HR Weds", True),
        ("presentation to the trustees thurs 2pm. eek", True),
        ("back monday", False),
        ("not sure about friday", False),
        ("was told off on friday", False),
        ("last friday", False),
        ("ask Lisa for the Tuesday off", False),
    ],
)
def test_what_stands_in_a_diary_is_a_day_that_is_coming_up(words: str, is_diary: bool) -> None:
    assert is_from_diary(words) == is_diary
    made = heard_plan(facts(5, matters_most=words))
    assert ("day-ahead" in {topic.id for topic in made.topics}) == is_diary


@pytest.mark.req("R120")
@pytest.mark.parametrize(
    ("words", "is_back"),
    [
        (BACK, True),
        ("written warning. so back on the bench on the 10th", True),
        ("they want me back on site monday", True),
        ("I should go back on board 21st", True),
        ("back at work next week", True),
        ("call me back monday", False),
        ("he's back monday", False),
        ("Tom's back monday", False),
        ("went back monday", False),
        ("back in court monday", False),
        ("I'll get back to you on friday", False),
        ("back to square one", False),
    ],
)
def test_going_back_to_work_is_heard_by_its_form(words: str, is_back: bool) -> None:
    assert goes_back(words) == is_back


@pytest.mark.req("R120")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("interview's the 12th, never had one", False),
        ("interview thurs, never had one", True),
        ("back on the bench on the 12th", True),
    ],
)
def test_a_day_of_the_month_is_said_of_going_back_and_of_no_interview(
    words: str, said: bool
) -> None:
    texts = [
        question.text
        for number in (3, 5, 8)
        for question in heard_plan(facts(number, matters_most=words, energy="normal")).questions
    ]
    assert any("12th" in text or "Thursday" in text for text in texts) == said


@pytest.mark.req("R120", "R131")
@pytest.mark.parametrize("how", [{"energy": "normal"}, {"energy": "low", "mood": "ashamed"}])
def test_a_session_on_going_back_asks_of_that_day_and_of_no_talk(how: dict[str, str]) -> None:
    brought = "got the written warning. back on phones monday and I'd have to tell them"
    made = heard_plan(facts(5, matters_most=brought, **how))
    assert next(topic.id for topic in made.topics) == "going-back"
    assert any("Monday" in question.text for question in made.questions)
    ids = {question.id for question in made.questions}
    asked_of = {topic for name in ids for topic in BY_ID[name].topics if name in BY_ID}
    assert {"talk-ahead", "hearing"}.isdisjoint(asked_of)
    steps = {"going-back-start", "going-back-start-day"}
    assert steps.isdisjoint(ids) == (how["energy"] == "low")


@pytest.mark.req("R120")
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (TALK, "Margaret"),
        ("want to ask Mr Iqbal about the course", "Mr Iqbal"),
        ("how do I tell my boss", "your boss"),
        ("need to talk to Sue and then ask Karim", ""),
        ("need to ask on Monday", ""),
        ("Sue told Karim about it", ""),
    ],
)
def test_with_whom_they_talk_is_said_only_if_sure(words: str, name: str) -> None:
    assert talk_partner(words) == name


@pytest.mark.req("R121")
@pytest.mark.parametrize(
    ("matters", "mood", "topic"),
    [
        (CHOICE, "ok", "choice"),
        (EVENT, "ok", "day-ahead"),
        ("interview thurs, the head and two governors", "ok", "interviews"),
        (TALK, "ok", "talk-ahead"),
        (BACK, "ok", "going-back"),
        ("got the warning. back monday, and I'd have to tell them", "all over", "going-back"),
        ("bored out of my head", "flat", "bored"),
    ],
)
@pytest.mark.parametrize("number", [3, 5, 8])
def test_every_part_is_for_what_they_came_for(
    number: int, matters: str, mood: str, topic: str
) -> None:
    made = heard_plan(facts(number, matters_most=matters, mood=mood))
    titles = {
        part.title for of_part in shipped().topics[topic].segments.values() for part in of_part
    }
    assert {part.title for part in parts(made)} <= titles
    questions = asked(made)
    assert len(questions) >= 3
    assert [q.text for q in questions if topic not in q.topics and "{matter}" not in q.text] == []


@pytest.mark.req("R121")
def test_the_day_and_the_person_are_called_by_their_names() -> None:
    day = heard_plan(facts(3, matters_most=EVENT))
    person = heard_plan(facts(3, matters_most=TALK))
    texts = [question.text for question in (*day.questions, *person.questions)]
    assert "Tell me about Friday." in texts
    assert any("Margaret" in text for text in texts)
    assert not [text for text in texts if "{" in text]
    no_name = heard_plan(facts(3, matters_most="need to talk to Sue and then ask Karim"))
    assert not [q.text for q in no_name.questions if "Sue" in q.text or "{" in q.text]


@pytest.mark.req("R121")
def test_what_the_coach_asks_for_is_said_without_a_name_too() -> None:
    options = PlanOptions(include=("day-ahead-tell", "talk-ahead-say-to"))
    made = make_plan(content(), facts(3, matters_most="the rota"), options)
    texts = [question.text for question in made.questions]
    assert "Tell me about the day." in texts
    assert "What would you like to say to the other person?" in texts
    assert not [text for text in texts if "{" in text]


@pytest.mark.req("R121", "R131")
@pytest.mark.parametrize(
    "matters",
    [
        "my mum died on Sunday. I don't know if I go back or stay off",
        "the hearing is on Tuesday, do I go or send a letter",
    ],
)
def test_what_is_hard_to_bear_comes_before_a_choice(matters: str) -> None:
    made = heard_plan(facts(5, matters_most=matters))
    choice = {part.title for of in shipped().topics["choice"].segments.values() for part in of}
    assert choice.isdisjoint(part.title for part in parts(made))


@pytest.mark.req("R121")
def test_a_choice_that_is_made_is_not_opened_again() -> None:
    made = heard_plan(facts(5, matters_most="depot or trams. I've decided, it's the depot"))
    assert not [q.text for q in asked(made) if "choose" in q.text]


@pytest.mark.req("R121")
def test_the_own_questions_of_a_part_are_of_its_topic_and_serve_it() -> None:
    for topic in shipped().topics.values():
        for of_part in topic.segments.values():
            for part in of_part:
                assert part.own_questions
                for name in part.own_questions:
                    question = BY_ID[name]
                    assert topic.id in question.topics
                    assert set(part.intents) & set(question.intents), name
