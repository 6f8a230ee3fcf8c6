"""Which questions a segment asks: a provable optimum (R57, R61, R63, R64).

Among all sets of eligible questions that fit the budget and the count, with at most one authored
sequence whole, and in which nothing speaks of what is not yet on the table (R122), pick those that
serve the segment best: a set with a question of today's topic that serves the segment and one at
home there, before one with the first, before one with the second, before any other (R121). Among
these pick the set with the
greatest value: the sum of the questions' scores plus, per level, the bonus its minutes earn toward
the target mix. Equal values go to the set holding the earliest question in the order of preference
that the sets do not share.

The search is exact. Within a level, two questions of the same length and service differ only in
score and preference, so of each (level, minutes, service) group only the best `most` can matter.
Per level a dynamic programme over (count, minutes, service) finds the best set; the bonus depends
on those minutes alone, so combining three small tables finds the best whole. This is done once
without a sequence and once for every sequence that fits. What a question leans on is looked at
last: where the best set leans on nothing that is missing, no other can be better. Otherwise the
question in the first place is enumerated, and the best set is found among those that may follow it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce

from msgspec import Struct
from msgspec.structs import replace

from trajplan.planning.mix import bonus
from trajplan.planning.questions import RankedQuestion
from trajplan.vocabulary import LEVELS

SEQUENCE_SCORE = 24
"""What an authored sequence earns for being one: its questions were written to follow each other,
which no sum of single scores can see."""

Key = tuple[int, int]
"""(value, preference): compared in this order; both add up, which is what the programme needs."""
State = tuple[int, int, int, tuple[int, ...]]
"""(count, minutes, service, how many begin with each held-back opening) of a set."""
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
    supplied: frozenset[str] = frozenset()
    """What is on the table when the first question is asked (R122)."""
    openings: Mapping[str, int] = {}
    """How many questions may begin with these first two words; others as many as there are."""


class Selection(Struct, frozen=True):
    """The chosen questions in the order they are asked, the sequence among them, the value."""

    questions: tuple[RankedQuestion, ...]
    sequence: str
    value: int


class Choice(Struct, frozen=True):
    """A selection with what it is compared by: service, value, preference."""

    key: tuple[int, Key]
    selection: Selection


def select(
    singles: Sequence[RankedQuestion],
    bids: Sequence[SequenceBid],
    budget: SegmentBudget,
    requests: Sequence[RankedQuestion] = (),
) -> Selection:
    """Return the best choice that holds all `requests`; empty when nothing fits.

    The caller sees to it that the requested questions themselves fit. They may lean on what they
    like and begin as they like: the coach knows why.
    """
    pool = (*singles, *requests, *(member for bid in bids for member in bid.members))
    size = 1 + max((question.rank for question in pool), default=0)
    best: Choice | None = None
    for bid in (None, *bids):
        attempt = _Attempt(
            bid.id if bid else "", bid.members if bid else (), requests, budget, size
        )
        best = attempt.better_than(best, singles)
    if best is None:
        raise AssertionError("the requested questions do not fit")
    return best.selection


def hangs_together(
    order: Sequence[RankedQuestion],
    supplied: Collection[str],
    sequence: Collection[RankedQuestion] = (),
    requests: Collection[RankedQuestion] = (),
) -> bool:
    """Whether nothing is asked about what is not on the table by then (R122).

    On the table is what was `supplied` before, what the first question gives and any answer after
    it; inside a sequence also what its earlier questions give.
    """
    in_sequence: set[str] = set()
    for index, question in enumerate(order):
        table = {*supplied, *(("answer", *order[0].gives) if index else ())}
        if question in sequence:
            table |= in_sequence
            in_sequence |= {"answer", *question.gives}
        if question.leans_on and question.leans_on not in table and question not in requests:
            return False
    return True


class _Attempt(Struct, frozen=True):
    """The search for the best choice that holds exactly one sequence, or none."""

    sequence: str
    members: tuple[RankedQuestion, ...]
    requests: Sequence[RankedQuestion]
    budget: SegmentBudget
    size: int

    def better_than(self, best: Choice | None, singles: Sequence[RankedQuestion]) -> Choice | None:
        """The better of `best` and this attempt's own best choice."""
        core = (*self.members, *self.requests)
        if any(
            question in self.members or not _fits_around(question, self.members)
            for question in self.requests
        ):
            return best
        free = [
            question
            for question in singles
            if question not in core and _fits_around(question, self.members)
        ]
        bound = self._solve(core, free)
        if bound is None or (best and bound.key <= best.key):
            return best
        if self._hangs_together(bound):
            return bound
        for rival in self._by_first_place(core, free):
            if (best is None or rival.key > best.key) and self._hangs_together(rival):
                best = rival
        return best

    def _by_first_place(
        self, core: Sequence[RankedQuestion], free: Sequence[RankedQuestion]
    ) -> Iterator[Choice]:
        """The best choice for each question that may be asked first, and the one without any."""
        if not core:
            yield Choice((0, (0, 0)), Selection((), "", 0))
        for first in (*core, *free):
            place = self._position(first)
            if any(self._position(question) < place for question in core):
                continue
            table = {"", "answer", *self.budget.supplied, *first.gives}
            later = [
                question
                for question in free
                if self._position(question) > place and question.leans_on in table
            ]
            choice = self._solve(core if first in core else (*core, first), later)
            if choice:
                yield choice

    def _hangs_together(self, choice: Choice) -> bool:
        order = choice.selection.questions
        return hangs_together(order, self.budget.supplied, self.members, self.requests)

    def _position(self, question: RankedQuestion) -> tuple[int, tuple[int, int], int]:
        """Where it is asked, compared with others of the same choice."""
        if question in self.members:
            return (1, (0, 0), self.members.index(question))
        before = not self.members or question.place <= self.members[0].place
        return (0 if before else 2, question.place, question.rank)

    def _solve(
        self, core: Sequence[RankedQuestion], free: Sequence[RankedQuestion]
    ) -> Choice | None:
        """The best choice that holds `core`, or None when that does not fit."""
        rest = self._left_beside(core)
        if rest is None:
            return None
        service, key, extras = _best_singles(free, rest, self.size, _service(core))
        value = key[0] + sum(question.score for question in core)
        # What the fixed questions earn toward the mix counts too.
        value += _mix_bonus(core, self.budget) + (SEQUENCE_SCORE if self.members else 0)
        preference = key[1] + sum(_weight(question, self.size) for question in core)
        order = sorted((*extras, *core), key=self._position)
        return Choice((service, (value, preference)), Selection(tuple(order), self.sequence, value))

    def _left_beside(self, core: Sequence[RankedQuestion]) -> SegmentBudget | None:
        """What the segment can take besides questions that are set; None when they are too much."""
        budget = self.budget
        caps = {level: budget.caps.get(level, budget.most) for level in LEVELS}
        already = {level: budget.already.get(level, 0) for level in LEVELS}
        openings = dict(budget.openings)
        for question in core:
            caps[question.level] -= 1
            already[question.level] += question.minutes
            if question.opening in openings and question not in self.requests:
                openings[question.opening] -= 1
        minutes = budget.minutes - sum(question.minutes for question in core)
        most = budget.most - len(core)
        if minutes < 0 or most < 0 or min((*caps.values(), *openings.values())) < 0:
            return None
        return replace(
            budget, minutes=minutes, most=most, already=already, caps=caps, openings=openings
        )


