"""How gently a session goes, by what the client brings and what came before (R22, R131, R165)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from msgspec.structs import replace
from planners import START, commitment, content, facts, last_time, shipped

from few import few
from trajplan.pages.agenda import client_view
from trajplan.planning.basis import BE_HEARD
from trajplan.planning.care import Care, care_for
from trajplan.planning.compose import make_plan
from trajplan.planning.from_records import PinnedNote, StandingReferral
from trajplan.planning.kept_in_mind import FromIntake
from trajplan.planning.plan import Plan
from trajplan.planning.plan_inputs import PlanOptions, QuestionHistory, ToldBefore
from trajplan.planning.readiness import AGREEMENT_FORM
from trajplan.planning.topics_today import topics_today
from trajplan.records.model.commitments import WAITING

DUE = commitment(deadline="2026-05-12", deadline_near=True)
DONE = commitment(status="done")
NOT_YET = commitment(status="not_yet")
REFERRAL = StandingReferral(kind="therapy", since="2026-04-13")
WEEKS = ToldBefore(text="they're saying weeks", when="session 1", day=START)
JOURNEYS = {"integrative-12": 12, "directive-4": 4, "exploratory-6": 6}
DANGER = "some nights I think they'd all be better off without me"


def care(energy: str = "normal", *, parting: bool = False, **known: Any) -> Care:
    today = facts(**known)
    heard = topics_today(shipped().topics, today)
    return care_for(today, PlanOptions(), heard, energy, holding=False, parting=parting)


@pytest.mark.req("R131", "R165")
@pytest.mark.parametrize(
    ("said", "asked_after", "spared"),
    [
        ("The rent", (True, True, True), ()),
        ("They took someone else", (True, False, False), ("self", "celebrate", "hold")),
        ("Mum's in hospital", (True, False, False), ("self", "celebrate", "hold")),
        ("I don't want to live any more", (False,) * 3, ("self", "celebrate", "hold")),
    ],
)
def test_what_is_heard_decides_what_is_brought_up(
    said: str, asked_after: tuple[bool, ...], spared: tuple[str, ...]
) -> None:
    today = care(matters_most=said)
    assert tuple(map(today.asks_after, (DUE, DONE, NOT_YET))) == asked_after
    assert today.spared == spared
    usual = said == "The rent"
    assert today.spares_numbers != usual
    for may in (not today.spares_inquiry, today.holds_belief_up, today.asks_first_words):
        assert may == usual


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    "lately", [{"brought_lately": ("my husband died on Sunday",)}, {"holding_lately": True}]
)
def test_on_a_gentle_day_nothing_but_what_falls_due_is_asked_after(lately: dict[str, Any]) -> None:
    today = care(matters_most="The rent", **lately)
    assert today.gentle_day
    assert not [
        status for status in (*WAITING, "done") if today.asks_after(commitment(status=status))
    ]
    assert today.asks_after(DUE)
    assert today.debriefs == 0
    usual = care(matters_most="The rent")
    assert all(usual.asks_after(commitment(status=status)) for status in WAITING)
    promises = (commitment(1, what="Ring the bank"), commitment(2, kind="preparing"))
    with_topics = replace(content(), topics=shipped().topics)
    known = {"matters_most": "The rent", "last": last_time(commitments=promises)}

    def looks_back(**more: Any) -> bool:
        made = make_plan(with_topics, facts(**known, **more), PlanOptions())
        said = {prompt.id for segment in made.segments for prompt in segment.prompts}
        return "review-commitment" in said

    assert looks_back()
    assert not looks_back(**lately)


@pytest.mark.req("R131")
def test_the_coach_may_work_as_planned() -> None:
    today = care(matters_most="They took someone else", holding_answered=True)
    assert today.asks_after(NOT_YET)
    assert today.spares_inquiry == ""


@pytest.mark.req("R22")
@pytest.mark.parametrize("last", ["holding", "danger"])
def test_the_session_after_a_hard_one_is_tender(last: str) -> None:
    today = care(last=last_time(**{last: True}))
    assert today.hard_last_time
    assert today.asks_after(NOT_YET)
    kept_back = (not today.spares_inquiry, today.holds_belief_up, today.asks_first_words)
    assert not any(kept_back)


def test_tears_at_the_last_session_spare_nobody_the_way_back() -> None:
    assert not care(matters_most="I cried all the way here").asks_first_words
    assert care(matters_most="I cried all the way here", parting=True).asks_first_words
    assert not care(matters_most="They took someone else", parting=True).asks_first_words


@pytest.mark.req("R44")
def test_a_tired_client_looks_at_one_thing() -> None:
    assert (care().in_depth, care().debriefs) == (2, 2)
    assert (care("low").in_depth, care("low").debriefs) == (1, 1)


@pytest.mark.req("R44", "R66", "R165")
def test_a_tired_client_is_asked_little_at_the_end_and_no_question_from_last_time() -> None:
    assert (care().spared, care().spares_inquiry) == ((), "")
    assert (care("low").spared, care("low").spares_inquiry) == (
        ("self", "celebrate", "hold"),
        "energy is low",
    )


@pytest.mark.req("R131")
def test_safety_is_looked_at_until_the_note_on_it_is_unpinned() -> None:
    pinned = (PinnedNote(number=1, session=4, written="2026-04-01", text=DANGER),)
    before = last_time(danger_before=True)
    assert care(last=before, pinned=pinned).danger_pinned
    assert not care(last=before).danger_pinned
    assert not care(last=last_time(), pinned=pinned).danger_pinned


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("mood", "hard"),
    [
        ("empty", True),
        ("sick", True),
        ("shaky but good", False),
        ("sick, in a good way", False),
        ("flat", False),
    ],
)
def test_a_mood_that_is_good_too_makes_no_hard_day(mood: str, hard: bool) -> None:
    assert care(matters_most="The rent", mood=mood).hard_today is hard


@pytest.mark.req("R131")
def test_danger_is_heard_in_any_mood() -> None:
    assert care(matters_most="The rent", mood="don't want to live any more, but ok").danger_today


TENDER = {
    "held": {"last": last_time(holding=True)},
    "danger": {"last": last_time(danger=True)},
    "referred": {"last": last_time(), "referrals": (REFERRAL,)},
    "dying": {"last": last_time(), "told_before": (WEEKS,)},
    "held and referred": {"last": last_time(holding=True), "referrals": (REFERRAL,)},
}
TENDER_SESSIONS = [
    (journey, number, why)
    for journey, total in JOURNEYS.items()
    for number in range(2, total + 1)
    for why in TENDER
]


@pytest.mark.req("R22", "R44", "R166")
@pytest.mark.parametrize(("journey", "number", "why"), few(TENDER_SESSIONS, 12))
def test_after_a_hard_session_and_beside_a_referral_a_session_goes_gently(
    journey: str, number: int, why: str
) -> None:
    library = replace(content(journey), topics=shipped().topics, worksheets=shipped().worksheets)
    tags = {question.id: question for bank in library.banks for question in bank.questions}
    known = {
        "total": JOURNEYS[journey],
        "method": library.journey.method,
        "scenario": "redundancy",
        "history": QuestionHistory(),
        **TENDER[why],
    }

    def made(**more: Any) -> Plan:
        return make_plan(library, facts(number, **known, **more), PlanOptions())

    plan = made()
    asked = [tags[question.id] for question in plan.questions]
    assert not [
        question.text
        for question in asked
        if question.effort == "deep" or {"carefree", "self-work"} & set(question.tags)
    ]
    assert sum(question.level == "transformational" for question in asked) <= 1
    assert plan.mix.target["transformational"] == 5
    assert plan.ratings == "later"
    done = {activity.id for segment in plan.segments for activity in segment.activities}
    assert "trajectory_check_in" not in done
    assert not any(library.activities[name].numbers for name in done)
    assert plan.hands_out == ()
    (because,) = [moved for moved in plan.influences if moved.id == "softly"]
    assert "check-in --no-holding" in because.effect
    # The coach says otherwise.
    usual = made(holding_answered=True)
    assert usual.ratings == "session"
    assert usual.mix.target["transformational"] > 5
    assert not [moved for moved in usual.influences if moved.id == "softly"]
    named = library.blueprints[[own.id for own in library.blueprints].index(usual.blueprint)]
    assert {form.worksheet for form in usual.hands_out} == set(named.hands_out)


@pytest.mark.req("R22")
@pytest.mark.parametrize(
    ("changes", "softly"),
    [
        ({}, True),
        ({"matters_most": "go back full time or not", "mood": "alright considering"}, True),
        ({"matters_most": "she died on Sunday"}, False),
        ({"planned_as_usual": START}, False),
        ({"planned_as_usual": START - dt.timedelta(1)}, True),
        ({"holding_answered": True}, False),
    ],
)
def test_while_somebody_is_dying_sessions_go_softly(changes: dict[str, Any], softly: bool) -> None:
    """Until they have died, are well, or the coach plans a session as usual."""
    today = care(told_before=(WEEKS,), **changes)
    assert (today.treads_softly_for == "somebody is dying") is softly
    assert not (today.asks_worth and softly)


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("said", "hard"),
    [
        ("saturday was 30 years. I baked", True),
        ("the 24th. blwyddyn. a year\neveryone's going to ring", True),
        ("the 24th. A year.", True),
        ("I've been there a year.", False),
        ("my first car was 30 years old", False),
    ],
)
def test_a_day_that_comes_round_is_hard_where_somebody_has_died(said: str, hard: bool) -> None:
    widowed = ToldBefore(text="widower. horrible word", when="session 1", day=START)
    assert care(matters_most=said, told_before=(widowed,)).hard_today is hard
    assert not care(matters_most=said).hard_today


@pytest.mark.req("R22")
@pytest.mark.parametrize(
    ("later", "softly"),
    [
        ("Susan says pack it in", True),
        ("she died, the funeral was Friday", False),
        ("he's got the all clear", False),
    ],
)
def test_the_newest_word_on_somebody_dying_counts(later: str, softly: bool) -> None:
    newer = ToldBefore(text=later, when="session 3", day=START + dt.timedelta(28))
    assert care(told_before=(newer, WEEKS)).dying is softly


@pytest.mark.req("R22", "R128")
def test_who_brings_nothing_after_a_hard_session_is_asked_how_they_are() -> None:
    """The step that waited is taken up once they bring something, or the coach says so."""
    library = replace(content(), topics=shipped().topics)

    def titles(**more: Any) -> list[str]:
        made = make_plan(library, facts(last=last_time(holding=True), **more), PlanOptions())
        return [segment.title for segment in made.segments]

    assert "How you are" in titles()
    assert "How you are" not in titles(matters_most="The interview at the workshop")
    assert "How you are" not in titles(energy="normal")
    assert "How you are" not in titles(holding_answered=True)


LOST = {"told_before": (ToldBefore(text="my husband died", when="session 2", day=START),)}
NEARLY_OVER = {"number": 12, "total": 12}


@pytest.mark.req("R131", "R165")
@pytest.mark.parametrize("known", [{"told_before": (WEEKS,)}, LOST])
def test_somebody_who_loses_somebody_hears_no_goodbye(known: dict[str, Any]) -> None:
    library = replace(content(), topics=shipped().topics)
    for more in ({}, {"matters_most": "nothing really"}):
        plan = make_plan(library, facts(**NEARLY_OVER, **more, **known), PlanOptions())
        said = " · ".join(
            line
            for segment in plan.segments
            for prompt in segment.prompts
            for line in (prompt.text, prompt.beside)
        )
        assert not re.search(r"\b(?:goodbye|last session|for good)\b", said), said
        assert "sure we talk about today" in said
    usual = make_plan(library, facts(**NEARLY_OVER), PlanOptions())
    cases = {prompt.case for segment in usual.segments for prompt in segment.prompts}
    assert {"last", "goodbye"} <= cases


@pytest.mark.req("R131", "R165")
def test_nobody_who_loses_somebody_is_asked_what_pleased_them() -> None:
    assert care(told_before=(WEEKS,)).spared == ("celebrate", "hold")
    assert care(brought_lately=("my husband died on Sunday",)).spared == ("celebrate", "hold")
    assert care(**LOST).spared == ()
    assert not care(told_before=(WEEKS,)).asks_first_words
    assert not care(brought_lately=("my husband died on Sunday",)).asks_first_words


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("written", "is_news"),
    [
        ("My wife finished with me in 2009", False),
        ("my wife finished with me, fifteen years ago", False),
        ("Dad died when I was at school", False),
        ("never tried again. mum died years ago, she'd have laughed", False),
        ("My wife finished with me", True),
        ("Dad died in 2015 and now mum's in hospital", True),
        ("Ill in 2015, and the cancer is back", True),
        ("My wife finished with me in March 2026", True),
        ("Divorced in 2009. My wife finished with me", True),
        ("Joined in 2009, and my wife finished with me last month", True),
        ("I wanted to end my life years ago", True),
    ],
)
def test_what_was_years_ago_is_no_news(written: str, is_news: bool) -> None:
    known = facts(date=dt.date(2026, 9, 1), intake=FromIntake(background=(written,)))
    today = topics_today(shipped().topics, replace(known, intake_on_record=known.intake))
    assert bool(today.proposals) is is_news
    # However long ago it was, nothing speaks of losing.
    assert today.loss_told or "end my life" in written


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("said", "is_own"),
    [
        ("my mum died in March", True),
        ("lost my brother in March", True),
        ("I'm a widow, three years", True),
        ("he died on my shift, bed four", False),
        ("she died, one of my regulars", False),
        ("the dog. he died on the way", False),
    ],
)
def test_whom_they_have_lost_is_asked_where_they_say_who_it_is(said: str, is_own: bool) -> None:
    library = replace(content(), topics=shipped().topics)
    today = topics_today(shipped().topics, facts(matters_most=said))
    assert "grief" in {topic.id for topic in today.hard_topics}
    assert ("person" not in today.unsaid) is is_own
    spoken = {
        planned.text
        for number in range(2, 8)
        for segment in make_plan(
            library, facts(number=number, matters_most=said), PlanOptions()
        ).segments
        for planned in segment.questions
    }
    named = [text for text in spoken if "the person you" in text]
    assert bool(named) is is_own


@pytest.mark.req("R44")
@pytest.mark.parametrize(
    ("mood", "tired"),
    [
        ("flat", True),
        ("a bit flat but ok", True),
        ("knackered", True),
        ("tired", True),
        ("müde", True),
        ("not tired", False),
        ("flat out", False),
        ("excited about the new flat", False),
        ("tired of being nice", False),
        ("good", False),
        ("", False),
    ],
)
def test_a_mood_counts_as_low_energy_where_none_was_given(mood: str, tired: bool) -> None:
    library = replace(content(), topics=shipped().topics)
    made = make_plan(library, facts(mood=mood), PlanOptions())
    assert (made.energy == "low") is tired
    why = {influence.because for influence in made.influences}
    assert ("their mood sounds like low energy" in why) is tired
    # What was given counts, and what the coach asks for.
    assert make_plan(library, facts(mood=mood, energy="high"), PlanOptions()).energy == "high"
    assert make_plan(library, facts(mood=mood), PlanOptions(energy="normal")).energy == "normal"


@pytest.mark.req("R131")
def test_a_grave_that_is_a_figure_of_speech_tells_of_no_loss() -> None:
    said = ToldBefore(text="dad would turn in his grave", when="session 1", day=START)
    assert not care(matters_most="The rent", told_before=(said,)).loss_told
    stood = ToldBefore(text="I stood at his grave", when="session 1", day=START)
    assert care(matters_most="The rent", told_before=(stood,)).loss_told


@pytest.mark.req("R111", "R131")
@pytest.mark.parametrize(
    ("said", "stops"),
    [
        ("I want to stop for now", True),
        ("I'd rather stop coming", True),
        ("Ich möchte aufhören", True),
        ("Quiero parar por ahora", True),
        ("I want to stop worrying about it", False),
        ("Ich möchte aufhören zu rauchen", False),
        ("I don't want to stop", False),
        ("I want to finish my thesis", False),
    ],
)
def test_who_wants_to_stop_is_given_no_homework_and_the_coach_is_asked(
    said: str, *, stops: bool
) -> None:
    library = replace(content(), topics=shipped().topics, worksheets=shipped().worksheets)
    made = make_plan(library, facts(4, matters_most=said), PlanOptions())
    usual = make_plan(library, facts(4), PlanOptions())
    assert usual.hands_out
    assert made.asks_nothing == stops
    assert (made.hands_out == ()) == stops
    assert [found.command for found in made.proposals if found.kind == "ending"] == (
        ["trajplan close --print checklist"] if stops else []
    )
    page = client_view(made)
    assert (page.step, page.destination, page.to_fill_in) == ("", "", ()) or not stops
    # The coach may say that it is not the sessions they mean.
    again = facts(4, matters_most=said, holding_answered=True)
    assert make_plan(library, again, PlanOptions()).hands_out


@pytest.mark.req("R140")
def test_a_death_in_the_destination_does_not_head_every_page() -> None:
    library = content()
    words = "Find my feet again at work after my husband's death"
    made = make_plan(library, facts(4, destination=words), PlanOptions())
    assert made.destination == words
    assert client_view(made).destination == ""
    plain = make_plan(library, facts(4, destination="Find my feet at work"), PlanOptions())
    assert client_view(plain).destination == "Find my feet at work"


@pytest.mark.req("R22", "R44", "R131")
@pytest.mark.parametrize("number", [2, 3, 5, 6, 8])
@pytest.mark.parametrize(
    "known",
    [
        {"matters_most": "They took someone else"},
        {
            "matters_most": "What else I could do",
            "brought_lately": ("my husband died on Sunday",),
        },
    ],
)
def test_a_session_that_stays_with_them_aims_at_nothing_else(
    number: int, known: dict[str, Any]
) -> None:
    library = replace(content(), topics=shipped().topics, worksheets=shipped().worksheets)
    usual = make_plan(library, facts(number), PlanOptions())
    made = make_plan(library, facts(number, **known), PlanOptions())
    assert made.objectives == (BE_HEARD,)
    assert {segment.objective for segment in made.segments} == {1}
    hints = {segment.coach for segment in usual.segments if segment.coach}
    assert hints.isdisjoint(segment.coach for segment in made.segments)
    assert not [segment.listen for segment in made.segments if segment.listen]
    assert made.milestone == ()
    # High energy asks for nothing bolder on such a day.
    awake = make_plan(library, facts(number, **known, energy="high"), PlanOptions())
    deep = [question for question in awake.questions if question.level == "transformational"]
    assert len(deep) <= 1
    assert awake.mix.target["transformational"] < usual.mix.target["transformational"]
    assert {form.worksheet for form in made.hands_out} <= {AGREEMENT_FORM}
    # The coach may plan as usual, and a blueprint of theirs says what it says.
    planned = make_plan(library, facts(number, **known, holding_answered=True), PlanOptions())
    assert planned.objectives == usual.objectives
    own = replace(library, own_blueprints=frozenset({made.blueprint}))
    assert make_plan(own, facts(number, **known), PlanOptions()).objectives == usual.objectives
