"""Commitments: the list, one with what was said of it, and Progress Tracking (R107).

Each figure of Progress Tracking has its n, and there is no order among few.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import to_builtins

from trajplan.actions.client_records import Detail
from trajplan.dates import short_date
from trajplan.measures.progress import (
    KIND_NAMES,
    LEAST,
    Completion,
    KindFigures,
    Progress,
    Worth,
)
from trajplan.measures.progress import progress as progress_of
from trajplan.pages.calendar_file import commitment_calendar
from trajplan.pages.document import Document, client_data, record_data, records_data
from trajplan.pages.page import (
    Bars,
    Column,
    Gauge,
    Line,
    Page,
    Table,
    Text,
    italic,
    labelled,
    listed,
    sentence,
)
from trajplan.pages.words import MISSING, path_text
from trajplan.records.dossier import Dossier
from trajplan.records.fields import form_fields
from trajplan.records.forms import STATUSES, NewCommitment
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.journeys import Client
from trajplan.text import plural

KIND_COLUMNS = (
    "kind",
    Column("minutes", right=True),
    Column("done", whole=True),
)
EMPTY = "No commitment yet; `trajplan wrap session` saves the first."


def commitment_list(dossier: Dossier, today: dt.date, *, calendar_words: bool = False) -> Document:
    """Every commitment with its status; one past its day and still open is marked as due.

    `calendar_words`: a calendar file holds what was promised, and not its number alone.
    """
    return Document(
        page=lambda: _list(dossier, today),
        data=lambda: {
            **client_data(dossier.client),
            "commitments": [
                {
                    **commitment_data(dossier, commitment),
                    "session": dossier.number_of(commitment.session_id),
                }
                for commitment in dossier.commitments
            ],
        },
        rows=("commitments",),
        calendar=lambda: commitment_calendar(dossier, today, with_text=calendar_words),
    )


def _list(dossier: Dossier, today: dt.date) -> Page:
    table = listed(
        (Column("id", whole=True), "session", "what", "by", "status"),
        (
            (
                str(commitment.number),
                str(dossier.number_of(commitment.session_id) or ""),
                commitment.what,
                short_date(commitment.due),
                _status(commitment, today),
            )
            for commitment in dossier.commitments
        ),
        "No commitment yet; `trajplan wrap session` saves them.",
    )
    return Page.of(f"Commitments · {dossier.client.name}", table)


def _status(commitment: Commitment, today: dt.date) -> str:
    text = STATUSES[commitment.status]
    if commitment.misses:
        text += f", waited {commitment.misses}×"
    if commitment.status == "open" and commitment.due < today:
        text += ", its day has passed"
    return text


def commitment_page(detail: Detail[Commitment]) -> Document:
    """One commitment in full."""
    dossier, commitment = detail.dossier, detail.record
    return Document(
        page=lambda: _page(dossier, commitment),
        data=lambda: {
            **client_data(dossier.client),
            "session": dossier.number_of(commitment.session_id),
            **commitment_data(dossier, commitment),
            "reviews": [
                {"session": dossier.number_of(review.session_id), **record_data(review)}
                for review in dossier.reviews_of(commitment.id)
            ],
            "contacts": records_data(dossier.contacts_about(commitment.id)),
        },
    )


def _page(dossier: Dossier, commitment: Commitment) -> Page:
    number = dossier.number_of(commitment.session_id)
    place = f"session {number}" if number else "between sessions"
    return Page.of(
        f"{dossier.client.name} · {place} · commitment {commitment.number}",
        labelled(*_promise(dossier, commitment), *_outcome(dossier, commitment)),
    )


def _promise(dossier: Dossier, commitment: Commitment) -> Iterator[tuple[str, Text]]:
    """What was taken on, under the labels of the wrap's form."""
    shown = {
        "when": short_date(commitment.due),
        "goal": path_text(dossier.path_to(commitment.goal_id)) or commitment.goal,
        "kind": (commitment.kind or "").replace("_", " "),
        "estimate_minutes": str(commitment.estimate_minutes or ""),
        "deadline": short_date(commitment.deadline) if commitment.deadline else "",
        "keep_asking": "as long as it waits; the client wants that" * commitment.keep_asking,
    }
    for field in form_fields(NewCommitment):
        text = shown.get(field.name)
        yield field.asks.label, getattr(commitment, field.name) if text is None else text