def _service(questions: Sequence[RankedQuestion]) -> int:
    """The services of a set: those of all its questions."""
    return reduce(int.__or__, (question.service for question in questions), 0)


def _mix_bonus(questions: Sequence[RankedQuestion], budget: SegmentBudget) -> int:
    """What the minutes of these questions earn toward the target mix."""
    total = 0
    for level in LEVELS:
        minutes = sum(question.minutes for question in questions if question.level == level)
        total += bonus(budget.target[level], budget.already.get(level, 0), minutes)
    return total


def _best_singles(
    free: Sequence[RankedQuestion], rest: SegmentBudget, size: int, service: int
) -> tuple[int, Key, tuple[RankedQuestion, ...]]:
    """The best set of single questions for what is left of a segment, with the service it has
    together with what is set already."""
    none = (0,) * len(rest.openings)
    table: dict[State, BestSet] = {(0, 0, service, none): ((0, 0), ())}
    for level in LEVELS:
        sets = _level_sets(
            [question for question in free if question.level == level],
            rest,
            min(rest.most, rest.caps[level]),
            size,
        )
        rows = {
            state: (
                (key[0] + bonus(rest.target[level], rest.already[level], state[1]), key[1]),
                questions,
            )
            for state, (key, questions) in sets.items()
        }
        table = _combine(table, rows, rest)
    state, (key, questions) = max(table.items(), key=lambda row: (row[0][2], row[1][0]))
    return state[2], key, questions


