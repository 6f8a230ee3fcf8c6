"""Progress Tracking on one page (R107): each figure with its n, and no order among few."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import to_builtins

from trajplan.actions.commitments import ProgressFigures
from trajplan.measures.progress import (
    KIND_NAMES,
    LEAST,
    Completion,
    Estimates,
    KindFigures,
    Progress,
    Worth,
)
from trajplan.pages.document import Document, client_data
from trajplan.pages.page import Column, Line, Page, Table, italic, labelled, sentence
from trajplan.text import plural

COLUMNS = (
    "kind",
    Column("minutes", right=True),
    "value per hour",
    "rank",
    Column("done", whole=True),
)
EMPTY = "No commitment yet; `trajplan wrap session` saves the first."
MISSING = "–"


def progress_page(figures: ProgressFigures) -> Document:
    """The page as a document."""
    return Document(
        page=lambda: page(figures),
        data=lambda: {
            **client_data(figures.client),
            "interval": "Wilson 95 %",
            "least_for_rank": LEAST,
            **to_builtins(figures.progress),
        },
    )


def page(figures: ProgressFigures) -> Page:
    """What commitments cost, gave and met, by their kind."""
    title, progress = f"Progress · {figures.client.name}", figures.progress
    if not progress.commitments:
        return Page(title, (Line(sentence(EMPTY)),))
    kinds = (*progress.kinds, progress.overall) if len(progress.kinds) > 1 else progress.kinds
    return Page(
        title,
        (
            Table(COLUMNS, tuple(map(_row, kinds))),
            labelled(_estimates_and_obstacles(progress)),
            *(Line((italic(line),)) for line in _about(progress)),
        ),
    )


def _row(kind: KindFigures) -> tuple[str, ...]:
    return (
        f"{KIND_NAMES[kind.kind]} ({kind.count})",
        MISSING if kind.minutes is None else str(kind.minutes),
        _worth(kind.worth),
        str(kind.worth.rank) if kind.worth and kind.worth.rank else MISSING,
        _completion(kind.completion),
    )


def _worth(worth: Worth | None) -> str:
    return MISSING if worth is None else f"{worth.per_hour:.1f} (n = {worth.n})"


def _completion(completion: Completion | None) -> str:
    if completion is None:
        return MISSING
    between = f"{_percent(completion.low)}–{_percent(completion.high)} %"
    share = f"{_percent(completion.share)} %"
    return f"{completion.done} of {completion.n}: {share} ({between})"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _about(progress: Progress) -> Iterator[str]:
    """How to read the table, one sentence a line."""
    yield (
        "Value per hour: the client's own 1–10 added up, over the hours of the same commitments; "
        "only those with both minutes and value take part (n)."
    )
    yield f"Kinds are ranked from {LEAST} such commitments each; fewer say too little."
    yield "Done: of those that were looked at; in brackets Wilson's 95 % interval."
    if progress.overall.open:
        yield (
            f"{plural(progress.overall.open, 'commitment')} not looked at yet: "
            "counted in no share of what was done."
        )


def _estimates_and_obstacles(progress: Progress) -> Iterator[tuple[str, str]]:
    yield "Estimates", _estimates(progress.estimates)
    for obstacle in progress.obstacles:
        times = f"named {obstacle.count}×, held up {obstacle.held_up}"
        yield "Obstacle", f"{obstacle.text} ({times})"
    if progress.obstacles_named and not progress.obstacles:
        yield "Obstacles", f"{progress.obstacles_named} named, none of them twice"


def _estimates(estimates: Estimates | None) -> str:
    if estimates is None:
        return "no commitment has both an estimate and its minutes yet"
    n, least, most = estimates.n, estimates.least, estimates.most
    spread = f"; from {least:.1f} to {most:.1f} times" if n > 1 else ""
    return (
        f"took {estimates.median_ratio:.1f} times as long as estimated (median, n = {n}){spread}; "
        f"{estimates.longer} of {n} took longer"
    )
