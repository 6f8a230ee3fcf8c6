"""A session as it runs: its opening and the coach's keys in, its state and clock out (R135).

Pure: the moment comes in with each key, and nothing here reads a clock or a file. `tell` goes
through the events from the first one on, so that taking one back is the same as never having had
it. Whenever a segment ends early or late, `planning/refit.py` allots the rest anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from trajplan.content.session_rules import EXPLORE_FLOOR
from trajplan.live.keys import WORDS_KEYS
from trajplan.live.model import (
    CapturedWords,
    Event,
    LiveQuestion,
    LiveSegment,
    LiveState,
    Opening,
    Promise,
    SegmentState,
    whole_minutes,
)
from trajplan.planning.plan import PlannedQuestion, PlannedSegment
from trajplan.planning.refit import Refit, keeps_floor, refit
from trajplan.text import plural

STEP = 2
"""Minutes that `+` and `-` give and take."""
STAYS = ("u", "h")
"""Keys that `u` does not take back."""


def tell(opening: Opening, events: Sequence[Event], now: dt.datetime) -> LiveState:
    """The state of a session at a moment."""
    course = _Course(opening)
    for event in in_force(events):
        course.take(event)
    return course.state(now, hidden=is_hidden(events))


def in_force(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events without those that were taken back, and without `u` and `h` themselves. A
    commitment is a single event, however many answers it took."""
    kept: list[Event] = []
    for event in events:
        if event.key == "u":
            if kept:
                kept.pop()
        elif event.key == "c" and not event.text:
            promised = [place for place, earlier in enumerate(kept) if earlier.key == "c"]
            for place in promised[-1:]:
                first = kept[place]
                kept[place] = replace(
                    first, when=event.when or first.when, known=event.known or first.known
                )
        elif event.key not in STAYS:
            kept.append(event)
    return tuple(kept)


def is_hidden(events: Iterable[Event]) -> bool:
    """Whether everything but the clock is hidden."""
    return sum(event.key == "h" for event in events) % 2 == 1


