"""A filled form of a session becomes a wrap, with the line of each of its values (R133).

It is the same `Wrap` that YAML becomes, and goes the same way from here: `wrap_check.py` holds it
against the records, and its faults stand at the line they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from trajplan.actions.forms import decode
from trajplan.actions.wrap_check import WrapInput
from trajplan.actions.wrap_form import (
    ALL_PLANNED,
    FIRST_WORDS,
    NEEDED,
    OUTCOMES,
    WrapFacts,
    WrapForm,
    priority_options,
    promise_name,
    question_options,
    segment_rows,
)
from trajplan.content.document import Document, KeyPath, Report
from trajplan.content.worksheet_model import ROW
from trajplan.dates import parse_day
from trajplan.errors import InvalidContent, Problem, UsageFault
from trajplan.records.forms import (
    CommitmentStatus,
    Energy,
    NewCommitment,
    RatingName,
    Said,
    Wrap,
    WrapEcho,
    WrapNote,
    WrapReview,
)
from trajplan.text import one_line, visible
from trajplan.worksheets.answers import Answer, FilledForm, FormFault, Place
from trajplan.worksheets.reading import read_exactly

UNMATCHED = "some text stood under no heading of the form; it is saved with the notes"
_BOX = re.compile(r"^\[([ xX])\]\s*")


def read_wrap_form(form: WrapForm, name: str, data: bytes) -> WrapInput:
    """Read a filled form; `name` is its name in messages.

    Raises InvalidContent with every fault of the form, each on its line. Faults that only the
    records show are added to the report by `check_wrap`.
    """
    text = visible(decode(name, data).replace("\r\n", "\n").replace("\r", "\n"))
    filled = read_exactly(form.sheet, text)
    reader = _WrapReader(form.facts, filled)
    wrap = reader.wrap()
    faults = sorted((*filled.faults, *reader.faults), key=lambda fault: fault.line)
    if faults:
        raise InvalidContent([Problem(name, fault.line, 1, fault.message) for fault in faults])
    document = Document(name, {}, values=reader.places, keys=reader.places)
    hints = (UNMATCHED,) if filled.unmatched else ()
    return WrapInput(wrap, Report(document), whole=True, hints=hints)


class _WrapReader:
    """Makes a wrap of the answers of a form, and tells where each of its values stands."""

    def __init__(self, facts: WrapFacts, filled: FilledForm) -> None:
        self.facts = facts
        self.faults: list[FormFault] = []
        self.places: dict[KeyPath, tuple[int, int]] = {}
        self._filled = filled

    def wrap(self) -> Wrap:
        """The wrap that the form describes, as far as it can be read."""
        return Wrap(
            kind="wrap",
            client=self._filled.client,
            session=self.facts.session.number,
            commitments=self._commitments() or "none",
            reviews=self._reviews(),
            focus=one_line(self._text("focus")),
            takeaways=self._takeaways(),
            inquiry=one_line(self._text("inquiry")),
            asked=self._asked(),
            parked=self._list("parked"),
            notes=self._notes(),
            agreement=self._text("agreement"),
            frame_change=self._text("frame_change"),
            accountability=self._text("accountability"),
            serves=self._serves(),
            minutes=self._whole("minutes"),
            actual=self._actual(),
            energy=cast("Energy | None", self._answer("energy")),
            scaled=self._rated("scaled"),
            ratings=cast("Mapping[RatingName, int]", self._rated("rating", "ratings")),
            echo=self._echo(),
            handed_out=self._list("handed_out"),
            next=one_line(self._text("next")),
        )

    def _answer(self, field: str, path: KeyPath | None = None) -> Answer | None:
        """An answer; `path` is where the wrap keeps it, where that is not the field's own name."""
        self._place(path or (field,), (field,))
        return self._filled.answers.get(field)

    def _place(self, path: KeyPath, *places: Place) -> None:
        """Remember the line of a value: the first of these places that the form has."""
        lines = self._filled.places
        line = next((lines[place] for place in places if place in lines), 1)
        self.places[path] = (line, 1)

    def _fault(self, path: KeyPath, message: str) -> None:
        self.faults.append(FormFault(self.places[path][0], message))

    def _text(self, field: str, path: KeyPath | None = None) -> str:
        answer = self._answer(field, path)
        return answer if isinstance(answer, str) else ""

    def _list(self, field: str) -> tuple[str, ...]:
        answer = self._answer(field)
        texts = tuple(map(str, answer)) if isinstance(answer, tuple) else ()
        for index in range(len(texts)):
            self._place((field, index), (field, index), (field,))
        return texts

    def _rows(self, field: str) -> list[Mapping[str, Any]]:
        answer = self._answer(field)
        rows = answer if isinstance(answer, tuple) else ()
        return [row for row in rows if isinstance(row, Mapping)]

    def _whole(self, field: str) -> int | None:
        answer = self._answer(field)
        if isinstance(answer, float):
            self._fault((field,), "expected a whole number")
        return answer if isinstance(answer, int) else None

    def _whole_cells(self, path: KeyPath, row: Mapping[str, Any], columns: Iterable[str]) -> None:
        for column in columns:
            if isinstance(row.get(column), float):
                self._fault(path, "expected a whole number of minutes")

    def _reviews(self) -> tuple[WrapReview, ...]:
        by_name = {
            promise_name(commitment): commitment for commitment in self.facts.dossier.commitments
        }
        reviews = []
        for index, row in enumerate(self._rows("reviews")):
            name = str(row[ROW])
            places: list[Place] = [("reviews", name, column) for column in row]
            self._place(("reviews", index), *places)
            self._whole_cells(("reviews", index), row, ("minutes",))
            status = OUTCOMES.get(row.get("status", ""))
            reviews.append(
                WrapReview(
                    commitment=by_name[name].number,
                    status=cast("CommitmentStatus | None", status),
                    minutes=row.get("minutes"),
                    value=row.get("value"),
                    learned=row.get("learned", ""),
                )
            )
        return tuple(reviews)

    def _commitments(self) -> tuple[NewCommitment, ...]:
        rows = self._rows("commitments")
        return tuple(self._commitment(index, row) for index, row in enumerate(rows))

    def _commitment(self, index: int, row: Mapping[str, Any]) -> NewCommitment:
        path: KeyPath = ("commitments", index)
        cells: list[Place] = [("commitments", index, column) for column in row]
        self._place(path, *cells)
        for column in row:
            self._place((*path, column), ("commitments", index, column))
        for column, label in NEEDED.items():
            if not row.get(column):
                self._place((*path, column), *cells)
                self._fault(path, f"commitment {index + 1}: “{label}” has to be filled in")
        self._whole_cells(path, row, ("estimate_minutes",))
        deadline = None
        try:
            if row.get("deadline"):
                deadline = parse_day(row["deadline"], self.facts.session.date)
        except UsageFault as fault:
            self._fault((*path, "deadline"), str(fault))
        needed = dict.fromkeys(NEEDED, "")
        kept = {**row, "deadline": deadline, "keep_asking": row.get("keep_asking") == "yes"}
        return NewCommitment(**{**needed, **kept})

    def _takeaways(self) -> tuple[str | Said, ...]:
        takeaways: list[str | Said] = []
        for index, line in enumerate(self._list("takeaways")):
            box = _BOX.match(line)
            text = line[box.end() :] if box else line
            if not text:
                continue
            self._place(("takeaways", len(takeaways)), ("takeaways", index))
            to_send = bool(box and box[1] in "xX")
            takeaways.append(Said(text=text, to_send=True) if to_send else text)
        return tuple(takeaways)

    def _asked(self) -> tuple[str, ...]:
        """The ids of the questions asked; those of the library last."""
        ids = {label: question for question, label in question_options(self.facts).items()}
        answer = self._answer("asked")
        ticked = answer if isinstance(answer, tuple) else ()
        labels = tuple(ids) if ALL_PLANNED in ticked else tuple(map(str, ticked))
        planned = tuple(ids[label] for label in labels)
        others = self._list("others_asked")
        for index in range(len(others)):
            self._place(("asked", len(planned) + index), ("others_asked", index))
        return tuple(dict.fromkeys((*planned, *others)))

    def _notes(self) -> tuple[WrapNote, ...]:
        """The notes, and as a note what stood under no heading, so that no word is lost."""
        record = [self._text("notes"), *self._filled.unmatched]
        notes = [
            WrapNote(text="\n\n".join(filter(None, record))),
            WrapNote(text=self._text("working_notes"), kind="working"),
            WrapNote(text=self._text("pinned_note"), pin=True),
        ]
        return tuple(note for note in notes if note.text)

    def _serves(self) -> int | None:
        answer = self._answer("serves")
        options = priority_options(self.facts)
        return options.index(str(answer)) + 1 if answer in options else None

    def _actual(self) -> dict[str, int]:
        by_row = {row: segment for segment, row in segment_rows(self.facts).items()}
        actual = {}
        for row in self._rows("actual"):
            segment = by_row[str(row[ROW])]
            self._place(("actual", segment), ("actual", str(row[ROW]), "minutes"))
            self._whole_cells(("actual", segment), row, ("minutes",))
            actual[segment] = row["minutes"]
        return actual

    def _rated(self, kind: str, key: str = "") -> dict[str, int]:
        """The ratings of one kind, by what was rated."""
        ratings = {}
        for field, answer in self._filled.answers.items():
            before, _, name = field.partition(":")
            if before == kind and isinstance(answer, int):
                self._place((key or kind, name), (field,))
                ratings[name] = answer
        return ratings

    def _echo(self) -> WrapEcho | None:
        words = {
            question: self._text(f"echo:{question}", ("echo", question)) for question in FIRST_WORDS
        }
        return WrapEcho(**words) if any(words.values()) else None
