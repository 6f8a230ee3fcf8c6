"""The plan at a glance: what to have in mind when the client is at the door (R142).

At most twenty lines: what stands, how the client comes, what was promised and what became of it,
the line to open with, two questions, the clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from trajplan.dates import due_words, near_date, short_date
from trajplan.pages.document import Document
from trajplan.pages.page import Page, labelled
from trajplan.pages.plan import arrival
from trajplan.pages.words import (
    inquiry_row,
    not_wrapped,
    note_words,
    standing_line,
    todays_aim,
)
from trajplan.planning.from_records import FromLastTime, PinnedNote, UrgentDay
from trajplan.planning.own_clock import on_own_clock
from trajplan.planning.plan import Plan, PlannedActivity, PlannedQuestion
from trajplan.planning.segment_parts import ClientClose, parts_in_order
from trajplan.planning.spoken import with_label
from trajplan.records.forms import STATUSES
from trajplan.records.model.sessions import SAFETY_SAID
from trajplan.text import columns, sentences_of, shortened

LINES = 18
"""Lines below its title and the empty line that may follow it."""
QUESTIONS = 2
OF_A_LIST = 2
"""How much of a list it shows before it says how much more there is."""
COLUMNS = 64
"""Letters that fit beside a label on one line of 80 columns, in every form."""
ONE_LINE, TWO_LINES, THREE_LINES = 62, 124, 186
"""Letters of what gets one line, two and three."""


class Glance(Struct, frozen=True, kw_only=True):
    """Labels and what they say, in the order in which they are needed."""

    title: str
    rows: tuple[tuple[str, str], ...]


class Room(Struct, frozen=True, kw_only=True):
    """How many letters there are for what may be cut; 0: it is left out."""

    words: int
    """What the client said."""
    spoken: int
    """What the coach says: a line that is cut cannot be said."""
    destination: int
    titles: int
    """A segment's title; a title has 40 letters at most in the built-in library."""


ROOMS = (
    Room(words=TWO_LINES, spoken=THREE_LINES, destination=ONE_LINE, titles=60),
    Room(words=TWO_LINES, spoken=THREE_LINES, destination=0, titles=60),
    Room(words=ONE_LINE, spoken=THREE_LINES, destination=0, titles=60),
    Room(words=ONE_LINE, spoken=TWO_LINES, destination=0, titles=24),
    Room(words=ONE_LINE, spoken=ONE_LINE, destination=0, titles=12),
)
"""From the widest to the narrowest."""


def glance(plan: Plan, own_zone: str = "") -> Document:
    """Twenty lines of a plan, by the coach's own clock where their zone is known (R142)."""
    picked = pick(on_own_clock(plan, own_zone))
    return Document(
        page=lambda: Page.of(picked.title, labelled(*picked.rows)),
        data=lambda: picked,
    )


def pick(plan: Plan) -> Glance:
    """What matters in a plan, with as many of its words as twenty lines hold."""
    title = (
        f"Session {plan.session} · {shortened(plan.client_name, 30)} · "
        f"{short_date(plan.date)} · {plan.minutes} min"
    )
    for room in ROOMS:
        rows = tuple((label, text) for label, text in _rows(plan, room) if text)
        if sum(_lines(text) for _, text in rows) <= LINES:
            break
    return Glance(title=title, rows=rows)


def _lines(text: str) -> int:
    """How many lines a text takes beside its label, broken at spaces as a terminal breaks it."""
    lines, used = 1, 0
    for width in map(columns, text.split()):
        if used and used + 1 + width <= COLUMNS:
            used += 1 + width
            continue
        lines += bool(used)
        whole_lines = (width - 1) // COLUMNS
        lines += whole_lines
        used = width - whole_lines * COLUMNS
    return lines


def _rows(plan: Plan, room: Room) -> Iterator[tuple[str, str]]:
    yield from _standing(plan, room)
    yield "Arrives", shortened(arrival(plan), ONE_LINE)
    yield "Matters most", shortened(plan.matters_most, room.words)
    yield "Today", shortened(todays_aim(plan), ONE_LINE)
    if room.destination:
        yield "Destination", shortened(plan.destination or "not yet in words", room.destination)
    if plan.from_last_time and not plan.holding:
        yield from _last_time_at_a_glance(plan.from_last_time, room)
    opening = _opening(plan)
    for line in opening:
        yield "Open with", shortened(line, room.spoken)
    for question in _questions(plan):
        if question.text not in opening:
            yield "Ask", _asked(question, room)
    clock = [f"{part.start} {shortened(part.title, room.titles)}" for part in plan.segments]
    yield "Clock", " · ".join([*clock, f"{plan.end} end"])
    yield "For them", plan.client_clock
    yield "Mind", plan.odd_start
    for finding in plan.findings:
        if (finding.rule, finding.severity) == ("R4", "warning"):
            yield "Mind", finding.message.replace("`", "")


