"""Preparation judged by explicit tables: the stuck point, the audit, the parts of the brief."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from few import few
from trajplan.planning import readiness
from trajplan.planning.agreement import ROWS, Agreement, lacking_for_release, released_parts
from trajplan.planning.preparation_hints import (
    Accomplishment,
    audit_hints,
    is_counted,
    is_old,
    stuck_point_hint,
    vague,
)
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
        ("I'm stuck cos the night shift pays well, but I miss teaching", None),
        ("The reason is the night shift that pays well, but I miss teaching", None),
        ("I'm stuck. The pension is good here, but my boss passes me over.", None),
        ("I can't leave: my husband lost his job in May", "one_side"),
        ("I'm stuck. It is what it is.", "no_reason"),
        ("I'm stuck so long as the mortgage runs, but I miss the yard", None),
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
        ("Led the move", "", "Januar 2025", False, True),
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
    sizes = [range(len(part.needs) + 1) for part in PARTS]
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


DAY = dt.date(2027, 4, 1)
AGREED = Agreement(rows=(), sponsor="Rail Parts", consent="1 March 2027", parties=("Sam",))
DATES = ({"row": "The dates", "seen": "yes"},)


@pytest.mark.req("R116")
def test_only_a_yes_in_a_row_that_is_known_releases() -> None:
    for count in range(len(ROWS) + 1):
        for parts in combinations(ROWS, count):
            rows = [{"row": ROWS[part], "seen": "yes" if part in parts else "no"} for part in ROWS]
            agreement = replace(AGREED, rows=rows)
            assert released_parts(agreement, DAY) == set(parts)
            assert bool(lacking_for_release(agreement, DAY)) == (not parts)
    for row in (
        {"row": "The dates"},
        {"row": "The dates", "seen": "perhaps"},
        {"row": "The dates", "seen": "yes?"},
        {"row": "Ratings", "seen": "yes"},
    ):
        agreement = replace(AGREED, rows=[row])
        assert released_parts(agreement, DAY) == frozenset()
        assert lacking_for_release(agreement, DAY)
    for lost in ({"sponsor": " "}, {"consent": "not yet"}, {"consent": ""}, {"stray": "no"}):
        agreement = replace(AGREED, rows=DATES, **lost)
        assert released_parts(agreement, DAY) == frozenset()
        assert lacking_for_release(agreement, DAY)
    assert lacking_for_release(None, DAY) == ("a coaching agreement",)


WORDS_BESIDE = (
    *("not", "no", "refused", "withdrawn", "until", "unless", "if", "perhaps", "from", "yes", "?"),
    *("nicht", "kein", "abgelehnt", "widerrufen", "bis", "ab", "vor", "hasta", "retirado", "pas"),
    *("by", "before", "spätestens am", "bis zum", "para", "antes del", "avant", "retiré"),
    *("~~", "(", "✗", "<", "≥", "2 March 2027", "1 March 2028", "-"),
)


@pytest.mark.req("R158")
@pytest.mark.parametrize("word", few(WORDS_BESIDE, 12))
def test_any_word_beside_the_day_of_consent_holds_everything_back(word: str) -> None:
    for consent in (f"{word} 1 March 2027", f"1 March 2027 {word}", f"Sam {word} 1 March 2027"):
        agreement = replace(AGREED, rows=DATES, consent=consent)
        assert released_parts(agreement, DAY) == frozenset(), consent


@pytest.mark.req("R158")
@pytest.mark.parametrize(
    "consent", ["1 March 2027", "1 March 2027, Sam", "Sam 2027-03-01", "the 1st of March 2027"]
)
def test_a_plain_day_of_consent_releases(consent: str) -> None:
    assert released_parts(replace(AGREED, rows=DATES, consent=consent), DAY) == {"dates"}


@pytest.mark.req("R158")
@given(st.lists(st.sampled_from(["yes", "no", "", "Yes", "yes?"]), min_size=1, max_size=4))
def test_a_row_is_released_when_it_says_yes_every_time(answers: list[str]) -> None:
    rows = [{"row": "The dates", "seen": answer} for answer in answers]
    plain = all(answer.casefold() == "yes" for answer in answers)
    assert (released_parts(replace(AGREED, rows=rows), DAY) == {"dates"}) == plain
