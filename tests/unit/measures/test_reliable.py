"""Reliable change by Jacobson & Truax (R106), against the paper's own example."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.measures.reliable_change import Band, figure_readings
from trajplan.measures.tci import FACTORS, FIGURES, Figure, Reading


def band(sd: str = "7.5", reliability: str = "0.8", of: Figure = "total") -> Band:
    return Band(of=of, sd=Fraction(sd), reliability=Fraction(reliability))


def reading(session: int, **rated: int) -> Reading:
    return Reading(
        id=session,
        session=session,
        date=dt.date(2027, 1, 12),
        ratings=rated,
        satisfaction=None,
        note="",
        unweighted_mean=None,
        change_since_last={},
        change_since_first={},
        flags={},
        corrects=None,
    )


def full(session: int, each: int, **changed: int) -> Reading:
    return reading(session, **{**dict.fromkeys(FACTORS, each), **changed})


@pytest.mark.req("R106")
def test_the_example_of_the_paper() -> None:
    """SD 7.5 and reliability .80 give SE 3.35 and Sdiff 4.74; 32.5 to 47.5 gives 3.16."""
    found = band()
    assert round(found.standard_error, 2) == 3.35
    assert round(found.standard_error_of_difference, 2) == 4.74
    assert round(found.index(Fraction("47.5") - Fraction("32.5")), 2) == 3.16
    assert found.is_reliable(Fraction(15))


@pytest.mark.req("R106")
@pytest.mark.parametrize(("change", "reliable"), [("9.29", False), ("9.3", True), ("-9.3", True)])
def test_just_below_and_above(change: str, reliable: bool) -> None:
    assert band().is_reliable(Fraction(change)) is reliable


@pytest.mark.req("R106")
def test_exactly_the_threshold_is_not_beyond_it() -> None:
    # r = 0.5 and SD = 1 make Sdiff exactly 1.
    found = band("1", "0.5")
    assert not found.is_reliable(Fraction("1.96"))
    assert not found.is_reliable(Fraction("-1.96"))
    assert found.is_reliable(Fraction("1.96") + Fraction(1, 10**30))


@given(
    st.fractions(min_value="0.01", max_value=40, max_denominator=1000),
    st.fractions(min_value=0, max_value="0.99", max_denominator=100),
    st.integers(-45, 45),
)
def test_the_exact_comparison_agrees_with_the_index(
    sd: Fraction, reliability: Fraction, change: int
) -> None:
    found = Band(of="total", sd=sd, reliability=reliability)
    index = found.index(Fraction(change))
    if abs(index - 1.96) > 1e-9:
        assert found.is_reliable(Fraction(change)) is (index > 1.96)
    assert found.is_reliable(Fraction(change)) is found.is_reliable(Fraction(-change))


@pytest.mark.req("R106")
def test_a_figure_is_compared_with_the_last_that_was_there_and_the_first() -> None:
    rows = figure_readings([full(1, 3), reading(2, clarity=9), full(3, 5), full(4, 4)], band())
    assert [row.value for row in rows] == [15, None, 25, 20]
    assert rows[0].since_last is rows[0].since_first is None
    assert rows[1].since_last is rows[1].since_first is None
    assert rows[2].since_last
    assert rows[2].since_last.points == 10
    assert rows[2].since_last.reliable
    assert rows[3].since_last
    assert rows[3].since_last.points == -5
    assert not rows[3].since_last.reliable
    assert rows[3].since_first
    assert rows[3].since_first.points == 5


@pytest.mark.req("R106")
def test_each_figure_is_read_from_its_own_ratings() -> None:
    one = full(1, 4, clarity=9, confidence=2)
    values = {of: figure_readings([one], band(of=of))[0].value for of in FIGURES}
    assert values == {
        "total": 23,
        "mean": Fraction("4.6"),
        "clarity": 9,
        "options": 4,
        "decision": 4,
        "momentum": 4,
        "confidence": 2,
    }
    assert figure_readings([reading(1, clarity=9)], band(of="clarity"))[0].value == 9
    assert figure_readings([reading(1, clarity=9)], band(of="options"))[0].value is None
