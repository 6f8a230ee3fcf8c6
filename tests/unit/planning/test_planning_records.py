"""What the records and the coach's wishes change in a plan, each one on and off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace
from planners import (
    commitment,
    content,
    facts,
    ids,
    last_time,
    minutes_of,
    plain_plan,
    plan,
    rated,
    segment,
    shipped,
)

from few import few
from trajplan.content.model import Question, QuestionBank, QuestionSlot, Sequence
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.compose import make_plan
from trajplan.planning.plan import Plan, PlannedPrompt
from trajplan.planning.plan_inputs import Content, OpenAssumption, PlanOptions, QuestionHistory
from trajplan.planning.questions import UNDECIDED
from trajplan.vocabulary import COMPONENTS, COVERS

PLAIN = plain_plan(5)
LAST = last_time()


def influences(made: Plan) -> list[str]:
    return [influence.id for influence in made.influences]


def prompts(made: Plan, component: str = "") -> list[PlannedPrompt]:
    """What is said of the records; the agreement and the client's close stand in every plan."""
    return [
        prompt
        for part in made.segments
        for prompt in part.prompts
        if component in ("", part.component) and prompt.kind not in ("agreement", "close")
    ]


def targets(made: Plan, factor: str) -> int:
    """Minutes of questions that work toward a factor."""
    aims = {
        question.id: question.targets for bank in content().banks for question in bank.questions
    }
    return sum(
        question.minutes
        for part in made.segments
        for question in part.questions
        if factor in aims[question.id]
    )


def tagged(made: Plan, tag: str) -> list[str]:
    tags = {question.id: question.tags for bank in content().banks for question in bank.questions}
    return [name for name in ids(made) if tag in tags[name]]


def level_of(name: str) -> str:
    return next(
        question.level
        for bank in content().banks
        for question in bank.questions
        if question.id == name
    )


def transformational(made: Plan) -> list[str]:
    return [name for name in ids(made) if level_of(name) == "transformational"]


# Last time


@pytest.mark.req("R2", "R45", "R46")
def test_commitments_of_last_time_open_the_session() -> None:
    left = (commitment(1, "done", what="Call Ada"), commitment(2, "not_yet", 2, "Write to Bo"))
    made = plan(facts(last=last_time(commitments=left)))
    said = prompts(made, "context_setting")
    assert [prompt.case for prompt in said] == ["done", "missed_twice"]
    assert [prompt.beside for prompt in said] == ["Call Ada", "Write to Bo"]
    assert "commitments" in influences(made)
    assert made.from_last_time is not None
    assert made.from_last_time.commitments == left
    assert prompts(PLAIN) == []
    assert "commitments" not in influences(PLAIN)
    assert PLAIN.from_last_time is None


@pytest.mark.req("R66")
def test_the_inquiry_of_last_time_is_asked_back() -> None:
    made = plan(facts(last=last_time(inquiry="What do I protect?")))
    assert ["What do I protect?" in prompt.text for prompt in prompts(made, "context_setting")] == [
        True
    ]
    assert "inquiry" in influences(made)
    without = plan(facts(last=LAST))
    assert prompts(without) == []
    assert "inquiry" not in influences(without)


@pytest.mark.req("R45")
def test_review_questions_presuppose_what_happened() -> None:
    cases = {"done", "partly", "not_yet", "dropped", "missed_twice"}
    for status in ("done", "partly", "not_yet", "dropped"):
        made = plan(facts(last=last_time(commitments=(commitment(1, status),))))
        others = cases - {status}
        tags = {
            question.id: set(question.tags)
            for bank in content().banks
            for question in bank.questions
        }
        for name in ids(made):
            assert not tags[name] & others or status in tags[name]


@pytest.mark.req("R2")
def test_a_session_that_was_not_wrapped_is_said() -> None:
    made = plan(facts(last=last_time(wrapped=False)))
    assert any(gap.startswith("the wrap of session 4") for gap in made.gaps)
    assert PLAIN.gaps == ()


@pytest.mark.req("R46")
def test_promises_of_earlier_sessions_stay_until_they_are_looked_at() -> None:
    waiting = (commitment(7, "open", 2, "Ask for the file"),)
    made = plan(facts(last=last_time(earlier=waiting)))
    assert [prompt.beside for prompt in prompts(made, "context_setting")] == ["Ask for the file"]
    assert prompts(made)[0].case == "missed_twice"
    assert "commitments" in influences(made)


