"""The wrap as one form: everything a session leaves behind, filled in as far as it is known (R133).

The form is a worksheet like any other, made for one session, and `worksheets` prints it;
`wrap_reading.py` makes a wrap of what comes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.kept_plans import saved_plan
from trajplan.actions.ratings import SATISFACTION
from trajplan.actions.scaled import Scale, planned_scales
from trajplan.actions.sheet import following_session, rated_in_session
from trajplan.actions.wrap_check import MOST_COMMITMENTS, WORKING_DAYS, meeting_time
from trajplan.content.worksheet_model import ROW, Column, Field, Worksheet
from trajplan.dates import long_date, own_words, short_date
from trajplan.live.wrap import HOLDS, is_among, listed
from trajplan.measures.tci import ANCHORS, TITLES, reading_of
from trajplan.planning.first_words import echo_sessions, then_and_since
from trajplan.planning.plan import FirstWords, Plan
from trajplan.records.columns import same_fields
from trajplan.records.dossier import Dossier
from trajplan.records.fields import FormField, form_fields
from trajplan.records.forms import (
    STATUSES,
    NewCommitment,
    RatingName,
    Said,
    Wrap,
    WrapEcho,
    said_text,
)
from trajplan.records.model import Commitment, Session
from trajplan.text import one_line, pattern, shortened
from trajplan.worksheets.answers import Answer, Answers, Row, rows_of
from trajplan.worksheets.form import PrintedLines, Printings, write_form
from trajplan.worksheets.growing import with_more
from trajplan.worksheets.sections import exact_identity

T = TypeVar("T")

ALL_PLANNED = "All as planned"
PROMISE = form_fields(NewCommitment)
RARE = {field.name: field.asks.label for field in PROMISE if field.asks.rare}
"""Columns of a commitment that are read where somebody writes them, and asked for nowhere."""
OUTCOMES = {words: status for status, words in STATUSES.items()}
"""What may have come of a commitment, in the words of the form."""
NEEDED = {field.name: field.asks.label for field in PROMISE if field.needed}
"""What a commitment cannot do without, as the form calls it."""
FIRST_WORDS = {
    "stuck_point": "Where they were stuck, in their words today",
    "destination": "Where they want to go, in their words today",
    "takeaways": "What they take with them, in their words today",
}
TO_SEND = "[x] "
BOX = pattern(r"^\[\s{0,3}([xX]?)\s{0,3}\]\s*")
"""What stands before a takeaway."""
_ROOM = 3
_TITLE = pattern(r"Wrap of session (\d+)")
_BY_WHEN, _GOAL = "a day such as friday or +7d", "a number or words: "
_AS_PLANNED = "As planned; put another in its place, or none."
_BY_IDS = "By their ids, such as wheel-of-life"
REVIEWS, ASKED, ACTUAL, RATED, NEXT, SERVES = (
    "What came of what they took on",
    "What you asked",
    "Minutes by segment",
    "Where the client stands",
    "You meet again",
    "The priority it served",
)
"""Labels of parts that not every form has."""
PRINTINGS = Printings(
    hints={
        "commitments": (f"By when: {_BY_WHEN}*", f"Goal: {_GOAL}*"),
        "inquiry": (_AS_PLANNED,),
        "echo": ("At the beginning: “*”",),
        "minutes": ("Planned: *.",),
        "handed_out": (f"{_BY_IDS}*.",),
        "next": ("Planned for *. Write another day and time* if you agreed on one.",),
    },
    labels=(REVIEWS, ASKED, ACTUAL, RATED, NEXT, SERVES, *FIRST_WORDS.values()),
)
"""What a form printed while the records stood otherwise bears, so that it is read all the same."""
LINES, TEXTS = ("focus", "inquiry", "next"), ("agreement", "frame_change", "accountability")
LISTS = ("parked", "handed_out")
"""Parts of one line, of several, and of points, which a wrap holds under the same name."""
_NOTE_KINDS = ("notes", "working_notes", "pinned_note")


class WrapFacts(Struct, frozen=True, kw_only=True):
    """What is known of a session when it is wrapped."""

    dossier: Dossier
    session: Session
    following: Session | None
    """The next session that has a day; None after the last."""
    plan: Plan | None
    scales: tuple[Scale, ...]
    """The scaled questions of the plan."""
    first_words: tuple[FirstWords, ...]
    """The client's first words, where this session asks for them again."""
    inquiry: str
    """The planned question that goes home; empty without one."""
    rates: bool
    """Whether the client says in the session where they stand."""


