"""A form asked in turn: which question comes next, and what was said so far (R133, R134).

An answer has a place: a field by its id; in a list also which item; in a table the row, by its name
or counted from 0, and the column. What was asked and left empty has None. Pure: who asks, and where
it is saved meanwhile, is not this module's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from trajplan.content.worksheet_model import ROW, Column, Field, Worksheet
from trajplan.text import name_key, says_none
from trajplan.worksheets.answers import (
    Answer,
    Answers,
    Cell,
    Place,
    expectation,
    read_option,
    read_value,
    rows_of,
)
from trajplan.worksheets.form import MARK

Given = Mapping[Place, Any]
"""What was said, by place and in the order it was asked: a cell, or a tuple of ticked options."""
ASKED = f"{MARK} asked "
SKIPPED = "\x00"
"""Stands for a place that was left empty on purpose: at the start of a table's row the rest of the
table, in a list this item alone. No text holds it."""
ALL = "all"


class InterviewQuestion(Struct, frozen=True, kw_only=True):
    """One thing to be asked."""

    place: Place
    field: Field
    column: Column | None = None
    """The cell of a table that is asked for."""
    row: str = ""
    """What the row is called."""
    first: bool = False
    """Whether its field begins with it, so that the hints are to be read."""

    @property
    def asks_for(self) -> Field | Column:
        """What says which answers there may be."""
        return self.column or self.field


def questions(sheet: Worksheet, given: Given) -> Iterator[InterviewQuestion]:
    """All questions in turn, as far as the answers so far tell which there are."""
    for field in sheet.fields:
        if field.type == "list":
            yield from _items(field, given)
        elif field.type == "table":
            yield from _cells(field, given)
        else:
            yield InterviewQuestion(place=(field.id,), field=field, first=True)


def next_question(sheet: Worksheet, given: Given) -> InterviewQuestion | None:
    """The first question that was not asked yet; None when all were."""
    asked = (question for question in questions(sheet, given) if question.place not in given)
    return next(asked, None)


def _items(field: Field, given: Given) -> Iterator[InterviewQuestion]:
    index = 0
    while True:
        place: Place = (field.id, index)
        row = str(index + 1)
        yield InterviewQuestion(place=place, field=field, row=row, first=index == 0)
        if not given.get(place):
            return
        index += 1


def _cells(field: Field, given: Given) -> Iterator[InterviewQuestion]:
    """Row by row; a row whose first cell is left empty is asked no further, unless it has more."""
    rows: list[tuple[str | int, str]] = (
        [(name, name) for name in field.rows]
        if field.rows
        else [(index, f"{field.row_label} {index + 1}") for index in range(field.blank_rows)]
    )
    for row, name in rows:
        for position, column in enumerate(field.columns):
            place: Place = (field.id, row, column.id)
            first = (row, name) == rows[0] and position == 0
            yield InterviewQuestion(place=place, field=field, column=column, row=name, first=first)
            if position == 0 and given.get(place) in (None, SKIPPED):
                if given.get(place) == SKIPPED or (not field.rows and not _more(given, place)):
                    return
                if not _more(given, place, same_row=True):
                    break


def _more(given: Given, place: Place, *, same_row: bool = False) -> bool:
    """Whether anything was said in the cells of a row, or from it on."""
    field, row, _ = place
    return any(
        value not in (None, "", SKIPPED)
        for (own, *rest), value in given.items()
        if own == field and (rest[0] == row or (not same_row and str(rest[0]) >= str(row)))
    )


class Heard(Struct, frozen=True):
    """How an answer was understood at its place."""

    fault: str = ""
    """Why it cannot be taken; empty where it can."""
    meaning: str = ""
    """What it means, where it could have been taken otherwise: the day of `friday`."""


class Spoken(Struct, frozen=True):
    """What was typed at a question: an answer, or why it is none."""

    value: Any = None
    fault: str = ""


def read_spoken(question: InterviewQuestion, text: str) -> Spoken:
    """Read what was typed at a question. Options may be given by how they begin."""
    asks_for = question.asks_for
    option = _option(asks_for, text) if text and asks_for.type == "choice" else Spoken()
    if option.value is not None:
        return option
    if not text or says_none(text):
        return Spoken()
    if isinstance(asks_for, Field) and asks_for.type == "ticks":
        return _ticked(asks_for, text)
    if asks_for.type in ("text", "list"):
        return Spoken(text)
    if asks_for.type == "choice":
        return option
    read = read_value(asks_for, text)
    fault = read.fault or (f"expected {expectation(asks_for)} alone" if read.rest else "")
    return Spoken(None if fault else read.value, fault)


def _option(asks_for: Field | Column, text: str) -> Spoken:
    """Read one option by its words or by how it alone begins."""
    begun = [option for option in asks_for.options if begins(option, text)]
    read = read_option(asks_for, begun[0] if len(begun) == 1 else text)
    return Spoken(read.value, read.fault)


def _ticked(field: Field, text: str) -> Spoken:
    """Read `all`, or how options begin, with commas between them."""
    if text.casefold() == ALL:
        return Spoken(field.options[:1] if begins(field.options[0], ALL) else field.options)
    ticked: list[Cell] = []
    for words in filter(None, (part.strip() for part in text.split(","))):
        option = _option(field, words)
        if option.fault:
            return Spoken(fault=f"`{words}` does not begin just one of these; or {ALL}, or none")
        ticked.append(option.value)
    return Spoken(tuple(ticked))


def begins(option: str, text: str) -> bool:
    """Whether an option begins with these words, whole ones."""
    return f"{name_key(option)} ".startswith(f"{name_key(text)} ")


def flattened(sheet: Worksheet, answers: Answers) -> dict[Place, Any]:
    """The answers of a form by place."""
    places: dict[Place, Any] = {}
    for field in sheet.fields:
        answer = answers.get(field.id)
        if field.type == "list" and isinstance(answer, tuple):
            places |= {(field.id, index): text for index, text in enumerate(answer)}
        elif field.type == "table":
            for index, row in enumerate(rows_of(answers, field)):
                name = str(row[ROW]) if ROW in row else index
                places |= {
                    (field.id, name, column): cell for column, cell in row.items() if column != ROW
                }
        elif answer is not None:
            places[field.id,] = answer
    return places


def gathered(sheet: Worksheet, given: Given) -> dict[str, Answer]:
    """What was said, as the answers of the form. Only what the questions still reach counts."""
    reached = [question.place for question in questions(sheet, given)]
    said = {place: given[place] for place in reached if given.get(place) not in (None, "", SKIPPED)}
    answers: dict[str, Answer] = {}
    for field in sheet.fields:
        own = {place[1:]: value for place, value in said.items() if place[0] == field.id}
        if not own:
            continue
        if field.type == "list":
            answers[field.id] = tuple(str(value) for value in own.values())
        elif field.type == "table":
            answers[field.id] = _rows(field, own)
        else:
            answers[field.id] = own[()]
    return answers


def _rows(field: Field, cells: Mapping[Place, Any]) -> tuple[dict[str, Any], ...]:
    rows: dict[str | int, dict[str, Any]] = {}
    for (row, column), value in cells.items():
        rows.setdefault(row, {ROW: row} if field.rows else {})[str(column)] = value
    return tuple(rows.values())


def with_asked(form: str, given: Given) -> str:
    """A form with a line that says which of its questions were asked, and which were skipped."""
    asked = [[*place, SKIPPED] if value == SKIPPED else place for place, value in given.items()]
    return f"{form.rstrip()}\n\n{ASKED}{json.dumps(asked)} -->\n"


def asked_in(form: str, answers: Given) -> dict[Place, Any]:
    """What was said where, as `with_asked` noted it; `answers` are those of the form, by place."""
    line = next((line for line in form.splitlines() if line.startswith(ASKED)), "")
    try:
        noted = json.loads(line.removeprefix(ASKED).removesuffix(" -->")) if line else []
        places = [tuple(place) for place in noted]
    except (ValueError, TypeError):
        return {}  # somebody has changed the line: all is asked again, with what is known
    return {
        place[:-1] if place[-1:] == (SKIPPED,) else place: (
            SKIPPED if place[-1:] == (SKIPPED,) else answers.get(place)
        )
        for place in places
    }
