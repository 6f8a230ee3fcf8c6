"""What happens in a running session: the coach's keys, and how a session begins (R135).

Plain values. A key that keeps something is one line in the session's draft, so the whole session
can be told again from its opening and its events.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.live.keys import WORDS_KEYS, Key
from trajplan.planning.plan import Plan, PlannedQuestion
from trajplan.records.model import Wording
from trajplan.text import exact_words

EARLY = dt.timedelta(minutes=30)
"""So long before its time a session may be opened, and begins at its time all the same."""


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One key at its moment, with what was typed."""

    at: dt.datetime
    """An instant, with its zone."""
    key: Key
    text: str = ""
    """What was typed; of `space` and `x`: the question's id, empty for the next one."""
    when: str = ""
    """Of a commitment: by when, as it was typed."""
    known: str = ""
    """Of a commitment: how the client will know. Without a text, this and `when` belong to the last
    commitment: what was said of it is kept as soon as it was said."""
    wording: Wording | None = None
    """Whether these are the client's exact words; None: not said."""
    question: PlannedQuestion | None = None
    """Of `x`: the question that the planner chose."""

    @property
    def exact(self) -> bool:
        """Whether the words are the client's own; in quotation marks they always are."""
        if self.wording:
            return self.wording == "exact"
        words = WORDS_KEYS.get(self.key)
        return bool(exact_words(self.text)) or words is None or words.wording != "gist"


class Opening(Struct, frozen=True, kw_only=True):
    """How a session begins: its plan as it stood then, and its clock."""

    plan: Plan
    begins: dt.datetime
    ends: dt.datetime

    @property
    def minutes(self) -> int:
        """From begin to end."""
        return whole_minutes(self.ends - self.begins)


def open_session(plan: Plan, now: dt.datetime, since: dt.datetime | None = None) -> Opening:
    """Settle when a session begins and ends.

    One that is opened shortly before its time begins at its time. One that is opened in its first
    half begins now and ends as booked. At any other hour it has its whole length from now on.
    """
    now = now.replace(second=0, microsecond=0)
    booked = booked_time(plan, now)
    length = dt.timedelta(minutes=plan.minutes)
    begins = since or (now if booked is None else max(now, booked))
    return Opening(plan=plan, begins=begins, ends=(begins if booked is None else booked) + length)


def booked_time(plan: Plan, now: dt.datetime) -> dt.datetime | None:
    """When the session is booked to begin, if that is soon or was not long ago; else None."""
    if plan.clock != "wall" or plan.date != now.date().isoformat():
        return None
    booked = dt.datetime.combine(now.date(), dt.time.fromisoformat(plan.start), now.tzinfo)
    latest = booked + dt.timedelta(minutes=plan.minutes) / 2
    return booked if booked - EARLY <= now < latest else None


def goes_on(opening: Opening, now: dt.datetime) -> bool:
    """Whether a session in which no key was kept is the one that runs now, and not an earlier look
    at its screen."""
    booked = booked_time(opening.plan, now)
    if booked is None:
        return opening.begins <= now < opening.ends
    return opening.ends == booked + dt.timedelta(minutes=opening.plan.minutes)


def whole_minutes(span: dt.timedelta) -> int:
    """The nearest whole number of minutes."""
    return int((span.total_seconds() + 30) // 60)
