"""The day that a note's words mean, as it is written behind them."""

import datetime as dt

import pytest

from trajplan.planning.named_days import days_in, with_days

NOTED = dt.date(2027, 2, 16)


@pytest.mark.parametrize(
    "text",
    [
        "Monday meeting he's stopped doing on purpose.",
        "The Monday meeting was hard.",
        "She dropped her Thursday choir.",
    ],
)
def test_what_comes_back_each_week_is_no_one_day(text: str) -> None:
    assert with_days(text, NOTED) == text
    assert days_in(text, NOTED) == ()


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("He rang on Monday.", "He rang on Monday (15 Feb)."),
        ("Last Monday meeting was bad.", "Last Monday (15 Feb) meeting was bad."),
        ("Funeral was Friday.", "Funeral was Friday (12 Feb)."),
    ],
)
def test_a_weekday_that_is_one_day_is_told_with_its_date(text: str, dated: str) -> None:
    assert with_days(text, NOTED) == dated
