"""What one session asks only once, and whom it doesn't ask to change (R121, R131)."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from planners import commitment, content, facts, heard_plan, last_time, shipped

from few import few
from trajplan.content.model import MATTER, THEIR_MATTER, Question, Segment
from trajplan.planning.arrange import HARD_DAY_SEGMENTS
from trajplan.planning.asking import MOST_NAMED
from trajplan.planning.basis import decide_basis
from trajplan.planning.compose import make_plan
from trajplan.planning.kept_in_mind import FromIntake
from trajplan.planning.plan import Plan, speaks_as_coach
from trajplan.planning.plan_inputs import Exercise, Facts, PlanOptions, QuestionHistory, ToldBefore
from trajplan.planning.questions import (
    ALIKE,
    ANSWER_DUE,
    ASKS_ENERGY,
    ASKS_MATTER,
    ASKS_OPTIONS,
    ASKS_REPLY,
    CAREFREE,
    FOR_ANYONE,
    ONCE_SETTLED,
    PARTING,
    PUTS_OFF,
    SELF_WORK,
    STANDARDS,
    TROUBLES,
    TWO_WAYS,
    WELL,
    WHILE_OPEN,
    suits_session,
)
from trajplan.planning.questions_today import question_picker
from trajplan.planning.topics_today import topics_today

HARD = "They took someone else. I cried all night"
BOSS = "my boss wants me in on Saturdays"
UNFAIR = "he laughed at my accent in front of everyone, it's discrimination"


def asked(made: Plan) -> list[Question]:
    """The planned questions as the library has them."""
    by_id = {question.id: question for bank in content().banks for question in bank.questions}
    return [by_id[question.id] for part in made.segments for question in part.questions]


def closing_parts() -> list[tuple[str, Segment]]:
    """The parts in which a question goes home, each with the id of its blueprint."""
    return [
        (blueprint.id, part)
        for blueprint in shipped().blueprints.values()
        for part in blueprint.segments
        if "carry-home" in part.intents
    ]


def every_question() -> list[Question]:
    """Every question of the library."""
    return [question for bank in content().banks for question in bank.questions]


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(1, 13), 3))
@pytest.mark.parametrize("matters", ["", "The rent", HARD])
def test_a_session_asks_for_one_thing_once(number: int, matters: str) -> None:
    made = heard_plan(facts(number, matters_most=matters))
    alike = [tag for question in asked(made) for tag in question.tags if tag.startswith(ALIKE)]
    assert len(alike) == len(set(alike)), alike


@pytest.mark.req("R121")
def test_each_group_of_questions_alike_has_two_and_more() -> None:
    tags = [
        tag
        for bank in content().banks
        for question in bank.questions
        for tag in question.tags
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
            alike = [tag for question in members for tag in question.tags if tag.startswith(ALIKE)]
            twice += [(sequence.id, tag) for tag in set(alike) if alike.count(tag) > 1]
    assert twice == []


@pytest.mark.req("R131")
@pytest.mark.parametrize("number", few(range(1, 13), 3))
@pytest.mark.parametrize("matters", [UNFAIR, "I've been made redundant", HARD])
def test_nobody_is_asked_to_change_where_the_trouble_lies_elsewhere(
    number: int, matters: str
) -> None:
    assert not [
        question.id
        for question in asked(heard_plan(facts(number, matters_most=matters)))
        if SELF_WORK in question.tags
    ]


@pytest.mark.req("R121", "R131")
def test_a_hard_day_has_titles_that_say_what_is_asked() -> None:
    made = heard_plan(facts(5, matters_most=HARD))
    titles = {part.title for parts in HARD_DAY_SEGMENTS.values() for part in parts}
    own = [part for part in made.segments if part.component in HARD_DAY_SEGMENTS]
    assert {part.title for part in own} <= titles
    assert len({part.title for part in own}) == len(own)
    # The client reads the same on the agenda.
    assert [part.client for part in own] == [part.title for part in own]
    usual = heard_plan(facts(5, matters_most="The rent"))
    assert not {part.title for part in usual.segments} & titles


@pytest.mark.req("R22", "R121")
@pytest.mark.parametrize("number", [4, 5, 6, 7])
def test_soon_after_a_hard_day_a_session_stays_with_what_is_brought(number: int) -> None:
    brought = facts(number, matters_most="they say I did nothing wrong", brought_lately=(HARD,))
    after = heard_plan(brought)
    titles = {part.title for part in after.segments}
    assert {"What you've brought today", "What you'd like to do next"} <= titles
    talked = ("strategic_inquiry", "insight_generation", "action_design")
    of_it = {question.id for question in asked(after) if question.topics}
    together = {"ih-feel-about", "ih-stands-out"}
    for part in after.segments:
        if part.component in talked:
            assert part.questions
            assert of_it | together >= {asked.id for asked in part.questions}
    asked_to = {tag for question in asked(after) for tag in question.tags}
    assert not asked_to & {"same-test", "same-try", "same-on-track"}
    assert not [question.text for question in asked(after) if question.anchors]
    # Who comes low has a hard day still.
    low = heard_plan(replace(brought, energy="low"))
    assert "How you are" in {part.title for part in low.segments}
    # The coach may say to work as planned, and an ordinary session before changes nothing.
    for usual in (
        replace(brought, holding_answered=True),
        replace(brought, brought_lately=("The rent",)),
    ):
        assert "What you'd like to do next" not in {
            part.title for part in heard_plan(usual).segments
        }


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(1, 12), 4))
def test_somebody_who_is_bored_is_not_asked_what_is_hardest(number: int) -> None:
    for brought, mood in (("bored. same 40 samples, could do it asleep", ""), ("the job", "bored")):
        made = asked(heard_plan(facts(number, matters_most=brought, mood=mood)))
        assert made
        assert not [question.text for question in made if TROUBLES & {*question.tags}]


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("brought", "grave"),
    [
        ("Callum got hit. 20 years old. hes in Stoke. i sent him in there", True),
        ("she broke her back on my site", True),
        ("I gave the order to heave. his eye is gone, he is 22", True),
        ("we got hit with a parking bill", False),
        ("I got burned out at the last place", False),
    ],
)
def test_somebody_hurt_at_work_is_grave_news(brought: str, grave: bool) -> None:
    heard = topics_today(shipped().topics, facts(4, matters_most=brought))
    assert any(proposal.kind == "grave-news" for proposal in heard.proposals) == grave


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(2, 12), 4))
def test_a_session_begins_with_what_they_want_to_talk_about(number: int) -> None:
    regular = [
        blueprint
        for blueprint in shipped().blueprints.values()
        for part in blueprint.segments
        if "tm-going-on" in part.own_questions and part.title == "What you want to talk about"
    ]
    assert len(regular) > 8
    for blueprint in regular:
        library = replace(content(), topics=shipped().topics)
        options = PlanOptions(blueprint=blueprint.id)
        # What the two sessions before it opened with is not asked again.
        lately = QuestionHistory(asked_lately=frozenset(["tm-going-on", "tm-on-mind"]))
        for history in (QuestionHistory(), lately):
            known = facts(number, matters_most="The rent", history=history)
            made = make_plan(library, known, options)
            part = next(part for part in made.segments if part.component == "strategic_inquiry")
            opening = {tag for question in asked(made)[:3] for tag in question.tags}
            assert part.title == "What you want to talk about"
            assert "same-matter-what" in opening, blueprint.id


@pytest.mark.req("R121", "R131")
def test_each_part_of_a_hard_day_has_several_things_to_ask() -> None:
    """What the coach has just asked is not asked again, so one group alike is not enough. Nothing
    goes home on such a day."""
    for component, parts in HARD_DAY_SEGMENTS.items():
        for part in parts:
            if "carry-home" in part.intents:
                continue
            gentle = [
                question
                for question in every_question()
                if "hard-day" in question.tags
                and component in question.components
                and {*question.intents} & {*part.intents}
            ]
            alike = [{tag for tag in question.tags if tag.startswith(ALIKE)} for question in gentle]
            assert len(gentle) > 2, part.title
            assert not set.intersection(*alike), part.title


@pytest.mark.req("R120", "R121")
@pytest.mark.parametrize("number", few(range(1, 12), 3))
@pytest.mark.parametrize(
    ("matters", "stays"),
    [
        ("Catriona says it's up to me", True),
        ("the car won't start", True),
        ("my boss wants me in on Saturdays", True),  # beside the questions on bosses
        ("I don't know where to start", False),
        ("nothing much, really", False),
        (HARD, False),
        ("", False),
    ],
)
def test_what_no_topic_knows_is_stayed_with(number: int, matters: str, stays: bool) -> None:
    planned = asked(heard_plan(facts(number, matters_most=matters)))
    about_it = {THEIR_MATTER, "boss"}
    assert any(about_it.intersection(question.topics) for question in planned) == stays


@pytest.mark.req("R66", "R130")
def test_an_inquiry_looks_ahead_and_keeps_to_work_and_the_matter() -> None:
    """It is said back in the next session ("I left you with …"), and goes home with a widow and
    with somebody in debt as well as with somebody cheerful."""
    taken_home = [question for question in every_question() if "carry-home" in question.intents]
    assert len(taken_home) > 60
    back = re.compile(r"\bthis week\b|\bdid\b|\bnext time\b")
    leisure = re.compile(r"\bweekends?\b|\bunwind|\bhobb|\bfree (?:day|time)|\bfun\b|\bdaydream")
    assert [question.text for question in taken_home if back.search(question.text)] == []
    assert [question.text for question in taken_home if leisure.search(question.text)] == []


@pytest.mark.req("R66")
def test_no_question_in_the_coachs_voice_goes_home_as_the_clients() -> None:
    """On a page where `I` is the client, `What should I ask you about?` makes no sense."""
    taken_home = [question for question in every_question() if "carry-home" in question.intents]
    assert [question.text for question in taken_home if speaks_as_coach(question.text)] == []
    closing = [
        question for question in every_question() if "momentum_planning" in question.components
    ]
    spoken = {question.text for question in closing if re.search(r"\b(?:I|me|my)\b", question.text)}
    assert {question.text for question in closing if speaks_as_coach(question.text)} == spoken
    assert not speaks_as_coach("What do I want to say to my boss?")
    made = heard_plan(facts(5, matters_most="The rent"))
    *others, last = made.segments
    *before, home = last.questions
    assert made.inquiry() == home.text
    told = (*before, home, replace(home, id="own", text="What should I ask you about next time?"))
    asked = replace(made, segments=(*others, replace(last, questions=told)))
    assert asked.inquiry() == home.text


@pytest.mark.req("R66", "R131")
def test_whatever_they_bring_has_a_question_to_take_home() -> None:
    """A question about free days after an hour about debts has nothing to do with the client."""
    at_hand = {
        topic
        for question in every_question()
        if "carry-home" in question.intents
        for topic in question.topics
    }
    asked_about = {topic for question in every_question() for topic in question.topics}
    # What fits any matter goes home without a topic, after any talk.
    assert asked_about - at_hand == {THEIR_MATTER}


@pytest.mark.req("R122")
def test_what_fits_any_matter_needs_no_name_for_it() -> None:
    """Nobody has said what the matter is called, so "it" would point at nothing. What belongs to a
    hard day comes right behind their own words."""
    nameless = re.compile(r"\b(?:it|them|they|there|here)\b", re.IGNORECASE)
    loose = [
        question.text
        for question in every_question()
        if THEIR_MATTER in question.topics
        and not question.leans_on
        and "hard-day" not in question.tags
        and nameless.search(question.text)
    ]
    assert loose == []


@pytest.mark.req("R66")
@pytest.mark.parametrize(("matters", "comes_back"), [("", True), ("The rent", False)])
def test_the_question_that_went_home_waits_for_what_they_bring(
    matters: str, comes_back: bool
) -> None:
    made = heard_plan(facts(5, matters_most=matters, last=last_time(inquiry="What do I protect?")))
    said = [prompt.id for part in made.segments for prompt in part.prompts]
    assert ("return-inquiry" in said) == comes_back
    # It stays on the plan all the same.
    assert made.from_last_time
    assert made.from_last_time.inquiry == "What do I protect?"


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(1, 13), 4))
@pytest.mark.parametrize(
    ("matters", "never"),
    [
        ("He offered me 4k to stay and I said no", WHILE_OPEN),
        ("I got an offer from Kemp's", ONCE_SETTLED),
    ],
)
def test_an_offer_that_is_answered_is_not_asked_about_as_if_it_were_open(
    number: int, matters: str, never: str
) -> None:
    tags = [
        tag
        for question in asked(heard_plan(facts(number, matters_most=matters)))
        for tag in question.tags
    ]
    assert never not in tags


@pytest.mark.req("R121")
def test_what_was_done_since_says_too_that_it_is_settled() -> None:
    done = commitment(what="Turn the offer down", status="done", learned="I said no on the phone")
    known = facts(2, matters_most="the offer, still", last=last_time(commitments=(done,)))
    assert WHILE_OPEN not in [tag for question in asked(heard_plan(known)) for tag in question.tags]
    open_still = replace(known, last=last_time())
    assert WHILE_OPEN in [
        tag for question in asked(heard_plan(open_still)) for tag in question.tags
    ]


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(1, 13), 3))
@pytest.mark.parametrize("matters", ["", "I might look for another job", "The rent"])
def test_a_segment_has_them_choose_a_step_once(number: int, matters: str) -> None:
    by_id = {question.id: question for bank in content().banks for question in bank.questions}
    for part in heard_plan(facts(number, matters_most=matters)).segments:
        chosen = [question.id for question in part.questions if "step" in by_id[question.id].gives]
        assert len(chosen) < 2, chosen


@pytest.mark.req("R121", "R131")
@pytest.mark.parametrize("number", few(range(2, 12), 3))
def test_a_hard_day_asks_what_its_titles_say(number: int) -> None:
    made = heard_plan(facts(number, matters_most=HARD))
    by_id = {question.id: question for bank in content().banks for question in bank.questions}
    for part in made.segments:
        hard = [
            one for parts in HARD_DAY_SEGMENTS.values() for one in parts if one.title == part.title
        ]
        # One inquiry asks both how they are and what is hard.
        intents = {name for one in hard for name in one.intents} | {"name-the-problem"}
        for one in part.questions if hard else ():
            assert intents & set(by_id[one.id].intents)
        assert part.questions or not hard or part.component == "momentum_planning", part.title


@pytest.mark.req("R22", "R44")
def test_tired_after_a_session_that_held_is_a_hard_day_still() -> None:
    after = facts(5, energy="low", last=last_time(holding=True))
    titles = [part.title for part in heard_plan(after).segments]
    assert "How you are" in titles
    # Who has said nothing of how they come is met as on such a day, rested or not.
    heard = replace(after, energy="normal", matters_most="The rent")
    rested = [part.title for part in heard_plan(heard).segments]
    as_planned = [part.title for part in heard_plan(replace(after, holding_answered=True)).segments]
    assert "How you are" not in (*rested, *as_planned)


@pytest.mark.req("R66", "R131")
def test_there_is_no_inquiry_on_a_hard_day() -> None:
    made = heard_plan(facts(5, matters_most=HARD))
    assert made.inquiry() == ""
    assert "carry_home" not in [activity.id for activity in made.segments[-1].activities]
    assert heard_plan(facts(5, matters_most="The rent")).inquiry()


@pytest.mark.req("R120")
@pytest.mark.parametrize(("matters", "asks"), [("", True), ("The rent", False)])
def test_nobody_is_led_away_from_what_they_bring(matters: str, asks: bool) -> None:
    made = heard_plan(facts(5, matters_most=matters, last=last_time()))
    assert bool(made.segments[0].questions) == asks
    # Nor is somebody who has said it asked in the first session what brings them.
    assert bool(heard_plan(facts(1, matters_most=matters)).segments[0].questions) == asks


def said(made: Plan) -> list[str]:
    """Everything a plan says in its prompts."""
    return [prompt.text for part in made.segments for prompt in part.prompts]


@pytest.mark.req("R131")
@pytest.mark.parametrize("number", few(range(2, 12), 4))
@pytest.mark.parametrize(
    ("matters", "never"),
    [
        # An answer that is due is no offer, of two offers nobody says `the offer`, and a page that
        # is being written is no application.
        ("take the job or not, they want an answer by friday", "offer"),
        ("two offers, and both need an answer", "the offer"),
        ("the CV, it stops in 2018", "application"),
    ],
)
def test_a_topics_noun_is_left_to_those_who_said_it(number: int, matters: str, never: str) -> None:
    made = heard_plan(facts(number, matters_most=matters))
    assert made.topics
    assert not [question.text for question in asked(made) if never in question.text]


def test_a_topic_the_coach_names_may_be_called_what_it_is() -> None:
    texts = [
        question.text
        for number in range(2, 12)
        for question in asked(heard_plan(facts(number, about=("offer",))))
    ]
    assert [text for text in texts if "offer" in text]


@pytest.mark.req("R121")
@pytest.mark.parametrize(
    ("matters", "energy", "tag"),
    [
        ("so burnt out I could sleep in the car", "low", ASKS_ENERGY),
        ("so burnt out I could sleep in the car", "", ASKS_MATTER),
    ],
)
def test_what_has_been_told_is_not_asked(matters: str, energy: str, tag: str) -> None:
    assert [question for question in every_question() if tag in question.tags]
    for number in range(2, 12):
        made = heard_plan(facts(number, matters_most=matters, energy=energy))
        assert made.topics
        assert not [question.text for question in asked(made) if tag in question.tags]


@pytest.mark.req("R22", "R131")
def test_grave_news_is_remembered_in_two_sessions_with_one_line() -> None:
    topics = replace(content(), topics=shipped().topics)
    news = facts(5, matters_most="The rent", brought_lately=("Mum died on Sunday",))
    held = facts(5, matters_most="The rent", holding_lately=True)
    for known in (news, held):
        lines = [text for text in said(make_plan(topics, known, PlanOptions())) if "been" in text]
        assert len(lines) == 1, lines
    quiet = [
        facts(5, matters_most="The rent", brought_lately=("My boss rang",)),
        # What is hard today is answered first, and asks no more.
        facts(5, matters_most=HARD, holding_lately=True),
        facts(5, check_in_holding=True, holding_lately=True),
    ]
    for known in quiet:
        assert not [text for text in said(heard_plan(known)) if "have you been" in text]


@pytest.mark.req("R120")
def test_what_is_agreed_leads_over_to_what_is_looked_back_on() -> None:
    done = last_time(commitments=(commitment(status="done"),))
    agreed, back = said(heard_plan(facts(5, matters_most="The rent", last=done)))[:2]
    assert "the rent" in agreed
    assert back.startswith("Before we get to that, ")
    assert "call Ada" in back or "called Ada" in back
    # Of what they have just brought it is the same talk, and nothing to come back to.
    same = facts(5, matters_most="My talk with Ada was awful", last=done)
    assert not [text for text in said(heard_plan(same)) if "Before we" in text]
    # On a day that a death not long ago makes gentle, nobody is taken back to what they took on.
    control = "they offer me control room 6 weeks. maybe its nice maybe its a punishment"
    lately = ("Mum died on Sunday",)
    heard = said(heard_plan(facts(5, matters_most=control, brought_lately=lately, last=done)))
    assert not [text for text in heard if "Ada" in text], heard
    # One that they bring, or that what was taken on speaks of, is left to stand.
    for sad in ("the grave on Sunday, nobody else went", HARD):
        assert not [
            text
            for text in said(heard_plan(facts(5, matters_most=sad, last=done)))
            if "Before" in text
        ]
    # What was tried is led to in the same way.
    tried = Exercise(what="go to Leeds", case="done", learned="a crew", commitment=1)
    agreed, back = said(heard_plan(facts(5, matters_most="Sonny", exercises=(tried,))))[:2]
    assert "talk about" in agreed
    assert back.startswith("Before we get to that, you went to Leeds. "), back
    # Where nothing is agreed there is nothing either.
    assert not [text for text in said(heard_plan(facts(5, last=done))) if "Before we" in text]


@pytest.mark.req("R131")
def test_nobody_is_sorry_for_what_ended_well() -> None:
    gone_quiet = "hes home thank god. they all go quiet when I come in, nobody talks to me"
    for matters, sorry in ((gone_quiet, False), (gone_quiet.partition(". ")[2], True)):
        first = said(heard_plan(facts(4, matters_most=matters, mood="ashamed")))[0]
        assert ("sorry" in first) is sorry, first


@pytest.mark.req("R66")
@pytest.mark.parametrize("number", few(range(1, 12), 4))
@pytest.mark.parametrize(
    "matters", ["", "Cardiff, and what comes after", "I could sell the family silver"]
)
def test_what_goes_home_fits_any_talk(number: int, matters: str) -> None:
    """It suits anybody and speaks of no topic, so that nothing comes out of the blue."""
    made = heard_plan(facts(number, matters_most=matters))
    by_id = {question.id: question for question in every_question()}
    home = [by_id[question.id] for question in made.segments[-1].questions if not question.anchors]
    assert [question.topics for question in home] == [()]
    assert FOR_ANYONE in home[0].tags


@pytest.mark.req("R66", "R60")
def test_there_is_something_else_to_take_home_after_each_of_twelve_sessions() -> None:
    """Each last part has some that ask for different things, all of them more than a journey
    needs."""
    by_id = {question.id: question for question in every_question()}
    closing = closing_parts()
    assert len(closing) > 20
    for name, part in closing:
        own = [by_id[question] for question in part.own_questions]
        assert all(FOR_ANYONE in question.tags and not question.topics for question in own), name
        groups = {tag for question in own for tag in question.tags if tag.startswith(ALIKE)}
        assert len(groups) > 4, name
    taken: list[str] = []
    for number in range(1, 12):
        history = QuestionHistory(inquiries=frozenset(taken))
        made = heard_plan(facts(number, matters_most="The rent", history=history))
        taken.append(made.inquiry())
    own_texts = {by_id[name].text for _, part in closing for name in part.own_questions}
    assert len(own_texts) > 12
    assert len(set(taken)) == 11
    assert set(taken) <= own_texts


@pytest.mark.req("R126")
def test_what_they_wrote_is_read_out_where_they_bring_nothing_and_it_blames_nobody() -> None:
    def first(own_questions: tuple[str, ...], matters: str) -> list[str]:
        intake = FromIntake(own_questions=own_questions, paths=("stay", "sell the van"))
        known = facts(1, matters_most=matters)
        return said(heard_plan(replace(known, intake=intake, intake_on_record=intake)))

    for question, is_read in (
        ("is it me or is it the place", True),
        ("was it me", False),
        ("should I have checked", False),
    ):
        assert any(question in text for text in first((question,), "")) is is_read
        assert not any(question in text for text in first((question,), "the rota"))
    two = ("how do I start", "who would miss me")
    lists = ("You wrote down some questions.", "Tell me a bit about each.")
    assert any(text.startswith(lists[0]) for text in first(two, ""))
    assert not any(part in text for part in lists for text in first(two, "the rota"))


@pytest.mark.req("R121")
def test_what_they_bring_is_asked_about_where_the_session_begins_to_inquire() -> None:
    intake = FromIntake(stuck_point="I say yes to everything", own_questions=("How do I say no?",))
    for minutes, energy in ((45, ""), (60, "low"), (90, "")):
        known = facts(
            1, matters_most="Cardiff, and what comes after", energy=energy, minutes=minutes
        )
        made = heard_plan(replace(known, intake=intake, intake_on_record=intake))
        first = next(part for part in made.segments if part.component == "strategic_inquiry")
        assert first.questions, (minutes, energy)


UNIT = "the unit in Starbeck. nice light"
WIDOWED = "my husband died in October and today is his birthday"


@pytest.mark.req("R120", "R121")
@pytest.mark.parametrize("number", few(range(1, 12), 4))
def test_a_matter_is_called_by_its_name_but_not_all_the_time(number: int) -> None:
    made = heard_plan(facts(number, matters_most="the interview, I can't sleep"))
    by_id = {question.id: question for question in every_question()}
    named = [
        [question.text for question in part.questions if MATTER in by_id[question.id].text]
        for part in made.segments
    ]
    said = [text for texts in named for text in texts]
    assert len(said) <= MOST_NAMED
    assert max(map(len, named)) <= 1
    assert said or number != 1
    assert all("the interview" in text for text in said)
    # Where they have given it no name, or one that no topic has, nothing is asked that needs one.
    for matters in ("the car won't start", UNIT, "the letter from work"):
        asked_of = [
            by_id[question.id].text
            for question in asked(heard_plan(facts(number, matters_most=matters)))
        ]
        assert not [text for text in asked_of if MATTER in text], matters


@pytest.mark.req("R131")
@pytest.mark.parametrize("number", few(range(1, 12), 4))
@pytest.mark.parametrize(
    "changes",
    [
        {"matters_most": WIDOWED},
        {"matters_most": "the hearing is on the 17th"},
        {"matters_most": "the rent", "energy": "low"},
        {"matters_most": "the rent", "brought_lately": ("my husband died on Sunday",)},
        {"matters_most": "the rent", "stuck_point": "suspended, and nobody tells me anything"},
    ],
)
def test_nobody_who_has_something_hard_to_bear_is_asked_to_dream(
    number: int, changes: dict[str, str]
) -> None:
    assert not [
        question.text
        for question in asked(heard_plan(facts(number, **changes)))
        if CAREFREE in question.tags
    ]


@pytest.mark.req("R131")
def test_who_has_died_is_asked_after_only_where_somebody_has() -> None:
    after = [question.id for question in every_question() if "grief" in question.topics]
    assert len(after) > 5
    held = {"matters_most": WIDOWED, "check_in_holding": True}
    assert "ho-tell-me-about-them" in [
        question.id for question in asked(heard_plan(facts(4, **held)))
    ]
    for matters in (HARD, UNFAIR, "the hearing is on the 17th", "numb"):
        assert not [
            question.id
            for question in asked(heard_plan(facts(4, matters_most=matters)))
            if question.id in after
        ]


@pytest.mark.req("R131")
def test_nobody_is_asked_on_a_hard_day_what_could_wait() -> None:
    # It may be the waiting that did the harm.
    hard_day = [question.text for question in every_question() if "hard-day" in question.tags]
    assert hard_day
    assert not [text for text in hard_day if re.search(r"\b(?:wait|put off|leave it)\b", text)]


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    "changes",
    [
        {"matters_most": "the hearing is on the 17th"},
        {"told_before": (ToldBefore(text="ashamed", when="session 2", kind="mood"),)},
        {"told_before": (ToldBefore(text="a patient got hurt", when="session 1"),)},
        {"told_before": (ToldBefore(text="", when="session 1", kind="held"),)},
        {"stuck_point": "suspended, and nobody tells me anything"},
    ],
)
def test_nobody_who_may_have_harmed_is_asked_about_doing_things_right(
    changes: dict[str, object],
) -> None:
    """However long ago it was told, and even where the coach names their self-doubt."""
    named = {"about": ("self-doubt", "choice"), "matters_most": "who am I to teach them"}

    def asked_in(known: dict[str, object]) -> set[str]:
        plans = (heard_plan(facts(number, **known)) for number in range(2, 12, 2))
        return {
            question.id for made in plans for question in asked(made) if STANDARDS in question.tags
        }

    assert asked_in(named)
    assert asked_in({**named, **changes}) == set()


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    "changes",
    [
        {"matters_most": "the job. they're saying weeks, Mum's in the hospice"},
        {"told_before": (ToldBefore(text="the divorce papers came", when="session 2"),)},
        {"told_before": (ToldBefore(text="she's got cancer", when="session 1", kind="held"),)},
        {"stuck_point": "I've been a widow since March"},
        {"intake_on_record": FromIntake(background=("my wife finish with me in october",))},
    ],
)
def test_nobody_who_tells_of_a_loss_is_asked_what_to_keep_or_let_go(
    changes: dict[str, object],
) -> None:
    """However long ago it was told, and on a day that is not hard."""
    usual = {"matters_most": "the rota"}

    def asked_in(known: dict[str, object]) -> set[str]:
        plans = (heard_plan(facts(number, **known)) for number in range(2, 13, 2))
        return {
            question.id for made in plans for question in asked(made) if PARTING in question.tags
        }

    assert asked_in(usual)
    assert asked_in({**usual, **changes}) == set()


@pytest.mark.req("R131")
def test_what_speaks_of_keeping_or_losing_says_so_by_its_tag() -> None:
    words = re.compile(
        r"whatever happens\?|hold on to|keep as it is|keep the way|stay the same|\blet go\b|"
        r"goodbye|live without|never again|want to lose|miss most|any more\?$|"
        r"hope will happen|hoping for"
    )
    speaking = [question for question in every_question() if words.search(question.text)]
    assert len(speaking) > 10
    assert [question.id for question in speaking if PARTING not in question.tags] == [
        "va-not-put-up"
    ]


@pytest.mark.req("R131")
@pytest.mark.parametrize("matters", ["I shouted at mum sunday. She went small. I'm so ashamed"])
@pytest.mark.parametrize("number", few(range(2, 12), 4))
def test_who_is_treated_gently_is_not_asked_to_act_on_a_quarrel(number: int, matters: str) -> None:
    made = heard_plan(facts(number, matters_most=matters, mood="ashamed", about=("conflict",)))
    assert not [question.text for question in asked(made) if SELF_WORK in question.tags]
    acting = {"conflict-next", "conflict-ways", "conflict-your-part", "conflict-first-sentence"}
    tagged = {question.id for question in every_question() if SELF_WORK in question.tags}
    assert acting <= tagged


@pytest.mark.req("R131")
def test_nobody_who_tells_of_a_loss_is_asked_for_an_ordinary_day_or_what_they_would_change() -> (
    None
):
    words = re.compile(r"typical day|an ordinary week|change if it were up to you")
    asking = [question for question in every_question() if words.search(question.text)]
    assert len(asking) == 3
    assert not [question.id for question in asking if PARTING not in question.tags]


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(2, 12), 4))
def test_a_decision_is_asked_for_in_every_segment_that_leads_to_one(number: int) -> None:
    topics = replace(content(), topics=shipped().topics)
    known = facts(number, matters_most="the college or the fences")
    made = make_plan(topics, known, PlanOptions(decision=True))
    silent = [
        part.title
        for part in made.segments
        if part.component in ("insight_generation", "action_design")
        and part.title != "Step back"
        and not part.questions
    ]
    assert silent == []


def may_ask(tag: str, known: Facts) -> bool:
    """Whether a session may ask any question with the tag."""
    topics = replace(content(), topics=shipped().topics)
    picker = question_picker(decide_basis(topics, known, PlanOptions()), ())
    return any(
        suits_session(question, picker.conditions)
        for question in every_question()
        if tag in question.tags
    )


@pytest.mark.req("R121")
def test_a_thing_that_may_stand_for_something_else_is_not_named_as_their_matter() -> None:
    def names(brought: str) -> list[str]:
        planned = heard_plan(facts(4, matters_most=brought)).questions
        noun = brought.partition(".")[0]
        return [question.text for question in planned if noun in question.text]

    assert names("the rota. it's all over the place")
    assert not names("the laptop. it's all over the place")


@pytest.mark.req("R121")
@pytest.mark.parametrize("brought", ["panel thurs", "panel thurs and a presentation, ten minutes"])
def test_a_presentation_is_asked_about_where_they_speak_of_one(brought: str) -> None:
    planned = [question.id for question in asked(heard_plan(facts(3, matters_most=brought)))]
    assert ("day-ahead-presentation" in planned) == ("presentation" in brought)


@pytest.mark.req("R121")
def test_the_choice_is_told_before_each_way_to_go_is_asked_about() -> None:
    planned = asked(heard_plan(facts(3, matters_most="the depot or the trams, can't decide")))
    ids = [question.id for question in planned]
    each = [question.id for question in planned if "each choice" in question.text]
    assert each
    assert ids.index("choice-about") < min(map(ids.index, each))


@pytest.mark.req("R131")
def test_who_is_near_is_asked_in_one_of_three_sessions() -> None:
    near = {"same-who-near", "same-who-knows"}
    sessions: list[frozenset[str]] = []
    asks_who = []
    for number in range(2, 7):
        lately = frozenset().union(*sessions[-2:])
        history = QuestionHistory(asked=frozenset().union(*sessions), asked_lately=lately)
        planned = asked(heard_plan(facts(number, matters_most=HARD, history=history)))
        asks_who.append(any(near.intersection(question.tags) for question in planned))
        sessions.append(frozenset(question.id for question in planned))
    assert any(asks_who)
    assert all(sum(asks_who[place : place + 3]) <= 1 for place in range(3)), asks_who


@pytest.mark.req("R131")
@pytest.mark.parametrize("number", range(2, 8))
def test_a_hard_day_asks_what_helps_once_beside_the_next_days(number: int) -> None:
    made = heard_plan(facts(number, matters_most=HARD))
    by_id = {question.id: question for question in every_question()}
    before_steps = [
        question.text
        for part in made.segments
        if part.component != "action_design"
        for question in part.questions
        if {"same-helped-a-little", "same-would-help"}.intersection(by_id[question.id].tags)
    ]
    assert len(before_steps) <= 1


@pytest.mark.req("R45", "R83", "R123")
@pytest.mark.parametrize(
    ("brought", "asked"),
    [
        ("did the job with Terry. twice not four times", True),
        ("my desk. it's a mess", True),
        # Nothing is asked of what led to a hearing.
        ("the hearing. Terry spoke for me", False),
    ],
)
def test_what_was_tried_is_asked_about_where_it_led_to_what_they_bring(
    brought: str, asked: bool
) -> None:
    job = commitment(status="done", what="do one job with Terry", kind="experiential", place=1)
    told = replace(job, learned="checked it twice and drove off")
    tried = Exercise(
        what=told.what, case="done", learned=told.learned, commitment=told.number, place=1
    )
    last = last_time(commitments=(told,))
    plan = heard_plan(facts(5, matters_most=brought, exercises=(tried,), last=last, minutes=60))
    back = [text for text in said(plan) if "Terry" in text]
    assert bool(back) == asked, back
    assert not [text for text in back if "What did you find out" in text or "feel about" in text]


@pytest.mark.req("R120", "R121")
@pytest.mark.parametrize("number", range(2, 8))
def test_somebody_about_to_leave_is_asked_about_leaving(number: int) -> None:
    known = facts(number, matters_most="I'm thinking about handing my notice in", last=last_time())
    asked = [q.id for part in heard_plan(known).segments for q in part.questions]
    assert [name for name in asked if name.startswith("resigning-")]


SAID_OF_WHAT_WAS_DONE = {
    ("go and watch one practical at the college", "done"): "one practical at the college",
    ("drive to EDI for a 6pm start and back at 6am", "done"): "to EDI",
    (
        "write down what i actually need on a tuesday",
        "partly",
    ): "what you actually need on a Tuesday",
    # Without a name it is asked about only where nothing was brought.
    ("send him one summary at 10 every day of month end, before he asks", "done"): "",
    ("ask for 15 mins with him before month end instead of the drip drip", "partly"): "",
    ("send him one summary at 10 every day of month end, before he asks", "open"): "",
}


@pytest.mark.req("R123", "R120")
@pytest.mark.parametrize(("what", "status"), SAID_OF_WHAT_WAS_DONE)
def test_a_look_back_names_its_step_or_is_left_out(what: str, status: str) -> None:
    last = last_time(commitments=(commitment(status=status, what=what),))
    made = heard_plan(facts(5, matters_most="The rent", last=last))
    reviews = [
        prompt.text
        for part in made.segments
        for prompt in part.prompts
        if prompt.id == "review-commitment"
    ]
    known = SAID_OF_WHAT_WAS_DONE[what, status]
    assert len(reviews) == bool(known)
    assert known in " ".join(reviews)
    # Where they have brought nothing it is the line that shows that somebody has noticed.
    open_talk = said(heard_plan(facts(5, last=last)))
    noticed = ("you'd planned", "took on", "since we last met")
    assert [text for text in open_talk if any(words in text for words in (known, *noticed))]


def test_what_was_done_is_said_by_what_was_done() -> None:
    done = last_time(
        commitments=(commitment(status="done", what="send the Riverwatch application"),)
    )
    heard = {
        text
        for number in range(2, 8)
        for text in said(heard_plan(facts(number, last=done)))
        if "Riverwatch" in text
    }
    assert heard
    assert all("you sent the river" in text.casefold() for text in heard), heard
    # Nobody is praised for it: what it was like is for them to say.
    assert not [text for text in heard if "glad" in text or "good to hear" in text]
    (promise,) = done.commitments
    told = replace(done, commitments=(replace(promise, learned="they loved it"),))
    heard = {text for number in range(2, 8) for text in said(heard_plan(facts(number, last=told)))}
    assert [text for text in heard if "You sent the Riverwatch application" in text]
    assert not [text for text in heard if "glad" in text or "good to hear" in text]
    # Where what they tell is not all well, nothing is said of it but what was done.
    told = replace(done, commitments=(replace(promise, learned="they said no, I cried"),))
    heard = {text for number in range(2, 8) for text in said(heard_plan(facts(number, last=told)))}
    assert heard
    assert not [text for text in heard if "glad" in text or "good to hear" in text]
    # Where its words can't be said, whom it was done with says enough beside what they bring.
    for what, known in (
        ("have it out with Huw, friday, not in the parlour", "how was it with Huw"),
        ("cv!! (finally) x", ""),
    ):
        unsaid = last_time(commitments=(commitment(status="done", what=what),))
        heard = said(heard_plan(facts(5, last=unsaid, matters_most="The rent")))
        assert known in " ".join(heard)
        assert bool(known) == any("Before we get to that" in text for text in heard)
    started = last_time(commitments=(commitment(status="partly", what="write the plan"),))
    heard = {
        text for number in range(2, 8) for text in said(heard_plan(facts(number, last=started)))
    }
    assert "You were going to write the plan. What have you managed so far?" in heard
    # Nobody who has done most of it hears that they have made a start, nor is asked how it went.
    (promise,) = started.commitments
    told = replace(started, commitments=(replace(promise, learned="two pages, one to go"),))
    heard = {text for number in range(2, 8) for text in said(heard_plan(facts(number, last=told)))}
    after = "You were going to write the plan, and told me how it's gone. "
    assert {f"{after}What's next with that?", f"{after}Where does that leave you?"} <= heard
    # Who has had a death is only asked how it was.
    sad = facts(5, last=done, brought_lately=("Mum died on Sunday",))
    assert not [
        text for text in said(heard_plan(sad)) if "and you did" in text or "you'd planned" in text
    ]
    at_home = last_time(commitments=(commitment(status="done", what="be home by six"),))
    assert not [
        text
        for number in range(2, 8)
        for text in said(heard_plan(facts(number, last=at_home)))
        if "and you did" in text
    ]


@pytest.mark.req("R121", "R131")
@pytest.mark.parametrize(
    ("known", "well"),
    [
        ({"mood": "giddy"}, True),
        ({"mood": "good"}, True),
        ({"mood": "cross but fine"}, False),
        ({"mood": "alright considering"}, False),
        ({"mood": ""}, False),
        ({"mood": "good", "energy": "low"}, False),
        ({"mood": "good", "brought_lately": ("my mum died on Sunday",)}, False),
    ],
)
def test_who_does_well_is_asked_about_that_and_not_what_is_hardest(
    known: dict[str, object], well: bool
) -> None:
    made = [
        heard_plan(facts(number, **{"matters_most": "61 pings, I counted them", **known}))
        for number in range(2, 12, 3)
    ]
    tags = [set(one.tags) for each in made for one in asked(each)]
    assert any(WELL in of_one for of_one in tags) == well
    assert not (well and any(TROUBLES & of_one for of_one in tags))


@pytest.mark.req("R121")
def test_who_sees_several_ways_is_not_asked_for_more() -> None:
    for matters in (
        "I've got ideas coming out of my ears but which one",
        "Northern or Hartleys. been round it 40 times",
    ):
        made = [heard_plan(facts(number, matters_most=matters)) for number in range(2, 12, 2)]
        several = [one for each in made for one in asked(each)]
        assert any("choice" in one.topics for one in several)
        assert not [one.text for one in several if ASKS_OPTIONS.intersection(one.tags)]


@pytest.mark.req("R120", "R121")
@pytest.mark.parametrize(
    ("matters", "named"),
    [
        ("I keep changing my mind", False),
        ("can't decide", False),
        ("can't decide whether to say anything or not", False),
        ("the depot or the trams, can't decide", True),
        ("can't do both", True),
    ],
)
def test_only_who_named_two_ways_is_asked_about_each(matters: str, named: bool) -> None:
    heard = topics_today(shipped().topics, facts(5, matters_most=matters))
    assert heard.names_ways is named
    made = [heard_plan(facts(number, matters_most=matters)) for number in range(1, 12)]
    several = [one for each in made for one in asked(each) if TWO_WAYS in one.tags]
    assert bool(several) is named


@pytest.mark.req("R120")
@pytest.mark.parametrize("number", few(range(2, 12), 3))
def test_what_has_to_happen_is_asked_only_of_who_has_decided(number: int) -> None:
    library = replace(content(), topics=shipped().topics)
    options = PlanOptions(blueprint="last-steps", minutes=90)
    for brought, asked_of in (
        ("college rang, the class", []),
        ("handed in my notice on Friday", ["gm-has-to-happen"]),
    ):
        made = asked(make_plan(library, facts(number, matters_most=brought), options))
        assert made
        assert [question.id for question in made if "decided" in question.tags] == asked_of


@pytest.mark.req("R120")
@pytest.mark.parametrize(
    ("matters", "choice"),
    [
        ("the two jobs. made a list, 11 each side", True),
        ("cant do both", True),
        ("need to pick one and not lie awake", True),
        ("still two things. not lying awake tho", True),
        ("I haven't decided", True),
        ("doing the two jobs is killing me", False),
        ("the boss has me doing both", False),
        ("how do I go about it", False),
        ("she never picks one up", False),
    ],
)
def test_two_things_to_choose_between_are_a_choice(matters: str, choice: bool) -> None:
    heard = topics_today(shipped().topics, facts(5, matters_most=matters))
    assert ("choice" in heard.titles) == choice


@pytest.mark.req("R120")
@pytest.mark.parametrize(
    ("matters", "doubt"),
    [
        ("made a list. useless", False),
        ("that meeting was useless", False),
        ("the rota was a failure", False),
        ("I'm useless with people", True),
        ("im so useless", True),
        ("I feel like a failure at this", True),
    ],
)
def test_words_against_a_thing_are_no_doubt_in_oneself(matters: str, doubt: bool) -> None:
    heard = topics_today(shipped().topics, facts(5, matters_most=matters))
    told = {topic.id for topic in (*heard.topics, *heard.hard_topics)}
    assert bool({"self-doubt", "shame"} & told) == doubt


@pytest.mark.req("R22", "R131")
@pytest.mark.parametrize("energy", ["low", "normal"])
def test_a_session_that_holds_asks_what_happened_with_permission(energy: str) -> None:
    made = heard_plan(facts(5, check_in_holding=True, energy=energy))
    part = next(part for part in made.segments if part.title == "What happened")
    assert part.questions[0].id == "ho-what-happened"
    assert not [one.text for one in part.questions if one.text.startswith("How are you")]


@pytest.mark.req("R131")
def test_a_loss_or_a_held_session_is_not_asked_what_it_wants_in_a_sentence() -> None:
    """`Him back` is what a widow would say, and what somebody holds may have been told in words
    that no topic knows."""
    known: tuple[dict[str, object], ...] = (
        {"told_before": (ToldBefore(text="my husband died in May", when="session 1"),)},
        {"told_before": (ToldBefore(text="y defaid wedi mynd", when="session 2", kind="held"),)},
        {"holding_lately": True},
    )
    for records in known:
        for number in range(2, 6):
            made = heard_plan(facts(number, **{"matters_most": "the tenancy", **records}))
            told = {question.id for question in asked(made)}
            assert not told & {"ih-how-really", "gm-one-sentence", "gm-not-any-more"}
            assert not told & {"pl-need-from-work", "ci-hoping-will-happen"}


@pytest.mark.req("R121", "R122")
def test_what_made_the_difference_is_asked_of_what_was_done() -> None:
    made = make_plan(content(), facts(12), PlanOptions(blueprint="last-steps", minutes=90))
    part = next(part for part in made.segments if part.title == "What got done")
    told = [question.id for question in part.questions]
    assert told[:2] == ["gm-done-so-far", "gm-of-those-most"]
    assert "gm-done-most" not in told


@pytest.mark.req("R60")
@pytest.mark.parametrize("matters", [HARD, "The rent", "my shop"])
def test_what_one_of_the_last_two_sessions_asked_is_not_asked_again(matters: str) -> None:
    """On a hard day neither: its words are few, but there are others. Only a number is asked for
    again, to be compared."""
    sessions: list[frozenset[str]] = []
    for number in range(2, 7):
        lately = frozenset().union(*sessions[-2:])
        history = QuestionHistory(asked=frozenset().union(*sessions), asked_lately=lately)
        made = heard_plan(facts(number, matters_most=matters, history=history))
        ids = frozenset(one.id for one in asked(made) if not one.anchors)
        assert ids
        assert not ids & lately, (number, ids & lately)
        sessions.append(ids)


def name_of(known: Facts) -> str:
    """By which name questions of the session call what they bring."""
    topics = replace(content(), topics=shipped().topics)
    return question_picker(decide_basis(topics, known, PlanOptions()), ()).conditions.names.get(
        MATTER, ""
    )


@pytest.mark.req("R121")
@pytest.mark.parametrize(
    ("matters", "name"),
    [
        ("the scrap thing. I came home and talked about it at dinner", "the scrap thing"),
        ("My shop.", "your shop"),
        ("Lorraine opened the letter", ""),
        ("My son. He won't talk", ""),
        ("Thursday", ""),
        ("the 24th. a year", ""),
    ],
)
def test_the_one_thing_they_say_first_is_its_name(matters: str, name: str) -> None:
    """A sentence may name a thing that it isn't about, and nobody is a thing."""
    assert name_of(facts(4, matters_most=matters)) == name


