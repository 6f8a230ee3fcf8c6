"""`log-tci`, `tci` and scaled questions: the numbers a client gives, and how they change (R67,
R103-R106, R109)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import ClientRecords, refuse_closed, session_of
from trajplan.actions.context import Context
from trajplan.actions.safety import keep_danger
from trajplan.dates import parse_past_day, short_date
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.measures.progress import answers_in_effect
from trajplan.measures.tci import (
    FACTORS,
    FIGURES,
    Reading,
    reading_of,
    readings_of,
    superseded_entries,
)
from trajplan.records.dossier import last_held, next_session
from trajplan.records.fields import require_rating
from trajplan.records.forms import RatingName
from trajplan.records.model.journeys import Client
from trajplan.records.model.ratings import ScaledAnswer, TciEntry, Withdrawal
from trajplan.records.model.sessions import Session
from trajplan.records.read_dossier import standing_ratings
from trajplan.records.store import Store
from trajplan.text import did_you_mean

if TYPE_CHECKING:
    from trajplan.content.library import Library
    from trajplan.content.model import Question
    from trajplan.measures.reliable_change import Band, FigureReading
    from trajplan.planning.plan import Plan, PlannedQuestion

SATISFACTION = "satisfaction"


class SavedRating(Struct, frozen=True, kw_only=True):
    """One saved set of ratings; `now_held`: rating it said that the session was held."""

    client: Client
    session: Session
    reading: Reading
    now_held: bool
    taken_out: tuple[str, ...] = ()
    """Names of the ratings that no longer count."""
    remarks: tuple[str, ...] = ()
    """What the coach should know at once of the remark that was kept."""


class TciLog(Struct, frozen=True, kw_only=True):
    """A client's readings in order; `replaced` are entries that were corrected later."""

    client: Client
    readings: tuple[Reading, ...]
    replaced: tuple[Reading, ...]
    band: Band | None = None
    """Only when the coach gave SD and reliability (R106)."""
    judged: tuple[FigureReading, ...] = ()


def rate(
    context: Context,
    *,
    client: str | None,
    number: str | None,
    values: Mapping[str, int],
    satisfaction: int | None,
    note: str,
    date: str,
    taken_out: tuple[str, ...] = (),
) -> SavedRating:
    """Save one set of ratings. A second set for a session corrects the first, which stays.
    `taken_out`: names of ratings that the client never gave.

    Raises UsageFault for a rating outside 1..10 or when nothing at all is rated, CannotDo for one
    to be taken out that is not there.
    """
    if both := [
        name for name in taken_out if name in values or (name == SATISFACTION and satisfaction)
    ]:
        raise UsageFault(f"--{both[0]} and --no-{both[0]} do not go together")
    for option, value in (*values.items(), ("satisfaction", satisfaction)):
        require_rating(value, f"--{option} {value}")
    if not values and satisfaction is None and not note and not taken_out:
        options = ", ".join(f"--{factor}" for factor in FACTORS)
        raise UsageFault(f"nothing to save; rate at least one of {options}")
    with context.write(client) as records:
        session = _session_to_rate(records, number, context.today)
        earlier = _last_rating(records, session)
        day = _day(date, session, earlier, context.today)
        if taken_out:
            kept = _take_out(records, session, taken_out, context.today)
            values, satisfaction = {**kept.ratings, **values}, satisfaction or kept.satisfaction
            note = note or kept.note
        _append(records, session, {**values, SATISFACTION: satisfaction}, note=note, day=day)
        if session.state != "held":
            from trajplan.actions.kept_plans import mark_held, plan_to_wrap

            mark_held(records, context, session, plan_to_wrap(records.dossier, session))
        reading = reading_of(records.dossier, session)
        remarks = keep_danger(records, context, note, session=session)
    assert reading is not None  # it was rated just now
    return SavedRating(
        client=records.client,
        session=session,
        reading=reading,
        now_held=session.state != "held",
        taken_out=taken_out,
        remarks=remarks,
    )