class _Course:
    """A session told so far. `past`: minutes of the segments that are over, as they were."""

    def __init__(self, opening: Opening) -> None:
        self.plan = opening.plan
        self.segments: Sequence[PlannedSegment] = opening.plan.segments
        self.floor = keeps_floor(opening.plan)
        self.begins = opening.begins
        self.total = self.booked = opening.minutes
        self.last = opening.begins - dt.timedelta(days=1)
        """The moment of the last event: time never runs back from there."""
        self.past: list[int] = []
        self.settled: int | None = None
        """Minutes the coach gave the running segment with `+` or `-`."""
        self.passed: set[int] = set()
        """Positions of segments that were left out when the session came to them."""
        self.ended = False
        self.added: dict[str, list[PlannedQuestion]] = {}
        self.asked: list[str] = []
        self.commitments: list[Promise] = []
        self.lists: dict[str, list[CapturedWords]] = {key: [] for key in WORDS_KEYS if key != "c"}
        self.fit = self._refit()
        self._pass_left_out()

    def take(self, event: Event) -> None:
        """Go on by one event; a clock that was set back meanwhile counts as standing still."""
        self.last = max(self.last, event.at)
        if event.key == "n":
            self._next(event.at)
        elif event.key in ("+", "-"):
            self._move(STEP if event.key == "+" else -STEP, event.at)
        elif event.key == "space":
            self._tick(event.text)
        elif event.key == "x" and event.question and not self.ended:
            self.added.setdefault(self._place.id, []).append(event.question)
        elif event.key == "c":
            self.commitments.append(Promise(what=event.text, when=event.when, known=event.known))
        elif event.key == "w":
            self._end(event.at)
        elif event.key in self.lists:
            words = CapturedWords(
                text=event.text,
                exact=event.exact,
                at=_clock(event.at),
                segment="" if self.ended else self._place.id,
            )
            self.lists[event.key].append(words)

    @property
    def _place(self) -> PlannedSegment:
        return self.segments[len(self.past)]

    def _next(self, at: dt.datetime) -> None:
        """End the running segment, or begin a session whose time has not come."""
        if self.ended:
            return
        if at < self.begins:
            start = at.replace(second=0, microsecond=0)
            self.booked += whole_minutes(self.begins - start)
            self.total = self.booked
            self.begins = start
            self.fit = self._refit()
            return
        self.past.append(self._elapsed(at))
        self.settled = None
        self.fit = self._refit()
        self._pass_left_out()

    def _pass_left_out(self) -> None:
        """Go past segments for which there is no time; after the last one the session is over."""
        while len(self.past) < len(self.segments) and len(self.past) in self.fit.left_out:
            self.passed.add(len(self.past))
            self.past.append(0)
        self.ended = len(self.past) == len(self.segments)

    def _move(self, minutes: int, at: dt.datetime) -> None:
        """Give the running segment two minutes more or less; the last one moves the end along."""
        if self.ended:
            return
        index, elapsed = len(self.past), self._elapsed(at)
        given = self.fit.minutes[index] if self.settled is None else self.settled
        self.settled = max(1, elapsed, max(given, elapsed) + minutes)
        if all(later in self.fit.left_out for later in range(index + 1, len(self.segments))):
            self.total = max(self.booked, sum(self.past) + self.settled)
        self.fit = self._refit()

    def _end(self, at: dt.datetime) -> None:
        if not self.ended:
            self.past.append(self._elapsed(at))
            while len(self.past) < len(self.segments):
                self.passed.add(len(self.past))
                self.past.append(0)
            self.fit = self._refit()
            self.ended = True

    def _tick(self, name: str) -> None:
        """Tick a question, or untick it; without a name, the next one of the running segment."""
        if not name and not self.ended:
            questions = (*self._place.questions, *self.added.get(self._place.id, ()))
            left = [question.id for question in questions if question.id not in self.asked]
            name = left[0] if left else ""
        if name in self.asked:
            self.asked.remove(name)
        elif name in self._questions:
            self.asked.append(name)

    @property
    def _questions(self) -> set[str]:
        """Ids of all questions there are, planned and added."""
        added = {question.id for questions in self.added.values() for question in questions}
        return added | {question.id for question in self.plan.questions}

    def _elapsed(self, at: dt.datetime) -> int:
        """Whole minutes of the running segment."""
        return max(0, whole_minutes(max(self.last, at) - self.begins) - sum(self.past))

    def _refit(self, running: int | None = None) -> Refit:
        """The rest allotted anew; `running`: the minutes of the segment that runs."""
        running = self.settled if running is None else running
        return refit(
            self.segments,
            self.past if running is None else [*self.past, running],
            self.total,
            length=self.plan.minutes,
            floor=self.floor,
        )

    def state(self, now: dt.datetime, *, hidden: bool) -> LiveState:
        """The state at a moment; a segment that runs over takes its minutes from the rest."""
        now = max(now, self.last)
        index = len(self.past)
        fit = self.fit
        elapsed = 0 if self.ended else self._elapsed(now)
        if not self.ended and elapsed > fit.minutes[index]:
            fit = self._refit(elapsed)
        minutes = whole_minutes(max(now - self.begins, dt.timedelta()))
        given = 0 if self.ended else self.fit.minutes[index]
        segments = tuple(self._segment(position, fit) for position in range(len(self.segments)))
        ahead = [segment.id for segment in segments if segment.state == "ahead"]
        left_out = tuple(segment.id for segment in segments if segment.state == "left out")
        return LiveState(
            begins=_clock(self.begins),
            ends=_clock(self.begins + dt.timedelta(minutes=self.total)),
            now=_clock(now),
            minutes=sum(self.past) if self.ended else minutes,
            left=self.total - minutes,
            until=whole_minutes(max(self.begins - now, dt.timedelta())),
            segments=segments,
            running="" if self.ended else self._place.id,
            segment_left=0 if self.ended else given - elapsed,
            segment_share=self._share(now, given),
            next=ahead[0] if ahead else "",
            no_longer_fits=left_out if not self.ended else (),
            remarks=tuple(self._remarks(fit)) if not self.ended else (),
            asked=tuple(self.asked),
            commitments=tuple(self.commitments),
            **self._words_kept(),
            hidden=hidden,
            ended=self.ended,
            actual={
                segment.id: taken for segment, taken in zip(self.segments, self.past, strict=False)
            },
        )

    def _words_kept(self) -> dict[str, Any]:
        """What was typed so far, by field of the state."""
        return {
            WORDS_KEYS[key].field: tuple(
                words.text if WORDS_KEYS[key].text_alone else words for words in kept
            )
            for key, kept in self.lists.items()
        }

    def _share(self, now: dt.datetime, given: int) -> float:
        """How much of the running segment's time is gone."""
        if self.ended:
            return 1.0
        start = self.begins + dt.timedelta(minutes=sum(self.past))
        gone = max(0.0, (now - start).total_seconds() / 60)
        return 1.0 if given <= 0 else min(1.0, round(gone / given, 4))

    def _segment(self, position: int, fit: Refit) -> LiveSegment:
        planned = self.segments[position]
        start = self.begins + dt.timedelta(minutes=sum(fit.minutes[:position]))
        end = start + dt.timedelta(minutes=fit.minutes[position])
        questions = [(question, False) for question in planned.questions]
        questions += [(question, True) for question in self.added.get(planned.id, ())]
        return LiveSegment(
            id=planned.id,
            title=planned.title,
            state=self._state_of(position, fit),
            start=_clock(start),
            end=_clock(end),
            minutes=fit.minutes[position],
            planned=planned.minutes,
            questions=tuple(
                LiveQuestion(
                    id=question.id,
                    text=question.text,
                    asked=question.id in self.asked,
                    added=added,
                )
                for question, added in questions
            ),
        )

    def _state_of(self, position: int, fit: Refit) -> SegmentState:
        if position < len(self.past):
            return "left out" if position in self.passed else "over"
        if position == len(self.past):
            return "running"
        return "left out" if position in fit.left_out else "ahead"

    def _remarks(self, fit: Refit) -> Iterator[str]:
        """What the clock has to say: what no longer fits, what is free, what is over time."""
        just_passed = len(self.past)
        while just_passed - 1 in self.passed:
            just_passed -= 1
        positions = (*range(just_passed, len(self.past)), *fit.left_out)
        titles = [f"“{self.segments[position].title}”" for position in positions]
        if titles:
            yield f"no longer fits: {', '.join(titles)}"
        if fit.parked:
            yield (
                f"exploration has not come to its {EXPLORE_FLOOR} minutes, so the decision is "
                "parked for next time"
            )
        if fit.short:
            yield "what is left has less time than it needs"
        if fit.free:
            yield f"{plural(fit.free, 'minute')} free at the end"
        if fit.over:
            yield f"{plural(fit.over, 'minute')} over the end"


def _clock(at: dt.datetime) -> str:
    return at.strftime("%H:%M")


def last_taken(events: Iterable[Event]) -> Event | None:
    """The event that `u` would take back."""
    kept = in_force(events)
    return kept[-1] if kept else None


def added_questions(events: Sequence[Event]) -> tuple[PlannedQuestion, ...]:
    """The questions taken beside those of the plan."""
    return tuple(event.question for event in in_force(events) if event.question)
