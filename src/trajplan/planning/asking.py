"""Questions for the segments of one plan, solved in plan order (SPEC, "Questions for a segment").

Each segment is solved exactly given the earlier picks; no joint optimum is claimed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Segment
from trajplan.content.vocabulary import LEVELS
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.mix import Adjustment
from trajplan.planning.plan import PlanFinding, PlannedQuestion
from trajplan.planning.questions import (
    AskingConditions,
    RankedQuestion,
    is_aimed,
    is_fresh,
    is_retired,
    last_answer,
    may_ask,
    score,
    sequences_of,
)
from trajplan.planning.request import Content
from trajplan.planning.selection import Candidate, SegmentBudget, SequenceBid, select


def rank_questions(shelf: Content, last_used: dict[str, dt.date]) -> tuple[RankedQuestion, ...]:
    """Every question of the library in the order of preference: least recently used in the whole
    caseload first, then by bank and position."""
    places = [
        (last_used.get(question.id, dt.date.min), bank.id, position, question)
        for bank in shelf.banks
        for position, question in enumerate(bank.questions)
    ]
    places.sort(key=lambda place: place[:3])
    return tuple(
        RankedQuestion(question, bank, rank) for rank, (_, bank, _, question) in enumerate(places)
    )


class QuestionPicker(Struct):
    """Collects the picks of one plan while its segments are solved one after another."""

    shelf: Content
    questions: tuple[RankedQuestion, ...]
    today: AskingConditions
    pull: Adjustment
    promised: tuple[RankedQuestion, ...] = ()
    """Questions the coach asked for that are still to be planned; a later segment's count too."""
    picked: list[PlannedQuestion] = []
    findings: list[PlanFinding] = []
    held_back: set[str] = set()
    """Retired questions that some segment could have asked."""

    @property
    def picked_ids(self) -> frozenset[str]:
        """Ids of the questions planned so far."""
        return frozenset(one.id for one in self.picked)

    def fill(
        self,
        segment: Segment,
        budget: int,
        most: int,
        wanted: Sequence[RankedQuestion],
        holds: frozenset[str] = frozenset(),
    ) -> tuple[PlannedQuestion, ...]:
        """Choose the questions of one segment and remember them.

        `holds`: conditions that hold in this segment alone, beside those that hold all day.
        """
        if not most and not wanted:
            return ()
        pool = self._pool(segment, holds)
        # A segment would rather ask beside its target than not at all.
        aimed = [one for one in pool if is_aimed(one.question, segment)] or pool
        candidates = {one.question.id: self._candidate(one) for one in (*pool, *wanted)}
        bids = [
            SequenceBid(name, tuple(candidates[one] for one in members))
            for name, members in sequences_of(
                self.shelf.banks,
                self.today.phase,
                frozenset(one.question.id for one in pool),
                frozenset(one.question.id for one in aimed),
            )
        ]
        room = SegmentBudget(
            budget=budget,
            most=max(most, len(wanted)),
            already=self._minutes(),
            target=self.pull.target,
            caps=self._caps(segment, wanted),
        )
        choice = select(
            [candidates[one.question.id] for one in aimed],
            bids,
            room,
            [candidates[one.question.id] for one in wanted],
        )
        # Two banks may use the same name for a sequence: this is the one that was taken whole.
        members = next(
            (
                {one.id for one in bid.members}
                for bid in bids
                if bid.id == choice.sequence and set(bid.members) <= set(choice.questions)
            ),
            set(),
        )
        by_id = {one.question.id: one for one in (*pool, *wanted)}
        asked = tuple(
            self._planned(by_id[one.id], choice.sequence if one.id in members else "")
            for one in choice.questions
        )
        if most and not asked:
            self._note(segment, "no question of the library fits this segment", "R57")
        self.picked.extend(asked)
        self.promised = tuple(one for one in self.promised if one not in wanted)
        return asked

    def _pool(self, segment: Segment, holds: frozenset[str]) -> list[RankedQuestion]:
        """Eligible questions; those asked before only when nothing else is left."""
        taken = {one.id for one in self.picked}
        today = replace(self.today, occasions=self.today.occasions | holds)
        able = [
            one
            for one in self.questions
            if one.question.id not in taken and may_ask(one, segment, today)
        ]
        self.held_back |= {one.question.id for one in able if is_retired(one.question, today)}
        able = [one for one in able if not is_retired(one.question, today)]
        fresh = [one for one in able if is_fresh(one.question, self.today)]
        if able and not fresh:
            self._note(segment, "every fitting question was asked before, so one returns", "R60")
            return able
        return fresh

    def _candidate(self, one: RankedQuestion) -> Candidate:
        question = one.question
        points, _ = score(question, self.pull.situation)
        return Candidate(
            question.id, question.level, question.breadth, question.minutes, points, one.rank
        )

    def _planned(self, one: RankedQuestion, sequence: str) -> PlannedQuestion:
        question = one.question
        points, reasons = score(question, self.pull.situation)
        return PlannedQuestion(
            id=question.id,
            bank=one.bank,
            text=question.text,
            level=question.level,
            breadth=question.breadth,
            minutes=question.minutes,
            effort=question.effort,
            sequence=sequence,
            score=points,
            reasons=reasons,
            anchors=dict(question.anchors),
            last_answer=last_answer(question, self.pull.situation),
        )

    def _minutes(self) -> dict[str, int]:
        return {
            level: sum(one.minutes for one in self.picked if one.level == level) for level in LEVELS
        }

    def _caps(self, segment: Segment, wanted: Sequence[RankedQuestion]) -> dict[str, int]:
        """How many of a level are left. The coach's own wish stands above the cap, and is noted."""
        most = self.pull.transformational_most
        if most is None:
            return {}
        taken = sum(one.level == "transformational" for one in self.picked)
        promised = sum(one.question.level == "transformational" for one in self.promised)
        here = sum(one.question.level == "transformational" for one in wanted)
        if here and taken + promised > most:
            text = f"with what you asked for, more than {most} transformational question today"
            self._note(segment, text, "R44")
        return {"transformational": max(here, most - taken - promised + here)}

    def _note(self, segment: Segment, message: str, rule: str) -> None:
        self.findings.append(
            PlanFinding(rule=rule, severity="note", where=segment.id, message=message)
        )


