"""Questions for the segments of one plan, solved in plan order (R61, R64).

Each segment is solved exactly given the earlier picks; no joint optimum is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import DAY, MATTER, NAMES, THEIR_MATTER, QuestionBank, Segment
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.arrange import AFTER_HARD_DAY_SEGMENTS, HARD_DAY_SEGMENTS, DaySegments
from trajplan.planning.first_session import FROM_INTAKE
from trajplan.planning.mix import Adjustment, minutes_by_level
from trajplan.planning.plan import PlanFinding, PlannedPrompt, PlannedQuestion
from trajplan.planning.prompts import DEBRIEF_PROMPT, INQUIRY_RETURN, REVIEW
from trajplan.planning.question_worth import SERVES_SEGMENT, valued, valued_in
from trajplan.planning.questions import (
    AFTER_HARD,
    BACK_TO_IT,
    FOR_ANYONE,
    HOW_THINGS_ARE,
    NOT_SOON_AGAIN,
    AskingConditions,
    RankedQuestion,
    is_aimed,
    is_fresh,
    is_retired,
    last_answer,
    may_join_ratings,
    sequences_of,
    serves_any_intent,
    speaks_of_topic,
    suits_segment,
    suits_session,
)
from trajplan.planning.selection import SegmentBudget, Selection, SequenceBid, select
from trajplan.planning.session_agreement import AGREEMENT
from trajplan.records.fields import same_fields

OF_WHAT_THEY_DID = (REVIEW, DEBRIEF_PROMPT)
"""Prompts of what they did since last time."""
ASKED_BY: Mapping[str, tuple[str, ...]] = {
    # `Tell me a bit more` would be heard as of what they have just looked back on.
    **dict.fromkeys(OF_WHAT_THEY_DID, ("same-what-happened", "same-more")),
    "first-words": ("same-changed",),
    INQUIRY_RETURN: ("same-on-mind",),
    f"{FROM_INTAKE}/urgent": ("same-coming-up", "same-what-first"),
    f"{FROM_INTAKE}/question": ("same-matter-what",),
    f"{FROM_INTAKE}/stuck": ("same-matter-what",),
    f"{FROM_INTAKE}/paths": ("same-each-option", "same-options-there-are"),
    f"{AGREEMENT}/open": ("same-on-mind",),
}
"""What prompts ask for, or one of their cases, by the tags of questions that ask for the same
(`ALIKE`)."""
HOME_COMPONENT = "momentum_planning"
"""The component in which a question goes home."""
MOST_NAMED = 3
"""Questions of a session that call the matter by its name; more would sound like a form."""
MOST_OF_HEARD_TOPICS = 2
"""Questions of a session that speak of a topic that was only heard, one a segment: the others stay
with what they bring, whatever it is."""
HEARD_TOPIC = "heard-topic"
"""What questions of a segment ask for that speak of a topic that was only heard."""
IN_A_ROW = 2
"""So many questions in a row may begin with the same two words."""


class QuestionPicker(Struct, dict=True):
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
    openings: list[str] = []
    """First words of the picks, in order."""
    asked_for: set[str] = set()
    """What the client is asked for already, by a question or a prompt: not in other words again."""
    looked_back: bool = False
    """Whether they have looked back on something since it was agreed what today is for."""

    @cached_property
    def by_id(self) -> Mapping[str, RankedQuestion]:
        """Each question by its id."""
        return {candidate.question.id: candidate for candidate in self.questions}

    @cached_property
    def _suiting(self) -> tuple[RankedQuestion, ...]:
        """Those that some segment may ask: a third of the library, looked through for each."""
        return tuple(
            candidate
            for candidate in self.questions
            if suits_session(candidate.question, self.conditions)
        )

    @cached_property
    def _suiting_by_id(self) -> Mapping[str, RankedQuestion]:
        """The same by their ids."""
        return {candidate.question.id: candidate for candidate in self._suiting}

    @cached_property
    def _suiting_by_intent(self) -> Mapping[str, Sequence[RankedQuestion]]:
        """The same by each of their intents; those that may serve a segment whatever its intent
        stand under the empty name."""
        by_intent: dict[str, list[RankedQuestion]] = {}
        for candidate in self._suiting:
            for intent in candidate.question.intents:
                by_intent.setdefault(intent, []).append(candidate)
            if serves_any_intent(candidate, self.conditions):
                by_intent.setdefault("", []).append(candidate)
        return by_intent

    @cached_property
    def _values(self) -> dict[int, RankedQuestion]:
        """Questions with their score, by their rank."""
        return {}

    @cached_property
    def _of_inquiries(self) -> frozenset[str]:
        """What the questions ask for that went home with the client before."""
        sent = self.conditions.inquiries
        taken = (candidate for candidate in self.questions if candidate.question.text in sent)
        return frozenset(tag for candidate in taken for tag in candidate.asks_for)

    @cached_property
    def _not_soon_again(self) -> frozenset[str]:
        """What one of the two sessions held last asked, and should not be heard in other words so
        soon."""
        lately = (self.by_id.get(name) for name in self.conditions.asked_lately)
        asked = (candidate.asks_for for candidate in lately if candidate)
        return NOT_SOON_AGAIN & frozenset[str]().union(*asked)

    @property
    def picked_ids(self) -> frozenset[str]:
        """Ids of the questions planned so far."""
        return frozenset(question.id for question in self.picks)

    @property
    def _picked(self) -> Sequence[RankedQuestion]:
        """The questions planned so far that the library has."""
        return [self.by_id[name] for name in self.picked_ids & self.by_id.keys()]

    @property
    def _is_gentle(self) -> bool:
        """Whether they bring something hard, or a hard day is not long ago."""
        return self.conditions.hard_day or self.conditions.after_hard_day

    def _is_of_heard_topic(self, candidate: RankedQuestion) -> bool:
        """Whether it speaks of a topic that the coach has not named and the session doesn't
        stay with. What is hard to bear is no
        mere topic."""
        if self.conditions.hard_day or self.conditions.holding:
            return False
        topics = set(candidate.question.topics) - {THEIR_MATTER}
        stays = {*self.conditions.named, *self.conditions.stays_with}
        return bool(topics) and topics.isdisjoint(stays)

    def fill(
        self,
        segment: Segment,
        minutes: int,
        most: int,
        requests: Sequence[RankedQuestion],
        occasions: frozenset[str] = frozenset(),
        supplied: frozenset[str] = frozenset(),
    ) -> tuple[PlannedQuestion, ...]:
        """Choose the questions of one segment and remember them.

        `minutes` and `most`: what it may ask for. `requests`: what the coach asked for here.
        `occasions`: those that hold in this segment alone, beside those that hold all day.
        `supplied`: what is on the table when its first question is asked (R122).
        """
        if not most and not requests:
            return ()
        pool = self._pool(segment, occasions)
        # A segment would rather ask beside its target than not at all.
        on_target = [
            candidate for candidate in pool if is_aimed(candidate, segment, self.conditions)
        ] or pool
        bids = self._bids(pool, on_target)
        budget = SegmentBudget(
            minutes=minutes,
            most=max(most, len(requests)),
            already=self._minutes(),
            target=self.adjustment.target,
            caps=self._caps(segment, requests),
            supplied=supplied,
        )
        selection = self._select(on_target, bids, budget, requests)
        members = _sequence_members(selection, bids)
        questions = tuple(
            self._plan_question(candidate, selection.sequence if candidate.id in members else "")
            for candidate in selection.questions
        )
        if most and not questions:
            self._note(segment, "no question of the library fits this segment", "R57")
        self._say_why_none_of_its_own(segment, most, pool, selection)
        self.remember(questions, selection.questions)
        self.later_requests = tuple(
            candidate for candidate in self.later_requests if candidate not in requests
        )
        return questions

    def remember(
        self, planned: Sequence[PlannedQuestion], candidates: Sequence[RankedQuestion]
    ) -> None:
        """Count questions as asked. `candidates`: the same as the library has them, without those
        it has no longer."""
        self.picks.extend(planned)
        self.openings.extend(candidate.opening for candidate in candidates)
        self.asked_for.update(*(candidate.asks_for for candidate in candidates))

    def remember_said(self, prompts: Iterable[PlannedPrompt]) -> None:
        """Count what prompts ask for as asked: no question asks it again in other words."""
        for prompt in prompts:
            asked_by = ASKED_BY.get(prompt.id, ASKED_BY.get(f"{prompt.id}/{prompt.case}", ()))
            self.asked_for.update((HOW_THINGS_ARE,) if prompt.kind == "remembered" else asked_by)
            self.looked_back |= prompt.id in OF_WHAT_THEY_DID

    @property
    def day(self) -> DaySegments:
        """What the segments are for on a hard day or soon after one, or where the session stays
        with a topic; empty: what their blueprint says. A coach's own stay as they are."""
        if not self.conditions.built_in:
            return {}
        if self.conditions.hard_day:
            return HARD_DAY_SEGMENTS
        soon_after = AFTER_HARD in self.conditions.occasions
        return self.conditions.segments or (AFTER_HARD_DAY_SEGMENTS if soon_after else {})

    @property
    def took_numbers(self) -> bool:
        """Whether the client is asked for a number already: there is one moment for it (R166)."""
        return any(question.anchors for question in self.picks)

    def due_scale(self) -> RankedQuestion | None:
        """The question for a number that is asked with the ratings today, if one is due."""
        if self.took_numbers:
            return None
        candidates = [
            self.valued(candidate)
            for candidate in self.questions
            if candidate.question.anchors  # of a thousand, a few
            and may_join_ratings(candidate, self.conditions, self.adjustment.situation)
        ]
        return max(candidates, key=lambda candidate: candidate.score, default=None)

    def valued(self, candidate: RankedQuestion) -> RankedQuestion:
        """The question with its score today, worked out once for all segments."""
        if candidate.rank not in self._values:
            self._values[candidate.rank] = valued(
                candidate, self.adjustment.situation, self.conditions.own_banks
            )
        return self._values[candidate.rank]

    def given_by(self, questions: Sequence[PlannedQuestion]) -> set[str]:
        """What the answers to these questions put on the table (R122)."""
        known = (self.by_id.get(question.id) for question in questions)
        return {name for candidate in known if candidate for name in candidate.gives}

    def _select(
        self,
        singles: Sequence[RankedQuestion],
        bids: Sequence[SequenceBid],
        budget: SegmentBudget,
        requests: Sequence[RankedQuestion],
    ) -> Selection:
        """The best choice in which no three questions of the plan in a row begin alike, and no two
        ask for the same thing.

        An opening that would is held back in this segment: together with those just before it
        there are at most two of it. Of two that ask for the same, the one worth less is.
        """
        openings: dict[str, int] = {}
        while True:
            selection = select(singles, bids, replace(budget, openings=openings), requests)
            if repeats := self._one_too_many(selection.questions, requests):
                singles = [candidate for candidate in singles if candidate.id != repeats]
                bids = [
                    bid for bid in bids if all(candidate.id != repeats for candidate in bid.members)
                ]
                continue
            order = [candidate.opening for candidate in selection.questions]
            tedious = _thrice_in_a_row([*self.openings[-IN_A_ROW:], *order])
            # What the coach asks for by name may begin as it likes.
            if not tedious or tedious in openings:
                return selection
            before = self.openings[-IN_A_ROW:]
            openings[tedious] = IN_A_ROW - _run_at_the_end(before, tedious)

    def _one_too_many(
        self, questions: Sequence[RankedQuestion], requests: Sequence[RankedQuestion]
    ) -> str:
        """Id of the weakest question that repeats another: it asks for the same, says the matter's
        name too, speaks of a topic that was heard too or, on a gentle day, names the day too; or
        empty. What the coach asked for by name stays."""
        by_worth = sorted(
            questions,
            key=lambda candidate: (candidate in requests, candidate.score),
            reverse=True,
        )
        asked_for: set[str] = set()
        for candidate in by_worth:
            asks = set(candidate.asks_for)
            if candidate.names_matter:
                asks.add(MATTER)
            if DAY in candidate.question.text and self._is_gentle:
                asks.add(DAY)
            if self._is_of_heard_topic(candidate):
                asks.add(HEARD_TOPIC)
            if asks & asked_for and candidate not in requests:
                return candidate.id
            asked_for |= asks
        return ""

    def _say_why_none_of_its_own(
        self,
        segment: Segment,
        most: int,
        pool: Sequence[RankedQuestion],
        selection: Selection,
    ) -> None:
        """Where none of a segment's own questions is asked, say why (R121)."""
        if not segment.own_questions or not most:
            return
        if any(
            candidate.id in segment.own_questions
            or candidate.service
            or FOR_ANYONE in candidate.question.tags
            for candidate in selection.questions
        ):
            return
        if any(candidate.service >= SERVES_SEGMENT for candidate in pool):
            why = "none of its own questions fits into its minutes beside what else is set"
        elif self.conditions.asked.issuperset(segment.own_questions):
            why = "all of its own questions were asked before"
        else:
            why = "none of its own questions suits this client today"
        self._note(segment, f"“{segment.title}”: {why}", "R121")

    def _pool(self, segment: Segment, occasions: frozenset[str]) -> list[RankedQuestion]:
        """Eligible questions; those asked before only when nothing else is left, and those that may
        be asked again not within two sessions of the one that asked them."""
        conditions = replace(self.conditions, occasions=self.conditions.occasions | occasions)
        eligible = self._eligible(self.may_serve(segment, conditions), segment, conditions)
        named = sum(pick.names_matter for pick in self._picked)
        if named >= MOST_NAMED:
            eligible = [candidate for candidate in eligible if not candidate.names_matter]
        if sum(self._is_of_heard_topic(pick) for pick in self._picked) >= MOST_OF_HEARD_TOPICS:
            eligible = [pick for pick in eligible if not self._is_of_heard_topic(pick)] or eligible
        eligible = self._one_scale(eligible)
        self.held_back |= {
            candidate.id for candidate in eligible if is_retired(candidate.question, conditions)
        }
        eligible = [
            candidate for candidate in eligible if not is_retired(candidate.question, conditions)
        ]
        fresh = [candidate for candidate in eligible if is_fresh(candidate.question, conditions)]
        if eligible and not fresh:
            self._note(
                segment,
                "every suitable question has been asked before, so one comes round again",
                "R60",
            )
            return eligible
        fresh = [
            candidate
            for candidate in fresh
            # A number is there to be compared with the last one, and another day is another thing.
            if candidate.question.anchors
            or DAY in candidate.question.text
            or not (
                candidate.id in conditions.asked_lately
                or candidate.question.text in conditions.inquiries
            )
        ] or fresh
        if not self.looked_back:
            fresh = [pick for pick in fresh if BACK_TO_IT not in pick.question.tags] or fresh
        if self._not_soon_again:
            fresh = [pick for pick in fresh if not pick.asks_for & self._not_soon_again] or fresh
        if segment.component == HOME_COMPONENT:
            fresh = self._for_home(fresh)
        # Rather the same in other words than nothing, and than what was asked in another session.
        unasked = [
            candidate for candidate in fresh if not candidate.asks_for & self.asked_for
        ] or fresh
        if not conditions.segments or self.day is not conditions.segments:
            return unasked
        # A part that is for their topic asks of that alone, as long as there is anything.
        return [candidate for candidate in unasked if self._stays(candidate, conditions)] or unasked

    def _stays(self, candidate: RankedQuestion, conditions: AskingConditions) -> bool:
        """Whether it stays with what the session is about, or is what the coach wants asked."""
        wanted = speaks_of_topic(candidate.question, {*conditions.stays_with, *conditions.named})
        return wanted or candidate.names_matter or candidate.bank in conditions.own_banks

    def _for_home(self, fresh: Sequence[RankedQuestion]) -> list[RankedQuestion]:
        """What may go home: of those that serve the segment, suit nearly anybody or are the coach's
        own, the ones that ask for something else than what the client took home before. A plain
        question that is like an earlier one is better to take home than one out of the blue."""
        plain = [
            candidate
            for candidate in fresh
            if candidate.service
            or FOR_ANYONE in candidate.question.tags
            or candidate.bank in self.conditions.own_banks
        ]
        unlike = [candidate for candidate in plain if not candidate.asks_for & self._of_inquiries]
        return unlike or plain or list(fresh)

    def may_serve(self, segment: Segment, conditions: AskingConditions) -> Sequence[RankedQuestion]:
        """Of those that suit the session, all that may serve the segment, in their order: where it
        names its intents, a few of a thousand."""
        if not segment.intent or conditions.hard_day:
            return self._suiting
        names = ("", *segment.intents)
        serving = [
            candidate
            for name in names
            for candidate in self._suiting_by_intent.get(name, ())
            if not candidate.question.components
            or segment.component in candidate.question.components
        ]
        own = (self._suiting_by_id.get(name) for name in segment.own_questions)
        serving += (candidate for candidate in own if candidate)
        by_rank = {candidate.rank: candidate for candidate in serving}
        return [by_rank[rank] for rank in sorted(by_rank)]

    def _eligible(
        self,
        candidates: Iterable[RankedQuestion],
        segment: Segment,
        conditions: AskingConditions,
    ) -> list[RankedQuestion]:
        """What the segment may ask that is not planned yet, with what it is worth there.
        `candidates`: those that suit the session."""
        planned_ids = self.picked_ids
        return [
            valued_in(self.valued(candidate), segment, conditions)
            for candidate in candidates
            if suits_segment(candidate, segment, conditions)
            and candidate.question.id not in planned_ids
        ]

    def _one_scale(self, eligible: Sequence[RankedQuestion]) -> list[RankedQuestion]:
        """No more than one question for a number in a plan: by preference one that
        stands by itself, then the one worth most today (R166)."""
        scales = [candidate for candidate in eligible if candidate.question.anchors]
        best = max(
            scales, key=lambda candidate: (not candidate.leans_on, candidate.score), default=None
        )
        wished = any(candidate.question.anchors for candidate in self.later_requests)
        left = () if self.took_numbers or wished else (best,)
        return [
            candidate
            for candidate in eligible
            if not candidate.question.anchors or candidate in left
        ]

    def _bids(
        self, pool: Sequence[RankedQuestion], on_target: Sequence[RankedQuestion]
    ) -> list[SequenceBid]:
        """The sequences that may be taken whole."""
        by_id = {candidate.id: candidate for candidate in pool}
        return [
            SequenceBid(name, tuple(by_id[member] for member in members))
            for name, members in sequences_of(
                self.banks,
                self.conditions.phase,
                frozenset(by_id),
                frozenset(candidate.id for candidate in on_target),
            )
        ]

    def _plan_question(self, candidate: RankedQuestion, sequence: str) -> PlannedQuestion:
        question = candidate.question
        text = question.text
        for place, without_name in NAMES.items():
            text = text.replace(place, self.conditions.names.get(place, without_name))
        return PlannedQuestion(
            **{
                **same_fields(question, PlannedQuestion.of_question),
                "text": text,
                "anchors": dict(question.anchors),
            },
            bank=candidate.bank,
            sequence=sequence,
            score=candidate.score,
            reasons=candidate.reasons,
            last_answer=last_answer(question, self.adjustment.situation),
        )

    def _minutes(self) -> dict[str, int]:
        return minutes_by_level((question.level, question.minutes) for question in self.picks)

    def _caps(self, segment: Segment, requests: Sequence[RankedQuestion]) -> dict[str, int]:
        """How many of a level are left. The coach's own wish stands above the cap, and is noted."""
        most = self.adjustment.transformational_most
        if most is None:
            return {}
        planned_count = sum(question.level == "transformational" for question in self.picks)
        later_count = sum(
            candidate.level == "transformational" for candidate in self.later_requests
        )
        count_here = sum(candidate.level == "transformational" for candidate in requests)
        if count_here and planned_count + later_count > most:
            text = "what you asked for brings more transformational questions than suit today"
            self._note(segment, text, "R44")
        return {
            "transformational": max(count_here, most - planned_count - later_count + count_here)
        }

    def _note(self, segment: Segment, message: str, rule: str) -> None:
        finding = PlanFinding(rule=rule, severity="note", where=segment.id, message=message)
        self.findings.append(finding)


