"""Where a running session stands: plain values, as `live --replay` prints them (R135)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SegmentState = Literal["over", "running", "ahead", "left out"]


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
