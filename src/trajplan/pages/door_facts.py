"""What the plan at the door tells of the records: facts, in the order in which they would hurt if
nobody knew them (R142). How many of them there is room for is the business of `door.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.dates import due_words, near_date
from trajplan.pages import plan as whole
from trajplan.pages.page import Inline, Text, code, quiet
from trajplan.pages.plan_background import ratings_line
from trajplan.pages.plan_reasons import finding_row
from trajplan.pages.words import (
    contact_line,
    home_question_row,
    inquiry_line,
    news_on,
    nothing_promised,
    one_after_another,
    path_text,
    referral_kinds,
    todays_aim,
    took_away,
)
from trajplan.planning.asked_of_coach import is_not_to_them, is_withheld
from trajplan.planning.from_records import (
    FromLastTime,
    PlannedCommitment,
    PlannedGoal,
    PlannedParked,
    UrgentDay,
)
from trajplan.planning.grave_words import is_sore
from trajplan.planning.kept_in_mind import HardTime, NewerWords, RememberedBelief
from trajplan.planning.matter import MatterWords, matter, stems
from trajplan.planning.named_days import days_in, names_date, with_days
from trajplan.planning.overtaken import (
    coach_owes,
    forgot,
    names_session,
    owes_this_session,
    tells_of_death,
    tells_of_old_death,
)
from trajplan.planning.plan import Plan, is_asked_back
from trajplan.planning.plan_inputs import WHY_LEFT
from trajplan.planning.readiness import NO_AGREEMENT, UNFINISHED_AGREEMENT
from trajplan.planning.remembered import presents_somebody
from trajplan.planning.sentences import ends_day, tells
from trajplan.planning.spoken import own_label
from trajplan.records.forms import STATUSES
from trajplan.records.model.commitments import WAITING
from trajplan.text import (
    on_one_line,
    paragraphs_of,
    pattern,
    plural,
    sentences_of,
    shortened_to_clause,
)

TOP, WITH_CARE, TODAY, LAST_TIME, KNOWN = (
    "",
    "Handle with care",
    "Notes and today",
    "From last time",
    "What you know of them",
)
"""The parts of the page above the session, in their order; of the first and of the notes only what
follows another has a heading."""
_SESSION = pattern(r"^Session (\d+)$")
_PARTS = pattern(r"[;:]\s+|\s[–—-]\s")
_FORBIDS_IT = pattern(
    r"(?:please,? )?(?:don['’]?t|do not|never|not to) (?:\w+ ){1,3}?(?:it|that|this|the word)\b",
    re.IGNORECASE,
)
_DEADLINE = pattern(r"\b(?:closing date|deadline|closes|due|by)\b", re.IGNORECASE)
_DYING = pattern(
    r"\b(?:hospice|palliative|dying|funeral|(?:days|weeks) to live|end of life|Hospiz"
    r"|Beerdigung)\b",
    re.IGNORECASE,
)
"""With which words somebody is dying, or has just died."""
_CONDITION = pattern(r"\W*(?:if|unless|wenn|si)\b", re.IGNORECASE)
"""How words begin that say what they will do in a case."""
_DATED = pattern(r" \([^)]*\)")
_OTHERS_ASKED = pattern(r"(?!I\b|She\b|He\b|We\b)[A-ZÄÖÜ]\w+ asked (?:her|him|them)\b")
"""How a sentence begins in which somebody else than the coach asked something outright."""
_TO_KEEP = pattern(
    r"\d|\b(?:ring|call|phone|text|turn to|acute|emergency|crisis|not|never|nobody|no longer"
    r"|only|careful|vorsicht|no|none|without|once|unless|until)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Numbers, whom to turn to, and what is not to be, or only so."""
_POINTS_BACK = pattern(r"\b(?:him|her|them|it|that|this|those|so)\b", re.IGNORECASE)
"""With which words a ban is of what the sentence before it names: `Don't call him that`."""
_COMMA = pattern(r"[,;]\s+")
LONG = 60
"""Letters of a sentence on a day, from which on the part with the day stands for it."""
NEAR_DAYS = 7
"""A day so near has how far it is as its label."""
SHORTER = {"Confidential": "Limits"}
"""Labels that would take room from every line beside them."""
SHORT_NOTE = 240
"""Letters of a note that stands whole where a part of it would."""
SHORT_LABEL = 11
"""Letters of where a note comes from, up to which that is its label."""


