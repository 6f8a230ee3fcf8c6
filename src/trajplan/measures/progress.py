"""Progress Tracking: what commitments cost, what they were worth, which were done (R107); and what
scaled questions were answered over time (R67, R109).

Counts and ratios of what was given; nothing is imputed. A commitment takes part in a figure only
with everything that figure needs, and each figure carries its n.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from trajplan.records.forms import CommitmentKind
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.ratings import ScaledAnswer

KINDS: tuple[str, ...] = get_args(CommitmentKind)
UNNAMED = ""
"""Stands for commitments whose kind was not given."""
KIND_NAMES = {
    "experiential": "experiential",
    "information_gathering": "information gathering",
    "reflective": "reflective",
    "preparing": "preparing",
    UNNAMED: "kind not given",
    "all": "all",
}
"""Kinds of commitments; `all` heads the figures over every kind."""
LEAST = 3
"""Kinds with fewer commitments behind a figure are not ranked by it."""
REVIEWED = ("done", "partly", "not_yet", "dropped")
"""Statuses that say how it went; an open commitment has not been looked at yet."""


class Worth(Struct, frozen=True, kw_only=True):
    """Value points an hour: the sum of values over the sum of hours, of the `n` with both."""

    n: int
    minutes: int
    value: int
    per_hour: float
    rank: int | None = None
    """1 is most; None under `LEAST`, and where there is no other kind to compare with."""


class Completion(Struct, frozen=True, kw_only=True):
    """How many of the `n` commitments looked at were done."""

    done: int
    n: int


class KindFigures(Struct, frozen=True, kw_only=True):
    """One kind of commitment; a figure nobody gave anything for is None."""

    kind: str
    count: int
    open: int
    minutes: int | None
    """All minutes given, also where no value was."""
    worth: Worth | None
    completion: Completion | None


class Progress(Struct, frozen=True, kw_only=True):
    """Every figure. `kinds` holds only kinds that occur, in the order of `KINDS`."""

    commitments: int
    overall: KindFigures
    kinds: tuple[KindFigures, ...]


def progress(commitments: Sequence[Commitment]) -> Progress:
    """Work out every figure."""
    kinds = [
        _figures(
            kind, [commitment for commitment in commitments if (commitment.kind or UNNAMED) == kind]
        )
        for kind in (*KINDS, UNNAMED)
    ]
    return Progress(
        commitments=len(commitments),
        overall=_figures("all", commitments),
        kinds=_with_ranks([figures for figures in kinds if figures.count]),
    )


def _figures(kind: str, commitments: Sequence[Commitment]) -> KindFigures:
    minutes = [commitment.minutes for commitment in commitments if commitment.minutes is not None]
    return KindFigures(
        kind=kind,
        count=len(commitments),
        open=sum(commitment.status == "open" for commitment in commitments),
        minutes=sum(minutes) if minutes else None,
        worth=_worth(commitments),
        completion=_completion(commitments),
    )


def _worth(commitments: Iterable[Commitment]) -> Worth | None:
    both = [
        (commitment.minutes, commitment.value)
        for commitment in commitments
        if commitment.minutes is not None and commitment.value is not None
    ]
    if not both:
        return None
    minutes, value = sum(spent for spent, _ in both), sum(worth for _, worth in both)
    return Worth(n=len(both), minutes=minutes, value=value, per_hour=60 * value / minutes)


def _completion(commitments: Iterable[Commitment]) -> Completion | None:
    reviewed = [commitment for commitment in commitments if commitment.status in REVIEWED]
    if not reviewed:
        return None
    done = sum(commitment.status == "done" for commitment in reviewed)
    return Completion(done=done, n=len(reviewed))


def _with_ranks(kinds: Sequence[KindFigures]) -> tuple[KindFigures, ...]:
    """Ranks by value an hour, equals sharing one, among the kinds behind which enough stands."""
    rankable = [figures.worth for figures in kinds if _is_rankable(figures) and figures.worth]
    if len(rankable) < 2:
        return tuple(kinds)
    return tuple(
        replace(figures, worth=replace(figures.worth, rank=_rank(figures.worth, rankable)))
        if figures.worth and _is_rankable(figures)
        else figures
        for figures in kinds
    )


def _is_rankable(figures: KindFigures) -> bool:
    return figures.kind != UNNAMED and figures.worth is not None and figures.worth.n >= LEAST


def _rank(worth: Worth, among: Iterable[Worth]) -> int:
    """1 and how many are worth more an hour; cross-multiplied, so that equals are equal."""
    return 1 + sum(other.value * worth.minutes > worth.value * other.minutes for other in among)


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
    newest = {(answer.session_id, answer.question_id): answer for answer in answers}
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