class WrapForm(Struct, frozen=True, kw_only=True):
    """The form of one session: what it asks for, and what is known already."""

    facts: WrapFacts
    sheet: Worksheet
    answers: Answers
    """What is filled in from the records."""
    holds: str = ""
    """The line that says how much of a session that was run with `live` is in it."""

    @property
    def text(self) -> str:
        """The form as it is printed."""
        return written(self, self.answers)


def wrap_form(records: ClientRecords, session: Session) -> WrapForm:
    """The form of a session. Raises CannotDo for a meeting without a number."""
    facts = _facts(records, session)
    wrap = _known(facts)
    return WrapForm(facts=facts, sheet=_sheet(facts), answers=answers_of(facts, wrap))


def filled_with(form: WrapForm, wrap: Wrap, holds: str = "") -> WrapForm:
    """The form with what a session told while it ran, beside what the records know: lists add up,
    minutes are filled in where nothing is known, and notes where they are not saved yet."""
    known = _known(form.facts)
    saved = [note.text for note in form.facts.dossier.notes_of(form.facts.session.id)]
    both = replace(
        known,
        commitments=_once(listed(known, "commitments"), listed(wrap, "commitments"), _what)
        or "none",
        takeaways=_once(known.takeaways, wrap.takeaways, said_text),
        beliefs=wrap.beliefs,
        asked=_once(known.asked or (), wrap.asked or (), str),
        parked=_once(known.parked, wrap.parked, str),
        notes=tuple(note for note in listed(wrap, "notes") if not is_among(note.text, saved)),
        minutes=known.minutes or wrap.minutes,
        actual=known.actual or wrap.actual,
    )
    return replace(form, answers=answers_of(form.facts, both), holds=holds)


def brought_up_to_date(form: WrapForm, text: str, was: Wrap | None, now: Wrap, holds: str) -> str:
    """A form somebody has written in, with what the session told since, and not a letter less.

    `was` is what it had told when the form was begun (None: nothing), `now` what it has told today.
    """
    facts = form.facts
    before = filled_with(form, was).answers if was else answers_of(facts, _known(facts))
    after = filled_with(form, now).answers
    lines = [line for line in text.split("\n") if not line.startswith(HOLDS)]
    grown = with_more(
        shown(form, after),
        "\n".join(lines),
        _boxes(before, 0),
        _boxes(after, 0),
        PrintedLines(form.sheet, PRINTINGS),
    )
    return f"{grown.rstrip()}\n\n{holds}\n"


def _what(commitment: NewCommitment) -> str:
    return commitment.what


def _once(known: Sequence[T], told: Sequence[T], name: Callable[[T], str]) -> tuple[T, ...]:
    """What is known, then what was told besides, each once by its words."""
    things: dict[str, T] = {}
    for thing in (*known, *told):
        things.setdefault(name(thing), thing)
    return tuple(things.values())


def written(form: WrapForm, answers: Answers) -> str:
    """The form with answers in it, and room for more."""
    text = write_form(
        shown(form, answers),
        _boxes(answers, _ROOM),
        client=form.facts.dossier.client.slug,
        name=heading(form),
        exact=PRINTINGS,
    )
    return f"{text}\n{form.holds}\n" if form.holds else text


def _boxes(answers: Answers, room: int) -> Answers:
    """Answers with a box before each takeaway; `room`: how many there are at least, one of them
    empty."""
    takeaways = answers.get("takeaways", ())
    lines = [str(line) for line in takeaways] if isinstance(takeaways, tuple) else []
    boxes = [line if BOX.match(line) else boxed(line) for line in lines]
    boxes += [boxed("")] * min(room, max(1, room - len(boxes)))
    return {**answers, "takeaways": tuple(boxes)}


def shown(form: WrapForm, answers: Answers) -> Worksheet:
    """The part of the form that is shown: commitments that wait, and the usual columns, with
    whatever else holds an answer. Read is all of it."""
    waiting = {
        promise_name(commitment)
        for commitment in form.facts.dossier.open_commitments()
        if commitment.session_id != form.facts.session.id
    }
    fields = [_shown(field, rows_of(answers, field), waiting) for field in form.sheet.fields]
    return replace(form.sheet, fields=tuple(field for field in fields if field))


