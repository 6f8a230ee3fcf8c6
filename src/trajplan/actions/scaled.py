"""Scaled questions: which are meant, how they were answered, all answers over time (R67, R109)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from trajplan.errors import NotFound
from trajplan.measures.progress import answers_in_effect
from trajplan.records.model import ScaledAnswer
from trajplan.records.sessions import standing_ratings
from trajplan.records.store import Store
from trajplan.text import did_you_mean

if TYPE_CHECKING:
    from trajplan.content.library import Library
    from trajplan.content.model import Question
    from trajplan.planning.plan import Plan, PlannedQuestion


class Scale(Struct, frozen=True, kw_only=True):
    """A question that is answered with a number, and what both ends of its scale mean."""

    id: str
    text: str
    low: str
    high: str


class Scales(Struct, frozen=True):
    """The scaled questions that may be answered, by the names a coach may use for them."""

    by_name: Mapping[str, Scale]
    questions: frozenset[str]
    """What every question of the library and the plan may be called, scaled or not."""

    def find(self, name: str) -> Scale:
        """Return the question meant by an id or by its number in the plan, such as `Q3`.

        Raises NotFound, naming the nearest one, or saying that a question has no scale.
        """
        scale = self.by_name.get(name.strip()) or self.by_name.get(name.strip().upper())
        if scale:
            return scale
        if name in self.questions or name.upper() in self.questions:
            raise NotFound(
                f"question `{name}` is not answered with a number; "
                "`trajplan questions list --scaled` lists those that are"
            )
        raise NotFound(f"no scaled question `{name}`{did_you_mean(name, self.by_name)}")


def scales_of(library: Library, plan: Plan | None) -> Scales:
    """The scaled questions of the library, and those of the plan as they were planned."""
    scales: dict[str, Scale] = {}
    questions = set(library.questions)
    for question, _, _ in library.questions.values():
        if question.anchors:
            scales[question.id] = _scale(question)
    for number, planned in enumerate(plan.questions if plan else (), 1):
        questions |= {planned.id, f"Q{number}"}
        if planned.anchors:
            scales[planned.id] = scales[f"Q{number}"] = _scale(planned)
    return Scales(scales, frozenset(questions))


def planned_scales(plan: Plan | None) -> tuple[Scale, ...]:
    """The scaled questions of a session's plan, in the order they are asked."""
    questions = plan.questions if plan else ()
    return tuple(_scale(question) for question in questions if question.anchors)


def _scale(question: Question | PlannedQuestion) -> Scale:
    ends = question.anchors
    return Scale(id=question.id, text=question.text, low=ends[1], high=ends[10])


def save_answers(
    store: Store, session_id: int, answers: Iterable[tuple[Scale, int]], date: dt.date
) -> None:
    """Append answers of one session. Skip those already stored."""
    stored = {
        (answer.question_id, answer.low, answer.high): answer.value
        for answer in answers_of(store, session_id)
    }
    for scale, value in answers:
        if stored.get((scale.id, scale.low, scale.high)) == value:
            continue
        store.insert(
            ScaledAnswer(
                session_id=session_id,
                question_id=scale.id,
                text=scale.text,
                low=scale.low,
                high=scale.high,
                value=value,
                date=date,
            )
        )


def answers_of(store: Store, session_id: int) -> tuple[ScaledAnswer, ...]:
    """The answers that count for one session."""
    _, answers = standing_ratings(store, [session_id])
    return answers_in_effect(answers)
