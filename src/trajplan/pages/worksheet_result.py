"""A filled worksheet: what was written, drawn where it is rated, and what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trajplan.actions.worksheets import WorksheetResult
from trajplan.content.worksheet_model import ROW, Field, scale
from trajplan.dates import short_date
from trajplan.pages.document import Document, client_data, fields_data
from trajplan.pages.drawings import number_text
from trajplan.pages.page import (
    Block,
    Bullets,
    Heading,
    Line,
    Page,
    Span,
    Spoke,
    Table,
    Wheel,
    labelled,
    quiet,
)
from trajplan.worksheets.answers import Answers, Row, cell_text, empty_fields, rows_of
from trajplan.worksheets.form import anchors_line, card_name, grid
from trajplan.worksheets.summaries import summarise

CARDS_ACROSS = 3
"""Cards beside each other that stay readable on a line of 80 letters."""


def result_page(result: WorksheetResult) -> Document:
    """What was filled in, in the order of the form, and what it says."""
    return Document(page=lambda: _page(result), data=lambda: result_data(result))


def _page(result: WorksheetResult) -> Page:
    saved = ": saved" if result.fresh else ""
    title = f"{result.dossier.client.name} · {_session(result)} · {result.filling.title}{saved}"
    return Page.of(title, Line((quiet(_day(result)),)), *_answers(result), *_outcome(result))


def _session(result: WorksheetResult) -> str:
    if result.session:
        return f"session {result.session}"
    following = result.dossier.next_session()
    if following and result.fresh:
        return f"before session {following.number}"
    return "between sessions"


def _day(result: WorksheetResult) -> str:
    """The day it was filled in, and the day it is compared with."""
    text = f"Filled in on {short_date(result.filling.date)}"
    if result.earlier:
        text += f", the time before on {short_date(result.earlier.date)}"
    return f"{text} (filling {result.filling.id})"


def _answers(result: WorksheetResult) -> Iterator[Block]:
    """Filled fields in order, neighbouring ratings on one scale drawn together."""
    ratings: list[Field] = []
    for field in result.sheet.fields:
        if field.type == "rating" and (not ratings or scale(ratings[0]) == scale(field)):
            ratings.append(field)
            continue
        yield from _ratings(ratings, result.answers)
        ratings = [field] if field.type == "rating" else []
        if not ratings and field.id in result.answers:
            yield Heading(field.label)
            yield from _answer(field, result.answers)
    yield from _ratings(ratings, result.answers)


def _ratings(fields: Sequence[Field], answers: Answers) -> Iterator[Block]:
    """Ratings side by side; then what points of the scale mean, where it is the same for all."""
    rated = [(field, value) for field in fields if (value := _rating(field, answers)) is not None]
    if not rated:
        return
    low, high = scale(fields[0])
    spokes = tuple(Spoke(field.label, _rating(field, answers)) for field in fields)
    lowest, highest = (pick(value for _, value in rated) for pick in (min, max))
    ends = (("Highest", highest), ("Lowest", lowest)) if lowest < highest else (("Rated", highest),)
    summary = ". ".join(
        f"{name} {number_text(end)}: "
        + ", ".join(field.label for field, value in rated if value == end)
        for name, end in ends
    )
    yield Wheel(spokes, low, high, f"{summary}.")
    anchors = {anchors_line(field) for field in fields}
    if len(anchors) == 1 and (meaning := anchors.pop()):
        yield Line((quiet(meaning),))


def _rating(field: Field, answers: Answers) -> float | None:
    value = answers.get(field.id)
    return value if isinstance(value, int | float) else None


def _answer(field: Field, answers: Answers) -> Iterator[Block]:
    answer = answers[field.id]
    if field.type == "table":
        yield from _tables(field, answers)
    elif isinstance(answer, tuple):
        yield Bullets(tuple(map(str, answer)))
    else:
        yield from _lines(cell_text(answer))


def _lines(text: str) -> list[Line]:
    return [Line(line) for line in text.splitlines() if line.strip()]


def _tables(field: Field, answers: Answers) -> Iterator[Table]:
    """A table as it is read best: as it is, or cards side by side."""
    rows = rows_of(answers, field)
    if field.layout == "grid":
        titles, cells = grid(field, rows)
        yield Table(tuple(titles), tuple(tuple(map(cell_text, row)) for row in cells[: len(rows)]))
        return
    cards = list(enumerate(rows, 1))
    for start in range(0, len(cards), CARDS_ACROSS):
        yield _cards(field, cards[start : start + CARDS_ACROSS])


def _cards(field: Field, cards: Sequence[tuple[int, Row]]) -> Table:
    names = [str(card.get(ROW) or card_name(field, number)) for number, card in cards]
    return Table(
        ("", *names),
        tuple(
            (column.label, *(cell_text(card.get(column.id, "")) for _, card in cards))
            for column in field.columns
            if any(column.id in card for _, card in cards)
        ),
    )


def _outcome(result: WorksheetResult) -> Iterator[Block]:
    """What the answers show, what is missing, and what belonged to no field."""
    summaries = summarise(result.sheet, result.answers, result.before)
    if summaries:
        yield Heading("What it shows")
        yield labelled(*((summary.title, "; ".join(summary.lines)) for summary in summaries))
    missing = empty_fields(result.sheet, result.answers, required=False)
    empty = [
        field
        for field in result.sheet.fields
        if field.id not in result.answers and field not in missing
    ]
    if missing:
        labels = ", ".join(field.label for field in missing)
        yield Line((Span("Still missing:", "warning"), f" {labels}"))
    if empty:
        yield Line(f"Left empty: {', '.join(field.label for field in empty)}")
    if result.filling.unmatched:
        yield Heading("Text that belonged to no field")
        yield from _lines(result.filling.unmatched)


def result_data(result: WorksheetResult) -> dict[str, Any]:
    """The documented keys of `worksheets result --format json`."""
    filling = result.filling
    return {
        **client_data(result.dossier.client),
        **fields_data(filling, "worksheet", "title"),
        "filling": filling.id,
        "date": filling.date,
        "session": result.session,
        "previous_date": result.earlier.date if result.earlier else None,
        "answers": result.answers,
        "fields": [fields_data(field, "id", "label", "type") for field in result.sheet.fields],
        "summaries": summarise(result.sheet, result.answers, result.before),
        "missing": [
            field.id for field in empty_fields(result.sheet, result.answers, required=False)
        ],
        "unmatched": filling.unmatched,
    }
