"""The notes at the door, whole and the newest first (R142).

What is grave and was told since last time comes first, then what is of danger or pinned, what is
newer and names the same, and all others; what the coach owes says so. The older ones stand there
while there is room, those that forbid something the longest. What overtakes what, only the coach
can say: no note stands beside another, or is marked as older, and each has its day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from msgspec.structs import replace

from trajplan.dates import near_date, short_date
from trajplan.pages import plan as plan_page
from trajplan.pages.door_days import days_ahead, due_ahead
from trajplan.pages.door_paragraphs import (
    is_of_danger,
    label_of,
    noted_paragraphs,
    pinned_notes,
    said_in,
    says_how_safe,
    sentences_of_danger,
    weighs,
)
from trajplan.pages.door_parts import (
    NOTES,
    SHORT_LABEL,
    TOP,
    Fact,
    Kind,
    is_grave,
    parked_for_now,
    waiting_promises,
)
from trajplan.pages.page import quiet
from trajplan.planning.asked_of_coach import (
    coach_owes,
    did_for_them,
    forgot,
    is_withheld,
    names_session,
    owes_this_session,
    says_how_to_begin,
    tells_what_to_do,
)
from trajplan.planning.grave_words import is_sore, may_weigh
from trajplan.planning.kept_in_mind import HardTime
from trajplan.planning.matter import WORD, MatterWords, matter, names_of
from trajplan.planning.named_days import days_in
from trajplan.planning.plan import Plan
from trajplan.text import on_one_line, pattern, sentences_of

NAMED: dict[Kind, str] = {"pinned": "Pinned", "owed": "You owe"}
"""What their lines begin with; the others say where they come from."""
SHORTER = {"Confidential": "Limits"}
"""Labels that would take room from every line beside them."""
ORDER: tuple[Kind, ...] = (
    *("pinned", "danger note", "news", "owed", "last note", "withheld"),
    *("note before", "older grave note", "older note"),
)
"""The notes by their kind, as they keep their room."""
FIRST = frozenset(ORDER[:2])
"""They stand first, whatever else is noted."""
MUST_READ = frozenset(ORDER[:6])
"""Where one of these is missing, the whole plan is to be read first."""
_ASKED_EACH_TIME = pattern(
    r"\bI ask (?:\w+ ){0,3}(?:every|each) (?:time|session)\b[^.!?\"'“”‘’]*[\"'“‘]"
    r"([^\"“”‘]*?\?)[\"'”’]",
    re.IGNORECASE,
)
"""How a note quotes what the coach asks each time."""
_FIGURES = pattern(r"\b\d{3,}\b")


def note_facts(plan: Plan) -> list[Fact]:
    """All notes, in the order of the page: what stands first, what may change it, and all others,
    each the newest first: a promise of the coach may be kept by what came since. Of those of one
    day, what has a day soon comes first, then what is not to be said, then what is of illness or
    death, then what may weigh."""
    last = plan.from_last_time
    since = last.date if last else plan.date
    facts = [_fact(plan, note, words, "pinned") for note, words in pinned_notes(plan)]
    facts += [_fact(plan, note, words, kind) for note, words, kind in _noted(plan)]
    # Within a sentence a capital letter tells a name; then it is one where a sentence begins, too.
    names = {name for fact in facts for name in names_of(fact.words[0])}
    names -= {*plan.client_name.split()}
    told = [_Told(fact.words[0], fact.noted, names) for fact in facts]
    kinds = [fact.kind for fact in facts]
    first = [words for words, kind in zip(told, kinds, strict=True) if kind == "pinned"]
    # What a note of danger says besides is another matter.
    first += [
        _Told(danger, fact.noted, names)
        for fact in facts
        if fact.kind == "danger note" and not says_how_safe(fact.words[0])
        for danger in sentences_of_danger(plan, fact.words[0])
    ]
    # So does a parked topic whose day is near.
    first += [_Told(topic.text, topic.since, names) for topic in parked_for_now(plan)]
    pinned, withheld = (
        [words for words, its in zip(told, kinds, strict=True) if its == kind]
        for kind in ("pinned", "withheld")
    )
    newest = {
        name: words.day for words in sorted(told, key=attrgetter("day")) for name in words.names
    }
    facts = [
        _with_place(fact, words, first, pinned, withheld, newest)
        for fact, words in zip(facts, told, strict=True)
    ]
    facts.sort(
        key=lambda fact: (
            *(fact.due or "9999", not fact.asked, not fact.keeps),
            not may_weigh(fact.words[0]),
        )
    )
    facts.sort(key=lambda fact: fact.noted, reverse=True)
    return sorted(
        facts,
        key=lambda fact: (
            *(fact.part != TOP, not (fact.grave and fact.noted > since), not fact.grave),
            fact.kind not in FIRST,
        ),
    )


def _with_place(
    fact: Fact,
    words: _Told,
    first: Iterable[_Told],
    pinned: Iterable[_Told],
    withheld: Iterable[_Told],
    newest: Mapping[str, str],
) -> Fact:
    """A note in its part of the page: what is newer than what stands first and of the same comes
    right under that, for it may change what was agreed. The newest that names whom a pinned note
    names keeps its room as news does, and what was not to be said long ago keeps it no longer than
    what came since and names the same."""
    if fact.kind in FIRST:
        return fact
    is_of_first = any(its.day < words.day and words.shares(its) for its in first)
    latest = {name for name in words.names if newest[name] == words.day}
    kind = fact.kind
    if kind not in ("news", "owed"):
        if any(its.day < words.day and latest & its.names for its in pinned):
            kind = "news"
        elif kind != "last note" and (
            is_of_first or any(its.day < words.day and words.names & its.names for its in withheld)
        ):
            kind = "withheld"
    return replace(fact, part=TOP if is_of_first else NOTES, kind=kind)


class _Told:
    """What of a note's words another may be about, too: whom it names, its numbers, its matter."""

    def __init__(self, text: str, day: str, names: set[str]) -> None:
        self.day = day
        words = MatterWords(text)
        self.names = words.kin | (names & {*WORD.findall(words.text)})
        self.names |= {*_FIGURES.findall(words.text)}
        # "I ask about the ferry each time" is answered by "Asked about the ferry: no".
        self._matter = matter(words.text) | (words.words & {"ask", "asked"} and {"ask"})

    def shares(self, other: _Told) -> bool:
        """Whether another note names the same, or shares two words that say something."""
        return bool(self.names & other.names) or len(self._matter & other._matter) > 1


