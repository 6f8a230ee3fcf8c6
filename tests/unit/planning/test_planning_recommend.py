"""The shipped table over every case, and a table read with gaps (R19)."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planners import shipped

from trajplan.content import recommendation_model
from trajplan.content.recommendation_model import CHANGES, NEEDS, applies, every_case, path_counts
from trajplan.planning.recommend import MethodCriteria, recommend
from trajplan.records import forms

TABLE = shipped().recommendation("method")


def expected(need: str, clarity: int, paths: int, change: str) -> str:
    """The same in other words."""
    if need in ("values", "early_ideas"):
        return "exploratory"
    if need in ("transition", "leadership"):
        return "integrative"
    straight = clarity > 5 and paths < 2 and change != "directional"
    return "directive" if straight else "integrative"


@pytest.mark.req("R3", "R19")
def test_every_case_has_exactly_one_rule_and_the_method_meant() -> None:
    cases = list(every_case(TABLE.rules))
    assert len(cases) == len(NEEDS) * 10 * len(path_counts(TABLE.rules)) * len(CHANGES)
    for case in cases:
        (rule,) = [rule for rule in TABLE.rules if applies(rule, case)]
        assert rule.method == expected(case.need, case.goal_clarity, case.paths, case.change), case


@pytest.mark.req("R19")
def test_beyond_the_last_line_drawn_nothing_changes() -> None:
    for many in (3, 50, 99):
        known = MethodCriteria(need="job_search", goal_clarity=8, paths=many, change="incremental")
        assert recommend(TABLE, known).method == "integrative"


INPUTS = st.builds(
    MethodCriteria,
    need=st.sampled_from(["", *NEEDS]),
    goal_clarity=st.none() | st.integers(1, 10),
    paths=st.none() | st.integers(0, 5),
    change=st.sampled_from(["", "incremental", "directional"]),
)


@pytest.mark.req("R19")
@given(known=INPUTS)
def test_an_answer_holds_whatever_the_missing_turn_out_to_be(known: MethodCriteria) -> None:
    advice = recommend(TABLE, known)
    possible = {
        expected(need, clarity, paths, known.change or "unsaid")
        for need in ([known.need] if known.need else NEEDS)
        for clarity in ([known.goal_clarity] if known.goal_clarity else range(1, 11))
        for paths in ([known.paths] if known.paths is not None else range(6))
    }
    assert {rule.method for rule in advice.rules} == possible
    assert (advice.method == "") == (len(possible) > 1)
    assert (advice.about is None) == (advice.method == "")


def test_the_table_speaks_the_words_of_the_intake() -> None:
    assert get_args(forms.Need) == NEEDS
    assert (*get_args(forms.Change), "unsaid") == CHANGES
    assert TABLE.id == recommendation_model.THE_ONE
