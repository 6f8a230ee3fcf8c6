"""The form of a wrap: what is known of the session, and what is asked of it, what every session
leaves first and what few do last (R133).

It is a worksheet like any other, made for one session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.commitments import ALL_THE_SAME, Bounds, day_fault
from trajplan.actions.kept_plans import plan_to_wrap
from trajplan.actions.live_draft import LiveFile
from trajplan.actions.rating_card import rated_in_session
from trajplan.actions.ratings import SATISFACTION, Scale, planned_scales
from trajplan.actions.sheet import MOST_COMMITMENTS
from trajplan.actions.wrap.check import WORKING_DAYS, commitment_bounds
from trajplan.content.labels import ENGLISH_TAG
from trajplan.content.worksheet_model import Column, Field, Worksheet
from trajplan.dates import long_date, own_words, short_date
from trajplan.live.wrap import with_live_wrap
from trajplan.measures.tci import ANCHORS, TITLES, reading_of
from trajplan.planning.calendar import following_session, midpoint_after
from trajplan.planning.first_words import echo_sessions, then_and_since
from trajplan.planning.from_records import FirstWords
from trajplan.planning.plan import Plan
from trajplan.records.dossier import Dossier, start_of
from trajplan.records.fields import FormField, form_fields, same_fields
from trajplan.records.forms import (
    STATUS_WORDS,
    STATUSES,
    NewCommitment,
    RatingName,
    Wrap,
    WrapEcho,
    WrapReview,
)
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.sessions import Session
from trajplan.text import one_line, shortened
from trajplan.vocabulary import ENERGIES
from trajplan.worksheets.form import Printings

ALL_PLANNED = "All as planned"
PROMISE = form_fields(NewCommitment)
RARE = {field.name: field.asks.label for field in PROMISE if field.asks.rare}
"""Columns of a commitment that are read where somebody writes them, and asked for nowhere."""
OUTCOMES = {words: status for status, words in STATUSES.items()}
"""What may have come of a commitment, in the words of the form."""
ECHO_LABELS = {
    "stuck_point": "Where they were stuck, in their words today",
    "destination": "Where they want to go, in their words today",
    "takeaways": "What they take with them, in their words today",
}
"""Labels of the first words, asked for again: what a wrap keeps of them is its `echo`."""
ONE_LINE_PARTS = ("focus", "inquiry", "next", "halfway")
LONG_PARTS = ("agreement", "frame_change", "accountability")
"""Parts that may have several lines."""
LIST_PARTS = ("parked", "handed_out")
BOXED_PARTS = ("takeaways",)
"""Lists with a box before each point. A wrap holds all of these parts under the same name."""
_BY_WHEN, _GOAL = "a day such as friday or +7d", "a number or words: "
_AS_PLANNED = "As planned; put another in its place, or none."
_AS_SAVED = "As saved; put another in its place, or none."
_GOES_HOME_SO = "It goes home in these words, on a page in `{language}`."
_BY_IDS = "By their ids, such as wheel-of-life"
_RATING_NAMES: tuple[RatingName, ...] = get_args(RatingName)
_RATING_ROWS = {
    name: f"{TITLES[name]} (1 {ANCHORS[name][0]}, 10 {ANCHORS[name][1]})"
    if name in ANCHORS
    else "Satisfaction with the session"
    for name in _RATING_NAMES
}
_REVIEWED = Field(
    id="reviews",
    label="What came of what they took on",
    type="table",
    layout="cards",
    row_label="Commitment",
    columns=(
        Column(
            id="status",
            label="Came of it",
            type="choice",
            options=tuple(OUTCOMES),
            also={STATUSES[status]: words for status, words in STATUS_WORDS.items()},
        ),
        Column(id="learned", label="Learned", help="their words in “quotation marks”"),
        Column(id="value", label="Worth", type="rating", min=1, max=10),
        Column(id="minutes", label="Minutes", type="number", min=1, max=10_000),
    ),
)
_ASKED = Field(id="asked", label="What you asked", type="ticks")
_ACTUAL = Field(
    id="actual",
    label="Minutes by segment",
    type="table",
    row_label="Segment",
    columns=(Column(id="minutes", label="Took", type="number", min=0, max=480),),
)
_RATED = Field(
    id="ratings",
    label="Where the client stands",
    type="table",
    row_label="Right now",
    help="As the client says it, where they give numbers.",
    columns=(Column(id="rating", label="Rating", type="rating", min=1, max=10),),
)
_NEXT = Field(id="next", label="You meet again", type="text")
_HALFWAY = Field(id="halfway", label="A short message in between", type="text")
_IF_AGREED = "Write a day if you agreed on one"
_SERVES = Field(id="serves", label="The priority it served", type="choice")
_ECHOES = {
    question: Field(id=f"echo:{question}", label=label, type="text")
    for question, label in ECHO_LABELS.items()
}
_SHORT_DAY = r"\w{3} \d{1,2} \w{3} \d{4}"
PRINTINGS = Printings(
    parts=(_REVIEWED, _ASKED, _ACTUAL, _RATED, _NEXT, _HALFWAY, _SERVES, *_ECHOES.values()),
    hints=(
        "Came of it: .*",
        rf"By when: {re.escape(_BY_WHEN)}(, by {_SHORT_DAY} at the latest)?",
        f"Goal: {_GOAL}.*",
        *(
            rf"{re.escape(where)}( {_GOES_HOME_SO.format(language='[^`]+')})?"
            for where in (_AS_PLANNED, _AS_SAVED)
        ),
        "At the beginning: “.*”",
        r"Planned: \d+\.",
        rf"{_BY_IDS}(; planned for this session: [\w-]+(, [\w-]+)*)?\.",
        r"Planned for \w+ \d{1,2} \w+ \d{4}(, \d\d:\d\d)?"
        rf"( in [\w/+-]+ \(\d\d:\d\d for you( on {_SHORT_DAY})?\))?\. "
        r"Write another day and time(, by their clock,)? if you agreed on one(, or none)?\.",
        rf"{_IF_AGREED}(; \w+ \d{{1,2}} \w+ \d{{4}} lies halfway)?\.",
    ),
    rows={
        "reviews": rf"\d+ · .* \({_SHORT_DAY}\)",
        "actual": r".* \(planned: \d+\)( \d+)?",
        "ratings": "|".join(map(re.escape, _RATING_ROWS.values())),
    },
    options={
        "asked": rf"Q\d+ .*[.?!…]\W*|{ALL_PLANNED}",
        "serves": r"\d+ · .*",
    },
)
"""What a form printed while the records stood otherwise bears, so that it is read all the same."""


class WrapForm(Struct, frozen=True, kw_only=True):
    """The form of one session: what is known of it when it is wrapped."""

    dossier: Dossier
    session: Session
    following: Session | None
    """The next session that has a day; None after the last."""
    plan: Plan | None
    scales: tuple[Scale, ...]
    """The scaled questions of the plan."""
    first_words: tuple[FirstWords, ...]
    """The client's first words, where this session asks for them again."""
    rates: bool
    """Whether the client says in the session where they stand."""
    known: Wrap
    """What the records know of it."""
    told_live: Wrap | None = None
    """What the session told while it ran; None where it was not run with `live`."""
    live_mark: str = ""
    """The line that says how much of a session that was run with `live` is in it."""

    @property
    def prefilled(self) -> Wrap:
        """What is filled in beforehand."""
        if self.told_live is None:
            return self.known
        saved_notes = [note.text for note in self.dossier.notes_of(self.session.id)]
        return with_live_wrap(self.known, self.told_live, saved_notes)

    @property
    def worksheet(self) -> Worksheet:
        """The form as a worksheet, with everything that can be read from it."""
        return Worksheet(
            kind="worksheet",
            id="wrap",
            title=f"Wrap of session {self.session.number}",
            filled_by=("coach",),
            fields=tuple(_fields(self)),
        )