def _standing(plan: Plan, room: Room) -> Iterator[tuple[str, str]]:
    """What must not be lost: danger, what stands of referrals, pinned notes, parked topics, those
    with a day first (R128)."""
    day = dt.date.fromisoformat(plan.date)
    for proposal in plan.proposals:
        if proposal.kind == "safety":
            yield "First", proposal.why
        elif proposal.words:
            yield "First", f"{proposal.why}. To be with it: {proposal.command}"
    yield from _listed("Since then", _news(plan, room), room.words)
    yield "Referral", shortened(standing_line(plan.referrals), room.words)
    grave = plan.remembered.grave
    pinned = sorted(enumerate(plan.pinned), key=lambda placed: _weight(plan, *placed))
    texts = [note.text for _, note in pinned]
    # What the note begins with would leave no room for the words themselves.
    danger = [text.removeprefix(SAFETY_SAID) for text in texts if text.startswith(SAFETY_SAID)]
    yield from _listed("Safety", danger, room.words)
    others = [text for text in texts if not text.startswith(SAFETY_SAID)]
    yield from _listed(
        "Pinned", [note_words(text, grave, room.words) for text in others], room.words
    )
    yield from _listed(
        "Urgent",
        [f"{due_words(urgent.day, day)}: {_newest(urgent)}" for urgent in plan.urgent],
        room.words,
    )
    dated = [f"{due_words(topic.due, day)}: {topic.text}" for topic in plan.parked if topic.due]
    undated = [topic.text for topic in plan.parked if not topic.due]
    yield from _listed("Parked", [*dated, *undated])


def _weight(plan: Plan, place: int, note: PinnedNote) -> tuple[int, int]:
    """Where a pinned note stands among the others: danger first, and the newest before older
    ones."""
    is_of_danger = not frozenset(plan.remembered.safety).isdisjoint(sentences_of(note.text))
    return (0 if is_of_danger else 1, -place)


def _news(plan: Plan, room: Room) -> list[str]:
    """What was noted since last time of danger, illness or death, the newest first."""
    remembered, last = plan.remembered, plan.from_last_time
    weighs = (*remembered.safety, *remembered.heavy)
    pinned = {note.text for note in plan.pinned}
    later = [
        (day, note)
        for note, day in remembered.noted_later.items()
        if note not in pinned and day > (last.date if last else "")
    ]
    return [
        f"{near_date(day)}: {note_words(note, weighs, room.words)}"
        for day, note in sorted(later, reverse=True)
        if not set(weighs).isdisjoint(sentences_of(note))
    ]


def _newest(urgent: UrgentDay) -> str:
    """What has a day, in the newest words on it."""
    return urgent.newer.text if urgent.newer else urgent.text


def _last_time_at_a_glance(last: FromLastTime, room: Room) -> Iterator[tuple[str, str]]:
    """Promises with what became of them, those still open from earlier after them, and the question
    that went home."""
    promises = []
    for commitment in last.promises:
        learned = f": {commitment.learned}" if commitment.learned else ""
        what = with_label(commitment.what, commitment.label)
        promises.append(f"({STATUSES[commitment.status]}) {what}{learned}")
    yield from _listed("Promised", promises, room.words)
    yield "Last time", not_wrapped(last)
    none = "none went home" if last.wrapped else ""
    label, question = inquiry_row(last)
    yield label, shortened(question or none, room.words)


def _listed(label: str, lines: Sequence[str], letters: int = ONE_LINE) -> Iterator[tuple[str, str]]:
    """Two of a list, and how many more there are."""
    more = len(lines) - OF_A_LIST
    for number, line in enumerate(lines[:OF_A_LIST], 1):
        end = f" +{more}: --full" if more > 0 and number == OF_A_LIST else ""
        yield label, shortened(line, letters - len(end)) + end


def _opening(plan: Plan) -> tuple[str, ...]:
    """What the coach says first, up to the offer of today's topic: whether somebody is safe is
    asked before that."""
    said = [
        part.text
        for segment in plan.segments
        for part in parts_in_order(segment)
        if not isinstance(part, PlannedActivity | ClientClose)
    ]
    offer = plan.agreement.text if plan.agreement else ""
    return tuple(said[: said.index(offer) + 1 if offer in said else 1])


def _asked(question: PlannedQuestion, room: Room) -> str:
    """A question, with the number given last time where there is one."""
    before = f" (last time {question.last_answer.value})" if question.last_answer else ""
    return shortened(question.text, room.spoken - len(before)) + before


def _questions(plan: Plan) -> list[PlannedQuestion]:
    """The widest question and the one that may change most, in the order they are asked; where
    nothing is explored, those that are asked first."""
    exploring = [
        question
        for segment in plan.segments
        if segment.component in ("strategic_inquiry", "insight_generation")
        for question in segment.questions
    ]
    changing = [question for question in exploring if question.level == "transformational"]
    picked = [*exploring[:1], *changing[:1], *exploring[1:], *plan.questions]
    chosen = set(list(dict.fromkeys(question.id for question in picked))[:QUESTIONS])
    return [question for question in plan.questions if question.id in chosen]
