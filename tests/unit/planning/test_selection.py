"""Selection: the chosen set against an oracle that looks at every subset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from trajplan.content.model import Question
from trajplan.planning.mix import PULL
from trajplan.planning.questions import RankedQuestion
from trajplan.planning.selection import (
    SEQUENCE_SCORE,
    SegmentBudget,
    Selection,
    SequenceBid,
    hangs_together,
    select,
)
from trajplan.vocabulary import LEVELS

BUDGET = SegmentBudget(minutes=20, most=4, already={}, target=dict.fromkeys(LEVELS, 0), caps={})


def services(questions: Iterable[RankedQuestion]) -> int:
    """The services of a set, as bits: 1 for the segment's own, 2 for today's topic (R121)."""
    return sum(bit for bit in (1, 2) if any(question.service & bit for question in questions))


def question(rank: int, score: int = 0, service: int = 0, **changes: Any) -> RankedQuestion:
    values: dict[str, Any] = {
        "level": "analytical",
        "breadth": 3,
        "minutes": 4,
        "text": f"Question {rank}?",
        **changes,
    }
    written = Question(id=f"q{rank}", **values)
    return RankedQuestion(rank=rank, question=written, bank="bank", score=score, service=service)


def place(ranked: RankedQuestion) -> tuple[int, int]:
    levels = ("informational", "analytical", "transformational")
    return (-ranked.question.breadth, levels.index(ranked.level))


def rank_of(ranked: RankedQuestion) -> int:
    return ranked.rank


def ranks(questions: Iterable[RankedQuestion]) -> set[int]:
    return {ranked.rank for ranked in questions}


def bonus(percent: int, already: int, added: int) -> int:
    """R61: V(n) = sum over k <= n of floor(W*percent / (2k - 1))."""
    return sum(PULL * percent // (2 * k - 1) for k in range(already + 1, already + added + 1))


@dataclass(frozen=True)
class Case:
    singles: tuple[RankedQuestion, ...]
    bids: tuple[SequenceBid, ...]
    budget: SegmentBudget
    requests: tuple[RankedQuestion, ...]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    pool = [
        question(
            rank,
            level=draw(st.sampled_from(LEVELS)),
            breadth=draw(st.integers(1, 5)),
            minutes=draw(st.integers(2, 5)),
            score=draw(st.integers(-6, SEQUENCE_SCORE)),
            service=draw(st.sampled_from([0, 0, 0, 1, 1, 2, 2, 3])),
            leans_on=draw(st.sampled_from(["", "", "", "answer", "step", "option"])),
            gives=draw(st.sampled_from([(), (), (), ("step",), ("option", "step")])),
            text=draw(st.sampled_from(["What is it?", "How is it?", "Who was it?"])),
        )
        for rank in range(draw(st.integers(0, 8)))
    ]
    bids = []
    for number in range(draw(st.integers(0, 3)) if len(pool) > 1 else 0):
        members = draw(st.lists(st.sampled_from(pool), min_size=2, max_size=3, unique_by=rank_of))
        bids.append(SequenceBid(f"s{number}", tuple(sorted(members, key=place))))
    shares = draw(st.sampled_from([(25, 40, 35), (10, 35, 55), (0, 0, 100), (34, 33, 33)]))
    budget = SegmentBudget(
        minutes=draw(st.integers(0, 22)),
        most=draw(st.integers(0, 5)),
        already=dict(zip(LEVELS, draw(st.tuples(*[st.integers(0, 12)] * 3)), strict=True)),
        target=dict(zip(LEVELS, shares, strict=True)),
        caps=draw(st.sampled_from([{}, {}, {"transformational": 1}, {"transformational": 0}])),
        supplied=draw(st.sampled_from([frozenset(), frozenset({"answer"}), frozenset({"step"})])),
        openings=draw(st.sampled_from([{}, {}, {"what is": 1}, {"what is": 0, "how is": 2}])),
    )
    requests: tuple[RankedQuestion, ...] = ()
    if pool and draw(st.booleans()):
        requests = tuple(
            draw(st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique_by=rank_of))
        )
    if requests and draw(st.booleans()):
        # As `--with` does: what is asked for stands apart from what may be picked.
        pool = [candidate for candidate in pool if candidate not in requests]
        bids = [bid for bid in bids if not ranks(bid.members) & ranks(requests)]
    return Case(tuple(pool), tuple(bids), budget, requests)


def asked_in(
    case: Case, picked: Sequence[RankedQuestion], bid: SequenceBid | None
) -> list[RankedQuestion] | None:
    """The order these would be asked in, or None when they break a rule together."""
    members = list(bid.members) if bid else []
    singles = {ranked.rank: ranked for ranked in (*picked, *case.requests)}
    alone = sorted(
        (ranked for ranked in singles.values() if ranked not in members),
        key=lambda ranked: (place(ranked), ranked.rank),
    )
    if any(request in members for request in case.requests):
        return None
    order = alone
    if members:
        before = [candidate for candidate in alone if place(candidate) <= place(members[0])]
        order = [*before, *members, *(candidate for candidate in alone if candidate not in before)]
    places = [place(candidate) for candidate in order]
    fits = (
        places == sorted(places)
        and len(order) <= case.budget.most
        and sum(candidate.minutes for candidate in order) <= case.budget.minutes
        and all(
            sum(candidate.level == level for candidate in order) <= most
            for level, most in case.budget.caps.items()
        )
        and all(
            sum(
                candidate.question.text.lower().startswith(opening)
                for candidate in order
                if candidate not in case.requests
            )
            <= most
            for opening, most in case.budget.openings.items()
        )
        and on_the_table(case, order, members)
    )
    return order if fits else None


def on_the_table(
    case: Case, order: Sequence[RankedQuestion], members: Sequence[RankedQuestion]
) -> bool:
    """R122, said once more: first never on an answer; then on what the first gave; inside a
    sequence on what its own questions gave; what was asked for is the coach's to know."""
    for index, one in enumerate(order):
        wanted = one.question.leans_on
        if not wanted or one in case.requests or wanted in case.budget.supplied:
            continue
        if index and (wanted == "answer" or wanted in order[0].question.gives):
            continue
        earlier = members[: members.index(one)] if one in members else []
        if not any(wanted in ("answer", *before.question.gives) for before in earlier):
            return False
    return True


