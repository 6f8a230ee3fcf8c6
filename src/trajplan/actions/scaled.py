"""Scaled questions: which answers are meant, what was answered before, and all of them over time
(R67, R109)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.kept_plans import kept_plan
from trajplan.actions.resolve import case_of, session_of
from trajplan.content.library import Library
from trajplan.errors import NotFound
from trajplan.measures.scaled import ScaledSeries, in_effect, series
from trajplan.planning.plan import LastAnswer, Plan, PlannedQuestion
from trajplan.records import scaled
from trajplan.records.model import ScaledAnswer, Session
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store, reading
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
    for at, one in enumerate(_planned(plan), 1):
        others[f"Q{at}"] = others[one.id] = one
        if one.anchors:
            known[one.id] = known[f"Q{at}"] = _scale(one)
    return Scales(known, others)


def planned_scales(
    context: Context, *, client: str | None, number: str | None
) -> tuple[Scale, ...]:
    """The scaled questions of a session's plan, in the order they are asked."""
    with reading(context.practice) as store:
        session = session_of(store, case_of(store, client).engagement, number)
        return tuple(_scale(one) for one in _planned(kept_plan(store, session)) if one.anchors)


def _planned(plan: Plan | None) -> list[PlannedQuestion]:
    return [one for segment in plan.segments for one in segment.questions] if plan else []


def _scale(one: PlannedQuestion) -> Scale:
    return Scale(id=one.id, text=one.text, low=one.anchors[1], high=one.anchors[10])


def keep_answers(
    store: Store,
    engagement_id: int,
    session_id: int,
    given: Iterable[tuple[Scale, int]],
    date: dt.date,
) -> None:
    """Append answers of one session. An answer that stands there already is not given twice."""
    standing = {
        (one.question_id, one.low, one.high): one.value
        for one in in_effect(scaled.of_engagement(store, engagement_id))
        if one.session_id == session_id
    }
    for scale, value in given:
        if standing.get((scale.id, scale.low, scale.high)) == value:
            continue
        scaled.add(
            store,
            session_id=session_id,
            question_id=scale.id,
            text=scale.text,
            low=scale.low,
            high=scale.high,
            value=value,
            date=date,
        )


def last_answers(store: Store, engagement_id: int, before: int) -> dict[str, LastAnswer]:
    """The newest answer to each scaled question in sessions before this one."""
    numbers = session_numbers(store, engagement_id)
    return {
        answer.question_id: LastAnswer(
            session=numbers[answer.session_id], value=answer.value, low=answer.low, high=answer.high
        )
        for answer in in_effect(scaled.of_engagement(store, engagement_id))
        if numbers[answer.session_id] < before
    }


def answers_of(store: Store, engagement_id: int, session_id: int) -> tuple[ScaledAnswer, ...]:
    """The answers that count for one session."""
    found = in_effect(scaled.of_engagement(store, engagement_id))
    return tuple(one for one in found if one.session_id == session_id)


def scaled_log(context: Context, *, client: str | None) -> ScaledLog:
    """Every scaled question this client has answered, over the sessions held so far."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        answers = scaled.of_engagement(store, case.engagement.id)
        numbers = session_numbers(store, case.engagement.id)
        answered = {numbers[answer.session_id] for answer in answers}
        shown = [
            one.number
            for one in store.select(Session, engagement_id=case.engagement.id)
            if one.number and (one.state == "held" or one.number in answered)
        ]
    return ScaledLog(
        client=case.client.slug,
        client_name=case.client.name,
        sessions=tuple(shown),
        series=series(answers, numbers, shown),
    )
