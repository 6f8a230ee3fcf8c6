"""What goes into a running session and what comes out of it, as plain values (R135).

Into it go its opening and the coach's keys. A key that keeps something is one line in the session's
draft, so the whole session can be told again from its opening and its events. Out of it comes where
it stands, as `live --replay` prints it.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from trajplan.live.keys import WORDS_KEYS, Key
from trajplan.planning.plan import Plan, PlannedQuestion
from trajplan.records.model.commitments import Wording
from trajplan.text import exact_words

SegmentState = Literal["over", "running", "ahead", "left out"]
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


class LiveQuestion(Struct, frozen=True, kw_only=True):
    """A question of a segment, and whether it was asked."""

    id: str
    text: str
    asked: bool
    added: bool = False
    """It was not planned: the planner's next best, taken during the session."""


class LiveSegment(Struct, frozen=True, kw_only=True):
    """A segment with its time: as it was, as it runs, or as it will be."""

    id: str
    title: str
    state: SegmentState
    start: str
    """`HH:MM`."""
    end: str
    minutes: int
    """As they were, or as they are allotted now."""
    planned: int
    questions: tuple[LiveQuestion, ...]


class Promise(Struct, frozen=True, kw_only=True):
    """What the client takes on, as far as it was typed."""

    what: str
    when: str
    known: str


class CapturedWords(Struct, frozen=True, kw_only=True):
    """Words as they were said or what they came to, and where in the session."""

    text: str
    exact: bool
    at: str
    """`HH:MM`."""
    segment: str


class LiveState(Struct, frozen=True, kw_only=True):
    """Where a session stands. Clock times are `HH:MM`, minutes are whole."""

    begins: str
    ends: str
    """As booked, or as the coach moved it."""
    now: str
    minutes: int
    """Since it began."""
    left: int
    """Until it ends; below zero when it is over time."""
    until: int
    """Minutes until it begins; 0 once it has."""
    segments: tuple[LiveSegment, ...]
    running: str
    """Id of the segment that runs; empty once the session has ended."""
    segment_left: int
    """Minutes until it ends; below zero when it runs over."""
    segment_share: float
    """How much of it is gone, 0 to 1."""
    next: str
    """Id of the segment that follows; empty for none."""
    no_longer_fits: tuple[str, ...]
    """Ids of segments for which there is no time."""
    remarks: tuple[str, ...]
    """What the clock has to say, in sentences."""
    asked: tuple[str, ...]
    """Ids of questions, in the order they were asked."""
    commitments: tuple[Promise, ...]
    words: tuple[CapturedWords, ...]
    beliefs: tuple[CapturedWords, ...]
    parked: tuple[str, ...]
    takeaways: tuple[CapturedWords, ...]
    notes: tuple[str, ...]
    hidden: bool
    """Nothing but the clock is shown."""
    ended: bool
    actual: dict[str, int]
    """Minutes of the segments that are over, by id."""

    @property
    def running_segment(self) -> LiveSegment | None:
        """The segment that runs."""
        return self.segment(self.running)

    def segment(self, name: str) -> LiveSegment | None:
        """A segment by its id."""
        return next((segment for segment in self.segments if segment.id == name), None)