def value(case: Case, order: Sequence[RankedQuestion], bid: SequenceBid | None) -> int:
    total = sum(candidate.score for candidate in order) + (SEQUENCE_SCORE if bid else 0)
    for level in LEVELS:
        added = sum(candidate.minutes for candidate in order if candidate.level == level)
        total += bonus(case.budget.target[level], case.budget.already.get(level, 0), added)
    return total


Found = tuple[tuple[int, int], set[int]]
"""Service and value of a set, and its ranks."""


def better(one: Found, other: Found) -> bool:
    """Better service (R121), then greater value; of equals the set with the earliest rank the two
    do not share."""
    if one[0] != other[0]:
        return one[0] > other[0]
    apart = one[1] ^ other[1]
    return bool(apart) and min(apart) in one[1]


def oracle(case: Case) -> Found | None:
    best: Found | None = None
    for bid in (None, *case.bids):
        free = [
            candidate for candidate in case.singles if bid is None or candidate not in bid.members
        ]
        subsets = chain.from_iterable(combinations(free, size) for size in range(len(free) + 1))
        for picked in subsets:
            order = asked_in(case, picked, bid)
            if order is not None:
                service = services(order)
                found = (
                    (service, value(case, order, bid)),
                    {candidate.rank for candidate in order},
                )
                if best is None or better(found, best):
                    best = found
    return best


def chosen(case: Case) -> Selection | None:
    try:
        return select(case.singles, case.bids, case.budget, case.requests)
    except AssertionError:
        return None


@pytest.mark.req("R61", "R62", "R121", "R122")
@given(case=cases())
def test_choice_is_the_optimum(case: Case) -> None:
    expected, got = oracle(case), chosen(case)
    assert (expected is None) == (got is None)
    if expected is not None and got is not None:
        service = services(got.questions)
        assert ((service, got.value), {question.rank for question in got.questions}) == expected


@pytest.mark.req("R63", "R64")
@given(case=cases())
def test_choice_keeps_every_rule(case: Case) -> None:
    got = chosen(case)
    if got is None:
        # Only what was asked for can be too much; without it the empty choice always stands.
        assert case.requests
        return
    order = got.questions
    assert len(ranks(order)) == len(order) <= case.budget.most
    assert sum(candidate.minutes for candidate in order) <= case.budget.minutes
    for level, most in case.budget.caps.items():
        assert sum(candidate.level == level for candidate in order) <= most
    assert ranks(case.requests) <= ranks(order)
    breadths = [candidate.question.breadth for candidate in order]
    assert breadths == sorted(breadths, reverse=True)
    for one, following in pairwise(order):
        if one.question.breadth == following.question.breadth:
            assert LEVELS.index(one.level) <= LEVELS.index(following.level)
    if got.sequence:
        members = next(bid.members for bid in case.bids if bid.id == got.sequence)
        first = order.index(members[0])
        assert order[first : first + len(members)] == members


