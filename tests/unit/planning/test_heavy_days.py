"""Days that may be heavy: low energy or a mood says so, in whatever words the rest is told (R44,
R131, R166)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from planners import commitment, content, facts, heard_plan, last_time, shipped

from few import few
from trajplan.content.model import Question
from trajplan.planning.arrange import AFTER_HARD_DAY_SEGMENTS, HARD_DAY_SEGMENTS, LONG_PART
from trajplan.planning.compose import make_plan
from trajplan.planning.filling import GENTLE_MOST
from trajplan.planning.plan import Plan
from trajplan.planning.plan_inputs import CameLately, PlanOptions, QuestionHistory, ToldBefore
from trajplan.planning.questions import GRAVE, TURNS_OVER, WHO_IS_NEAR
from trajplan.planning.topics_today import topics_today

LAST = last_time(commitments=(commitment(status="not_yet", misses=1), commitment(2, "open")))
HARM = (
    "I left the gate open and the boy got out on the road, he's in hospital",
    "they want a statement from me about the medication round",
    "sent home till they've looked into it",
    "got as far as the ward doors and my legs won't",
    "I told her to go up the ladder",
    "should have checked the brakes",
)
UNKNOWN = (
    "the scaffold came down and Petey was under it",
    "Mrs Dunn's chair is empty and I can't look at it",
    "that tractor. I sold it to him",
    "everybody knows by now, you can tell by how they hold the door",
    "he lost two toes. I put him on that bay because we were short-staffed and my boss rang",
    "Ewa's seen her. the new job can wait, or stay, I don't know",
)
EVERYDAY = ("my boss wants me in on Saturdays", "interview on the 12th", "ask for more pay")


@cache
def by_id() -> dict[str, Question]:
    return {q.id: q for bank in content().banks for q in bank.questions}


def made(number: int = 5, *, blueprint: str = "", decision: bool = False, **known: Any) -> Plan:
    with_topics = replace(content(), topics=shipped().topics)
    known = {"last": LAST, **known}
    options = PlanOptions(blueprint=blueprint, decision=decision)
    return make_plan(with_topics, facts(number, **known), options)


def titles(plan: Plan) -> set[str]:
    return {segment.title for segment in plan.segments}


def of(parts: Any) -> set[str]:
    return {part.title for of_component in parts.values() for part in of_component if part.title}


def done_in(plan: Plan) -> set[str]:
    return {activity.id for segment in plan.segments for activity in segment.activities}


def said_in(plan: Plan) -> set[str]:
    return {prompt.id for segment in plan.segments for prompt in segment.prompts}


def asks_gently(plan: Plan) -> bool:
    questions = [by_id()[asked.id] for asked in plan.questions]
    return not any(question.anchors or TURNS_OVER & {*question.tags} for question in questions)


def is_hard(plan: Plan) -> bool:
    return titles(plan) >= {"How you are", "What would help", "The next few days"}


def is_gentle(plan: Plan) -> bool:
    return "What you'd like to do next" in titles(plan)


def expect_a_hard_day(plan: Plan) -> None:
    assert is_hard(plan)
    assert asks_gently(plan)
    assert "review-commitment" not in said_in(plan)


def says_why(plan: Plan) -> bool:
    return any("stays with what they bring" in finding.message for finding in plan.findings)


@pytest.mark.req("R44", "R131")
@pytest.mark.parametrize("number", few(range(2, 11), 2))
@pytest.mark.parametrize("matters", HARM)
@pytest.mark.parametrize("how", [{"energy": "low"}, {"mood": "a bit raw"}, {"mood": "like stone"}])
def test_harm_on_a_low_day_makes_it_a_hard_one(
    how: dict[str, str], matters: str, number: int
) -> None:
    plan = made(number, matters_most=matters, **how)
    expect_a_hard_day(plan)


@pytest.mark.req("R44", "R131")
@pytest.mark.parametrize("number", few(range(2, 11), 3))
@pytest.mark.parametrize("matters", UNKNOWN)
@pytest.mark.parametrize("how", [{"energy": "low"}, {"mood": "wobbly"}, {"mood": "not right"}])
def test_a_low_day_is_hard_in_words_that_no_list_knows(
    how: dict[str, str], matters: str, number: int
) -> None:
    plan = made(number, matters_most=matters, **how)
    expect_a_hard_day(plan)
    assert {"trajectory_check_in", "reframe_once", "design_tests"}.isdisjoint(done_in(plan))
    usual = made(number, matters_most=matters, energy=how.get("energy", "normal"))
    assert plan.minutes == usual.minutes


@pytest.mark.req("R131", "R166")
@settings(max_examples=40, deadline=None)
@given(
    matters=st.text(max_size=80) | st.sampled_from([*HARM, *UNKNOWN, *EVERYDAY]),
    mood=st.sampled_from(["", "ok", "tired", "chuffed", "numb"]),
    number=st.integers(2, 11),
)
def test_low_after_a_hard_fact_nobody_is_turned_over(matters: str, mood: str, number: int) -> None:
    came = CameLately(matters="the crane hit him, he's in hospital", energy="low")
    plan = made(number, matters_most=matters, mood=mood, energy="low", came_lately=(came,))
    assert asks_gently(plan)
    # Beside danger nothing is planned to be asked but what opens the talk.
    assert is_hard(plan) or plan.proposals
    assert {"trajectory_check_in", "rate_tci"}.isdisjoint(done_in(plan))


@pytest.mark.req("R44")
@pytest.mark.parametrize("matters", EVERYDAY)
def test_who_is_only_tired_gets_the_step_of_the_journey(matters: str) -> None:
    tired, rested = (made(matters_most=matters, energy=energy) for energy in ("low", "normal"))
    assert titles(tired) - {"Reset"} == titles(rested) - {"Reset"}
    assert not is_hard(tired)


@pytest.mark.req("R44", "R131")
@pytest.mark.parametrize(
    "lifted", [{"holding_answered": True}, {"decision": True}, {"blueprint": "deciding-well"}]
)
def test_the_coach_may_plan_a_low_day_as_usual(lifted: dict[str, Any]) -> None:
    low: dict[str, Any] = {"matters_most": UNKNOWN[2], "energy": "low"}
    assert is_hard(made(**low))
    assert not is_hard(made(**low, **lifted))


@pytest.mark.req("R44", "R131")
@pytest.mark.parametrize("energy", ["low", "normal"])
def test_the_first_session_is_not_gentle_for_low_energy_alone(energy: str) -> None:
    plan = made(1, last=None, matters_most=UNKNOWN[2], energy=energy)
    assert not is_gentle(plan)
    assert is_hard(made(1, last=None, matters_most=HARM[0], energy="low"))


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("today", "turned"),
    [
        ({"matters_most": EVERYDAY[1], "energy": "normal"}, True),
        ({"matters_most": "I said yes to the supervisor job", "energy": "high"}, True),
        ({"matters_most": EVERYDAY[1]}, False),
        ({"matters_most": EVERYDAY[1], "energy": "normal", "mood": "raw"}, False),
        ({"matters_most": f"{EVERYDAY[1]}, but my hands shake", "energy": "normal"}, False),
        ({"matters_most": UNKNOWN[1], "energy": "normal"}, False),
        # Who says that they are better is taken at their word.
        ({"matters_most": "The college rang about the apprentices", "mood": "bit better"}, True),
        ({"matters_most": "The college rang about the apprentices", "mood": "not better"}, False),
        ({"matters_most": "I started, but my hands shake", "mood": "bit better"}, False),
    ],
)
def test_a_session_after_a_hard_day_turns_when_the_client_does(
    today: dict[str, str], turned: bool
) -> None:
    came = CameLately(matters=HARM[0], energy="low")
    plan = made(came_lately=(came,), **today)
    # A topic that is told of keeps its own segments; what is asked in them stays gentle.
    assert (says_why(plan) or is_hard(plan)) != turned
    assert turned or asks_gently(plan)


@pytest.mark.req("R131", "R166")
@pytest.mark.parametrize(
    ("matters", "spared"),
    [
        ("They took someone else. I cried all night", True),
        ("The rent", False),
    ],
)
def test_a_hard_day_rates_nothing_and_looks_back_on_nothing(matters: str, spared: bool) -> None:
    done = done_in(made(matters_most=matters))
    for name in ("trajectory_check_in", "review_ritual", "rate_tci", "foresee_obstacles"):
        assert (name not in done) == spared, name


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("matters", "day"),
    [
        ("they want me back on the ward monday and I was sick in the sink", "Monday"),
        ("the inspector wants me tues and I keep hearing it", "Tuesday"),
        ("the hearing's on the 19th. not slept", "the 19th"),
        ("they need my statement by the 19th. not slept", ""),
        ("they want me back monday or thursday. not slept", ""),
        ("went back monday. not slept", ""),
        ("it should have been the soft one he died on the thursday", ""),
        ("it was on Friday, I've not slept", ""),
    ],
)
@pytest.mark.parametrize("lately", [(), (CameLately(matters=HARM[0], energy="low"),)])
def test_a_hard_day_names_the_day_that_is_coming_only_where_they_have(
    matters: str, day: str, lately: tuple[CameLately, ...]
) -> None:
    plan = made(matters_most=matters, energy="low", came_lately=lately)
    assert is_hard(plan)
    asked = [question.text for question in plan.questions if question.id == "ho-coming-help"]
    assert asked == ([f"What would make {day} a bit easier?"] if day else [])


@pytest.mark.req("R131")
def test_after_a_low_day_that_no_list_knows_the_next_is_gentle() -> None:
    unheard = {"matters": UNKNOWN[0], "energy": "low"}
    for today in ({}, {"energy": "normal", "matters_most": "Petey texted, a smiley"}):
        assert made(came_lately=(CameLately(**unheard),), **today) != made(**today)
        assert made(came_lately=(CameLately(**unheard, first=True),), **today) == made(**today)


@pytest.mark.req("R131")
@pytest.mark.parametrize("energy", ["low", "normal"])
def test_soon_after_a_hard_day_what_they_bring_is_asked_about(energy: str) -> None:
    came = CameLately(matters=HARM[0], energy="low")
    plan = made(
        matters_most="Ines wants to know if I'll do the deli", energy=energy, came_lately=(came,)
    )
    talk = [part for part in plan.segments if part.component == "strategic_inquiry"]
    asked = [by_id()[question.id] for part in talk for question in part.questions]
    assert "their-matter" in {topic for question in asked for topic in question.topics}
    together = {"ih-feel-about"}
    assert all(question.topics or question.id in together for question in asked) or energy == "low"
    assert all("hard-day" in question.tags for question in asked) or energy == "normal"


@pytest.mark.req("R62", "R131")
@pytest.mark.parametrize("number", few(range(2, 11), 4))
@pytest.mark.parametrize("matters", [*HARM, *UNKNOWN])
def test_a_part_of_a_hard_day_asks_one_thing_and_invites_nobody_again(
    number: int, matters: str
) -> None:
    plan = made(number, matters_most=matters, energy="low")
    assert is_hard(plan)
    for part in plan.segments:
        assert len(part.questions) <= (1 if part.minutes < LONG_PART else GENTLE_MOST)
        for question in part.questions:
            assert not question.text.startswith(("Tell me", "What would you like to tell"))


@pytest.mark.req("R131")
def test_getting_through_the_days_is_asked_only_where_it_is_grave() -> None:
    grave = {name for name, question in by_id().items() if GRAVE in question.tags}
    came = CameLately(matters=HARM[0], energy="low")

    def asks(**known: Any) -> bool:
        return any(
            not grave.isdisjoint(question.id for question in made(number, **known).questions)
            for number in range(2, 9)
        )

    assert asks(matters_most=HARM[1], energy="low")
    assert asks(matters_most=UNKNOWN[2], energy="low", came_lately=(came,))
    assert not asks(matters_most=UNKNOWN[2], energy="low")
    assert not asks(matters_most=UNKNOWN[2], energy="normal", came_lately=(came,))


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("Bernie found me at the depot at 3 in the morning", "3 in the morning"),
        ("the letter came and then I couldnt get up", "couldnt get up"),
        ("I keep going over it. not slept since", "not slept"),
        ("the letter came", ""),
        ("going to sleep on it", ""),
    ],
)
def test_the_coach_is_reminded_of_sleep_once_in_a_journey(words: str, heard: str) -> None:
    def reminded(**known: Any) -> list[str]:
        plan = made(matters_most=words, energy="low", **known)
        return [note.message for note in plan.findings if "how they sleep" in note.message]

    assert [heard in message for message in reminded()] == ([True] if heard else [])
    before = (ToldBefore(text="awake half the night", when="session 3"),)
    assert not reminded(told_before=before)


@pytest.mark.req("R131")
def test_who_is_with_them_is_asked_once_in_three_sessions() -> None:
    near = {name for name, question in by_id().items() if WHO_IS_NEAR & {*question.tags}}
    came = CameLately(matters=HARM[0], energy="low")
    for name in near:
        history = QuestionHistory(asked=frozenset([name]), asked_lately=frozenset([name]))
        plan = made(matters_most=HARM[1], energy="low", came_lately=(came,), history=history)
        assert near.isdisjoint(question.id for question in plan.questions)


@pytest.mark.req("R60", "R131")
def test_what_is_hardest_is_asked_once_in_three_sessions() -> None:
    hardest = {name for name, question in by_id().items() if "same-hardest" in question.tags}
    matters = "I can't stop crying at work"
    assert not hardest.isdisjoint(question.id for question in made(matters_most=matters).questions)
    for name in ("ho-which-part-heavy", "tm-hardest"):
        assert name in hardest
        history = QuestionHistory(asked=frozenset([name]), asked_lately=frozenset([name]))
        plan = made(matters_most=matters, history=history)
        assert hardest.isdisjoint(question.id for question in plan.questions)


@pytest.mark.req("R131")
@pytest.mark.parametrize("matters", few(HARM, 3))
def test_the_first_hard_day_asks_who_is_near(matters: str) -> None:
    def asks_who(**known: Any) -> bool:
        plan = made(matters_most=matters, energy="low", **known)
        asked = {tag for question in plan.questions for tag in by_id()[question.id].tags}
        return bool({"same-who-near", "same-who-knows"} & asked)

    assert asks_who()


@pytest.mark.req("R131")
def test_the_picture_of_the_next_days_comes_before_what_would_make_them_easier() -> None:
    easier, days = by_id()["ho-easier-days"], by_id()["ho-days-on"]
    assert easier.components == days.components == ("action_design",)
    assert days.breadth >= easier.breadth
    # On the days after one the session is about what they bring.
    assert of(HARD_DAY_SEGMENTS) & of(AFTER_HARD_DAY_SEGMENTS) == set()


@pytest.mark.req("R121", "R131")
def test_the_own_questions_of_the_days_after_are_in_the_library() -> None:
    own = [
        name
        for parts in AFTER_HARD_DAY_SEGMENTS.values()
        for part in parts
        for name in part.own_questions
    ]
    assert own
    assert [name for name in own if name not in by_id()] == []


@pytest.mark.req("R45", "R131")
def test_what_was_managed_is_asked_about_soon_after_a_hard_day_and_what_waits_is_not() -> None:
    came = CameLately(matters=HARM[0], energy="low")
    for status, is_asked in (("done", True), ("not_yet", False)):
        step = commitment(status=status, what="ring the union", learned="")
        plan = made(
            matters_most="Ines wants to know if I'll do the deli",
            energy="normal",
            came_lately=(came,),
            last=last_time(commitments=(step,)),
        )
        said = [prompt.id for part in plan.segments for prompt in part.prompts]
        assert ("review-commitment" in said) is is_asked


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("told", "is_grave"),
    [
        ("the hospice kitchen", False),
        ("a job at the hospice shop", False),
        ("mum went into the hospice on Friday", True),
        ("dad's in a hospice", True),
    ],
)
def test_a_hospice_is_grave_only_where_somebody_lies_there(told: str, *, is_grave: bool) -> None:
    heard = topics_today(shipped().topics, facts(3, matters_most=told))
    assert any(proposal.kind == "grave-news" for proposal in heard.proposals) == is_grave


@pytest.mark.req("R120")
def test_who_has_nothing_to_bring_is_asked_what_they_would_like() -> None:
    nothing = "good week. nothing's wrong so not sure what to bring"
    shyly = f"{nothing}. maybe how not to end up doing two full jobs"
    for brought, is_open in ((nothing, True), (shyly, False)):
        made = heard_plan(facts(3, matters_most=brought))
        said = [prompt for part in made.segments for prompt in part.prompts]
        agreed = next(prompt for prompt in said if prompt.kind == "agreement")
        assert (agreed.case == "open") == is_open