@pytest.mark.req("R45")
def test_looking_back_waits_until_there_is_something_to_look_back_on() -> None:
    returning = {name for name, one in content().activities.items() if one.returning}
    assert returning
    done = {
        name: {activity.id for part in made.segments for activity in part.activities}
        for name, made in (("first", PLAIN), ("later", plan(facts(last=LAST))))
    }
    assert not done["first"] & returning
    assert done["later"] & returning


# Ratings


@pytest.mark.req("R103")
@pytest.mark.parametrize(
    "factor", few(["clarity", "options", "decision", "momentum", "confidence"], 2)
)
@pytest.mark.parametrize(("value", "change"), [(3, 0), (7, -2)])
def test_a_low_or_slipping_factor_draws_questions(factor: str, value: int, change: int) -> None:
    made = plan(facts(number=7, last=last_time(ratings=(rated(factor, value, change),))))
    steady = plan(facts(number=7, last=last_time(ratings=(rated(factor, 7, 0),))))
    assert f"factor-{factor}" in influences(made)
    assert f"factor-{factor}" not in influences(steady)
    reasons = [reason for part in made.segments for q in part.questions for reason in q.reasons]
    assert any(factor in reason for reason in reasons)
    # Where all that serves a segment aims at it anyway, there is nothing to draw.
    more = fewer = 0
    for number in (3, 7, 9, 10):
        rating = rated(factor, value, change), rated(factor, 7, 0)
        drawn, plain = (plan(facts(number, last=last_time(ratings=(one,)))) for one in rating)
        more += targets(drawn, factor)
        fewer += targets(plain, factor)
    assert more > fewer


@pytest.mark.req("R104")
@pytest.mark.parametrize("number", [2, 5, 8, 11])
def test_pleasant_but_not_moving_plans_more_transformation(number: int) -> None:
    flagged = plan(facts(number, last=last_time(flags=("pleasant_not_moving",))))
    plain = plan(facts(number, last=LAST))
    assert flagged.mix.target["transformational"] > plain.mix.target["transformational"]
    assert minutes_of(flagged, "transformational") >= minutes_of(plain, "transformational")
    assert flagged.mix.achieved["transformational"] >= plain.mix.achieved["transformational"]
    (said,) = [
        influence for influence in flagged.influences if influence.id == "pleasant-not-moving"
    ]
    # More of them is said only where more are planned than usual.
    more = flagged.mix.achieved["transformational"] > plain.mix.target["transformational"]
    assert ("larger share of transformational" in said.effect) == more
    assert ("though few fit" in said.effect) != more
    assert "pleasant-not-moving" not in influences(plain)


@pytest.mark.req("R44", "R104")
def test_low_energy_goes_before_the_flag() -> None:
    both = plan(facts(energy="low", last=last_time(flags=("pleasant_not_moving",))))
    low = plan(facts(energy="low", last=LAST))
    assert both.segments == low.segments
    assert both.mix == low.mix


# Assumptions


@pytest.mark.req("R27", "R65")
def test_one_open_assumption_is_challenged() -> None:
    beliefs = (
        OpenAssumption(number=3, text="Too old for this.", heard_in=2, challenged=0),
        OpenAssumption(number=4, text="Only titles count", heard_in=4, challenged=1),
    )
    made = plan(facts(assumptions=beliefs))
    (said,) = prompts(made)
    assert (said.id, said.case) == ("challenge-assumption", "rule_again")
    assert "“Only titles count”" in said.text
    assert prompts(made, "strategic_inquiry") == [said]
    assert made.assumption == 4
    assert "assumption" in influences(made)
    assert PLAIN.assumption is None
    assert "assumption" not in influences(PLAIN)


@pytest.mark.req("R27")
def test_no_assumption_is_challenged_in_the_first_session() -> None:
    beliefs = (OpenAssumption(number=3, text="Too old", heard_in=0, challenged=0),)
    made = plan(facts(1, assumptions=beliefs))
    assert prompts(made) == []
    assert made.assumption is None
    assert "assumption" not in influences(made)


