"""What last time left, at the door: promises, takeaways, the question that went home (R2)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from msgspec.structs import replace

from trajplan.dates import due_words, near_date
from trajplan.pages.door_parts import LAST_TIME, Fact, Kind, is_grave, is_near
from trajplan.pages.page import Text, quiet
from trajplan.pages.plan_background import ratings_line
from trajplan.pages.words import inquiry_line, inquiry_row, nothing_promised, took_away
from trajplan.planning.from_records import FromLastTime, PlannedCommitment
from trajplan.planning.matter import stems
from trajplan.planning.plan import Plan, is_asked_back
from trajplan.planning.spoken import own_label
from trajplan.records.forms import STATUSES
from trajplan.records.model.commitments import WAITING
from trajplan.text import on_one_line, pattern

_CONDITION = pattern(r"\W*(?:if|unless|wenn|si)\b", re.IGNORECASE)
"""How words begin that say what they will do in a case."""


def last_time_facts(plan: Plan) -> Iterator[Fact]:
    """What last time left; in the first session of a returning client, what the journey before
    did."""

    def left(kind: Kind, label: str, text: str, noun: str, behind: Text = ()) -> Fact:
        return Fact(part=LAST_TIME, kind=kind, label=label, words=(text,), behind=behind, noun=noun)

    if journey := plan.earlier_journey:
        yield left("focus", "Destination then", journey.destination, "the destination of then")
        label, question = inquiry_row(journey)
        yield left("inquiry", label, question, "the inquiry")
        for words in journey.commitments:
            yield left("journey before", "Open then", words, "earlier promise")
    last = plan.from_last_time
    if last is None:
        return
    yield held_to_it(plan, LAST_TIME)
    yield from _promises(plan, last)
    yield left("standing", "Commitments", "", "", nothing_promised(last))
    label, taken_away = took_away(last)
    grave = frozenset(plan.remembered.grave)
    for words in taken_away:
        # "If that money lands in my account I'll do the lot" is a warning.
        warns = is_grave((words,), grave) or _CONDITION.match(words)
        yield left("agreed" if warns else "took away", label, words, "takeaway")
    label, question_then = inquiry_line(plan, last)
    kind: Kind = "asked inquiry" if is_asked_back(plan.inquiry_return) else "inquiry"
    because = question_then[1:] if isinstance(question_then, tuple) else ()
    yield left(kind, label, last.inquiry, "the inquiry", because)
    for label, text in (("Agreed anew", last.agreement), ("New frame", last.frame_change)):
        yield replace(left("agreed", label, on_one_line(text), "what was agreed"), keeps=True)
    forms = " · ".join(form.title for form in plan.worksheets)
    yield left("worksheets", "Filled in", forms, "what was filled in")
    waiting = " · ".join(form.title for form in plan.outstanding)
    yield left("worksheets", "Not back", waiting, "what is not back yet")
    ratings, note = ratings_line(last), plan.remembered.rating_note
    if ratings:
        yield replace(
            left("ratings", "Ratings", note, "the note on the ratings"),
            before=f"{ratings}{': ' if note else ''}",
        )
    else:
        yield left("ratings", "Rated with", note, "the note on the ratings")
        yield left("ratings", "Rated before", plan.remembered.rated_before, "")
    is_little = not (last.notes_and_takeaways or last.focus or last.ratings or last.holding)
    for number, words in enumerate(plan.remembered.so_far):
        kind = "took away" if is_little and number < 2 else "before that"
        yield left(kind, "Before that", words, "older remark")


def held_to_it(plan: Plan, part: str) -> Fact:
    """How they want to be held to what they promise."""
    return Fact(
        part=part,
        kind="held to it",
        label="Held to it",
        words=(on_one_line(plan.accountability),),
        noun="how they want to be held to it",
        keeps=True,
        first=True,
    )


def _promises(plan: Plan, last: FromLastTime) -> Iterator[Fact]:
    """What was promised: all that waits, then what is over, what was let go first."""
    made = (*last.promises, *last.over)
    labels = (
        *(["Promised"] * len(last.commitments)),
        *(["Still open"] * len(last.earlier)),
        *(["Earlier"] * len(last.over)),
    )
    promises = [*zip(labels, made, strict=True)]
    anew = [stems(promise.what) for promise in last.commitments]
    for label, promise in promises:
        if promise.status in WAITING:
            fact = _promise(plan, label, promise)
            words = stems(promise.what)
            is_dated = bool(promise.deadline) or is_near(plan, promise.when)
            is_anew = (label != "Promised" and not is_dated) and any(
                len(words & others) >= max(2, len(words) / 2) for others in anew
            )
            if is_anew:
                fact = replace(fact, kind="renewed")
            elif label != "Promised" and not is_dated:
                fact = replace(fact, kind="promise before")
            yield fact
    for text in plan.remembered.let_go:
        yield Fact(
            part=LAST_TIME,
            kind="let go",
            label="Let go",
            words=(on_one_line(text),),
            noun="promise",
            keeps=True,
        )
    for label, promise in promises:
        if promise.status not in (*WAITING, "dropped"):
            yield _promise(plan, label, promise)


def _promise(plan: Plan, label: str, promise: PlannedCommitment) -> Fact:
    """A promise, what became of it and was learnt from it, and while it waits, its days and what
    may be in its way."""
    state = STATUSES[promise.status]
    waits = promise.status in WAITING
    if promise.misses > 1:
        state += f", waited {promise.misses} times"
    if waits:
        state += f", by {near_date(promise.when)}{_deadline(plan, promise)}"
        # While something grave is in the room, no promise is asked about.
        if plan.holding or any(proposal.words for proposal in plan.proposals):
            state += "; not for today"
    if promise.again:
        state += f"; again since {on_one_line(promise.again)}"
    obstacle = (
        f" (in the way: {on_one_line(promise.obstacle)})" if promise.obstacle and waits else ""
    )
    # What they said may be older than what became of it.
    said_on = f" ({near_date(promise.learned_on)})" if promise.learned_on else ""
    name = own_label(promise.what, promise.label)
    return Fact(
        part=LAST_TIME,
        kind="promise" if waits else "promise over",
        label=label,
        before=f"({state}) {name}: " if name else f"({state}) ",
        words=tuple(filter(None, (on_one_line(promise.what), on_one_line(promise.learned)))),
        behind=(said_on,),
        aside=quiet(obstacle) if obstacle else "",
        noun="promise",
        keeps=True,
    )


def _deadline(plan: Plan, promise: PlannedCommitment) -> str:
    """The day that is set from outside, and the one by which a goal of the same words is due."""
    days = [urgent for urgent in plan.urgent if urgent.promise and urgent.text == promise.what]
    today = dt.date.fromisoformat(plan.date)
    if days and days[0].day != promise.when:
        return f", deadline {near_date(days[0].day)}, {due_words(days[0].day, today)}"
    if days:
        return f", {due_words(days[0].day, today)}"
    if is_near(plan, promise.when):
        return f", {due_words(promise.when, today)}"
    if "" < promise.deadline < plan.date:
        return f", deadline passed {near_date(promise.deadline)}"
    return ""
