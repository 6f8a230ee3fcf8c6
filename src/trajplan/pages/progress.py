"""Progress Tracking on one page (R107): each figure with its n, and no order among few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trajplan.codec import to_plain
from trajplan.measures.progress import (
    LEAST,
    Completion,
    Estimates,
    KindFigures,
    Obstacle,
    Progress,
    Worth,
)
from trajplan.pages.document import Document, render
from trajplan.pages.words import KINDS
from trajplan.records.records import Client
from trajplan.text import plural

COLUMNS = ("kind", "minutes", "value per hour", "rank", "done")
MISSING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """A client with their figures."""

    client: Client
    progress: Progress


def progress_page(found: ProgressPage) -> Document:
    """The page as a document."""
    return Document(
        markdown=lambda: render(
            "progress.md.j2",
            page=found,
            columns=COLUMNS,
            rows=_rows(found.progress),
            about=_about(found.progress),
            told=_told(found.progress),
        ),
        terminal=lambda: _terminal(found),
        data=lambda: {
            "client": found.client.slug,
            "client_name": found.client.name,
            "interval": "Wilson 95 %",
            "least_for_rank": LEAST,
            **to_plain(found.progress),
        },
    )


def _rows(found: Progress) -> list[list[str]]:
    every = (*found.kinds, found.overall) if len(found.kinds) > 1 else found.kinds
    return [_row(one) for one in every]


def _row(one: KindFigures) -> list[str]:
    return [
        f"{KINDS[one.kind]} ({one.count})",
        MISSING if one.minutes is None else str(one.minutes),
        _worth(one.worth),
        str(one.worth.rank) if one.worth and one.worth.rank else MISSING,
        _completion(one.completion),
    ]


def _worth(one: Worth | None) -> str:
    return MISSING if one is None else f"{one.per_hour:.1f} (n = {one.n})"


def _completion(one: Completion | None) -> str:
    if one is None:
        return MISSING
    between = f"{_percent(one.low)}–{_percent(one.high)} %"
    return f"{one.done} of {one.n}: {_percent(one.share)} % ({between})"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _about(found: Progress) -> list[str]:
    """How to read the table, one sentence a line."""
    lines = [
        "Value per hour: the client's own 1–10 added up, over the hours of the same commitments; "
        "only those with both minutes and value take part (n).",
        f"Kinds are ranked from {LEAST} such commitments each; fewer say too little.",
        "Done: of those that were looked at; in brackets Wilson's 95 % interval.",
    ]
    if found.overall.open:
        lines.append(
            f"{plural(found.overall.open, 'commitment')} not looked at yet: "
            "counted in no share of what was done."
        )
    return lines


def _told(found: Progress) -> list[tuple[str, str]]:
    """Estimates and obstacles, labelled."""
    return [
        ("Estimates", _estimates(found.estimates)),
        *(("Obstacle", _obstacle(one)) for one in found.obstacles),
        *(
            [("Obstacles", f"{found.obstacles_named} named, none of them twice")]
            if found.obstacles_named and not found.obstacles
            else []
        ),
    ]


def _estimates(one: Estimates | None) -> str:
    if one is None:
        return "no commitment has both an estimate and its minutes yet"
    spread = f"; from {one.least:.1f} to {one.most:.1f} times" if one.n > 1 else ""
    return (
        f"took {one.median_ratio:.1f} times as long as estimated (median, n = {one.n}){spread}; "
        f"{one.longer} of {one.n} took longer"
    )


def _obstacle(one: Obstacle) -> str:
    return f"{one.text} (named {one.count}×, held up {one.held_up})"


def _terminal(found: ProgressPage) -> Any:
    from rich.text import Text

    from trajplan.pages.look import QUIET, TITLE, labelled, say, stacked, table

    title = say(f"Progress · {found.client.name}", TITLE)
    if not found.progress.commitments:
        return stacked([title, say("No commitment yet; `trajplan wrap session` keeps the first.")])
    return stacked(
        [
            title,
            Text(),
            table(COLUMNS, _rows(found.progress), right=(1,)),
            Text(),
            labelled(_told(found.progress)),
            Text(),
            *(say(line, QUIET) for line in _about(found.progress)),
        ]
    )