Kind = Literal[
    # What has a day, what stands, and what was noted, said and agreed
    "standing",
    "pinned",
    "owed today",
    "day",
    "day again",
    "since",
    "danger note",
    "last grave note",
    "last weighty note",
    "last note",
    "older grave note",
    "overtaken note",
    "older note",
    "withheld",
    # What they come with, and what today is for
    "arrival",
    "focus",
    "step",
    "may wait",
    "only helps",
    "parked with a day",
    "parked",
    "decide",
    "missing",
    # What last time left
    "promise",
    "promise before",
    "promise over",
    "renewed",
    "let go",
    "took away",
    "before that",
    "asked inquiry",
    "inquiry",
    "agreed",
    "worksheets",
    "ratings",
    "journey before",
    # What has been known for longer
    "question",
    "stuck point",
    "stuck now",
    "belief",
    "fears",
    "money",
    "priorities",
    "goals",
    "directions",
    "must-haves",
    "destination",
]
"""What gives way at once."""


class Fact(Struct, frozen=True, kw_only=True):
    """One line of the page."""

    part: str
    """One of the parts of the page above."""
    kind: Kind
    """What there is room for, or not, at once: `door.GIVES_WAY` says in which order."""
    label: str
    words: tuple[str, ...]
    """What somebody said or wrote; where there is little room, each of them is cut."""
    before: str = ""
    behind: Text = ()
    """What stands before and behind the words, and is never cut."""
    aside: Inline = ""
    """What stands behind all that where there is room for it."""
    noun: str
    """What the page's first lines call it when it is not there in full."""
    keeps: bool = False
    """It is grave, or asks something of the coach: it is cut last."""
    first: bool = False
    """It is to be read before they come in."""
    core: str = ""
    """Of a note, the sentences that come to harm when they are missing: danger, whom to turn to,
    figures, and what is not to be said. Where there is little room, they stand alone."""
    why: str = ""
    """Of a day whose note may stand below, what says why it matters where the note doesn't."""
    hushed: bool = False
    """Its note says beside the day what is not to be said: where the note stands, the day doesn't
    stand alone."""
    people: frozenset[str] = frozenset()
    """The names in a note, and the relatives: where it has no room, none below it on them has."""


def facts_at_the_door(plan: Plan) -> tuple[Fact, ...]:
    """All that the page may tell of the records, in the order of the page."""
    days, pinned = (*_days(plan), *_owed_today(plan)), tuple(_pinned(plan))
    notes = tuple(_notes(plan, days))
    facts = (
        *_standing(plan, days),
        *(fact for fact in (*pinned, *notes) if fact.part == TOP),
        *_handle_with_care(plan, pinned),
        *(fact for fact in notes if fact.part == TODAY),
        *_today(plan),
        *_parked(plan),
        *_decide(plan),
        *_from_last_time(plan),
        *_known(plan),
    )
    grave = frozenset(plan.remembered.grave)
    told = (
        replace(fact, keeps=fact.keeps or _is_grave(fact.words, grave))
        for fact in facts
        if any(fact.words) or fact.before or fact.behind
    )
    return tuple(told)


def _is_grave(words: Iterable[str], grave: frozenset[str]) -> bool:
    return any(not grave.isdisjoint(sentences_of(text)) for text in words)


def _is_of_danger(plan: Plan, paragraph: str) -> bool:
    """Whether a paragraph is of danger. A death of long ago that they don't speak of is to be
    handled with care: "Her brother died in 2009, an overdose. She said it once"."""
    safety = frozenset(plan.remembered.safety)
    danger = [
        words
        for words in sentences_of(paragraph)
        if words in safety and not _OTHERS_ASKED.match(words)
    ]
    if is_withheld(paragraph):
        danger = [words for words in danger if not tells_of_old_death(words, plan.date)]
    return bool(danger)


def _standing(plan: Plan, days: Iterable[Fact]) -> Iterator[Fact]:
    """What has a day soon, what stands, what is missing, and what has changed since last time."""

    def standing(label: str, text: Text) -> Fact:
        return Fact(part=TOP, kind="standing", label=label, words=(), behind=text, noun="")

    yield from days
    for label, text in whole.clock_rows(plan):
        yield standing(label, text)
    yield standing("Referral", referral_kinds(plan.referrals))
    for finding in plan.findings:
        if finding.severity == "warning":
            yield standing("Warning", finding_row(finding).text)
    # The title says where this session moved.
    for words in (*plan.remembered.since, *_contacts(plan)):
        yield Fact(
            part=TOP,
            kind="since",
            label="Since then",
            words=(on_one_line(words),),
            noun="message",
            keeps=True,
            first=True,
        )


