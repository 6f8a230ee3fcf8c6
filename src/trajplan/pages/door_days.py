"""What has a day soon, at the door, and the parked topics (R126, R128)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from operator import itemgetter

from msgspec.structs import replace

from trajplan.dates import due_words, near_date
from trajplan.pages import plan as whole
from trajplan.pages.door_paragraphs import noted_paragraphs
from trajplan.pages.door_parts import (
    LONG,
    SHORT_LABEL,
    SHORT_NOTE,
    TODAY,
    TOP,
    Fact,
    is_grave,
    is_near,
    waiting_promises,
)
from trajplan.pages.page import quiet
from trajplan.pages.words import news_on, one_after_another
from trajplan.planning.asked_of_coach import is_withheld
from trajplan.planning.from_records import PlannedParked, UrgentDay
from trajplan.planning.kept_in_mind import NewerWords
from trajplan.planning.matter import stems
from trajplan.planning.named_days import days_in, names_date
from trajplan.planning.plan import Plan
from trajplan.planning.sentences import ends_day
from trajplan.text import pattern, sentences_of, shortened_to_clause

_PARTS = pattern(r"[;:]\s+|\s[–—-]\s")
_DEADLINE = pattern(r"\b(?:closing date|deadline|closes|due|by)\b", re.IGNORECASE)
_COMMA = pattern(r"[,;]\s+")


def day_facts(plan: Plan) -> Iterator[Fact]:
    """All that has a day soon, the next day first. A promise has its day in its own line, and what
    tells of a day that stands on the page already is not told twice."""
    told = {urgent.newer.text for urgent in plan.urgent if urgent.newer}
    promised = {promise.what for promise in waiting_promises(plan)}
    days = [
        *(
            (urgent.day, _urgent(plan, urgent))
            for urgent in plan.urgent
            if urgent.was or urgent.text not in promised
        ),
        *(
            (topic.due, _day_fact(plan, topic.due, topic.text, "parked"))
            for topic in plan.parked
            if topic.due and is_near(plan, topic.due) and not parked_ended(plan, topic)
        ),
    ]
    due = [promise for promise in waiting_promises(plan) if promise.deadline]
    alone = {paragraph for _, paragraph in noted_paragraphs(plan)}
    for coming in plan.remembered.coming:
        words = stems(coming.text)
        if any(
            promise.deadline == coming.day
            and (_DEADLINE.search(coming.text) or words & stems(promise.what))
            for promise in due
        ):
            continue
        others = (fact for day, fact in days if day == coming.day)
        if coming.text not in told and not any(words & stems(fact.words[0]) for fact in others):
            # A sentence of several in quotation marks has only one of them.
            part = _on_day(plan, coming.day, _clause(plan, coming.text))
            text = part.strip('“”"')
            is_named = names_date(text, dt.date.fromisoformat(coming.day))
            about = one_after_another((coming.when, *map(str, news_on(plan, coming.text))))
            fact = _day_fact(plan, coming.day, text, about, is_named=is_named)
            # Where its note says more, it stands there in full.
            is_whole = coming.text in alone and part == coming.text
            if not is_whole:
                told_in = next((words for words in alone if coming.text in words), "")
                before, _, after = told_in.partition(coming.text)
                fact = replace(
                    fact,
                    kind="day again",
                    why=_why(told_in, coming.text, part),
                    hushed=is_withheld(before) or is_withheld(after),
                )
            if _is_ended(plan, coming.day, *news_on(plan, coming.text)):
                fact = _not_counted(fact, coming.day)
            days.append((coming.day, fact))
    yield from (fact for _, fact in sorted(days, key=itemgetter(0)))


def _not_counted(fact: Fact, day: str) -> Fact:
    """A day to which nobody counts any more: what has it may be over."""
    return replace(fact, label=near_date(day), kind="overtaken note")


def _is_ended(plan: Plan, day: str, *news: NewerWords) -> bool:
    """Whether newer words on something with a day say that it is over or has another day; not where
    they name the same day."""
    said, due = dt.date.fromisoformat(plan.date), dt.date.fromisoformat(day)
    return any(ends_day(newer.text) and due not in days_in(newer.text, said) for newer in news)


def parked_ended(plan: Plan, topic: PlannedParked) -> bool:
    """Whether newer words say that a parked topic with a day is over."""
    newer = plan.remembered.said_since.get(topic.text)
    return bool(newer and topic.due and _is_ended(plan, topic.due, newer))


def _clause(plan: Plan, text: str) -> str:
    """Of a long sentence, whose note stands on the page, the part that names the last day."""
    said = dt.date.fromisoformat(plan.date)
    dated = [part for part in _PARTS.split(text) if days_in(part, said)]
    return dated[-1] if len(text) > LONG and dated and len(dated[-1]) > SHORT_LABEL else text


def _why(paragraph: str, text: str, part: str) -> str:
    """What follows a day in its note, or stands before it, and says why it matters; a short note
    says so itself."""
    if len(paragraph) <= SHORT_NOTE:
        return paragraph
    before, _, after = paragraph.partition(text)
    near = (*sentences_of(before)[-1:], part, *sentences_of(after)[:1])
    return shortened_to_clause(" ".join(near), SHORT_NOTE)


def _on_day(plan: Plan, day: str, text: str) -> str:
    """Of a sentence that begins with another day, the part that names this one."""
    said = dt.date.fromisoformat(plan.date)
    named = [found.isoformat() for found in days_in(text, said)]
    if not named or day in named[:1] or day not in named:
        return text
    parts = (
        part
        for part in _COMMA.split(text)
        if day in [found.isoformat() for found in days_in(part, said)]
    )
    return next(parts, text)


def _day_fact(plan: Plan, day: str, text: str, behind: str, *, is_named: bool = False) -> Fact:
    """A line with how far its day is as its label, and the day itself where the text does not name
    it."""
    date = "" if is_named else near_date(day)
    ahead = due_words(day, dt.date.fromisoformat(plan.date))
    label = ahead.capitalize()
    return Fact(
        part=TOP,
        kind="day",
        label=label,
        words=(text,),
        behind=(quiet(f" ({'; '.join(filter(None, (date, behind)))})"),),
        noun="date",
        first=True,
    )


def _urgent(plan: Plan, urgent: UrgentDay) -> Fact:
    """What they take on or said that has a day, or the newer words that surely move it."""
    sessions = whole.sessions_until(plan, urgent).removesuffix(" then")
    deadline = "deadline" if urgent.text in {step.what for step in waiting_promises(plan)} else ""
    if urgent.was and urgent.newer:
        was = f"it was {near_date(urgent.was)}: {urgent.text}"
        about = "; ".join(filter(None, (urgent.newer.when, deadline, sessions, was)))
        return _day_fact(plan, urgent.day, urgent.newer.text, about)
    about = "; ".join(map(str, filter(None, (deadline, sessions, urgent.newer))))
    fact = _day_fact(plan, urgent.day, urgent.text, about)
    if urgent.newer and _is_ended(plan, urgent.day, urgent.newer):
        return _not_counted(fact, urgent.day)
    return fact if about else replace(fact, behind=(quiet(f" ({near_date(urgent.day)})"),))


def parked_facts(plan: Plan) -> Iterator[Fact]:
    """The parked topics, those with a day first, then the newest; newer words that may close one
    stand behind it. One whose day is near stands at the top."""
    topics = [
        topic
        for topic in plan.parked
        if not (topic.due and is_near(plan, topic.due)) or parked_ended(plan, topic)
    ]
    topics.sort(key=lambda topic: -(topic.session or 0))
    topics.sort(key=lambda topic: topic.due or "9999")
    for topic in topics:
        yield _parked_topic(plan, topic)


def _parked_topic(plan: Plan, topic: PlannedParked) -> Fact:
    day = dt.date.fromisoformat(plan.date)
    due = f"by {near_date(topic.due)}, {due_words(topic.due, day)}" if topic.due else ""
    newer = plan.remembered.said_since.get(topic.text) or _let_go_since(plan, topic.text)
    about = "; ".join(map(str, filter(None, (due, newer))))
    grave = is_grave((topic.text,), frozenset(plan.remembered.grave))
    # A death that was set aside is not asked about by chance.
    stays = topic.due or is_withheld(topic.text) or grave
    return Fact(
        part=TODAY,
        kind="parked with a day" if stays else "parked",
        label="Parked",
        words=(topic.text,),
        behind=(quiet(f" ({about})"),) if about else (),
        noun="parked topic",
    )


def _let_go_since(plan: Plan, text: str) -> NewerWords | None:
    """The promise on the same matter that was let go; None: none was."""
    for words in plan.remembered.let_go:
        if len(stems(words) & stems(text)) > 1:
            return NewerWords(text=shortened_to_clause(words, LONG), when="let go")
    return None