@pytest.mark.req("R65")
@pytest.mark.parametrize("number", range(2, 13))
def test_questions_about_a_belief_stand_beside_it_or_nowhere(number: int) -> None:
    beliefs = (OpenAssumption(number=3, text="Too old", heard_in=1, challenged=0),)
    with_belief, without = plan(facts(number, assumptions=beliefs)), plan(facts(number))
    assert tagged(without, "assumption") == []
    for part in with_belief.segments:
        beside = "challenge-assumption" in [prompt.id for prompt in part.prompts]
        assert beside or not {question.id for question in part.questions} & set(
            tagged(with_belief, "assumption")
        )


@pytest.mark.req("R44", "R27")
def test_a_tired_client_is_not_asked_to_test_a_belief() -> None:
    beliefs = (OpenAssumption(number=3, text="Too old", heard_in=2, challenged=0),)
    made = plan(facts(assumptions=beliefs), energy="low")
    assert (prompts(made), made.assumption) == ([], None)
    assert "assumption" not in influences(made)


# History, scenario, check-in


@pytest.mark.parametrize("situation", ["redundancy", "return"])
def test_a_situation_is_spoken_of_only_to_a_client_who_is_in_it(situation: str) -> None:
    for number in range(1, 13):
        assert tagged(plain_plan(number), situation) == []
        other = plan(facts(number, scenario="pivot"))
        assert tagged(other, situation) == []


@pytest.mark.parametrize("number", range(1, 13))
def test_segments_that_name_targets_ask_toward_them(number: int) -> None:
    made = plain_plan(number)
    body = next(blueprint for blueprint in content().blueprints if blueprint.id == made.blueprint)
    wishes = {
        segment.id: set(segment.questions.targets) for segment in body.segments if segment.questions
    }
    own = {segment.id: set(segment.own_questions) for segment in body.segments}
    aims = {
        question.id: set(question.targets)
        for bank in content().banks
        for question in bank.questions
    }
    for part in made.segments:
        alone = [question.id for question in part.questions if not question.sequence]
        if wishes.get(part.id):
            assert all(aims[name] & wishes[part.id] or name in own[part.id] for name in alone), (
                part.id
            )


def test_nobody_is_taken_into_the_deep_end_at_the_first_meeting() -> None:
    for energy in ("low", "normal", "high"):
        first = plain_plan(1, 90, energy)
        assert "deep" not in {
            question.effort for part in first.segments for question in part.questions
        }
    later = [part for number in range(2, 13) for part in plain_plan(number, 90, "high").segments]
    assert "deep" in {question.effort for part in later for question in part.questions}


@pytest.mark.req("R60")
def test_what_was_asked_before_is_said_and_left_out() -> None:
    before = frozenset(ids(PLAIN))
    made = plan(facts(history=QuestionHistory(asked=before)))
    (said,) = [influence for influence in made.influences if influence.id == "asked-before"]
    again = {
        question.id
        for bank in content().banks
        for question in bank.questions
        if question.repeatable
    }
    # What may come again is not counted among what does not return.
    assert before & again
    assert said.because.startswith(f"{len(before - again)} questions")
    assert not before & set(ids(made)) - again
    assert "asked-before" not in influences(PLAIN)


def test_what_was_only_offered_may_come_but_loses_its_freshness() -> None:
    made = plan(facts(history=QuestionHistory(offered=frozenset(ids(PLAIN)))))
    scores = {question.id: question.score for part in made.segments for question in part.questions}
    fresh = {question.id: question.score for part in PLAIN.segments for question in part.questions}
    assert set(scores) != set(fresh)
    for name in set(scores) & set(fresh):
        assert scores[name] == fresh[name] - 1


def test_the_question_least_recently_used_in_the_caseload_comes_first() -> None:
    plain = plan(facts(7))
    used = {name: dt.date(2026, 2, 1) for name in ids(plain)}
    made = plan(facts(7, history=QuestionHistory(last_used=used)))
    assert set(ids(made)) != set(ids(plain))
    assert made.influences == plain.influences
    # Used by every question alike, the date changes nothing.
    everywhere = {
        question.id: dt.date(2026, 2, 1) for bank in content().banks for question in bank.questions
    }
    same = plan(facts(7, history=QuestionHistory(last_used=everywhere)))
    assert ids(same) == ids(plain)


def test_when_everything_was_asked_questions_return_and_the_plan_says_so() -> None:
    everything = frozenset(question.id for bank in content().banks for question in bank.questions)
    made = plan(facts(history=QuestionHistory(asked=everything)))
    assert ids(made)
    assert any("asked before, so one comes round again" in one.message for one in made.findings)