def _owed_today(plan: Plan) -> Iterator[Fact]:
    """What the coach has promised the client for this session, with the sentence before it; of a
    short note all of it."""
    last = plan.from_last_time
    for note, paragraph in _paragraphs(plan):
        # "Next time" is the time after that in an older note.
        is_older = last is not None and note.day < last.date
        owed = [
            (before, words)
            for before, words in pairwise(("", *sentences_of(paragraph)))
            if _is_overdue(plan, note, words)
            or (
                owes_this_session(words, plan.session)
                and not (is_older and not names_session(words, plan.session))
            )
        ]
        # A note of danger stands whole among the first.
        is_told = _is_of_danger(plan, paragraph) and not any(
            owes_this_session(words, plan.session) for _, words in owed
        )
        if not owed or is_told:
            continue
        is_whole = _is_told_as_owed(plan, paragraph)
        told = paragraph if is_whole else " ".join(f"{before} {words}" for before, words in owed)
        label, text, behind, newer = _note(plan, note, told.strip())
        about = one_after_another((label, *map(str, newer)))
        yield Fact(
            part=TOP,
            kind="owed today",
            label="You owe",
            words=(text,),
            behind=(*behind, quiet(f" ({about})")),
            noun="note",
            keeps=True,
            first=True,
        )


def _is_overdue(plan: Plan, note: HardTime, words: str) -> bool:
    """Whether the coach notes that they have not done what they promised, or promised it by a day
    that has come, and nothing newer is told of it."""
    if not note.noted or news_on(plan, words):
        return False
    since = plan.from_last_time.date if plan.from_last_time else ""
    if forgot(words):
        return note.day >= since
    if not (coach_owes(words) and note.day):
        return False
    days = [day.isoformat() for day in days_in(words, dt.date.fromisoformat(note.day))]
    # What was due before the last session was spoken of in it.
    return bool(days) and max(note.day, since) <= days[-1] <= plan.date


def _is_told_as_owed(plan: Plan, paragraph: str) -> bool:
    """Whether all of a note stands where what the coach owes today does: a short one that is
    neither of danger nor of what is not to be said."""
    grave = _is_of_danger(plan, paragraph) or is_withheld(paragraph)
    return len(paragraph) <= SHORT_NOTE and not grave


def _decide(plan: Plan) -> Iterator[Fact]:
    """What the coach may decide, and what is missing of the coaching agreement."""
    beliefs = {belief.id for belief in plan.remembered.beliefs}
    for proposal in plan.proposals:
        if not proposal.words and proposal.assumption not in beliefs:
            text: Text = (f"{proposal.why} ", code(proposal.command))
            yield Fact(part=TODAY, kind="decide", label="Decide", words=(), behind=text, noun="")
    for gap in plan.gaps:
        what, _, parts = gap.partition(": ")
        if gap.startswith(UNFINISHED_AGREEMENT):
            what = f"{plural(len(parts.split(', ')), 'part')} of the coaching agreement"
        if gap.startswith((NO_AGREEMENT, UNFINISHED_AGREEMENT)):
            yield Fact(part=TODAY, kind="missing", label="Missing", words=(what,), noun="")


def _contacts(plan: Plan) -> list[str]:
    """What was said between the sessions, the newest first."""
    last = plan.from_last_time
    promises = last.promises if last else ()
    contacts = [contact for promise in promises for contact in promise.contacts if contact.note]
    contacts.sort(key=lambda contact: contact.date, reverse=True)
    return [contact_line(contact) for contact in contacts]


def _days(plan: Plan) -> Iterator[Fact]:
    """All that has a day soon, the next day first. A promise has its day in its own line, and what
    tells of a day that stands on the page already is not told twice."""
    told = {urgent.newer.text for urgent in plan.urgent if urgent.newer}
    promised = {promise.what for promise in _waiting(plan)}
    days = [
        *(
            (urgent.day, _urgent(plan, urgent))
            for urgent in plan.urgent
            if urgent.was or urgent.text not in promised
        ),
        *(
            (topic.due, _day_fact(plan, topic.due, topic.text, "parked"))
            for topic in plan.parked
            if topic.due and _is_near(plan, topic.due) and not _parked_ended(plan, topic)
        ),
    ]
    due = [promise for promise in _waiting(plan) if promise.deadline]
    alone = {paragraph for _, paragraph in _paragraphs(plan)}
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


def _parked_ended(plan: Plan, topic: PlannedParked) -> bool:
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