def _noted(plan: Plan) -> Iterator[tuple[HardTime, str, Kind]]:
    """The notes that are not pinned, each with its kind."""
    last = plan.from_last_time
    since = last.date if last else plan.date
    earlier = (note for note, _ in noted_paragraphs(plan) if note.day < since)
    before = next((note.day for note in earlier if note.session), since)
    names = _names_of_today(plan)
    grave = frozenset(plan.remembered.grave)
    done: list[frozenset[str]] = []
    """What the coach did for them, as newer notes say; the newest come first."""
    for note, paragraph in noted_paragraphs(plan):
        kind: Kind = "older note"
        if is_of_danger(plan, paragraph) or (note.day > since and weighs(plan, paragraph)):
            kind = "danger note"
        elif note.noted and _is_owed(plan, note, paragraph, since, done):
            kind = "owed"
        elif since < note.day < plan.date:
            kind = "news"
        elif note.day >= since or any(day.text in paragraph for day in plan.remembered.coming):
            kind = "last note"
        elif is_asked(paragraph, note.noted):
            kind = "withheld"
        elif note.day >= before:
            kind = "note before"
        elif (
            is_grave((paragraph,), grave)
            or is_sore(paragraph)
            or may_weigh(paragraph)
            or not names.isdisjoint(MatterWords(paragraph).names_and_kin)
        ):
            kind = "older grave note"
        if note.noted:
            done += [matter(words) for words in sentences_of(paragraph) if did_for_them(words)]
        yield note, paragraph, kind


def is_asked(paragraph: str, noted: bool = True) -> bool:
    """Whether a note says what is not to be said, what is to be done or not, or how to begin."""
    is_order = noted and tells_what_to_do(paragraph)
    return is_order or is_withheld(paragraph, noted) or says_how_to_begin(paragraph)