@pytest.mark.req("R121")
def test_a_question_at_home_is_among_the_chosen_whatever_the_others_are_worth() -> None:
    pool = [question(0, score=9), question(1, score=9), question(2, score=-5, service=1)]
    got = select(pool, (), replace(BUDGET, most=2))
    assert [question.id for question in got.questions] == ["q0", "q2"]
    of_the_topic = question(3, score=-9, service=2)
    got = select([*pool, of_the_topic], (), replace(BUDGET, most=1))
    assert [question.id for question in got.questions] == ["q3"]
    # One that does not fit holds nobody up.
    got = select(
        [*pool, replace(of_the_topic, question=question(3, minutes=30).question)], (), BUDGET
    )
    assert {question.id for question in got.questions} == {"q0", "q1", "q2"}


@pytest.mark.req("R122")
def test_nothing_is_asked_about_what_is_not_on_the_table() -> None:
    leaning = question(0, score=9, leans_on="answer")
    assert select([leaning], (), BUDGET).questions == ()
    assert select([leaning], (), replace(BUDGET, supplied=frozenset({"answer"}))).questions
    # Something before it is enough, and only before it.
    wider, narrower = question(1, breadth=4), question(2, breadth=2)
    assert select([leaning, wider], (), BUDGET).questions == (wider, leaning)
    assert select([leaning, narrower], (), BUDGET).questions == (narrower,)
    # What leans on the step waits for the question that chooses it.
    on_step = question(0, score=9, breadth=2, leans_on="step")
    assert select([on_step, wider], (), BUDGET).questions == (wider,)
    choosing = question(3, score=-2, breadth=4, gives=("step",))
    assert select([on_step, choosing], (), BUDGET).questions == (choosing, on_step)
    assert hangs_together([choosing, on_step], ())
    assert not hangs_together([wider, on_step], ())


def test_the_mix_pulls_toward_its_target() -> None:
    budget = replace(BUDGET, target={"informational": 0, "analytical": 20, "transformational": 80})
    pool = [question(0, score=1), question(1, level="transformational")]
    got = select(pool, (), replace(budget, most=1))
    assert [question.id for question in got.questions] == ["q1"]
    # What was planned earlier counts: enough of the one, and the other has its turn.
    sated = replace(budget, most=1, already={"transformational": 60})
    assert [question.id for question in select(pool, (), sated).questions] == ["q0"]


def test_equal_values_go_to_the_earlier_in_preference() -> None:
    pool = [question(rank) for rank in (3, 1, 2)]
    got = select(pool, (), replace(BUDGET, most=1))
    assert [question.rank for question in got.questions] == [1]
    # Holding the earliest rank beats holding two later ones of the same value.
    pool = [question(0, minutes=8, score=4), question(1, score=2), question(2, score=2)]
    got = select(pool, (), replace(BUDGET, minutes=8))
    assert [question.rank for question in got.questions] == [0]


@pytest.mark.req("R63")
def test_a_sequence_earns_something_for_being_one() -> None:
    members = (question(2, breadth=4), question(3, breadth=2))
    rivals = [question(0, score=SEQUENCE_SCORE - 1), question(1)]
    budget = replace(BUDGET, minutes=8, most=2)
    got = select([*rivals, *members], [SequenceBid("pair", members)], budget)
    assert (got.sequence, [question.rank for question in got.questions]) == ("pair", [2, 3])
    dearer = [replace(candidate, score=SEQUENCE_SCORE) for candidate in rivals]
    assert select([*dearer, *members], [SequenceBid("pair", members)], budget).sequence == ""


def test_a_sequence_is_never_taken_in_part() -> None:
    members = (question(0, breadth=4), question(1, breadth=3), question(2, breadth=2))
    got = select(members, [SequenceBid("three", members)], replace(BUDGET, minutes=8))
    assert (got.sequence, len(got.questions)) == ("", 2)


@pytest.mark.parametrize("breadth", [4, 3, 2])
def test_singles_stand_beside_a_sequence_only(breadth: int) -> None:
    members = (question(1, breadth=4, score=9), question(2, breadth=2, score=9))
    single = question(0, breadth=breadth, score=1)
    got = select([single, *members], [SequenceBid("pair", members)], BUDGET)
    # As a sequence they earn more than the single adds; strictly between it has no place.
    assert got.sequence == "pair"
    assert (single in got.questions) == (breadth != 3)


def test_caps_hold_a_level_back() -> None:
    deep = [question(rank, level="transformational", score=5) for rank in range(3)]
    assert len(select(deep, (), BUDGET).questions) == 3
    got = select(deep, (), replace(BUDGET, caps={"transformational": 1}))
    assert [question.rank for question in got.questions] == [0]


def test_what_is_asked_for_is_there_whatever_it_is_worth() -> None:
    poor = question(5, score=-50)
    rich = [question(rank, score=9) for rank in range(4)]
    got = select(rich, (), replace(BUDGET, most=2), [poor])
    assert [question.rank for question in got.questions] == [0, 5]


def test_nothing_is_chosen_where_nothing_fits() -> None:
    got = select([question(0, minutes=5)], (), replace(BUDGET, minutes=4))
    assert got == Selection((), "", 0)