def _is_near(plan: Plan, day: str) -> bool:
    return 0 <= (dt.date.fromisoformat(day) - dt.date.fromisoformat(plan.date)).days <= NEAR_DAYS


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
    deadline = "deadline" if urgent.text in {step.what for step in _waiting(plan)} else ""
    if urgent.was and urgent.newer:
        was = f"it was {near_date(urgent.was)}: {urgent.text}"
        about = "; ".join(filter(None, (urgent.newer.when, deadline, sessions, was)))
        return _day_fact(plan, urgent.day, urgent.newer.text, about)
    about = "; ".join(map(str, filter(None, (deadline, sessions, urgent.newer))))
    fact = _day_fact(plan, urgent.day, urgent.text, about)
    if urgent.newer and _is_ended(plan, urgent.day, urgent.newer):
        return _not_counted(fact, urgent.day)
    return fact if about else replace(fact, behind=(quiet(f" ({near_date(urgent.day)})"),))


def _waiting(plan: Plan) -> list[PlannedCommitment]:
    """The promises that wait, the newest first."""
    last = plan.from_last_time
    made = last.promises if last else ()
    return [promise for promise in made if promise.status in WAITING]


def _handle_with_care(plan: Plan, pinned: Iterable[Fact]) -> Iterator[Fact]:
    """What is not to be said, brought up or passed on: as agreed, pinned, and as noted."""
    yield from (fact for fact in pinned if fact.part == WITH_CARE)
    kept = [
        (paragraph, *_note(plan, note, paragraph))
        for note, paragraph in _paragraphs(plan)
        if _part(plan, note, paragraph) == WITH_CARE
    ]
    # What they asked not to be told or called may slip out with the first words; a secret that is
    # out is one no longer.
    kept.sort(key=lambda words: (not is_not_to_them(words[0]), bool(words[-1])))
    for _, label, text, behind, newer in kept:
        before = f"Newer, {newer[0].when}: {newer[0].text} Before that: " if newer else ""
        yield replace(_withheld(label, text, behind), before=before, core=_core(plan, text))
    # What was agreed for any session stands behind what they asked not to be touched.
    agreed = (("Hard day", plan.remembered.hard_day), *whole.agreed_rows(plan.remembered))
    for label, text in agreed:
        yield _withheld(SHORTER.get(label, label), on_one_line(text), noun="what was agreed")


def _withheld(label: str, text: str, behind: Text = (), noun: str = "note") -> Fact:
    """What is pinned or not to be said."""
    return Fact(
        part=WITH_CARE,
        kind="withheld",
        label=label,
        words=(text,),
        behind=behind,
        noun=noun,
        keeps=True,
        first=True,
    )


def _pinned(plan: Plan) -> Iterator[Fact]:
    """The pinned notes, paragraph by paragraph; one that corrects another stands right behind
    it."""
    today = dt.date.fromisoformat(plan.date)
    facts: list[tuple[str, Fact]] = []
    texts = [paragraph for pinned in plan.pinned for paragraph in paragraphs_of(pinned.text)]
    for pinned in plan.pinned:
        where = f"session {pinned.session}" if pinned.session else near_date(pinned.written)
        for paragraph in paragraphs_of(pinned.text):
            found = news_on(plan, paragraph)
            is_near = None if any(ends_day(newer.text) for newer in found) else today
            text = with_days(paragraph, dt.date.fromisoformat(pinned.written), is_near)
            news = [_in_brief(newer, texts) for newer in found]
            about = one_after_another((where, *map(str, news)))
            fact = replace(
                _withheld("Pinned", text, (quiet(f" ({about})"),)),
                kind="pinned",
                core=_core(plan, text),
            )
            facts.append((paragraph, fact if is_withheld(paragraph) else replace(fact, part=TOP)))
    order = list(facts)
    for paragraph, fact in facts:
        for newer in news_on(plan, paragraph):
            right = next((other for other in order if _holds(other[0], newer)), None)
            if right and right[0] != paragraph:
                order.remove(right)
                place = order.index((paragraph, fact)) + 1
                order.insert(place, (right[0], replace(right[1], part=fact.part)))
    yield from (fact for _, fact in order)


def _holds(paragraph: str, newer: NewerWords) -> bool:
    """Whether newer words stand in a paragraph."""
    return newer.text.removesuffix("…") in on_one_line(paragraph)


def _in_brief(newer: NewerWords, pinned: Iterable[str]) -> NewerWords:
    """Newer words, shorter where all of them stand in a pinned note of their own."""
    if any(_holds(paragraph, newer) for paragraph in pinned):
        return replace(newer, text=shortened_to_clause(newer.text, LONG))
    return newer


