"""Preparation judged by explicit tables: the stuck point, the audit, the parts of the brief."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest

from trajplan.planning import readiness
from trajplan.planning.agreement import ROWS, lacking_for_release, released_parts
from trajplan.planning.audit import Accomplishment, audit_hints, is_counted, is_old
from trajplan.planning.preparation_hints import stuck_point_hint, vague
from trajplan.planning.readiness import PARTS, BriefPartRule

TODAY = dt.date(2027, 2, 23)


@pytest.mark.req("R34")
@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("", None),
        ("...", None),
        ("I am stuck.", "no_reason"),
        ("I'm unhappy and nothing moves", "no_reason"),
        ("The night shift wears me out, but I like the ward", "no_reason"),
        ("I am stuck because the night shift pays well", "one_side"),
        ("Since the merger my drawings go to another office", "one_side"),
        ("I am stuck because my job is not fulfilling, while I want more", "nothing_named"),
        ("I am stuck because I am good at the night shift, while I want more", "nothing_named"),
        ("I am stuck because things are hard, while I like showing apprentices", "nothing_named"),
        ("I am stuck because the night shift pays well, while I miss teaching", None),
        ("I am stuck because the yard has no posts, but I live three streets away", None),
        ("While I love teaching, I am stuck because the school has no posts", None),
        ("I like the ward, but I am stuck because nights wear me out", None),
        ("I'm stuck because I run 3 shifts, and I would rather run 1", None),
        ("Ich stecke fest, weil die Nachtschicht gut bezahlt ist", None),
        ("夜勤は好きだが疲れた", None),
    ],
)  # fmt: skip
def test_a_stuck_point_is_vague_by_the_table(text: str, lacks: str | None) -> None:
    assert vague(text) == lacks
    assert bool(stuck_point_hint(text)) == bool(lacks)


@pytest.mark.parametrize(
    ("what", "numbers", "when", "counted", "old"),
    [
        ("Trained newcomers", "", "", False, False),
        ("Trained eleven newcomers", "", "", True, False),
        ("Trained newcomers", "eleven of them", "", True, False),
        ("Cut scrap by half", "", "", True, False),
        ("Made 2000 parts a shift", "", "", True, False),
        ("Built the line in 2024", "", "", False, True),
        ("Built the line (2025)", "", "", False, False),
        ("Led the move", "", "2024", False, True),
        ("Led the move", "", "2025", False, False),
        ("Led the move", "", "2025-01", False, True),
        ("Led the move", "", "February 2025", False, False),
        ("Kept the crew from 2019 to 2026", "", "", False, False),
        ("Kept 12 people from 2019 to 2021", "", "", True, True),
    ],
)
@pytest.mark.req("R32")
def test_an_accomplishment_is_counted_and_dated_by_the_table(
    what: str, numbers: str, when: str, counted: bool, old: bool
) -> None:
    one = Accomplishment(what=what, numbers=numbers, when=when)
    assert is_counted(one) is counted
    assert is_old(one, TODAY) is old


def test_outside_evidence_is_missed_only_in_an_audit_that_was_begun() -> None:
    counted = Accomplishment(what="Trained eleven newcomers")
    assert audit_hints((), (), (), TODAY) == ()
    assert len(audit_hints((counted,), (), (), TODAY)) == 1
    assert len(audit_hints((), ("meetings",), (), TODAY)) == 1
    assert audit_hints((counted,), ("meetings",), ("a review",), TODAY) == ()


def _some(part: BriefPartRule, count: int) -> set[str]:
    return {one.held_by[0] for one in part.needs[:count]}


@pytest.mark.req("R24")
@pytest.mark.parametrize("part", PARTS, ids=lambda one: one.id)
def test_a_part_is_empty_thin_or_complete_by_its_needs(part: BriefPartRule) -> None:
    every = len(part.needs)
    assert readiness.readiness_state(part, set()) == "empty"
    assert {readiness.readiness_state(part, _some(part, some)) for some in range(1, every)} == {
        "thin"
    }
    assert readiness.readiness_state(part, _some(part, every)) == "complete"
    for need in part.needs:
        for name in need.held_by:
            assert readiness.needs_met(part, {name}) == (need,)


@pytest.mark.req("R25")
def test_the_budget_is_whole_and_an_open_need_never_costs_its_part_minutes() -> None:
    sizes = [range(len(one.needs) + 1) for one in PARTS]
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    for first in sizes[0]:
        for second in sizes[1]:
            for third in sizes[2]:
                counts = (first, second, third)
                held = set().union(*map(_some, PARTS, counts))
                shared[counts] = readiness.shared_minutes(PARTS, held)
    assert {sum(one) for one in shared.values()} == {120}
    assert min(min(one) for one in shared.values()) >= 5
    for counts, minutes in shared.items():
        for at in range(3):
            if counts[at]:
                fewer = tuple(one - (place == at) for place, one in enumerate(counts))
                assert shared[fewer][at] >= minutes[at]


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("agreement", [None, (), ("the coach",)])
def test_gaps_of_agreement(number: int, agreement: tuple[str, ...] | None) -> None:
    held = {readiness.BACKGROUND.needs[0].held_by[0], readiness.GOALS.needs[0].held_by[0]}
    found = readiness.preparation_gaps(held, agreement, number=number, client="sam")
    assert len(found) == (1 if agreement or (agreement is None and number > 1) else 0)


@pytest.mark.req("R116")
def test_only_a_yes_in_a_row_that_is_known_releases() -> None:
    said = {"sponsor": "Rail Parts", "consent": "1 March 2027"}
    for count in range(len(ROWS) + 1):
        for parts in combinations(ROWS, count):
            rows = [{"row": ROWS[one], "seen": "yes" if one in parts else "no"} for one in ROWS]
            assert released_parts(rows, said) == set(parts)
            assert bool(lacking_for_release(True, rows, said)) == (not parts)
    for row in (
        {"row": "The dates"},
        {"row": "The dates", "seen": "perhaps"},
        {"row": "Ratings", "seen": "yes"},
    ):
        assert released_parts([row], said) == frozenset()
        assert lacking_for_release(True, [row], said)
    yes = [{"row": "The dates", "seen": "yes"}]
    for lost in ({**said, "sponsor": " "}, {**said, "consent": "not yet"}, {}):
        assert released_parts(yes, lost) == frozenset()
        assert lacking_for_release(True, yes, lost)
    assert lacking_for_release(False, [], {}) == ("a coaching agreement",)
