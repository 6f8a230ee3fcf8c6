"""A filled form of a session becomes a wrap, with the line of each of its values (R133).

It is the same `Wrap` that YAML becomes, and goes the same way from here: `check.py` holds it
against the records, and its faults stand at the line they belong to.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from trajplan.actions.commitments import NEEDED, day_fault, day_passed, due_day, lacking
from trajplan.actions.goals import meant_goal
from trajplan.actions.sources import decode, read_yaml_form
from trajplan.actions.wrap.check import FAR_TOO_MANY, HandedInWrap, commitment_bounds, too_many
from trajplan.actions.wrap.form import (
    ALL_PLANNED,
    BOXED_PARTS,
    ECHO_LABELS,
    LIST_PARTS,
    LONG_PARTS,
    ONE_LINE_PARTS,
    OUTCOMES,
    PRINTINGS,
    WrapForm,
    priority_options,
    promise_name,
    question_options,
    rating_rows,
    segment_rows,
)
from trajplan.actions.wrap.form_text import BOX, TITLE, said_in, without_boxes
from trajplan.content.document import KeyPath, Report, SourceDocument
from trajplan.content.library import Library
from trajplan.content.worksheet_model import ROW
from trajplan.dates import parse_day, parse_day_and_time, short_date
from trajplan.errors import InvalidContent, Problem, TrajplanError, UsageFault
from trajplan.live.wrap import LIVE_LISTS
from trajplan.records.command_forms import FormFile
from trajplan.records.forms import (
    CommitmentStatus,
    NewCommitment,
    Said,
    Wrap,
    WrapEcho,
    WrapNote,
    WrapReview,
)
from trajplan.text import did_you_mean, exact_words, one_line, says_none, short_quote, visible
from trajplan.vocabulary import Energy
from trajplan.worksheets.answers import Answer, Answers, FilledForm, FormFault, Place
from trajplan.worksheets.form import identity
from trajplan.worksheets.interview import Heard
from trajplan.worksheets.reading import read_exactly
from trajplan.worksheets.sections import exact_identity

T = TypeVar("T", bound=str)
KEPT = (ROW, "keep_asking")
"""Columns in which `no` is an answer."""
MOST_POINTS = 5_000
"""Of one list; each is saved by itself."""


def read_wrap_form(form: WrapForm, name: str, data: bytes) -> HandedInWrap:
    """Read a filled form; `name` is its name in messages.

    Raises InvalidContent with every fault of the form, each on its line. Faults that only the
    records show are added to the report by `check_wrap`.
    """
    text, filled = _text_and_answers(form, name, data)
    reader = _WrapReader(form, filled)
    wrap = reader.wrap()
    _refuse(name, (*filled.faults, *reader.faults))
    document = SourceDocument(name, {}, values=reader.places, keys=reader.places)
    hints = tuple(
        f"{short_quote(words)} has no place of its own in the form; it is saved with the notes"
        for words in map(one_line, filled.unmatched)
    )
    report = Report(document, names_keys=False)
    return HandedInWrap(wrap, report, from_form=True, hints=hints, form_text=text)


def read_yaml_wrap(name: str, data: bytes, today: dt.date) -> HandedInWrap:
    """Read a wrap in YAML; `name` is its name in messages.

    Raises InvalidContent with every fault of its shape. Faults that only the records show are added
    to the report by `check_wrap`.
    """
    wrap, report = read_yaml_form(FormFile(name, data), Wrap, today)
    for part, words in wrap.words_said.items():
        for index, said in enumerate(words):
            if isinstance(said, Said) and not said.is_clear:
                report.add((part, index), "give one of `text`, `exact` and `gist`")
    return HandedInWrap(wrap, report)


def _text_and_answers(form: WrapForm, name: str, data: bytes) -> tuple[str, FilledForm]:
    """The text of a form of this session, and what it was understood as."""
    text = visible(decode(name, data))
    _refuse_another(form, name, text)
    return text, read_exactly(form.worksheet, text, PRINTINGS, form.dossier.client.name)


def _refuse(name: str, faults: Iterable[FormFault]) -> None:
    in_order = sorted(faults, key=lambda fault: fault.line)
    if in_order:
        raise InvalidContent([Problem(name, fault.line, 1, fault.message) for fault in in_order])


def _refuse_another(form: WrapForm, name: str, text: str) -> None:
    """Refuse a form of another client or session before it is read: it asks for other things."""
    title, slug = exact_identity(text)
    client = form.dossier.client
    words = ""
    if slug and not client.goes_by(slug):
        words = f"this is a wrap for `{slug}`, not for `{client.slug}`; --client says whose it is"
    elif title and not TITLE.fullmatch(title):
        whose = identity(form.worksheet, client.slug, exact=True)
        words = f"the line below the title, `*{whose}*`, is not as it was printed; put it back"
    elif title and title != form.worksheet.title:
        number = form.session.number
        words = f"this is a {title[0].lower()}{title[1:]}, not of {number}"
    if words:
        lines = enumerate(text.split("\n"), 1)
        line = next((number for number, line in lines if title in line and "*" in line), 1)
        raise InvalidContent([Problem(name, line, 1, words)])


def answers_in(form: WrapForm, name: str, data: bytes) -> Answers:
    """The answers of a draft, to go on with. What stands under no heading joins the notes.

    Raises InvalidContent for what cannot be read, so that no word of it is lost.
    """
    _, filled = _text_and_answers(form, name, data)
    _refuse(name, filled.faults)
    answers = dict(without_boxes(filled.answers))
    notes = "\n\n".join(filter(None, (str(answers.pop("notes", "")), *filled.unmatched)))
    return {**answers, **({"notes": notes} if notes else {})}


def hearing(
    form: WrapForm, library: Library, today: dt.date, *, force: bool
) -> Callable[[Place, Any], Heard]:
    """How single answers are taken, for somebody who is asked in turn. What only all of them
    show is found when the wrap is saved."""
    session, goals = form.session, form.dossier.goals
    bounds = commitment_bounds(session, form.following, force)

    def hear(place: Place, value: Any) -> Heard:
        match place, value:
            case ("commitments", _, str(column)), None:
                needed = column in NEEDED and column != "what"
                return Heard("this is needed" if needed else "")
            case _, None:
                return Heard()
            case ("commitments", _, "when"), _:
                day = due_day(value, session.date, bounds)
                meaning = f"{short_date(day)}{day_passed(day, today)}"
                return Heard(day_fault(day, bounds, value), meaning)
            case ("commitments", _, "goal"), _:
                meant_goal(goals, value)
            case ("next" | "halfway",), _ if says_none(value):
                return Heard()
            case ("next",), _:
                day, clock = parse_day_and_time(value, session.date)
                return Heard(meaning=f"{short_date(day)} {clock}".strip())
            case ("halfway",), _:
                day = parse_day(value, session.date)
                return Heard(day_fault(day, bounds, value), short_date(day))
            case ("others_asked", _), _ if " " not in value:
                return Heard(why_unknown(value, library.questions, "question"))
            case ("handed_out", _), _:
                return Heard(why_unknown(value, library.worksheets, "worksheet"))
            case _, float():
                return Heard("expected a whole number")
        return Heard()

    def heard(place: Place, value: Any) -> Heard:
        try:
            return hear(place, value)
        except TrajplanError as fault:
            return Heard(str(fault))

    return heard


def why_unknown(name: str, names: Collection[str], what: str) -> str:
    """Why a name is none of these; empty when it is one."""
    return "" if name in names else f"no {what} `{name}`{did_you_mean(name, names)}"


def _lacks(commitment: NewCommitment, missing: Sequence[str]) -> str:
    """Say what a commitment cannot do without (R96), and where it may stand instead."""
    which = short_quote(commitment.what) if "what" not in missing else "this commitment"
    labels = " and ".join(f"“{NEEDED[name]}”" for name in missing)
    return f"{which} still needs {labels}; or put it under “Parked for another time”"


class _WrapReader:
    """Makes a wrap of the answers of a form, and tells where each of its values stands."""

    def __init__(self, form: WrapForm, filled: FilledForm) -> None:
        self.form = form
        # What was kept while the session ran was said, even where it is "no" alone.
        self._told = LIVE_LISTS if form.live_mark else ()
        self.faults: list[FormFault] = []
        self.places: dict[KeyPath, tuple[int, int]] = {
            place: (line, 1) for place, line in filled.places.items() if len(place) == 1
        }
        """Where each value of the wrap stands; of a field its heading."""
        self._filled = filled

    def wrap(self) -> Wrap:
        """The wrap that the form describes, as far as it can be read."""
        said: dict[str, Any] = {
            **{name: one_line(self._text(name)) for name in ONE_LINE_PARTS},
            **{name: self._text(name) for name in LONG_PARTS},
            **{name: self._list(name) for name in LIST_PARTS},
            **{name: self._boxed(name) for name in BOXED_PARTS},
        }
        if ("accountability",) not in self._filled.places:
            # A heading that was left out changes nothing that stands in the records.
            said["accountability"] = self.form.dossier.engagement.accountability
        said["next"] = self._next()
        return Wrap(
            kind="wrap",
            session=self.form.session.number,
            commitments=self._commitments() or "none",
            reviews=self._reviews(),
            asked=self._asked(),
            beliefs=self._list("beliefs"),
            notes=self._notes(),
            serves=self._serves(),
            minutes=self._whole("minutes"),
            actual=self._by_row("actual", "minutes", segment_rows(self.form)),
            energy=cast("Energy | None", self._answer("energy")),
            scaled=self._scaled(),
            ratings=self._by_row("ratings", "rating", rating_rows(self.form)),
            echo=self._echo(),
            **said,
        )

    def _answer(self, field: str) -> Answer | None:
        return self._filled.answers.get(field)

    def _place(self, path: KeyPath, *places: Place) -> None:
        """Remember the line of a value of its own: the first of these places that the form has."""
        lines = self._filled.places
        line = next((lines[place] for place in places if place in lines), 1)
        self.places[path] = (line, 1)

    def _fault(self, path: KeyPath, message: str) -> None:
        line, _ = self.places.get(path, (1, 1))
        self.faults.append(FormFault(line, message))

    def _text(self, field: str) -> str:
        answer = self._answer(field)
        return answer if isinstance(answer, str) and not self._says_none(field, answer) else ""

    def _says_none(self, field: str, text: str) -> bool:
        return field not in self._told and says_none(text)

    def _list(self, field: str) -> tuple[str, ...]:
        answer = self._answer(field)
        texts = list(map(str, answer)) if isinstance(answer, tuple) else []
        if len(texts) > MOST_POINTS:
            self._fault((field,), f"{len(texts):,} points; a list holds up to {MOST_POINTS:,}")
            return ()
        said = [
            index
            for index, text in enumerate(texts)
            if not self._says_none(field, BOX.sub("", text))
        ]
        for place, index in enumerate(said):
            self._place((field, place), (field, index), (field,))
        return tuple(texts[index] for index in said)

    def _rows(self, field: str) -> list[Mapping[str, Any]]:
        answer = self._answer(field)
        rows = answer if isinstance(answer, tuple) else ()
        return [
            {name: cell for name, cell in row.items() if name in KEPT or not says_none(str(cell))}
            for row in rows
            if isinstance(row, Mapping)
        ]

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
            promise_name(commitment): commitment for commitment in self.form.dossier.commitments
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
        rows = [(place, row) for place, row in enumerate(self._rows("commitments")) if row]
        if len(rows) > FAR_TOO_MANY:
            self._fault(("commitments",), too_many(len(rows)))
            return ()
        return tuple(self._commitment(index, place, row) for index, (place, row) in enumerate(rows))

    def _commitment(self, index: int, place: int, row: Mapping[str, Any]) -> NewCommitment:
        """`place`: which of those written in the form it is, with those that say there is none."""
        path: KeyPath = ("commitments", index)
        cells: list[Place] = [("commitments", place, column) for column in row]
        self._place(path, *cells)
        for column in (*NEEDED, *row):
            self._place((*path, column), ("commitments", place, column), *cells)
        self._whole_cells(path, row, ("estimate_minutes",))
        deadline = None
        try:
            if row.get("deadline"):
                deadline = parse_day(row["deadline"], self.form.session.date)
        except UsageFault as fault:
            self._fault((*path, "deadline"), str(fault))
        needed = dict.fromkeys(NEEDED, "")
        kept = {**row, "deadline": deadline, "keep_asking": row.get("keep_asking") == "yes"}
        commitment = NewCommitment(**{**needed, **kept})
        if missing := lacking(commitment):
            self._fault((*path, missing[0]), _lacks(commitment, missing))
        return commitment

    def _boxed(self, field: str) -> tuple[str | Said, ...]:
        """Points with a box before each; an empty box says nothing."""
        points: list[str | Said] = []
        for index, line in enumerate(self._list(field)):
            if said := said_in(line):
                self.places[field, len(points)] = self.places[field, index]
                points.append(said)
        return tuple(points)

    def _asked(self) -> tuple[str, ...]:
        """The ids of the questions asked; those of the library last."""
        ids = {label: question for question, label in question_options(self.form).items()}
        answer = self._answer("asked")
        ticked = answer if isinstance(answer, tuple) else ()
        labels = tuple(ids) if ALL_PLANNED in ticked else tuple(map(str, ticked))
        planned = tuple(ids[label] for label in labels)
        others = [name for name in self._list("others_asked") if " " not in name]
        for index in range(len(others)):
            self.places["asked", len(planned) + index] = self.places["others_asked", index]
        return tuple(dict.fromkeys((*planned, *others)))

    def _notes(self) -> tuple[WrapNote, ...]:
        """The notes, and as a note of its own what stood under no heading or one of the coach's, so
        that no word is lost. A paragraph in quotation marks is what the client said, and stands by
        itself."""
        paragraphs = re.split(r"\n\s*\n", self._text("notes"))
        said = [words.strip() for words in paragraphs if exact_words(words)]
        record = [words for words in paragraphs if not exact_words(words)]
        # An id has no space; a question in words of one's own is in no library.
        asked = [name for name in self._list("others_asked") if " " in name]
        record += [f"Also asked: {question}" for question in asked]
        notes = [
            WrapNote(text="\n\n".join(filter(None, record))),
            *(WrapNote(text=words) for words in (*said, *self._filled.unmatched)),
            WrapNote(text=self._text("working_notes"), kind="working"),
            WrapNote(text=self._text("pinned_note"), pin=True),
        ]
        return tuple(note for note in notes if note.text)

    def _next(self) -> str:
        """When they meet again. The day that is planned stands in the form, so whoever empties it
        says that none is agreed on; a heading that was left out says nothing."""
        if ("next",) not in self._filled.places:
            return ""
        return one_line(self._text("next")) or "none"

    def _serves(self) -> int | None:
        answer = self._answer("serves")
        options = priority_options(self.form)
        return options.index(str(answer)) + 1 if answer in options else None

    def _by_row(self, field: str, column: str, rows: Mapping[T, str]) -> dict[T, int]:
        """The one number in each row of a table; `rows`: what the form calls each."""
        names = {row: name for name, row in rows.items()}
        numbers: dict[T, int] = {}
        for row in self._rows(field):
            name = names[str(row[ROW])]
            self._place((field, name), (field, str(row[ROW]), column))
            self._whole_cells((field, name), row, ("minutes",))
            numbers[name] = row[column]
        return numbers

    def _scaled(self) -> dict[str, int]:
        """Answers to scaled questions, by question id."""
        scaled = {}
        for field, answer in self._filled.answers.items():
            before, _, question = field.partition(":")
            if before == "scaled" and isinstance(answer, int):
                self._place(("scaled", question), (field,))
                scaled[question] = answer
        return scaled

    def _echo(self) -> WrapEcho | None:
        words = {question: self._text(f"echo:{question}") for question in ECHO_LABELS}
        for question in ECHO_LABELS:
            self._place(("echo", question), (f"echo:{question}",))
        return WrapEcho(**words) if any(words.values()) else None