def wrap_form(dossier: Dossier, session: Session, live: LiveFile | None = None) -> WrapForm:
    """The form of a session, with what `live` kept of it. Raises CannotDo for a meeting without a
    number."""
    following = following_session(session, dossier.sessions)
    plan = plan_to_wrap(dossier, session)
    asks_again = session.number in echo_sessions(dossier.engagement.sessions)
    words = then_and_since(dossier) if asks_again else ()
    return WrapForm(
        dossier=dossier,
        session=session,
        following=following,
        plan=plan,
        scales=planned_scales(plan),
        first_words=tuple(first for first in words if first.then),
        rates=rated_in_session(dossier, session.id),
        known=_known_wrap(dossier, session, following, plan),
        told_live=live.wrap_since_key(0, dossier.own_zone) if live else None,
        live_mark=live.live_mark(dossier.own_zone) if live else "",
    )


def _known_wrap(
    dossier: Dossier, session: Session, following: Session | None, plan: Plan | None
) -> Wrap:
    """The wrap as far as the records tell; of an earlier wrap all but the notes, which stay."""
    saved = dossier.wrap_of(session.id)
    check_in = dossier.check_in_of(session.id)
    reading = reading_of(dossier, session)
    known = Wrap(
        kind="wrap",
        commitments="none",
        energy=check_in.energy if check_in else None,
        inquiry=plan.inquiry() if plan else "",
        serves=_priority(dossier, check_in.serves if check_in else ""),
        accountability=dossier.engagement.accountability,
        next=_meeting(dossier, following),
        ratings=_ratings_known(reading.ratings, reading.satisfaction) if reading else {},
        scaled=dossier.scaled_in(session.id),
        asked=(),
    )
    if saved is None:
        return replace(known, reviews=tuple(_reviewed_since(dossier, session)))
    until = None if saved.no_next else following
    said = {
        **saved.as_handed_in,
        **({"next": "none"} if saved.no_next else {}),
        "halfway": saved.halfway.isoformat() if saved.halfway else "",
        "commitments": tuple(
            _as_made(commitment, commitment_bounds(session, until, force=False))
            for commitment in dossier.commitments_of(session.id)
        )
        or "none",
        "serves": _priority(dossier, saved.serves),
        "handed_out": tuple(form.worksheet for form in dossier.handed_out_in(session.id)),
        "reviews": tuple(_as_given(dossier, session)),
        "echo": WrapEcho(
            **{
                echo.question: echo.answer
                for echo in dossier.echoes
                if echo.session_id == session.id
            }
        ),
    }
    return replace(known, **said)