def _take_out(
    records: ClientRecords, session: Session, names: tuple[str, ...], today: dt.date
) -> Reading:
    """Withdraw what was rated of a session; returns what still counts of it, to be given again.

    A set that corrects another says nothing of what it leaves out, so a rating is only gone once
    none of the sets counts. Raises CannotDo.
    """
    reading = reading_of(records.dossier, session)
    rated = {**reading.ratings, SATISFACTION: reading.satisfaction} if reading else {}
    for name in names:
        if rated.get(name) is None:
            raise CannotDo(f"session {session.number} has no rating for --{name} to take out")
    assert reading is not None  # it has a rating
    ratings, _ = standing_ratings(records, [session.id])
    for entry in ratings:
        records.insert(Withdrawal(date=today, tci_entry_id=entry.id))
    return replace(
        reading,
        ratings={name: value for name, value in reading.ratings.items() if name not in names},
        satisfaction=None if SATISFACTION in names else reading.satisfaction,
    )


def save_ratings(
    records: ClientRecords, session: Session, values: Mapping[RatingName, int], *, today: dt.date
) -> None:
    """Save what a wrap says of the ratings; those that stand already are not given again."""
    stands = reading_of(records.dossier, session)
    rated = {**stands.ratings, SATISFACTION: stands.satisfaction} if stands else {}
    if any(rated.get(name) != value for name, value in values.items()):
        earlier = _last_rating(records, session)
        _append(records, session, values, day=_day("", session, earlier, today))


def _append(
    records: ClientRecords,
    session: Session,
    values: Mapping[Any, int | None],
    *,
    day: dt.date,
    note: str = "",
) -> None:
    """Append one set of ratings, which corrects an earlier one of the session."""
    earlier = _last_rating(records, session)
    records.insert(
        TciEntry(
            session_id=session.id,
            date=day,
            clarity=values.get("clarity"),
            options=values.get("options"),
            decision=values.get("decision"),
            momentum=values.get("momentum"),
            confidence=values.get("confidence"),
            satisfaction=values.get(SATISFACTION),
            note=note,
            corrects=earlier.id if earlier else None,
        )
    )


def rating_title(context: Context, *, client: str | None, number: str | None) -> str:
    """Name client and session for somebody about to rate. Raises what `rate` would."""
    with context.read(client, acting=True) as records:
        session = _session_to_rate(records, number, context.today)
        return f"{records.client.name} · session {session.number}"


def _last_rating(store: Store, session: Session) -> TciEntry | None:
    ratings, _ = standing_ratings(store, [session.id])
    return ratings[-1] if ratings else None


def _session_to_rate(records: ClientRecords, number: str | None, today: dt.date) -> Session:
    """The session ratings are for. Raises UsageFault and CannotDo."""
    session = _last_unrated(records, today) if number is None else session_of(records, number)
    refuse_closed(records.case, session)
    if session.state == "skipped":
        raise CannotDo(f"session {session.number} was skipped and cannot be rated")
    return session


def _last_unrated(records: ClientRecords, today: dt.date) -> Session:
    """The session ratings belong to when none is named: the one held last, unless it has some, or
    a later one has had its day and is not wrapped yet.

    Ratings are append-only, so nothing is guessed. Raises UsageFault saying what is possible.
    """
    sessions = records.own(Session)
    last = last_held(sessions)
    if last is None:
        raise UsageFault("no session has been held yet; say which one with --session N")
    following = next_session(session for session in sessions if session.date > last.date)
    if following and following.date <= today:
        raise UsageFault(
            f"session {following.number} was to be on {short_date(following.date)} and is not "
            f"wrapped yet: --session {following.number} rates that one, --session {last.number} "
            "the one held last"
        )
    if _last_rating(records, last):
        ahead = f", --session {following.number} rates the next" if following else ""
        raise UsageFault(
            f"session {last.number} is rated already: --session {last.number} corrects it{ahead}"
        )
    return last


def _day(typed: str, session: Session, earlier: TciEntry | None, today: dt.date) -> dt.date:
    """The day the coach names, today or earlier; else the session's day or when it is entered.

    A correction keeps the day of what it corrects. Raises UsageFault.
    """
    if not typed:
        return earlier.date if earlier else max(session.day, today)
    return parse_past_day(typed, today)


def read_log(
    context: Context, *, client: str | None, history: bool, band: Band | None = None
) -> TciLog:
    """Read a client's TCI log; with a band also which changes are larger than noise (R106)."""
    dossier = context.dossier(client)
    read = readings_of(dossier)
    judged: tuple[FigureReading, ...] = ()
    if band:
        from trajplan.measures.reliable_change import figure_readings

        judged = figure_readings(read, band)
    return TciLog(
        client=dossier.client,
        readings=read,
        replaced=superseded_entries(dossier.ratings, dossier.numbers) if history else (),
        band=band,
        judged=judged,
    )