def _names_of_today(plan: Plan) -> frozenset[str]:
    """Whom the client comes with, and whom their open promises name."""
    texts = (plan.matters_most, *(promise.what for promise in waiting_promises(plan)))
    named = frozenset(name for text in texts for name in MatterWords(text).names_and_kin)
    return named - matter(plan.client_name)


def _is_owed(
    plan: Plan, note: HardTime, paragraph: str, since: str, done: Iterable[frozenset[str]]
) -> bool:
    """Whether a note says what the coach owes the client today: what they promised in the last
    session, or for this one, or by a day that has come since, and what they have not done. In a
    message of theirs "I will" is the client's. `done`: what newer notes say was done since."""
    sentences = sentences_of(paragraph)
    forgotten = any(map(forgot, sentences))
    owed = [words for words in sentences if coach_owes(words) or forgot(words)]
    if owed and all(any(len(matter(words) & did) > 1 for did in done) for words in owed):
        return False
    here = [words for words in sentences if owes_this_session(words, plan.session)]
    if note.day >= since:
        promised = note.day == since and coach_owes(paragraph)
        return bool(here) or promised or forgotten
    if forgotten or any(names_session(words, plan.session) for words in here):
        return True
    if not (coach_owes(paragraph) and note.day):
        return False
    days = [day.isoformat() for day in days_in(paragraph, dt.date.fromisoformat(note.day))]
    return bool(days) and since <= days[-1] <= plan.date


def _fact(plan: Plan, note: HardTime, paragraph: str, kind: Kind) -> Fact:
    """A paragraph of a note, with how far the days are that it names."""
    comings = [coming for coming in plan.remembered.coming if coming.text in paragraph]
    days = [coming.day for coming in comings]
    # What begins with something else is not as far off as a day that it names later.
    begins = paragraph.startswith(tuple(coming.text for coming in comings))
    where = label_of(note)
    label, behind = where, said_in(note)
    if kind in NAMED:
        label, behind = NAMED[kind], ""
    elif len(where) > SHORT_LABEL:
        label = "Your note" if note.noted else "They said"
    written = plan.remembered.noted_later.get(note.text, note.day)
    if written and near_date(written) not in f"{label} {behind}":
        label = f"{label} {(near_date if written[:4] == plan.date[:4] else short_date)(written)}"
    moved = {
        f"moved since, to {near_date(day)}"
        for sentence, day in plan.remembered.days_moved.items()
        if sentence in paragraph
    }
    ahead = "" if begins else days_ahead(plan, days)
    about = "; ".join(filter(None, (ahead, *sorted(moved), behind)))
    return Fact(
        part=TOP if kind in FIRST else NOTES,
        kind=kind,
        label=label,
        ahead=due_ahead(plan, days) if begins else (),
        words=(paragraph,),
        behind=(quiet(f" ({about})"),) if about else (),
        noun="note",
        where=where.removeprefix("Message "),
        noted=note.day,
        due=min(days, default=""),
        keeps=is_grave((paragraph,), frozenset(plan.remembered.heavy)),
        first=kind in MUST_READ,
        asked=is_asked(paragraph, note.noted),
        grave=kind == "danger note" or (kind == "pinned" and is_of_danger(plan, paragraph)),
    )


def asked_first(facts: Iterable[Fact]) -> str:
    """The question that the newest pinned note of danger says is asked each time, in the words that
    it quotes; empty: it quotes none."""
    newest = next((fact for fact in facts if fact.kind == "pinned" and fact.grave), None)
    found = _ASKED_EACH_TIME.search(newest.words[0]) if newest else None
    return found[1] if found else ""


def agreed_facts(plan: Plan) -> Iterator[Fact]:
    """What was agreed for any session: it stands behind what is not to be said."""
    agreed = (("Hard day", plan.remembered.hard_day), *plan_page.agreed_rows(plan.remembered))
    for label, text in agreed:
        yield Fact(
            part=NOTES,
            kind="agreed for all",
            label=SHORTER.get(label, label),
            words=(on_one_line(text),),
            noun="what was agreed",
            keeps=True,
            first=True,
        )


def of_part(facts: Iterable[Fact], part: str) -> Iterator[Fact]:
    """The facts of one part of the page."""
    return (fact for fact in facts if fact.part == part)