def _core(plan: Plan, text: str) -> str:
    """The sentences of a note that come to harm when they are missing, with a sign where others
    stood; empty: none does, or all do."""
    grave = frozenset(map(undated, (*plan.remembered.grave, *plan.remembered.safety)))
    sentences = sentences_of(text)
    kept = [
        undated(words) in grave or bool(_TO_KEEP.search(words)) or is_withheld(words)
        for words in sentences
    ]
    kept = [
        stays or (is_withheld(then) and bool(_POINTS_BACK.search(then)))
        for stays, then in zip(kept, (*sentences[1:], ""), strict=True)
    ]
    if not any(kept) or all(kept):
        return ""
    runs = groupby(zip(sentences, kept, strict=True), key=itemgetter(1))
    return " ".join(" ".join(words for words, _ in run) if stays else "…" for stays, run in runs)


@lru_cache
def undated(words: str) -> str:
    """Words without the dates behind their days: the same for each page that is tried."""
    return _DATED.sub("", words)


def _notes(plan: Plan, above: Iterable[Fact]) -> Iterator[Fact]:
    """The other notes and grave words, the newest first: what is new since last time and grave,
    then the others; of a paragraph all or nothing."""
    last = plan.from_last_time
    since = last.date if last else plan.date
    grave = frozenset(plan.remembered.grave)
    at_the_top = {
        undated(text)
        for fact in above
        if fact.kind in ("day", "owed today", "overtaken note")
        for text in fact.words
    }
    news = plan.remembered.said_since
    # That the coach gave what they owed is the end of it.
    quoted = [newer.text for text, newer in news.items() if not coach_owes(text)]
    client = matter(plan.client_name)
    told: list[tuple[HardTime, str, frozenset[str]]] = []
    kept_from: set[str] = set()
    paragraphs = [(note, MatterWords(paragraph)) for note, paragraph in _paragraphs(plan)]
    promises = [MatterWords(promise.what) for promise in _waiting(plan)]
    texts = (*(words for _, words in paragraphs), *promises)
    known = frozenset(name for words in texts for name in words.names)
    for note, words in paragraphs:
        paragraph = words.text
        people = (words.names_and_kin | _leads(paragraph, known)) - client
        if _part(plan, note, paragraph) == WITH_CARE:
            kept_from |= people
        elif undated(paragraph) not in at_the_top:
            told.append((note, paragraph, people))
    # Nobody should be asked about a promise by somebody who missed a row with the one it names.
    promised = {name for promise in promises for name in promise.names_and_kin} - client
    of_danger = _of_danger(plan, told)
    named = set(promised)
    weighty: set[str] = set()
    for _, paragraph, people in reversed(told):
        # What is newer on something that stands goes before what is older on anything, and so does
        # what is newer on somebody of whom something grave is told.
        if _is_grave((paragraph,), grave) or is_sore(paragraph):
            weighty.add(paragraph)
            named |= people
        elif (
            not named.isdisjoint(people)
            or any(words.rstrip("…") in paragraph for words in quoted)
            # Who somebody is, and who knows of a secret by now, nobody should have to say twice.
            or presents_somebody(paragraph)
            # What the coach owes them is asked for.
            or coach_owes(paragraph)
            or (tells(paragraph) and not kept_from.isdisjoint(people))
        ):
            weighty.add(paragraph)
    for note, paragraph, people in told:
        label, text, behind, newer = _note(plan, note, paragraph)
        is_last = note.day >= since
        weighs = paragraph in weighty
        kind: Kind = "last note" if is_last else "older note"
        if weighs:
            of_promise = not promised.isdisjoint(people)
            kind = "last grave note" if is_last or of_promise else "older grave note"
            is_news = note.day > since
            if kind == "last grave note" and not (is_news or _weighs_today(plan, paragraph)):
                kind = "last weighty note"
        if _part(plan, note, paragraph) == TOP and is_withheld(paragraph, note.noted):
            kind = "withheld"
        # What of it still holds keeps its place.
        is_overtaken = bool(newer) and all(words in news for words in sentences_of(paragraph))
        if not is_last and (is_overtaken or any(tells_of_death(words.text) for words in newer)):
            kind, people = "overtaken note", frozenset()
        if paragraph in of_danger:
            kind = "danger note"
        about = one_after_another(map(str, newer))
        yield Fact(
            part=TOP if kind == "danger note" else _part(plan, note, paragraph),
            kind=kind,
            label=label,
            words=(text,),
            behind=(*behind, quiet(f" ({about})")) if about else behind,
            noun="note",
            first=True,
            core=_core(plan, text) if kind == "withheld" else "",
            people=people,
        )


