"""Progress Tracking: value per hour and completion (R107)."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest

from trajplan.measures.progress import LEAST, progress
from trajplan.records.model.commitments import Commitment

COUNT = itertools.count(1)


def commitment(**given_values: Any) -> Commitment:
    values: dict[str, Any] = {
        "session_id": None,
        "what": "Write one page",
        "due": dt.date(2027, 1, 20),
        "how_will_i_know": "a page",
        "obstacle": "",
        "if_then": "",
        "kind": None,
        "proposed_by": "client",
        "goal": "",
        "goal_id": None,
        "estimate_minutes": None,
        "status": "done",
        "misses": 0,
        "minutes": None,
        "value": None,
        "learned": "",
        **given_values,
    }
    number = next(COUNT)
    return Commitment(id=number, number=number, engagement_id=1, **values)


def worth(kind: str, *pairs: tuple[int | None, int | None]) -> list[Commitment]:
    return [commitment(kind=kind, minutes=minutes, value=value) for minutes, value in pairs]


@pytest.mark.req("R107")
def test_value_per_hour_counts_only_those_with_both() -> None:
    found = progress(worth("reflective", (30, 6), (90, 4), (60, None), (None, 9)))
    (one,) = found.kinds
    assert (one.count, one.minutes) == (4, 180)
    assert one.worth
    assert (one.worth.n, one.worth.minutes, one.worth.value) == (2, 120, 10)
    assert one.worth.per_hour == pytest.approx(5.0)


@pytest.mark.req("R107")
def test_nothing_given_is_no_figure() -> None:
    found = progress([commitment(status="open")])
    assert found.kinds[0].worth is None
    assert found.kinds[0].completion is None
    assert found.kinds[0].minutes is None
    assert progress([]).kinds == ()


@pytest.mark.req("R107")
def test_kinds_are_ranked_only_with_enough_behind_them_and_one_to_compare() -> None:
    three, two = [(60, 5)] * LEAST, [(60, 10)] * (LEAST - 1)
    ranks = {
        kind.kind: kind.worth and kind.worth.rank
        for kind in progress(
            [
                *worth("experiential", *three),
                *worth("reflective", *two),
                *worth("preparing", *[(60, 9)] * LEAST),
                *[commitment(minutes=6, value=10) for _ in range(5)],
            ]
        ).kinds
    }
    assert ranks == {"experiential": 2, "reflective": None, "preparing": 1, "": None}
    alone = progress([*worth("experiential", *three), *worth("reflective", *two)])
    assert [kind.worth and kind.worth.rank for kind in alone.kinds] == [None, None]


@pytest.mark.req("R107")
def test_equal_worth_shares_a_rank() -> None:
    found = progress([*worth("experiential", *[(30, 3)] * 3), *worth("reflective", *[(20, 2)] * 4)])
    assert [kind.worth and kind.worth.rank for kind in found.kinds] == [1, 1]


@pytest.mark.req("R107")
def test_completion_leaves_out_what_was_not_looked_at() -> None:
    found = progress([commitment(status=one) for one in ("done", "partly", "dropped", "open")])
    assert found.overall.open == 1
    assert found.overall.completion
    assert (found.overall.completion.done, found.overall.completion.n) == (1, 3)
