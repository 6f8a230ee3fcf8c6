"""A wrap held against the records, with every fault at its place (R95-R102)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import agreed_priority
from trajplan.actions.commitments import (
    Bounds,
    commitment_of,
    day_fault,
    due_day,
    label_fault,
    lacking,
    reviewed,
    with_label,
)
from trajplan.actions.goals import meant_goal
from trajplan.actions.kept_plans import plan_in, planned_ids
from trajplan.actions.ratings import Scale, scales_of
from trajplan.actions.sheet import MOST_COMMITMENTS
from trajplan.actions.sources import refuse
from trajplan.content.document import KeyPath, Report
from trajplan.content.library import Library
from trajplan.dates import parse_day, parse_day_and_time
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.planning.calendar import following_session
from trajplan.planning.first_words import QUESTIONS
from trajplan.planning.plan import Plan
from trajplan.records.dossier import Dossier, start_of
from trajplan.records.fields import same_fields
from trajplan.records.forms import NewCommitment, Wrap, WrapEcho, WrapNote, WrapReview
from trajplan.records.model.commitments import Commitment, CommitmentReview
from trajplan.records.model.goals import Goal
from trajplan.records.model.journeys import Engagement
from trajplan.records.model.sessions import EchoQuestion, Session
from trajplan.text import name_key, one_line, says_none, short_quote, there_are

FAR_TOO_MANY = 20
"""Commitments of a wrap that no more is said about than their number."""
WORKING_DAYS = 90
"""Days after the session on which a working note goes, where the wrap names no other. One that is
written when they are over has as many from that day."""


class HandedInWrap(Struct, frozen=True):
    """A wrap as it was handed in, and where its words stand in its file."""

    wrap: Wrap
    report: Report
    from_form: bool = False
    """It is a form filled in: what is empty there was left empty, and is not as planned."""
    hints: tuple[str, ...] = ()
    """Said about reading it."""
    form_text: str = ""
    """The form itself, in which a line says how much of a session run with `live` is in it."""

    @property
    def named_session(self) -> str | None:
        """The number of the session that the wrap itself names."""
        return str(self.wrap.session) if self.wrap.session else None

    @property
    def commitments(self) -> tuple[NewCommitment, ...]:
        """The commitments of the wrap; none when it says that none was chosen."""
        return () if isinstance(self.wrap.commitments, str) else self.wrap.commitments


class CheckedWrap(Struct, frozen=True, kw_only=True):
    """What a wrap means, once it was held against the records without a fault."""

    wrap: Wrap
    from_form: bool
    """As in `HandedInWrap`: what is empty in it was taken out."""
    commitments: tuple[Commitment, ...]
    """To be saved, each with its day and its goal."""
    left: tuple[Commitment, ...]
    """Those an earlier wrap gave that this one no longer names, and that have a history: they
    stay."""
    asked: tuple[str, ...]
    """Ids of the questions that count as asked."""
    echo: dict[EchoQuestion, str]
    """What was said today of the first words, each on one line."""
    scaled: tuple[tuple[Scale, int], ...]
    worksheets: tuple[tuple[str, str], ...]
    """Those the client takes home: id and title."""
    notes: tuple[WrapNote, ...]
    serves: str
    """The agreed priority, in its own words; empty without one."""
    hints: tuple[str, ...]
    """On the question that stays here, and on each commitment whose words name no goal."""
    reviews: tuple[CommitmentReview, ...]
    """All that it gives of commitments of earlier sessions. One that the earlier wrap gave too is
    that same review, and one that it gave in other words has its id and its day."""
    next_meeting: Meeting | None
    """When they meet again, where the wrap says so."""
    no_next: bool
    """It says that no day is agreed on, though one is planned."""
    halfway: dt.date | None
    """The day of a short message, where one is agreed on."""


class Meeting(Struct, frozen=True):
    """When a session begins; without a time, at the usual one."""

    date: dt.date
    time: str = ""


def check_wrap(
    dossier: Dossier,
    library: Library,
    wrap_input: HandedInWrap,
    session: Session,
    plan: Plan | None,
    *,
    today: dt.date,
    force: bool,
) -> CheckedWrap:
    """Hold a wrap against the records. `force`: commitments may fall outside the two sessions.

    Raises InvalidContent with every fault at its place in the file.
    """
    wrap, faults = wrap_input.wrap, wrap_input.report
    _check_whose(wrap, dossier, session, faults)
    following = following_session(session, dossier.sessions)
    meeting = _next_meeting(wrap, dossier, session, following, faults)
    no_next = following is not None and following.state != "held" and says_none(wrap.next)
    bounds = commitment_bounds(session, None if no_next else meeting or following, force)
    left = _left(wrap_input, dossier, session)
    _check_count(wrap_input, left, faults)
    if len(wrap_input.commitments) > FAR_TOO_MANY:
        refuse(faults)
    commitments, unknown_goals = _commitments(wrap_input, session, bounds, dossier.goals, faults)
    asked = _asked_questions(wrap, plan, library, faults)
    _check_actual(wrap, plan, faults)
    echo = _echo(wrap, session, faults)
    scaled = _scaled_answers(wrap, library, plan, faults)
    asked = _with_answered(wrap, plan, asked, [scale.id for scale, _ in scaled], faults)
    worksheets = _worksheets(wrap, library, faults)
    notes = _notes(wrap, session.date, today, faults)
    inquiry, stays = _inquiry_given(wrap_input, dossier, session, plan, asked)
    serves = _priority_served(wrap, dossier.engagement, faults)
    reviews = _reviews(wrap, dossier, session, today, faults)
    halfway = _halfway(wrap, session, bounds, faults)
    refuse(faults)
    return CheckedWrap(
        wrap=replace(wrap, inquiry=inquiry),
        from_form=wrap_input.from_form,
        commitments=commitments,
        left=left,
        asked=asked,
        echo=echo,
        scaled=scaled,
        worksheets=worksheets,
        notes=notes,
        serves=serves,
        hints=(*stays, *unknown_goals),
        reviews=reviews,
        next_meeting=meeting,
        no_next=no_next,
        halfway=halfway,
    )


def _check_whose(wrap: Wrap, dossier: Dossier, session: Session, faults: Report) -> None:
    """Refuse a wrap that names another client or another session (F10)."""
    client = dossier.client
    names = (name_key(client.slug), name_key(client.name))
    named = wrap.client and (client.goes_by(wrap.client) or name_key(wrap.client) in names)
    if wrap.client and not named:
        faults.add(
            ("client",),
            f"this is a wrap for `{wrap.client}`, not for `{client.slug}`; "
            "--client says whose it is",
        )
    if wrap.session and wrap.session != session.number:
        faults.add(
            ("session",), f"this is a wrap of session {wrap.session}, not of {session.number}"
        )


def _next_meeting(
    wrap: Wrap, dossier: Dossier, session: Session, following: Session | None, faults: Report
) -> Meeting | None:
    """When they meet again, where that is another day or time than was planned."""
    if not wrap.next.strip() or says_none(wrap.next):
        return None
    if following is None:
        faults.add(("next",), "there is no session left to move; `trajplan sessions` lists them")
        return None
    try:
        date, clock = parse_day_and_time(wrap.next, session.date)
    except UsageFault as fault:
        faults.add(("next",), f"{fault}; `none` says that no day is agreed on")
        return None
    if date <= session.date:
        faults.add(("next",), f"{date} is not after the session on {session.date}")
    planned = Meeting(following.date, start_of(dossier.engagement, following))
    meeting = Meeting(date, clock or planned.time)
    same = meeting == planned
    if not same and following.state != "planned":
        faults.add(
            ("next",), f"session {following.number} is {following.state} and cannot be moved"
        )
    return None if same else meeting


def _halfway(wrap: Wrap, session: Session, bounds: Bounds, faults: Report) -> dt.date | None:
    """The day of a short message: between the two sessions."""
    if not wrap.halfway.strip() or says_none(wrap.halfway):
        return None
    try:
        day = parse_day(wrap.halfway, session.date)
    except UsageFault as fault:
        faults.add(("halfway",), str(fault))
        return None
    if outside := day_fault(day, bounds, wrap.halfway):
        faults.add(("halfway",), outside)
    return day


def _reviews(
    wrap: Wrap, dossier: Dossier, session: Session, today: dt.date, faults: Report
) -> tuple[CommitmentReview, ...]:
    """What came of earlier commitments; what is said already is not said again."""
    by_number = {commitment.number: commitment for commitment in dossier.commitments}
    reviews = []
    for index, review in enumerate(wrap.reviews):
        commitment = by_number.get(review.commitment)
        path = ("reviews", index, "commitment")
        if commitment is None:
            faults.add(path, f"no commitment {review.commitment}; {there_are(by_number)}")
        elif commitment.session_id == session.id:
            faults.add(path, f"commitment {review.commitment} was taken on in this very session")
        elif any(other.commitment == review.commitment for other in wrap.reviews[:index]):
            faults.add(path, f"commitment {review.commitment} stands here twice")
        else:
            given = _given(review, dossier, commitment, session, today)
            reviews += [given] if given else []
    return tuple(reviews)


def _given(
    review: WrapReview,
    dossier: Dossier,
    commitment: Commitment,
    session: Session,
    today: dt.date,
) -> CommitmentReview | None:
    """A review as it is kept; None where it says nothing, or nothing that was not said before it.

    In the words in which an earlier wrap of the session gave it, it is that same review. In other
    words it stands in its place, so that what was said since still counts as said since.
    """
    said = same_fields(review, WrapReview.of_review)
    if says_none(review.learned):
        said["learned"] = ""
    if not any(said.values()):
        return None
    by_this_wrap = dossier.reviews_in(session.id)
    earlier = next((other for other in by_this_wrap if other.commitment_id == commitment.id), None)
    stood = commitment
    if earlier:
        reviews = dossier.reviews_of(commitment.id)
        stood = reviewed(commitment, reviews[: reviews.index(earlier)])
    words = {**said, "status": review.status or stood.status}
    if earlier and _in_a_line(words) == _in_a_line(same_fields(earlier, WrapReview.of_review)):
        return earlier
    stands = same_fields(stood, WrapReview.of_review)
    if all(word in (None, "", stands[name]) for name, word in said.items()):
        return None
    return CommitmentReview(
        **words,
        id=earlier.id if earlier else 0,
        commitment_id=commitment.id,
        session_id=session.id,
        date=earlier.date if earlier else today,
    )


def _in_a_line(said: dict[str, Any]) -> dict[str, Any]:
    """What a review says, its words in one line, as the form holds them."""
    return {**said, "learned": one_line(said["learned"])}


def commitment_bounds(session: Session, following: Session | Meeting | None, force: bool) -> Bounds:
    """After the session, and not after the next one (R96)."""
    return Bounds(session.date, following.date if following else None, force)


def _left(wrap_input: HandedInWrap, dossier: Dossier, session: Session) -> tuple[Commitment, ...]:
    named = {commitment.what for commitment in wrap_input.commitments}
    return tuple(
        commitment
        for commitment in dossier.commitments_of(session.id)
        if commitment.what not in named and dossier.has_history(commitment)
    )


def _check_count(wrap_input: HandedInWrap, left: Sequence[Commitment], faults: Report) -> None:
    """No more than a sheet holds, with those that stay."""
    count = len(wrap_input.commitments) + len(left)
    if not wrap_input.commitments or count <= MOST_COMMITMENTS:
        return
    stay = ""
    if left:
        numbers = ", ".join(str(commitment.number) for commitment in left)
        stay = f" with what was reviewed or spoken of since and stays ({numbers})"
    faults.add(("commitments",), too_many(count, stay))


def too_many(count: int, stay: str = "") -> str:
    """Why a wrap with so many commitments is refused. `stay`: which of them stay in any case."""
    return (
        f"{count} commitments{stay}; a sheet holds one to {MOST_COMMITMENTS}, "
        "so keep those that matter most"
    )


def _commitments(
    wrap_input: HandedInWrap,
    session: Session,
    bounds: Bounds,
    goals: Sequence[Goal],
    faults: Report,
) -> tuple[tuple[Commitment, ...], list[str]]:
    """Each commitment with its day and its goal, and a hint where its words name none (R86)."""
    commitments: list[Commitment] = []
    unknown_goals: list[str] = []
    for index, commitment in enumerate(wrap_input.commitments):
        missing = lacking(commitment)
        for name in missing:
            faults.add(("commitments", index, name), f"{name} says that there is none")
        when: KeyPath = ("commitments", index, "when")
        due = None if "when" in missing else _due_date(commitment, bounds, when, faults)
        if fault := label_fault(commitment.label):
            faults.add(("commitments", index, "label"), fault)
        try:
            meant = meant_goal(goals, commitment.goal)
        except CannotDo as fault:
            faults.add(("commitments", index, "goal"), str(fault))
            continue
        unknown_goals += meant.hints
        if due:
            commitments.append(
                commitment_of(
                    with_label(commitment),
                    engagement_id=session.engagement_id,
                    session_id=session.id,
                    due=due,
                    goal=meant.goal,
                )
            )
    return tuple(commitments), unknown_goals


def _due_date(
    commitment: NewCommitment, bounds: Bounds, path: KeyPath, faults: Report
) -> dt.date | None:
    """Its day: after the session, and not after the next, unless forced (R96)."""
    try:
        day = due_day(commitment.when, bounds.after, bounds)
    except UsageFault as fault:
        faults.add(path, str(fault))
        return None
    if outside := day_fault(day, bounds, commitment.when):
        faults.add(path, outside)
    return day


def _asked_questions(
    wrap: Wrap, plan: Plan | None, library: Library, faults: Report
) -> tuple[str, ...]:
    """Which questions count as asked: those named, else the planned ones less `not_asked`.

    A planned question may be named by its id or by its number in the plan, `Q3`.
    """
    planned = planned_ids(plan)
    by_number = {f"Q{number}": question for number, question in enumerate(planned, 1)}

    def named(key: str, possible: set[str]) -> list[str]:
        questions = []
        for index, name in enumerate(getattr(wrap, key) or ()):
            question = by_number.get(name.strip().upper(), name)
            questions.append(question)
            if question not in possible:
                hint = faults.did_you_mean(name, [*by_number, *possible])
                faults.add((key, index), f"no question `{name}`{hint}")
        return questions

    asked = named("asked", {*planned, *library.questions})
    not_asked = named("not_asked", {*planned})
    if wrap.asked is not None and wrap.not_asked is not None:
        faults.add(("not_asked",), "give `asked` or `not_asked`, not both")
    if wrap.asked is not None:
        return tuple(dict.fromkeys(asked))
    return tuple(question for question in planned if question not in not_asked)


def _inquiry_given(
    wrap_input: HandedInWrap,
    dossier: Dossier,
    session: Session,
    plan: Plan | None,
    asked: Collection[str],
) -> tuple[str, tuple[str, ...]]:
    """The question that went home, and what is said of one that did not. It is decided here alone.

    A form names it, or says that there was none. YAML that names none means the planned one: that
    goes home with the sheet, so a list of what was `asked` does not take it away; only `not_asked`
    does. A form may be older than the check-in that set the plan aside; the plan's question in it
    stays here.
    """
    question = wrap_input.wrap.inquiry
    if plan and not (question or wrap_input.from_form):
        question = plan.inquiry(None if wrap_input.wrap.not_asked is None else asked)
    if not question or says_none(question):
        return "", ()
    if wrap_input.from_form and dossier.is_set_aside(session.id):
        planned = plan_in(dossier, session)
        if planned and one_line(question) == one_line(planned.inquiry()):
            quoted = short_quote(question)
            return "", (f"the day held what has happened, so {quoted} of the plan stays here",)
    return question, ()


def _scaled_answers(
    wrap: Wrap, library: Library, plan: Plan | None, faults: Report
) -> tuple[tuple[Scale, int], ...]:
    """Answers to scaled questions, each with the scale it was given on (R67)."""
    scales = scales_of(library, plan)
    answers: dict[str, tuple[Scale, int]] = {}
    for name, value in wrap.scaled.items():
        try:
            scale = scales.find(name)
        except NotFound as fault:
            faults.add(("scaled", name), str(fault))
            continue
        if scale.id in answers:
            faults.add(("scaled", name), f"`{scale.id}` is answered twice, also by its number")
        answers[scale.id] = (scale, value)
    return tuple(answers.values())


def _with_answered(
    wrap: Wrap,
    plan: Plan | None,
    asked: Sequence[str],
    answered: Sequence[str],
    faults: Report,
) -> tuple[str, ...]:
    """The asked questions with those that were answered: an answer says that it was asked."""
    for question in answered:
        if wrap.not_asked is None or question not in planned_ids(plan) or question in asked:
            continue
        faults.add(("not_asked",), f"`{question}` has an answer under `scaled`, so it was asked")
    return tuple(dict.fromkeys([*asked, *answered]))


def _worksheets(wrap: Wrap, library: Library, faults: Report) -> tuple[tuple[str, str], ...]:
    """Worksheets the client takes home, as (id, title), each once (R83)."""
    titles: dict[str, str] = {}
    for index, name in enumerate(wrap.handed_out):
        if name in library.worksheets:
            titles[name] = library.worksheets[name].title
        else:
            hint = faults.did_you_mean(name, sorted(library.worksheets))
            faults.add(("handed_out", index), f"no worksheet `{name}`{hint}")
    return tuple(titles.items())


def _check_actual(wrap: Wrap, plan: Plan | None, faults: Report) -> None:
    """Minutes as they were belong to segments of the plan (R54)."""
    segments = [segment.id for segment in plan.segments] if plan else []
    for name in wrap.actual:
        if plan is None:
            faults.add(("actual", name), "the session has no plan to compare minutes with")
        elif name not in segments:
            hint = faults.did_you_mean(name, segments)
            faults.add(("actual", name), f"no segment `{name}` in the plan{hint}")


def _notes(wrap: Wrap, session: dt.date, today: dt.date, faults: Report) -> tuple[WrapNote, ...]:
    """The notes, working ones with their day; text alone is part of the record (R58)."""
    if isinstance(wrap.notes, str):
        return (WrapNote(text=wrap.notes),) if wrap.notes.strip() else ()
    notes = []
    for index, note in enumerate(wrap.notes):
        path = ("notes", index, "purge_on")
        if note.kind == "record" and note.purge_on:
            faults.add(path, "a record stays; only `kind: working` has a purge date")
        elif note.kind == "working" and note.pin:
            faults.add(
                ("notes", index, "pin"),
                "a working note is deleted on its day; only `kind: record` can be pinned",
            )
        elif note.purge_on and note.purge_on <= session:
            faults.add(path, f"{note.purge_on} is not after the session on {session}")
        elif note.purge_on and note.purge_on <= today:
            faults.add(path, f"{note.purge_on} has come, so the note would be deleted at once")
        day = note.purge_on or day_working_notes_go(session, today)
        purge_on = day if note.kind == "working" else None
        notes.append(WrapNote(text=note.text, kind=note.kind, purge_on=purge_on, pin=note.pin))
    return tuple(notes)


def day_working_notes_go(session: dt.date, today: dt.date) -> dt.date:
    """The day on which a working note goes that is written today, where none is given (R58)."""
    term = dt.timedelta(days=WORKING_DAYS)
    day = session + term
    return day if day > today else today + term


def _priority_served(wrap: Wrap, engagement: Engagement, faults: Report) -> str:
    """The agreed priority the wrap names, in its own words; empty without one (R43)."""
    try:
        return agreed_priority(engagement, wrap.serves)
    except CannotDo as fault:
        faults.add(("serves",), str(fault))
        return ""


def _echo(wrap: Wrap, session: Session, faults: Report) -> dict[EchoQuestion, str]:
    """What is said of the first words; in the first session they are the words themselves."""
    echo, answers = wrap.echo or WrapEcho(), {}
    for question in QUESTIONS:
        words = getattr(echo, question)
        if line := one_line(words if isinstance(words, str) else " · ".join(words)):
            answers[question] = line
    if session.number == 1 and answers:
        faults.add(("echo",), "the first session has no earlier words to come back to")
    return answers
