"""Questions for the segments of one plan, solved in plan order (SPEC, "Questions for a segment").

Each segment is solved exactly given the earlier picks; no joint optimum is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import QuestionBank, Segment
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.mix import Adjustment, minutes_by_level
from trajplan.planning.plan import PlanFinding, PlannedQuestion
from trajplan.planning.questions import (
    AskingConditions,
    RankedQuestion,
    is_aimed,
    is_fresh,
    is_retired,
    last_answer,
    may_ask,
    sequences_of,
)
from trajplan.planning.selection import SegmentBudget, Selection, SequenceBid, select


class QuestionPicker(Struct):
    """Collects the picks of one plan while its segments are solved one after another."""

    banks: tuple[QuestionBank, ...]
    questions: tuple[RankedQuestion, ...]
    """All of them, in the order of preference."""
    conditions: AskingConditions
    adjustment: Adjustment
    later_requests: tuple[RankedQuestion, ...] = ()
    """Questions the coach asked for that are still to be planned; a later segment's count too."""
    picks: list[PlannedQuestion] = []
    findings: list[PlanFinding] = []
    held_back: set[str] = set()
    """Retired questions that some segment could have asked."""

    @property
    def picked_ids(self) -> frozenset[str]:
        """Ids of the questions planned so far."""
        return frozenset(question.id for question in self.picks)

    def fill(
        self,
        segment: Segment,
        minutes: int,
        most: int,
        requests: Sequence[RankedQuestion],
        occasions: frozenset[str] = frozenset(),
    ) -> tuple[PlannedQuestion, ...]:
        """Choose the questions of one segment and remember them.

        `minutes` and `most`: what it may ask for. `requests`: what the coach asked for here.
        `occasions`: those that hold in this segment alone, beside those that hold all day.
        """
        if not most and not requests:
            return ()
        pool = self._pool(segment, occasions)
        # A segment would rather ask beside its target than not at all.
        aimed = [ranked for ranked in pool if is_aimed(ranked.question, segment)] or pool
        bids = self._bids(pool, aimed)
        budget = SegmentBudget(
            minutes=minutes,
            most=max(most, len(requests)),
            already=self._minutes(),
            target=self.adjustment.target,
            caps=self._caps(segment, requests),
        )
        selection = select(aimed, bids, budget, requests)
        members = _sequence_members(selection, bids)
        questions = tuple(
            self._planned(ranked, selection.sequence if ranked.id in members else "")
            for ranked in selection.questions
        )
        if most and not questions:
            self._note(segment, "no question of the library fits this segment", "R57")
        self.picks.extend(questions)
        self.later_requests = tuple(
            ranked for ranked in self.later_requests if ranked not in requests
        )
        return questions

    def _pool(self, segment: Segment, occasions: frozenset[str]) -> list[RankedQuestion]:
        """Eligible questions; those asked before only when nothing else is left."""
        planned = self.picked_ids
        conditions = replace(self.conditions, occasions=self.conditions.occasions | occasions)
        eligible = [
            ranked
            for ranked in self.questions
            if ranked.id not in planned and may_ask(ranked, segment, conditions)
        ]
        self.held_back |= {
            ranked.id for ranked in eligible if is_retired(ranked.question, conditions)
        }
        eligible = [ranked for ranked in eligible if not is_retired(ranked.question, conditions)]
        fresh = [ranked for ranked in eligible if is_fresh(ranked.question, conditions)]
        if eligible and not fresh:
            self._note(segment, "every fitting question was asked before, so one returns", "R60")
            return eligible
        return fresh

    def _bids(
        self, pool: Sequence[RankedQuestion], aimed: Sequence[RankedQuestion]
    ) -> list[SequenceBid]:
        """The sequences that may be taken whole."""
        by_id = {ranked.id: ranked for ranked in pool}
        return [
            SequenceBid(name, tuple(by_id[member] for member in members))
            for name, members in sequences_of(
                self.banks,
                self.conditions.phase,
                frozenset(by_id),
                frozenset(ranked.id for ranked in aimed),
            )
        ]

    def _planned(self, ranked: RankedQuestion, sequence: str) -> PlannedQuestion:
        question = ranked.question
        return PlannedQuestion(
            id=question.id,
            bank=ranked.bank,
            text=question.text,
            level=question.level,
            breadth=question.breadth,
            minutes=question.minutes,
            effort=question.effort,
            sequence=sequence,
            score=ranked.score,
            reasons=ranked.reasons,
            anchors=dict(question.anchors),
            last_answer=last_answer(question, self.adjustment.situation),
        )

    def _minutes(self) -> dict[str, int]:
        return minutes_by_level((question.level, question.minutes) for question in self.picks)

    def _caps(self, segment: Segment, requests: Sequence[RankedQuestion]) -> dict[str, int]:
        """How many of a level are left. The coach's own wish stands above the cap, and is noted."""
        most = self.adjustment.transformational_most
        if most is None:
            return {}
        planned = sum(question.level == "transformational" for question in self.picks)
        later = sum(ranked.level == "transformational" for ranked in self.later_requests)
        here = sum(ranked.level == "transformational" for ranked in requests)
        if here and planned + later > most:
            text = f"with what you asked for, more than {most} transformational question today"
            self._note(segment, text, "R44")
        return {"transformational": max(here, most - planned - later + here)}

    def _note(self, segment: Segment, message: str, rule: str) -> None:
        finding = PlanFinding(rule=rule, severity="note", where=segment.id, message=message)
        self.findings.append(finding)


def _sequence_members(selection: Selection, bids: Sequence[SequenceBid]) -> frozenset[str]:
    """Ids of the sequence that was taken. Two banks may use the same name for one: this is the one
    that was taken whole."""
    chosen = {ranked.id for ranked in selection.questions}
    for bid in bids:
        members = frozenset(ranked.id for ranked in bid.members)
        if bid.id == selection.sequence and members <= chosen:
            return members
    return frozenset()


class SegmentRoom(Struct, frozen=True):
    """A segment as the placing of requested questions sees it."""

    segment: Segment
    minutes: int
    """Minutes free for questions when nothing else is asked."""


def place_questions(
    include: Sequence[str], questions: Sequence[RankedQuestion], rooms: Sequence[SegmentRoom]
) -> dict[str, tuple[RankedQuestion, ...]]:
    """Give each question asked for with `--with` a segment: the first whose component it names and
    that has minutes left, by preference one that asks questions anyway.

    Raises NotFound for an unknown id, CannotDo when no segment has room.
    """
    by_id = {ranked.id: ranked for ranked in questions}
    free = {room.segment.id: room.minutes for room in rooms}
    result: dict[str, tuple[RankedQuestion, ...]] = {}
    for name in include:
        if name not in by_id:
            raise NotFound.among("question", name, by_id)
        ranked = by_id[name]
        components = ranked.question.components
        fitting = [
            room.segment
            for room in rooms
            if room.segment.component != "break"
            and (not components or room.segment.component in components)
            and free[room.segment.id] >= ranked.minutes
        ]
        if not fitting:
            raise CannotDo(
                f"no segment has {ranked.minutes} minutes left for question `{name}`; "
                "leave another out with --without or plan a longer session"
            )
        chosen = min(
            fitting,
            key=lambda segment: (
                segment.questions is None,
                segment.component != "strategic_inquiry",
            ),
        )
        free[chosen.id] -= ranked.minutes
        result[chosen.id] = (*result.get(chosen.id, ()), ranked)
    return result
