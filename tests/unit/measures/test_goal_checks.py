"""The checklist as a table, one item switched at a time; bars and shares as laws."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from trajplan.measures.goals import (
    GoalWords,
    indicator_state,
    is_too_narrow,
    missing_kinds,
    missing_parts,
    smart_checks,
)
from trajplan.pages.drawings import BAR_LETTERS, EMPTY, FULL, UNKNOWN, bar, number_text
from trajplan.pages.page import Bar
from trajplan.records.model.goals import Goal, IndicatorReading, IndicatorSeries

TODAY = dt.date(2027, 3, 1)
GOAL = Goal(
    id=2,
    number=2,
    engagement_id=1,
    level="objective",
    parent_id=1,
    text="Run three mornings with the apprentices",
    measure="",
    due=dt.date(2027, 4, 30),
    attainable=8,
    matters="To find out",
    status="open",
    created=TODAY,
)
WORDS = GoalWords(few=False, vague="", number=True, time=False, employer="")
INDICATOR = IndicatorSeries(
    id=1,
    number=1,
    engagement_id=1,
    goal_id=2,
    name="Mornings run",
    kind="leading",
    unit="",
    start=0,
    target=3,
    due=None,
)


def unmet(goal: Goal = GOAL, words: GoalWords = WORDS, *own: IndicatorSeries) -> list[str]:
    return [one.name for one in smart_checks(goal, words, own, TODAY) if not one.met]


@pytest.mark.parametrize(
    ("goal", "words", "missing"),
    [
        ({}, {}, []),
        ({}, {"few": True}, ["specific"]),
        ({}, {"vague": "better"}, ["specific"]),
        ({"measure": "Two days at home"}, {"vague": "better"}, []),
        ({}, {"number": False}, ["measurable"]),
        ({"measure": "A contract"}, {"number": False}, []),
        ({"attainable": None}, {}, ["attainable"]),
        ({"attainable": 6}, {}, ["attainable"]),
        ({"attainable": 7}, {}, []),
        ({"matters": ""}, {}, ["relevant"]),
        ({"due": None}, {}, ["dated"]),
        ({"due": None}, {"time": True}, ["dated"]),
        ({"due": TODAY}, {}, []),
        ({"due": TODAY - dt.timedelta(1)}, {}, ["dated"]),
        ({"due": TODAY - dt.timedelta(1), "status": "reached"}, {}, []),
    ],
)
def test_each_item_of_the_checklist(
    goal: dict[str, object], words: dict[str, object], missing: list[str]
) -> None:
    found = smart_checks(replace(GOAL, **goal), replace(WORDS, **words), (), TODAY)  # type: ignore[arg-type]
    assert [one.name for one in found if not one.met] == missing
    assert all(bool(one.hint) is not one.met for one in found)
    # A hint names the option that would meet it, once.
    assert all(one.hint.count("--") <= 1 for one in found)


def test_an_indicator_with_a_target_makes_a_goal_measurable() -> None:
    words = replace(WORDS, number=False)
    assert unmet(GOAL, words, INDICATOR) == []
    assert unmet(GOAL, words, replace(INDICATOR, target=None)) == ["measurable"]


def test_one_employer_and_one_date_and_nothing_else_are_too_narrow() -> None:
    bare = replace(GOAL, matters="")
    named = replace(WORDS, employer="Siemens")
    assert is_too_narrow(bare, named, ())
    assert is_too_narrow(replace(bare, due=None), replace(named, time=True), ())
    assert not is_too_narrow(replace(bare, due=None), named, ())
    assert not is_too_narrow(bare, WORDS, ())
    assert not is_too_narrow(GOAL, named, ())
    assert not is_too_narrow(replace(bare, measure="Evenings at home"), named, ())
    assert not is_too_narrow(bare, named, (INDICATOR,))


def test_at_least_one_indicator_of_each_kind_is_wanted() -> None:
    lagging = replace(INDICATOR, kind="lagging")
    assert missing_kinds([]) == ("leading", "lagging")
    assert missing_kinds([INDICATOR]) == ("lagging",)
    assert missing_kinds([INDICATOR, lagging]) == ()
    assert missing_kinds([replace(INDICATOR, kind=None)]) == ("leading", "lagging")
    assert missing_parts(INDICATOR) == ("a date",)


numbers = some.integers(-1000, 1000)


@given(start=numbers, target=numbers, values=some.lists(numbers, max_size=4))
def test_a_share_is_the_part_of_the_way_and_nothing_is_imputed(
    start: int, target: int, values: list[int]
) -> None:
    if start == target:
        return
    readings = tuple(
        IndicatorReading(id=at, indicator_id=1, date=TODAY, value=value)
        for at, value in enumerate(values)
    )
    now = indicator_state(replace(INDICATOR, start=start, target=target, readings=readings))
    if not values:
        assert (now.value, now.read_on, now.share) == (None, "", None)
        return
    assert now.value == values[-1]
    assert now.share is not None
    assert start + now.share * (target - start) == pytest.approx(values[-1])
    for lacking in ({"start": None}, {"target": None}):
        one = replace(INDICATOR, readings=readings, **lacking)  # type: ignore[arg-type]
        assert indicator_state(one).share is None


@given(some.none() | some.floats(-2, 3))
def test_a_bar_is_as_long_as_its_share_and_never_looks_like_another(share: float | None) -> None:
    drawn = bar(Bar(share))
    assert len(drawn) == BAR_LETTERS
    if share is None:
        assert drawn == UNKNOWN * BAR_LETTERS
        return
    assert set(drawn) <= {FULL, EMPTY}
    assert (drawn == FULL * BAR_LETTERS) == (share >= 1)
    assert (drawn == EMPTY * BAR_LETTERS) == (share <= 0)
    if 0 < share < 1:
        assert abs(drawn.count(FULL) - share * BAR_LETTERS) <= 1


def test_a_figure_is_written_as_a_person_would() -> None:
    assert [number_text(one) for one in (3.0, 2.5, -0.25, 1250000.0)] == [
        "3",
        "2.5",
        "-0.25",
        "1250000",
    ]
