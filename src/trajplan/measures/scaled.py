"""Scaled answers over time: one series a question and scale, nothing imputed (R67, R109)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from trajplan.records.model import ScaledAnswer


class ScaledSeries(Struct, frozen=True, kw_only=True):
    """What one scaled question was answered, session by session.

    `values` has a place for each session that was asked about; None: not answered then. A question
    whose words for 1 or 10 have changed begins a new series, since the numbers mean something else.
    """

    question: str
    text: str
    low: str
    high: str
    values: tuple[int | None, ...]
    change_since_last: int | None
    """Newest answer less the one before it; None before there are two."""
    change_since_first: int | None


def answers_in_effect(answers: Iterable[ScaledAnswer]) -> tuple[ScaledAnswer, ...]:
    """The answer that counts for each session and question: the one given last."""
    newest: dict[tuple[int, str], ScaledAnswer] = {}
    for answer in answers:
        newest[answer.session_id, answer.question_id] = answer
    return tuple(newest.values())


def series(
    answers: Iterable[ScaledAnswer], numbers: Mapping[int, int], sessions: Sequence[int]
) -> tuple[ScaledSeries, ...]:
    """One series a question and scale, in the order they were first asked.

    `numbers`: the number of each session by its id; `sessions`: the numbers of those to show a
    place for, in order.
    """
    by_scale: dict[tuple[str, str, str], list[ScaledAnswer]] = {}
    for answer in answers_in_effect(answers):
        by_scale.setdefault((answer.question_id, answer.low, answer.high), []).append(answer)
    return tuple(
        _series(
            sorted(answers_on_scale, key=lambda answer: numbers[answer.session_id]),
            numbers,
            sessions,
        )
        for answers_on_scale in by_scale.values()
    )


def _series(
    answers: Sequence[ScaledAnswer], numbers: Mapping[int, int], sessions: Sequence[int]
) -> ScaledSeries:
    by_session = {numbers[answer.session_id]: answer.value for answer in answers}
    values = [answer.value for answer in answers]
    newest = answers[-1]
    return ScaledSeries(
        question=newest.question_id,
        text=newest.text,
        low=newest.low,
        high=newest.high,
        values=tuple(by_session.get(number) for number in sessions),
        change_since_last=values[-1] - values[-2] if len(values) > 1 else None,
        change_since_first=values[-1] - values[0] if len(values) > 1 else None,
    )
