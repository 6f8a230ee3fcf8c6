"""Which questions a segment asks: a provable optimum (SPEC, "Questions for a segment"; R57-R64).

Among all sets of eligible questions that fit the budget and the count, with at most one authored
sequence whole, pick the set with the greatest value: the sum of the questions' scores plus, per
level, the bonus its minutes earn toward the target mix. Equal values go to the set holding the
earliest question in the order of preference that the sets do not share.

The search is exact. Within a level, two questions of the same length differ only in score and
preference, so of each (level, minutes) group only the best `most` can matter. Per level a dynamic
programme over (count, minutes) finds the best set; the bonus depends on those minutes alone, so
combining three small tables finds the best whole. This is done once without a sequence and once
for every sequence that fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.vocabulary import LEVELS
from trajplan.planning.mix import bonus
from trajplan.planning.questions import RankedQuestion

SEQUENCE_SCORE = 16
"""What an authored sequence earns for being one: its questions were written to follow each other,
which no sum of single scores can see."""

Key = tuple[int, int]
"""(value, preference): compared in this order; both add up, which is what the programme needs."""
State = tuple[int, int]
"""(count, minutes) of a set."""
BestSet = tuple[Key, tuple[RankedQuestion, ...]]


class SequenceBid(Struct, frozen=True):
    """A sequence that may be taken whole, its members in the authored order."""

    id: str
    members: tuple[RankedQuestion, ...]


class SegmentBudget(Struct, frozen=True):
    """What a segment can take: `minutes`, `most` questions, at most `caps[level]` of a level;
    `already` minutes by level planned earlier, and the `target` percent by level."""

    minutes: int
    most: int
    already: Mapping[str, int]
    target: Mapping[str, int]
    caps: Mapping[str, int]


class Selection(Struct, frozen=True):
    """The chosen questions in the order they are asked, the sequence among them, the value."""

    questions: tuple[RankedQuestion, ...]
    sequence: str
    value: int


def select(
    singles: Sequence[RankedQuestion],
    bids: Sequence[SequenceBid],
    budget: SegmentBudget,
    requests: Sequence[RankedQuestion] = (),
) -> Selection:
    """Return the best choice that holds all `requests`; empty when nothing fits.

    The caller sees to it that the requested questions themselves fit.
    """
    pool = (*singles, *requests, *(member for bid in bids for member in bid.members))
    size = 1 + max((question.rank for question in pool), default=0)
    best: tuple[Key, Selection] | None = None
    for bid in (None, *bids):
        rival = _best_with(bid, singles, requests, budget, size)
        if rival and (best is None or rival[0] > best[0]):
            best = rival
    if best is None:
        raise AssertionError("the requested questions do not fit")
    return best[1]


def _best_with(
    bid: SequenceBid | None,
    singles: Sequence[RankedQuestion],
    requests: Sequence[RankedQuestion],
    budget: SegmentBudget,
    size: int,
) -> tuple[Key, Selection] | None:
    """The best choice that holds exactly this sequence, or None when the sequence does not fit."""
    members = bid.members if bid else ()
    core = (*members, *requests)
    rest = _left_beside(core, budget)
    clash = any(question in members or not _fits_around(question, members) for question in requests)
    if clash or rest is None:
        return None
    free = [
        question for question in singles if question not in core and _fits_around(question, members)
    ]
    key, extras = _best_singles(free, rest, size)
    value = key[0] + sum(question.score for question in core) + (SEQUENCE_SCORE if bid else 0)
    preference = key[1] + sum(_weight(question, size) for question in core)
    order = _in_order((*extras, *requests), members)
    # What the fixed questions earn toward the mix counts too.
    value += _mix_bonus(core, budget)
    return (value, preference), Selection(order, bid.id if bid else "", value)


def _left_beside(core: Sequence[RankedQuestion], budget: SegmentBudget) -> SegmentBudget | None:
    """What the segment can take besides questions that are set, or None when they are too much."""
    caps = {level: budget.caps.get(level, budget.most) for level in LEVELS}
    already = {level: budget.already.get(level, 0) for level in LEVELS}
    for question in core:
        caps[question.level] -= 1
        already[question.level] += question.minutes
    minutes = budget.minutes - sum(question.minutes for question in core)
    most = budget.most - len(core)
    if minutes < 0 or most < 0 or min(caps.values()) < 0:
        return None
    return replace(budget, minutes=minutes, most=most, already=already, caps=caps)


def _mix_bonus(questions: Sequence[RankedQuestion], budget: SegmentBudget) -> int:
    """What the minutes of these questions earn toward the target mix."""
    total = 0
    for level in LEVELS:
        minutes = sum(question.minutes for question in questions if question.level == level)
        total += bonus(budget.target[level], budget.already.get(level, 0), minutes)
    return total


def _best_singles(free: Sequence[RankedQuestion], rest: SegmentBudget, size: int) -> BestSet:
    """The best set of single questions for what is left of a segment."""
    table: dict[State, BestSet] = {(0, 0): ((0, 0), ())}
    for level in LEVELS:
        sets = _level_sets(
            [question for question in free if question.level == level],
            rest.minutes,
            min(rest.most, rest.caps[level]),
            size,
        )
        rows = [
            (
                state,
                (key[0] + bonus(rest.target[level], rest.already[level], state[1]), key[1]),
                questions,
            )
            for state, (key, questions) in sets.items()
        ]
        table = _combine(table, rows, rest.minutes, rest.most)
    return max(table.values(), key=lambda best: best[0])


def _in_order(
    singles: Sequence[RankedQuestion], members: Sequence[RankedQuestion]
) -> tuple[RankedQuestion, ...]:
    """Singles in their places around the sequence, which stays in one piece (R63, R64)."""
    order = sorted(singles, key=lambda question: (question.place, question.rank))
    if not members:
        return tuple(order)
    before = [question for question in order if question.place <= members[0].place]
    return (*before, *members, *(question for question in order if question not in before))


def _fits_around(question: RankedQuestion, members: Sequence[RankedQuestion]) -> bool:
    """Whether a single question can stand before or after the sequence without breaking R64.

    Strictly between its first and last place it would have to be asked in the middle.
    """
    return not members or question.place <= members[0].place or question.place >= members[-1].place


def _weight(question: RankedQuestion, size: int) -> int:
    """Binary weights make the comparison of sums a comparison of sets, earliest rank first."""
    return 1 << (size - question.rank)


def _level_sets(
    questions: Sequence[RankedQuestion], budget: int, most: int, size: int
) -> dict[State, BestSet]:
    """The best set of one level for each reachable (count, minutes)."""
    table: dict[State, BestSet] = {(0, 0): ((0, 0), ())}
    for question in _best_of_each_length(questions, most):
        gain = (question.score, _weight(question, size))
        # Larger counts first, so that a question is taken at most once.
        for (count, minutes), (key, picks) in sorted(table.items(), reverse=True):
            state = (count + 1, minutes + question.minutes)
            if state[0] > most or state[1] > budget:
                continue
            better = (key[0] + gain[0], key[1] + gain[1])
            if state not in table or better > table[state][0]:
                table[state] = (better, (*picks, question))
    return table


def _best_of_each_length(questions: Sequence[RankedQuestion], most: int) -> list[RankedQuestion]:
    """Of each length the best `most` by score and preference: no optimum needs another."""
    groups: dict[int, list[RankedQuestion]] = {}
    for question in sorted(questions, key=lambda question: (-question.score, question.rank)):
        group = groups.setdefault(question.minutes, [])
        if len(group) < most:
            group.append(question)
    return [question for minutes in sorted(groups) for question in groups[minutes]]


def _combine(
    table: Mapping[State, BestSet],
    rows: Sequence[tuple[State, Key, tuple[RankedQuestion, ...]]],
    budget: int,
    most: int,
) -> dict[State, BestSet]:
    """Join the best sets so far with the best sets of one more level."""
    result: dict[State, BestSet] = {}
    for (count, minutes), (key, questions) in table.items():
        for (more, longer), gain, extras in rows:
            state = (count + more, minutes + longer)
            if state[0] > most or state[1] > budget:
                continue
            better = (key[0] + gain[0], key[1] + gain[1])
            if state not in result or better > result[state][0]:
                result[state] = (better, (*questions, *extras))
    return result
