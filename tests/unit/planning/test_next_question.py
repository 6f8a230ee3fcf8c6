"""Another question for a segment that runs: what the planner would take next (R135)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from planners import content, facts, plan, shipped

from trajplan.planning.compose import make_plan, next_question
from trajplan.planning.plan import Plan, PlannedQuestion
from trajplan.planning.plan_inputs import Content, Facts, PlanOptions
from trajplan.planning.questions import ALIKE, HOW_THINGS_ARE


def another(
    made: Plan,
    known: Facts,
    segment: str,
    added: list[PlannedQuestion],
    minutes: int = 10,
    heard: Content | None = None,
) -> PlannedQuestion | None:
    return next_question(
        heard or content(),
        known,
        PlanOptions(),
        plan=made,
        segment=segment,
        added=added,
        minutes=minutes,
    )


@pytest.mark.req("R135", "R60")
def test_each_is_new_fits_its_segment_and_is_as_long_as_there_is_time() -> None:
    known = facts(4)
    made = plan(known)
    planned = {question.id for question in made.questions}
    segment = next(part for part in made.segments if part.component == "strategic_inquiry")
    added: list[PlannedQuestion] = []
    while (question := another(made, known, segment.id, added)) and len(added) < 12:
        assert question.id not in planned | {other.id for other in added}
        assert question.minutes <= 10
        components = shipped().questions[question.id][0].components
        assert not components or segment.component in components
        added.append(question)
    assert len(added) >= 3
    # The same records give the same question.
    assert another(made, known, segment.id, added[:1]) == added[1]


@pytest.mark.req("R135")
def test_there_is_always_time_for_a_question_of_usual_length() -> None:
    known = facts()
    made = plan(known)
    segment = next(part for part in made.segments if part.component == "strategic_inquiry")
    question = another(made, known, segment.id, [], minutes=-4)
    assert question is not None
    assert question.minutes <= 5


@pytest.mark.req("R135", "R121")
@pytest.mark.parametrize(
    ("matters", "said"), [("", []), ("I don't know where to start", [HOW_THINGS_ARE])]
)
def test_nothing_is_asked_again_in_other_words(matters: str, said: list[str]) -> None:
    known = facts(7, matters_most=matters)
    made = plan(known)
    segment = next(part for part in made.segments if part.component == "insight_generation")
    added: list[PlannedQuestion] = []
    for _ in range(2):
        question = another(made, known, segment.id, added)
        assert question is not None
        added.append(question)
    asked = [shipped().questions[question.id][0] for question in (*made.questions, *added)]
    alike = [*said, *(tag for each in asked for tag in each.tags if tag.startswith(ALIKE))]
    assert len(alike) == len(set(alike)), alike


@pytest.mark.req("R135", "R131")
def test_on_a_hard_day_it_is_gentle_and_for_what_its_segment_is_for() -> None:
    known = facts(matters_most="They took someone else. I cried all night")
    heard = replace(content(), topics=shipped().topics)
    made = make_plan(heard, known, PlanOptions())
    place = next(part for part in made.segments if part.title == "What would help")
    question = another(made, known, place.id, [], heard=heard)
    assert question is not None
    tags, intents = (
        getattr(shipped().questions[question.id][0], name) for name in ("tags", "intents")
    )
    assert "hard-day" in tags
    assert {"look-after-self", "get-support"} & set(intents)


@pytest.mark.req("R135", "R131")
def test_nothing_is_asked_while_somebody_may_be_in_danger() -> None:
    known = facts(matters_most="I don't want to live any more")
    heard = replace(content(), topics=shipped().topics)
    made = make_plan(heard, known, PlanOptions())
    assert made.questions == ()
    for segment in made.segments:
        assert another(made, known, segment.id, [], heard=heard) is None


@pytest.mark.req("R135")
def test_a_break_and_a_segment_of_another_session_ask_nothing() -> None:
    known = facts()
    made = plan(known)
    other = plan(facts(number=1))
    strange = next(
        part.id
        for part in other.segments
        if part.id not in {segment.id for segment in made.segments}
    )
    assert another(other, known, strange, []) is None
