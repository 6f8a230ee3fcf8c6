"""`log-tci` and `tci`: the client's ratings after a session, and how they change (R103-R106)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.hold import hold
from trajplan.actions.kept_plans import kept_plan
from trajplan.actions.resolve import (
    ClientEngagement,
    case_of,
    last_held,
    next_session,
    refuse_closed,
    session_of,
)
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, UsageFault
from trajplan.measures.reliable_change import FIGURES, Band, FigureReading, figure_readings
from trajplan.measures.tci import FACTORS, Reading, readings, superseded_entries
from trajplan.records import clients, ratings
from trajplan.records.model import Client, Session, TciEntry
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store, reading, writing


class SavedRating(Struct, frozen=True, kw_only=True):
    """One kept set of ratings; `now_held`: rating it said that the session was held."""

    client: Client
    session: Session
    reading: Reading
    now_held: bool


class TciLog(Struct, frozen=True, kw_only=True):
    """A client's readings in order; `replaced` are entries that were corrected later.

    Each of these comes with its session's number.
    """

    client: str
    client_name: str
    readings: tuple[Reading, ...]
    replaced: tuple[tuple[int, TciEntry], ...]
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
) -> SavedRating:
    """Keep one set of ratings. A second set for a session corrects the first and keeps it.

    Raises UsageFault for a rating outside 1..10 or when nothing at all is rated.
    """
    _check_values({**values, **({} if satisfaction is None else {"satisfaction": satisfaction})})
    if not values and satisfaction is None and not note:
        raise UsageFault(
            f"nothing to keep; rate at least one of {', '.join(f'--{one}' for one in FACTORS)}"
        )
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        session = _meant(store, case, number)
        earlier = [
            one
            for one in ratings.of_engagement(store, case.engagement.id)
            if one.session_id == session.id
        ]
        ratings.add(
            store,
            session_id=session.id,
            date=_given_day(date, context.today) if date else _day(session, earlier, context.today),
            clarity=values.get("clarity"),
            options=values.get("options"),
            decision=values.get("decision"),
            momentum=values.get("momentum"),
            confidence=values.get("confidence"),
            satisfaction=satisfaction,
            note=note,
            corrects=earlier[-1].id if earlier else None,
        )
        now_held = session.state != "held"
        hold(store, context, case, session, kept_plan(store, session))
        clients.touch(store, case.client.id)
        found = readings(
            ratings.of_engagement(store, case.engagement.id),
            session_numbers(store, case.engagement.id),
        )
    newest = next(one for one in found if one.session == session.number)
    return SavedRating(client=case.client, session=session, reading=newest, now_held=now_held)


def to_be_rated(context: Context, *, client: str | None, number: str | None) -> str:
    """Name client and session for somebody about to rate. Raises what `rate` would."""
    with reading(context.practice) as store:
        case = case_of(store, client, context.today)
        return f"{case.client.name} · session {_meant(store, case, number).number}"


def _meant(store: Store, case: ClientEngagement, number: str | None) -> Session:
    """The session ratings are for. Raises UsageFault and CannotDo."""
    if number is None:
        rated = {one.session_id for one in ratings.of_engagement(store, case.engagement.id)}
        session = _last_unrated(store.select(Session, engagement_id=case.engagement.id), rated)
    else:
        session = session_of(store, case.engagement, number)
    refuse_closed(case, session)
    if session.state == "skipped":
        raise CannotDo(f"session {session.number} was skipped and cannot be rated")
    return session


def _last_unrated(every: tuple[Session, ...], rated: set[int]) -> Session:
    """The session ratings belong to when none is named: the one held last, unless it has some.

    Ratings are append-only, so nothing is guessed. Raises UsageFault saying what is possible.
    """
    held = last_held(every)
    if held is None:
        raise UsageFault("no session has been held yet; say which one with --session N")
    if held.id in rated:
        following = next_session(every)
        ahead = f", --session {following.number} rates the next" if following else ""
        raise UsageFault(
            f"session {held.number} is rated already: --session {held.number} corrects it{ahead}"
        )
    return held


def _given_day(text: str, today: dt.date) -> dt.date:
    """A day the coach names: today or earlier."""
    day = parse_day(text, today)
    if day > today:
        raise UsageFault(f"--date {day} is still to come; a rating is given on a day that was")
    return day


def _day(session: Session, earlier: Sequence[TciEntry], today: dt.date) -> dt.date:
    """Ratings are given after a session, on its day or when they are entered; a correction keeps
    the day of what it corrects."""
    return earlier[-1].date if earlier else max(session.held_on or session.date, today)


def _check_values(values: Mapping[str, int]) -> None:
    for name, value in values.items():
        if not 1 <= value <= 10:
            raise UsageFault(f"--{name} {value} is outside the scale; it goes from 1 to 10")


def log(
    context: Context, *, client: str | None, history: bool = False, band: Band | None = None
) -> TciLog:
    """Read a client's TCI log; with a band also which changes are larger than noise (R106)."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        entries = ratings.of_engagement(store, case.engagement.id)
        numbers = session_numbers(store, case.engagement.id)
    found = readings(entries, numbers)
    return TciLog(
        client=case.client.slug,
        client_name=case.client.name,
        readings=found,
        replaced=superseded_entries(entries, numbers) if history else (),
        band=band,
        judged=figure_readings(found, band) if band else (),
    )


def noise_band(of: str | None, sd: float | None, reliability: float | None) -> Band | None:
    """The band the coach's figures give; None without any. Raises UsageFault, saying why."""
    if sd is None and reliability is None and of is None:
        return None
    if sd is None or reliability is None:
        raise UsageFault(
            "reliable change needs both --sd and --reliability, of the same measure; "
            "nothing is said about noise without them"
        )
    if not math.isfinite(sd) or sd <= 0:
        raise UsageFault(f"--sd {sd:g} is no standard deviation; it is greater than 0")
    if reliability == 1:
        raise UsageFault(
            "--reliability 1 would be a measure without any error, for which there is no noise to "
            "compare a change with; give the value found for it, below 1"
        )
    if not 0 <= reliability < 1:
        raise UsageFault(f"--reliability {reliability:g} is none; it goes from 0 to below 1")
    figure = next(one for one in FIGURES if one == (of or "total"))
    return Band(of=figure, sd=Fraction(str(sd)), reliability=Fraction(str(reliability)))
