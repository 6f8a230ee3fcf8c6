"""Dates of a journey, clock times of a session (R4), and what may become of a session's day.

Whole days and wall-clock minutes only. The days are laid around the days off the coach names. A
single day off moves one session to the next working day and leaves the rhythm alone. When that
would bring it too near to the session before or after, as a long holiday does, the rest of the
journey goes on from there in its rhythm.

What an act makes of a session in each of its states stands in one table, complete. A
missed or cancelled session keeps its number and waits for a day. `skip` uses the
number up; only taking the skip back returns it. What was held stays held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, get_args

from msgspec import Struct

from trajplan.dates import near_date, short_date
from trajplan.errors import CannotDo
from trajplan.records.dossier import Dossier
from trajplan.records.model.journeys import DaysOff
from trajplan.records.model.sessions import Session, SessionDay, SessionState
from trajplan.text import plural
from trajplan.zones import minutes_of_day

CADENCE_DAYS = range(10, 22)
"""Rhythms, in days, that suit most journeys; another is remarked on where it is chosen."""
USUAL_RHYTHM = 14
DayTest = Callable[[dt.date], bool]
DAY = dt.timedelta(days=1)


def session_date(start: dt.date, every_days: int, number: int) -> dt.date:
    """Date of session `number` (from 1): 14 days apart, session 12 is 154 days after the first."""
    return start + dt.timedelta(days=every_days * (number - 1))


SOONEST_WORD = 3
"""Days that lie between a session and a word to the client at least."""


def midpoint(held: dt.date, following: dt.date, is_off: DayTest) -> dt.date | None:
    """The day for a word between two sessions (R101): the working day nearest to halfway that is
    not off, the earlier of two as near.

    It comes `SOONEST_WORD` days after the first at the soonest and before the second; None where no
    day does. What is due sooner doesn't move it: a client who is written to the morning after feels
    late already.
    """
    day = held + (following - held) // 2
    distances = range(SOONEST_WORD, (following - held).days)
    days = [held + distance * DAY for distance in distances]
    working_days = [near for near in days if near.weekday() < 5 and not is_off(near)]
    return min(working_days, key=lambda near: abs(near - day), default=None)


def following_session(session: Session, sessions: Sequence[Session]) -> Session | None:
    """The next session that has a day, or None after the last.

    A skipped one is passed over; so is a missed or cancelled one that waits for a day. Raises
    CannotDo for a session without a number.
    """
    if session.number is None:
        raise CannotDo("a session without a number has no place in the order of the journey")
    later = [
        other
        for other in sessions
        if (other.number or 0) > session.number and other.state in ("planned", "held")
    ]
    return min(later, key=lambda other: other.number or 0, default=None)


def agreed_meeting(dossier: Dossier, session: Session) -> Session | None:
    """The session at which the client reads that they meet again. None where no day is agreed on,
    and once the journey is closed: what was planned after that is no invitation."""
    following = following_session(session, dossier.sessions)
    if following is None or following.state == "held":
        return following
    if dossier.engagement.closed or dossier.said_in(session.id).no_next:
        return None
    return following


def next_not_skipped(numbered: Iterable[Session], number: int) -> Session | None:
    """The next session that is held or to be held, also one that waits for a new day; None after
    the last."""
    later = (session for session in numbered if (session.number or 0) > number)
    return next((session for session in later if session.state != "skipped"), None)


def is_last(dossier: Dossier, session: Session) -> bool:
    """Whether nothing follows: a session that waits for a new day still does, until the journey is
    closed."""
    if dossier.engagement.closed:
        return session == dossier.last_held()
    return next_not_skipped(dossier.numbered, session.number or 0) is None


def midpoint_after(dossier: Dossier, session: Session, following: Session) -> dt.date | None:
    """The day to offer for a word after a session, by the coach's days off; after one that went
    softly the client is asked for nothing."""
    if dossier.went_softly(session.id):
        return None
    return midpoint(session.day, following.date, dossier.is_off)


def day_off_words(days_off: Iterable[DaysOff], day: dt.date) -> str:
    """Says that the coach is off on a day; empty: they aren't."""
    stretch = next((days for days in days_off if day in days), None)
    if stretch is None:
        return ""
    name = f" ({stretch.name})" if stretch.name else ""
    return f"{short_date(day)} is one of your days off{name}"


def clock(start: str, minutes: int) -> str:
    """Wall-clock time `minutes` after `start`; both `HH:MM`. Runs past midnight."""
    total = (minutes_of_day(start) + minutes) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"


LONGEST_SEARCH = 400
"""Days looked ahead for a free one; longer than that the coach is away for good."""


def next_free(day: dt.date, is_off: DayTest) -> dt.date:
    """Return the day itself when it is free, else the next working day that is.

    Saturday and Sunday count as working days for a session that was to be on one. Raises CannotDo
    when there is none within `LONGEST_SEARCH` days.
    """
    if not is_off(day):
        return day
    weekend = day.weekday() >= 5
    free_day = day
    for _ in range(LONGEST_SEARCH):
        free_day += DAY
        if not is_off(free_day) and (weekend or free_day.weekday() < 5):
            return free_day
    raise CannotDo(f"no day is free within {LONGEST_SEARCH} days after {day}; look at the days off")


def nearest_working_day(day: dt.date, is_off: DayTest, after: dt.date) -> dt.date:
    """The working day nearest to a day, and after another; of two as near, the later.

    Raises CannotDo when there is none within `LONGEST_SEARCH` days.
    """
    for distance in range(LONGEST_SEARCH):
        for near in (day + distance * DAY, day - distance * DAY):
            if near > after and near.weekday() < 5 and not is_off(near):
                return near
    raise CannotDo(f"no day is free within {LONGEST_SEARCH} days of {day}; look at the days off")