def _shown(field: Field, rows: Sequence[Row], waiting: Collection[str]) -> Field | None:
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
    return f"{form.facts.dossier.client.name} · {long_date(form.facts.session.date)}"


def form_identity(data: bytes) -> tuple[int, str] | None:
    """The session and the client that a printed form names; None for what is no such form."""
    title, client = exact_identity(data.decode("utf-8-sig", "replace"))
    match = _TITLE.fullmatch(title)
    return (int(match[1]), client) if match else None


def lacks_identity(data: bytes) -> bool:
    """Whether this is a form all the same, from which the line that says whose it is has gone."""
    lines = {line.rstrip() for line in data.decode("utf-8-sig", "replace").splitlines()}
    return {"## Focus", "## What the client takes away", "## Notes"} <= lines


def readdressed(form: WrapForm, draft: bytes) -> bytes:
    """A draft as it is offered again, under the short name the client has today."""
    title, client = exact_identity(draft.decode("utf-8", "replace"))
    slug = form.facts.dossier.client.slug
    if not client or client == slug:
        return draft
    return draft.replace(f"*{title}, for {client}*".encode(), f"*{title}, for {slug}*".encode(), 1)


# What is known before anybody types.


def _facts(records: ClientRecords, session: Session) -> WrapFacts:
    dossier = records.dossier
    plan = saved_plan(records, session)
    asks_again = session.number in echo_sessions(dossier.engagement.sessions)
    words = then_and_since(dossier) if asks_again else ()
    questions = plan.inquiry_questions if plan else ()
    return WrapFacts(
        dossier=dossier,
        session=session,
        following=following_session(session, dossier.sessions),
        plan=plan,
        scales=planned_scales(plan),
        first_words=tuple(first for first in words if first.then),
        inquiry=questions[-1].text if questions else "",
        rates=rated_in_session(dossier, session.id),
    )


