"""The TCI: effective values, changes and flags (R103, R104)."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from few import few
from trajplan.measures.tci import (
    FACTORS,
    Reading,
    is_pleasant_not_moving,
    ratings_of,
    readings,
    superseded_entries,
)
from trajplan.records.model.ratings import SCALE, TciEntry

START = dt.date(2026, 3, 2)
NUMBERS = {100 + number: number for number in range(1, 100)}
SOME = st.none() | st.integers(1, 10)


def entry(number: int, session: int | None = None, **given_values: Any) -> TciEntry:
    session = number if session is None else session
    values: dict[str, Any] = {
        **dict.fromkeys(FACTORS),
        "satisfaction": None,
        "note": "",
        "corrects": None,
        **given_values,
    }
    return TciEntry(
        id=number,
        session_id=100 + session,
        date=START + dt.timedelta(14 * session),
        scale=SCALE,
        **values,
    )


def read(*entries: TciEntry) -> Reading:
    """The reading of the last session."""
    return readings(entries, NUMBERS)[-1]


FULL = {"clarity": 3, "options": 5, "decision": 4, "momentum": 6, "confidence": 5}


def test_the_five_factors() -> None:
    assert FACTORS == ("clarity", "options", "decision", "momentum", "confidence")
    assert readings((), NUMBERS) == ()


@pytest.mark.req("R103")
def test_the_first_entry_has_no_change() -> None:
    got = read(entry(1, **FULL, satisfaction=8))
    assert got.ratings == FULL
    assert got.satisfaction == 8
    assert set(got.change_since_last.values()) == {None}
    assert set(got.change_since_first.values()) == {None}
    assert list(got.flags) == ["first_entry"]


@pytest.mark.req("R103")
@pytest.mark.parametrize(("before", "now"), list(product((None, 1, 5, 10), (None, 1, 4, 5, 6, 10))))
@pytest.mark.parametrize("factor", few(FACTORS, 2))
def test_each_factor_is_flagged_by_its_change(
    factor: str, before: int | None, now: int | None
) -> None:
    got = read(entry(1, **{factor: before}), entry(2, **{factor: now}))
    if before is None or now is None:
        assert got.change_since_last[factor] is None
        assert got.flags == {}
        return
    change = now - before
    expected = "rising" if change >= 1 else "slipping" if change <= -1 else "steady"
    assert got.change_since_last[factor] == got.change_since_first[factor] == change
    assert got.flags == {factor: expected}


@pytest.mark.req("R103")
def test_changes_are_against_the_last_rated_entry_and_the_first() -> None:
    got = read(
        entry(1, options=2),
        entry(2, clarity=3, options=4),
        entry(3, clarity=6),
        entry(4),
        entry(5, clarity=5, options=7),
    )
    assert (got.change_since_last["clarity"], got.change_since_first["clarity"]) == (-1, 2)
    assert (got.change_since_last["options"], got.change_since_first["options"]) == (3, 5)
    assert got.flags == {"clarity": "slipping", "options": "rising"}


@pytest.mark.req("R103")
def test_the_mean_needs_all_five() -> None:
    assert read(entry(1, **FULL)).unweighted_mean == pytest.approx(4.6)
    for factor in FACTORS:
        partial = {name: value for name, value in FULL.items() if name != factor}
        got = read(entry(1, **FULL), entry(2, **partial))
        assert got.unweighted_mean is None
        # Nothing is carried over from the entry before.
        assert got.ratings == partial


def test_entries_are_read_in_the_order_of_their_sessions() -> None:
    got = readings(
        [entry(7, 3, clarity=8), entry(8, 1, clarity=2), entry(9, 2, clarity=4)], NUMBERS
    )
    assert [reading.session for reading in got] == [1, 2, 3]
    assert [reading.change_since_last["clarity"] for reading in got] == [None, 2, 4]


@pytest.mark.req("R103")
def test_a_correction_overlays_what_it_gives_and_keeps_the_rest() -> None:
    first = entry(1, clarity=3, momentum=4, satisfaction=9, note="Given in a hurry")
    second = entry(2, 1, momentum=6, corrects=1)
    third = entry(3, 1, clarity=5, confidence=7, satisfaction=8, note="Asked again", corrects=2)
    once, twice = read(first, second), read(first, second, third)
    assert once.ratings == {"clarity": 3, "momentum": 6}
    assert (once.id, once.corrects, once.satisfaction) == (2, 1, 9)
    assert twice.ratings == {"clarity": 5, "momentum": 6, "confidence": 7}
    assert (twice.id, twice.corrects, twice.satisfaction) == (3, 2, 8)
    assert twice.note == "Given in a hurry\nAsked again"
    assert list(twice.ratings) == ["clarity", "momentum", "confidence"]
    # A corrected first entry is still the first one.
    assert list(twice.flags) == ["first_entry"]
    replaced = superseded_entries([third, first, second], NUMBERS)
    assert [reading.id for reading in replaced] == [first.id, second.id]
    assert {reading.session for reading in replaced} == {1}
    assert [dict(reading.ratings) for reading in replaced] == list(map(ratings_of, (first, second)))
    assert superseded_entries([first], NUMBERS) == ()


@pytest.mark.req("R103")
def test_changes_and_flags_follow_the_corrected_values() -> None:
    entries = [entry(1, clarity=5), entry(2, clarity=7), entry(3, 1, clarity=8, corrects=1)]
    got = read(*entries)
    assert got.session == 2
    assert got.change_since_last["clarity"] == got.change_since_first["clarity"] == -1
    assert got.flags["clarity"] == "slipping"
    assert len(readings(entries, NUMBERS)) == 2


@pytest.mark.req("R104")
@pytest.mark.parametrize(
    ("satisfaction", "clarity", "momentum"),
    few(product((None, 1, 7, 8, 10), (None, 1, 4, 5, 10), (None, 1, 4, 5, 10)), 32),
)
def test_pleasant_but_not_moving(
    satisfaction: int | None, clarity: int | None, momentum: int | None
) -> None:
    low = clarity in (1, 4) or momentum in (1, 4)
    expected = satisfaction in (8, 10) and low
    this = {"satisfaction": satisfaction, "clarity": clarity, "momentum": momentum}
    rated = ratings_of(entry(1, **this))
    assert is_pleasant_not_moving(satisfaction, rated) == expected
    sure = {"satisfaction": 8, "clarity": 4}
    fine = {"satisfaction": 8, "clarity": 5, "momentum": 5}
    # It takes two in a row, whichever of the two this one is.
    # And neither clarity nor momentum may have risen from the first to the second.
    after = expected and (clarity or 0) <= 4
    before = expected and (clarity is None or clarity >= 4)
    assert ("pleasant_not_moving" in read(entry(1, **sure), entry(2, **this)).flags) == after
    assert ("pleasant_not_moving" in read(entry(1, **this), entry(2, **sure)).flags) == before
    assert "pleasant_not_moving" not in read(entry(1, **fine), entry(2, **this)).flags
    assert "pleasant_not_moving" not in read(entry(1, **this), entry(2, **fine)).flags
    assert "pleasant_not_moving" not in read(entry(1, **this)).flags


@pytest.mark.req("R104")
def test_two_entries_apart_are_not_two_in_a_row() -> None:
    sure = {"satisfaction": 9, "momentum": 2}
    assert "pleasant_not_moving" not in read(entry(1, **sure), entry(2), entry(3, **sure)).flags
    flagged = readings(
        [entry(1, **sure), entry(2), entry(3, **sure)], NUMBERS, holding_sessions={2}
    )[-1]
    assert "pleasant_not_moving" in flagged.flags, "a holding session is skipped"
    # An unrated session between them is no entry.
    assert "pleasant_not_moving" in read(entry(1, **sure), entry(3, **sure)).flags


@pytest.mark.req("R104")
def test_the_flag_stands_beside_those_of_the_factors() -> None:
    sure = {"satisfaction": 9, "clarity": 4}
    got = read(entry(1, **sure), entry(2, **{**sure, "clarity": 3}))
    assert list(got.flags) == ["clarity", "pleasant_not_moving"]
    assert got.flags["clarity"] == "slipping"
    # High satisfaction is never itself a rating of the trajectory.
    assert set(got.ratings) == {"clarity"}


@st.composite
def logs(draw: st.DrawFn) -> list[dict[str, int | None]]:
    one = st.fixed_dictionaries({**dict.fromkeys(FACTORS, SOME), "satisfaction": SOME})
    return draw(st.lists(one, min_size=1, max_size=5))


@pytest.mark.req("R103")
@given(log=logs(), factor=st.sampled_from(FACTORS), at=st.integers(0, 4), value=st.integers(1, 10))
def test_rating_one_more_factor_never_changes_another(
    log: list[dict[str, int | None]], factor: str, at: int, value: int
) -> None:
    at %= len(log)
    log[at][factor] = None
    fuller = [{**one, factor: value} if index == at else one for index, one in enumerate(log)]
    before, after = (
        readings([entry(index + 1, **one) for index, one in enumerate(each)], NUMBERS)
        for each in (log, fuller)
    )
    for one, other in zip(before, after, strict=True):
        for name in FACTORS:
            if name != factor:
                assert one.ratings.get(name) == other.ratings.get(name)
                assert one.change_since_last[name] == other.change_since_last[name]
                assert one.change_since_first[name] == other.change_since_first[name]
                assert one.flags.get(name) == other.flags.get(name)
        assert one.satisfaction == other.satisfaction


@given(log=logs())
def test_nothing_is_imputed(log: list[dict[str, int | None]]) -> None:
    found = readings([entry(index + 1, **one) for index, one in enumerate(log)], NUMBERS)
    for one, given_values in zip(found, log, strict=True):
        rated = {name for name in FACTORS if given_values[name] is not None}
        assert set(one.ratings) == rated
        changed = {name for name, change in one.change_since_last.items() if change is not None}
        assert changed <= rated
        assert set(one.flags) - {"first_entry", "pleasant_not_moving"} == changed
        assert (one.unweighted_mean is None) == (rated != set(FACTORS))


@given(log=logs(), splits=st.lists(st.sampled_from(FACTORS), max_size=4))
def test_values_given_in_pieces_read_like_values_given_at_once(
    log: list[dict[str, int | None]], splits: list[str]
) -> None:
    """A factor left out and given by a correction later counts as if it had been there."""
    whole = [entry(index + 1, **one) for index, one in enumerate(log)]
    number = len(log)
    pieces = []
    for index, one in enumerate(log):
        later = {name: one[name] for name in splits}
        pieces.append(entry(index + 1, **{**one, **dict.fromkeys(splits)}))
        if later:
            number += 1
            pieces.append(entry(number, index + 1, **later, corrects=index + 1))
    for one, other in zip(readings(whole, NUMBERS), readings(pieces, NUMBERS), strict=True):
        assert (one.ratings, one.flags) == (other.ratings, other.flags)
        assert one.change_since_last == other.change_since_last
        assert one.change_since_first == other.change_since_first
        assert one.unweighted_mean == other.unweighted_mean