def noise_band(of: str | None, sd: float | None, reliability: float | None) -> Band | None:
    """The band the coach's figures give; None without any. Raises UsageFault, saying why."""
    if sd is None and reliability is None and of is None:
        return None
    if sd is None or reliability is None:
        raise UsageFault(
            "reliable change needs both --sd and --reliability, of the same measure; "
            "without them nothing can be said about noise"
        )
    if not math.isfinite(sd) or sd <= 0:
        raise UsageFault(
            f"--sd {sd:g} cannot be a standard deviation; it is a number greater than 0"
        )
    if reliability == 1:
        raise UsageFault(
            "--reliability 1 means a measure without any error, so there is no noise to compare "
            "a change with; give the value found for the measure, below 1"
        )
    if not 0 <= reliability < 1:
        raise UsageFault(
            f"--reliability {reliability:g} cannot be a reliability; it goes from 0 to below 1"
        )
    from fractions import Fraction

    from trajplan.measures.reliable_change import Band

    figure = next(figure for figure in FIGURES if figure == (of or "total"))
    return Band(of=figure, sd=Fraction(str(sd)), reliability=Fraction(str(reliability)))


class Scale(Struct, frozen=True, kw_only=True):
    """A question that is answered with a number, and what both ends of its scale mean."""

    id: str
    text: str
    low: str
    high: str


class Scales(Struct, frozen=True):
    """The scaled questions that may be answered, by the names a coach may use for them."""

    by_name: Mapping[str, Scale]
    questions: frozenset[str]
    """What every question of the library and the plan may be called, scaled or not."""

    def find(self, name: str) -> Scale:
        """Return the question meant by an id or by its number in the plan, such as `Q3`.

        Raises NotFound, naming the nearest one, or saying that a question has no scale.
        """
        scale = self.by_name.get(name.strip()) or self.by_name.get(name.strip().upper())
        if scale:
            return scale
        if name in self.questions or name.upper() in self.questions:
            raise NotFound(
                f"question `{name}` is not answered with a number; "
                "`trajplan questions list --scaled` lists those that are"
            )
        raise NotFound(f"no scaled question `{name}`{did_you_mean(name, self.by_name)}")


def scales_of(library: Library, plan: Plan | None) -> Scales:
    """The scaled questions of the library, and those of the plan as they were planned."""
    scales: dict[str, Scale] = {}
    questions = set(library.questions)
    for question, _, _ in library.questions.values():
        if question.anchors:
            scales[question.id] = _scale(question)
    for number, planned in enumerate(plan.questions if plan else (), 1):
        questions |= {planned.id, f"Q{number}"}
        if planned.anchors:
            scales[planned.id] = scales[f"Q{number}"] = _scale(planned)
    return Scales(scales, frozenset(questions))


def planned_scales(plan: Plan | None) -> tuple[Scale, ...]:
    """The scaled questions of a session's plan, in the order they are asked."""
    questions = plan.questions if plan else ()
    return tuple(_scale(question) for question in questions if question.anchors)


def _scale(question: Question | PlannedQuestion) -> Scale:
    ends = question.anchors
    return Scale(id=question.id, text=question.text, low=ends[1], high=ends[10])


def save_answers(
    store: Store, session_id: int, answers: Iterable[tuple[Scale, int]], date: dt.date
) -> None:
    """Append answers of one session. Skip those already stored."""
    stored = {
        (answer.question_id, answer.low, answer.high): answer.value
        for answer in answers_of(store, session_id)
    }
    for scale, value in answers:
        if stored.get((scale.id, scale.low, scale.high)) == value:
            continue
        store.insert(
            ScaledAnswer(
                session_id=session_id,
                question_id=scale.id,
                text=scale.text,
                low=scale.low,
                high=scale.high,
                value=value,
                date=date,
            )
        )


def answers_of(store: Store, session_id: int) -> tuple[ScaledAnswer, ...]:
    """The answers that count for one session."""
    _, answers = standing_ratings(store, [session_id])
    return answers_in_effect(answers)