@pytest.mark.req("R91")
@pytest.mark.parametrize("scenario", ["pivot", "plateau"])
def test_the_clients_situation_draws_its_questions(scenario: str) -> None:
    made, plain = plan(facts(5, scenario=scenario)), plan(facts(5))
    assert "scenario" in influences(made)
    assert len(tagged(made, scenario)) > len(tagged(plain, scenario))
    assert "scenario" not in influences(plain)


@pytest.mark.req("R42", "R44")
def test_the_check_in_decides_the_energy_unless_the_coach_does() -> None:
    checked = plan(facts(energy="low", matters_most="The offer"))
    assert checked.energy == "low"
    assert checked.matters_most == "The offer"
    assert ids(plan(facts(energy="low"))) == ids(plain_plan(5, 90, "low"))
    assert plan(facts(energy="low"), energy="high").energy == "high"
    assert PLAIN.energy == "normal"


@pytest.mark.req("R5")
def test_the_phase_the_coach_keeps_decides_mix_blueprint_and_questions() -> None:
    kept = plan(facts(4, phase="foundation"))
    assert kept.phase == "foundation"
    assert kept.blueprint.startswith("foundation-")
    assert kept.mix.target == plain_plan(3).mix.target != plain_plan(4).mix.target
    phases = {
        question.id: question.phases for bank in content().banks for question in bank.questions
    }
    assert all(not phases[name] or "foundation" in phases[name] for name in ids(kept))
    # A phase the journey does not have leaves the mix as it is.
    assert plan(facts(4, phase="elsewhere")).mix.target == plain_plan(4).mix.target


def test_priorities_destination_and_names_are_handed_on() -> None:
    made = plan(facts(priorities=("Family first",), destination="A studio"))
    assert (made.priorities, made.destination) == (("Family first",), "A studio")
    assert (made.client, made.client_name, made.of) == ("mira", "Mira Sand", 12)


def test_two_runs_agree_however_much_is_known() -> None:
    known = facts(
        scenario="pivot",
        energy="high",
        last=last_time(
            commitments=(commitment(1, "done"), commitment(2, "not_yet", 2)),
            inquiry="Why?",
            ratings=(rated("clarity", 3, -1),),
            flags=("pleasant_not_moving",),
        ),
        assumptions=(OpenAssumption(number=3, text="Too old", heard_in=2, challenged=0),),
        history=QuestionHistory(asked=frozenset(ids(PLAIN))),
    )
    assert plan(known) == plan(known)


# The clock


@pytest.mark.parametrize(
    ("known", "options", "clock", "start", "end"),
    [
        ({}, {}, "wall", "10:00", "11:30"),
        ({}, {"start": "23:00"}, "wall", "23:00", "00:30"),
        ({"start_time": ""}, {}, "elapsed", "00:00", "01:30"),
        ({"start_time": ""}, {"start": "09:15"}, "wall", "09:15", "10:45"),
        ({}, {"minutes": 60}, "wall", "10:00", "11:00"),
        ({}, {"late": 12}, "wall", "10:12", "11:30"),
    ],
)
def test_start_and_end(
    known: dict[str, Any], options: dict[str, Any], clock: str, start: str, end: str
) -> None:
    made = plan(facts(**known), **options)
    assert (made.clock, made.start, made.end) == (clock, start, end)
    assert (made.segments[0].start, made.segments[-1].end) == (start, end)


@pytest.mark.req("R28")
@pytest.mark.parametrize("late", [1, 10, 20, 30])
def test_late_keeps_the_booked_end_and_names_what_it_cut(late: int) -> None:
    made = plan(late=late)
    assert made.minutes == sum(part.minutes for part in made.segments) == 90 - late
    assert made.end == PLAIN.end
    (said,) = [finding.message for finding in made.findings if "minutes late" in finding.message]
    assert said.startswith(f"{late} minutes late; minutes taken from ")
    assert not [finding for finding in PLAIN.findings if "late" in finding.message]