def nearest_allowed(step: int) -> int:
    """Days that must lie between two sessions of a rhythm: five sevenths of it, 10 of 14."""
    return max(1, step * 5 // 7)


def usual_gaps(every_days: int) -> range:
    """Days that may lie between two sessions of a rhythm before that is remarked on: 10 to 21 of
    14, and of a week in the same measure 5 to 10 (R4)."""
    return range(nearest_allowed(every_days), max(every_days + 1, every_days * 3 // 2) + 1)


def gap_words(gap: int, every_days: int) -> str:
    """What is said of a gap that leaves the rhythm; empty where it keeps it."""
    usual = usual_gaps(every_days)
    if gap in usual:
        return ""
    return f"{usual[0]} to {usual[-1]} keep the rhythm of {every_days}"


def spaced_dates(
    wished_days: Sequence[dt.date], is_off: DayTest, after: dt.date | None = None
) -> tuple[dt.date, ...]:
    """Return a day for each of `wanted`, none of them off, in the same order.

    `wanted` ascends. `after`: the day of the session before the first, which stays where it is.
    Without days off the days are those wanted.
    """
    result: list[dt.date] = []
    carried = dt.timedelta(0)
    last_wanted, last = after, after
    for day in wished_days:
        free_day = next_free(day + carried, is_off)
        if last is not None and last_wanted is not None:
            step = (day - last_wanted).days
            if (free_day - last).days < nearest_allowed(step):
                # The session before was moved up against this one: go on from it in the rhythm.
                carried = last + dt.timedelta(days=step) - day
                free_day = next_free(day + carried, is_off)
        result.append(free_day)
        last_wanted, last = day, free_day
    return tuple(result)


def session_day_words(day: SessionDay) -> str:
    """One thing that became of a session's day, with who, when and why."""
    act = session_day_act(day)
    return f"{act}: {day.reason}" if day.reason else act


def session_day_act(day: SessionDay) -> str:
    """One thing that became of a session's day, with who and when."""
    if day.act == "moved":
        text = f"moved from {near_date(day.was_on)} to {near_date(day.now_on)}"
        return text if day.was_on != day.now_on else "moved to another time"
    if day.act == "cancelled":
        hours = day.notice_hours
        notice = "notice not said" if hours is None else f"{plural(hours, 'hour')} ahead"
        return f"cancelled by the {day.cancelled_by}, {notice}"
    return {"missed": "missed", "skipped": "skipped", "taken_back": "skip taken back"}[day.act]


Act = Literal["move", "miss", "cancel", "skip", "take_back", "hold"]
STATES: tuple[SessionState, ...] = get_args(SessionState)


class Refusal(Struct, frozen=True):
    """Why an act is not possible in a state, and what is. `{name}`, `{ref}`, `{day}` are filled."""

    because: str


_HELD = "{name} was held on {day}"
_STAYS = Refusal(_HELD + "; its day and state stay as they were")
_SKIPPED = Refusal(
    "{name} was skipped, and its number is used up; `trajplan sessions skip {ref} --back` takes "
    "that back, `trajplan sessions extend 1` adds a session at the end"
)
_NOT_SKIPPED = Refusal("{name} was not skipped, so there is nothing to take back")

TABLE: Mapping[tuple[SessionState, Act], SessionState | Refusal] = {
    ("planned", "move"): "planned",
    ("planned", "miss"): "missed",
    ("planned", "cancel"): "cancelled",
    ("planned", "skip"): "skipped",
    ("planned", "take_back"): _NOT_SKIPPED,
    ("planned", "hold"): "held",
    ("held", "move"): _STAYS,
    ("held", "miss"): _STAYS,
    ("held", "cancel"): _STAYS,
    ("held", "skip"): _STAYS,
    ("held", "take_back"): _NOT_SKIPPED,
    ("held", "hold"): Refusal(_HELD + " already"),
    ("missed", "move"): "planned",
    ("missed", "miss"): Refusal(
        "{name} is already missed; `trajplan sessions move {ref} DAY` gives it a new day"
    ),
    ("missed", "cancel"): "cancelled",
    ("missed", "skip"): "skipped",
    ("missed", "take_back"): _NOT_SKIPPED,
    ("missed", "hold"): "held",
    ("cancelled", "move"): "planned",
    ("cancelled", "miss"): "missed",
    ("cancelled", "cancel"): Refusal(
        "{name} is cancelled already; `trajplan sessions move {ref} DAY` gives it a new day"
    ),
    ("cancelled", "skip"): "skipped",
    ("cancelled", "take_back"): _NOT_SKIPPED,
    ("cancelled", "hold"): "held",
    ("skipped", "move"): _SKIPPED,
    ("skipped", "miss"): _SKIPPED,
    ("skipped", "cancel"): _SKIPPED,
    ("skipped", "skip"): Refusal(
        "{name} is skipped already; `trajplan sessions skip {ref} --back` takes that back"
    ),
    ("skipped", "take_back"): "planned",
    ("skipped", "hold"): _SKIPPED,
}


def becomes(state: SessionState, act: Act, *, name: str, ref: str, day: str) -> SessionState:
    """Return the state an act leads to. Raises CannotDo saying what is possible instead."""
    outcome = TABLE[state, act]
    if isinstance(outcome, Refusal):
        raise CannotDo(outcome.because.format(name=name, ref=ref, day=day))
    return outcome
