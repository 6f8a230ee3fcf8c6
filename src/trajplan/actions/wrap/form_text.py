"""The form of a wrap with its answers in it, as it is printed, begun and gone on with (R133, R134).

`reading.py` makes a wrap of what comes back.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from typing import Any

from msgspec.structs import replace

from trajplan.actions.wrap.form import (
    BOXED_PARTS,
    ECHO_LABELS,
    LIST_PARTS,
    LONG_PARTS,
    ONE_LINE_PARTS,
    OUTCOMES,
    PRINTINGS,
    PROMISE,
    RARE,
    WrapForm,
    priority_options,
    promise_name,
    question_options,
    rating_rows,
    segment_rows,
)
from trajplan.content.worksheet_model import ROW, Field, Worksheet
from trajplan.dates import long_date
from trajplan.records.forms import Said, Wrap, WrapEcho, said_text
from trajplan.text import one_line, pattern
from trajplan.worksheets.answers import Answer, Answers, Row, rows_of
from trajplan.worksheets.form import write_form
from trajplan.worksheets.sections import exact_identity

_ROOM = 3
TITLE = pattern(r"Wrap of session (\d+)")
TO_SEND = "[x] "
BOX = re.compile(r"^\[\s{0,3}([xX]?)\s{0,3}\]\s*")
"""What stands before a takeaway."""
_NOTE_KINDS = ("notes", "working_notes", "pinned_note")


def answers_of(form: WrapForm, wrap: Wrap) -> dict[str, Answer]:
    """A wrap as the answers of its form, in which it comes back as it was (R133)."""
    notes = _notes_of(wrap)
    questions, segments = question_options(form), segment_rows(form)
    priorities, rated = priority_options(form), rating_rows(form)
    asked = wrap.asked if wrap.asked is not None else tuple(questions)
    answers: dict[str, Any] = {
        **{
            name: getattr(wrap, name)
            for name in (*ONE_LINE_PARTS, *LONG_PARTS, *LIST_PARTS, "minutes", "energy")
        },
        **notes,
        "reviews": _review_rows(form, wrap),
        **{name: tuple(map(_takeaway_line, getattr(wrap, name))) for name in BOXED_PARTS},
        "commitments": _commitment_rows(wrap),
        "asked": tuple(questions[question] for question in asked if question in questions),
        "others_asked": tuple(question for question in asked if question not in questions),
        "beliefs": tuple(map(said_text, wrap.beliefs)),
        "serves": priorities[wrap.serves - 1] if wrap.serves else None,
        "actual": tuple(
            {ROW: row, "minutes": wrap.actual[segment]}
            for segment, row in segments.items()
            if segment in wrap.actual
        ),
        "ratings": tuple(
            {ROW: row, "rating": wrap.ratings[name]}
            for name, row in rated.items()
            if form.rates and name in wrap.ratings
        ),
        **{f"scaled:{question}": value for question, value in wrap.scaled.items()},
        **_echo_answers(wrap.echo),
    }
    return {name: answer for name, answer in answers.items() if answer not in (None, "", ())}


def _takeaway_line(said: str | Said) -> str:
    """A takeaway, behind a box with an x where it may be sent. Words that begin with a box of their
    own stand behind an empty one."""
    text, to_send = said_text(said), isinstance(said, Said) and said.to_send
    return f"{TO_SEND}{text}" if to_send else _empty_box(text) if BOX.match(text) else text


def _empty_box(text: str) -> str:
    return f"[ ] {text}"


def _notes_of(wrap: Wrap) -> dict[str, str]:
    if isinstance(wrap.notes, str):
        return {"notes": wrap.notes}
    texts: dict[str, list[str]] = {name: [] for name in _NOTE_KINDS}
    for note in wrap.notes:
        name = "working_notes" if note.kind == "working" else "pinned_note" if note.pin else "notes"
        texts[name].append(note.text)
    return {name: "\n\n".join(lines) for name, lines in texts.items()}


def _review_rows(form: WrapForm, wrap: Wrap) -> tuple[dict[str, Any], ...]:
    names = {commitment.number: promise_name(commitment) for commitment in form.dossier.commitments}
    words = {status: outcome for outcome, status in OUTCOMES.items()}
    return tuple(
        {
            ROW: names[review.commitment],
            **_cells(
                status=words[review.status] if review.status else "",
                # A second line could pass for another answer.
                learned=one_line(review.learned),
                value=review.value,
                minutes=review.minutes,
            ),
        }
        for review in wrap.reviews
        if review.commitment in names
    )


def _commitment_rows(wrap: Wrap) -> tuple[Row, ...]:
    if isinstance(wrap.commitments, str):
        return ()
    return tuple(
        _cells(
            **{
                field.name: _cell(value)
                for field in PROMISE
                if (value := getattr(commitment, field.name)) != field.default
            }
        )
        for commitment in wrap.commitments
    )


def _cell(value: Any) -> Any:
    """A value as it stands in a cell."""
    return "yes" if value is True else value.isoformat() if isinstance(value, dt.date) else value


def _cells(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _echo_answers(echo: WrapEcho | None) -> dict[str, str]:
    if echo is None:
        return {}
    return {
        f"echo:{question}": words if isinstance(words, str) else " · ".join(words)
        for question in ECHO_LABELS
        if (words := getattr(echo, question))
    }


def form_text(form: WrapForm, answers: Answers | None = None) -> str:
    """The form as it is printed, with room for more. `answers`: in place of what is known."""
    answers = answers_of(form, form.prefilled) if answers is None else answers
    text = write_form(
        part_to_show(form, answers),
        with_boxes(answers, _ROOM),
        client=form.dossier.client.slug,
        name=heading(form),
        exact=PRINTINGS,
    )
    return f"{text}\n{form.live_mark}\n" if form.live_mark else text


def part_to_show(form: WrapForm, answers: Answers) -> Worksheet:
    """The part of the form that is shown: commitments that wait, and the usual columns, with
    whatever else holds an answer. Read is all of it."""
    waiting = {
        promise_name(commitment)
        for commitment in form.dossier.open_commitments()
        if commitment.session_id != form.session.id
    }
    fields = (
        _field_to_show(field, rows_of(answers, field), waiting) for field in form.worksheet.fields
    )
    return replace(form.worksheet, fields=tuple(field for field in fields if field))


def _field_to_show(field: Field, rows: Sequence[Row], waiting: Collection[str]) -> Field | None:
    if field.id == "reviews":
        answered = {row[ROW] for row in rows}
        names = tuple(name for name in field.rows if name in waiting or name in answered)
        return replace(field, rows=names) if names else None
    if field.id == "commitments":
        used = {column for row in rows for column in row}
        columns = (column for column in field.columns if column.id not in RARE or column.id in used)
        return replace(field, columns=tuple(columns))
    return field


def heading(form: WrapForm) -> str:
    """Whose session it is about, and of which day."""
    return f"{form.dossier.client.name} · {long_date(form.session.date)}"


def form_identity(data: bytes) -> tuple[int, str] | None:
    """The session and the client that a printed form names; None for what is no such form."""
    title, client = exact_identity(data.decode("utf-8-sig", "replace"))
    match = TITLE.fullmatch(title)
    return (int(match[1]), client) if match else None


def lacks_identity(data: bytes) -> bool:
    """Whether this is a form all the same, from which the line that says whose it is has gone."""
    lines = {line.rstrip() for line in data.decode("utf-8-sig", "replace").splitlines()}
    return {"## Focus", "## What the client takes away", "## Notes"} <= lines


def with_boxes(answers: Answers, room: int) -> Answers:
    """Answers with a box before each takeaway; `room`: how many there are at least, one of them
    empty."""
    boxes = {name: [_with_box(line) for line in _lines(answers, name)] for name in BOXED_PARTS}
    for lines in boxes.values():
        lines += [_empty_box("")] * min(room, max(1, room - len(lines)))
    return {**answers, **{name: tuple(lines) for name, lines in boxes.items()}}


def without_boxes(answers: Answers) -> Answers:
    """Answers without the empty boxes of the form: what may be sent keeps its own, and so do words
    that begin with a box."""
    kept = {
        name: tuple(filter(None, map(_without_box, _lines(answers, name)))) for name in BOXED_PARTS
    }
    return {name: answer for name, answer in {**answers, **kept}.items() if answer != ()}


def _lines(answers: Answers, name: str) -> list[str]:
    answer = answers.get(name)
    return list(map(str, answer)) if isinstance(answer, tuple) else []


def _with_box(line: str) -> str:
    return line if BOX.match(line) else _empty_box(line)


def _without_box(line: str) -> str:
    said = said_in(line)
    if isinstance(said, Said):
        return f"{TO_SEND}{said.text}"
    return line if BOX.match(said) else said


def said_in(line: str) -> str | Said:
    """A line of the form as it was meant: what stands behind a box with an x may be sent."""
    box = BOX.match(line)
    if box is None:
        return line
    text = line[box.end() :]
    return Said(text=text, to_send=True) if text and box[1] else text