@pytest.mark.req("R28", "R40")
@pytest.mark.parametrize("number", few([1, 5, 8, 12], 2))
@pytest.mark.parametrize("energy", few(["low", "normal", "high"], 2))
def test_a_very_late_session_still_gets_a_plan(number: int, energy: str) -> None:
    for late in (45, 60, 65):
        made = plan(facts(number), late=late, energy=energy)
        assert sum(part.minutes for part in made.segments) == 90 - late
        assert {part.component for part in made.segments} >= set(COMPONENTS)
        assert all(part.booked <= part.minutes for part in made.segments)
        assert made.end == "11:30"
        planned = [finding.message for finding in made.findings if finding.rule == "R28"]
        assert planned[-1].startswith(f"{late} minutes late; minutes taken from ")
        if energy == "low" and "reset-break" not in [part.id for part in made.segments]:
            assert "“Reset” 5" in planned[-1]


# Decisions


def explored(made: Plan) -> int:
    total = 0
    for part in made.segments:
        if part.stance == "options":
            break
        if part.stance == "explore" and part.component != "context_setting":
            total += part.minutes
    return total


@pytest.mark.req("R52")
@pytest.mark.parametrize("length", [56, 60, 75, 90, 120])
@pytest.mark.parametrize("energy", ["normal", "high"])
def test_a_decision_is_explored_for_thirty_minutes(length: int, energy: str) -> None:
    made = plan(facts(8), decision=True, minutes=length, energy=energy)
    assert made.blueprint == "deciding-well"
    assert made.decision
    assert explored(made) >= 30
    covered = {cover for part in made.segments for cover in part.covers}
    assert covered == set(COVERS)
    assert all(part.booked <= part.minutes for part in made.segments)


@pytest.mark.req("R52")
def test_a_decision_in_45_minutes_is_refused_naming_the_shortest_that_works() -> None:
    with pytest.raises(CannotDo) as fault:
        plan(facts(8), decision=True, minutes=45)
    shortest = int(str(fault.value).split("the shortest that works is ")[1].split()[0])
    assert "30 for exploration before options" in str(fault.value)
    assert explored(plan(facts(8), decision=True, minutes=shortest)) >= 30
    with pytest.raises(CannotDo, match=f"works is {shortest} minutes"):
        plan(facts(8), decision=True, minutes=shortest - 1)


@pytest.mark.req("R52")
def test_an_override_goes_below_the_floor_and_stays_on_the_plan() -> None:
    made = plan(facts(8), decision=True, minutes=50, override="the offer ends tonight")
    assert made.override == "the offer ends tonight"
    assert explored(made) < 30
    (said,) = [finding for finding in made.findings if finding.rule == "R52"]
    assert said.severity == "warning"
    assert "your reason: the offer ends tonight" in said.message


@pytest.mark.req("R52")
def test_an_override_that_was_not_needed_does_not_stand_on_the_plan() -> None:
    made = plan(facts(8), decision=True, override="just in case")
    assert made.override == ""
    assert any("was not needed" in finding.message for finding in made.findings)


@pytest.mark.req("R52")
def test_a_decision_blueprint_is_a_decision_without_saying_so() -> None:
    made = plan(facts(8), blueprint="deciding-well")
    assert made.decision
    assert explored(made) >= 30
    assert not plan(facts(8)).decision


@pytest.mark.req("R52")
def test_too_late_for_a_decision_parks_it() -> None:
    on_time = plan(facts(8), decision=True, minutes=60)
    late = plan(facts(8), decision=True, minutes=60, late=15)
    assert "options" in [part.stance for part in on_time.segments]
    assert "options" not in [part.stance for part in late.segments]
    assert late.end == on_time.end
    assert late.dropped == ("Weigh it up",)
    assert any("the decision is parked" in finding.message for finding in late.findings)


@pytest.mark.req("R52")
def test_a_decision_in_another_blueprint_keeps_the_floor_and_says_what_is_missing() -> None:
    made = plan(facts(8), decision=True, blueprint="grow")
    free = plan(facts(8), blueprint="grow")
    assert explored(made) >= 30 > explored(free)
    assert any(finding.rule == "R52" and "values" in finding.message for finding in made.findings)
    assert not [finding for finding in free.findings if finding.rule == "R52"]


@pytest.mark.req("R7")
def test_a_decision_in_the_second_phase_is_flagged_as_early() -> None:
    early, in_time = (plan(facts(number), decision=True) for number in (5, 8))
    assert ["R7" in [finding.rule for finding in made.findings] for made in (early, in_time)] == [
        True,
        False,
    ]


# Wishes: --with and --without


