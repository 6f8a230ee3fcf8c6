"""Stalls as a decision table: every set of signs has one likely cause, and silence is silence."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import get_args

import pytest
from msgspec.structs import replace

from trajplan.planning.from_records import FactorChange
from trajplan.planning.stalls import CAUSES, StallRecords, StallSignName, stall
from trajplan.records.forms import CommitmentStatus
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.sessions import Session, SessionState

TODAY = dt.date(2027, 3, 20)
SUBSETS = [
    frozenset[StallSignName](one)
    for size in range(5)
    for one in itertools.combinations(get_args(StallSignName), size)
]


def session(number: int, state: SessionState = "planned", days: int = 7) -> Session:
    return Session(
        id=number,
        engagement_id=1,
        number=number,
        kind="numbered",
        state=state,
        date=TODAY + dt.timedelta(days=days),
        start_time="",
        phase="",
        method="",
        held_on=TODAY if state == "held" else None,
    )


def promise(misses: int, status: CommitmentStatus = "not_yet") -> Commitment:
    return Commitment(
        id=1,
        number=1,
        engagement_id=1,
        session_id=1,
        what="Call Ada",
        due=TODAY,
        how_will_i_know="Called",
        obstacle="",
        if_then="",
        kind=None,
        proposed_by="client",
        goal="",
        goal_id=None,
        estimate_minutes=None,
        status=status,
        misses=misses,
        minutes=None,
        value=None,
        learned="",
    )


def trouble(signs: frozenset[StallSignName]) -> StallRecords:
    return StallRecords(
        ratings=[
            FactorChange(factor="clarity", value=4, change=-2 if "falling" in signs else 0),
            FactorChange(factor="options", value=2, change=None),
        ],
        commitments=[promise(2 if "missed_twice" in signs else 1)],
        sessions=[
            session(1, "skipped" if "phase_skipped" in signs else "held", -30),
            session(2, "planned", -1 if "overdue" in signs else 0),
        ],
        phases={1: "foundation", 2: "exploration"},
        today=TODAY,
    )


@pytest.mark.req("R15")
@pytest.mark.parametrize("signs", SUBSETS, ids=lambda one: "+".join(sorted(one)) or "none")
def test_every_set_of_signs_is_seen_and_has_one_likely_cause(
    signs: frozenset[StallSignName],
) -> None:
    found = stall(trouble(signs), ())
    assert frozenset(stall.sign for stall in found.seen) == signs
    assert bool(found.likely_cause) == bool(signs)
    assert found.likely_cause == CAUSES[signs]
    quiet = stall(trouble(signs), ("a referral stands",))
    assert (quiet.seen, quiet.likely_cause, quiet.silent) == ((), "", "a referral stands")


def test_the_table_is_complete_and_no_two_causes_are_the_same() -> None:
    assert set(CAUSES) == set(SUBSETS)
    assert len(set(CAUSES.values())) == len(SUBSETS)


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_a_commitment_that_is_over_is_no_sign(status: CommitmentStatus) -> None:
    one = trouble(frozenset())
    assert not stall(
        StallRecords(one.ratings, [promise(3, status)], one.sessions, one.phases, TODAY), ()
    ).seen


@pytest.mark.parametrize(
    ("state", "days", "seen"),
    [
        ("planned", -1, "session 2 was yesterday and has no wrap yet"),
        ("planned", -9, "session 2 was 9 days ago and has no wrap yet"),
        ("planned", 0, ""),
        ("missed", -2, "session 2 was missed 2 days ago and has no new day"),
        ("cancelled", -2, "session 2 was cancelled 2 days ago and has no new day"),
        ("cancelled", 3, ""),
        ("held", -30, ""),
        ("skipped", -30, ""),
    ],
)
def test_which_sessions_are_overdue(state: SessionState, days: int, seen: str) -> None:
    found = [session(1, "held", -30), session(2, state, days), session(3, "planned", 14)]
    phases = {1: "foundation", 2: "foundation", 3: "foundation"}
    told = stall(StallRecords((), (), found, phases, TODAY), ()).seen
    assert [one.text for one in told] == ([seen] if seen else [])


@pytest.mark.parametrize(
    ("factor", "change", "phase", "seen"),
    [
        # Fewer options alone are what choosing looks like.
        ("options", -2, "exploration", ""),
        ("options", -2, "integration", ""),
        ("options", -4, "activation", ""),
        ("clarity", -2, "integration", "clarity went down from 7 to 5"),
        ("clarity", -1, "exploration", ""),
        ("momentum", 2, "exploration", ""),
    ],
)
def test_a_fall_counts_from_two_points_and_fewer_options_only_where_more_are_sought(
    factor: str, change: int, phase: str, seen: str
) -> None:
    ratings = [FactorChange(factor=factor, value=5, change=change)]
    told = stall(StallRecords(ratings, (), (), {}, TODAY, phase), ()).seen
    assert [sign.text for sign in told] == ([seen] if seen else [])


@pytest.mark.parametrize(("phase", "counts"), [("exploration", True), ("integration", False)])
def test_fewer_options_count_where_more_are_sought_and_something_else_falls_too(
    phase: str, counts: bool
) -> None:
    ratings = [
        FactorChange(factor="clarity", value=6, change=-1),
        FactorChange(factor="options", value=5, change=-2),
    ]
    told = stall(StallRecords(ratings, (), (), {}, TODAY, phase), ()).seen
    assert [sign.text for sign in told] == ["options went down from 7 to 5"] * counts


def test_a_promise_done_in_part_is_not_off_track() -> None:
    half_done = replace(promise(2), status="partly")
    assert stall(StallRecords((), [half_done], (), {}, TODAY), ()).seen == ()
    again = replace(promise(2), status="not_yet")
    assert stall(StallRecords((), [again], (), {}, TODAY), ()).seen