def _reviewed_since(dossier: Dossier, session: Session) -> Iterator[WrapReview]:
    """What was said of earlier commitments by itself, since the wrap before this one. What a wrap
    said is no news: to say it again is another miss. Of several reviews the newest word counts."""
    before = dossier.last_held(before=session.number)
    wrap = dossier.wrap_of(before.id) if before else None
    for commitment in dossier.commitments:
        is_new = wrap is not None and commitment.session_id == wrap.session_id
        reviews = [
            review
            for review in dossier.reviews_of(commitment.id)
            if review.session_id is None
            and (wrap is None or is_new or review.date > wrap.wrapped_on)
        ]
        if reviews and commitment.session_id != session.id:
            said: dict[str, Any] = {}
            for review in reviews:
                given = same_fields(review, WrapReview.of_review)
                said |= {name: value for name, value in given.items() if value not in (None, "")}
            yield WrapReview(commitment=commitment.number, **said)


def _ratings_known(ratings: Mapping[str, int], satisfaction: int | None) -> dict[RatingName, int]:
    values = {**ratings, **({} if satisfaction is None else {SATISFACTION: satisfaction})}
    return {name: values[name] for name in _RATING_NAMES if name in values}


def _as_made(commitment: Commitment, bounds: Bounds) -> NewCommitment:
    """A commitment as it was put when it was made; a day outside the bounds was meant."""
    when = commitment.due.isoformat()
    if day_fault(commitment.due, bounds, when):
        when += f", {ALL_THE_SAME}"
    return NewCommitment(**same_fields(commitment, Commitment.as_made), when=when)