def _thrice_in_a_row(openings: Sequence[str]) -> str:
    """The first words that begin more questions in a row than may, or empty."""
    for index in range(len(openings) - IN_A_ROW):
        row = openings[index : index + IN_A_ROW + 1]
        if len(set(row)) == 1:
            return row[0]
    return ""


def _run_at_the_end(openings: Sequence[str], opening: str) -> int:
    """How many of the last questions begin so, without another between."""
    count = 0
    for before in reversed(openings):
        if before != opening:
            break
        count += 1
    return count


def _sequence_members(selection: Selection, bids: Sequence[SequenceBid]) -> frozenset[str]:
    """Ids of the sequence that was taken. Two banks may use the same name for one: this is the one
    that was taken whole."""
    ids = {candidate.id for candidate in selection.questions}
    for bid in bids:
        members = frozenset(candidate.id for candidate in bid.members)
        if bid.id == selection.sequence and members <= ids:
            return members
    return frozenset()


class SegmentRoom(Struct, frozen=True):
    """A segment as the placing of requested questions sees it."""

    segment: Segment
    minutes: int
    """Minutes free for questions when nothing else is asked."""


def place_questions(
    include: Sequence[str], by_id: Mapping[str, RankedQuestion], rooms: Sequence[SegmentRoom]
) -> dict[str, tuple[RankedQuestion, ...]]:
    """Give each question asked for with `--with` a segment: the first whose component it names and
    that has minutes left, by preference one that asks questions anyway.

    Raises NotFound for an unknown id, CannotDo when no segment has room.
    """
    free = {room.segment.id: room.minutes for room in rooms}
    result: dict[str, tuple[RankedQuestion, ...]] = {}
    for name in include:
        if name not in by_id:
            raise NotFound.among("question", name, by_id)
        candidate = by_id[name]
        components = candidate.question.components
        segments = [
            room.segment
            for room in rooms
            if room.segment.component != "break"
            and (not components or room.segment.component in components)
            and free[room.segment.id] >= candidate.minutes
        ]
        if not segments:
            raise CannotDo(
                f"no segment has {candidate.minutes} minutes left for question `{name}`; "
                "leave another out with --without or plan a longer session"
            )
        place = min(
            segments,
            key=lambda segment: (
                segment.questions is None,
                segment.component != "strategic_inquiry",
            ),
        )
        free[place.id] -= candidate.minutes
        result[place.id] = (*result.get(place.id, ()), candidate)
    return result