def _of_danger(plan: Plan, told: Sequence[tuple[HardTime, str, frozenset[str]]]) -> set[str]:
    """Of the notes told, the newest first and with whom they are about, the paragraphs of danger
    and what is newer on the people in their sentences of danger: "Ben hit her" is never read
    without that."""
    in_danger: set[str] = set()
    of_danger: set[str] = set()
    # That the coach asked somebody outright puts nobody in danger.
    told_of = frozenset(plan.remembered.safety) & frozenset(plan.remembered.heavy)
    for _, paragraph, people in reversed(told):
        if is_danger := _is_of_danger(plan, paragraph):
            danger = " ".join(words for words in sentences_of(paragraph) if words in told_of)
            named = MatterWords(danger).names_and_kin
            in_danger |= people & (named | _leads(danger, people))
        if is_danger or not in_danger.isdisjoint(people):
            of_danger.add(paragraph)
    return of_danger


def _leads(paragraph: str, known: frozenset[str]) -> frozenset[str]:
    """The known names with which its sentences begin, where any word has a capital."""
    first = (words.split()[0] for words in sentences_of(paragraph))
    return known & frozenset(stem for word in first for stem in matter(word))


def _is_news(plan: Plan, note: HardTime, paragraph: str) -> bool:
    """Whether it was noted since last time, or then and is of danger, illness or death."""
    last = plan.from_last_time
    if last is None or note.day < last.date or note.day >= plan.date:
        return False
    return note.day > last.date or _is_heavy(plan, paragraph)


def _is_heavy(plan: Plan, paragraph: str) -> bool:
    """Whether a paragraph is of danger, illness or death."""
    is_heard = _is_grave((paragraph,), frozenset(plan.remembered.heavy))
    return is_heard or bool(_DYING.search(paragraph))


def _weighs_today(plan: Plan, paragraph: str) -> bool:
    """Whether a paragraph is of danger, illness or death, or of what is sore; a death of long ago
    that it names beside other things is not."""
    told = (words for words in sentences_of(paragraph) if not tells_of_old_death(words, plan.date))
    return is_sore(paragraph) or any(_is_heavy(plan, words) for words in told)


def _is_grave_day(plan: Plan) -> bool:
    """Whether from the last session on it was noted that somebody is dying, has died or is in
    danger, and no other kind of session is planned or proposed for it."""
    last = plan.from_last_time
    if last is None or plan.respite or any(proposal.words for proposal in plan.proposals):
        return False
    return any(
        note.day >= last.date and _is_heavy(plan, paragraph)
        for note, paragraph in _paragraphs(plan)
    )


def _part(plan: Plan, note: HardTime, paragraph: str) -> str:
    """Where a paragraph of a note stands. News stands with the news, whatever else is in it."""
    if _is_of_danger(plan, paragraph) or _is_news(plan, note, paragraph):
        return TOP
    return WITH_CARE if is_withheld(paragraph, note.noted) else TODAY


def _paragraphs(plan: Plan) -> Iterator[tuple[HardTime, str]]:
    """The notes that are not pinned, paragraph by paragraph, the newest first, each once."""
    last, remembered = plan.from_last_time, plan.remembered
    notes = [
        HardTime(text=note, when=remembered.noted.get(note, ""), noted=True, day=plan.date)
        for note in remembered.notes
    ]
    if last:
        later = remembered.noted_later
        notes += [
            HardTime(
                text=note,
                when=near_date(later[note]) if note in later else f"session {last.session}",
                noted=True,
                day=later.get(note, last.date),
            )
            for note in last.notes
        ]
    notes += (*remembered.hard, *remembered.noted_before)
    seen = {note.text for note in plan.pinned}
    for note in sorted(notes, key=lambda note: note.day, reverse=True):
        name = note.text or note.when
        if name in seen or note.when == WHY_LEFT:
            continue
        seen.add(name)
        for number, paragraph in enumerate(_whole_paragraphs(note.text) or [""]):
            # Whom it may be about is said once.
            yield (replace(note, whose="") if number else note), paragraph


def _whole_paragraphs(text: str) -> list[str]:
    """The paragraphs of a note. One that forbids something the one before it names, `Don't say the
    word`, stands behind that one: alone it would be about another matter."""
    whole: list[str] = []
    for paragraph in paragraphs_of(text):
        if whole and _FORBIDS_IT.match(paragraph):
            whole[-1] = f"{whole[-1]} {paragraph}"
        else:
            whole.append(paragraph)
    return whole


