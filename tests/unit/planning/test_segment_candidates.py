"""A segment looks at a few questions of the library, and passes over none that it may ask."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from planners import content, facts, shipped

from trajplan.planning.basis import decide_basis
from trajplan.planning.plan_inputs import PlanOptions
from trajplan.planning.questions import may_ask
from trajplan.planning.questions_today import question_picker

DAYS: dict[str, dict[str, Any]] = {
    "plain": {"number": 4},
    "tired": {"number": 9, "energy": "low"},
    "a topic": {"number": 4, "matters_most": "My boss and the offer I got"},
    "grave news": {"number": 9, "matters_most": "My mother died on Sunday"},
    "first": {"number": 1},
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("own", [False, True])
def test_no_question_is_passed_over_that_a_segment_may_ask(day: str, own: bool) -> None:
    library = shipped()
    banks = frozenset(library.banks) if own else frozenset()
    known = replace(content(), topics=library.topics, own_banks=banks)
    picker = question_picker(decide_basis(known, facts(**DAYS[day]), PlanOptions()), ())
    looked_at = []
    for blueprint in [*library.blueprints.values()][::7]:
        for segment in blueprint.segments:
            candidates = picker.may_serve(segment, picker.conditions)
            assert [
                candidate.id
                for candidate in candidates
                if may_ask(candidate, segment, picker.conditions)
            ] == [
                candidate.id
                for candidate in picker.questions
                if may_ask(candidate, segment, picker.conditions)
            ]
            looked_at.append(len(candidates))
    assert min(looked_at) < len(picker.questions)


@pytest.mark.req("R121")
@pytest.mark.parametrize("named", [False, True])
def test_a_topic_turns_no_segment_away_from_its_title(named: bool) -> None:
    """A topic that was heard, and whatever they bring, is asked about where the segment is for
    what is asked; what the coach names is asked about anywhere."""
    library = shipped()
    known = replace(content(), topics=library.topics)
    about = {"about": ("boss",)} if named else {}
    brought = facts(4, matters_most="My boss wants me in on Saturdays", **about)
    picker = question_picker(decide_basis(known, brought, PlanOptions()), ())
    astray = [
        candidate.question
        for blueprint in library.blueprints.values()
        for segment in blueprint.segments
        if segment.own_questions
        for candidate in picker.questions
        if candidate.question.topics
        and candidate.id not in segment.own_questions
        and set(segment.intents).isdisjoint(candidate.question.intents)
        and may_ask(candidate, segment, picker.conditions)
    ]
    assert {topic for question in astray for topic in question.topics} == (
        {"boss"} if named else set()
    )
