"""A wrap as the answers of its form: what is known beforehand, and what was said (R133)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, get_args

from msgspec.structs import replace

from trajplan.actions.ratings import SATISFACTION
from trajplan.actions.wrap_check import meeting_time
from trajplan.actions.wrap_fields import (
    BOXED_PARTS,
    ECHO_LABELS,
    LIST_PARTS,
    LONG_PARTS,
    ONE_LINE_PARTS,
    OUTCOMES,
    PROMISE,
    WrapFacts,
    priority_options,
    promise_name,
    question_options,
    rating_rows,
    segment_rows,
)
from trajplan.content.worksheet_model import ROW
from trajplan.measures.tci import reading_of
from trajplan.records.columns import same_fields
from trajplan.records.dossier import Dossier
from trajplan.records.forms import (
    NewCommitment,
    RatingName,
    Said,
    Wrap,
    WrapEcho,
    said_text,
)
from trajplan.records.model import Commitment, Session
from trajplan.worksheets.answers import Answer, Answers, Row

TO_SEND = "[x] "
BOX = re.compile(r"^\[\s{0,3}([xX]?)\s{0,3}\]\s*")
"""What stands before a takeaway."""
_NOTE_KINDS = ("notes", "working_notes", "pinned_note")


def known_wrap(facts: WrapFacts) -> Wrap:
    """The wrap as far as the records tell; of an earlier wrap all but the notes, which stay."""
    dossier, session = facts.dossier, facts.session
    saved = dossier.wrap_of(session.id)
    check_in = dossier.check_in_of(session.id)
    reading = reading_of(dossier, session)
    known = Wrap(
        kind="wrap",
        commitments="none",
        energy=check_in.energy if check_in else None,
        inquiry=facts.inquiry,
        serves=_priority(facts, check_in.serves if check_in else ""),
        accountability=dossier.engagement.accountability,
        next=_meeting(dossier, facts.following),
        ratings=_rated(reading.ratings, reading.satisfaction) if reading else {},
        scaled=dossier.scaled_in(session.id),
        asked=(),
    )
    if saved is None:
        return known
    said = {
        **saved.as_handed_in,
        "commitments": tuple(map(_promised, dossier.commitments_of(session.id))) or "none",
        "serves": _priority(facts, saved.serves),
        "handed_out": tuple(form.worksheet for form in dossier.handed_out_in(session.id)),
        "echo": WrapEcho(
            **{
                echo.question: echo.answer
                for echo in dossier.echoes
                if echo.session_id == session.id
            }
        ),
    }
    return replace(known, **said)


def _rated(ratings: Mapping[str, int], satisfaction: int | None) -> dict[RatingName, int]:
    names: tuple[RatingName, ...] = get_args(RatingName)
    values = {**ratings, **({} if satisfaction is None else {SATISFACTION: satisfaction})}
    return {name: values[name] for name in names if name in values}


def _promised(commitment: Commitment) -> NewCommitment:
    """A commitment as it was put when it was made."""
    return NewCommitment(**same_fields(commitment, NewCommitment), when=commitment.due.isoformat())


def _priority(facts: WrapFacts, words: str) -> int | None:
    agreed = facts.dossier.engagement.intake.priorities
    return agreed.index(words) + 1 if words in agreed else None


def _meeting(dossier: Dossier, following: Session | None) -> str:
    if following is None:
        return ""
    return f"{following.date.isoformat()} {meeting_time(dossier, following)}".strip()


def answers_of(facts: WrapFacts, wrap: Wrap) -> dict[str, Answer]:
    """A wrap as the answers of its form, in which it comes back as it was (R133)."""
    notes = _notes_of(wrap)
    questions, segments = question_options(facts), segment_rows(facts)
    priorities, rated = priority_options(facts), rating_rows(facts)
    asked = wrap.asked if wrap.asked is not None else tuple(questions)
    answers: dict[str, Any] = {
        **{
            name: getattr(wrap, name)
            for name in (*ONE_LINE_PARTS, *LONG_PARTS, *LIST_PARTS, "minutes", "energy")
        },
        **notes,
        "reviews": _review_rows(facts, wrap),
        **{name: tuple(map(_boxed, getattr(wrap, name))) for name in BOXED_PARTS},
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
            if facts.rates and name in wrap.ratings
        ),
        **{f"scaled:{question}": value for question, value in wrap.scaled.items()},
        **_echo_answers(wrap.echo),
    }
    return {name: answer for name, answer in answers.items() if answer not in (None, "", ())}


def _boxed(said: str | Said) -> str:
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


def _review_rows(facts: WrapFacts, wrap: Wrap) -> tuple[dict[str, Any], ...]:
    names = {
        commitment.number: promise_name(commitment) for commitment in facts.dossier.commitments
    }
    words = {status: outcome for outcome, status in OUTCOMES.items()}
    return tuple(
        {
            ROW: names[review.commitment],
            **_cells(
                status=words[review.status] if review.status else "",
                learned=review.learned,
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
                field.name: _written(value)
                for field in PROMISE
                if (value := getattr(commitment, field.name)) != field.default
            }
        )
        for commitment in wrap.commitments
    )


def _written(value: Any) -> Any:
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