def _fits_around(question: RankedQuestion, members: Sequence[RankedQuestion]) -> bool:
    """Whether a single question can stand before or after the sequence without breaking R64.

    Strictly between its first and last place it would have to be asked in the middle.
    """
    return not members or question.place <= members[0].place or question.place >= members[-1].place


def _weight(question: RankedQuestion, size: int) -> int:
    """Binary weights make the comparison of sums a comparison of sets, earliest rank first."""
    return 1 << (size - question.rank)


def _level_sets(
    questions: Sequence[RankedQuestion], rest: SegmentBudget, most: int, size: int
) -> dict[State, BestSet]:
    """The best set of one level for each state that can be reached."""
    openings = tuple(rest.openings)
    none = (0,) * len(openings)
    table: dict[State, BestSet] = {(0, 0, 0, none): ((0, 0), ())}
    for question in _best_of_each_class(questions, most, openings):
        gain = (question.score, _weight(question, size))
        step = tuple(int(opening == question.opening) for opening in openings)
        alone: State = (1, question.minutes, question.service, step)
        # Larger counts first, so that a question is taken at most once.
        for before, (key, picks) in sorted(table.items(), key=lambda row: -row[0][0]):
            state = _joined(before, alone)
            if state[0] > most or not _is_within(state, rest):
                continue
            better = (key[0] + gain[0], key[1] + gain[1])
            if state not in table or better > table[state][0]:
                table[state] = (better, (*picks, question))
    return table


def _best_of_each_class(
    questions: Sequence[RankedQuestion], most: int, openings: Collection[str]
) -> list[RankedQuestion]:
    """Of each length and service the best `most` by score and preference, those with an opening
    that is held back apart: no optimum needs another."""
    groups: dict[tuple[int, int, str], list[RankedQuestion]] = {}
    for question in sorted(questions, key=lambda question: (-question.score, question.rank)):
        opening = question.opening if question.opening in openings else ""
        group = groups.setdefault((question.minutes, question.service, opening), [])
        if len(group) < most:
            group.append(question)
    return [question for name in sorted(groups) for question in groups[name]]


def _joined(one: State, other: State) -> State:
    """The state of two sets taken together."""
    openings = tuple(map(int.__add__, one[3], other[3])) if one[3] else ()
    return (one[0] + other[0], one[1] + other[1], one[2] | other[2], openings)


def _is_within(state: State, rest: SegmentBudget) -> bool:
    """Whether a set in this state fits into what is left."""
    count, minutes, _, openings = state
    return (
        count <= rest.most
        and minutes <= rest.minutes
        and all(map(int.__le__, openings, rest.openings.values()))
    )


def _combine(
    table: Mapping[State, BestSet], rows: Mapping[State, BestSet], rest: SegmentBudget
) -> dict[State, BestSet]:
    """Join the best sets so far with the best sets of one more level."""
    result: dict[State, BestSet] = {}
    for before, (key, questions) in table.items():
        for added, (gain, extras) in rows.items():
            state = _joined(before, added)
            if not _is_within(state, rest):
                continue
            better = (key[0] + gain[0], key[1] + gain[1])
            if state not in result or better > result[state][0]:
                result[state] = (better, (*questions, *extras))
    return result
