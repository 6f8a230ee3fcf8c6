"""Every built-in session in an hour that is none: forty-five minutes, tired, ten minutes late."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from planners import commitment, content, facts, last_time, shipped

from few import few
from trajplan.content.model import Segment, SessionBlueprint
from trajplan.content.session_rules import merged
from trajplan.planning.arrange import Conditions, arrange
from trajplan.planning.choice import is_holding
from trajplan.planning.compose import make_plan
from trajplan.planning.plan import Plan
from trajplan.planning.plan_inputs import Exercise, Facts, OpenAssumption, PlanOptions
from trajplan.planning.session_close import CLOSE_MINUTES

LENGTHS = (45, 60, 75, 90, 120)
ENERGIES = ("low", "normal", "high")
LATE = (0, 10)
AGREEMENT = 2
EFFORT = ("self", "celebrate", "hold")
UNDECIDED = [name for name, one in sorted(shipped().blueprints.items()) if not one.decision]


def least(segment: Segment, blueprint: SessionBlueprint) -> int:
    """The minutes a segment can use: what opens and closes, its activities, one question of its
    own. Looking back may give way, and so does the question of the segment that opens."""
    library = shipped()
    lengths = {
        question.id: question.minutes
        for bank in library.banks.values()
        for question in bank.questions
    }
    needed = sum(
        library.activities[name].minutes.min
        for name in segment.activities
        if not library.activities[name].returning
    )
    asks = segment.questions and segment.questions.max and segment.own_questions
    if asks and segment.component != "context_setting":
        needed += min(lengths[name] for name in segment.own_questions)
    if is_holding(blueprint):
        return 0 if asks else needed
    if segment.component == "context_setting":
        needed += AGREEMENT
    return needed + CLOSE_MINUTES * (segment.component == "momentum_planning")


@pytest.mark.req("R164")
@pytest.mark.parametrize("name", UNDECIDED)
def test_every_session_fits_at_every_length_and_energy_and_late(name: str) -> None:
    blueprint = shipped().blueprints[name]
    for length in LENGTHS:
        for energy in ENERGIES:
            for late in LATE:
                found = arrange(blueprint, Conditions(length, energy, late, False, ""))
                assert sum(minutes for _, minutes in found.segments) == length - late
                for segment, minutes in found.segments:
                    where = (length, energy, late, segment.id)
                    assert minutes >= least(segment, blueprint), where


@pytest.mark.req("R164")
@pytest.mark.parametrize("energy", ENERGIES)
@pytest.mark.parametrize("name", few(sorted(shipped().blueprints), 9))
def test_no_segment_is_left_with_less_than_it_can_use(name: str, energy: str) -> None:
    blueprint = shipped().blueprints[name]
    for segment in merged(blueprint, energy).segments:  # type: ignore[arg-type]
        assert segment.minutes.min >= least(segment, blueprint), segment.id


def short(name: str, energy: str, late: int) -> Plan:
    phases = shipped().blueprints[name].phases
    number = {"foundation": 2, "exploration": 5, "integration": 8, "activation": 11}
    known = facts(number[phases[0] if phases else "integration"])
    options = PlanOptions(blueprint=name, minutes=45, energy=energy, late=late)
    return make_plan(content(), known, options)


@pytest.mark.req("R164", "R165")
@pytest.mark.parametrize("late", LATE)
@pytest.mark.parametrize(
    "name", few([blueprint for blueprint in UNDECIDED if blueprint != "holding-session"], 5)
)
def test_agreement_and_close_stay_whole(name: str, late: int) -> None:
    for energy in ENERGIES:
        made = short(name, energy, late)
        opening, ending = made.segments[0].prompts, made.segments[-1].prompts
        assert [prompt.minutes for prompt in opening if prompt.kind == "agreement"] == [AGREEMENT]
        close = [prompt.case for prompt in ending if prompt.kind == "close"]
        assert close == ["wanted", "summary", "left"]
        # Of a tired client nothing is asked beside that (R44).
        tired = energy == "low"
        assert sum(prompt.minutes for prompt in ending) == CLOSE_MINUTES - len(EFFORT) * tired
        assert all(part.booked <= part.minutes for part in made.segments)
        # A question still goes home, and the next date is still agreed.
        assert [question for question in made.segments[-1].questions if not question.anchors]
        assert {"next_date", "take_leave"} & {
            activity.id for activity in made.segments[-1].activities
        }


def full_hands(number: int) -> Facts:
    """A client who comes with a promise kept, a question, something tried and a belief."""
    return facts(
        number,
        last=last_time(commitments=(commitment(1, "done"),), inquiry="What do I protect?"),
        assumptions=(OpenAssumption(number=3, text="Only titles count", heard_in=2, challenged=0),),
        exercises=(Exercise(what="Spend a morning in the workshop", case="done", commitment=1),),
    )


@pytest.mark.req("R121", "R164")
@pytest.mark.parametrize("length", [45, 60])
@pytest.mark.parametrize(
    "name",
    ["exploration-possibilities", "exploration-narrow", "integration-headwind", "pivot", "plateau"],
)
def test_what_lies_behind_takes_no_segment_from_its_title(name: str, length: int) -> None:
    phases = shipped().blueprints[name].phases
    known = full_hands({"exploration": 5, "integration": 8}[phases[-1]])
    library = replace(content(), topics=shipped().topics)
    made = make_plan(library, known, PlanOptions(blueprint=name, minutes=length))
    segments = {segment.id: segment for segment in shipped().blueprints[name].segments}
    by_topic = {
        question.id: question
        for bank in library.banks
        for question in bank.questions
        if question.topics
    }
    for part in made.segments:
        if part.component in ("context_setting", "break"):
            continue
        own = segments[part.id].own_questions
        own_belief = "test-belief" in segments[part.id].intents and any(
            prompt.kind == "belief" for prompt in part.prompts
        )
        # What fits today's matter and is of one mind with the segment does, too (R121).
        intents = set(segments[part.id].intents)
        of_one_mind = {name for name in by_topic if not intents.isdisjoint(by_topic[name].intents)}
        assert own_belief or {*own, *of_one_mind} & {question.id for question in part.questions}, (
            part.id
        )
    # What was tried is asked about all the same.
    said = [prompt.id for part in made.segments for prompt in part.prompts]
    assert "debrief-exercise" in said
    assert (made.assumption is not None) == ("challenge-assumption" in said)


@pytest.mark.req("R52", "R164")
def test_a_late_decision_that_weighs_nothing_is_parked() -> None:
    options = PlanOptions(blueprint="foundation-early-choice", minutes=60, late=10)
    made = make_plan(content(), facts(2), options)
    assert sum(part.minutes for part in made.segments) == 50
    assert "the decision is parked for next time" in " ".join(
        finding.message for finding in made.findings if finding.rule == "R52"
    )
