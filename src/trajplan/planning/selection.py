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

from trajplan.content.vocabulary import LEVELS
from trajplan.planning.mix import bonus

SEQUENCE_SCORE = 16
"""What an authored sequence earns for being one: its questions were written to follow each other,
which no sum of single scores can see."""

Key = tuple[int, int]
"""(value, preference): compared in this order; both add up, which is what the programme needs."""
State = tuple[int, int]
"""(count, minutes) of a set."""


class Candidate(Struct, frozen=True):
    """An eligible question with its score. `rank` is its place in the order of preference: 0 is
    the question least recently used in the whole caseload, then by bank and position."""

    id: str
    level: str
    breadth: int
    minutes: int
    score: int
    rank: int

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in a segment: wide before specific, then by level (R64)."""
        return (-self.breadth, LEVELS.index(self.level))


class SequenceBid(Struct, frozen=True):
    """A sequence that may be taken whole, its members in the authored order."""

    id: str
    members: tuple[Candidate, ...]


class SegmentBudget(Struct, frozen=True):
    """What a segment can take: `budget` minutes, `most` questions, at most `caps[level]` of a
    level; `already` minutes by level planned earlier, and the `target` percent by level."""

    budget: int
    most: int
    already: Mapping[str, int]
    target: Mapping[str, int]
    caps: Mapping[str, int]


class Selection(Struct, frozen=True):
    """The chosen questions in the order they are asked, the sequence among them, the value."""

    questions: tuple[Candidate, ...]
    sequence: str
    value: int


def select(
    singles: Sequence[Candidate],
    bids: Sequence[SequenceBid],
    room: SegmentBudget,
    wanted: Sequence[Candidate] = (),
) -> Selection:
    """Return the best choice that holds all `wanted` questions; empty when nothing fits.

    The caller sees to it that the wanted questions themselves fit.
    """
    pool = (*singles, *wanted, *(member for bid in bids for member in bid.members))
    size = 1 + max((one.rank for one in pool), default=0)
    best: tuple[Key, Selection] | None = None
    for bid in (None, *bids):
        found = _with(bid, singles, wanted, room, size)
        if found and (best is None or found[0] > best[0]):
            best = found
    if best is None:
        raise AssertionError("the wanted questions do not fit")
    return best[1]


def _with(
    bid: SequenceBid | None,
    singles: Sequence[Candidate],
    wanted: Sequence[Candidate],
    room: SegmentBudget,
    size: int,
) -> tuple[Key, Selection] | None:
    """The best choice that holds exactly this sequence, or None when the sequence does not fit."""
    members = bid.members if bid else ()
    fixed = (*members, *wanted)
    budget = room.budget - sum(one.minutes for one in fixed)
    most = room.most - len(fixed)
    caps = {level: room.caps.get(level, room.most) for level in LEVELS}
    for one in fixed:
        caps[one.level] -= 1
    clash = any(one in members or not _beside(one, members) for one in wanted)
    if clash or budget < 0 or most < 0 or min(caps.values()) < 0:
        return None
    free = [one for one in singles if one not in fixed and _beside(one, members)]
    table: dict[State, tuple[Key, tuple[Candidate, ...]]] = {(0, 0): ((0, 0), ())}
    for level in LEVELS:
        start = sum(one.minutes for one in fixed if one.level == level)
        sets = _level_sets(
            [one for one in free if one.level == level], budget, min(most, caps[level]), size
        )
        rows = [
            (state, (key[0] + _gain(room, level, start + state[1]), key[1]), chosen)
            for state, (key, chosen) in sets.items()
        ]
        table = _combined(table, rows, budget, most)
    key, chosen = max(table.values(), key=lambda row: row[0])
    value = key[0] + sum(one.score for one in fixed) + (SEQUENCE_SCORE if bid else 0)
    preference = key[1] + sum(_weight(one, size) for one in fixed)
    ordered = _arranged((*chosen, *wanted), members)
    return (value, preference), Selection(ordered, bid.id if bid else "", value)


def _arranged(singles: Sequence[Candidate], members: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Singles in their places around the sequence, which stays in one piece (R63, R64)."""
    ordered = sorted(singles, key=lambda one: (one.place, one.rank))
    if not members:
        return tuple(ordered)
    before = [one for one in ordered if one.place <= members[0].place]
    return (*before, *members, *(one for one in ordered if one not in before))


def _gain(room: SegmentBudget, level: str, minutes: int) -> int:
    return bonus(room.target[level], room.already.get(level, 0), minutes)


def _beside(one: Candidate, members: Sequence[Candidate]) -> bool:
    """Whether a single question can stand before or after the sequence without breaking R64.

    Strictly between its first and last place it would have to be asked in the middle.
    """
    return not members or one.place <= members[0].place or one.place >= members[-1].place


def _weight(one: Candidate, size: int) -> int:
    """Binary weights make the comparison of sums a comparison of sets, earliest rank first."""
    return 1 << (size - one.rank)


def _level_sets(
    questions: Sequence[Candidate], budget: int, most: int, size: int
) -> dict[State, tuple[Key, tuple[Candidate, ...]]]:
    """The best set of one level for each reachable (count, minutes)."""
    table: dict[State, tuple[Key, tuple[Candidate, ...]]] = {(0, 0): ((0, 0), ())}
    for one in _worth_a_look(questions, most):
        gain = (one.score, _weight(one, size))
        # Larger counts first, so that a question is taken at most once.
        for (count, minutes), (key, chosen) in sorted(table.items(), reverse=True):
            state = (count + 1, minutes + one.minutes)
            if state[0] > most or state[1] > budget:
                continue
            better = (key[0] + gain[0], key[1] + gain[1])
            if state not in table or better > table[state][0]:
                table[state] = (better, (*chosen, one))
    return table


def _worth_a_look(questions: Sequence[Candidate], most: int) -> list[Candidate]:
    """Of each length the best `most` by score and preference: no optimum needs another."""
    groups: dict[int, list[Candidate]] = {}
    for one in sorted(questions, key=lambda one: (-one.score, one.rank)):
        group = groups.setdefault(one.minutes, [])
        if len(group) < most:
            group.append(one)
    return [one for minutes in sorted(groups) for one in groups[minutes]]


def _combined(
    table: Mapping[State, tuple[Key, tuple[Candidate, ...]]],
    rows: Sequence[tuple[State, Key, tuple[Candidate, ...]]],
    budget: int,
    most: int,
) -> dict[State, tuple[Key, tuple[Candidate, ...]]]:
    """Join the best sets so far with the best sets of one more level."""
    result: dict[State, tuple[Key, tuple[Candidate, ...]]] = {}
    for (count, minutes), (key, chosen) in table.items():
        for (more, longer), gain, added in rows:
            state = (count + more, minutes + longer)
            if state[0] > most or state[1] > budget:
                continue
            better = (key[0] + gain[0], key[1] + gain[1])
            if state not in result or better > result[state][0]:
                result[state] = (better, (*chosen, *added))
    return result