def _outcome(dossier: Dossier, commitment: Commitment) -> Iterator[tuple[str, Text]]:
    yield ("Status", STATUSES[commitment.status])
    yield ("Minutes spent", str(commitment.minutes or ""))
    yield ("Value, 1–10", str(commitment.value or ""))
    yield ("Learned", commitment.learned)
    for review in dossier.reviews_of(commitment.id):
        lesson = f": {review.learned}" if review.learned else ""
        number = dossier.number_of(review.session_id)
        place = f", with the wrap of session {number}" if number else ""
        yield (f"Review of {short_date(review.date)}", f"{STATUSES[review.status]}{place}{lesson}")
    for contact in dossier.contacts_about(commitment.id):
        yield (
            f"{contact.kind.capitalize()} of {short_date(contact.date)}",
            contact.note or "recorded",
        )


def commitment_data(dossier: Dossier, commitment: Commitment) -> dict[str, Any]:
    """A commitment; in place of the link stands `path`: the goals it serves, the widest first."""
    return {**record_data(commitment), "path": dossier.path_to(commitment.goal_id)}


def progress_page(dossier: Dossier) -> Document:
    """What the commitments of an engagement cost, gave and met (R107)."""
    figures = progress_of(dossier.commitments)
    return Document(
        page=lambda: _progress_page(dossier.client, figures),
        data=lambda: {
            **client_data(dossier.client),
            "least_for_rank": LEAST,
            **to_builtins(figures),
        },
        rows=("kinds",),
    )


def _progress_page(client: Client, progress: Progress) -> Page:
    """What commitments cost, gave and met, by their kind."""
    title = f"Progress · {client.name}"
    if not progress.commitments:
        return Page.of(title, Line(sentence(EMPTY)))
    kinds = (*progress.kinds, progress.overall) if len(progress.kinds) > 1 else progress.kinds
    return Page.of(
        title,
        Table(KIND_COLUMNS, tuple(map(_row, kinds))),
        _worth_bars(kinds, progress.overall),
        *(Line((italic(line),)) for line in _about(progress)),
    )


def _row(kind: KindFigures) -> tuple[str, ...]:
    return (
        f"{KIND_NAMES[kind.kind]} ({kind.count})",
        MISSING if kind.minutes is None else str(kind.minutes),
        _completion(kind.completion),
    )


def _worth_bars(kinds: Sequence[KindFigures], overall: KindFigures) -> Bars:
    """Value per hour, the most of any kind as a whole bar. Of few commitments no length is drawn:
    it would put them in an order."""
    drawn = {
        kind.kind: kind.worth.per_hour for kind in kinds if kind.worth and kind.worth.n >= LEAST
    }
    most = max(drawn.values(), default=0.0) or 1.0
    gauges = tuple(
        Gauge(
            KIND_NAMES[kind.kind],
            drawn[kind.kind] / most if kind.kind in drawn else None,
            _worth(kind.worth),
        )
        for kind in kinds
    )
    if overall.worth is None:
        return Bars(gauges, "Value per hour: no commitment has both minutes and value yet.")
    return Bars(
        gauges,
        f"Value per hour: {overall.worth.per_hour:.1f} over all with minutes and value.",
    )


def _worth(worth: Worth | None) -> str:
    if worth is None:
        return "minutes or value missing"
    rank = f", rank {worth.rank}" if worth.rank else ""
    return f"{worth.per_hour:.1f} (n = {worth.n}){rank}"


def _completion(completion: Completion | None) -> str:
    return MISSING if completion is None else f"{completion.done} of {completion.n}"


def _about(progress: Progress) -> Iterator[str]:
    """How to read the table, one sentence a line."""
    yield (
        "Value per hour: the client's own 1–10 added up, over the hours of the same commitments; "
        "only those with both minutes and value take part (n)."
    )
    yield f"Kinds are drawn and ranked from {LEAST} such commitments each; fewer say too little."
    yield "Done: of those that were looked at."
    if progress.overall.open:
        yield (
            f"{plural(progress.overall.open, 'commitment')} not looked at yet: "
            "counted in no share of what was done."
        )
