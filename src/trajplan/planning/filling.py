"""The arranged segments filled one after another: activities, prompts, questions (R57, R62)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from trajplan.content.model import Activity, Segment
from trajplan.content.session_rules import EXPLORE_FLOOR, may_explore
from trajplan.planning.arrange import A_TALK, LONG_PART, Arrangement
from trajplan.planning.asking import QuestionPicker, SegmentRoom, place_questions
from trajplan.planning.basis import PlanBasis
from trajplan.planning.calendar import clock
from trajplan.planning.frame import CONTRACTING, UNCOUNTED, SegmentShare, share_segment
from trajplan.planning.plan import PlanFinding, PlannedPrompt, PlannedQuestion, PlannedSegment
from trajplan.planning.plan_inputs import Content
from trajplan.planning.prompt_places import (
    DEBRIEF,
    Checkpoint,
    belief_occasions,
    checkpoint_of,
    debrief_segment,
    no_room,
    place_prompts,
    unspoken_belief,
)
from trajplan.planning.questions import NUMBERS_MINUTES, RankedQuestion
from trajplan.records.fields import same_fields

HOW_THINGS_MOVED = "trajectory_check_in"
"""The activity that asks how all five factors have moved: left out where no numbers are asked for,
because it measures in words."""
LOOKS_BACK = "review_ritual"
LEADS_AWAY = (HOW_THINGS_MOVED, "reframe_once", "design_tests")
"""Activities that lead away from what somebody brings on a day that is hard or may be."""
FORESEES = "foresee_obstacles"
"""The activity that asks what could get in the way, of which there is enough on a hard day."""
CARRY_HOME = "carry_home"
"""The activity that gives them a question to take home."""
GENTLE_MOST = 2
"""Questions of a part of a gentle session at most, where it is a long one."""
MANY = 99
"""More than any segment asks: no bound."""
INQUIRY_MINUTES = 3
"""Minutes kept for the question that goes home before another is asked there."""


def fill_segments(
    arrangement: Arrangement,
    basis: PlanBasis,
    picker: QuestionPicker,
    start: str,
) -> tuple[tuple[PlannedSegment, ...], tuple[PlanFinding, ...]]:
    """Fill every segment in plan order; also return notes on what found no room.

    Raises NotFound and CannotDo for questions the coach asked for that are unknown or fit nowhere.
    """
    debrief = debrief_segment(arrangement, basis.debriefs, opened=basis.opens_with_theirs)
    # One goes home but on a hard day, and after the last goodbye (R66).
    parts = basis.position.parting or basis.care.wants_to_stop
    has_inquiry = not (parts or picker.conditions.hard_day)
    activities, held_back = _activities(arrangement, basis, debrief, has_inquiry=has_inquiry)
    prompts, crowded = place_prompts(arrangement, basis, debrief)
    picker.remember_said(prompt for said in prompts.values() for prompt in said)
    rooms = _rooms(arrangement, activities, prompts)
    placed = place_questions(tuple(dict.fromkeys(basis.options.include)), picker.by_id, rooms)
    requests = {name: tuple(map(picker.valued, placed[name])) for name in placed}
    picker.later_requests = tuple(
        candidate for candidates in requests.values() for candidate in candidates
    )
    filler = _Filler(
        basis, picker, start, checkpoint_of(arrangement, basis), has_inquiry=has_inquiry
    )
    segments = tuple(
        filler.filled(
            segment,
            minutes,
            activities[segment.id],
            tuple(prompts.get(segment.id, ())),
            tuple(requests.get(segment.id, ())),
        )
        for segment, minutes in arrangement.segments
    )
    unfit = (*held_back, *crowded, *filler.unfit)
    return segments, (*unfit, *unspoken_belief(arrangement, basis))


class _Filler:
    """Fills one segment after another: the clock runs on, and what was said stays on the table."""

    def __init__(
        self,
        basis: PlanBasis,
        picker: QuestionPicker,
        start: str,
        checkpoint: Checkpoint | None,
        *,
        has_inquiry: bool,
    ) -> None:
        self.unfit: list[PlanFinding] = []
        self._basis = basis
        self._picker = picker
        self._checkpoint = checkpoint
        self._has_inquiry = has_inquiry
        self._time = start
        self._on_the_table = set(basis.on_the_table)

    def filled(
        self,
        segment: Segment,
        minutes: int,
        activities: tuple[Activity, ...],
        prompts: tuple[PlannedPrompt, ...],
        requests: tuple[RankedQuestion, ...],
    ) -> PlannedSegment:
        """The segment with its minutes shared out. `requests`: what the coach asked for in it."""
        slot = segment.questions if self._asks(segment) else None
        wish = max(min(slot.max, self._most(segment, minutes)) if slot else 0, len(requests))
        if any(activity.numbers for activity in activities):
            wished = tuple(request for request in requests if request.question.anchors)
            scale = () if wished else self._scale(minutes, activities, prompts)
            activities = _numbers(activities, self._picker, (*wished, *scale))
            requests = (*requests, *scale)
            wish += len(scale)
        share = share_segment(
            minutes, activities, prompts, wish, sum(candidate.minutes for candidate in requests)
        )
        self.unfit += [no_room(segment, text) for text in share.unfit]
        return self._planned(segment, minutes, share, self._questions(segment, share, requests))

    def _most(self, segment: Segment, minutes: int) -> int:
        """How many questions a part of the session asks at most: few where it goes gently, since
        somebody who has a lot to bear answers one for long."""
        conditions, care = self._picker.conditions, self._basis.care
        held = conditions.hard_day or conditions.holding
        if not (conditions.built_in and (held or care.gentle_day)):
            return MANY
        asks_more = segment.component == "strategic_inquiry" and care.gentle_day
        return GENTLE_MOST if minutes >= (A_TALK if asks_more else LONG_PART) else 1

    def _asks(self, segment: Segment) -> bool:
        """Whether a segment asks a question of the library: at the door only where nothing has
        opened the talk, and at the end only where a question goes home."""
        if segment.component == "context_setting":
            return not self._basis.opens_with_theirs
        return segment.component != "momentum_planning" or self._has_inquiry

    def _scale(
        self,
        minutes: int,
        activities: Sequence[Activity],
        prompts: Sequence[PlannedPrompt],
    ) -> tuple[RankedQuestion, ...]:
        """The question for a number that is asked with the ratings, where one is due and the
        segment has room for it beside its own (R166)."""
        if self._basis.position.parting or self._basis.care.spares_numbers:
            # The last session begins nothing that would be compared later, and a hard day asks for
            # no number more than it must.
            return ()
        scale = self._picker.due_scale()
        if scale is None:
            return ()
        booked = sum(prompt.minutes for prompt in prompts)
        least = sum(activity.minutes.min for activity in activities)
        return (scale,) if minutes >= booked + least + scale.minutes + INQUIRY_MINUTES else ()

    def _questions(
        self, segment: Segment, share: SegmentShare, requests: tuple[RankedQuestion, ...]
    ) -> tuple[PlannedQuestion, ...]:
        """What is asked in the segment; from then on it counts as said."""
        before_questions = _given_here(share, self._basis.content)
        questions = self._picker.fill(
            segment,
            share.question_minutes,
            0 if self._basis.care.silent else share.question_count,
            requests,
            occasions=belief_occasions(share.prompts, self._basis),
            supplied=frozenset(self._on_the_table | before_questions),
        )
        if segment.component != "context_setting":
            # What looking back brings up is about last time: it is said there and not later.
            self._on_the_table |= before_questions | self._picker.given_by(questions)
            self._on_the_table.discard("answer")
        return questions

    def _planned(
        self,
        segment: Segment,
        minutes: int,
        share: SegmentShare,
        questions: tuple[PlannedQuestion, ...],
    ) -> PlannedSegment:
        """The segment as the plan has it, and the clock moved on to its end."""
        start, self._time = self._time, clock(self._time, minutes)
        return PlannedSegment(
            **same_fields(segment, PlannedSegment.of_segment),
            start=start,
            end=self._time,
            objective=1 if self._basis.care.open else segment.objective,
            minutes=minutes,
            bounds=segment.minutes,
            activities=share.activities,
            prompts=share.prompts,
            questions=questions,
            agrees_beside=self._basis.agrees_beside
            and any(activity.id in CONTRACTING for activity in share.activities),
            **self._checkpoint_in(segment),
        )

    def _checkpoint_in(self, segment: Segment) -> dict[str, Any]:
        checkpoint = self._checkpoint
        if checkpoint is None or checkpoint.segment != segment.id:
            return {"checkpoint": ""}
        return {
            "checkpoint": checkpoint.text,
            "checkpoint_aim": checkpoint.aim,
            "checkpoint_otherwise": checkpoint.otherwise,
        }


def _numbers(
    activities: Sequence[Activity], picker: QuestionPicker, scale: Sequence[RankedQuestion]
) -> tuple[Activity, ...]:
    """The activities; the one with numbers is left out where numbers were asked for already, and
    held to what is left of their minutes beside the `scale` that is asked with it."""
    left = NUMBERS_MINUTES - sum(candidate.minutes for candidate in scale)
    if picker.took_numbers or left < 1:
        return tuple(activity for activity in activities if not activity.numbers)
    return tuple(
        replace(
            activity, minutes=replace(activity.minutes, ideal=min(activity.minutes.ideal, left))
        )
        if activity.numbers
        else activity
        for activity in activities
    )


def _given_here(share: SegmentShare, content: Content) -> set[str]:
    """What a segment's activities and prompts put on the table before its first question (R122).
    Any prompt is answered."""
    given: set[str] = {
        name for activity in share.activities for name in content.activities[activity.id].gives
    }
    for prompt in share.prompts:
        given |= {"answer", *content.prompts[prompt.id].gives}
    return given


def _activities(
    arrangement: Arrangement,
    basis: PlanBasis,
    debrief: Segment | None,
    *,
    has_inquiry: bool,
) -> tuple[dict[str, tuple[Activity, ...]], tuple[PlanFinding, ...]]:
    """What is done in each segment, and notes on what was held back.

    Looking back waits until there is something to look back on. The coach's own input waits until
    the client has explored: in a decision session for as long as R52 asks, otherwise at all (R71).
    """
    result: dict[str, tuple[Activity, ...]] = {}
    held_back: list[PlanFinding] = []
    explored_minutes = 0
    needed_minutes = EXPLORE_FLOOR if basis.conditions.decision else 1
    for segment, minutes in arrangement.segments:
        activities_here = [
            _in_turn(basis.content.activities[name], basis.number)
            for name in _names(segment, basis, debrief, has_inquiry=has_inquiry)
        ]
        activities = [
            activity for activity in activities_here if basis.facts.last or not activity.returning
        ]
        early = [
            activity
            for activity in activities
            if activity.coach_input and explored_minutes < needed_minutes
        ]
        held_back += [
            _held_back_note(segment, activity, explored_minutes, needed_minutes)
            for activity in early
        ]
        result[segment.id] = tuple(activity for activity in activities if activity not in early)
        if may_explore(segment):
            explored_minutes += minutes
    return result, tuple(held_back)


def _names(
    segment: Segment, basis: PlanBasis, debrief: Segment | None, *, has_inquiry: bool
) -> list[str]:
    """The blueprint's activities; the debrief only where there is something to debrief."""
    activities = basis.content.activities
    care = basis.care
    spared = list(LEADS_AWAY) if care.stays_with_them else []
    if care.bears_today:
        spared.append(FORESEES)
        if not any(map(care.asks_after, basis.facts.promises)):
            spared.append(LOOKS_BACK)
    names = [
        name
        for name in segment.activities
        if name != DEBRIEF
        and (basis.rates or not activities[name].numbers)
        and (basis.care.rates or name != HOW_THINGS_MOVED)
        and (has_inquiry or name != CARRY_HOME)
        and name not in spared
    ]
    # A form that came back is asked about, and has no scene to go back to.
    has_debrief = any(exercise.is_tried for exercise in basis.exercises)
    opens = segment.component == "context_setting"
    if segment is debrief and has_debrief and not opens and DEBRIEF in activities:
        names.insert(0, DEBRIEF)
    return names