def test_a_question_can_be_asked_for() -> None:
    wish = next(
        question.id
        for bank in content().banks
        for question in bank.questions
        if "strategic_inquiry" in question.components and question.id not in ids(PLAIN)
    )
    made = plan(include=(wish,))
    assert ids(made).count(wish) == 1
    assert all(part.booked <= part.minutes for part in made.segments)
    # Also when it was asked before, and when it is named twice.
    history = QuestionHistory(asked=frozenset({wish}))
    assert ids(plan(facts(history=history), include=(wish, wish))).count(wish) == 1


@pytest.mark.parametrize("number", few([5, 1, 8, 12], 1))
@pytest.mark.parametrize("energy", few(["low", "normal"], 1))
def test_any_question_can_be_asked_for_and_stands_once(number: int, energy: str) -> None:
    """What one segment was promised no earlier segment takes."""
    planned = ids(plain_plan(number))
    for name in planned:
        made = plan(facts(number), include=(name,), energy=energy)
        assert ids(made).count(name) == 1
        assert len(set(ids(made))) == len(ids(made))
        assert all(part.booked <= part.minutes for part in made.segments)


def test_several_at_once_are_all_there() -> None:
    wishes = tuple(ids(PLAIN)[:4])
    made = plan(include=wishes)
    assert set(wishes) <= set(ids(made))
    assert len(set(ids(made))) == len(ids(made))


@pytest.mark.req("R44")
def test_one_asked_for_counts_among_the_transformational_of_a_tired_day() -> None:
    wish = transformational(PLAIN)[0]
    made = plan(include=(wish,), energy="low")
    assert transformational(made) == [wish]
    assert not [finding for finding in made.findings if finding.rule == "R44"]


@pytest.mark.req("R44")
def test_the_coachs_wish_stands_above_the_cap_of_a_tired_day_and_is_noted() -> None:
    wishes = tuple(transformational(PLAIN)[:2])
    assert len(wishes) == 2
    made = plan(include=wishes, energy="low")
    assert set(transformational(made)) == set(wishes)
    assert any(finding.rule == "R44" for finding in made.findings)
    assert not [finding for finding in plan(include=wishes).findings if finding.rule == "R44"]


def test_a_question_can_be_left_out() -> None:
    for name in ids(PLAIN):
        assert name not in ids(plan(exclude=(name,)))


def test_asked_for_and_left_out_at_once_is_refused() -> None:
    name = ids(PLAIN)[0]
    with pytest.raises(CannotDo, match=f"`{name}` cannot be both asked for and left out"):
        plan(include=(name,), exclude=(name,))


def test_an_unknown_question_is_named_with_the_nearest() -> None:
    name = ids(PLAIN)[0]
    with pytest.raises(NotFound, match=f"did you mean `{name}`"):
        plan(include=(name[:-1] + "x",))


def test_more_than_fits_is_refused() -> None:
    every = tuple(
        question.id
        for bank in content().banks
        for question in bank.questions
        if question.components == ("momentum_planning",)
    )
    with pytest.raises(CannotDo, match=r"^no segment has \d minutes left for question"):
        plan(include=every)


# A small library of its own


def small_content(*banks: QuestionBank) -> Content:
    slot = QuestionSlot(max=4)
    body = replace(
        content().blueprints[0],
        id="small",
        phases=(),
        scenarios=(),
        energy=None,
        decision=False,
        segments=(
            segment("arrive", "context_setting", 10, 12, 15, questions=slot),
            segment("look", "strategic_inquiry", 20, 40, 60, stance="explore", questions=slot),
            segment("see", "insight_generation", 10, 12, 20),
            segment("act", "action_design", 10, 12, 20),
            segment("end", "momentum_planning", 5, 10, 15),
        ),
    )
    return replace(content(), blueprints=(body,), banks=banks)


def bank(name: str, *questions: Question, **more: Any) -> QuestionBank:
    return QuestionBank(kind="question-bank", id=name, title=name, questions=questions, **more)


def question(name: str, **changes: Any) -> Question:
    plain: dict[str, Any] = {"text": f"{name}?", "level": "analytical", "breadth": 3, "minutes": 4}
    return Question(id=name, **{**plain, **changes})


def test_what_is_promised_to_the_inquiry_is_not_taken_while_arriving() -> None:
    own = small_content(bank("own", question("q1"), question("q2")))
    made = make_plan(own, facts(), PlanOptions(include=("q1",)))
    placed = {question.id: part.id for part in made.segments for question in part.questions}
    assert placed == {"q2": "arrive", "q1": "look"}
    assert len(ids(made)) == 2