class SegmentRoom(Struct, frozen=True):
    """A segment as the placing of wanted questions sees it."""

    segment: Segment
    minutes: int
    """Minutes free for questions when nothing else is asked."""


def place_questions(
    include: Sequence[str], questions: Sequence[RankedQuestion], places: Sequence[SegmentRoom]
) -> dict[str, tuple[RankedQuestion, ...]]:
    """Give each question asked for with `--with` a segment: the first whose component it names and
    that has minutes left, by preference one that asks questions anyway.

    Raises NotFound for an unknown id, CannotDo when no segment has room.
    """
    known = {one.question.id: one for one in questions}
    free = {place.segment.id: place.minutes for place in places}
    result: dict[str, tuple[RankedQuestion, ...]] = {}
    for name in include:
        if name not in known:
            raise NotFound.among("question", name, known)
        one = known[name]
        fitting = [
            place.segment
            for place in places
            if place.segment.component != "break"
            and (not one.question.components or place.segment.component in one.question.components)
            and free[place.segment.id] >= one.question.minutes
        ]
        if not fitting:
            raise CannotDo(
                f"no segment has {one.question.minutes} minutes left for question `{name}`; "
                "leave another out with --without or plan a longer session"
            )
        chosen = min(
            fitting,
            key=lambda segment: (
                segment.questions is None,
                segment.component != "strategic_inquiry",
            ),
        )
        free[chosen.id] -= one.question.minutes
        result[chosen.id] = (*result.get(chosen.id, ()), one)
    return result
