"""The notes at the door: what the coach owes today, what is pinned, what is to be handled with
care, and what was noted (R142).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from trajplan.dates import near_date
from trajplan.pages import plan as whole
from trajplan.pages.door_paragraphs import (
    core_of,
    is_of_danger,
    note_line,
    noted_paragraphs,
    part_of,
    undated,
    weighs_today,
)
from trajplan.pages.door_parts import (
    LONG,
    SHORT_NOTE,
    TOP,
    WITH_CARE,
    Fact,
    Kind,
    is_grave,
    waiting_promises,
)
from trajplan.pages.page import Text, quiet
from trajplan.pages.words import news_on, one_after_another
from trajplan.planning.asked_of_coach import (
    coach_owes,
    forgot,
    is_not_to_them,
    is_withheld,
    names_session,
    owes_this_session,
)
from trajplan.planning.deaths import tells_of_death
from trajplan.planning.grave_words import is_sore
from trajplan.planning.kept_in_mind import HardTime, NewerWords
from trajplan.planning.matter import MatterWords, matter
from trajplan.planning.named_days import days_in, with_days
from trajplan.planning.plan import Plan
from trajplan.planning.remembered import presents_somebody
from trajplan.planning.sentences import ends_day, tells
from trajplan.text import on_one_line, paragraphs_of, sentences_of, shortened_to_clause

SHORTER = {"Confidential": "Limits"}
"""Labels that would take room from every line beside them."""


def owed_today(plan: Plan) -> Iterator[Fact]:
    """What the coach has promised the client for this session, with the sentence before it; of a
    short note all of it."""
    last = plan.from_last_time
    for note, paragraph in noted_paragraphs(plan):
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
        is_told = is_of_danger(plan, paragraph) and not any(
            owes_this_session(words, plan.session) for _, words in owed
        )
        if not owed or is_told:
            continue
        is_whole = _is_told_as_owed(plan, paragraph)
        told = paragraph if is_whole else " ".join(f"{before} {words}" for before, words in owed)
        label, text, behind, newer = note_line(plan, note, told.strip())
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
    grave = is_of_danger(plan, paragraph) or is_withheld(paragraph)
    return len(paragraph) <= SHORT_NOTE and not grave


def care_facts(plan: Plan, pinned: Iterable[Fact]) -> Iterator[Fact]:
    """What is not to be said, brought up or passed on: as agreed, pinned, and as noted."""
    yield from (fact for fact in pinned if fact.part == WITH_CARE)
    kept = [
        (paragraph, *note_line(plan, note, paragraph))
        for note, paragraph in noted_paragraphs(plan)
        if part_of(plan, note, paragraph) == WITH_CARE
    ]
    # What they asked not to be told or called may slip out with the first words; a secret that is
    # out is one no longer.
    kept.sort(key=lambda words: (not is_not_to_them(words[0]), bool(words[-1])))
    for _, label, text, behind, newer in kept:
        before = f"Newer, {newer[0].when}: {newer[0].text} Before that: " if newer else ""
        yield replace(_withheld(label, text, behind), before=before, core=core_of(plan, text))
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


def pinned_facts(plan: Plan) -> Iterator[Fact]:
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
                core=core_of(plan, text),
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


def note_facts(plan: Plan, above: Iterable[Fact]) -> Iterator[Fact]:
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
    paragraphs = [(note, MatterWords(paragraph)) for note, paragraph in noted_paragraphs(plan)]
    promises = [MatterWords(promise.what) for promise in waiting_promises(plan)]
    texts = (*(words for _, words in paragraphs), *promises)
    known = frozenset(name for words in texts for name in words.names)
    for note, words in paragraphs:
        paragraph = words.text
        people = (words.names_and_kin | _leads(paragraph, known)) - client
        if part_of(plan, note, paragraph) == WITH_CARE:
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
        if is_grave((paragraph,), grave) or is_sore(paragraph):
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
        label, text, behind, newer = note_line(plan, note, paragraph)
        is_last = note.day >= since
        weighs = paragraph in weighty
        kind: Kind = "last note" if is_last else "older note"
        if weighs:
            of_promise = not promised.isdisjoint(people)
            kind = "last grave note" if is_last or of_promise else "older grave note"
            is_news = note.day > since
            if kind == "last grave note" and not (is_news or weighs_today(plan, paragraph)):
                kind = "last weighty note"
        if part_of(plan, note, paragraph) == TOP and is_withheld(paragraph, note.noted):
            kind = "withheld"
        # What of it still holds keeps its place.
        is_overtaken = bool(newer) and all(words in news for words in sentences_of(paragraph))
        if not is_last and (is_overtaken or any(tells_of_death(words.text) for words in newer)):
            kind, people = "overtaken note", frozenset()
        if paragraph in of_danger:
            kind = "danger note"
        about = one_after_another(map(str, newer))
        yield Fact(
            part=TOP if kind == "danger note" else part_of(plan, note, paragraph),
            kind=kind,
            label=label,
            words=(text,),
            behind=(*behind, quiet(f" ({about})")) if about else behind,
            noun="note",
            first=True,
            core=core_of(plan, text) if kind == "withheld" else "",
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
        if is_danger := is_of_danger(plan, paragraph):
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
