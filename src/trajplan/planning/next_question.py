"""One more question for a segment that runs: the planner's next best (R135)."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.content.session_rules import merged
from trajplan.planning.arrange import hard_day_segments
from trajplan.planning.basis import settle
from trajplan.planning.compose import on_the_table, question_picker
from trajplan.planning.frame import USUAL_QUESTION
from trajplan.planning.plan import Plan, PlannedQuestion, PlannedSegment
from trajplan.planning.request import Content, Facts, PlanOptions


def next_question(
    content: Content,
    facts: Facts,
    options: PlanOptions,
    *,
    plan: Plan,
    segment: str,
    added: Sequence[PlannedQuestion],
    minutes: int,
) -> PlannedQuestion | None:
    """The question that the segment would ask beside those of the plan and those `added` since.

    `minutes`: what is left of the segment; a question of usual length may always be asked. None
    where nothing of the library fits, or nothing is planned to be asked today (R131).
    """
    basis = settle(content, facts, options)
    segments = merged(basis.blueprint, basis.conditions.energy).segments
    ids = [planned.id for planned in plan.segments]
    if segment not in {own.id for own in segments} or basis.care.silent:
        return None
    said = [prompt for planned in plan.segments for prompt in planned.prompts]
    picker = question_picker(basis, said)
    kept = tuple(own for own in segments if own.id in ids)
    if picker.for_a_hard_day:
        kept = hard_day_segments(kept)
    place = next(own for own in kept if own.id == segment)
    known = {candidate.id: candidate for candidate in picker.questions}
    picks = [*plan.questions, *added]
    picker.remember(picks, [known[pick.id] for pick in picks if pick.id in known])
    until_now = plan.segments[: ids.index(segment) + 1]
    spoken = [question for planned in until_now for question in planned.questions]
    supplied = (
        _supplied(content, until_now) | on_the_table(facts) | picker.given_by([*spoken, *added])
    )
    questions = picker.fill(place, max(minutes, USUAL_QUESTION), 1, (), supplied=supplied)
    return questions[0] if questions else None


def _supplied(content: Content, until_now: Sequence[PlannedSegment]) -> frozenset[str]:
    """What these segments put on the table beside their questions; in the last of them anything
    that was said counts as answered (R122)."""
    supplied: set[str] = set()
    for planned in until_now:
        for activity in planned.activities:
            supplied.update(content.activities[activity.id].gives)
        for prompt in planned.prompts:
            supplied.update(content.prompts[prompt.id].gives)
    here = until_now[-1]
    return frozenset(supplied | ({"answer"} if here.prompts or here.questions else set()))