def _note(
    plan: Plan, note: HardTime, paragraph: str
) -> tuple[str, str, tuple[Inline, ...], list[NewerWords]]:
    """A note's label, its words with the days they mean, what stands behind them, as whom it may be
    about, and newer words that may move or close it."""
    written = plan.remembered.noted_later.get(note.text, note.day)
    # Whom it may be about is told by newer words already.
    newer = [] if note.whose else news_on(plan, paragraph)
    # A day that newer words move is not said to be near.
    today = None if newer else dt.date.fromisoformat(plan.date)
    text = with_days(paragraph, dt.date.fromisoformat(written), today) if written else paragraph
    place = note.when.partition(",")[0]
    label = _SESSION.sub(r"S\1", place[:1].upper() + place[1:])
    said = "" if note.noted else "they asked" if note.asks else "they said"
    where = "" if len(label) <= SHORT_LABEL else note.when
    if where:
        label = "Your note" if note.noted else "They said"
        said = "they asked" if note.asks and not note.noted else ""
    about = "; ".join(filter(None, (where, said, note.whose)))
    text = text or "It held what had happened; nothing was written of it."
    return label, text, (quiet(f" ({about})"),) if about else (), newer


def _today(plan: Plan) -> Iterator[Fact]:
    """What the client comes with, and what today is for."""

    def today(kind: Kind, label: str, text: str, noun: str = "", *, keeps: bool = False) -> Fact:
        return Fact(
            part=TODAY,
            kind=kind,
            label=label,
            words=(on_one_line(text),),
            noun=noun,
            keeps=keeps,
            first=True,
        )

    last = plan.from_last_time
    yield today("arrival", "Arrives", whole.arrival(plan), "how they arrive")
    if plan.matters_most not in {urgent.text for urgent in plan.urgent}:
        yield today("arrival", "Matters most", plan.matters_most, "what matters most")
    held_to_it = "how they want to be held to it"
    yield today("arrival", "Held to it", plan.accountability, held_to_it, keeps=True)
    # Each segment of the session says so, too.
    yield today("may wait", "Who leads", whole.LEADS if plan.client_leads else "")
    focus = last.focus if last else ""
    yield replace(today("focus", "Focus then", focus, "the focus of last time"), first=False)
    yield today("step", "Step today", todays_aim(plan))
    if _is_grave_day(plan):
        holding = ("Today's step may wait: ", code("trajplan check-in --holding"))
        yield replace(today("may wait", "If need be", ""), behind=holding, first=False)
    yield today("step", "Other plan", plan.blueprint_note)
    yield today("only helps", "Topics", ", ".join(topic.title for topic in plan.topics))
    yield today("only helps", "Why this step", plan.step_because)