def _known(facts: WrapFacts) -> Wrap:
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
        scaled={
            answer.question_id: answer.value
            for answer in dossier.scaled_answers
            if answer.session_id == session.id
        },
        asked=(),
    )
    if saved is None:
        return known
    to_send = saved.to_send
    said = {
        **same_fields(saved, Wrap),
        "commitments": tuple(map(_promised, dossier.commitments_of(session.id))) or "none",
        "takeaways": tuple(Said(text=text, to_send=text in to_send) for text in saved.takeaways),
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


# What the form asks for.


def _sheet(facts: WrapFacts) -> Worksheet:
    """The form as a worksheet, with everything that can be read from it."""
    return Worksheet(
        kind="worksheet",
        id="wrap",
        title=f"Wrap of session {facts.session.number}",
        filled_by=("coach",),
        fields=tuple(_fields(facts)),
    )


def _fields(facts: WrapFacts) -> Iterator[Field]:
    """What every session leaves first, what few do last."""
    yield from _promise_fields(facts)
    yield Field(id="focus", label="Focus", type="text", help="The one thing this was about.")
    yield Field(
        id="takeaways",
        label="What the client takes away",
        type="list",
        help="Their own words in “quotation marks”; [x] before what may go in the client's recap.",
    )
    yield _commitment_field(facts)
    yield Field(
        id="accountability",
        label="How the client wants to be held to it",
        type="text",
        help="In their own way; it stands on sheet and plan.",
    )
    yield Field(
        id="inquiry",
        label="The question that goes home",
        type="text",
        help=_AS_PLANNED if facts.inquiry else "",
    )
    yield from _question_fields(facts)
    yield Field(
        id="parked",
        label="Parked for another time",
        type="list",
        blank_rows=1,
        help="It stands on every plan until you close it.",
    )
    yield Field(
        id="beliefs",
        label="Beliefs you heard",
        type="list",
        blank_rows=1,
        help="Each becomes an assumption; the client's own words in “quotation marks”.",
    )
    yield Field(
        id="notes",
        label="Notes",
        type="text",
        help="For you alone, part of the record. Notes that are saved already stay.",
    )
    yield from _number_fields(facts)
    yield Field(
        id="handed_out",
        label="Worksheets that went home",
        type="list",
        blank_rows=1,
        help=_worksheet_hint(facts),
    )
    if facts.following:
        day, time = long_date(facts.following.date), meeting_time(facts.dossier, facts.following)
        clocks = facts.dossier.clocks_of(facts.following)
        theirs = f" in {clocks.zone} ({own_words(clocks)})" if clocks else ""
        by = ", by their clock," if clocks else ""
        yield Field(
            id="next",
            label=NEXT,
            type="text",
            help=f"Planned for {day}{f', {time}' if time else ''}{theirs}. Write another day and "
            f"time{by} if you agreed on one.",
        )
    yield from _rare_fields(facts)


def _promise_fields(facts: WrapFacts) -> Iterator[Field]:
    earlier = [
        commitment
        for commitment in facts.dossier.commitments
        if commitment.session_id != facts.session.id
    ]
    if earlier:
        yield Field(
            id="reviews",
            label=REVIEWS,
            type="table",
            layout="cards",
            row_label="Commitment",
            rows=tuple(map(promise_name, earlier)),
            columns=(
                Column(id="status", label="Came of it", type="choice", options=tuple(OUTCOMES)),
                Column(id="learned", label="Learned", help="their words in “quotation marks”"),
                Column(id="value", label="Worth", type="rating", min=1, max=10),
                Column(id="minutes", label="Minutes", type="number", min=1, max=10_000),
            ),
        )


def promise_name(commitment: Commitment) -> str:
    """A commitment by its number, with its words and its day."""
    return f"{commitment.number} · {shortened(commitment.what, 60)} ({short_date(commitment.due)})"


def _commitment_field(facts: WrapFacts) -> Field:
    following = facts.following
    until = f", before {short_date(following.date)}" if following else ""
    goals = [goal for goal in facts.dossier.goals if goal.status == "open"]
    there = "; ".join(f"{goal.number} {shortened(goal.text, 40)}" for goal in goals)
    about = {"when": f"{_BY_WHEN}{until}", "goal": f"{_GOAL}{there}" if there else ""}
    return Field(
        id="commitments",
        label="What the client takes on",
        type="table",
        layout="cards",
        row_label="Commitment",
        blank_rows=MOST_COMMITMENTS,
        help="One to three, each with what, by when and how they will know; or none. "
        f"More lines you may add: {', '.join(RARE.values())}.",
        columns=tuple(_column(field, about.get(field.name, "")) for field in PROMISE),
    )


def _column(field: FormField, about: str) -> Column:
    """A field of a commitment as a column of the form."""
    options = ("yes", "no") if field.typed is bool else field.words
    return Column(
        id=field.name,
        label=field.asks.label,
        type="choice" if options else "text" if field.high is None else "number",
        help=about,
        options=options,
        min=field.low,
        max=field.high,
    )


def _question_fields(facts: WrapFacts) -> Iterator[Field]:
    questions = question_options(facts)
    if questions:
        yield Field(
            id="asked",
            label=ASKED,
            type="ticks",
            options=(ALL_PLANNED, *questions.values()),
        )
    for scale in facts.scales:
        yield Field(
            id=f"scaled:{scale.id}",
            label=one_line(scale.text),
            type="rating",
            min=1,
            max=10,
            anchors={1: scale.low, 10: scale.high},
        )
    for words in facts.first_words:
        yield Field(
            id=f"echo:{words.question}",
            label=FIRST_WORDS[words.question],
            type="text",
            help=f"At the beginning: “{one_line(words.then)}”",
        )


def question_options(facts: WrapFacts) -> dict[str, str]:
    """Each planned question by its id, as the form calls it."""
    questions = facts.plan.questions if facts.plan else ()
    return {
        question.id: f"Q{number} {one_line(question.text)}"
        for number, question in enumerate(questions, 1)
    }


def _rare_fields(facts: WrapFacts) -> Iterator[Field]:
    priorities = priority_options(facts)
    if priorities:
        yield Field(
            id="serves",
            label=SERVES,
            type="choice",
            options=tuple(priorities),
        )
    yield Field(
        id="others_asked",
        label="Other questions you asked",
        type="list",
        blank_rows=1,
        help="By their ids in the library, such as grow-goal-stays; in words of your own they go "
        "with the notes.",
    )
    yield Field(
        id="agreement",
        label="Agreed anew on the way",
        type="text",
        help="What the client wanted from the rest of the session.",
    )
    yield Field(
        id="frame_change",
        label="What the session turned to",
        type="text",
        help="Where it left the frame, and that you agreed on it.",
    )
    yield Field(
        id="working_notes",
        label="Working notes",
        type="text",
        help=f"For you alone; deleted {WORKING_DAYS} days after the session.",
    )
    yield Field(
        id="pinned_note",
        label="Pinned note",
        type="text",
        help="It stands on every plan until you unpin it.",
    )


def priority_options(facts: WrapFacts) -> list[str]:
    """The agreed priorities, as the form calls them."""
    priorities = facts.dossier.engagement.intake.priorities
    return [f"{number} · {one_line(text)}" for number, text in enumerate(priorities, 1)]


def _number_fields(facts: WrapFacts) -> Iterator[Field]:
    planned = facts.plan.minutes if facts.plan else facts.dossier.engagement.minutes
    yield Field(
        id="minutes",
        label="Minutes it took",
        type="number",
        min=1,
        max=480,
        help=f"Planned: {planned}.",
    )
    segments = segment_rows(facts)
    if segments:
        yield Field(
            id="actual",
            label=ACTUAL,
            type="table",
            row_label="Segment",
            rows=tuple(segments.values()),
            columns=(Column(id="minutes", label="Took", type="number", min=0, max=480),),
        )
    yield Field(id="energy", label="Energy", type="choice", options=("low", "normal", "high"))
    if facts.rates:
        yield Field(
            id="ratings",
            label=RATED,
            type="table",
            row_label="Right now",
            help="As the client says it, where they give numbers.",
            rows=tuple(rating_rows(facts).values()),
            columns=(Column(id="rating", label="Rating", type="rating", min=1, max=10),),
        )


def rating_rows(facts: WrapFacts) -> dict[RatingName, str]:
    """Everything the client rates in the session by its name, as the form calls it."""
    names: tuple[RatingName, ...] = get_args(RatingName)
    rows: dict[RatingName, str] = {}
    for name in names:
        if name in ANCHORS:
            low, high = ANCHORS[name]
            rows[name] = f"{TITLES[name]} (1 {low}, 10 {high})"
        elif facts.dossier.client.satisfaction == "session":
            rows[name] = "Satisfaction with the session"
    return rows


def segment_rows(facts: WrapFacts) -> dict[str, str]:
    """Each segment of the plan by its id, as the form calls it; two of one title by number."""
    rows: dict[str, str] = {}
    for segment in facts.plan.segments if facts.plan else ():
        title = f"{one_line(segment.title)} (planned: {segment.minutes})"
        same = sum(row.startswith(title) for row in rows.values())
        rows[segment.id] = f"{title} {same + 1}" if same else title
    return rows


def _worksheet_hint(facts: WrapFacts) -> str:
    hands_out = facts.plan.hands_out if facts.plan else ()
    planned = ", ".join(hand_out.worksheet for hand_out in hands_out)
    return f"{_BY_IDS}; planned for this session: {planned}." if planned else f"{_BY_IDS}."


# From a wrap to answers, and back.


def answers_of(facts: WrapFacts, wrap: Wrap) -> dict[str, Answer]:
    """A wrap as the answers of its form, in which it comes back as it was (R133)."""
    notes = _notes_of(wrap)
    questions, segments = question_options(facts), segment_rows(facts)
    priorities, rated = priority_options(facts), rating_rows(facts)
    asked = wrap.asked if wrap.asked is not None else tuple(questions)
    answers: dict[str, Any] = {
        **{name: getattr(wrap, name) for name in (*LINES, *TEXTS, *LISTS, "minutes", "energy")},
        **notes,
        "reviews": _review_rows(facts, wrap),
        "takeaways": _boxed(wrap),
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


def _boxed(wrap: Wrap) -> tuple[str, ...]:
    """The takeaways, those that may be sent behind a box with an x. Words that begin with a box of
    their own stand behind an empty one."""
    lines = []
    for said in wrap.takeaways:
        text, to_send = said_text(said), isinstance(said, Said) and said.to_send
        lines.append(f"{TO_SEND}{text}" if to_send else boxed(text) if BOX.match(text) else text)
    return tuple(lines)


def boxed(text: str) -> str:
    """A takeaway that may not be sent, with its box."""
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
        for question in FIRST_WORDS
        if (words := getattr(echo, question))
    }