def _as_given(dossier: Dossier, session: Session) -> Iterator[WrapReview]:
    """What the wrap of a session said of earlier commitments."""
    numbers = {commitment.id: commitment.number for commitment in dossier.commitments}
    for review in dossier.reviews_in(session.id):
        said = same_fields(review, WrapReview.of_review)
        yield WrapReview(commitment=numbers[review.commitment_id], **said)


def _priority(dossier: Dossier, words: str) -> int | None:
    agreed = dossier.engagement.intake.priorities
    return agreed.index(words) + 1 if words in agreed else None


def _meeting(dossier: Dossier, following: Session | None) -> str:
    if following is None:
        return ""
    return f"{following.date.isoformat()} {start_of(dossier.engagement, following)}".strip()


def _text(name: str, label: str, about: str = "") -> Field:
    return Field(id=name, label=label, type="text", help=about)


def _points(name: str, label: str, about: str) -> Field:
    """A list with room for one more."""
    return Field(id=name, label=label, type="list", help=about, blank_rows=1)


def _fields(form: WrapForm) -> Iterator[Field]:
    """What every session leaves first, what few do last."""
    yield from _promise_fields(form)
    yield _text("focus", "Focus", "The one thing this was about; it stands on the client's sheet.")
    yield Field(
        id="takeaways",
        label="What the client takes away",
        type="list",
        help=(
            "Their own words in “quotation marks”; [x] before what may go in the client's recap; "
            "all of them stand on the sheet."
        ),
    )
    yield _commitment_field(form)
    yield _text(
        "accountability",
        "How the client wants to be held to it",
        "In their own way; it stands on sheet and plan.",
    )
    yield _text("inquiry", "The question that goes home", _inquiry_hint(form))
    yield from _question_fields(form)
    yield _points(
        "parked", "Parked for another time", "It stands on every plan until you close it."
    )
    yield _points(
        "beliefs",
        "Beliefs you heard",
        "Each becomes an assumption; the client's own words in “quotation marks”.",
    )
    yield _text(
        "notes", "Notes", "For you alone, part of the record. Notes that are saved already stay."
    )
    yield from _number_fields(form)
    yield _points("handed_out", "Worksheets that went home", _worksheet_hint(form))
    if form.following:
        day = long_date(form.following.date)
        time = start_of(form.dossier.engagement, form.following)
        clocks = form.dossier.clocks_of(form.following)
        theirs = f" in {clocks.zone} ({own_words(clocks)})" if clocks else ""
        by = ", by their clock," if clocks else ""
        yield replace(
            _NEXT,
            help=f"Planned for {day}{f', {time}' if time else ''}{theirs}. Write another day and "
            f"time{by} if you agreed on one, or none.",
        )
        midpoint = midpoint_after(form.dossier, form.session, form.following)
        halfway = f"; {long_date(midpoint)} lies halfway" if midpoint else ""
        yield replace(_HALFWAY, help=f"{_IF_AGREED}{halfway}.")
    yield from _rare_fields(form)


def _inquiry_hint(form: WrapForm) -> str:
    """Where the question in the form comes from; nothing where there is none."""
    if not form.known.inquiry:
        return ""
    where = _AS_SAVED if form.dossier.wrap_of(form.session.id) else _AS_PLANNED
    language = form.dossier.engagement.language
    if language in ("", ENGLISH_TAG):
        return where
    # Nobody but the coach can say it as they said it: no question is translated.
    return f"{where} {_GOES_HOME_SO.format(language=language)}"


def _promise_fields(form: WrapForm) -> Iterator[Field]:
    earlier = [
        commitment
        for commitment in form.dossier.commitments
        if commitment.session_id != form.session.id
    ]
    if earlier:
        yield replace(_REVIEWED, rows=tuple(map(promise_name, earlier)))


def promise_name(commitment: Commitment) -> str:
    """A commitment by its number, with its words and its day."""
    return f"{commitment.number} · {shortened(commitment.what, 60)} ({short_date(commitment.due)})"


