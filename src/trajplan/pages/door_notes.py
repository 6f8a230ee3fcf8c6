"""The notes at the door, whole and the newest first (R142).

Danger comes first, then what came since last time, what is pinned, what is not to be said, what the
coach owes, and the notes of the last two sessions; older ones follow while there is room. What
overtakes what, only the coach can say: no note stands beside another, or is marked as older.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from trajplan.dates import due_words
from trajplan.pages import plan as whole
from trajplan.pages.door_paragraphs import (
    is_of_danger,
    label_of,
    noted_paragraphs,
    pinned_paragraphs,
    said_in,
    words_of,
)
from trajplan.pages.door_parts import (
    SHORT_LABEL,
    TODAY,
    TOP,
    WITH_CARE,
    Fact,
    Kind,
    is_grave,
    waiting_promises,
)
from trajplan.pages.page import bold, quiet
from trajplan.planning.asked_of_coach import (
    coach_owes,
    forgot,
    is_withheld,
    names_session,
    owes_this_session,
)
from trajplan.planning.grave_words import is_sore
from trajplan.planning.kept_in_mind import HardTime
from trajplan.planning.matter import MatterWords, matter
from trajplan.planning.named_days import days_in
from trajplan.planning.plan import Plan
from trajplan.text import on_one_line, sentences_of

SHORTER = {"Confidential": "Limits"}
"""Labels that would take room from every line beside them."""
ORDER: tuple[Kind, ...] = (
    *("danger note", "news", "pinned", "withheld", "owed", "last note", "note before"),
    *("older grave note", "older note"),
)
"""The notes by their kind, as they stand on the page and as they keep their room."""
PARTS: dict[Kind, str] = {"danger note": TOP, "news": TOP, "pinned": TOP, "withheld": WITH_CARE}
"""In which part of the page they stand; the others with today."""
MUST_READ = frozenset(ORDER[:6])
"""Where one of these is missing, the whole plan is to be read first."""


def note_facts(plan: Plan) -> list[Fact]:
    """All notes, in the order of the page. Within a session, what has a day soon comes first, then
    what is of illness or death."""
    facts = [
        _fact(plan, note, paragraph, kind)
        for note, paragraph, kind in (*_pinned(plan), *_noted(plan))
    ]
    facts.sort(key=lambda fact: (fact.due or "9999", not fact.keeps))
    facts.sort(key=lambda fact: fact.noted, reverse=True)
    return sorted(facts, key=lambda fact: ORDER.index(fact.kind))


def _pinned(plan: Plan) -> Iterator[tuple[HardTime, str, Kind]]:
    """The pinned notes, each with its kind."""
    for note, paragraph in pinned_paragraphs(plan):
        yield note, paragraph, "danger note" if is_of_danger(plan, paragraph) else "pinned"


def _noted(plan: Plan) -> Iterator[tuple[HardTime, str, Kind]]:
    """The notes that are not pinned, each with its kind."""
    last = plan.from_last_time
    since = last.date if last else plan.date
    earlier = (note for note, _ in noted_paragraphs(plan) if note.day < since)
    before = next((note.day for note in earlier if label_of(note)[:1] == "S"), since)
    names = _names_of_today(plan)
    grave = frozenset(plan.remembered.grave)
    for note, paragraph in noted_paragraphs(plan):
        kind: Kind = "older note"
        if is_of_danger(plan, paragraph):
            kind = "danger note"
        elif note.noted and _is_owed(plan, note, paragraph, since):
            kind = "owed"
        elif since < note.day < plan.date:
            kind = "news"
        elif is_withheld(paragraph, note.noted):
            kind = "withheld"
        elif note.day >= since:
            kind = "last note"
        elif note.day >= before:
            kind = "note before"
        elif (
            is_grave((paragraph,), grave)
            or is_sore(paragraph)
            or not names.isdisjoint(MatterWords(paragraph).names_and_kin)
        ):
            kind = "older grave note"
        yield note, paragraph, kind


def _names_of_today(plan: Plan) -> frozenset[str]:
    """Whom the client comes with, and whom their open promises name."""
    texts = (plan.matters_most, *(promise.what for promise in waiting_promises(plan)))
    named = frozenset(name for text in texts for name in MatterWords(text).names_and_kin)
    return named - matter(plan.client_name)


def _is_owed(plan: Plan, note: HardTime, paragraph: str, since: str) -> bool:
    """Whether a note says what the coach owes the client today: what they promised in the last
    session, or for this one, or by a day that has come since, and what they have not done. In a
    message of theirs "I will" is the client's."""
    sentences = sentences_of(paragraph)
    here = [words for words in sentences if owes_this_session(words, plan.session)]
    if note.day >= since:
        promised = note.day == since and coach_owes(paragraph)
        return bool(here) or promised or any(map(forgot, sentences))
    if any(names_session(words, plan.session) for words in here):
        return True
    if not (coach_owes(paragraph) and note.day):
        return False
    days = [day.isoformat() for day in days_in(paragraph, dt.date.fromisoformat(note.day))]
    return bool(days) and since <= days[-1] <= plan.date


def _fact(plan: Plan, note: HardTime, paragraph: str, kind: Kind) -> Fact:
    """A paragraph of a note, with how far the next day that it names is."""
    days = [coming.day for coming in plan.remembered.coming if coming.text in paragraph]
    due = min(days, default="")
    ahead = due_words(due, dt.date.fromisoformat(plan.date)).capitalize() if due else ""
    is_pinned = note.text in {pinned.text for pinned in plan.pinned}
    where = label_of(note)
    label = where if len(where) <= SHORT_LABEL else "Your note" if note.noted else "They said"
    behind = said_in(note)
    if is_pinned or kind == "owed":
        label, behind = "Pinned" if is_pinned else "You owe", where
    return Fact(
        part=PARTS.get(kind, TODAY),
        kind=kind,
        label=label,
        ahead=(bold(ahead), " · ") if ahead else (),
        words=(words_of(plan, note, paragraph),),
        behind=(quiet(f" ({behind})"),) if behind else (),
        noun="note",
        where=where,
        noted=note.day,
        due=due,
        keeps=is_grave((paragraph,), frozenset(plan.remembered.heavy)),
        first=kind in MUST_READ,
    )


def agreed_facts(plan: Plan) -> Iterator[Fact]:
    """What was agreed for any session: it stands behind what is not to be said."""
    agreed = (("Hard day", plan.remembered.hard_day), *whole.agreed_rows(plan.remembered))
    for label, text in agreed:
        yield Fact(
            part=WITH_CARE,
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
