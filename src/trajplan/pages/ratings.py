"""Ratings and check-ins as they were saved, and scaled questions over the sessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from trajplan.measures.progress import ScaledSeries, series
from trajplan.measures.tci import TITLES
from trajplan.pages.document import Document, client_data, record_data
from trajplan.pages.page import (
    Block,
    Heading,
    Line,
    Page,
    Spark,
    Table,
    Text,
    code,
    labelled,
    quiet,
    sentence,
)
from trajplan.pages.words import (
    MISSING,
    progress_words,
    scale_ends,
    scaled_line,
    signed,
    with_change,
)

if TYPE_CHECKING:
    from trajplan.actions.check_in import SavedCheckIn
    from trajplan.actions.ratings import SavedRating
    from trajplan.records.dossier import Dossier
    from trajplan.records.model.ratings import ScaledAnswer
    from trajplan.records.model.sessions import CheckIn, Note

FLAG = "pleasant, not moving; the next plan asks more that may change things"
HOLDING = "yes: the next plan works toward no goal; `trajplan check-in --no-holding` takes it back"
NOT_HOLDING = "no, as you said; `trajplan check-in --holding` changes that"
SCALED_ABOUT = (
    "The client's own numbers, 1–10. A session in which a question was not answered shows –."
)
NO_SCALED = (
    "No scaled question has been answered yet; a wrap saves answers under `scaled`, "
    "and so does `trajplan check-in --scaled`."
)


def saved_rating(rating: SavedRating) -> Document:
    """What `log-tci` says: each rating with its change, and a flag when one is raised."""
    return Document(
        page=lambda: _rating(rating),
        data=lambda: {
            **client_data(rating.client),
            **to_builtins(rating.reading),
            "taken_out": rating.taken_out,
        },
    )


def _rating(rating: SavedRating) -> Page:
    reading = rating.reading
    what = "corrected" if reading.corrects is not None else "saved"
    not_rated = [name.lower() for factor, name in TITLES.items() if factor not in reading.ratings]
    satisfaction = "" if reading.satisfaction is None else str(reading.satisfaction)
    return Page.of(
        f"{rating.client.name} · session {rating.session.number}: ratings {what}",
        labelled(
            *(
                (name, with_change(value, reading.change_since_last[factor]))
                for factor, name in TITLES.items()
                if (value := reading.ratings.get(factor)) is not None
            ),
            ("Satisfaction", satisfaction),
            ("Taken out", ", ".join(TITLES.get(name, name).lower() for name in rating.taken_out)),
            ("Not rated", ", ".join(not_rated)),
            ("Flag", FLAG if "pleasant_not_moving" in reading.flags else ""),
        ),
    )


def saved_check_in(saved: SavedCheckIn) -> Document:
    """What `check-in` says."""
    return Document(
        page=lambda: _check_in_page(saved),
        data=lambda: {
            **client_data(saved.client),
            "session": saved.session.number,
            **(record_data(saved.check_in) if saved.check_in else {}),
            "scaled": scaled_data(saved.scaled, session=saved.session.number),
        },
    )


def scaled_data(answers: Iterable[ScaledAnswer], *, session: int | None) -> list[dict[str, Any]]:
    """Answers to scaled questions as JSON, with the number of the session they were given in."""
    return [{**record_data(answer), "session_number": session} for answer in answers]


def _check_in_page(saved: SavedCheckIn) -> Page:
    number = saved.session.number
    return Page.of(
        f"{saved.client.name} · session {number}: check-in saved",
        labelled(
            *(_check_in(saved.check_in) if saved.check_in else ()),
            *(("Scaled", scaled_line(answer)) for answer in saved.scaled),
            *(("Pinned", _pinned(note)) for note in saved.pinned),
            ("Next", (code(f"trajplan prep session {number}"),)),
        ),
    )


def _pinned(note: Note) -> Text:
    """Words about danger stay in sight until the coach says otherwise."""
    return (f"{note.text}; ", code(f"trajplan notes unpin {note.number}"), " when it is settled")


def _check_in(check_in: CheckIn) -> tuple[tuple[str, Text], ...]:
    progress = progress_words(check_in.progress)
    holding = HOLDING if check_in.holding else NOT_HOLDING if check_in.answered else ""
    return (
        ("Energy", check_in.energy or ""),
        ("Mood", check_in.mood),
        ("Matters most", check_in.matters),
        ("Topics", ", ".join(check_in.about)),
        ("Serves the priority", check_in.serves),
        ("Progress since last time", progress),
        ("Holding", sentence(holding) if holding else ""),
    )


def scaled_page(dossier: Dossier) -> Document:
    """Scaled questions: each answer, missing ones as missing, and how it moved (R67, R109)."""
    answered = {answer.session_id for answer in dossier.scaled_answers}
    sessions = [
        number
        for session_id, number in dossier.numbers.items()
        if session_id in answered or dossier.session_by_id[session_id].state == "held"
    ]
    questions = series(dossier.scaled_answers, dossier.numbers, sessions)
    return Document(
        page=lambda: Page(
            f"Scaled questions · {dossier.client.name}", tuple(_scaled(sessions, questions))
        ),
        data=lambda: {
            **client_data(dossier.client),
            "sessions": sessions,
            "questions": [_series_data(sessions, question) for question in questions],
        },
        rows=("questions.answers",),
    )


def _scaled(sessions: Sequence[int], questions: Sequence[ScaledSeries]) -> Iterator[Block]:
    """One table per question: twelve sessions and a text would not fit beside each other."""
    if not questions:
        yield Line(sentence(NO_SCALED))
        return
    yield Line((quiet(SCALED_ABOUT),))
    for question in questions:
        ends = scale_ends(question.text, question.low, question.high)
        yield Heading(question.text, level=3)
        yield Line((*([f"{ends} · "] if ends else []), code(question.question)))
        yield Table(
            tuple(f"s{number}" for number in sessions),
            (tuple(MISSING if value is None else str(value) for value in question.values),),
        )
        yield Line((Spark(question.values), f" {_movement(question)}"))


def _movement(question: ScaledSeries) -> str:
    if question.change_since_first is None or question.change_since_last is None:
        return "answered once"
    last, first = signed(question.change_since_last), signed(question.change_since_first)
    return f"{last} since the answer before, {first} since the first"


def _series_data(sessions: Sequence[int], question: ScaledSeries) -> dict[str, Any]:
    data: dict[str, Any] = to_builtins(question)
    values = data.pop("values")
    answers = [
        {"session": number, "value": value} for number, value in zip(sessions, values, strict=True)
    ]
    return {**data, "answers": answers}
