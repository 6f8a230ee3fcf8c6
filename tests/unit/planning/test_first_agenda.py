"""The agenda of a first session speaks the client's language throughout (R126, R152)."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from planners import NOWHERE, content, facts, shipped

from trajplan.content.labels import words_in
from trajplan.pages.agenda import client_view
from trajplan.planning.arrange import AFTER_HARD_DAY_SEGMENTS, HARD_DAY_SEGMENTS
from trajplan.planning.compose import make_plan
from trajplan.planning.plan import Plan
from trajplan.planning.plan_inputs import PlanOptions

SHARED = {"moment", "normal"}
"""Words of four letters and more that are the same in another language."""
WORD = re.compile(r"[^\W\d_]{4,}")


def first_plan(blueprint: str, agreed: bool = False, matters: str = "") -> Plan:
    library = replace(content(), topics=shipped().topics)
    known = facts(1, agreed=agreed, matters_most=matters)
    return make_plan(library, known, PlanOptions(blueprint=blueprint))


def lines(plan: Plan, language: str) -> list[str]:
    view = client_view(plan, words_in(language, NOWHERE))
    return [*(item.text for item in view.items), view.method_line]


@pytest.mark.req("R126")
@pytest.mark.req("R152")
@pytest.mark.parametrize("language", ["de", "es"])
def test_no_line_of_a_first_agenda_stays_english(language: str) -> None:
    for name in sorted(shipped().blueprints):
        plan = first_plan(name)
        for english, line in zip(lines(plan, "en"), lines(plan, language), strict=True):
            kept = {*WORD.findall(english.casefold())} & {*WORD.findall(line.casefold())}
            assert kept <= SHARED, (name, line)


@pytest.mark.req("R126")
@pytest.mark.parametrize("agreed", [False, True])
def test_a_first_agenda_says_that_working_together_is_agreed(agreed: bool) -> None:
    assert [
        lines(first_plan(name, agreed), "en")[0]
        for name in ("first-session", "values-alignment", "grow")
    ] == [
        "Settling in, and agreeing how we work",
        "Settling in, and how we'll work together",
        "What you'd like from today, and how we'll work together",
    ]
    assert lines(first_plan("grow", agreed), "de")[0] == (
        "Was du dir von heute wünschst, und wie wir zusammenarbeiten"
    )


@pytest.mark.req("R131")
def test_where_somebody_may_be_in_danger_the_agenda_only_settles_in() -> None:
    plan = first_plan("values-alignment", matters="I don't want to live any more.")
    assert lines(plan, "en")[0] == "Settling in"
    assert lines(plan, "de")[0] == "Ankommen"


@pytest.mark.req("R152")
@pytest.mark.parametrize("language", ["de", "es"])
def test_what_a_day_calls_its_parts_has_words_in_each_language(language: str) -> None:
    """Such a title stands on the agenda in place of the segment's own."""
    of_topics = [topic.segments for topic in shipped().topics.values()]
    titles = {
        part.title
        for parts in (*of_topics, HARD_DAY_SEGMENTS, AFTER_HARD_DAY_SEGMENTS)
        for segments in parts.values()
        for part in segments
    }
    labels = words_in(language, NOWHERE).labels.labels
    assert len(titles) > 20
    assert sorted(titles - labels.keys()) == []
