"""Scaled questions: which answers are meant, what was answered before, and all of them over time
(R67, R109)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.kept_plans import kept_plan
from trajplan.actions.resolve import session_of
from trajplan.content.library import Library
from trajplan.errors import NotFound
from trajplan.measures.scaled import ScaledSeries, answers_in_effect, series
from trajplan.planning.plan import Plan, PlannedQuestion
from trajplan.records.model import ScaledAnswer, Session
from trajplan.records.store import Store
from trajplan.text import did_you_mean


class ScaledLog(Struct, frozen=True, kw_only=True):
    """A client's scaled questions; each series has a value for each of `sessions`."""

    client: str
    client_name: str
    sessions: tuple[int, ...]
    series: tuple[ScaledSeries, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A question that is answered with a number, and what both ends of its scale mean."""

    id: str
    text: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Scales:
    """The scaled questions that may be answered, by the names a coach may use for them."""

    known: Mapping[str, Scale]
    others: Mapping[str, object]
    """Every question of the library and the plan, scaled or not."""

    def find(self, name: str) -> Scale:
        """Return the question meant by an id or by its number in the plan, such as `Q3`.

        Raises NotFound, naming the nearest one, or saying that a question has no scale.
        """
        found = self.known.get(name.strip()) or self.known.get(name.strip().upper())
        if found:
            return found
        if name in self.others or name.upper() in self.others:
            raise NotFound(
                f"question `{name}` is not answered with a number; "
                "`trajplan questions list --scaled` lists those that are"
            )
        raise NotFound(f"no scaled question `{name}`{did_you_mean(name, sorted(self.known))}")


def scales_of(library: Library, plan: Plan | None) -> Scales:
    """The scaled questions of the library, and those of the plan as they were planned."""
    known: dict[str, Scale] = {}
    others: dict[str, object] = dict(library.questions)
    for question, _, _ in library.questions.values():
        if question.anchors:
            ends = question.anchors
            known[question.id] = Scale(
                id=question.id, text=question.text, low=ends[1], high=ends[10]
            )
    for number, planned in enumerate(_questions(plan), 1):
        others[f"Q{number}"] = others[planned.id] = planned
        if planned.anchors:
            known[planned.id] = known[f"Q{number}"] = _scale(planned)
    return Scales(known, others)


def planned_scales(
    context: Context, *, client: str | None, number: str | None
) -> tuple[Scale, ...]:
    """The scaled questions of a session's plan, in the order they are asked."""
    with context.read(client) as records:
        session = session_of(records, records.engagement, number)
        plan = kept_plan(records, session)
    return tuple(_scale(question) for question in _questions(plan) if question.anchors)


def _questions(plan: Plan | None) -> list[PlannedQuestion]:
    if plan is None:
        return []
    return [question for segment in plan.segments for question in segment.questions]


def _scale(question: PlannedQuestion) -> Scale:
    low, high = question.anchors[1], question.anchors[10]
    return Scale(id=question.id, text=question.text, low=low, high=high)


def keep_answers(
    store: Store, session_id: int, answers: Iterable[tuple[Scale, int]], date: dt.date
) -> None:
    """Append answers of one session. Skips answers already stored."""
    standing = {
        (answer.question_id, answer.low, answer.high): answer.value
        for answer in answers_of(store, session_id)
    }
    for scale, value in answers:
        if standing.get((scale.id, scale.low, scale.high)) == value:
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
    return answers_in_effect(store.select(ScaledAnswer, session_id=session_id))


def scaled_log(context: Context, *, client: str | None) -> ScaledLog:
    """Every scaled question this client has answered, over the sessions held so far."""
    with context.read(client) as records:
        sessions = records.own(Session)
        numbers = {session.id: session.number for session in sessions if session.number}
        answers = records.select(ScaledAnswer, session_id=numbers)
    answered = {numbers[answer.session_id] for answer in answers}
    shown = [
        session.number
        for session in sessions
        if session.number and (session.state == "held" or session.number in answered)
    ]
    in_order = sorted(answers, key=lambda answer: numbers[answer.session_id])
    return ScaledLog(
        client=records.client.slug,
        client_name=records.client.name,
        sessions=tuple(shown),
        series=series(in_order, numbers, shown),
    )