def _in_turn(activity: Activity, number: int) -> Activity:
    """The activity with the wording whose turn it is."""
    wordings = (activity.coach, *activity.again)
    return replace(activity, coach=wordings[(number - 1) % len(wordings)])


def _held_back_note(
    segment: Segment, activity: Activity, explored_minutes: int, needed_minutes: int
) -> PlanFinding:
    so_far = (
        f"after {explored_minutes} of {needed_minutes} minutes of exploring"
        if needed_minutes > 1
        else "before any"
    )
    text = f"“{activity.title}” is left out of “{segment.title}”: your own view would come {so_far}"
    if needed_minutes == 1:
        text += " exploring"
    return PlanFinding(rule="R71", severity="note", where=segment.id, message=text)


def _rooms(
    arrangement: Arrangement,
    activities: Mapping[str, Sequence[Activity]],
    prompts: Mapping[str, Sequence[PlannedPrompt]],
) -> tuple[SegmentRoom, ...]:
    """Room for questions the coach asked for: they come before prompts, but for what opens and
    closes the session, and before any activity grows beyond its minimum."""
    return tuple(
        SegmentRoom(
            segment,
            minutes
            - sum(activity.minutes.min for activity in activities[segment.id])
            - sum(
                prompt.minutes for prompt in prompts.get(segment.id, ()) if prompt.kind in UNCOUNTED
            ),
        )
        for segment, minutes in arrangement.segments
    )