def _commitment_field(form: WrapForm) -> Field:
    following = form.following
    until = f", by {short_date(following.date)} at the latest" if following else ""
    goals = form.dossier.open_goals()
    there = "; ".join(f"{goal.number} {shortened(goal.text, 40)}" for goal in goals)
    about = {"when": f"{_BY_WHEN}{until}", "goal": f"{_GOAL}{there}" if there else ""}
    return Field(
        id="commitments",
        label="What the client takes on",
        type="table",
        layout="cards",
        row_label="Commitment",
        # Where they were told that nothing has to be promised, one is room enough.
        blank_rows=1 if form.plan and form.plan.holding else MOST_COMMITMENTS,
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


def _question_fields(form: WrapForm) -> Iterator[Field]:
    questions = question_options(form)
    if questions:
        yield replace(_ASKED, options=(ALL_PLANNED, *questions.values()))
    for scale in form.scales:
        yield Field(
            id=f"scaled:{scale.id}",
            label=one_line(scale.text),
            type="rating",
            min=1,
            max=10,
            anchors={1: scale.low, 10: scale.high},
        )
    for words in form.first_words:
        yield replace(_ECHOES[words.question], help=f"At the beginning: “{one_line(words.then)}”")


def question_options(form: WrapForm) -> dict[str, str]:
    """Each planned question by its id, as the form calls it."""
    questions = form.plan.questions if form.plan else ()
    return {
        question.id: f"Q{number} {one_line(question.text)}"
        for number, question in enumerate(questions, 1)
    }


def _rare_fields(form: WrapForm) -> Iterator[Field]:
    priorities = priority_options(form)
    if priorities:
        yield replace(_SERVES, options=tuple(priorities))
    yield _points(
        "others_asked",
        "Other questions you asked",
        "By their ids in the library, such as grow-goal-stays; in words of your own they go "
        "with the notes.",
    )
    yield _text(
        "agreement",
        "Agreed anew on the way",
        "What the client wanted from the rest of the session.",
    )
    yield _text(
        "frame_change",
        "What the session turned to",
        "Where it left the frame, and that you agreed on it.",
    )
    yield _text(
        "working_notes",
        "Working notes",
        f"For you alone; deleted {WORKING_DAYS} days after the session.",
    )
    yield _text("pinned_note", "Pinned note", "It stands on every plan until you unpin it.")


def priority_options(form: WrapForm) -> list[str]:
    """The agreed priorities, as the form calls them."""
    priorities = form.dossier.engagement.intake.priorities
    return [f"{number} · {one_line(text)}" for number, text in enumerate(priorities, 1)]


def _number_fields(form: WrapForm) -> Iterator[Field]:
    planned = form.plan.minutes if form.plan else form.dossier.engagement.minutes
    yield Field(
        id="minutes",
        label="Minutes it took",
        type="number",
        min=1,
        max=480,
        help=f"Planned: {planned}.",
    )
    segments = segment_rows(form)
    if segments:
        yield replace(_ACTUAL, rows=tuple(segments.values()))
    yield Field(id="energy", label="Energy", type="choice", options=ENERGIES)
    if form.rates:
        yield replace(_RATED, rows=tuple(rating_rows(form).values()))


def rating_rows(form: WrapForm) -> dict[RatingName, str]:
    """Everything the client rates in the session by its name, as the form calls it."""
    satisfaction = form.dossier.client.satisfaction == "session"
    return {name: row for name, row in _RATING_ROWS.items() if name != SATISFACTION or satisfaction}


def segment_rows(form: WrapForm) -> dict[str, str]:
    """Each segment of the plan by its id, as the form calls it; two of one title by number."""
    rows: dict[str, str] = {}
    for segment in form.plan.segments if form.plan else ():
        title = f"{one_line(segment.title)} (planned: {segment.minutes})"
        same = sum(row.startswith(title) for row in rows.values())
        rows[segment.id] = f"{title} {same + 1}" if same else title
    return rows


def _worksheet_hint(form: WrapForm) -> str:
    hands_out = form.plan.hands_out if form.plan else ()
    planned = ", ".join(hand_out.worksheet for hand_out in hands_out)
    return f"{_BY_IDS}; planned for this session: {planned}." if planned else f"{_BY_IDS}."