def _parked(plan: Plan) -> Iterator[Fact]:
    """The parked topics, those with a day first, then the newest; newer words that may close one
    stand behind it. One whose day is near stands at the top."""
    topics = [
        topic
        for topic in plan.parked
        if not (topic.due and _is_near(plan, topic.due)) or _parked_ended(plan, topic)
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
    grave = _is_grave((topic.text,), frozenset(plan.remembered.grave))
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


def _from_last_time(plan: Plan) -> Iterator[Fact]:
    """What last time left; in the first session of a returning client, what the journey before
    did."""

    def left(kind: Kind, label: str, text: str, noun: str, behind: Text = ()) -> Fact:
        return Fact(part=LAST_TIME, kind=kind, label=label, words=(text,), behind=behind, noun=noun)

    if journey := plan.earlier_journey:
        yield left("focus", "Destination then", journey.destination, "the destination of then")
        label, question = home_question_row(journey)
        yield left("inquiry", label, question, "the inquiry")
        for words in journey.commitments:
            yield left("journey before", "Open then", words, "earlier promise")
    last = plan.from_last_time
    if last is None:
        return
    yield from _promises(plan, last)
    yield left("standing", "Commitments", "", "", nothing_promised(last))
    label, taken_away = took_away(last)
    grave = frozenset(plan.remembered.grave)
    for words in taken_away:
        # "If that money lands in my account I'll do the lot" is a warning.
        warns = _is_grave((words,), grave) or _CONDITION.match(words)
        yield left("last grave note" if warns else "took away", label, words, "takeaway")
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
    is_little = not (last.notes_and_takeaways or last.focus or last.ratings or last.respite)
    for number, words in enumerate(plan.remembered.so_far):
        kind = "took away" if is_little and number < 2 else "before that"
        yield left(kind, "Before that", words, "older remark")


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
            is_dated = bool(promise.deadline) or _is_near(plan, promise.when)
            is_anew = (label != "Promised" and not is_dated) and any(
                len(words & others) >= max(2, len(words) / 2) for others in anew
            )
            newer = plan.remembered.said_since.get(promise.what)
            if is_anew or (newer and is_withheld(newer.text)):
                # Made anew, or not to be asked about: the note on that stands above.
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
    """A promise, what became of it and was learnt from it, and while it waits, its days, what may
    be in its way, and newer words that may take it away."""
    state = STATUSES[promise.status]
    waits = promise.status in WAITING
    if promise.misses > 1:
        state += f", waited {promise.misses} times"
    if waits:
        state += f", by {near_date(promise.when)}{_deadline(plan, promise)}"
        # While something grave is in the room, no promise is asked about.
        if plan.respite or any(proposal.words for proposal in plan.proposals):
            state += "; not for today"
    if promise.again:
        state += f"; again since {on_one_line(promise.again)}"
    news = plan.remembered.said_since
    newer = news.get(promise.what) if waits else None
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
        behind=(said_on, *([quiet(f" ({newer})")] if newer else [])),
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
    if _is_near(plan, promise.when):
        return f", {due_words(promise.when, today)}"
    if "" < promise.deadline < plan.date:
        return f", deadline passed {near_date(promise.deadline)}"
    return ""


def _known(plan: Plan) -> Iterator[Fact]:
    """What has been known of them for longer: what they believe, fear and want."""

    def known(kind: Kind, label: str, texts: Sequence[str], noun: str, behind: Text = ()) -> Fact:
        words = " · ".join(whole.with_news(plan, texts))
        return Fact(part=KNOWN, kind=kind, label=label, words=(words,), behind=behind, noun=noun)

    remembered, intake = plan.remembered, plan.intake
    told = intake or remembered
    for question in intake.own_questions if intake else ():
        yield known("question", "Their question", (question,), "own question")
    stuck = intake.stuck_point if intake else remembered.stuck_point
    yield known("stuck point", "Stuck point", (stuck,), "the stuck point")
    yield known("stuck now", "Stuck now", (remembered.stuck_now,), "the stuck point")
    for belief in remembered.beliefs:
        yield _belief(plan, belief)
    money = whole.unsaid_money(plan, told.money)
    for texts, eye in whole.by_the_eye(plan, told.fears):
        yield known("fears", "Fears", texts, "the fears", (eye,))
    for texts, eye in whole.by_the_eye(plan, money):
        yield known("money", "Money", texts, "what they said of money", (eye,))
    yield known("priorities", "Priorities", plan.priorities, "the priorities")
    near = {urgent.text for urgent in plan.urgent}
    goals = [_goal(plan, goal) for goal in plan.goals if goal.path[-1] not in near]
    yield known("goals", "Goals", goals, "the goals")
    yield known("directions", "Directions", told.paths, "the directions")
    yield known("must-haves", "Must have", remembered.must_haves, "the must-haves")
    if plan.destination not in {urgent.text for urgent in plan.urgent}:
        # Half of it may say the opposite.
        words = on_one_line(plan.destination) or "not yet in words"
        yield known("destination", "Destination", (words,), "the destination")


def _goal(plan: Plan, goal: PlannedGoal) -> str:
    """A goal with its day, and newer words that may move or close it."""
    by = f"by {near_date(goal.when)}" if goal.when else ""
    newer = plan.remembered.said_since.get(goal.path[-1])
    about = "; ".join(map(str, filter(None, (by, newer))))
    return f"{path_text(goal.path)} ({about})" if about else path_text(goal.path)


def _belief(plan: Plan, belief: RememberedBelief) -> Fact:
    """What they believe, how far it has been looked at, and what you are asked about it."""
    # The step itself stands among the promises.
    waits = whole.still_untested(belief) if belief.untested else ""
    about = quiet(f" ({whole.looked_at(plan, belief, waits)})")
    is_gist = belief.wording == "gist"
    behind: tuple[Inline, ...] = (" (the gist)" if is_gist else "”", about)
    for proposal in plan.proposals:
        if proposal.assumption == belief.id:
            ask = proposal.why.rpartition("; ")[2]
            behind += (f" {ask[:1].upper()}{ask[1:]} ", code(proposal.command))
    return Fact(
        part=KNOWN,
        kind="belief",
        label="Belief",
        before="" if is_gist else "“",
        words=(belief.text,),
        behind=behind,
        noun="belief",
    )