@pytest.mark.req("R121")
def test_what_would_do_is_asked_of_somebody_who_has_said_what_they_will_ask_for() -> None:
    """What is asked once for the aim of the talk is no wish that was told."""
    told = heard_plan(facts(3, matters_most="want to ask Ros for two Sundays a month"))
    untold = heard_plan(facts(3, matters_most="need to talk to Ros about Sundays"))
    aims = {"talk-ahead-afterwards-with", "talk-ahead-good-enough"}
    assert [q.id for q in asked(told) if q.id in aims] == ["talk-ahead-good-enough"]
    assert [q.id for q in asked(untold) if q.id in aims] == ["talk-ahead-afterwards-with"]


@pytest.mark.req("R121")
@pytest.mark.parametrize(
    ("brought", "tells"),
    [
        ("want to ask karen for the windows. she'll say whos covering the floor", True),
        ("need to talk to Malcolm. he always says maybe", True),
        ("going to ask the boss and hell just laugh", True),
        ("got to tell Ros i want out. shes gonna be funny about it", True),
        ("want to ask the chef for Sundays and shell go quiet", True),
        ("need to ask Ros about Sundays, 'and who does the veg' i can hear it", True),
        ("need to ask Ros about Sundays. it's the lads' day", False),
        ("my manager said yes to part-time, need to tell the team", False),
    ],
)
def test_nobody_who_says_what_the_answer_will_be_is_asked(brought: str, tells: bool) -> None:
    assert may_ask(ASKS_REPLY, facts(2, matters_most=brought)) != tells
    asks = [q for bank in shipped().banks.values() for q in bank.questions if ASKS_REPLY in q.tags]
    assert [q.text for q in asks] == [
        "What's hardest about having that talk?",
        "What do you think {person} will say?",
    ]


@pytest.mark.req("R121")
@pytest.mark.parametrize("number", few(range(2, 12), 4))
@pytest.mark.parametrize("decision", [None, True])
def test_who_owes_an_answer_this_week_is_asked_for_it(number: int, decision: bool | None) -> None:
    topics = replace(content(), topics=shipped().topics)
    known = facts(number, matters_most="yes or no. it's half of what I made", answer_due=True)
    made = make_plan(topics, known, PlanOptions(decision=decision))
    tags = [tag for question in asked(made) for tag in question.tags]
    assert ANSWER_DUE in tags, made.blueprint
    # There is nothing left to try, to find out or to think over.
    assert not PUTS_OFF.intersection(tags)
    later = make_plan(topics, replace(known, answer_due=False), PlanOptions(decision=decision))
    assert ANSWER_DUE not in [tag for question in asked(later) for tag in question.tags]
