"""What has a day soon, at the door, and the parked topics (R126, R128)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from operator import itemgetter

from msgspec.structs import replace

from trajplan.dates import due_words, near_date
from trajplan.pages import plan as plan_page
from trajplan.pages.door_paragraphs import noted_paragraphs, pinned_notes
from trajplan.pages.door_parts import (
    SHORT_NOTE,
    TODAY,
    TOP,
    Fact,
    is_grave,
    parked_for_now,
    waiting_promises,
)
from trajplan.pages.page import Text, bold, quiet
from trajplan.planning.asked_of_coach import is_withheld
from trajplan.planning.from_records import PlannedParked, UrgentDay
from trajplan.planning.matter import stems
from trajplan.planning.named_days import names_date, says_only_days
from trajplan.planning.plan import Plan
from trajplan.text import pattern, sentences_of

_DEADLINE = pattern(r"\b(?:closing date|deadline|closes|due|by)\b", re.IGNORECASE)


def day_facts(plan: Plan) -> Iterator[Fact]:
    """All that has a day soon, the next day first. A promise has its day in its own line, and a
    note that stands on the page has it before its own words."""
    last = plan.from_last_time
    made = (*last.promises, *last.over) if last else ()
    told = [promise.learned for promise in made]
    # What was said between the sessions has its line, and its day there.
    told += [contact.note for promise in made for contact in promise.contacts]
    days = [
        *((urgent.day, _urgent(plan, urgent)) for urgent in _urgent_days(plan)),
        *((topic.due, _parked_day(plan, topic)) for topic in parked_for_now(plan)),
    ]
    due = [promise for promise in waiting_promises(plan) if promise.deadline]
    noted = [paragraph for _, paragraph in (*pinned_notes(plan), *noted_paragraphs(plan))]
    for coming in plan.remembered.coming:
        words = stems(coming.text)
        if says_only_days(coming.text):
            continue
        if any(
            promise.deadline == coming.day
            and (_DEADLINE.search(coming.text) or words & stems(promise.what))
            for promise in due
        ):
            continue
        others = [fact.words[0] for day, fact in days if day == coming.day]
        is_told = any(coming.text in text for text in (*others, *told))
        if not is_told and not any(words & stems(text) for text in others):
            note = next((paragraph for paragraph in noted if coming.text in paragraph), "")
            text = _with_reason(note, coming.text)
            is_named = names_date(text, dt.date.fromisoformat(coming.day))
            fact = _day_fact(plan, coming.day, text, coming.when, is_named=is_named)
            days.append((coming.day, replace(fact, kind="day again") if note else fact))
    yield from (fact for _, fact in sorted(days, key=itemgetter(0)))


def _urgent_days(plan: Plan) -> list[UrgentDay]:
    """What they have said that has a day soon, but for a promise, which has its own line, and for
    what says a day and not what is on it: `tomorrow and Thursday`."""
    promised = {promise.what for promise in waiting_promises(plan)}
    return [
        urgent
        for urgent in plan.urgent
        if urgent.newer
        or (urgent.text not in promised and (urgent.promise or not says_only_days(urgent.text)))
    ]


def days_told(plan: Plan) -> set[str]:
    """The words that stand at the top with their day, or as a promise."""
    promised = {promise.what for promise in waiting_promises(plan)}
    return promised | {urgent.text for urgent in _urgent_days(plan)}


def due_ahead(plan: Plan, days: Collection[str]) -> Text:
    """How far the next day is that a line begins with, to stand before its words; where that is the
    day of the session itself, how far the one after it is, too."""
    today = dt.date.fromisoformat(plan.date)
    dues = ", ".join(due_words(day, today) for day in _next_days(plan, days))
    return (bold(dues[:1].upper() + dues[1:]), " · ") if dues else ()


def days_ahead(plan: Plan, days: Collection[str]) -> str:
    """The same days by their names, to stand behind a line that is of something else first."""
    today = dt.date.fromisoformat(plan.date)
    return ", ".join(f"{near_date(day)}: {due_words(day, today)}" for day in _next_days(plan, days))


def _next_days(plan: Plan, days: Collection[str]) -> list[str]:
    return sorted({*days})[: 1 + (plan.date in days)]


def _with_reason(note: str, text: str) -> str:
    """A sentence with a day, and of its note what says why it matters, or who must not know: of a
    long one the sentences beside it."""
    if len(note) <= SHORT_NOTE or is_withheld(note):
        return note or text
    sentences = sentences_of(note)
    place = sentences.index(text)
    return " ".join(sentences[max(0, place - 1) : place + 2])


def _parked_day(plan: Plan, topic: PlannedParked) -> Fact:
    """A parked topic with its day, and how long it has been parked: it may be over by now."""
    since = f"parked in session {topic.session}" if topic.session else "parked"
    is_named = names_date(topic.text, dt.date.fromisoformat(topic.due))
    return _day_fact(plan, topic.due, topic.text, since, is_named=is_named)


def _day_fact(plan: Plan, day: str, text: str, behind: str, *, is_named: bool = False) -> Fact:
    """A line with how far its day is as its label, and the day itself where the text does not name
    it."""
    date = "" if is_named else near_date(day)
    about = "; ".join(filter(None, (date, behind)))
    return Fact(
        part=TOP,
        kind="day",
        label=due_words(day, dt.date.fromisoformat(plan.date)).capitalize(),
        words=(text,),
        behind=(quiet(f" ({about})"),) if about else (),
        noun="date",
        first=True,
    )


def _urgent(plan: Plan, urgent: UrgentDay) -> Fact:
    """What they take on or said that has a day, in the newest words on it."""
    sessions = plan_page.sessions_until(plan, urgent).removesuffix(" then")
    deadline = "deadline" if urgent.text in {step.what for step in waiting_promises(plan)} else ""
    when = urgent.newer.when if urgent.newer else ""
    text = urgent.newer.text if urgent.newer else urgent.text
    about = "; ".join(filter(None, (when, deadline, sessions)))
    fact = _day_fact(plan, urgent.day, text, about, is_named=bool(urgent.newer))
    # What moves a day is a note, and may stand below.
    return replace(fact, kind="day again") if urgent.newer else fact


def parked_facts(plan: Plan) -> Iterator[Fact]:
    """The parked topics, those with a day first, then the newest. One whose day is near stands at
    the top."""
    near = parked_for_now(plan)
    topics = [topic for topic in plan.parked if topic not in near]
    topics.sort(key=lambda topic: -(topic.session or 0))
    topics.sort(key=lambda topic: topic.due or "9999")
    for topic in topics:
        yield _parked_topic(plan, topic)


def _parked_topic(plan: Plan, topic: PlannedParked) -> Fact:
    day = dt.date.fromisoformat(plan.date)
    due = f" (by {near_date(topic.due)}, {due_words(topic.due, day)})" if topic.due else ""
    grave = is_grave((topic.text,), frozenset(plan.remembered.grave))
    # A death that was set aside is not asked about by chance.
    stays = topic.due or is_withheld(topic.text) or grave
    return Fact(
        part=TODAY,
        kind="parked with a day" if stays else "parked",
        label="Parked",
        words=(topic.text,),
        behind=(quiet(due),) if due else (),
        noun="parked topic",
    )