@pytest.mark.req("R44")
def test_what_is_promised_later_counts_on_a_tired_day() -> None:
    deep = {"level": "transformational"}
    own = small_content(bank("own", question("q1", **deep), question("q2", **deep), question("q3")))
    tired = make_plan(own, facts(energy="low"), PlanOptions(include=("q1",)))
    assert set(ids(tired)) == {"q1", "q3"}
    rested = make_plan(own, facts(), PlanOptions(include=("q1",)))
    assert set(ids(rested)) == {"q1", "q2", "q3"}


def test_a_segment_nothing_fits_says_so() -> None:
    own = small_content(bank("own", question("q1", components=("strategic_inquiry",))))
    made = make_plan(own, facts(), PlanOptions())
    assert ids(made) == ["q1"]
    assert [
        (finding.where, finding.rule) for finding in made.findings if finding.rule == "R57"
    ] == [("arrive", "R57")]


def test_sequences_of_one_name_in_two_banks_are_told_apart() -> None:
    first = bank(
        "a",
        question("a1", breadth=5, minutes=30),
        question("a2", minutes=30),
        sequences=(Sequence(id="same", questions=("a1", "a2")),),
    )
    second = bank(
        "b",
        question("b1", breadth=5, components=("strategic_inquiry",)),
        question("b2", components=("strategic_inquiry",)),
        sequences=(Sequence(id="same", questions=("b1", "b2")),),
    )
    made = make_plan(small_content(first, second), facts(), PlanOptions())
    named = [
        question.id
        for part in made.segments
        for question in part.questions
        if question.sequence == "same"
    ]
    assert named == ["b1", "b2"]


def test_a_repeatable_question_may_come_again() -> None:
    here = ("strategic_inquiry",)
    own = small_content(
        bank(
            "own",
            question("again", components=here, repeatable=True),
            question("once", components=here),
            question("fresh", components=here),
        )
    )
    history = QuestionHistory(asked=frozenset({"again", "once"}))
    made = make_plan(own, facts(history=history), PlanOptions())
    assert set(ids(made)) == {"again", "fresh"}
    # But not in the two sessions after, unless nothing else is left.
    just_now = QuestionHistory(asked=history.asked, asked_lately=frozenset({"again"}))
    assert ids(make_plan(own, facts(history=just_now), PlanOptions())) == ["fresh"]
    alone = small_content(bank("own", question("again", components=here, repeatable=True)))
    assert ids(make_plan(alone, facts(history=just_now), PlanOptions())) == ["again"]


@pytest.mark.parametrize(
    ("matters", "asks"),
    [
        ("said yes to Hartleys on Thursday. so why am I sad", {"plain"}),
        ("Hartleys want to know by the 12th", {"plain", "open"}),
    ],
)
def test_what_is_decided_is_not_opened_again(matters: str, asks: set[str]) -> None:
    here = ("strategic_inquiry",)
    own = small_content(
        bank(
            "own",
            question("plain", components=here),
            question("open", components=here, tags=(UNDECIDED,)),
        )
    )
    own = replace(own, topics=shipped().topics)
    assert set(ids(make_plan(own, facts(matters_most=matters), PlanOptions()))) == asks


def test_a_question_that_went_home_is_not_planned_again_though_nobody_ticked_it() -> None:
    here = ("strategic_inquiry",)
    home = question("home", components=here)
    own = small_content(bank("own", home, question("fresh", components=here)))
    assert set(ids(make_plan(own, facts(), PlanOptions()))) == {"home", "fresh"}
    history = QuestionHistory(inquiries=frozenset({home.text}))
    assert ids(make_plan(own, facts(history=history), PlanOptions())) == ["fresh"]


def test_a_prompt_without_room_is_named() -> None:
    long = {
        **content().prompts,
        "return-inquiry": replace(content().prompts["return-inquiry"], minutes=15),
    }
    own = replace(small_content(bank("own", question("q1"))), prompts=long)
    made = make_plan(own, facts(last=last_time(inquiry="Why now?")), PlanOptions())
    (said,) = [finding for finding in made.findings if finding.rule == "R62"]
    assert (said.where, "Why now?" in said.message) == ("arrive", True)
    assert prompts(made) == []
